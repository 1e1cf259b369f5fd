"""Are the tables of copies, origins and statements whole? All in them follows from the texts, and can be made again."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping

from retold.model.errors import RetoldError
from retold.store.store import Store

MADE_ANEW = "the tables of copies and origins were emptied: the next retold learn makes them anew"
TABLES = ("judged", "copies", "passages", "origins", "carriers", "doubts", "lineage")


def _strangers(table: str, column: str, other: str, key: str) -> str:
    """How many rows of a table name what another one does not have."""
    return f"SELECT COUNT(*) FROM {table} WHERE {column} NOT IN (SELECT {key} FROM {other})"


CHECKS: dict[str, str] = {
    "fingerprints of no version: {}": _strangers("fingerprints", "version", "versions", "number"),
    "alignments of no version: {}": _strangers("alignments", "version", "versions", "number"),
    "alignments with no version: {}": _strangers("alignments", "other", "versions", "number"),
    "copies of no article: {}": _strangers("copies", "article_id", "articles", "id"),
    "copies shared with no article: {}": _strangers("copies", "other_id", "articles", "id"),
    "passages of no pair of articles: {}": (
        "SELECT COUNT(*) FROM passages WHERE (article_id, other_id) NOT IN (SELECT article_id, other_id FROM copies)"
    ),
    "copies without a passage: {}": (
        "SELECT COUNT(*) FROM copies WHERE (article_id, other_id) NOT IN (SELECT article_id, other_id FROM passages)"
    ),
    "articles judged that are not there: {}": _strangers("judged", "article_id", "articles", "id"),
    "articles judged that go back to no origin: {}": _strangers("judged", "article_id", "carriers", "article_id"),
    "carriers that are no article: {}": _strangers("carriers", "article_id", "articles", "id"),
    "carriers of no origin: {}": _strangers("carriers", "origin_id", "origins", "id"),
    "origins that miscount their articles: {}": (
        "SELECT COUNT(*) FROM origins WHERE articles <> (SELECT COUNT(*) FROM carriers WHERE origin_id = origins.id)"
    ),
    "lineage of no origin: {}": _strangers("lineage", "origin_id", "origins", "id"),
    "doubts about no article: {}": _strangers("doubts", "article_id", "articles", "id"),
    "doubts beside no article: {}": _strangers("doubts", "other_id", "articles", "id"),
}
"""What may be wrong, and the question that counts it."""


def _read_fingerprints(data: bytes) -> None:
    from retold.copies.prints import Prints

    Prints.unpack([data])


def _read_sayings(data: bytes) -> None:
    from retold.archive.hearing import unpack

    unpack(data)


def _read_alignment(data: bytes) -> None:
    from retold.copies.packing import unpack

    unpack([data])


Packed = Mapping[str, tuple[tuple[str, ...], Callable[[bytes], None]]]

PACKED: Packed = {
    "fingerprints": (("version",), _read_fingerprints),
    "alignments": (("version", "other"), _read_alignment),
}
"""The tables whose rows are packed: their keys, and what reads a row."""

SAYINGS: Packed = {"sayings": (("version",), _read_sayings)}
STRANGE = {"statements of no version: {}": _strangers("sayings", "version", "versions", "number")}
FORGOTTEN = "statements that could not be read were thrown away: they are read anew when somebody asks for them"


def problems(store: Store) -> Iterator[str]:
    """Each thing that is wrong, in words."""
    yield from counted(store, CHECKS)
    yield from _unreadable(store, PACKED)


def said_problems(store: Store) -> Iterator[str]:
    """Each thing that is wrong with what versions have people say."""
    yield from counted(store, STRANGE)
    yield from _unreadable(store, SAYINGS)


def _unreadable(store: Store, packed: Packed) -> Iterator[str]:
    for table in packed:
        try:
            damaged: int | None = len(_damaged(store, table, packed))
        except RetoldError:
            damaged = None
        yield from _told(f"{table} that cannot be read: {{}}", damaged)


def counted(store: Store, checks: Mapping[str, str]) -> Iterator[str]:
    """Each problem of which there is one or more, by the questions that count them."""
    for problem, question in checks.items():
        yield from _told(problem, count(store, question))


def _told(problem: str, found: int | None) -> Iterator[str]:
    """A problem with its count, where there is any; None stands for what cannot be counted."""
    if found != 0:
        yield problem.format("cannot be counted" if found is None else found)


def empty(store: Store) -> None:
    """Throw away what was judged, and what it was judged from where it is damaged; ``learn`` makes all of it again."""
    for table in TABLES:
        store.do(f"DELETE FROM {table}")
    store.do("DELETE FROM fingerprints WHERE version NOT IN (SELECT number FROM versions)")
    for side in ("version", "other"):
        store.do(f"DELETE FROM alignments WHERE {side} NOT IN (SELECT number FROM versions)")
    _throw_away(store, PACKED)


def forget(store: Store) -> None:
    """Throw away what versions have people say where it cannot be read; a question reads it again."""
    store.do("DELETE FROM sayings WHERE version NOT IN (SELECT number FROM versions)")
    _throw_away(store, SAYINGS)


def _throw_away(store: Store, packed: Packed) -> None:
    for table, (keys, _) in packed.items():
        where = " AND ".join(f"{key} = ?" for key in keys)
        store.do(f"DELETE FROM {table} WHERE {where}", _damaged(store, table, packed))


def _damaged(store: Store, table: str, packed: Packed) -> list[tuple[int, ...]]:
    """The keys of rows that hold what cannot be read."""
    keys, read = packed[table]
    rows = store.ask(f"SELECT data, {', '.join(keys)} FROM {table}")
    return [tuple(key) for data, *key in rows if not _is_sound(data, read)]


def _is_sound(data: bytes, read: Callable[[bytes], None]) -> bool:
    """Whether a row can be read, as far as its shape can tell."""
    try:
        read(data)
    except (RetoldError, ValueError, IndexError, struct.error):
        return False
    return True


def count(store: Store, question: str) -> int | None:
    """What a question counts; None where the file is too damaged to tell."""
    try:
        return int(store.one(question)[0])
    except RetoldError:
        return None
