"""What is answered about statements: frozen, JSON by one function, a table where there are rows."""

from __future__ import annotations

from retold.answers import Answer, Key, Said, Speaker, Statement
from retold.archive.documents import Table
from retold.archive.provenance import Count, Named, Unread


class Text(Named, frozen=True):
    """A version whose statements are told: ``key`` is what the statements call it, ``story_id`` its article's story."""

    key: Key
    story_id: str | None


class Statements(Table, frozen=True, kw_only=True):
    """Who said what, in which versions, and how these differ: the ledger of a story, of files, or of one speaker.

    ``speaker``: whom was asked about, None where it was everybody. ``articles`` are the versions that were read, an
    article with several once for each; ``total`` counts the statements that were asked for, of which ``statements`` are
    some, and ``next`` is what ``after`` must be for those behind them, None where there are no more. ``speakers`` are
    those who make one of these, and those whom they speak for.
    """

    ROWS = "statements"

    story_id: str | None
    requested_id: str | None
    title: str | None
    speaker: str | None
    articles: list[Text]
    total: int
    statements: list[Statement]
    speakers: list[Speaker]
    rejects: list[Unread]
    next: str | None


class Evidence(Answer, frozen=True):
    """The whole ledger of a story, and where its statements stand in sentences.

    ``places``: for each version, by the place where the content of a statement begins, the number of its text in
    ``texts`` and the place where that begins in the version; texts that many versions have stand there once. ``total``
    counts the statements, ``alone`` those that one version alone tells, ``changed`` those that versions tell
    differently.
    """

    total: int
    alone: int
    changed: int
    texts: list[str]
    places: dict[Key, dict[int, tuple[int, int]]]
    ledger: Statements


class Differs(Answer, frozen=True):
    """A place where the words asked about and those of a text part; empty on a side that has none."""

    asked: str
    text: str


class Place(Named, frozen=True):
    """Where a text has the words of a quotation: ``text`` is ``text[start:end]`` of the version.

    ``share``: the words in common, as a share of the longer of the two, 1 where all stand there word for word; else
    ``differs`` says where they part. ``marked``: all of it stands between quotation marks. ``speaker`` is who says it
    there as far as can be told, "" where not, and ``said`` the statement that it is of. ``origin_id`` is the article's
    main origin, None where ``learn`` has not looked at it. ``current``: the article's newest version has it.
    """

    origin_id: str | None
    start: int
    end: int
    text: str
    share: float
    differs: list[Differs]
    marked: bool
    speaker: str
    said: Said | None
    current: bool


class Quote(Table, frozen=True, kw_only=True):
    """Whether a quotation stands anywhere word for word, by whom, and in which versions; and what comes near to it.

    ``found`` are the places that have it word for word, those between quotation marks first; ``near`` those that have
    most of it, the nearest first. ``articles``, ``outlets`` and ``count`` (how many origins) are of those in ``found``;
    ``speakers`` names who says it there. ``verdict`` says it in a sentence.
    """

    ROWS = "found"

    text: str
    words: int
    verdict: str
    articles: int
    outlets: int
    count: Count | None
    speakers: list[str]
    total: int
    found: list[Place]
    near: list[Place]
    rejects: list[Unread]
