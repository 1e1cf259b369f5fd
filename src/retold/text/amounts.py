"""Numbers in words and digits, with what bounds them: "over 100,000" and "more than 100,000" are the same bound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retold.text.languages import Language
from retold.text.words import Token

LONGEST_BOUND = 4  # words: "no fewer than", "a maximum of"
SAME = 1e-9  # two values closer than this share of their size are one


class Amount(NamedTuple):
    """A number and its bound: tokens ``[start, end)``, the bound's words included.

    ``bound`` is over, under, least, most, about, or "" for the plain number; ``unit`` is "%" or "".
    """

    start: int
    end: int
    value: float
    bound: str
    unit: str


def amounts(tokens: Sequence[Token], data: Language) -> list[Amount]:
    """Return the numbers in a run of tokens, in order.

    >>> from retold.text.languages import language
    >>> from retold.text.words import tokens
    >>> [(a.value, a.bound) for a in amounts(tokens("over 3.5 million of at least two", "en"), language("en"))]
    [(3500000.0, 'over'), (2.0, 'least')]
    """
    found = []
    place = 0
    while place < len(tokens):
        value, after = _number(tokens, place, data)
        if value is None:
            place += 1
            continue
        start, bound = _bound_before(tokens, place, data)
        after, bound = _bound_after(tokens, after, bound, data)
        unit = (
            "%" if after < len(tokens) and tokens[after].key in ("%", "percent", data.same.get("percent", "%")) else ""
        )
        found.append(Amount(start, after, value, bound, unit))
        place = after
    return found


def _number(tokens: Sequence[Token], place: int, data: Language) -> tuple[float | None, int]:
    """The value that starts at a token, and the token after it; None where no number starts."""
    first = tokens[place]
    total: float
    if first.text[0].isdecimal():
        value = _digits(first.key)
        if value is None:
            return None, 0
        total = value
        place += 1
    else:
        total, place = _spelled(tokens, place, data)
        if place < 0:
            return None, 0
    while place < len(tokens) and tokens[place].key in data.scales:
        total *= data.scales[tokens[place].key]
        place += 1
    return total, place


def _digits(key: str) -> float | None:
    """The value of digits, None where they are none: "1.2.2024" is a date, "8:50" a time."""
    try:
        return float(key)
    except ValueError:
        return None


def _spelled(tokens: Sequence[Token], place: int, data: Language) -> tuple[float, int]:
    """The value of number words ("two hundred and five", "twenty-one"), and the token after; -1 where there is none."""
    total = 0.0
    part = 0.0
    begun = -1
    at = place
    while at < len(tokens):
        word = tokens[at].key
        if word in data.number_words:
            part += data.number_words[word]
        elif word in data.scales and begun >= 0:
            scale = data.scales[word]
            part = max(part, 1) * scale
            if scale >= 1000:
                total, part = total + part, 0.0
        elif not (
            begun >= 0 and tokens[at].text == "-" and at + 1 < len(tokens) and tokens[at + 1].key in data.number_words
        ):
            break
        at += 1
        begun = at
    return total + part, begun


def _bound_before(tokens: Sequence[Token], place: int, data: Language) -> tuple[int, str]:
    for length in range(LONGEST_BOUND, 0, -1):
        if place - length >= 0:
            phrase = " ".join(token.key for token in tokens[place - length : place])
            if phrase in data.bounds:
                return place - length, data.bounds[phrase]
    return place, ""


def _bound_after(tokens: Sequence[Token], place: int, bound: str, data: Language) -> tuple[int, str]:
    for length in range(LONGEST_BOUND, 0, -1):
        phrase = " ".join(token.key for token in tokens[place : place + length])
        if phrase in data.bounds_after:
            return place + length, bound or data.bounds_after[phrase]
    return place, bound


def same_value(one: Amount, other: Amount) -> bool:
    """Whether two amounts are the same number, whatever their bounds."""
    return abs(one.value - other.value) <= SAME * max(abs(one.value), abs(other.value), 1.0)
