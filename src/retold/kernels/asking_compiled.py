"""Which of many documents may share text with a new one, compiled. The truth is ``asking``."""

# mypy: allow-untyped-defs, allow-untyped-calls, allow-untyped-decorators, disable-error-code=assignment
# ruff: noqa: PLR0912, PLR0913, PLR0915, PLR0917
# numba finds the types of kernels by itself, and kernels are handed their arrays one by one.

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retold.kernels.arrays import Pairs
from retold.kernels.asking import DIRECTORY_BITS, Answer, Stock, stock
from retold.kernels.carrying_compiled import SMALL, median
from retold.kernels.compiling import compiled
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
    from retold.kernels.arrays import Alignments, Array, Words

__all__ = ["Desk", "stock"]

_BITS, _MASK, _TOP = np.uint64(DOCUMENT_BITS), np.uint64(DOCUMENT_MASK), np.uint64(64 - DIRECTORY_BITS)


@compiled
def find(keys, directory, found):
    """From where to where a fingerprint stands."""
    bucket = np.int64((found << _BITS) >> _TOP)
    low, high = directory[bucket], directory[bucket + 1]
    while low < high and keys[low] >> _BITS < found:
        low += 1
    end = low
    while end < high and keys[end] >> _BITS == found:
        end += 1
    return low, end


@compiled
def question(
    own, keys, directory, groups, totals, shared, score, met, stamp, seen, tick, lows, ends, scores, hits, near_ones
):
    """Fill the documents that may share text with the one of these sorted fingerprints.

    Return how many there are, how many fingerprints were asked for, the story, and how many stories become one with it.
    ``tick`` counts the fingerprints ever asked for, so that marks of earlier ones need not be wiped out.
    """
    number = len(totals)
    total, last, count = 0, np.uint64(0), 0
    for place in range(len(own)):
        found = own[place] >> _BITS
        if place > 0 and found == last:
            continue
        last = found
        low, end = find(keys, directory, found)
        lows[total], ends[total] = low, end
        total += 1
        spoken = 0
        for at in range(low, end):
            other = np.int64(keys[at] & _MASK)
            if groups[other] != other:
                continue
            if spoken == REPRESENTATIVES:
                break
            spoken += 1
            if shared[other] == 0:
                met[count] = other
                count += 1
            shared[other] += 1
    story, most = np.int64(-1), 0
    for place in range(count):
        other = np.int64(met[place])
        found_ = shared[other]
        near = found_ >= FEWEST and found_ * NEAR >= min(total, totals[other])
        if near and totals[other] >= total and (found_ > most or (found_ == most and other < story)):
            story, most = other, found_
    fuller = story >= 0
    if not fuller:
        story = number
    merged = 0  # of ``met``, those that join the new one come first
    for place in range(count):
        other = np.int64(met[place])
        found_ = shared[other]
        shared[other] = 0
        near = found_ >= FEWEST and found_ * NEAR >= min(total, totals[other])
        if near and not fuller:
            met[merged] = other
            merged += 1
    for place in range(merged):
        stamp[met[place]] = -1
    count = weigh(keys, groups, total, story, number, met, merged, shared, score, stamp, seen, tick, lows, ends)
    for place in range(merged):
        stamp[met[place]] = 0
        near_ones[place] = met[place]
    if fuller:
        near_ones[0], joined = story, 1
    else:
        joined = merged
    room = met[merged : merged + count]
    room.sort()
    kept = 0
    for place in range(count):
        other = room[place]
        if score[other] >= ONE:
            met[kept], scores[kept], hits[kept] = other, score[other], shared[other]
            kept += 1
        score[other], shared[other] = 0, 0
    return kept, total, story, joined


@compiled
def weigh(keys, groups, total, story, number, met, merged, shared, score, stamp, seen, tick, lows, ends):
    """Add up the weights of each document's fingerprints; return how many documents there are, behind ``merged``."""
    count = 0
    for run in range(total):
        low, end = lows[run], ends[run]
        if low == end:
            continue
        mark = tick + run + 1
        crowd, own = 1, 0
        for at in range(low, end):
            group = np.int64(groups[keys[at] & _MASK])
            if group == story or stamp[group] == -1:
                own += 1
            elif stamp[group] != mark:
                stamp[group] = mark
                seen[group] = 0
                crowd += 1
                if crowd > CROWD + 1:
                    break
        if crowd > CROWD + 1:
            continue
        weight = ONE // max(1, crowd - 1)
        every = end - low + 1 <= ALL_LINKED or own < FIRST
        own = 0
        for at in range(low, end):
            other = np.int64(keys[at] & _MASK)
            group = np.int64(groups[other])
            if group == story or stamp[group] == -1:
                own += 1
                first = own
            else:
                seen[group] += 1
                first = seen[group]
            if not every and first > FIRST:
                continue
            if shared[other] == 0:
                met[merged + count] = other
                count += 1
            shared[other] += 1
            score[other] += weight
    return count


@compiled
def tell(
    own, keys, directory, groups, stock, merged, stamp, firsts, words_keys, passages, steps, counted, rows, small, room,
    stories,
):  # fmt: skip
    """Fill for each step how many stories carry its words, the new document's among them.

    ``firsts`` says for each pair where the fingerprints of the left document begin; ``counted`` remembers, for each of
    the new document's, the number that was found.
    """
    for one in merged:
        stamp[one] = -1
    for passage in range(len(passages)):
        first = firsts[passages[passage, 0]]
        end = passages[passage + 1, 7] if passage + 1 < len(passages) else len(steps)
        for step in range(passages[passage, 7], end):
            size = np.int64(steps[step, 6])
            for place in range(size):
                found = words_keys[first + steps[step, 5] + place] >> _BITS
                at = np.searchsorted(own, found << _BITS)
                asked = at < len(own) and own[at] >> _BITS == found
                if not asked:
                    rows[place, 0] = count(found, asked, keys, directory, groups, stock, merged, stamp)
                else:
                    if counted[at] < 0:
                        counted[at] = count(found, asked, keys, directory, groups, stock, merged, stamp)
                    rows[place, 0] = counted[at]
                rows[place, 1] = 1
            if size > 0:
                stories[step] = median(rows, 0, size, small, room)
    for one in merged:
        stamp[one] = 0


@compiled
def count(found, asked, keys, directory, groups, stock, merged, stamp):
    """How many stories have a fingerprint, the new document's among them; 0 where no second document has it.

    What the stock says of it still holds, unless some of its stories have become one, or the new document has it too.
    """
    low, end = find(keys, directory, found)
    if not asked and end - low == 1:
        return 0
    there = 0
    if len(merged) > 1 or (asked and len(merged) == 1):
        for key in range(low, end):
            group = groups[keys[key] & _MASK]
            if stamp[group] == -1:
                stamp[group] = -2
                there += 1
                if there == len(merged):
                    break
        for one in merged:
            stamp[one] = -1
    return stock[low] - there + (asked or there > 0)


class Desk:
    """Room to answer questions about a stock, used again for each: it is no good for two threads at once."""

    def __init__(self, held: Stock) -> None:
        count = len(held.totals)
        self.held = held
        self.shared = np.zeros(count, np.int32)
        self.score = np.zeros(count, np.int64)
        self.met = np.empty(2 * count + 1, np.int64)
        self.stamp = np.zeros(count + 1, np.int64)
        self.seen = np.zeros(count + 1, np.int64)
        self.scores = np.empty(count + 1, np.int64)
        self.hits = np.empty(count + 1, np.int32)
        self.merged = np.empty(count + 1, np.int64)
        self.tick = 0

    def ask(self, keys: Array) -> Answer:
        """Return the documents that may share text with the one of these fingerprints, which gets the next number."""
        held = self.held
        own = np.sort(keys)
        kept, asked, story, joined = question(
            own, held.keys, held.directory, held.groups, held.totals, self.shared, self.score, self.met, self.stamp,
            self.seen, self.tick, np.empty(len(own), np.int64), np.empty(len(own), np.int64), self.scores, self.hits,
            self.merged,
        )  # fmt: skip
        self.tick += asked
        pairs = Pairs(
            self.met[:kept].astype(np.uint32), np.full(kept, len(held.totals), np.uint32), self.scores[:kept].copy(),
            self.hits[:kept].copy(),
        )  # fmt: skip
        return Answer(pairs, int(story), np.sort(self.merged[:joined]))

    def stories(self, answer: Answer, keys: Array, words: Words, made: Alignments) -> Array:
        """Return for each step of the pairs of an answer how many stories carry its words, with the new document's.

        ``keys`` are those that were asked for, and ``words`` those of the documents.
        """
        held, room, firsts = self.held, int(made.steps[:, 6].max(initial=0)), words.key_firsts[answer.pairs.lows]
        told = np.zeros(len(made.steps), np.int32)
        tell(
            np.sort(keys), held.keys, held.directory, held.groups, held.stories, answer.merged, self.stamp, firsts,
            words.keys, made.passages, made.steps, np.full(len(keys), -1, np.int32), np.empty((room, 2), np.int32),
            np.empty(SMALL, np.int64), np.empty(room, np.int64), told,
        )  # fmt: skip
        return told
