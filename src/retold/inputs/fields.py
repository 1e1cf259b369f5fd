"""A record's fields, from whatever program wrote them, as what we know of an article."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from retold.inputs.guess import language_of
from retold.model.errors import SourceError
from retold.model.records import Version
from retold.reading.moments import stated_moment
from retold.reading.plain import read_plain
from retold.reading.records import WANTED, kind_name
from retold.reading.versions import LIMIT, TOO_LONG, Metadata, check_text, title_only

COLUMNS = (
    "id", "url", "outlet", "title", "published", "seen", "language", "author", "section", "text", "html",
)  # fmt: skip
BODIES = ("text", "html")
MOST = 20_000  # characters of a field other than text and html; real ones have under 1,000
CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
SCRIPTS = re.compile(r"\s*(?:javascript|data|vbscript|file)\s*:", re.IGNORECASE)  # addresses that name no page
MARKUP = re.compile(
    r"\s*<(?:p|div|article|section|h[1-6]|!doctype|html|body|figure|span|br)\b[^<>]{0,1000}>", re.IGNORECASE
)
LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?$")
# Languages as other programs name them: ISO 639-2 codes, and English names.
LANGUAGES = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "rus": "ru", "ara": "ar",
    "por": "pt", "ita": "it", "nld": "nl", "dut": "nl", "pol": "pl", "ukr": "uk", "tur": "tr", "zho": "zh",
    "chi": "zh", "jpn": "ja", "kor": "ko", "fas": "fa", "per": "fa", "heb": "he", "hin": "hi", "ell": "el",
    "gre": "el", "swe": "sv", "nor": "no", "dan": "da", "fin": "fi", "ces": "cs", "cze": "cs", "hun": "hu",
    "ron": "ro", "rum": "ro", "bul": "bg", "srp": "sr", "hrv": "hr", "ind": "id", "vie": "vi", "tha": "th",
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "russian": "ru", "arabic": "ar",
    "portuguese": "pt", "italian": "it", "dutch": "nl", "polish": "pl", "ukrainian": "uk", "turkish": "tr",
    "chinese": "zh", "japanese": "ja", "korean": "ko", "persian": "fa", "hebrew": "he", "hindi": "hi",
}  # fmt: skip


def record_of(line: bytes | str, source: str) -> dict[str, object]:
    """The record that a line of JSON holds; raises SourceError where it holds none."""
    import msgspec

    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        value = _by_the_standard_library(line if isinstance(line, bytes) else line.encode("utf-8", "replace"), source)
    if not isinstance(value, dict):
        raise SourceError(source, f"is {kind_name(value)}. {WANTED}.")
    return value


def _by_the_standard_library(line: bytes, source: str) -> Any:
    """What a line holds that the fast reader refuses: NaN, half characters, or what is broken indeed."""
    try:
        return json.loads(line.decode("utf-8-sig"))
    except RecursionError:
        raise SourceError(source, f"is JSON nested too deeply. {WANTED}; give the record alone.") from None
    except UnicodeDecodeError as error:
        found = f"byte 0x{line[error.start]:02X} at byte {error.start}"
        raise SourceError(source, f"is not valid UTF-8: {found}. UTF-8 is wanted; convert the file.") from None
    except json.JSONDecodeError as error:
        raise SourceError(source, f"is broken JSON: {error.msg} at character {error.pos}. {WANTED}.") from None
    except ValueError as error:
        raise SourceError(source, f"is JSON that cannot be read ({str(error)[:80]}). {WANTED}.") from None


def renamed(record: Mapping[str, object], columns: Mapping[str, str]) -> dict[str, object]:
    """A record with fields under our names: ``columns`` leads from our name to the record's own.

    A record without their name keeps what it has under ours.

    >>> renamed({"body": "Rain.", "title": "Today"}, {"text": "body"}), renamed({"text": "Sun."}, {"text": "body"})
    ({'title': 'Today', 'text': 'Rain.'}, {'text': 'Sun.'})
    """
    found = {ours: record[theirs] for ours, theirs in columns.items() if theirs in record}
    taken = {columns[ours] for ours in found}
    return {name: value for name, value in record.items() if name not in taken and name not in found} | found


def article_of(record: Mapping[str, object], *, source: str, stated: Metadata | None = None) -> Version:
    """The version that a record holds; one with a title and no article's text is its title.

    Raises SourceError for a record with neither, and for fields that are not what they should be.
    """
    text, page = (_body(record.get(name), name, source) for name in BODIES)
    known = stated_by(record, source).or_else(stated or Metadata())
    try:
        return _read(text, page, source, known)
    except NoBodyError:
        if known.title:
            return title_only(source, known)
        raise


class NoBodyError(SourceError):
    """A record whose text holds no article; its title may be one."""


def _read(text: str | None, page: str | None, source: str, stated: Metadata) -> Version:
    """The version that a record's text holds, else its page."""
    body = text if text and text.strip() else page if page and page.strip() else ""
    if not body:
        raise NoBodyError(source, f"has no title, no text and no html. {WANTED}, or with a title.")
    check_text(body, source)
    try:
        return _read_body(body, source, stated, marked_up=body is page or bool(MARKUP.match(body)))
    except SourceError as error:
        raise NoBodyError(source, error.reason) from None


def _read_body(body: str, source: str, stated: Metadata, *, marked_up: bool) -> Version:
    if not marked_up:
        stated = stated if stated.language else replace(stated, language=language_of(body))
        return read_plain(body, source=source, stated=stated)
    from retold.inputs.fragments import read_bounded_page  # lxml loads only for pages

    return read_bounded_page(body, source=source, stated=stated)


def stated_by(record: Mapping[str, object], source: str) -> Metadata:
    """What a record states besides its text; raises SourceError where a field is of a kind that it cannot be."""
    get = record.get
    return Metadata(
        title=_string(get("title"), "title", source),
        outlet=_string(get("outlet"), "outlet", source),
        url=_address(_string(get("url"), "url", source)),
        published=stated_moment(get("published")),
        seen=stated_moment(get("seen")),
        language=language_code(_string(get("language"), "language", source)),
        source_id=_identifier(get("id"), source),
        author=_names(get("author"), source),
        section=_names(get("section"), source, "section"),
    )


def _missing(value: object) -> bool:
    """Whether a field says nothing; tables write NaN where they have no value."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _body(value: object, name: str, source: str) -> str | None:
    if _missing(value):
        return None
    if not isinstance(value, str):
        raise _wrong(name, value, source)
    if len(value) > LIMIT:
        raise SourceError(source, TOO_LONG)
    return value.replace("\0", "") if "\0" in value else value


def _string(value: object, name: str, source: str) -> str | None:
    """A field in one line, None where it says nothing."""
    if _missing(value):
        return None
    if not isinstance(value, str):
        raise _wrong(name, value, source)
    if len(value) > MOST:
        told = f"has {len(value):,} characters; a {name} of at most {MOST:,} is wanted"
        raise SourceError(source, f'the field "{name}" {told}. Mend the record.')
    line = " ".join(CONTROL.sub(" ", value).split())
    if not line.isascii() and any("\ud800" <= each <= "\udfff" for each in line):
        raise SourceError(source, f'the field "{name}" holds half of a character; whole Unicode text is wanted.')
    return line or None


def _wrong(name: str, value: object, source: str) -> SourceError:
    return SourceError(source, f'the field "{name}" is {kind_name(value)}; a string is wanted. Mend the record.')


def _identifier(value: object, source: str) -> str | None:
    """A record's own name as a string; tables write whole numbers as 7.0 where one is missing."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _string(value, "id", source)


def _names(value: object, source: str, name: str = "author") -> str | None:
    """A name, or a list of names with ", " between them."""
    if isinstance(value, list | tuple):
        return ", ".join(each for each in (_string(part, name, source) for part in value) if each) or None
    return _string(value, name, source)


def _address(value: str | None) -> str | None:
    """An address, unless it is a script or leads into this machine."""
    return None if not value or SCRIPTS.match(value) else value


def language_code(stated: str | None) -> str | None:
    """The ISO 639-1 code of a language as stated, None where it states none.

    >>> language_code("en-GB"), language_code("deu"), language_code("French"), language_code("?")
    ('en', 'de', 'fr', None)
    """
    folded = (stated or "").strip().casefold()
    match = LANGUAGE.match(folded)
    code = match[1] if match else folded
    found = LANGUAGES.get(code, code if match else None)
    return None if found in (None, "und", "mul", "mis", "zxx") else found
