"""Articles dressed another way each time they are learned from: longer contents, other names, joined paragraphs.

Our articles are short-winded beside the news of the world: a content of theirs has eight words in the mean, one of a
wire report eighteen. So contents are lengthened with another's words, and the tagger learns to read on to their end.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from training.articles import Article, Statement
from training.quoting import Span, quoted

LENGTHENED = 0.5  # how often a content that can be lengthened is, and then once more
RENAMED = 0.5  # articles whose names are changed, and names changed in such an article
JOINED = 0.2  # how often a paragraph is joined to the one before
LONGEST = 900  # characters of two paragraphs that are joined
LEAST = 4  # words of a content that lengthens another
GLUES = (", and ", " and ", " and that ", ", but ", " because ", ", while ", ", although ", " after ", ", so ", ", as ")
FRONTED = (", and ", " and ", ", but ")  # likewise, before a clause that begins its sentence
FINITE = frozenset({"say", "claim", "show", "warn", "admit"})  # classes whose contents can be clauses
NO_CLAUSE = re.compile(r"(?:to|of|on|for|about|against|over|into|in|whether|if|how|why|what|who|when|where|\w+ing)\b")
FIRST = re.compile(r"\w+")
SMALL = frozenset(
    ["The", "A", "An", "It", "He", "She", "They", "We", "There", "This", "That", "These", "No", "His", "Her", "Its"]
)
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*")
CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}\b")
BALANCED = (("“", "”"), ("«", "»"))
DAYS = frozenset(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    January February March April June July August September October November December
    """.split()  # noqa: SIM905
)
COMMON = 4000  # the encoder's vocabulary runs from its most frequent words; names come after these
VERBLIKE = ("ed", "ing", "ly")


@dataclass(frozen=True)
class Wardrobe:
    """What articles are dressed with."""

    clauses: Sequence[str]
    names: Sequence[str]


def wardrobe(articles: Iterable[Article], vocabulary: Mapping[str, int]) -> Wardrobe:
    """The clauses of articles, and words of the encoder's own vocabulary that can stand for a name."""
    listed = sorted(vocabulary, key=vocabulary.__getitem__)
    names = [
        word
        for word in listed
        if vocabulary[word] >= COMMON and word.isascii() and word.isalpha() and len(word) > 2
        and not word.endswith(VERBLIKE)
    ]  # fmt: skip
    return Wardrobe(clauses(articles), names)


def dressed(article: Article, given: Wardrobe, chance: random.Random) -> Article:
    """The article dressed another way."""
    return renamed(lengthened(article, given.clauses, chance), given.names, chance)


@dataclass(frozen=True)
class Edit:
    """Words put in the place of [start, end); ``grows``: the contents that end there take them in."""

    start: int
    end: int
    words: str
    grows: bool = False


def edited(article: Article, edits: Iterable[Edit]) -> Article:
    """The article after edits that do not overlap, its spans moved along."""
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    if not ordered:
        return article
    text, pieces, last = article.text, [], 0
    for edit in ordered:
        pieces += [text[last : edit.start], edit.words]
        last = edit.end
    places = _Places(ordered)
    told = tuple(places.moved(one) for one in article.statements)
    return replace(article, text="".join([*pieces, text[last:]]), statements=told)


class _Places:
    """Where each offset of a text lies after edits."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = edits
        self.ends = [edit.end for edit in edits]
        self.shifts = [0]
        for edit in edits:
            self.shifts.append(self.shifts[-1] + len(edit.words) - (edit.end - edit.start))

    def start(self, offset: int) -> int:
        """An offset where a span begins: words put in before it do not belong to the span."""
        return offset + self.shifts[bisect_right(self.ends, offset)]

    def end(self, offset: int, *, content: bool) -> int:
        """An offset where a span ends: a content takes in the words that make it grow."""
        done = bisect_left(self.ends, offset)
        while done < len(self.edits) and self.edits[done].end == offset:
            edit = self.edits[done]
            if edit.start == edit.end and not (content and edit.grows):
                break
            done += 1
        return offset + self.shifts[done]

    def moved(self, one: Statement) -> Statement:
        """The statement with its spans moved."""
        sources, cues = (self._spans(spans, content=False) for spans in (one.sources, one.cues))
        return replace(one, sources=sources, cues=cues, contents=self._spans(one.contents, content=True))

    def _spans(self, spans: Sequence[Span], *, content: bool) -> tuple[Span, ...]:
        return tuple((self.start(start), self.end(end, content=content)) for start, end in spans)


def clauses(articles: Iterable[Article]) -> list[str]:
    """The contents of articles that are clauses, and hold no statement: what others can be lengthened with."""
    return [
        article.text[slice(*one.contents[0])]
        for article in articles
        for one in article.statements
        if _is_clause(article, one) and not any(_inside(one, other) for other in article.statements)
    ]


def lengthened(article: Article, donors: Sequence[str], chance: random.Random) -> Article:
    """The article with some of the clauses that end or begin their sentence drawn out by one or two of the donors."""
    ends = {
        one.contents[0][1]
        for one in article.statements
        if _is_clause(article, one) and article.text.startswith(".", one.contents[0][1])
    }
    fronts = {one.contents[0][0] for one in article.statements if _is_fronted(article, one)}
    edits = [Edit(place, place, words, grows=True) for place in sorted(ends) if (words := _drawn(donors, chance))]
    edits += [edit for place in sorted(fronts) if (edit := _fronted(article.text, place, donors, chance))]
    return edited(article, edits)


def _drawn(donors: Sequence[str], chance: random.Random) -> str:
    """What follows a clause that is drawn out; nothing where chance will have it."""
    words = ""
    while chance.random() < LENGTHENED and len(words) < LONGEST // 2:
        words += chance.choice(GLUES) + chance.choice(donors)
    return words


def _fronted(text: str, start: int, donors: Sequence[str], chance: random.Random) -> Edit | None:
    """A donor and what glues it, before the clause that begins a sentence."""
    if chance.random() >= LENGTHENED:
        return None
    first = FIRST.match(text, start)
    donor = chance.choice(donors)
    kept = first.group() if first is not None else ""
    small = kept.lower() if kept in SMALL else kept
    return Edit(start, start + len(kept), donor[0].upper() + donor[1:] + chance.choice(FRONTED) + small)


def _is_fronted(article: Article, one: Statement) -> bool:
    """Whether a content is a clause that begins its sentence, its cue behind it."""
    if one.type != "indirect" or len(one.contents) != 1 or one.cue_class not in FINITE or not one.cues:
        return False
    start, end = one.contents[0]
    before = article.text[:start].rstrip(" ")
    return (
        end <= one.cues[0][0]
        and article.text.count(" ", start, end) >= LEAST - 1
        and article.text[start].isupper()
        and (before.endswith((".", "\n")) or not before)
    )


def _is_clause(article: Article, one: Statement) -> bool:
    if one.type != "indirect" or len(one.contents) != 1 or one.cue_class not in FINITE or not one.cues:
        return False
    start, end = one.contents[0]
    words = article.text[start:end]
    if one.cues[-1][1] > start or words.count(" ") < LEAST - 1 or NO_CLAUSE.match(words):
        return False
    between = article.text[one.cues[-1][1] : start]
    return between == " " or between.endswith(" that ")


def _inside(outer: Statement, inner: Statement) -> bool:
    start, end = outer.contents[0]
    return inner is not outer and any(start <= left and right <= end for left, right in (*inner.cues, *inner.contents))


def renamed(article: Article, names: Sequence[str], chance: random.Random) -> Article:
    """The article with other words in the place of some of its names, the same in all of it."""
    if chance.random() >= RENAMED:
        return article
    known = {word for found in NAME.finditer(article.text) for word in found.group().split()} - DAYS
    others = {word: chance.choice(names).capitalize() for word in sorted(known) if chance.random() < RENAMED}
    edits = [
        Edit(*found.span(), others[found.group()])
        for found in CAPITALISED.finditer(article.text)
        if found.group() in others
    ]
    return edited(article, edits)


def joined(text: str, paragraphs: Sequence[Span], chance: random.Random) -> list[Span]:
    """The paragraphs, some of them made one with the paragraph before; none that leaves a quotation open."""
    found: list[Span] = []
    for start, end in paragraphs:
        if (
            found
            and found[-1][1] < start
            and end - found[-1][0] <= LONGEST
            and chance.random() < JOINED
            and all(_balanced(text[slice(*span)]) for span in (found[-1], (start, end)))
        ):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _balanced(text: str) -> bool:
    if text.count('"') % 2 or any(text.count(opening) != text.count(closing) for opening, closing in BALANCED):
        return False
    return not any(end == len(text) for _, end in quoted(text))
