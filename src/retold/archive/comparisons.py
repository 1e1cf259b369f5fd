"""Articles of an archive, put side by side."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from itertools import combinations

from retold.answers import Comparison
from retold.archive.naming import story_ids, version_number
from retold.archive.texts import version_at
from retold.comparing import comparison
from retold.model.errors import UnknownError, UsageError
from retold.model.records import Version
from retold.model.version import __version__
from retold.store.store import Store

FEWEST, MOST = 2, 200  # as of files: see api.py
ALL = "SELECT current FROM articles ORDER BY moment IS NULL, moment, id LIMIT :most"


def versions(store: Store, names: Sequence[str]) -> list[Version]:
    """The newest versions of articles, or those that are numbered, in the order of their names; with one name those of
    its story, or without any all that there are, the earliest first. Raises UsageError where there is none such."""
    if not names:
        return [version_at(store, number) for (number,) in store.ask(ALL, most=MOST + 1)]
    if len(names) == 1:
        return [version_at(store, number) for story in _story(store, names[0]) for number in numbers(store, story)]
    return [version_at(store, number) for number in dict.fromkeys(version_number(store, name) for name in names)]


def revised(store: Store, found: Sequence[Version]) -> list[tuple[int, int]]:
    """Which of some versions are an earlier and a later one of one article, by their places."""
    places = {version.id: place for place, version in enumerate(found)}
    question = (
        "SELECT versions.id, versions.article_id FROM json_each(:ids) AS wanted "
        "JOIN versions ON versions.id = wanted.value ORDER BY versions.stood, versions.number"
    )
    told = list(store.ask(question, ids=json.dumps(list(places))))
    return [(places[one], places[other]) for (one, article), (other, same) in combinations(told, 2) if article == same]


def _story(store: Store, name: str) -> list[str]:
    """The story of a name; raises UsageError where it stands for none, or for several."""
    found = story_ids(store, name)
    if len(found) > 1:
        raise UnknownError(f"{name} stands for {len(found)} stories. Name one of them: {', '.join(found)}")
    return found


def numbers(store: Store, story: str) -> list[int]:
    """The numbers of the newest versions of a story's articles, the earliest article first."""
    question = (
        "SELECT articles.current FROM tellings JOIN articles ON articles.id = tellings.article_id "
        "WHERE tellings.story_id = :story ORDER BY articles.moment IS NULL, articles.moment, articles.id"
    )
    return [number for (number,) in store.ask(question, story=story)]


def compared(found: Sequence[Version], revised: Collection[tuple[int, int]] = ()) -> Comparison:
    """A comparison of versions, of which some are ``revised``; raises UsageError for fewer than 2 or more than 200."""
    check(len(found))
    return comparison(found, [], retold_version=__version__, revised=revised)


def check(count: int) -> None:
    """Raise UsageError where so few or so many articles cannot be compared."""
    if not FEWEST <= count <= MOST:
        many = "1 article" if count == 1 else f"{count:,} articles"
        raise UsageError(f"{many} cannot be put side by side; {FEWEST} to {MOST} can. Name others.")
