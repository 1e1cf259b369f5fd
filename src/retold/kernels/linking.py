"""Average link over sparse rows: the closest two groups are joined until no two are close enough.

Unlike ``linkage.average_link`` it is not given all pairs. Two groups that were no neighbours get their score from the
sums of their rows when one of them grows; so time and memory go with the neighbours, not with the pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import exp, sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retold.kernels.neighbours import Columns, Values

SLACK = 1e-6  # below this a difference of sums is rounding
KEEP = 0.8  # of the cut: neighbours above this are remembered, for one that joins may bring them up


@dataclass(slots=True)
class Group:
    """Things taken for one: the sum of their rows, and what scores ask of them.

    Each of n copies of one thing weighs 1/√n. ``size`` is the sum of the weights, ``count`` the number of things with
    copies, ``texts`` that without; ``own`` the sum of the squared lengths of the rows before weighing, which is what
    copies give when each is multiplied with all of its like; ``terms`` the weighted mean count of columns; ``moment``
    the mean time of the dated ones, whose weight is ``dated``.
    """

    columns: Columns
    values: Values
    size: float
    count: float
    texts: float
    own: float
    terms: float
    moment: float
    dated: float

    def cohesion(self) -> float:
        """Return the mean product of two members that are no copies of each other; 0 where there are none."""
        pairs = self.size * self.size - self.count
        shared = float((self.values * self.values).sum()) - self.own
        return shared / pairs if pairs > SLACK and shared > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Measure:
    """When two groups are one: from a mean product of ``cut`` on, which fades by e in ``fade`` units of time, and by
    ``undated`` of them where one has no time.

    They are not where both have ``crowd`` different members, and these agree with each other so much more that the
    product is below ``apart`` of that. For rows of few columns less is asked: of ``few`` columns, half.
    """

    cut: float
    fade: float
    undated: float
    apart: float
    crowd: float
    few: float

    def fading(self, one: Group, other: Group) -> float:
        """Return the factor for the time between two groups."""
        if one.dated and other.dated:
            return exp(-abs(one.moment - other.moment) / self.fade)
        return exp(-self.undated / self.fade) if one.dated or other.dated else 1.0

    def parts(self, one: Group, other: Group, product: float) -> bool:
        """Whether two groups are each of one mind, and not of the same."""
        if min(one.texts, other.texts) < self.crowd:
            return False
        return product < self.apart * self.expected(one, other)

    def expected(self, one: Group, other: Group) -> float:
        """Return how alike two groups would be if their members did not care which group they are in.

        Short rows share few columns even where they belong together, and near-copies among them many.
        """
        terms = (one.terms * one.size + other.terms * other.size) / (one.size + other.size)
        return sqrt(one.cohesion() * other.cohesion()) * terms / (terms + self.few)


class Linking:
    """The groups as they stand, their neighbours, and the pairs that are close enough, closest first."""

    def __init__(self, groups: Sequence[Group], width: int, measure: Measure) -> None:
        import numpy as np

        self.groups: list[Any] = list(groups)
        self.measure = measure
        self.near: list[dict[int, float]] = [{} for _ in groups]
        self.less: dict[int, dict[int, float]] = {}
        self.age = [0] * len(groups)
        self.heap: list[tuple[float, int, int, int, int]] = []
        self.dense = np.zeros(width)
        self.home = list(range(len(groups)))

    def products(self, one: int, others: Sequence[int]) -> list[float]:
        """Return the product of a group's sum with each other group's."""
        import numpy as np

        group = self.groups[one]
        self.dense[group.columns] = group.values
        lengths = [len(self.groups[other].columns) for other in others]
        columns = np.concatenate([self.groups[other].columns for other in others])
        values = np.concatenate([self.groups[other].values for other in others])
        sums = np.concatenate(([0.0], np.cumsum(self.dense[columns] * values)))
        self.dense[group.columns] = 0.0
        ends = np.cumsum(lengths)
        found: list[float] = (sums[ends] - sums[ends - lengths]).tolist()
        return found

    def lessen(self, one: int, other: int, amount: float) -> None:
        """Take a part off the product of two groups: of members that are kept apart."""
        for mine, yours in ((one, other), (other, one)):
            taken = self.less.setdefault(mine, {})
            taken[yours] = taken.get(yours, 0.0) + amount

    def meet(self, pairs: Iterable[tuple[int, int, float]]) -> None:
        """Make neighbours of pairs (low, high, product)."""
        for one, other, product in pairs:
            self._note(one, other, product, self.heap.append)
        heapify(self.heap)

    def _note(self, one: int, other: int, product: float, push: Any) -> None:
        """Remember two neighbours where they are close, and as a pair to join where they are close enough."""
        score = self.score(one, other, product)
        if score < self.measure.cut * KEEP:
            self.near[one].pop(other, None)
            self.near[other].pop(one, None)
            return
        self.near[one][other] = self.near[other][one] = product
        if score >= self.measure.cut:
            low, high = min(one, other), max(one, other)
            push((-score, low, high, self.age[low], self.age[high]))

    def score(self, one: int, other: int, product: float) -> float:
        """Return the likeness of two groups: their mean product, less what is kept apart, faded by time."""
        mine, yours = self.groups[one], self.groups[other]
        rest = product - self.less.get(one, {}).get(other, 0.0)
        mean: float = rest / (mine.size * yours.size)
        return mean * self.measure.fading(mine, yours)

    def run(self) -> list[int]:
        """Join what is close enough; return for each thing the lowest one of its group."""
        while self.heap:
            _, one, other, age, other_age = heappop(self.heap)
            if (self.age[one], self.age[other]) != (age, other_age):
                continue  # stale: one of them has been joined since
            mine, yours = self.groups[one], self.groups[other]
            if not self.measure.parts(mine, yours, self.near[one][other] / (mine.size * yours.size)):
                self._join(one, other)
        return [self._root(place) for place in range(len(self.home))]

    def _root(self, place: int) -> int:
        while self.home[place] != place:
            self.home[place] = place = self.home[self.home[place]]
        return place

    def _join(self, one: int, other: int) -> None:
        """Put the second group into the first, and meet the neighbours of both anew."""
        known = self.near[one], self.near[other]
        met = (known[0].keys() | known[1].keys()) - {one, other}
        self.groups[one] = joined(self.groups[one], self.groups[other])
        self.groups[other] = None
        self.home[other] = one
        self.age[one] += 1
        self.age[other] = -1
        self._inherit(one, other)
        self.near[one], self.near[other] = {}, {}
        for third in met:
            self.near[third].pop(other, None)
        sums = {third: known[0][third] + known[1][third] for third in met if third in known[0] and third in known[1]}
        missing = sorted(met - sums.keys())
        if missing:
            sums.update(zip(missing, self.products(one, missing), strict=True))
        for third, product in sums.items():
            self._note(one, third, product, lambda pair: heappush(self.heap, pair))

    def _inherit(self, one: int, other: int) -> None:
        """What is kept apart from the second group is kept apart from the first."""
        for third, amount in self.less.pop(other, {}).items():
            del self.less[third][other]
            if third != one:
                self.lessen(one, third, amount)


def single(columns: Columns, values: Values, moment: float | None) -> Group:
    """Return a group of one thing, from its row and its time."""
    values = values.astype(float)
    return Group(
        columns=columns,
        values=values,
        size=1.0,
        count=1.0,
        texts=1.0,
        own=float((values * values).sum()),
        terms=float(len(columns)),
        moment=moment or 0.0,
        dated=0.0 if moment is None else 1.0,
    )


def joined(one: Group, other: Group) -> Group:
    """Return two groups as one."""
    import numpy as np

    columns: Any = np.concatenate((one.columns, other.columns))
    order = np.argsort(columns, kind="stable")
    columns = columns[order]
    values = np.concatenate((one.values, other.values))[order]
    begins = np.flatnonzero(np.diff(columns, prepend=-1))
    size = one.size + other.size
    dated = one.dated + other.dated
    return Group(
        columns=columns[begins],
        values=np.add.reduceat(values, begins),
        size=size,
        count=one.count + other.count,
        texts=one.texts + other.texts,
        own=one.own + other.own,
        terms=(one.terms * one.size + other.terms * other.size) / size,
        moment=(one.moment * one.dated + other.moment * other.dated) / dated if dated else 0.0,
        dated=dated,
    )
