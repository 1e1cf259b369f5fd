"""A version as the watch reads it: its names, its persons, who is introduced and who is merely named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from retold.alignment.units import Told, Unit
from retold.text.languages import Language, language
from retold.text.names import sound, titles
from retold.text.words import Token

NAME_WORDS = (2, 3)


@dataclass(frozen=True)
class Page:
    """A version with what the watch asks of it again and again, each answered once."""

    told: Told
    passages: tuple[str, ...]  # of each unit

    @cached_property
    def first(self) -> dict[str, int]:
        """Passage -> its first unit."""
        return {passage: number for number, passage in reversed(list(enumerate(self.passages)))}

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the version."""
        return frozenset().union(*[unit.words for unit in self.told.units])

    @cached_property
    def names(self) -> list[list[list[Token]]]:
        """The names of each unit."""
        return [_names(unit, self.told.language) for unit in self.told.units]

    def people(self, unit: int) -> list[list[Token]]:
        """Return the names of a unit that are surely persons'."""
        return _persons(self.told.units[unit], self.names[unit], self.told.language)

    @cached_property
    def capitals(self) -> dict[str, tuple[int, Token]]:
        """The sound of every capitalised word -> where it first stands."""
        found: dict[str, tuple[int, Token]] = {}
        for number, unit in enumerate(self.told.units):
            for place in unit.capitals:
                token = unit.tokens[place]
                if len(token.text) > 2:
                    found.setdefault(sound(surname(token)), (number, token))
        return found

    @cached_property
    def introduced(self) -> frozenset[str]:
        """The sounds of the surnames that stand behind a first name or a title somewhere."""
        data = self.told.language
        longer = {sound(surname(name[-1])) for names in self.names for name in names if len(name) > 1}
        titled = set()
        named = titles(data.code)
        for unit in self.told.units:
            for place in unit.capitals:
                if place and unit.tokens[place - 1].key in named:
                    titled.add(sound(surname(unit.tokens[place])))
        return frozenset(longer | titled)


def _names(unit: Unit, data: Language) -> list[list[Token]]:
    """Runs of capitalised words that are no calendar, no title and no mere start of the sentence."""
    runs: list[list[Token]] = []
    last = -2
    for place in unit.capitals:
        token = unit.tokens[place]
        if _no_name(token, unit, place, data):
            continue
        if place == last + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
        last = place
    return runs


@cache
def _nameless(code: str) -> frozenset[str]:
    """The words of a language that are no name, whatever their capital."""
    data = language(code)
    return data.stopwords.union(data.weekdays, data.months, titles(code))


def _no_name(token: Token, unit: Unit, place: int, data: Language) -> bool:
    if token.key in _nameless(data.code):
        return True
    return token.start <= unit.start + 1 and _lone_start(unit, place)


def _lone_start(unit: Unit, place: int) -> bool:
    """Whether a capital at a sentence's start is followed by none, so that it may be any word."""
    after = next((token for token in unit.tokens[place + 1 :] if token.word), None)
    return after is None or not after.text[0].isupper()


def _persons(unit: Unit, names: Sequence[list[Token]], data: Language) -> list[list[Token]]:
    """The names in a sentence that are surely a person's: two or three capitalised words beside a title, a reporting
    verb, an age, or an apposition that no preposition makes a place's."""
    if not any(len(name) in NAME_WORDS for name in names):
        return []
    words = unit.terms
    places = {token.start: place for place, token in enumerate(words)}
    found = []
    for name in names:
        if len(name) in NAME_WORDS and all(token.text[1:].islower() for token in name):
            first, last = places[name[0].start], places[name[-1].start]
            if _is_person(words, first, last, unit, data):
                found.append(name)
    return found


def _is_person(words: Sequence[Token], first: int, last: int, unit: Unit, data: Language) -> bool:
    before, after = words[max(0, first - 3) : first], words[last + 1 : last + 3]
    if any(word.key in titles(data.code) for word in before):
        return True
    if any(word.key in data.say for word in (*before[-1:], *after[:1])):
        return True
    commas = [token for token in unit.tokens if token.start == words[last].end and token.text == ","]
    if not commas or not after:
        return False
    placed = bool(before) and before[-1].key in data.stopwords  # "in Port Ellary, the capital"
    return after[0].text.isdecimal() or (not placed and after[0].text[0].islower())


def surname(token: Token) -> str:
    """Return a word without its possessive."""
    return token.text.removesuffix("'s").removesuffix("’s")
