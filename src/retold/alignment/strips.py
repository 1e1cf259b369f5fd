"""A passage as one version tells it: its text in one strip, with the way back to the version's own offsets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from retold.alignment.units import Told, Unit
from retold.text.languages import Language
from retold.text.words import Token


@dataclass(frozen=True)
class Strip:
    """The words of a passage in one version, and everything in strip coordinates (0 is the passage's first letter).

    ``spans`` are the version's own stretches; their concatenation is ``text``. A stretch that is not the last keeps the
    white space behind it, so that the strip reads on.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    tokens: tuple[Token, ...]
    quotes: tuple[tuple[int, int], ...]
    language: Language

    @property
    def cuts(self) -> tuple[int, ...]:
        """Where the version tells something else between two stretches of the passage; no edit may cross one."""
        return tuple(accumulate([end - start for start, end in self.spans[:-1]]))

    @cached_property
    def heads(self) -> list[tuple[int, int]]:
        """The [start, end) of every word as an editor counts them."""
        return heads(self.tokens, self.text)

    def home(self, start: int, end: int) -> tuple[int, int]:
        """Return the version's own [start, end) of a stretch of the strip that crosses no cut.

        An empty stretch at a cut belongs to the end of what stands before it.
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
        return bisect_left(self.tokens, (offset,))  # a token is a tuple that begins with its start

    def quote_at(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the quotation that holds a stretch, or None."""
        place = bisect_right(self.quotes, (start, len(self.text) + 1)) - 1
        if place >= 0 and self.quotes[place][0] <= start and end <= self.quotes[place][1]:
            return self.quotes[place]
        return None


JOINERS = frozenset("-‐‑'’/")
UNSPACED = "\u0e00"  # from here on scripts write no spaces, and every letter is a token


def heads(tokens: Sequence[Token], text: str) -> list[tuple[int, int]]:
    """Return the [start, end) of every word as an editor counts them: hyphenated words are one."""
    found: list[tuple[int, int]] = []
    last = -1
    for low, high, _, _, word in tokens:
        if not word:
            continue
        if low - last < 2 and found and text[last] != " " and _joins(text, last, low, high):
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
        last = high
    return found


def _joins(text: str, last: int, low: int, high: int) -> bool:
    """Whether a word goes on the one that ended before it: a hyphen or nothing stands between."""
    single = high - low == 1 and text[low] > UNSPACED
    return text[last:low] in JOINERS or (last == low and not single)


def touched(words: Sequence[tuple[int, int]], stretches: Sequence[tuple[int, int]]) -> int:
    """Return how many words any of some ordered stretches touches."""
    count = done = 0
    for start, end in stretches:
        place = max(done, bisect_right(words, (start, start)) - 1)
        while place < len(words) and words[place][0] < end:
            if words[place][1] > start:
                count += 1
                done = place + 1
            place += 1
    return count


def strip(version: Told, numbers: Sequence[int]) -> Strip:
    """Return the strip of some of a version's units."""
    text = version.version.text
    units = [version.units[number] for number in numbers]
    spans = spans_of(text, numbers, units)
    tokens: list[Token] = []
    quotes: list[tuple[int, int]] = []
    total = 0
    place = 0
    new = tuple.__new__  # as in text.words: a named tuple without its constructor
    for start, end in spans:
        shift = total - start
        while place < len(units) and units[place].end <= end:
            tokens += [
                new(Token, (a + shift, b + shift, shown, key, word)) for a, b, shown, key, word in units[place].tokens
            ]
            place += 1
        quotes += [(max(a, start) + shift, min(b, end) + shift) for a, b in _between(version.quotes, start, end)]
        total += end - start
    joined = "".join(text[start:end] for start, end in spans)
    return Strip(joined, spans, tuple(tokens), tuple(quotes), version.language)


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
