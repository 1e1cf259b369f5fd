"""Whom a stretch of a page credits, once somebody has said what it is."""

from __future__ import annotations

from retold.model.records import Kind
from retold.reading.credits import Found, credit_line
from retold.reading.lines import Line
from retold.reading.loose import byline
from retold.reading.pagewords import page_words
from retold.reading.signatures import credits_within

RUNNING = frozenset({Kind.PARAGRAPH, Kind.STANDFIRST, Kind.CAPTION})


def credits_as(text: str, kind: Kind, *, language: str, last: bool) -> list[Found]:
    """The credits of a stretch of this kind, none where it names nobody; ``last``: it ends the article.

    >>> [found.name for found in credits_as("Photo: Ada Fenn / Marrin Press", Kind.CREDIT, language="en", last=False)]
    ['Ada Fenn / Marrin Press']
    """
    words = page_words(language)
    if kind is Kind.CREDIT:
        found = credit_line(text, words) or byline(Line(text, 0, tied=False), words)
        return [found] if found else []
    return list(credits_within(text, words, last=last)) if kind in RUNNING else []
