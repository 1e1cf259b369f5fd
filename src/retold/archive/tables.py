"""The tables that an archive exports: one class a row, one question a table.

A row about an article carries ``source_id``, the name its input gave it; where inputs gave several there is a row for
each. Times are ISO 8601 in UTC unless an input stated them otherwise. Rows come in the order of their first columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Article:
    """An article as its newest version has it; ``versions`` counts them."""

    source_id: str
    article_id: str
    url: str | None
    outlet: str | None
    title: str | None
    author: str | None
    section: str | None
    language: str
    published: str | None
    seen: str | None
    versions: int
    story_id: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One text of an article; ``blocks`` is JSON, each ``[start, end, kind, reason]``, offsets in code points of
    ``text``; ``credits`` likewise ``[start, end, kind, name, person]``."""

    version_id: str
    article_id: str
    source_id: str
    source: str
    url: str | None
    outlet: str | None
    title: str | None
    author: str | None
    section: str | None
    language: str
    published: str | None
    seen: str | None
    text: str
    blocks: str
    credits: str
    run: int


@dataclass(frozen=True, slots=True)
class Story:
    """One event, from its earliest article to its latest."""

    story_id: str
    title: str
    first: str | None
    last: str | None
    articles: int
    outlets: int
    run: int


@dataclass(frozen=True, slots=True)
class Telling:
    """An article that tells a story, and how surely (0 to 1); not ``settled`` until the next ``learn``."""

    source_id: str
    article_id: str
    story_id: str
    score: float
    settled: bool
    run: int


@dataclass(frozen=True, slots=True)
class Successor:
    """Where the articles of a story that is no more are told now."""

    story_id: str
    successor: str
    run: int


@dataclass(frozen=True, slots=True)
class Furniture:
    """A block that recurs on ``articles`` of the ``pages`` of an outlet that have no subject in common."""

    outlet: str
    text: str
    articles: int
    pages: int
    run: int


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that could not be read, and why."""

    source: str
    place: str
    reason: str
    run: int


@dataclass(frozen=True, slots=True)
class Run:
    """A command that wrote; ``ended`` is missing where it was cut off, ``arguments`` is JSON."""

    run: int
    command: str
    arguments: str
    retold: str
    started: str
    ended: str | None
    rows: int


EXPORTED: dict[str, type[Any]] = {
    "articles": Article,
    "versions": Version,
    "stories": Story,
    "tellings": Telling,
    "successors": Successor,
    "furniture": Furniture,
    "rejects": Reject,
    "runs": Run,
}
