"""The stories of an archive: narrowed down, searched, in an order, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from retold.web.addresses import Call, Query
from retold.web.marks import language
from retold.web.pages import Page, Shelf

ORDERS = {
    "latest": "latest first",
    "articles": "most articles",
    "texts": "most unique texts",
    "outlets": "most outlets",
    "origins": "most origins",
}
FILTERS = ("words", "outlet", "language", "agency", "since", "until", "least", "unique", "outlets", "origins")
TEXTS = ("words", "outlet", "language", "agency", "since", "until")
NUMBERS = {"least": 1, "unique": 0, "outlets": 0, "origins": 0}
AT_LEAST = (
    ("Number of articles", "least", "articles_at_least"),
    ("Number of unique texts", "unique", "texts_at_least"),
    ("Number of outlets", "outlets", "outlets_at_least"),
    ("Number of origins", "origins", "origins_at_least"),
)
LIMIT, MOST = 50, 500
HITS = 400  # articles among which the words of a search are shown for each story


def call(query: Query) -> Call:
    """The stories that an address asks for."""
    options: dict[str, Any] = filters(query)
    options["by"] = _unless(query.choice("by", tuple(ORDERS)), "latest")
    options["limit"] = _unless(query.number("limit", LIMIT, least=1, most=MOST), LIMIT)
    options["after"] = query.text("after")
    return Call("stories", options=options)


def filters(query: Query) -> dict[str, Any]:
    """What narrows the stories down, without what lets all through."""
    told: dict[str, Any] = {name: query.text(name) for name in TEXTS}
    return told | {name: _unless(query.number(name, usual), usual) for name, usual in NUMBERS.items()}


def _unless(value: Any, usual: Any) -> Any:
    return None if value == usual else value


def facets(shelf: Shelf, found: Any, query: Query) -> dict[str, Any]:
    """What the stories can be narrowed down to."""
    return shelf.remembered(Call("facets", options=filters(query)))


def hits(shelf: Shelf, found: Any, query: Query) -> dict[str, Any]:
    """For each story, the best of its articles that hold the words asked for."""
    words = query.text("words")
    if words is None:
        return {}
    best: dict[str, Any] = {}
    options = {name: query.text(name) for name in ("outlet", "language")}
    for hit in shelf.asked(Call("search", (words,), {**options, "limit": HITS}))["hits"]:
        best.setdefault(hit["story_id"], hit)
    return best


def view(found: Mapping[str, Any], query: Query, beside: Mapping[str, Any]) -> dict[str, Any]:
    """The stories as a list, with what they can be narrowed down to and the next page."""
    words = query.text("words")
    return {
        "title": f"Stories about {words}" if words else "Stories",
        "stories": found["stories"],
        "total": found["total"],
        "hits": beside["hits"] or {},
        "facets": groups(beside["facets"] or {}, query),
        "chosen": chosen(query),
        "orders": ORDERS,
        "by": query.choice("by", tuple(ORDERS)),
        "hidden": {name: query.text(name) for name in FILTERS if name != "words" and query.text(name)},
        "next": query.address(**onward(found, query)) if onward(found, query) else None,
        "first": query.address(after=None) if query.text("after") else None,
        "bare": "/stories",
    }


def onward(found: Mapping[str, Any], query: Query) -> dict[str, Any]:
    """What leads to the next page; nothing where there is none."""
    return {"after": found["next"]} if found["next"] else {}


def chosen(query: Query) -> list[tuple[str, str]]:
    """What the stories are narrowed down to, in words, each with the address of the list without it."""
    told = {
        "words": "with the words “{}”",
        "outlet": "told by {}",
        "language": "in {}",
        "agency": "credited to {}",
        "since": "since {}",
        "until": "until {}",
        "least": "{} or more articles",
        "unique": "{} or more unique texts",
        "outlets": "{} or more outlets",
        "origins": "{} or more origins",
    }
    shown = {"language": language}
    return [
        (told[name].format(shown.get(name, str)(stated)), query.address(**{name: None, "after": None}))
        for name in FILTERS
        if (stated := query.text(name))
    ]


def groups(found: Mapping[str, Any], query: Query) -> list[dict[str, Any]]:
    """The facets that offer a choice, each value with the address of the list narrowed down to it."""
    if not found:
        return []
    made = [
        _group("Month", [_month(one, query) for one in found["months"]]),
        _group("Outlet", [_value("outlet", one, query) for one in found["outlets"]]),
        _group("Agency credited", [_value("agency", one, query) for one in found["agencies"]]),
        _group("Language", [_value("language", one, query, language(one["value"])) for one in found["languages"]]),
        *(_group(title, [_at_least(name, one, query) for one in found[key]]) for title, name, key in AT_LEAST),
    ]
    return [group for group in made if group["values"]]


def _group(name: str, values: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "values": values, "chosen": any(value["chosen"] for value in values)}


def _value(name: str, one: Mapping[str, Any], query: Query, shown: str = "") -> dict[str, Any]:
    """A value to narrow down to; chosen already, it leads to the list without it."""
    is_chosen = query.text(name) == one["value"]
    address = query.address(**{name: None if is_chosen else one["value"], "after": None})
    return {"text": shown or one["value"], "count": one["stories"], "chosen": is_chosen, "address": address}


def _at_least(name: str, one: Mapping[str, Any], query: Query) -> dict[str, Any]:
    return _value(name, one, query, f"{one['value']} or more")


def _month(one: Mapping[str, Any], query: Query) -> dict[str, Any]:
    """A month, as the days from its first on; stories that go on later are told in it too."""
    since, until = days(one["value"])
    is_chosen = (query.text("since"), query.text("until")) == (since, until)
    given = {"since": None, "until": None} if is_chosen else {"since": since, "until": until}
    address = query.address(**given, after=None)
    return {"text": one["value"], "count": one["stories"], "chosen": is_chosen, "address": address}


def days(month: str) -> tuple[str, str]:
    """The first and the last day of a month.

    >>> days("2026-02")
    ('2026-02-01', '2026-02-28')
    """
    from calendar import monthrange

    year, number = map(int, month.split("-"))
    return f"{month}-01", f"{month}-{monthrange(year, number)[1]:02}"


PAGE = Page(
    "/stories", "stories", call, view, {"facets": facets, "hits": hits}, nav="Stories", table=True, onward=onward
)
