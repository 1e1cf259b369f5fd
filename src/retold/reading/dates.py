"""Lines that say when: "Published 3 May 2024, 10:12"."""

from __future__ import annotations

import re
from typing import NamedTuple

from retold.reading.pagewords import PageWords
from retold.reading.phrases import DIGIT, WORD, tokens

MOST = 14  # words of a date line
YEARS = range(1000, 2200)

NUMERIC = re.compile(r"\b(?P<first>\d{1,4})[./-](?P<second>\d{1,2})[./-](?P<third>\d{2,4})\b")
CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?::[0-5]\d)?(?:\s?(?P<half>[ap])\.?m\.?)?", re.IGNORECASE
)
UNIVERSAL = re.compile(r"\b(?:GMT|UTC|Z)\b|\d[Zz]\b")
ISO = re.compile(r"\b(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s?(?:Z|[+-]\d\d:?\d\d)?))?")


class DateLine(NamedTuple):
    """What a date line says: ``published`` is ISO 8601 as precise as stated, None where it states no publication."""

    published: str | None
    stated: bool  # the line says "published"; a bare date only suggests it


def date_line(text: str, words: PageWords) -> DateLine | None:
    """The date that a line is; None where it says anything else besides."""
    if not DIGIT.search(text):
        return None
    folded = [word.casefold() for word in WORD.findall(text)]
    if not 1 <= len(folded) <= MOST:
        return None
    if not _only_dates(folded, words):
        return None
    plain = tokens(text)
    if words.dates.updated.at(plain) and not words.dates.published.count(plain):
        return DateLine(None, stated=False)
    moment = _moment(text, folded, words)
    if not moment and not CLOCK.search(text) and not NUMERIC.search(text) and not words.dates.words.count(plain):
        return None
    return DateLine(moment, stated=bool(words.dates.published.count(plain)))


def _only_dates(folded: list[str], words: PageWords) -> bool:
    """Whether every word is a number, a month, a weekday, or stands with dates."""
    dates = words.dates
    place = 0
    while place < len(folded):
        word = folded[place]
        if word[0].isdecimal() or word in words.months or word in words.weekdays:
            place += 1
            continue
        length = max(each.at(folded, place) for each in (dates.published, dates.updated, dates.words))
        if not length:
            return False
        place += length
    return True


def _moment(text: str, folded: list[str], words: PageWords) -> str | None:
    """The first moment in a text, in ISO 8601; None where no whole date stands in it."""
    iso = ISO.search(text)
    if iso:
        return iso[1] + (f"T{iso[2].replace(' ', '')}" if iso[2] else "")
    day = _named(folded, words) or _numeric(text)
    if not day:
        return None
    rest = NUMERIC.sub(" ", text)
    clock = CLOCK.search(rest)
    return f"{day}T{_clock(clock)}{'+00:00' if UNIVERSAL.search(rest) else ''}" if clock else day


def _clock(match: re.Match[str]) -> str:
    """A time of day in 24 hours."""
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return f"{hour:02}:{match['minute']}"


def _named(folded: list[str], words: PageWords) -> str | None:
    """A date with its month's name: "3 May 2024", "May 3, 2024"."""
    months = [place for place, word in enumerate(folded) if word in words.months]
    for place in months:
        near = [re.match(r"\d+", word) for word in folded[max(0, place - 2) : place + 4]]
        numbers = [int(number[0]) for number in near if number]
        day = next((number for number in numbers if 1 <= number <= 31), None)
        year = next((number for number in numbers if number in YEARS), None)
        if day and year:
            return f"{year:04}-{words.months[folded[place]]:02}-{day:02}"
    return None


def _numeric(text: str) -> str | None:
    """A date in figures, where its order leaves no doubt."""
    match = NUMERIC.search(text)
    if not match:
        return None
    first, second, third = int(match["first"]), int(match["second"]), int(match["third"])
    if first in YEARS and second <= 12 and third <= 31:
        return f"{first:04}-{second:02}-{third:02}"
    if third not in YEARS:
        return None
    dotted = match[0].count(".") == 2  # written with stops the day comes first, wherever that is done
    if second <= 12 and first <= 31 and (dotted or first > 12 or first == second):
        return f"{third:04}-{second:02}-{first:02}"
    if first <= 12 and 12 < second <= 31:
        return f"{third:04}-{first:02}-{second:02}"
    return None
