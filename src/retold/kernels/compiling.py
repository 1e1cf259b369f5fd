"""Compile a kernel with numba, and keep the machine code where that can be written."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from retold.kernels.arrays import Array

Made = TypeVar("Made")


def compiled(function: Callable[..., Any]) -> Any:
    """Return a kernel that is compiled when it is first called, and read from the cache from then on.

    numba keeps it beside the source, else in the user's folder for caches; where neither can be written, as in a
    read-only container without a home, it is compiled anew in each process.
    """
    from numba import njit

    try:
        return njit(cache=True, nogil=True)(function)
    except RuntimeError:
        return njit(nogil=True)(function)


def in_parts(work: Callable[[int, int], Made], bounds: Array, threads: int) -> list[Made]:
    """Return what is made of consecutive parts of things, in order; ``bounds`` says how much work each is."""
    import numpy as np

    marks = np.linspace(0, bounds[-1] - bounds[0], threads + 1)[1:-1] + bounds[0]
    cuts = [0, *np.searchsorted(bounds, marks).tolist(), len(bounds) - 1]
    parts = list(pairwise(cuts))
    if len(parts) == 1:
        return [work(*parts[0])]
    with ThreadPoolExecutor(len(parts)) as pool:
        return list(pool.map(lambda part: work(*part), parts))
