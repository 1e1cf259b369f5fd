"""The house style of an outlet, learned from edits: how it writes what others write otherwise in the same text.

Only what recurs from story to story is a habit; an outlet that writes both ways has none. Nobody is said to have
changed anything: who had the text first plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from retold.archive.comparisons import compared, versions
from retold.archive.dependence import Habit, Habits
from retold.archive.origins_of import copies_of
from retold.archive.outlets import latest_shared
from retold.archive.tracing import named
from retold.store.store import Store

LOOKED_AT = 30  # latest articles that share their text: each is compared with others
OTHERS = 2  # outlets that each is compared with
FEWEST = 3  # stories in which a habit shows
MOST_AGAINST = 0.2  # of the stories: in so many it may write the other way
CLASSES = ("name", "style")  # of edits: a number that differs is a matter of fact, not of style
LONGEST = 3  # words


class Pair(NamedTuple):
    """How an outlet writes something, and how others do."""

    ours: str
    theirs: str


def habits(store: Store, name: str) -> Habits:
    """The habits of an outlet, those of most stories first; raises UsageError where the archive has none of that name.

    Looked at are its latest articles that share their text, each beside those of other outlets.
    """
    called, pieces = latest_shared(store, name, LOOKED_AT)
    seen: defaultdict[Pair, dict[str, Pair]] = defaultdict(dict)
    shared = 0
    for piece in pieces:
        others = _others(store, called, piece.id)
        shared += bool(others)
        for other in others:
            found = compared(versions(store, (piece.id, other))).to_dict()
            for pair in pairs(found):
                seen[essence(*pair)].setdefault(piece.story or piece.id, pair)
    return Habits(name=called, articles=shared, habits=list(_recurring(seen)))


def _others(store: Store, outlet: str, article: str) -> list[str]:
    """The articles of other outlets that have most of an article's text, one an outlet."""
    rows = [row for row in copies_of(store, article) if row.label in ("copy", "partial")]
    about = named(store, [row.other_id for row in rows])
    found: dict[str, str] = {}
    for row in rows:
        other = about[row.other_id].outlet
        if other is not None and other != outlet:
            found.setdefault(other, row.other_id)
    return list(found.values())[:OTHERS]


def pairs(found: Mapping[str, Any]) -> Iterator[Pair]:
    """Yield what the first of two articles writes otherwise than the second, as short as it can be told."""
    for edit in found["edits"]:
        if edit["class"] in CLASSES and not edit["in_quote"] and set(edit["sides"]) == {"A", "B"}:
            ours, theirs = (edit["sides"][key]["text"].strip() for key in "AB")
            if max(len(ours.split()), len(theirs.split())) <= LONGEST and ours != theirs:
                yield Pair(ours, theirs)


def essence(ours: str, theirs: str) -> Pair:
    """Two ways to write something, without the letters around that are the same where only signs differ.

    >>> essence("board's", "board’s"), essence("Kyiv", "Kiev")
    (Pair(ours="'", theirs='’'), Pair(ours='Kyiv', theirs='Kiev'))
    """
    start = _alike(ours, theirs)
    end = _alike(ours[start:][::-1], theirs[start:][::-1])
    mine, yours = ours[start : len(ours) - end], theirs[start : len(theirs) - end]
    return Pair(ours, theirs) if any(letter.isalnum() for letter in mine + yours) else Pair(mine, yours)


def _alike(one: str, other: str) -> int:
    """How many letters two texts have in common from their start."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _recurring(seen: Mapping[Pair, Mapping[str, Pair]]) -> Iterator[Habit]:
    """Yield what recurs, those of most stories first."""
    told = []
    for pair, stories in seen.items():
        against = len(seen.get(Pair(pair.theirs, pair.ours), {}))
        if len(stories) >= FEWEST and against <= MOST_AGAINST * len(stories):
            ours, theirs = stories[min(stories)]
            told.append(Habit(*pair, example=ours, other_example=theirs, stories=len(stories), against=against))
    yield from sorted(told, key=lambda habit: (-habit.stories, habit.ours, habit.theirs))
