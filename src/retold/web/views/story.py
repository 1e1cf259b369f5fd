"""A story: its four numbers and how certain they are, who tells it, and which passages stand where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from retold.pictures import matrix, tellings
from retold.pictures.words import FEW, plain
from retold.web.addresses import Call, Query
from retold.web.pages import Page, Shelf
from retold.web.views.tabs import known, tabs

if TYPE_CHECKING:
    from retold.web.asides import Said

ALIGNED = 60  # articles that are aligned word by word for the matrix; of more, the passages of their origins are shown
FEW_SHOWN = 40  # articles that are listed at once


def call(query: Query) -> Call:
    """The story of an address."""
    return Call("story", (query.named["story"],))


def origins(shelf: Shelf, found: Any, query: Query) -> dict[str, Any]:
    """Its origins, without the passages of their texts, which take long to put together."""
    return shelf.asked(Call("origins", (found.id,), only={"limit": None, "text": False}))


def restored(shelf: Shelf, found: Any, query: Query) -> dict[str, Any] | None:
    """Its origins with the passages of their texts, where there are too many articles to align them all."""
    if found.articles <= ALIGNED:
        return None
    return shelf.aside.origins(shelf.archive.path, origins(shelf, found, query))


def aligned(shelf: Shelf, found: Any, query: Query) -> dict[str, Any] | None:
    """Its articles, aligned, where there are few."""
    if not 2 <= found.articles <= ALIGNED:
        return None
    return shelf.aside.compared(shelf.archive.versions(found.id))


def said(shelf: Shelf, found: Any, query: Query) -> Said | None:
    """How many statements it has, where that is known already."""
    return known(shelf, found.id)


def view(found: Mapping[str, Any], query: Query, beside: Mapping[str, Any]) -> dict[str, Any]:
    """The story as its page shows it."""
    known, drawn = beside["origins"], _matrix(found, beside)
    shown = tellings.parts(found, known, most=None if query.text("all") else FEW_SHOWN)
    return {
        "title": plain(found["title"]) or "Story",
        "story": found,
        **shown,
        "origins": _with_readers(found, shown["origins"]),
        "everything": query.address(all=1),
        "matrix": drawn,
        "said": beside.get("said"),
        "reader": Query(f"/stories/{found['id']}/read").address(),
        "tabs": tabs(found["id"], "story", {**beside, "story": found}),
    }


def _with_readers(found: Mapping[str, Any], origins: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each origin with the address where its articles are read side by side."""
    return [{**origin, "read": _side_by_side(found, origin["members"])} for origin in origins]


def _side_by_side(found: Mapping[str, Any], members: Sequence[Mapping[str, Any]]) -> str | None:
    """The address where the articles of an origin are read; None where they are too many for that, or not all told
    here."""
    names = [member["article_id"] for member in members]
    told = {telling["article_id"] for telling in found["tellings"]}
    if len(names) > FEW or not told.issuperset(names):
        return None
    given = {"base": names[0], "with": ",".join(names[1:])}
    return Query(f"/stories/{found['id']}/read", {}, given).address()


def _matrix(found: Mapping[str, Any], beside: Mapping[str, Any]) -> matrix.Matrix | None:
    """Which passages stand in which article; None where there is nothing to see."""
    if beside["aligned"]:
        return matrix.of_comparison(beside["aligned"], found["tellings"])
    if beside["restored"]:
        return matrix.of_origins(beside["restored"], found["tellings"])
    return None


PAGE = Page(
    "/stories/{story}",
    "story",
    call,
    view,
    {"origins": origins, "aligned": aligned, "restored": restored, "said": said},
    table=True,
    script="matrix.js",
)
