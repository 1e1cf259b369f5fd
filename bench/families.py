"""Invented families of any size: one text, many versions, with the edits that newsrooms make; always the same."""

from __future__ import annotations

import random
from typing import Any

SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ren",
    "tas",
    "vel",
    "dor",
    "sun",
    "pel",
    "gar",
    "ith",
    "mon",
    "ber",
    "sal",
    "eth",
    "run",
    "fi",
    "no",
    "wa",
    "quil",
]
GLUE = ["the", "of", "and", "to", "in", "a", "that", "for", "on", "with", "as", "at", "by", "from"]
SAY = ("said", "added", "told reporters", "argued", "warned")
SWAPS = {"the": "a", "said": "added", "over": "more than", "warned": "said"}


def vocabulary(rng: random.Random, size: int) -> list[str]:
    """Invented words, no two alike."""
    made: dict[str, None] = {}
    while len(made) < size:
        made["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 3)))] = None
    return list(made)


def sentence(rng: random.Random, words: list[str], length: tuple[int, int] = (9, 14)) -> str:
    """A sentence of invented words among function words, sometimes with a number, a name or a quotation."""
    told = []
    for _ in range(rng.randint(*length)):
        told.append(rng.choice(words))
        if rng.random() < 0.6:
            told.append(rng.choice(GLUE))
    if rng.random() < 0.25:
        told.insert(3, f"over {rng.randint(2, 900)},000")
    if rng.random() < 0.4:
        told.insert(1, f"{rng.choice(words).title()} {rng.choice(words).title()}")
    text = " ".join(told)
    text = text[0].upper() + text[1:]
    if rng.random() < 0.2:
        return f'"{text}," {rng.choice(words).title()} {rng.choice(SAY)}.'
    return text + "."


def edited(rng: random.Random, text: str, words: list[str], rate: float) -> str:
    """A sentence as another newsroom prints it."""
    told = []
    for word in text.split(" "):
        chance = rng.random()
        if chance < rate / 3 and len(told) > 2:
            continue
        told.append(SWAPS.get(word, rng.choice(words)) if chance < rate and word.isalpha() else word)
        if chance > 1 - rate / 3:
            told.append(rng.choice(words))
    return " ".join(told)


def family(
    versions: int,
    passages: int,
    *,
    seed: int = 1,
    rate: float = 0.04,
    sentences: int = 2,
    length: tuple[int, int] = (9, 14),
) -> list[dict[str, Any]]:
    """Records of one story: each version cuts, edits, joins, splits and now and then moves paragraphs."""
    rng = random.Random(seed)
    words = vocabulary(rng, 2500)
    base = [[sentence(rng, words, length) for _ in range(sentences)] for _ in range(passages)]
    return [_record(random.Random(f"{seed} {place}"), place, base, words, rate) for place in range(versions)]


def _record(rng: random.Random, place: int, base: list[list[str]], words: list[str], rate: float) -> dict[str, Any]:
    paragraphs: list[str] = []
    for told in base:
        if rng.random() < 0.08:
            continue
        own = [edited(rng, each, words, rate) if rng.random() < 0.5 else each for each in told]
        if rng.random() < 0.1:
            paragraphs += own
        else:
            paragraphs.append(" ".join(own))
    if rng.random() < 0.3 and len(paragraphs) > 4:
        paragraphs.insert(1, paragraphs.pop(rng.randrange(2, len(paragraphs))))
    return {"id": f"v{place}", "outlet": f"Outlet {place}", "title": "Invented news", "text": "\n\n".join(paragraphs)}
