"""Where one new article belongs now."""

from __future__ import annotations

import pytest

from retold.stories import join
from retold.stories.join import Ready
from retold.stories.settle import fold, step
from retold.stories.states import State, Telling, begin, blocks, everything
from tests.stories.news import BRIDGE, FERRY, MINT, paper, reworded, telling


def ready(told: list[Telling]) -> Ready:
    """The stories of articles, ready to be asked."""
    placed = fold(told)
    return Ready(everything(begin(told), told, {article: place.story for article, place in placed.items()}))


@pytest.mark.parametrize("day", [None, 102.0])
@pytest.mark.parametrize(("subject", "story"), [(FERRY, "0-0"), (MINT, "1-0"), (BRIDGE, "2-0")])
def test_a_new_article_joins_the_story_of_its_subject(subject, story, day):
    new = telling("new", reworded(subject, 77), reworded(subject, 78), day=day)
    found = ready(paper(days=None if day is None else 3.0)).join(new.features, new.moment)
    assert found is not None
    assert found.story == story
    assert 0 < found.score <= 1


@pytest.mark.parametrize(
    ("title", "day"),
    [("Orchard growers of Marrow celebrate record plum harvest", 101.0), (FERRY, 140.0), ("", 101.0)],
    ids=["of another subject", "of another month", "without a word"],
)
def test_an_article_that_belongs_nowhere_joins_nothing(title, day):
    new = telling("new", title, day=day)
    assert ready(paper()).join(new.features, new.moment) is None


def test_nothing_is_joined_where_nothing_is():
    new = telling("new", FERRY)
    stories = Ready(State())
    assert stories.join(new.features, None) is None
    stories.add(new, "new")
    found = stories.join(telling("newer", FERRY).features, None)
    assert found is not None and found.story == "new"


@pytest.mark.parametrize("fresh", [1, 1000])
def test_articles_added_are_joined_by_later_ones(monkeypatch, fresh):
    monkeypatch.setattr(join, "FRESH", fresh)
    stories = ready(paper(copies=2))
    subject = "Astronomers of Marrow observatory photograph comet Bellamine with new telescope"
    for number in range(4):
        new = telling(f"comet{number}", reworded(subject, number, 0.2), day=103.0)
        found = stories.join(new.features, new.moment)
        assert (found.story if found else None) == ("comet0" if number else None)
        stories.add(new, found.story if found else new.article_id)


def test_the_settled_stories_of_a_block_take_in_what_settling_would_put_there():
    told = sorted(paper(days=1.9), key=Telling.order)
    *before, last = told
    wanted = fold(told)[last.article_id].story
    state = begin(before)
    for block, articles in blocks(before):
        state = step(state, block, articles).state
    found = Ready(state).join(last.features, last.moment)
    assert found is not None and found.story == wanted


def test_a_title_that_differs_in_the_number_that_matters_joins_nothing():
    stories = ready([telling("two", "Day 2 of the Varga trial in Hessel")])
    assert stories.join(telling("new", "Day 21 of the Varga trial in Hessel").features, None) is None
    assert stories.join(telling("new", "Day 2 of the Varga trial in Hessel court").features, None) is not None
