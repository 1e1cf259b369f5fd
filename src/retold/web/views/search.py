"""Articles by their words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retold.web.addresses import Call, Query
from retold.web.pages import Page

FILTERS = ("outlet", "language", "since", "until")
LIMIT, MOST = 20, 500


def call(query: Query) -> Call | None:
    """The articles that hold the words of an address; None where nothing is asked yet."""
    words = query.text("words")
    if words is None:
        return None
    options: dict[str, Any] = {name: query.text(name) for name in FILTERS}
    limit = query.number("limit", LIMIT, least=1, most=MOST)
    spoken = (words,) if '"' in words else tuple(words.split())  # to the command an argument with a space is a phrase
    return Call("search", (words,), options | {"limit": None if limit == LIMIT else limit}, spoken=spoken)


def view(found: Mapping[str, Any], query: Query, beside: Mapping[str, Any]) -> dict[str, Any]:
    """What was found, best first, and the address that shows more."""
    words, hits = query.text("words"), found.get("hits", [])
    limit = query.number("limit", LIMIT, least=1, most=MOST)
    more = len(hits) == limit < MOST
    return {
        "title": f"Articles with {words}" if words else "Search",
        "asked": words or "",
        "given": {name: query.text(name) or "" for name in FILTERS},
        "hits": hits,
        "more": query.address(limit=min(limit * 5, MOST)) if more else None,
    }


PAGE = Page("/search", "search", call, view, nav="Search", table=True)
