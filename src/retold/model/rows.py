"""What an archive keeps: flat rows, one class a table.

The class is the one source of the table: a field is a column of its type, ``Annotated[..., KEY]`` is part of the
primary key and ``Annotated[..., SORTED]`` has an index. Every row names the run that made it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

KEY, SORTED, UNIQUE = "key", "sorted", "unique"

Key = Annotated[str, KEY]
Number = Annotated[int, KEY]
Run = Annotated[int, SORTED]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """A piece at one place, known by its URL, else by its outlet and the name its input gave it.

    ``moment``: seconds since 1970, UTC, of its first publication, else of its first sighting; None where neither is
    known. ``current``: the number of its newest version. ``versions``: how many there are.
    """

    id: Key
    url: str | None
    outlet: Annotated[str | None, SORTED]
    moment: Annotated[float | None, SORTED]
    current: int
    versions: int
    run: Run


@dataclass(frozen=True, slots=True)
class NamingRow:
    """A name that an input gave an article: one article may be delivered under several."""

    article_id: Key
    source_id: Annotated[str, KEY, SORTED]
    run: Run


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One text of an article, as it stood.

    ``moment`` (seconds since 1970) is when it was published, else seen; ``stood`` when it was seen, else published.
    ``blocks`` and ``credits`` are JSON, each block ``[start, end, kind, reason]`` and each credit ``[start, end, kind,
    name, person]``; ``prints`` are 8 bytes for each block that may turn out to be furniture, in their order.
    """

    number: Number
    id: Annotated[str, UNIQUE]
    article_id: Annotated[str, SORTED]
    source: str
    source_id: str
    url: str | None
    outlet: str | None
    title: str | None
    author: str | None
    section: str | None
    language: str
    published: str | None
    seen: str | None
    moment: float | None
    stood: float | None
    text: str
    blocks: bytes
    credits: bytes
    prints: bytes
    run: Run


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One thing of an article's reading that a reader has corrected: a field, or what a place of the text is.

    ``version_id`` is the version that the reader saw. ``part`` is the name of a field, and ``value`` what it should
    say, None for nothing; or ``part`` is "block", and ``value`` the kind of ``text[start:end]``. ``words`` stand there:
    by them the place is found in other versions.
    """

    article_id: Key
    version_id: Key
    part: Key
    start: Number
    end: int
    words: str
    value: str | None
    run: int


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What was read of a version before a correction took its place in ``versions``: there it is as corrected.

    ``digest`` names what it was corrected to, None where nothing is corrected any more. ``outlets`` (JSON) are those
    whose pages are to be judged again by the next ``learn``, None where nothing is left to learn of the correction.
    """

    version: Number
    title: str | None
    outlet: str | None
    author: str | None
    language: str
    published: str | None
    blocks: bytes
    credits: bytes
    prints: bytes
    digest: bytes | None
    outlets: str | None
    run: int


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """What a version is about, as the stories compare it: ``data`` is packed, ``digest`` names its content.

    ``aside``: a JSON list of the places of its blocks that the other pages of its outlet show to be furniture, None
    until these were looked at.
    """

    version: Number
    aside: bytes | None
    digest: bytes
    data: bytes
    run: Run


@dataclass(frozen=True, slots=True)
class FurnitureRow:
    """A block that recurs on pages of one outlet that have no subject in common: on ``articles`` of its ``pages``."""

    outlet: Key
    print: Annotated[bytes, KEY]
    text: str
    articles: int
    pages: int
    run: Run


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One event; ``first`` and ``last`` are the moments of its earliest and latest article, None where undated."""

    id: Key
    title: str
    first: float | None
    last: Annotated[float | None, SORTED]
    articles: int
    outlets: int
    run: Run


@dataclass(frozen=True, slots=True)
class TellingRow:
    """An article that tells a story, and how surely (0 to 1); ``settled`` is 0 until the next ``learn`` has judged."""

    article_id: Key
    story_id: Annotated[str, SORTED]
    score: float
    settled: int
    run: Run


@dataclass(frozen=True, slots=True)
class SuccessorRow:
    """Where the articles of a story that is no more are told now: one row on a merger, several on a split."""

    id: Key
    successor: Annotated[str, KEY]
    run: Run


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """A block of time that was settled: ``inputs`` names its articles, ``before`` and ``digest`` the states around it.

    ``state`` is what the next block must know, ``outcome`` where the block's articles stand; both packed.
    """

    block: Number
    inputs: bytes
    before: bytes
    digest: bytes
    state: bytes
    outcome: bytes
    run: Run


@dataclass(frozen=True, slots=True)
class FingerprintRow:
    """What is kept of an article's newest version so that its text need not be read again to find what it shares."""

    version: Number
    data: bytes
    run: int


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """What two versions share, packed; ``version`` is that of the article with the lower id.

    It is a function of the two texts alone, whatever else the archive holds: the labels stand in ``passages``.
    """

    version: Number
    other: Number
    data: bytes
    run: int


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """The ``version`` of an article whose copies and origins were judged, and the digest of all that was looked at.

    Articles that share passages, one with the other in turn, are judged together and have one ``digest``.
    """

    article_id: Key
    version: int
    digest: bytes
    run: int


@dataclass(frozen=True, slots=True)
class CopyRow:
    """Two articles that share passages: the ``words`` in common, and what ``share`` of the running text of each they
    are. ``label``: copy, partial, quotation, furniture, template or background."""

    article_id: Key
    other_id: Annotated[str, KEY, SORTED]
    words: int
    share: float
    other_share: float
    label: str
    run: int


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage that two articles share, by its place in the first: [start, end) in the newest version of each."""

    article_id: Key
    other_id: Key
    place: Number
    start: int
    end: int
    other_start: int
    other_end: int
    words: int
    label: str
    moved: int
    run: int


@dataclass(frozen=True, slots=True)
class OriginRow:
    """One text that articles go back to; all but the ``agency`` that it is credited to are ids of articles.

    ``earliest`` is None where no article states a time, ``source`` where the text itself was not seen; ``unseen``
    counts the texts between its articles that nobody has seen.
    """

    id: Key
    agency: str | None
    earliest: str | None
    fullest: str
    source: str | None
    articles: int
    unseen: int
    run: int


@dataclass(frozen=True, slots=True)
class CarrierRow:
    """An article that carries an origin's text: ``role`` is main or part, ``share`` what part of its running text."""

    origin_id: Key
    article_id: Annotated[str, KEY, SORTED]
    role: str
    share: float
    run: int


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """Why the count of origins is no single number: two articles of two origins that may be one (``kind`` merge), or an
    article that may stand alone beside the one that speaks for its origin (split)."""

    article_id: Key
    other_id: Annotated[str, KEY, SORTED]
    kind: Key
    note: str
    run: int


@dataclass(frozen=True, slots=True)
class LineageRow:
    """Which text another one of the same origin was made from, how probably, and by which ``signs`` (JSON).

    ``source`` and ``target`` are ids of articles, or ``unseen 1`` and so on for texts that nobody has seen.
    """

    origin_id: Key
    source: Key
    target: Key
    probability: float
    signs: bytes
    run: int


@dataclass(frozen=True, slots=True)
class SayingRow:
    """What a version has people say: its statements and their speakers, packed.

    It is read when somebody first asks for it. ``digest`` names what it was read from, and by what: where that has
    changed, it is read again.
    """

    version: Number
    digest: bytes
    data: bytes
    run: int


@dataclass(frozen=True, slots=True)
class RejectRow:
    """An input that could not be read, and why."""

    id: Key
    source: str
    place: str
    reason: str
    run: Run


@dataclass(frozen=True, slots=True)
class FetchRow:
    """What a server said of a page or feed when it was fetched, to be asked next time only for what is newer."""

    url: Key
    etag: str | None
    last_modified: str | None
    run: Run


@dataclass(frozen=True, slots=True)
class RunRow:
    """One command that wrote: with what, when, and how many rows; ``ended`` is None where it was cut off."""

    run: Number
    command: str
    arguments: str
    retold: str
    started: str
    ended: str | None
    rows: int


TABLES: dict[str, type[Any]] = {
    "articles": ArticleRow,
    "namings": NamingRow,
    "versions": VersionRow,
    "corrections": CorrectionRow,
    "readings": ReadingRow,
    "features": FeatureRow,
    "furniture": FurnitureRow,
    "stories": StoryRow,
    "tellings": TellingRow,
    "successors": SuccessorRow,
    "checkpoints": CheckpointRow,
    "fingerprints": FingerprintRow,
    "alignments": AlignmentRow,
    "judged": JudgedRow,
    "copies": CopyRow,
    "passages": PassageRow,
    "origins": OriginRow,
    "carriers": CarrierRow,
    "doubts": DoubtRow,
    "lineage": LineageRow,
    "sayings": SayingRow,
    "rejects": RejectRow,
    "fetches": FetchRow,
    "runs": RunRow,
}


class Column(NamedTuple):
    """A column: its name, what it holds, whether it may be empty, and the marks of its annotation."""

    name: str
    holds: type
    empty: bool
    marks: tuple[str, ...]


def columns(row: type[Any]) -> tuple[Column, ...]:
    """The columns of a table, from the class of its rows.

    >>> columns(NamingRow)[1]
    Column(name='source_id', holds=<class 'str'>, empty=False, marks=('key', 'sorted'))
    """
    hints = get_type_hints(row, include_extras=True)
    return tuple(_column(field.name, hints[field.name]) for field in fields(row))


def _column(name: str, hint: Any) -> Column:
    marks: tuple[str, ...] = ()
    while get_origin(hint) is Annotated:
        hint, *more = get_args(hint)
        marks = (*more, *marks)
    holds = get_args(hint) or (hint,)
    return Column(name, next(kind for kind in holds if kind is not type(None)), type(None) in holds, marks)
