"""What does not fit into memory, on disk: in files without a name, which are gone whatever becomes of the process."""

from __future__ import annotations

import errno
import tempfile
import threading
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from retold.model.errors import SourceError

if TYPE_CHECKING:
    from retold.kernels.arrays import Array

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Spool:
    """A file in which arrays wait until they are asked for, under the names that they were given.

    The system forgets it when it is closed, and also when the process ends in any other way. Raise SourceError where
    the folder cannot be written or the disk is full.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.size = 0
        self.turn = threading.Lock()
        self.extents: defaultdict[Hashable, list[tuple[int, int]]] = defaultdict(list)
        with self._spoken():
            self.file: Any = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 (__exit__ closes it)

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give the room on disk back."""
        self.file.close()

    def put(self, name: Hashable, array: Array) -> None:
        """Add an array to those under a name."""
        if array.size:
            self.extents[name].append((self.append(array), array.nbytes))

    def append(self, array: Array) -> int:
        """Write an array at the end; return where it begins."""
        import numpy as np

        view = np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
        with self.turn, self._spoken():
            begin = self.size
            self.file.seek(begin)
            while view:
                view = view[self.file.write(view) :]
            self.size = begin + array.nbytes
        return begin

    def take(self, name: Hashable, kind: Any) -> Array:
        """Return what was put under a name, one array behind the other."""
        return self.read(self.extents.get(name, ()), kind)

    def read(self, extents: Iterable[tuple[int, int]], kind: Any) -> Array:
        """Return stretches of the file, each from a byte on so many, one behind the other."""
        import numpy as np

        wanted = list(extents)
        made = np.empty(sum(size for _, size in wanted), np.uint8)
        view, place = made.data, 0
        with self.turn, self._spoken():
            for begin, size in wanted:
                self._fill(view[place : place + size], begin)
                place += size
        return made.view(kind)

    def _fill(self, view: memoryview, begin: int) -> None:
        """Read a stretch of the file."""
        self.file.seek(begin)
        while view:
            count = self.file.readinto(view)
            if not count:
                raise EOFError(f"The spool ends before byte {begin:,}.")
            view = view[count:]

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        """Say in words what the system says in numbers."""
        try:
            yield
        except OSError as error:
            where = str(self.folder or tempfile.gettempdir())
            if error.errno in FULL:
                reason = (
                    f"the disk is full after {self.size / 1e9:.1f} GB of intermediate results. Free some space, name"
                    " a folder on a larger disk by TMPDIR, or allow more memory."
                )
                raise SourceError(where, reason) from error
            reason = f"intermediate results cannot be kept there: {error.strerror or error}. Name another by TMPDIR."
            raise SourceError(where, reason) from error
