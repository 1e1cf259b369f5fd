"""Where one new article belongs now, in milliseconds: the stories within reach, kept ready to be asked.

What this says holds until the stories are settled again.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from retold.kernels.neighbours import BEST, PROBES, Postings, Rows, postings, summed
from retold.stories.features import Features
from retold.stories.settling import MEASURE, weights_of
from retold.stories.states import State, Telling
from retold.stories.vetoes import Title, vetoes
from retold.stories.weights import lengthened

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FRESH = 1024  # articles added one by one before all is made ready anew


@dataclass(frozen=True, slots=True)
class Joined:
    """The story that an article joins, named by its earliest article, and its mean likeness to the articles there."""

    story: str
    score: float


class Ready:
    """The stories of a state, ready to be asked for one article after the other."""

    def __init__(self, state: State) -> None:
        self._tellings = list(state.tellings)
        self._stories = list(state.stories)
        self._background = state.background
        self._prepare()

    def _prepare(self) -> None:
        """Weigh all articles, and sum those of each story."""
        import numpy as np

        articles = [each.features for each in self._tellings]
        self._weights = weights_of(self._tellings, self._background)
        self._vocabulary, rows = self._weights.rows(articles)
        self._names = list(dict.fromkeys(self._stories))
        self._place = {name: place for place, name in enumerate(self._names)}
        self._homes = np.array([self._place[name] for name in self._stories], np.int64)
        self._index: Postings = postings(rows)
        self._sums: Rows = summed(rows, self._homes, len(self._names))
        self._sizes = np.bincount(self._homes, minlength=len(self._names)).astype(float)
        moments = np.array([np.nan if each.moment is None else each.moment for each in self._tellings], float)
        dated = ~np.isnan(moments)
        self._dated = np.bincount(self._homes[dated], minlength=len(self._names)).astype(float)
        self._moments = np.bincount(self._homes[dated], moments[dated], len(self._names))
        self._settled = len(self._tellings)
        self._extra: dict[int, int] = {}
        self._fresh: list[tuple[int, NDArray[np.int64], NDArray[np.float64]]] = []

    def join(self, features: Features, moment: float | None) -> Joined | None:
        """Return the story that an article belongs to, or None where it is the first of its own."""
        columns, values = self._row(features)
        products = self._products(columns, values)
        best = max(
            ((self._score(place, product, moment), -place) for place, product in products.items()), default=(0.0, 0)
        )
        score, place = best[0], -best[1]
        if score < MEASURE.cut or self._vetoed(place, features):
            return None
        return Joined(self._names[place], round(min(1.0, score), 4))

    def add(self, telling: Telling, story: str) -> None:
        """Take an article into a story, its own where ``story`` is its id."""
        import numpy as np

        self._tellings.append(telling)
        self._stories.append(story)
        if len(self._tellings) - self._settled > FRESH:
            self._prepare()
            return
        place = self._place.setdefault(story, len(self._names))
        if place == len(self._names):
            self._names.append(story)
            for name in ("_sizes", "_dated", "_moments"):
                setattr(self, name, np.append(getattr(self, name), 0.0))
        self._sizes[place] += 1
        if telling.moment is not None:
            self._dated[place] += 1
            self._moments[place] += telling.moment
        self._fresh.append((place, *self._row(telling.features, grow=True)))

    def _row(self, features: Features, *, grow: bool = False) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """An article's weights: columns (-1 for terms that no other article has) and values."""
        import numpy as np

        keys = np.frombuffer(features.keys, "<u8")
        values = np.frombuffer(features.weights, "<f4") * self._weights.rarity(keys, features.language)
        values = lengthened(values, np.array([0, len(keys)]))
        places = np.searchsorted(self._vocabulary, keys)
        known = places < len(self._vocabulary)
        known[known] = self._vocabulary[places[known]] == keys[known]
        columns = np.where(known, places, -1)
        for at in np.flatnonzero(~known).tolist():
            key = int(keys[at])
            columns[at] = self._extra.setdefault(key, self._width()) if grow else self._extra.get(key, -1)
        return columns, values

    def _width(self) -> int:
        return len(self._vocabulary) + len(self._extra)

    def _products(self, columns: NDArray[np.int64], values: NDArray[np.float64]) -> dict[int, float]:
        """The stories that share weighty terms with an article, and the products with their sums."""
        import numpy as np

        dense = np.zeros(self._width() + 1)
        dense[columns] = values
        dense[-1] = 0.0  # where the column is -1
        found = dict.fromkeys(self._candidates(columns, values), 0.0)
        for place in found:
            if place < len(self._sums):
                low, high = self._sums.starts[place : place + 2].tolist()
                found[place] = float((dense[self._sums.columns[low:high]] * self._sums.values[low:high]).sum())
        for place, mine, weights in self._fresh:
            product = float((dense[mine] * weights).sum())
            if place in found:
                found[place] += product
            elif product >= MEASURE.cut and place >= len(self._sums):
                found[place] = product
        return found

    def _candidates(self, columns: NDArray[np.int64], values: NDArray[np.float64]) -> list[int]:
        """The stories that share most with an article, by its weightiest terms."""
        import numpy as np

        known = np.flatnonzero((columns >= 0) & (columns < self._sums.width))
        probes = known[np.lexsort((columns[known], -values[known]))][:PROBES]
        slices = [
            slice(*pair) for pair in zip(*(ends[columns[probes]].tolist() for ends in self._index[:2]), strict=True)
        ]
        if not slices:
            return []
        rows = np.concatenate([self._index.rows[each] for each in slices])
        weights = np.concatenate(
            [self._index.values[each] * values[probe] for each, probe in zip(slices, probes.tolist(), strict=True)]
        )
        places, inverse = np.unique(self._homes[rows], return_inverse=True)
        means = np.bincount(inverse, weights) / self._sizes[places]
        found: list[int] = places[np.lexsort((places, -means))][:BEST].tolist()
        return found

    def _score(self, place: int, product: float, moment: float | None) -> float:
        """The mean likeness of an article to a story, faded by the time between."""
        dated = float(self._dated[place])
        mean = product / float(self._sizes[place])
        if dated and moment is not None:
            return mean * exp(-abs(float(self._moments[place]) / dated - moment) / MEASURE.fade)
        return mean * (exp(-MEASURE.undated / MEASURE.fade) if dated or moment is not None else 1.0)

    def _vetoed(self, place: int, features: Features) -> bool:
        """Whether a story of one article is kept apart; in a larger one a single veto is outvoted."""
        if self._sizes[place] > 1:
            return False
        at = self._stories.index(self._names[place])
        return bool(vetoes(Title(self._tellings[at].features), Title(features)))
