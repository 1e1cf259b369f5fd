"""News agencies: whether words name one, under which names a house is known, and which ones a line of names holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from retold.text.languages import load

WORD = re.compile(r"[^\W_]+")
PARTS = re.compile(r"\s*[/|·•;,()\[\]]+\s*|\s+[-–—]\s+")
EDGES = " \t\u00a0()[]{}©*_-–—|,;:.•·\"“”«»'’"
ABBREVIATION = range(2, 7)  # letters of an agency's abbreviation
MOST = 6  # words of an agency's name
CRIED = re.compile(r"(?:[^\W\d_a-zà-þ][^\W\d_a-zà-þ.'’-]+\s+){2,}(?=[^\W\d_]*[a-zà-þ])")  # a person's name in capitals
BRIEF = 4  # letters; a shorter small word inside a name joins its parts ("of", "para")


@dataclass(frozen=True, slots=True)
class Agencies:
    """The data of agencies, made ready to be asked; words are casefolded."""

    houses: dict[tuple[str, ...], str]  # every name of a house -> what it is told by
    capitals: frozenset[str]
    titles: frozenset[str]
    nouns: frozenset[tuple[str, ...]]
    generic: frozenset[str]
    joins: frozenset[str]
    roles: frozenset[str]
    openers: frozenset[str]
    part: tuple[str, ...]
    whole: tuple[str, ...]


@cache
def data() -> dict[str, Any]:
    """The file of agencies as plain tables."""
    return load("agencies.toml")


@cache
def _agencies() -> Agencies:
    said = data()
    return Agencies(
        houses={_words(name): names[0] for names in said["agencies"] for name in names},
        capitals=frozenset(said["capitals"]),
        titles=frozenset(said["titles"]),
        nouns=frozenset(_words(noun) for nouns in said["nouns"].values() for noun in nouns),
        generic=frozenset(said["generic"]["words"]),
        joins=frozenset(said["joins"]["words"]),
        roles=frozenset(said["roles"]["words"]),
        openers=frozenset(said["openers"]["words"]),
        part=tuple(said["part"]["words"]),
        whole=tuple(said["part"]["whole"]),
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.casefold()))


def house(name: str) -> str:
    """The usual name of a known agency, whatever name of it is given; "" for any other.

    >>> house("The Associated Press"), house("Agence France-Presse"), house("petra"), house("Harwick Courier")
    ('AP', 'AFP', '', '')
    """
    words = _words(name)
    if len(words) == 1 and words[0] in _agencies().capitals and not name.strip(EDGES).isupper():
        return ""
    return _agencies().houses.get(words, "")


def is_agency(name: str) -> bool:
    """Whether words read as an agency's name: known, "... Press", "Agence ...", or an abbreviation in capitals.

    >>> [is_agency(name) for name in ("Norlandia Press", "NPD", "Jane Doe", "wire services")]
    [True, True, False, False]
    """
    bare = name.strip(EDGES)
    words = _words(bare)
    if not words or len(words) > MOST or names_nobody(bare):
        return False
    if house(bare):
        return True
    if len(words) == 1:
        return bare.isupper() and len(bare) in ABBREVIATION and words[0] not in _agencies().titles
    return _named(bare) and _ends_as_agency(words)


def _named(name: str) -> bool:
    """Whether words are written as names are: capitals, with small joining words between."""
    raw = WORD.findall(name)
    return not raw[0][0].islower() and all(not word[0].islower() or len(word) < BRIEF for word in raw)


def _ends_as_agency(words: tuple[str, ...]) -> bool:
    """Whether a name of several words begins or ends with what agencies' names do."""
    nouns = _agencies().nouns
    return any(words[at:] in nouns or words[:at] in nouns for at in range(1, len(words)))


def names_nobody(name: str) -> bool:
    """Whether a credit names no house: "From agency reports", "Wire Services".

    >>> names_nobody("With agencies"), names_nobody("With Norlandia Press")
    (True, False)
    """
    return not house(name) and all(word in _agencies().generic for word in _words(name))


def in_part(text: str) -> bool:
    """Whether a credit gives an agency only a part of the text: "With Norlandia Press", "... contributed".

    >>> in_part("Norlandia Press contributed to this report."), in_part("By Norlandia Press")
    (True, False)
    """
    said = f" {' '.join(word.strip(EDGES) for word in text.casefold().split())} "
    for phrase in _agencies().whole:
        said = said.replace(f" {phrase} ", " ")
    return any(f" {phrase} " in said for phrase in _agencies().part)


def agencies_in(names: str) -> list[str]:
    """The agencies in a line of names, in its order, known ones by their usual name.

    >>> agencies_in("Jane Doe and John Roe, The Associated Press"), agencies_in("Norlandia Press/Southern Wire")
    (['AP'], ['Norlandia Press', 'Southern Wire'])
    """
    return list(dict.fromkeys(filter(None, map(_agency, _parts(names)))))


def _parts(names: str) -> Iterator[str]:
    """The names between marks and joining words; a known name that holds such a word stays whole."""
    for part in PARTS.split(names):
        if house(part):
            yield part
            continue
        name: list[str] = []
        for word in part.split():
            if word.casefold() in _agencies().joins:
                yield " ".join(name)
                name = []
            else:
                name.append(word)
        yield " ".join(name)


def _agency(name: str) -> str:
    """The agency that a name is, or that stands at either end of others: "JANE DOE Associated Press", "AFP Harwick"."""
    bare = _without_role(CRIED.sub("", name.strip(EDGES)))
    raw = WORD.findall(bare)
    if house(bare):
        return house(bare)
    for length in range(min(MOST, len(raw) - 1), 0, -1):
        for words in (raw[-length:], raw[:length]):
            if house(" ".join(words)):
                return house(" ".join(words))
    return bare if is_agency(bare) else ""


def _without_role(name: str) -> str:
    """A name without the role behind it or the opener before it: "Norlandia Press Staff", "From Norlandia Press"."""
    first, _, last = name.rpartition(" ")
    bare = first if first and last.casefold() in _agencies().roles else name
    opener, _, rest = bare.partition(" ")
    return rest if rest and opener.casefold() in _agencies().openers else bare
