"""Texts read once, in pieces: they wait on disk, with the fingerprints of each piece, sorted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from retold.copies.fingerprints import bytes_of, check_count, rows_of
from retold.copies.spool import Spool

if TYPE_CHECKING:
    from retold.copies.windows import Job
    from retold.kernels.arrays import Array
    from retold.kernels.choosing import Kernels

SOME = 1024  # texts that are turned into bytes at a time
PIECE = 2_000_000  # bytes of text at a time: what is made of them stays in the processor's cache
PREFIX_BITS = 12  # of a fingerprint: where its part begins is known for each piece
PREFIXES = 1 << PREFIX_BITS


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in UTF-8 on disk, one behind the other, in the order in which they were given."""

    spool: Spool
    bounds: Array

    def of(self, places: Array) -> tuple[Array, Array]:
        """Return some of the texts, by their places, one behind the other; and where each begins."""
        import numpy as np

        low, high = self.bounds[places], self.bounds[places + 1]
        new = np.flatnonzero(np.append(True, low[1:] != high[:-1])) if len(places) else places
        ends = high[np.append(new[1:] - 1, len(places) - 1)] if len(places) else places
        data = self.spool.read(zip(low[new].tolist(), (ends - low[new]).tolist(), strict=True), np.uint8)
        return data, np.concatenate(([0], np.cumsum(high - low)))


@dataclass(frozen=True, slots=True)
class Keys:
    """Fingerprints on disk, each piece's sorted; ``cuts`` says for each where the prefixes of hashes begin in it."""

    spool: Spool
    cuts: list[tuple[int, Array]]  # the byte at which a piece begins, and the places in it

    @property
    def count(self) -> int:
        """How many fingerprints there are."""
        return sum(int(places[-1]) for _, places in self.cuts)

    def put(self, keys: Array) -> None:
        """Add the fingerprints of a piece."""
        import numpy as np

        keys.sort()
        marks = np.arange(PREFIXES, dtype=np.uint64) << np.uint64(64 - PREFIX_BITS)
        places = np.append(np.searchsorted(keys, marks), len(keys))
        self.cuts.append((self.spool.append(keys), places.astype(np.uint32)))

    def parts(self, most: int, numbers: Array, use: Kernels) -> Iterator[Array]:
        """Yield the sorted fingerprints of all, so many at a time; no hash stands in two parts.

        ``numbers`` says which document each text is.
        """
        import numpy as np

        counts = sum((np.diff(places.astype(np.int64)) for _, places in self.cuts), np.zeros(PREFIXES, np.int64))
        for low, high in grouped(counts.tolist(), most):
            yield self._part(low, high, numbers, use)

    def every(self, numbers: Array, use: Kernels) -> Array:
        """Return all at once."""
        return self._part(0, PREFIXES, numbers, use)

    def _part(self, low: int, high: int, numbers: Array, use: Kernels) -> Array:
        """The fingerprints from one prefix up to another."""
        extents = [(begin + 8 * int(at[low]), 8 * int(at[high] - at[low])) for begin, at in self.cuts]
        keys = self.spool.read(extents, "u8")
        use.parting.renumber(keys, numbers)
        keys.sort()
        return keys


@dataclass(frozen=True, slots=True)
class Collected:
    """Texts and their fingerprints on disk; ``rows`` says where each document, by the order of the ids, was given."""

    texts: Texts
    keys: Keys
    numbers: Array
    rows: Array


def grouped(sizes: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """Yield stretches of things that together are so large at most, or one thing; those of no size go along.

    >>> list(grouped([3, 0, 4, 9, 1], 7))
    [(0, 3), (3, 4), (4, 5)]
    """
    begin, total = 0, 0
    for place, size in enumerate(sizes):
        if total and size and total + size > most:
            yield begin, place
            begin, total = place, 0
        total += size
    if total:
        yield begin, len(sizes)


def collected(
    batches: Iterable[tuple[Any, Sequence[Any] | None]], job: Job, *, texts: Spool, keys: Spool, piece: int
) -> Collected:
    """Return texts with their ids, batch by batch, and their fingerprints, made of so many bytes at a time.

    Raise UsageError where ids and texts do not go together.
    """
    import numpy as np

    cutter = job.kernels.fingerprinting
    sizes, names, kept, count = [np.zeros(1, np.int64)], [], Keys(keys, []), 0
    for batch, ids in batches:
        names.append(ids)
        for first in range(0, len(batch), SOME):
            data, bounds = bytes_of(batch[first : first + SOME])
            job.told("read")
            check_count(count + len(bounds) - 1)
            texts.append(data)
            for low, high in grouped(np.diff(bounds).tolist(), min(PIECE, piece)):
                cut = bounds[low : high + 1]
                part = data[cut[0] : cut[-1]]
                numbers = np.arange(high - low)
                _, found = cutter.fingerprints(part, cut - cut[0], numbers, threads=job.threads)
                kept.put(found + np.uint64(count + low))
            sizes.append(np.diff(bounds))
            count += len(bounds) - 1
            job.told("fingerprints")
    rows = places_of(names, count)
    numbers = np.empty(count, np.uint32)
    numbers[rows] = np.arange(count)
    return Collected(Texts(texts, np.cumsum(np.concatenate(sizes))), kept, numbers, rows)


def places_of(names: Sequence[Any], count: int) -> Array:
    """Return the places of all ids, which come in batches, in their own order; as they stand where there are none.

    Raise UsageError where one is missing or there twice.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if all(batch is None for batch in names):
        return np.arange(count)
    if not all(isinstance(batch, pa.Array | pa.ChunkedArray) for batch in names):
        return rows_of([name for batch in names for name in batch or ()], count)
    every = pa.chunked_array([chunk for batch in names for chunk in chunks(batch)])
    rows = pc.sort_indices(every).to_numpy()
    ordered = every.take(rows)
    doubled = len(every) != count or every.null_count or pc.any(pc.equal(ordered[1:], ordered[:-1])).as_py()
    return rows_of(every, count) if doubled else rows.astype(np.int64)


def chunks(array: Any) -> list[Any]:
    """Return the pieces of an Arrow array."""
    return array.chunks if hasattr(array, "chunks") else [array]
