"""What each version is about, kept up to date: made again where its outlet's other pages taught something new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from retold.archive.finding import indexed
from retold.archive.prepared import blocks_of, body
from retold.archive.recurring import aside, learn_furniture, outlets_with_news
from retold.archive.texts import judged
from retold.archive.workers import Workers
from retold.model.records import Version
from retold.store.store import Store
from retold.stories.features import features

BATCH = 1000  # versions a transaction
NONE_ASIDE = b"[]"
Progress = Callable[[str, int, int], None]


class Due(NamedTuple):
    """A version that was looked at: ``before`` is what was set aside of it until now, None where nobody had looked;
    ``made`` says whether it has features."""

    number: int
    aside: bytes
    before: bytes | None
    made: bool

    @property
    def only_looked_at(self) -> bool:
        """Whether nothing of it is furniture, and its features are those that were made when it was read."""
        return self.made and self.before is None and self.aside == NONE_ASIDE


class Made(NamedTuple):
    """The features of a version, packed, and its words for the index where what is set aside of it has changed."""

    number: int
    aside: bytes
    digest: bytes
    data: bytes
    words: tuple[str, str, str] | None


def bring_up_to_date(store: Store, run: int, *, team: Workers, progress: Progress | None) -> int:
    """Judge the furniture of outlets with new pages, then make the features of all versions that lack them or have
    other furniture now; return how many were made."""
    outlets = outlets_with_news(store)
    with store.transaction():
        for outlet in outlets:
            learn_furniture(store, outlet, run)
    found = sorted(_due(store, outlets), key=_old_first)
    due = [each for each in found if not each.only_looked_at]
    count = 0
    made = team.map(_made, _texts(store, due))
    for batch in iter(lambda: list(islice(made, BATCH)), []):
        with store.transaction():
            _write(store, batch, run)
        count += len(batch)
        if progress:
            progress("reading again", count, len(due))
    with store.transaction():
        looked = [(NONE_ASIDE, each.number) for each in found if each.only_looked_at]
        store.do("UPDATE features SET aside = ? WHERE version = ?", looked)
    return count


def _old_first(due: Due) -> bool:
    """New versions come last: as long as one of them is left, a run that was cut off is taken up again."""
    return due.before is None


def _due(store: Store, outlets: Iterable[str]) -> Iterator[Due]:
    """Each version without features, or of which something else is furniture now."""
    marks: dict[str, set[bytes]] = defaultdict(set)
    for outlet, mark in store.ask("SELECT outlet, print FROM furniture"):
        marks[outlet].add(mark)
    for outlet in outlets:
        for number, packed, before, made in store.ask("prints_of_outlet", outlet=outlet):
            now = aside(packed, marks[outlet])
            if now != before:
                yield Due(number, now, before, bool(made))
    for number, made in store.ask("versions_without_outlet"):
        yield Due(number, NONE_ASIDE, None, bool(made))


def _texts(store: Store, due: Iterable[Due]) -> Iterator[tuple[Any, ...]]:
    """The texts of versions, to be handed to the workers."""
    for each in due:
        row = store.one("SELECT language, title, text, blocks FROM versions WHERE number = :number", number=each.number)
        yield (*each, *row)


def _made(row: tuple[Any, ...]) -> Made:
    """The features of a version, from its row."""
    number, now, before, _, language, title, text, packed = row
    blocks = blocks_of(packed)
    version = Version("", "", text, judged(blocks, now), language=language, title=title)
    found = features(version)
    words = None
    if now != (before or NONE_ASIDE):
        words = (indexed(title or ""), body(text, judged(blocks, before)), body(text, version.blocks))
    return Made(number, now, found.digest(), found.pack(), words)


def _write(store: Store, made: Iterable[Made], run: int) -> None:
    for each in made:
        if each.words is not None:
            title, before, after = each.words
            store.unindex(each.number, title, before)
            store.index(each.number, title, after)
        store.put("features", [(each.number, each.aside, each.digest, each.data, run)])
