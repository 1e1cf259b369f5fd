"""Shared passages as tables: who shares what, where it stands in both texts, and every edit in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from retold.kernels.measures import DELETE, EQUAL, INSERT, MOVE, REPLACE

if TYPE_CHECKING:
    from retold.kernels.arrays import Alignments, Array, Matches, Pairs
    from retold.kernels.choosing import Kernels

    Counts = Callable[[Array], Array]

OFFSETS = ("left_start", "left_end", "right_start", "right_end")
PASSAGE = ("pair", *OFFSETS, "words", "moved", "first_step")
STEP = ("kind", *OFFSETS, "stories")
KINDS = {EQUAL: "equal", REPLACE: "replace", INSERT: "insert", DELETE: "delete", MOVE: "move"}


class Step(NamedTuple):
    """What becomes of a stretch of the left text: ``left[left_start:left_end]`` and what the right one has for it.

    A ``move`` has one side empty: the words stand in another passage of the two. ``stories`` says of an ``equal`` one
    how many stories carry these words, at the median of its fingerprints; 0 where none lies in it that two texts have.
    """

    kind: str
    left_start: int
    left_end: int
    right_start: int
    right_end: int
    stories: int = 0


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
            kind, *rest = (int(self.steps[name][step]) for name in STEP)
            yield Step(KINDS[kind], *rest)

    def tables(self) -> dict[str, Any]:
        """Return the three as Arrow tables."""
        import pyarrow as pa

        named = {"pairs": self.pairs, "passages": self.passages, "steps": self.steps}
        return {name: pa.table(columns) for name, columns in named.items()}


def shared(counts: Counts, rows: Array, found: Pairs, made: Alignments, stories: Array) -> Shared:
    """Return the pairs that share a passage, with all their passages, in characters.

    ``counts`` tells how many words documents have, ``rows`` where each was given, ``stories`` how many carry each step.
    """
    import numpy as np

    of_pair = made.passages[:, 0]
    new = np.diff(of_pair, prepend=-1) > 0
    number, starts = np.cumsum(new, dtype=np.int32) - np.int32(1), np.flatnonzero(new)
    kept = of_pair[starts]
    lows, highs = found.lows[kept], found.highs[kept]
    total = np.add.reduceat(made.passages[:, 5], starts, dtype=np.int32) if len(starts) else np.empty(0, np.int32)
    pairs = {
        "left": rows[lows],
        "right": rows[highs],
        "words": total,
        "left_share": (total / counts(lows)).astype(np.float32),
        "right_share": (total / counts(highs)).astype(np.float32),
        "weight": found.scores[kept],
        "first_passage": starts,
    }
    passages = dict(zip(PASSAGE, made.passages.T, strict=True)) | {"pair": number}
    return Shared(pairs, passages, dict(zip(STEP, (*made.steps.T[:5], stories), strict=True)))


def stories_of(
    kernels: Kernels, matches: Matches, found: Pairs, made: Alignments, *, keys: Array, firsts: Array, ends: Array
) -> Array:
    """Return for each step how many stories carry its words.

    ``keys`` are the kept fingerprints of all documents; each has those between its ``firsts`` and ``ends``.
    """
    import numpy as np

    there = np.zeros(len(firsts), bool)
    there[found.lows[made.passages[:, 0]]] = True
    held = kernels.carrying.carried(matches, np.flatnonzero(there), keys, firsts, ends)
    stories: Array = kernels.carrying.medians(held, (np.cumsum(there) - 1)[found.lows], made)
    return stories
