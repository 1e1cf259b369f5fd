"""Which documents share fingerprints, a part of them at a time, compiled. The truth is ``parting``."""

# mypy: allow-untyped-defs, allow-untyped-calls, allow-untyped-decorators, disable-error-code=assignment
# ruff: noqa: PLR0912, PLR0913, PLR0917
# numba finds the types of kernels by itself, and kernels are handed their arrays one by one.

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retold.kernels.compiling import compiled
from retold.kernels.measures import DOCUMENT_BITS, DOCUMENT_MASK, FEWEST, NEAR, REPRESENTATIVES

if TYPE_CHECKING:
    from retold.kernels.arrays import Array

_BITS, _MASK, _OWN = np.uint64(DOCUMENT_BITS), np.uint64(DOCUMENT_MASK), np.uint32(DOCUMENT_MASK)


@compiled
def renumber(keys, numbers):
    """Give the documents of fingerprints other numbers."""
    for place in range(len(keys)):
        key = keys[place]
        keys[place] = (key & ~_MASK) | np.uint64(numbers[key & _MASK])


@compiled
def count_runs(keys, totals):
    """Count each document's fingerprints; return how many several documents have, and with how many documents."""
    runs, shared = 0, 0
    place, count = 0, len(keys)
    while place < count:
        found, size = keys[place] >> _BITS, 0
        last = np.int64(-1)
        while place < count and keys[place] >> _BITS == found:
            document = np.int64(keys[place] & _MASK)
            place += 1
            if document != last:
                totals[document] += 1
                size += 1
                last = document
        if size > 1:
            runs += 1
            shared += size
    return runs, shared


@compiled
def fill_runs(keys, hashes, firsts, members):
    """Write the fingerprints that several documents have, and these."""
    run, member = 0, 0
    place, count = 0, len(keys)
    while place < count:
        found, begin, last = keys[place] >> _BITS, member, np.int64(-1)
        first = place
        while place < count and keys[place] >> _BITS == found:
            place += 1
        if keys[place - 1] == keys[first]:
            continue
        for at in range(first, place):
            document = np.int64(keys[at] & _MASK)
            if document != last:
                members[member] = document
                member += 1
                last = document
        hashes[run], firsts[run] = found, begin
        run += 1
    firsts[run] = member


@compiled
def count_spread(firsts, members, sent, of, starts, ends):
    """Count, one place behind, each window's fingerprints and their documents; add up to where each one's begin."""
    windows = len(starts) - 1
    last = np.full(windows, -1, np.int64)
    for run in range(len(firsts) - 1):
        if not sent[run]:
            continue
        for place in range(firsts[run], firsts[run + 1]):
            window = of[members[place] & _OWN]
            if last[window] != run:
                last[window] = run
                starts[window + 1] += 1
                ends[window + 1] += firsts[run + 1] - firsts[run]
    for window in range(windows):
        starts[window + 1] += starts[window]
        ends[window + 1] += ends[window]


@compiled
def fill_spread(firsts, members, sent, of, starts, ends, found, made):
    """Write each window's fingerprints, and all the documents of each."""
    windows = len(starts) - 1
    last = np.full(windows, -1, np.int64)
    at, behind = starts[:windows].copy(), ends[:windows].copy()
    for run in range(len(firsts) - 1):
        if not sent[run]:
            continue
        for place in range(firsts[run], firsts[run + 1]):
            window = of[members[place] & _OWN]
            if last[window] != run:
                last[window] = run
                found[at[window]] = run
                at[window] += 1
                to = behind[window]
                for one in range(firsts[run], firsts[run + 1]):
                    made[to] = members[one]
                    to += 1
                behind[window] = to


@compiled
def count_owned(members, documents, rank, low, high, own_firsts):
    """Count, one place behind, the fingerprints of each document of a window; add up to where each one's begin."""
    for place in range(len(members)):
        at = np.int64(rank[members[place] & _OWN])
        if low <= at < high:
            own_firsts[at - low + 1] += 1
    for place in range(len(documents)):
        own_firsts[np.int64(rank[documents[place]]) - low + 1] += 1
    for at in range(high - low):
        own_firsts[at + 1] += own_firsts[at]


@compiled
def fill_owned(firsts, members, documents, runs, rank, low, high, own_firsts, own):
    """Write the fingerprints of each document of a window."""
    filled = own_firsts[:-1].copy()
    for run in range(len(firsts) - 1):
        for place in range(firsts[run], firsts[run + 1]):
            at = np.int64(rank[members[place] & _OWN]) - low
            if 0 <= at < high - low:
                own[filled[at]] = run
                filled[at] += 1
    for place in range(len(documents)):
        at = np.int64(rank[documents[place]]) - low
        own[filled[at]] = runs[place]
        filled[at] += 1


@compiled
def settle(order, own_firsts, own, firsts, members, totals, groups, spoken, speakers, counts):
    """Give each of some documents, the fullest first, the one that speaks for its story, and mark those that do."""
    few = len(firsts) - 1
    shared = np.zeros(len(totals), np.int32)
    met = np.empty(len(totals), np.uint32)
    for number in range(len(order)):
        document = order[number]
        count = 0
        for entry in range(own_firsts[number], own_firsts[number + 1]):
            run = np.int64(own[entry])
            if run < few:
                for place in range(firsts[run], firsts[run + 1]):
                    other = members[place]
                    if spoken[other] != 0:
                        if shared[other] == 0:
                            met[count] = other
                            count += 1
                        shared[other] += 1
            else:
                for place in range(counts[run - few]):
                    other = speakers[run - few, place]
                    if shared[other] == 0:
                        met[count] = other
                        count += 1
                    shared[other] += 1
        best, most = np.int64(-1), np.int64(0)
        for place in range(count):
            other_ = np.int64(met[place])
            found = np.int64(shared[other_])
            shared[other_] = 0
            if found < FEWEST or found * NEAR < min(totals[document], totals[other_]):
                continue
            if found > most or (found == most and other_ < best):
                best, most = other_, found
        groups[document] = document if best < 0 else best
        if best >= 0:
            continue
        spoken[document] = 1
        for entry in range(own_firsts[number], own_firsts[number + 1]):
            crowd = np.int64(own[entry]) - few
            if crowd >= 0 and counts[crowd] < REPRESENTATIVES:
                speakers[crowd, counts[crowd]] = document
                counts[crowd] += 1


def runs(keys: Array, totals: Array) -> tuple[Array, Array, Array]:
    """Return from sorted fingerprints those that several documents have: hashes, where each one's begin, and these.

    To ``totals`` is added how many fingerprints each document has.
    """
    count, shared = count_runs(keys, totals)
    made = np.empty(count, np.uint64), np.empty(count + 1, np.int64), np.empty(shared, np.uint32)
    fill_runs(keys, *made)
    return made


def spread(firsts: Array, members: Array, sent: Array, of: Array, windows: int) -> tuple[Array, Array, Array, Array]:
    """Return for each window the fingerprints that its documents have, each with all of its documents.

    Those that are not to be ``sent`` are left out. ``of`` says in which window a document is; above its number it may
    carry a mark. The first array says where the fingerprints of a window begin in the second; the third where their
    documents begin in the fourth.
    """
    starts, ends = np.zeros(windows + 1, np.int64), np.zeros(windows + 1, np.int64)
    count_spread(firsts, members, sent, of, starts, ends)
    found, made = np.empty(int(starts[-1]), np.uint32), np.empty(int(ends[-1]), members.dtype)
    fill_spread(firsts, members, sent, of, starts, ends, found, made)
    return starts, found, ends, made


def owned(
    firsts: Array, members: Array, documents: Array, runs: Array, rank: Array, low: int, high: int
) -> tuple[Array, Array]:
    """Return the fingerprints of each document whose rank is from ``low`` on, up to ``high``, in their own order.

    To those with all their documents come ``runs``, each with one of the ``documents``. The first array says where a
    document's begin in the second.
    """
    own_firsts = np.zeros(high - low + 1, np.int64)
    count_owned(members, documents, rank, low, high, own_firsts)
    own = np.empty(int(own_firsts[-1]), np.uint32)
    fill_owned(firsts, members, documents, runs, rank, low, high, own_firsts, own)
    return own_firsts, own
