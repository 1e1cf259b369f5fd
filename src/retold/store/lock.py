"""One writer at a time: a lock that the system itself lets go of when a process ends, however it ends.

It lies on a file of its own beside the archive: closing any handle on the archive's own file would end the locks that
SQLite holds on it (https://www.sqlite.org/howtocorrupt.html, 2.2).
"""

from __future__ import annotations

import os
from contextlib import suppress

from retold.model.errors import BusyError

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # pragma: no cover  # Windows: there SQLite's own locks stand alone, a transaction at a time
    flock = None  # type: ignore[assignment]

ENDING = "-lock"
BUSY = (
    "another process is writing in it. One writer at a time is wanted; wait until it ends and run the same again. "
    "Questions are answered meanwhile."
)


class Lock:
    """The right to write in an archive; raises BusyError where another has it, OSError where none can be had."""

    def __init__(self, path: str) -> None:
        self._path = os.path.realpath(path) + ENDING  # one lock for all names of a file, as SQLite does it
        self._handle = self._taken(path)

    def release(self) -> None:
        """Let go, and leave nothing behind."""
        if self._handle is not None:
            with suppress(OSError):
                os.unlink(self._path)  # while it is ours: who has opened it meanwhile finds another or none
            os.close(self._handle)
            self._handle = None

    def _taken(self, path: str) -> int | None:
        while True:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                if flock is not None:
                    flock(handle, LOCK_EX | LOCK_NB)
            except BlockingIOError:
                os.close(handle)
                raise BusyError(f"{path}: {BUSY}") from None
            if self._is_current(handle):
                return handle
            os.close(handle)

    def _is_current(self, handle: int) -> bool:
        """Whether the file that was locked is still the one at its place."""
        try:
            return os.path.samestat(os.fstat(handle), os.stat(self._path))
        except FileNotFoundError:
            return False
