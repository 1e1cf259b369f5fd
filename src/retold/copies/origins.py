"""How many origins the given versions go back to, as far as their own words can tell.

Shared text beyond quotations, page furniture and chance means a common origin, seen or not seen. What is shared in part
(a roundup that holds one paragraph, two stories with one background) is told and joins nothing. Groups are joined by
average link, so that a chain A-B-C whose ends share nothing is not one origin.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from retold.kernels.linkage import average_link
from retold.model.records import COMPARED, Certainty, CreditKind, Passage, Relation, Version, letter

# Set by hand on the golden families; bench/quality.py shows them on graded reuse.
ONE_TEXT = 0.35  # share of the shorter's own words, from which two versions go back to one text
NEARLY = 0.21  # two origins that share so much are told apart with less certainty
SURE = 0.5
LEAD_BONUS = 0.15  # both begin with the same passage: the news itself is shared, not only its background
ASIDE = 0.5  # the longer shares only something aside: a roundup's brief, a background paragraph
ASIDE_SHARE = 0.3
WHOLE = 0.7  # of the shorter's words: so much is no background, wherever it stands
LEAST_WORDS = 25  # words in unbroken runs outside quotations; less is chance or phrase
RETOLD_SHARE = 0.6  # of the shorter's words in passages that the other tells too, in the same order
RETOLD_PASSAGES = 5
RETOLD_WORDS = 12  # and at least so many words in unbroken runs: "told the whole in other words" needs a trace of text
CERTAINTIES: tuple[Certainty, ...] = ("low", "medium", "high")
CREDITED = 0.45  # a text that names the other's outlet and shares passages with it says itself where it comes from
RETOLD_STRENGTH = 0.36


@dataclass(frozen=True, slots=True)
class Reuse:
    """What two versions share: words in unbroken runs outside quotations, as a share of the shorter and the longer."""

    one: int
    other: int
    words: int
    of_shorter: float
    of_longer: float
    lead: bool
    retold: float  # share of the shorter in passages that both tell, in whatever words
    in_order: bool
    passages: tuple[str, ...]
    credited: bool = False  # one names the other's outlet in its text

    @property
    def strength(self) -> float:
        """How surely both go back to one text, 0 to 1; from ONE_TEXT on they do."""
        if self.credited and self.passages:
            return max(CREDITED, self.of_shorter)
        if self.words < LEAST_WORDS and self.of_shorter < SURE:
            return self._retold() if self.words >= RETOLD_WORDS else 0.0
        strength = self.of_shorter
        if self.lead:
            strength = min(1.0, strength + LEAD_BONUS)
        elif self.of_longer < ASIDE_SHARE or self.of_shorter < WHOLE:
            strength *= ASIDE
        return max(strength, self._retold())

    def _retold(self) -> float:
        told = self.retold >= RETOLD_SHARE and len(self.passages) >= RETOLD_PASSAGES and self.in_order and self.lead
        return RETOLD_STRENGTH if told else 0.0

    @property
    def partial(self) -> bool:
        """Whether they share text, but not enough to be one."""
        return self.strength < ONE_TEXT and self.words >= LEAST_WORDS


@dataclass(slots=True)
class Origin:
    """Versions that go back to one text."""

    versions: list[int]
    credit: str | None = None
    reuses: list[Reuse] = field(default_factory=list)


def reuses(passages: Sequence[Passage], versions: Sequence[Version]) -> dict[tuple[int, int], Reuse]:
    """Return what each pair of versions shares; pairs that share nothing are left out."""
    own = [sum(passage.own.get(version, 0) for passage in passages) for version in range(len(versions))]
    words = [sum(passage.words.get(version, 0) for passage in passages) for version in range(len(versions))]
    leads = _leads(passages, len(versions))
    credited = _credits(versions)
    shared: dict[tuple[int, int], list[Passage]] = {}
    for passage in passages:
        if passage.relation is not Relation.ONLY:
            for pair in combinations(sorted(passage.spans), 2):
                shared.setdefault(pair, []).append(passage)
    return {pair: _reuse(pair, found, own, words, leads, pair in credited) for pair, found in shared.items()}


def _credits(versions: Sequence[Version]) -> set[tuple[int, int]]:
    """The pairs of which one names the other's outlet."""
    pairs = {tuple(sorted((a, b))) for a, _ in enumerate(versions) for b in outlets_named(versions, a)}
    return {(low, high) for low, high in pairs}


def outlets_named(versions: Sequence[Version], place: int) -> list[int]:
    """Return the versions whose outlet a version names in its own text, and which is not its own outlet."""
    own = versions[place].outlet or ""
    body = " ".join(versions[place].text[b.start : b.end] for b in versions[place].blocks if b.kind in COMPARED)
    found = []
    for other, version in enumerate(versions):
        if other == place or (version.outlet or "-").removeprefix("The ").strip() not in body:
            continue  # most are not named at all, and a search by pattern is dear
        pattern = outlet_pattern(version.outlet or "")
        if pattern is not None and not pattern.search(own) and pattern.search(body):
            found.append(other)
    return found


@lru_cache(maxsize=1 << 10)
def outlet_pattern(outlet: str) -> re.Pattern[str] | None:
    """How a text names an outlet: whole words in their capitals; a name of one word asks for its article, a word of
    reporting before it or its possessive behind it ("the Sun", not "Sun" and not "Sunday")."""
    bare = outlet.removeprefix("The ").strip()
    if not bare:
        return None
    name = re.escape(bare)
    if " " in bare or "." in bare:
        return re.compile(rf"(?<!\w){name}(?!\w)")
    return re.compile(rf"(?:\b(?:[Tt]he|by|to|told)\s{name}(?!\w|\s[A-Z]))|(?:(?<!\w){name}['’]s\b)")


def _leads(passages: Sequence[Passage], count: int) -> list[set[str]]:
    """Per version its first two passages that are no standfirst: where the news stands."""
    leads: list[set[str]] = []
    for version in range(count):
        told = [p for p in passages if version in p.spans and not p.id.startswith("S")]
        told.sort(key=lambda passage: passage.spans[version][0])
        leads.append({passage.id for passage in told[:2]})
    return leads


def _reuse(
    pair: tuple[int, int],
    found: Sequence[Passage],
    own: Sequence[int],
    words: Sequence[int],
    leads: Sequence[set[str]],
    credited: bool,
) -> Reuse:
    one, other = pair
    total = sum([(passage.held[one] & passage.held[other]).bit_count() for passage in found])
    shorter, longer = sorted((own[one], own[other]))
    small = one if (words[one], one) <= (words[other], other) else other
    told = sum([passage.words[small] for passage in found])
    lead = leads[one] & leads[other]
    return Reuse(
        one=one,
        other=other,
        words=total,
        of_shorter=min(1.0, total / shorter) if shorter else 0.0,
        of_longer=min(1.0, total / longer) if longer else 0.0,
        lead=bool(lead),
        retold=told / words[small] if words[small] else 0.0,
        in_order=not any([one in passage.moved or other in passage.moved for passage in found if passage.moved]),
        passages=tuple(passage.id for passage in found),
        credited=credited,
    )


def origins(versions: Sequence[Version], shared: Mapping[tuple[int, int], Reuse]) -> list[Origin]:
    """Return the groups of versions that go back to one text each, in the order of their first versions."""
    strengths = {pair: reuse.strength for pair, reuse in shared.items()}
    return [_origin(group, versions, shared) for group in average_link(len(versions), strengths, cut=ONE_TEXT)]


def _origin(group: list[int], versions: Sequence[Version], shared: Mapping[tuple[int, int], Reuse]) -> Origin:
    inside = [shared[pair] for pair in combinations(group, 2) if pair in shared]
    return Origin(group, _credit([versions[place] for place in group]), reuses=inside)


def _credit(group: Sequence[Version]) -> str | None:
    """The house that the group's texts credit most often; a photo's credit and a reporter's byline are never asked."""
    counts: dict[str, int] = {}
    for version in group:
        for name in {c.name for c in version.credits if c.kind is CreditKind.TEXT and not c.person}:
            counts[name] = counts.get(name, 0) + 1
    return min(counts, key=lambda name: (-counts[name], name), default=None)


def certainty(groups: Sequence[Origin], shared: Mapping[tuple[int, int], Reuse]) -> Certainty:
    """Return how sure the count is: high, medium or low, the weakest of all its decisions."""
    weakest = 2
    home = {version: place for place, group in enumerate(groups) for version in group.versions}
    linked: dict[int, float] = {}
    for (one, other), reuse in shared.items():
        if home[one] != home[other] and reuse.strength >= NEARLY:
            weakest = min(weakest, 1)
        elif home[one] == home[other]:
            for version in (one, other):
                linked[version] = max(linked.get(version, 0.0), reuse.strength)
    for strength in linked.values():
        if strength < SURE:
            weakest = min(weakest, 0 if strength <= RETOLD_STRENGTH else 1)
    return CERTAINTIES[weakest]


def share_note(reuse: Reuse) -> str:
    """Return what two versions share, in a sentence."""
    count = len(reuse.passages)
    return (
        f"{letter(reuse.one)} and {letter(reuse.other)} share {count} passage{'s' if count != 1 else ''}; "
        f"{reuse.words} words outside quotations stand in unbroken runs, {reuse.of_shorter:.0%} of the shorter text"
    )
