"""What families of articles were judged to be, as rows of the archive's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from retold.archive.texts import version_of
from retold.copies.components import only, parts
from retold.copies.judged import Copy, Doubt, Origin
from retold.copies.judging import judge
from retold.copies.lineage import Lineage, lineage
from retold.model.identity import identify
from retold.model.records import Version
from retold.store.store import Store

if TYPE_CHECKING:
    from retold.copies.passages import Shared

UNSEEN = "unseen {}"  # what stands for the id of a text that nobody has seen
Row = tuple[Any, ...]


class Article(NamedTuple):
    """An article that is to be judged: its id, the number of its newest version, the digest of its family."""

    id: str
    number: int
    digest: bytes


class Task(NamedTuple):
    """Some families: their articles in the order of ids, these articles' texts as rows, and what they share.

    ``batch``: what is written together.
    """

    batch: int
    articles: tuple[Article, ...]
    texts: tuple[Row, ...]
    shared: Shared


class Rows(NamedTuple):
    """The rows of some families, table by table, but for the numbers of their runs."""

    batch: int
    articles: tuple[Article, ...]
    tables: dict[str, list[Row]]


def judged(task: Task) -> Rows:
    """Judge some families, each by itself; articles that share nothing stand side by side."""
    versions = [_version(*row) for row in task.texts]
    tables: dict[str, list[Row]] = {"judged": [tuple(article) for article in task.articles]}
    for places, shared in _families(task):
        names = [task.articles[place].id for place in places]
        for table, rows in _judged(names, [versions[place] for place in places], shared).items():
            tables.setdefault(table, []).extend(rows)
    return Rows(task.batch, task.articles, tables)


def _families(task: Task) -> Iterator[tuple[list[int], Shared]]:
    """The families of a task, and then all articles that share nothing."""
    import numpy as np

    alone = dict.fromkeys(range(len(task.articles)))
    for places, shared in parts(task.shared):
        yield places.tolist(), shared
        for place in places.tolist():
            del alone[place]
    if alone:
        yield list(alone), only(task.shared, np.empty(0, np.int64))


def _judged(names: Sequence[str], versions: Sequence[Version], shared: Shared) -> dict[str, Iterable[Row]]:
    """The rows of a family, table by table."""
    found = judge(versions, shared)
    traced = [(origin, lineage(versions, _places(origin), origin.fullest, shared)) for origin in found.origins]
    return {
        "copies": [_copy(names, copy) for copy in found.copies],
        "passages": [row for copy in found.copies for row in _passages(names, copy)],
        "origins": [_origin(names, origin, told) for origin, told in traced],
        "carriers": [row for origin in found.origins for row in _carriers(names, origin)],
        "doubts": [_doubt(names, doubt) for doubt in found.doubts],
        "lineage": [row for origin, told in traced for row in _lineage(names, origin, told)],
    }


def _places(origin: Origin) -> list[int]:
    return [member.place for member in origin.members]


def write(store: Store, made: Sequence[Rows], run: int) -> int:
    """Write what some families were judged to be in the place of what was there, and return how many rows."""
    articles = msgspec.json.encode([article.id for rows in made for article in rows.articles]).decode()
    for statement in GONE:
        store.do(statement, articles=articles)
    return sum(store.put(name, _numbered(rows.tables[name], run)) for rows in made for name in rows.tables)


def _numbered(rows: Iterable[Row], run: int) -> Iterator[Row]:
    return ((*row, run) for row in rows)


_AMONG = "IN (SELECT value FROM json_each(:articles))"
_BY_ORIGIN = f"IN (SELECT origin_id FROM carriers WHERE article_id {_AMONG})"
GONE = (
    f"DELETE FROM copies WHERE article_id {_AMONG}",
    f"DELETE FROM passages WHERE article_id {_AMONG}",
    f"DELETE FROM doubts WHERE article_id {_AMONG}",
    f"DELETE FROM lineage WHERE origin_id {_BY_ORIGIN}",
    f"DELETE FROM origins WHERE id {_BY_ORIGIN}",
    f"DELETE FROM carriers WHERE article_id {_AMONG}",
)
"""What takes the rows of families away. The articles of a row are all of one family: its first one finds it."""


def _version(outlet: str | None, url: str | None, *row: Any) -> Version:
    """An article's newest version, with what only older ones state of where it stood."""
    found = version_of(row)
    if found.outlet and found.url:
        return found
    return replace(found, outlet=found.outlet or outlet, url=found.url or url)


def _copy(names: Sequence[str], copy: Copy) -> Row:
    shares = float(copy.left_share), float(copy.right_share)
    return names[copy.left], names[copy.right], copy.words, *shares, copy.label


def _passages(names: Sequence[str], copy: Copy) -> Iterator[Row]:
    for place, each in enumerate(copy.passages):
        spans = each.left_start, each.left_end, each.right_start, each.right_end
        yield names[copy.left], names[copy.right], place, *spans, each.words, each.label, int(each.moved)


def _origin_id(names: Sequence[str], origin: Origin) -> str:
    """The id of an origin: its first article gives it, of those whose main origin it is."""
    return identify("origin", names[min(origin.main)])


def _origin(names: Sequence[str], origin: Origin, told: Lineage) -> Row:
    places = origin.earliest, origin.fullest, origin.source
    ids = (None if place is None else names[place] for place in places)
    return _origin_id(names, origin), origin.agency, *ids, len(origin.members), told.unseen


def _carriers(names: Sequence[str], origin: Origin) -> Iterator[Row]:
    for member in origin.members:
        yield _origin_id(names, origin), names[member.place], member.role, float(member.share)


def _doubt(names: Sequence[str], doubt: Doubt) -> Row:
    return names[doubt.one], names[doubt.other], doubt.kind, doubt.note


def _lineage(names: Sequence[str], origin: Origin, told: Lineage) -> Iterator[Row]:
    for edge in told.edges:
        ends = (_node(names, edge.source), _node(names, edge.target))
        yield _origin_id(names, origin), *ends, float(edge.probability), msgspec.json.encode(edge.signs)


def _node(names: Sequence[str], place: int) -> str:
    """The id of an article, or what stands for that of a text that nobody has seen."""
    return names[place] if place >= 0 else UNSEEN.format(-place)
