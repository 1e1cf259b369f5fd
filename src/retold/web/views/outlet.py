"""One outlet: month by month, on whom it depends and who depends on it, and its articles that others have too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retold.pictures.dependence import ENOUGH, TIES, WAYS
from retold.pictures.passages import percent
from retold.pictures.words import listed, noun, plain
from retold.web.addresses import Call, Query
from retold.web.pages import Page, Shelf
from retold.web.views.outlets import COLUMNS, address, legend, row

FEWEST = 3  # stories that share their text, below which no house style can show
FEW = 40  # ties that are shown at once


def call(query: Query) -> Call:
    """The outlet of an address."""
    return Call("outlet", (query.named["outlet"],))


def habits(shelf: Shelf, found: Any, query: Query) -> dict[str, Any] | None:
    """Its house style; None where too few of its stories are shared to learn one."""
    if len({one.story_id for one in found.borrowed}) < FEWEST:
        return None
    return shelf.aside.habits(shelf.archive.path, found.name, shelf.generation)


def view(found: Mapping[str, Any], query: Query, beside: Mapping[str, Any]) -> dict[str, Any]:
    """The outlet as its page shows it."""
    most = max((month["articles"] for month in found["months"]), default=0)
    return {
        "title": plain(found["name"]) or "Outlet",
        "outlet": found,
        "numbers": numbers(found["whole"]),
        "lead": lead(found),
        "months": [row(month, most) for month in found["months"]],
        "columns": [(way, WAYS[way]) for way in COLUMNS],
        "legend": legend([found["whole"]]),
        "enough": ENOUGH,
        "ties": ties(found, everything=query.text("all") is not None),
        "everything": query.address(all=1),
        "habits": beside.get("habits"),
        "borrowed": [borrowed(one) for one in found["borrowed"]],
    }


def numbers(whole: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What there is of it, and how much is its own where that may be told, as (number, what it is)."""
    told = [
        (f"{whole['articles']:,}", noun(whole["articles"], "article")),
        (f"{whole['stories']:,}", "story" if whole["stories"] == 1 else "stories"),
    ]
    if whole["own_share"] is not None:
        told.append((percent(whole["own_share"]), "of its text surely its own"))
    if whole["untold_share"]:
        told.append((percent(whole["untold_share"]), "its own or not: cannot be told"))
    return told


def lead(found: Mapping[str, Any]) -> str:
    """In a sentence, on whom it depends."""
    whole = found["whole"]
    of = f"Of its {whole['articles']:,} articles" if whole["articles"] > 1 else "Of its one article"
    told = [
        (whole["alone"] + whole["first"], "have a text of their own", "has a text of its own"),
        (whole["credited"], "are credited to an agency", "is credited to an agency"),
        (whole["taken"], "probably have their text from another outlet", "probably has its text from another outlet"),
        (
            whole["shared"],
            "share a text, and it cannot be told whose",
            "shares a text, and it cannot be told whose",
        ),
    ]
    parts = [f"{count:,} {one if count == 1 else several}" for count, several, one in told if count]
    return f"{of}, {listed(parts)}." if parts else "Nobody has looked yet where its texts are from."


def ties(found: Mapping[str, Any], *, everything: bool) -> list[dict[str, Any]]:
    """The agencies and outlets that it is tied to, kind by kind; agencies have no page of their own."""
    return [
        {
            "name": name,
            "said": said,
            "lines": [
                {**tie, "address": None if name == "agencies" else address(tie["name"])}
                for tie in (found[name] if everything else found[name][:FEW])
            ],
            "hidden": 0 if everything else max(0, len(found[name]) - FEW),
        }
        for name, said in TIES
        if found[name]
    ]


def borrowed(one: Mapping[str, Any]) -> dict[str, Any]:
    """An article that others have too: how that is told, and where the evidence is."""
    return {
        **one,
        "said": WAYS[one["way"]],
        "share": percent(one["share"]),
        "lineage": f"/stories/{one['story_id']}/lineage" if one["story_id"] else None,
    }


PAGE = Page("/outlets/{outlet:path}", "outlet", call, view, {"habits": habits}, table=True)
