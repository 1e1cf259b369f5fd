"""The coverage of a story: passages down, articles across; a table while it is small, else a drawing of few nodes.

In a comparison each passage is the same, near, reworded or only here; of many articles only is known which passages of
their origins they have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from retold.pictures.coverage import MOST_CELLS, STATES, columns, texts
from retold.pictures.rows import anchor
from retold.pictures.words import FEW, Document, listed, many, plain

SIGNS = {state: sign for state, (sign, _) in STATES.items()}
NAMES = {sign: state for state, sign in SIGNS.items()}
WORDS = {**{state: said for state, (_, said) in STATES.items()}, "same": "has it"}
CELL = Markup('<td class="{}"><span class="sign" aria-hidden="true">{}</span><span class="sr">{}</span></td>')
BEGINNING = 70  # characters of a passage that name it
WIDEST = 60  # columns from which a table is too wide to read


@dataclass(frozen=True, slots=True)
class Column:
    """An article, or several with the same passages: what they are called, their ids and their outlets."""

    name: str
    articles: tuple[str, ...]
    title: str = ""
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A passage: its name, its first words, a sign for each column, and the place where more of it is shown: in a
    comparison its row of the reader, else its origin."""

    name: str
    words: str
    cells: str
    part: str = ""
    anchor: str = ""

    def tally(self, columns: Sequence[Column]) -> dict[str, int]:
        """How many articles have the passage in each state, absent ones too."""
        found: Counter[str] = Counter()
        for sign, column in zip(self.cells, columns, strict=True):
            found[NAMES[sign]] += len(column.articles)
        return {state: found[state] for state in STATES if found[state]}


@dataclass(frozen=True, slots=True)
class Matrix:
    """Which passages stand in which articles; ``said`` are the states that occur, in words."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    said: Mapping[str, str]
    articles: int
    aligned: bool

    @property
    def is_drawn(self) -> bool:
        """Whether it is too large for a table."""
        return len(self.columns) * len(self.rows) > MOST_CELLS or len(self.columns) > WIDEST

    def paths(self) -> dict[str, str]:
        """An SVG path for each state but "absent", neighbours of one state as one stretch: four nodes for any size."""
        drawn: dict[str, list[str]] = {sign: [] for sign in NAMES}
        for y, row in enumerate(self.rows):
            x = 0
            for sign, run in _runs(row.cells):
                drawn[sign].append(f"M{x} {y}h{run}v1h-{run}z")
                x += run
        return {NAMES[sign]: "".join(moves) for sign, moves in drawn.items() if moves and NAMES[sign] != "absent"}

    def marked(self) -> list[tuple[Row, Markup]]:
        """Each row with its cells in a table, which have their state in words too, for who does not see the sign."""
        told = {sign: CELL.format(state, sign, self.said.get(state, "")) for sign, state in NAMES.items()}
        return [(row, Markup("".join([told[sign] for sign in row.cells]))) for row in self.rows]

    @property
    def empty(self) -> list[str]:
        """The names of those articles of which nothing is compared: a title alone, or only what was set aside."""
        absent = SIGNS["absent"]
        blank = [all(row.cells[at] == absent for row in self.rows) for at in range(len(self.columns))]
        return [
            name for column, is_blank in zip(self.columns, blank, strict=True) if is_blank for name in column.outlets
        ]

    def cells(self) -> str:
        """All signs, row by row: what a cursor reads out."""
        return "/".join(row.cells for row in self.rows)


def _runs(cells: str) -> list[tuple[str, int]]:
    """Equal neighbours, as (sign, how many).

    >>> _runs("==#")
    [('=', 2), ('#', 1)]
    """
    found: list[tuple[str, int]] = []
    for sign in cells:
        if found and found[-1][0] == sign:
            found[-1] = sign, found[-1][1] + 1
        else:
            found.append((sign, 1))
    return found


def of_comparison(document: Document, tellings: Sequence[Mapping[str, Any]]) -> Matrix | None:
    """The matrix of articles that were compared, in the order of their tellings; None where they have no passage."""
    if not document["passages"]:
        return None
    articles = {article["key"]: telling for article, telling in zip(document["articles"], tellings, strict=True)}
    drawn = columns(document)
    rows = []
    for at, passage in enumerate(document["passages"]):
        told = next(iter(texts(document, passage).values()))
        cells = "".join(SIGNS[column.states[at]] for column in drawn)
        rows.append(Row(passage["id"], _beginning(told), cells, anchor=anchor(passage["id"], at + 1)))
    made = [_column([articles[key] for key in column.keys], column.keys) for column in drawn]
    return Matrix(made, rows, _said(rows, STATES_IN_WORDS), len(articles), aligned=True)


STATES_IN_WORDS = {state: said for state, (_, said) in STATES.items()}


def of_origins(found: Mapping[str, Any], tellings: Sequence[Mapping[str, Any]]) -> Matrix | None:
    """The matrix of the passages of a story's origins; None where no two articles share one.

    Articles with the same passages stand together; those alone in their origin have none and are left out.
    """
    known = {telling["article_id"]: telling for telling in tellings}
    rows: list[tuple[str, str, int, frozenset[str]]] = []
    for number, origin in enumerate(found["origins"], 1):
        for place, fragment in enumerate(origin["text"], 1):
            name = f"{number}.{place}"
            rows.append((name, _beginning(fragment["text"]), number, frozenset(fragment["support"])))
    groups: dict[tuple[bool, ...], list[str]] = {}
    for article in known:
        groups.setdefault(tuple(article in support for *_, support in rows), []).append(article)
    kept = {has: group for has, group in groups.items() if any(has)}
    if not kept:
        return None
    order = sorted(kept, key=lambda has: (has.index(True), -sum(has), kept[has][0]))
    made = [_column([known[article] for article in kept[has]], ()) for has in order]
    signs = ["".join("=" if has[at] else "·" for has in order) for at in range(len(rows))]
    told = [
        Row(name, words, cells, f"origin {number}", f"origin-{number}")
        for (name, words, number, _), cells in zip(rows, signs, strict=True)
    ]
    return Matrix(made, told, _said(told, WORDS), sum(map(len, kept.values())), aligned=False)


def _column(tellings: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> Column:
    """A column under the name of its outlet, or of how many articles it stands for."""
    articles = tuple(telling["article_id"] for telling in tellings)
    outlets = [plain(telling["outlet"] or "outlet not stated") for telling in tellings]
    if len(outlets) == 1:
        return Column(outlets[0], articles, plain(tellings[0]["title"] or ""), tuple(outlets))
    named = listed(sorted(set(outlets)), most=FEW)
    return Column(f"{many(len(outlets), 'article')}, alike", articles, named, tuple(outlets))


def _said(rows: Sequence[Row], words: Mapping[str, str]) -> dict[str, str]:
    """The states that occur, in words, in the order of all."""
    seen = {NAMES[sign] for row in rows for sign in set(row.cells)}
    return {state: words[state] for state in STATES if state in seen}


def _beginning(text: str) -> str:
    told = plain(text)
    return told if len(told) <= BEGINNING else told[:BEGINNING].rsplit(" ", 1)[0] + " …"
