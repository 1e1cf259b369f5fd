"""What people and bodies are called without their names, and what shows a woman or a man: data of a language.

The data stand in ``text/languages/people_XX.toml``, which tells what each list is for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from retold.statements.grammar import CUED, Grammar
from retold.text.languages import load
from retold.text.names import titles
from retold.text.words import key

BOTH = ("she", "he")


@dataclass(frozen=True)
class People:
    """A language's words for people and bodies, by their normal forms; all empty for a language without data."""

    human: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()
    unlike: frozenset[str] = frozenset()
    the: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    who: frozenset[str] = frozenset()
    which: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    ranks: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    endings: dict[str, tuple[str, ...]] = field(default_factory=dict)  # "she", "he": of a noun
    articles: dict[str, frozenset[str]] = field(default_factory=dict)  # before a noun
    verbs: dict[str, tuple[str, ...]] = field(default_factory=dict)  # endings of a cue in the past
    drops_subjects: bool = False

    @property
    def unlike_persons(self) -> frozenset[str]:
        """The last words of names that no person has."""
        return self.unlike | self.firms


@cache
def people(code: str) -> People:
    """Return the words for people of a language; none where it has no data."""
    if code not in CUED:
        return People()
    told = load(f"people_{code}.toml")
    single = frozenset(word for word in titles(code) if " " not in word and "." not in word)
    return People(
        human=_keys(told, "human", code) | frozenset(key(word, code) for word in single),
        again=_keys(told, "again", code),
        bodies=_keys(told, "bodies", code),
        firms=_keys(told, "firms", code),
        unlike=_keys(told, "unlike", code),
        the=_keys(told, "the", code),
        after=frozenset(told.get("after", ())),
        ranks=_keys(told, "ranks", code),
        places=_keys(told, "places", code),
        who=_keys(told, "who", code),
        which=_keys(told, "which", code),
        within=_keys(told, "within", code),
        same=_keys(told, "same", code),
        several=_keys(told, "several", code),
        none=_keys(told, "none", code),
        endings={sex: tuple(told.get(f"{sex}_endings", ())) for sex in BOTH},
        articles={sex: _keys(told, f"{sex}_articles", code) for sex in BOTH},
        verbs={sex: tuple(told.get(f"{sex}_verbs", ())) for sex in BOTH},
        drops_subjects=bool(told.get("drops_subjects", False)),
    )


@cache
def adjectives(code: str) -> frozenset[str]:
    """Return the words for what or who is from a country ("Norwegian"), casefolded; names of nobody."""
    told = load("names.toml").get("adjectives", {})
    return frozenset(told.get(code, ()))


def _keys(told: dict[str, Any], name: str, code: str) -> frozenset[str]:
    return frozenset(key(word, code) for word in told.get(name, ()))


def is_human(word: str, data: Grammar) -> bool:
    """Whether a word is what one human being is called, by the lists."""
    known = people(data.code)
    if word in known.several:
        return False
    return word in known.human or any(data.is_a(kind, word) for kind in ("women", "men"))


def sexes(words: tuple[str, ...], data: Grammar) -> set[str]:
    """What nouns, titles and roles show: {"she"}, {"he"}, or nothing where they show none or both.

    >>> from retold.statements.grammar import grammar
    >>> sexes(("chairwoman",), grammar("en")), sexes(("chair",), grammar("en"))
    ({'she'}, set())
    """
    told = people(data.code)
    found = {sex for sex, kind in (("she", "women"), ("he", "men")) if any(data.is_a(kind, word) for word in words)}
    for sex in BOTH:
        ends = told.endings.get(sex, ())
        if ends and any(word.endswith(ends) and word in told.human for word in words):
            found.add(sex)
    return found if len(found) == 1 else set()
