"""Who is said to have said a quotation: the name or the pronoun beside the reporting verb of its sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from retold.alignment.units import Told, Unit
from retold.text.languages import Language
from retold.text.names import titles
from retold.text.words import Token

NEAR = 4  # tokens between a reporting verb and the name beside it


def speaker(version: Told, unit: Unit, start: int, end: int) -> str:
    """Return who is said to have said a quotation [start, end) of a sentence, as written ("Rutte", "he", "Paul Okum");
    "" where nobody is named beside a reporting verb of the sentence."""
    say = version.language.say
    if say.isdisjoint(unit.words):
        return ""
    outside = _outside(version, unit)
    cues = [place for place, token in enumerate(outside) if token.key in say]
    if not cues:
        return ""
    nearest = min(cues, key=lambda place: _distance(outside[place], start, end))
    return beside(outside, nearest, version.language, unit)


def _outside(version: Told, unit: Unit) -> list[Token]:
    """The tokens of a sentence that stand in no quotation."""
    first = max(0, bisect_left(version.quotes, (unit.start, unit.start)) - 1)
    kept: list[Token] = []
    place = 0
    for start, end in version.quotes[first : bisect_left(version.quotes, (unit.end, unit.end))]:
        if unit.start < end:
            kept += unit.tokens[place : bisect_left(unit.tokens, start, key=attrgetter("start"))]
            place = bisect_left(unit.tokens, end, key=attrgetter("start"))
    return kept + list(unit.tokens[place:])


def _distance(token: Token, start: int, end: int) -> int:
    return max(start - token.end, token.start - end, 0)


def beside(tokens: Sequence[Token], cue: int, data: Language, unit: Unit) -> str:
    """The name or pronoun before the verb, else the name after it."""
    before = _name_ending(tokens, cue, data, unit.start)
    return before or ("" if tokens[cue].key in data.listeners else _name_starting(tokens, cue + 1, data))


def _name_ending(tokens: Sequence[Token], cue: int, data: Language, first: int) -> str:
    place = cue - 1
    while place >= 0 and cue - place <= NEAR and _passes(tokens[place], data):
        place -= 1
    end = place
    if place >= 0 and tokens[place].key in data.pronouns:
        return tokens[place].text
    while (
        place >= 0
        and tokens[place].word
        and tokens[place].text[:1].isupper()
        and not _mere_start(tokens[place], data, first)
    ):
        place -= 1
    return _named(tokens[place + 1 : end + 1], data)


def _passes(token: Token, data: Language) -> bool:
    """Whether a token may stand between a name and its verb: a mark, an age, "has", "also"."""
    if token.text in ",—–" or token.text.isdecimal():
        return True
    return (token.key in data.auxiliaries or token.key in data.glue) and token.key not in data.pronouns


def _mere_start(token: Token, data: Language, first: int) -> bool:
    return token.start == first and token.key in data.stopwords


def _name_starting(tokens: Sequence[Token], place: int, data: Language) -> str:
    limit = place + NEAR
    while place < min(limit, len(tokens)) and tokens[place].word and not tokens[place].text[:1].isupper():
        key = tokens[place].key
        if key in data.pronouns and key not in data.articles:
            return tokens[place].text
        if key in data.stopwords and key not in data.articles and key not in titles(data.code):
            return ""  # "said on Monday"; a role may stand before the name: "said fire chief Paul Okum"
        place += 1
    end = place
    while end < len(tokens) and tokens[end].word and tokens[end].text[:1].isupper():
        end += 1
    return _named(tokens[place:end], data)


def _named(tokens: Sequence[Token], data: Language) -> str:
    """A name without the calendar ("Wednesday said" names nobody)."""
    kept = [token.text for token in tokens if token.key not in data.weekdays and token.key not in data.months]
    while kept and kept[0].casefold().rstrip(".") in titles(data.code):
        kept = kept[1:]
    return " ".join(kept)


def is_name(name: str, data: Language) -> bool:
    return name[:1].isupper() and name.casefold() not in data.pronouns


def spoke_before(version: Told, number: int) -> str:
    """The person, named in full, who spoke in the sentence before one with "he" or "she"; "" where nobody did."""
    if not number:
        return ""
    unit = version.units[number - 1]
    for cue, token in enumerate(unit.tokens):
        found = beside(unit.tokens, cue, version.language, unit) if token.key in version.language.say else ""
        if " " in found and is_name(found, version.language):
            return found
    return ""
