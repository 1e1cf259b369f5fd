"""Windows of word pieces, as the tagger's model reads them: whole paragraphs, with their case and quotation marks.

The trainer cuts its windows here too, so that the model sees in use what it saw when it learned.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from retold.text.quotes import quotations

Span = tuple[int, int]

CLASSES = ("say", "deny", "accuse", "demand", "warn", "promise", "claim", "admit", "show")
ANCHORS = ("none", *CLASSES, "uncued")  # what a word can begin
ROLES = ("none", "source", "cue", "content")  # what a word can be to an anchor
CASES = (
    "none",
    "lower",
    "initial",
    "upper",
    "mixed",
    "letter",
)  # of a word's letters: the encoder sees small ones only
QUOTES = ("outside", "inside", "mark")

SIZE = 256  # word pieces a window
CONTEXT = 64  # pieces that two windows share where a paragraph is longer than one
STARTS, ENDS = 101, 102  # BERT's [CLS] and [SEP]
SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which no tokenizer takes
STOP = 4096  # characters that are tokenized at once: bounds the memory a paragraph without an end takes


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a paragraph as the tokenizer cuts it, with the numbers of its pieces."""

    span: Span
    pieces: tuple[int, ...]
    case: int
    quote: int


@dataclass
class Window:
    """Word pieces with their features, and the words they belong to (spans in the text)."""

    pieces: list[int] = field(default_factory=lambda: [STARTS])
    case: list[int] = field(default_factory=lambda: [0])
    quote: list[int] = field(default_factory=lambda: [0])
    words: list[Span] = field(default_factory=list)
    first: list[int] = field(default_factory=list)  # of each word, its first piece
    paragraph: list[int] = field(default_factory=list)  # of each word
    owned: Span = (0, 1 << 62)  # anchors outside belong to the window before or after

    def add(self, words: Sequence[Word], number: int) -> None:
        """Append a paragraph's words, and a mark of its end."""
        for word in words:
            self.first.append(len(self.pieces))
            self.words.append(word.span)
            self.paragraph.append(number)
            self.pieces += word.pieces
            self.case += [word.case] * len(word.pieces)
            self.quote += [word.quote] * len(word.pieces)
        self.pieces.append(ENDS)
        self.case.append(0)
        self.quote.append(0)

    def owns(self, word: int) -> bool:
        """Whether an anchor at a word is this window's to tell."""
        return self.owned[0] <= self.words[word][0] < self.owned[1]

    def around(self, word: int) -> Span:
        """The pieces of a word's paragraph."""
        number = self.paragraph[word]
        begin, end = bisect_left(self.paragraph, number), bisect_right(self.paragraph, number)
        last = self.first[end] - 1 if end < len(self.first) else len(self.pieces) - 1
        return self.first[begin], last

    def inputs(self) -> tuple[tuple[str, list[int]], ...]:
        """The model's inputs by name."""
        return ("pieces", self.pieces), ("case", self.case), ("quote", self.quote)


def windows(text: str, paragraphs: Sequence[Span], tokenizer: Any, *, size: int = SIZE) -> Iterator[Window]:
    """Cut paragraphs into windows of at most ``size`` pieces: as many whole paragraphs as fit.

    A paragraph that is longer than a window is cut between words, and two such windows share CONTEXT pieces.
    """
    window = Window()
    for number, (start, end) in enumerate(paragraphs):
        words = words_of(text, start, end, tokenizer)
        needed = sum(len(word.pieces) for word in words) + 1
        if len(window.pieces) + needed > size and window.words:
            yield window
            window = Window()
        if needed + 1 > size:
            yield from _parts(words, number, size)
        else:
            window.add(words, number)
    if window.words:
        yield window


def _parts(words: Sequence[Word], number: int, size: int) -> Iterator[Window]:
    """Windows over one long paragraph; each owns its words up to the middle of what it shares with its neighbour."""
    begin, owned = 0, words[0].span[0]
    while begin < len(words):
        end = _fitting(words, begin, size - 2)
        again = _shared(words, begin, end) if end < len(words) else end
        until = words[(again + end) // 2].span[0] if end < len(words) else words[-1].span[1]
        window = Window(owned=(owned, until))
        window.add(words[begin:end], number)
        yield window
        begin, owned = again, until


def _fitting(words: Sequence[Word], begin: int, room: int) -> int:
    """The end of the longest run of words from ``begin`` whose pieces fit; at least one word."""
    end = begin
    while end < len(words) and (room := room - len(words[end].pieces)) >= 0:
        end += 1
    return max(end, begin + 1)


def _shared(words: Sequence[Word], begin: int, end: int) -> int:
    """Where the next window begins: CONTEXT pieces before the end of this one, and after its begin."""
    again, pieces = end, 0
    while again > begin + 1 and (pieces := pieces + len(words[again - 1].pieces)) <= CONTEXT:
        again -= 1
    return again


def words_of(text: str, start: int, end: int, tokenizer: Any) -> list[Word]:
    """The words of a paragraph."""
    inner = quotations(text, start=start, end=end)
    marks = {place for left, right in inner for place in (left - 1, right)}
    found: list[Word] = []
    place = 0
    for left, right in _chunks(text, start, end):
        encoding = tokenizer.encode(SURROGATE.sub("?", text[left:right]), add_special_tokens=False)
        for span, pieces in _grouped(encoding, left):
            while place < len(inner) and inner[place][1] <= span[0]:
                place += 1
            inside = place < len(inner) and inner[place][0] <= span[0]
            quote = 2 if span[0] in marks else 1 if inside else 0
            found.append(Word(span, pieces, case_of(text[slice(*span)]), quote))
    return found


def _chunks(text: str, start: int, end: int) -> Iterator[Span]:
    """Stretches of at most STOP characters, cut at a space where there is one."""
    while end - start > STOP:
        space = text.rfind(" ", start + 1, start + STOP)
        cut = start + STOP if space < 0 else space
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _grouped(encoding: Any, offset: int) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Each word of an encoding: its span in the text, and its pieces."""
    whose, ids, offsets = encoding.word_ids, encoding.ids, encoding.offsets
    begin = 0
    for at in range(1, len(ids) + 1):
        if at == len(ids) or whose[at] != whose[begin]:
            yield (offset + offsets[begin][0], offset + offsets[at - 1][1]), tuple(ids[begin:at])
            begin = at


def case_of(word: str) -> int:
    """The number of a word's case in CASES."""
    if not any(character.isalpha() for character in word):
        return 0
    if word.islower():
        return 1
    if word.isupper():
        return 5 if len(word) == 1 else 3
    return 2 if word[0].isupper() and word[1:].islower() else 4
