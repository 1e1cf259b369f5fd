"""What pairs of versions share, measured by kind: running text of their own, public words, and what is neither.

All versions stand one behind the other on one line, so that the shared runs of thousands of pairs are measured at once.
Lengths are in characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from retold.copies.wording import MARKS, WORD, Span, Wording, united
from retold.kernels.measures import EQUAL, REPLACE
from retold.model.records import Version
from retold.text.languages import language

if TYPE_CHECKING:
    from retold.copies.passages import Shared
    from retold.kernels.arrays import Array

NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
LOST_MARKS = 24  # characters; a run that is public on one side for so much more than on the other has lost its marks
FEWEST_SLOTS = 3  # words that stand for others, from which a pair is looked at as a template
ROUNDS = 2  # how often public words are handed on from version to version


class Line:
    """Stretches of all versions on one line, to be measured between any two places."""

    def __init__(self, bases: Array, spans: Sequence[Sequence[Span]]) -> None:
        import numpy as np

        edges = [
            (int(base) + start, int(base) + end) for base, own in zip(bases, spans, strict=False) for start, end in own
        ]
        flat = np.array([0, *(place for edge in edges for place in edge), int(bases[-1])], np.float64)
        inside = np.zeros(len(flat), np.float64)
        inside[2:-1:2] = np.diff(flat)[1:-1:2]
        self.places, self.sums = flat, np.cumsum(inside)

    def between(self, start: Array, end: Array) -> Array:
        """Return how many characters of stretches lie between places."""
        import numpy as np

        found: Array = np.interp(end, self.places, self.sums) - np.interp(start, self.places, self.sums)
        return found


@dataclass(frozen=True, slots=True)
class Measured:
    """Passages measured, in the order of ``Shared.passages``; each array holds a number for each.

    ``own``: characters in equal runs that are running text and nobody's public words, on either side; ``public``:
    running text that is public words on one side at least; ``aside``: the rest. ``left`` and ``right``: running text
    covered on each side. ``changed``: places where one number or day stands for another; ``kept``: those that are the
    same.
    """

    own: Array
    public: Array
    aside: Array
    left: Array
    right: Array
    changed: Array
    kept: Array


class Ground:
    """Versions and what they share, ready to be measured."""

    def __init__(self, versions: Sequence[Version], wordings: Sequence[Wording], shared: Shared) -> None:
        import numpy as np

        self.wordings = wordings
        self.bases = np.cumsum([0, *(len(version.text) + 1 for version in versions)])
        self.shared = shared
        steps, passages = shared.steps, shared.passages
        self.of_step = np.repeat(np.arange(len(passages["pair"])), _counts(passages["first_step"], len(steps["kind"])))
        pair = passages["pair"][self.of_step]
        self.sides = [
            (shared.pairs[side][pair], self.bases[shared.pairs[side][pair]] + steps[f"{side}_start"],
             self.bases[shared.pairs[side][pair]] + steps[f"{side}_end"])
            for side in ("left", "right")
        ]  # fmt: skip
        self.equal = np.flatnonzero(steps["kind"] == EQUAL)
        self.running = Line(self.bases, [wording.running for wording in wordings])
        self.public_spans = [list(wording.public) for wording in wordings]
        self.marked = self._publicly()  # as each side itself shows it
        self.public = self._handed_on()
        self.slots = _slots(versions, self.bases, self._edited())

    def _edited(self) -> list[int]:
        """The versions of pairs with so many words that stand for others that they may be one form, filled in anew."""
        import numpy as np

        replaced = self.shared.steps["kind"] == REPLACE
        pair = self.shared.passages["pair"][self.of_step]
        counts = np.bincount(pair, replaced, len(self.shared)) >= FEWEST_SLOTS
        found: list[int] = np.unique([self.shared.pairs[side][counts] for side in ("left", "right")]).tolist()
        return found

    def _publicly(self) -> list[Array]:
        """For either side: how many characters of each equal run are public words."""
        line = Line(self.bases, self.public_spans)
        return [line.between(start[self.equal], end[self.equal]) for _, start, end in self.sides]

    def _handed_on(self) -> list[Array]:
        """The same when words are public in every version that has them where they are so in one: marks get lost."""
        import numpy as np

        inside = self.marked
        for _ in range(ROUNDS):
            lost = np.flatnonzero(np.abs(inside[0] - inside[1]) >= LOST_MARKS)
            if not len(lost):
                break
            gained: dict[int, list[Span]] = {}
            for number in lost:
                rich = int(inside[1][number] > inside[0][number])
                version, spans = self._mapped(int(self.equal[number]), rich)
                gained.setdefault(version, []).extend(spans)
            for version, spans in gained.items():
                self.public_spans[version] = list(united([*self.public_spans[version], *spans]))
            inside = self._publicly()
        return inside

    def _mapped(self, step: int, rich: int) -> tuple[int, list[Span]]:
        """The public words of one side of a run, as they stand on the other."""
        version, start, end = (int(column[step]) for column in self.sides[rich])
        other, other_start, other_end = (int(column[step]) for column in self.sides[1 - rich])
        low, high = start - int(self.bases[version]), end - int(self.bases[version])
        move = other_start - int(self.bases[other]) - low
        last = other_end - int(self.bases[other])
        spans = [
            (max(low, a) + move, min(min(high, b) + move, last))
            for a, b in self.public_spans[version]
            if a < high and b > low
        ]
        return other, [(a, b) for a, b in spans if a < b]

    def measured(self) -> Measured:
        """Return all passages, measured."""
        import numpy as np

        count = len(self.shared.passages["pair"])
        told = self.of_step[self.equal]
        starts_ends = [(start[self.equal], end[self.equal]) for _, start, end in self.sides]
        running = [self.running.between(start, end) for start, end in starts_ends]
        public = self.public
        length = starts_ends[0][1] - starts_ends[0][0]
        text = np.minimum(*running)
        own = np.clip(np.minimum(running[0] - public[0], running[1] - public[1]), 0, None)

        def total(values: Array) -> Array:
            summed: Array = np.bincount(told, values, count)
            return summed

        return Measured(
            own=total(own),
            public=total(text - own),
            aside=total(np.clip(length - text, 0, None)),
            left=total(running[0]),
            right=total(running[1]),
            changed=self._changed(count),
            kept=total(self._held(0, self.equal)),
        )

    def marked_shares(self) -> tuple[Array, Array]:
        """Return for each passage what share of it each side itself shows to be public words."""
        import numpy as np

        told, count = self.of_step[self.equal], len(self.shared.passages["pair"])
        found = []
        for (_, start, end), inside in zip(self.sides, self.marked, strict=True):
            marked = np.bincount(told, inside, count)
            found.append(marked / np.maximum(np.bincount(told, (end - start)[self.equal], count), 1))
        return found[0], found[1]

    def _held(self, side: int, steps: Array) -> Array:
        """How many numbers and days stand in steps."""
        import numpy as np

        _, start, end = self.sides[side]
        found: Array = np.searchsorted(self.slots, end[steps]) - np.searchsorted(self.slots, start[steps])
        return found

    def _changed(self, count: int) -> Array:
        import numpy as np

        replaced = np.flatnonzero(self.shared.steps["kind"] == REPLACE)
        both = (self._held(0, replaced) > 0) & (self._held(1, replaced) > 0)
        found: Array = np.bincount(self.of_step[replaced], both, count)
        return found


def _counts(firsts: Array, total: int) -> Array:
    import numpy as np

    found: Array = np.diff(np.append(firsts, total))
    return found


def _slots(versions: Sequence[Version], bases: Array, wanted: Iterable[int]) -> Array:
    """Where the numbers and days of some versions stand on the line."""
    import numpy as np

    return np.sort(np.array([int(bases[at]) + place for at in wanted for place in slots(versions[at])], np.int64))


def slots(version: Version) -> Iterator[int]:
    """Yield where a number, a day or a month stands in a version: what a template leaves open."""
    yield from (match.start() for match in NUMBER.finditer(version.text))
    words = _named(version.language)
    if not words.isdisjoint(version.text.translate(MARKS).split()):
        yield from (match.start() for match in WORD.finditer(version.text) if match.group() in words)


@cache
def _named(code: str) -> frozenset[str]:
    """The words for numbers, days and months of a language, small and with a capital."""
    data = language(code)
    words = {*data.number_words, *data.weekdays, *data.months}
    return frozenset(words | {word.capitalize() for word in words})


def covered(spans: Iterable[Span], running: Sequence[Span]) -> int:
    """Return how much of the running text some spans cover.

    >>> covered([(0, 4), (2, 8)], [(1, 5), (7, 9)])
    5
    """
    total = 0
    for start, end in united(spans):
        total += sum(max(0, min(end, high) - max(start, low)) for low, high in running)
    return total
