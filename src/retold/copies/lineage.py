"""Who took from whom among the versions of one origin: edges with a probability and their signs, free to abstain.

Each version is laid against one base text; where it departs from it is a reading. Readings that only few share are
inherited, not invented twice (the common errors of stemmatics: P. Maas, Textkritik, 1927). A version from which another
one can have all its words, that was there before and shares its rare readings, is probably its source. Where none is,
the source is a text that was not given: a node of its own, never an arrow to whoever happens to be there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import exp
from typing import TYPE_CHECKING

from retold.copies.agencies import agencies
from retold.copies.readings import Reading, readings
from retold.copies.sweeping import unswept
from retold.copies.wording import Span, paragraphs
from retold.kernels.linkage import average_link
from retold.model.records import Version
from retold.model.times import order

if TYPE_CHECKING:
    from retold.copies.passages import Shared

# Weights of the signs, as log odds: set by hand on the families of the tests, for want of real families whose lineage
# is known. Probabilities order and abstain; they are not calibrated.
NAMED = 3.0  # it credits the other's outlet
RARE = 1.2  # a rare reading in common
MOST_RARE = 3  # readings that add up
BEFORE = 1.0  # it was there before, surely
SAME_OUTLET = 1.5  # a later version of the same outlet
CONTAINED = 1.0  # all its words stand in the longer one
LACKING = 4.0  # for the whole of the words that the other lacks
LOST = 1.5  # the other left out, behind an ellipsis, what stands here
UNSEEN = 1.5  # that the source is none of the given texts
UNSEEN_HOUSE = 2.0  # more, where a house is credited that none of them is of

FEW = 0.1  # of the versions, and three at least, share a reading that is rare
LEAST_FEW = 3
SHARED = 2  # rare readings by which a group has a source of its own
WHOLE = 0.95  # of a version's words of the origin must stand in its source
LONGER = 1.25
MOST_SOURCES = 12  # looked at for each version
CERTAIN = 0.99  # no probability is larger
SURE = 0.5  # probability from which an edge says where a version is from
TOLD = 0.15  # and from which it is told beside it
ELLIPSIS = re.compile(r"\.\.\.|…|\[…\]")


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign for an edge, in words; ``target.text[start:end]`` shows it, both 0 where the words do not."""

    kind: str
    note: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """A version probably made from another: ``source`` is its place, or -1, -2, ... for a text that was not given."""

    source: int
    target: int
    probability: float
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """The edges of a family, by target, the likeliest first; and how many sources were not given."""

    edges: tuple[Edge, ...]
    unseen: int


class Family:
    """The versions of one origin, each laid against a base: what of it they have, and where they depart from it."""

    def __init__(self, versions: Sequence[Version], base: int, star: Mapping[int, Reading]) -> None:
        self.versions, self.base, self.star = versions, base, star
        self.places = sorted(star)
        self.stated = {place: versions[place].published or versions[place].seen for place in star}
        self.houses = {place: [agency.key for agency in agencies(versions[place])] for place in star}
        self.outlets = {place: (versions[place].outlet or "").casefold().removeprefix("the ") for place in star}
        self.lengths = {place: sum(end - start for start, end in reading.held) for place, reading in star.items()}
        self.of_outlet: defaultdict[str, list[int]] = defaultdict(list)
        for place in self.places:
            if self.outlets[place]:
                self.of_outlet[self.outlets[place]].append(place)
        self.fullest = sorted(self.places, key=lambda place: (-self.lengths[place], place))[:MOST_SOURCES]
        self.first = sorted(self.places, key=lambda place: (self.stated[place] or "9", place))[:MOST_SOURCES]
        self.sizes = {place: sum(end - start for start, end in paragraphs(versions[place])) for place in star}
        holders = Counter(key for reading in star.values() for key in reading.keys)
        few = max(LEAST_FEW, FEW * len(star))
        self.rare = {key for key, held in holders.items() if 1 < held <= few and held < len(star) - 1}
        self.sharing: defaultdict[str, list[int]] = defaultdict(list)
        for place in self.places:
            for key in sorted(star[place].keys.keys() & self.rare):
                self.sharing[key].append(place)

    def before(self, one: int, other: int) -> int:
        """Return -1 where one was there before the other, 1 where it came later, 0 where times do not tell."""
        return order(self.stated[one], self.stated[other])

    def lacks(self, source: int, target: int) -> float:
        """Return what share of a target's words of the base a source does not have."""
        held, wanted = self.star[source].held, self.star[target].held
        return 1 - _overlap(held, wanted) / self.lengths[target] if self.lengths[target] else 1.0

    def common(self, one: int, other: int) -> list[str]:
        """Return the rare readings that two versions share."""
        return sorted(self.star[one].keys.keys() & self.star[other].keys.keys() & self.rare)

    def elisions(self, one: int, other: int) -> Iterator[Span]:
        """Yield each ellipsis of a version behind which it leaves out words that another one has."""
        mine, theirs = self.star[one], self.star[other]
        if one == self.base:  # it has no readings: what the other has more is inserted there
            gaps = [place for place in theirs.bases.values() if place[0] == place[1]]
        else:
            cut = [key for key, place in mine.keys.items() if place[0] == place[1] and key not in theirs.keys]
            gaps = [mine.keys[key] for key in cut if _overlap(theirs.held, [mine.bases[key]])]
        yield from filter(None, (_ellipsis(self.versions[one].text, place) for place in gaps))

    def candidates(self, target: int) -> list[int]:
        """Return the versions that may be the source of another: all of a few; of many those that it names, those that
        share rare readings with it, and those that have most of the text or were there first."""
        if len(self.places) <= MOST_SOURCES:
            return [place for place in self.places if place != target and self.before(place, target) <= 0]
        met = Counter(place for key in self.star[target].keys.keys() & self.rare for place in self.sharing[key])
        named = set(self.named(target))
        wanted = sorted(
            {*named, *met, *self.fullest, *self.first} - {target},
            key=lambda place: (place not in named, -met[place], -self.lengths[place], place),
        )
        able = (place for place in wanted if self.before(place, target) <= 0)
        return sorted(islice(able, MOST_SOURCES))

    def names(self, place: int) -> list[str]:
        """Return the houses that a version credits with its text, as it writes them."""
        return [agency.name for agency in agencies(self.versions[place])]

    def named(self, target: int) -> list[int]:
        """Return the versions whose outlet another one credits with its text."""
        return [place for house in self.houses[target] for place in self.of_outlet[house] if place != target]


@unswept
def lineage(versions: Sequence[Version], members: Sequence[int], base: int, known: Shared | None = None) -> Lineage:
    """Return who took from whom among the members of an origin.

    ``base`` is the one with most of the text; ``known`` is what versions share, as far as that is aligned already.
    """
    if len(members) < 2:
        return Lineage((), 0)
    family = Family(versions, base, readings(versions, base, members, known))
    parents: dict[int, int] = {}
    told: dict[int, list[Edge]] = {}
    for target in sorted(family.places, key=lambda place: (family.stated[place] or "9", place)):
        told[target] = _sources(family, target, parents)
        best = told[target][0]
        if best.source >= 0 and best.probability >= SURE:
            parents[target] = best.source
    return _with_unseen(family, told, parents)


def _sources(family: Family, target: int, parents: Mapping[int, int]) -> list[Edge]:
    """Where a version may be from, the likeliest first; -1 is a text that was not given."""
    able = [place for place in family.candidates(target) if target not in _line(parents, place)]
    signs = {place: list(_signs(family, place, target)) for place in able}
    odds = {place: sum(weight for weight, _ in found) for place, found in signs.items()}
    houses = family.houses[target]
    strange = bool(houses) and not any(family.of_outlet[house] for house in houses if house in family.of_outlet)
    odds[-1] = UNSEEN + UNSEEN_HOUSE * strange
    total = sum(exp(value) for value in odds.values())
    none = Sign("no_source", "none of the given texts shows enough signs of being its source")
    credit = [Sign("credit", f"it credits {name}, which is none of the given") for name in family.names(target)[:1]]
    edges = [
        Edge(
            place,
            target,
            min(CERTAIN, round(exp(value) / total, 4)),
            _told(signs[place]) if place >= 0 else tuple(credit) if strange else (none,),
        )
        for place, value in odds.items()
    ]
    edges.sort(key=lambda edge: (-edge.probability, -edge.source))
    return [edge for number, edge in enumerate(edges) if number == 0 or edge.probability >= TOLD]


def _told(signs: Sequence[tuple[float, Sign]]) -> tuple[Sign, ...]:
    """The signs that speak for an edge, the weightiest first."""
    return tuple(sign for weight, sign in sorted(signs, key=lambda item: -item[0]) if weight > 0)


def _line(parents: Mapping[int, int], place: int) -> set[int]:
    """A version and all from which it comes."""
    found = {place}
    while place in parents:
        place = parents[place]
        found.add(place)
    return found


def _signs(family: Family, source: int, target: int) -> Iterator[tuple[float, Sign]]:
    """The signs for and against one version's being made from another, each with its weight."""
    if source in family.named(target):
        yield NAMED, Sign("named", f"it credits {family.versions[source].outlet} with its text")
    if family.before(source, target) < 0:
        yield BEFORE, Sign("time", f"it came later: {family.stated[source]}, then {family.stated[target]}")
        if family.outlets[source] and family.outlets[source] == family.outlets[target]:
            yield SAME_OUTLET, Sign("same_outlet", f"both are {family.versions[source].outlet}'s")
    yield from _inherited(family, source, target)
    lacking = family.lacks(source, target)
    yield -LACKING * lacking, Sign("lacking", f"{lacking:.0%} of its words of this origin are not there")
    sizes = family.sizes[source], family.sizes[target]
    if lacking <= 1 - WHOLE and sizes[0] >= LONGER * sizes[1]:
        yield CONTAINED, Sign("containment", "all its words of this origin stand in the other text, which is longer")
    yield from _elided(family, source, target)


def _inherited(family: Family, source: int, target: int) -> Iterator[tuple[float, Sign]]:
    """Rare readings in common; those that the source has alone would have been inherited, too."""
    common = family.common(source, target)
    for number, key in enumerate(common):
        start, end = family.star[target].keys[key]
        held = len(family.sharing[key])
        note = f"both read so, and {held - 2} more of {len(family.places)}" if held > 2 else "only these two read so"
        yield (RARE if number < MOST_RARE else 0.0), Sign("reading", note, start, end)
    own = len(family.star[source].keys.keys() - family.star[target].keys.keys())
    if own and not common and target != family.base:  # a base has no readings, for whatever the other changed
        yield -min(RARE, 0.2 * own), Sign("own_readings", f"{own} readings of the other are not inherited")


def _elided(family: Family, source: int, target: int) -> Iterator[tuple[float, Sign]]:
    """Words that one has and the other leaves out behind an ellipsis."""
    for mine, other, weight in ((target, source, LOST), (source, target, -LOST)):
        place = next(family.elisions(mine, other), None)
        if place is not None:
            yield weight, Sign("ellipsis", "it leaves out words behind an ellipsis", *place)


def _ellipsis(text: str, place: Span) -> Span | None:
    """The ellipsis around a place without words of its own, between the words before and behind it."""
    start, end = place
    while start and not text[start - 1].isalnum():
        start -= 1
    while end < len(text) and not text[end].isalnum():
        end += 1
    found = ELLIPSIS.search(text, start, end)
    return found.span() if found else None


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> int:
    """How many characters two rows of spans have in common."""
    total = first = 0
    for start, end in other:
        while first < len(one) and one[first][1] <= start:
            first += 1
        at = first
        while at < len(one) and one[at][0] < end:
            total += min(end, one[at][1]) - max(start, one[at][0])
            at += 1
    return total


def _with_unseen(family: Family, told: Mapping[int, Sequence[Edge]], parents: Mapping[int, int]) -> Lineage:
    """The edges with the texts that were not given: one from which all come that come from nobody, and one for each
    group of these that share rare readings which none of them can have from another."""
    roots = [place for place in family.places if place not in parents and told[place][0].source < 0]
    alone = len(roots) == 1 and told[roots[0]][0].signs[0].kind != "credit"
    groups = [] if alone else _groups(family, roots)
    node = {place: -2 - number for number, group in enumerate(groups) for place in group}
    first = _first(told, roots)
    edges = [
        replace(edge, source=node.get(place, -1), probability=first.get(place, edge.probability))
        if edge.source < 0
        else edge
        for place in family.places
        for edge in told[place]
        if not (alone and edge.source < 0)
    ]
    inner = [Edge(-1, -2 - number, 1.0, _group_signs(family, group)) for number, group in enumerate(groups)]
    unseen = 0 if alone and not any(edge.source < 0 for edge in edges) else 1 + len(groups)
    return Lineage((*inner, *edges), unseen)


def _first(told: Mapping[int, Sequence[Edge]], roots: Sequence[int]) -> dict[int, float]:
    """How likely versions for which no source was looked at, and which credit nobody, are from a text that was not
    given: as likely as that another one is; else they may be the first print."""
    asked = [edge.probability for place in roots for edge in told[place] if edge.source < 0 and _grounded(told[place])]
    return {place: max(asked, default=SURE) for place in roots if not _grounded(told[place])}


def _grounded(edges: Sequence[Edge]) -> bool:
    """Whether the edges of a version weigh something: another source, or a house that it credits."""
    return edges[0].probability < CERTAIN or edges[0].signs[0].kind == "credit"


def _groups(family: Family, roots: Sequence[int]) -> list[list[int]]:
    """Versions without a source that share two rare readings or more: they have one source of their own."""
    scores = {
        (one, other): 1.0
        for at, one in enumerate(roots)
        for other in roots[at + 1 :]
        if len(family.star[one].keys.keys() & family.star[other].keys.keys() & family.rare) >= SHARED
    }
    places = {place: number for number, place in enumerate(roots)}
    numbered = {(places[one], places[other]): score for (one, other), score in scores.items()}
    found = average_link(len(roots), numbered, cut=0.5)
    groups = [[roots[number] for number in group] for group in found if len(group) > 1]
    return groups if len(groups) > 1 or (groups and len(groups[0]) < len(roots)) else []


def _group_signs(family: Family, group: Sequence[int]) -> tuple[Sign, ...]:
    common = family.common(group[0], group[1])
    return (Sign("reading", f"{len(group)} versions share {len(common)} readings that the others do not have"),)
