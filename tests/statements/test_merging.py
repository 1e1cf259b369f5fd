"""Merging: which statements stand that the rules, the tagger or both have read, and with which words."""

from __future__ import annotations

import pytest

from retold.model.records import CueClass
from retold.statements.drafts import Draft
from retold.statements.merging import HINT, SURE, merged
from retold.statements.quoting import quotations
from retold.statements.records import Span

TEXT = 'Ada Holm denied on Monday that the ship sank, and "We go," she said.'


def span(words: str) -> Span:
    """Where words stand in the text."""
    start = TEXT.index(words)
    return start, start + len(words)


def ruled(source: str, cue: str, content: str) -> Draft:
    return Draft([span(source)], [span(cue)], [span(content)])


def seen(source: str, cue: str, content: str, confidence: float, cue_class: CueClass = "say") -> Draft:
    sources = [span(source)] if source else []
    return Draft(sources, [span(cue)], [span(content)], cue_class, layer="tagger", confidence=confidence)


def joined(rules: list[Draft], tagger: list[Draft]) -> list[Draft]:
    return merged(TEXT, rules, tagger, quotations(TEXT, [(0, len(TEXT))]))


def test_a_statement_of_both_layers_has_the_rules_source_and_the_taggers_class():
    (only,) = joined(
        [ruled("Ada Holm", "denied", "the ship sank")], [seen("", "denied", "the ship sank", SURE, cue_class="deny")]
    )
    assert (only.source, only.cue_class) == ([span("Ada Holm")], "deny")


def test_the_longer_reading_of_a_content_stands():
    (only,) = joined(
        [ruled("Ada Holm", "denied", "ship sank")], [seen("Ada Holm", "denied", "that the ship sank", SURE)]
    )
    assert only.content == [span("that the ship sank")]


def test_a_quotation_keeps_its_ends_whatever_the_tagger_reads():
    (only,) = joined([ruled("she", "said", '"We go,"')], [seen("she", "said", 'and "We go,"', SURE)])
    assert only.content == [span('"We go,"')]


@pytest.mark.parametrize(("confidence", "stands"), [(HINT, True), (HINT - 0.01, False)])
def test_the_tagger_must_half_see_what_the_rules_read(confidence, stands):
    found = joined(
        [ruled("Ada Holm", "denied", "the ship sank")], [seen("Ada Holm", "denied", "the ship sank", confidence)]
    )
    assert bool(found) == stands


@pytest.mark.parametrize(("confidence", "stands"), [(SURE, True), (SURE - 0.01, False)])
def test_the_tagger_must_be_sure_of_what_it_sees_alone(confidence, stands):
    assert bool(joined([], [seen("Ada Holm", "denied", "the ship sank", confidence)])) == stands


def test_a_quotation_that_is_said_to_its_end_stands_without_the_tagger():
    assert len(joined([ruled("she", "said", '"We go,"')], [])) == 1


def test_a_quotation_inside_a_longer_content_does_not_stand_again():
    found = joined(
        [ruled("she", "said", '"We go,"')], [seen("Ada Holm", "denied", 'the ship sank, and "We go,"', SURE)]
    )
    assert [one.layer for one in found] == ["tagger"]
