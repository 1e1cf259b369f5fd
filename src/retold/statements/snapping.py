"""Snapping: a content that begins or ends within a quotation takes all of it, or none.

Quotation marks tell exactly where words begin and end; a tagger tells it nearly. What a colon leads to a quotation is
no part of it: "told her why: ..." leaves the quotation alone, "said both would go: ..." makes two pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Sequence

from retold.statements.drafts import Draft
from retold.statements.grammar import Grammar
from retold.statements.quoting import Quotation, quotations
from retold.statements.records import Span
from retold.text.words import tokens

MOST = 0.5  # of a quotation's characters: a content that has more of it has all of it
LOOSE = re.compile(r"[\s,;:]*")
SENTENCE_END = re.compile(r"[.!?…]\s*\Z")
FIRST = re.compile(r"\s*(\w)")
END = re.compile(r"(?:[\s,;:]|(?<=\w\w\w)\.)*\Z")  # not the stop of "p.m." or "Dr."


class Snapper:
    """The quotations of a text, and what moves the ends of contents to their marks."""

    def __init__(self, text: str, quoted: Sequence[Quotation], data: Grammar) -> None:
        self.text, self.quoted, self.data = text, quoted, data
        self.ends = {one.end for one in quoted}
        self.inner: dict[int, list[Quotation]] = {}  # the quotations inside one, by where it begins

    def snap(self, draft: Draft) -> None:
        """Move the ends of a draft's contents; what is told inside a quotation keeps to the quotations in there."""
        quoted, holder = self.quoted, self.holder(draft)
        if holder is not None:
            quoted = self.inside(holder)
            draft.content = [(max(start, holder.inside), min(end, holder.until)) for start, end in draft.content]
        whole = _whole([_piece(span, quoted) for span in draft.content])
        pieces = [piece for span in whole for piece in self.led(draft, span, quoted)]
        if draft.layer == "tagger" and draft.cue:  # the rules end where they mean to
            ends = self.ends if holder is None else {one.end for one in quoted}
            pieces = [self.trimmed(self.closed(span, quoted), ends) for span in pieces]
        draft.content = [(start, end) for start, end in pieces if start < end]

    def holder(self, draft: Draft) -> Quotation | None:
        """The quotation in which a draft's cue stands, or its source where it has no cue."""
        for start, end in (draft.cue or draft.source)[:1]:
            number = bisect_left(self.quoted, end, key=lambda one: one.until)
            if number < len(self.quoted) and self.quoted[number].inside <= start:
                return self.quoted[number]
        return None

    def inside(self, one: Quotation) -> list[Quotation]:
        """The quotations inside one."""
        if one.start not in self.inner:
            self.inner[one.start] = quotations(self.text, [(one.inside, one.until)])
        return self.inner[one.start]

    def led(self, draft: Draft, span: Span, quoted: Sequence[Quotation]) -> list[Span]:
        """A piece parted at a colon before a quotation, without what stands before it where that is no clause."""
        for number in range(bisect_left(quoted, span[0], key=lambda one: one.start), len(quoted)):
            start = quoted[number].start
            if start >= span[1]:
                break
            before = self.text[span[0] : start].rstrip()
            if before.endswith(":"):
                lead = (span[0], span[0] + len(before) - 1)
                kept = [lead] if self.is_clause(lead) or len(draft.content) > 1 else []
                return [*kept, (start, span[1])]
        return [span]

    def closed(self, span: Span, quoted: Sequence[Quotation]) -> Span:
        """A piece that is a quotation but for "that" before it, or for a sentence begun behind it: the quotation."""
        start, end = span
        number = bisect_left(quoted, start, key=lambda one: one.start)
        if number == len(quoted) or quoted[number].end > end:
            return span
        one = quoted[number]
        if one.end == end and self.data.is_a("that", self.text[start : one.start].strip().casefold()):
            return one.start, end
        if one.start == start and SENTENCE_END.search(self.text[one.inside : one.until]) and self.begins(one.end, end):
            return start, one.end
        return span

    def begins(self, start: int, end: int) -> bool:
        """Whether a stretch begins with a sentence outside quotation marks."""
        found = FIRST.match(self.text, start, end)
        return found is not None and found.group(1).isupper()

    def is_clause(self, span: Span) -> bool:
        """Whether a verb stands in a stretch of the text."""
        return any(
            token.key in self.data.verbs for token in tokens(self.text, self.data.code, start=span[0], end=span[1])
        )

    def trimmed(self, span: Span, ends: Container[int]) -> Span:
        """A span without the commas, colons and the stop around it, but for those of a quotation that ends it."""
        start, end = span
        first = LOOSE.match(self.text, start, end)
        last = None if end in ends else END.search(self.text[max(start, end - 8) : end])
        return (first.end() if first else start), end - (len(last.group()) if last else 0)


def _piece(span: Span, quoted: Sequence[Quotation]) -> Span:
    """A span that holds each quotation whole or not at all."""
    start, end = span
    for number in range(bisect_left(quoted, start + 1, key=lambda one: one.end), len(quoted)):
        one = quoted[number]
        if one.start >= end:
            break
        share = min(end, one.end) - max(start, one.start)
        if share > MOST * (one.end - one.start):
            start, end = min(start, one.start), max(end, one.end)
        elif start > one.start:
            start = one.end
        else:
            end = one.start
    return start, end


def _whole(pieces: Sequence[Span]) -> list[Span]:
    """The pieces in order, those that meet as one."""
    found: list[Span] = []
    for start, end in sorted(piece for piece in pieces if piece[0] < piece[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
