"""JSON: one record, a list of records, or one record a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from retold.model.errors import SourceError
from retold.model.records import Version
from retold.reading.plain import read_plain
from retold.reading.versions import Metadata

FIELDS = ("title", "outlet", "url", "published", "seen", "language")
WANTED = 'A record with a field "text" or "html" is wanted'
NAMES = {dict: "an object", list: "a list", str: "a string", int: "a number", float: "a number", bool: "true or false"}


def read_record(record: Mapping[str, Any], *, source: str) -> Version:
    """The version that a record holds: its fields say what is known, its text or page is read as any other."""
    text, page = _field(record, "text", source), _field(record, "html", source)
    _field(record, "id", source)
    known = {name: _field(record, name, source) or None for name in FIELDS}
    stated = Metadata(**known, author=_author(record.get("author")))
    if text and text.strip():
        return read_plain(text, source=source, stated=stated)
    if page and page.strip():
        from retold.reading.html import read_page  # lxml loads only for pages

        return read_page(page, source=source, stated=stated)
    if text is None and page is None:
        raise SourceError(source, f"has neither text nor html. {WANTED}; its fields are {_fields(record)}.")
    raise SourceError(source, f"has an empty text. {WANTED}; leave the record out, or give it its text.")


def _author(value: object) -> str | None:
    """The author's field as one line of names; what is neither a name nor a list of names says nothing."""
    names = value if isinstance(value, list) else [value]
    return ", ".join(name.strip() for name in names if isinstance(name, str) and name.strip()) or None


def _fields(record: Mapping[str, Any]) -> str:
    return ", ".join(map(str, list(record)[:12])) or "none"


def _field(record: Mapping[str, Any], name: str, source: str) -> str | None:
    """A field of a record, None where it is missing or null; raises SourceError where it is no string."""
    value = record.get(name)
    if value is None or isinstance(value, str):
        return value
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise SourceError(source, f'the field "{name}" is {kind_name(value)}; a string is wanted. Mend the record.')


def kind_name(value: object) -> str:
    """What a JSON value is, in words."""
    return "null" if value is None else NAMES.get(type(value), type(value).__name__)


def parse_records(text: str, source: str) -> list[Any]:
    """The values that a JSON text holds; a line that is broken stands as the SourceError that says so."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise SourceError(source, f"is JSON nested too deeply. {WANTED}; give the record alone.") from None
    except json.JSONDecodeError as error:
        listed = _json_lines(text, source)
        if listed:
            return listed
        raise SourceError(source, _broken(error)) from None
    except ValueError as error:
        raise SourceError(source, f"is JSON that cannot be read ({str(error)[:80]}). {WANTED}.") from None
    values = value if isinstance(value, list) else [value]
    if not values:
        raise SourceError(source, f"is an empty list. {WANTED}; put at least one record in it.")
    return values


def _broken(error: json.JSONDecodeError) -> str:
    return (
        f"is broken JSON: {error.msg} at line {error.lineno}, column {error.colno}. "
        f"{WANTED}, a list of them, or one a line; mend the file, or give a text without braces."
    )


def _json_lines(text: str, source: str) -> list[Any]:
    """One value a line; [] where the lines are not JSON each."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines[:2]):
        return []
    values = [_line(line, f"{source}#{place}") for place, line in enumerate(lines, 1)]
    return values if any(not isinstance(value, SourceError) for value in values) else []


def _line(line: str, source: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        return SourceError(source, _broken(error))
    except (RecursionError, ValueError):
        return SourceError(source, f"is JSON that cannot be read. {WANTED}.")
