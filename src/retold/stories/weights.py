"""How much each term of an article says, among the articles of its days: rare terms more, in its own language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from retold.kernels.neighbours import Rows, grains
from retold.stories.features import Features

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PRIOR = 200.0  # articles that are taken to have come before, so that few articles do not decide what is rare
SHORTNESS = 8.0  # terms; a short row is a small sample of what a telling could say, and is lengthened for it


class Weights:
    """The document frequencies of terms per language."""

    def __init__(self, articles: Sequence[Features]) -> None:
        import numpy as np

        self.counts: dict[str, int] = {}
        self.terms: dict[str, tuple[NDArray[np.uint64], NDArray[np.int64]]] = {}
        for code in sorted({each.language for each in articles}):
            spoken = [each.keys for each in articles if each.language == code]
            self.counts[code] = len(spoken)
            self.terms[code] = np.unique(np.frombuffer(b"".join(spoken), "<u8"), return_counts=True)

    def rarity(self, keys: NDArray[np.uint64], code: str) -> NDArray[np.float64]:
        """Return how rare terms are in a language, as the logarithm of the share of articles that hold them."""
        import numpy as np

        known, counts = self.terms.get(code, (np.empty(0, np.uint64), np.empty(0, np.int64)))
        found = np.zeros(len(keys))
        if len(known):
            places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
            found = np.where(known[places] == keys, counts[places], 0).astype(float)
        total = self.counts.get(code, 0) + PRIOR + 1
        return np.log(total / (found + 0.5))

    def rows(self, articles: Sequence[Features]) -> tuple[NDArray[np.uint64], Rows]:
        """Return the articles as rows of weights: all keys in order, and the rows whose columns are places in them."""
        import numpy as np

        starts = np.concatenate(([0], np.cumsum([len(each) for each in articles], dtype=np.int64)))
        keys = np.frombuffer(b"".join([each.keys for each in articles]), "<u8")
        vocabulary = np.unique(keys)
        columns = np.searchsorted(vocabulary, keys).astype(np.int32)
        values = self._rarities(articles, vocabulary, columns, np.diff(starts))
        values *= np.frombuffer(b"".join([each.weights for each in articles]), "<f4")
        return vocabulary, Rows(starts, columns, lengthened(values, starts).astype(np.float32), len(vocabulary))

    def _rarities(
        self,
        articles: Sequence[Features],
        vocabulary: NDArray[np.uint64],
        columns: NDArray[np.int32],
        lengths: NDArray[np.int64],
    ) -> NDArray[np.float64]:
        """The rarity of every entry, in the language of its article."""
        import numpy as np

        codes = sorted({each.language for each in articles})
        place = {code: number for number, code in enumerate(codes)}
        spoken = np.repeat(np.array([place[each.language] for each in articles], np.int64), lengths)
        table = np.array([self.rarity(vocabulary, code) for code in codes]).reshape(-1)
        found: NDArray[np.float64] = table[spoken * len(vocabulary) + columns]
        return found


def lengthened(values: NDArray[np.float64], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return rows brought to one length each, a little more where they are short, in whole grains."""
    import numpy as np

    lengths = np.diff(starts)
    owner = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    squares = np.bincount(owner, values * values, len(lengths))
    scale = np.sqrt((1 + SHORTNESS / np.maximum(lengths, 1)) / np.maximum(squares, 1e-12))
    return grains(values * scale[owner])
