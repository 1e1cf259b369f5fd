"""Which documents share fingerprints, compiled: stories, then weighted pairs. The truth is ``matching``."""

# mypy: allow-untyped-defs, allow-untyped-calls, allow-untyped-decorators, disable-error-code=assignment
# ruff: noqa: PLR0912, PLR0913, PLR0917
# numba finds the types of kernels by itself, and kernels are handed their arrays one by one.

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retold.kernels.arrays import Matches, Pairs, joined, none
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
    from retold.kernels.arrays import Array

BLOCK = 1 << 18  # pairs for which room is made at once

_BITS, _MASK = np.uint64(DOCUMENT_BITS), np.uint64(DOCUMENT_MASK)


@compiled
def count_runs(keys, totals, run_rooms, member_rooms):
    """Count each document's fingerprints, and those that several have, with these, at the first that has each.

    Both are counted one place behind, so that they add up to where each document's begin.
    """
    place, count = 0, len(keys)
    while place < count:
        found, first, size = keys[place] >> _BITS, np.int64(keys[place] & _MASK), 0
        last = np.int64(-1)
        while place < count and keys[place] >> _BITS == found:
            document = np.int64(keys[place] & _MASK)
            place += 1
            if document != last:
                totals[document] += 1
                size += 1
                last = document
        if size > 1:
            run_rooms[first + 1] += 1
            member_rooms[first + 1] += size
    for document in range(len(totals)):
        run_rooms[document + 1] += run_rooms[document]
        member_rooms[document + 1] += member_rooms[document]


@compiled
def fill_runs(keys, run_rooms, member_rooms, hashes, firsts, members):
    """Write the fingerprints that several documents have, and these, by the first of them.

    So what is looked up for a document lies side by side, and for its copies too; by hash it would lie anywhere.
    """
    firsts[len(hashes)] = len(members)
    place, count = 0, len(keys)
    while place < count:
        found, first, begin = keys[place] >> _BITS, np.int64(keys[place] & _MASK), place
        while place < count and keys[place] >> _BITS == found:
            place += 1
        if keys[place - 1] == keys[begin]:
            continue
        run, member, last = run_rooms[first], member_rooms[first], np.int64(-1)
        hashes[run], firsts[run] = found, member
        for at in range(begin, place):
            document = np.int64(keys[at] & _MASK)
            if document != last:
                members[member] = document
                member += 1
                last = document
        run_rooms[first] += 1
        member_rooms[first] = member


@compiled
def turn(firsts, members, runs, own_firsts, own):
    """Fill for each document the fingerprints that it shares."""
    for place in range(firsts[runs]):
        own_firsts[members[place] + 1] += 1
    for document in range(len(own_firsts) - 1):
        own_firsts[document + 1] += own_firsts[document]
    filled = own_firsts[:-1].copy()
    for run in range(runs):
        for place in range(firsts[run], firsts[run + 1]):
            document = members[place]
            own[filled[document]] = run
            filled[document] += 1


@compiled
def group(order, firsts, own_firsts, own, totals, groups):
    """Give each document the number of the text that speaks for its story: its own, where none before it is near."""
    speakers = np.empty(min(firsts[-1], (len(firsts) - 1) * REPRESENTATIVES), np.uint32)
    if len(speakers) < firsts[-1]:
        rooms = np.empty(len(firsts), np.int64)
        rooms[0] = 0
        for run in range(len(firsts) - 1):
            rooms[run + 1] = rooms[run] + min(REPRESENTATIVES, firsts[run + 1] - firsts[run])
    else:
        rooms = firsts
    spoken = np.zeros(len(firsts) - 1, np.uint8)
    shared = np.zeros(len(totals), np.int32)
    met = np.empty(len(totals), np.uint32)
    for document in order:
        count = 0
        for entry in range(own_firsts[document], own_firsts[document + 1]):
            run = own[entry]
            for place in range(rooms[run], rooms[run] + spoken[run]):
                other = speakers[place]
                if shared[other] == 0:
                    met[count] = other
                    count += 1
                shared[other] += 1
        best, most = np.int64(-1), np.int64(0)
        for place in range(count):
            other = np.int64(met[place])
            found = np.int64(shared[other])
            shared[other] = 0
            if found < FEWEST or found * NEAR < min(totals[document], totals[other]):
                continue
            if found > most or (found == most and other < best):
                best, most = other, found
        groups[document] = document if best < 0 else best
        if best >= 0:
            continue
        for entry in range(own_firsts[document], own_firsts[document + 1]):
            run = own[entry]
            if spoken[run] < min(REPRESENTATIVES, firsts[run + 1] - firsts[run]):
                speakers[rooms[run] + spoken[run]] = document
                spoken[run] += 1


@compiled
def crowds(firsts, members, groups, stories):
    """Fill for each fingerprint in how many stories it is."""
    met = np.full(len(groups), -1, np.int64)
    for run in range(len(firsts) - 1):
        count = 0
        for place in range(firsts[run], firsts[run + 1]):
            story = groups[members[place]]
            if met[story] != run:
                met[story] = run
                count += 1
        stories[run] = count


@compiled
def link(firsts, members, groups, stories, linked):
    """Mark the documents through which each story is seen, under fingerprints that many documents have."""
    met = np.full(len(groups), -1, np.int64)
    seen = np.zeros(len(groups), np.int64)
    for run in range(len(firsts) - 1):
        if firsts[run + 1] - firsts[run] <= ALL_LINKED or stories[run] > CROWD + 1:
            continue
        for place in range(firsts[run], firsts[run + 1]):
            story = groups[members[place]]
            if met[story] != run:
                met[story], seen[story] = run, 0
            seen[story] += 1
            linked[place] = seen[story] <= FIRST


@compiled
def candidates(
    begin, end, firsts, members, own_firsts, own, stories, linked, score, shared, met, lows, highs, scores, hits
):
    """Fill pairs of documents whose fingerprints weigh enough; return the next document and the number of pairs."""
    found = 0
    for document in range(begin, end):
        if found + document > len(lows):
            return document, found
        count = 0
        for entry in range(own_firsts[document], own_firsts[document + 1]):
            run = own[entry]
            if stories[run] > CROWD + 1:
                continue
            weight = ONE // max(1, stories[run] - 1)
            low, high = firsts[run], firsts[run + 1]
            every = high - low <= ALL_LINKED
            if not every:
                at = low + np.searchsorted(members[low:high], document)
                every = linked[at] != 0
            for place in range(low, high):
                other = members[place]
                if other >= document:
                    break
                if not every and linked[place] == 0:
                    continue
                if shared[other] == 0:
                    met[count] = other
                    count += 1
                shared[other] += 1
                score[other] += weight
        met[:count].sort()
        for place in range(count):
            other = met[place]
            if score[other] >= ONE:
                lows[found], highs[found], scores[found], hits[found] = other, document, score[other], shared[other]
                found += 1
            score[other], shared[other] = 0, 0
    return end, found


def matches(keys: Array, count: int) -> Matches:
    """Return what so many documents share, from their sorted fingerprints."""
    totals, run_rooms, member_rooms = (
        np.zeros(count, np.int32),
        np.zeros(count + 1, np.int64),
        np.zeros(count + 1, np.int64),
    )
    count_runs(keys, totals, run_rooms, member_rooms)
    runs, shared = int(run_rooms[-1]), int(member_rooms[-1])
    hashes, firsts, members = np.empty(runs, np.uint64), np.empty(runs + 1, np.int64), np.empty(shared, np.uint32)
    fill_runs(keys, run_rooms, member_rooms, hashes, firsts, members)
    own_firsts, own = np.zeros(count + 1, np.int64), np.empty(shared, np.uint32)
    turn(firsts, members, runs, own_firsts, own)
    order = np.lexsort((np.arange(count), -totals))
    groups = np.empty(count, np.uint32)
    group(order, firsts, own_firsts, own, totals, groups)
    return Matches(hashes, firsts, members, own_firsts, own, totals, groups, *crowd(firsts, members, groups))


def crowd(firsts: Array, members: Array, groups: Array) -> tuple[Array, Array]:
    """Return in how many stories each fingerprint is, and the members through which these are seen."""
    stories, linked = np.empty(len(firsts) - 1, np.int32), np.zeros(len(members), np.uint8)
    crowds(firsts, members, groups, stories)
    link(firsts, members, groups, stories, linked)
    return stories, linked


def pairs(found: Matches, begin: int = 0, end: int | None = None) -> Pairs:
    """Return the documents that may share text; of the higher ones those from ``begin`` on, up to ``end``."""
    count = len(found.totals)
    score, shared, met = np.zeros(count, np.int64), np.zeros(count, np.int32), np.empty(count, np.uint32)
    room = max(BLOCK, count)
    last, blocks = count if end is None else end, [none()]
    while begin < last:
        made = np.empty(room, np.uint32), np.empty(room, np.uint32), np.empty(room, np.int64), np.empty(room, np.int32)
        begin, size = candidates(
            begin, last, found.firsts, found.members, found.own_firsts, found.own, found.stories, found.linked, score,
            shared, met, *made,
        )  # fmt: skip
        blocks.append(Pairs(*(column[:size] for column in made)))
    return joined(blocks)
