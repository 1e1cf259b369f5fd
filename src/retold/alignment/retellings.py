"""A whole text told again in other words: sentences that share no runs, but the same matters in the same order.

Single sentences of this kind prove nothing (two reporters of one event write such sentences); only where most of the
shorter text finds its counterpart in order is the whole taken for a retelling. The alignment is Gale and Church's
(1993) dynamic programme over 1-1, 1-2, 2-1, 1-3, 3-1 and 2-2 groups of sentences, scored by shared words
instead of lengths.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from retold.alignment.units import Told

Place = tuple[int, int]
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


def retold(all_told: Sequence[Told], clusters: dict[Place, int], weights: Mapping[str, float]) -> dict[Place, int]:
    """Return the clusters with those joined that retellings show to tell the same."""
    known = _crowded(clusters)
    loose = [
        version.place for version in all_told if _loose(version, clusters, known) and len(version.units) <= LONGEST
    ]
    if len(loose) < 2:
        return clusters
    bags = {place: [Counter(unit.stems) for unit in all_told[place].units] for place in loose}
    made = dict(clusters)
    for one, other in _partners(all_told, bags, weights):
        groups = _aligned(bags[one], bags[other], weights)
        if _coverage(groups, bags[one], bags[other], weights) >= COVERED:
            for group in groups:
                _unite(made, one, other, group, known)
            shared = _crowded(made)
            for place in (one, other):
                _gather(all_told[place], made, {at for at, cluster in made.items() if cluster in shared})
    return made


def _crowded(clusters: Mapping[Place, int]) -> frozenset[int]:
    """The clusters that several versions tell already."""
    versions: dict[int, set[int]] = {}
    for (version, _), cluster in clusters.items():
        versions.setdefault(cluster, set()).add(version)
    return frozenset(cluster for cluster, tellers in versions.items() if len(tellers) > 1)


def _partners(
    all_told: Sequence[Told], bags: Mapping[int, Sequence[Counter[str]]], weights: Mapping[str, float]
) -> list[tuple[int, int]]:
    """Pairs of versions worth a look, of those with much text that has no counterpart: the most words in common."""
    words = {place: _sum(bags[place]) for place in bags}
    pairs: set[tuple[int, int]] = set()
    for one in bags:
        others = [other for other in bags if other != one]
        others.sort(key=lambda other: (-_shared(words[one], words[other], weights), all_told[other].version.id))
        pairs |= {(min(one, other), max(one, other)) for other in others[:PARTNERS]}
    return sorted(pairs)


def _sum(bags: Sequence[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for bag in bags:
        total.update(bag)
    return total


def _loose(version: Told, clusters: Mapping[Place, int], known: frozenset[int]) -> bool:
    total = sum(len(unit.words) for unit in version.units)
    alone = sum(
        len(unit.words) for place, unit in enumerate(version.units) if clusters[version.place, place] not in known
    )
    return alone > LOOSE * total


def _shared(one: Counter[str], other: Counter[str], weights: Mapping[str, float]) -> float:
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(min(count, large[word]) * weights[word] for word, count in small.items() if word in large)


def _weight(bag: Counter[str], weights: Mapping[str, float]) -> float:
    return sum(count * weights[word] for word, count in bag.items())


def _aligned(mine: Sequence[Counter[str]], yours: Sequence[Counter[str]], weights: Mapping[str, float]) -> list[Group]:
    """The best order-keeping groups, and of them those that share enough."""
    gains: dict[Group, float] = {}
    best = [[0.0] * (len(yours) + 1) for _ in range(len(mine) + 1)]
    step: dict[tuple[int, int], Group | None] = {}
    for i in range(len(mine) - 1, -1, -1):
        for j in range(len(yours) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            for m, n in MOVES:
                if i + m <= len(mine) and j + n <= len(yours):
                    group = Group(i, m, j, n)
                    gains[group] = gain = _gain(group, mine, yours, weights)
                    if gain + best[i + m][j + n] > best[i][j]:
                        best[i][j] = gain + best[i + m][j + n]
                        step[i, j] = group
    return _walked(best, step)


def _gain(
    group: Group, mine: Sequence[Counter[str]], yours: Sequence[Counter[str]], weights: Mapping[str, float]
) -> float:
    left, right = _bag(mine, group.i, group.m), _bag(yours, group.j, group.n)
    shared = _shared(left, right, weights)
    total = _weight(left, weights) + _weight(right, weights)
    if shared < ENOUGH_WEIGHT or 2 * shared < ENOUGH * total:
        return 0.0
    return shared - PRICE * total / 2 - GROUP_PRICE * (group.m + group.n - 2)


def _bag(bags: Sequence[Counter[str]], start: int, size: int) -> Counter[str]:
    return bags[start] if size == 1 else _sum(bags[start : start + size])


def _walked(best: Sequence[Sequence[float]], step: Mapping[tuple[int, int], Group | None]) -> list[Group]:
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


def _coverage(
    groups: Sequence[Group], mine: Sequence[Counter[str]], yours: Sequence[Counter[str]], weights: Mapping[str, float]
) -> float:
    """The share of the shorter text's weight that stands in groups."""
    one = sum(_weight(bag, weights) for bag in mine)
    other = sum(_weight(bag, weights) for bag in yours)
    left = sum(_weight(_bag(mine, group.i, group.m), weights) for group in groups)
    right = sum(_weight(_bag(yours, group.j, group.n), weights) for group in groups)
    return (left / one if one <= other else right / other) if one and other else 0.0


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
