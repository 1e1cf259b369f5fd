"""Corrections honoured: the rows of versions as readers corrected them, and all that follows from these made anew.

How a version was read rests in ``readings`` as long as its row says something else, so that a correction can be taken
back, and a text that comes again is compared with what was read. What stands is a function of the articles and of the
corrections, in whatever order these came.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from retold.archive.corrected import Known, Outcome, Read, Said, corrected
from retold.archive.currents import article_row
from retold.archive.finding import indexed
from retold.archive.prepared import blocks_of, body, first_known, seconds
from retold.archive.texts import judged
from retold.model.records import Version
from retold.store.store import Store
from retold.stories.features import features

BATCH = 100  # articles a transaction
DIGEST = 16  # bytes
COLUMNS = ("title", "outlet", "author", "published", "language", "blocks", "credits", "prints")  # those of a Read
Progress = Callable[[str, int, int], None]


class Stood(NamedTuple):
    """A version: its number, how it was read, what its row says now, and what is set aside of that.

    ``marked``: the outlets that the next ``learn`` has to judge because of it; None where it has nothing to learn of.
    """

    number: int
    known: Known
    seen: str | None
    now: Read
    aside: bytes | None
    kept: bool
    marked: str | None


def said_of(store: Store, article: str) -> list[Said]:
    """What readers corrected of an article."""
    question = "SELECT version_id, part, start, end, words, value FROM corrections WHERE article_id = :article"
    return [Said(*row) for row in store.ask(question, article=article)]


def versions_as_read(store: Store, article: str) -> list[Stood]:
    """All versions of an article, the newest first."""
    return [_stood(row) for row in store.ask("versions_as_read", article=article)]


def _stood(row: Sequence[Any]) -> Stood:
    number, id_, text, seen, aside, kept, marked, *rest = row
    now = Read(*rest[: len(COLUMNS)])
    read = Read(*rest[len(COLUMNS) :]) if kept else now
    stood = first_known(seconds(seen), seconds(read.published))
    return Stood(number, Known(id_, text, stood, read), seen, now, aside, bool(kept), marked)


def outcomes(versions: Sequence[Stood], said: Sequence[Said]) -> list[Outcome]:
    """Each version as corrected."""
    others = {each.known.id: each.known for each in versions}
    return [corrected(each.known, others, said) for each in versions]


def honour_all(store: Store, run: int, *, progress: Progress | None = None) -> int:
    """Honour all corrections, and take back what is corrected no more; return how many versions were changed."""
    articles = [article for (article,) in store.ask(ARTICLES)]
    rest, count, done = iter(articles), 0, 0
    for batch in iter(lambda: list(islice(rest, BATCH)), []):
        with store.transaction():
            count += sum(honour(store, article, run) for article in batch)
        done += len(batch)
        if progress:
            progress("correcting", done, len(articles))
    return count


ARTICLES = (
    "SELECT article_id FROM corrections UNION "
    "SELECT versions.article_id FROM readings JOIN versions ON versions.number = readings.version ORDER BY 1"
)


def is_corrected(store: Store, article: str) -> bool:
    """Whether anything of an article is, or was until the next ``learn``, corrected."""
    question = (
        "SELECT EXISTS (SELECT 1 FROM corrections WHERE article_id = :article) OR EXISTS (SELECT 1 FROM versions "
        "JOIN readings ON readings.version = versions.number WHERE versions.article_id = :article)"
    )
    return bool(store.one(question, article=article)[0])


def honour(store: Store, article: str, run: int) -> int:
    """Bring the versions of an article to what was said of it; return how many were changed."""
    versions = versions_as_read(store, article)
    wanted = [outcome.read for outcome in outcomes(versions, said_of(store, article))]
    changed = [(each, read) for each, read in zip(versions, wanted, strict=True) if each.now != read]
    if not changed:
        return 0
    for each, read in changed:
        _write(store, each, read)
    _keep(store, changed, (), run)
    left, came = _article(store, article, run)
    for each, read in zip(versions, wanted, strict=True):
        if left != came or _reads_otherwise(each.now, read):
            _make_anew(store, each, read, run)
    if left != came:
        _keep(store, changed, (left, came), run)
    return len(changed)


def _write(store: Store, stood: Stood, read: Read) -> None:
    """Put a reading into the row of its version."""
    published, seen = seconds(read.published), seconds(stood.seen)
    times = first_known(published, seen), first_known(seen, published)
    store.do(
        f"UPDATE versions SET ({', '.join(COLUMNS)}, moment, stood) = ({', '.join('?' * len(COLUMNS))}, ?, ?) "
        "WHERE number = ?",
        [(*read, *times, stood.number)],
    )


def _article(store: Store, article: str, run: int) -> tuple[str | None, str | None]:
    """Tell an article anew as its versions have it now; return the outlet it had, and the one it has."""
    before = store.one("SELECT * FROM articles WHERE id = :id", id=article)
    after = article_row(store, article, run)
    if before is None or before[:-1] != after[:-1]:
        store.put("articles", [after])
    return before and before[2], after[2]


def _reads_otherwise(one: Read, other: Read) -> bool:
    """Whether two readings differ in what an article is about, or in what may be furniture of it."""
    return any(getattr(one, name) != getattr(other, name) for name in ("title", "language", "blocks", "prints"))


def _make_anew(store: Store, stood: Stood, read: Read, run: int) -> None:
    """Make what a version is about, and its words for the index, of a reading, as when it came in: what its outlet's
    other pages show is judged by the next ``learn``."""
    text, blocks = stood.known.text, blocks_of(read.blocks)
    before = body(text, judged(blocks_of(stood.now.blocks), stood.aside))
    store.unindex(stood.number, indexed(stood.now.title or ""), before)
    store.index(stood.number, indexed(read.title or ""), body(text, blocks))
    about = features(Version("", "", text, blocks, language=read.language, title=read.title))
    store.put("features", [(stood.number, None, about.digest(), about.pack(), run)])


def _keep(store: Store, changed: Iterable[tuple[Stood, Read]], outlets: Iterable[str | None], run: int) -> None:
    """Keep how versions were read, and what the next ``learn`` has to look at."""
    rows = []
    for stood, read in changed:
        due = json.dumps(sorted({*json.loads(stood.marked or "[]"), *(each for each in outlets if each)}))
        digest = None if read == stood.known.read else named(read)
        rows.append((stood.number, *_as_row(stood.known.read), digest, due, run))
    store.put("readings", rows)


def _as_row(read: Read) -> tuple[Any, ...]:
    """A reading in the order of the table."""
    return (
        read.title,
        read.outlet,
        read.author,
        read.language,
        read.published,
        read.blocks,
        read.credits,
        read.prints,
    )


def named(read: Read) -> bytes:
    """What names a reading."""
    return blake2b(msgspec.msgpack.encode(read), digest_size=DIGEST).digest()


def learned(store: Store) -> None:
    """Note that all was learned that follows from the corrections, and forget what is corrected no more."""
    with store.transaction():
        store.do("UPDATE readings SET outlets = NULL WHERE outlets NOT NULL")
        store.do("DELETE FROM readings WHERE digest IS NULL")
