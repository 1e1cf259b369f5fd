"""What can go wrong with a file, in words that help."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from retold.model.errors import ArchiveError, BusyError, RetoldError, UsageError
from retold.store.lock import BUSY

NOT_OURS = "is no archive of Retold. Name the file of an archive, such as news.retold, or a new one with `retold add`."
NEWER = (
    "was written by a newer Retold (schema {found}; this one knows {known} and older). "
    "Nothing was changed in it. Install the newer Retold, or export the archive there."
)
DAMAGED = (
    "is damaged ({problem}). Run `retold doctor --archive {path}`: it repairs indexes, and says what is left; "
    "a copy made before it is the surest help."
)
FULL = (
    "the disk is full. All that was committed before is kept; make room and run the same command again: "
    "it goes on where it stopped."
)
FAILING = (
    "the disk could not be read or written ({problem}); it may be full, or failing. All that was committed before is "
    "kept; when the disk is well again, run the same command again: it goes on where it stopped."
)
READ_ONLY = "cannot be written (the file or its folder is read-only). Change the rights, or give a copy."
THREAD = "an open archive belongs to the thread that opened it. Open it once in each thread."
HALF = "was asked for half of a character. Whole Unicode text is wanted."
UNKNOWN = "the archive could not answer ({problem}). Run `retold doctor --archive {path}`."


@contextmanager
def told(path: str) -> Iterator[None]:
    """Errors of the database told in our words."""
    try:
        yield
    except sqlite3.Error as error:
        raise _ours(path, error) from error
    except UnicodeEncodeError:
        raise UsageError(f"{path}: {HALF}") from None


def _ours(path: str, error: sqlite3.Error) -> RetoldError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # without the extended part
    if "malformed" in str(error):
        code = sqlite3.SQLITE_CORRUPT
    if isinstance(error, sqlite3.ProgrammingError) and "thread" in str(error):
        return RetoldError(f"{path}: {THREAD}")
    kind, words = TROUBLES.get(code, (RetoldError, UNKNOWN))
    reason = words.format(problem=error, path=path)
    return kind(path, reason) if issubclass(kind, ArchiveError) else kind(f"{path}: {reason}")


TROUBLES: dict[int, tuple[type[RetoldError], str]] = {
    sqlite3.SQLITE_NOTADB: (ArchiveError, NOT_OURS),
    sqlite3.SQLITE_CORRUPT: (ArchiveError, DAMAGED),
    sqlite3.SQLITE_READONLY: (ArchiveError, READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: (ArchiveError, READ_ONLY),
    sqlite3.SQLITE_PERM: (ArchiveError, READ_ONLY),
    sqlite3.SQLITE_BUSY: (BusyError, BUSY),
    sqlite3.SQLITE_LOCKED: (BusyError, BUSY),
    sqlite3.SQLITE_FULL: (RetoldError, FULL),
    sqlite3.SQLITE_IOERR: (RetoldError, FAILING),
}
"""What a code of the database means (https://www.sqlite.org/rescode.html), in our words."""
