"""A page: its text as a reader sees it, the article's part by extraction, kinds by marks first and words second."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import lxml.html
from lxml.etree import LxmlError

from retold.model.errors import SourceError
from retold.model.records import Version
from retold.reading.body import body
from retold.reading.lines import MOST, Line
from retold.reading.metadata import metadata
from retold.reading.pagekinds import give_page_kinds
from retold.reading.pagewords import SHIPPED, page_words
from retold.reading.versions import Metadata, check_text, version
from retold.reading.walk import Piece, pieces
from retold.text.languages import UNKNOWN, detect

DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
BETWEEN = "\n\n"
NO_ARTICLE = (
    "is a page without an article: no paragraph of running text was found in it. "
    "The page of one article is wanted; save it after it has loaded in full, or give its text."
)


def read_page(page: str, *, source: str, stated: Metadata | None = None) -> Version:
    """The version that a page holds; raises SourceError where it holds no article."""
    stated = stated or Metadata()
    check_text(page, source)
    tree = _tree(page, source)
    found, chosen = _article(tree, source)
    declared, summary = metadata(tree)
    return _version(found, chosen, source=source, stated=stated, declared=declared, summary=summary)


def _article(tree: Any, source: str) -> tuple[list[Piece], set[int]]:
    """The page's pieces, and which of them are the article's; a page hidden until its script runs is read as shown."""
    for hidden in (False, True):
        found = list(pieces(tree, hidden=hidden))
        if len(found) > MOST:
            raise SourceError(source, f"is a page of over {MOST:,} pieces of text. The page of one article is wanted.")
        chosen = body(tree, found) if found else set()
        if chosen:
            return found, chosen
    raise SourceError(source, NO_ARTICLE)


def _tree(page: str, source: str) -> Any:
    """The page's tree."""
    try:
        return lxml.html.document_fromstring(DECLARATION.sub("", page).replace("\0", ""))
    except (LxmlError, ValueError):
        raise SourceError(source, NO_ARTICLE) from None


def _version(
    found: Sequence[Piece], chosen: set[int], *, source: str, stated: Metadata, declared: Metadata, summary: str
) -> Version:
    text, lines = _lines(found)
    language = stated.language or _language("\n".join(found[place].text for place in sorted(chosen)), declared.language)
    words = page_words(language)
    title = give_page_kinds(lines, found, chosen, words, title=stated.title or declared.title, summary=summary)
    known = stated.or_else(Metadata(title=title)).or_else(replace(declared, language=language))
    try:
        return version(text, lines, words, source=source, language=language, stated=known)
    except SourceError:
        raise SourceError(source, NO_ARTICLE) from None


def _lines(found: Sequence[Piece]) -> tuple[str, list[Line]]:
    """The version's text, and its pieces as lines of it."""
    lines: list[Line] = []
    start = 0
    for piece in found:
        lines.append(Line(piece.text, start, tied=False))
        start += len(piece.text) + len(BETWEEN)
    return BETWEEN.join(piece.text for piece in found), lines


def _language(text: str, declared: str | None) -> str:
    """The article's language: pages declare it wrongly, so words come first where we know the language's words."""
    if declared and declared not in SHIPPED:
        return declared
    detected = detect(text)
    return declared if detected == UNKNOWN and declared else detected
