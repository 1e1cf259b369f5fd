"""Articles of an archive, put side by side."""

from __future__ import annotations

from collections.abc import Sequence

from retold.answers import Comparison
from retold.archive.naming import article_id, story_ids
from retold.archive.texts import version_at
from retold.comparing import comparison
from retold.model.errors import UsageError
from retold.model.records import Version
from retold.model.version import __version__
from retold.store.store import Store

FEWEST, MOST = 2, 200  # as of files: see api.py
ALL = "SELECT current FROM articles ORDER BY moment IS NULL, moment, id LIMIT :most"


def versions(store: Store, names: Sequence[str]) -> list[Version]:
    """The newest versions of articles in the order of their names, or with one name those of its story, or without any
    all that there are, the earliest first. Raises UsageError where there is no such article or story."""
    if not names:
        return [version_at(store, number) for (number,) in store.ask(ALL, most=MOST + 1)]
    if len(names) == 1:
        return [version_at(store, number) for story in _story(store, names[0]) for number in _numbers(store, story)]
    articles = dict.fromkeys(article_id(store, name) for name in names)
    return [version_at(store, _current(store, article)) for article in articles]


def _story(store: Store, name: str) -> list[str]:
    """The story of a name; raises UsageError where it stands for none, or for several."""
    found = story_ids(store, name)
    if len(found) > 1:
        raise UsageError(f"{name} stands for {len(found)} stories. Name one of them: {', '.join(found)}")
    return found


def _numbers(store: Store, story: str) -> list[int]:
    question = (
        "SELECT articles.current FROM tellings JOIN articles ON articles.id = tellings.article_id "
        "WHERE tellings.story_id = :story ORDER BY articles.moment IS NULL, articles.moment, articles.id"
    )
    return [number for (number,) in store.ask(question, story=story)]


def _current(store: Store, article: str) -> int:
    return int(store.one("SELECT current FROM articles WHERE id = :id", id=article)[0])


def compared(found: Sequence[Version]) -> Comparison:
    """A comparison of versions; raises UsageError for fewer than 2 or more than 200."""
    if not FEWEST <= len(found) <= MOST:
        many = "1 article" if len(found) == 1 else f"{len(found):,} articles"
        raise UsageError(f"{many} cannot be put side by side; {FEWEST} to {MOST} can. Name others.")
    return comparison(found, [], retold_version=__version__)
