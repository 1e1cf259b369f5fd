"""Who probably took from whom: signs in the words and the dates, and how much they prove.

Times alone prove little (two outlets may print one text that nobody has seen), and without times nothing is said for a
direction; but a single sign can make one direction unlikely.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from retold.copies.origins import SURE, Origin, Reuse, outlets_named
from retold.model.records import Passage, Quotation, Verdict, Version, Watch, letter
from retold.model.times import order

Arrow = tuple[int, int]

CONTAINED = 0.9  # of the shorter's own words stand in the longer
LONGER = 1.25  # times the shorter, from which a contained text is a shortening


LOSSES = {
    "lost_source": "dangling_reference",
    "lost_antecedent": "dangling_reference",
    "lost_introduction": "lost_introduction",
}
MANY = 4  # versions named in a note


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign, and the arrows (from, to) that it speaks for and against."""

    kind: str
    note: str
    passage: str | None = None
    needs: str | None = None
    favour: tuple[Arrow, ...] = ()
    against: tuple[Arrow, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """The verdict on two versions: established, probable or undetermined, from the first to the second."""

    verdict: Verdict
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Direction:
    """The verdict on the whole, the ways that are unlikely, and every sign."""

    verdict: Verdict
    source: int | None
    target: int | None
    unlikely: tuple[tuple[int, int], ...]
    signs: tuple[Sign, ...]
    ways: tuple[Way, ...]


def direction(
    versions: Sequence[Version],
    groups: Sequence[Origin],
    passages: Iterable[Passage],
    quotations: Iterable[Quotation],
    watch: Iterable[Watch],
    *,
    revised: Collection[Arrow] = (),
) -> Direction:
    """Return who probably took from whom among versions of one origin; of those ``revised``, from an earlier version of
    an article to a later one, it is known."""
    home = {version: place for place, group in enumerate(groups) for version in group.versions}
    tellers = {passage.id: frozenset(passage.spans) for passage in passages}
    signs = _within([*_from_quotations(quotations), *_from_losses(watch, tellers)], home)
    ways: list[Way] = []
    for group in groups:
        for reuse in group.reuses:
            signs += _from_pair(versions, reuse)
    signs = [*_from_revisions(revised), *_not_about(signs, revised)]
    favour, against = _by_arrow(signs)
    ways += [Way("established", *arrow) for arrow in revised]
    for group in groups:
        doubtful = [reuse for reuse in group.reuses if not _is_known((reuse.one, reuse.other), revised)]
        ways += [_way(versions, reuse, favour, against) for reuse in doubtful]
    unlikely = tuple(sorted({arrow for sign in signs for arrow in sign.against}))
    determined = tuple(way for way in ways if way.verdict != "undetermined")
    verdict, source, target = _whole(groups, ways)
    return Direction(verdict, source, target, unlikely, tuple(signs), determined)


Kinds = Mapping[Arrow, set[str]]


def _by_arrow(signs: Iterable[Sign]) -> tuple[Kinds, Kinds]:
    """The kinds of sign for and against every arrow; what speaks against a way speaks for the way back."""
    favour: dict[Arrow, set[str]] = {}
    against: dict[Arrow, set[str]] = {}
    for sign in signs:
        for arrow in sign.favour:
            favour.setdefault(arrow, set()).add(sign.kind)
        for arrow in sign.against:
            against.setdefault(arrow, set()).add(sign.kind)
            favour.setdefault((arrow[1], arrow[0]), set()).add(sign.kind)
    return favour, against


def _within(signs: Iterable[Sign], home: Mapping[int, int]) -> list[Sign]:
    """The signs with only those arrows that stay within one origin; others ask nothing."""
    kept = [replace(sign, against=tuple(a for a in sign.against if home[a[0]] == home[a[1]])) for sign in signs]
    return [sign for sign in kept if sign.against]


def _from_revisions(revised: Iterable[Arrow]) -> list[Sign]:
    """An article has no source but its own earlier version."""
    return [
        Sign(
            "revision",
            f"{letter(later)} is a later version of the same article as {letter(earlier)}",
            favour=((earlier, later),),
        )
        for earlier, later in revised
    ]


def _not_about(signs: Iterable[Sign], revised: Collection[Arrow]) -> list[Sign]:
    """The signs without those arrows whose way is known: what an editor cut or added proves nothing there."""
    kept = [
        replace(
            sign,
            favour=tuple(arrow for arrow in sign.favour if not _is_known(arrow, revised)),
            against=tuple(arrow for arrow in sign.against if not _is_known(arrow, revised)),
        )
        for sign in signs
    ]
    return [sign for sign in kept if sign.favour or sign.against]


def _is_known(arrow: Arrow, revised: Collection[Arrow]) -> bool:
    return arrow in revised or (arrow[1], arrow[0]) in revised


def _from_quotations(quotations: Iterable[Quotation]) -> list[Sign]:
    """A version that leaves out words of a quotation cannot be the source of one that has them."""
    signs = []
    for quotation in quotations:
        whole = [version for version in quotation.sides if version not in quotation.shortened_in]
        kind = "ellipsis_in_quote" if quotation.elided else "shortened_quotation"
        for version in quotation.shortened_in if quotation.state == "shortened" else ():
            having = _letters(whole)
            note = f"{letter(version)} leaves out words of a quotation that stand in {having}: {quotation.left_out}"
            signs.append(Sign(kind, note, quotation.passage, against=tuple((version, other) for other in whole)))
    return signs


def _from_losses(watch: Iterable[Watch], tellers: Mapping[str, frozenset[int]]) -> list[Sign]:
    """A version that lost what its words point at cannot be the source of one that has it."""
    signs = []
    for item in watch:
        if item.kind not in LOSSES or item.needs is None:
            continue
        having = sorted(tellers[item.needs] - {item.version})
        against = tuple((item.version, other) for other in having)
        signs.append(Sign(LOSSES[item.kind], item.note, item.passage, item.needs, against=against))
    return signs


def _letters(versions: Sequence[int]) -> str:
    """The keys of versions, few of them named."""
    named = ", ".join(letter(version) for version in versions[:MANY])
    return named if len(versions) <= MANY else f"{named} and {len(versions) - MANY} more"


def _from_pair(versions: Sequence[Version], reuse: Reuse) -> list[Sign]:
    """Signs between two versions: times, containment, one naming the other's outlet."""
    one, other = reuse.one, reuse.other
    signs = []
    earlier = order(_stated(versions[one]), _stated(versions[other]))
    if earlier:
        first, second = (one, other) if earlier < 0 else (other, one)
        note = f"{letter(first)} was published before {letter(second)}"
        signs.append(Sign("dates", note, favour=((first, second),), against=((second, first),)))
    sizes = len(versions[one].text), len(versions[other].text)
    if reuse.of_shorter >= CONTAINED and max(sizes) >= LONGER * min(sizes):
        long, short = (one, other) if sizes[0] > sizes[1] else (other, one)
        note = f"{reuse.of_shorter:.0%} of the own words of {letter(short)} stand in the longer {letter(long)}"
        signs.append(Sign("containment", note, favour=((long, short),)))
    for source, target in ((one, other), (other, one)):
        if reuse.credited and source in outlets_named(versions, target):
            note = f"{letter(target)} names the outlet of {letter(source)}, {versions[source].outlet}, in its text"
            signs.append(Sign("credited", note, favour=((source, target),), against=((target, source),)))
    return signs


def _stated(version: Version) -> str | None:
    return version.published or version.seen


def _way(versions: Sequence[Version], reuse: Reuse, favour: Kinds, against: Kinds) -> Way:
    """The verdict on a pair.

    Established asks for times, a text that is surely one, a sign in the words or a publication by the same outlet, and
    nothing against. Probable asks for times and a text that is surely one, or a credit in the words, and nothing
    against.
    """
    for arrow in ((reuse.one, reuse.other), (reuse.other, reuse.one)):
        for_it = favour.get(arrow, set())
        if arrow in against:
            continue
        words = for_it - {"dates"}
        same_outlet = (
            versions[reuse.one].outlet is not None and versions[reuse.one].outlet == versions[reuse.other].outlet
        )
        if "dates" in for_it and ("credited" in words or same_outlet):
            return Way("established", *arrow)
        if ("dates" in for_it and words and reuse.of_shorter >= SURE) or "credited" in words:
            return Way("probable", *arrow)
    return Way("undetermined", reuse.one, reuse.other)


def _whole(groups: Sequence[Origin], ways: Sequence[Way]) -> tuple[Verdict, int | None, int | None]:
    """The verdict on all versions: as sure as the weakest of the ways within the largest group."""
    ranked_groups = sorted(groups, key=lambda group: -len(group.versions))
    if not ranked_groups or len(ranked_groups[0].versions) < 2:
        return "undetermined", None, None
    largest = ranked_groups[0]
    if len(ranked_groups) > 1 and len(ranked_groups[1].versions) == len(largest.versions):
        return "undetermined", None, None
    inside = [way for way in ways if way.source in largest.versions]
    pairs = {frozenset((way.source, way.target)): way for way in inside if way.verdict != "undetermined"}
    if len(pairs) < len(list(combinations(largest.versions, 2))):
        return "undetermined", None, None
    outdegree = {version: sum(way.source == version for way in inside) for version in largest.versions}
    ranked = sorted(outdegree, key=lambda version: -outdegree[version])
    if sorted(outdegree.values()) != list(range(len(ranked))):
        return "undetermined", None, None
    verdict: Verdict = "probable" if any(way.verdict == "probable" for way in inside) else "established"
    return verdict, ranked[0], ranked[-1]


def seen_source(versions: Sequence[Version], group: Origin, found: Direction) -> int | None:
    """Return the version that a group's text comes from, if it is among the given ones; None where it is not seen.

    It is seen where a version's outlet is the one that the group credits, or where every other version of the group is
    known (established or probable) to come from it.
    """
    if len(group.versions) < 2:
        return None
    reached = {
        place: {way.target for way in found.ways if way.source == place} >= set(group.versions) - {place}
        for place in group.versions
    }
    credited = [place for place in group.versions if _is(versions[place].outlet, group.credit)]
    if len(credited) == 1:
        return credited[0]
    return next((place for place in group.versions if reached[place]), None)


def _is(outlet: str | None, credit: str | None) -> bool:
    return bool(outlet and credit) and str(outlet).casefold() == str(credit).casefold()
