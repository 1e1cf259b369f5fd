"""Texts that hang together by what they share: each such set is judged by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from retold.copies.passages import Shared
from retold.kernels.arrays import ranges

if TYPE_CHECKING:
    from retold.kernels.arrays import Array


class Component(NamedTuple):
    """Texts that hang together: their ``places``, ascending, and the numbers of their ``pairs``."""

    places: Array
    pairs: Array


def components(shared: Shared) -> list[Component]:
    """Return the texts that hang together through pairs, by their first one; a text in no pair is in none of them."""
    import numpy as np

    left, right = shared.pairs["left"], shared.pairs["right"]
    places, ends = np.unique(np.concatenate((left, right)), return_inverse=True)
    roots = roots_of(len(places), ends[: len(left)], ends[len(left) :])
    of_pair = roots[ends[: len(left)]]
    by_place, by_pair = np.argsort(roots, kind="stable"), np.argsort(of_pair, kind="stable")
    heads = np.unique(roots)
    texts = np.split(places[by_place], np.searchsorted(roots[by_place], heads[1:]))
    pairs = np.split(by_pair, np.searchsorted(of_pair[by_pair], heads[1:]))
    return [Component(*both) for both in zip(texts, pairs, strict=True)] if len(left) else []


def roots_of(count: int, left: Array, right: Array) -> Array:
    """Return for each of so many things the lowest one that it hangs together with, through pairs.

    >>> roots_of(5, [3, 1], [4, 3]).tolist()
    [0, 1, 2, 1, 1]
    """
    import numpy as np

    roots = np.arange(count)
    while True:
        low, high = np.minimum(roots[left], roots[right]), np.maximum(roots[left], roots[right])
        if (low == high).all():
            return roots
        np.minimum.at(roots, high, low)  # every root but the least of its neighbours hangs itself on a lower one
        while (roots[roots] != roots).any():
            roots = roots[roots]


def parts(shared: Shared) -> Iterator[tuple[Array, Shared]]:
    """Yield the places of texts that hang together, and what they share, where each text is its place among these."""
    import numpy as np

    found = components(shared)
    if not found:
        return
    numbers = np.empty(int(max(shared.pairs["right"].max(), shared.pairs["left"].max())) + 1, np.int64)
    for places, _ in found:
        numbers[places] = np.arange(len(places))
    sorted_ = only(shared, np.concatenate([pairs for _, pairs in found]), numbers)
    first = 0
    for places, pairs in found:
        yield places, stretch(sorted_, first, first + len(pairs))
        first += len(pairs)


def only(shared: Shared, pairs: Array, numbers: Array | None = None) -> Shared:
    """Return some of the pairs, in this order; each text becomes ``numbers`` of its place."""
    import numpy as np

    passages, sizes = _rows(shared.pairs["first_passage"], pairs, len(shared.passages["pair"]))
    steps, step_sizes = _rows(shared.passages["first_step"], passages, len(shared.steps["kind"]))
    made = Shared(
        {name: column[pairs] for name, column in shared.pairs.items()},
        {name: column[passages] for name, column in shared.passages.items()},
        {name: column[steps] for name, column in shared.steps.items()},
    )
    made.pairs["first_passage"] = np.cumsum(sizes) - sizes
    made.passages["pair"] = np.repeat(np.arange(len(pairs), dtype=np.int32), sizes)
    made.passages["first_step"] = (np.cumsum(step_sizes) - step_sizes).astype(np.int32)
    if numbers is not None:
        made.pairs.update({side: numbers[made.pairs[side]] for side in ("left", "right")})
    return made


def _rows(firsts: Array, chosen: Array, total: int) -> tuple[Array, Array]:
    """The rows of some things, of which each begins at its first one, and how many rows each has."""
    import numpy as np

    last = chosen + 1 == len(firsts)
    sizes = np.where(last, total, firsts[np.where(last, 0, chosen + 1)]) - firsts[chosen]
    return ranges(firsts[chosen], sizes), sizes


def stretch(shared: Shared, first: int, end: int) -> Shared:
    """Return the pairs from one to another, without a copy of what is in them."""
    passages = _until(shared.pairs["first_passage"], first, end, len(shared.passages["pair"]))
    steps = _until(shared.passages["first_step"], passages.start, passages.stop, len(shared.steps["kind"]))
    made = Shared(
        {name: column[first:end] for name, column in shared.pairs.items()},
        {name: column[passages] for name, column in shared.passages.items()},
        {name: column[steps] for name, column in shared.steps.items()},
    )
    made.pairs["first_passage"] = made.pairs["first_passage"] - passages.start
    made.passages["pair"] = made.passages["pair"] - made.passages["pair"].dtype.type(first)
    made.passages["first_step"] = made.passages["first_step"] - made.passages["first_step"].dtype.type(steps.start)
    return made


def _until(firsts: Array, first: int, end: int, total: int) -> slice:
    """From where to where the rows of things stand, of which each begins at its first row."""
    return slice(*(int(firsts[place]) if place < len(firsts) else total for place in (first, end)))
