"""Many versions read for what they have people say, in several processes where there are enough of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from retold.archive.workers import FEW, workers
from retold.attributing import Heard, heard
from retold.model.records import Version

if TYPE_CHECKING:
    from retold.statements.extracting import Extractor

Progress = Callable[[str, int, int], None]
STEP = "reading statements"


def listen(
    versions: Sequence[Version],
    *,
    extractor: Extractor | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
) -> list[Heard]:
    """Who says what in each version. A user's own extractor works in this process: it may hold what cannot travel."""
    found: list[Heard] = []
    alone = len(versions) < FEW or extractor is not None
    with workers(1 if alone else processes, start=not alone) as team:
        for read in team.map(partial(heard, extractor=extractor), versions):
            if progress:
                progress(STEP, len(found), len(versions))
            found.append(read)
    return found
