"""Words with offsets and winnowed fingerprints, plainly: the truth that ``fingerprinting_compiled`` has to equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from retold.kernels.arrays import Words
from retold.kernels.letters import fold, kind_of
from retold.kernels.measures import (
    DOCUMENT_BITS,
    FACTORS,
    GRAM,
    LETTER,
    LONGEST_WORD,
    MARK,
    MIX,
    SEED,
    SKIP,
    STEP,
    UNSPACED,
    WINDOW,
)

if TYPE_CHECKING:
    from retold.kernels.arrays import Array

WHOLE = (1 << 64) - 1
MEMO = 1 << 16  # distinct words remembered


class Word(NamedTuple):
    """A word of a text: its hash, where it starts, how long it is."""

    hash: int
    start: int
    length: int


class Character(NamedTuple):
    """A character that counts, where it stands, and what it is."""

    place: int
    shown: str
    kind: int


def mixed(state: int) -> int:
    """Return 64 bits in which each depends on all that were given."""
    state = ((state ^ (state >> 32)) * MIX) & WHOLE
    return state ^ (state >> 29)


def hashed(points: Sequence[int]) -> int:
    """Return the 32 bits of a word, from its folded code points."""
    return mixed(reduce(lambda state, point: ((state ^ point) * STEP) & WHOLE, points, SEED)) >> 32


@lru_cache(maxsize=MEMO)
def hash_of(shown: str) -> int:
    """Return the hash of a word: one for all its spellings in capitals, and with marks of its own or put on."""
    return hashed([ord(letter) for character in shown for letter in fold(character)])


def words(text: str) -> list[Word]:
    """Return the words of a text: runs of letters and digits, and single characters where a script puts no spaces.

    >>> [text[word.start : word.start + word.length] for text in ["Orin's 12% of U.S. 平和"] for word in words(text)]
    ['Orin', 's', '12', 'of', 'U', 'S', '平', '和']
    """
    made: list[Word] = []
    for kind, found in groupby(characters(text), key=lambda character: character.kind):
        if kind == LETTER:
            made.append(_word(list(found)))
        elif kind == UNSPACED:
            made += couples(list(found))
    return made


def characters(text: str) -> Iterator[Character]:
    """Yield the characters that count. A mark is part of the letter that it stands on, and nothing elsewhere."""
    before = -1
    for place, shown in enumerate(text):
        kind = kind_of(shown)
        if kind == SKIP or (kind == MARK and before != LETTER):
            continue
        before = LETTER if kind == MARK else kind
        yield Character(place, shown, before)


def _word(found: list[Character]) -> Word:
    length = found[-1].place + 1 - found[0].place
    return Word(hash_of("".join(character.shown for character in found)), found[0].place, min(length, LONGEST_WORD))


def couples(found: list[Character]) -> Iterator[Word]:
    """Yield a word for each character of a script without spaces: it is hashed with the one behind it."""
    points = [ord(fold(character.shown)) for character in found]
    for character, point, after in zip(found, points, [*points[1:], 0], strict=True):
        yield Word(hashed((point, after)), character.place, 1)


def grams(hashes: Sequence[int]) -> list[int]:
    """Return the 64 bits of each five words in a row.

    >>> len(grams([1, 2, 3, 4, 5, 6]))
    2
    """
    return [
        mixed(sum(one * factor for one, factor in zip(hashes[place : place + GRAM], FACTORS, strict=True)) & WHOLE)
        for place in range(len(hashes) - GRAM + 1)
    ]


def winnowed(found: Sequence[int]) -> Iterator[int]:
    """Yield the places of the fingerprints that are kept: the least of each WINDOW in a row.

    Of several that are the least it is the one that was kept before, else the last (robust winnowing, Schleimer,
    Wilkerson and Aiken 2003). Whatever two texts share, in a window that both have they keep the same fingerprint.
    """
    kept = -1
    for end in range(max(1, min(WINDOW, len(found))), len(found) + 1):
        window = range(max(0, end - WINDOW), end)
        least = min(found[place] for place in window)
        if kept in window and found[kept] == least:
            continue
        kept = max(place for place in window if found[place] == least)
        yield kept


def fingerprints(data: Array, bounds: Array, documents: Array, *, threads: int = 1) -> tuple[Words, Array]:
    """Return the words of texts, and their kept fingerprints once more, to be sorted.

    ``data`` are UTF-8 bytes, of which text i has ``bounds[i]`` to ``bounds[i + 1]``; ``documents[i]`` is its number.
    """
    import numpy as np

    count = len(documents)
    firsts, ends, key_firsts, key_ends = (np.zeros(count, np.int64) for _ in range(4))
    found: list[Word] = []
    keys: list[int] = []
    places: list[int] = []
    for text, document in enumerate(documents.tolist()):
        firsts[document], key_firsts[document] = len(found), len(keys)
        own = words(data[bounds[text] : bounds[text + 1]].tobytes().decode("utf-8", "surrogatepass"))
        found += own
        short = [gram >> DOCUMENT_BITS for gram in grams([word.hash for word in own])]
        kept = list(winnowed(short))
        keys += [(short[place] << DOCUMENT_BITS) | document for place in kept]
        places += kept
        ends[document], key_ends[document] = len(found), len(keys)
    hashes, starts, lengths = zip(*found, strict=True) if found else ((), (), ())
    all_keys = np.array(keys, np.uint64)
    return Words(
        np.array(hashes, np.uint32), np.array(starts, np.uint32), np.array(lengths, np.uint16), firsts, ends,
        all_keys, np.array(places, np.uint32), key_firsts, key_ends,
    ), all_keys.copy()  # fmt: skip
