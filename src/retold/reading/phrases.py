"""Phrases of the page data, compared word by word: no case, no marks, "#" for any number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+")
ASCII = "".join(letter if letter.isalnum() else " " for letter in map(chr, range(128)))  # everything but words as space
DIGIT = re.compile(r"\d")


def tokens(text: str) -> list[str]:
    """The words of a text without case and marks, numbers as "#".

    >>> tokens("READ MORE: 12 photos")
    ['read', 'more', '#', 'photos']
    """
    low = text.casefold()
    found = low.translate(ASCII).split() if low.isascii() else WORD.findall(low)  # the first is three times as fast
    if "".join(found).isalpha():  # no digit stands in most lines
        return found
    return ["#" if word.isdecimal() else word for word in found]


@dataclass(frozen=True, slots=True)
class Phrases:
    """A set of phrases, found by their first word."""

    by_first: dict[str, tuple[tuple[str, ...], ...]]

    @property
    def lasts(self) -> frozenset[str]:
        """The words with which the phrases end."""
        return frozenset(phrase[-1] for same in self.by_first.values() for phrase in same)

    def at(self, words: Sequence[str], start: int = 0) -> int:
        """The length in words of the longest phrase that begins at a place; 0 where none does."""
        if start >= len(words):
            return 0
        for each in self.by_first.get(words[start], ()):  # the longest come first
            if len(each) == 1 or tuple(words[start : start + len(each)]) == each:
                return len(each)
        return 0

    def count(self, words: Sequence[str]) -> int:
        """How many phrases stand in the words, not overlapping."""
        return len(self.places(words))

    def places(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Where phrases stand in the words, from the left, not overlapping, as (first word, length)."""
        found: list[tuple[int, int]] = []
        if self.by_first.keys().isdisjoint(words):
            return found
        free = 0
        for place, word in enumerate(words):
            if word in self.by_first and place >= free:
                length = self.at(words, place)
                if length:
                    found.append((place, length))
                    free = place + length
        return found

    def whole(self, words: Sequence[str]) -> bool:
        """Whether the words are one phrase and nothing else."""
        return bool(words) and self.at(words) == len(words)

    def cover(self, words: Sequence[str]) -> bool:
        """Whether the words are phrases from first to last."""
        return bool(words) and sum(length for _, length in self.places(words)) == len(words)


def phrases(texts: Iterable[str]) -> Phrases:
    """Phrases made ready to be found."""
    by_first: dict[str, set[tuple[str, ...]]] = {}
    for words in map(tokens_of, texts):
        if words:
            by_first.setdefault(words[0], set()).add(tuple(words))
    return Phrases({first: tuple(sorted(found, key=len, reverse=True)) for first, found in by_first.items()})


def tokens_of(phrase: str) -> list[str]:
    """The words of a phrase as the data writes it, where "#" stands for a number."""
    return tokens(phrase.replace("#", "0"))


def end_of(text: str, count: int) -> int:
    """Where the first so many words of a text end; 0 for no words."""
    for place, match in enumerate(WORD.finditer(text), 1):
        if place == count:
            return match.end()
    return len(text) if count else 0
