"""Questions to an archive about copies and origins: how many sources there are, and who shares what with whom."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from retold.archive import provenance
from retold.archive.naming import article_id, story_ids
from retold.archive.origin_answers import Known, answered, counted, doubt_of, origin_of, running_digest
from retold.archive.origins_of import all_carriers, carriers_of, copies_of, doubts_among, origins_of, passages_of
from retold.archive.prepared import clean
from retold.archive.texts import COLUMNS, names_of, version_of
from retold.model.errors import UnknownError, UsageError
from retold.model.records import Version
from retold.model.rows import CopyRow, DoubtRow, OriginRow, PassageRow
from retold.store.store import Store

NOT_YET = "Copies and origins of this archive were not looked for yet. Run `retold learn` first."
NOT_THIS = "The article {!r} is newer than the last `retold learn`, which finds copies and origins. Run it first."
LABELS = ("copy", "partial", "quotation", "template", "background", "furniture")

JUDGED = "JOIN judged ON judged.article_id = wanted.value JOIN versions ON versions.number = judged.version"
ASKED = "FROM json_each(:ids) AS wanted JOIN articles ON articles.id = wanted.value"
BEHIND = "LEFT JOIN judged ON judged.article_id = articles.id WHERE judged.version IS NOT articles.current"


def origins(store: Store, name: str | None = None, *, limit: int | None = 20, text: bool = True) -> provenance.Origins:
    """How many origins a story's articles go back to, or without a name all that the archive holds.

    Raises UsageError where there is no such story, or where nothing was learned of it yet.
    """
    check_learned(store)
    if name is None:
        return _overview(store, limit=limit, text=text)
    story, title = story_of(store, name)
    asked = [row[0] for row in store.ask("SELECT article_id FROM tellings WHERE story_id = :id", id=story)]
    behind = unlearned(store, asked)
    known = _known(store, asked)
    return provenance.Origins(
        story_id=story,
        requested_id=clean(name),
        title=title,
        unlearned=behind,
        rejects=[],
        **answered(known, limit=limit, text=text),
    )


def story_of(store: Store, name: str) -> tuple[str, str]:
    """The id and the title of the story that a user names; raises UsageError where there is none, or more than one."""
    found = story_ids(store, name)
    if len(found) > 1:
        raise UnknownError(f"{name} stands for {len(found)} stories. Name one of them: {', '.join(found)}")
    return found[0], str(store.one("SELECT title FROM stories WHERE id = :id", id=found[0])[0])


def check_learned(store: Store) -> None:
    """Raise UsageError where nobody has looked for copies and origins yet."""
    if not store.one("SELECT 1 FROM judged") and store.one("SELECT 1 FROM articles"):
        raise UsageError(NOT_YET)


def unlearned(store: Store, articles: Iterable[str]) -> int:
    """How many of some articles have a version that the last ``learn`` did not see."""
    return int(store.one(f"SELECT COUNT(*) {ASKED} {BEHIND}", ids=json.dumps(sorted(articles)))[0])


def unlearned_in_all(store: Store) -> int:
    """How many articles of an archive have a version that the last ``learn`` did not see."""
    return int(store.one(f"SELECT COUNT(*) FROM articles {BEHIND}")[0])


def count_of(store: Store, articles: Iterable[str]) -> provenance.Count | None:
    """How many origins some articles go back to; None where ``learn`` has looked at none of them."""
    homes = {row.article_id: row.origin_id for row in carriers_of(store, articles) if row.role == "main"}
    return counted(homes, doubts_among(store, homes), named(store, homes)) if homes else None


def _known(store: Store, asked: Sequence[str]) -> Known:
    """All that the archive knows of the origins of some articles."""
    told = carriers_of(store, asked)
    learned = frozenset(row.article_id for row in told)
    rows = all_carriers(store, {row.origin_id for row in told})
    return Known(
        asked=learned,
        named=named(store, {row.article_id for row in rows}),
        versions=lambda ids: versions(store, ids),
        origins=origins_of(store, learned),
        carriers=rows,
        doubts=doubts_among(store, learned),
        copies=_copies_among(store, learned),
    )


def _copies_among(store: Store, articles: Collection[str]) -> list[CopyRow]:
    """The pairs of which both articles are among some."""
    question = "SELECT copies.* FROM json_each(:ids) AS wanted JOIN copies ON copies.article_id = wanted.value"
    rows = store.ask(question, ids=json.dumps(sorted(articles)))
    return [copy for copy in (CopyRow(*row) for row in rows) if copy.other_id in articles]


def _overview(store: Store, *, limit: int | None, text: bool) -> provenance.Origins:
    """All origins of an archive in numbers, and the largest of them.

    An article alone in its origin shares its text with none: only the others are read to tell how many texts there are.
    """
    question = "SELECT * FROM origins ORDER BY articles DESC, id LIMIT :limit"
    largest = [OriginRow(*row) for row in store.ask(question, limit=-1 if limit is None else limit)]
    rows = all_carriers(store, [row.id for row in largest])
    articles = [key for (key,) in store.ask("SELECT DISTINCT article_id FROM carriers")]
    known = Known(
        asked=frozenset(articles),
        named=named(store, {row.article_id for row in rows}),
        versions=lambda ids: versions(store, ids),
        origins=largest,
        carriers=rows,
    )
    main = dict(store.ask("SELECT origin_id, COUNT(*) FROM carriers WHERE role = 'main' GROUP BY origin_id"))
    count, doubts = _counted_all(store)
    return provenance.Origins(
        story_id=None,
        requested_id=None,
        title=None,
        articles=len(articles),
        texts=_texts(store, len(articles)),
        outlets=store.one("SELECT COUNT(DISTINCT outlet) FROM articles JOIN judged ON judged.article_id = id")[0],
        count=count,
        doubts=[doubt_of(row) for row in doubts],
        total=store.one("SELECT COUNT(*) FROM origins")[0],
        origins=[origin_of(known, row, main.get(row.id, 0), text=text) for row in largest],
        partial=[],
        picture_credits=[],
        unlearned=unlearned_in_all(store),
        rejects=[],
    )


def _counted_all(store: Store) -> tuple[provenance.Count, list[DoubtRow]]:
    """How many origins there are in all; only those in doubt are looked at one by one."""
    doubts = [DoubtRow(*row) for row in store.ask("SELECT * FROM doubts ORDER BY article_id, other_id, kind")]
    doubtful = sorted({key for row in doubts for key in (row.article_id, row.other_id)})
    homes = {row.article_id: row.origin_id for row in carriers_of(store, doubtful) if row.role == "main"}
    total = store.one("SELECT COUNT(*) FROM origins")[0]
    found = counted(homes, doubts, named(store, doubtful))
    low, high = total - found.likely + found.low, total - found.likely + found.high
    return provenance.Count(low=low, likely=total, high=high, reasons=found.reasons), doubts


def _texts(store: Store, articles: int) -> int:
    """How many distinct running texts so many articles have."""
    question = (
        "SELECT carriers.article_id FROM origins JOIN carriers ON carriers.origin_id = origins.id "
        "WHERE origins.articles > 1 GROUP BY carriers.article_id"
    )
    several = [key for (key,) in store.ask(question)]
    distinct = {running_digest(version) for _, version in _versions(store, several)}
    return articles - len(several) + len(distinct)


def copies(
    store: Store, name: str, *, label: str | Iterable[str] | None = None, limit: int | None = 20
) -> provenance.Copies:
    """Who shares what with an article, most first; ``label``: only pairs of these.

    Raises UsageError where there is no such article or label, or where the article was not learned of yet.
    """
    wanted = _labels(label)
    article = article_id(store, name)
    if not store.one("SELECT 1 FROM judged WHERE article_id = :id", id=article):
        raise UsageError(NOT_THIS.format(clean(name)))
    every = copies_of(store, article)
    rows = [row for row in every if row.label in wanted]
    shown = rows[:limit]
    ids = [article, *(row.other_id for row in shown)]
    called = named(store, ids)
    texts = {key: version.text for key, version in versions(store, ids).items()}
    return provenance.Copies(
        article=called[article],
        current=unlearned(store, ids) == 0,
        total=len(rows),
        beyond=len(_same_origin(store, article) - {article, *(row.other_id for row in every)}),
        copies=[_copy(store, row, called[row.other_id], texts) for row in shown],
    )


def _same_origin(store: Store, article: str) -> set[str]:
    """All articles that carry the text of an article's main origin."""
    main = [row.origin_id for row in carriers_of(store, [article]) if row.role == "main"]
    return {row.article_id for row in all_carriers(store, main)}


def _labels(label: str | Iterable[str] | None) -> Sequence[str]:
    """The labels asked for; raises UsageError for one that is none."""
    wanted = LABELS if label is None else (label,) if isinstance(label, str) else tuple(label)
    strange = sorted(set(wanted).difference(LABELS))
    if strange:
        raise UsageError(f"There is no label {strange[0]!r}. There are: {', '.join(LABELS)}")
    return wanted


def _copy(store: Store, row: CopyRow, other: provenance.Named, texts: Mapping[str, str]) -> provenance.Copy:
    more = {"words": row.words, "share": round(row.share, 4), "other_share": round(row.other_share, 4)}
    told = passages_of(store, row.article_id, row.other_id)
    passages = [passage(each, texts[row.article_id], texts[row.other_id]) for each in told]
    return msgspec.convert(other.to_dict() | more | {"label": row.label, "passages": passages}, provenance.Copy)


def passage(row: PassageRow, text: str, other_text: str) -> provenance.Passage:
    """A passage as answers tell it, with its words on both sides."""
    told: dict[str, Any] = {
        "label": row.label,
        "words": row.words,
        "moved": bool(row.moved),
        "start": row.start,
        "end": row.end,
        "text": text[row.start : row.end],
        "other_start": row.other_start,
        "other_end": row.other_end,
        "other_text": other_text[row.other_start : row.other_end],
    }
    return msgspec.convert(told, provenance.Passage)


def named(store: Store, articles: Collection[str]) -> dict[str, provenance.Named]:
    """Articles as answers name them, in the version that was learned of, else in the newest."""
    ids = sorted(articles)
    called = names_of(store, ids)
    question = (
        "SELECT articles.id, versions.id, articles.outlet, versions.title, articles.url, versions.published "
        f"{ASKED} LEFT JOIN judged ON judged.article_id = articles.id "
        "JOIN versions ON versions.number = COALESCE(judged.version, articles.current)"
    )
    return {
        key: provenance.Named(
            article_id=key,
            source_ids=called[key],
            version_id=version,
            outlet=outlet,
            title=title,
            url=url,
            published=published,
        )
        for key, version, outlet, title, url, published in store.ask(question, ids=json.dumps(ids))
    }


def versions(store: Store, articles: Iterable[str]) -> dict[str, Version]:
    """The versions of articles that were learned of: those that stored offsets count in."""
    return dict(_versions(store, articles))


def _versions(store: Store, articles: Iterable[str]) -> Iterable[tuple[str, Version]]:
    question = (
        f"SELECT judged.article_id, {COLUMNS} FROM json_each(:ids) AS wanted {JUDGED} "
        "LEFT JOIN features ON features.version = versions.number"
    )
    for key, *row in store.ask(question, ids=json.dumps(sorted(set(articles)))):
        yield key, version_of(row)
