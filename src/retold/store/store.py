"""One archive on disk: open, write, read. The only room that knows the database.

One file, SQLite in WAL mode: one writer, and many readers who are never kept waiting. What a transaction has committed
survives a killed process. WAL needs a local disk: it does not work on network file systems.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from typing import Any

from retold.model.errors import ArchiveError
from retold.model.rows import TABLES
from retold.store import schema, steps
from retold.store.lock import Lock
from retold.store.troubles import NEWER, NOT_OURS, told

PATIENCE = 10.0  # seconds to wait for a reader's checkpoint or a foreign lock
CACHE = -65536  # KiB: what SQLite may keep of the file in memory


class Store:
    """An open archive file. Use ``reading`` or ``writing`` to open one, and close it as a context manager."""

    def __init__(self, path: str, base: sqlite3.Connection, lock: Lock | None) -> None:
        self.path = path
        self.writable = lock is not None
        self.is_older = False  # than this schema: what it lacks is lent, empty, until it is opened again
        self._base = base
        self._lock = lock

    @classmethod
    def reading(cls, path: str) -> Store:
        """Open an archive to ask it; raises ArchiveError where there is none, or none that can be read."""
        _check_file(path)
        with told(path):
            base = _connect_to_read(path)
        store = cls(path, base, None)
        store.is_older = store._check_schema(base) < schema.SCHEMA
        if store.is_older:
            _lend_tables(base)
        base.execute("PRAGMA query_only = ON")
        return store

    @classmethod
    def writing(cls, path: str, *, create: bool = False) -> Store:
        """Open an archive to write in it, and make it where ``create`` allows; raises ArchiveError as ``reading`` does,
        and where another process is writing."""
        if not (create and _is_new(path)):
            _check_file(path)
        lock = _locked(path)
        try:
            with told(path):
                base = _connect(path, "rwc")
                store = cls(path, base, lock)
                store._prepare()
            return store
        except BaseException:
            lock.release()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what is not committed is given up.

        All that a writer committed then stands in the file itself, unless somebody still reads what was there before.
        """
        if self.writable:
            with suppress(sqlite3.Error):
                self._base.execute("PRAGMA wal_checkpoint(PASSIVE)")
        self._base.close()
        if self._lock is not None:
            self._lock.release()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing of it."""
        with told(self.path):
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")

    @contextmanager
    def glance(self) -> Iterator[None]:
        """One view of the archive for several questions, whatever is written meanwhile."""
        if self._base.in_transaction:
            yield
            return
        with told(self.path):
            self._base.execute("BEGIN")
            try:
                yield
            finally:
                self._base.execute("COMMIT")

    def put(self, table: str, rows: Iterable[Any], *, instead: str = "REPLACE") -> int:
        """Write rows, tuples in the order of the table's columns, and return how many were not there before.

        ``instead``: what becomes of a row whose key is there already: "REPLACE" puts it aside, "IGNORE" keeps it.
        """
        with told(self.path):
            return self._base.executemany(schema.insert(table, instead=instead), rows).rowcount

    def do(self, statement: str, rows: Iterable[Any] | None = None, /, **values: Any) -> int:
        """Run a statement once, or once a row, and return how many rows it changed."""
        with told(self.path):
            if rows is not None:
                return self._base.executemany(statement, rows).rowcount
            return self._base.execute(statement, values).rowcount

    def ask(self, question: str, /, **values: Any) -> Iterator[Any]:
        """Each row that a question is answered with: the name of a file in ``questions``, or a SELECT."""
        with told(self.path):
            yield from self._base.execute(_sql(question), values)

    def one(self, question: str, /, **values: Any) -> Any:
        """The first row of an answer, or None."""
        with told(self.path):
            return self._base.execute(_sql(question), values).fetchone()

    def index(self, number: int, title: str, body: str) -> None:
        """Make the words of a version findable."""
        statement = "INSERT INTO words (rowid, title, body) VALUES (:number, :title, :body)"
        self.do(statement, number=number, title=title, body=body)

    def unindex(self, number: int, title: str, body: str) -> None:
        """Take the words of a version out of the index; they must be those that were put in."""
        statement = "INSERT INTO words (words, rowid, title, body) VALUES ('delete', :number, :title, :body)"
        self.do(statement, number=number, title=title, body=body)

    def _prepare(self) -> None:
        """Set up a connection that writes, and bring the tables to this schema."""
        base = self._base
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        base.execute(f"PRAGMA cache_size = {CACHE}")
        base.execute("PRAGMA temp_store = MEMORY")
        with self.transaction():
            if not base.execute("SELECT 1 FROM sqlite_master").fetchone():
                for statement in schema.statements():
                    base.execute(statement)
                base.execute(f"PRAGMA application_id = {schema.APPLICATION}")
                base.execute(f"PRAGMA user_version = {schema.SCHEMA}")
            self._check_schema(base)
            self._migrate(base)

    def _check_schema(self, base: sqlite3.Connection) -> int:
        """Return the schema of a file; refuse one of another program, or of a newer Retold."""
        with told(self.path):
            ours = base.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION
            found = base.execute("PRAGMA user_version").fetchone()[0]
        if not ours:
            raise ArchiveError(self.path, NOT_OURS)
        if found > schema.SCHEMA:
            raise ArchiveError(self.path, NEWER.format(found=found, known=schema.SCHEMA))
        return int(found)

    @staticmethod
    def _migrate(base: sqlite3.Connection) -> None:
        """Bring the tables of an older schema to this one, step by step."""
        for number in range(base.execute("PRAGMA user_version").fetchone()[0], schema.SCHEMA):
            for statement in steps.STEPS[number]:
                base.execute(statement)
            base.execute(f"PRAGMA user_version = {number + 1}")


def _is_new(path: str) -> bool:
    """Whether nothing stands at a path yet, but an empty file at most."""
    return not os.path.exists(path) or (os.path.isfile(path) and os.path.getsize(path) == 0)


def _locked(path: str) -> Lock:
    try:
        return Lock(path)
    except OSError as error:
        reason = f"cannot be written ({error.strerror}). A file in a folder that exists and may be written is wanted."
        raise ArchiveError(path, reason) from None


def _check_file(path: str) -> None:
    """Refuse what is not there, and what is no file with anything in it.

    What it holds, SQLite itself has to say: to open and close the file here would end the locks that this process has
    on it (https://www.sqlite.org/howtocorrupt.html, 2.2), and another could take away what is being written.
    """
    if not os.path.exists(path):
        raise ArchiveError(path, "there is no such archive. Make one: retold add SOURCE... --archive " + path)
    if not os.path.isfile(path):
        raise ArchiveError(path, "is no file. Name the file of an archive, such as news.retold.")
    if os.path.getsize(path) == 0:
        raise ArchiveError(path, NOT_OURS)


def _connect(path: str, mode: str, more: str = "") -> sqlite3.Connection:
    place = "file:" + os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return sqlite3.connect(f"{place}?mode={mode}{more}", uri=True, timeout=PATIENCE, isolation_level=None)


def _connect_to_read(path: str) -> sqlite3.Connection:
    """A connection that asks alone; on a medium where WAL's own files cannot be made, as of an unchanging file.

    It is opened for writing where the file allows it: only so can the last to close take WAL's own files away.
    """
    base = _connect(path, "rw")
    try:
        base.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        if os.access(os.path.dirname(os.path.abspath(path)), os.W_OK) or os.path.exists(path + "-wal"):
            raise
        base.close()
        base = _connect(path, "ro", "&immutable=1")
    base.execute(f"PRAGMA cache_size = {CACHE}")
    return base


def _lend_tables(base: sqlite3.Connection) -> None:
    """Give an archive of an older schema the tables that it lacks, empty and in memory, until somebody writes in it."""
    base.execute("PRAGMA temp_store = MEMORY")
    known = {name for (name,) in base.execute("SELECT name FROM sqlite_master")}
    for name, row in TABLES.items():
        if name not in known:
            base.execute(schema.table(name, row).replace("CREATE TABLE", "CREATE TEMP TABLE", 1))


@cache
def _sql(question: str) -> str:
    """A question as SQL: that of its file, where it is the name of one."""
    if " " in question:
        return question
    return (files(__package__) / "questions" / f"{question}.sql").read_text(encoding="utf-8")
