"""What an archive answers about copies and origins: frozen, JSON by one function, a table where there are rows."""

from __future__ import annotations

from typing import Literal

from retold.answers import Answer
from retold.archive.documents import Document, Table

Label = Literal["copy", "partial", "quotation", "template", "background", "furniture"]
Role = Literal["main", "part"]


class Named(Answer, frozen=True):
    """An article as answers name it: the version whose text their offsets count in, and where and when it stood."""

    article_id: str
    source_ids: list[str]
    version_id: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None


class Count(Answer, frozen=True):
    """How many origins: ``likely`` so many, from ``low`` to ``high``, and the ``reasons`` for the distance."""

    low: int
    likely: int
    high: int
    reasons: list[str]


class Doubt(Answer, frozen=True):
    """Why the count is not certain: two articles whose origins may be one ("merge"), or one that may stand alone, apart
    from the other of its origin ("split")."""

    kind: Literal["merge", "split"]
    one: str
    other: str
    note: str


class Member(Named, frozen=True):
    """An article that carries an origin's text, mainly ("main") or beside another's ("part"); ``share``: what part of
    its running text stands in others of the origin, 1 where it is alone; ``asked``: whether it is among those asked
    about."""

    role: Role
    share: float
    asked: bool


class Fragment(Answer, frozen=True):
    """A passage of an origin's text as it can be put together again: ``text`` is ``text[start:end]`` of the article's
    version, ``support`` are the articles that have it."""

    article_id: str
    version_id: str
    start: int
    end: int
    text: str
    support: list[str]


class Origin(Answer, frozen=True):
    """One text that articles go back to. ``agency``: whom its articles credit with it, None where nobody; ``source``:
    the article that is the text itself, None where it was not seen; ``earliest``: None where times do not tell;
    ``fullest``: the article with most of its words. ``articles`` counts those asked about whose main origin it is.
    ``text`` is put together from all of them; it is empty where there is one only, or where it was not asked for."""

    id: str
    agency: str | None
    source: str | None
    earliest: str | None
    fullest: str
    articles: int
    members: list[Member]
    text: list[Fragment]


class Partial(Answer, frozen=True):
    """Two articles of different origins, one of which took text from the other or both from a third: the ``words`` in
    common, and what share of the running text of each is copied."""

    one: Named
    other: Named
    one_origin: str
    other_origin: str
    words: int
    one_share: float
    other_share: float
    label: Label


class PictureCredit(Answer, frozen=True):
    """A photo or video credit, and the articles that have it: it is no evidence of where their text comes from."""

    name: str
    articles: list[str]


class Unread(Answer, frozen=True):
    """An input that could not be read, and why."""

    source: str
    place: str
    reason: str


class Origins(Table, frozen=True, kw_only=True):
    """How many origins some articles go back to: those of a story, of some files, or of a whole archive.

    ``texts`` counts distinct running texts. ``origins`` are the largest of ``total``. ``partial`` are copies between
    origins, ``picture_credits`` what was not counted as evidence; both are told of a story or of files, not of a whole
    archive. ``unlearned`` articles are newer than the last ``learn`` and not counted; ``rejects`` could not be read.
    """

    ROWS = "origins"

    story_id: str | None
    requested_id: str | None
    title: str | None
    articles: int
    texts: int
    outlets: int
    count: Count
    doubts: list[Doubt]
    total: int
    origins: list[Origin]
    partial: list[Partial]
    picture_credits: list[PictureCredit]
    unlearned: int
    rejects: list[Unread]


class Passage(Answer, frozen=True):
    """A passage that two articles share: ``text`` is ``text[start:end]`` of the one's version, ``other_text`` is
    ``text[other_start:other_end]`` of the other's. ``words`` stand in both; ``moved``: in another place of the
    order."""

    label: Label
    words: int
    moved: bool
    start: int
    end: int
    text: str
    other_start: int
    other_end: int
    other_text: str


class Sharing(Answer, frozen=True):
    """What two articles share: the ``words`` in common, what share of the running text of each is copied, what the two
    are to each other, and the passages."""

    words: int
    one_share: float
    other_share: float
    label: Label
    passages: list[Passage]


class Copy(Named, frozen=True):
    """Another article that shares passages with the one asked about: the ``words`` in common, what ``share`` of the
    running text of the one is copied and what ``other_share`` of the other's, and what the two are to each other."""

    words: int
    share: float
    other_share: float
    label: Label
    passages: list[Passage]


class Copies(Table, frozen=True, kw_only=True):
    """Who shares what with an article, most first; ``total`` counts all that the labels asked for let through.

    ``beyond``: how many more articles have the same origin; of very many copies of a text not each pair is kept.
    ``current`` is false where the article, or one of those told of, has a newer version than the last ``learn`` saw.
    """

    ROWS = "copies"

    article: Named
    current: bool
    total: int
    beyond: int
    copies: list[Copy]


class Node(Named, frozen=True):
    """An article in a lineage, with how many ``words`` its running text has."""

    words: int


class Sign(Answer, frozen=True):
    """A sign that one text was made from another: ``text`` is ``text[start:end]`` of the article that it shows in,
    empty where the words do not show it."""

    kind: str
    note: str
    start: int
    end: int
    text: str


class Edge(Answer, frozen=True):
    """A text that was probably made from another: both are ids of articles, or W1, W2, ... for texts that nobody has
    seen. ``note`` says it in a sentence, as certain as its ``probability`` allows."""

    source: str
    target: str
    probability: float
    signs: list[Sign]
    note: str


class Line(Answer, frozen=True):
    """Who had an origin's text from whom: its articles, the texts that were not ``seen``, and the edges."""

    origin_id: str
    agency: str | None
    nodes: list[Node]
    unseen: list[str]
    edges: list[Edge]


class Lineage(Document, frozen=True, kw_only=True):
    """Who had the text from whom, for each origin of a story that several articles carry; the largest come first.

    ``alone`` counts the story's origins of one article, ``unlearned`` its articles that are newer than the last
    ``learn``.
    """

    story_id: str
    requested_id: str
    title: str
    origins: list[Line]
    alone: int
    unlearned: int


class Held(Answer, frozen=True):
    """A passage of the text asked about and where an article has it: ``text`` is ``text[start:end]`` of its version,
    ``asked_text`` is ``text[asked_start:asked_end]`` of what was asked about."""

    label: Label
    words: int
    start: int
    end: int
    text: str
    asked_start: int
    asked_end: int
    asked_text: str


class Carrier(Named, frozen=True):
    """An article that has words of the text asked about: how many, and what ``share`` of it. ``carries``: it has half
    of it or more, and not in captions or page furniture. ``origin_id`` is the origin that it has the words from, as far
    as can be told, and ``agency`` the one that this is credited to."""

    origin_id: str | None
    agency: str | None
    words: int
    share: float
    label: Label
    carries: bool
    passages: list[Held]


class Check(Table, frozen=True, kw_only=True):
    """Which articles carry a text, and from how many origins: is it confirmed, or repeated?

    ``articles`` counts those that carry it, ``parts`` those that have less than half of it, or have it in a caption or
    their page furniture; ``carriers`` are the first of both, origin by origin. ``public``: its words are public ones,
    which every origin may have heard itself. ``verdict`` says it in a sentence.
    """

    ROWS = "carriers"

    text: str
    words: int
    articles: int
    parts: int
    outlets: int
    count: Count
    public: bool
    verdict: str
    carriers: list[Carrier]
    unlearned: int
