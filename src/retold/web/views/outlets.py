"""The outlets of an archive: on which agencies and on whom each depends, and how much is its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from retold.pictures.bars import bar
from retold.pictures.dependence import ENOUGH, WAYS
from retold.pictures.passages import percent
from retold.web.addresses import Call, Query
from retold.web.pages import Page

LIMIT, MOST = 100, 500
FILTERS = ("since", "until")
COLUMNS = ("alone", "first", "credited", "taken", "shared")  # ways that have a column of their own


def call(query: Query) -> Call:
    """The outlets that an address asks for."""
    options: dict[str, Any] = {name: query.text(name) for name in FILTERS}
    for name, usual, least, most in (("least", 0, 0, 10**9), ("limit", LIMIT, 1, MOST), ("offset", 0, 0, 10**9)):
        stated = query.number(name, usual, least=least, most=most)
        options[name] = None if stated == usual else stated
    return Call("outlets", options=options)


def view(found: Mapping[str, Any], query: Query, beside: Mapping[str, Any]) -> dict[str, Any]:
    """The outlets as a table, each with a bar of what its articles are made of."""
    offset, limit = query.number("offset", 0), query.number("limit", LIMIT, least=1, most=MOST)
    most = max((line["articles"] for line in found["outlets"]), default=0)
    return {
        "title": "Outlets",
        "outlets": found,
        "lines": [row(line, most) | {"address": address(line["name"])} for line in found["outlets"]],
        "columns": [(way, WAYS[way]) for way in COLUMNS],
        "legend": legend(found["outlets"]),
        "enough": ENOUGH,
        "given": {name: query.text(name) or "" for name in (*FILTERS, "least")},
        "next": query.address(**onward(found, query)) if onward(found, query) else None,
        "before": query.address(offset=max(0, offset - limit) or None) if offset else None,
    }


def onward(found: Mapping[str, Any], query: Query) -> dict[str, Any]:
    """What leads to the next page; nothing where there is none."""
    return {"offset": found["next"]} if found["next"] else {}


def legend(lines: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The ways that occur, in words."""
    return [(way, said) for way, said in WAYS.items() if any(line[way] for line in lines)]


def row(parts: Mapping[str, Any], most: int) -> dict[str, Any]:
    """An outlet or a month of it, with its bar and its shares in words."""
    shares = {name: None if parts[name] is None else percent(parts[name]) for name in ("own_share", "untold_share")}
    return {**parts, **shares, "bar": bar(parts, list(WAYS), most=most), "numbers": [parts[way] for way in COLUMNS]}


def address(name: str) -> str:
    """The address of an outlet's page."""
    return f"/outlets/{quote(name, safe='')}"


PAGE = Page("/outlets", "outlets", call, view, nav="Outlets", table=True, onward=onward)
