"""The rules over a whole article: the turns of transcripts, signed quotations, and its sentences one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from retold.statements.drafts import Draft
from retold.statements.grammar import Grammar
from retold.statements.quoting import Quotation, quotations
from retold.statements.records import Span
from retold.statements.rules import of_sentence
from retold.statements.sentence import Sentence, of_paragraph
from retold.statements.turns import dashed, transcript

LEAST_WITHIN = 3  # spaces in a quotation that may hold a statement of its own


@dataclass
class Reading:
    """What the rules read in an article.

    ``sentences``: where the article's own sentences begin; ``alone``: the quotations that make a sentence by
    themselves or go on from the paragraph before, and so have no cue of their own.
    """

    drafts: list[Draft] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    alone: list[Span] = field(default_factory=list)


def read(text: str, paragraphs: Sequence[Span], quoted: Sequence[Quotation], data: Grammar) -> Reading:
    """Return what the rules of a language read in the paragraphs of an article, given its quotations."""
    article = _Article(text, paragraphs, quoted, data)
    for number, span in enumerate(paragraphs):
        article.paragraph(number, span)
    return article.reading


class _Article:
    def __init__(self, text: str, paragraphs: Sequence[Span], quoted: Sequence[Quotation], data: Grammar) -> None:
        self.text, self.data = text, data
        self.of: defaultdict[int, list[Quotation]] = defaultdict(list)
        for one in quoted:
            self.of[one.paragraph].append(one)
        self.turns = transcript(text, paragraphs, quoted)
        self.reading = Reading()

    def paragraph(self, number: int, span: Span) -> None:
        quoted, found = self.of[number], self.reading
        if number in self.turns:
            found.sentences.append(span[0])
            found.drafts += self.turn(number, self.turns[number])
        elif signed := dashed(self.text, span, number, quoted, self.data):
            found.sentences.append(span[0])
            found.drafts.append(signed)
        else:
            found.alone += [(one.start, one.end) for one in quoted[:1] if one.continues]
            for sentence in of_paragraph(self.text, span, number, quoted, self.data):
                self.sentence(sentence)
            found.drafts += [draft for one in quoted for draft in self.within(one)]

    def sentence(self, sentence: Sentence) -> None:
        drafts = of_sentence(sentence)
        self.reading.sentences.append(sentence.start)
        self.reading.drafts += drafts
        if not drafts and _only_quotes(sentence):
            self.reading.alone += [
                (item.start, item.end) for at, item in enumerate(sentence.items) if sentence.is_quote(at)
            ]

    def turn(self, number: int, said: Draft) -> Iterator[Draft]:
        """A turn of a transcript, and what is told in it."""
        yield said
        for sentence in of_paragraph(self.text, said.content[0], number, self.of[number], self.data):
            yield from of_sentence(sentence, within=True)

    def within(self, one: Quotation) -> Iterator[Draft]:
        """The statements that somebody tells inside a quotation."""
        if self.text.count(" ", one.inside, one.until) < LEAST_WITHIN:
            return
        span = (one.inside, one.until)
        for sentence in of_paragraph(self.text, span, one.paragraph, quotations(self.text, [span]), self.data):
            yield from of_sentence(sentence, within=True)


def _only_quotes(sentence: Sentence) -> bool:
    """Whether nothing but quotations stands in a sentence, the first right at its start."""
    rest = (sentence.is_quote(at) or not item.word for at, item in enumerate(sentence.items))
    return sentence.is_quote(0) and all(rest)
