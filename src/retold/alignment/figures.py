"""Judgements on numbers, units, dates and times: the same, bounded otherwise, or another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from retold.alignment.sides import Judgement, Side, tells
from retold.model.records import EditClass
from retold.text.amounts import Amount, same_value
from retold.text.words import stem

BOUND_NOTES = {
    "over": "same bound (a lower one)",
    "least": "same bound (a lower one)",
    "under": "same bound (an upper one)",
    "most": "same bound (an upper one)",
    "about": "same bound (about)",
    "": "same number",
}
CLOCK = re.compile(r"\d{1,2}[.:h]\d\d")
CLOCK_MARK = re.compile("[.:h]")
PERCENT = frozenset(("%", "percent", "pct", "prozent", "pourcent", "porciento"))
UNITS = frozenset("€$£¥₹₽₴%‰°")


def units(side: Side) -> list[str]:
    """The currencies, percent and minus signs of a side."""
    signs = [token.key for token in side.tokens if token.text in UNITS]
    following = (*side.tokens, *side.after)
    for token, behind in pairwise(following):
        if token in side.tokens and token.key == "-" and token.end == behind.start and behind.text[0].isdecimal():
            before = [other for other in (*side.before, *side.tokens) if other.end == token.start]
            signs += [] if before else ["minus"]
    return signs


def around(side: Side) -> str:
    return " ".join(token.text for token in (*side.before[-1:], *side.tokens, *side.after[:1]))


def percent(one: Side, other: Side) -> Judgement | None:
    """ "5%", "5 percent", "5 per cent" and "5 pct"."""
    if all("".join([token.key for token in side.tokens]) in PERCENT for side in (one, other)):
        return Judgement(EditClass.STYLE, "percent, written in two ways")
    return None


def calendar(one: Side, other: Side) -> Judgement | None:
    mine, yours = _date_words(one), _date_words(other)
    if not mine or not yours or len(mine) != len(one.keys) or len(yours) != len(other.keys):
        return None
    if sorted(mine) == sorted(yours):
        return Judgement(EditClass.STYLE, "one date, written in two ways")
    return None


def _date_words(side: Side) -> list[str]:
    data = side.language
    words = []
    for word in side.words:
        bare = word.key.rstrip(".")
        if bare in data.months:
            words.append(f"month {data.months[bare]}")
        elif bare in data.weekdays:
            words.append(f"day {data.weekdays[bare]}")
        elif bare.isdecimal():
            words.append(bare)
    return words


def clock(one: Side, other: Side) -> Judgement | None:
    """One time of day, "8.50" against "8:50"."""
    mine, yours = "".join(one.keys), "".join(other.keys)
    clocks = CLOCK.fullmatch(mine) and CLOCK.fullmatch(yours) and ":" in mine + yours
    if clocks and mine[-2:] == yours[-2:] and _hour(mine) == _hour(yours):
        return Judgement(EditClass.STYLE, "one time, written in two ways")
    return None


def _hour(clock: str) -> int:
    return int(CLOCK_MARK.split(clock)[0])


def number(one: Side, other: Side) -> Judgement | None:
    if not (one.counts and other.counts):
        return None
    (mine, taken_mine), (yours, taken_yours) = one.amounts(), other.amounts()
    if not mine or not yours or not (taken_mine or taken_yours):
        return None
    if _left_over(one, taken_mine) != _left_over(other, taken_yours):
        return None
    if len(mine) != len(yours):
        told = [f"{side.label} {side.text.strip() or 'none'}" for side in (one, other)]
        return Judgement(EditClass.NUMBER, f"numbers differ: {' / '.join(told)}", differs=True)
    differs = not all(same_value(a, b) for a, b in zip(mine, yours, strict=True))
    return Judgement(EditClass.NUMBER, _number_note(one, other, mine, yours), differs)


def _left_over(side: Side, taken: frozenset[int]) -> tuple[str, ...]:
    """What a side tells beside its numbers."""
    rest = [token for place, token in enumerate(side.tokens) if place not in taken and token.word]
    return tuple(stem(token.key, side.language.code) for token in rest if tells(token, side.language))


def _number_note(one: Side, other: Side, mine: Sequence[Amount], yours: Sequence[Amount]) -> str:
    for a, b in zip(mine, yours, strict=True):
        if not same_value(a, b):
            return f"another number: {one.label} {_shown(one, a)} / {other.label} {_shown(other, b)}"
    for a, b in zip(mine, yours, strict=True):
        if a.bound != b.bound:
            return f"same number, bounded otherwise: {one.label} {_shown(one, a)} / {other.label} {_shown(other, b)}"
    return BOUND_NOTES[mine[0].bound]


def _shown(side: Side, amount: Amount) -> str:
    around = (*side.before, *side.tokens, *side.after)
    return " ".join(token.text for token in around[amount.start : amount.end])


def bound(one: Side, other: Side) -> Judgement | None:
    """A bound without digits beside it: "doubled" against "more than doubled"."""
    bounds = one.language.bounds
    phrases = [" ".join(side.keys) for side in (one, other)]
    if not any(" " in phrase and phrase in bounds for phrase in phrases):
        return None
    if any(phrase and phrase not in bounds for phrase in phrases):
        return None
    shown = [f"{side.label} {phrase or 'none'}" for side, phrase in zip((one, other), phrases, strict=True)]
    return Judgement(EditClass.NUMBER, f"another bound: {' / '.join(shown)}")


def values(side: Side) -> tuple[float, ...]:
    low, high = len(side.before), len(side.before) + len(side.tokens)
    return tuple(amount.value for amount in side.amounts()[0] if low <= amount.end - 1 < high)


def listed(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:,.10g}" for value in values) or "none"
