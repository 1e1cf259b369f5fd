"""How many stories carry the words that two texts share, compiled. The truth is ``carrying``."""

# mypy: allow-untyped-defs, allow-untyped-calls, allow-untyped-decorators, disable-error-code=assignment
# ruff: noqa: PLR0913, PLR0917
# numba finds the types of kernels by itself, and kernels are handed their arrays one by one.

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retold.kernels.arrays import Carried
from retold.kernels.compiling import compiled
from retold.kernels.measures import DOCUMENT_BITS, DOCUMENT_MASK

if TYPE_CHECKING:
    from retold.kernels.arrays import Alignments, Array, Matches

SMALL = 32  # numbers of stories below which they are counted off

_ONE, _BITS, _MASK = np.uint64(1), np.uint64(DOCUMENT_BITS), np.uint64(DOCUMENT_MASK)
_HIGH = np.uint64((1 << 64) - 1 - DOCUMENT_MASK)


@compiled
def look_up(documents, keys, key_firsts, key_ends, own_firsts, own, hashes, stories, table, firsts, rows):
    """Fill for each fingerprint of documents how many stories have it, from a table of those that each shares.

    An entry of the table is the hash, and in the bits of the document the number of stories.
    """
    for number in range(len(documents)):
        document = documents[number]
        low, high = own_firsts[document], own_firsts[document + 1]
        size = 8
        while size < 8 * (high - low):
            size *= 2
        mask = np.uint64(size - 1)
        table[:size] = 0
        for place in range(low, high):
            run = own[place]
            slot = hashes[run] & mask
            while table[slot] != 0:
                slot = (slot + _ONE) & mask
            table[slot] = (hashes[run] << _BITS) | np.uint64(stories[run])
        row, last, place = 0, np.int64(0), firsts[number + 1]
        for key in range(key_ends[document] - 1, key_firsts[document] - 1, -1):
            found = keys[key] & _HIGH
            slot = (keys[key] >> _BITS) & mask
            while table[slot] != 0 and table[slot] & _HIGH != found:
                slot = (slot + _ONE) & mask
            count = np.int64(table[slot] & _MASK)
            row = row + 1 if count == last else 1
            last = count
            place -= 1
            rows[place, 0], rows[place, 1] = count, row


@compiled
def fill(rows, firsts, lefts, passages, steps, small, room, stories):
    """Fill the median of each step."""
    for passage in range(len(passages)):
        first = firsts[lefts[passages[passage, 0]]]
        end = passages[passage + 1, 7] if passage + 1 < len(passages) else len(steps)
        for step in range(passages[passage, 7], end):
            count = np.int64(steps[step, 6])
            if count > 0:
                place = first + steps[step, 5]
                same = rows[np.uint64(place), 1] >= count
                stories[step] = rows[np.uint64(place), 0] if same else median(rows, place, place + count, small, room)


@compiled
def median(rows, place, end, small, room):
    """The lower median of the numbers above 0 of fingerprints; 0 where none is.

    Small numbers are counted off, for most are 1 or 2; the others are sorted, where it comes to that.
    """
    small[:] = 0
    found, total = 0, 0
    while place < end:
        number, size = np.int64(rows[np.uint64(place), 0]), min(np.int64(rows[np.uint64(place), 1]), end - place)
        if 0 < number < len(small):
            small[np.uint64(number)] += size
        elif number > 0:
            room[found] = (number << 32) | size
            found += 1
        total += size if number > 0 else 0
        place += size
    if total == 0:
        return 0
    seen = 0
    for number in range(1, len(small)):
        seen += small[number]
        if 2 * seen >= total:
            return number
    room[:found].sort()
    at = 0
    while True:
        seen += room[at] & 0xFFFFFFFF
        if 2 * seen >= total:
            return room[at] >> 32
        at += 1


def carried(found: Matches, documents: Array, keys: Array, firsts: Array, ends: Array) -> Carried:
    """Return in how many stories the kept fingerprints of some documents are; document i has ``firsts[i]:ends[i]``."""
    rooms = np.concatenate(([0], np.cumsum(ends[documents] - firsts[documents], dtype=np.int64)))
    most = int((found.own_firsts[documents + 1] - found.own_firsts[documents]).max(initial=0))
    rows = np.empty((int(rooms[-1]), 2), np.int32)
    look_up(
        documents, keys, firsts, ends, found.own_firsts, found.own, found.hashes, found.stories,
        np.empty(16 * most + 8, np.uint64), rooms, rows,
    )  # fmt: skip
    return Carried(rows, rooms)


def medians(held: Carried, lefts: Array, made: Alignments) -> Array:
    """Return for each step how many stories carry its words, from the numbers of the left side's fingerprints."""
    stories = np.zeros(len(made.steps), np.int32)
    small, room = np.empty(SMALL, np.int64), np.empty(int(made.steps[:, 6].max(initial=0)), np.int64)
    fill(held.rows, held.firsts, lefts, made.passages, made.steps, small, room, stories)
    return stories
