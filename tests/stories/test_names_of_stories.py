"""The ids that last, and the titles that stand for stories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.stories.features import features
from retold.stories.ids import renames
from retold.stories.titles import title
from tests.stories.news import version


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ({"a": "1", "b": "1"}, {"a": "1", "b": "1", "c": "1"}, {}),
        ({"a": "1", "b": "2"}, {"a": "1", "b": "1"}, {"2": ("1",)}),
        ({"a": "1", "b": "1"}, {"a": "0", "b": "0", "z": "0"}, {"1": ("0",)}),
        ({"a": "1", "b": "1", "c": "1"}, {"a": "2", "b": "3", "c": "3"}, {"1": ("3", "2")}),
        ({"a": "1", "b": "1"}, {"a": "1", "b": "2"}, {}),
        ({"a": "1"}, {}, {"1": ()}),
        ({}, {"a": "1"}, {}),
    ],
    ids=["grown", "merged", "an earlier article", "split", "the old name lives on", "gone", "new"],
)
def test_an_old_name_leads_to_where_its_articles_are(before, after, wanted):
    assert renames(before, after) == wanted


@given(*[st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("12345"))] * 2)
def test_every_story_that_is_no_more_is_told_of_and_leads_to_one_that_is(before, after):
    found = renames(before, after)
    assert found.keys() == set(before.values()) - set(after.values())
    assert all(set(new) <= set(after.values()) for new in found.values())


def stands_for(*titles: str) -> str:
    """The title that stands for articles with these titles."""
    return title([(f"a{place}", each, features(version(each))) for place, each in enumerate(titles)])


@pytest.mark.parametrize(
    ("titles", "wanted"),
    [
        (("Ferry aground off Port Quill", "Ferry aground", "Minister visits Quill"), "Ferry aground off Port Quill"),
        (("", "Ferry aground"), "Ferry aground"),
        (("Fog", "Fog"), "Fog"),
        (("", ""), ""),
        ((), ""),
    ],
)
def test_the_title_that_says_what_the_others_say_stands_for_the_story(titles, wanted):
    assert stands_for(*titles) == wanted


@given(st.permutations(["Ferry aground", "Ferry aground off Quill", "Fog over Quill", "Quill ferry stuck in fog"]))
def test_the_title_does_not_depend_on_the_order(titles):
    members = [(each, each, features(version(each))) for each in titles]
    assert title(members) == title(sorted(members, key=lambda each: each[0]))
