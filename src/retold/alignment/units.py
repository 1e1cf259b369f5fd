"""A version as alignment sees it: its compared sentences, their words, its quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from retold.model.records import COMPARED, Kind, Version
from retold.text.languages import Language, language
from retold.text.quotes import quotations
from retold.text.sentences import sentences
from retold.text.words import Token, stem, tokens

STOP_WEIGHT = 0.2  # a stop word tells little, but an order of many tells something
LEAST_WEIGHT = 0.05


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence: ``text[start:end]``, the block it stands in, its tokens, and its words in linking form (stems)."""

    start: int
    end: int
    block: int
    standfirst: bool
    tokens: tuple[Token, ...]
    words: tuple[str, ...]  # normal forms: what makes two sentences identical
    stems: tuple[str, ...]  # looser forms: what makes two sentences comparable

    def capitals(self) -> list[int]:
        """Return the places of the capitalised words among the tokens."""
        return [place for place, token in enumerate(self.tokens) if token.word and token.text[0].isupper()]


@dataclass(frozen=True, slots=True)
class Told:
    """A version cut into sentences, with the inner spans of its quotations."""

    place: int
    version: Version
    language: Language
    units: tuple[Unit, ...]
    quotes: tuple[tuple[int, int], ...]

    @property
    def words(self) -> int:
        """How many words are compared."""
        return sum(len(unit.words) for unit in self.units)


def told(version: Version, place: int) -> Told:
    """Return a version's compared sentences in order."""
    units: list[Unit] = []
    quotes: list[tuple[int, int]] = []
    for number, block in enumerate(version.blocks):
        if block.kind not in COMPARED:
            continue
        quotes += quotations(version.text, start=block.start, end=block.end)
        for start, end in sentences(version.text, version.language, start=block.start, end=block.end):
            units.append(_unit(version, start, end, number, block.kind is Kind.STANDFIRST))
    return Told(place, version, language(version.language), tuple(units), tuple(quotes))


def _unit(version: Version, start: int, end: int, block: int, standfirst: bool) -> Unit:
    made = tuple(tokens(version.text, version.language, start=start, end=end))
    code = version.language
    words = tuple([token.key for token in made if token.word])
    stems = tuple([stem(word, code) for word in words])
    return Unit(start, end, block, standfirst, made, words, stems)


def weights(all_told: Sequence[Told]) -> dict[str, float]:
    """Return how much each stem tells: rare in sentences is much, everywhere is little; between 0.05 and 1.

    The frequency is the highest of any one version, so that a text carried by fifty outlets weighs its words as one.
    """
    most: dict[str, int] = {}
    for version in all_told:
        counts: dict[str, int] = {}
        for unit in version.units:
            for word in set(unit.stems):
                counts[word] = counts.get(word, 0) + 1
        for word, count in counts.items():
            if count > most.get(word, 0):
                most[word] = count
    total = max(10, *(len(version.units) for version in all_told)) + 1
    stops = frozenset().union(
        *({stem(w, t.version.language) for w in t.language.stopwords} for t in _languages(all_told))
    )
    scale = log(total)
    return {
        word: max(LEAST_WEIGHT, log(total / count) / scale * (STOP_WEIGHT if word in stops else 1.0))
        for word, count in most.items()
    }


def _languages(all_told: Sequence[Told]) -> list[Told]:
    """One version of each language."""
    return list({version.version.language: version for version in all_told}.values())
