"""Names of stories that last: a story is named after its earliest article, and an old name leads to the new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from retold.model.identity import identify


def story_id(first: str) -> str:
    """Return the id of the story whose earliest article has the id ``first``.

    >>> story_id("a") == story_id("a") != story_id("b")
    True
    """
    return identify("story", first)


def renames(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return where the articles of each story that is no more are told now, most of them first.

    Both map articles to stories. One successor is a merger (or a new name), several are a split; a story whose articles
    are all gone has none.

    >>> renames({"a": "1", "b": "2", "c": "2"}, {"a": "1", "b": "1", "c": "1"})
    {'2': ('1',)}
    """
    gone = set(before.values()) - set(after.values())
    told: dict[str, Counter[str]] = {story: Counter() for story in sorted(gone)}
    for article, story in before.items():
        if story in gone and article in after:
            told[story][after[article]] += 1
    return {story: tuple(sorted(found, key=lambda each: (-found[each], each))) for story, found in told.items()}
