"""The kernels, beside plain twins that look at all pairs."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.kernels.linkage import average_link
from retold.kernels.linking import Linking, Measure, single
from retold.kernels.neighbours import Rows, grains, neighbours, products, summed

WIDTH = 12
TABLES = st.lists(st.dictionaries(st.integers(0, WIDTH - 1), st.integers(1, 900), max_size=6), max_size=14)


def rows_of(table: list[dict[int, int]]) -> Rows:
    """A table of values as rows, in whole grains."""
    starts = np.cumsum([0, *map(len, table)], dtype=np.int64)
    columns = np.array([column for row in table for column in sorted(row)], np.int64)
    values = np.array([row[column] / 300 for row in table for column in sorted(row)])
    return Rows(starts, columns, grains(values), WIDTH)


def dense(rows: Rows) -> np.ndarray:
    """Rows with their zeros."""
    found = np.zeros((len(rows), rows.width))
    for row in range(len(rows)):
        part = slice(rows.starts[row], rows.starts[row + 1])
        found[row, rows.columns[part]] = rows.values[part]
    return found


@given(TABLES)
def test_products_are_those_of_the_dense_rows(table):
    rows = rows_of(table)
    pairs = np.array(list(combinations(range(len(rows)), 2)), np.int64).reshape(-1, 2)
    full = dense(rows)
    assert products(rows, pairs).tolist() == [float(full[one] @ full[other]) for one, other in pairs]


@given(TABLES)
def test_all_rows_that_share_a_column_are_neighbours_where_there_is_room(table):
    rows = rows_of(table)
    full = dense(rows)
    wanted = [[one, other] for one, other in combinations(range(len(rows)), 2) if full[one] @ full[other] > 0]
    assert neighbours(rows, best=100).tolist() == wanted


@given(TABLES, st.integers(0, 5))
def test_of_the_first_rows_only_neighbours_of_later_ones_are_told(table, first):
    rows = rows_of(table)
    first = min(first, len(rows))
    pairs = neighbours(rows, first, best=100).tolist()
    assert pairs == [pair for pair in neighbours(rows, best=100).tolist() if pair[1] >= first]


@given(TABLES, st.data())
def test_sums_are_those_of_the_dense_rows(table, data):
    rows = rows_of(table)
    homes = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows))), np.int64)
    full, found = dense(rows), dense(summed(rows, homes, 4))
    for home in range(4):
        assert found[home].tolist() == pytest.approx(full[homes == home].sum(axis=0).tolist())


@settings(max_examples=60, deadline=None)
@given(TABLES, st.sampled_from([0.5, 2.0, 5.0]))
def test_linking_gives_what_average_link_over_all_pairs_gives(table, cut):
    rows = rows_of(table)
    full = dense(rows)
    scores = {pair: float(full[pair[0]] @ full[pair[1]]) for pair in combinations(range(len(rows)), 2)}
    measure = Measure(cut=cut, fade=1.0, undated=0.0, apart=0.0, crowd=99.0, few=0.0)
    groups = [
        single(rows.columns[low:high], rows.values[low:high], None)
        for low, high in zip(rows.starts.tolist(), rows.starts.tolist()[1:], strict=False)
    ]
    linking = Linking(groups, WIDTH, measure)
    linking.meet((one, other, score) for (one, other), score in scores.items() if score > 0)
    home = linking.run()
    found = sorted([place for place, root in enumerate(home) if root == each] for each in set(home))
    wanted = average_link(len(rows), scores, cut=cut)
    assert found == wanted or _tied(scores)


def _tied(scores: dict[tuple[int, int], float]) -> bool:
    """Whether two pairs score the same to rounding: then either may be joined first."""
    ordered = sorted(score for score in scores.values() if score)
    return any(abs(one - other) < 1e-6 for one, other in pairwise(ordered))
