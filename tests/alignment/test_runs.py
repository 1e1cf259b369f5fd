"""The words that two texts have in common, also where the texts are far too long to look at every pair of words."""

from __future__ import annotations

import random
from itertools import pairwise
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as some
from rapidfuzz.distance import Indel

from retold.alignment.runs import common

LETTERS = some.lists(some.sampled_from("abcdefgh"), max_size=60)


def told(runs):
    return sum(run.size for run in runs)


def is_true(left, right, runs):
    """Whether all runs are equal words, and each stands behind the one before it on both sides."""
    in_order = all(
        one.i + one.size <= other.i and one.j + one.size <= other.j and one[:2] != other[:2]
        for one, other in pairwise(runs)
    )
    return in_order and all(left[run.i : run.i + run.size] == right[run.j : run.j + run.size] for run in runs)


@given(LETTERS, LETTERS, some.integers(1, 400))
def test_however_little_is_looked_at_together_the_runs_are_common_and_in_order(left, right, most):
    runs = common(left, right, most=most)
    assert is_true(left, right, runs)
    assert told(runs) <= told(common(left, right))


@given(some.randoms(use_true_random=False), some.integers(0, 12))
def test_a_long_text_with_few_edits_is_aligned_as_if_it_were_looked_at_whole(rng, edits):
    left = [f"w{number}" for number in range(400)]
    right = list(left)
    for _ in range(edits):
        right[rng.randrange(len(right))] = "other"
    assert common(left, right, most=5_000) == common(left, right)


def test_a_text_without_any_landmark_is_aligned_too():
    left, right = ["and", "so", "on"] * 300, ["and", "so", "on"] * 200
    runs = common(left, right, most=10_000)
    assert is_true(left, right, runs)
    assert told(runs) > 300


def test_of_two_books_of_one_paragraph_only_parts_are_looked_at_together(monkeypatch):
    rng = random.Random(1)
    left = [f"w{rng.randrange(9_000)}" for _ in range(60_000)]
    right = [word for word in left if rng.random() > 0.01]
    seen = []

    def editops(mine, yours):
        seen.append(len(mine) * len(yours))
        return Indel.editops(mine, yours)

    monkeypatch.setattr("retold.alignment.runs.Indel", SimpleNamespace(editops=editops))
    assert told(common(left, right, most=2**24)) == len(right)
    assert len(seen) > 12
    assert max(seen) <= 2**24
