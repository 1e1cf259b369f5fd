"""Documents so many at a time, each time with all the fingerprints that they share with any others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retold.kernels.measures import REPRESENTATIVES

if TYPE_CHECKING:
    from retold.copies.spool import Spool
    from retold.kernels.arrays import Array
    from retold.kernels.choosing import Kernels

PART = 1_000_000_000  # bytes
ENTRY = 32  # bytes of memory that it takes to name a document with a fingerprint
MANY = 4096  # windows, at most


@dataclass(frozen=True, slots=True)
class Job:
    """With what the work is done, in how many bytes of memory, and where the rest waits."""

    kernels: Kernels
    room: int
    threads: int
    folder: Path | None
    told: Callable[[str], None]

    @property
    def whole(self) -> int:
        """The room for one of the things that are in work at the same time: with several threads, the next one, too."""
        return self.room // min(self.threads, 2)

    @property
    def share(self) -> int:
        """The same for what is gone through once; more than so much takes longer to be had than to be read again."""
        return min(self.whole, PART)


@dataclass(frozen=True, slots=True)
class Runs:
    """Fingerprints that several documents have: a value of each, how many documents have it, and these in a row.

    There may be no values.
    """

    values: Array
    sizes: Array
    members: Array

    @property
    def firsts(self) -> Array:
        """Where the documents of each begin, and where the last ones end."""
        import numpy as np

        return np.concatenate(([0], np.cumsum(self.sizes, dtype=np.int64)))

    def where(self, kept: Array) -> Runs:
        """Return some of them."""
        import numpy as np

        return Runs(self.values[kept], self.sizes[kept], self.members[np.repeat(kept, self.sizes)])


@dataclass(frozen=True, slots=True)
class Found:
    """The fingerprints that several documents have, on disk, in parts.

    ``totals`` are all that a document has, ``shares`` those of them that others have, too; ``crowds`` says how many
    documents have them.
    """

    spool: Spool
    parts: int
    totals: Array
    shares: Array
    crowds: Array


@dataclass(frozen=True, slots=True)
class Windows:
    """Documents in an ``order``, cut where ``ends`` says; ``of`` gives the window of each, ``rank`` its place."""

    order: Array
    rank: Array
    ends: Array
    of: Array

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        """Yield the number of each window, and from where to where it goes."""
        low = 0
        for number, high in enumerate(self.ends.tolist()):
            yield number, low, high
            low = high

    def send(self, runs: Runs, sent: Array, use: Kernels, spool: Spool) -> None:
        """Send each window the fingerprints that its documents have, each with all of its documents.

        Those that are not to be ``sent`` are left out.
        """
        starts, found, ends, members = use.parting.spread(runs.firsts, runs.members, sent, self.of, len(self.ends))
        for window in range(len(self.ends)):
            some = found[starts[window] : starts[window + 1]]
            if len(runs.values):
                spool.put(("values", window), runs.values[some])
            spool.put(("sizes", window), runs.sizes[some])
            spool.put(("members", window), members[ends[window] : ends[window + 1]])

    def send_own(self, runs: Runs, spool: Spool) -> None:
        """Send each window its documents that have these fingerprints, each with the value of one."""
        import numpy as np

        values, of = np.repeat(runs.values, runs.sizes), self.of[runs.members]
        order = np.argsort(of, kind="stable")
        cuts = np.searchsorted(of[order], np.arange(len(self.ends) + 1))
        for window in range(len(self.ends)):
            places = order[cuts[window] : cuts[window + 1]]
            spool.put(("documents", window), runs.members[places])
            spool.put(("own", window), values[places])


def taken(spool: Spool, number: int) -> Runs:
    """Return the fingerprints that were put down under a number."""
    return Runs(
        spool.take(("values", number), "u8"), spool.take(("sizes", number), "u4"), spool.take(("members", number), "u4")
    )


def taken_own(spool: Spool, number: int) -> tuple[Array, Array]:
    """Return the documents of a window with one fingerprint each: these, and the values."""
    return spool.take(("documents", number), "u4"), spool.take(("own", number), "u8")


def windows_of(order: Array, found: Found, room: int) -> Windows:
    """Return documents in an order, cut so that a window with its fingerprints takes so many bytes or less."""
    import numpy as np

    work = np.cumsum(found.shares[order])
    marks = np.linspace(0, work[-1] if len(work) else 0, needed(found.crowds, room // ENTRY) + 1)[1:-1]
    ends = np.unique(np.append(np.searchsorted(work, marks), len(order)))
    ends = ends[ends > 0]
    rank, of = np.empty(len(order), np.uint32), np.empty(len(order), np.uint32)
    rank[order] = np.arange(len(order))
    of[order] = np.searchsorted(ends, np.arange(len(order)), side="right")
    return Windows(order, rank, ends, of)


def crowds_of(sizes: Array) -> Array:
    """Return how many fingerprints have so many documents; and in the last place, the documents of those with more."""
    import numpy as np

    counts = np.bincount(sizes, minlength=REPRESENTATIVES + 1)[: REPRESENTATIVES + 1]
    return np.append(counts, sizes[sizes > REPRESENTATIVES].sum(dtype=np.int64))


def needed(crowds: Array, entries: int) -> int:
    """Return in how many windows documents have to be cut until one names no more than so many.

    A fingerprint comes whole into each window in which one of its documents is, and these are thought to be any. Where
    those with many documents alone are too many, more windows would not help.
    """
    import numpy as np

    sizes, count = np.arange(REPRESENTATIVES + 1), 1
    while count < MANY:
        named = (crowds[:-1] * sizes * (1 - (1 - 1 / count) ** sizes)).sum() + crowds[-1]
        if named <= max(entries, 2 * crowds[-1]):
            break
        count = max(count + 1, count * 5 // 4)
    return count
