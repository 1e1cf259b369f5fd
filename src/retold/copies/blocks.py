"""What documents share, window by window: their pairs, and what each pair has in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from retold.copies.ahead import ahead
from retold.copies.passages import PASSAGE, STEP, Shared, shared, stories_of
from retold.copies.spool import Spool
from retold.copies.windows import Runs, taken, taken_own, windows_of
from retold.kernels.arrays import Matches, Pairs
from retold.kernels.measures import CROWD, DOCUMENT_BITS, DOCUMENT_MASK

if TYPE_CHECKING:
    from retold.copies.collecting import Collected
    from retold.copies.windows import Found, Job
    from retold.kernels.arrays import Alignments, Array, Words

TEXT = 9  # bytes of memory that a byte of text takes while its words are compared
LINKED = 1 << 31  # marks a document through which its story is seen


class Blocks:
    """The pairs of documents, window by window of the higher one, and what each pair shares."""

    def __init__(self, given: Collected, found: Found, job: Job) -> None:
        import numpy as np

        self.given, self.found, self.job = given, found, job
        self.windows = windows_of(np.arange(len(given.rows)), found, job.share)
        self.own_firsts = np.concatenate(([0], np.cumsum(found.shares)))  # of each document's values, on disk

    def told(self, groups: Array) -> Iterator[Shared]:
        """Yield what the pairs share, in order."""
        threads = self.job.threads
        with Spool(self.job.folder) as own, Spool(self.job.folder) as parts:
            self._send(groups, parts)
            self.found.spool.close()
            self.job.told("parts")
            windows = (self._pairs(*window, parts, own) for window in self.windows)
            aligned = (block for pairs in ahead(windows, threads) for block in self._aligned(pairs))
            for block in ahead(aligned, threads):
                yield self._told(*block, own)

    def _send(self, groups: Array, spool: Spool) -> None:
        """Send each window the fingerprints of its documents, with the number of stories that have them.

        One that says nothing of two texts, since many stories have it, is only named with those that have it.
        """
        import numpy as np

        every = (taken(self.found.spool, part) for part in range(self.found.parts))
        for runs in ahead(every, self.job.threads):
            stories, linked = self.job.kernels.matching.crowd(runs.firsts, runs.members, groups)
            # A hash has 40 bits, which leaves 24: as many as documents have.
            values = (runs.values << np.uint64(DOCUMENT_BITS)) | np.minimum(stories, DOCUMENT_MASK).astype(np.uint64)
            told = Runs(values, runs.sizes, runs.members | (linked.astype(np.uint32) * np.uint32(LINKED)))
            crowd = stories > CROWD + 1
            self.windows.send(told, ~crowd, self.job.kernels, spool)
            self.windows.send_own(told.where(crowd), spool)

    def _pairs(self, window: int, low: int, high: int, parts: Spool, own: Spool) -> Pairs:
        """The pairs of which the higher document is one of a window; the stories of each are put down, too."""
        import numpy as np

        few, (documents, values) = taken(parts, window), taken_own(parts, window)
        firsts, members, linked = (
            few.firsts,
            few.members & np.uint32(DOCUMENT_MASK),
            (few.members >= LINKED).view(np.uint8),
        )
        alone = np.arange(len(few.sizes), len(few.sizes) + len(documents), dtype=np.uint64)
        own_firsts, runs = self.job.kernels.parting.owned(
            firsts, members, documents, alone, self.windows.rank, low, high
        )
        every = np.append(few.values, values)
        own.append(every[runs])
        stories = (every & np.uint64(DOCUMENT_MASK)).astype(np.int32)
        own_firsts = np.concatenate((np.zeros(low, np.int64), own_firsts))
        empty = np.empty(0, np.uint32)
        found = Matches(empty, firsts, members, own_firsts, runs, self.found.totals, empty, stories, linked)
        made: Pairs = self.job.kernels.matching.pairs(found, low, high)
        self.job.told("pairs")
        return made

    def _aligned(self, pairs: Pairs) -> Iterator[tuple[Array, Words, Pairs, Alignments]]:
        """Yield the passages of pairs, so many at a time as there is room for with their texts.

        They come with the documents, whose places are their numbers there, and with the words of these.
        """
        import numpy as np

        begin, sizes = 0, np.diff(self.given.texts.bounds)[self.given.rows]
        while begin < len(pairs.lows):
            end, documents = fitting(pairs, begin, sizes, self.job.share // TEXT)
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

    def _told(self, documents: Array, words: Words, pairs: Pairs, made: Alignments, own: Spool) -> Shared:
        """What pairs of some documents share."""
        import numpy as np

        matches = self._matches(documents, np.unique(pairs.lows[made.passages[:, 0]]), own)
        kept = {"keys": words.keys, "firsts": words.key_firsts, "ends": words.key_ends}
        stories = stories_of(self.job.kernels, matches, pairs, made, **kept)
        self.job.told("carried")
        answer = shared(words.counts, self.given.rows[documents], pairs, made, stories)
        self.job.told("tables")
        return answer

    def _matches(self, documents: Array, wanted: Array, own: Spool) -> Matches:
        """The stories of the fingerprints of some documents: of those that are wanted, by their place."""
        import numpy as np

        sizes = np.zeros(len(documents), np.int64)
        sizes[wanted] = self.found.shares[documents[wanted]]
        begins = 8 * self.own_firsts[documents[wanted]]
        values = own.read(zip(begins.tolist(), (8 * sizes[wanted]).tolist(), strict=True), "u8")
        none, numbers = np.empty(0, np.uint32), np.arange(len(values), dtype=np.uint32)
        stories = (values & np.uint64(DOCUMENT_MASK)).astype(np.int32)
        firsts = np.concatenate(([0], np.cumsum(sizes)))
        return Matches(values >> np.uint64(DOCUMENT_BITS), none, none, firsts, numbers, none, none, stories, none)


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
