"""One reading of a place that the tellings of a passage word differently, and what is judged of two of them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from retold.model.records import EditClass
from retold.text.amounts import Amount, amounts
from retold.text.languages import Language, language
from retold.text.words import Token, stem

SENTENCE_ENDS = frozenset(".!?。！？؟।")


class Judgement(NamedTuple):
    """The class of an edit, a one-line reason, and whether the numbers told are two."""

    kind: EditClass
    note: str
    differs: bool = False


class Side:
    """One reading of a place: its text and tokens, a few tokens around it, and the articles that have it ("A, C").

    ``words`` are its tokens without the marks, ``keys`` their normal forms, ``content`` the stems of those that say
    something by themselves; ``counts``: a number may be told here or right beside it.
    """

    __slots__ = (
        "_amounts",
        "after",
        "before",
        "content",
        "counts",
        "keys",
        "label",
        "language",
        "text",
        "tokens",
        "words",
    )

    def __init__(
        self,
        text: str,
        tokens: tuple[Token, ...],
        around: tuple[tuple[Token, ...], tuple[Token, ...]],
        label: str,
        data: Language,
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.before, self.after = around
        self.label = label
        self.language = data
        self.words = tuple([token for token in tokens if token.word])
        self.keys = tuple([token.key for token in self.words])
        light = _light(data.code)
        self.content = tuple([stem(key, data.code) for key in self.keys if key not in light])
        near = (*self.before[-1:], *tokens, *self.after[:1])
        told = not data.quantities.isdisjoint([token.key for token in near])
        self.counts = told or any([token.text[0].isdecimal() for token in near])
        self._amounts: tuple[tuple[Amount, ...], frozenset[int]] | None = None if self.counts else ((), frozenset())

    @property
    def breaks(self) -> bool:
        """Whether a sentence or a paragraph ends in it."""
        ends = any([token.key in SENTENCE_ENDS for token in self.tokens])
        return self.text.count("\n") > 1 or (ends and bool(self.words))

    def amounts(self) -> tuple[tuple[Amount, ...], frozenset[int]]:
        """Return the amounts that this place is part of, and which of its own tokens they take."""
        if self._amounts is None:
            self._amounts = self._counted()
        return self._amounts

    def _counted(self) -> tuple[tuple[Amount, ...], frozenset[int]]:
        around = (*self.before, *self.tokens, *self.after)
        low, high = len(self.before), len(self.before) + len(self.tokens)
        found = [amount for amount in amounts(around, self.language) if amount.start <= high and amount.end >= low]
        taken = {place - low for amount in found for place in range(amount.start, amount.end) if low <= place < high}
        return tuple(found), frozenset(taken)


@cache
def _light(code: str) -> frozenset[str]:
    """The words of a language that only tie others together."""
    data = language(code)
    tying = data.stopwords.union(data.glue, data.pronouns, data.articles)
    return tying.difference(data.negations, data.meaning)


def tells(word: Token, data: Language) -> bool:
    """Return whether a word says something by itself, more than tying others together."""
    return word.key not in _light(data.code)
