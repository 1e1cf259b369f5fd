"""Copies, origins and lineage brought up to date, family by family: only those of which something has changed.

The outcome rests in the archive with a digest of all that it was judged from. It does not depend on when the articles
came, or with which others: what stands is what judging all anew would give.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from retold.archive.copying import Sharing
from retold.archive.derived import Article, Task, judged, write
from retold.archive.workers import Workers
from retold.copies.candidates import together
from retold.copies.components import only, roots_of
from retold.model.version import __version__
from retold.store.store import Store

if TYPE_CHECKING:
    from retold.copies.passages import Shared
    from retold.kernels.arrays import Array

MANY = 20_000  # articles and pairs that are looked at together, and written in one transaction
TOGETHER = 16  # articles that are handed over at once where their families are small
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Family:
    """Places of articles that share passages, in order, and the digest of all that they are judged from."""

    places: Array
    digest: bytes
    pairs: Array


def derive(store: Store, run: int, sharing: Sharing, *, team: Workers, progress: Progress | None) -> int:
    """Judge the families of which something has changed, and return how many rows were written."""
    walk = Walk(store, sharing, progress)
    written = 0
    for _, made in groupby(team.map(judged, walk.tasks()), attrgetter("batch")):
        rows = list(made)
        with store.transaction():
            written += write(store, rows, run)
    return written


class Walk:
    """A walk along all families of an archive, batch by batch."""

    def __init__(self, store: Store, sharing: Sharing, progress: Progress | None) -> None:
        import numpy as np

        self._store, self._sharing, self._progress = store, sharing, progress
        self._ids: list[str] = []
        self._digests: list[bytes] = []
        self._before: list[bytes | None] = []
        for row in store.ask("articles_to_judge"):
            self._ids.append(row[0])
            told = row[:-1] if row[-2] else row[:-2]  # of what nobody corrected, nothing is said of corrections
            self._digests.append(sha256(repr(told).encode("utf-8", "surrogatepass")).digest()[:16])
            self._before.append(row[-1])
        count, (lows, highs) = len(self._ids), sharing.ends
        self._family = roots_of(count, lows, highs)
        # What is written together holds whole families, those of before too: nobody sees half of an origin.
        places, former = np.arange(count), _firsts(self._before)
        self._group = roots_of(count, np.concatenate((lows, places)), np.concatenate((highs, former)))
        self._order = np.lexsort((self._family, self._group))
        self._rank = np.empty(count, np.int64)  # of each article's family, in that order
        self._rank[self._order] = np.cumsum(np.diff(self._family[self._order], prepend=-1) != 0)

    def tasks(self) -> Iterator[Task]:
        """Yield what is to be judged."""
        done = 0
        for batch, (places, pairs) in enumerate(self._batches()):
            shared, data = self._shared(pairs)
            changed = [family for family in self._families(places, pairs, shared, data) if not self._stands(family)]
            yield from self._tasks(batch, shared, changed)
            done += len(places)
            if self._progress:
                self._progress("tracing origins", done, len(self._ids))

    def _batches(self) -> Iterator[tuple[Array, Array]]:
        """Whole groups of families: the places of their articles and the numbers of their pairs, family by family."""
        import numpy as np

        count, (lows, highs) = len(self._ids), self._sharing.ends
        articles, pairs = self._order, np.lexsort((lows, highs, self._rank[lows]))
        sizes = np.bincount(self._group, minlength=count) + np.bincount(self._group[lows], minlength=count)
        batch = (np.cumsum(sizes) - sizes) // MANY
        yield from _together(articles, batch[self._group[articles]], pairs, batch[self._group[lows[pairs]]])

    def _shared(self, pairs: Array) -> tuple[Shared, list[bytes]]:
        """What pairs share, and the same packed."""
        some = self._sharing.some(pairs)
        numbers = [some.numbers[side].tolist() for side in some.ends]
        wanted = json.dumps(list(zip(*numbers, strict=True)))
        data = [each for (each,) in self._store.ask("alignments_of_pairs", pairs=wanted)]
        return together(some.held, some.found, data), data

    def _families(self, places: Array, pairs: Array, shared: Shared, data: Sequence[bytes]) -> Iterator[Family]:
        """The families of a batch."""
        import numpy as np

        left, right = shared.pairs["left"], shared.pairs["right"]
        numbers = np.stack((self._sharing.numbers[left], self._sharing.numbers[right]), 1)
        for own, some in _together(places, self._rank[places], np.arange(len(left)), self._rank[left]):
            digest = sha256(__version__.encode())
            for place in own.tolist():
                digest.update(self._digests[place])
            if len(some):
                first, last = int(some[0]), int(some[-1]) + 1
                digest.update(b"".join(data[first:last]))
                digest.update(numbers[first:last].tobytes())
            yield Family(own, digest.digest()[:16], some)

    def _stands(self, family: Family) -> bool:
        """Whether a family was judged from the very same."""
        return all(self._before[place] == family.digest for place in family.places.tolist())

    def _tasks(self, batch: int, shared: Shared, families: Sequence[Family]) -> Iterator[Task]:
        """Small families together, large ones alone."""
        some: list[Family] = []
        size = 0
        for family in families:
            some.append(family)
            size += len(family.places)
            if size >= TOGETHER:
                yield self._task(batch, shared, some)
                some, size = [], 0
        if some:
            yield self._task(batch, shared, some)

    def _task(self, batch: int, shared: Shared, families: Sequence[Family]) -> Task:
        import numpy as np

        digests = {place: family.digest for family in families for place in family.places.tolist()}
        places = sorted(digests)
        articles = [Article(self._ids[place], int(self._sharing.numbers[place]), digests[place]) for place in places]
        wanted = json.dumps([article.number for article in articles])
        texts = {row[0]: row[1:] for row in self._store.ask("texts_to_judge", numbers=wanted)}
        pairs = np.concatenate([family.pairs for family in families])
        order = np.lexsort((shared.pairs["left"][pairs], shared.pairs["right"][pairs]))
        numbers = np.empty(places[-1] + 1, np.int64)
        numbers[places] = np.arange(len(places))
        own = only(shared, pairs[order], numbers)
        return Task(batch, tuple(articles), tuple([texts[article.number] for article in articles]), own)


def _firsts(marks: Sequence[bytes | None]) -> Array:
    """For each the place of the first one with the same mark; its own where it has none."""
    import numpy as np

    first: dict[bytes, int] = {}
    return np.array(
        [place if mark is None else first.setdefault(mark, place) for place, mark in enumerate(marks)], np.int64
    )


def _together(places: Array, marks: Array, pairs: Array, pair_marks: Array) -> Iterator[tuple[Array, Array]]:
    """Yield the places and the pairs of each mark; the marks of both ascend, and no pair has one that no place has."""
    import numpy as np

    edges = np.flatnonzero(np.diff(marks)) + 1
    some = np.split(pairs, np.searchsorted(pair_marks, marks[edges])) if len(places) else []
    yield from zip(np.split(places, edges), some, strict=False)
