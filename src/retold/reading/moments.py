"""Dates as inputs state them, made ISO 8601: as precise as stated, in the zone stated."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

from retold.reading.dates import date_line
from retold.reading.pagewords import page_words

FIRST_YEAR = 1900  # news that is older is a placeholder: year 1, year 1601
MOST = 60  # characters of a date
# Seconds, milliseconds, microseconds, nanoseconds since 1970, told apart by their size: each range is 1973 to 2248.
SCALES = ((8e7, 8.8e9, 1), (8e10, 8.8e12, 1e3), (8e13, 8.8e15, 1e6), (8e16, 8.8e18, 1e9))
NUMBER = re.compile(r"\d{9,19}(?:\.\d{1,9})?$")
COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?)?$", re.IGNORECASE)
ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2})"
    r"(?:[T ,]\s*(\d{1,2}:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s*(Z|GMT|UTC|[+-]\d\d:?(?:\d\d)?)?(?:\[[\w/+-]+\])?)?)?$",
    re.IGNORECASE,
)
HALVES = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
SECONDS = re.compile(r"\d:\d\d:\d\d")
PLACEHOLDERS = ("1970-01-01", "1900-01-01")


def stated_moment(value: object, *, language: str = "und") -> str | None:
    """A stated time in ISO 8601; None for what is no date of news.

    >>> stated_moment(1394470370), stated_moment("2014-03-10 16:52"), stated_moment("March 10, 2014")
    ('2014-03-10T16:52:50+00:00', '2014-03-10T16:52', '2014-03-10')
    """
    if isinstance(value, datetime):
        return _whole(value)
    if isinstance(value, date):
        return _kept(value.isoformat())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value)
    return _of_text(" ".join(value[: 4 * MOST].split()), language) if isinstance(value, str) else None


def _kept(stated: str) -> str | None:
    """A moment, unless it stands for "no date"."""
    return None if int(stated[:4]) < FIRST_YEAR or stated.startswith(PLACEHOLDERS) else stated


def _whole(moment: datetime) -> str | None:
    return _kept(moment.isoformat()) if moment.year >= FIRST_YEAR else None


def _of_number(value: float) -> str | None:
    """The moment that a count since 1970 names, or that a figure such as 20140310 spells."""
    if not math.isfinite(value):
        return None
    compact = COMPACT.match(str(int(value)))
    if compact and len(compact[0]) in (8, 12, 14):
        return _spelled(compact)
    scale = next((each for low, high, each in SCALES if low <= value < high), None)
    return _whole(datetime.fromtimestamp(value / scale, UTC)) if scale else None


def _of_text(text: str, language: str) -> str | None:
    if len(text) > MOST or not any(map(str.isdigit, text)):
        return None
    compact = COMPACT.match(text)
    if compact:
        return _spelled(compact)
    if NUMBER.match(text):
        return _of_number(float(text))
    iso = ISO.match(text)
    return _iso(iso) if iso else _mail(text) or _written(text, language)


def _spelled(match: re.Match[str]) -> str | None:
    """The moment in figures without marks: 20140310, 20140310165250, 20140310T165250Z."""
    year, month, day, hour, minute, second, zone = match.groups()
    clock = f"{hour}:{minute}" + (f":{second}" if second else "") if hour else None
    return _checked(f"{year}-{month}-{day}", clock, zone)


def _iso(match: re.Match[str]) -> str | None:
    year, month, day, clock, part, zone = match.groups()
    if not day:
        return _kept(f"{year}-{month:0>2}") if 1 <= int(month) <= 12 else None
    fraction = f".{part[:6]:0<3}" if part else ""
    return _checked(f"{year}-{month:0>2}-{day:0>2}", f"{clock:0>5}{fraction}" if clock else None, zone)


def _checked(day: str, clock: str | None, zone: str | None) -> str | None:
    """A day and a clock time as one moment, None where the calendar has no such."""
    try:
        date.fromisoformat(day)
        if clock:
            time.fromisoformat(clock if clock.count(":") > 1 else clock[:5])
    except ValueError:
        return None
    return _kept(f"{day}T{clock}{_zone(zone)}" if clock else day)


def _zone(stated: str | None) -> str:
    """A zone as ISO 8601 writes it, "" where none is stated."""
    if not stated:
        return ""
    figures = stated.replace(":", "")
    return f"{figures[:3]}:{figures[3:]:0<2}" if figures[0] in "+-" else "Z"


def _mail(text: str) -> str | None:
    """The moment that a date of mail and RSS names; one without a clock of 24 hours is left to the words for dates."""
    if ":" not in text or HALVES.search(text):
        return None
    try:
        read = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    precision = "seconds" if SECONDS.search(text) else "minutes"
    return _kept(read.isoformat(timespec=precision)) if read.year >= FIRST_YEAR else None


def _written(text: str, language: str) -> str | None:
    """The moment that a line of words names: "10 March 2014", "Published 10.03.2014, 16:52"."""
    said = date_line(text, page_words(language))
    if said is None or not said.published:
        return None
    match = ISO.match(said.published)
    return _iso(match) if match else None
