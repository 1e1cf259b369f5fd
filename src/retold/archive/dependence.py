"""What an archive answers about outlets: on whom each depends, and how much is its own."""

from __future__ import annotations

from typing import Literal

from retold.answers import Answer
from retold.archive.documents import Table

Way = Literal["alone", "first", "credited", "taken", "shared", "unlearned"]


class Parts(Answer, frozen=True, kw_only=True):
    """Articles, by where their text is from; each is counted once.

    ``alone``: no other article has it, and it credits nobody. ``first``: others have it, and it is the text itself, or
    repeats one of the same outlet. ``credited``: it is credited to an agency, by this article or by another that has
    it. ``taken``: it is probably from an article of another outlet. ``shared``: several have it, and whose it is cannot
    be told. ``unlearned``: the last ``learn`` did not see it. ``own_share`` is what part of the running text is surely
    its own, ``untold_share`` what part may be or not: on average, and only from 30 stories on; below that None.
    """

    articles: int
    stories: int
    alone: int
    first: int
    credited: int
    taken: int
    shared: int
    unlearned: int
    own_share: float | None
    untold_share: float | None


class Tie(Answer, frozen=True):
    """An agency or another outlet, and how many ``articles`` of how many ``stories`` tie an outlet to it."""

    name: str
    articles: int
    stories: int


class OutletLine(Parts, frozen=True, kw_only=True):
    """An outlet in a list, the ``agencies`` that its shared texts are credited to, and the other outlets that it
    probably has texts from (``sources``), those of most articles first."""

    name: str
    agencies: list[Tie]
    sources: list[Tie]


class Outlets(Table, frozen=True, kw_only=True):
    """The outlets of an archive, those of most articles first; ``total`` counts them all, ``unnamed`` the articles
    whose outlet is not stated; ``next`` is the offset of those that follow, None where there are none."""

    ROWS = "outlets"

    total: int
    unnamed: int
    outlets: list[OutletLine]
    next: int | None = None


class Period(Parts, frozen=True, kw_only=True):
    """A month of an outlet, in UTC; None where articles state no time."""

    month: str | None


class Borrowed(Answer, frozen=True):
    """An article whose text others have too: since when, of which story, and from whom as far as can be told: an agency
    (``way`` credited) or an outlet (taken). ``share``: what part of its running text stands in others."""

    article_id: str
    story_id: str | None
    title: str | None
    published: str | None
    way: Way
    source: str | None
    probability: float | None
    share: float


class Outlet(Table, frozen=True, kw_only=True):
    """One outlet, as a ``whole`` and month by month: the agencies that it credits, the outlets that it probably has
    texts from (``sources``), those that probably have theirs from it (``takers``), those that have the same texts
    (``partners``), and its latest articles whose text others have too."""

    ROWS = "months"

    name: str
    whole: Parts
    months: list[Period]
    agencies: list[Tie]
    sources: list[Tie]
    takers: list[Tie]
    partners: list[Tie]
    borrowed: list[Borrowed]


class Habit(Answer, frozen=True):
    """How an outlet writes what others write otherwise in the same text, in how many ``stories``; in ``against`` of
    them it writes the other way. Empty is what stands on one side only, such as a comma. The examples are the words of
    one place, here and elsewhere."""

    ours: str
    theirs: str
    example: str
    other_example: str
    stories: int
    against: int


class Habits(Table, frozen=True, kw_only=True):
    """The house style of an outlet, learned from its latest ``articles`` that share their text with other outlets."""

    ROWS = "habits"

    name: str
    articles: int
    habits: list[Habit]
