"""Which texts may share passages, from their prints alone; and their passages, of which most are kept from before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retold.copies.fingerprints import texts_of
from retold.copies.packing import pack, unpack
from retold.copies.passages import Shared, shared, stories_of
from retold.kernels.arrays import Pairs
from retold.kernels.choosing import ALIGNED, choose, kernels

if TYPE_CHECKING:
    from retold.copies.prints import Prints
    from retold.kernels.arrays import Alignments, Array, Matches
    from retold.kernels.choosing import Choice

    Texts = Mapping[int, str] | Sequence[str]

BLOCK = 1 << 14  # pairs whose texts are held at once
LETTERS = 6  # bytes of a word with what is around it, about: by them the twin is chosen


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of texts that may share passages, by their places, and in how many stories each fingerprint is, where that
    is known."""

    pairs: Pairs
    matches: Matches | None
    choice: Choice

    def __len__(self) -> int:
        return len(self.pairs.lows)

    def stories(self, held: Prints, made: Alignments) -> Array:
        """Return for each step of passages of these pairs how many stories carry its words; 0 where it is not known."""
        import numpy as np

        if self.matches is None:
            return np.zeros(len(made.steps), np.int32)
        kept = {"keys": held.keys, "firsts": held.firsts[:-1], "ends": held.firsts[1:]}
        return stories_of(kernels(self.choice), self.matches, self.pairs, made, **kept)


def candidates(held: Prints, *, choice: Choice | None = None) -> Candidates:
    """Return the pairs of texts that may share passages; the texts come in the order of their ids.

    They are those that ``engine`` looks at, by the second text and then by the first.
    """
    import numpy as np

    choice = choice or choose(LETTERS * int(held.words.sum()))
    use = kernels(choice).matching
    keys = held.keys | np.repeat(np.arange(len(held), dtype=np.uint64), np.diff(held.firsts))
    keys.sort()
    matches = use.matches(keys, len(held))
    return Candidates(use.pairs(matches), matches, choice)


def aligned(
    texts: Texts, lows: Array, highs: Array, *, threads: int = 1, choice: Choice | None = None
) -> Iterator[bytes]:
    """Yield what the texts of each pair share, as bytes to be kept; some share nothing in the end.

    ``texts`` gives a text for its place; only those of the pairs are asked for.
    """
    for first in range(0, len(lows), BLOCK):
        block = slice(first, first + BLOCK)
        yield from _aligned(texts, lows[block], highs[block], threads, choice)


def _aligned(texts: Texts, lows: Array, highs: Array, threads: int, choice: Choice | None) -> list[bytes]:
    import numpy as np

    places = np.unique(np.concatenate((lows, highs)))
    given = texts_of([texts[place] for place in places.tolist()], None)
    low, high = (np.searchsorted(places, side).astype(np.uint32) for side in (lows, highs))
    lengths = np.diff(given.bounds)
    size = int(lengths[low].sum() + lengths[high].sum()) // ALIGNED
    use = kernels(choice or choose(max(len(given.data), size)))
    words, _ = use.fingerprinting.fingerprints(given.data, given.bounds, given.numbers, threads=threads)
    found = Pairs(low, high, np.zeros(len(lows), np.int64), np.zeros(len(lows), np.int32))
    return pack(use.aligning.alignments(words, found, threads=threads), len(lows))


def together(held: Prints, found: Candidates, packed: Sequence[bytes]) -> Shared:
    """Return what texts share, from the bytes of each pair of the candidates: what ``engine`` says of them.

    With some of the candidates' pairs, in any order, it is what is said of these. Raise SourceError where the bytes are
    of another edition.
    """
    import numpy as np

    made = unpack(packed)
    return shared(held.words.__getitem__, np.arange(len(held)), found.pairs, made, found.stories(held, made))
