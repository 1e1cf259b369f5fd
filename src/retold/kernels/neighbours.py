"""Which rows of a sparse matrix may be alike: by their weightiest columns, through an inverted index."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Columns = NDArray[np.int32] | NDArray[np.int64]
    Values = NDArray[np.float32] | NDArray[np.float64]

PROBES = 16  # columns of a row that are looked up; 24 change the mean F1 by less than 0.1 on the three sets
CAP = 128  # rows of a column that are looked at, those where it weighs most: keeps the work n log n
BEST = 12  # candidates kept of a row; 64 change the mean F1 by less than 0.1 on the three sets
CHUNK = 1 << 20  # products at a time: 8 MB for each number of them
SCORE_BITS = 24
# 24 bits of a column, 14 of a value and 24 of a row make one number.
GRAIN = 4096.0  # parts of 1; values are whole numbers of these, up to 4
VALUE_BITS, ROW_BITS = 14, 24
MOST = (1 << VALUE_BITS) - 1


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse rows: row r holds ``values[starts[r]:starts[r + 1]]`` in ``columns[starts[r]:starts[r + 1]]``.

    Values are whole grains (below), and exact in 32 bits; their products are not, and are taken in 64.
    """

    starts: Ints
    columns: Columns
    values: Values
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1


class Postings(NamedTuple):
    """The rows of each column, those with the highest value first: column c has ``rows[starts[c]:ends[c]]``."""

    starts: Ints
    ends: Ints
    rows: Ints
    values: Values


def postings(rows: Rows, cap: int = CAP) -> Postings:
    """Return the inverted index of rows, at most ``cap`` of a column.

    Column, value and row are packed into one number each: sorting those is many times faster than sorting by keys.
    """
    import numpy as np

    packed = MOST - np.minimum(rows.values * GRAIN, MOST).astype(np.int64)
    packed |= rows.columns.astype(np.int64) << VALUE_BITS
    packed = packed << ROW_BITS | np.repeat(np.arange(len(rows)), np.diff(rows.starts))
    packed.sort()
    starts = np.searchsorted(packed, np.arange(rows.width + 1) << (VALUE_BITS + ROW_BITS))
    ends = np.minimum(starts[1:], starts[:-1] + cap)
    values = (MOST - ((packed >> ROW_BITS) & MOST)).astype(np.float32) / np.float32(GRAIN)
    packed &= (1 << ROW_BITS) - 1
    return Postings(starts[:-1], ends, packed, values)


def summed(rows: Rows, homes: Ints, count: int) -> Rows:
    """Return the sums of the rows of each of ``count`` homes, as rows; ``homes`` says where each row belongs."""
    import numpy as np

    owner = np.repeat(homes, np.diff(rows.starts))
    packed = (owner * rows.width + rows.columns) << VALUE_BITS
    packed |= np.minimum(rows.values * GRAIN, MOST).astype(np.int64)
    packed.sort()
    keys = packed >> VALUE_BITS
    begins = np.flatnonzero(np.diff(keys, prepend=-1))
    values = np.add.reduceat(packed & MOST, begins) / GRAIN if len(begins) else rows.values
    keys = keys[begins]
    starts = np.searchsorted(keys, np.arange(count + 1) * rows.width)
    return Rows(starts, keys % max(1, rows.width), values, rows.width)


def grains(values: Floats) -> Floats:
    """Return values rounded to whole grains: their sums and products are exact, whatever the order or the machine."""
    import numpy as np

    rounded: Floats = np.rint(values * GRAIN) / GRAIN
    return rounded


def neighbours(rows: Rows, first: int = 0, *, floor: float = 0.0, best: int = BEST) -> Ints:
    """Return the pairs (low, high) of rows that share weighty columns, as two columns in order.

    Of each row from ``first`` on, the ``best`` others by the products of the columns that weigh most in it, which must
    come to ``floor``.
    """
    import numpy as np

    index = postings(rows)
    owner, entries = _probes(rows, first)
    found = [
        _chunk(rows, index, owner[low:high], entries[low:high], (floor, best))
        for low, high in _chunks(owner, (index.ends - index.starts)[rows.columns[entries]])
    ]
    pairs = np.concatenate([np.empty((0, 2), np.int64), *found])
    pairs = np.sort(pairs, axis=1)
    keys = np.unique(pairs[:, 0] * len(rows) + pairs[:, 1])
    return np.stack((keys // max(1, len(rows)), keys % max(1, len(rows))), axis=1)


def products(rows: Rows, pairs: Ints) -> Floats:
    """Return the products of pairs of rows; the pairs are sorted by their first row."""
    import numpy as np

    found = np.zeros(len(pairs))
    dense = np.zeros(rows.width)
    edges = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1)).tolist()
    for low, high in pairwise([*edges, len(pairs)]):
        mine = slice(*rows.starts[pairs[low, 0] : pairs[low, 0] + 2].tolist())
        others = pairs[low:high, 1]
        lengths = rows.starts[others + 1] - rows.starts[others]
        ends = np.cumsum(lengths)
        places = np.repeat(rows.starts[others + 1] - ends, lengths) + np.arange(int(ends[-1]))
        dense[rows.columns[mine]] = rows.values[mine]
        sums = np.concatenate(([0.0], np.cumsum(dense[rows.columns[places]] * rows.values[places])))
        dense[rows.columns[mine]] = 0.0
        found[low:high] = sums[ends] - sums[ends - lengths]
    return found


def _probes(rows: Rows, first: int) -> tuple[Ints, Ints]:
    """The weightiest entries of each row from ``first`` on: their rows and places."""
    import numpy as np

    begin = int(rows.starts[first])
    owner = np.repeat(np.arange(first, len(rows)), np.diff(rows.starts[first:]))
    rank = np.arange(begin, begin + len(owner)) - rows.starts[owner]
    packed = owner << VALUE_BITS | (MOST - np.minimum(rows.values[begin:] * GRAIN, MOST).astype(np.int64))
    packed = packed << ROW_BITS | rank
    packed.sort()
    kept = rank < PROBES
    return owner[kept], (packed[kept] & ((1 << ROW_BITS) - 1)) + rows.starts[owner[kept]]


def _chunks(owner: Ints, lengths: Ints) -> list[tuple[int, int]]:
    """Stretches of whole rows whose products fit in memory."""
    import numpy as np

    if not len(owner):
        return []
    edges = np.flatnonzero(np.diff(owner, prepend=-1))
    totals = np.concatenate(([0], np.cumsum(lengths)))
    groups = totals[edges] // CHUNK
    cuts = edges[np.flatnonzero(np.diff(groups, prepend=-1))]
    return list(pairwise([*cuts.tolist(), len(owner)]))


def _chunk(rows: Rows, index: Postings, owner: Ints, entries: Ints, wanted: tuple[float, int]) -> Ints:
    """The best candidates of a stretch of rows."""
    import numpy as np

    columns = rows.columns[entries]
    lengths = index.ends[columns] - index.starts[columns]
    offsets = np.cumsum(lengths) - lengths
    places = np.repeat(index.starts[columns] - offsets, lengths) + np.arange(int(lengths.sum()))
    base = int(owner[0])
    own = np.repeat(owner - base, lengths)
    other = index.rows[places]
    products = np.repeat(rows.values[entries], lengths) * index.values[places].astype(float)
    apart = own + base != other
    found: Ints = _best(own[apart], other[apart], products[apart], len(rows), wanted) + np.array([base, 0])
    return found


def _best(own: Ints, other: Ints, products: Floats, count: int, wanted: tuple[float, int]) -> Ints:
    """Sum the products of each pair; of each own row return the best others, as many as wanted and of the floor wanted.

    Key and product are packed into one number each, as in ``postings``.
    """
    import numpy as np

    floor, best = wanted
    scale = (1 << SCORE_BITS) / float(products.max(initial=1.0))
    scaled = np.minimum((products * scale).astype(np.int64), (1 << SCORE_BITS) - 1)
    packed = np.sort(((own * count + other) << SCORE_BITS) | scaled)
    keys = packed >> SCORE_BITS
    begins = np.flatnonzero(np.diff(keys, prepend=-1))
    sums = np.add.reduceat(packed & ((1 << SCORE_BITS) - 1), begins) if len(begins) else begins
    high = sums >= floor * scale
    keys, sums = keys[begins[high]], sums[high]
    return _ranked(keys // count, keys % count, sums, best)


def _ranked(own: Ints, other: Ints, sums: Ints, best: int) -> Ints:
    """The ``best`` others of each own row by their sums, ties by the lower row."""
    import numpy as np

    order = np.lexsort((other, -sums, own))
    own, other = own[order], other[order]
    first = np.searchsorted(own, own)
    kept = np.arange(len(own)) - first < best
    return np.stack((own[kept], other[kept]), axis=1)
