"""What many texts share, within a stated memory: the same answer as from memory alone, whatever the parts.

Fingerprints are sorted out by their hash; each part tells, apart from all others, which documents have them in common.
From then on the work goes by documents, so many at a time as there is room for with all that they share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retold.copies.ahead import ahead
from retold.copies.blocks import TEXT, Blocks, joined
from retold.copies.collecting import Collected, collected
from retold.copies.spool import Spool
from retold.copies.windows import Found, Job, Runs, Windows, crowds_of, taken, taken_own, windows_of
from retold.kernels.choosing import WORTH, choose, kernels
from retold.kernels.measures import REPRESENTATIVES

if TYPE_CHECKING:
    from retold.copies.passages import Shared
    from retold.kernels.arrays import Array
    from retold.kernels.choosing import Choice

__all__ = ["joined", "streamed"]

Batch = tuple[Any, Sequence[Any] | None]  # texts and their ids

BASE = 450_000_000  # bytes that Python, Arrow and the compiled kernels take before the first text
LEAST = 50_000_000  # and what the work is given at least: with much less it would not come to an end
MOST = 2_000_000_000  # and at most: to be given fresh memory takes longer than to read again what waits on disk
KEY = 40  # bytes of memory that a fingerprint takes while it is sorted out


def streamed(
    batches: Iterable[Batch], *, memory: int, threads: int = 1, choice: Choice | None = None,
    watch: Callable[[str], None] | None = None, folder: Path | None = None,
) -> Iterator[Shared]:  # fmt: skip
    """Yield what texts share, in blocks; one behind the other (``joined``) they are what ``engine`` returns.

    ``batches`` are texts with their ids, or None where the place is the id; they are read once. ``memory`` is what the
    process may hold, in bytes; where ``threads`` work it is theirs together. The texts, and what lies between the
    stages, wait in files of ``folder`` that have no name and that are gone when the work ends, in whatever way.

    Raise UsageError where ids are missing or there twice, SourceError where the disk is full.
    """
    use, room = kernels(choice or choose(WORTH)), min(MOST, max(LEAST, memory - BASE))
    job = Job(use, room, threads, folder, watch or (lambda stage: None))
    with Spool(folder) as texts, Spool(folder) as runs:
        with Spool(folder) as keys:
            given = collected(batches, job, texts=texts, keys=keys, piece=job.share // TEXT)
            found = _found(given, runs, job)
        job.told("runs")
        groups = _groups(found, job)
        job.told("stories")
        yield from Blocks(given, found, job).told(groups)


def _found(given: Collected, spool: Spool, job: Job) -> Found:
    """What several documents have in common, part by part of the hashes."""
    import numpy as np

    count, parts = len(given.rows), 0
    totals, shares = np.zeros(count, np.int32), np.zeros(count, np.int64)
    crowds = crowds_of(np.empty(0, np.int64))
    every = given.keys.parts(job.share // KEY, given.numbers, job.kernels)
    for parts, keys in enumerate(ahead(every, job.threads), 1):
        hashes, firsts, members = job.kernels.parting.runs(keys, totals)
        sizes = np.diff(firsts).astype(np.uint32)
        for name, array in (("values", hashes), ("sizes", sizes), ("members", members)):
            spool.put((name, parts - 1), array)
        shares += np.bincount(members, minlength=count)
        crowds += crowds_of(sizes)
    return Found(spool, parts, totals, shares, crowds)


def _groups(found: Found, job: Job) -> Array:
    """For each document the one that speaks for its story; window by window, the fullest first.

    Of a fingerprint that many documents have a window is only told which of its own do: the speakers are kept.
    """
    import numpy as np

    count, use = len(found.totals), job.kernels.parting
    order = np.lexsort((np.arange(count), -found.totals))
    windows = windows_of(order, found, job.share)
    groups, spoken = np.empty(count, np.uint32), np.zeros(count, np.uint8)
    with Spool(job.folder) as spool:
        crowds = _send(found, windows, spool, job)
        speakers, counts = np.empty((crowds, REPRESENTATIVES), np.uint32), np.zeros(crowds, np.int32)
        for documents, *few in ahead(_settled(windows, spool, job), job.threads):
            use.settle(documents, *few, found.totals, groups, spoken, speakers, counts)
    return groups


def _settled(windows: Windows, spool: Spool, job: Job) -> Iterator[tuple[Array, ...]]:
    """The documents of each window, with the fingerprints of each, and the documents that have these."""
    for window, low, high in windows:
        few, (documents, crowd) = taken(spool, window), taken_own(spool, window)
        firsts, many = few.firsts, crowd + len(few.sizes)
        own = job.kernels.parting.owned(firsts, few.members, documents, many, windows.rank, low, high)
        yield windows.order[low:high], *own, firsts, few.members


def _send(found: Found, windows: Windows, spool: Spool, job: Job) -> int:
    """Send each window the fingerprints of its documents; return how many there are that many documents have."""
    import numpy as np

    crowds = 0
    for runs in ahead((taken(found.spool, part) for part in range(found.parts)), job.threads):
        many = runs.sizes > REPRESENTATIVES
        windows.send(Runs(runs.values[:0], runs.sizes, runs.members), ~many, job.kernels, spool)
        crowd = runs.where(many)
        numbers = np.arange(crowds, crowds + len(crowd.sizes), dtype=np.uint64)
        windows.send_own(Runs(numbers, crowd.sizes, crowd.members), spool)
        crowds += len(crowd.sizes)
    return crowds
