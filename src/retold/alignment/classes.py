"""What an edit changes: content, number, name, structure or style, with a one-line reason.

The questions are asked in one order and the first that answers, answers: a table of small judges, each for one kind of
change. Where none does, the edit is content.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise

from retold.alignment.figures import around, bound, calendar, clock, listed, number, percent, units, values
from retold.alignment.sides import Judgement, Side, tells
from retold.model.records import EditClass
from retold.text.languages import language
from retold.text.names import same_name
from retold.text.words import stem

QUOTE_KEYS = frozenset('"')
NAME_NOTES = {
    "transliteration": "one name, two transliterations",
    "exonym": "one place under two names",
    "rename": "one name, renamed",
    "short form": "one name, a short form",
    "abbreviation": "house style: one name, spelled out or abbreviated",
    "capitals": "house style: capitals",
}
CONTENT_TIES = 2  # content words that may come with joining two sentences ("The demands also include")


def judge(one: Side, other: Side) -> Judgement:
    """Return the class of an edit and a one-line reason.

    The reason says what stands where; it never says that words were cut or added, which is a direction.
    """
    alone = not one.words or not other.words
    if (
        alone and (one.content or other.content) and not (one.counts or other.counts)
    ):  # half of all edits, and few questions can be asked of them
        return _negation(one, other) or Judgement(EditClass.CONTENT, _content_note(one, other))
    for question in JUDGES:
        answer = question(one, other)
        if answer is not None:
            return answer
    mine, yours = values(one), values(other)
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
    if units(one) != units(other):
        told = [f"{side.label} {around(side)}" for side in (one, other)]
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


def _one_name(one: Side, other: Side) -> Judgement | None:
    mine = _name_text(one)
    yours = _name_text(other) if mine else ""
    if not yours:
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
    light = _light(data.code)
    return [stem(key, data.code) for key in side.keys if key not in light]


@cache
def _light(code: str) -> frozenset[str]:
    """The auxiliaries and the glue of a language."""
    data = language(code)
    return data.auxiliaries.difference(data.say, data.meaning).union(data.glue, data.articles)


def _auxiliaries_only(one: Side, other: Side) -> bool:
    return all(word.key in side.language.auxiliaries for side in (one, other) for word in side.words)


def _negated(side: Side) -> int:
    negations = side.language.negations
    return 0 if negations.isdisjoint(side.keys) else sum(key in negations for key in side.keys)


def _negation(one: Side, other: Side) -> Judgement | None:
    mine, yours = _negated(one), _negated(other)
    if mine == yours:
        return None
    negated = one if mine > yours else other
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
    percent,
    _same_words,
    _written_apart,
    calendar,
    clock,
    _one_name,
    number,
    bound,
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
    mine, yours = values(one), values(other)
    if (mine or yours) and mine != yours:
        return f"other words, and another number: {one.label} {listed(mine)} / {other.label} {listed(yours)}"
    for richer, poorer in ((one, other), (other, one)):
        extra = [word for word in richer.words if tells(word, richer.language)]
        held = [word for word in extra if stem(word.key, richer.language.code) in poorer.content]
        if len(held) == len(poorer.content) < len(extra):
            return f"only in {richer.label}: " + " ".join(word.text for word in extra if word not in held)
    return f"other words in {one.label} and {other.label}"
