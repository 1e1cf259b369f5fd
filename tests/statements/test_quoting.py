"""Quotation marks: what stands between them, exactly, paragraph by paragraph."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.statements.quoting import Quotation, quotations
from retold.statements.records import Span


def lines(text: str) -> list[Span]:
    """The paragraphs of a text, a line each."""
    spans, place = [], 0
    for line in text.split("\n"):
        spans.append((place, place + len(line)))
        place += len(line) + 1
    return spans


def read(text: str) -> list[Quotation]:
    return quotations(text, lines(text))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"We go," said Ada Holm.', ['"We go,"']),
        ("“We go,” said Ada Holm.", ["“We go,”"]),
        ("„Wir gehen“, sagte Ada Holm.", ["„Wir gehen“"]),
        ("« Nous partons », dit Ada Holm.", ["« Nous partons »"]),
        ("‘We go’, said Ada Holm.", ["‘We go’"]),
        ("'It's ours,' said the pilots' friend.", ["'It's ours,'"]),
        ("‘Ask at the nurses’ station,’ she said.", ["‘Ask at the nurses’ station,’"]),
        ("He said: “She told me ‘no’ twice.”", ["“She told me ‘no’ twice.”"]),
        ("In the '90s Orin's boats were ours.", []),
        ('The mast was 40" high.', []),
        ('Nothing stands in "" these marks.', []),
    ],
)
def test_a_quotation_is_read_with_its_marks(text, quoted):
    assert [text[one.start : one.end] for one in read(text)] == quoted


def test_a_quotation_over_paragraphs_goes_on_where_a_mark_opens_anew():
    text = '"We go.\n"We sail at noon," he said.\nThen they left.'
    first, second = read(text)
    assert (first.closed, first.continues) == (False, False)
    assert (second.closed, second.continues) == (True, True)
    assert text[second.start : second.end] == '"We sail at noon,"'


def test_a_quotation_that_nothing_closes_ends_with_its_paragraph_and_is_flagged():
    text = 'He said "we go.\nThen they left.'
    (only,) = read(text)
    assert text[only.start : only.end] == '"we go.'
    assert not only.closed


@given(st.text(alphabet="ab .,'\"“”‘’„«»\n", max_size=200))
def test_quotations_stand_in_order_and_in_their_paragraphs(text):
    spans = lines(text)
    found = quotations(text, spans)
    assert all(left.end <= right.start for left, right in pairwise(found))
    for one in found:
        start, end = spans[one.paragraph]
        assert start <= one.start < one.inside <= one.until <= one.end <= end
