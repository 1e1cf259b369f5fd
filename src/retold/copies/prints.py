"""What is kept of texts, so that what they share with tomorrow's is found without their being read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from struct import Struct
from typing import TYPE_CHECKING, Any

from retold.copies.fingerprints import texts_of
from retold.kernels.arrays import ranges
from retold.kernels.choosing import choose, kernels
from retold.kernels.measures import DOCUMENT_MASK
from retold.model.errors import SourceError

if TYPE_CHECKING:
    from retold.kernels.arrays import Array
    from retold.kernels.choosing import Choice

BLOCK = 1 << 14  # texts cut at once: while they are, their words take ten times the room of what is kept of them

HEAD = Struct("<BII")  # the format, the words of the text, and how many fingerprints follow
FORMAT = 1
HASH = 5  # bytes
WHOLE = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Prints:
    """The kept fingerprints of texts, in the order of each, and how many words each text has.

    Those of the i-th are ``keys[firsts[i]:firsts[i + 1]]``: the hash in the high 40 bits, and nothing in the low ones.
    """

    keys: Array  # u64
    firsts: Array  # i64
    words: Array  # i64

    def __len__(self) -> int:
        return len(self.words)

    def pack(self) -> list[bytes]:
        """Return those of each text as bytes, the same on every machine: about half a kilobyte for an article."""
        import numpy as np

        held = self.keys.astype("<u8").view(np.uint8).reshape(-1, 8)[:, -HASH:].tobytes()
        texts = zip(self.words.tolist(), pairwise(self.firsts.tolist()), strict=True)
        return [
            HEAD.pack(FORMAT, words, end - first) + held[HASH * first : HASH * end] for words, (first, end) in texts
        ]

    @classmethod
    def unpack(cls, packed: Sequence[bytes]) -> Prints:
        """Return the prints of texts, one behind the other, from the bytes of each.

        Raise SourceError where they are of another edition.
        """
        import numpy as np

        check(packed, FORMAT)
        heads = np.array([HEAD.unpack_from(data) for data in packed], np.int64).reshape(-1, 3)
        firsts = np.concatenate(([0], np.cumsum(heads[:, 2])))
        keys = np.zeros((int(firsts[-1]), 8), np.uint8)
        held = b"".join(data[HEAD.size :] for data in packed)
        keys[:, -HASH:] = np.frombuffer(held, np.uint8).reshape(-1, HASH)
        return cls(keys.reshape(-1).view("<u8").astype(np.uint64, copy=False), firsts, heads[:, 1])


def check(packed: Iterable[bytes], *formats: int) -> None:
    """Raise SourceError where bytes are of a format that this edition does not write."""
    for other in sorted({data[0] for data in packed}.difference(formats)):
        told = f"format {other}, and this version of Retold reads {' and '.join(map(str, formats))}. Make them anew."
        raise SourceError("kept fingerprints and passages", told)


def prints(texts: Any, *, threads: int = 1, choice: Choice | None = None) -> Prints:
    """Return the prints of texts, a sequence of strings or an Arrow array of them, in their order."""
    blocks = [_prints(texts[low : low + BLOCK], threads, choice) for low in range(0, len(texts), BLOCK)]
    return joined(blocks)


def _prints(texts: Any, threads: int, choice: Choice | None) -> Prints:
    import numpy as np

    given = texts_of(texts, None)
    use = kernels(choice or choose(len(given.data)))
    words, _ = use.fingerprinting.fingerprints(given.data, given.bounds, given.numbers, threads=threads)
    sizes = words.key_ends - words.key_firsts
    keys = words.keys[ranges(words.key_firsts, sizes)] & np.uint64(~DOCUMENT_MASK & WHOLE)
    return Prints(keys, np.concatenate(([0], np.cumsum(sizes))), words.ends - words.firsts)


def joined(parts: Sequence[Prints]) -> Prints:
    """Return the prints of texts one behind the other."""
    import numpy as np

    keys = np.concatenate([np.empty(0, np.uint64), *(part.keys for part in parts)])
    sizes = np.concatenate([np.zeros(1, np.int64), *(np.diff(part.firsts) for part in parts)])
    words = np.concatenate([np.empty(0, np.int64), *(part.words for part in parts)])
    return Prints(keys, np.cumsum(sizes), words)
