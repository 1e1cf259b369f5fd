"""Texts that hang together are told apart from the rest, and nothing of what they share is lost."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.copies.components import components, only, parts, roots_of
from retold.copies.engine import engine
from retold.copies.passages import Shared
from tests.copies.test_prints import newspaper, same

EDGES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40)


def held_together(edges: list[tuple[int, int]]) -> list[list[int]]:
    """The same, one by one."""
    groups: list[set[int]] = []
    for edge in edges:
        met = [group for group in groups if group & set(edge)]
        groups = [group for group in groups if group not in met] + [set(edge).union(*met)]
    return sorted(sorted(group) for group in groups)


def pairs_alone(edges: list[tuple[int, int]]) -> Shared:
    """Pairs of which nothing else is known."""
    left, right = (np.array(side, np.int64) for side in (zip(*edges, strict=True) if edges else ((), ())))
    return Shared({"left": left, "right": right}, {}, {})


@given(EDGES)
def test_texts_hang_together_through_others(edges):
    found = components(pairs_alone(edges))
    assert [places.tolist() for places, _ in found] == held_together(edges)
    for places, pairs in found:
        assert pairs.tolist() == [number for number, edge in enumerate(edges) if edge[0] in places]


@given(EDGES, st.randoms(use_true_random=False))
def test_each_is_named_by_its_lowest_whatever_the_order(edges, chance):
    mixed = chance.sample(edges, len(edges))
    ends = [np.array(order, np.int64).reshape(-1, 2).T for order in (edges, mixed)]
    roots = [roots_of(31, *sides).tolist() for sides in ends]
    assert roots[0] == roots[1]
    assert all(roots[0][place] == min(group) for group in held_together(edges) for place in group)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_component_shares_what_its_texts_share_alone(seed):
    chance = random.Random(seed)
    texts = [f"{text} {mark}" for mark in ("Tessaly", "Velm") for text in newspaper(chance, 5)]
    texts = [text if place % 2 else "".join(map(turned, text)) for place, text in enumerate(texts)]
    whole = engine(texts)
    found = list(parts(whole))
    assert len(found) >= 2
    for places, own in found:
        alone = engine([texts[place] for place in places])
        alone.pairs["weight"] = own.pairs["weight"]  # who else has the words is another matter
        alone.steps["stories"] = own.steps["stories"]
        same(own, alone)


def turned(letter: str) -> str:
    """Another alphabet."""
    return chr(ord(letter) + 0x400) if letter.isalpha() else letter


def test_some_pairs_are_taken_in_any_order():
    whole = engine(newspaper(random.Random(3), 9))
    numbers = random.Random(4).sample(range(len(whole)), 6)
    chosen = only(whole, np.array(numbers))
    assert len(chosen) == 6
    for place, number in enumerate(numbers):
        told = [
            [tuple(one.steps_of(passage)) for passage in one.passages_of(pair)]
            for one, pair in ((chosen, place), (whole, number))
        ]
        assert told[0] == told[1]
    same(only(whole, np.arange(len(whole))), whole)


def test_nothing_hangs_together_where_nothing_is_shared():
    assert list(parts(engine(["Nothing happened."] * 3))) == []
