"""The tabs of a story: only those behind which there is something, each with how much."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from retold.web.asides import Said
    from retold.web.pages import Shelf


class Tab(NamedTuple):
    """A page about a story: its name, the end of its address, and how much it shows, None where it is not counted;
    its ``shortcut`` leads to a ``part`` of it."""

    name: str
    title: str
    ending: str
    shows: Callable[[Mapping[str, Any]], int | None]
    shortcut: str = ""
    part: str = ""


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


def known(shelf: Shelf, story: str) -> Said | None:
    """How many statements a story has, where nobody need wait for it."""
    return shelf.aside.said(shelf.archive.evidence_state(story))


def _said(beside: Mapping[str, Any]) -> int | None:
    """How many statements are told; None where they were not read yet."""
    known = beside.get("said")
    return known.total if known else None


# One more page about a story is a line here; a number of 0 hides it.
TABS = (
    Tab("story", "Story", "", _always, "Alt+M", "#coverage"),
    Tab("read", "Read", "/read", _read),
    Tab("lineage", "Lineage", "/lineage", _taken_over),
    Tab("statements", "Statements", "/statements", _said, "Alt+L"),
)


def tabs(story: str, current: str, beside: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The tabs of a story; the ``current`` one is the page that shows them."""
    told = [(tab, tab.shows(beside)) for tab in TABS]
    return [
        {
            "title": tab.title,
            "address": f"/stories/{story}{tab.ending}",
            "count": count,
            "current": tab.name == current,
            "shortcut": tab.shortcut,
            "part": tab.part,
        }
        for tab, count in told
        if count != 0 or tab.name == current
    ]
