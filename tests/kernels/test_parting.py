"""The kernels that work part by part say what those say that see all at once; compiled or plain."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.kernels import matching, parting
from retold.kernels.choosing import kernels
from retold.kernels.measures import DOCUMENT_BITS

COUNT = 12  # documents
MARK = np.uint32(1 << 31)
KEYS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, COUNT - 1)), max_size=120)
WINDOWS = st.lists(st.integers(0, 3), min_size=COUNT, max_size=COUNT)


@pytest.fixture(scope="module")
def compiled():
    """The compiled twin, where numba is there."""
    pytest.importorskip("numba")
    return kernels("compiled").parting


def packed(drawn: list[tuple[int, int]]) -> np.ndarray:
    """Sorted fingerprints: a hash and a document."""
    return np.sort(np.array([(one << DOCUMENT_BITS) | document for one, document in drawn], np.uint64))


def same(one, other):
    """Both hold the same arrays."""
    for mine, yours in zip(one, other, strict=True):
        np.testing.assert_array_equal(mine, yours)


@given(KEYS)
@settings(deadline=None)
def test_fingerprints_that_several_have_are_those_of_the_whole(compiled, drawn):
    keys = packed(drawn)
    whole = matching.matches(keys, COUNT)
    for twin in (parting, compiled):
        totals = np.zeros(COUNT, np.int32)
        hashes, firsts, members = twin.runs(keys, totals)
        np.testing.assert_array_equal(totals, whole.totals)
        order = np.argsort(whole.hashes)
        np.testing.assert_array_equal(hashes, whole.hashes[order])
        documents = [members[low:high].tolist() for low, high in pairwise(firsts)]
        assert documents == [whole.members[whole.firsts[run] : whole.firsts[run + 1]].tolist() for run in order]


@given(KEYS, st.permutations(range(COUNT)))
@settings(deadline=None)
def test_documents_get_other_numbers(compiled, drawn, numbers):
    expected = [(one << DOCUMENT_BITS) | numbers[document] for one, document in drawn]
    for twin in (parting, compiled):
        keys = np.array([(one << DOCUMENT_BITS) | document for one, document in drawn], np.uint64)
        twin.renumber(keys, np.array(numbers, np.uint32))
        assert keys.tolist() == expected


@given(KEYS, WINDOWS, st.integers(2, 5))
@settings(deadline=None)
def test_each_window_gets_what_its_documents_have_with_all_who_have_it(compiled, drawn, windows, every):
    _, firsts, members = parting.runs(packed(drawn), np.zeros(COUNT, np.int32))
    marked, of, wanted = (
        members | MARK * (members % 3 == 0),
        np.array(windows, np.uint32),
        np.arange(len(firsts) - 1) % every > 0,
    )
    starts, found, ends, sent = parting.spread(firsts, marked, wanted, of, 4)
    same(compiled.spread(firsts, marked, wanted, of, 4), (starts, found, ends, sent))
    for window in range(4):
        runs = found[starts[window] : starts[window + 1]].tolist()
        documents = [marked[firsts[run] : firsts[run + 1]] for run in runs]
        assert sent[ends[window] : ends[window + 1]].tolist() == [one for run in documents for one in run]
        touched = [run for run in range(len(firsts) - 1) if window in of[members[firsts[run] : firsts[run + 1]]]]
        assert runs == [run for run in touched if wanted[run]]


@given(KEYS, st.permutations(range(COUNT)), st.integers(0, COUNT), st.integers(0, COUNT))
@settings(deadline=None)
def test_each_document_of_a_window_has_its_own_fingerprints(compiled, drawn, ranks, one, other):
    low, high = sorted((one, other))
    rank = np.array(ranks, np.uint32)
    _, firsts, members = parting.runs(packed(drawn), np.zeros(COUNT, np.int32))
    inside = [document for document in range(COUNT) if low <= rank[document] < high]
    documents = np.array(inside, np.uint32)
    runs = np.arange(len(firsts) - 1, len(firsts) - 1 + len(inside), dtype=np.uint64)
    own_firsts, own = parting.owned(firsts, members, documents, runs, rank, low, high)
    same(compiled.owned(firsts, members, documents, runs, rank, low, high), (own_firsts, own))
    for alone, document in zip(runs.tolist(), inside, strict=True):
        place = int(rank[document]) - low
        run_of = np.repeat(np.arange(len(firsts) - 1), np.diff(firsts))
        assert own[own_firsts[place] : own_firsts[place + 1]].tolist() == [*run_of[members == document], alone]
