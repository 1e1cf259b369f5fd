"""The number of origins is an interval with its reasons."""

from __future__ import annotations

from retold.copies.counting import Question, count

HOMES = {"a": "x", "b": "x", "c": "y", "d": "z"}


def test_without_doubt_the_count_is_one_number():
    found = count(HOMES, [])
    assert (found.low, found.likely, found.high, found.reasons) == (3, 3, 3, ())


def test_two_origins_that_may_be_one_lower_the_count_once():
    questions = [Question("merge", "a", "c", "near"), Question("merge", "b", "c", "near")]
    assert count(HOMES, questions).low == 2


def test_a_member_that_may_stand_alone_raises_it():
    found = count(HOMES, [Question("split", "b", "a", "loose")])
    assert (found.low, found.high) == (3, 4)
    assert found.reasons == ("b may stand alone: loose",)


def test_one_that_has_no_company_among_those_asked_about_raises_nothing():
    assert count({"b": "x", "c": "y"}, [Question("split", "b", "a", "loose")]).high == 2
    assert count({"b": "x", "c": "y"}, [Question("split", "b", "c", "loose")]).high == 2
