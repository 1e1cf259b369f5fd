"""Bytes in, versions out: paths, standard input, records, and a mix."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from retold.model.errors import SourceError
from retold.model.records import Reject, Version
from retold.reading.plain import read_plain
from retold.reading.records import kind_name, parse_records
from retold.reading.records import read_record as _read_record
from retold.reading.sniff import decode, decode_page, kind_of
from retold.reading.sources import bytes_of
from retold.reading.versions import Metadata

Source = str | os.PathLike[str] | Mapping[str, Any] | Version


def read(source: Source, *, stdin: BinaryIO | None = None) -> list[Version]:
    """The versions that one input holds; raises SourceError for the first that cannot be read."""
    versions: list[Version] = []
    for each in _each(source, stdin):
        if isinstance(each, SourceError):
            raise each
        versions.append(each)
    return versions


def read_all(sources: Iterable[Source], *, stdin: BinaryIO | None = None) -> tuple[list[Version], list[Reject]]:
    """All versions of all inputs in their order, and what could not be read; one bad input harms no other."""
    versions: list[Version] = []
    rejects: list[Reject] = []
    for place, source in enumerate(sources, 1):
        for each in _each(source, stdin):
            if isinstance(each, SourceError):
                rejects.append(Reject(source=each.source, place=str(place), reason=each.reason))
            else:
                versions.append(each)
    return versions, rejects


def _each(source: Source, stdin: BinaryIO | None) -> Iterator[Version | SourceError]:
    """Each version of an input, or the error in its place."""
    try:
        if isinstance(source, Version):
            yield source
        elif isinstance(source, Mapping):
            yield _read_record(source, source=_record_name(source))
        else:
            yield from _each_in_file(_path(source), stdin)
    except SourceError as error:
        yield error


def _path(source: str | os.PathLike[str]) -> str:
    try:
        return os.fsdecode(source)
    except TypeError:
        named = f"is {kind_name(source)}. A path, a record or a Version is wanted; give one of these."
        raise SourceError(repr(source)[:60], named) from None


def _record_name(record: Mapping[str, Any]) -> str:
    """What to call a record: its id, else its address."""
    return next((str(record[name]) for name in ("id", "url") if record.get(name)), "record")


def _each_in_file(path: str, stdin: BinaryIO | None) -> Iterator[Version | SourceError]:
    data = bytes_of(path, stdin)
    kind = kind_of(data, path)
    if kind == "html":
        yield read_html(data, source=path)
    elif kind == "json":
        yield from _each_record(decode(data, path), path)
    else:
        yield read_text(decode(data, path), source=path)


def _each_record(text: str, path: str) -> Iterator[Version | SourceError]:
    """Each record of a JSON file; of several the second is called "path#2"."""
    values = parse_records(text, path)
    for place, value in enumerate(values, 1):
        yield _one_record(value, f"{path}#{place}" if len(values) > 1 else path)


def _one_record(value: object, source: str) -> Version | SourceError:
    if isinstance(value, SourceError):
        return value
    if not isinstance(value, dict):
        return SourceError(source, f'is {kind_name(value)}. A record with a field "text" or "html" is wanted.')
    try:
        return _read_record(value, source=source)
    except SourceError as error:
        return error


def read_text(text: str, *, source: str = "text", **metadata: str | None) -> Version:
    """The version that a plain text holds.

    >>> read_text("Rain is due in Harwick on Friday, forecasters said.").blocks[0].kind
    <Kind.PARAGRAPH: 'paragraph'>
    """
    return read_plain(text, source=source, stated=Metadata(**metadata))


def read_html(data: bytes | str, *, source: str, **metadata: str | None) -> Version:
    """The version that a page holds."""
    from retold.reading.html import read_page  # lxml loads only for pages

    text = decode_page(data, source) if isinstance(data, bytes) else data
    return read_page(text, source=source, stated=Metadata(**metadata))


def read_record(record: Mapping[str, Any], *, source: str) -> Version:
    """The version that a JSON record holds: id, url, outlet, title, published, seen, language, and text or html."""
    return _read_record(record, source=source)
