"""Word by word from one strip to another: which words stand in both, and the stretches that differ between them.

The alignment is the longest common subsequence of normal forms (``runs``). Two things are mended in it for a reader: a
lone "the" in the middle of a rewritten clause is no common word, and within a rewritten clause a name, a number or a
verb is set against its counterpart.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from retold.alignment.runs import common
from retold.alignment.strips import Strip
from retold.text.languages import Language
from retold.text.names import same_name
from retold.text.words import Token, stem

ISLAND = 2  # words; a longer run in common is never by chance
REWRITTEN = 3  # words changed on both sides of a mark, from which the mark is no landmark
KIN_LIMIT = 900  # cells; larger rewritten stretches are told as one change


class Pair(msgspec.Struct, frozen=True, gc=False):
    """A run of tokens set against each other: ``mine[i:i+size]`` and ``yours[j:j+size]``."""

    i: int
    j: int
    size: int


class Change(msgspec.Struct, frozen=True, gc=False):
    """A stretch that differs, in the strips' offsets of both sides."""

    start: int
    end: int
    other_start: int
    other_end: int


def pairs(mine: Strip, yours: Strip) -> list[Pair]:
    """Return the token runs that stand against each other, in order."""
    left, right = [[token.key for token in side.tokens] for side in (mine, yours)]
    runs = [Pair(*run) for run in common(left, right)]
    return _with_kin(mine, yours, _without_islands(mine, yours, runs))


def _without_islands(mine: Strip, yours: Strip, runs: list[Pair]) -> list[Pair]:
    """The runs without those of a stop word or a mark between two changes at least as long."""
    kept = list(runs)
    place = 0
    while place < len(kept):
        before = kept[place - 1] if place else Pair(0, 0, 0)
        after = kept[place + 1] if place + 1 < len(kept) else Pair(len(mine.tokens), len(yours.tokens), 0)
        if _is_island(mine, yours, kept[place], before, after):
            del kept[place]
            place = max(0, place - 1)
        else:
            place += 1
    return kept


def _is_island(mine: Strip, yours: Strip, run: Pair, before: Pair, after: Pair) -> bool:
    left = _words_between(mine, yours, before, run)
    right = _words_between(mine, yours, run, after)
    if left is None or right is None:
        return False
    tokens = mine.tokens[run.i : run.i + run.size]
    words = sum([token.word for token in tokens])
    if not words:  # a mark: between other marks ('".' and '."'), or within a clause that is rewritten on both sides
        return (left == right == 0 and run.size == 1) or min(left, right) >= REWRITTEN
    if run.size == 1 and _swaps(before, run, after):
        return True
    stops = mine.language.stopwords
    return (
        words <= ISLAND and words <= min(left, right) and all(not token.word or token.key in stops for token in tokens)
    )


def _swaps(before: Pair, run: Pair, after: Pair) -> bool:
    """Whether one word goes before a word on one side and one behind it on the other ("has said", "said Wednesday")."""
    left = (run.i - before.i - before.size, run.j - before.j - before.size)
    right = (after.i - run.i - 1, after.j - run.j - 1)
    return {left, right} == {(1, 0), (0, 1)}


def _words_between(mine: Strip, yours: Strip, before: Pair, after: Pair) -> int | None:
    """How many words the change between two runs has, on its larger side; None where nothing changes there."""
    left = mine.tokens[before.i + before.size : after.i]
    right = yours.tokens[before.j + before.size : after.j]
    if not left and not right:
        return None
    return max(sum([token.word for token in left]), sum([token.word for token in right]))


def _with_kin(mine: Strip, yours: Strip, runs: Sequence[Pair]) -> list[Pair]:
    """The runs, and between them single tokens that are kin: one name, two numbers, two forms of one word."""
    made: list[Pair] = []
    i = j = 0
    for run in (*runs, Pair(len(mine.tokens), len(yours.tokens), 0)):
        if i < run.i and j < run.j and (run.i - i) * (run.j - j) <= KIN_LIMIT:
            made += _kin_between(mine, yours, (i, run.i), (j, run.j))
        if run.size:
            made.append(run)
        i, j = run.i + run.size, run.j + run.size
    return made


def _kin_between(mine: Strip, yours: Strip, left: tuple[int, int], right: tuple[int, int]) -> list[Pair]:
    """A heaviest monotone set of kin pairs (the classic dynamic programme over the two stretches)."""
    rows, columns = left[1] - left[0], right[1] - right[0]
    if rows == columns == 1:
        return []  # they stand against each other anyway
    kin = [
        [
            _kinship(mine.tokens[left[0] + row], yours.tokens[right[0] + column], mine.language)
            for column in range(columns)
        ]
        for row in range(rows)
    ]
    if not any(map(any, kin)):
        return []
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            skip = max(best[row + 1][column], best[row][column + 1])
            taken = kin[row][column] + best[row + 1][column + 1] if kin[row][column] else 0
            best[row][column] = max(skip, taken)
    made = []
    row = column = 0
    while row < rows and column < columns:
        if kin[row][column] and best[row][column] == kin[row][column] + best[row + 1][column + 1]:
            made.append(Pair(left[0] + row, right[0] + column, 1))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return made


def _kinship(one: Token, other: Token, data: Language) -> int:
    """How surely two differing tokens are counterparts: 3 a name, 2 a number or one word's forms, 0 not at all."""
    if not (one.word and other.word) or one.key == other.key:  # an equal word was left unpaired on purpose
        return 0
    digits = one.text[0].isdecimal(), other.text[0].isdecimal()
    if any(digits):
        return 2 if all(digits) or one.key in data.number_words or other.key in data.number_words else 0
    if one.text[0].isupper() and other.text[0].isupper() and same_name(one.text, other.text):
        return 3
    if one.key in data.stopwords or other.key in data.stopwords:
        return 0
    return 2 if stem(one.key, data.code) == stem(other.key, data.code) else 0


def changes(mine: Strip, yours: Strip) -> list[Change]:
    """Return every stretch in which two strips differ to the letter, in order; outside them they are equal."""
    made: list[Change] = []
    end_mine, end_yours = mine.start, yours.start
    for run in (*pairs(mine, yours), Pair(len(mine.tokens), len(yours.tokens), 0)):
        start_mine = mine.tokens[run.i].start if run.i < len(mine.tokens) else mine.end
        start_yours = yours.tokens[run.j].start if run.j < len(yours.tokens) else yours.end
        _between(mine.text, yours.text, Change(end_mine, start_mine, end_yours, start_yours), made)
        if not run.size:
            break
        end_mine = mine.tokens[run.i + run.size - 1].end
        end_yours = yours.tokens[run.j + run.size - 1].end
        if mine.text[start_mine:end_mine] != yours.text[start_yours:end_yours]:
            _within(mine, yours, run, made)
    return made


def _within(mine: Strip, yours: Strip, run: Pair, made: list[Change]) -> None:
    """The letters that differ inside a run of the same words: capitals, marks, spelling, white space."""
    for step in range(run.size):
        one, other = mine.tokens[run.i + step], yours.tokens[run.j + step]
        if step:
            before, other_before = mine.tokens[run.i + step - 1], yours.tokens[run.j + step - 1]
            _between(mine.text, yours.text, Change(before.end, one.start, other_before.end, other.start), made)
        if one.text != other.text:
            made.append(Change(one.start, one.end, other.start, other.end))


def _between(mine: str, yours: str, stretch: Change, made: list[Change]) -> None:
    """A stretch between two common words, without the white space that both sides have at its ends."""
    start, end, other_start, other_end = stretch.start, stretch.end, stretch.other_start, stretch.other_end
    if mine[start:end] == yours[other_start:other_end]:
        return
    while start < end and other_start < other_end and mine[start] == yours[other_start] and mine[start].isspace():
        start, other_start = start + 1, other_start + 1
    while start < end and other_start < other_end and mine[end - 1] == yours[other_end - 1] and mine[end - 1].isspace():
        end, other_end = end - 1, other_end - 1
    made.append(Change(start, end, other_start, other_end))
