"""What the copies kernels hand to each other: arrays, and nothing of news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of all documents: a hash, and where it stands in its text, in characters.

    Those of a document are ``hashes[firsts[document]:ends[document]]``. Of its fingerprints those that were kept, each
    with its document in the low bits, are ``keys[key_firsts[document]:key_ends[document]]``, in the order of its text;
    ``places`` says at which of its words each begins.
    """

    hashes: Array  # u32
    starts: Array  # u32
    lengths: Array  # u16
    firsts: Array  # i64
    ends: Array  # i64
    keys: Array  # u64
    places: Array  # u32
    key_firsts: Array  # i64
    key_ends: Array  # i64

    def counts(self, documents: Array) -> Array:
        """Return how many words these documents have."""
        found: Array = self.ends[documents] - self.firsts[documents]
        return found


@dataclass(frozen=True, slots=True)
class Matches:
    """The fingerprints that several documents have: their hash, and their documents from ``firsts`` on in ``members``.

    They come by the first document that has them, then by their hash.

    ``own`` turns this round: from ``own_firsts`` on, the fingerprints that a document shares. ``totals`` are all that
    it has; ``groups`` names the document that speaks for its story; ``stories`` counts a fingerprint's; ``linked``
    marks the members through which a story is seen where a fingerprint has many.
    """

    hashes: Array  # u64
    firsts: Array  # i64
    members: Array  # u32
    own_firsts: Array  # i64
    own: Array  # u32
    totals: Array  # i32
    groups: Array  # u32
    stories: Array  # i32
    linked: Array  # u8


@dataclass(frozen=True, slots=True)
class Pairs:
    """Documents that may share text, the lower first, by the higher: the weight and number of common fingerprints."""

    lows: Array  # u32
    highs: Array  # u32
    scores: Array  # i64
    hits: Array  # i32


def ranges(firsts: Array, sizes: Array) -> Array:
    """Return the numbers of ranges, one behind the other: so many from each first one on.

    >>> import numpy as np
    >>> ranges(np.array([7, 2]), np.array([2, 3])).tolist()
    [7, 8, 2, 3, 4]
    """
    import numpy as np

    shifts = firsts - np.cumsum(sizes) + sizes  # how far each range's numbers lie from their places in the whole
    found: Array = np.repeat(shifts, sizes) + np.arange(int(sizes.sum()))
    return found


def none() -> Pairs:
    """Return no pairs."""
    import numpy as np

    return Pairs(np.empty(0, np.uint32), np.empty(0, np.uint32), np.empty(0, np.int64), np.empty(0, np.int32))


def joined(parts: Sequence[Pairs]) -> Pairs:
    """Return pairs one behind the other."""
    import numpy as np

    columns = ("lows", "highs", "scores", "hits")
    return Pairs(*(np.concatenate([getattr(part, column) for part in parts]) for column in columns))


@dataclass(frozen=True, slots=True)
class Alignments:
    """Passages of pairs and the steps in them, with offsets in characters of each text.

    A passage is (pair, left, left end, right, right end, equal words, moved, first step); a step is (kind, left, left
    end, right, right end, first fingerprint, fingerprints). An empty side stands where the word before it ends. The
    fingerprints are those of the left document's kept ones, by their number, that lie within an equal step.
    """

    passages: Array  # i32
    steps: Array  # i32


@dataclass(frozen=True, slots=True)
class Carried:
    """How many stories have each kept fingerprint of some documents; 0 where no second document has it.

    Those of the i-th document are ``rows[firsts[i]:firsts[i + 1]]``. Each says too for how many in a row, of the same
    document and from itself on, the number is the same: where texts are copied whole it seldom changes.
    """

    rows: Array  # i32, two columns
    firsts: Array  # i64
