"""Feeds: an article an entry, with its text where the feed gives it and else by its title."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from retold.inputs.piece import Piece
from retold.inputs.xmltrees import harmless
from retold.model.errors import SourceError
from retold.model.records import Reject
from retold.reading.records import kind_name

MOST = 20_000  # entries, which take ten seconds; real feeds have under 1,000
MOST_MARKS = 400_000  # opening brackets; a broken feed of as many takes the lenient parser ten seconds
ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
WANTED = "A feed in RSS, Atom or JSON Feed is wanted"


def entries(data: bytes, source: str) -> Iterator[Piece | Reject]:
    """Each entry of an RSS or Atom feed; raises SourceError where the bytes are none."""
    import feedparser

    count = len(ENTRY.findall(data))
    if count > MOST or data.count(b"<") > MOST_MARKS:
        raise SourceError(source, f"holds {count:,} entries. A feed of at most {MOST:,} short ones is wanted; cut it.")
    # Never the bytes themselves: feedparser opens what reads as a path or an address.
    feed = feedparser.parse(io.BytesIO(harmless(data, source)), resolve_relative_uris=False, sanitize_html=False)
    if not feed.entries and (feed.bozo or not feed.get("version")):
        told = str(feed.get("bozo_exception") or "no feed was found in it")[:120]
        raise SourceError(source, f"is a broken feed ({told}). {WANTED}; fetch it again.")
    outlet = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, 1):
        yield Piece(source, str(number), "record", _record(entry, outlet, feed.feed.get("language")))


def _record(entry: Mapping[str, Any], outlet: str | None, language: str | None) -> dict[str, object]:
    """What a feed says of an article, as a record."""
    said = entry.get("source") or {}
    marks = [tag.get("term") or tag.get("label") for tag in entry.get("tags") or () if isinstance(tag, dict)]
    found = {
        "id": entry.get("id"),
        "url": entry.get("link"),
        "outlet": said.get("title") or outlet,
        "title": _plain(entry.get("title")),
        "published": entry.get("published") or entry.get("updated"),
        "language": _body(entry).get("language") or language,
        "author": _authors(entry),
        "section": next(filter(None, marks), None),
        "text": _text(str(_body(entry).get("value") or "")),
    }
    return {name: value for name, value in found.items() if value}


def _body(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The longest text that an entry gives: some feeds give the whole in one place and a teaser in another."""
    given = [
        each for each in entry.get("content") or () if "html" in each.get("type", "") or "text" in each.get("type", "")
    ]
    given.append({"value": entry.get("summary") or ""})
    return max(given, key=lambda each: len(each.get("value") or ""))


def _authors(entry: Mapping[str, Any]) -> str:
    names = [each.get("name") for each in entry.get("authors") or () if isinstance(each, dict)]
    return ", ".join(filter(None, names)) or str(entry.get("author") or "")


def _text(markup: str) -> str:
    """The text of an entry, its marks taken off."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from retold.inputs.fragments import text_of

    try:
        return text_of(markup, "entry") if markup.strip() else ""
    except SourceError:  # half a character, or over 10 MB: the entry keeps its title
        return ""


def _plain(markup: str | None) -> str:
    return " ".join(_text(markup or "").split())


def json_entries(data: bytes, source: str) -> Iterator[Piece | Reject]:
    """Each item of a JSON Feed; raises SourceError where the bytes are none."""
    try:
        feed = json.loads(data.decode("utf-8-sig"))
        items = feed.get("items")
    except (ValueError, RecursionError, AttributeError):
        raise SourceError(source, f"is a broken JSON Feed. {WANTED}; fetch it again.") from None
    if not isinstance(items, list):
        raise SourceError(source, f'is a JSON Feed without a list of "items". {WANTED}; fetch it again.')
    for number, item in enumerate(items, 1):
        if isinstance(item, dict):
            yield Piece(source, str(number), "record", _json_record(item, feed))
        else:
            yield Reject(source, str(number), f"is {kind_name(item)}. An item with a title or a text is wanted.")


def _json_record(item: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, object]:
    """What a JSON Feed says of an article, as a record."""
    found = {
        "id": item.get("id"),
        "url": item.get("url") or item.get("external_url"),
        "outlet": feed.get("title"),
        "title": item.get("title"),
        "published": item.get("date_published") or item.get("date_modified"),
        "language": item.get("language") or feed.get("language"),
        "author": _json_names(item.get("authors") or [item.get("author")]),
        "section": next((tag for tag in _listed(item.get("tags")) if isinstance(tag, str)), None),
        "text": item.get("content_text") or _text(str(item.get("content_html") or "")) or item.get("summary"),
    }
    return {name: value for name, value in found.items() if value}


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _json_names(authors: object) -> list[str]:
    named = [each.get("name") for each in _listed(authors) if isinstance(each, dict)]
    return [name for name in named if isinstance(name, str)]
