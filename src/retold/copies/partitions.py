"""What many texts share, within a stated memory: the same answer as from memory alone, whatever the parts.

Fingerprints are sorted out by their hash; each part tells, apart from all others, which documents have them in common.
From then on the work goes by documents, so many at a time as there is room for with all that they share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retold.copies.ahead import ahead
from retold.copies.blocks import TEXT, Blocks, joined
from retold.copies.collecting import Keys, collected
from retold.copies.fingerprints import check_count
from retold.copies.pairing import Held, Pairing, Parted
from retold.copies.spool import Spool
from retold.copies.windows import Found, Job, Runs, Windows, crowds_of, taken, taken_own, windows_of
from retold.kernels.choosing import WORTH, choose, kernels
from retold.kernels.measures import REPRESENTATIVES

if TYPE_CHECKING:
    from retold.copies.passages import Shared
    from retold.copies.prints import Prints
    from retold.kernels.arrays import Array
    from retold.kernels.choosing import Choice

__all__ = ["joined", "remembered", "streamed"]

Batch = tuple[Any, Sequence[Any] | None]  # texts and their ids

BASE = 450_000_000  # bytes that Python, Arrow and the compiled kernels take before the first text
LEAST = 50_000_000  # and what the work is given at least: with much less it would not come to an end
KEY, WHOLE = 40, 36  # bytes of memory for a fingerprint while a part is sorted out, and where all are, and stay


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
    room = max(LEAST, memory - BASE)
    job = Job(kernels(choice or choose(WORTH)), room, threads, folder, watch or (lambda stage: None))
    with Spool(folder) as texts, Spool(folder) as keys:
        given = collected(batches, job, texts=texts, keys=keys, piece=job.whole // TEXT)
        with paired(given.keys, given.numbers, job) as known:
            yield from Blocks(given, known, replace(job, room=max(LEAST, room - known.size)))


@contextmanager
def remembered(
    parts: Iterable[Prints], *, memory: int, threads: int = 1, choice: Choice | None = None, folder: Path | None = None
) -> Iterator[Pairing]:
    """Give what is known of texts from their prints, which come in the order of the ids: the pairs of ``candidates``.

    ``memory`` is what the process may hold for it, in bytes; the rest is on disk, as long as it is asked for.
    """
    import numpy as np

    job = Job(kernels(choice or choose(WORTH)), max(LEAST, memory - BASE), threads, folder, lambda stage: None)
    with Spool(folder) as spool:
        keys, count = Keys(spool, []), 0
        for part in parts:
            check_count(count + len(part))
            documents = np.arange(count, count + len(part), dtype=np.uint64)
            keys.put(part.keys | np.repeat(documents, np.diff(part.firsts)))
            count += len(part)
        with paired(keys, np.arange(count, dtype=np.uint32), job) as known:
            yield known


@contextmanager
def paired(keys: Keys, numbers: Array, job: Job) -> Iterator[Pairing]:
    """Give what is known of documents from their fingerprints, which are used up; ``numbers`` are their own."""
    size = WHOLE * keys.count
    if size <= job.room:
        found = job.kernels.matching.matches(keys.every(numbers, job.kernels), len(numbers))
        job.told("stories")
        yield Held(found, job, size)
        return
    with Spool(job.folder) as parts, Spool(job.folder) as own:
        with Spool(job.folder) as runs:
            several = _found(keys, numbers, runs, job)
            keys.spool.close()
            job.told("runs")
            groups = _groups(several, job)
            job.told("stories")
            known = Parted(several, groups, job, parts, own)
            job.told("parts")
        yield known


def _found(kept: Keys, numbers: Array, spool: Spool, job: Job) -> Found:
    """What several documents have in common, part by part of the hashes."""
    import numpy as np

    count, parts = len(numbers), 0
    totals, shares = np.zeros(count, np.int32), np.zeros(count, np.int64)
    crowds = crowds_of(np.empty(0, np.int64))
    every = kept.parts(job.share // KEY, numbers, job.kernels)
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
