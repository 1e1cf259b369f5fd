"""The ledger of statements as lines for a terminal: a line a row, those that differ marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.pictures import columns as lines
from retold.pictures.ledger import ABSENT, Row, rows, summary
from retold.pictures.words import FEW, PAIR, Document, keys, listed

MOST = 30  # rows of a screen; --all shows the rest
SPEAKER = 24  # columns of a name
GIVING = ((2, 30), (1, 10), (2, 14), (3, 8))  # columns that give way to the width one after the other, to so much
MARK = "!"


def ledger(document: Document, width: int, *, everything: bool) -> Iterator[str]:
    """Yield the section of a comparison: how many statements there are, and each; those that differ come first where
    not all are shown."""
    told = list(rows(document))
    if not told:
        return
    yield from lines.named("Statements", f"{len(told):,}  {summary(document)}".rstrip(), width)
    shown = told if everything or len(told) <= MOST else sorted(told, key=lambda row: not row.is_changed)[:MOST]
    yield from table(shown, keys(document), width, everything=everything)
    if len(shown) < len(told):
        yield f"     and {len(told) - len(shown):,} more (--all)"


def table(shown: Sequence[Row], among: Sequence[str], width: int, *, everything: bool) -> Iterator[str]:
    """Yield a line for each row, and below it what differs."""
    cells = [_cells(row, among) for row in shown]
    heads = _heads(among)
    rooms = [max(map(lines.breadth, column)) for column in zip(heads, *cells, strict=True)]
    rooms[1] = min(rooms[1], SPEAKER)
    for column, least in GIVING:
        over = sum(rooms) + 2 * (len(rooms) - 1) - width
        rooms[column] -= max(0, min(over, rooms[column] - least))
    yield _line(heads, rooms)
    for row, cell in zip(shown, cells, strict=True):
        yield _line(cell, rooms)
        for told in row.differences:
            yield from lines.wrapped(told, width, indent=5) if everything else [lines.cut(f"     {told}", width)]


def _heads(among: Sequence[str]) -> list[str]:
    where = list(among) if len(among) <= PAIR else ["in"] if len(among) > 1 else [""]
    return ["", "speaker", "statement", *where, ""]


def _cells(row: Row, among: Sequence[str]) -> list[str]:
    each = [row.states.get(key, ABSENT) for key in among]
    where = each if len(among) <= PAIR else [listed(row.states, most=FEW)]
    words = f"{row.cue}: {row.text}" if row.cue else row.text
    passages = list(dict.fromkeys(filter(None, row.passages.values())))
    return [MARK if row.is_changed else "", row.speaker, words, *where, ", ".join(passages[:PAIR])]


def _line(cells: Sequence[str], rooms: Sequence[int]) -> str:
    made = (lines.padded(lines.cut(cell, room), room) for cell, room in zip(cells, rooms, strict=True))
    return "  ".join(made).rstrip()
