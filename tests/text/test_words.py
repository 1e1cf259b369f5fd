"""Words and marks with their places: the quick way finds what the pattern finds."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as some

from retold.text.words import TOKEN, texts, tokens

SIGNS = some.sampled_from(
    [*"aAbB éÉßİ 0123.,:;!?-–—'’\"“”«»()…%$€\n\t\u00a0\u202f\u2028\u0301中ﷺ./_#@•", "U.S.", ". . .", "WHO "]
)
TEXTS = some.lists(SIGNS, max_size=40).map("".join)


@given(TEXTS, some.sampled_from(["en", "de", "ru", "und"]))
@example("The U.S. said . . . WHO won’t.", "en")
@example("100,000 ships—and\u00a0more.", "en")
def test_tokens_are_those_of_the_pattern_and_stand_where_they_say(text, code):
    found = tokens(text, code)
    assert [token.text for token in found] == TOKEN.findall(text) == texts(text, code)
    assert all(text[token.start : token.end] == token.text for token in found)
    assert [token.start for token in found] == [match.start(1) for match in TOKEN.finditer(text)]


@given(TEXTS, some.integers(0, 40), some.integers(0, 40))
def test_tokens_of_a_stretch_are_those_of_the_pattern_there(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert [token.text for token in tokens(text, "en", start=start, end=end)] == TOKEN.findall(text, start, end)
