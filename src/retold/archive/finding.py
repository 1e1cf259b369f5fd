"""Words asked for, in the language of the index, and found again in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import combining, normalize

from retold.model.errors import UsageError
from retold.model.records import COMPARED, Block, Kind

# Writing without spaces: each sign is indexed as a word, and a word of several is asked for as a phrase.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
PART = re.compile(r'(?P<no>-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
WORD = re.compile(r"\w+")
BEFORE, AFTER = 60, 180  # characters of a snippet before the first mark, and after it
MOST = 200  # words of one question, about a paragraph; the index takes the square of them: 2,000 took 20 s
WANTED = 'Words are wanted, such as: flood harbour "state of emergency" -drill minist*'
KINDS = COMPARED | {Kind.HEADING, Kind.TITLE}


class Snippet(NamedTuple):
    """A stretch of a text that shows what was found, and the words in it, as [start, end) of the text."""

    start: int
    end: int
    marks: list[tuple[int, int]]


def indexed(text: str) -> str:
    """A text as the index takes it."""
    return text if text.isascii() else UNSPACED.sub(r" \g<0> ", text)


def asked(words: str) -> str:
    """A question to the index: all words, phrases in quotation marks, ``-`` before what must not stand there, ``*``
    after the beginning of a word. Raises UsageError where nothing is asked for, or more than the index can answer."""
    if (count := len(WORD.findall(indexed(words)))) > MOST:
        raise UsageError(f"{count:,} words are asked for at once, and at most {MOST} are wanted. Leave some out.")
    wanted: list[str] = []
    unwanted: list[str] = []
    for part in PART.finditer(words):
        term = _term(part["phrase"] if part["phrase"] is not None else part["word"])
        if term:
            (unwanted if part["no"] else wanted).append(term)
    if not wanted:
        raise UsageError(f"{words!r} asks for no word. {WANTED}")
    return " AND ".join(wanted) + "".join(f" NOT {term}" for term in unwanted)


def _term(text: str) -> str:
    """A word or a phrase as the index reads it; "" where there is no word in it."""
    words = WORD.findall(indexed(text))
    star = "*" if words and text.endswith("*") else ""
    return f'"{" ".join(words)}"{star}' if words else ""


def snippet(text: str, blocks: Sequence[Block], words: str) -> Snippet:
    """Where a text shows most of the words: never in what is set aside, in the title where nothing else has them."""
    patterns = _patterns(words)
    places = [(block.start, block.end) for block in blocks if block.kind in KINDS] or [(0, len(text))]
    plain = _plain(text)
    marks = [match.span() for start, end in places for match in patterns.finditer(plain, start, end)]
    if not marks:
        return Snippet(places[0][0], min(places[0][1], places[0][0] + BEFORE + AFTER), [])
    best = max(marks, key=lambda mark: (_rich(plain, marks, mark), -mark[0]))
    block = next((start, end) for start, end in places if start <= best[0] < end)
    start = _edge(text, max(block[0], best[0] - BEFORE), block[0])
    end = min(block[1], best[0] + AFTER)
    return Snippet(start, end, [mark for mark in marks if start <= mark[0] and mark[1] <= end])


def _rich(plain: str, marks: Sequence[tuple[int, int]], first: tuple[int, int]) -> int:
    """How many different words a snippet that begins at a mark would show."""
    return len({plain[start:end] for start, end in marks if first[0] <= start < first[0] + AFTER})


def _edge(text: str, place: int, least: int) -> int:
    """The beginning of the word in which a place lies."""
    while place > least and not text[place - 1].isspace():
        place -= 1
    return place


def _patterns(words: str) -> re.Pattern[str]:
    """What matches any of the words that are wanted."""
    found = []
    for part in PART.finditer(words):
        text = _plain(part["phrase"] if part["phrase"] is not None else part["word"])
        parts = [re.escape(word) for word in WORD.findall(indexed(text))]
        if part["no"] or not parts:
            continue
        edges = ("", "") if UNSPACED.search(text) else (r"\b", "" if text.endswith("*") else r"\b")
        found.append(edges[0] + r"\W*".join(parts) + (r"\w*" if text.endswith("*") else "") + edges[1])
    return re.compile("|".join(found) or r"(?!)")


def _plain(text: str) -> str:
    """A text in small letters without accents, of the same length."""
    return text.lower() if text.isascii() else text.translate(PLAIN)


class _Plain(dict[int, str]):
    """Signs in small letters without accents; each is looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _letter(chr(code))
        return plain


PLAIN = _Plain()


def _letter(sign: str) -> str:
    bare = "".join(each for each in normalize("NFD", sign) if not combining(each)).lower()
    return bare if len(bare) == 1 else sign
