"""Where an article speaks of somebody, in the order of the text: by a name, by a noun, or by a pronoun."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from retold.statements.cast import Cast
from retold.statements.grammar import Grammar
from retold.statements.names import Name
from retold.statements.people import is_human, people
from retold.statements.records import Span
from retold.text.sentences import sentences
from retold.text.words import Token

PRONOUNS = ("he", "she", "it", "they", "i", "we")
OUTSIDE = -1  # the zone of what no quotation holds
PHRASE = 7  # words of a phrase before its head


@dataclass(slots=True)
class Mention:
    """A place where somebody is spoken of.

    ``head`` is the noun of a phrase, or which pronoun it is; ``sentence`` counts the sentences of the article, those
    inside quotations left out, ``step`` counts all of them; ``zone``: in which quotation it stands; ``subject``: no
    verb and no preposition stands before it in its sentence; ``owner``: it only says whose something is; ``source``: a
    statement names it as its source, ``label``: before its turn in a transcript.
    """

    start: int
    end: int
    form: Literal["name", "phrase", "pronoun", "relative"]
    head: str
    words: Sequence[Token]
    sentence: int
    paragraph: int
    zone: int = OUTSIDE
    subject: bool = False
    owner: bool = False
    name: Name | None = None
    source: bool = False
    step: int = 0
    label: bool = False


@dataclass
class Reader:
    """Reads an article's paragraphs from left to right."""

    text: str
    data: Grammar
    cast: Cast
    zones: Sequence[Span]  # the quotations, in order
    sentence: int = 0
    step: int = 0
    found: list[Mention] = field(default_factory=list)

    def read(self, paragraphs: Sequence[Span]) -> list[Mention]:
        """Return the mentions of the paragraphs."""
        self.names = {name.start: name for name in self.cast.names}
        self.starts = [start for start, _ in self.zones]
        for number, span in enumerate(paragraphs):
            self.paragraph(number, span, self.cast.tokens[number])
        return self.found

    def zone(self, at: int) -> int:
        """Which quotation an offset stands in."""
        place = bisect_right(self.starts, at) - 1
        return place if place >= 0 and at < self.zones[place][1] else OUTSIDE

    def paragraph(self, number: int, span: Span, items: Sequence[Token]) -> None:
        ends = [end for _, end in sentences(self.text, self.data.code, start=span[0], end=span[1])]
        place = cut = 0
        verbs: dict[int, bool] = {}  # zone -> whether its sentence had a verb before here
        while place < len(items):
            item = items[place]
            zone = self.zone(item.start)
            while cut < len(ends) and ends[cut] <= item.start:
                self.sentence += self.zone(ends[cut] - 1) == OUTSIDE or zone == OUTSIDE
                self.step += 1
                verbs.clear()
                cut += 1
            place = self.at(items, place, (number, zone, verbs))
        self.sentence += 1
        self.step += 1

    def at(self, items: Sequence[Token], place: int, where: tuple[int, int, dict[int, bool]]) -> int:
        """Read the mention at a place, if one begins there; return the place behind what was read."""
        number, zone, verbs = where
        item = items[place]
        before = items[place - 1] if place else None
        free = not verbs.get(zone) and not (before is not None and self.data.is_a("prepositions", before.key))
        read = list(self.mentions(items, place))
        for made, _ in read:
            made.paragraph, made.sentence, made.zone, made.subject = number, self.sentence, zone, free
            made.step = self.step
            self.found.append(made)
        if read:
            return read[-1][1]
        if item.word and not item.capital and self.is_verb(item):
            verbs[zone] = True
        return place + 1

    def is_verb(self, item: Token) -> bool:
        ends = self.data.participle_endings
        return item.key in self.data.verbs or (bool(ends) and len(item.key) > 4 and item.key.endswith(ends))

    def mentions(self, items: Sequence[Token], place: int) -> Iterator[tuple[Mention, int]]:
        """Yield the mention that begins at a place, and the place behind it."""
        item = items[place]
        if (name := self.names.get(item.start)) is not None:
            last = _behind(items, place, name.end)
            owner = name.possessive or items[last - 1].text[-2:-1] in "'’"
            yield self.made("name", name.words[-1].casefold(), items[place:last], owner=owner, name=name), last
            return
        head = self.head(items, place)
        word = item.key.partition("'")[0]
        pronoun = next((one for one in PRONOUNS if self.data.is_a(one, word)), None) if not _is_acronym(item) else None
        if pronoun is not None and (head is None or pronoun in ("he", "she", "they", "it")):
            yield self.made("pronoun", pronoun, [item], owner=head is not None), place + 1
        if head is None and not people(self.data.code).the and is_human(item.key, self.data):
            yield self.made("phrase", item.key, [item], owner=False), place + 1
        if head is not None:
            words = items[place : head + 1]
            owner = words[-1].key.endswith(("'s", "s'"))
            noun = words[-1].text.casefold() if words[-1].text.isupper() else words[-1].key
            yield self.made("phrase", noun.removesuffix("'s"), words, owner=owner), head + 1

    def made(
        self, form: Literal["name", "phrase", "pronoun"], head: str, words: Sequence[Token], *, owner: bool,
        name: Name | None = None,
    ) -> Mention:  # fmt: skip
        return Mention(words[0].start, words[-1].end, form, head, words, 0, 0, owner=owner, name=name)

    def head(self, items: Sequence[Token], place: int) -> int | None:
        """Where the noun of a phrase stands that an article or "her" opens; None where it is nobody."""
        known = people(self.data.code)
        doubled = place + 1 < len(items) and self.data.is_a("determiners", items[place + 1].key)
        if items[place].key in self.data.words["that"]:
            return None
        if doubled or not self.data.is_a("determiners", items[place].text.casefold()) or items[place].key in known.none:
            return None
        found, named = None, 0
        for at in range(place + 1, min(len(items), place + 1 + PHRASE)):
            item = items[at]
            if item.text == "-" or item.text in "'’":
                continue
            if not item.word or self.stops(item):
                break
            noun = item.text.casefold() if item.text.isupper() else item.key.removesuffix("'s")
            if item.start in self.names:
                named = self.names[item.start].end
            small = item.start >= named
            if small and (is_human(noun, self.data) or self.is_body(noun)):
                found = at
        if found is None or self.is_apposed(items, place, found):
            return None
        return found

    def stops(self, item: Token) -> bool:
        """Whether a word ends a noun phrase."""
        if item.start in self.names and not self.data.capital_nouns:
            return False
        kinds = ("determiners", "prepositions", "relative", "and", "but", "be", "have", "modal", "subordinators")
        return any(self.data.is_a(kind, item.key) for kind in kinds)

    def is_body(self, noun: str) -> bool:
        told = noun in self.data.documents or noun in people(self.data.code).bodies
        return told or self.data.is_a("organisations", noun)

    def is_apposed(self, items: Sequence[Token], place: int, head: int) -> bool:
        """Whether a name beside a phrase means the same one ("its captain, Ada Holm"; "Ada Holm, its captain")."""
        after = head + 1
        if after < len(items) and items[after].text == ",":
            after += 1
        if after < len(items) and (name := self.names.get(items[after].start)) is not None:
            return len(name.words) > 1 and not name.possessive
        last = self.found[-1] if self.found else None
        return bool(last and last.form == "name" and place and items[place - 1].text == "," and place > 1
                    and last.end == items[place - 2].end)  # fmt: skip


def _behind(items: Sequence[Token], place: int, end: int) -> int:
    """The place of the first item that begins behind an offset."""
    last = place + 1
    while last < len(items) and items[last].end <= end:
        last += 1
    return last


def _is_acronym(item: Token) -> bool:
    """Whether a word in capitals is a name and no pronoun ("WHO", "IT", "US")."""
    return len(item.text) > 1 and item.text.isupper()
