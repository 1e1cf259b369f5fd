"""One block settled: its articles and the stories within reach, linked by their mean likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

from retold.kernels.linking import KEEP, Group, Linking, Measure
from retold.kernels.neighbours import Rows, grains, neighbours, products, summed
from retold.stories.states import Telling
from retold.stories.vetoes import Title, vetoes
from retold.stories.weights import Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Chosen on FNC-1, ECB+ and UCI's headlines together; the mean F1 moves by 0.5 from 0.14 to 0.18 (bench/stories.py).
MEASURE = Measure(cut=0.17, fade=5.0, undated=2.0, apart=0.68, crowd=3.0, few=8.0)
FLOOR = 0.05  # two articles whose weightiest terms give less are no neighbours
COPY = 0.85  # of the cosine of two articles; from here on they are copies of one text


class Titles(dict[int, Title]):
    """The titles of articles, each read when it is first asked for."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        super().__init__()
        self.tellings = tellings

    def __missing__(self, row: int) -> Title:
        made = self[row] = Title(self.tellings[row].features)
        return made


class Settling:
    """Articles as rows; those that stories hold already are one node each, and the others a node each."""

    def __init__(
        self,
        tellings: Sequence[Telling],
        stories: Sequence[str],
        firsts: Mapping[str, float | None],
        background: Sequence[Telling],
    ) -> None:
        self.tellings = tellings
        self.rows = weights_of(tellings, background).rows([each.features for each in tellings])[1]
        self.first = len(stories)
        self.pairs = neighbours(self.rows, self.first, floor=FLOOR)
        self.products = products(self.rows, self.pairs)
        self.shares = shares(self.rows, self.pairs, self.products)
        self.names = sorted(firsts, key=lambda story: (firsts[story] is None, firsts[story] or 0.0, story))
        self.old = len(self.names)
        self.names += [each.article_id for each in tellings[self.first :]]
        place = {name: node for node, name in enumerate(self.names)}
        self.nodes = [place[story] for story in stories] + list(range(self.old, len(self.names)))

    def settled(self) -> tuple[list[str], list[float], dict[str, str]]:
        """Return the story of each row, how surely it belongs there, and which old stories are now part of which."""
        linking = Linking(self._groups(), self.rows.width, MEASURE)
        linking.meet(self._met(linking))
        home = linking.run()
        merged = {self.names[node]: self.names[home[node]] for node in range(self.old) if home[node] != node}
        roots = [home[node] for node in self.nodes]
        return [self.names[root] for root in roots], self._scores(roots, linking.groups), merged

    def _groups(self) -> list[Group]:
        """The nodes as the linking wants them: stories as the sum of their rows, each row by its share."""
        import numpy as np

        count, nodes, weights = len(self.names), np.array(self.nodes, np.int64), np.array(self.shares)
        owner = np.repeat(np.arange(len(nodes)), np.diff(self.rows.starts))
        shared = replace(self.rows, values=grains(self.rows.values * weights[owner]))
        sums = summed(shared, nodes, count)
        undated = np.array([each.moment is None for each in self.tellings], bool)
        moments = np.array([each.moment or 0.0 for each in self.tellings])
        dated = np.where(undated, 0.0, weights)
        sizes, dates = np.bincount(nodes, weights, count), np.bincount(nodes, dated, count)
        columns = (
            sizes,
            np.bincount(nodes, minlength=count).astype(float),
            np.bincount(nodes, weights * weights, count),
            np.bincount(nodes[owner], self.rows.values.astype(float) ** 2, count),
            np.bincount(nodes, weights * np.diff(self.rows.starts), count) / sizes,
            np.bincount(nodes, dated * moments, count) / np.where(dates > 0, dates, 1.0),
            dates,
        )
        ends = sums.starts.tolist()
        return [
            Group(sums.columns[low:high], sums.values[low:high], *told)
            for low, high, *told in zip(ends, ends[1:], *(each.tolist() for each in columns), strict=False)
        ]

    def _met(self, linking: Linking) -> Iterator[tuple[int, int, float]]:
        """The neighbours among the nodes, with their products; members that a veto parts take theirs off."""
        found: dict[int, dict[int, float]] = {}
        titles = Titles(self.tellings)
        near = self._near()
        for (one, other), product in zip(self.pairs[near].tolist(), self.products[near].tolist(), strict=True):
            low, high = sorted((self.nodes[one], self.nodes[other]))
            shared = product * self.shares[one] * self.shares[other]
            found.setdefault(low, {})[high] = shared
            if product >= MEASURE.cut and vetoes(titles[one], titles[other]):
                linking.lessen(low, high, shared)
        for low, others in sorted(found.items()):
            grown = list(others) if low < self.old else []  # a story's product is that of its sum
            others.update(zip(grown, linking.products(low, grown) if grown else (), strict=True))
            yield from ((low, other, product) for other, product in others.items())

    def _near(self) -> NDArray[np.bool_]:
        """Which pairs of rows are worth a thought: all with a story, and single ones that are close."""
        import numpy as np

        nodes = np.array(self.nodes, np.int64)
        grown = np.minimum(nodes[self.pairs[:, 0]], nodes[self.pairs[:, 1]]) < self.old
        near: NDArray[np.bool_] = grown | (self.products >= MEASURE.cut * KEEP)
        return near

    def _scores(self, roots: Sequence[int], groups: Sequence[Group]) -> list[float]:
        """How surely each new article belongs to its story: its mean likeness to the others there; 1 for one alone."""
        import numpy as np

        dense = np.zeros(self.rows.width)
        scores = [1.0] * len(roots)
        for row in range(self.first, len(roots)):
            group, share = groups[roots[row]], self.shares[row]
            if group.size > share:
                low, high = self.rows.starts[row : row + 2].tolist()
                values, columns = self.rows.values[low:high].astype(float), self.rows.columns[low:high]
                dense[group.columns] = group.values
                total = float((dense[columns] * values).sum()) - share * float((values * values).sum())
                scores[row] = round(min(1.0, max(0.0, total / (group.size - share))), 4)
                dense[group.columns] = 0.0
        return scores


def weights_of(tellings: Iterable[Telling], background: Iterable[Telling]) -> Weights:
    """Return what terms weigh among articles at hand and those in the background."""
    known = {each.article_id: each.features for each in (*background, *tellings)}
    return Weights(list(known.values()))


def shares(rows: Rows, pairs: NDArray[np.int64], products: NDArray[np.float64]) -> list[float]:
    """Return what each article counts: 1, but of n copies of one text each 1/√n, so that a hundred reprints of a wire
    do not outvote those who wrote their own."""
    import numpy as np

    lengths = np.sqrt(
        np.add.reduceat(np.append(rows.values.astype(float) ** 2, 0.0), rows.starts[:-1]) * (np.diff(rows.starts) > 0)
    )
    near = products >= COPY * lengths[pairs[:, 0]] * lengths[pairs[:, 1]]
    home = list(range(len(rows)))

    def root(place: int) -> int:
        while home[place] != place:
            home[place] = place = home[home[place]]
        return place

    for one, other in pairs[near & (products > 0)].tolist():
        low, high = sorted((root(one), root(other)))
        home[high] = low
    roots = [root(row) for row in range(len(rows))]
    copies = Counter(roots)
    return [1 / sqrt(copies[each]) for each in roots]
