"""What an edit changes: content, number, name, structure or style, with a one-line reason.

The questions are asked in one order and the first that answers, answers: a table of small judges, each for one kind of
change. Where none does, the edit is content.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from retold.model.records import EditClass
from retold.text.amounts import Amount, amounts, same_value
from retold.text.languages import Language
from retold.text.names import same_name
from retold.text.words import Token, stem


class Judgement(NamedTuple):
    """The class of an edit, a one-line reason, and whether the numbers told are two."""

    kind: EditClass
    note: str
    differs: bool = False


PERCENT = frozenset(("%", "percent", "pct", "prozent", "pourcent", "porciento"))
UNITS = frozenset("€$£¥₹₽₴%‰°")
CLOCK = re.compile(r"\d{1,2}[.:h]\d\d")
CLOCK_MARK = re.compile("[.:h]")
SENTENCE_ENDS = frozenset(".!?。！？؟।")
QUOTE_KEYS = frozenset('"')
NAME_NOTES = {
    "transliteration": "one name, two transliterations",
    "exonym": "one place under two names",
    "rename": "one name, renamed",
    "short form": "one name, a short form",
    "abbreviation": "house style: one name, spelled out or abbreviated",
    "capitals": "house style: capitals",
}
BOUND_NOTES = {
    "over": "same bound (a lower one)",
    "least": "same bound (a lower one)",
    "under": "same bound (an upper one)",
    "most": "same bound (an upper one)",
    "about": "same bound (about)",
    "": "same number",
}
CONTENT_TIES = 2  # content words that may come with joining two sentences ("The demands also include")


@dataclass(frozen=True)
class Side:
    """One reading of a place: its text and tokens, a few tokens around it, and the articles that have it ("A, C")."""

    text: str
    tokens: tuple[Token, ...]
    before: tuple[Token, ...]
    after: tuple[Token, ...]
    label: str
    language: Language

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The words alone."""
        return tuple(token for token in self.tokens if token.word)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words' normal forms."""
        return tuple(token.key for token in self.words)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """The stems of the words that say something by themselves."""
        return tuple(stem(word.key, self.language.code) for word in self.words if _tells(word, self.language))

    @cached_property
    def breaks(self) -> bool:
        """Whether a sentence or a paragraph ends in it."""
        ends = any(token.key in SENTENCE_ENDS for token in self.tokens if token.text != "…")
        return self.text.count("\n") > 1 or (ends and bool(self.words))

    @cached_property
    def counts(self) -> bool:
        """Whether a number may be told here or right beside it."""
        near = (*self.before[-1:], *self.tokens, *self.after[:1])
        return any(token.text[0].isdecimal() or token.key in self.language.quantities for token in near)

    @cached_property
    def amounts(self) -> tuple[tuple[Amount, ...], frozenset[int]]:
        """The amounts that this place is part of, and which of its own tokens they take."""
        if not self.counts:
            return (), frozenset()
        around = (*self.before, *self.tokens, *self.after)
        low, high = len(self.before), len(self.before) + len(self.tokens)
        found = [amount for amount in amounts(around, self.language) if amount.start <= high and amount.end >= low]
        taken = {place - low for amount in found for place in range(amount.start, amount.end) if low <= place < high}
        return tuple(found), frozenset(taken)


def _tells(word: Token, data: Language) -> bool:
    if word.key in data.negations or word.key in data.meaning:
        return True
    return not (
        word.key in data.stopwords or word.key in data.glue or word.key in data.pronouns or word.key in data.articles
    )


def judge(one: Side, other: Side) -> Judgement:
    """Return the class of an edit and a one-line reason.

    The reason says what stands where; it never says that words were cut or added, which is a direction.
    """
    for question in JUDGES:
        answer = question(one, other)
        if answer is not None:
            return answer
    mine, yours = _values(one), _values(other)
    return Judgement(EditClass.CONTENT, _content_note(one, other), differs=bool(mine and yours and mine != yours))


def _space(one: Side, other: Side) -> Judgement | None:
    if one.tokens or other.tokens:
        return None
    if ("\n" in one.text.replace("\r", "") and "\n" in other.text) or not ("\n" in one.text or "\n" in other.text):
        return Judgement(EditClass.STYLE, "white space")
    broken = one if one.text.count("\n") > other.text.count("\n") else other
    if broken.text.count("\n") > 1:
        return Judgement(EditClass.STRUCTURE, f"a paragraph ends here in {broken.label}")
    return Judgement(EditClass.STYLE, "line break")


def _same_words(one: Side, other: Side) -> Judgement | None:
    if one.keys != other.keys:
        return None
    if _units(one) != _units(other):
        told = [f"{side.label} {_around(side)}" for side in (one, other)]
        return Judgement(EditClass.NUMBER, f"another unit or sign: {' / '.join(told)}", differs=True)
    marks_one, marks_other = _quote_marks(one), _quote_marks(other)
    if marks_one != marks_other:
        marked = one if marks_one > marks_other else other
        return Judgement(EditClass.STRUCTURE, f"quotation marks only in {marked.label}")
    if (one.text.count("\n") > 1) != (other.text.count("\n") > 1):
        broken = one if one.text.count("\n") > 1 else other
        return Judgement(EditClass.STRUCTURE, f"a paragraph ends here in {broken.label}")
    if _accents_in_a_name(one, other):
        return Judgement(EditClass.NAME, "one name, with and without its accents")
    return Judgement(EditClass.STYLE, _style_note(one, other))


def _units(side: Side) -> list[str]:
    """The currencies, percent and minus signs of a side."""
    signs = [token.key for token in side.tokens if token.text in UNITS]
    following = (*side.tokens, *side.after)
    for token, behind in pairwise(following):
        if token in side.tokens and token.key == "-" and token.end == behind.start and behind.text[0].isdecimal():
            before = [other for other in (*side.before, *side.tokens) if other.end == token.start]
            signs += [] if before else ["minus"]
    return signs


def _around(side: Side) -> str:
    return " ".join(token.text for token in (*side.before[-1:], *side.tokens, *side.after[:1]))


def _accents_in_a_name(one: Side, other: Side) -> bool:
    changed = [
        (mine, yours)
        for mine, yours in zip(one.words, other.words, strict=True)
        if mine.text.casefold() != yours.text.casefold()
    ]
    return bool(changed) and all(
        mine.text[0].isupper() and yours.text[0].isupper() and _bare(mine.text) == _bare(yours.text)
        for mine, yours in changed
    )


def _bare(word: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(letter)
    )


def _quote_marks(side: Side) -> int:
    return sum(token.key in QUOTE_KEYS for token in side.tokens)


def _style_note(one: Side, other: Side) -> str:
    mine, yours = [[word.text.replace("’", "'") for word in side.words] for side in (one, other)]
    if mine == yours:
        return "punctuation"
    if [word.casefold() for word in mine] == [word.casefold() for word in yours]:
        return "capitals"
    if any("." in word for word in (*mine, *yours)):
        return "house style: abbreviation"
    return "spelling"


def _written_apart(one: Side, other: Side) -> Judgement | None:
    if one.keys and other.keys and "".join(one.keys) == "".join(other.keys):
        return Judgement(EditClass.STYLE, "written together or apart")
    return None


def _percent(one: Side, other: Side) -> Judgement | None:
    """ "5%", "5 percent", "5 per cent" and "5 pct"."""
    phrases = ["".join(token.key for token in side.tokens) for side in (one, other)]
    if all(phrase in PERCENT for phrase in phrases):
        return Judgement(EditClass.STYLE, "percent, written in two ways")
    return None


def _calendar(one: Side, other: Side) -> Judgement | None:
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


def _clock(one: Side, other: Side) -> Judgement | None:
    """One time of day, "8.50" against "8:50"."""
    mine, yours = "".join(one.keys), "".join(other.keys)
    clocks = CLOCK.fullmatch(mine) and CLOCK.fullmatch(yours) and ":" in mine + yours
    if clocks and mine[-2:] == yours[-2:] and _hour(mine) == _hour(yours):
        return Judgement(EditClass.STYLE, "one time, written in two ways")
    return None


def _hour(clock: str) -> int:
    return int(CLOCK_MARK.split(clock)[0])


def _one_name(one: Side, other: Side) -> Judgement | None:
    mine, yours = _name_text(one), _name_text(other)
    if not mine or not yours:
        return None
    reason = same_name(mine, yours)
    if reason is None:
        return None
    kind = EditClass.STYLE if reason in ("abbreviation", "capitals") else EditClass.NAME
    return Judgement(kind, NAME_NOTES[reason])


def _name_text(side: Side) -> str:
    """The words of a side if they read like one name: capitals, an article at most before it."""
    words = [word for word in side.words if word.key not in side.language.articles]
    if not words or not all(word.text[:1].isupper() or word.key in ("of", "and", "the") for word in words):
        caseless = bool(words) and not any(word.text.isascii() for word in words)
        return " ".join(word.text for word in words) if caseless and words[0].text.upper() == words[0].text else ""
    return " ".join(word.text for word in words)


def _number(one: Side, other: Side) -> Judgement | None:
    if not (one.counts and other.counts):
        return None
    (mine, taken_mine), (yours, taken_yours) = one.amounts, other.amounts
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
    return tuple(stem(token.key, side.language.code) for token in rest if _tells(token, side.language))


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


def _bound(one: Side, other: Side) -> Judgement | None:
    """A bound without digits beside it: "doubled" against "more than doubled"."""
    bounds = one.language.bounds
    phrases = [" ".join(side.keys) for side in (one, other)]
    if not any(" " in phrase and phrase in bounds for phrase in phrases):
        return None
    if any(phrase and phrase not in bounds for phrase in phrases):
        return None
    shown = [f"{side.label} {phrase or 'none'}" for side, phrase in zip((one, other), phrases, strict=True)]
    return Judgement(EditClass.NUMBER, f"another bound: {' / '.join(shown)}")


def _order(one: Side, other: Side) -> Judgement | None:
    if one.keys and sorted(one.keys) == sorted(other.keys):
        return Judgement(EditClass.STRUCTURE, "the same words in another order")
    return None


def _form(one: Side, other: Side) -> Judgement | None:
    """Another tense or number of the same words."""
    if not one.keys or not other.keys or _negated(one) != _negated(other):
        return None
    mine, yours = _bare_forms(one), _bare_forms(other)
    if mine != yours or not (mine or _auxiliaries_only(one, other)):
        return None
    if mine and _passive(one) != _passive(other):
        passive = one if _passive(one) else other
        return Judgement(EditClass.CONTENT, f"active or passive: {passive.label} {passive.text.strip()}")
    return Judgement(EditClass.STRUCTURE, "tense or form")


def _passive(side: Side) -> bool:
    """Whether a form of "be" stands before a participle: "was shot", not "was shooting"."""
    data = side.language
    keys = side.keys
    return any(
        one in data.passive and other not in data.stopwords and not other.endswith("ing")
        for one, other in pairwise(keys)
    )


def _bare_forms(side: Side) -> list[str]:
    """The stems of a side, its auxiliaries and glue left out."""
    data = side.language
    light = data.auxiliaries - data.say - data.meaning
    return [
        stem(word.key, data.code)
        for word in side.words
        if word.key not in light and word.key not in data.glue and word.key not in data.articles
    ]


def _auxiliaries_only(one: Side, other: Side) -> bool:
    return all(word.key in side.language.auxiliaries for side in (one, other) for word in side.words)


def _negated(side: Side) -> int:
    return sum(key in side.language.negations for key in side.keys)


def _negation(one: Side, other: Side) -> Judgement | None:
    if _negated(one) == _negated(other):
        return None
    negated = one if _negated(one) > _negated(other) else other
    return Judgement(EditClass.CONTENT, f"a negation only in {negated.label}")


def _sentence(one: Side, other: Side) -> Judgement | None:
    if one.breaks == other.breaks or max(len(one.content), len(other.content)) > CONTENT_TIES:
        return None
    if not one.words or not other.words:
        return None
    joined = other if one.breaks else one
    return Judgement(
        EditClass.STRUCTURE, f"one sentence in {joined.label}, two in {(one if one.breaks else other).label}"
    )


def _reporting(one: Side, other: Side) -> Judgement | None:
    say = one.language.say
    mine, yours = [key for key in one.keys if key in say], [key for key in other.keys if key in say]
    if mine and yours and mine != yours and len(one.keys) <= CONTENT_TIES + 1 and len(other.keys) <= CONTENT_TIES + 1:
        return Judgement(EditClass.CONTENT, f"another reporting verb: {one.label} {mine[0]} / {other.label} {yours[0]}")
    return None


def _linking(one: Side, other: Side) -> Judgement | None:
    if one.content or other.content:
        return None
    data = one.language
    persons = [set(side.keys) & data.persons for side in (one, other)]
    if all(persons) and persons[0] != persons[1]:
        told = [f"{side.label} {side.text.strip()}" for side in (one, other)]
        return Judgement(EditClass.CONTENT, f"another person: {' / '.join(told)}")
    mine, yours = set(one.keys) & data.pronouns, set(other.keys) & data.pronouns
    if mine and yours and mine != yours:
        return Judgement(EditClass.STRUCTURE, f"another pronoun: {one.label} {min(mine)} / {other.label} {min(yours)}")
    return Judgement(EditClass.STRUCTURE, "linking words")


JUDGES: tuple[Callable[[Side, Side], Judgement | None], ...] = (
    _space,
    _percent,
    _same_words,
    _written_apart,
    _calendar,
    _clock,
    _one_name,
    _number,
    _bound,
    _order,
    _negation,
    _form,
    _sentence,
    _reporting,
    _linking,
)


def _content_note(one: Side, other: Side) -> str:
    if not one.words or not other.words:
        return f"only in {(one if one.words else other).label}"
    mine, yours = _values(one), _values(other)
    if (mine or yours) and mine != yours:
        return f"other words, and another number: {one.label} {_list(mine)} / {other.label} {_list(yours)}"
    for richer, poorer in ((one, other), (other, one)):
        extra = [word for word in richer.words if _tells(word, richer.language)]
        held = [word for word in extra if stem(word.key, richer.language.code) in poorer.content]
        if len(held) == len(poorer.content) < len(extra):
            return f"only in {richer.label}: " + " ".join(word.text for word in extra if word not in held)
    return f"other words in {one.label} and {other.label}"


def _values(side: Side) -> tuple[float, ...]:
    low, high = len(side.before), len(side.before) + len(side.tokens)
    return tuple(amount.value for amount in side.amounts[0] if low <= amount.end - 1 < high)


def _list(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:,.10g}" for value in values) or "none"
