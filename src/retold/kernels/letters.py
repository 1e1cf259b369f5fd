"""What each code point is to the tokeniser, and what it folds to: tables made from the Unicode data of Python."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from retold.kernels.measures import LETTER, MARK, OTHER, SKIP, UNSPACED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]

WIDTH = 0x20000  # code points with a row; those above are Han, or no letters
HAN_END = 0x40000
# Thai, Lao, Burmese, Khmer, kana, Han: scripts that put no space between words.
RANGES = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF), (0x31F0, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0x1B000, 0x1B16F),
)  # fmt: skip
# Points over and under letters that one edition prints and the next leaves out: Hebrew, Arabic, and its line filler.
UNSEEN = ((0x0591, 0x05BD), (0x05BF, 0x05C7), (0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x065F), (0x0670, 0x0670))


@dataclass(frozen=True, slots=True)
class Letters:
    """``kinds`` of code points, and their ``folds``: what is hashed for each, as up to ``counts`` numbers of ``more``.

    ``ascii`` holds for each byte its folded letter, and 0 where it is none or no ASCII.
    """

    kinds: NDArray[np.uint8]
    folds: NDArray[np.int32]
    counts: NDArray[np.uint8]
    more: NDArray[np.int32]
    ascii: Numbers

    def arrays(self) -> tuple[Any, ...]:
        """Return the tables as the compiled kernel takes them."""
        return self.kinds, self.folds, self.counts, self.more, self.ascii


@cache
def letters(*, wide: bool) -> Letters:
    """Return the tables, for ASCII alone unless ``wide``: the whole takes a tenth of a second to make."""
    import numpy as np

    size = WIDTH if wide else 128
    kinds = np.zeros(size, np.uint8)
    folds = np.zeros(size, np.int32)
    counts = np.zeros(size, np.uint8)
    more: list[int] = []
    for point in range(size):
        shown = chr(point)
        kinds[point] = kind = kind_of(shown)
        if kind in (LETTER, MARK, UNSPACED):
            folded = fold(shown)
            folds[point], counts[point] = len(more), len(folded)
            more.extend(map(ord, folded))
    plain = np.zeros(256, np.uint64)
    plain[:128] = [ord(chr(point).lower()) if chr(point).isalnum() else 0 for point in range(128)]
    return Letters(kinds, folds, counts, np.array(more or [0], np.int32), plain)


@lru_cache(maxsize=1 << 14)
def kind_of(shown: str) -> int:
    r"""Return what a character is: a letter or digit, a mark on one, nothing, a word of its own, or what parts words.

    >>> [kind_of(shown) for shown in "a7_­中"] == [LETTER, LETTER, OTHER, SKIP, UNSPACED]
    True
    """
    point = ord(shown)
    if point >= WIDTH:
        return UNSPACED if point < HAN_END else OTHER
    if within(point, UNSEEN):
        return SKIP
    category = unicodedata.category(shown)
    if category == "Cf":  # soft hyphens, joiners, marks of direction
        return SKIP
    if category[0] not in "LNM":
        return OTHER
    if within(point, RANGES):
        return UNSPACED
    return MARK if category[0] == "M" else LETTER


def within(point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    """Whether a code point lies in one of the ranges, ends included."""
    return any(low <= point <= high for low, high in ranges)


@lru_cache(maxsize=1 << 14)
def fold(shown: str) -> str:
    r"""Return what a character is hashed as: casefolded, and taken apart, so that all its spellings are one.

    >>> fold("É") == fold("é") == "e\u0301", fold("ﬁ"), fold("ẞ")
    (True, 'fi', 'ss')
    """
    if ord(shown) >= WIDTH:
        return shown
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", shown).casefold())
    kept = "".join(letter for letter in apart if unicodedata.category(letter)[0] in "LNM")
    if not within(ord(shown), RANGES):
        return kept or shown
    joined = unicodedata.normalize("NFC", kept)  # one character stays one, for these go by characters
    return joined if len(joined) == 1 else shown
