"""The sentences in which statements stand: what a reader needs to see, to judge for himself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from retold.answers import Said, Statement
from retold.archive.attributions import Evidence, Statements
from retold.archive.texts import COLUMNS, FROM, version_of
from retold.model.records import COMPARED, Version
from retold.store.store import Store
from retold.text.sentences import sentences

MOST = 1200  # characters of a text; a quotation of several paragraphs is cut behind them
BEFORE = 300  # of these, as many may stand before what is said


def evidence(store: Store, found: Statements) -> Evidence:
    """A ledger with the sentences in which its statements stand."""
    keys = {text.version_id: text.key for text in found.articles}
    texts: dict[str, int] = {}
    places: dict[str, dict[int, tuple[int, int]]] = {}
    for version in _versions(store, keys):
        its = places.setdefault(keys[version.id], {})
        for start, (first, last) in _stretches(version, told_in(found.statements, keys[version.id])):
            text = version.text[first:last]
            its[start] = texts.setdefault(text, len(texts)), first
    return Evidence(
        total=found.total,
        alone=sum(len(one.spans) == 1 for one in found.statements),
        changed=sum(bool(one.difference) for one in found.statements),
        texts=list(texts),
        places=places,
        ledger=found,
    )


def _versions(store: Store, ids: Iterable[str]) -> Iterator[Version]:
    """Versions by their ids, one after the other: together they may be more than fits into memory."""
    question = f"SELECT {COLUMNS} {FROM} WHERE versions.id = :id"
    for one in ids:
        yield version_of(store.one(question, id=one))


def told_in(statements: Iterable[Statement], key: str) -> Iterator[Said]:
    """Each telling of statements in one version."""
    for one in statements:
        if key in one.spans:
            yield one.spans[key]
            yield from one.again.get(key, ())


def _stretches(version: Version, told: Iterable[Said]) -> Iterator[tuple[int, tuple[int, int]]]:
    """For the beginning of each telling, from where to where the text goes that shows it."""
    bounds = _bounds(version)
    found: dict[int, tuple[int, int]] = {}
    for said in told:
        start = said.content[0][0]
        spans = [*said.source, *said.cue, *said.content]
        first, last = _around(bounds, min(one for one, _ in spans), max(other for _, other in spans))
        first = max(first, start - BEFORE)
        known = found.get(start, (first, first))
        found[start] = known if known[1] - known[0] >= last - first else (first, min(last, first + MOST))
    yield from found.items()


def _bounds(version: Version) -> list[tuple[int, int]]:
    """The sentences of what is compared, in the order of the text."""
    blocks = sorted((block.start, block.end) for block in version.blocks if block.kind in COMPARED)
    return [
        sentence
        for start, end in blocks
        for sentence in sentences(version.text, version.language, start=start, end=end)
    ]


def _around(bounds: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The sentences that a stretch lies in, from the beginning of the first to the end of the last."""
    if not bounds:
        return start, end
    places = (start, max(start, end - 1))
    first, last = (max(0, bisect_right(bounds, place, key=itemgetter(0)) - 1) for place in places)
    return min(start, bounds[first][0]), max(end, bounds[last][1])
