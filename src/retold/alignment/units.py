"""A version as alignment sees it: its compared sentences, their words, its quotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import log

import msgspec

from retold.model.records import COMPARED, Kind, Version
from retold.text.languages import Language, language
from retold.text.quotes import quotations
from retold.text.sentences import sentences
from retold.text.words import Token, stem, stems, tokens

STOP_WEIGHT = 0.2  # a stop word tells little, but an order of many tells something
LEAST_WEIGHT = 0.05


class Unit(msgspec.Struct, frozen=True, gc=False):
    """A sentence: ``text[start:end]``, the block it stands in, its tokens, and its words in linking form (stems)."""

    start: int
    end: int
    block: int
    standfirst: bool
    tokens: tuple[Token, ...]
    words: tuple[str, ...]  # normal forms: what makes two sentences identical
    stems: tuple[str, ...]  # looser forms: what makes two sentences comparable
    terms: tuple[Token, ...]  # the tokens that are words: ``words`` are their keys
    capitals: tuple[int, ...]  # the places among the tokens of the words with a capital


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
    terms = tuple([token for token in made if token.word])
    words = tuple([token.key for token in terms])
    loose = tuple(map(stems(code).__getitem__, words))
    capitals = tuple([at for at, token in enumerate(made) if token.capital])
    return Unit(start, end, block, standfirst, made, words, loose, terms, capitals)


def weights(all_told: Sequence[Told]) -> dict[str, float]:
    """Return how much each stem tells: rare in sentences is much, everywhere is little; between 0.05 and 1.

    The frequency is the highest of any one version, so that a text carried by fifty outlets weighs its words as one.
    """
    most: dict[str, int] = {}
    for version in all_told:
        counts = Counter(chain.from_iterable([set(unit.stems) for unit in version.units]))
        for word, count in counts.items():
            if count > most.get(word, 0):
                most[word] = count
    total = max(10, *(len(version.units) for version in all_told)) + 1
    stops = frozenset().union(*[_stops(code) for code in {told.version.language for told in all_told}])
    scale = log(total)
    full = {count: log(total / count) / scale for count in set(most.values())}
    plain = {count: max(LEAST_WEIGHT, weight) for count, weight in full.items()}
    light = {count: max(LEAST_WEIGHT, weight * STOP_WEIGHT) for count, weight in full.items()}
    return {word: light[count] if word in stops else plain[count] for word, count in most.items()}


@cache
def _stops(code: str) -> frozenset[str]:
    """The stems of a language's stop words."""
    return frozenset([stem(word, code) for word in language(code).stopwords])
