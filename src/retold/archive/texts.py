"""Versions out of the archive's rows, with what the other pages of their outlet taught about them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from retold.archive.prepared import blocks_of, credits_of
from retold.model.records import Block, Kind, Version
from retold.store.store import Store

NOTHING = b"[]"  # is set aside
LEARNED = "recurs on the outlet's other pages"

COLUMNS = (
    "versions.id, versions.source, versions.text, versions.blocks, versions.credits, versions.language, "
    "versions.title, versions.outlet, versions.url, versions.published, versions.seen, versions.source_id, "
    "versions.author, versions.section, features.aside"
)
FROM = "FROM versions LEFT JOIN features ON features.version = versions.number"


def versions_of(store: Store, article_id: str) -> list[Version]:
    """All versions of an article, the oldest first."""
    question = f"SELECT {COLUMNS} {FROM} WHERE versions.article_id = :article ORDER BY versions.stood, versions.number"
    return [version_of(row) for row in store.ask(question, article=article_id)]


def version_at(store: Store, number: int) -> Version:
    """The version with a number."""
    return version_of(store.one(f"SELECT {COLUMNS} {FROM} WHERE versions.number = :number", number=number))


def version_of(row: Sequence[Any]) -> Version:
    """A version from a row of COLUMNS."""
    id_, source, text, blocks, credits_, language, *known, aside = row
    title, outlet, url, published, seen, source_id, author, section = known
    return Version(
        id=id_,
        source=source,
        text=text,
        blocks=judged(blocks_of(blocks), aside),
        credits=credits_of(credits_),
        language=language,
        title=title,
        outlet=outlet,
        url=url,
        published=published,
        seen=seen,
        source_id=source_id,
        author=author,
        section=section,
    )


def judged(blocks: Sequence[Block], aside: bytes | None) -> tuple[Block, ...]:
    """The blocks of a version, those set aside by its outlet's other pages as furniture."""
    if not aside or aside == NOTHING:
        return tuple(blocks)
    places = set(json.loads(aside))
    return tuple(
        replace(block, kind=Kind.FURNITURE, reason=LEARNED) if place in places else block
        for place, block in enumerate(blocks)
    )


def names_of(store: Store, articles: Sequence[str]) -> Mapping[str, list[str]]:
    """The names that inputs gave to articles, sorted."""
    found: dict[str, list[str]] = {article: [] for article in articles}
    question = (
        "SELECT namings.article_id, namings.source_id FROM json_each(:ids) AS wanted "
        "JOIN namings ON namings.article_id = wanted.value ORDER BY namings.source_id"
    )
    for article, name in store.ask(question, ids=json.dumps(list(articles))):
        found[article].append(name)
    return found


def stated(seconds: float | None) -> str | None:
    """A moment as ISO 8601 in UTC.

    >>> stated(0.0)
    '1970-01-01T00:00:00Z'
    """
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
