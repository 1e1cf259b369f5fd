"""How many stories carry the words that two texts share, plainly: the truth that ``carrying_compiled`` has to equal."""

from __future__ import annotations

from itertools import groupby
from statistics import median_low
from typing import TYPE_CHECKING

from retold.kernels.arrays import Carried
from retold.kernels.measures import DOCUMENT_BITS

if TYPE_CHECKING:
    from retold.kernels.arrays import Alignments, Array, Matches


def carried(found: Matches, documents: Array, keys: Array, firsts: Array, ends: Array) -> Carried:
    """Return in how many stories the kept fingerprints of some documents are; document i has ``firsts[i]:ends[i]``."""
    import numpy as np

    stories = dict(zip(found.hashes.tolist(), found.stories.tolist(), strict=True))
    hashes = [(keys[firsts[one] : ends[one]] >> np.uint64(DOCUMENT_BITS)).tolist() for one in documents.tolist()]
    counts = [stories.get(found_, 0) for own in hashes for found_ in own]
    return in_rows(np.array(counts, np.int32), np.cumsum([0, *map(len, hashes)]))


def in_rows(counts: Array, firsts: Array) -> Carried:
    """Return the numbers of stories of documents' fingerprints, with how many in a row are the same."""
    import numpy as np

    rows = []
    for first, end in zip(firsts[:-1].tolist(), firsts[1:].tolist(), strict=True):
        for count, same in groupby(counts[first:end].tolist()):
            size = len(list(same))
            rows += [(count, left) for left in range(size, 0, -1)]
    return Carried(np.array(rows, np.int32).reshape(-1, 2), firsts)


def medians(held: Carried, lefts: Array, made: Alignments) -> Array:
    """Return for each step how many stories carry its words: 0 where it is no equal one, or nothing in it is counted.

    It is the median, of two the lower one, of the numbers above 0 of the left side's fingerprints that lie within.
    ``lefts`` says for each pair which of the documents is on its left.
    """
    import numpy as np

    stories = np.zeros(len(made.steps), np.int32)
    ends = np.append(made.passages[1:, 7], len(made.steps))[: len(made.passages)]
    for passage, end in zip(made.passages.tolist(), ends.tolist(), strict=True):
        first = int(held.firsts[lefts[passage[0]]])
        for step in range(passage[7], end):
            place, count = made.steps[step, 5:].tolist()
            counts = held.rows[first + place : first + place + count, 0].tolist()
            stories[step] = median_low([one for one in counts if one] or [0])
    return stories
