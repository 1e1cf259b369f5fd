"""Many versions read for what they have people say: in several processes where there are enough of them, a few in
threads, for the model runs without Python's lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from retold.archive.workers import FEW, cores, workers
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
    for read in _each(versions, extractor, processes):
        if progress:
            progress(STEP, len(found), len(versions))
        found.append(read)
    return found


def _each(versions: Sequence[Version], extractor: Extractor | None, processes: int | None) -> Iterator[Heard]:
    """What each version has people say, in order."""
    if extractor is not None:
        yield from (heard(version, extractor=extractor) for version in versions)
    elif len(versions) < FEW:
        with ThreadPoolExecutor(processes or cores()) as team:
            yield from team.map(heard, versions)
    else:
        with workers(processes, start=True) as processed:
            yield from processed.map(heard, versions)
