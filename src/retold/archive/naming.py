"""What a user calls an article or a story, and what the archive calls it."""

from __future__ import annotations

import re

from retold.archive.prepared import address, clean
from retold.model.errors import UnknownError
from retold.model.identity import identify
from retold.store.store import Store

NUMBERED = re.compile(r"(.+)@([0-9]{1,6})")  # ferry@2, the second version of an article
SHOWN = 5  # candidates named where a name is not enough


def article_id(store: Store, name: str) -> str:
    """The id of the article that a user names by id, by address, or by the name its input gave it.

    Raises UnknownError where there is none, or more than one.
    """
    found = _articles(store, clean(name))
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownError(_several(name, found))
    raise UnknownError(
        f"There is no article {name!r} in this archive. Its id, its URL or the id from its input is wanted; "
        "find it with: retold search WORDS"
    )


def _articles(store: Store, name: str) -> list[str]:
    """The articles that a user may mean: the one of that id or address, else all that their inputs called so."""
    for candidate in (name, identify("article", address(name))):
        if store.one("SELECT 1 FROM articles WHERE id = :id", id=candidate):
            return [candidate]
    question = "SELECT article_id FROM namings WHERE source_id = :name ORDER BY article_id"
    return [article for (article,) in store.ask(question, name=name)]


def version_number(store: Store, name: str) -> int:
    """The number of the version that a user names: the newest of an article, or with ``@2`` behind it its second.

    Raises UnknownError where there is no such article, or it has not so many versions.
    """
    told = NUMBERED.fullmatch(name)
    if told is None or _articles(store, clean(name)):  # whoever calls an article so means the article
        return int(store.one("SELECT current FROM articles WHERE id = :id", id=article_id(store, name))[0])
    article, wanted = article_id(store, told[1]), int(told[2])
    question = "SELECT number FROM versions WHERE article_id = :id ORDER BY stood, number"
    numbers = [int(number) for (number,) in store.ask(question, id=article)]
    if not 1 <= wanted <= len(numbers):
        have = "1 version" if len(numbers) == 1 else f"{len(numbers):,} versions"
        raise UnknownError(f"{told[1]} has {have}: there is no {name!r}. List them with: retold revisions {told[1]}")
    return numbers[wanted - 1]


def _several(name: str, found: list[str]) -> str:
    shown = ", ".join(found[:SHOWN]) + (", ..." if len(found) > SHOWN else "")
    return f"{len(found)} articles are called {name!r} by their inputs. Name one by its id: {shown}"


def story_ids(store: Store, name: str) -> list[str]:
    """The stories that a user names: one by its id, or by one of its articles; those that took over from an old one.

    Raises UnknownError where there is none.
    """
    name = clean(name)
    if store.one("SELECT 1 FROM stories WHERE id = :id", id=name):
        return [name]
    found = [id_ for (id_,) in store.ask("SELECT successor FROM successors WHERE id = :id ORDER BY successor", id=name)]
    if found:
        return sorted({each for one in found for each in story_ids(store, one)})
    articles = _articles(store, name)
    found = sorted({story for article in articles for story in _told_in(store, article)})
    if found:
        return found
    if articles:
        raise UnknownError(f"The article {name!r} is in no story yet. Run `retold learn` first.")
    raise UnknownError(
        f"There is no story {name!r} in this archive. The id of a story or of one of its articles is wanted; "
        "list them with: retold stories"
    )


def _told_in(store: Store, article: str) -> list[str]:
    return [story for (story,) in store.ask("SELECT story_id FROM tellings WHERE article_id = :id", id=article)]
