"""What articles share, brought up to date: only new texts are read, and only new pairs are aligned.

Who may share passages with whom is asked of all articles each time, from their fingerprints. What two texts share is a
matter of these two alone, and rests in the archive.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from retold.archive.workers import Workers
from retold.copies.candidates import Candidates, aligned, candidates
from retold.copies.components import roots_of
from retold.copies.packing import HEAD
from retold.copies.partitions import remembered
from retold.copies.prints import Prints, prints
from retold.kernels.arrays import Pairs, joined, none
from retold.model.version import __version__
from retold.store.store import Store

if TYPE_CHECKING:
    from retold.kernels.arrays import Array

READ = 16 << 20  # characters of text in memory at once
PART = 1 << 14  # texts whose fingerprints are handed on at once
ASKED = 256  # texts asked for at once
LETTERS = 6  # characters of a word with what is around it, about
PAIR = 100  # words; so much a pair weighs beside its texts, for its passages are held too
HALF = 32  # bits: the numbers of two versions as one number
SHARED_NOTHING = 1 + 2 * HEAD  # bytes of a pair without passages: its format, and that it has none
COLUMNS = ("lows", "highs", "scores", "hits")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Sharing:
    """The pairs of articles that may share passages, by the articles' places in the order of ids.

    ``numbers`` and ``held``: of each article the number of its newest version, and the fingerprints of this.
    """

    numbers: Array
    held: Prints
    found: Candidates

    @property
    def ends(self) -> tuple[Array, Array]:
        """Both articles of each pair, the lower one first."""
        return self.found.pairs.lows.astype("i8"), self.found.pairs.highs.astype("i8")

    @property
    def keys(self) -> Array:
        """The two versions of each pair as one number."""
        lows, highs = self.ends
        found: Array = (self.numbers[lows] << HALF) | self.numbers[highs]
        return found

    def some(self, pairs: Array) -> Sharing:
        """The same with some of the pairs, in this order."""
        kept = Pairs(*(getattr(self.found.pairs, name)[pairs] for name in COLUMNS))
        return replace(self, found=replace(self.found, pairs=kept))


def bring_up_to_date(
    store: Store, run: int, *, team: Workers, memory: int | None = None, progress: Progress | None = None
) -> tuple[Sharing, int]:
    """Return who shares passages with whom, and how many rows had to be written for it: what is known stands."""
    import numpy as np

    with store.transaction():
        for statement in OUTDATED:
            store.do(statement, version=__version__)
    read = _read(store, run, threads=team.count, progress=progress)
    sharing = _sharing(store, memory)
    _forget(store, sharing)
    new = sharing.some(np.flatnonzero(~np.isin(sharing.keys, _keys(store, "1"))))
    _align(store, new, run, threads=team.count, progress=progress)
    share = np.isin(sharing.keys, _keys(store, f"LENGTH(data) > {SHARED_NOTHING}"))
    return sharing.some(np.flatnonzero(share)), read + len(new.found)


OUTDATED = (
    "DELETE FROM fingerprints WHERE version NOT IN (SELECT current FROM articles)",
    "DELETE FROM fingerprints WHERE run IN (SELECT run FROM runs WHERE retold <> :version)",
    "DELETE FROM alignments WHERE run IN (SELECT run FROM runs WHERE retold <> :version)",
)
"""What takes away the fingerprints of texts that are not the newest, and what another version of Retold has made."""


def _sharing(store: Store, memory: int | None) -> Sharing:
    """Who may share passages with whom, from the fingerprints of all articles; with ``memory`` in parts, on disk."""
    import numpy as np

    if memory is not None:
        return _in_parts(store, memory)
    rows = list(store.ask(FINGERPRINTS))
    held = Prints.unpack([data for _, data in rows])
    return Sharing(np.array([number for number, _ in rows], np.int64), held, candidates(held))


FINGERPRINTS = (
    "SELECT fingerprints.version, fingerprints.data FROM articles "
    "JOIN fingerprints ON fingerprints.version = articles.current ORDER BY articles.id"
)


def _in_parts(store: Store, memory: int) -> Sharing:
    """The same from parts of the fingerprints; of these, only the number of words of each text is kept."""
    import numpy as np

    numbers, words = [np.empty(0, np.int64)], [np.empty(0, np.int64)]

    def parts() -> Iterator[Prints]:
        rows = store.ask(FINGERPRINTS)
        while some := list(islice(rows, PART)):
            held = Prints.unpack([data for _, data in some])
            numbers.append(np.array([number for number, _ in some], np.int64))
            words.append(held.words)
            yield held

    with remembered(parts(), memory=memory) as known:
        pairs = joined([none(), *known.pairs()])
    counted = np.concatenate(words)
    bare = Prints(np.empty(0, np.uint64), np.zeros(len(counted) + 1, np.int64), counted)
    return Sharing(np.concatenate(numbers), bare, Candidates(pairs, None, "compiled"))


def _forget(store: Store, sharing: Sharing) -> None:
    """Take away the alignments of pairs that are no more."""
    import numpy as np

    gone = np.setdiff1d(_keys(store, "1"), sharing.keys)
    with store.transaction():
        rows = zip((gone >> HALF).tolist(), (gone & ((1 << HALF) - 1)).tolist(), strict=True)
        store.do("DELETE FROM alignments WHERE version = ? AND other = ?", rows)


def _keys(store: Store, wanted: str) -> Array:
    """The pairs that were aligned, as numbers."""
    import numpy as np

    rows = store.ask(f"SELECT (version << {HALF}) | other FROM alignments WHERE {wanted}")
    return np.fromiter((key for (key,) in rows), np.int64)


def _read(store: Store, run: int, *, threads: int, progress: Progress | None) -> int:
    """Take the fingerprints of texts that have none, and return of how many."""
    question = "SELECT current FROM articles WHERE current NOT IN (SELECT version FROM fingerprints) ORDER BY current"
    unread = [number for (number,) in store.ask(question)]
    done = 0
    for texts in _full(_texts(store, unread)):
        made = prints(list(texts.values()), threads=threads).pack()
        with store.transaction():
            store.put("fingerprints", [(number, data, run) for number, data in zip(texts, made, strict=True)])
        done += len(texts)
        if progress:
            progress("looking for copies", done, len(unread))
    return done


def _texts(store: Store, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The texts of versions."""
    question = (
        "SELECT versions.number, versions.text FROM json_each(:numbers) AS wanted "
        "JOIN versions ON versions.number = wanted.value"
    )
    for first in range(0, len(numbers), ASKED):
        yield from list(store.ask(question, numbers=json.dumps(numbers[first : first + ASKED])))


def _full(texts: Iterable[tuple[int, str]]) -> Iterator[dict[int, str]]:
    """Texts, as many at once as may be in memory."""
    some: dict[int, str] = {}
    size = 0
    for number, text in texts:
        some[number] = text
        size += len(text)
        if size >= READ:
            yield some
            some, size = {}, 0
    if some:
        yield some


def _align(store: Store, sharing: Sharing, run: int, *, threads: int, progress: Progress | None) -> None:
    """Align pairs, those of articles that hang together one after the other: each text is read about once."""
    done = 0
    for pairs in _batches(sharing):
        lows, highs = pairs.ends
        numbers = pairs.numbers
        places = sorted({*lows.tolist(), *highs.tolist()})
        texts = dict(_texts(store, numbers[places].tolist()))
        of_place = {place: texts[number] for place, number in zip(places, numbers[places].tolist(), strict=True)}
        made = list(aligned(of_place, lows, highs, threads=threads))
        rows = zip(numbers[lows].tolist(), numbers[highs].tolist(), made, [run] * len(made), strict=True)
        with store.transaction():
            store.put("alignments", rows)
        done += len(made)
        if progress:
            progress("aligning copies", done, len(sharing.found))


def _batches(sharing: Sharing) -> Iterator[Sharing]:
    """Pairs, as many at once as may be in memory with their texts."""
    import numpy as np

    lows, highs = sharing.ends
    roots = roots_of(len(sharing.numbers), lows, highs)
    order = np.lexsort((highs, lows, roots[lows]))
    ends = np.stack((lows[order], highs[order]), 1).ravel()
    places, firsts = np.unique(ends, return_index=True)
    weights = np.full(len(order), PAIR)
    np.add.at(weights, firsts // 2, sharing.held.words[places])
    batch = np.cumsum(weights) * LETTERS // READ
    for some in np.split(order, np.flatnonzero(np.diff(batch)) + 1):
        if len(some):
            yield sharing.some(some)
