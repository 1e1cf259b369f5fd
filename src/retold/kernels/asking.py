"""Which of many documents may share text with a new one, plainly: the truth that ``asking_compiled`` has to equal.

It is what ``matching`` would say if the new one came last. Stories stand as they are, and the new one joins its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retold.kernels.arrays import Pairs, ranges
from retold.kernels.carrying import in_rows, medians
from retold.kernels.measures import (
    ALL_LINKED,
    CROWD,
    DOCUMENT_BITS,
    DOCUMENT_MASK,
    FEWEST,
    FIRST,
    NEAR,
    ONE,
    REPRESENTATIVES,
)

if TYPE_CHECKING:
    from retold.kernels.arrays import Alignments, Array, Matches, Words

DIRECTORY_BITS = 20  # of a hash: where its fingerprints begin is looked up, and the last few are counted off


@dataclass(frozen=True, slots=True)
class Stock:
    """The fingerprints of many documents, as a new one is held against them.

    ``keys`` are sorted, each document's once; those whose hash begins with b stand from ``directory[b]`` on.
    ``stories`` counts for each key those that have its fingerprint.
    """

    keys: Array  # u64
    directory: Array  # i64
    groups: Array  # u32
    totals: Array  # i32
    stories: Array  # i32


def stock(keys: Array, found: Matches) -> Stock:
    """Return sorted fingerprints and what was found in them, made ready for questions."""
    import numpy as np

    kept = np.ones(len(keys), bool)
    kept[1:] = keys[1:] != keys[:-1]
    keys = keys[kept]
    marks = np.arange((1 << DIRECTORY_BITS) + 1, dtype=np.uint64) << np.uint64(64 - DIRECTORY_BITS)
    directory = np.append(np.searchsorted(keys, marks[:-1]), len(keys))
    hashes = keys >> np.uint64(DOCUMENT_BITS)
    firsts = np.flatnonzero(np.diff(hashes, prepend=~hashes[:1]))
    sizes = np.diff(firsts, append=len(keys))
    stories = np.ones(len(firsts), np.int32)
    stories[sizes > 1] = found.stories[np.argsort(found.hashes)]
    return Stock(keys, directory, found.groups, found.totals, np.repeat(stories, sizes))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a new document: the pairs it may make, its story, and those that become one with it.

    The latter, ``merged``, are all that are near where the new document is the fullest; else the one that it joins.
    """

    pairs: Pairs
    story: int
    merged: Array


@dataclass(frozen=True, slots=True)
class Desk:
    """Where questions about a stock are answered."""

    held: Stock

    def ask(self, keys: Array) -> Answer:
        """Return the documents that may share text with the one of these fingerprints, which gets the next number."""
        return asked(self.held, keys)

    def stories(self, answer: Answer, keys: Array, words: Words, made: Alignments) -> Array:
        """Return for each step of the pairs of an answer how many stories carry its words, with the new document's.

        ``keys`` are those that were asked for, and ``words`` those of the documents.
        """
        import numpy as np

        lows = answer.pairs.lows
        first, sizes = words.key_firsts[lows], words.key_ends[lows] - words.key_firsts[lows]
        counts = carried(self.held, answer, keys, words.keys[ranges(first, sizes)])
        return medians(in_rows(counts, np.concatenate(([0], np.cumsum(sizes)))), np.arange(len(lows)), made)


def asked(held: Stock, keys: Array) -> Answer:
    """Return what a desk answers."""
    import numpy as np

    number = len(held.totals)
    runs = [documents_of(held, found) for found in sorted({key >> DOCUMENT_BITS for key in keys.tolist()})]
    story, merged = joined(held, runs)
    scores: defaultdict[int, int] = defaultdict(int)
    hits: Counter[int] = Counter()
    for documents in filter(None, runs):
        groups = [story if held.groups[one] in merged else int(held.groups[one]) for one in documents]
        crowd = len({*groups, story})
        if crowd > CROWD + 1:
            continue
        for one in linked(documents, groups, story):
            scores[one] += ONE // max(1, crowd - 1)
            hits[one] += 1
    kept = sorted(one for one, score in scores.items() if score >= ONE)
    pairs = Pairs(
        np.array(kept, np.uint32), np.full(len(kept), number, np.uint32),
        np.array([scores[one] for one in kept], np.int64), np.array([hits[one] for one in kept], np.int32),
    )  # fmt: skip
    return Answer(pairs, story, np.array(sorted(merged), np.int64))


def carried(held: Stock, answer: Answer, keys: Array, others: Array) -> Array:
    """Return for each fingerprint of other documents how many stories have it, with the new document among them.

    It is 0 where no second document has it.
    """
    import numpy as np

    own = {key >> DOCUMENT_BITS for key in keys.tolist()}
    merged = set(answer.merged.tolist())
    counts = []
    for found in (others >> np.uint64(DOCUMENT_BITS)).tolist():
        documents = documents_of(held, found)
        groups = {answer.story if held.groups[one] in merged else int(held.groups[one]) for one in documents}
        if found in own:
            counts.append(len(groups | {answer.story}))
        else:
            counts.append(len(groups) if len(documents) > 1 else 0)
    return np.array(counts, np.int32)


def documents_of(held: Stock, found: int) -> list[int]:
    """Return the documents that have a fingerprint."""
    import numpy as np

    marks = np.array([found << DOCUMENT_BITS, (found << DOCUMENT_BITS) | DOCUMENT_MASK], np.uint64)
    low, high = np.searchsorted(held.keys, marks).tolist()
    return [key & DOCUMENT_MASK for key in held.keys[low:high].tolist()]


def joined(held: Stock, runs: list[list[int]]) -> tuple[int, set[int]]:
    """Return the story of a new document, and the stories that become one through it.

    It joins the nearest text that is fuller; where it is the fuller one, those near it join it.
    """
    number, total = len(held.totals), len(runs)
    shared: Counter[int] = Counter()
    for documents in runs:
        shared.update([one for one in documents if held.groups[one] == one][:REPRESENTATIVES])
    near = [
        (one, found)
        for one, found in shared.items()
        if found >= FEWEST and found * NEAR >= min(total, int(held.totals[one]))
    ]
    fuller = [(-found, one) for one, found in near if held.totals[one] >= total]
    if fuller:
        return min(fuller)[1], {min(fuller)[1]}
    return number, {one for one, _ in near}


def linked(documents: list[int], groups: list[int], story: int) -> Iterator[int]:
    """Yield the documents of a fingerprint with which the new one makes a pair."""
    seen = Counter(groups)
    every = len(documents) + 1 <= ALL_LINKED or seen[story] < FIRST
    first: Counter[int] = Counter()
    for one, group in zip(documents, groups, strict=True):
        first[group] += 1
        if every or first[group] <= FIRST:
            yield one
