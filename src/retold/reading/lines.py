"""A text cut into lines of meaning: each a paragraph, a title, a label; hard-wrapped lines joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from retold.model.errors import SourceError
from retold.model.records import Kind
from retold.reading.credits import Found
from retold.reading.phrases import tokens

SHORT = 14  # words; the longest line that may be a heading: titles run to 14 words, sentences rarely stay under 6
HUGE_WORD = 30  # characters; a "word" of thousands is no word, and the rules for short lines must not see it
LEAST_SENTENCE = 4  # words; "He declined." and shorter are told from labels by their place
LONG = 16  # words; a line of this length is a paragraph even where its last stop is missing
WRAP = range(45, 101)  # characters of a full hard-wrapped line, as mail and old wire services wrote them
MOST = 100_000  # lines; beyond this a file is data, and its reading would take minutes

CLOSERS = "\"'”“’‘»«›」』)]}*_ \u00a0"  # German and Danish news close with “ and «
QUOTES = frozenset('"“”„«»「」')
STOPS = ".!?…。！？؟۔।:"
ENDS = frozenset(".…。")
BRACKET = re.compile(r"\s[(\[][^()\[\]]{2,80}[)\]]$")
CASELESS = re.compile("[\u0590-\u0dff\u0e00-\u10ff\u3040-\u9fff\uac00-\ud7af]")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
BULLET = re.compile(r"(?:[-*•·▪◦‣–—]|\d{1,2}[.)])\s+\S")


class Line:
    """A stretch of the text with what its shape tells; ``kind`` is None until a rule gives one."""

    __slots__ = (
        "count", "credits", "kind", "long", "quoted", "reason", "sentence",
        "short", "start", "stop", "text", "tied", "words",
    )  # fmt: skip

    def __init__(self, text: str, start: int, *, tied: bool) -> None:
        self.text = text
        self.start = start
        self.tied = tied  # no blank line parts it from the line before
        self.kind: Kind | None = None
        self.reason = ""
        self.credits: list[Found] = []
        self._measure(text)

    def _measure(self, text: str) -> None:
        """Take the line's shape."""
        self.words = tokens(text)
        self.count = max(len(self.words) + _unspaced(text), len(text) // HUGE_WORD)
        self.stop = _stop(text)  # the mark that ends its sentence, "" where none does
        self.quoted = '"' in text or (
            not text.isascii() and not QUOTES.isdisjoint(text)
        )  # words stand in quotation marks
        self.long = self.count >= LONG  # a paragraph by length alone
        self.short = not self.stop and self.count <= SHORT  # a title, a heading, a label, a link
        self.sentence = self.long or (self.stop not in ("", ":") and self.count >= LEAST_SENTENCE)

    @property
    def end(self) -> int:
        """Where the stretch ends, exclusive."""
        return self.start + len(self.text)

    @property
    def unfinished(self) -> bool:
        """Whether the line ends in an ellipsis."""
        return self.text.rstrip(CLOSERS).endswith(("...", "…"))

    @property
    def bullet(self) -> bool:
        """Whether the line is an item of a list."""
        return bool(BULLET.match(self.text))

    @property
    def caseless(self) -> bool:
        """Whether the script knows no capitals."""
        return not self.text.isascii() and bool(CASELESS.search(self.text))

    def __repr__(self) -> str:
        return f"Line({self.text[:60]!r}, {self.kind}, {self.reason!r})"


class LateLine(Line):
    """A line whose shape is taken when it is first asked for: most lines of a page are nobody's."""

    __slots__ = ()

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self.tied = False
        self.kind = None
        self.reason = ""
        self.credits = []

    def __getattr__(self, name: str) -> Any:
        if name not in Line.__slots__:
            raise AttributeError(name)
        self._measure(self.text)
        return getattr(self, name)


def _unspaced(text: str) -> int:
    """Words that scripts without spaces hide in one token, at about two letters each."""
    return 0 if text.isascii() else len(UNSPACED.findall(text)) // 2


def _stop(text: str) -> str:
    """The mark that ends a line's sentence; "" where none does."""
    last = text.rstrip(CLOSERS)[-1:]
    if last in STOPS or not text.endswith((")", "]")):
        return last if last in STOPS else ""
    last = BRACKET.sub("", text).rstrip(CLOSERS)[-1:]  # a bracket may sign the sentence before it: "... fell. (Agency)"
    return last if last in ENDS else ""


def lines(text: str, *, source: str = "text") -> list[Line]:
    """The text's stretches in order; what stands between them is white space."""
    return [Line(text[start:end], start, tied=tied) for start, end, tied in _stretches(text, source)]


def _stretches(text: str, source: str) -> Iterator[tuple[int, int, bool]]:
    """Each stretch as (start, end, tied to the one before)."""
    for group in _groups(text, source):
        if len(group) == 1:  # as most paragraphs stand
            yield group[0][0], group[0][1], False
            continue
        wrapped = _wrapped([text[start:end] for start, end, _ in group])
        tied = False
        begin = group[0][0]
        for place, (_, end, _) in enumerate(group):
            deeper = place + 1 < len(group) and group[place + 1][2] > group[place][2] + 1
            if place + 1 < len(group) and wrapped and not deeper and _runs_on(text, group, place, wrapped):
                continue
            yield begin, end, tied
            tied = True
            begin = group[place + 1][0] if place + 1 < len(group) else end


Place = tuple[int, int, int]  # start, end, indentation


def _groups(text: str, source: str) -> Iterator[list[Place]]:
    """Lines that follow each other without a blank one."""
    group: list[Place] = []
    offset = count = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            count += 1
            start = offset + line.index(bare[0])
            group.append((start, start + len(bare), start - offset))
        elif group:
            yield group
            group = []
        offset += len(line)
        if count > MOST:
            raise SourceError(source, f"holds over {MOST:,} lines. One article is wanted; cut the file into articles.")
    if group:
        yield group


def _wrapped(group: list[str]) -> int:
    """The width at which a group of lines was wrapped; 0 where each line stands for itself."""
    if len(group) < 2:
        return 0
    width = max(map(len, group))
    if width not in WRAP:
        return 0
    full = [_full(line, after, width) for line, after in pairwise(group)]
    starts_low = any(
        yes and (after[0].islower() or CASELESS.match(after)) for yes, after in zip(full, group[1:], strict=False)
    )
    return width if starts_low and sum(full) * 2 >= len(full) else 0


def _full(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word had no room on this one."""
    return len(line) >= WRAP.start and len(line) + 1 + len(after.split(None, 1)[0]) > width - 2


def _runs_on(text: str, group: list[Place], place: int, width: int) -> bool:
    """Whether a hard-wrapped line goes on in the next one."""
    (start, end, _), (start_after, end_after, _) = group[place], group[place + 1]
    return _full(text[start:end], text[start_after:end_after], width)
