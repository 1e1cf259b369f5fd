"""Clerks: threads that read in the archive, each with a connection of its own, and what they remember."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Lock
from typing import Any, Generic, TypeVar

from retold.archive.archive import Archive
from retold.archive.unique import Known
from retold.model.errors import RetoldError

Answer = TypeVar("Answer")
Kept = TypeVar("Kept")

CLERKS = 6  # threads; what they do is mostly Python, one after the other: more would only wait for each other
PAGES = 64 * 2**20  # bytes of finished pages that are remembered


class Memory(Generic[Kept]):
    """What was made before, up to so many bytes; what was not asked for longest goes first. Threads may share one.

    What alone is larger than a quarter of it is not kept: all else would have to go. With ``any_size`` it is, as the
    last of all: to who asks again and again whether it is there, it would never be.
    """

    def __init__(self, most: int, *, any_size: bool = False) -> None:
        self._most, self._any_size = most, any_size
        self._held: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()
        self._lock = Lock()
        self.size = 0

    def get(self, key: Hashable) -> Kept | None:
        """What is kept under a key, or None."""
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key][0]

    def put(self, key: Hashable, kept: Kept, size: int) -> None:
        """Keep something of a size, unless it is too large."""
        with self._lock:
            if key in self._held:
                self.size -= self._held.pop(key)[1]
            if size > self._most // 4 and not self._any_size:
                return
            self._held[key] = kept, size
            self.size += size
            while self.size > self._most and len(self._held) > 1:
                self.size -= self._held.popitem(last=False)[1][1]


class Clerk:
    """One thread with one connection; what it is given is done in order."""

    def __init__(self, path: str, known: Known) -> None:
        self._path = path
        self._known = known
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="clerk")
        self._archive: Archive | None = None

    def _do(self, work: Callable[[Archive], Answer]) -> Answer:
        if self._archive is not None and self._archive.is_older:
            self._close()  # somebody may have brought it up to date meanwhile
        if self._archive is None:
            self._archive = Archive(self._path)
            self._archive.known = self._known
        return work(self._archive)

    async def ask(self, work: Callable[[Archive], Answer]) -> Answer:
        """What the work finds in the archive."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._do, work)

    def close(self) -> None:
        """Close the connection in its own thread, as SQLite wants it, and end the thread."""
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    def _close(self) -> None:
        if self._archive is not None:
            self._archive.close()
            self._archive = None


class Clerks:
    """All clerks, and the archive's generation: a number that changes with what it holds."""

    def __init__(self, path: str, *, count: int = CLERKS) -> None:
        self.path = path
        self.pages: Memory[Any] = Memory(PAGES)
        known = Known()  # what one has read of versions the others need not read again
        self._free = [Clerk(path, known) for _ in range(count)]
        self._count = asyncio.Semaphore(count)
        self._door: Archive | None = None

    async def ask(self, work: Callable[[Archive], Answer]) -> Answer:
        """What the work finds in the archive, by the first clerk who is free; the last to be busy is the first."""
        async with self._count:
            clerk = self._free.pop()
            try:
                return await clerk.ask(work)
            finally:
                self._free.append(clerk)

    async def prepare(self) -> None:
        """Read what lists need of all articles, so that the first who asks for one need not wait for it."""
        with suppress(RetoldError):
            await self.ask(lambda archive: archive.facets())

    def generation(self) -> int:
        """The archive's generation; to be asked from the thread of the loop, where it takes some microseconds."""
        if self._door is None:
            self._door = Archive(self.path)
        return self._door.generation()

    def close(self) -> None:
        """Close all connections."""
        for clerk in self._free:
            clerk.close()
        if self._door is not None:
            self._door.close()
            self._door = None
