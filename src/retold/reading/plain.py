"""Plain text: no markup, so every kind comes from shape, place, repetition and the words of pages."""

from __future__ import annotations

from retold.model.records import Version
from retold.reading.kinds import give_kinds
from retold.reading.lines import lines
from retold.reading.pagewords import page_words
from retold.reading.versions import Metadata, check_text, version
from retold.text.languages import detect


def read_plain(text: str, *, source: str, stated: Metadata | None = None) -> Version:
    """The version that a plain text holds."""
    stated = stated or Metadata()
    check_text(text, source)
    language = stated.language or detect(text)
    words = page_words(language)
    found = lines(text, source=source)
    give_kinds(found, words, outlet=stated.outlet, title=stated.title)
    return version(text, found, words, source=source, language=language, stated=stated)
