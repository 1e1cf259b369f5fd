"""Shared passages as tables: who shares what, where it stands in both texts, and every edit in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from retold.kernels.measures import DELETE, EQUAL, INSERT, MOVE, REPLACE

if TYPE_CHECKING:
    from retold.kernels.arrays import Alignments, Array, Pairs, Words

OFFSETS = ("left_start", "left_end", "right_start", "right_end")
PASSAGE = ("pair", *OFFSETS, "words", "moved", "first_step")
STEP = ("kind", *OFFSETS)
KINDS = {EQUAL: "equal", REPLACE: "replace", INSERT: "insert", DELETE: "delete", MOVE: "move"}


class Step(NamedTuple):
    """What becomes of a stretch of the left text: ``left[left_start:left_end]`` and what the right one has for it.

    A ``move`` has one side empty: the words stand in another passage of the two.
    """

    kind: str
    left_start: int
    left_end: int
    right_start: int
    right_end: int


@dataclass(frozen=True, slots=True)
class Shared:
    """All that a set of texts share, as columns.

    A pair has a ``left`` and a ``right`` text, by their places as given, the one with the lower id on the left; the
    ``words`` they have in common and the share of each; its passages from ``first_passage`` on. A passage says by
    ``moved`` that it stands in another place of the order; its steps begin at ``first_step``. Offsets are characters.
    """

    pairs: dict[str, Array]
    passages: dict[str, Array]
    steps: dict[str, Array]

    def __len__(self) -> int:
        return len(self.pairs["left"])

    def passages_of(self, pair: int) -> range:
        """Return the numbers of a pair's passages, in the order of the left text."""
        first = self.pairs["first_passage"]
        return range(int(first[pair]), int(first[pair + 1]) if pair + 1 < len(first) else len(self.passages["pair"]))

    def steps_of(self, passage: int) -> Iterator[Step]:
        """Yield what leads from the left side of a passage to the right one, in order; no character is left out."""
        first = self.passages["first_step"]
        end = int(first[passage + 1]) if passage + 1 < len(first) else len(self.steps["kind"])
        for step in range(int(first[passage]), end):
            kind, *offsets = (int(column[step]) for column in self.steps.values())
            yield Step(KINDS[kind], *offsets)

    def tables(self) -> dict[str, Any]:
        """Return the three as Arrow tables."""
        import pyarrow as pa

        named = {"pairs": self.pairs, "passages": self.passages, "steps": self.steps}
        return {name: pa.table(columns) for name, columns in named.items()}


def shared(words: Words, rows: Array, found: Pairs, made: Alignments) -> Shared:
    """Return the pairs that share a passage, with all their passages, in characters."""
    import numpy as np

    of_pair = made.passages[:, 0]
    number = np.cumsum(np.diff(of_pair, prepend=-1) > 0, dtype=np.int32) - 1
    starts = np.flatnonzero(np.diff(of_pair, prepend=-1))
    kept = of_pair[starts]
    lows, highs = found.lows[kept], found.highs[kept]
    total = np.add.reduceat(made.passages[:, 5], starts) if len(starts) else np.empty(0, np.int32)
    pairs = {
        "left": rows[lows],
        "right": rows[highs],
        "words": total,
        "left_share": (total / words.counts(lows)).astype(np.float32),
        "right_share": (total / words.counts(highs)).astype(np.float32),
        "weight": found.scores[kept],
        "first_passage": starts,
    }
    passages = dict(zip(PASSAGE, made.passages.T, strict=True)) | {"pair": number}
    return Shared(pairs, passages, dict(zip(STEP, made.steps.T, strict=True)))
