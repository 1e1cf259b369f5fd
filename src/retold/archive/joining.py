"""A desk where articles come in one by one, and each is told at once which story it joins.

What it says is settled by the next ``learn``. The stories it needs to know stay in memory while the desk is open, and
nobody else writes in the archive until it is closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any

from retold.archive.adding import Count, write
from retold.archive.answers import Joined
from retold.archive.prepared import Prepared, piece_of, prepared
from retold.archive.runs import run
from retold.archive.settling import days, state_at
from retold.archive.texts import version_at
from retold.inputs.piece import read_piece
from retold.model.errors import SourceError
from retold.model.records import Reject, Version
from retold.store.store import Store
from retold.stories.features import Features, features
from retold.stories.ids import story_id
from retold.stories.join import Ready
from retold.stories.states import Telling, block_of

DAYS_READY = 2  # blocks of time whose stories are kept ready: news comes in of today, and of yesterday


class Desk:
    """Used in a ``with`` block; raises BusyError where another process is writing."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._open = ExitStack()
        self._ready: dict[int, Ready] = {}

    def __enter__(self) -> Desk:
        self._store = self._open.enter_context(Store.writing(self._path))
        self._run = self._open.enter_context(run(self._store, "join", {}))
        return self

    def __exit__(self, *problem: Any) -> None:
        self._open.__exit__(*problem)

    def join(self, record: Mapping[str, Any]) -> Joined:
        """Store an article, and return which story it joins; raises SourceError where the record is no article."""
        made = prepared(_read(record))
        with self._store.transaction():
            count = Count()
            write(self._store, made, self._run.number, count)
            told = self._told(made.article_id)
            new = told is None
            story, score = told or self._placed(made)
        self._run.rows += count.articles + count.versions
        return Joined(
            article_id=made.article_id,
            source_id=made.source_id,
            story_id=story,
            score=score,
            new=new and story == story_id(made.article_id),
            known=bool(count.known),
        )

    def _told(self, article: str) -> tuple[str, float] | None:
        """The story that an article tells already."""
        found = self._store.one("SELECT story_id, score FROM tellings WHERE article_id = :id", id=article)
        return tuple(found) if found else None

    def _placed(self, made: Prepared) -> tuple[str, float]:
        """Put a new article into the story that it joins, or into one of its own."""
        about = Features.unpack(made.data)
        telling = Telling(made.article_id, days(made.moment), about)
        ready = self._stories(telling.moment)
        found = ready.join(about, telling.moment)
        first, score = (found.story, found.score) if found else (made.article_id, 1.0)
        ready.add(telling, first)
        told = self._told(first)
        story = told[0] if told else story_id(first)
        self._store.put("tellings", [(made.article_id, story, score, 0, self._run.number)])
        self._write_story(story, made)
        return story, score

    def _write_story(self, story: str, made: Prepared) -> None:
        known = self._store.one("SELECT title, first, last, articles FROM stories WHERE id = :id", id=story)
        title, first, last, articles = known or (made.title or "", None, None, 0)
        moments = [each for each in (first, last, made.moment) if each is not None]
        outlets = self._store.one("outlets_of_story", story=story)[0]
        earliest, latest = min(moments, default=None), max(moments, default=None)
        self._store.put("stories", [(story, title, earliest, latest, articles + 1, outlets, self._run.number)])

    def _stories(self, moment: float | None) -> Ready:
        """The stories of the time of an article, ready to be asked."""
        block = block_of(moment)
        if block not in self._ready:
            if len(self._ready) >= DAYS_READY:
                self._ready.pop(next(iter(self._ready)))
            self._ready[block] = Ready(state_at(self._store, block))
            for telling, first in _unsettled(self._store, block):
                self._ready[block].add(telling, first)
        return self._ready[block]


def _unsettled(store: Store, block: int) -> Iterator[tuple[Telling, str]]:
    """Each article of a block that joined a story since the last ``learn``, and the first article of that story."""
    for article, number, moment, first in list(store.ask("unsettled")):
        if block_of(days(moment)) == block:
            yield Telling(article, days(moment), features(version_at(store, number))), first


def _read(record: Mapping[str, Any]) -> Version:
    found = read_piece(piece_of(record))
    if isinstance(found, Reject):
        raise SourceError(found.source, found.reason)
    return found
