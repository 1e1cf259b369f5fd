"""What a statement is, and a speaker: flat records whose spans are the evidence, ``text[start:end]``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from retold.model.records import CueClass, Form, SpeakerKind

Span = tuple[int, int]
CLASSES: tuple[CueClass, ...] = get_args(CueClass)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: who says (``source``), the words that show it (``cue``), and what is said (``content``).

    A content, a cue or a source in pieces has several spans. The source is empty where nobody is named, the cue where
    a quotation stands with its speaker alone. ``type``: all, some or none of the content's words stand between
    quotation marks. ``negated``: the cue is ("did not say"); ``modality``: its modal verb ("would", "may"), or "";
    ``depth``: in how many other contents this one lies; ``layer``: who found it (quote, rule, tagger, or the name of a
    user's own extractor).
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    type: Form
    cue_class: CueClass = "say"
    negated: bool = False
    depth: int = 0
    confidence: float = 1.0
    layer: str = "rule"
    modality: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who made a statement: ``name`` is the fullest form that the article has, "" where it is unresolved.

    ``mentions`` are the spans that were joined, the statement's own source first; ``rule`` says by what they were.
    """

    name: str
    kind: SpeakerKind
    mentions: tuple[Span, ...]
    rule: str
