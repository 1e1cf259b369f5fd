"""What the versions of an archive have people say: read when somebody first asks for it, and kept.

To read an archive's statements takes far longer than to learn from it, and most questions are about a few stories: so
``learn`` does not, and each question reads what it needs and has not been read yet. What is kept is a function of the
version alone; it is read again where its text is judged anew, or where another Retold reads it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec

from retold.archive.listening import STEP, Progress
from retold.archive.runs import run
from retold.archive.texts import COLUMNS, FROM, version_of
from retold.archive.workers import Workers
from retold.attributing import Heard, heard, without_datelines
from retold.model.records import COMPARED, Version
from retold.model.version import __version__
from retold.statements.records import Speaker, Statement
from retold.store.store import Store

ENOUGH = 100  # versions that are kept at once: what was read before an interruption is kept
DIGEST = 16  # bytes
READERS = (".py", ".onnx", ".json", ".toml")  # files of the room and its languages, each may change what is read


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What rests in a row."""

    statements: list[Statement]
    speakers: list[Speaker | None]


class Row(NamedTuple):
    """What a version has people say, as it is kept, and the digest of what it was read from."""

    digest: bytes
    data: bytes


Fresh = Mapping[int, Row]  # by the numbers of versions: what was read just now, and could not be kept
NOTHING: Fresh = {}
ABSENT = Row(b"", b"")


class Spoken(NamedTuple):
    """A version with what it has people say."""

    article_id: str
    version: Version
    heard: Heard


@cache
def reader() -> bytes:
    """What names the reader of statements: Retold's version, its model, its rules and their languages."""
    room = files("retold.statements")
    told = blake2b(__version__.encode(), digest_size=DIGEST)
    for folder in (room, room / "model", files("retold.text") / "languages"):
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            if file.name.endswith(READERS):
                told.update(file.read_bytes())
    return told.digest()


def digest(version: Version) -> bytes:
    """What names all that the statements of a version follow from, but its text, which never changes."""
    spans = [(block.start, block.end) for block in without_datelines(version).blocks if block.kind in COMPARED]
    told = blake2b(reader(), digest_size=DIGEST)
    told.update(msgspec.json.encode([version.language, spans]))
    return told.digest()


def pack(found: Heard) -> bytes:
    """What is kept of a version."""
    return zlib.compress(msgspec.msgpack.encode(Kept(found.statements, found.speakers)))


def unpack(data: bytes) -> Heard:
    """What was kept of a version; raises ValueError where it cannot be read."""
    try:
        kept = msgspec.msgpack.decode(zlib.decompress(data), type=Kept)
    except (zlib.error, msgspec.MsgspecError) as error:
        raise ValueError(str(error)) from error
    return Heard(kept.statements, kept.speakers)


def lacking(store: Store, numbers: Iterable[int]) -> list[int]:
    """Those of some versions, by their numbers, that have not been read yet, or by another reader."""
    question = (
        f"SELECT versions.number, sayings.digest, {COLUMNS} FROM json_each(:numbers) AS wanted "
        "JOIN versions ON versions.number = wanted.value LEFT JOIN features ON features.version = versions.number "
        "LEFT JOIN sayings ON sayings.version = versions.number ORDER BY versions.number"
    )
    rows = store.ask(question, numbers=_listed(numbers))
    return [number for number, known, *row in rows if known != digest(version_of(row))]


def read(
    ask: Callable[[], Store], numbers: Sequence[int], *, team: Workers, progress: Progress | None = None
) -> Iterator[dict[int, Row]]:
    """Read some versions, batch by batch; ``ask`` gives what they are read from, which may be closed between two."""
    versions = (version for first in range(0, len(numbers), ENOUGH) for version in _versions(ask(), numbers, first))
    found: dict[int, Row] = {}
    for place, (number, row) in enumerate(zip(numbers, team.map(_made, versions), strict=True)):
        if progress:
            progress(STEP, place, len(numbers))
        found[number] = row
        if len(found) == ENOUGH:
            yield found
            found = {}
    if progress:
        progress(STEP, len(numbers), len(numbers))
    if found:
        yield found


def keep(store: Store, read: Mapping[int, Row]) -> None:
    """Keep what some versions have people say; a moment's work, in which nobody else can write."""
    with run(store, "statements", {"versions": len(read)}) as current:
        with store.transaction():
            store.put("sayings", [(number, *row, current.number) for number, row in read.items()])
        current.rows = len(read)


def _versions(store: Store, numbers: Sequence[int], first: int) -> list[Version]:
    """Some versions, in the order of their numbers; at once, for the writer commits between them."""
    wanted = "versions.number IN (SELECT value FROM json_each(:numbers))"
    question = f"SELECT {COLUMNS} {FROM} WHERE {wanted} ORDER BY versions.number"
    return [version_of(row) for row in store.ask(question, numbers=_listed(numbers[first : first + ENOUGH]))]


def _made(version: Version) -> Row:
    return Row(digest(version), pack(heard(version)))


def spoken(store: Store, numbers: Iterable[int], fresh: Fresh = NOTHING) -> list[Spoken]:
    """Versions with what they have people say, the earliest first; what is neither kept nor ``fresh`` is read now."""
    question = (
        f"SELECT versions.number, versions.article_id, sayings.digest, sayings.data, {COLUMNS} "
        "FROM json_each(:numbers) AS wanted JOIN versions ON versions.number = wanted.value "
        "LEFT JOIN features ON features.version = versions.number "
        "LEFT JOIN sayings ON sayings.version = versions.number "
        "ORDER BY versions.moment IS NULL, versions.moment, versions.article_id, "
        "versions.stood IS NULL, versions.stood, versions.id"
    )
    return [_spoken(row, fresh) for row in store.ask(question, numbers=_listed(numbers))]


def _spoken(row: Sequence[Any], fresh: Fresh) -> Spoken:
    number, article, known, data, *rest = row
    version = version_of(rest)
    named = digest(version)
    for kept in (Row(known, data), fresh.get(number, ABSENT)):
        told = _kept(kept.data) if kept.digest == named else None
        if told is not None:
            return Spoken(article, version, told)
    return Spoken(article, version, heard(version))


def _kept(data: bytes) -> Heard | None:
    """What a row holds; None where it is damaged."""
    try:
        return unpack(data)
    except ValueError:
        return None


def _listed(numbers: Iterable[int]) -> str:
    return json.dumps(sorted(set(numbers)))
