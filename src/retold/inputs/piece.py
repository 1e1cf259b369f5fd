"""One article as it lies in an input: cheap to make, easy to hand to another process, and read only there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from retold.inputs.fields import article_of, record_of
from retold.inputs.guess import language_of
from retold.model.errors import SourceError
from retold.model.records import Reject, Version
from retold.reading.plain import read_plain
from retold.reading.sniff import decode, decode_page
from retold.reading.versions import Metadata
from retold.text.languages import UNKNOWN

Shape = Literal["page", "plain", "record"]
NOTHING = Metadata()


@dataclass(frozen=True, slots=True)
class Piece:
    """An article not yet read: a page, a plain text, or a record (a line of JSON as bytes, or its fields)."""

    source: str  # the input as it was given
    place: str  # the number of the line, row or record in it; "" where the input is the article
    shape: Shape
    body: bytes | str | dict[str, object]
    stated: Metadata = NOTHING

    @property
    def name(self) -> str:
        """What to call the piece: the input, and the place in it where it has one."""
        return f"{self.source}#{self.place}" if self.place else self.source


def read_piece(piece: Piece) -> Version | Reject:
    """The version that a piece holds, or why there is none; never raises for what an input may hold."""
    try:
        version = _read(piece)
    except SourceError as error:
        return Reject(piece.source, piece.place, error.reason)
    except Exception as error:  # of a million articles one breaks a rule that nobody thought of; the run goes on
        return Reject(piece.source, piece.place, f"could not be read ({type(error).__name__}: {error})"[:300])
    language = language_of(version.text) if version.language == UNKNOWN else version.language
    return replace(version, language=language, source_id=version.source_id or version.url or piece.name)


def address_of(found: str | None, declared: str | None) -> str | None:
    """Where a page lives: as it declares itself where that is on the same site and no mere front page, else where it
    was found.

    >>> address_of("https://outlet.example/a?from=feed", "https://www.outlet.example/a")
    'https://www.outlet.example/a'
    >>> address_of("https://outlet.example/a", "https://outlet.example/")
    'https://outlet.example/a'
    """
    if not found or not declared:
        return found or declared
    try:
        here, there = urlsplit(found), urlsplit(declared)
        hosts = [(each.hostname or "").removeprefix("www.") for each in (here, there)]
    except ValueError:
        return found
    front = there.path in ("", "/") and not there.query
    return declared if hosts[0] == hosts[1] and not front else found


def _read(piece: Piece) -> Version:
    body, name = piece.body, piece.name
    if piece.shape == "record" or isinstance(body, dict):
        record = body if isinstance(body, dict) else record_of(body, name)
        return article_of(record, source=name, stated=piece.stated)
    if piece.shape == "page":
        from retold.inputs.fragments import read_bounded_page  # lxml loads only for pages

        found, page = piece.stated.url, body if isinstance(body, str) else decode_page(body, name)
        stated = replace(piece.stated, url=None, source_id=piece.stated.source_id or found)
        version = read_bounded_page(page, source=name, stated=stated)
        return replace(version, url=address_of(found, version.url))
    return read_plain(body if isinstance(body, str) else decode(body, name), source=name, stated=piece.stated)
