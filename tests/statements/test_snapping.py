"""Snapping: contents that cut a quotation take all of it or none, in invented words of a harbour."""

from __future__ import annotations

import pytest

from retold.statements.drafts import Draft
from retold.statements.grammar import grammar
from retold.statements.quoting import quotations
from retold.statements.records import Span
from retold.statements.snapping import Snapper


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def snapped(text: str, content: str, cue: str = "said") -> list[str]:
    """The contents of a draft whose content and cue are words of a text."""
    draft = Draft([], [span(text, cue)], [span(text, content)], layer="tagger")
    Snapper(text, quotations(text, [(0, len(text))]), grammar("en")).snap(draft)
    return [text[start:end] for start, end in draft.content]


@pytest.mark.parametrize(
    ("text", "content", "wanted"),
    [
        ('She said "we go at noon" to all.', "we go at", ['"we go at noon"']),
        ('She said "we go at noon" to all.', 'noon" to all', ["to all"]),
        ('She said it was "a cold day" there.', 'it was "a cold', ['it was "a cold day"']),
        ('"We go," she said, "at noon."', 'at noon."', ['"at noon."']),
        ("She said the ship sank, and left.", "the ship sank,", ["the ship sank"]),
        ("She said the ship sank.", "the ship sank.", ["the ship sank"]),
        ("She said it sank at 5 p.m. on Monday.", "it sank at 5 p.m.", ["it sank at 5 p.m."]),
        ("She said : the ship sank", ": the ship sank", ["the ship sank"]),
        ('She said why: "It was cold."', 'why: "It was cold."', ['"It was cold."']),
        ('She said both fell: "It was cold."', 'both fell: "It was cold."', ["both fell", '"It was cold."']),
        ('She said that "we go at noon".', 'that "we go at noon"', ['"we go at noon"']),
        ('She said to "go at noon".', 'to "go at noon"', ['to "go at noon"']),
        ('She said: "We go." The rain began.', '"We go." The rain', ['"We go."']),
        ('She said "we go" and "we stay".', '"we go" and "we stay"', ['"we go" and "we stay"']),
        ('He wrote: "Ada said ‘go’ twice."', "‘go’ twice.\"", ["‘go’ twice"]),
        ('He wrote: "Ada said ‘go now’ twice."', "go now", ["‘go now’"]),
    ],
)  # fmt: skip
def test_the_ends_of_a_content_are_moved_to_the_marks(text, content, wanted):
    assert snapped(text, content) == wanted


def test_a_quotation_that_nothing_closes_keeps_its_stop():
    text = 'She said: "We go at noon.'
    assert snapped(text, "We go at noon.") == ['"We go at noon.']
