"""Words asked for as people ask, and shown where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from retold.archive.finding import asked, indexed, snippet
from retold.model.errors import UsageError
from retold.model.records import Block, Kind

TEXT = (
    "Ferry Fares Rise\n"
    "The island council raised the ferry fare on Monday. Fishermen in Aldry protested at the harbour.\n"
    "Sign up for our ferry newsletter"
)
BLOCKS = (Block(0, 16, Kind.TITLE), Block(17, 113, Kind.PARAGRAPH), Block(114, 146, Kind.FURNITURE))


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("ferry", '"ferry"'),
        ("ferry harbour", '"ferry" AND "harbour"'),
        ('"ferry fare" rise', '"ferry fare" AND "rise"'),
        ("ferry -drill", '"ferry" NOT "drill"'),
        ("minist*", '"minist"*'),
        ("well-known", '"well known"'),
        ("U.S.", '"U S"'),
        ("AND OR NOT", '"AND" AND "OR" AND "NOT"'),
        ('say "unclosed', '"say" AND "unclosed"'),
        ("渡船", '"渡 船"'),
        ("100,000", '"100 000"'),
        ('ferry") OR (x', '"ferry" AND "OR" AND "x"'),
    ],
)
def test_what_people_write_becomes_a_question_of_the_index(words, question):
    assert asked(words) == question


@pytest.mark.parametrize("words", ["", "   ", "-drill", '""', "?!"])
def test_a_question_without_a_word_is_refused(words):
    with pytest.raises(UsageError, match="asks for no word"):
        asked(words)


@pytest.mark.parametrize("words", ["a " * 201, "a* " * 201, "the " + "-a " * 200, f'"{"a " * 201}"', "桥" * 201])
def test_a_question_that_would_keep_the_index_busy_for_long_is_refused(words):
    with pytest.raises(UsageError, match="201 words are asked for at once, and at most 200"):
        asked(words)
    assert asked("a " * 200)


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("council", ["council"]),
        ("COUNCIL", ["council"]),
        ("fishermen harbour", ["Fishermen", "harbour"]),
        ("fish*", ["Fishermen"]),
        ("fish", []),
        ('"ferry fare"', ["ferry fare"]),
    ],
)
def test_a_snippet_marks_the_words_that_were_asked_for(words, marks):
    found = snippet(TEXT, BLOCKS, words)
    assert [TEXT[start:end] for start, end in found.marks] == marks


def test_a_snippet_never_shows_furniture():
    found = snippet(TEXT, BLOCKS, "newsletter")
    assert found.end <= 113


def test_accents_and_writing_without_spaces_are_found():
    text = "La préfète a parlé. 渡船沉没了。"
    found = snippet(text, (Block(0, len(text), Kind.PARAGRAPH),), "prefete 渡船")
    assert [text[start:end] for start, end in found.marks] == ["préfète", "渡船"]


def test_signs_of_writing_without_spaces_are_words_of_the_index():
    assert indexed("渡船x").split() == ["渡", "船", "x"]


@given(some.text(max_size=80), some.text(max_size=20))
def test_any_words_in_any_text_give_marks_inside_the_snippet(text, words):
    found = snippet(text, (Block(0, len(text), Kind.PARAGRAPH),), words)
    assert 0 <= found.start <= found.end <= len(text)
    assert all(found.start <= start < end <= found.end for start, end in found.marks)
