"""Every passage that any two of many texts share, with every edit in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from retold.copies.fingerprints import texts_of
from retold.copies.partitions import joined, streamed
from retold.copies.passages import Shared, shared, stories_of
from retold.kernels.choosing import ALIGNED, choose, kernels

if TYPE_CHECKING:
    from retold.kernels.choosing import Choice


def engine(
    texts: Any,
    *,
    ids: Sequence[Any] | None = None,
    threads: int = 1,
    memory: int | None = None,
    choice: Choice | None = None,
    watch: Any = None,
) -> Shared:
    """Return what texts share: a sequence of strings, or an Arrow array of them.

    Any run of eight words that two texts have in common is seen; the pair is told where such runs are rare enough, or
    many enough, to say that the texts have to do with each other. The answer does not depend on the order of the texts
    but only on their ids, nor on the number of threads, nor on ``choice``: plain or compiled kernels. With ``memory``
    the work keeps to so many bytes, beside the answer, and what does not fit waits on disk. ``watch`` is called with
    the name of each stage as it ends.

    Raise UsageError where ids are missing or there twice.
    """
    import numpy as np

    if memory is not None:
        twin = choice or choose(sum(map(len, texts)) if isinstance(texts, Sequence) else int(texts.nbytes))
        return joined(streamed([(texts, ids)], memory=memory, threads=threads, choice=twin, watch=watch))
    told = watch or (lambda stage: None)
    given = texts_of(texts, ids)
    told("read")
    use = kernels(choice or choose(len(given.data)))
    words, keys = use.fingerprinting.fingerprints(given.data, given.bounds, given.numbers, threads=threads)
    told("fingerprints")
    keys.sort()
    told("sort")
    matches = use.matching.matches(keys, len(given.rows))
    del keys  # a gigabyte where there are millions
    told("stories")
    found = use.matching.pairs(matches)
    told("pairs")
    lengths = np.diff(given.bounds)[given.rows]
    size = int(lengths[found.lows].sum() + lengths[found.highs].sum()) // ALIGNED
    aligning = kernels(choice or choose(max(len(given.data), size))).aligning
    made = aligning.alignments(words, found, threads=threads)
    told("align")
    kept = {"keys": words.keys, "firsts": words.key_firsts, "ends": words.key_ends}
    stories = stories_of(use, matches, found, made, **kept)
    told("carried")
    answer = shared(words.counts, given.rows, found, made, stories)
    told("tables")
    return answer
