"""One new text held against many: what it shares with them, without comparing these again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from retold.copies.fingerprints import texts_of
from retold.copies.passages import Shared, shared
from retold.kernels.choosing import choose, kernels

if TYPE_CHECKING:
    from retold.kernels.arrays import Array, Words
    from retold.kernels.choosing import Choice

COLUMNS = ("hashes", "starts", "lengths", "keys", "places")


class Index:
    """Many texts, ready for questions; not for two threads at once.

    >>> bridge = "The bridge at Orrin was closed on Monday after cracks were found in two of its piers."
    >>> index = Index(["Nothing of note happened.", f"{bridge} Nobody was hurt."])
    >>> index.query(f"Breaking: {bridge}").pairs["left"].tolist()
    [1]
    """

    def __init__(
        self, texts: Any, *, ids: Sequence[Any] | None = None, threads: int = 1, choice: Choice | None = None
    ) -> None:
        import numpy as np

        given = texts_of(texts, ids)
        self.kernels = kernels(choice or choose(len(given.data)))
        words, keys = self.kernels.fingerprinting.fingerprints(given.data, given.bounds, given.numbers, threads=threads)
        keys.sort()
        count = len(given.rows)
        self.rows = np.append(given.rows, count)
        self.desk = self.kernels.asking.Desk(
            self.kernels.asking.stock(keys, self.kernels.matching.matches(keys, count))
        )
        self.workbench = self.kernels.aligning.Workbench()
        self.used = int(words.ends.max(initial=0)), int(words.key_ends.max(initial=0))
        self.words = self._with_room(words, 0)

    def query(self, text: str) -> Shared:
        """Return what a text shares with those of the index: it is the right one of each pair, behind the last of them.

        It is what ``engine`` would say of its pairs, if it were the last of all.
        """
        import numpy as np

        given = texts_of([text], None)
        new, keys = self.kernels.fingerprinting.fingerprints(given.data, given.bounds, np.zeros(1, np.int64))
        answer = self.desk.ask(keys)
        found = answer.pairs
        self._put(new)
        made = self.workbench.alignments(self.words, found)
        stories = self.desk.stories(answer, keys, self.words, made)
        return shared(self.words.counts, self.rows, found, made, stories)

    def _with_room(self, words: Words, wanted: int) -> Words:
        """The words with room for a new text behind them, and a place in the lists for it."""
        import numpy as np

        def longer(column: Array, used: int) -> Array:
            made = np.empty(used + max(wanted, 1 << 14), column.dtype)
            made[:used] = column[:used]
            return made

        used = dict(zip(COLUMNS, [self.used[0]] * 3 + [self.used[1]] * 2, strict=True))
        listed = {name: getattr(words, name) for name in ("firsts", "ends", "key_firsts", "key_ends")}
        count = len(self.rows)
        return replace(
            words,
            **{name: longer(getattr(words, name), size) for name, size in used.items()},
            **{name: np.append(column[: count - 1], 0) for name, column in listed.items()},
        )

    def _put(self, new: Words) -> None:
        """Write the words of a new text in the place of the last new one."""
        size, keys = int(new.ends[0] - new.firsts[0]), int(new.key_ends[0] - new.key_firsts[0])
        if self.used[0] + size > len(self.words.hashes):
            self.words = self._with_room(self.words, 2 * size)
        for name in COLUMNS:
            used, count = (self.used[0], size) if name in COLUMNS[:3] else (self.used[1], keys)
            getattr(self.words, name)[used : used + count] = getattr(new, name)[:count]
        for name, used, count in (("", self.used[0], size), ("key_", self.used[1], keys)):
            getattr(self.words, f"{name}firsts")[-1] = used
            getattr(self.words, f"{name}ends")[-1] = used + count
