"""Which documents share fingerprints, part by part, plainly: the truth that ``parting_compiled`` has to equal.

It says what ``matching`` says, but from some of the fingerprints at a time, by their hash, and then from those of some
documents. What is named by windows are stretches of documents in an order.
"""

# ruff: noqa: PLR0913, PLR0917
# Both twins are handed their arrays one by one.

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from retold.kernels.arrays import ranges
from retold.kernels.measures import DOCUMENT_BITS, DOCUMENT_MASK, FEWEST, NEAR, REPRESENTATIVES

if TYPE_CHECKING:
    from retold.kernels.arrays import Array

LOW = (1 << 32) - 1


def renumber(keys: Array, numbers: Array) -> None:
    """Give the documents of fingerprints other numbers."""
    for place, key in enumerate(keys.tolist()):
        keys[place] = key - (key & DOCUMENT_MASK) + int(numbers[key & DOCUMENT_MASK])


def runs(keys: Array, totals: Array) -> tuple[Array, Array, Array]:
    """Return from sorted fingerprints those that several documents have: hashes, where each one's begin, and these.

    To ``totals`` is added how many fingerprints each document has.
    """
    import numpy as np

    found: list[tuple[int, list[int]]] = []
    for hash_, same in groupby(sorted(set(keys.tolist())), key=lambda key: key >> DOCUMENT_BITS):
        documents = [key & DOCUMENT_MASK for key in same]
        totals[documents] += 1
        if len(documents) > 1:
            found.append((hash_, documents))
    return (
        np.array([hash_ for hash_, _ in found], np.uint64),
        np.cumsum([0, *(len(documents) for _, documents in found)]),
        np.array([document for _, documents in found for document in documents], np.uint32),
    )


def spread(firsts: Array, members: Array, sent: Array, of: Array, windows: int) -> tuple[Array, Array, Array, Array]:
    """Return for each window the fingerprints that its documents have, each with all of its documents.

    Those that are not to be ``sent`` are left out. ``of`` says in which window a document is; above its number it may
    carry a mark. The first array says where the fingerprints of a window begin in the second; the third where their
    documents begin in the fourth.
    """
    import numpy as np

    run = np.repeat(np.arange(len(firsts) - 1), np.diff(firsts))
    here = sent[run]
    codes = np.unique((of[members[here] & DOCUMENT_MASK].astype(np.int64) << 32) | run[here])
    starts, found = np.searchsorted(codes >> 32, np.arange(windows + 1)), codes & LOW
    sizes = np.diff(firsts)[found]
    ends = np.concatenate(([0], np.cumsum(sizes)))
    return starts, found.astype(np.uint32), ends[starts], members[ranges(firsts[found], sizes)]


def owned(
    firsts: Array, members: Array, documents: Array, runs: Array, rank: Array, low: int, high: int
) -> tuple[Array, Array]:
    """Return the fingerprints of each document whose rank is from ``low`` on, up to ``high``, in their own order.

    To those with all their documents come ``runs``, each with one of the ``documents``. The first array says where a
    document's begin in the second.
    """
    import numpy as np

    every = np.append(members & DOCUMENT_MASK, documents)
    run = np.append(np.repeat(np.arange(len(firsts) - 1), np.diff(firsts)), runs.astype(np.int64))
    here = (rank[every] >= low) & (rank[every] < high)
    codes = np.sort(((rank[every[here]].astype(np.int64) - low) << 32) | run[here])
    return np.searchsorted(codes >> 32, np.arange(high - low + 1)), (codes & LOW).astype(np.uint32)


def settle(
    order: Array,
    own_firsts: Array,
    own: Array,
    firsts: Array,
    members: Array,
    totals: Array,
    groups: Array,
    spoken: Array,
    speakers: Array,
    counts: Array,
) -> None:
    """Give each of some documents, the fullest first, the one that speaks for its story, and mark those that do.

    ``own`` are their fingerprints: below the last of ``firsts`` those with few documents, which are all in ``members``,
    above it the others; of each of these the first speakers are kept in ``speakers``, as many as ``counts`` says.
    """
    few = len(firsts) - 1
    for place, document in enumerate(order.tolist()):
        shared: Counter[int] = Counter()
        for run in own[own_firsts[place] : own_firsts[place + 1]].tolist():
            some = members[firsts[run] : firsts[run + 1]] if run < few else speakers[run - few, : counts[run - few]]
            shared.update(other for other in some.tolist() if spoken[other])
        near = [
            (-found, other)
            for other, found in shared.items()
            if found >= FEWEST and found * NEAR >= min(totals[document], totals[other])
        ]
        groups[document] = min(near)[1] if near else document
        if not near:
            spoken[document] = 1
            _speak(
                document,
                [run - few for run in own[own_firsts[place] : own_firsts[place + 1]].tolist()],
                speakers,
                counts,
            )


def _speak(document: int, crowds: list[int], speakers: Array, counts: Array) -> None:
    """Add a document to the speakers of the fingerprints that many have, where there is room."""
    for crowd in crowds:
        if crowd >= 0 and counts[crowd] < REPRESENTATIVES:
            speakers[crowd, counts[crowd]] = document
            counts[crowd] += 1
