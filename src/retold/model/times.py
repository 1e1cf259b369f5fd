"""Stated times, as precise as they were stated."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

DAY = len("2024-05-03")


class Moment(NamedTuple):
    """A time, in UTC where its zone was stated, and whether it has an hour."""

    time: datetime
    exact: bool


@lru_cache(maxsize=1 << 12)
def moment(stated: str | None) -> Moment | None:
    """Return a time stated in ISO 8601, or None where none is stated or it is no time.

    >>> moment("2024-05-03T10:00:00+02:00").time.hour
    8
    """
    if not stated:
        return None
    try:
        time = datetime.fromisoformat(stated)
        return Moment(time.astimezone(UTC) if time.tzinfo else time, len(stated) > DAY)
    except (ValueError, OverflowError):
        return None


def order(one: str | None, other: str | None) -> int:
    """Return -1 where the first time is earlier, 1 where the second is, 0 where they do not tell.

    Times without an hour, or of which only one has a zone, tell no more than their days.
    """
    mine, yours = moment(one), moment(other)
    if mine is None or yours is None:
        return 0
    exact = mine.exact and yours.exact and (mine.time.tzinfo is None) == (yours.time.tzinfo is None)
    if not exact:
        return (mine.time.date() > yours.time.date()) - (mine.time.date() < yours.time.date())
    return (mine.time > yours.time) - (mine.time < yours.time)


def days_between(one: str | None, other: str | None) -> float | None:
    """Return the days between two stated times, None where one is not stated."""
    mine, yours = moment(one), moment(other)
    if mine is None or yours is None:
        return None
    return abs((mine.time.replace(tzinfo=None) - yours.time.replace(tzinfo=None)).total_seconds()) / 86400
