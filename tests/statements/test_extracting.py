"""Extraction as a whole: blocks first, the layers, a user's own extractor, the verifier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.model.records import Block, Kind, Version
from retold.statements import extracting
from retold.statements.extracting import Layers, statements
from retold.statements.records import Span, Statement

TEXT = "Ada Holm said the ship sank."
PLAIN = Version("a", "a", TEXT, (Block(0, len(TEXT), Kind.PARAGRAPH),), language="en")


class Given:
    """An extractor that gives what it was made with."""

    def __init__(self, *given: Statement) -> None:
        self.given = given

    def extract(self, text: str, paragraphs: Sequence[Span], language: str) -> Iterable[Statement]:
        return self.given


def test_only_the_outlets_own_telling_is_read():
    aside = replace(PLAIN, blocks=(Block(0, len(TEXT), Kind.FURNITURE, "read more"),))
    assert statements(aside) == []
    assert len(statements(PLAIN)) == 1


def test_a_users_own_extractor_takes_the_place_of_the_rules():
    own = Statement(((0, 8),), ((9, 13),), ((14, 27),), "indirect", layer="mine")
    assert statements(PLAIN, extractor=Given(own)) == [own]


@pytest.mark.parametrize("content", [(14, 99), (20, 14), (-3, 4), (13, 27), (27, 28)])
def test_a_span_that_is_not_words_of_the_text_drops_its_statement(content):
    wrong = Statement(((0, 8),), ((9, 13),), (content,), "indirect", layer="mine")
    assert statements(PLAIN, extractor=Given(wrong)) == []


def test_a_paragraph_without_an_end_is_read_by_the_rules_alone(monkeypatch):
    text = TEXT + "\n\n" + "Ada Holm said the ship sank. " * 700
    blocks = (Block(0, len(TEXT), Kind.PARAGRAPH), Block(len(TEXT) + 2, len(text), Kind.PARAGRAPH))
    asked: list[Sequence[Span]] = []
    monkeypatch.setattr(extracting, "tagged", lambda text, paragraphs, language, likely: asked.append(paragraphs) or [])
    found = statements(replace(PLAIN, text=text, blocks=blocks))
    assert asked == [[(0, len(TEXT))]]
    assert len(found) == 700


def test_the_layers_can_be_switched_off():
    layers = {one.layer for one in statements(PLAIN, extractor=Layers(tagger=False))}
    assert layers == {"rule"}
    assert {one.layer for one in statements(PLAIN, extractor=Layers(rules=False))} == {"tagger"}
    assert statements(PLAIN, extractor=Layers(rules=False, tagger=False)) == []


@pytest.mark.parametrize(
    ("sentence", "negated", "modality"),
    [
        ("Ada Holm said the ship sank.", False, ""),
        ("Ada Holm did not say whether the ship sank.", True, ""),
        ("Ada Holm would not say whether the ship sank.", True, "would"),
        ("Ada Holm can't confirm that the ship sank.", True, "can"),
    ],
)
def test_a_cue_tells_whether_and_how_surely_something_is_said(sentence, negated, modality):
    version = replace(PLAIN, text=sentence, blocks=(Block(0, len(sentence), Kind.PARAGRAPH),))
    (only,) = statements(version, extractor=Layers(tagger=False))
    assert (only.negated, only.modality) == (negated, modality)


PIECES = [
    "Ada Holm",
    "he",
    "said",
    "told",
    "that",
    ",",
    '"',
    "“",
    "”",
    ".",
    "and",
    "denied",
    ":",
    "the",
    "captain",
    "was",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "according to", "not", "—", "'"]), max_size=60))
def test_every_span_is_words_of_the_text_and_the_same_each_time(words):
    text = " ".join(words)
    version = Version("a", "a", text, (Block(0, len(text), Kind.PARAGRAPH),), language="en")
    found = statements(version)
    assert found == statements(version)
    for one in found:
        for start, end in (*one.source, *one.cue, *one.content):
            assert text[start:end].strip() == text[start:end] != ""
