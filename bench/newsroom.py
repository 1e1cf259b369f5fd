"""An invented archive of any size: outlets, stories with several tellings each, a year of days; always the same."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from bench.families import GLUE, SAY, vocabulary

OUTLETS = 40
LETTERS = 10  # outlets whose articles all end with the same appeal
WORDS = 400  # an article's words, on average
TELLINGS = (1, 1, 1, 2, 2, 3, 4, 5, 7, 12)  # articles a story: most are small, as in real archives
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
A_DAY = 275  # articles a day: 100,000 in a year
VOCABULARY = 20000


def articles(count: int, *, seed: int = 1, first: int = 0, length: int = WORDS) -> Iterator[dict[str, Any]]:
    """Records in the order of their stories, of ``length`` words on average; ``first`` numbers the first, so that more
    of the same can follow."""
    rng = random.Random(seed)
    words = vocabulary(random.Random(0), 7000)
    words += [f"{one}{other}" for one, other in zip(words, reversed(words), strict=True)][: VOCABULARY - 7000]
    heap = list(accumulate(1 / (place + 30) for place in range(len(words))))  # as frequent as words are (Zipf)
    number = first
    while number < first + count:
        tellings = min(rng.choice(TELLINGS), first + count - number)
        yield from _story(rng, words, heap, number, tellings, length)
        number += tellings


def _story(
    rng: random.Random, words: list[str], heap: list[float], number: int, tellings: int, length: int
) -> Iterator[dict[str, Any]]:
    subject = [word.title() for word in rng.sample(words, 6)] + rng.sample(words, 14)
    began = FIRST + timedelta(days=number / A_DAY, seconds=rng.randrange(86400))
    agency = _paragraphs(rng, words, heap, subject, length)
    for place in range(tellings):
        copied = rng.random() < 0.5
        told = agency if copied else _paragraphs(rng, words, heap, subject, length)
        kept = [each for each in told if rng.random() < 0.9] or told[:1]
        outlet = rng.randrange(OUTLETS)
        yield {
            "id": f"a{number + place}",
            "url": f"https://outlet{outlet}.example/{number + place}",
            "outlet": f"Outlet {outlet}",
            "title": " ".join([*rng.sample(subject, 5), rng.choice(GLUE), rng.choice(words)]).capitalize(),
            "published": (began + timedelta(hours=rng.expovariate(1 / 9))).isoformat(timespec="seconds"),
            "text": "\n\n".join(kept + ([f"Read more of Outlet {outlet} in our letter."] if outlet < LETTERS else [])),
        }


def _paragraphs(rng: random.Random, words: list[str], heap: list[float], subject: list[str], length: int) -> list[str]:
    return [" ".join(_sentence(rng, words, heap, subject) for _ in range(2)) for _ in range(length // 40)]


def _sentence(rng: random.Random, words: list[str], heap: list[float], subject: list[str]) -> str:
    told: list[str] = []
    for word in rng.choices(words, cum_weights=heap, k=11):
        told += [word, rng.choice(GLUE)] if rng.random() < 0.6 else [word]
    for _ in range(2):
        told.insert(rng.randrange(len(told)), rng.choice(subject))
    if rng.random() < 0.2:
        told += [rng.choice(SAY), rng.choice(subject)]
    return " ".join(told).capitalize() + "."


def write(path: Path, count: int) -> None:
    """Write an archive's articles as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for record in articles(count):
            file.write(json.dumps(record) + "\n")
