"""Gathering the tellings of one utterance: candidates by rare words, the surest pairs first, never two utterances.

Two statements that say the same in the same words are one *wording* from the start; only wordings are compared, each
with a bounded number of others, so that a hundred versions of one text cost what one costs.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from retold.statements.kinship import VERBATIM, Bond, kinship
from retold.statements.records import Span
from retold.statements.wording import Wording, held

RAREST = 10  # stems of a content by which others are looked for
CROWD = 48  # wordings of one stem that are looked at
MOST = 24  # wordings with which one is compared
MOST_TOLD = 8  # wordings of one utterance in one version; what is told in more is none
LEAST_AROUND = 5  # telling words before or behind a statement that are the same; fewer show no place
SAME_AROUND = 0.75  # of them
LEAST_SHARED = 0.4  # of the shorter's stems that were looked up


@dataclass(frozen=True)
class Item:
    """A statement to be gathered: its version, its content's spans and words, its voice (None: unresolved).

    ``around`` are the telling words before and behind it, which show its place in a text that several versions carry.
    """

    version: int
    spans: tuple[Span, ...]
    wording: Wording
    voice: int | None
    around: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


class Group:
    """The tellings of one utterance; the fullest leads.

    Of each version: where its tellings stand, in order, and one item for each of its wordings in each mouth.
    """

    def __init__(self, item: int, told: Item) -> None:
        self.leader = item
        self.items = [item]
        self.spans: dict[int, list[Span]] = {told.version: sorted(told.spans)}
        self.wordings: dict[int, dict[tuple[object, ...], int]] = {told.version: {_mouth(told): item}}

    def touches(self, version: int, spans: Iterable[Span]) -> bool:
        """Whether a version's tellings overlap some spans."""
        mine = self.spans.get(version, [])
        for start, end in spans:
            place = bisect_left(mine, (end, 0))
            if place and mine[place - 1][1] > start:
                return True
        return False

    def add(self, other: Group) -> None:
        """Take another group's tellings."""
        self.items += other.items
        for version, spans in other.spans.items():
            mine = self.spans.setdefault(version, [])
            for span in spans:
                insort(mine, span)
            self.wordings.setdefault(version, {}).update(other.wordings[version])


def _mouth(item: Item) -> tuple[object, ...]:
    return item.voice, item.wording.keys


Bonds = Callable[[int | None, int | None], Bond]


def gathered(items: Sequence[Item], bonds: Bonds) -> list[list[int]]:
    """Return which items tell one utterance, each once; ``bonds`` says how two voices stand to each other."""
    return _Gathering(items, bonds).groups()


class _Gathering:
    def __init__(self, items: Sequence[Item], bonds: Bonds) -> None:
        self.items, self.bonds = items, bonds
        self.order = sorted(range(len(items)), key=self._rank)
        self.group_of: dict[int, Group] = {}
        self.rank = {item: place for place, item in enumerate(self.order)}

    def _rank(self, at: int) -> tuple[object, ...]:
        """The fullest first: by its words and its place in the text, not by the version that happens to have it."""
        item = self.items[at]
        wording, voice = item.wording, -1 if item.voice is None else item.voice
        said = (-len(wording.quoted), -len(wording.words), wording.keys, wording.quoted, wording.negative, -voice)
        return (*said, *map(sorted, item.around), item.version, item.spans)

    def groups(self) -> list[list[int]]:
        """The groups, after the same words were put together and then the surest pairs."""
        nodes = self._nodes()
        for _, left, right in sorted(self._pairs(nodes)):
            self._merge(self.group_of[nodes[left]], self.group_of[nodes[right]])
        found = {id(group): group for group in self.group_of.values()}
        return [sorted(group.items) for group in found.values()]

    def _nodes(self) -> list[int]:
        """One item for each wording of each voice; equal ones are put into one group, unless they overlap."""
        nodes: dict[tuple[object, ...], int] = {}
        kept: list[int] = []
        for at in self.order:
            item = self.items[at]
            key = (item.voice, item.wording.keys, item.wording.quoted, item.wording.negative)
            group = self.group_of.get(nodes.setdefault(key, at))
            if group is None or group.touches(item.version, item.spans):
                self.group_of[at] = Group(at, item)
                kept.append(at)
            else:
                group.add(Group(at, item))
                self.group_of[at] = group
        return kept

    def _pairs(self, nodes: Sequence[int]) -> Iterator[tuple[tuple[float, int, int], int, int]]:
        """Yield the pairs of wordings that tell one utterance, each with its rank: the surest first."""
        for left, right in self._candidates(nodes):
            bond = self._bond(nodes[left], nodes[right])
            sure = kinship(self.items[nodes[left]].wording, self.items[nodes[right]].wording, bond)
            if sure:
                yield (-sure + 0.5 * bond, left, right), left, right

    def _bond(self, one: int, other: int) -> Bond:
        """How two statements' voices stand to each other; at one place of a text no proof is needed."""
        mine, yours = self.items[one], self.items[other]
        return Bond.PLACED if _one_place(mine, yours) else self.bonds(mine.voice, yours.voice)

    def _candidates(self, nodes: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield pairs of wordings that share rare stems, the lower place first."""
        stems = [_handles(self.items[node].wording) for node in nodes]
        counts = Counter(stem for one in stems for stem in one)
        index: defaultdict[str, list[int]] = defaultdict(list)
        for place, own in enumerate(stems):
            rare = sorted(own, key=lambda stem: (counts[stem], stem))[:RAREST]
            shared = Counter(other for stem in rare for other in index[stem][-CROWD:])
            near = sorted(shared, key=lambda other: (-shared[other], other))[:MOST]
            for other in near:
                if shared[other] >= LEAST_SHARED * min(len(rare), len(stems[other])):
                    yield other, place
            for stem in own:
                index[stem].append(place)

    def _merge(self, one: Group, other: Group) -> None:
        """Make one group of two, where their leaders are akin and no version tells two utterances in it."""
        if one is other or not self._akin(one.leader, other.leader):
            return
        leader = min(one.leader, other.leader, key=self.rank.__getitem__)
        if not self._fits(one, other, leader):
            return
        if len(other.items) > len(one.items):  # the smaller moves, so that no item moves often
            one, other = other, one
        one.add(other)
        one.leader = leader
        for item in other.items:
            self.group_of[item] = one

    def _akin(self, one: int, other: int) -> bool:
        return kinship(self.items[one].wording, self.items[other].wording, self._bond(one, other)) > 0

    def _fits(self, one: Group, other: Group, leader: int) -> bool:
        """Whether two groups may be one: what a version tells twice is the same, or other words of the leader's."""
        for version in sorted(one.wordings.keys() & other.wordings.keys()):
            mine, yours = one.wordings[version], other.wordings[version]
            if len(mine) + len(yours) > MOST_TOLD or self._overlap(one, other, version):
                return False
            if any(not self._beside(left, right, leader) for left in mine.values() for right in yours.values()):
                return False
        return True

    def _overlap(self, one: Group, other: Group, version: int) -> bool:
        few, many = sorted((one, other), key=lambda group: len(group.spans[version]))
        return many.touches(version, few.spans[version])

    def _beside(self, one: int, other: int, leader: int) -> bool:
        """Whether one version may tell both: by one voice, the same words, quoted and told, or two pieces."""
        mine, yours = self.items[one], self.items[other]
        if self.bonds(mine.voice, yours.voice) >= Bond.OPEN:
            return False
        sure = kinship(mine.wording, yours.wording, Bond.OPEN)
        retold = sure > 0 and bool(mine.wording.quoted) != bool(yours.wording.quoted)
        if sure >= VERBATIM or retold:
            return True
        return _are_pieces(mine.wording, yours.wording, self.items[leader].wording)


def _handles(wording: Wording) -> list[str]:
    """By what a wording is looked up: its stems, or all of it where it has none ("Not me")."""
    return sorted(wording.stems) or [" ".join(wording.keys)]


def _one_place(one: Item, other: Item) -> bool:
    """Whether two versions tell the same before or behind a statement."""
    if one.version == other.version:
        return False
    sides = zip(one.around, other.around, strict=True)
    return any(len(a & b) >= max(LEAST_AROUND, SAME_AROUND * max(len(a), len(b))) for a, b in sides)


def _are_pieces(one: Wording, other: Wording, whole: Wording) -> bool:
    """Whether two contents are other words of a third each."""
    mine = held(one.parts or [one.keys], whole.keys)
    yours = held(other.parts or [other.keys], whole.keys)
    if mine is None or yours is None:
        return False
    return all(high <= start or until <= low for low, high in mine for start, until in yours)
