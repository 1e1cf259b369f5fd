"""A whole text told again in other words: sentences that share no runs, but the same matters in the same order.

Single sentences of this kind prove nothing (two reporters of one event write such sentences); only where most of the
shorter text finds its counterpart in order is the whole taken for a retelling. The alignment is Gale and Church's
(1993) dynamic programme over 1-1, 1-2, 2-1, 1-3, 3-1 and 2-2 groups of sentences, scored by shared words
instead of lengths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from retold.alignment.links import Place
from retold.alignment.units import Told

Bag = dict[str, float]

LARGEST = 3  # sentences of a group on one side
MOVES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
PRICE = 0.26  # of the mean weight of both sides: what a group must share to be worth anything
GROUP_PRICE = 0.12  # weight; a group of three asks for more than three sentences by chance
ENOUGH = 0.2  # Dice of a group's words
ENOUGH_WEIGHT = 1.6
COVERED = 0.6  # of the shorter text's weight in such groups: a retelling
LOOSE = 0.35  # of a version's weight without counterpart: less needs no second look
PARTNERS = 3  # versions tried per version, in large families
LONGEST = 400  # sentences; a longer text is no retelling of an article


class Group(NamedTuple):
    """Sentences of one version that tell what sentences of another tell: [i, i+m) and [j, j+n)."""

    i: int
    m: int
    j: int
    n: int


@dataclass(frozen=True, slots=True)
class Text:
    """A version as bags of words with their weights: each sentence, and two and three together; and the whole."""

    size: int
    groups: dict[tuple[int, int], Bag]  # (first sentence, how many) -> word -> weight
    weights: dict[tuple[int, int], float]
    whole: Bag

    @property
    def weight(self) -> float:
        """The weight of all sentences."""
        return sum(self.whole.values())


def retold(all_told: Sequence[Told], clusters: dict[Place, int], weights: Mapping[str, float]) -> dict[Place, int]:
    """Return the clusters with those joined that retellings show to tell the same."""
    known = _crowded(clusters)
    loose = [
        version.place for version in all_told if _loose(version, clusters, known) and len(version.units) <= LONGEST
    ]
    if len(loose) < 2:
        return clusters
    texts = {place: _text(all_told[place], weights) for place in loose}
    made = dict(clusters)
    for one, other in _partners(all_told, texts):
        groups = _aligned(texts[one], texts[other])
        if _coverage(groups, texts[one], texts[other]) >= COVERED:
            for group in groups:
                _unite(made, one, other, group, known)
            shared = _crowded(made)
            for place in (one, other):
                _gather(all_told[place], made, {at for at, cluster in made.items() if cluster in shared})
    return made


def _text(version: Told, weights: Mapping[str, float]) -> Text:
    """A version's sentences as bags of weighted words, in groups of one, two and three."""
    bags = [_weighed(unit.stems, weights) for unit in version.units]
    groups = {(start, 1): bag for start, bag in enumerate(bags)}
    for size in range(2, LARGEST + 1):
        for start in range(len(bags) - size + 1):
            groups[start, size] = _joined(groups[start, size - 1], bags[start + size - 1])
    whole: Bag = {}
    for bag in bags:
        whole = _joined(whole, bag)
    return Text(len(bags), groups, {group: sum(bag.values()) for group, bag in groups.items()}, whole)


def _weighed(stems: Sequence[str], weights: Mapping[str, float]) -> Bag:
    bag: Bag = {}
    for word in stems:
        bag[word] = bag.get(word, 0.0) + weights[word]
    return bag


def _joined(one: Bag, other: Bag) -> Bag:
    """Two bags as one."""
    bag = dict(one)
    for word, weight in other.items():
        bag[word] = bag.get(word, 0.0) + weight
    return bag


def _crowded(clusters: Mapping[Place, int]) -> frozenset[int]:
    """The clusters that several versions tell already."""
    versions: dict[int, set[int]] = {}
    for (version, _), cluster in clusters.items():
        versions.setdefault(cluster, set()).add(version)
    return frozenset(cluster for cluster, tellers in versions.items() if len(tellers) > 1)


def _partners(all_told: Sequence[Told], texts: Mapping[int, Text]) -> list[tuple[int, int]]:
    """Pairs of versions worth a look, of those with much text that has no counterpart: the most words in common, and
    enough for a retelling."""
    pairs: set[tuple[int, int]] = set()
    for one, text in texts.items():
        shared = {other: _shared(text.whole, texts[other].whole) for other in texts if other != one}
        others = [
            other for other in shared if shared[other] >= COVERED * ENOUGH * min(text.weight, texts[other].weight)
        ]
        others.sort(key=lambda other: (-shared[other], all_told[other].version.id))
        pairs |= {(min(one, other), max(one, other)) for other in others[:PARTNERS]}
    return sorted(pairs)


def _loose(version: Told, clusters: Mapping[Place, int], known: frozenset[int]) -> bool:
    total = sum(len(unit.words) for unit in version.units)
    alone = sum(
        len(unit.words) for place, unit in enumerate(version.units) if clusters[version.place, place] not in known
    )
    return alone > LOOSE * total


def _shared(one: Bag, other: Bag) -> float:
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum([min(weight, large[word]) for word, weight in small.items() if word in large])


def _aligned(mine: Text, yours: Text) -> list[Group]:
    """The best order-keeping groups, and of them those that share enough."""
    best = [[0.0] * (yours.size + 1) for _ in range(mine.size + 1)]
    step: dict[tuple[int, int], Group] = {}
    for i in range(mine.size - 1, -1, -1):
        for j in range(yours.size - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            for m, n in MOVES:
                if i + m <= mine.size and j + n <= yours.size:
                    gain = _gain(mine, yours, i, m, j, n) + best[i + m][j + n]
                    if gain > best[i][j]:
                        best[i][j] = gain
                        step[i, j] = Group(i, m, j, n)
    return _walked(best, step)


def _gain(mine: Text, yours: Text, i: int, m: int, j: int, n: int) -> float:
    """What a group of sentences shares, above its price; 0 where that is too little to be a group at all."""
    shared = _shared(mine.groups[i, m], yours.groups[j, n])
    total = mine.weights[i, m] + yours.weights[j, n]
    if shared < ENOUGH_WEIGHT or 2 * shared < ENOUGH * total:
        return 0.0
    return shared - PRICE * total / 2 - GROUP_PRICE * (m + n - 2)


def _walked(best: Sequence[Sequence[float]], step: Mapping[tuple[int, int], Group]) -> list[Group]:
    groups = []
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        group = step.get((i, j))
        if group is not None:
            groups.append(group)
            i, j = i + group.m, j + group.n
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return groups


def _coverage(groups: Sequence[Group], mine: Text, yours: Text) -> float:
    """The share of the shorter text's weight that stands in groups."""
    if not mine.weight or not yours.weight:
        return 0.0
    if mine.weight <= yours.weight:
        return sum(mine.weights[group.i, group.m] for group in groups) / mine.weight
    return sum(yours.weights[group.j, group.n] for group in groups) / yours.weight


def _unite(made: dict[Place, int], one: int, other: int, group: Group, known: frozenset[int]) -> None:
    """One cluster for a group's sentences; what several versions tell already keeps its cluster."""
    left = [(one, group.i + step) for step in range(group.m)]
    right = [(other, group.j + step) for step in range(group.n)]
    kept = [made[place] for place in (*left, *right) if made[place] in known]
    target = min(kept, default=made[left[0]])
    for place in (*left, *right):
        if made[place] not in known:
            made[place] = target


def _gather(version: Told, made: dict[Place, int], grouped: set[Place]) -> None:
    """Sentences without counterpart join the group before or behind them in their paragraph: in a retelling the matter
    of a paragraph is spread over other sentences than the words show."""
    count = len(version.units)
    for step, order in ((-1, range(count)), (1, range(count - 1, -1, -1))):
        for unit in order:
            place, beside = (version.place, unit), (version.place, unit + step)
            near = 0 <= unit + step < count and version.units[unit].block == version.units[unit + step].block
            if near and place not in grouped and beside in grouped:
                made[place] = made[beside]
                grouped.add(place)
