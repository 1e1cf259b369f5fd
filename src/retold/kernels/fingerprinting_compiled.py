"""Words with offsets and winnowed fingerprints, compiled: one pass over the bytes. The truth is ``fingerprinting``."""

# mypy: allow-untyped-defs, allow-untyped-calls, allow-untyped-decorators, disable-error-code=assignment
# ruff: noqa: PLR0912, PLR0913, PLR0915, PLR0917, PLR1714, SIM109
# numba finds the types of kernels by itself, and kernels are handed their arrays one by one.

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retold.kernels.arrays import Words
from retold.kernels.compiling import compiled, in_parts
from retold.kernels.letters import HAN_END, WIDTH, letters
from retold.kernels.measures import (
    DOCUMENT_BITS,
    FACTORS,
    GRAM,
    LONGEST_WORD,
    MARK,
    MIX,
    OTHER,
    SEED,
    SKIP,
    STEP,
    UNSPACED,
    WINDOW,
)

if TYPE_CHECKING:
    from retold.kernels.arrays import Array

_SEED, _STEP, _MIX = np.uint64(SEED), np.uint64(STEP), np.uint64(MIX)
_F0, _F1, _F2, _F3, _F4 = (np.uint64(factor) for factor in FACTORS)
_BITS = np.uint64(DOCUMENT_BITS)
_32, _29 = np.uint64(32), np.uint64(29)
_1, _2, _3, _4 = (np.uint64(step) for step in range(1, 5))


@compiled
def mixed(state):
    state = (state ^ (state >> _32)) * _MIX
    return state ^ (state >> _29)


@compiled
def word(state):
    """The 32 bits of a word: two different words of an article are taken for one once in four billion times."""
    return mixed(state) >> _32


@compiled
def couple(one, other):
    """The 32 bits of two neighbours in a script without spaces; the last of a run has 0 behind it."""
    return word((((_SEED ^ np.uint64(one)) * _STEP) ^ np.uint64(other)) * _STEP)


@compiled
def gram(words, place):
    at = np.uint64(place)
    total = np.uint64(words[at]) * _F0 + np.uint64(words[at + _1]) * _F1 + np.uint64(words[at + _2]) * _F2
    return mixed(total + np.uint64(words[at + _3]) * _F3 + np.uint64(words[at + _4]) * _F4)


@compiled
def decode(data, place):
    """The code point at a byte that is no ASCII, and how many bytes it has."""
    byte = np.int64(data[place])
    second = np.int64(data[place + 1]) & 63
    if byte < 0xE0:
        return ((byte & 31) << 6) | second, 2
    third = np.int64(data[place + 2]) & 63
    if byte < 0xF0:
        return ((byte & 15) << 12) | (second << 6) | third, 3
    return ((byte & 7) << 18) | (second << 12) | (third << 6) | (np.int64(data[place + 3]) & 63), 4


@compiled
def write(words, starts, lengths, token, found, start, length):
    at = np.uint64(token)  # an index without a sign is looked up without a question
    words[at], starts[at], lengths[at] = found, start, length


@compiled
def tokens(data, place, end, kinds, folds, counts, more, plain, words, starts, lengths, token):
    shift = place  # a character's offset is its byte's, less this
    state = _SEED
    begin = np.int64(-1)  # of the word that is open
    finish = np.int64(0)
    pending = np.int64(0)  # the character of a script without spaces that waits for its neighbour
    waiting = np.int64(-1)
    while place < end:
        byte = data[np.uint64(place)]
        low = plain[byte]
        if low != 0:
            if waiting >= 0:
                write(words, starts, lengths, token, couple(pending, 0), waiting, finish - waiting)
                token, waiting = token + 1, np.int64(-1)
            if begin < 0:
                begin, state = place - shift, _SEED
            while low != 0:
                state = (state ^ low) * _STEP
                place += 1
                if place == end:
                    break
                low = plain[data[np.uint64(place)]]
            finish = place - shift
            continue
        if byte < 128:
            kind, point, size = OTHER, np.int64(0), 1
        else:
            point, size = decode(data, place)
            kind = np.int64(kinds[point]) if point < WIDTH else (UNSPACED if point < HAN_END else OTHER)
        offset = place - shift
        place += size
        shift += size - 1
        if kind == SKIP:
            continue
        if kind == MARK and begin < 0:
            continue
        if begin >= 0 and (kind == OTHER or kind == UNSPACED):
            write(words, starts, lengths, token, word(state), begin, min(finish - begin, LONGEST_WORD))
            token, begin = token + 1, np.int64(-1)
        if kind == UNSPACED:
            folded = np.int64(more[folds[point]]) if point < WIDTH else point
            if waiting >= 0:
                write(words, starts, lengths, token, couple(pending, folded), waiting, finish - waiting)
                token += 1
            pending, waiting, finish = folded, offset, offset + 1
            continue
        if waiting >= 0:
            write(words, starts, lengths, token, couple(pending, 0), waiting, finish - waiting)
            token, waiting = token + 1, np.int64(-1)
        if kind != OTHER:
            if begin < 0:
                begin, state = offset, _SEED
            for number in range(folds[point], folds[point] + counts[point]):
                state = (state ^ np.uint64(more[number])) * _STEP
            finish = offset + 1
    if begin >= 0:
        write(words, starts, lengths, token, word(state), begin, min(finish - begin, LONGEST_WORD))
        token += 1
    if waiting >= 0:
        write(words, starts, lengths, token, couple(pending, 0), waiting, finish - waiting)
        token += 1
    return token


@compiled
def winnow(words, first, end, document, keys, places, key):
    """Write the kept fingerprints of a document; return where the next one's begin."""
    grams = end - first - GRAM + 1
    if grams <= 0:
        return key
    one, two, three = np.uint64(0), np.uint64(0), np.uint64(0)  # the fingerprints before this one, the nearest first
    kept = np.int64(-1)
    least = np.uint64(0)
    own = np.uint64(document)
    for place in range(grams):
        found = gram(words, first + place) >> _BITS
        if place + 1 >= WINDOW or place + 1 == grams:
            low = max(0, place + 1 - WINDOW)
            if kept < low or found < least:
                expired = kept < low
                kept, least = place, found
                if expired:
                    if place - 1 >= low and one < least:
                        kept, least = place - 1, one
                    if place - 2 >= low and two < least:
                        kept, least = place - 2, two
                    if place - 3 >= low and three < least:
                        kept, least = place - 3, three
                at = np.uint64(key)
                keys[at], places[at] = (least << _BITS) | own, kept
                key += 1
        one, two, three = found, one, two
    return key


@compiled
def fingerprint(
    data, bounds, documents, low, high, room, kinds, folds, counts, more, plain,
    words, starts, lengths, firsts, ends, keys, places, key_firsts, key_ends,
):  # fmt: skip
    """Fill the words of texts with their offsets, and the kept fingerprints; return where both end.

    The words and the fingerprints of the texts from ``low`` on stand from ``room`` on.
    """
    end, key = room, room
    for text in range(low, high):
        document = documents[text]
        first = end
        end = tokens(
            data, bounds[text], bounds[text + 1], kinds, folds, counts, more, plain, words, starts, lengths, first
        )
        firsts[document], ends[document], key_firsts[document] = first, end, key
        key = winnow(words, first, end, document, keys, places, key)
        key_ends[document] = key
    return end, key


def fingerprints(data: Array, bounds: Array, documents: Array, *, threads: int = 1) -> tuple[Words, Array]:
    """Return the words of texts, and their kept fingerprints once more, to be sorted.

    ``data`` are UTF-8 bytes, of which text i has ``bounds[i]`` to ``bounds[i + 1]``; ``documents[i]`` is its number.
    """
    count = len(documents)
    room = int(bounds[-1]) // 2 + count + 1
    made = Words(
        np.empty(room, np.uint32), np.empty(room, np.uint32), np.empty(room, np.uint16), np.empty(count, np.int64),
        np.empty(count, np.int64), np.empty(room, np.uint64), np.empty(room, np.uint32), np.empty(count, np.int64),
        np.empty(count, np.int64),
    )  # fmt: skip
    tables = letters(wide=bool(len(data)) and bool(data.max() >= 128)).arrays()

    def part(low: int, high: int) -> Array:
        # A word and its space are two bytes at least, and there are no more fingerprints than words: no part writes
        # into the next one's room.
        begin = int(bounds[low]) // 2 + low
        _, end = fingerprint(
            data, bounds, documents, low, high, begin, *tables, made.hashes, made.starts, made.lengths, made.firsts,
            made.ends, made.keys, made.places, made.key_firsts, made.key_ends,
        )  # fmt: skip
        return made.keys[begin:end]

    return made, np.concatenate(in_parts(part, bounds, threads))
