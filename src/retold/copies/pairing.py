"""Which documents may share text, and how many stories have a fingerprint: from memory, or part by part from disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from retold.copies.ahead import ahead
from retold.copies.spool import Spool
from retold.copies.windows import Runs, taken, taken_own, windows_of
from retold.kernels.arrays import Matches, Pairs, ranges
from retold.kernels.measures import CROWD, DOCUMENT_BITS, DOCUMENT_MASK

if TYPE_CHECKING:
    from retold.copies.windows import Found, Job
    from retold.kernels.arrays import Array

AT_ONCE = 1 << 16  # documents whose pairs are asked for at once
LINKED = 1 << 31  # marks a document through which its story is seen


class Pairing(Protocol):
    """What is known of documents from their fingerprints, in so many bytes of memory."""

    size: int

    def pairs(self) -> Iterator[Pairs]:
        """Yield the pairs of documents, by the higher one and then by the lower."""

    def matches(self, documents: Array) -> Matches:
        """Return in how many stories each fingerprint is that some documents share; they get their place as number."""


class Held:
    """All matches in memory."""

    def __init__(self, found: Matches, job: Job, size: int) -> None:
        self.found, self.job, self.size = found, job, size

    def pairs(self) -> Iterator[Pairs]:
        """Yield the pairs of documents, by the higher one and then by the lower."""
        count = len(self.found.totals)
        for low in range(0, count, AT_ONCE):
            made = self.job.kernels.matching.pairs(self.found, low, min(low + AT_ONCE, count))
            self.job.told("pairs")
            yield made

    def matches(self, documents: Array) -> Matches:
        """Return in how many stories each fingerprint is that some documents share; they get their place as number."""
        firsts = self.found.own_firsts
        low, sizes = firsts[documents], firsts[documents + 1] - firsts[documents]
        return _of_some(self.found.hashes, sizes, self.found.own[ranges(low, sizes)], self.found.stories)


class Parted:
    """All that is known waits on disk, window by window of the documents."""

    size = 0

    def __init__(self, found: Found, groups: Array, job: Job, parts: Spool, own: Spool) -> None:
        import numpy as np

        self.found, self.job, self.parts, self.own = found, job, parts, own
        self.windows = windows_of(np.arange(len(found.totals)), found, job.share)
        self.own_firsts = np.concatenate(([0], np.cumsum(found.shares)))  # of each document's values, on disk
        self._send(groups)

    def _send(self, groups: Array) -> None:
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
            self.windows.send(told, ~crowd, self.job.kernels, self.parts)
            self.windows.send_own(told.where(crowd), self.parts)

    def pairs(self) -> Iterator[Pairs]:
        """Yield the pairs of documents, by the higher one and then by the lower; the stories of each are put down."""
        for window in self.windows:
            yield self._pairs(*window)
            self.job.told("pairs")

    def _pairs(self, window: int, low: int, high: int) -> Pairs:
        """The pairs of which the higher document is one of a window."""
        import numpy as np

        few, (documents, values) = taken(self.parts, window), taken_own(self.parts, window)
        firsts, members = few.firsts, few.members & np.uint32(DOCUMENT_MASK)
        alone = np.arange(len(few.sizes), len(few.sizes) + len(documents), dtype=np.uint64)
        rank = self.windows.rank
        own_firsts, runs = self.job.kernels.parting.owned(firsts, members, documents, alone, rank, low, high)
        every = np.append(few.values, values)
        self.own.append(every[runs])
        linked = (few.members >= LINKED).view(np.uint8)
        stories = (every & np.uint64(DOCUMENT_MASK)).astype(np.int32)
        own_firsts = np.concatenate((np.zeros(low, np.int64), own_firsts))
        empty = np.empty(0, np.uint32)
        found = Matches(empty, firsts, members, own_firsts, runs, self.found.totals, empty, stories, linked)
        made: Pairs = self.job.kernels.matching.pairs(found, low, high)
        return made

    def matches(self, documents: Array) -> Matches:
        """Return in how many stories each fingerprint is that some documents share; they get their place as number.

        The pairs in which they are the higher ones have to be there already.
        """
        import numpy as np

        sizes = self.found.shares[documents]
        begins = 8 * self.own_firsts[documents]
        values = self.own.read(zip(begins.tolist(), (8 * sizes).tolist(), strict=True), "u8")
        stories = (values & np.uint64(DOCUMENT_MASK)).astype(np.int32)
        return _of_some(values >> np.uint64(DOCUMENT_BITS), sizes, np.arange(len(values), dtype=np.uint32), stories)


def _of_some(hashes: Array, sizes: Array, own: Array, stories: Array) -> Matches:
    """What is known of the fingerprints of some documents, of which each shares so many of its ``own``."""
    import numpy as np

    none = np.empty(0, np.uint32)
    firsts = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
    return Matches(hashes, none, none, firsts, own, none, none, stories, none)
