"""What the tagger learns from: windows of annotated articles, with the anchors and roles that the marks ask for."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from retold.statements.windows import ANCHORS, ROLES, SIZE, Span, Window, windows
from training.articles import Article, Statement
from training.dressing import Wardrobe, dressed, joined
from training.quoting import quoted

PARAGRAPH = re.compile(r"[^\n]+")
UNCUED = ANCHORS.index("uncued")
PAIRS = ('""', "“”", "‘’", "''", "«»", "„“")
SHARES = (0.3, 0.3, 0.22, 0.12, 0.03, 0.03)  # how often each pair of marks replaces those of an article
RESTYLED = 0.5  # articles whose quotation marks are replaced, in each epoch
OTHER = 0.2  # how often a statement is read from another word of its cue, or the anchor again
SIZES = (SIZE, SIZE, 192, 128)  # of the windows that are learned from
MASK, MASKED = 103, 0.04  # BERT's [MASK], and how many pieces it hides in each epoch


@dataclass
class Example:
    """A window with what is to be found in it: anchors of words, and roles for each anchor."""

    window: Window
    anchors: list[int]  # of each word
    rows: list[list[int]] = field(default_factory=list)  # of each statement, its anchor and its cue's other words
    roles: list[list[int]] = field(default_factory=list)  # of each statement, of each word

    def row(self, number: int, chance: random.Random) -> tuple[int, list[int]]:
        """The word that a statement is read from, mostly its anchor, and the roles that it asks for."""
        words = self.rows[number]
        return chance.choice(words) if chance.random() < OTHER else words[0], self.roles[number]


def examples(article: Article, tokenizer: Any) -> Iterator[Example]:
    """The examples of an article, cut as the tagger will cut it."""
    for window in windows(article.text, paragraphs_of(article.text), tokenizer):
        yield _labelled(window, article)


def dressed_examples(article: Article, tokenizer: Any, wardrobe: Wardrobe, chance: random.Random) -> Iterator[Example]:
    """The examples of an article cut and dressed another way each time."""
    article = dressed(article, wardrobe, chance)
    text = restyled(article.text, chance) if chance.random() < RESTYLED else article.text
    paragraphs = _shuffled(joined(text, paragraphs_of(text), chance), chance)
    for window in windows(text, paragraphs, tokenizer, size=chance.choice(SIZES)):
        example = _labelled(window, article)
        hide(example.window, chance)
        yield example


def paragraphs_of(text: str) -> list[Span]:
    """The lines of a text that are not empty."""
    return [found.span() for found in PARAGRAPH.finditer(text)]


def _shuffled(paragraphs: Sequence[Span], chance: random.Random) -> list[Span]:
    """The paragraphs from a random one on, then those before it: the windows' edges fall elsewhere each time."""
    cut = chance.randrange(len(paragraphs))
    return [*paragraphs[cut:], *paragraphs[:cut]]


def restyled(text: str, chance: random.Random) -> str:
    """The text with other quotation marks around its outermost quotations, the same length."""
    pair = chance.choices(PAIRS, SHARES)[0]
    opening, closing = pair[0], pair[1]
    letters = list(text)
    for start, end in quoted(text):
        if any(mark in text[start:end] for mark in (opening, closing)) or text[end : end + 1] not in "”\"’'»“":
            continue
        letters[start - 1], letters[end] = opening, closing
    return "".join(letters)


def hide(window: Window, chance: random.Random) -> None:
    """Put [MASK] in the place of a few pieces, so that no single word decides."""
    for at in window.first:
        if chance.random() < MASKED:
            window.pieces[at] = MASK


def _labelled(window: Window, article: Article) -> Example:
    example = Example(window, [0] * len(window.words))
    for told in article.statements:
        anchor = _anchor(window, article.text, told)
        if anchor is None:
            continue
        example.anchors[anchor] = ANCHORS.index(told.cue_class) if told.cues else UNCUED
        roles = _roles(window, told)
        others = [word for word, role in enumerate(roles) if role == ROLES.index("cue") and word != anchor]
        example.rows.append([anchor, *others])
        example.roles.append(roles)
    return example


def _anchor(window: Window, text: str, one: Statement) -> int | None:
    """The word that stands for a statement: the longest of its cue's first piece, or the first of its content."""
    spans = one.cues or one.contents
    words = [word for word in _within(window, spans[0]) if text[window.words[word][0]].isalnum()]
    if not words:
        return None
    if not one.cues:
        return words[0]
    return max(words, key=lambda word: (window.words[word][1] - window.words[word][0], -word))


def _roles(window: Window, one: Statement) -> list[int]:
    roles = [0] * len(window.words)
    for role, spans in zip(ROLES, ((), one.sources, one.cues, one.contents), strict=True):
        for span in spans:
            for word in _within(window, span):
                roles[word] = ROLES.index(role)
    return roles


def _within(window: Window, span: Span) -> list[int]:
    return [word for word, (start, end) in enumerate(window.words) if span[0] <= start and end <= span[1]]
