"""A passage as one version tells it: its text in one strip, with the way back to the version's own offsets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import msgspec

from retold.alignment.units import Told, Unit
from retold.text.languages import Language
from retold.text.words import Token


class Heads(NamedTuple):
    """Where the words of a strip start and end, as an editor counts them."""

    starts: list[int]
    ends: list[int]


class Strip(msgspec.Struct, frozen=True, gc=False):
    """The words of a passage in one version, ``text[start:end]``, and everything in offsets of that text.

    ``spans`` are the version's own stretches, and their concatenation is the strip. A single one stays where it is: the
    text is the version's. Several are put together, from 0 on; one that is not the last keeps the white space behind
    it, so that the strip reads on.
    """

    text: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    tokens: tuple[Token, ...]
    quotes: tuple[tuple[int, int], ...]
    language: Language
    heads: Heads
    starts: list[int]  # of the tokens

    @property
    def letters(self) -> str:
        """The strip's own text."""
        return self.text[self.start : self.end]

    @property
    def cuts(self) -> tuple[int, ...]:
        """Where the version tells something else between two stretches of the passage; no edit may cross one."""
        return () if len(self.spans) == 1 else tuple(accumulate([end - start for start, end in self.spans[:-1]]))

    def home(self, start: int, end: int) -> tuple[int, int]:
        """Return the version's own [start, end) of a stretch that begins and ends so far from the strip's start.

        It crosses no cut; an empty stretch at a cut belongs to the end of what stands before it.
        """
        total = 0
        for first, last in self.spans:
            size = last - first
            if end <= total + size and start >= total:
                return first + start - total, first + end - total
            total += size
        raise ValueError(f"[{start}, {end}) crosses a cut of {self.spans}")

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens within a stretch."""
        return self.tokens[self._token_at(start) : self._token_at(end)]

    def around(self, start: int, end: int, *, reach: int) -> tuple[tuple[Token, ...], ...]:
        """Return the few tokens before a stretch, those within it, and the few after it."""
        low, high = self._token_at(start), self._token_at(end)
        return self.tokens[max(0, low - reach) : low], self.tokens[low:high], self.tokens[high : high + reach]

    def _token_at(self, offset: int) -> int:
        """The place of the first token that starts at an offset or behind it."""
        return bisect_left(self.starts, offset)

    def quote_at(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the quotation that holds a stretch, or None."""
        place = bisect_right(self.quotes, (start, len(self.text) + 1)) - 1
        if place >= 0 and self.quotes[place][0] <= start and end <= self.quotes[place][1]:
            return self.quotes[place]
        return None


JOINERS = frozenset("-‐‑'’/")
UNSPACED = "\u0e00"  # from here on scripts write no spaces, and every letter is a token


def heads(words: Sequence[Token], text: str) -> Heads:
    """Return where words start and end as an editor counts them: hyphenated words are one."""
    starts = [word.start for word in words]
    ends = [word.end for word in words]
    joined = [
        at
        for at, end in enumerate(ends[:-1])
        if text[end] != " " and starts[at + 1] - end < 2 and _joins(text, end, starts[at + 1], ends[at + 1])
    ]
    for at in reversed(joined):
        del ends[at], starts[at + 1]
    return Heads(starts, ends)


def _joins(text: str, last: int, low: int, high: int) -> bool:
    """Whether a word goes on the one that ended before it: a hyphen or nothing stands between."""
    single = high - low == 1 and text[low] > UNSPACED
    return text[last:low] in JOINERS or (last == low and not single)


def touched(words: Heads, stretches: Sequence[tuple[int, int]]) -> int:
    """Return how many words any of some ordered stretches touches."""
    starts, ends = words
    count = done = 0
    for start, end in stretches:
        place = max(done, bisect_left(starts, start) - 1)
        while place < len(starts) and starts[place] < end:
            if ends[place] > start:
                count += 1
                done = place + 1
            place += 1
    return count


def strip(version: Told, numbers: Sequence[int]) -> Strip:
    """Return the strip of some of a version's units."""
    text = version.version.text
    units = [version.units[number] for number in numbers]
    spans = spans_of(text, numbers, units)
    if len(spans) > 1:
        return _put_together(version, units, spans)
    [(start, end)] = spans
    tokens = units[0].tokens if len(units) == 1 else tuple([token for unit in units for token in unit.tokens])
    words = units[0].terms if len(units) == 1 else [token for token in tokens if token.word]
    quotes = tuple([(max(a, start), min(b, end)) for a, b in _between(version.quotes, start, end)])
    return Strip(
        text, start, end, spans, tokens, quotes, version.language, heads(words, text), [token.start for token in tokens]
    )


def _put_together(version: Told, units: Sequence[Unit], spans: tuple[tuple[int, int], ...]) -> Strip:
    """The strip of stretches that stand apart, with everything shifted to its offsets."""
    text = version.version.text
    tokens: list[Token] = []
    quotes: list[tuple[int, int]] = []
    total = 0
    place = 0
    for start, end in spans:
        shift = total - start
        while place < len(units) and units[place].end <= end:
            tokens += [token.moved(shift) for token in units[place].tokens]
            place += 1
        quotes += [(max(a, start) + shift, min(b, end) + shift) for a, b in _between(version.quotes, start, end)]
        total += end - start
    joined = "".join([text[start:end] for start, end in spans])
    words = heads([token for token in tokens if token.word], joined)
    starts = [token.start for token in tokens]
    return Strip(joined, 0, total, spans, tuple(tokens), tuple(quotes), version.language, words, starts)


def _between(quotes: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    return [quote for quote in quotes if quote[0] < end and quote[1] > start]


def spans_of(text: str, numbers: Sequence[int], units: Sequence[Unit]) -> tuple[tuple[int, int], ...]:
    """Return neighbouring units as one stretch each; a stretch that is not the last takes the white space behind it."""
    spans: list[tuple[int, int]] = []
    for at, unit in enumerate(units):
        follows = at and numbers[at - 1] + 1 == numbers[at] and not text[spans[-1][1] : unit.start].strip()
        if follows:
            spans[-1] = (spans[-1][0], unit.end)
        else:
            spans.append((unit.start, unit.end))
    return (*[(start, _over_space(text, end)) for start, end in spans[:-1]], spans[-1])


def _over_space(text: str, end: int) -> int:
    while end < len(text) and text[end].isspace():
        end += 1
    return end
