"""Articles into the archive: read by several processes, written by one, in transactions of a few hundred."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from retold.archive.currents import article_row
from retold.archive.finding import indexed
from retold.archive.honouring import honour, is_corrected
from retold.archive.prepared import Prepared, Refused, first_known, prepare, seconds
from retold.archive.workers import Workers
from retold.inputs.piece import Piece
from retold.model.identity import identify
from retold.model.records import Reject
from retold.store.store import Store

BATCH = 500  # articles a transaction: a killed process loses no more than the reading of these
PACKED = (".gz", ".parquet", ".warc", ".bz2", ".zst", ".xz")
GAP_NAMES = ("url", "outlet", "author", "section", "published", "seen")  # what may be stated of a version later on
GAPS = ", ".join(GAP_NAMES)
KEPT_NAMES = ("outlet", "author", "published")  # of these, what a reader may correct
KNOWN = (  # as it was read, whatever a reader has corrected since
    "SELECT number, "
    + ", ".join(
        f"CASE WHEN readings.version IS NULL THEN versions.{name} ELSE readings.{name} END"
        if name in KEPT_NAMES
        else f"versions.{name}"
        for name in GAP_NAMES
    )
    + " FROM versions LEFT JOIN readings ON readings.version = versions.number WHERE versions.id = :id"
)
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Count:
    """What an addition came to: articles not known before, new versions of known ones, versions that were there
    already, and inputs that could not be read."""

    articles: int = 0
    versions: int = 0
    known: int = 0
    rejects: int = 0

    @property
    def all(self) -> int:
        """All inputs that were looked at."""
        return self.articles + self.versions + self.known + self.rejects


def add(
    store: Store,
    inputs: Iterable[Piece | Reject],
    *,
    run: int,
    team: Workers,
    progress: Progress | None = None,
    total: Callable[[int], int] = lambda done: 0,
) -> Count:
    """Read and store all inputs, and return what that came to; what was committed stays, whatever happens next."""
    count = Count()
    prepared = team.map(prepare, inputs)
    for batch in iter(lambda: list(islice(prepared, BATCH)), []):
        with store.transaction():
            for each in batch:
                write(store, each, run, count)
        if progress:
            progress("adding", count.all, total(count.all))
    return count


class Estimate:
    """How many articles an addition will come to, by the share of the files' bytes that was handed out so far."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._bytes = _size(sources)
        self._handed = self._pieces = 0

    def following(self, inputs: Iterable[Piece | Reject]) -> Iterator[Piece | Reject]:
        """The inputs, counted as they are handed out."""
        for each in inputs:
            self._pieces += 1
            if isinstance(each, Piece) and isinstance(each.body, bytes | str):
                self._handed += len(each.body)
            yield each

    def total(self, done: int) -> int:
        """How many articles there will be; 0 where nobody can know."""
        if not self._bytes or not self._handed:
            return 0
        return max(done, self._pieces * self._bytes // max(1, self._handed))


def _size(sources: Iterable[str]) -> int:
    """The bytes of all files; 0 where some are packed, or no files."""
    sizes = [_size_of(source) for source in sources]
    return sum(sizes) if all(sizes) else 0


def _size_of(source: str) -> int:
    if os.path.isdir(source):
        return sum(
            os.path.getsize(path)
            for folder, _, names in os.walk(source)
            for path in (os.path.join(folder, name) for name in names)
            if os.path.isfile(path)
        )
    return os.path.getsize(source) if os.path.isfile(source) and not source.endswith(PACKED) else 0


def write(store: Store, made: Prepared | Refused, run: int, count: Count) -> None:
    """Write what was made of one input, and count it."""
    if isinstance(made, Refused):
        count.rejects += 1
        store.put("rejects", [(identify("reject", *made), *made, run)])
        return
    known = store.one(KNOWN, id=made.version_id)
    if known:
        count.known += 1
        _fill(store, made, known, run)
    else:
        number = store.one("SELECT COALESCE(MAX(number), 0) + 1 FROM versions")[0]
        store.put("versions", [_version_row(number, made, run)])
        store.put("features", [(number, None, made.digest, made.data, run)])
        store.index(number, indexed(made.title or ""), made.body)
        _write_article(store, made, number, run, count)
    store.put("namings", [(made.article_id, made.source_id, run)], instead="IGNORE")


def _version_row(number: int, made: Prepared, run: int) -> tuple[Any, ...]:
    return (number, made.version_id, made.article_id, *made[2:-3], run)


def _write_article(store: Store, made: Prepared, number: int, run: int, count: Count) -> None:
    """A new article, or what a new version changes in a known one."""
    if not store.one("SELECT 1 FROM articles WHERE id = :id", id=made.article_id):
        count.articles += 1
        store.put("articles", [(made.article_id, made.url, made.outlet, made.moment, number, 1, run)])
        return
    count.versions += 1
    store.put("articles", [article_row(store, made.article_id, run)])
    _honour(store, made.article_id, run)


def _honour(store: Store, article_id: str, run: int) -> None:
    """Let what readers corrected of an article stand in what came of it now."""
    if is_corrected(store, article_id):
        honour(store, article_id, run)


def _fill(store: Store, made: Prepared, known: Sequence[Any], run: int) -> None:
    """Fill in what is stated of a known version that was not when it came: its text may come again with a date."""
    number, *before = known
    after = [old if old is not None else getattr(made, name) for name, old in zip(GAP_NAMES, before, strict=True)]
    if after == before:
        return
    published, seen = (seconds(after[GAP_NAMES.index(name)]) for name in ("published", "seen"))
    moment, stood = first_known(published, seen), first_known(seen, published)
    store.do(
        f"UPDATE versions SET ({GAPS}, moment, stood) = ({', '.join('?' * len(after))}, ?, ?) WHERE number = ?",
        [(*after, moment, stood, number)],
    )
    kept = [after[GAP_NAMES.index(name)] for name in KEPT_NAMES]
    store.do(f"UPDATE readings SET ({', '.join(KEPT_NAMES)}) = (?, ?, ?) WHERE version = ?", [(*kept, number)])
    outlet = store.one("SELECT outlet FROM articles WHERE id = :id", id=made.article_id)[0]
    row = article_row(store, made.article_id, run)
    store.put("articles", [row])
    if row[2] != outlet:  # its outlet is to be judged anew, and nothing was set aside of a page without one
        store.do(
            "UPDATE features SET aside = NULL WHERE version = :number AND aside = :none", number=number, none=b"[]"
        )
    _honour(store, made.article_id, run)
