"""Lines with their kinds made into a version; every reader ends here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retold.model.errors import SourceError
from retold.model.identity import identify
from retold.model.records import COMPARED, Block, Credit, Kind, Version
from retold.reading.dates import date_line
from retold.reading.furniture import DATE
from retold.reading.lines import Line
from retold.reading.outlets import outlet_of, suffix
from retold.reading.pagewords import PageWords

LIMIT = 10_000_000  # bytes, and characters; a longer text is a book or a log, and comparing it would take minutes
TOO_LONG = (
    "is over 10 MB, and a text of at most 10 MB is wanted. Give the article alone, or cut the file into articles."
)
WANTED = "the text of an article is wanted. Check that it was saved in full."
ONLY_FURNITURE = (
    "holds only page furniture (links, appeals, labels) and no sentence of an article. "
    "The text of an article is wanted; save it with its body."
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What an input states about an article besides its text; None where it states nothing."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    seen: str | None = None
    language: str | None = None
    source_id: str | None = None
    author: str | None = None
    section: str | None = None

    def or_else(self, other: Metadata) -> Metadata:
        """This, with what is missing taken from another."""
        missing = {
            name: getattr(other, name) for name in Metadata.__dataclass_fields__ if getattr(self, name) in (None, "")
        }
        return replace(self, **missing)


def check_text(text: str, source: str) -> None:
    """Refuse a text that holds nothing, too much, or half a character."""
    if len(text) > LIMIT:
        raise SourceError(source, TOO_LONG)
    if not text:
        raise SourceError(source, f"is empty; {WANTED}")
    if not text.strip():
        raise SourceError(source, f"holds only white space; {WANTED}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(
            source,
            f"holds half of a character (a lone surrogate, U+{ord(text[error.start]):04X}) at character {error.start}; "
            "whole Unicode text is wanted. Save it again as UTF-8.",
        ) from None


def version(
    text: str, lines: Sequence[Line], words: PageWords, *, source: str, language: str, stated: Metadata
) -> Version:
    """The version that lines with kinds make; raises SourceError where none of them is an article's."""
    if not any(line.kind in COMPARED for line in lines):
        raise SourceError(source, ONLY_FURNITURE)
    known = stated.or_else(_said(lines, words))
    return Version(
        id=identify(known.url or "", known.outlet or "", text),
        source=source,
        text=text,
        blocks=tuple([Block(line.start, line.end, line.kind or Kind.PARAGRAPH, line.reason) for line in lines]),
        credits=tuple(_credits(lines)),
        language=known.language or language,
        title=known.title,
        outlet=known.outlet,
        url=known.url,
        published=known.published,
        seen=known.seen,
        source_id=known.source_id,
        author=known.author,
        section=known.section,
    )


def title_only(source: str, stated: Metadata) -> Version:
    """The version of an article of which nothing but the title is known; ``stated`` has one."""
    text = stated.title or ""
    check_text(text, source)
    block = Block(0, len(text), Kind.TITLE)
    known = {name: getattr(stated, name) for name in Metadata.__dataclass_fields__ if name != "language"}
    number = identify(stated.url or "", stated.outlet or "", text)
    return Version(id=number, source=source, text=text, blocks=(block,), language=stated.language or "und", **known)


def _credits(lines: Sequence[Line]) -> list[Credit]:
    """The credits of all lines, with their places in the text."""
    return [
        Credit(line.start + found.start, line.start + found.end, found.kind, found.name, found.person)
        for line in lines
        for found in line.credits
    ]


def _said(lines: Sequence[Line], words: PageWords) -> Metadata:
    """What the text itself says about the article: its title, its outlet and its date."""
    title = next((line.text for line in lines if line.kind is Kind.TITLE), None)
    bare = suffix(title, words)[0] if title else None
    return Metadata(title=bare, outlet=outlet_of(lines, words), published=_published(lines, words))


def _published(lines: Sequence[Line], words: PageWords) -> str | None:
    """The date that a date line states, or a bare one suggests; one under "published" comes first."""
    said = [date_line(line.text, words) for line in lines if line.reason == DATE]
    dated = [each for each in said if each and each.published]
    return next((each.published for each in dated if each.stated), dated[0].published if dated else None)
