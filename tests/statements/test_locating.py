"""Words that a user's model gives are found where they stand, or nowhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.statements.locating import located

TEXT = "Ada Holm said: “The ship’s mast\nwas  40 metres – no more.” She left."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ada Holm", "Ada Holm"),
        ('"The ship\'s mast was 40 metres - no more."', "“The ship’s mast\nwas  40 metres – no more.”"),
        ("the ship's mast", None),
        ("the ship sank", None),
        ("  ", None),
    ],
)
def test_words_are_found_letter_for_letter_but_for_spaces_and_marks(words, found):
    span = located(TEXT, words)
    assert (TEXT[slice(*span)] if span else None) == found


def test_only_the_stretch_asked_for_is_looked_through():
    assert located("a b a", "a", start=1) == (4, 5)
    assert located("a b a", "a", start=1, end=4) is None


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_every_stretch_of_a_text_is_found_in_it(text, left, right):
    words = text[min(left, right) : max(left, right)]
    span = located(text, words)
    assert (span is None) == (not words.strip())
    assert span is None or re.sub(r"\s", "", text[slice(*span)])[:1]
