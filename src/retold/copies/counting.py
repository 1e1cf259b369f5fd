"""How many origins some articles go back to, as an interval with its reasons."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from retold.copies.judged import Count

Article = TypeVar("Article", bound=Hashable)
MOST_REASONS = 12


class Question(NamedTuple):
    """Something in doubt about two articles: whether two origins are one ("merge"), or the one article stands alone
    ("split")."""

    kind: str
    one: Hashable
    other: Hashable
    note: str


def count(homes: Mapping[Article, str], questions: Iterable[Question]) -> Count:
    """Return how many origins articles go back to; ``homes`` names the main origin of each.

    Questions about articles that are not asked about do not count.

    >>> count({"a": "x", "b": "y"}, [Question("merge", "a", "b", "they share half of a text")])
    Count(low=1, likely=2, high=2, reasons=('a and b may share a source: they share half of a text',))
    """
    asked = [each for each in questions if each.one in homes and each.other in homes]
    origins = sorted(set(homes.values()))
    merged = {origin: origin for origin in origins}
    reasons: list[str] = []
    low = len(origins)
    for question in asked:
        if question.kind == "merge" and _merge(merged, _at(homes, question.one), _at(homes, question.other)):
            low -= 1
            reasons.append(f"{question.one} and {question.other} may share a source: {question.note}")
    splits = [each for each in asked if each.kind == "split" and _accompanied(homes, each.one)]
    reasons += [f"{each.one} may stand alone: {each.note}" for each in splits]
    return Count(low, len(origins), len(origins) + len({each.one for each in splits}), tuple(reasons[:MOST_REASONS]))


def _at(homes: Mapping[Article, str], article: Hashable) -> str:
    return homes[article]  # type: ignore[index]  # it was looked up before


def _accompanied(homes: Mapping[Article, str], article: Hashable) -> bool:
    """Whether others of the articles go back to the same origin."""
    return sum(origin == _at(homes, article) for origin in homes.values()) > 1


def _merge(merged: dict[str, str], one: str, other: str) -> bool:
    """Join two origins; return whether they were apart."""
    one, other = _root(merged, one), _root(merged, other)
    low, high = min(one, other), max(one, other)
    merged[high] = low
    return one != other


def _root(merged: Mapping[str, str], origin: str) -> str:
    while merged[origin] != origin:
        origin = merged[origin]
    return origin
