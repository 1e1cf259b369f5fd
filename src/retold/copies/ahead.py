"""The next thing is made while the last one is worked on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Thing = TypeVar("Thing")


def ahead(things: Iterable[Thing], threads: int) -> Iterator[Thing]:
    """Yield things in their order; with more than one thread, each is made while the one before is worked on.

    >>> list(ahead([1, 2, 3], threads=2))
    [1, 2, 3]
    """
    if threads < 2:
        yield from things
        return
    coming: Iterator[Any] = iter(things)
    none: Any = object()
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(next, coming, none)
        while (thing := found.result()) is not none:
            found = pool.submit(next, coming, none)
            yield thing
