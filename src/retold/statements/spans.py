"""Spans of a text beside each other: what they share, and which of many a span meets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from retold.statements.records import Span


def common(one: Sequence[Span], other: Sequence[Span]) -> int:
    """How many characters two lists of spans share."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def length(spans: Sequence[Span]) -> int:
    """How many characters a list of spans has."""
    return sum(end - start for start, end in spans)


def likeness(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Intersection over union of the characters of two lists of spans."""
    both = common(one, other)
    total = length(one) + length(other) - both
    return both / total if total else 0.0


class Spans:
    """Many spans, of which each question is answered without going through all."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans)
        self.reach = list(accumulate((end for _, end in self.spans), max))  # the furthest end of those up to each

    def meets(self, span: Span) -> bool:
        """Whether one of them shares a character with a span.

        >>> Spans([(0, 9), (2, 4)]).meets((5, 6)), Spans([(0, 9)]).meets((9, 12))
        (True, False)
        """
        before = bisect_left(self.spans, (span[1], 0))
        return before > 0 and self.reach[before - 1] > span[0]
