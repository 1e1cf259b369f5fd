"""What each stretch of a version is to a judge of copies: running text, public words in it, or neither.

Public words were said or published by somebody for everybody: what stands in quotation marks, a statement or a message
printed behind a colon, a transcript, a post with its signature. That two articles share them says nothing about where
the articles come from. What is no running text (titles, captions, credits, page furniture) says nothing either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from retold.model.records import COMPARED, Block, CreditKind, Kind, Version
from retold.text.languages import Language, language
from retold.text.quotes import quotations
from retold.text.sentences import sentences

Span = tuple[int, int]

LEAD = 200  # characters of running text in which the news stands: about thirty words
SHORT_LINE = 40  # characters; a paragraph shorter than this at the head is a label, not the lead
DATELINE = 160  # characters in which an agency's dateline ends
SPEECH = 25  # words of a paragraph of which one, at least, is the speaker's own "I" or "we" in speech
FIRST_PERSON = 0.4  # of an article's paragraphs; where more are in the first person, it is its author who speaks
APART = 2  # sentences from one of speech to the next, between which the speech goes on
LONGEST_QUOTE = 1200  # characters within a paragraph; beyond it a mark was left open
CUE = 8  # words before a colon among which stands what announces speech
LETTERS = 6.0  # characters of a word with its space, where words are parted by spaces
UNSPACED_LETTERS = 2.0  # and where they are not

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
MARKS = str.maketrans(dict.fromkeys('.,;:!?"“”()[]—–-…', " ") | {"’": "'"})
LABELLED = re.compile(r"(?:[QA]|[^\W\d_a-z](?:[^\W\d_a-z]|[ .'’-]){1,30}):\s")  # "Q: ...", "THE PRESIDENT: ..."
SIGNED = re.compile(r"\(@\w+\)|pic\.twitter\.com|twitter\.com/\w+/status")
COLON = re.compile(r"[:：]\s")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Wording:
    """A version's stretches, in order and apart: ``running`` text, ``public`` words in it, and its ``lead``.

    ``letters`` is how many characters a word takes, with the space behind it.
    """

    running: tuple[Span, ...]
    public: tuple[Span, ...]
    lead: Span
    letters: float

    @property
    def length(self) -> int:
        """Characters of running text."""
        return sum(end - start for start, end in self.running)


def wording(version: Version) -> Wording:
    """Return what each stretch of a version is; offsets are those of its text."""
    blocks = [block for block in version.blocks if block.kind in COMPARED]
    running = tuple(united((block.start, block.end) for block in blocks))
    public = tuple(united(_public(version, blocks)))
    return Wording(running, public, _lead(version, blocks), _letters(version.text, running))


def paragraphs(version: Version) -> list[Span]:
    """Return the paragraphs of a version's running text."""
    return [(block.start, block.end) for block in version.blocks if block.kind in COMPARED]


def united(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans in order, those that touch or overlap made one.

    >>> list(united([(5, 9), (0, 3), (2, 4)]))
    [(0, 4), (5, 9)]
    """
    start = end = -1
    for low, high in sorted(spans):
        if low > end:
            if end > start:
                yield start, end
            start, end = low, high
        end = max(end, high)
    if end > start:
        yield start, end


def _letters(text: str, running: Sequence[Span]) -> float:
    head = text[running[0][0] : running[-1][1]][:500] if running else text[:500]
    return UNSPACED_LETTERS if len(UNSPACED.findall(head)) > len(head) * 0.3 else LETTERS


def _lead(version: Version, blocks: Sequence[Block]) -> Span:
    """The beginning of the running text, behind labels and the agency's dateline."""
    told = [block for block in blocks if block.kind is Kind.PARAGRAPH] or list(blocks)
    long = [block for block in told if block.end - block.start >= SHORT_LINE]
    if not long:
        return (0, 0)
    block = long[0]
    datelines = [
        credit.end
        for credit in version.credits
        if credit.kind is CreditKind.TEXT and block.start <= credit.start and credit.end <= block.start + DATELINE
    ]
    start = max(datelines, default=block.start)
    return (start, min(block.end, start + LEAD)) if block.end - start >= SHORT_LINE else (block.start, block.end)


def _public(version: Version, blocks: Sequence[Block]) -> Iterator[Span]:
    """The public words of a version: with marks, and without."""
    data = language(version.language)
    text = version.text
    voices = [_speaks(text[block.start : block.end], data) for block in blocks]
    author = sum(voices) > FIRST_PERSON * len(blocks) and len(blocks) > 2
    for block in blocks:
        yield from _quoted(version, block)
        yield from _behind_colon(text, block, data)
        if LABELLED.match(text, block.start, block.end) or SIGNED.search(text, block.start, block.end):
            yield block.start, block.end
    for (before, block), speaks in zip(pairwise(blocks), voices[1:], strict=True):
        announced = text[before.start : before.end].rstrip().endswith(":")
        if announced and (speaks or _announces(text[before.start : before.end], data)):
            yield block.start, block.end
    for block in blocks if not author else ():
        yield from _speech(version, block, data)


def _speaks(paragraph: str, data: Language) -> bool:
    """Whether somebody speaks for themselves here: first persons outside quotation marks."""
    first = _first_persons(paragraph, data)
    return first > 0 and first * SPEECH >= len(WORD.findall(paragraph))


def _first_persons(text: str, data: Language) -> int:
    """How many words outside quotation marks speak of the speaker; "US" is none of them."""
    words = _speakers(data.first)
    if words.isdisjoint(text.translate(MARKS).split()):
        return 0
    found = [match.start() for match in WORD.finditer(text) if match.group().translate(MARKS) in words]
    quoted = quotations(text)
    return sum(not any(low <= start < high for low, high in quoted) for start in found)


@cache
def _speakers(first: frozenset[str]) -> frozenset[str]:
    """The words by which somebody speaks for themselves, small or with a capital."""
    return first | {word.capitalize() for word in first}


def _speech(version: Version, block: Block, data: Language) -> Iterator[Span]:
    """The sentences of a paragraph in which somebody speaks for themselves, without marks, and one between two."""
    if not _first_persons(version.text[block.start : block.end], data):
        return
    told = sentences(version.text, version.language, start=block.start, end=block.end)
    spoken = [number for number, span in enumerate(told) if _speaks(version.text[slice(*span)], data)]
    for number in spoken:
        last = min((other for other in spoken if number < other <= number + APART), default=number)
        yield told[number][0], told[last][1]


def _quoted(version: Version, block: Block) -> Iterator[Span]:
    """What stands in quotation marks; of a mark that nothing closes in a long paragraph, its sentence alone."""
    for start, end in quotations(version.text, start=block.start, end=block.end):
        if end - start > LONGEST_QUOTE:
            yield sentences(version.text, version.language, start=start, end=end)[0]
        else:
            yield start, end


def _behind_colon(text: str, block: Block, data: Language) -> Iterator[Span]:
    """What stands behind a colon that a word of saying announces, to the paragraph's end."""
    for colon in COLON.finditer(text, block.start, block.end):
        if _announces(text[block.start : colon.start()], data) and _speaks(text[colon.end() : block.end], data):
            yield colon.end(), block.end
            return


def _announces(before: str, data: Language) -> bool:
    """Whether the last words before a colon announce what somebody said or wrote."""
    words = [word.casefold() for word in WORD.findall(before)[-CUE:]]
    return any(word in data.say or word in data.telling for word in words)
