"""The reader in two panes: each article as a whole in its own order, so that both can be scrolled together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retold.pictures.rows import Cell, Reader, Row


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage in a pane; ``common``: it stands in the other pane too."""

    row: Row
    cell: Cell
    common: bool


@dataclass(frozen=True, slots=True)
class Pane:
    """One article, passage by passage in its own order."""

    key: str
    stretches: Sequence[Stretch]


def panes(view: Reader, rows: Sequence[Row]) -> list[Pane]:
    """Return a pane for each article that the reader shows."""
    places = {passage["id"]: passage["spans"] for passage in view.document["passages"]}
    return [Pane(key, _stretches(key, at, rows, places)) for at, key in enumerate(view.columns)]


def _stretches(
    key: str, at: int, rows: Sequence[Row], places: dict[str, dict[str, Sequence[Sequence[int]]]]
) -> list[Stretch]:
    """Return the passages of one article in the order in which it tells them."""
    found = [Stretch(row, row.cells[at], common=not row.only) for row in rows if row.cells[at].html]
    return sorted(found, key=lambda one: places[one.row.id][key][0][0])
