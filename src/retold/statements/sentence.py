"""A sentence as the rules read it: its words and marks, and each quotation as one item."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retold.statements.grammar import Grammar
from retold.statements.quoting import Quotation
from retold.statements.records import Span
from retold.text.languages import language
from retold.text.sentences import sentences
from retold.text.words import Token, tokens

QUOTE = "“”"  # the key of a quotation's item; no word's or mark's
ENDS = ".!?…。"
LONGEST = 300  # items; what runs on without an end is cut, so that no rule looks further
QUIET = str.maketrans(dict.fromkeys(".!?…;。", ","))  # a stop between quotation marks ends no sentence of the article
TAIL = 14  # items that are looked at for "she asked" behind a quotation that ends with a question mark


@dataclass(frozen=True)
class Sentence:
    """A stretch of a paragraph: ``items`` are its tokens, the quotations as one each."""

    text: str
    items: Sequence[Token]
    grammar: Grammar
    paragraph: int
    start: int
    end: int

    def __len__(self) -> int:
        return len(self.items)

    def key(self, place: int) -> str:
        """The normal form of an item; "" outside the sentence."""
        return self.items[place].key if 0 <= place < len(self.items) else ""

    def is_a(self, kind: str, place: int) -> bool:
        """Whether an item belongs to a set of small words."""
        return 0 <= place < len(self.items) and self.items[place].key in self.grammar.words[kind]

    def is_quote(self, place: int) -> bool:
        """Whether an item is a quotation."""
        return self.key(place) == QUOTE

    def is_adverb(self, place: int) -> bool:
        """Whether an item is an adverb."""
        word = self.key(place)
        if word in self.grammar.words["adverbs"]:
            return True
        if word in self.grammar.words["nouns"]:
            return False
        endings = self.grammar.adverb_endings
        return len(word) > 4 and bool(endings) and word.endswith(endings) and not self.items[place].capital

    def is_verb(self, place: int) -> bool:
        """Whether an item is surely or most likely a finite verb or a participle."""
        item = self.items[place]
        if not item.word or (item.capital and place) or self.is_noun_place(place) or self.is_half(place):
            return False
        if len(item.key) > 4 and self.grammar.gerund_endings and item.key.endswith(self.grammar.gerund_endings):
            return False
        if item.key in self.grammar.verbs:
            return True
        endings = self.grammar.participle_endings
        return len(item.key) > 4 and bool(endings) and item.key.endswith(endings)

    def is_participle(self, place: int) -> bool:
        """Whether an item may be a passive participle ("seen", "published")."""
        form = self.grammar.forms.get(self.key(place))
        endings = self.grammar.participle_endings
        ends = bool(endings) and self.key(place).endswith(endings)
        return (form is not None and form.participle) or ends or self.is_a("participles", place)

    def is_sure_verb(self, place: int) -> bool:
        """Whether an item is a verb by the language's lists, and not by its ending alone."""
        return self.is_verb(place) and self.items[place].key in self.grammar.verbs

    def is_half(self, place: int) -> bool:
        """Whether a hyphen joins an item to the word before it."""
        return self.key(place - 1) == "-" and place > 0 and self.items[place - 1].end == self.items[place].start

    def is_noun_place(self, place: int) -> bool:
        """Whether what stands before an item leaves no room for a verb: an article, "their", "the minister's"."""
        before = self.key(place - 1)
        if before.endswith(("'s", "s'")) and not before.startswith(("he'", "she'", "it'")):
            return True
        return self.is_a("determiners", place - 1) and not self.is_a("subjects", place - 1)

    def has_verb(self, first: int, last: int) -> bool:
        """Whether a verb stands in ``items[first:last]``."""
        return any(self.is_verb(place) for place in range(first, last))

    def span(self, first: int, last: int) -> Span:
        """The offsets of ``items[first:last]``."""
        return self.items[first].start, self.items[last - 1].end


def of_paragraph(
    text: str, paragraph: Span, number: int, quotations: Sequence[Quotation], grammar: Grammar
) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph, given the quotations in it."""
    start, end = paragraph
    items = _items(text, start, end, quotations, grammar.code)
    for first, last in _cuts(text, start, end, quotations, items, grammar):
        part = items[first:last]
        if part:
            yield Sentence(text, part, grammar, number, part[0].start, part[-1].end)


def _items(text: str, start: int, end: int, quotations: Sequence[Quotation], code: str) -> list[Token]:
    """The tokens of a paragraph outside its quotations, and the quotations, in order."""
    found: list[Token] = []
    place = start
    for one in quotations:
        found += tokens(text, code, start=place, end=one.start)
        capital = text[one.inside : one.inside + 1].isupper()
        found.append(Token(one.start, one.end, text[one.start : one.end], QUOTE, False, capital))
        place = one.end
    return found + tokens(text, code, start=place, end=end)


def _cuts(
    text: str, start: int, end: int, quotations: Sequence[Quotation], items: Sequence[Token], grammar: Grammar
) -> Iterator[tuple[int, int]]:
    """Yield the first and the last item of each sentence."""
    quiet = _quiet(text, start, end, quotations)
    starts = [item.start for item in items]
    ends = {bisect_left(starts, start + stop) for _, stop in sentences(quiet, grammar.code)} | {len(items)}
    for place, item in enumerate(items):
        if (
            item.key == ";"
            or _stops(items, place, grammar)
            or (item.key == QUOTE and _ends_here(items, place, grammar))
        ):
            ends.add(place + 1)
    first = 0
    for last in sorted(ends):
        while last - first > LONGEST:
            yield first, first + LONGEST
            first += LONGEST
        if last > first:
            yield first, last
        first = last


def _stops(items: Sequence[Token], place: int, grammar: Grammar) -> bool:
    """Whether a stop behind a plain word ends a sentence that goes on with a capital ("ruin. Dr Lisle said")."""
    if items[place].text != "." or not 0 < place < len(items) - 1:
        return False
    before, after = items[place - 1], items[place + 1]
    usual = language(grammar.code)
    figure = before.text[0].isdecimal() and not usual.ordinal_stop
    plain = figure or (before.word and not before.capital and before.text.isalpha() and len(before.text) > 2)
    return plain and (after.capital or after.key == QUOTE) and before.text not in usual.never | usual.maybe


def _quiet(text: str, start: int, end: int, quotations: Sequence[Quotation]) -> str:
    pieces: list[str] = []
    place = start
    for one in quotations:
        pieces += [text[place : one.inside], text[one.inside : one.until].translate(QUIET)]
        place = one.until
    return "".join([*pieces, text[place:end]])


def _ends_here(items: Sequence[Token], place: int, grammar: Grammar) -> bool:
    """Whether the article's sentence ends with a quotation: its last mark is a stop, and no "she asked" follows."""
    last = items[place].text.rstrip("”“\"'’»«›」』")[-1:]
    after = items[place + 1] if place + 1 < len(items) else None
    if after is None or not last or last not in ENDS:
        return False
    if after.key == QUOTE:
        return True
    if last in ".。":
        return after.capital
    return after.word and not _tail(items, place + 1, grammar)


def _tail(items: Sequence[Token], place: int, grammar: Grammar) -> bool:
    """Whether the next few items say who said it: "she asked", "said the man in the hat"."""
    for here in range(place, min(place + TAIL, len(items))):
        if (items[here].text and items[here].text in ".!?;:") or items[here].key == QUOTE:
            return False
        form = grammar.forms.get(items[here].key)
        frames = set(form.verb.frames).union(*[verb.frames for _, verb in form.particles]) if form else set()
        if form is not None and form.finite and {"clause", "that", "quote", "invert"} & frames:
            particles = {words[0] for words, _ in form.particles}
            after = items[here + 1] if here + 1 < len(items) else None
            closes = after is None or not after.word or after.key in grammar.words["prepositions"] - {"to"} | particles
            return here == place or closes
    return False
