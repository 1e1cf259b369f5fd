"""The start page: what the archive holds, and the forms that compare and add."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retold.web.addresses import Call, Query
from retold.web.pages import Page, Shelf

BOXES, MOST_BOXES = 2, 20  # for pasted texts
NEWEST = 6  # stories that are shown


def call(query: Query) -> Call:
    """What the archive holds."""
    return Call("holdings")


def newest(shelf: Shelf, found: Any, query: Query) -> dict[str, Any]:
    """The latest stories that several articles tell."""
    return shelf.asked(Call("stories", options={"least": 2, "limit": NEWEST}))


def view(found: Mapping[str, Any], query: Query, beside: Mapping[str, Any]) -> dict[str, Any]:
    """The archive in numbers, its latest stories, and how many boxes for texts there are to be."""
    return {
        "title": "Compare articles, and look into the archive",
        "holdings": found,
        "newest": (beside["newest"] or {"stories": []})["stories"],
        **_boxes(query),
    }


def view_add(found: Mapping[str, Any], query: Query, beside: Mapping[str, Any]) -> dict[str, Any]:
    """The form that adds, and who wrote last."""
    return {"title": "Add articles to the archive", "holdings": found, **_boxes(query)}


def _boxes(query: Query) -> dict[str, Any]:
    boxes = query.number("texts", BOXES, least=1, most=MOST_BOXES)
    return {"boxes": boxes, "more": query.address(texts=min(boxes + 2, MOST_BOXES)) if boxes < MOST_BOXES else None}


PAGE = Page("/", "start", call, view, {"newest": newest}, forms=True)
ADD = Page("/add", "add", call, view_add, nav="Add", forms=True)
