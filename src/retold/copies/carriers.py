"""What many carry: words that independent origins share are everybody's, whatever marks they have lost.

Three or more origins that have a passage and little else in common did not take it from each other. Where their
articles tell of different things, it is furniture; where they tell of one, and say whose words these are, it is a
quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from retold.copies.labels import FURNITURE, QUOTATION
from retold.copies.wording import WORD, Span, united
from retold.model.records import Version
from retold.text.languages import language

MANY = 3  # origins
OWN = 5  # origins, where all are one outlet's: it repeats its own background
TWICE = 0.9  # of a passage that is noted already
SAME = 0.6  # of a passage that another one has, from which both carry the same words
BEFORE = 200  # characters before a passage in which somebody is named as its speaker
NEXT = 8  # words before it, in another paragraph
NAME = re.compile(r"(?<=[\w,;] )[^\W\d_a-z]\w{2,}")
LONG = 5  # letters of a word that may tell what an article is about
SPREAD = 4  # other origins that have a passage and nothing else: they did not take it from one text
ALL = 0.8  # of what two versions share
MOST = 0.75
AGAIN = 2  # long words of a passage that its article uses elsewhere, from which the passage belongs to it
RELATED = 0.15  # of the shorter's long words that are the other's too, from which two articles tell of one thing


class Held(NamedTuple):
    """A passage that a version shares with another one."""

    start: int
    end: int
    other: int

    def same(self, start: int, end: int, share: float) -> bool:
        """Whether a span is nearly the same words."""
        return min(end, self.end) - max(start, self.start) >= share * max(end - start, self.end - self.start)


class Carriers:
    """Who carries which words of each version; of an origin that does so in many versions, one speaks for all."""

    def __init__(self, versions: Sequence[Version], home: Mapping[int, int], houses: Sequence[str | None]) -> None:
        self.versions, self.home, self.houses = versions, home, houses
        self.held: defaultdict[int, defaultdict[int, list[Held]]] = defaultdict(lambda: defaultdict(list))
        self.known: dict[tuple[int, Span], dict[int, int]] = {}
        self.fitting: dict[tuple[int, Span], bool] = {}
        self.shared: Counter[tuple[int, int]] = Counter()
        self.topics: dict[int, frozenset[str]] = {}
        self.long: dict[int, tuple[list[int], list[str]]] = {}

    def put(self, one: int, span: Span, other: int, other_span: Span) -> None:
        """Note that two versions of two origins share a passage."""
        self.shared[one, other] += span[1] - span[0]
        for place, own, there in ((one, span, other), (other, other_span, one)):
            told = self.held[place][self.home[there]]
            if not _is_noted(told, *own):
                told.append(Held(*own, there))

    def origins(self, place: int, span: Span) -> dict[int, int]:
        """Return for each origin that carries a span of a version one version that does; its own first.

        Ask when all is noted.
        """
        if (place, span) not in self.known:
            self.known[place, span] = self._origins(place, span)
        return self.known[place, span]

    def _origins(self, place: int, span: Span) -> dict[int, int]:
        first = {self.home[place]: place}
        for home, told in self.held[place].items():
            for held in told:
                if held.same(*span, SAME):
                    first.setdefault(home, held.other)
        return first

    def only(self, place: int, span: Span, others: Iterable[int]) -> bool:
        """Whether a span is all that a version shares with most of some versions of other origins."""
        shares = [self.shared[min(place, other), max(place, other)] for other in others]
        return sum(ALL * share <= span[1] - span[0] for share in shares) >= MOST * len(shares)

    def one_house(self, places: Iterable[int]) -> bool:
        """Whether most of some versions credit one agency with their text: what they share is its own."""
        counts = Counter(self.houses[place] for place in places)
        return max((count for house, count in counts.items() if house), default=0) * 2 > counts.total()

    def related(self, places: Sequence[int]) -> bool:
        """Whether most of the articles tell of what the first one tells of, beside the words that others carry too."""
        own, *others = map(self._topic, places)
        like = [len(own & other) >= RELATED * max(1, min(len(own), len(other))) for other in others]
        return sum(like) * 2 > len(like)

    def belongs(self, place: int, span: Span) -> bool:
        """Whether a span is about what its article is about: long words of it, or a name, stand elsewhere in it too."""
        if (place, span) not in self.fitting:
            again = self._long(place, *span) & self._topic(place)
            self.fitting[place, span] = len(again) >= AGAIN or bool(again & self._names(place, span))
        return self.fitting[place, span]

    def _names(self, place: int, span: Span) -> set[str]:
        """The names in a span: capitals within a sentence that are no day and no month."""
        version = self.versions[place]
        data = language(version.language)
        found = NAME.findall(version.text, *span)
        return {name.casefold() for name in found if name.casefold() not in data.weekdays.keys() | data.months.keys()}

    def dwells(self, place: int, other: int, shared: Iterable[Span]) -> bool:
        """Whether an article goes on about what another one is about, outside the words that they share."""
        words = self._long(other, 0, len(self.versions[other].text))
        return len(words & self._outside(place, united(shared))) >= RELATED * max(1, len(words))

    def _topic(self, place: int) -> frozenset[str]:
        """The long words of an article outside what it shares with other origins."""
        if place not in self.topics:
            shared = united((held.start, held.end) for told in self.held[place].values() for held in told)
            self.topics[place] = self._outside(place, shared)
        return self.topics[place]

    def _outside(self, place: int, spans: Iterable[Span]) -> frozenset[str]:
        """The long words of an article outside some spans."""
        edges = [0, *(edge for span in spans for edge in span), len(self.versions[place].text)]
        return frozenset().union(*(self._long(place, *own) for own in zip(edges[::2], edges[1::2], strict=True)))

    def _long(self, place: int, start: int, end: int) -> frozenset[str]:
        """The words of a stretch that may tell what it is about."""
        starts, words = self._words(place)
        return frozenset(words[bisect_left(starts, start) : bisect_left(starts, end)])

    def _words(self, place: int) -> tuple[list[int], list[str]]:
        """Where the long words of an article stand, and the words."""
        if place not in self.long:
            version = self.versions[place]
            stop = language(version.language).stopwords
            found = [(match.start(), match.group().casefold()) for match in WORD.finditer(version.text)]
            kept = [(start, word) for start, word in found if len(word) >= LONG and word not in stop]
            self.long[place] = [start for start, _ in kept], [word for _, word in kept]
        return self.long[place]

    def attributed(self, place: int, start: int) -> bool:
        """Whether a version says, before a passage, that somebody else said or wrote what follows."""
        version = self.versions[place]
        data = language(version.language)
        before = version.text[max(0, start - BEFORE) : start]
        words = [word.casefold() for word in WORD.findall(before)]
        here = [word.casefold() for word in WORD.findall(before.rpartition("\n")[2])]
        return before.rstrip().endswith(":") or any(word in data.telling for word in (*words[-NEXT:], *here))


def _is_noted(told: Sequence[Held], start: int, end: int) -> bool:
    """Whether nearly the same words stand there already; asked for every bit of every pair, so in plain comparisons."""
    for low, high, _ in told:
        both = (end if end < high else high) - (start if start > low else low)
        if both > 0 and both >= TWICE * (end - start) and both >= TWICE * (high - low):
            return True
    return False


def everybodys(carriers: Carriers, place: tuple[int, Span, int, Span]) -> int | None:
    """Return what a passage of two origins is if it is everybody's: furniture or a quotation; None where it is not."""
    one, span, other, other_span = place
    found = carriers.origins(other, other_span) | carriers.origins(one, span)
    outlets = {carriers.versions[place].outlet for place in found.values()}
    if len(found) < (OWN if len(outlets) == 1 and None not in outlets else MANY):
        return None
    own = found.pop(carriers.home[one])
    strange = not carriers.belongs(one, span) and not carriers.belongs(other, other_span)
    if strange and not carriers.related([own, *found.values()]):
        return FURNITURE
    if carriers.one_house([own, *found.values()]):
        return None
    if carriers.attributed(one, span[0]) and carriers.attributed(other, other_span[0]):
        return QUOTATION
    return QUOTATION if len(found) >= SPREAD and carriers.only(one, span, found.values()) else None
