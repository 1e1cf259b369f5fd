"""A page's tree walked once: every stretch of text that a reader sees, with the marks that stand around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details",
        "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "label", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
UNSEEN = frozenset(
    {
        "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas",
        "select", "option", "datalist", "textarea", "input", "audio", "video", "map", "meter", "progress",
        "title", "link", "meta", "base",
    }
)  # fmt: skip
FLOWING = frozenset({"p", "li", "blockquote", "figcaption", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"})
ZONES = {
    "nav": "page navigation",
    "footer": "page footer",
    "aside": "sidebar",
    "form": "form",
    "button": "button",
    "dialog": "dialog",
}
ROLES = {
    "navigation": "page navigation",
    "banner": "page header",
    "contentinfo": "page footer",
    "complementary": "sidebar",
    "search": "form",
}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
UNREAD = re.compile(r"\b(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|is-hidden)\b", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\n\f]+")
CLASSES = 200  # characters of a class attribute that are looked at; a huge one says nothing


@dataclass(slots=True)
class Piece:
    """A stretch of a page's text as a reader sees it."""

    text: str
    tag: str  # the innermost element that makes a block
    names: str  # its class and id, and its parent's
    zone: str  # "" in the middle of the page, else which part of the page it stands in
    caption: bool  # it stands in a figcaption
    holder: Any = None  # the element that holds the block, to tell what stands beside it
    linked: float = 0.0  # the part of it that is a link


@dataclass(slots=True)
class _Level:
    """An open block on the way down."""

    tag: str
    names: str
    zone: str
    caption: bool
    element: Any
    holder: Any


@dataclass(slots=True)
class _Walk:
    """Where the walk is: open blocks, and the words since the last one opened or closed."""

    levels: list[_Level] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    links: int = 0
    linked: int = 0
    breaks: int = 0

    def add(self, text: str | None) -> None:
        """Take in text."""
        if not text:
            return
        if not text.isspace():
            self.breaks = 0
            self.linked += len(text) if self.links else 0
        self.words.append(text)

    def flush(self) -> Iterator[Piece]:
        """The piece that the words since the last block make, if they make one."""
        raw = "".join(self.words)
        text = SPACE.sub(" ", raw).strip()
        if text and self.levels:
            level = self.levels[-1]
            part = min(1.0, self.linked / max(1, len(text)))
            yield Piece(text, level.tag, level.names, level.zone, level.caption, level.holder, part)
        self.words.clear()
        self.linked = self.breaks = 0


def pieces(root: Any, *, hidden: bool = False) -> Iterator[Piece]:
    """The page's stretches of text in order; with ``hidden`` also what is not shown before a script shows it."""
    walk = _Walk()
    yield from _open(walk, root)
    open_elements = [(root, iter(root))]  # not recursion, nor lxml's own walk, which slows down on many siblings
    while open_elements:
        element, children = open_elements[-1]
        child = next(children, None)
        if child is None:
            open_elements.pop()
            yield from _close(walk, element)
            walk.add(element.tail if open_elements else None)
        elif not isinstance(child.tag, str) or child.tag in UNSEEN or (not hidden and _hidden(child)):
            walk.add(child.tail)
        else:
            yield from _open(walk, child)
            open_elements.append((child, iter(child)))
    yield from walk.flush()


def _open(walk: _Walk, element: Any) -> Iterator[Piece]:
    if element.tag in BLOCKS or not walk.levels:
        yield from walk.flush()
        walk.levels.append(_level(walk, element, element.tag))
    elif element.tag == "br":
        yield from _break(walk)
    walk.links += element.tag == "a"
    walk.add(element.text)


def _break(walk: _Walk) -> Iterator[Piece]:
    """A line break parts text in a plain box; in running text only two of them do."""
    walk.breaks += 1
    if walk.levels and (walk.levels[-1].tag not in FLOWING or walk.breaks > 1):
        yield from walk.flush()
    else:
        walk.words.append(" ")


def _close(walk: _Walk, element: Any) -> Iterator[Piece]:
    if walk.levels and walk.levels[-1].element is element:
        yield from walk.flush()
        walk.levels.pop()
    elif element.tag == "a" and walk.links:
        walk.links -= 1


def _level(walk: _Walk, element: Any, tag: str) -> _Level:
    above = walk.levels[-1] if walk.levels else None
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"[:CLASSES].casefold()
    zone = ZONES.get(tag) or ROLES.get(element.get("role", ""), "") or (above.zone if above else "")
    caption = tag == "figcaption" or bool(above and above.caption)
    holder = above.element if above and tag in FLOWING else element
    return _Level(tag, f"{names}|{above.names.split('|')[0] if above else ''}", zone, caption, element, holder)


def _hidden(element: Any) -> bool:
    """Whether a reader does not see the element."""
    get = element.get
    if get("hidden") is not None or HIDDEN.search(get("style", "")[:CLASSES]):
        return True
    return bool(UNREAD.search(get("class", "")[:CLASSES]))
