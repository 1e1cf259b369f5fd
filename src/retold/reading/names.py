"""Whether a few words read as the name of a person or of an agency."""

from __future__ import annotations

import re

from retold.reading.pagewords import PageWords
from retold.reading.phrases import tokens

NAME = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
SENTENCE_INSIDE = re.compile(r"[^\W_]{3,}[.!?]\s+\S|[!?]")
ENDS = frozenset(".!?")  # without one of them no sentence ends inside
PARTING = re.compile(r",\s|\s[-–—|·•]\s|\s(?=in\s)")
EDGES = ' \t\u00a0()[]{}©*_-–—|,;:•·"“”«»'
MOST_ROLE = 8  # words; "political editor, 3 May 2024, 10:12"
MOST_NAMES = 6  # words; "Jane Doe and John Roe, Norlandia Press" has six that are names
ABBREVIATION = range(2, 7)  # letters of an agency's abbreviation
CASELESS_NAME = 5  # words; without capitals only length tells a name from a sentence


def clean(text: str) -> str:
    """The name without the marks around it."""
    bare = text.strip(EDGES)
    return bare[:-1] if bare.endswith(".") and not re.search(r"\b\w{1,3}\.$", bare) else bare


def name_like(text: str, words: PageWords, *, most: int = MOST_NAMES) -> bool:
    """Whether a text reads as names: capitals, small joining words, no sentence."""
    raw = NAME.findall(text)
    if not raw or (not ENDS.isdisjoint(text) and SENTENCE_INSIDE.search(clean(text))):
        return False
    if words.agencies.cover(tokens(text)):
        return True
    folded = [word.casefold() for word in raw]
    named = [word for word, low in zip(raw, folded, strict=True) if not words.credits.joins.at((low,))]
    if not named or len(named) > most or len(raw) > 2 * most or named[0].isdecimal():
        return False
    if not any(word[0].isupper() for word in named):
        return len(raw) <= CASELESS_NAME and not any(word[0].islower() for word in named)
    archived = named[:-1] if len(named) > 1 and words.credits.archive.at((named[-1].casefold(),)) else named
    return all(not word[0].islower() or words.agencies.at((word.casefold(),)) for word in archived)


def without_role(text: str, words: PageWords) -> str:
    """A name without the role, the place or the date behind it: "Jane Doe, political editor", "Jane Doe in Harwick"."""
    for cut in PARTING.finditer(text):
        rest = text[cut.start() :]
        role = len(tokens(rest)) <= MOST_ROLE and (
            any(letter.isdecimal() for letter in rest) or words.credits.roles.count(tokens(rest))
        )
        if role:
            return text[: cut.start()].rstrip()
    return text


def known_agency(text: str, words: PageWords) -> bool:
    """Whether a text is the name of one or several known agencies."""
    return words.agencies.cover(tokens(text))


def agency_like(text: str, words: PageWords) -> bool:
    """Whether a text reads as an agency's name: known, an abbreviation in capitals, or "... Press", "... Agency"."""
    folded = tokens(text)
    if not folded or len(folded) > MOST_NAMES:
        return False
    if words.agencies.cover(folded) or words.pictures.whole(folded):
        return True
    if len(folded) == 1:
        name = clean(text)
        return name.isupper() and len(name) in ABBREVIATION
    return name_like(text, words) and ends_as_agency(folded, words)


def ends_as_agency(folded: list[str], words: PageWords) -> bool:
    """Whether a name of several words ends, or begins, as agencies' names do."""
    nouns = words.credits.nouns
    return any(nouns.whole(folded[at:]) for at in range(1, len(folded))) or 0 < nouns.at(folded) < len(folded)
