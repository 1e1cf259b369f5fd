"""What the archive knows of copies, origins and lineage, as the rows that ``learn`` has written."""

from __future__ import annotations

import json
from collections.abc import Iterable

from retold.model.rows import CarrierRow, CopyRow, DoubtRow, LineageRow, OriginRow, PassageRow
from retold.store.store import Store


def origins_of(store: Store, articles: Iterable[str]) -> list[OriginRow]:
    """The origins whose text some articles carry, by id."""
    question = (
        "SELECT * FROM origins WHERE id IN (SELECT carriers.origin_id FROM json_each(:ids) AS wanted "
        "JOIN carriers ON carriers.article_id = wanted.value) ORDER BY id"
    )
    return [OriginRow(*row) for row in store.ask(question, ids=_listed(articles))]


def carriers_of(store: Store, articles: Iterable[str]) -> list[CarrierRow]:
    """What some articles carry, by article; its main origin first."""
    question = (
        "SELECT carriers.* FROM json_each(:ids) AS wanted JOIN carriers ON carriers.article_id = wanted.value "
        "ORDER BY carriers.article_id, carriers.role, carriers.share DESC, carriers.origin_id"
    )
    return [CarrierRow(*row) for row in store.ask(question, ids=_listed(articles))]


def all_carriers(store: Store, origins: Iterable[str]) -> list[CarrierRow]:
    """All articles that carry the text of some origins, by origin and article."""
    question = (
        "SELECT carriers.* FROM json_each(:ids) AS wanted JOIN carriers ON carriers.origin_id = wanted.value "
        "ORDER BY carriers.origin_id, carriers.article_id"
    )
    return [CarrierRow(*row) for row in store.ask(question, ids=_listed(origins))]


def doubts_among(store: Store, articles: Iterable[str]) -> list[DoubtRow]:
    """Why the number of origins of some articles is not certain: the doubts of which both articles are among them."""
    ids = sorted(set(articles))
    question = (
        "SELECT doubts.* FROM json_each(:ids) AS wanted JOIN doubts ON doubts.article_id = wanted.value "
        "ORDER BY doubts.article_id, doubts.other_id, doubts.kind"
    )
    among = set(ids)
    found = [DoubtRow(*row) for row in store.ask(question, ids=_listed(ids))]
    return [doubt for doubt in found if doubt.other_id in among]


def copies_of(store: Store, article: str) -> list[CopyRow]:
    """The articles that share passages with one, which stands first in each row; those that share most come first."""
    question = (
        "SELECT article_id, other_id, words, share, other_share, label, run FROM copies WHERE article_id = :id "
        "UNION ALL SELECT other_id, article_id, words, other_share, share, label, run FROM copies "
        "WHERE other_id = :id ORDER BY 3 DESC, 2"
    )
    return [CopyRow(*row) for row in store.ask(question, id=article)]


def passages_of(store: Store, one: str, other: str) -> list[PassageRow]:
    """The passages that two articles share, in the order of the first, which stands first in each row."""
    low, high = sorted((one, other))
    question = "SELECT * FROM passages WHERE article_id = :low AND other_id = :high ORDER BY place"
    found = [PassageRow(*row) for row in store.ask(question, low=low, high=high)]
    return found if (low, high) == (one, other) else sorted(map(_turned, found), key=_start)


def lineage_of(store: Store, origins: Iterable[str]) -> list[LineageRow]:
    """Which text was made from which, by origin."""
    question = (
        "SELECT lineage.* FROM json_each(:ids) AS wanted JOIN lineage ON lineage.origin_id = wanted.value "
        "ORDER BY lineage.origin_id, lineage.target, lineage.source"
    )
    return [LineageRow(*row) for row in store.ask(question, ids=_listed(origins))]


def _listed(ids: Iterable[str]) -> str:
    return json.dumps(sorted(set(ids)))


def _start(row: PassageRow) -> int:
    return row.start


def _turned(row: PassageRow) -> PassageRow:
    """A passage as the other article of its pair sees it."""
    return PassageRow(
        article_id=row.other_id,
        other_id=row.article_id,
        place=row.place,
        start=row.other_start,
        end=row.other_end,
        other_start=row.start,
        other_end=row.end,
        words=row.words,
        label=row.label,
        moved=row.moved,
        run=row.run,
    )
