"""What an archive is given, as a stream of articles not yet read: files, folders, addresses, standard input."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import BinaryIO

from retold.inputs.fields import COLUMNS, record_of, renamed
from retold.inputs.folders import files
from retold.inputs.piece import Piece, Shape, read_piece
from retold.inputs.streams import HEAD, LINE, bounded_lines, opened, packed_below, unpacked
from retold.model.errors import SourceError, UsageError
from retold.model.records import Reject
from retold.reading.records import WANTED as RECORD_WANTED
from retold.reading.records import kind_name
from retold.reading.sniff import LINES_NAMES, input_kind
from retold.reading.sources import STDIN
from retold.reading.versions import LIMIT, TOO_LONG

__all__ = ["Piece", "pieces", "read_piece"]

Pieces = Iterator[Piece | Reject]
Fetch = Callable[[str], Pieces]
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)
NO_FETCH = "is an address. To read addresses and live feeds, install what fetches them: pip install 'retold[fetch]'."
WANTED = "Articles are wanted: pages, texts, JSON, CSV, Parquet, WARC or feeds"


def pieces(
    source: str,
    *,
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    fetch: Fetch | None = None,
) -> Pieces:
    """Each article that a source holds, in its order, and a Reject in the place of what cannot be read.

    ``source`` is a path, a folder, an address, or "-" for ``stdin``; ``columns`` leads from our name of a field to the
    source's; ``fetch`` gives what an address of the web holds. Raises UsageError for names that are none of ours.
    """
    strange = sorted(set(columns or ()) - set(COLUMNS))
    if strange:
        raise UsageError(f"{strange[0]} is no column of ours. A column can stand for {', '.join(COLUMNS)}.")
    return _guarded(source, _from(source, columns or {}, stdin, fetch))


def _guarded(source: str, found: Pieces) -> Pieces:
    """What a source holds; the error at which it ends is a Reject behind the last article before it."""
    last = ""
    try:
        for each in found:
            yield each
            last = each.place
    except SourceError as error:
        yield Reject(error.source or source, f"after {last}" if last else "", error.reason)


def _from(source: str, columns: Mapping[str, str], stdin: BinaryIO | None, fetch: Fetch | None) -> Pieces:
    if ADDRESS.match(source):
        yield from _from_address(source, fetch)
    elif source == STDIN:
        if stdin is None:
            raise SourceError(source, "standard input was not handed in. Give a path, or pass stdin=.")
        yield from _from_stream(unpacked(stdin, source), source, columns, fetch)
    elif os.path.isdir(source):
        yield from _from_folder(source, columns, fetch)
    else:
        yield from _from_file(source, columns, fetch)


def _from_address(source: str, fetch: Fetch | None) -> Pieces:
    if not source.casefold().startswith(("http://", "https://")):
        raise SourceError(source, "is an address of no page. An address that begins with https:// or a path is wanted.")
    if fetch is None:
        raise SourceError(source, NO_FETCH)
    yield from fetch(source)


def _from_folder(folder: str, columns: Mapping[str, str], fetch: Fetch | None) -> Pieces:
    empty = True
    for each in files(folder):
        empty = False
        if isinstance(each, Reject):
            yield each
        else:
            yield from _guarded(each, _from_file(each, columns, fetch))
    if empty:
        raise SourceError(folder, f"is a folder without a file to read. {WANTED}; check the name.")


def _from_file(path: str, columns: Mapping[str, str], fetch: Fetch | None) -> Pieces:
    with opened(path) as stream:
        yield from _from_stream(stream, path, columns, fetch)


def _from_stream(stream: io.BufferedReader, source: str, columns: Mapping[str, str], fetch: Fetch | None) -> Pieces:
    """What a stream holds, as its first bytes show it."""
    head = stream.peek(HEAD)[:HEAD]
    if not head:
        raise SourceError(source, f"is empty. {WANTED}; check that it was saved in full.")
    kind = input_kind(head, source, columns=(*COLUMNS, *columns.values()))
    if kind in SHAPES:
        yield Piece(source, "", SHAPES[kind], _data(stream, source))
    elif kind == "opml":
        yield from _feeds(_data(stream, source), source, fetch)
    else:
        yield from READERS[kind](stream, source, columns)


def _feeds(data: bytes, source: str, fetch: Fetch | None) -> Pieces:
    """What the feeds of a list hold."""
    from retold.inputs.opml import feeds

    yield from feeds(data, source, read=lambda path: _guarded(path, _feed_file(path)), fetch=fetch)


def _feed_file(path: str) -> Pieces:
    """The entries of a file that a list names; raises SourceError where it is no feed."""
    with opened(path) as stream:
        kind = input_kind(stream.peek(HEAD)[:HEAD], path, columns=())
        if kind not in ("feed", "json feed"):
            raise SourceError(path, "is no feed, and the list of feeds names it as one.")
        yield from READERS[kind](stream, path, {})


def _data(stream: io.BufferedReader, source: str) -> bytes:
    """All that a stream holds, where it is not too much for one article or one feed."""
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise SourceError(source, TOO_LONG)
    return data


def _rss(stream: io.BufferedReader, source: str, columns: Mapping[str, str]) -> Pieces:
    from retold.inputs.feeds import entries

    return entries(_data(stream, source), source)


def _json_feed(stream: io.BufferedReader, source: str, columns: Mapping[str, str]) -> Pieces:
    from retold.inputs.feeds import json_entries

    return json_entries(_data(stream, source), source)


def _table(stream: io.BufferedReader, source: str, columns: Mapping[str, str]) -> Pieces:
    from retold.inputs.tables import rows

    return rows(stream, source, columns)


def _parquet(stream: io.BufferedReader, source: str, columns: Mapping[str, str]) -> Pieces:
    from retold.inputs.tables import parquet

    return parquet(stream, source, columns)


def _warc(stream: io.BufferedReader, source: str, columns: Mapping[str, str]) -> Pieces:
    from retold.inputs.warc import pages

    return pages(packed_below(stream), source)


def _values(stream: io.BufferedReader, source: str, columns: Mapping[str, str]) -> Pieces:
    """A record a value; a file of one record is the article itself."""
    from retold.inputs.values import values

    found = values(stream, source)
    first = next(found, None)
    second = next(found, None)
    if first is None:
        raise SourceError(source, "is an empty list. Put at least one record in it.")
    yield _piece(first, source, "1" if second is not None else "", columns)
    for number, value in enumerate(chain(() if second is None else (second,), found), 2):
        yield _piece(value, source, str(number), columns)


def _piece(value: object, source: str, place: str, columns: Mapping[str, str]) -> Piece | Reject:
    if not isinstance(value, dict):
        return Reject(source, place, f"is {kind_name(value)}. {RECORD_WANTED}.")
    return Piece(source, place, "record", renamed(value, columns) if columns else value)


def _lines(stream: io.BufferedReader, source: str, columns: Mapping[str, str]) -> Pieces:
    """A record a line; with ``columns`` its fields under our names."""
    listed = source == STDIN or source.casefold().removesuffix(".gz").endswith(LINES_NAMES)
    for number, line in enumerate(bounded_lines(stream), 1):
        alone = number == 1 and not listed and not stream.peek(1)  # a file of one record is the article itself
        place = "" if alone else str(number)
        if line is None:
            yield Reject(source, place, f"is a line of over {LINE // 1_000_000} MB. One record a line is wanted.")
        elif line.strip():
            yield _renamed(line, source, place, columns) if columns else Piece(source, place, "record", line)


def _renamed(line: bytes, source: str, place: str, columns: Mapping[str, str]) -> Piece | Reject:
    try:
        return _piece(record_of(line, f"{source}#{place}"), source, place, columns)
    except SourceError as error:
        return Reject(source, place, error.reason)


SHAPES: dict[str, Shape] = {"html": "page", "plain": "plain"}
READERS: dict[str, Callable[[io.BufferedReader, str, Mapping[str, str]], Pieces]] = {
    "lines": _lines,
    "json": _values,
    "table": _table,
    "parquet": _parquet,
    "warc": _warc,
    "feed": _rss,
    "json feed": _json_feed,
}
"""The reader of each kind of input that holds several articles."""
