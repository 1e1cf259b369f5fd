"""What the ledger holds: voices, rows, tellings and differences; flat records whose spans are the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from retold.model.records import CueClass, DifferenceKind, Form, SpeakerKind
from retold.statements.records import Span, Statement

Manner = Literal["altered", "heard differently"]
Sides = tuple[tuple[Span, ...], tuple[Span, ...]]

KINDS: tuple[DifferenceKind, ...] = get_args(DifferenceKind)


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a version names a voice; ``version`` is its place in the sequence given."""

    version: int
    span: Span


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker across versions: ``name`` is the fullest form that any version has.

    ``rules`` say how its spellings were joined, each with its witness; ``speaks_for`` are the ids of voices that stand
    for one another with this one ("the Kremlin", "Moscow"), and are not the same.
    """

    id: str
    name: str
    kind: SpeakerKind
    mentions: tuple[Mention, ...]
    rules: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as one version tells it; ``voice`` is the id of who speaks, None where that is unresolved."""

    version: int
    statement: Statement
    voice: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """How two versions tell one statement differently, read from the first of ``between`` to the second.

    ``words``: where, in each of the two: the words left out, the words altered, the sources or the cues that differ;
    empty on a side that has none. ``manner``: "altered" where both go back to one text, else "heard differently".
    """

    kind: DifferenceKind
    between: tuple[int, int]
    words: Sides
    manner: Manner


@dataclass(frozen=True, slots=True)
class Row:
    """One statement with all its tellings, in the order of the versions, then of the text; ``id`` is of its content."""

    id: str
    voice: str | None
    type: Form
    cue_class: CueClass
    told: tuple[Told, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every statement of a story, and who speaks in it."""

    rows: tuple[Row, ...]
    voices: tuple[Voice, ...]
