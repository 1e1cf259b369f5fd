"""The archive's own files, which are never read as an input.

To open and close one here would end the locks that SQLite holds on it (https://www.sqlite.org/howtocorrupt.html, 2.2),
and an archive may well lie in the folder of its articles.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from retold.inputs.folders import files
from retold.model.errors import UsageError
from retold.model.records import Reject

BESIDE = ("", "-wal", "-shm", "-journal", "-lock")  # what SQLite and the lock put there
EMPTY = "is a folder without a file to read but the archive itself. Put articles in it, or name another."


class Own:
    """The files of the archive at a path."""

    def __init__(self, path: str) -> None:
        self._path = path
        real = os.path.realpath(path)
        self._files = frozenset(real + ending for ending in BESIDE)
        self._folder = os.path.join(os.path.dirname(real), "")

    def __contains__(self, path: str) -> bool:
        return os.path.realpath(path) in self._files

    def refuse(self, source: str | os.PathLike[str] | Mapping[str, Any]) -> None:
        """Raise UsageError where a source is the archive itself."""
        if not isinstance(source, Mapping) and os.fsdecode(source) in self:
            raise UsageError(
                f"{os.fsdecode(source)} is the archive {self._path} itself. Name what is to be added to it."
            )

    def without(self, source: str) -> Iterator[str | Reject]:
        """A source; where it is a folder that holds the archive, each of its files but those of the archive."""
        if not (os.path.isdir(source) and self._folder.startswith(os.path.join(os.path.realpath(source), ""))):
            yield source
            return
        empty = True
        for each in files(source):
            if isinstance(each, Reject) or each not in self:
                empty = False
                yield each
        if empty:
            yield Reject(source, "", EMPTY)
