"""Tables out of an archive, row by row: JSON lines, CSV, Parquet, Arrow."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from retold.archive.tables import EXPORTED
from retold.model.errors import UsageError
from retold.model.rows import columns
from retold.store.store import Store

if TYPE_CHECKING:
    import pyarrow

BATCH = 2000  # rows held at once
READ = ("statements", "speakers")  # tables for which all versions have to be read first


def table(store: Store, name: str) -> pyarrow.Table:
    """A whole table in memory; raises UsageError where there is none of the name."""
    import pyarrow as pa

    return pa.Table.from_batches(_batches(store, name), schema=_schema(name))


def export(store: Store, name: str, form: str, file: BinaryIO) -> int:
    """Write a table to a file, and return its rows; raises UsageError for an unknown table or format."""
    _check(name)
    if form not in FORMATS:
        raise UsageError(f"There is no format {form!r}. There are: {', '.join(FORMATS)}")
    with store.glance():
        return FORMATS[form](store, name, file)


def _check(name: str) -> None:
    if name not in EXPORTED:
        raise UsageError(f"There is no table {name!r}. There are: {', '.join(EXPORTED)}")


def _rows(store: Store, name: str) -> Iterator[tuple[Any, ...]]:
    """Each row of a table, truths as such."""
    _check(name)
    places = [place for place, column in enumerate(columns(EXPORTED[name])) if column.holds is bool]
    for row in _asked(store, name):
        if not places:
            yield row
            continue
        told = list(row)
        for place in places:
            told[place] = bool(told[place])
        yield tuple(told)


def _asked(store: Store, name: str) -> Iterator[Any]:
    """Each row as it is kept, or as it is made now."""
    if name not in READ:
        return store.ask(f"export_{name}")
    from retold.archive.ledger_tables import MADE

    return MADE[name](store)


def _names(name: str) -> list[str]:
    return [column.name for column in columns(EXPORTED[name])]


def _jsonl(store: Store, name: str, file: BinaryIO) -> int:
    names, encoder, count = _names(name), msgspec.json.Encoder(), 0
    for row in _rows(store, name):
        file.write(encoder.encode(dict(zip(names, row, strict=True))) + b"\n")
        count += 1
    return count


def _csv(store: Store, name: str, file: BinaryIO) -> int:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer, count = csv.writer(text, lineterminator="\n"), 0
    writer.writerow(_names(name))
    for row in _rows(store, name):
        writer.writerow(["" if value is None else value for value in row])
        count += 1
    text.detach()
    return count


def _parquet(store: Store, name: str, file: BinaryIO) -> int:
    import pyarrow.parquet as pq

    count = 0
    with pq.ParquetWriter(file, _schema(name)) as writer:
        for batch in _batches(store, name):
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def _batches(store: Store, name: str) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow as pa

    schema, rows = _schema(name), _rows(store, name)
    for some in iter(lambda: list(islice(rows, BATCH)), []):
        arrays = [pa.array(values, field.type) for values, field in zip(zip(*some, strict=True), schema, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _schema(name: str) -> pyarrow.Schema:
    """The Arrow schema of a table, from the class of its rows."""
    import pyarrow as pa

    _check(name)
    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), bytes: pa.binary()}
    told = columns(EXPORTED[name])
    return pa.schema([pa.field(column.name, kinds[column.holds], nullable=column.empty) for column in told])


FORMATS: dict[str, Callable[[Store, str, BinaryIO], int]] = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
