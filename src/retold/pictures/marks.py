"""Marks on an article's own words: HTML from offsets into the text, never from words put together again.

What a browser shows of a marked passage, without the hidden gaps, is the article's text to the letter.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

from markupsafe import Markup
from markupsafe import escape as safe

from retold.pictures.edits import Ways
from retold.pictures.words import plain

Span = Sequence[int]

LONGEST = 400  # characters of a title that are shown; real ones have under 200

BREAK = re.compile(r"\n[^\S\n]*\n")
LINE = '<span class="gap"><br></span>'
GAP = '<span aria-hidden="true"> </span>'
INVISIBLE = {0: "\ufffd"}  # HTML knows no NUL; a browser would drop it or stop there


@dataclass(frozen=True, slots=True)
class Mark:
    """An edit at its place in one article; ``name`` is its id on the page, ``element`` is span, ins or del."""

    start: int
    end: int
    kind: str
    edit: str
    name: str = ""
    element: str = "span"


def marks(edits: Iterable[Mapping[str, Any]], key: str, certain: Ways) -> list[Mark]:
    """Return the marks of an article, in the text's order."""
    found = [
        Mark(*_words(side), edit["class"], edit["id"], f"{edit['id']}-{key}", certain.tag(edit, key))
        for edit in edits
        if (side := edit["sides"].get(key))
    ]
    return sorted(found, key=lambda mark: (mark.start, -mark.end))


def _words(side: Mapping[str, Any]) -> tuple[int, int]:
    """Return where a side's words stand; an edit holds a space to be replayed, a line below it would only mislead."""
    text: str = side["text"]
    if not text.strip():
        return side["start"], side["end"]
    return side["start"] + len(text) - len(text.lstrip()), side["end"] - len(text) + len(text.rstrip())


def marked(text: str, spans: Sequence[Span], found: Sequence[Mark]) -> str:
    """Return a passage of an article as paragraphs of HTML, with its marks."""
    named: set[str] = set()
    parts: list[str] = []
    before: int | None = None
    for start, end in spans:
        parts.append(_joint(text, before, start))
        here = [mark for mark in found if mark.end >= start and mark.start <= end]
        parts.append(_stretch(text, (start, end), here, named))
        before = end
    return f"<p>{''.join(parts)}</p>" if parts else ""


def _joint(text: str, before: int | None, start: int) -> str:
    """Return what parts two spans on the page: a hidden space within a paragraph, else a new paragraph."""
    between = text[before:start] if before is not None else ""
    if before is None or before == start:
        return ""
    return "</p><p>" if between.strip() or BREAK.search(between) or before > start else GAP


def _stretch(text: str, span: Span, found: Sequence[Mark], named: set[str]) -> str:
    """Return one span with its marks; a mark across others' borders is cut in pieces, and only the first is named."""
    start, end = span
    if not found:
        return letters(text[start:end])
    carets: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in found:
        if mark.start == mark.end:
            carets[mark.start].append(mark)
    spread = deque(sorted((mark for mark in found if mark.start != mark.end), key=lambda mark: mark.start))
    borders = {place for mark in found for place in (mark.start, mark.end) if start < place < end}
    over: list[Mark] = []
    parts: list[str] = []
    for left, right in pairwise(sorted({start, end, *borders})):
        parts += _carets(carets[left], named)
        while spread and spread[0].start <= left:
            over.append(spread.popleft())
        over = [mark for mark in over if mark.end > left]
        parts.append(_dressed(letters(text[left:right]), over, named))
    parts += _carets(carets[end], named)
    return "".join(parts)


def _carets(carets: Iterable[Mark], named: set[str]) -> list[str]:
    """Return the carets of a place: drawn by the style sheet, so that a search finds the words across them."""
    here = [mark for mark in carets if mark.edit not in named]
    told = [f'<span class="caret {mark.kind}"{_name(mark, named)} aria-hidden="true"></span>' for mark in here]
    named.update(mark.edit for mark in here)
    return told


def _dressed(inner: str, over: Iterable[Mark], named: set[str]) -> str:
    """Return words inside the marks that cover them, the longest outside."""
    for mark in reversed(list(over)):
        inner = f'<{mark.element} class="m {mark.kind}"{_name(mark, named)}>{inner}</{mark.element}>'
        named.add(mark.edit)
    return inner


def _name(mark: Mark, named: set[str]) -> str:
    """Return what says which edit a mark is of: its own id, "E7-A"; for a further piece of it the edit's."""
    if mark.name and mark.edit not in named:
        return f' id="{escape(mark.name)}"'
    return f' data-e="{escape(mark.edit)}"'


def letters(text: str) -> str:
    """Return text as HTML, escaped; a blank line within it also breaks the line on the page."""
    safe = escape(text.translate(INVISIBLE))
    return BREAK.sub(lambda gap: gap[0] + LINE, safe) if "\n" in safe else safe


def shown(text: str | None, otherwise: str = "") -> Markup:
    """A text of an article on one line, kept apart from the direction of what stands around it; no title is so long
    that it fills a screen.

    >>> shown("Fog <b>lifts</b>")
    Markup('<bdi>Fog &lt;b&gt;lifts&lt;/b&gt;</bdi>')
    """
    told = plain(text or "")
    if len(told) > LONGEST:
        told = told[:LONGEST].rstrip() + "…"
    return Markup("<bdi>{}</bdi>").format(told) if told else Markup(safe(otherwise))
