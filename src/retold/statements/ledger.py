"""The ledger of a story: who said what, in which versions, and where they differ."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeVar

from retold.model.identity import identify
from retold.model.records import Form, Version
from retold.statements.differing import Telling, differences
from retold.statements.entries import Difference, Ledger, Mention, Row, Told, Voice
from retold.statements.gathering import Item, gathered
from retold.statements.records import CLASSES, Span, Speaker, Statement
from retold.statements.voices import Voices
from retold.statements.wording import Reader

Value = TypeVar("Value")
Origins = Callable[[int, int], bool]


UNCLAIMED_WORDS = 5  # of a quotation that stand elsewhere in nobody's mouth; fewer stand there by chance
UNCLAIMED_STEMS = 3
NEAR = 8  # contents before a place that may reach to it: they lie in one another


def _apart(one: int, other: int) -> bool:
    """Nothing is known of a common origin."""
    return False


def ledger(
    versions: Sequence[Version],
    found: Sequence[Sequence[Statement]],
    spoken: Sequence[Sequence[Speaker | None]],
    *,
    one_origin: Origins = _apart,
) -> Ledger:
    """Return the rows and voices of the statements of versions.

    ``found[i]`` are the statements of version i, ``spoken[i]`` who makes each of them. ``one_origin(i, j)`` says
    whether two versions go back to one text: what differs is then "altered", else "heard differently". The order of the
    versions changes nothing but the places by which they are named.
    """
    return _Book(versions, found, spoken, one_origin).ledger()


class _Book:
    def __init__(
        self,
        versions: Sequence[Version],
        found: Sequence[Sequence[Statement]],
        spoken: Sequence[Sequence[Speaker | None]],
        one_origin: Origins,
    ) -> None:
        self.versions, self.one_origin = versions, one_origin
        self.readers = [Reader(version) for version in versions]
        self.voices = Voices(versions, spoken)
        self.hidden: dict[str, bool] = {}  # the voices, and whether each is anonymous
        self.statements = [one for mine in found for one in mine]
        self.claimed = [sorted(span for one in mine for span in one.content) for mine in found]
        self.homes: defaultdict[str, set[int]] = defaultdict(set)  # a word -> the versions that have it
        for version, reader in enumerate(self.readers):
            for key in reader.index:
                self.homes[key].add(version)
        self.items = [
            self._item(at, one, self.voices.of[at][number])
            for at, mine in enumerate(found)
            for number, one in enumerate(mine)
        ]

    def _item(self, version: int, one: Statement, voice: int | None) -> Item:
        reader = self.readers[version]
        root = None if voice is None else self.voices.root(voice)
        return Item(version, one.content, reader.wording(one), root, reader.around(one))

    def ledger(self) -> Ledger:
        groups = gathered(self.items, self.voices.bond)
        for group in groups:
            self._complete(group)
        self.voices.join_aligned(pair for group in groups for pair in self._pairs(group))
        voices, ids = self.voices.made()
        self.hidden = {voice.id: voice.kind == "anonymous" for voice in voices}
        rows = [self._row(group, ids) for group in groups]
        order = sorted(rows, key=lambda one: (one.told[0].version, one.told[0].statement.content[0], one.id))
        return Ledger(tuple(self._distinct(order)), voices)

    def _distinct(self, rows: Sequence[Row]) -> list[Row]:
        """The rows in their order; of several with one content (two who say "no") each gets an id of its own."""
        alike: defaultdict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            alike[row.id].append(place)
        found = list(rows)
        for places in alike.values():
            for number, place in enumerate(sorted(places, key=lambda place: self._homes_of(rows[place]))):
                if number:
                    found[place] = replace(rows[place], id=identify(rows[place].id, str(number)))
        return found

    def _homes_of(self, row: Row) -> list[tuple[str, tuple[Span, ...]]]:
        """Where a row is told, whatever the order of the versions."""
        return sorted((self.versions[one.version].id, one.statement.content) for one in row.told)

    def _complete(self, group: list[int]) -> None:
        """Add to a quotation's tellings the versions that have its words in nobody's mouth."""
        lead = min((self.items[at] for at in group), key=_fullest).wording
        runs = [run for run in lead.runs if len(run) >= UNCLAIMED_WORDS]
        told = {self.items[at].version for at in group}
        for run in runs:
            keys = [lead.words[at].key for at in run]
            if len({lead.words[at].stem for at in run} - {""}) >= UNCLAIMED_STEMS:
                for version in sorted(self._with_all(keys) - told):
                    self._add_unclaimed(group, told, version, keys)

    def _with_all(self, keys: Sequence[str]) -> set[int]:
        """The versions that have all of some words."""
        rarest = sorted({*keys}, key=lambda key: (len(self.homes.get(key, ())), key))
        found = set(self.homes.get(rarest[0], ()))
        for key in rarest[1:]:
            found &= self.homes[key]
            if not found:
                break
        return found

    def _add_unclaimed(self, group: list[int], told: set[int], version: int, keys: Sequence[str]) -> None:
        """Add a version to a quotation's tellings where it has the words outside all of its statements."""
        reader = self.readers[version]
        for start, end in reader.places(keys):
            if version not in told and not self._is_claimed(version, start, end):
                told.add(version)
                form: Form = "direct" if reader.is_quoted(start, end) else "indirect"
                group.append(len(self.items))
                self.statements.append(Statement((), (), ((start, end),), form, layer="ledger"))
                self.items.append(self._item(version, self.statements[-1], None))

    def _is_claimed(self, version: int, start: int, end: int) -> bool:
        """Whether a stretch touches a content of the version's statements."""
        spans = self.claimed[version]
        place = bisect_left(spans, (end, 0))
        return any(low < end and start < high for low, high in spans[max(0, place - NEAR) : place])

    def _pairs(self, group: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the callings that are given one statement, each beside the next."""
        known = sorted({voice for at in group if (voice := self.items[at].voice) is not None})
        yield from pairwise(known)
        yield from ((known[0], other) for other in known[2:])

    def _row(self, group: Sequence[int], ids: Sequence[str]) -> Row:
        order = sorted(group, key=lambda at: (self.items[at].version, self.items[at].spans))
        told = [self._told(at, ids) for at in order]
        lead = min(order, key=lambda at: _fullest(self.items[at]))
        wording = self.items[lead].wording
        voice = _usual([one.voice for one in told if one.voice is not None], lambda id: (self.hidden[id], id))
        name = "" if voice is None else voice
        return Row(
            id=identify("statement", name, str(wording.negative), *wording.keys),
            voice=voice,
            type=self.statements[lead].type,
            cue_class=_usual([one.statement.cue_class for one in told], CLASSES.index) or "say",
            told=tuple(told),
            differences=self._differences(order),
        )

    def _told(self, at: int, ids: Sequence[str]) -> Told:
        item = self.items[at]
        return Told(item.version, self.statements[at], None if item.voice is None else ids[item.voice])

    def _differences(self, order: Sequence[int]) -> tuple[Difference, ...]:
        tellings = [
            Telling(self.items[at].version, self.statements[at], self.items[at].wording, self.items[at].voice)
            for at in order
        ]
        return differences(tellings, self.versions, self.readers, self.voices, self.one_origin)


def _fullest(item: Item) -> tuple[int, int, tuple[str, ...], bool]:
    return -len(item.wording.quoted), -len(item.wording.words), item.wording.keys, item.wording.negative


def _usual(values: Iterable[Value], rank: Callable[[Value], Any]) -> Value | None:
    """What occurs most often, the lowest by rank of several; None where there is nothing."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], rank(value)), default=None)


__all__ = ["Difference", "Ledger", "Mention", "Row", "Told", "Voice", "ledger"]
