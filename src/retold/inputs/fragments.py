"""Pages and parts of pages from anywhere: read within bounds, whatever their markup costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml.etree import LxmlError

from retold.model.errors import SourceError
from retold.model.records import Version
from retold.reading.crowds import without_crowds
from retold.reading.html import read_page
from retold.reading.plain import read_plain
from retold.reading.versions import Metadata, check_text
from retold.reading.walk import pieces

MOST_TAGS = 40_000  # of a page; beyond it the search for the article takes minutes, and the plain text has to do
MOST_PIECES = 20_000
BETWEEN = "\n\n"


def read_bounded_page(page: str, *, source: str, stated: Metadata) -> Version:
    """The version that a page, or a part of one, holds; raises SourceError where it holds no article."""
    page = without_crowds(page)
    if page.count("<") > MOST_TAGS:
        return read_plain(text_of(page, source), source=source, stated=stated)
    try:
        return read_page(page, source=source, stated=stated)
    except SourceError:
        if "<body" in page[:100_000].casefold():
            raise
        return read_plain(text_of(page, source), source=source, stated=stated)  # a part of a page has no frame


def text_of(markup: str, source: str) -> str:
    """The text of a part of a page, a blank line between its paragraphs."""
    check_text(markup, source)
    try:
        tree = lxml.html.document_fromstring(without_crowds(markup).replace("\0", ""))
    except (LxmlError, ValueError):
        return ""
    return BETWEEN.join(_texts(tree))


def _texts(tree: Any) -> Iterator[str]:
    for number, piece in enumerate(pieces(tree)):
        if number >= MOST_PIECES:
            return
        yield piece.text
