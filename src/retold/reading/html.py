"""A page: its text as a reader sees it, the article's part by extraction, kinds by marks first and words second."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import lxml.html
from lxml.etree import ElementDefaultClassLookup, LxmlError

from retold.model.errors import SourceError
from retold.model.records import Version
from retold.reading.body import body
from retold.reading.lines import MOST, LateLine, Line
from retold.reading.metadata import metadata
from retold.reading.pagekinds import give_page_kinds
from retold.reading.pagewords import SHIPPED, page_words
from retold.reading.versions import Metadata, check_text, version
from retold.reading.walk import Piece, letters, walk
from retold.text.languages import UNKNOWN, detect

DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
TITLE = 4  # words of a title that is one without its kicker
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
    declared, summary = metadata(tree)  # first: the search for the article uses the tree up
    found, chosen = _article(tree, page, source)
    return _version(found, chosen, source=source, stated=stated, declared=declared, summary=summary)


def _article(tree: Any, page: str, source: str) -> tuple[list[Piece], set[int]]:
    """The page's pieces, and which of them are the article's; a page hidden until its script runs is read as shown."""
    for hidden in (False, True):
        whole = _tree(page, source) if hidden else tree
        found, spare = walk(whole, hidden=hidden)
        if len(found) > MOST:
            raise SourceError(source, f"is a page of over {MOST:,} pieces of text. The page of one article is wanted.")
        chosen = body(whole, found, spare) if found else set()
        if chosen:
            return found, chosen
    raise SourceError(source, NO_ARTICLE)


@cache
def _parser() -> lxml.html.HTMLParser:
    """A parser that makes every element of one class: to ask Python for the class of each takes a tenth of the time.

    Comments are left out: the search for the article would lose the text behind one in the middle of a paragraph.
    """
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    kinds = ElementDefaultClassLookup(element=lxml.html.HtmlElement, comment=lxml.html.HtmlComment)
    parser.set_element_class_lookup(kinds)
    return parser


def _tree(page: str, source: str) -> Any:
    """The page's tree."""
    try:
        return lxml.html.document_fromstring(DECLARATION.sub("", page).replace("\0", ""), parser=_parser())
    except (LxmlError, ValueError):
        raise SourceError(source, NO_ARTICLE) from None


def _version(
    found: Sequence[Piece], chosen: set[int], *, source: str, stated: Metadata, declared: Metadata, summary: str
) -> Version:
    text, lines = _lines(found)
    language = stated.language or _language("\n".join(found[place].text for place in sorted(chosen)), declared.language)
    words = page_words(language)
    title = give_page_kinds(lines, found, chosen, words, title=stated.title or declared.title, summary=summary)
    known = stated.or_else(Metadata(title=_spelt(title, declared.title))).or_else(replace(declared, language=language))
    try:
        return version(text, lines, words, source=source, language=language, stated=known)
    except SourceError:
        raise SourceError(source, NO_ARTICLE) from None


def _spelt(shown: str | None, declared: str | None) -> str | None:
    """The title shown; as declared where the words are the same but for marks, or a kicker stands before."""
    if not shown or not declared:
        return shown
    said, wanted = letters(shown), letters(declared)
    kicked = said.endswith(wanted) and len(declared.split()) >= TITLE
    return declared if wanted and (said == wanted or kicked) else shown


def _lines(found: Sequence[Piece]) -> tuple[str, list[Line]]:
    """The version's text, and its pieces as lines of it."""
    lines: list[Line] = []
    start = 0
    for piece in found:
        lines.append(LateLine(piece.text, start))
        start += len(piece.text) + len(BETWEEN)
    return BETWEEN.join(piece.text for piece in found), lines


def _language(text: str, declared: str | None) -> str:
    """The article's language: pages declare it wrongly, so words come first where we know the language's words."""
    if declared and declared not in SHIPPED:
        return declared
    detected = detect(text)
    return declared if detected == UNKNOWN and declared else detected
