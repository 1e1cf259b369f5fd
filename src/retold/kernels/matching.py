"""Which documents share fingerprints, plainly: the truth that ``matching_compiled`` has to equal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from retold.kernels.arrays import Matches, Pairs
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
    from retold.kernels.arrays import Array


def matches(keys: Array, count: int) -> Matches:
    """Return what so many documents share, from their sorted fingerprints."""
    import numpy as np

    totals = [0] * count
    found_runs: list[tuple[int, int, list[int]]] = []
    for found, same in groupby(sorted(set(keys.tolist())), key=lambda key: key >> DOCUMENT_BITS):
        documents = [key & DOCUMENT_MASK for key in same]
        for document in documents:
            totals[document] += 1
        if len(documents) > 1:
            found_runs.append((documents[0], found, documents))
    hashes = [found for _, found, _ in sorted(found_runs)]
    runs = [documents for _, _, documents in sorted(found_runs)]
    own = turned(runs, count)
    groups = np.array(grouped(runs, own, totals), np.uint32)
    firsts = np.cumsum([0, *map(len, runs)])
    members = np.array([document for documents in runs for document in documents], np.uint32)
    return Matches(
        np.array(hashes, np.uint64), firsts, members, np.cumsum([0, *map(len, own)]),
        np.array([run for mine in own for run in mine], np.uint32), np.array(totals, np.int32), groups,
        *crowd(firsts, members, groups),
    )  # fmt: skip


def turned(runs: list[list[int]], count: int) -> list[list[int]]:
    """Return for each document the fingerprints that it shares."""
    own: list[list[int]] = [[] for _ in range(count)]
    for run, members in enumerate(runs):
        for document in members:
            own[document].append(run)
    return own


def grouped(runs: list[list[int]], own: list[list[int]], totals: list[int]) -> list[int]:
    """Return for each document the one that speaks for its story: itself, where none before it is near.

    The fullest come first. A text is near another that speaks where one fingerprint in NEAR of the shorter's is shared;
    it joins the one with which it shares most. Those that joined speak for nobody, so that no chains come about.
    """
    groups = list(range(len(own)))
    speakers: list[list[int]] = [[] for _ in runs]
    for document in sorted(groups, key=lambda document: (-totals[document], document)):
        shared = Counter(other for run in own[document] for other in speakers[run])
        near = [
            (-found, other)
            for other, found in shared.items()
            if found >= FEWEST and found * NEAR >= min(totals[document], totals[other])
        ]
        groups[document] = min(near)[1] if near else document
        for run in own[document] if not near else ():
            if len(speakers[run]) < REPRESENTATIVES:
                speakers[run].append(document)
    return groups


def crowd(firsts: Array, members: Array, groups: Array) -> tuple[Array, Array]:
    """Return in how many stories each fingerprint is, and the members through which these are seen."""
    import numpy as np

    told = groups[members].tolist()
    runs = [told[low:high] for low, high in pairwise(firsts.tolist())]
    stories = [len(set(run)) for run in runs]
    linked = [mark for run, count in zip(runs, stories, strict=True) for mark in links(run, count)]
    return np.array(stories, np.int32), np.array(linked, np.uint8)


def links(told: list[int], stories: int) -> Iterator[bool]:
    """Yield for each document of a fingerprint, by its story, whether this is seen through it, where there are many."""
    seen: Counter[int] = Counter()
    for story in told:
        seen[story] += 1
        yield len(told) > ALL_LINKED and stories <= CROWD + 1 and seen[story] <= FIRST


def pairs(found: Matches, begin: int = 0, end: int | None = None) -> Pairs:
    """Return the documents that may share text: their common fingerprints together weigh as much as ONE.

    Of the higher ones those from ``begin`` on, up to ``end``.

    A fingerprint weighs the less the more stories have it: it is a phrase of everybody's. Under one that many documents
    have, those of a story are seen through its first ones, so that a thousand copies of a text make no million pairs.
    """
    import numpy as np

    scores: defaultdict[tuple[int, int], int] = defaultdict(int)
    hits: Counter[tuple[int, int]] = Counter()
    for run in range(len(found.stories)):
        weight = ONE // max(1, int(found.stories[run]) - 1)
        for high, low in _couples(found, run):
            scores[high, low] += weight
            hits[high, low] += 1
    last = len(found.totals) if end is None else end
    kept = sorted(pair for pair, score in scores.items() if score >= ONE and begin <= pair[0] < last)
    return Pairs(
        np.array([low for _, low in kept], np.uint32),
        np.array([high for high, _ in kept], np.uint32),
        np.array([scores[pair] for pair in kept], np.int64),
        np.array([hits[pair] for pair in kept], np.int32),
    )


def _couples(found: Matches, run: int) -> Iterator[tuple[int, int]]:
    """The pairs of documents that a fingerprint brings together."""
    if found.stories[run] > CROWD + 1:
        return
    place = slice(int(found.firsts[run]), int(found.firsts[run + 1]))
    members, linked = found.members[place].tolist(), found.linked[place].tolist()
    every = len(members) <= ALL_LINKED
    for number, high in enumerate(members):
        for low, mark in zip(members[:number], linked, strict=False):
            if every or mark or linked[number]:
                yield high, low
