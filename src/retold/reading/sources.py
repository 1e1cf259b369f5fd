"""Bytes from a path or from standard input, never more than one article may hold."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

from retold.model.errors import SourceError
from retold.reading.versions import LIMIT, TOO_LONG

STDIN = "-"
WANTED = "A file with one article is wanted"


def bytes_of(path: str, stdin: BinaryIO | None) -> bytes:
    """What a path, or "-" for standard input, holds; raises SourceError where that cannot be read."""
    if path == STDIN:
        return _limited(stdin, path)
    try:
        return _file(path)
    except (OSError, ValueError) as error:
        raise refused(path, error, WANTED) from None


def refused(path: str, error: OSError | ValueError, wanted: str) -> SourceError:
    """What to tell of a path that cannot be opened."""
    if isinstance(error, FileNotFoundError):
        looked = f"check the name and the folder ({_folder(path)})"
        return SourceError(path, f"there is no such file. {wanted}; {looked}.")
    if isinstance(error, PermissionError):
        return SourceError(path, f"may not be read (permission denied). {wanted}; change its rights or give a copy.")
    reason = getattr(error, "strerror", None) or str(error)
    return SourceError(path, f"cannot be read ({reason}). {wanted}; check the name.")


def _folder(path: str) -> str:
    """The folder in which a path was looked for."""
    return os.path.dirname(os.path.abspath(path))


def _file(path: str) -> bytes:
    state = os.stat(path)
    if stat.S_ISDIR(state.st_mode):
        raise SourceError(path, f"is a directory. {WANTED}; name the files in it, such as {os.path.join(path, '*')}.")
    if stat.S_ISREG(state.st_mode) and state.st_size > LIMIT:
        raise SourceError(path, TOO_LONG)
    with open(path, "rb") as file:
        return _limited(file, path)


def _limited(file: BinaryIO | None, source: str) -> bytes:
    """What a file holds, unless it holds too much."""
    if file is None:
        raise SourceError(source, f"standard input was not handed in. {WANTED}; give a path, or pass stdin=.")
    data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise SourceError(source, TOO_LONG)
    if not data:
        raise SourceError(source, f"is empty. {WANTED}; check that it was saved in full.")
    return data
