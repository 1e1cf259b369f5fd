"""What we speak about: flat, frozen records, each one screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Literal

QuotationState = Literal["same", "shortened", "altered", "reattributed", "unmarked", "only"]
NameKind = Literal["transliteration", "exonym", "abbreviation", "spelling", "capitals", "short form"]
Certainty = Literal["high", "medium", "low"]
Verdict = Literal["established", "probable", "undetermined"]
CueClass = Literal["say", "deny", "accuse", "demand", "warn", "promise", "claim", "admit", "show"]
Form = Literal["direct", "mixed", "indirect"]
SpeakerKind = Literal["person", "role", "group", "organisation", "document", "anonymous", "pronoun"]
DifferenceKind = Literal[
    "shortened",
    "altered",
    "paraphrase made quotation",
    "quotation made paraphrase",
    "other speaker",
    "named against anonymous",
    "other cue",
]


class Kind(StrEnum):
    """What a block of a page is."""

    TITLE = "title"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    CREDIT = "credit"
    FURNITURE = "furniture"


COMPARED = frozenset({Kind.STANDFIRST, Kind.PARAGRAPH})
"""Kinds that hold an outlet's telling; titles and headings are shown beside it, the rest is set aside."""


class CreditKind(StrEnum):
    """What a credit line credits: a picture says nothing about who wrote the text."""

    PHOTO = "photo"
    VIDEO = "video"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a version's text with one kind: ``version.text[start:end]``, in code points."""

    start: int
    end: int
    kind: Kind
    reason: str = ""  # why furniture is furniture, in a few words; empty where the kind is plain


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit as it stands in a version: ``version.text[start:end]`` says it, ``name`` is who is credited.

    ``person``: the name is a reporter's or a photographer's, not a house's.
    """

    start: int
    end: int
    kind: CreditKind
    name: str
    person: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One text of an article, as it stood: the whole text, page furniture included.

    ``published`` and ``seen`` are ISO 8601 strings as precise as the page stated them, or None where it stated none.
    ``language`` is an ISO 639-1 code, or ``und`` where the words did not decide it. ``source_id`` is the name that the
    input itself gave the article, ``author`` the names in its byline as a page declares them, ", " between them.
    """

    id: str
    source: str
    text: str
    blocks: tuple[Block, ...]
    credits: tuple[Credit, ...] = ()
    language: str = "und"
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    seen: str | None = None
    source_id: str | None = None
    author: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that could not be read, and why."""

    source: str
    place: str
    reason: str


class Relation(StrEnum):
    """How the tellings of a passage stand to each other."""

    IDENTICAL = "identical"
    REWORDED = "reworded"
    ONLY = "only"


class EditClass(StrEnum):
    """What an edit changes, weightiest first."""

    CONTENT = "content"
    NUMBER = "number"
    NAME = "name"
    STRUCTURE = "structure"
    STYLE = "style"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch told by one or more versions, which are named by their place in the comparison (0, 1, ...).

    ``spans[version]`` are stretches of the version's text; their concatenation is the passage's text there. Per
    version, in words: ``words`` all, ``matched`` those that stand in every other telling too, ``own`` those outside
    quotations. ``held`` says, as bits, which words of one base telling a version has outside quotations and in unbroken
    runs, which chance does not make: what two versions share is the bits that both have.
    """

    id: str
    relation: Relation
    score: float
    spans: dict[int, tuple[tuple[int, int], ...]]
    words: dict[int, int]
    matched: dict[int, int]
    own: dict[int, int]
    held: dict[int, int]
    moved: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """A place inside a passage where versions differ: per version the [start, end) of its words, empty where none.

    ``apart``: the words stand in different passages, so the edit is told but is no step of the replay.
    """

    passage: str
    kind: EditClass
    note: str
    sides: dict[int, tuple[int, int]]
    in_quote: bool = False
    apart: bool = False
    differs: bool = False  # two numbers are told


@dataclass(frozen=True, slots=True)
class Quotation:
    """The same words between quotation marks, per version ``[start, end)``, with who is said to have said them."""

    passage: str | None
    state: QuotationState
    sides: dict[int, tuple[int, int]]
    speakers: dict[int, str]
    left_out: str | None = None
    shortened_in: tuple[int, ...] = ()
    elided: bool = False  # the words are left out behind an ellipsis
    note: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """One name under several spellings: spelling -> version -> count."""

    kind: NameKind
    variants: dict[str, dict[int, int]]
    note: str


@dataclass(frozen=True, slots=True)
class Watch:
    """Something an editor should look at in one version: the words, the passage, and the passage it would need."""

    kind: str
    version: int
    passage: str | None
    needs: str | None
    start: int
    end: int
    note: str


@cache
def letter(place: int) -> str:
    """Return the key of the article at a place: A, B, ... Z, AA, AB, ...

    >>> letter(0), letter(25), letter(26), letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    name = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        name = chr(65 + digit) + name
    return name
