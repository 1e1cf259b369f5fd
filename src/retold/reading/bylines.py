"""Who wrote an article, as its page declares it: names, without "By", roles, addresses and handles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import chain, islice
from typing import Any

from retold.text.agencies import house

NAMED = (
    "article:author_name", "author", "article:author", "byl", "byline", "dc.creator", "dcterms.creator", "authors",
    "parsely-author", "sailthru.author", "cxenseparse:author", "mrf:authors", "article.author", "creator",
    "og:article:author",
)  # fmt: skip
MOST = 12  # authors of one article
FEW = 4  # bylines that a page shows for one article; more stand at links to others
LONGEST = 60  # characters of a name, and of a byline's element around it
BY = re.compile(
    r"^(?:(?:written|reported|story|words|text|posted|published|analysis)\s+by|by|von|von:|por|par|di|door|av|af|przez|autor(?:a|en|es)?|"
    r"auteurs?|authors?|text|texte|texto|автор[ы]?|بقلم)\b\s*:?\s+",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\(?\s*(?:https?://|www\.)\S+|\S+@\S+|(?<!\S)@\w+")
BRACKETS = re.compile(r"\([^()]{0,60}\)")  # "(AP)", "(cog)"
PARTED = re.compile(r"\s*[;|/•·]\s*|\s*,\s*|\s+(?:and|und|y|et|e|en|och|og|i|и|与|with|mit|&)\s+|\s+[-–—]\s+")
ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|staff writer|journalist|columnist|contributor|producer|"
    r"redakteur(?:in)?|korrespondent(?:in)?|"
    r"reporter(?:in)?|chef(?:redakteur)?|journaliste|correspondant|rédact(?:eur|rice)|corresponsal|periodista|analyst|photographer|"
    r"professor|director|university|universitetas|bureau chief|head of|germany|deutschland)\b|기자",
    re.IGNORECASE,
)
HANDLE = re.compile(
    r"[a-z0-9_.-]*[0-9_-][a-z0-9_.-]*|admin|administrator|null|none|undefined|unknown|webmaster|guest", re.IGNORECASE
)
WORD = re.compile(r"[^\W\d_]")
BYLINES = (
    "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author' and not(.//*[@itemprop='name'])]",
    "//a[@rel='author']",
    "//article//*[contains(@class,'author') or contains(@class,'byline') or "
    "contains(@class,'Byline') or contains(@class,'Author')]"
    "//a[contains(@href,'auto') or contains(@href,'author') or contains(@href,'auteur') or contains(@href,'/profil')]",
)


def author(
    tree: Any, metas: Iterable[tuple[str, str]], linked: Mapping[str, Any], things: Mapping[str, Any]
) -> str | None:
    """The article's authors, ", " between them; None where the page declares none.

    Persons come first; a house stands as author only where the page declares nobody else.
    """
    persons = [name for kind, name in _linked(linked.get("author") or linked.get("creator"), things) if kind != "house"]
    houses = [name for kind, name in _linked(linked.get("author"), things) if kind == "house"]
    metas = list(metas)
    named = [[content for name, content in metas if name == wanted] for wanted in NAMED]
    for found in chain((persons, *named), _shown(tree), (houses,)):  # the page is searched where nothing is declared
        clean = names(found)
        if clean and not (found is not houses and set(clean) <= set(names(houses))):
            return ", ".join(dict.fromkeys([*clean, *filter(house, names(houses))]))  # an agency beside its reporter
    return ", ".join(names(houses)) or None


def _linked(value: Any, things: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each author in JSON-LD, with what it is: "house" or "person"."""
    for each in islice(value if isinstance(value, list) else [value], MOST):
        thing = each
        if isinstance(each, dict) and not each.get("name") and each.get("@id") in things:
            thing = things[each["@id"]]
        if isinstance(thing, str):
            yield "person", thing
        elif isinstance(thing, dict):
            yield _kind(thing), _name(thing)


def _kind(thing: Mapping[str, Any]) -> str:
    kind = str(thing.get("@type", ""))
    return "house" if "Organization" in kind or "Corporation" in kind or thing.get("logo") else "person"


def _name(thing: Mapping[str, Any]) -> str:
    name = thing.get("name") or thing.get("byline")
    if isinstance(name, list):
        name = ", ".join(each for each in name if isinstance(each, str))
    if isinstance(name, str) and name:
        return name
    parts = (thing.get("givenName"), thing.get("familyName"))
    return " ".join(part for part in parts if isinstance(part, str))


def _shown(tree: Any) -> Iterator[list[str]]:
    """The names that the page shows in a byline's marks."""
    for path in BYLINES:
        found = [_shown_text(each) for each in islice(tree.xpath(path), MOST)]
        few = list(dict.fromkeys(text for text in found if 0 < len(text) <= LONGEST))
        yield few if len(few) <= FEW else []


def _shown_text(element: Any) -> str:
    content = element.get("content")
    return " ".join((content or element.text_content() or "").split())


def names(told: Iterable[str]) -> list[str]:
    """The names in bylines, each once.

    >>> names(["By Jane Doe, political editor and John Roe", "jane.doe@courier.example"])
    ['Jane Doe', 'John Roe']
    """
    found: dict[str, str] = {}
    for each in told:
        text = " ".join(BRACKETS.sub(_house, ADDRESS.sub(" ", unescape(each))).split())
        for part in PARTED.split(BY.sub("", text)):
            name = BY.sub("", part or "").strip(" \t,.;:|()[]*-–—")
            if name and _is_name(name):
                found.setdefault(name.casefold(), name)
    return list(found.values())[:MOST]


def _house(bracket: re.Match[str]) -> str:
    """What stays of a bracket: a known agency, "Jane Doe (AP)"."""
    return f", {house(bracket[0])}, " if house(bracket[0]) else " "


def _is_name(name: str) -> bool:
    """Whether a part of a byline is a name: no role, no handle, no sentence."""
    words = name.split()
    if not WORD.search(name) or len(name) > LONGEST or len(words) > 6:
        return False
    return not ROLE.search(name) and not (len(words) == 1 and HANDLE.fullmatch(name))
