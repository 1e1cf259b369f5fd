"""The tabs of a story: only those behind which there is something, each with how much."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Tab(NamedTuple):
    """A page about a story: its name, the end of its address, and how much it shows, None where it is not counted."""

    name: str
    title: str
    ending: str
    shows: Callable[[Mapping[str, Any]], int | None]


def _always(beside: Mapping[str, Any]) -> int | None:
    return None


def _taken_over(beside: Mapping[str, Any]) -> int | None:
    """How many origins several articles carry."""
    if beside.get("lineage"):
        return len(beside["lineage"]["origins"])
    known = beside.get("origins")
    return sum(len(origin["members"]) > 1 for origin in known["origins"]) if known else 0


def _read(beside: Mapping[str, Any]) -> int | None:
    return None if beside["story"]["articles"] > 1 else 0


# One more page about a story is a line here; a number of 0 hides it.
TABS = (
    Tab("story", "Story", "", _always),
    Tab("read", "Read", "/read", _read),
    Tab("lineage", "Lineage", "/lineage", _taken_over),
)


def tabs(story: str, current: str, beside: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The tabs of a story; the ``current`` one is the page that shows them."""
    told = [(tab, tab.shows(beside)) for tab in TABS]
    return [
        {"title": tab.title, "address": f"/stories/{story}{tab.ending}", "count": count, "current": tab.name == current}
        for tab, count in told
        if count != 0 or tab.name == current
    ]
