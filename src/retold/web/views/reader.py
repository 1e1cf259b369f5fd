"""The reader: articles of a story side by side, passage by passage, with every edit; base and versions at choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from retold.archive import comparisons
from retold.model.errors import UsageError
from retold.pictures import panes
from retold.pictures.edits import CLASSES
from retold.pictures.report import reading
from retold.pictures.words import FEW, many, outlet, plain
from retold.web.addresses import Call, Query
from retold.web.pages import Compares, Page, Shelf
from retold.web.views.tabs import known, tabs

if TYPE_CHECKING:
    from retold.archive.archive import Archive
    from retold.web.asides import Said

MOST = 200  # articles that can be put side by side
MOST_IN_PANES = 3000  # edits in two panes, which have to be laid out as a whole to be scrolled together
SUGGESTED = 100  # of a story with more, so many are offered
CHOICES = ("base", "with", "more", "also")
VIEWS = {"rows": "Rows", "panes": "Two panes", "apparatus": "One text and its readings"}
USUAL = "style"  # the class of edits that is not shown unless asked for
NONE = "none"  # what `off` says where no class is off


@dataclass(frozen=True, slots=True)
class Reading(Call):
    """The comparison of some articles, of which the page is made aside, and the twin at once."""

    story: str = ""

    def of(self, archive: Archive) -> Sides:
        """The articles that are to be read."""
        return Sides(archive, self)


@dataclass(frozen=True)
class Sides:
    """Articles of an archive that are to be read side by side."""

    archive: Archive
    asked: Reading

    @cached_property
    def story(self) -> dict[str, Any]:
        """The story; raises UsageError where there is none."""
        return self.archive.story(self.asked.story).to_dict()

    @cached_property
    def articles(self) -> list[str]:
        """The ids of the articles; raises UsageError for a name that is none of the story's."""
        if self.asked.names == (self.asked.story,):
            return [telling["article_id"] for telling in self.story["tellings"]]
        known = _known(self.story["tellings"])
        for name in self.asked.names:
            if name not in known:
                raise UsageError(f"{name[:80]!r} is no article of this story.")
        return list(dict.fromkeys(known[name] for name in self.asked.names))

    def to_dict(self) -> dict[str, Any]:
        """The story and the ids of its articles that are read."""
        return {"story": self.story, "articles": self.articles}

    def compares(self) -> Compares:
        """The versions whose comparison is the JSON document; raises UsageError where they are too few or too many."""
        comparisons.check(len(self.articles))
        return self.archive.versions(*self.articles), []


def _known(tellings: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What articles may be called, and their ids."""
    found = {name: telling["article_id"] for telling in tellings for name in [*telling["source_ids"], telling["url"]]}
    return found | {telling["article_id"]: telling["article_id"] for telling in tellings}


def call(query: Query) -> Reading:
    """The comparison that an address asks for: of the articles named in it, or of all that tell the story."""
    query.choice("view", ("", *VIEWS))
    off(query)
    story, names = query.named["story"], chosen(query)
    return Reading("compare", tuple(names) if len(names) > 1 else (story,), story=story)


def chosen(query: Query) -> list[str]:
    """The articles named in an address, the base first."""
    told = [name.strip() for field in CHOICES for name in (query.text(field) or "").split(",")]
    return list(dict.fromkeys(name for name in told if name))


def compared(shelf: Shelf, found: Sides, query: Query) -> dict[str, Any] | None:
    """The comparison itself; None where there are too few or too many articles for it."""
    return shelf.aside.compared(*found.compares())


def _origins(shelf: Shelf, found: Sides, query: Query) -> dict[str, Any]:
    """The origins of the story, for its tabs."""
    return shelf.remembered(Call("origins", (found.story["id"],), only={"limit": None, "text": False}))


def _said(shelf: Shelf, found: Sides, query: Query) -> Said | None:
    """How many statements the story has, where that is known already."""
    return known(shelf, found.story["id"])


def view(found: Mapping[str, Any], query: Query, beside: Mapping[str, Any]) -> dict[str, Any]:
    """The articles side by side, and the choice of others."""
    story, ids, document = found["story"], found["articles"], beside["compared"]
    base = _base(query, story, ids)
    order = [base, *(name for name in ids if name != base)] if base in ids else ids
    fits = document is None or len(document["edits"]) <= MOST_IN_PANES
    manner = _manner(query, len(ids), panes=fits)
    told = _drawn(document, ids, order, manner, bool(chosen(query))) if document else {}
    return {
        "title": f"Read: {plain(story['title']) or 'story'}",
        "story": story,
        "tabs": tabs(story["id"], "read", {**beside, "story": story}),
        "choice": _choice(query, story, order),
        "versions": _versions(query, document, ids, order),
        "views": _views(query, manner, order, panes=fits),
        "pairs": _pairs(query, story, order),
        "problem": _problem(query, story, ids),
        "manner": manner,
        "off": off(query),
        "only": query.text("only") is not None,
        "drawn": told,
        "long": told.get("long", False),
    }


def _base(query: Query, story: Mapping[str, Any], ids: Sequence[str]) -> str | None:
    """The article that stands first; raises UsageError where the one asked for is not read."""
    stated = query.text("base")
    if stated is None:
        return ids[0] if ids else None
    found = _known(story["tellings"]).get(stated, stated)
    if found not in ids:
        raise UsageError(f"base={stated[:80]!r} is none of the articles that are read here.")
    return found


def off(query: Query) -> list[str]:
    """The classes of edits that are not shown; raises UsageError for a class that is none."""
    stated = (query.text("off") or USUAL).split(",")
    for kind in stated:
        if kind not in (*CLASSES, NONE):
            raise UsageError(f"off={kind[:40]!r} is none of {', '.join((*CLASSES, NONE))}.")
    return [kind for kind in CLASSES if kind in stated]


def _manner(query: Query, count: int, *, panes: bool) -> str:
    """How the articles are shown: as asked for, if there are neither too few nor too many for it, and for two panes
    not too much in them."""
    asked = query.text("view") or "rows"
    if count > FEW or asked == "apparatus":
        return "apparatus"
    return "panes" if asked == "panes" and count == 2 and panes else "rows"


def _drawn(
    document: Mapping[str, Any], ids: Sequence[str], order: Sequence[str], manner: str, has_base: bool
) -> dict[str, Any]:
    """What the pictures make of a comparison, the base first; an apparatus without a base shows the fullest text."""
    keys = dict(zip(ids, (article["key"] for article in document["articles"]), strict=True))
    columns = [keys[name] for name in order]
    told = reading(document, columns, apparatus=manner == "apparatus", base=columns[0] if has_base else "")
    return told | {"panes": panes.panes(told["view"], told["rows"]) if manner == "panes" else []}


def _choice(query: Query, story: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    """What the form shows: each field with its articles, and what it keeps of the address."""
    named = [{"id": telling["article_id"], "text": _named(telling)} for telling in story["tellings"]]
    others = order[1:] if len(chosen(query)) > 1 else []
    kept = {name: query.text(name) for name in ("view", "off", "only") if query.text(name)}
    return {
        "articles": named,
        "base": order[0] if order else "",
        "with": others[0] if others else "",
        "all": len(named) <= MOST,
        "hidden": kept | ({"more": ",".join(others[1:])} if len(others) > 1 else {}),
        "others": [one for one in named if one["id"] not in order],
    }


def _named(telling: Mapping[str, Any]) -> str:
    """An article in a list to choose from: outlet, time, title."""
    from retold.pictures.lineages import minute

    when = f", {minute(telling['published'])}" if telling["published"] else ""
    title = plain(telling["title"] or "no title")
    return f"{plain(telling['outlet'] or 'outlet not stated')[:40]}{when}: {title[:60]}{'…' if len(title) > 60 else ''}"


def _versions(
    query: Query, document: Mapping[str, Any] | None, ids: Sequence[str], order: Sequence[str]
) -> list[dict[str, Any]]:
    """The articles that are read, the base first, each with the addresses that make it the base or leave it out."""
    if document is None:
        return []
    by_id = dict(zip(ids, document["articles"], strict=True))
    return [
        {
            "id": name,
            "key": by_id[name]["key"],
            "outlet": outlet(by_id[name]),
            "title": by_id[name]["title"],
            "published": by_id[name]["published"],
            "words": by_id[name]["words"],
            "is_base": at == 0,
            "as_base": _with(query, [name, *(one for one in order if one != name)], everything=_is_all(query)),
            "without": _with(query, [one for one in order if one != name]) if len(order) > 2 else None,
        }
        for at, name in enumerate(order)
    ]


def _is_all(query: Query) -> bool:
    """Whether all articles of the story are read."""
    return len(chosen(query)) < 2


def _with(query: Query, names: Sequence[str], *, everything: bool = False, **more: str | None) -> str:
    """The address of the reader with other articles; ``everything``: with all of the story."""
    others = None if everything else ",".join(names[1:])
    return query.address(**{"base": names[0], "with": others, "more": None, "also": None, **more})


def _views(query: Query, manner: str, order: Sequence[str], *, panes: bool) -> list[dict[str, Any]]:
    """The ways to show the articles; those for which there are too many lead to fewer. Without ``panes`` there is too
    much in the articles to put them in two."""
    if len(order) < 2:
        return []
    few = _with(query, order, everything=_is_all(query), view=None)
    addresses = {
        "rows": few if len(order) <= FEW else _with(query, order[:FEW], view=None),
        "panes": _with(query, order[:2], view="panes"),
        "apparatus": _with(query, order, everything=_is_all(query), view="apparatus"),
    }
    notes = {"rows": FEW if len(order) > FEW else 0, "panes": 2 if len(order) > 2 else 0, "apparatus": 0}
    return [
        {
            "text": text + (f" of the first {notes[name]}" if notes[name] else ""),
            "address": addresses[name],
            "current": name == manner,
        }
        for name, text in VIEWS.items()
        if panes or name != "panes" or len(order) > 2
    ]


def _pairs(query: Query, story: Mapping[str, Any], order: Sequence[str]) -> list[dict[str, Any]]:
    """Where two articles are read: the one before and the one after, with the same base."""
    among = (
        [telling["article_id"] for telling in story["tellings"] if telling["article_id"] != order[0]] if order else []
    )
    if len(order) != 2 or order[1] not in among or len(among) < 2:
        return []
    at = among.index(order[1])
    steps = (("Previous pair", -1), ("Next pair", 1))
    return [
        {"text": text, "step": step, "address": _with(query, [order[0], among[(at + step) % len(among)]])}
        for text, step in steps
    ]


def _problem(query: Query, story: Mapping[str, Any], ids: Sequence[str]) -> dict[str, str]:
    """Why nothing is put side by side, and what can be read instead; empty where all is well."""
    if len(ids) < 2:
        return {"text": "One article alone tells this story: there is nothing to put beside it.", "address": ""}
    if len(ids) > MOST:
        first = [telling["article_id"] for telling in story["tellings"][:SUGGESTED]]
        told = f"{many(len(ids), 'article')} cannot be put side by side; up to {MOST} can. Choose two, or"
        return {"text": told, "address": _with(query, first), "link": f"read the earliest {SUGGESTED}"}
    return {}


PAGE = Page(
    "/stories/{story}/read",
    "reader",
    call,
    view,
    {"compared": compared, "origins": _origins, "said": _said},
    script="reader.js",
    compares=True,
)
