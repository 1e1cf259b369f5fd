"""Texts as the kernels take them: one run of bytes, and a number for each that does not depend on their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from retold.kernels.measures import MOST_DOCUMENTS
from retold.model.errors import UsageError

if TYPE_CHECKING:
    from retold.kernels.arrays import Array


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in UTF-8, one behind the other; ``numbers`` says which document each is, by the order of the ids.

    ``rows`` turns that round: the place at which each document was given.
    """

    data: Array
    bounds: Array
    numbers: Array
    rows: Array


def texts_of(texts: Any, ids: Sequence[Any] | None) -> Texts:
    """Return texts, a sequence of strings or an Arrow array of them, as bytes.

    Without ids the place of a text is its id. Raise UsageError where ids and texts do not go together.
    """
    import numpy as np

    data, bounds = bytes_of(texts)
    count = len(bounds) - 1
    check_count(count)
    rows = np.arange(count) if ids is None else rows_of(ids, count)
    numbers = np.empty(count, np.int64)
    numbers[rows] = np.arange(count)
    return Texts(data, bounds, numbers, rows)


def check_count(count: int) -> None:
    """Raise UsageError where there are more texts than a fingerprint has numbers for."""
    if count > MOST_DOCUMENTS:
        raise UsageError(f"These are {count:,} texts; at most {MOST_DOCUMENTS:,} are compared at once. Give a part.")


def rows_of(ids: Sequence[Any], count: int) -> Array:
    """Return the places of ids in their own order. Raise UsageError where one is missing or there twice."""
    import numpy as np

    names = ids.to_pylist() if hasattr(ids, "to_pylist") else list(ids)
    if len(names) != count:
        raise UsageError(f"There are {count:,} texts and {len(names):,} ids. Give one id for each text.")
    places = sorted(range(count), key=names.__getitem__)
    for one, other in pairwise(places):
        if names[one] == names[other]:
            raise UsageError(f"The id {names[one]!r} is there twice. Give each text its own.")
    return np.array(places, np.int64)


def bytes_of(texts: Any) -> tuple[Array, Array]:
    """Return texts in UTF-8, one behind the other, and where each begins."""
    import numpy as np

    if isinstance(texts, Sequence):  # Arrow need not be loaded for them
        # Half a pair of surrogates, from a broken page, is no letter, and harms nothing.
        parts = [(text or "").encode("utf-8", "surrogatepass") for text in texts]
        return np.frombuffer(b"".join(parts), np.uint8), np.cumsum([0, *map(len, parts)])
    return _arrow(texts)


def _arrow(texts: Any) -> tuple[Array, Array]:
    """The bytes of an Arrow array of texts, which are not copied, and where each begins."""
    import numpy as np
    import pyarrow as pa

    if isinstance(texts, pa.ChunkedArray):
        texts = texts.cast(pa.large_string()).combine_chunks()
    texts = texts.cast(pa.large_string())
    if texts.null_count:
        texts = texts.fill_null("")
    if not len(texts):
        return np.empty(0, np.uint8), np.zeros(1, np.int64)
    bounds = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
    held = texts.buffers()[2]
    data = np.frombuffer(held, np.uint8) if held is not None and held.size else np.empty(0, np.uint8)
    return data[bounds[0] : bounds[-1]], bounds - bounds[0]
