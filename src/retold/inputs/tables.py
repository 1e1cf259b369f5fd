"""Tables: a record a row, read row by row; CSV and TSV here, Parquet by batches."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

from retold.inputs.fields import COLUMNS
from retold.inputs.piece import Piece
from retold.inputs.streams import HEAD, LINE, bounded_lines
from retold.model.errors import SourceError
from retold.model.records import Reject
from retold.reading.sniff import table_header
from retold.reading.versions import LIMIT

NEEDED = frozenset({"title", "text", "html"})
MOST_BROKEN = 1000  # rows one after another: a quote that is never closed makes a million of them
BATCH = 64  # rows of a Parquet table in memory: 64 texts of 10 MB still fit
HALF = "surrogateescape"  # keeps a row with broken bytes readable, so that it alone is refused


def rows(stream: io.BufferedReader, source: str, columns: Mapping[str, str]) -> Iterator[Piece | Reject]:
    """Each row of a CSV or TSV table; a row that breaks its frame is a Reject. Raises SourceError without a header."""
    csv.field_size_limit(LIMIT)  # Python's own bound, 131,072 characters, is shorter than some articles
    too_long: list[int] = []
    found = csv.reader(_lines(stream, too_long), **_dialect(stream, source, columns))
    header, broken = _next(found)
    if broken or too_long:
        raise SourceError(source, "begins with no row of names. A table whose first row names its columns is wanted.")
    width = len(header or [])
    wanted = places(header or [], columns, source)
    broken_rows = 0
    for number in count(1):
        row, reason = _next(found)
        if row is None and not reason:
            return
        if too_long:
            too_long.clear()
            reason = f"holds a line of over {LINE // 1_000_000} MB"
        if reason or row:
            found_here = _piece(row or [], reason, width, wanted, source=source, place=str(number))
            yield found_here
            broken_rows = broken_rows + 1 if isinstance(found_here, Reject) else 0
            if broken_rows >= MOST_BROKEN:
                raise SourceError(
                    source, f"has {MOST_BROKEN:,} broken rows one after another. Mend it and add it again."
                )


def _next(found: Any) -> tuple[list[str] | None, str]:
    """The next row, or why it cannot be read; (None, "") behind the last."""
    try:
        return next(found, None), ""
    except csv.Error as error:
        return None, f"is no row of a table ({error})"


def _piece(
    row: Sequence[str], reason: str, width: int, wanted: Mapping[str, int], *, source: str, place: str
) -> Piece | Reject:
    if not reason and (len(row) < width or any(row[width:])):
        reason = f"has {len(row)} fields"
    if reason:
        return Reject(source, place, f"{reason}. A row of {width} fields is wanted; mend the row or its quotes.")
    record: dict[str, object] = {name: row[place] or None for name, place in wanted.items()}
    if any(isinstance(value, str) and _broken(value) for value in record.values()):
        return Reject(source, place, "is not valid UTF-8. UTF-8 is wanted; convert the file with iconv.")
    return Piece(source, place, "record", record)


def _broken(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _lines(stream: io.BufferedReader, too_long: list[int]) -> Iterator[str]:
    """Each line as text; the numbers of those too long to hold go into ``too_long``."""
    for number, line in enumerate(bounded_lines(stream)):
        if line is None:
            too_long.append(number)
            yield "\n"
        elif number or not line.lower().startswith(b"sep="):
            yield line.decode("utf-8-sig" if not number else "utf-8", HALF) + "\n"


def _dialect(stream: io.BufferedReader, source: str, columns: Mapping[str, str]) -> dict[str, Any]:
    """How the table is written, as its first lines show it."""
    head = stream.peek(HEAD)[:HEAD].decode("utf-8-sig", "replace")
    lines = [f"{line}\n" for line in head.split("\n")]
    marked = lines[0].casefold().startswith("sep=") and len(lines[0].strip()) == 5 if lines else False
    first = (lines[1] if marked and len(lines) > 1 else lines[0]) if lines else ""
    mark = lines[0][4] if marked else table_header(first, (*COLUMNS, *columns.values()))
    mark = mark or max(("\t", ",", ";", "|"), key=first.count)
    if mark == "\t" and not _quoted(lines, mark):
        return {"delimiter": mark, "quoting": csv.QUOTE_NONE}
    return {"delimiter": mark}


def _quoted(lines: Sequence[str], mark: str) -> bool:
    """Whether a table's quotes hold its fields together; in many tables with tabs they are only the text's own."""
    if not any(mark + '"' in line or line.startswith('"') for line in lines):
        return False
    width = lines[0].count(mark) + 1
    try:
        found = [row for row in csv.reader(lines, delimiter=mark, strict=True) if row]
        return all(len(row) == width for row in found[:-1])  # the last may be cut off
    except csv.Error as error:
        return "unexpected end" in str(error)


def places(header: Sequence[str], columns: Mapping[str, str], source: str) -> dict[str, int]:
    """Where our columns stand in a table; raises SourceError where a column that was named, or a text, is missing."""
    theirs = [name.strip() for name in header]
    folded = [name.casefold() for name in theirs]
    found = {
        name: folded.index(name)
        for name in COLUMNS
        if name in folded and theirs[folded.index(name)] not in columns.values()
    }
    for ours, name in columns.items():
        if name not in theirs:
            raise SourceError(source, f'has no column "{name}". Its columns are {_listed(theirs)}; name one of them.')
        found[ours] = theirs.index(name)
    if not NEEDED & found.keys():
        told = f"Its columns are {_listed(theirs)}; say which is which, for example --map text=body."
        raise SourceError(source, f"has no column title, text or html. {told}")
    return found


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(name[:40] for name in names[:12])
    return f"{shown} and {len(names) - 12:,} more" if len(names) > 12 else shown or "none"


def parquet(stream: io.BufferedReader, source: str, columns: Mapping[str, str]) -> Iterator[Piece | Reject]:
    """Each row of a Parquet table; raises SourceError where it is broken or comes bit by bit."""
    if not stream.seekable():
        raise SourceError(source, "is a Parquet table, which is read from its end. Give it as a file, not packed.")
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        yield from _batches(ParquetFile(stream), source, columns)
    except (pyarrow.ArrowException, OSError) as error:
        told = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise SourceError(source, f"is a broken Parquet table ({told}). Make or fetch the file again.") from None


def _batches(table: Any, source: str, columns: Mapping[str, str]) -> Iterator[Piece | Reject]:
    names = table.schema_arrow.names
    wanted = places(names, columns, source)
    number = 0
    for batch in table.iter_batches(batch_size=BATCH, columns=sorted({names[place] for place in wanted.values()})):
        read = {ours: _values(batch.column(names[place])) for ours, place in wanted.items()}
        for row in range(batch.num_rows):
            number += 1
            record = {name: values[row] for name, values in read.items()}
            yield Piece(source, str(number), "record", record)


def _values(column: Any) -> list[object]:
    """A column's values; its times in ISO 8601, without the nanoseconds that Python's own have no room for."""
    import pyarrow

    if pyarrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pyarrow.types.is_timestamp(column.type):
        column = column.cast(pyarrow.timestamp("us", tz=column.type.tz), safe=False)
    return [_plain(value) for value in column.to_pylist()]


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if isinstance(value, date | datetime) else value
