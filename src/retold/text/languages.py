"""Loads a language when it is first asked for: what its words, marks and numbers look like, as data.

A language is a TOML file in ``languages/``. Texts in a language without a file still align: everything here has an
empty default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any

import tomli

from retold.model.errors import LanguageError

SHIPPED = ("en", "de", "fr", "es", "ru", "ar")
UNKNOWN = "und"

SCRIPTS = {
    "Cyrillic": re.compile("[\u0400-\u04ff]"),
    "Arabic": re.compile("[\u0600-\u06ff]"),
    "Latin": re.compile("[A-Za-z\u00c0-\u024f]"),
}
DETECT_LENGTH = 1500  # code points; the language of a page is plain from its first paragraphs
MEMO = 1 << 13  # pieces of text remembered; those between spaces are few where a text is English
MIN_STOPWORDS = 2  # fewer stop words than this decide nothing ("Paris, 3 May")
# Scripts that name their language, or near enough to align and to count; kana before the characters that they share.
LANGUAGE_OF_SCRIPT = (
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u0e00-\u0e7f]"), "th"),
    (re.compile("[\u0590-\u05ff]"), "he"),
    (re.compile("[\u0370-\u03ff]"), "el"),
    (re.compile("[\u0900-\u097f]"), "hi"),
)
SCRIPT_SHARE = 0.2  # of the letters and marks
LEAST_SHARE = 0.18  # of the words; running text in the six languages mostly has 0.3 and more, a neighbour less
CLEAR = 1.1  # times the next language
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True)
class Language:
    """One language's data, as sets and tables ready to ask."""

    code: str = UNKNOWN
    name: str = "unknown"
    script: str = ""
    stopwords: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    ordinal_stop: bool = False
    same: Mapping[str, str] = field(default_factory=dict)
    spellings: tuple[tuple[re.Pattern[str], str], ...] = ()
    spelling_exceptions: frozenset[str] = frozenset()
    spelling_pairs: Mapping[str, str] = field(default_factory=dict)
    tense: Mapping[str, str] = field(default_factory=dict)
    suffixes: tuple[str, ...] = ()
    glue: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    meaning: frozenset[str] = frozenset()
    passive: frozenset[str] = frozenset()
    number_words: Mapping[str, float] = field(default_factory=dict)
    scales: Mapping[str, float] = field(default_factory=dict)
    ordinals: frozenset[str] = frozenset()
    bounds: Mapping[str, str] = field(default_factory=dict)
    bounds_after: Mapping[str, str] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    say: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    listeners: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()

    @cached_property
    def auxiliaries(self) -> frozenset[str]:
        """The forms of the verbs that only carry tense: the groups of be, have and do and their kin."""
        heads = {self.tense[word] for word in self.stopwords if word in self.tense}
        return frozenset(word for word, head in self.tense.items() if head in heads)

    @cached_property
    def quantities(self) -> frozenset[str]:
        """Every word that takes part in a number: number words, scales, bounds, percent."""
        percent = {word for word, head in self.same.items() if head in ("percent", "%")}
        return frozenset((*self.number_words, *self.scales, "%")) | self.bound_words | percent

    @cached_property
    def bound_words(self) -> frozenset[str]:
        """Every single word that takes part in a bound ("more", "than", "over")."""
        return frozenset(word for phrase in (*self.bounds, *self.bounds_after) for word in phrase.split())


def _groups(groups: list[list[str]]) -> dict[str, str]:
    """Map each member of each group to the group's first member."""
    return {word.casefold(): group[0].casefold() for group in groups for word in group}


def _phrases(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {phrase.casefold(): kind for kind, phrases in table.items() for phrase in phrases}


def _calendar(lists: list[list[str]]) -> dict[str, int]:
    return {word.casefold().rstrip("."): place for place, words in enumerate(lists, 1) for word in words}


def _language(data: Mapping[str, Any]) -> Language:
    sentences, words, numbers = data["sentences"], data["words"], data["numbers"]
    return Language(
        code=data["code"],
        name=data["name"],
        script=data["script"],
        stopwords=frozenset(data["stopwords"]),
        never=frozenset(sentences["never"]),
        maybe=frozenset(sentences["maybe"]),
        ordinal_stop=sentences.get("ordinal_stop", False),
        same=_groups(words.get("same", [])),
        spellings=tuple((re.compile(old), new) for old, new in words.get("spellings", [])),
        spelling_exceptions=frozenset(words.get("spelling_exceptions", [])),
        spelling_pairs=words.get("spelling_pairs", {}),
        tense=_groups(words.get("tense", [])),
        suffixes=tuple(sorted(words.get("suffixes", []), key=len, reverse=True)),
        glue=frozenset(words.get("glue", [])),
        pronouns=frozenset(words.get("pronouns", [])),
        articles=frozenset(words.get("articles", [])),
        definite=frozenset(words.get("definite", [])),
        negations=frozenset(words.get("negations", [])),
        meaning=frozenset(words.get("meaning", [])),
        passive=frozenset(words.get("passive", [])),
        number_words=numbers.get("words", {}),
        scales=numbers.get("scales", {}),
        ordinals=frozenset(numbers.get("ordinals", [])),
        bounds=_phrases(numbers.get("bounds", {})),
        bounds_after=_phrases(numbers.get("after", {})),
        months=_calendar(data.get("dates", {}).get("months", [])),
        weekdays=_calendar(data.get("dates", {}).get("weekdays", [])),
        say=frozenset(data.get("statements", {}).get("say", [])),
        telling=frozenset(data.get("statements", {}).get("telling", [])),
        persons=frozenset(data.get("statements", {}).get("persons", [])),
        listeners=frozenset(data.get("statements", {}).get("listeners", [])),
        first=frozenset(data.get("statements", {}).get("first", [])),
    )


@cache
def language(code: str) -> Language:
    """Return the data of a language; a language without a file gets empty tables and the world's marks.

    Raises LanguageError where a shipped file lacks a section.
    """
    if code not in SHIPPED:
        return Language(code=code)
    try:
        return _language(load(f"{code}.toml"))
    except KeyError as missing:
        raise LanguageError(f"The data of language {code!r} has no section {missing}; add it to {code}.toml.") from None


@cache
def load(name: str) -> dict[str, Any]:
    """Return a data file of ``text/languages`` as plain tables, which are read and never changed."""
    return tomli.loads(files("retold.text").joinpath("languages", name).read_text(encoding="utf-8"))


@cache
def _profiles(script: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The stop words of the shipped languages written in a script."""
    return tuple((code, language(code).stopwords) for code in SHIPPED if language(code).script == script)


@lru_cache(maxsize=MEMO)
def _counted(piece: str) -> tuple[int, int]:
    """How many words stand in a piece of text, and how many of them are English stop words."""
    words = WORD.findall(piece.casefold()) if piece.isascii() else list(map(str.casefold, WORD.findall(piece)))
    return len(words), len([word for word in words if word in language("en").stopwords])


def detect(text: str) -> str:
    """Return the ISO 639-1 code of a text, by script and stop words; ``und`` where they decide nothing.

    >>> detect("The mayor said that the bridge was closed.")
    'en'
    >>> detect("12 : 7")
    'und'
    """
    head = text[:DETECT_LENGTH]
    counted = list(map(_counted, head.split(" ")))  # no word holds a space
    count = sum([words for words, _ in counted])
    if not count:
        return UNKNOWN
    if sum([english for _, english in counted]) > count * 0.3:  # plain English: the other files need not be loaded
        return "en"
    words = list(map(str.casefold, WORD.findall(head)))
    for letters, code in LANGUAGE_OF_SCRIPT:
        if len(letters.findall(head)) > len(head) * SCRIPT_SHARE:
            return code
    script = max(SCRIPTS, key=lambda name: len(SCRIPTS[name].findall(head)))
    counts = {code: sum(word in stop for word in words) for code, stop in _profiles(script)}
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    if not ranked or counts[ranked[0]] < max(MIN_STOPWORDS, len(words) * LEAST_SHARE):
        return UNKNOWN
    clear = len(ranked) < 2 or counts[ranked[0]] >= counts[ranked[1]] * CLEAR
    return ranked[0] if clear else UNKNOWN
