"""Quotations across versions: the same words, a shortening, an alteration, another speaker, or lost marks."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

import msgspec
from rapidfuzz.distance import Indel

from retold.alignment.speakers import is_name, speaker, spoke_before
from retold.alignment.units import Told, Unit
from retold.model.records import Quotation, QuotationState, letter
from retold.text.names import same_name
from retold.text.words import Token

Firsts = Mapping[tuple[int, str], int]  # (version, passage) -> the passage's first unit there

ALTERED = 0.6  # words in common of both; below it they are two quotations
ALTERED_WORDS = 4
ALTERED_HERE = 2  # words, within one passage
APART_WORDS = 4  # fewer words are the same quotation only within one passage ("a tool")
UNMARKED_WORDS = 3
SHORTENED_WORDS = 2
MANY = 6  # versions, from which the wording of several leads before the longest
NAMED = 5  # versions named in a note
REACH = 12  # words into a passage at which an unmarked quotation may begin


class Quote(msgspec.Struct, frozen=True):
    """One quotation in one version."""

    version: int
    start: int
    end: int
    words: tuple[Token, ...]
    parts: tuple[tuple[str, ...], ...]  # the words between ellipses
    passage: str
    unit: int
    keys: tuple[str, ...]


@dataclass(slots=True)
class Group:
    """The tellings of one quotation; the longest leads. A version may tell it in pieces ("...," he said. "...")."""

    leader: Quote
    members: dict[int, list[Quote]] = field(default_factory=dict)

    def room_for(self, quote: Quote) -> bool:
        """Whether a version may tell this too: it tells nothing of it yet, or other words of it."""
        told = self.members.get(quote.version)
        if not told:
            return True
        words = _held(quote.parts, self.leader.keys)
        return words is not None and not any(_clash(words, _held(other.parts, self.leader.keys)) for other in told)


def _clash(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]] | None) -> bool:
    return other is None or any(a < d and c < b for a, b in one for c, d in other)


def compared(all_told: Sequence[Told], homes: Mapping[tuple[int, int], str]) -> list[Quotation]:
    """Return the quotations of all versions, in the order of the passages; ``homes`` names each unit's passage."""
    quotes = [quote for version in all_told for quote in _quotes(version, homes)]
    common = _common(quotes) if len(all_told) >= MANY else frozenset()
    quotes.sort(key=lambda q: (q.keys not in common, -len(q.words), q.keys, q.version, q.start))
    groups: list[Group] = []
    index: dict[str, list[Group]] = {}
    for quote in quotes:
        group = _home(quote, index)
        if group is None:
            group = Group(quote)
            groups.append(group)
            for key in set(quote.keys):
                index.setdefault(key, []).append(group)
        group.members.setdefault(quote.version, []).append(quote)
    firsts: dict[tuple[int, str], int] = {}
    for (version, unit), passage in homes.items():
        firsts[version, passage] = min(unit, firsts.get((version, passage), unit))
    order = {passage: place for place, passage in enumerate(dict.fromkeys(homes.values()))}
    groups.sort(
        key=lambda group: (order[group.leader.passage], min((q[0].version, q[0].start) for q in group.members.values()))
    )
    return [quotation for group in groups for quotation in _told(group, all_told, firsts)]


def _quotes(version: Told, homes: Mapping[tuple[int, int], str]) -> list[Quote]:
    made = []
    ends = [unit.end for unit in version.units]
    for start, end in version.quotes:
        first = bisect_right(ends, start)
        after = bisect_left(ends, end) + 1
        touched = [place for place in range(first, min(after, len(ends))) if version.units[place].start < end]
        tokens = [t for place in touched for t in _tokens_in(version.units[place], start, end)]
        words = tuple([token for token in tokens if token.word])
        if words and touched:
            unit, keys = touched[0], tuple([word.key for word in words])
            parts = _parts(tokens) if len(words) < len(tokens) else (keys,)
            made.append(Quote(version.place, start, end, words, parts, homes[version.place, unit], unit, keys))
    return made


def _tokens_in(unit: Unit, start: int, end: int) -> Sequence[Token]:
    low = bisect_left(unit.tokens, start, key=attrgetter("start"))
    high = bisect_right(unit.tokens, end, key=attrgetter("end"))
    return unit.tokens[low:high]


def _common(quotes: Sequence[Quote]) -> frozenset[tuple[str, ...]]:
    """The wordings that several versions have: in a large family one outlet's slip does not lead all others."""
    counts = Counter(quote.keys for quote in quotes)
    return frozenset(keys for keys, count in counts.items() if count > 1)


def _parts(tokens: Sequence[Token]) -> tuple[tuple[str, ...], ...]:
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token.key == "…":
            parts.append([])
        elif token.word:
            parts[-1].append(token.key)
    return tuple(tuple(part) for part in parts if part)


def _home(quote: Quote, index: Mapping[str, list[Group]]) -> Group | None:
    """The group whose quotation this is a telling of, the best first."""
    near = {id(group): group for key in set(quote.keys) for group in index.get(key, ())}
    best: tuple[float, Group] | None = None
    for group in near.values():
        if not group.room_for(quote):
            continue
        alike = _alike(quote, group.leader)
        if alike and (best is None or alike > best[0]):
            best = (alike, group)
    return best[1] if best else None


def _alike(quote: Quote, leader: Quote) -> float:
    """How surely a quotation tells the leader's words: 3 the same, 2 held in it, below 1 altered; 0 not at all."""
    here = quote.passage == leader.passage
    if not here and len(quote.words) < APART_WORDS:
        return 0.0
    if quote.keys == leader.keys:
        return 3.0 + here
    if len(quote.words) >= SHORTENED_WORDS and _held(quote.parts, leader.keys) is not None:
        return 2.0 + here / 2
    if min(len(quote.words), len(leader.words)) < (ALTERED_HERE if here else ALTERED_WORDS):
        return 0.0
    same = Indel.normalized_similarity(quote.keys, leader.keys)
    return float(same) if same >= ALTERED else 0.0


def _held(parts: Sequence[tuple[str, ...]], whole: tuple[str, ...]) -> list[tuple[int, int]] | None:
    """Where each part stands in the whole, in order; None where one does not."""
    if len(parts) == 1 and parts[0] == whole:  # most are told in full
        return [(0, len(whole))]
    found = []
    start = 0
    for part in parts:
        places = range(start, len(whole) - len(part) + 1)
        place = next((at for at in places if whole[at] == part[0] and whole[at : at + len(part)] == part), None)
        if place is None:
            return None
        found.append((place, place + len(part)))
        start = place + len(part)
    return found


def _told(group: Group, all_told: Sequence[Told], firsts: Firsts) -> list[Quotation]:
    """A quotation's tellings; one for each piece where a version tells it in pieces."""
    pieces = max(group.members.values(), key=len)
    if len(pieces) == 1:
        return [_one(group, {version: quotes[0] for version, quotes in group.members.items()}, all_told, firsts)]
    pieces = sorted(pieces, key=lambda quote: quote.start)
    return [_one(group, _beside_piece(group, piece), all_told, firsts) for piece in pieces]


def _beside_piece(group: Group, piece: Quote) -> dict[int, Quote]:
    """Per version the piece that tells most of the words of a piece of another version."""
    wanted = set(piece.keys)
    return {
        version: piece if version == piece.version else max(quotes, key=lambda quote: len(wanted & set(quote.keys)))
        for version, quotes in group.members.items()
    }


def _one(group: Group, shown: Mapping[int, Quote], all_told: Sequence[Told], firsts: Firsts) -> Quotation:
    leader = group.leader
    said = {version: _speaker(all_told[version], quote) for version, quote in shown.items()}
    short = {version: gaps for version in shown if (gaps := _gaps(group, version))}
    altered = [
        v
        for v, quotes in group.members.items()
        if quotes[0].keys != leader.keys and not _held(quotes[0].parts, leader.keys)
    ]
    unmarked = _unmarked(group, all_told, firsts)
    parted = _parted(all_told, group, shown, said)
    marked = any(len(quote.parts) > 1 for version in short for quote in group.members[version])
    state, note = _state(short, marked, altered, unmarked, parted, len(shown))
    text = all_told[leader.version].version.text
    return Quotation(
        passage=leader.passage,
        state=state,
        sides=dict(
            sorted(({version: (quote.start, quote.end) for version, quote in shown.items()} | unmarked).items())
        ),
        speakers={version: name for version, name in sorted(said.items()) if name},
        left_out=_words_of(text, leader, short[min(short)]) if short else None,
        shortened_in=tuple(sorted(short)),
        elided=marked,
        note=note,
    )


def _speaker(version: Told, quote: Quote) -> str:
    return speaker(version, version.units[quote.unit], quote.start, quote.end)


def _gaps(group: Group, version: int) -> list[tuple[int, int]]:
    """The words of the leader that a version's telling lacks; nothing where it is altered or whole."""
    found: list[tuple[int, int]] = []
    for quote in group.members[version]:
        held = _held(quote.parts, group.leader.keys)
        if held is None:
            return []
        found += held
    edges = [(0, 0), *sorted(found), (len(group.leader.words), len(group.leader.words))]
    return [(before[1], after[0]) for before, after in itertools.pairwise(edges) if before[1] < after[0]]


def _words_of(text: str, leader: Quote, gaps: Sequence[tuple[int, int]]) -> str:
    return " … ".join(text[leader.words[low].start : leader.words[high - 1].end] for low, high in gaps)


def _state(
    short: Collection[int], marked: bool, altered: Collection[int], unmarked: Collection[int], parted: str, count: int
) -> tuple[QuotationState, str]:
    if parted:
        return "reattributed", parted
    if altered:
        return "altered", "other words between the marks in " + _letters(altered)
    if short:
        how = "behind an ellipsis" if marked else "without a mark"
        return "shortened", f"words left out in {_letters(short)}, {how}"
    if unmarked:
        return "unmarked", f"the words stand without quotation marks in {_letters(unmarked)}"
    return ("same", "") if count > 1 else ("only", "")


def _letters(versions: Iterable[int]) -> str:
    """The keys of versions, few of them named."""
    keys = [letter(version) for version in sorted(versions)]
    return ", ".join(keys) if len(keys) <= NAMED else f"{', '.join(keys[:NAMED])} and {len(keys) - NAMED} more"


def _unmarked(group: Group, all_told: Sequence[Told], firsts: Firsts) -> dict[int, tuple[int, int]]:
    """Versions that tell the passage with the quotation's words, but without its marks."""
    keys = group.leader.keys
    if len(keys) < UNMARKED_WORDS:
        return {}
    found = {}
    for version in all_told:
        if version.place in group.members:
            continue
        start = firsts.get((version.place, group.leader.passage))
        if start is not None:
            words = [token for unit in version.units[start:] for token in unit.terms]
            place = _held((keys,), tuple(word.key for word in words[: len(keys) + REACH]))
            if place and not _quoted(version, words[place[0][0]].start):
                found[version.place] = (words[place[0][0]].start, words[place[0][1] - 1].end)
    return found


def _quoted(version: Told, place: int) -> bool:
    at = bisect_right(version.quotes, (place, len(version.version.text))) - 1
    return at >= 0 and version.quotes[at][0] <= place < version.quotes[at][1]


def _parted(all_told: Sequence[Told], group: Group, shown: Mapping[int, Quote], said: Mapping[int, str]) -> str:
    """Where two versions name two speakers for the same words: a note, or nothing."""
    named = {version: name for version, name in sorted(said.items()) if is_name(name, all_told[version].language)}
    for version, name in sorted(said.items()):
        if name.casefold() in all_told[version].language.persons:
            whole = spoke_before(all_told[version], shown[version].unit)
            if whole and not any(_mentioned(all_told[version], shown[version], other) for other in named.values()):
                named[version] = whole
    for one, name in named.items():
        for other, other_name in named.items():
            if one < other and not _one_person(name, other_name):
                return f"said by {name} in {letter(one)}, by {other_name} in {letter(other)}"
    return ""


def _mentioned(version: Told, quote: Quote, name: str) -> bool:
    """Whether a version names somebody before a quotation, so that its "he" may be that person."""
    surname = name.rsplit(maxsplit=1)[-1]
    return any([token.text == surname for unit in version.units[: quote.unit] for token in unit.tokens])


def _one_person(one: str, other: str) -> bool:
    mine, yours = one.split(), other.split()
    return mine[-1] in yours or yours[-1] in mine or same_name(mine[-1], yours[-1]) is not None
