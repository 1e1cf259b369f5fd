"""The quotation layer: what stands between quotation marks, exactly, paragraph by paragraph.

A quotation that its paragraph leaves open goes on where the next paragraph opens one with the same mark anew; where it
does not, the quotation ends with its paragraph and is flagged as unclosed. Single marks are quotation marks only where
something closes them, for an apostrophe looks the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retold.statements.records import Span

CLOSERS = {
    "“": "”",
    "„": '“”"',
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    '"': '"',
    "‘": "’",
    "'": "'",
    "‚": "‘’",
}
SINGLE = frozenset("‘'‚")
ALWAYS_OPENS = frozenset("“„‟«‹「『")
MARK = re.compile("[“”„‟«»‹›「」『』\"‘’'‚]")
DECADE = re.compile(r"'\d0s")  # the '90s
LEAST_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One piece of a quotation: [start, end) with its marks, [inside, until) without them.

    ``closed``: a mark closes it; ``continues``: it takes up the piece before it, which its paragraph left open.
    """

    start: int
    end: int
    inside: int
    until: int
    paragraph: int
    closed: bool = True
    continues: bool = False


def quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """Return the outermost quotations of the paragraphs, in the order of the text."""
    found: list[Quotation] = []
    left_open = ""
    for number, (start, end) in enumerate(paragraphs):
        here = _Paragraph(text, start, end, number, left_open, _opener_after(text, paragraphs, number)).read()
        left_open = text[here[-1].start] if here and not here[-1].closed else ""
        found += here
    return found


def _opener_after(text: str, paragraphs: Sequence[Span], number: int) -> str:
    """The first character of the next paragraph."""
    if number + 1 >= len(paragraphs):
        return ""
    start, end = paragraphs[number + 1]
    return text[start : min(end, start + 40)].lstrip()[:1]


class _Paragraph:
    """One pass over the marks of a paragraph; each mark is looked at a bounded number of times."""

    def __init__(self, text: str, start: int, end: int, number: int, left_open: str, after: str) -> None:
        self.text, self.start, self.end, self.number = text, start, end, number
        self.left_open, self.after = left_open, after
        self.marks = [mark.start() for mark in MARK.finditer(text, start, end)]
        self.hopeless: set[str] = set()  # marks that nothing closes any more

    def read(self) -> list[Quotation]:
        found: list[Quotation] = []
        place = 0
        while place < len(self.marks):
            at = self.marks[place]
            mark = self.text[at]
            if mark in self.hopeless or mark not in CLOSERS or not self.opens(at):
                place += 1
                continue
            close = self.close(place)
            if close is None and not self.may_stay_open(mark):
                self.hopeless.add(mark)
                place += 1
                continue
            piece = self.piece(at, None if close is None else self.marks[close], first=not found)
            found += [piece] if LEAST_LETTER.search(self.text, piece.inside, piece.until) else []
            place = len(self.marks) if close is None else close + 1
        return found

    def may_stay_open(self, mark: str) -> bool:
        """Whether the paragraph may end inside a quotation: single marks, and guillemets that point inwards, only
        where the next paragraph opens anew."""
        return mark == self.after or not (mark in SINGLE or mark == "»")

    def piece(self, at: int, close: int | None, *, first: bool) -> Quotation:
        until = close
        if until is None:
            until = self.start + len(self.text[self.start : self.end].rstrip())
        taken_up = first and self.text[at] == self.left_open and not self.text[self.start : at].strip()
        end = until if close is None else close + 1
        return Quotation(at, end, at + 1, until, self.number, closed=close is not None, continues=taken_up)

    def opens(self, at: int) -> bool:
        """Whether a mark can open: something follows, and what stands before is no letter ("Orin's" opens nothing)."""
        before = self.text[at - 1] if at > self.start else " "
        after = self.text[at + 1] if at + 1 < self.end else " "
        if self.text[at] in ALWAYS_OPENS:
            return True
        if self.text[at] == "'" and DECADE.match(self.text, at):
            return False
        return not before.isalnum() and before not in ".,!?" and not after.isspace()

    def close(self, place: int) -> int | None:
        """The place of the mark that closes, or None where the paragraph ends first."""
        mark = self.text[self.marks[place]]
        kept: int | None = None  # a mark that closes unless it is that of "the ministers' cars"
        for other in range(place + 1, len(self.marks)):
            at = self.marks[other]
            if self.text[at] == mark and kept is not None and self.opens(at):
                return kept
            if self.text[at] not in CLOSERS[mark]:
                continue
            if mark == '"' and self.text[at - 1].isspace() and self.opens(at):
                return None  # opens again before it closed: the first was left open
            if mark in SINGLE and not self.closes_single(at):
                continue
            if mark in SINGLE and self.possessive(at):
                kept = other if kept is None else kept
                continue
            return other
        return kept

    def closes_single(self, at: int) -> bool:
        after = self.text[at + 1 : min(at + 2, self.end)]
        return not after.isalnum() and not self.text[at - 1].isspace()

    def possessive(self, at: int) -> bool:
        """Whether a mark may be that of "the ministers' cars": an s before it, a small letter after the space."""
        after = self.text[at + 1 : min(at + 3, self.end)]
        return self.text[at - 1] == "s" and after[:1] == " " and after[1:].islower()
