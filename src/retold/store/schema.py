"""The tables of an archive in SQL, made from the classes of their rows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from retold.model.rows import KEY, SORTED, TABLES, UNIQUE, Column, columns

APPLICATION = 0x5265746F  # "Reto": what tells our files from other SQLite files (PRAGMA application_id)
SCHEMA = 4  # the shape of the tables (PRAGMA user_version); steps.py leads to it from the older ones
TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bytes: "BLOB"}

# The index of words holds no text: `versions` has it, and snippets point into it by offset.
WORDS = "CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='unicode61 remove_diacritics 2')"


def statements() -> Iterator[str]:
    """Each statement that makes an empty archive."""
    for name, row in TABLES.items():
        yield table(name, row)
        yield from indexes(name, row)
    yield WORDS


def table(name: str, row: type[Any]) -> str:
    """The statement that makes a table."""
    told = columns(row)
    keys = [column for column in told if KEY in column.marks]
    numbered = [column.name for column in keys] if [column.holds for column in keys] == [int] else []
    lines = [_line(column, numbered=column.name in numbered) for column in told]
    if not numbered:
        lines.append(f"PRIMARY KEY ({', '.join(column.name for column in keys)})")
    return f"CREATE TABLE {name} ({', '.join(lines)}) STRICT{'' if numbered else ', WITHOUT ROWID'}"


def _line(column: Column, *, numbered: bool) -> str:
    if numbered:
        return f"{column.name} INTEGER PRIMARY KEY"
    unique = " UNIQUE" if UNIQUE in column.marks else ""
    return f"{column.name} {TYPES[column.holds]}{'' if column.empty else ' NOT NULL'}{unique}"


def indexes(name: str, row: type[Any]) -> Iterator[str]:
    """Each statement that makes an index of a table."""
    for column in columns(row):
        if SORTED in column.marks:
            yield f"CREATE INDEX {name}_by_{column.name} ON {name} ({column.name})"


@cache
def insert(name: str, *, instead: str = "REPLACE") -> str:
    """The statement that writes a row, with its columns in order."""
    told = columns(TABLES[name])
    return f"INSERT OR {instead} INTO {name} VALUES ({', '.join('?' * len(told))})"
