"""Stories brought up to date, block by block of time: only the blocks that new articles can have changed.

Each block's outcome rests in the archive, with the state after it. A block is settled again where its articles, or the
state before it, are not what they were; once the state is the old one again, the rest stands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

import msgspec

from retold.store.store import Store
from retold.stories.features import Features
from retold.stories.settle import Placed, Step, resolved, step
from retold.stories.states import BACKGROUND, LIMIT, UNDATED, State, Telling, begin, block_of, everything, needs, unpack

DAY = 86400.0
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Item:
    """An article as the settling sorts it, without its features."""

    article_id: str
    moment: float | None
    digest: bytes


class Walk:
    """A walk along the blocks of an archive in order, with the state so far."""

    def __init__(self, store: Store, run: int) -> None:
        self._store = store
        self._run = run
        self._items = list(_items(store))
        self._state: State | None = begin(self._tellings(self._items[:BACKGROUND]))
        self._digest = self._state.digest()
        self._last: int | None = None  # the block that the archive holds the state of, where it is not in memory

    def settle(self, progress: Progress | None) -> int:
        """Settle the blocks that are not what they were; return how many articles these hold."""
        found = {block: list(items) for block, items in groupby(self._items, lambda each: _block(each.moment))}
        done = again = 0
        with self._store.transaction():
            self._store.do(
                "DELETE FROM checkpoints WHERE block NOT IN (SELECT value FROM json_each(:blocks))",
                blocks=json.dumps(list(found)),
            )
        for block, items in sorted(found.items()):
            again += self._settle(block, items)
            done += len(items)
            if progress:
                progress("settling stories", done, len(self._items))
        return again

    def _settle(self, block: int, items: Sequence[Item]) -> int:
        """Go on to a block; return how many articles were settled again."""
        inputs = _name(items)
        before = self._before_undated() if block == UNDATED else self._digest
        question = "SELECT digest FROM checkpoints WHERE block = :block AND inputs = :inputs AND before = :before"
        stands = self._store.one(question, block=block, inputs=inputs, before=before)
        if stands:
            self._digest, self._state, self._last = stands[0], None, block
            return 0
        state = self._everything() if block == UNDATED else self._known()
        done = step(state, block, self._tellings(items))
        digest = done.state.digest()
        with self._store.transaction():
            row = (block, inputs, before, digest, done.state.pack(), _packed(done), self._run)
            self._store.put("checkpoints", [row])
        self._state, self._digest, self._last = done.state, digest, block
        return len(items)

    def _known(self) -> State:
        """The state so far; from the archive where the walk only passed by."""
        if self._state is None:
            packed = self._store.one("SELECT state FROM checkpoints WHERE block = :block", block=self._last)[0]
            self._state = unpack(packed, _features(self._store, needs(packed)).__getitem__)
        return self._state

    def _dated(self) -> list[Item]:
        return [each for each in self._items if each.moment is not None]

    def _before_undated(self) -> bytes:
        """What names all that the undated articles are settled with: every dated article, and where it stands."""
        told = sorted((article, place.story) for article, place in placements(self._store, dated=True).items())
        return sha256(self._digest + _name(self._dated()) + msgspec.msgpack.encode(told)).digest()[:16]

    def _everything(self) -> State:
        stories = {article: place.story for article, place in placements(self._store, dated=True).items()}
        return everything(self._known(), self._tellings(self._dated()[-LIMIT:]), stories)

    def _tellings(self, items: Iterable[Item]) -> list[Telling]:
        """Articles with their features."""
        wanted = list(items)
        features = _features(self._store, [each.article_id for each in wanted])
        return [Telling(each.article_id, days(each.moment), features[each.article_id]) for each in wanted]


def placements(store: Store, *, dated: bool = False) -> dict[str, Placed]:
    """Where every article stands, from the outcomes of all blocks; or every ``dated`` one, from those of theirs."""
    placed: dict[str, Placed] = {}
    merged: list[dict[str, str]] = []
    question = "SELECT outcome FROM checkpoints WHERE block < :end ORDER BY block"
    for (packed,) in store.ask(question, end=UNDATED + (not dated)):
        told, pairs = msgspec.msgpack.decode(packed)
        placed.update((article, Placed(story, score)) for article, story, score in told)
        merged.append(dict(pairs))
    return resolved(placed, merged)


def state_at(store: Store, block: int) -> State:
    """What was known after a block of time, or after the last one before it."""
    question = "SELECT state FROM checkpoints WHERE block <= :block ORDER BY block DESC LIMIT 1"
    row = store.one(question, block=block)
    return unpack(row[0], _features(store, needs(row[0])).__getitem__) if row else State()


def days(seconds: float | None) -> float | None:
    """A moment in days since 1970."""
    return None if seconds is None else seconds / DAY


def _block(moment: float | None) -> int:
    return block_of(days(moment))


def _items(store: Store) -> Iterator[Item]:
    """Each article that has features, in the order of settling."""
    for row in store.ask("articles_to_settle"):
        yield Item(*row)


def _features(store: Store, articles: Iterable[str]) -> Mapping[str, Features]:
    """The features of articles' newest versions."""
    wanted = json.dumps(list(articles))
    rows = store.ask("features_of_articles", articles=wanted)
    return {article: Features.unpack(data) for article, data in rows}


def _name(items: Iterable[Item]) -> bytes:
    """What names the articles of a block: the same for the same articles alone."""
    digest = sha256()
    for each in items:
        digest.update(f"{each.article_id} {each.moment!r} ".encode() + each.digest)
    return digest.digest()[:16]


def _packed(done: Step) -> bytes:
    told = [(article, place.story, place.score) for article, place in sorted(done.placed.items())]
    return msgspec.msgpack.encode([told, sorted(done.merged.items())])
