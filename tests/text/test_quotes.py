"""Which words stand between quotation marks, where marks were forgotten too."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from retold.text.quotes import LONGEST, quotations


def inner(text: str) -> list[str]:
    return [text[start:end] for start, end in quotations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We sail at dawn,” she said.", ["We sail at dawn,"]),
        ("He called it “a tool and left.", ["a tool and left."]),
        ('"We sail," he said. "At dawn."', ["We sail,", "At dawn."]),
        ("The crew's 'old rope' gave way.", ["old rope"]),
        ("»Wir fahren«, sagte sie.", ["Wir fahren"]),
    ],
)
def test_words_between_marks(text: str, found: list[str]):
    assert inner(text) == found


def test_a_mark_that_was_never_closed_does_not_swallow_a_book():
    book = "The sea was calm. " * (LONGEST // 10)
    assert inner(f"“{book}") == []
    assert inner(f"“{book} “Land,” said the mate.") == ["Land,"]
    assert inner(f"'twas night. {book} 'Land,' said the mate.") == ["Land,"]


@given(some.text("“”\"'‘’«»ab .,", max_size=80))
def test_quotations_stand_in_order_and_never_in_each_other(text: str):
    found = quotations(text)
    assert all(start < end for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
