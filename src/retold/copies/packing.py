"""What two texts share as bytes, to be kept: they never change, whatever other texts come."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from retold.copies.prints import check
from retold.kernels.arrays import Alignments, ranges

if TYPE_CHECKING:
    from retold.kernels.arrays import Array

# A pair's bytes begin with their format; then come numbers so wide: how many passages and steps, for each passage its
# words, whether it moved, and its steps, and for each step what the kernel says of it.
NARROW, WIDE = 1, 2
WIDTHS = {NARROW: "<u2", WIDE: "<u4"}
HEAD, PASSAGE, STEP = 2, 3, 7


def pack(made: Alignments, pairs: int) -> list[bytes]:
    """Return the passages of so many pairs as bytes for each, the same on every machine."""
    import numpy as np

    of_passage = made.passages[:, 0]
    steps = np.diff(made.passages[:, 7], append=len(made.steps))
    of_step = np.repeat(of_passage, steps)
    counts = np.stack((np.bincount(of_passage, minlength=pairs), np.bincount(of_step, minlength=pairs)), 1)
    firsts = np.concatenate(([0], np.cumsum(HEAD + counts @ [PASSAGE, STEP])))
    flat = np.empty(int(firsts[-1]), np.int32)
    heads, passages, rows = _places(firsts, counts)
    flat[heads] = counts
    flat[passages] = np.stack((made.passages[:, 5], made.passages[:, 6], steps), 1)
    flat[rows] = made.steps
    wide = set((np.searchsorted(firsts, np.flatnonzero(flat >> 16), "right") - 1).tolist())
    narrow, bounds = flat.astype(WIDTHS[NARROW]).tobytes(), firsts.tolist()
    return [
        bytes([WIDE]) + flat[first:end].astype(WIDTHS[WIDE]).tobytes()
        if pair in wide
        else bytes([NARROW]) + narrow[2 * first : 2 * end]
        for pair, (first, end) in enumerate(pairwise(bounds))
    ]


def unpack(packed: Sequence[bytes]) -> Alignments:
    """Return the passages of pairs, numbered by their order, from the bytes of each.

    Raise SourceError where they are of another edition.
    """
    import numpy as np

    check(packed, *WIDTHS)
    if all(data[0] == NARROW for data in packed):
        flat = np.frombuffer(b"".join(data[1:] for data in packed), WIDTHS[NARROW]).astype(np.int32)
    else:
        flat = np.concatenate([np.frombuffer(data, WIDTHS[data[0]], offset=1) for data in packed]).astype(np.int32)
    sizes = [(len(data) - 1) // (2 * data[0]) for data in packed]
    firsts = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
    counts = flat[firsts[:-1, None] + np.arange(HEAD)].astype(np.int64)
    _, passages, rows = _places(firsts, counts)
    steps, told = flat[rows], flat[passages]
    first = np.cumsum(told[:, 2]) - told[:, 2]
    last = first + told[:, 2] - 1
    made = np.empty((len(told), 8), np.int32)
    made[:, 0] = np.repeat(np.arange(len(packed)), counts[:, 0])
    made[:, 1], made[:, 3] = steps[first, 1], steps[first, 3]
    made[:, 2], made[:, 4] = steps[last, 2], steps[last, 4]
    made[:, 5:7], made[:, 7] = told[:, :2], first
    return Alignments(made, steps)


def _places(firsts: Array, counts: Array) -> tuple[Array, Array, Array]:
    """Where the head of each pair stands among all numbers, and each passage, and each step."""
    import numpy as np

    heads = firsts[:-1]
    passages = ranges_of(heads + HEAD, counts[:, 0], PASSAGE)
    steps = ranges_of(heads + HEAD + PASSAGE * counts[:, 0], counts[:, 1], STEP)
    return heads[:, None] + np.arange(HEAD), passages, steps


def ranges_of(firsts: Array, counts: Array, width: int) -> Array:
    """Return the places of rows of so many numbers: as many rows from each first place on."""
    places: Array = ranges(firsts, counts * width).reshape(-1, width)
    return places
