"""An invented newsroom's world: sentences with keys, topics with words of their own, outlets with what they repeat."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from bench.families import GLUE, vocabulary

KINDS = ("Post", "Courier", "Gazette", "Mirror", "Ledger", "Observer", "Argus", "Bulletin")
SAID = ("said", "added", "told reporters", "said on Monday", "told a news conference", "said in an interview")
OPENINGS = ("Meanwhile", "Earlier", "On the other hand", "By the evening", "For now", "Until then")
SENTENCE = (11, 19)  # content words and numbers, before function words are put between
OUTLETS = 40
# So that the long words of two articles overlap as in real news (FNC-1): at the median .04 of the shorter's are the
# other's too where they tell of two things, and .3 where they tell of one.
TOPIC, ABOUT, FLAT = 150, 0.5, 1000


@dataclass(frozen=True)
class Sentence:
    """A sentence, by the ``key`` under which it is passed on; ``kind``: text, quotation, own (an outlet's standing
    background) or furniture."""

    key: str
    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Topic:
    """What articles are about: the names in it, and words that others seldom need."""

    names: tuple[str, ...]
    words: tuple[str, ...]


Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True)
class Telling:
    """An article and the truth about it: its ``origin``, and the article it was made from (None: not given)."""

    id: str
    story: int
    origin: str
    parent: str | None
    record: dict[str, Any]
    sentences: tuple[Sentence, ...] = field(repr=False)
    way: str = ""


class Desk:
    """What all stories have in common: words, outlets, and what outlets repeat."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.made = chance, 0
        self.words = vocabulary(random.Random(0), 7000)
        self.often = list(accumulate(1 / (place + FLAT) for place in range(len(self.words))))
        names = [word.title() for word in chance.sample(self.words, OUTLETS)]
        self.outlets = [f"{name} {chance.choice(KINDS)}" for name in names]
        self.standing = {
            each: [self.paragraph(self.topic([each]), "own", 3) for _ in range(3)] for each in self.outlets
        }

    def topic(self, names: Sequence[str]) -> Topic:
        """Something to write about: names, and the words that come with it."""
        return Topic(tuple(names), tuple(self.chance.sample(self.words, TOPIC)))

    def sentence(self, topic: Topic, kind: str = "text") -> Sentence:
        """A new sentence about something: names, numbers, at times somebody who says it."""
        chance, told, subject = self.chance, list[str](), topic.names
        for word in chance.choices(self.words, cum_weights=self.often, k=chance.randint(*SENTENCE)):
            told.append(chance.choice(topic.words) if chance.random() < ABOUT else word)
            if chance.random() < 0.5:
                told.append(chance.choice(GLUE))
        for _ in range(2):
            told.insert(chance.randrange(len(told)), chance.choice(subject))
        if chance.random() < 0.3:
            told.insert(chance.randrange(len(told)), str(chance.randint(2, 900)))
        text = " ".join(told)
        text = text[0].upper() + text[1:]
        if kind == "text" and chance.random() < 0.12:
            text, kind = f"“{text},” {chance.choice(subject)} {chance.choice(SAID)}", "quotation"
        elif kind == "text" and chance.random() < 0.3:
            text = f"{text}, {chance.choice(subject)} {chance.choice(SAID)}"
        elif kind == "text" and chance.random() < 0.1:
            text = f"{chance.choice(OPENINGS)}, {text[0].lower()}{text[1:]}"
        self.made += 1
        return Sentence(f"s{self.made}", f"{text}.", kind)

    def paragraph(self, topic: Topic, kind: str = "text", most: int = 2) -> Paragraph:
        """A new paragraph of a few sentences."""
        return tuple(self.sentence(topic, kind) for _ in range(self.chance.randint(1 if most < 3 else 2, most)))


def put(text: Sequence[Paragraph], paragraph: Paragraph, where: float) -> list[Paragraph]:
    """A text with a paragraph put in, at a share of its length."""
    place = max(1, round(where * len(text)))
    return [*text[:place], paragraph, *text[place:]]


def hash_of(name: str) -> int:
    """A number of a name, the same on every machine."""
    return sum(map(ord, name))
