"""Origins are gathered round the text that stands for each, and not along chains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.copies.gathering import Nearness, Tie, gathered


def home(count: int, *ties: Tie, lengths: list[int] | None = None) -> list[list[int]]:
    """The groups of some versions."""
    found = gathered(range(count), Nearness(count, ties), lengths or [100] * count)
    groups: dict[int, list[int]] = {}
    for place in range(count):
        groups.setdefault(found[place], []).append(place)
    return sorted(groups.values())


def near(
    one: int, other: int, nearness: float, *, shares: tuple[float, float] | None = None, state: bool = False
) -> Tie:
    return Tie(one, other, *(shares or (nearness, nearness)), nearness, state)


@pytest.mark.parametrize(
    ("ties", "groups"),
    [
        ([], [[0], [1], [2]]),
        ([near(0, 1, 0.9)], [[0, 1], [2]]),
        ([near(0, 1, 0.49)], [[0], [1], [2]]),
        ([near(0, 1, 0.6), near(1, 2, 0.6)], [[0, 1, 2]]),
    ],
)
def test_who_is_near_to_a_text_that_stands_for_others_joins_it(ties, groups):
    assert home(3, *ties) == groups


def test_a_chain_is_cut():
    ties = [near(0, 1, 0.6), near(1, 2, 0.6), near(2, 3, 0.6), near(3, 4, 0.6)]
    assert all(len(group) < 5 for group in home(5, *ties))


def test_states_of_one_agencys_text_are_one_origin_though_first_and_last_share_little():
    ties = [
        near(0, 1, 0.9, state=True), near(1, 2, 0.7, state=True), near(2, 3, 0.7, state=True),
        near(0, 2, 0.3, state=True), near(1, 3, 0.25, state=True), near(0, 3, 0.2, state=True),
    ]  # fmt: skip
    assert home(4, *ties) == [[0, 1, 2, 3]]


def test_a_piece_cut_from_a_later_state_belongs_to_its_text():
    ties = [near(0, 1, 0.8), near(0, 2, 0.8), near(2, 3, 0.9, shares=(0.4, 0.95))]
    assert home(4, *ties) == [[0, 1, 2, 3]]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(0, 100)), max_size=20))
def test_every_member_is_near_to_somebody_of_its_origin(rows):
    ties = {(min(a, b), max(a, b)): near(min(a, b), max(a, b), share / 100) for a, b, share in rows if a != b}
    nearness = Nearness(8, ties.values())
    for group in home(8, *ties.values()):
        for place in group:
            assert len(group) == 1 or any(nearness.near(place, other) >= 0.5 for other in group if other != place)
