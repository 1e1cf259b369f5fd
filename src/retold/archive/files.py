"""How many origins the articles of some files go back to: read, compared and judged at once, without an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from retold.archive import provenance
from retold.archive.origin_answers import Known, answered
from retold.archive.prepared import clean, first_known, seconds
from retold.archive.read_files import NOTHING, Progress, Source, pieces_of, unread, version_in_piece
from retold.archive.workers import Workers, workers
from retold.copies.components import only, parts
from retold.copies.engine import engine
from retold.copies.judged import Copy, Doubt, Judged, Origin
from retold.copies.judging import judge
from retold.model.errors import SourceError
from retold.model.identity import identify
from retold.model.records import Reject, Version
from retold.model.rows import CarrierRow, CopyRow, DoubtRow, OriginRow, PassageRow

if TYPE_CHECKING:
    from retold.copies.passages import Shared

NO_RUN = 0  # rows name the run that made them; nothing here is kept
STEP = 100  # articles from one word about the progress to the next
TOGETHER = 256  # articles that share nothing are judged so many at once


class Family(NamedTuple):
    """Articles that hang together by what they share, in the order of ids."""

    ids: Sequence[str]
    versions: Sequence[Version]
    shared: Shared


class Read(NamedTuple):
    """What some sources hold: the newest version of each article, its names, and what could not be read."""

    versions: dict[str, Version]
    names: dict[str, set[str]]
    rejects: list[Reject]


def origins(
    sources: Iterable[Source],
    *,
    limit: int | None = None,
    text: bool = True,
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
) -> provenance.Origins:
    """How many origins the articles of some sources go back to; raises SourceError where none could be read."""
    with workers(processes, start=True) as team:
        found = _read(sources, team, columns=columns, stdin=stdin, progress=progress)
        if not found.versions:
            raise SourceError.of_many([(each.source, each.reason) for each in found.rejects] or [NOTHING])
        known = _known(found, _judged(found.versions, team, progress))
    return provenance.Origins(
        story_id=None,
        requested_id=None,
        title=None,
        unlearned=0,
        rejects=[unread(each) for each in found.rejects],
        **answered(known, limit=limit, text=text),
    )


def _read(
    sources: Iterable[Source],
    team: Workers,
    *,
    columns: Mapping[str, str] | None,
    stdin: BinaryIO | None,
    progress: Progress | None,
) -> Read:
    """Read all articles; of several versions of one the newest stays."""
    found = Read({}, {}, [])
    newest: dict[str, tuple[bool, bool, float, int]] = {}
    for number, each in enumerate(team.map(version_in_piece, pieces_of(sources, columns, stdin))):
        if progress and number % STEP == 0:
            progress("reading", number, 0)
        if isinstance(each, Reject):
            found.rejects.append(each)
            continue
        key, version = each
        found.names.setdefault(key, set()).add(clean(version.source_id or version.source))
        stood = first_known(seconds(version.seen), seconds(version.published))
        order = version.text != (version.title or ""), stood is not None, stood or 0.0, number
        if key not in newest or order > newest[key]:
            newest[key], found.versions[key] = order, version
    if progress:
        progress("reading", len(newest), len(newest))
    return found


def _judged(
    versions: Mapping[str, Version], team: Workers, progress: Progress | None
) -> Iterator[tuple[Sequence[str], Judged]]:
    """Each family with what is said of it."""
    ids = sorted(versions)
    if progress:
        progress("looking for copies", 0, len(ids))
    shared = engine([versions[key].text for key in ids])
    families = list(_families(ids, versions, shared))
    done = 0
    for family, judged in zip(families, team.map(_judge, families), strict=True):
        yield family.ids, judged
        done += len(family.ids)
        if progress:
            progress("tracing origins", done, len(ids))


def _families(ids: Sequence[str], versions: Mapping[str, Version], shared: Shared) -> Iterator[Family]:
    import numpy as np

    alone = set(ids)
    for places, own in parts(shared):
        keys = [ids[place] for place in places.tolist()]
        alone.difference_update(keys)
        yield Family(keys, [versions[key] for key in keys], own)
    rest = sorted(alone)
    for first in range(0, len(rest), TOGETHER):
        some = rest[first : first + TOGETHER]
        yield Family(some, [versions[key] for key in some], only(shared, np.empty(0, np.int64)))


def _judge(family: Family) -> Judged:
    return judge(family.versions, family.shared)


def _known(found: Read, judged: Iterable[tuple[Sequence[str], Judged]]) -> Known:
    """What was judged, as the archive would know it."""
    families = list(judged)
    return Known(
        asked=frozenset(found.versions),
        named={key: _named(key, version, found.names[key]) for key, version in found.versions.items()},
        versions=lambda keys: {key: found.versions[key] for key in keys},
        origins=[_origin(ids, origin) for ids, told in families for origin in told.origins],
        carriers=[row for ids, told in families for origin in told.origins for row in _carriers(ids, origin)],
        doubts=[_doubt(ids, doubt) for ids, told in families for doubt in told.doubts],
        copies=[copy_row(ids, copy) for ids, told in families for copy in told.copies],
    )


def _origin_id(ids: Sequence[str], origin: Origin) -> str:
    return identify("origin", ids[min(origin.main)])


def _origin(ids: Sequence[str], origin: Origin) -> OriginRow:
    return OriginRow(
        id=_origin_id(ids, origin),
        agency=origin.agency,
        earliest=None if origin.earliest is None else ids[origin.earliest],
        fullest=ids[origin.fullest],
        source=None if origin.source is None else ids[origin.source],
        articles=len(origin.members),
        unseen=0,
        run=NO_RUN,
    )


def _carriers(ids: Sequence[str], origin: Origin) -> Iterator[CarrierRow]:
    for member in origin.members:
        yield CarrierRow(_origin_id(ids, origin), ids[member.place], member.role, float(member.share), NO_RUN)


def _doubt(ids: Sequence[str], doubt: Doubt) -> DoubtRow:
    return DoubtRow(ids[doubt.one], ids[doubt.other], doubt.kind, doubt.note, NO_RUN)


def copy_row(ids: Sequence[str], copy: Copy) -> CopyRow:
    """What two versions share, as the archive would keep it."""
    shares = float(copy.left_share), float(copy.right_share)
    return CopyRow(ids[copy.left], ids[copy.right], copy.words, *shares, copy.label, NO_RUN)


def passage_row(ids: Sequence[str], copy: Copy, place: int) -> PassageRow:
    """A passage of two versions, as the archive would keep it."""
    each = copy.passages[place]
    spans = each.left_start, each.left_end, each.right_start, each.right_end
    return PassageRow(ids[copy.left], ids[copy.right], place, *spans, each.words, each.label, int(each.moved), NO_RUN)


def _named(key: str, version: Version, names: Iterable[str]) -> provenance.Named:
    return provenance.Named(
        article_id=key,
        source_ids=sorted(names),
        version_id=version.id,
        outlet=version.outlet,
        title=version.title,
        url=version.url,
        published=version.published,
    )
