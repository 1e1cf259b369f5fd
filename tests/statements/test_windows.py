"""Windows of word pieces: every word of the paragraphs is owned by one window, and no window is too long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.statements.tagging import shipped
from retold.statements.windows import CASES, CONTEXT, SIZE, case_of, windows, words_of

LINES = st.lists(st.text(max_size=80), max_size=6)


def paragraphs_of(lines: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The lines as one text, and the span of each."""
    ends = [sum(len(line) + 1 for line in lines[: at + 1]) - 1 for at in range(len(lines))]
    return "\n".join(lines), [(end - len(line), end) for line, end in zip(lines, ends, strict=True)]


@settings(max_examples=60, deadline=None)
@given(LINES, st.sampled_from([80, 128, SIZE]))
def test_every_word_is_owned_once_whatever_the_text(lines: list[str], size: int) -> None:
    text, paragraphs = paragraphs_of([*lines, "Ada Holm said so. " * 60])
    wanted = [word.span for start, end in paragraphs for word in words_of(text, start, end, shipped().tokenizer)]
    found = list(windows(text, paragraphs, shipped().tokenizer, size=size))
    owned = [one.words[word] for one in found for word in range(len(one.words)) if one.owns(word)]
    assert owned == wanted
    assert all(len(one.pieces) <= size for one in found)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_words_lie_in_the_text_one_after_the_other(text: str) -> None:
    spans = [word.span for word in words_of(text, 0, len(text), shipped().tokenizer)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


def test_a_long_paragraph_is_cut_into_windows_that_overlap() -> None:
    text = "The captain said that the sand had moved again. " * 100
    first, second, *_ = windows(text, [(0, len(text))], shipped().tokenizer)
    shared = set(first.words) & set(second.words)
    assert CONTEXT // 2 <= len(shared) <= CONTEXT
    assert first.owned[1] == second.owned[0]


@pytest.mark.parametrize(
    ("word", "case"),
    [("12", "none"), ("who", "lower"), ("Who", "initial"), ("WHO", "upper"), ("McKay", "mixed"), ("I", "letter")],
)
def test_the_case_of_a_word_is_kept(word: str, case: str) -> None:
    assert CASES[case_of(word)] == case


@pytest.mark.parametrize("text", ['He said "go" now.', "He said “go” now.", "He said ‘go’ now."])
def test_words_know_whether_they_are_quoted(text: str) -> None:
    told = {text[slice(*word.span)]: word.quote for word in words_of(text, 0, len(text), shipped().tokenizer)}
    assert (told["said"], told["go"], told["now"]) == (0, 1, 0)
    assert [quote for word, quote in told.items() if word in '"“”‘’'] == [2] * (len(told) - 5)


def test_the_names_of_special_pieces_are_plain_text() -> None:
    text = "He wrote [SEP] on it."
    assert [text[slice(*word.span)] for word in words_of(text, 0, len(text), shipped().tokenizer)][2:5] == [
        "[",
        "SEP",
        "]",
    ]
