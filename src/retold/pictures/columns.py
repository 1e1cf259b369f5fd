"""Plain text in columns: width as a terminal shows it, cutting, padding and wrapping."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

WIDE = frozenset("WF")
LEAST = 12  # columns that a cell keeps of what is too long
LONG_RUN = 4  # passages of one kind in a row from which a range says it better


def breadth(text: str) -> int:
    """Return how many columns a terminal takes for a text: wide letters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_breadth, text))


def _breadth(letter: str) -> int:
    return 0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in WIDE else 1


def cut(text: str, room: int) -> str:
    """Return the text, or its beginning and an ellipsis, in at most ``room`` columns."""
    if breadth(text) <= room:
        return text
    kept = text[: max(room - 1, 0)]
    while kept and breadth(kept) > room - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…" if room > 0 else ""


def padded(text: str, room: int) -> str:
    """Return the text with spaces up to ``room`` columns."""
    return text + " " * max(room - breadth(text), 0)


def column(text: str, room: int, *, whole: bool) -> list[str]:
    """Return a cell's lines: one that is cut, or with ``whole`` as many as it needs."""
    return wrapped(text, room, indent=3, hang=True) if whole else [cut(text, room)]


def remark(text: str, *, room: int) -> str:
    """Return a remark with the space before it; nothing where it does not fit."""
    return f"  {text}" if text and breadth(text) + 2 <= room else ""


def wrapped(text: str, width: int, *, indent: int = 0, hang: bool = False) -> list[str]:
    """Return the text in lines of at most ``width``, indented; with ``hang`` the first line is not."""
    made: list[str] = []
    line = "" if hang else " " * indent
    for word in _breakable(text, width - indent):
        joined = f"{line} {word}" if line.strip() else line + word
        if line.strip() and breadth(joined.rstrip()) > width:
            made.append(line.rstrip())
            line = " " * indent + word
        else:
            line = joined
    return [*made, line.rstrip()] if line.strip() else made


def _breakable(text: str, room: int) -> Iterator[str]:
    """Yield the words of a text, those wider than a line in pieces; two spaces between words stay."""
    for word in re.findall(r"\S+ ?(?= )|\S+", text):
        rest = word if breadth(word) <= room else word.rstrip()
        while breadth(rest) > max(room, 2):
            size = next(at for at in range(len(rest), 0, -1) if breadth(rest[:at]) <= max(room, 2))
            yield rest[:size]
            rest = rest[size:]
        yield rest


def named(name: str, text: str, width: int, *, room: int = 11) -> Iterator[str]:
    """Yield a text beside its name, further lines below the text."""
    for at, line in enumerate(wrapped(text, width, indent=room)):
        yield f"{name:<{room}}{line[room:]}" if at == 0 else line


def table(rows: Sequence[Sequence[str]], *, width: int, gap: int, shrink: Sequence[int]) -> Iterator[str]:
    """Yield rows as aligned columns; the columns in ``shrink`` give way where the lines are too long."""
    rooms = [max(map(breadth, column)) for column in zip(*rows, strict=True)]
    over = sum(rooms) + gap * (len(rooms) - 1) - width
    for column in shrink:
        less = min(max(over, 0), max(rooms[column] - LEAST, 0))
        rooms[column] -= less
        over -= less
    for row in rows:
        yield (" " * gap).join(padded(cut(cell, room), room) for cell, room in zip(row, rooms, strict=True)).rstrip()


def labels(heads: Sequence[str]) -> list[str]:
    """Return the heads of lines, all equally long, with two spaces behind."""
    room = max(map(breadth, heads))
    return [padded(head, room) + "  " for head in heads]


def folded(passages: Sequence[Mapping[str, Any]], states: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield a column of cells for each passage: its id where an article has it, else a dot; long runs as a range."""
    told = [(passage["id"], tuple(line[at] != "absent" for line in states)) for at, passage in enumerate(passages)]
    for alone, group in groupby(told, key=lambda one: one[1] if sum(one[1]) == 1 and len(one[1]) > 1 else None):
        run = list(group)
        fold = alone is not None and len(run) >= LONG_RUN
        for name, has in [(f"{run[0][0]}-{run[-1][0]}", run[0][1])] if fold else run:
            yield tuple((name if there else ".").rjust(len(name)) for there in has)


def chunks(columns: Sequence[tuple[str, ...]], room: int) -> Iterator[list[tuple[str, ...]]]:
    """Yield the columns in groups that fit beside each other in ``room``."""
    group: list[tuple[str, ...]] = []
    taken = 0
    for column in columns:
        size = len(column[0]) + 1
        if group and taken + size > room:
            yield group
            group, taken = [], 0
        group.append(column)
        taken += size
    if group:
        yield group
