"""Invented articles for the tests of stories."""

from __future__ import annotations

import random

from retold.model.records import Block, Kind, Version
from retold.stories.features import features
from retold.stories.states import Telling

FERRY = "The ferry Anselma ran aground off Port Quill in thick fog and 40 passengers were brought ashore by lifeboats"
MINT = "Governor Ilse Varga raised the lending rate of Dorland's central bank to 4 percent to slow rising prices"
BRIDGE = "Engineers closed the Tolmen bridge in Hessel after cracks were found in two of its pillars"
SUBJECTS = (FERRY, MINT, BRIDGE)


def version(title: str = "", text: str = "", *, language: str = "en", name: str = "v") -> Version:
    """A version with one paragraph, or with none where there is no text."""
    blocks = (Block(0, len(text), Kind.PARAGRAPH),) if text else ()
    return Version(id=name, source=name, text=text, blocks=blocks, language=language, title=title or None)


def telling(name: str, title: str = "", text: str = "", *, day: float | None = None, language: str = "en") -> Telling:
    """An article as stories see it."""
    return Telling(name, day, features(version(title, text, language=language, name=name)))


def reworded(text: str, seed: int, share: float = 0.4) -> str:
    """A text with some of its words left out and others put in between."""
    chance = random.Random(f"{seed} {text}")
    words = [word for word in text.split() if chance.random() > share]
    others = [f"word{chance.randrange(10_000)}" for _ in range(6)]
    for other in others:
        words.insert(chance.randrange(len(words) + 1), other)
    return " ".join(words)


def paper(*, copies: int = 6, days: float | None = 3.0, first: float = 100.0) -> list[Telling]:
    """Several tellings of each subject, over some days or without a date."""
    told = []
    for number, subject in enumerate(SUBJECTS):
        for place in range(copies):
            day = None if days is None else first + days * place / copies
            told.append(telling(f"{number}-{place}", reworded(subject, place), reworded(subject, place + 50), day=day))
    return told
