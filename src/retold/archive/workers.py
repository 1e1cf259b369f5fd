"""Work on many values in several processes, in order; in this process where that is quicker or not possible."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

FEW = 64  # values: fewer are done before another process has started
CHUNK = 32  # values handed over at once
AHEAD = 3  # chunks a process may be ahead of the writer: enough to keep it busy, little to hold in memory


class Workers:
    """Processes that map functions over values; they start when they are first worth it."""

    def __init__(self, processes: int | None = None) -> None:
        self.count = _count(processes)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *problem: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=problem[0] is None, cancel_futures=True)

    def start(self) -> None:
        """Start the processes now: before a file is opened that they should not hold open."""
        if self.count > 1 and self._pool is None:
            from multiprocessing import get_context

            self._pool = ProcessPoolExecutor(self.count, get_context("fork"), initializer=_follow_parent)
            self._pool.submit(int).result()

    def map(self, work: Callable[[Given], Made], values: Iterable[Given]) -> Iterator[Made]:
        """What the work makes of each value, in the values' order."""
        values = iter(values)
        first = list(islice(values, FEW))
        if self._pool is None or len(first) < FEW:
            yield from map(work, chain(first, values))
            return
        yield from self._mapped(work, chain(first, values))

    def _mapped(self, work: Callable[[Given], Made], values: Iterator[Given]) -> Iterator[Made]:
        assert self._pool is not None
        waiting: deque[Future[list[Made]]] = deque()
        for chunk in iter(lambda: list(islice(values, CHUNK)), []):
            waiting.append(self._pool.submit(_each, work, chunk))
            if len(waiting) > AHEAD * self.count:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


@contextmanager
def workers(processes: int | None = None, *, start: bool = False) -> Iterator[Workers]:
    """Workers that are gone at the end."""
    with Workers(processes) as team:
        if start:
            team.start()
        yield team


def _each(work: Callable[[Given], Made], values: list[Given]) -> list[Made]:
    return [work(value) for value in values]


def _count(asked: int | None) -> int:
    """How many processes: as asked, else one a core; one where processes cannot be forked safely."""
    forks = sys.platform.startswith("linux") and threading.active_count() == 1
    return max(1, asked or cores()) if forks else 1


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _follow_parent() -> None:
    """End this process when its parent is killed; otherwise it would wait for work for ever."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is None:
        return

    def watch(handle: int) -> None:
        connection.wait([handle])
        os._exit(1)

    threading.Thread(target=watch, args=(parent.sentinel,), daemon=True).start()
