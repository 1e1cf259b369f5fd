"""Fifty changes of attribution, planted in invented articles that no threshold was set on, and what is reported."""

from __future__ import annotations

from collections import Counter

from bench.attributions import CHANGES, cases, measured, read, restyled
from retold.statements.entries import KINDS


def test_planted_changes_of_attribution_are_reported_and_little_else():
    score = measured(held=True)
    assert sum(score.planted.values()) == CHANGES == 50
    assert score.recall >= 0.85, score.missed
    assert score.precision >= 0.95, score.wrong


def test_every_kind_of_change_is_planted():
    planted = Counter(one.kind for case in cases(held=True) for one in case.planted)
    assert set(planted) == set(KINDS)
    assert min(planted.values()) >= 3


def test_another_house_style_alone_is_no_difference():
    told = [each for case in restyled(held=True, count=12) for row in read(case).rows for each in row.differences]
    assert told == []
