"""What an archive answers about how articles were read, and what readers corrected of that."""

from __future__ import annotations

from retold.answers import Answer
from retold.archive.documents import Document, Table


class ReadField(Answer, frozen=True):
    """What an article says of itself, as read and as corrected: its title, outlet, author, published or language; None
    where it says nothing."""

    name: str
    as_read: str | None
    as_corrected: str | None


class ReadPart(Answer, frozen=True):
    """A place of the text, ``text[start:end]`` of the version in code points, and what it is: the kind of a block, or
    "left out" for words between blocks. ``as_read`` are the kinds of all blocks there, ", " between them; ``reason``
    says why it is of the kind ``as_corrected``, empty where that is plain."""

    start: int
    end: int
    text: str
    as_read: str
    as_corrected: str
    reason: str


class Correction(Answer, frozen=True):
    """One thing that a reader corrected in a version: a field, or what a place of its text is (``part`` is block).

    ``not_in`` are the versions of the article that it does not hold for: they have not these words, or say something
    else in this field.
    """

    version_id: str
    part: str
    start: int
    end: int
    text: str
    as_read: str | None
    as_corrected: str | None
    not_in: list[str]


class Reading(Document, frozen=True, kw_only=True):
    """How a version of an article was read, and what readers corrected of that.

    ``corrected``: something of the article is corrected. ``honoured``: the archive is as corrected; if not, it will be
    with the next ``learn``.
    """

    article_id: str
    source_ids: list[str]
    version_id: str
    corrected: bool
    honoured: bool
    fields: list[ReadField]
    parts: list[ReadPart]
    corrections: list[Correction]


class CorrectedArticle(Answer, frozen=True):
    """An article of which something is corrected; nothing more where that was taken back, and is ``honoured`` by the
    next ``learn``."""

    article_id: str
    source_ids: list[str]
    outlet: str | None
    title: str | None
    honoured: bool
    corrections: list[Correction]


class Corrections(Table, frozen=True, kw_only=True):
    """All articles of which something is corrected, in the order of their ids."""

    ROWS = "articles"

    articles: list[CorrectedArticle]
