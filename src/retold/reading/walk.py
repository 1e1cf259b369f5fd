"""A page's tree walked once: every piece of text that a reader sees, with the marks that stand around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

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
LETTERS = re.compile(r"[\W_]+")
ASCII = {place: chr(place) if chr(place).isalnum() else None for place in range(128)}  # only letters and figures
SPACE = re.compile(r"[ \t\r\n\f]+")
NAMING = ("class", "id", "itemprop", "data-testid", "data-component")  # attributes in which pages say what a box is
CLASSES = 200  # characters of a class attribute that are looked at; a huge one says nothing
KEPT = frozenset({"br", "hr", "html", "body", "td", "th", "tr"})  # part what stands around them, empty or not
ASIDE = frozenset({"nav", "footer", "aside", "button", "dialog"})  # never an article's: no search need look at them
# A list or a box that is nothing but links leads elsewhere. A list does so from two links on; a box of few links may
# be a paragraph that a page makes a link. A word may stand beside the links, "Topics:"; a sentence may not.
ONLY_LINKS = {"ul": (2, 0.9), "ol": (2, 0.9), "div": (4, 0.95), "section": (4, 0.95)}


class Box(Struct, gc=False, eq=False):
    """An element of the page that makes a block."""

    tag: str
    names: str  # its class, id and the like
    zone: str  # which part of the page it stands in; "" in the middle
    caption: bool  # it stands in a figcaption
    above: Box | None  # the box it stands in; None for the page

    @property
    def holder(self) -> Box:
        """The box that holds the block, to tell what stands beside it."""
        return self.above if self.above is not None and self.tag in FLOWING else self


class Piece(Struct, gc=False, eq=False):
    """A stretch of a page's text as a reader sees it."""

    text: str
    box: Box  # the innermost box around it
    tag: str  # the element that makes the block
    zone: str  # which part of the page it stands in; "" in the middle
    linked: float  # the part of it that is a link
    said: str = ""  # its letters, once they were asked for

    @property
    def names(self) -> str:
        """The names of its box, and those of the box around that."""
        above = self.box.above
        return f"{self.box.names}|{above.names if above is not None else ''}"

    @property
    def caption(self) -> bool:
        """Whether it stands in a figcaption."""
        return self.box.caption

    @property
    def letters(self) -> str:
        """Its letters and figures, to compare by."""
        self.said = self.said or letters(self.text)
        return self.said


class _Open(Struct, gc=False):
    """An element that the walk is in, and how much was found before it."""

    element: Any
    tag: str
    said: int
    led: int
    links: int
    spare: int


class _Walk:
    """Where the walk is: the open box, the open links, and the words since the last box opened or closed."""

    __slots__ = ("box", "breaks", "form", "found", "led", "linked", "links", "open_links", "said", "spare", "words")

    def __init__(self) -> None:
        self.box: Box | None = None
        self.found: list[Piece] = []
        self.words: list[str] = []
        self.breaks = 0
        self.open_links = 0
        self.linked = 0  # characters of the words that are a link
        self.said = self.led = self.links = 0  # characters so far, those in links, and links
        self.form = 0  # characters in the greatest form
        self.spare: list[Any] = []  # elements without anything that could be the article's, outermost only

    def add(self, text: str) -> None:
        """Take in text."""
        if text.isspace():
            if self.words:
                self.words.append(text)
            return
        self.words.append(text)
        self.breaks = 0
        self.said += len(text)
        if self.open_links:
            self.linked += len(text)
            self.led += len(text)

    def open(self, element: Any, tag: str, attributes: Mapping[str, str]) -> _Open:
        """Go into an element."""
        known = _Open(element, tag, self.said, self.led, self.links, len(self.spare))
        if tag in BLOCKS or self.box is None:
            self.flush()
            self.box = _box(self.box, tag, attributes)
        elif tag == "a":
            self.open_links += 1
            self.links += 1
        elif tag == "br":
            self.line_break()
        text = element.text
        if text:
            self.add(text)
        return known

    def line_break(self) -> None:
        """A line break parts text in a plain box; in running text only two of them do."""
        self.breaks += 1
        if self.box is not None and (self.box.tag not in FLOWING or self.breaks > 1):
            self.flush()
        elif self.words:
            self.words.append(" ")

    def close(self, known: _Open) -> None:
        """Go out of an element."""
        tag = known.tag
        if tag in BLOCKS:
            self.flush()
            self.box = self.box.above if self.box is not None else None
            if tag == "form":
                self.form = max(self.form, self.said - known.said)
        elif tag == "a":
            self.open_links -= 1
        if (self.said == known.said and tag not in KEPT) or tag in ASIDE or self._only_links(known):
            self.set_aside(known.element, known.spare)

    def _only_links(self, known: _Open) -> bool:
        """Whether a list or a box leads elsewhere."""
        least = ONLY_LINKS.get(known.tag)
        if least is None or self.links - known.links < least[0]:
            return False
        return self.led - known.led >= least[1] * (self.said - known.said)

    def set_aside(self, element: Any, inside: int | None = None) -> None:
        """Note an element as none of the article's, instead of those ``inside`` it."""
        if inside is not None:
            del self.spare[inside:]
        self.spare.append(element)

    def flush(self) -> None:
        """Make a piece of the words since the last box, if they make one."""
        if self.words and self.box is not None:
            text = SPACE.sub(" ", "".join(self.words)).strip()
            if text:
                box = self.box
                self.found.append(Piece(text, box, box.tag, box.zone, min(1.0, self.linked / len(text))))
                self.linked = 0
            self.words.clear()
        self.breaks = 0


def pieces(root: Any, *, hidden: bool = False) -> list[Piece]:
    """The page's pieces of text in order; with ``hidden`` also what is not shown before a script shows it."""
    return walk(root, hidden=hidden)[0]


def walk(root: Any, *, hidden: bool = False) -> tuple[list[Piece], list[Any]]:
    """The page's pieces of text, and the elements of it, outermost first, that hold nothing of an article."""
    walk = _Walk()
    above = [(walk.open(root, root.tag, root.attrib), iter(root))]  # lxml's own walk slows down on many siblings
    while above:
        known, children = above[-1]
        child = next(children, None)
        if child is None:
            above.pop()
            walk.close(known)
            tail = known.element.tail if above else None
        elif not isinstance(tag := child.tag, str):
            tail = child.tail
        elif tag in UNSEEN or ((attributes := dict(child.items())) and not hidden and _hidden(attributes)):
            walk.set_aside(child)
            tail = child.tail
        else:
            above.append((walk.open(child, tag, attributes), iter(child)))
            tail = None
        if tail:
            walk.add(tail)
    walk.flush()
    if 2 * walk.form > walk.said:  # a page in a form, as some kits build them: it is none for the reader
        for piece in walk.found:
            piece.zone = "" if piece.zone == ZONES["form"] else piece.zone
    return walk.found, walk.spare


def _box(above: Box | None, tag: str, attributes: Mapping[str, str]) -> Box:
    zone, caption = (above.zone, above.caption) if above is not None else ("", False)
    names = ""
    if attributes:
        names = " ".join([attributes[name][:CLASSES] for name in NAMING if attributes.get(name)]).casefold()[:CLASSES]
        zone = ROLES.get(attributes.get("role", ""), zone)
    return Box(tag, names, ZONES.get(tag, zone), caption or tag == "figcaption", above)


def _hidden(attributes: Mapping[str, str]) -> bool:
    """Whether a reader does not see the element."""
    style, named = attributes.get("style"), attributes.get("class")
    return bool(
        "hidden" in attributes
        or (style and HIDDEN.search(style[:CLASSES]))
        or (named and UNREAD.search(named[:CLASSES]))
    )


def letters(text: str) -> str:
    """A text's letters and figures, to compare by."""
    low = text.casefold()
    return low.translate(ASCII) if low.isascii() else LETTERS.sub("", low)  # the first is three times as fast
