"""What follows a statement: shared subjects, and quotations that go on without a cue."""

from __future__ import annotations

import pytest

from retold.model.records import Block, Kind, Version
from retold.statements.drafts import Draft
from retold.statements.extracting import Layers, statements
from retold.statements.following import inherit, is_passive
from retold.statements.grammar import grammar

TEXT = "Ada Holm denied it, accusing the pilots. Per Vind was accused of neglect."


def draft(cue: str, content: str, source: str = "") -> Draft:
    spans = [[(TEXT.index(words), TEXT.index(words) + len(words))] if words else [] for words in (source, cue, content)]
    return Draft(*spans)


def test_a_cue_without_a_subject_has_the_source_before_it_in_its_paragraph():
    first, second = draft("denied", "it", "Ada Holm"), draft("accusing", "the pilots")
    inherit(TEXT, [(0, len(TEXT))], [second, first], grammar("en"))
    assert second.source == first.source == [(0, 8)]


def test_two_cues_that_share_a_subject_share_all_of_it():
    first, second = draft("denied", "it", "Ada Holm"), draft("accusing", "the pilots", "Holm")
    inherit(TEXT, [(0, len(TEXT))], [first, second], grammar("en"))
    assert second.source == first.source


def test_a_paragraph_inherits_nothing_from_the_one_before():
    first, second = draft("denied", "it", "Ada Holm"), draft("accusing", "the pilots")
    inherit(TEXT, [(0, 19), (20, len(TEXT))], [first, second], grammar("en"))
    assert second.source == []


def test_a_passive_inherits_nothing():
    first, second = draft("denied", "it", "Ada Holm"), draft("was accused", "of neglect")
    inherit(TEXT, [(0, len(TEXT))], [first, second], grammar("en"))
    assert second.source == []


@pytest.mark.parametrize(("cue", "passive"), [("was accused", True), ("was accusing", False), ("accused", False)])
def test_a_passive_is_a_form_of_be_and_a_participle(cue, passive):
    assert is_passive(cue, [(0, len(cue))], grammar("en")) == passive


@pytest.mark.parametrize(
    ("paragraphs", "contents"),
    [
        (['"We go," Ada Holm said. "We sail at noon."'], ['"We go,"', '"We sail at noon."']),
        (['"We go," Ada Holm said.', '"We sail at noon. It is cold."'], ['"We go,"', '"We sail at noon. It is cold."']),
        (['Ada Holm said: "We go.', '"We sail at noon."'], ['"We go.', '"We sail at noon."']),
        (['Ada Holm said "we go", adding that it was cold. "We sail."'], ['"we go"', '"We sail."']),
    ],
)
def test_a_quotation_without_a_cue_goes_on_the_first_statement_of_the_sentence_before(paragraphs, contents):
    text = "\n\n".join(paragraphs)
    starts = [text.index(paragraph) for paragraph in paragraphs]
    blocks = [Block(at, at + len(words), Kind.PARAGRAPH) for at, words in zip(starts, paragraphs, strict=True)]
    found = statements(Version("a", "a", text, tuple(blocks), language="en"), extractor=Layers(tagger=False))
    assert [text[start:end] for start, end in found[0].content] == contents


def told(*paragraphs: str) -> list[tuple[list[str], list[str]]]:
    """The sources and the contents of the statements of an article without the tagger."""
    text, blocks = "\n\n".join(paragraphs), []
    for words in paragraphs:
        start = text.index(words)
        blocks.append(Block(start, start + len(words), Kind.PARAGRAPH))
    found = statements(Version("a", "a", text, tuple(blocks), language="en"), extractor=Layers(tagger=False))
    return [([text[a:b] for a, b in one.source], [text[a:b] for a, b in one.content]) for one in found]


def test_quotations_before_any_statement_are_one_of_nobodys():
    first, second, third = "“We are sorry for the eels.”", "“The gates are open.”", "“Bring your boots,” said Ada Holm."
    found = told("The mill answered our letter:", first, second, third)
    assert ([], [first, second]) in found
    assert (["Ada Holm"], ["“Bring your boots,”"]) in found


def test_a_sentence_quoted_within_a_quotation_is_a_statement_of_its_own():
    found = told("“I kept the letter. One line: ‘We will not pay you.’ I laughed,” Ada Holm said.")
    assert ([], ["‘We will not pay you.’"]) in found


def test_a_title_within_a_quotation_is_none():
    found = told("“My ship is the ‘Gull’ and she floats,” Ada Holm said.")
    assert [content for _, content in found] == [["“My ship is the ‘Gull’ and she floats,”"]]


def test_who_is_told_something_in_the_passive_does_not_say_it():
    text = "The crews were told they would sail. Ada Holm was quoted as saying so."
    first = Draft([(0, 9)], [(10, 19)], [(20, 35)], layer="tagger")
    second = Draft([(37, 45)], [(46, 66)], [(67, 69)], layer="tagger")
    inherit(text, [(0, len(text))], [first, second], grammar("en"))
    assert (first.source, second.source) == ([], [(37, 45)])
