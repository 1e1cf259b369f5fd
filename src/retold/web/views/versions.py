"""Two versions of one article side by side: here it is known which came first, and so what was cut and added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from retold.archive import comparisons
from retold.pictures import history, panes
from retold.pictures.edits import CLASSES
from retold.pictures.report import reading
from retold.pictures.words import many, plain
from retold.web.addresses import Call, Query
from retold.web.pages import Compares, Page, Shelf
from retold.web.views.reader import VIEWS, off

if TYPE_CHECKING:
    from retold.archive.archive import Archive

WAYS = ("rows", "panes")
CONTENT = ",".join(kind for kind in CLASSES if kind != "content")  # what is switched off to see edits of content alone


@dataclass(frozen=True, slots=True)
class Pair(Call):
    """The comparison of two versions of an article, of which the page is made aside, and the twin at once."""

    article: str = ""

    def of(self, archive: Archive) -> Chosen:
        """The versions that are to be read."""
        return Chosen(archive, self)


@dataclass(frozen=True)
class Chosen:
    """Two versions of an article of an archive, and its history."""

    archive: Archive
    asked: Pair

    @cached_property
    def history(self) -> dict[str, Any]:
        """All its versions; raises UsageError where there is no such article."""
        return self.archive.revisions(self.asked.article).to_dict()

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of the versions that are read, the earlier first; raises UsageError where there are none such."""
        known = [version["version_id"] for version in self.history["versions"]]
        return [known.index(version.id) + 1 for version in self.archive.versions(*self.asked.names)]

    def to_dict(self) -> dict[str, Any]:
        """The history of the article, and which of its versions are read."""
        return {"history": self.history, "numbers": self.numbers}

    def compares(self) -> Compares:
        """The versions whose comparison is the JSON document, and which of them is the earlier; raises UsageError where
        both are the same."""
        comparisons.check(len(self.numbers))
        versions = self.archive.versions(*self.asked.names)
        return versions, self.archive.revised(versions)


def call(query: Query) -> Pair:
    """The versions that an address asks for; those that it does not name are the first and the newest."""
    query.choice("view", WAYS)
    off(query)
    article, newest = query.named["article"], 0
    one, other = query.number("from", 1, least=1), query.number("to", newest, least=1)
    first, last = (other, one) if newest < other < one else (one, other)
    return Pair("compare", (f"{article}@{first}", f"{article}@{last}" if last else article), article=article)


def compared(shelf: Shelf, found: Chosen, query: Query) -> dict[str, Any] | None:
    """The comparison itself; None where both are the same version."""
    return shelf.aside.compared(*found.compares())


def view(found: Mapping[str, Any], query: Query, beside: Mapping[str, Any]) -> dict[str, Any]:
    """Two versions side by side, and the way to all others."""
    told, numbers = found["history"], found["numbers"]
    versions, document = told["versions"], beside["compared"]
    manner = query.choice("view", WAYS)
    return {
        "title": f"Versions: {plain(versions[-1]['title'] or '') or 'article'}",
        "article": told,
        "newest": versions[-1],
        "versions": listed(told, numbers, query),
        "numbers": [numbers[0], numbers[-1]],
        "strip": history.strip(versions, told["steps"], shown=numbers, address=_step(query)),
        "has_style": any(change.style for change in history.changes(told["steps"])),
        "pairs": pairs(numbers, len(versions), query),
        "views": [
            {
                "text": VIEWS[name],
                "address": query.address(view=None if name == "rows" else name),
                "current": name == manner,
            }
            for name in WAYS
        ],
        "content": query.address(off=CONTENT),
        "is_content": off(query) == CONTENT.split(","),
        "hidden": {name: query.text(name) for name in ("view", "off", "only") if query.text(name)},
        "manner": manner,
        "off": off(query),
        "only": query.text("only") is not None,
        "drawn": _drawn(document, numbers, manner) if document else {},
        "problem": problem(numbers, len(versions)),
        "long": False,
    }


def _step(query: Query) -> str:
    """The address of two versions, up to the number of the first."""
    return query.address(**{"from": None, "to": None}) + ("&" if _kept(query) else "?") + "from="


def _kept(query: Query) -> bool:
    return "?" in query.address(**{"from": None, "to": None})


def listed(told: Mapping[str, Any], numbers: Sequence[int], query: Query) -> list[dict[str, Any]]:
    """All versions, each with what it changed, in words counted, and the address that shows it."""
    changed = [None, *history.changes(told["steps"])]
    return [
        {
            **version,
            "number": number,
            "stood": history.stood(version),
            "changed": changed[number - 1],
            "address": query.address(**{"from": number - 1, "to": number}) if number > 1 else None,
            "is_read": number in numbers,
        }
        for number, version in enumerate(told["versions"], 1)
    ]


def pairs(numbers: Sequence[int], count: int, query: Query) -> list[dict[str, Any]]:
    """The versions one step before and one step after those that are read, as long as there are such."""
    if len(numbers) < 2:
        return []
    first, last = numbers
    steps = (("Earlier versions", -1, first - 1), ("Later versions", 1, last))
    return [
        {"text": text, "step": step, "address": query.address(**{"from": at, "to": at + 1})}
        for text, step, at in steps
        if 1 <= at < count
    ]


def problem(numbers: Sequence[int], count: int) -> str:
    """Why nothing is put side by side; empty where all is well."""
    if len(numbers) > 1:
        return ""
    return (
        "Choose two different versions." if count > 1 else f"There is {many(count, 'version')} of this article alone."
    )


def _drawn(document: Mapping[str, Any], numbers: Sequence[int], manner: str) -> dict[str, Any]:
    """What the pictures make of the comparison, the earlier version first; the outlet is one, so each column is called
    by its version."""
    named = [
        {**article, "outlet": f"version {number}"}
        for article, number in zip(document["articles"], numbers, strict=True)
    ]
    told = reading({**document, "articles": named}, [article["key"] for article in named], apparatus=False)
    return told | {"panes": panes.panes(told["view"], told["rows"]) if manner == "panes" else []}


PAGE = Page(
    "/articles/{article}/versions", "versions", call, view, {"compared": compared}, script="reader.js", compares=True
)
