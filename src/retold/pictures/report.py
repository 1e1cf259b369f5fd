"""A comparison as HTML: a report in one file, and a fragment for notebooks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from retold.pictures import coverage, edits, ledger, matrix, rows, words
from retold.pictures.apparatus import apparatus as one_text
from retold.pictures.lineages import minute
from retold.pictures.listing import day
from retold.pictures.marks import shown
from retold.pictures.onefile import one_file
from retold.pictures.rows import Reader, Row, side_by_side
from retold.pictures.words import Document

HERE = Path(__file__).parent
COMPARED = frozenset({"standfirst", "paragraph"})
SIDE_BY_SIDE_IN_A_NOTEBOOK = 3
EDITS_IN_A_NOTEBOOK = 40
SCREENS = 50  # cells, about three screens, from which a browser need not lay out what nobody sees yet
MARKED = 2000  # edits from which the same holds, however few the cells are

CLASS = re.compile(r' class="(?:m|(caret)) (\w+)"(?: (?:id|data-e)="[^"]*")( aria-hidden="true">)?')
BLUE, BROWN, GREY = (
    "background:#dbe9ff;color:#0a4a9e",
    "background:#ffeccc;color:#7a3e00",
    "background:#ececec;color:#222222",
)
CARET = "‸"
FILLS = {"content": BLUE, "name": BROWN, "number": BROWN, "structure": GREY, "style": GREY}


def report(document: Mapping[str, Any]) -> str:
    """Return a report in one HTML file: no requests, and readable without JavaScript."""
    told = parts(document)
    first = document["articles"][0]
    return one_file(
        environment(),
        environment().get_template("report.html.j2").render(**told),
        title=f"{told['claim']}: {first['title'] or first['source']}",
        version=document["retold_version"],
        styles=("report.css",),
        scripts=("reader.js", "theme.js"),
        long=told["long"],
    )


def parts(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that the template comparison.html.j2 shows of a document."""
    view = rows.reader(document)
    drawn = list(lines(view))
    return {
        **_told(document),
        "view": view,
        "rows": drawn,
        "anchors": {row.id: row.anchor for row in drawn},
        "columns": coverage.columns(document),
        "said": list(ledger.rows(document)),
        "long": is_long(document),
    }


def reading(document: Document, columns: Sequence[str], *, apparatus: bool, base: str = "") -> dict[str, Any]:
    """Return what the template aligned.html.j2 shows of a document: its articles in the order of ``columns``, or with
    ``apparatus`` the text of the ``base`` (else of the fullest article) with the readings of the others."""
    view = rows.reader(document)
    view.columns, view.base = list(columns), base
    return {
        **_told(document),
        "view": view,
        "few": not apparatus,
        "rows": list(lines(view, apparatus=apparatus)),
        "long": is_long(document),
    }


def is_long(document: Document) -> bool:
    """Return whether a document has so much to show that a browser need not lay out what nobody sees yet."""
    return len(document["articles"]) * len(document["passages"]) > SCREENS or len(document["edits"]) > MARKED


def notebook(document: Mapping[str, Any]) -> str:
    """Return a fragment for a notebook: no script, no style sheet, no ids; it stays readable when sanitised."""
    listed = [edit for edit in document["edits"] if edit["class"] != "style"]
    few = len(document["articles"]) <= SIDE_BY_SIDE_IN_A_NOTEBOOK
    page = environment().get_template("notebook.html.j2")
    return page.render(
        **_told(document),
        listed=listed[:EDITS_IN_A_NOTEBOOK],
        more=len(listed) - EDITS_IN_A_NOTEBOOK,
        certain=edits.ways(document),
        rows=list(lines(rows.reader(document, neutral="mark"))) if few else [],
        articles=[
            [one["key"], words.plain(words.outlet(one)), one["words"], shown(one["title"] or one["source"])]
            for one in document["articles"]
        ],
        said=[
            [shown(row.speaker), shown(row.text), "; ".join(row.differences)]
            for row in ledger.rows(document)
            if row.is_changed
        ][:EDITS_IN_A_NOTEBOOK],
        fills=FILLS,
    )


def lines(view: Reader, *, apparatus: bool | None = None) -> Iterator[Row]:
    """Yield the rows of the reader, in the document's order: side by side for a few articles, else one text."""
    draw = one_text if (view.is_apparatus if apparatus is None else apparatus) else side_by_side
    for at, passage in enumerate(view.document["passages"], start=1):
        yield draw(view, passage, at)


def _told(document: Document) -> dict[str, Any]:
    """Return what both pictures say of a document."""
    said, certainty = words.claim(document)
    return {
        "document": document,
        "claim": words.capital(said),
        "certainty": certainty,
        "counts": edits.counts(document),
        "total": len(document["edits"]),
    }


def inline(html: str) -> str:
    """Return marked words with their styles beside them, for a page without our style sheet."""
    return CLASS.sub(_styled, html).replace(' class="gap"', "")


def _styled(found: re.Match[str]) -> str:
    """Return a mark's style; a caret, which no style sheet draws here, becomes a letter."""
    style = f' style="{FILLS[found[2]]}"{found[3] or ""}'
    return style + CARET if found[1] else style


@cache
def environment() -> Environment:
    """Return our templates."""
    return templates()


def templates(*folders: Path) -> Environment:
    """Return our templates, with those of other folders before them. They know the wording of the other pictures, and
    escape all they are given."""
    made = Environment(
        loader=FileSystemLoader([*folders, HERE / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        words=words,
        edits=edits,
        coverage=coverage,
        reading=rows,
        ledger=ledger,
        pieces=pieces,
        set_aside=set_aside,
        coverage_signs=matrix.SIGNS,
    )
    made.filters.update(
        inline=inline,
        plain=words.plain,
        many=words.many,
        listed=words.listed,
        shown=shown,
        day=day,
        minute=minute,
    )
    return made


def pieces(article: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield an article's whole text as (kind, reason, text), with what stands between blocks as furniture."""
    text, place = article["text"], 0
    for block in sorted(article["blocks"], key=lambda block: block["start"]):
        yield "furniture", "", text[place : block["start"]]
        yield block["kind"], block["reason"], text[block["start"] : block["end"]]
        place = max(place, block["end"])
    yield "furniture", "", text[place:]


def set_aside(article: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the parts of an article that were not compared, as (kind, reason, text)."""
    return [piece for piece in pieces(article) if piece[0] not in COMPARED and piece[2].strip()]
