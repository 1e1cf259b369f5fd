"""Ids come from content."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retold.model.identity import identify
from retold.reading.read import read_text

BODY = "The council in Harwick voted on Thursday to rebuild the old bridge."


def test_an_id_is_the_same_on_every_machine():
    assert identify("a", "b") == "3c9d591045bc8876"


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_only_the_same_parts_give_the_same_id(one, other):
    assert (identify(*one) == identify(*other)) == (one == other)


def test_a_versions_id_changes_with_its_words_and_its_outlet_not_with_its_file():
    version = read_text(BODY, source="a.txt", outlet="Courier")
    assert version.id == read_text(BODY, source="b.txt", outlet="Courier").id
    assert version.id != read_text(BODY, source="a.txt", outlet="Herald").id
    assert version.id != read_text(BODY + " Again.", source="a.txt", outlet="Courier").id
