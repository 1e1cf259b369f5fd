"""What keeps two articles apart whose words agree: titles that differ in just the number or the name that matters.

"Day 2 of the trial" and "Day 21 of the trial" are two stories, as are a fire in one town and a fire in another. A
count is another thing: "three dead" becomes "five dead" within one story.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from struct import unpack
from typing import Literal

from retold.stories.features import NAMED, NUMBERED, Features, number_of
from retold.text.words import stem

Term = tuple[int, int]
ALIKE = 0.6  # of the shorter title's terms stand in both; only then is a name in the same place the one that matters
LEAST = 3  # terms that both titles share besides
LONGEST = 3  # terms of a name
PLAIN = 0.35  # of a title's terms are neither name nor number; in a title with a capital on every word no name is sure
# What is numbered in a row, so that another number is another thing.
SERIES = {
    "en": "day week month round match game test leg stage race lap heat episode part chapter season volume phase group "
    "night session act flight channel route highway article section level grade tier wave district ward precinct",
    "de": "tag woche monat runde spiel spieltag etappe rennen folge teil kapitel staffel band phase gruppe nacht flug "
    "artikel stufe bezirk",
    "fr": "jour journée semaine mois manche match étape course épisode partie chapitre saison volume phase groupe nuit "
    "vol article niveau tome",
    "es": "día semana mes ronda partido jornada etapa carrera episodio parte capítulo temporada volumen fase grupo "
    "noche vuelo artículo nivel",
    "ru": "день неделя месяц раунд матч тур этап гонка серия часть глава сезон том фаза группа ночь рейс статья "
    "уровень",
    "ar": "يوم اليوم أسبوع الأسبوع جولة الجولة مباراة المباراة مرحلة المرحلة حلقة الحلقة جزء الجزء فصل الفصل موسم "
    "الموسم",
}


@dataclass(frozen=True, slots=True)
class Veto:
    """Why two articles are not one story: the terms that differ, as keys; ``kind`` says what they are."""

    kind: Literal["number", "name"]
    mine: tuple[int, ...]
    yours: tuple[int, ...]


class Title:
    """An article's title, ready to be compared with others."""

    def __init__(self, article: Features) -> None:
        self.terms = article.titled()
        self.keys = frozenset(key for key, _ in self.terms)
        self.numbered = _numbered(self.terms, article.language)
        self.plain = sum(kind == 0 for _, kind in self.terms) >= PLAIN * len(self.terms)
        self.article = article

    def knows(self, names: tuple[int, ...]) -> bool:
        """Whether the article has one of these terms anywhere."""
        return not set(names).isdisjoint(unpack(f"<{len(self.article)}Q", self.article.keys))


def vetoes(one: Title, other: Title) -> list[Veto]:
    """Return what keeps two articles apart; nothing where nothing does."""
    found = _numbers(one, other) if one.numbered and other.numbered else []
    return found + _names(one, other) if one.plain and other.plain else found


@cache
def _series(code: str) -> frozenset[int]:
    return frozenset(number_of(stem(word, code)) for word in SERIES.get(code, "").split())


def _numbered(title: list[Term], code: str) -> dict[int, set[int]]:
    """The words of a title that number something, with their numbers."""
    found: dict[int, set[int]] = {}
    for (key, _), (number, kind) in pairwise(title):
        if kind == NUMBERED and key in _series(code):
            found.setdefault(key, set()).add(number)
    return found


def _numbers(one: Title, other: Title) -> list[Veto]:
    """The same thing of a row under different numbers."""
    return [
        Veto("number", (word, *sorted(one.numbered[word])), (word, *sorted(other.numbered[word])))
        for word in sorted(one.numbered.keys() & other.numbered.keys())
        if not one.numbered[word] & other.numbered[word]
    ]


def _names(one: Title, other: Title) -> list[Veto]:
    """Names in the same place of two titles that otherwise agree, where neither article knows the other's."""
    shared = one.keys & other.keys
    if len(shared) < max(LEAST, ALIKE * min(len(one.terms), len(other.terms))):
        return []
    slots = _slots(other.terms, shared)
    return [
        Veto("name", names, slots[place])
        for place, names in _slots(one.terms, shared).items()
        if place in slots and not other.knows(names) and not one.knows(slots[place])
    ]


def _slots(title: list[Term], shared: frozenset[int]) -> dict[tuple[int, int], tuple[int, ...]]:
    """The names of a title between terms that the other has too: (term before, term after) -> keys."""
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    before = 0
    between: list[Term] = []
    for key, kind in (*title, (0, 0)):
        if key in shared or key == 0:
            if 0 < len(between) <= LONGEST and all(kind == NAMED for _, kind in between):
                found[before, key] = tuple(each for each, _ in between)
            before, between = key, []
        else:
            between.append((key, kind))
    return found
