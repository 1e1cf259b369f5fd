"""What can go wrong with a file, in words that help."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from retold.model.errors import ArchiveError, BusyError, RetoldError
from retold.store.lock import BUSY

NOT_OURS = "is no archive of Retold. Name the file of an archive, such as news.retold, or a new one with `retold add`."
NEWER = (
    "was written by a newer Retold (schema {found}; this one knows {known} and older). "
    "Nothing was changed in it. Install the newer Retold, or export the archive there."
)
DAMAGED = (
    "is damaged ({problem}). Run `retold doctor --archive FILE`: it repairs indexes, and says what is left; "
    "a copy made before it is the surest help."
)
FULL = (
    "the disk is full. All that was committed before is kept; make room and run the same command again: "
    "it goes on where it stopped."
)
READ_ONLY = "cannot be written (the file or its folder is read-only). Change the rights, or give a copy."

FULL_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
DAMAGED_CODES = {sqlite3.SQLITE_CORRUPT}
BUSY_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
READ_ONLY_CODES = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


@contextmanager
def told(path: str) -> Iterator[None]:
    """Errors of the database told in our words."""
    try:
        yield
    except sqlite3.Error as error:
        raise _ours(path, error) from error


def _ours(path: str, error: sqlite3.Error) -> RetoldError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # without the extended part
    if code == sqlite3.SQLITE_NOTADB:
        return ArchiveError(path, NOT_OURS)
    if code in DAMAGED_CODES or "malformed" in str(error):
        return ArchiveError(path, DAMAGED.format(problem=error))
    if code in FULL_CODES:
        return RetoldError(f"{path}: {FULL}")
    if code in BUSY_CODES:
        return BusyError(f"{path}: {BUSY}")
    if code in READ_ONLY_CODES:
        return ArchiveError(path, READ_ONLY)
    return RetoldError(f"{path}: the archive could not answer ({error}). Run `retold doctor --archive {path}`.")
