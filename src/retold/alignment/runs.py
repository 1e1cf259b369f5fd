"""Which runs of words two texts have in common, in order: a longest common subsequence, in bounded memory.

By RapidFuzz's bit-parallel Indel distance (Hyyrö 2004), which keeps a bit for each pair of words: for two paragraphs of
a megabyte that were gigabytes. Texts as long are cut first where both have the same words and have them once (patience
diff, Cohen), so that each part is small; the parts of an ordinary article are never cut.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isqrt
from typing import NamedTuple

from rapidfuzz.distance import Indel

MOST = 2**29  # pairs of words that are looked at together: 64 MB
GRAM = 8  # words of a landmark: by chance no two places have them


class Run(NamedTuple):
    """Equal words: ``left[i:i+size]`` and ``right[j:j+size]``."""

    i: int
    j: int
    size: int


Place = tuple[int, int]


def common(left: Sequence[str], right: Sequence[str], *, most: int = MOST) -> list[Run]:
    """Return the runs that two texts have in common, in order."""
    if len(left) * len(right) <= most:
        return _runs(left, right, (0, 0))
    cuts = [(0, 0), *_cuts(left, right, most), (len(left), len(right))]
    return _joined([run for (i, j), (k, m) in pairwise(cuts) for run in _runs(left[i:k], right[j:m], (i, j))])


def _runs(left: Sequence[str], right: Sequence[str], at: Place) -> list[Run]:
    blocks = Indel.editops(left, right).as_matching_blocks()
    return [Run(at[0] + run.a, at[1] + run.b, run.size) for run in blocks if run.size]  # the last is empty


def _joined(runs: Sequence[Run]) -> list[Run]:
    """The runs, those that a cut has parted in one again."""
    found: list[Run] = []
    for run in runs:
        before = found[-1] if found else Run(0, 0, 0)
        if (before.i + before.size, before.j + before.size) == (run.i, run.j) and found:
            found[-1] = Run(before.i, before.j, before.size + run.size)
        else:
            found.append(run)
    return found


def _cuts(left: Sequence[str], right: Sequence[str], most: int) -> Iterator[Place]:
    """Yield where to cut both, so that no part is too large: at the last landmark that allows it."""
    i = j = 0
    last = (0, 0)
    for place in [*_landmarks(left, right), (len(left), len(right))]:
        if (place[0] - i) * (place[1] - j) > most:
            if last > (i, j):
                yield last
                i, j = last
            for cut in _equal_parts((i, j), place, most):
                yield cut
                i, j = cut
        last = place


def _equal_parts(start: Place, end: Place, most: int) -> Iterator[Place]:
    """Yield where to cut two stretches without a landmark, each into as many parts."""
    rows, columns = end[0] - start[0], end[1] - start[1]
    parts = isqrt(max(0, rows * columns - 1) // most) + 1
    for part in range(1, parts):
        yield start[0] + rows * part // parts, start[1] + columns * part // parts


def _landmarks(left: Sequence[str], right: Sequence[str]) -> list[Place]:
    """Return the places of words that both texts have once, as many as stand in the same order."""
    mine, yours = _once(left), _once(right)
    return _rising([(at, yours[gram]) for gram, at in mine.items() if gram in yours])


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """The grams that a text has once, and where they begin, in order."""
    found: dict[tuple[str, ...], int] = {}
    again = set()
    for at in range(len(words) - GRAM + 1):
        gram = tuple(words[at : at + GRAM])
        if gram in found:
            again.add(gram)
        found.setdefault(gram, at)
    return {gram: at for gram, at in found.items() if gram not in again}


def _rising(places: Sequence[Place]) -> list[Place]:
    """The longest series that rises on both sides, of places that rise on the one."""
    ends: list[int] = []  # of the best series of each length, where it ends on the other side
    tops: list[int] = []  # and which place that is
    before: list[int] = []
    for at, (_, other) in enumerate(places):
        length = bisect_left(ends, other)
        ends[length : length + 1] = [other]
        tops[length : length + 1] = [at]
        before.append(tops[length - 1] if length else -1)
    found = []
    at = tops[-1] if tops else -1
    while at >= 0:
        found.append(places[at])
        at = before[at]
    return found[::-1]
