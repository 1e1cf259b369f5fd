"""The statements of a version: blocks first, then quotations, rules and the tagger, merged, each span verified."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from retold.model.records import COMPARED, Version
from retold.statements.articles import Reading, read
from retold.statements.assembling import assembled
from retold.statements.drafts import Draft
from retold.statements.following import go_on, inherit, left_over
from retold.statements.grammar import grammar
from retold.statements.merging import HINT, merged
from retold.statements.quoting import Quotation, quotations
from retold.statements.records import CLASSES, Span, Statement
from retold.statements.snapping import Snapper
from retold.statements.spans import Spans
from retold.statements.tagging import LANGUAGES, LIKELY, tagged

DIGITS_BEFORE = re.compile(r"(?:\d+[.,:])+\Z")
DIGITS_BEHIND = re.compile(r"(?:[.,:]\d+)+")
WIDEST = 20_000  # characters of a paragraph that the tagger reads; what runs on for longer is no prose, and rules do


class Extractor(Protocol):
    """Anything that finds statements in a text: a user's own model. Each span that it gives is verified."""

    def extract(self, text: str, paragraphs: Sequence[Span], language: str) -> Iterable[Statement]:
        """Return the statements of the paragraphs; spans are offsets in ``text`` (``locating.located`` finds words)."""
        ...


def statements(version: Version, *, extractor: Extractor | None = None) -> list[Statement]:
    """Return the statements of a version's own telling, in the order of the text, by an extractor or by Retold's."""
    paragraphs = [(block.start, block.end) for block in version.blocks if block.kind in COMPARED]
    found = (extractor or Layers()).extract(version.text, paragraphs, version.language)
    return verified(version.text, paragraphs, found)


def verified(text: str, paragraphs: Sequence[Span], found: Iterable[Statement]) -> list[Statement]:
    """Return the statements all of whose spans lie inside a paragraph, with words in them; the others are dropped."""
    starts = sorted(paragraphs)
    return [one for one in found if one.content and all(_holds(text, starts, span) for span in _spans(one))]


def _spans(one: Statement) -> tuple[Span, ...]:
    return (*one.source, *one.cue, *one.content)


def _holds(text: str, paragraphs: Sequence[Span], span: Span) -> bool:
    start, end = span
    place = bisect_right(paragraphs, (start, len(text) + 1)) - 1
    if place < 0 or not 0 <= start < end <= paragraphs[place][1]:
        return False
    piece = text[start:end]
    return piece == piece.strip() and any(letter.isalnum() for letter in piece)


@dataclass(frozen=True)
class Layers:
    """Retold's own extractor: quotation marks, the rules of each language, and the tagger where it knows a language.

    What is switched off is left out: without ``tagger`` no model is needed; ``snapping`` moves the ends of contents to
    the quotation marks, ``following`` gives on sources and quotations that have no cue.
    """

    rules: bool = True
    tagger: bool = True
    snapping: bool = True
    following: bool = True

    def extract(self, text: str, paragraphs: Sequence[Span], language: str) -> Iterable[Statement]:
        """Return the statements of the paragraphs."""
        data = grammar(language)
        quoted = quotations(text, paragraphs)
        reading = read(text, paragraphs, quoted, data)
        drafts = self.drafts(text, paragraphs, quoted, language, reading)
        if self.snapping:
            snapper = Snapper(text, quoted, data)
            for draft in drafts:
                snapper.snap(draft)
        if self.following:
            inherit(text, paragraphs, drafts, data)
            go_on(reading, drafts, quoted)
            drafts = [*drafts, *left_over(text, reading, drafts, quoted)]
        return assembled(text, drafts, quoted, data)

    def drafts(
        self, text: str, paragraphs: Sequence[Span], quoted: Sequence[Quotation], language: str, reading: Reading
    ) -> list[Draft]:
        """What the layers read, each statement once."""
        if not (self.tagger and language in LANGUAGES):
            return reading.drafts if self.rules else []
        prose = [span for span in paragraphs if span[1] - span[0] <= WIDEST]
        seen = tags(text, prose, language, HINT if self.rules else LIKELY)
        if not self.rules:
            return seen
        unread = Spans(span for span in paragraphs if span[1] - span[0] > WIDEST)
        parted: tuple[list[Draft], list[Draft]] = ([], [])
        for draft in reading.drafts:
            parted[unread.meets(draft.content[0])].append(draft)
        return parted[1] + merged(text, parted[0], seen, quoted)


def tags(text: str, paragraphs: Sequence[Span], language: str, likely: float) -> list[Draft]:
    """What the tagger sees, from a likelihood of its anchors on."""
    return [
        Draft(
            source=[unbroken(text, span) for span in one.source],
            cue=list(one.cue),
            content=[unbroken(text, span) for span in one.content],
            cue_class=next(name for name in CLASSES if name == one.cue_class),
            layer="tagger",
            confidence=one.confidence,
        )
        for one in tagged(text, paragraphs, language, likely=likely)
    ]


def unbroken(text: str, span: Span) -> Span:
    """A span that cuts no number in two: the tagger reads the marks in "4,200" as words.

    >>> unbroken("some 4,200 people left", (7, 17))
    (5, 17)
    """
    start, end = span
    before, behind = DIGITS_BEFORE.search(text[max(0, start - 20) : start]), DIGITS_BEHIND.match(text, end)
    first = start - len(before.group()) if before and text[start].isdigit() else start
    return first, behind.end() if behind and text[end - 1].isdigit() else end


__all__ = ["Extractor", "Layers", "statements", "verified"]
