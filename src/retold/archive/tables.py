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
class Correction:
    """One thing that a reader corrected in a version: what a field should say (``part`` is title, outlet, author,
    published or language), empty for nothing; or which kind ``text[start:end]`` of the version is (``part`` is block),
    with the words that stand there. The other tables are as corrected from the next ``learn`` on."""

    source_id: str
    article_id: str
    version_id: str
    part: str
    start: int
    end: int
    text: str
    as_corrected: str | None


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
class Copy:
    """Two articles that share passages: the ``words`` in common, what share of the running text of each they are, and
    the ``label`` of the pair: copy, partial, quotation, furniture, template or background."""

    a_source_id: str
    b_source_id: str
    a_article_id: str
    b_article_id: str
    words: int
    a_share: float
    b_share: float
    label: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that two articles share: ``text[a_start:a_end]`` of the one's version and ``text[b_start:b_end]`` of
    the other's; ``moved``: it stands in another place of the order. ``label``: copy, quotation, furniture, template or
    background."""

    a_source_id: str
    b_source_id: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    label: str
    words: int
    moved: bool
    a_version_id: str
    b_version_id: str


@dataclass(frozen=True, slots=True)
class Origin:
    """An article and an origin, one text that it goes back to; ``share``: what part of its running text comes from it.

    ``role`` is main, or part of an article whose main origin is another. Of the origin: the ``agency`` that it is
    credited to, how many ``articles`` carry its text, its ``earliest`` and its ``fullest`` article, and the ``source``,
    the article that is the text itself; empty where none of them is.
    """

    origin_id: str
    source_id: str
    article_id: str
    role: str
    share: float
    agency: str | None
    articles: int
    earliest: str | None
    fullest: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """A text and one that was made from it, of one origin: how probably, and by which ``signs`` (JSON).

    Both are names that inputs gave, or ``unseen 1`` and so on for a text that nobody has seen; the ids of the articles
    are empty there.
    """

    origin_id: str
    source_source_id: str
    target_source_id: str
    source_article_id: str | None
    target_article_id: str | None
    probability: float
    signs: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as a version tells it; those with one ``statement_id`` in a story are one, told several times.

    ``source``, ``cue`` and ``content`` are JSON, each ``[[start, end], ...]`` in code points of the version's text, and
    their words stand beside them; the content is all between ``start`` and ``end``. ``speaker`` is empty where it is
    not resolved, ``story_id`` where the article is in no story yet. ``differs`` is JSON: ``[kind, version_id, manner]``
    for each version that tells it differently. ``layer``: who found it, a rule, the quotation marks or the model;
    ``confidence`` (0 to 1) orders what the model found.
    """

    story_id: str
    source_id: str
    version_id: str
    start: int
    end: int
    statement_id: str
    speaker_id: str | None
    speaker: str
    speaker_kind: str | None
    type: str
    cue_class: str
    negated: bool
    modality: str
    depth: int
    source: str
    cue: str
    content: str
    source_text: str
    cue_text: str
    content_text: str
    differs: str
    layer: str
    confidence: float
    article_id: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in a story: ``statements`` of theirs, in so many ``versions``. ``forms`` (JSON) are the written forms,
    ``rules`` (JSON) say how they were joined, ``speaks_for`` (JSON) are the ids of speakers that stand for them."""

    story_id: str
    speaker_id: str
    name: str
    kind: str
    statements: int
    versions: int
    forms: str
    rules: str
    speaks_for: str


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
    "corrections": Correction,
    "stories": Story,
    "tellings": Telling,
    "successors": Successor,
    "furniture": Furniture,
    "copies": Copy,
    "passages": Passage,
    "origins": Origin,
    "lineage": Lineage,
    "statements": Statement,
    "speakers": Speaker,
    "rejects": Reject,
    "runs": Run,
}
