"""What pairs of documents share, block by block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from retold.copies.ahead import ahead
from retold.copies.passages import PASSAGE, STEP, Shared, shared, stories_of
from retold.kernels.arrays import Pairs

if TYPE_CHECKING:
    from retold.copies.collecting import Collected
    from retold.copies.pairing import Pairing
    from retold.copies.windows import Job
    from retold.kernels.arrays import Alignments, Array, Words

TEXT = 9  # bytes of memory that a byte of text takes while its words are compared


class Blocks:
    """What each pair of documents shares, so many pairs at a time as there is room for with their texts."""

    def __init__(self, given: Collected, known: Pairing, job: Job) -> None:
        self.given, self.known, self.job = given, known, job

    def __iter__(self) -> Iterator[Shared]:
        """Yield what the pairs share, in order."""
        threads = self.job.threads
        aligned = (block for pairs in ahead(self.known.pairs(), threads) for block in self._aligned(pairs))
        for block in ahead(aligned, threads):
            yield self._told(*block)

    def _aligned(self, pairs: Pairs) -> Iterator[tuple[Array, Words, Pairs, Alignments]]:
        """Yield the passages of pairs, so many at a time as there is room for with their texts.

        They come with the documents, whose places are their numbers there, and with the words of these.
        """
        import numpy as np

        begin, sizes = 0, np.diff(self.given.texts.bounds)[self.given.rows]
        while begin < len(pairs.lows):
            end, documents = fitting(pairs, begin, sizes, self.job.whole // TEXT)
            places = np.searchsorted(documents, np.array([pairs.lows[begin:end], pairs.highs[begin:end]]))
            lows, highs = places.astype(np.uint32)
            some = Pairs(lows, highs, pairs.scores[begin:end], pairs.hits[begin:end])
            words = self._words(documents)
            self.job.told("words")
            made = self.job.kernels.aligning.alignments(words, some, threads=self.job.threads)
            self.job.told("align")
            yield documents, words, some, made
            begin = end

    def _words(self, documents: Array) -> Words:
        """The words of some documents, whose numbers are their places among these."""
        import numpy as np

        rows = self.given.rows[documents]
        order = np.argsort(rows)
        texts = self.given.texts.of(rows[order])
        words: Words
        words, _ = self.job.kernels.fingerprinting.fingerprints(*texts, order, threads=self.job.threads)
        return words

    def _told(self, documents: Array, words: Words, pairs: Pairs, made: Alignments) -> Shared:
        """What pairs of some documents share."""
        import numpy as np

        lefts, numbers = np.unique(pairs.lows, return_inverse=True)
        kept = {"keys": words.keys, "firsts": words.key_firsts[lefts], "ends": words.key_ends[lefts]}
        known = self.known.matches(documents[lefts])
        stories = stories_of(self.job.kernels, known, replace(pairs, lows=numbers), made, **kept)
        self.job.told("carried")
        answer = shared(words.counts, self.given.rows[documents], pairs, made, stories)
        self.job.told("tables")
        return answer


def fitting(pairs: Pairs, begin: int, sizes: Array, most: int) -> tuple[int, Array]:
    """Return where the pairs end whose texts together are so large at most, and the documents of these pairs.

    One pair is taken however large its texts are.
    """
    import numpy as np

    end = len(pairs.lows)
    while True:
        there = np.zeros(len(sizes), bool)
        there[pairs.lows[begin:end]] = there[pairs.highs[begin:end]] = True
        documents = np.flatnonzero(there)
        total = int(sizes[documents].sum())
        if total <= most or end == begin + 1:
            return end, documents
        end = max(begin + 1, min(end - 1, begin + int((end - begin) * most / total)))


def shifted(blocks: Iterable[Shared]) -> Iterator[Shared]:
    """Yield blocks as the parts of one answer: their numbers are those of the whole."""
    pair = passage = step = 0
    for block in blocks:
        pairs = block.pairs | {"first_passage": block.pairs["first_passage"] + passage}
        numbers = {"pair": block.passages["pair"] + pair, "first_step": block.passages["first_step"] + step}
        yield Shared(pairs, block.passages | numbers, block.steps)
        pair, passage = pair + len(block), passage + len(block.passages["pair"])
        step += len(block.steps["kind"])


def joined(blocks: Iterable[Shared]) -> Shared:
    """Return blocks as one answer."""
    import numpy as np

    tables = [(part.pairs, part.passages, part.steps) for part in (_none(), *shifted(blocks))]
    return Shared(
        *(
            {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
            for parts in zip(*tables, strict=True)
        )
    )


def _none() -> Shared:
    """Nothing shared."""
    import numpy as np

    from retold.kernels.arrays import Alignments, none

    empty = Alignments(np.empty((0, len(PASSAGE)), np.int32), np.empty((0, len(STEP) + 1), np.int32))
    return shared(lambda documents: np.empty(0, np.int64), np.empty(0, np.int64), none(), empty, np.empty(0, np.int32))
