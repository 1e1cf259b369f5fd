"""Who signs the end of a paragraph: an agency in brackets, behind a dash, a stroke, a copyright mark."""

from __future__ import annotations

import pytest

from retold.reading.pagewords import page_words
from retold.reading.signatures import credits_within

WORDS = page_words("und")  # every language's words at once


@pytest.mark.parametrize(
    ("paragraph", "name"),
    [
        ("The bridge fell. (AFP)", "AFP"),
        ("The bridge fell. (Norlandia Press)", "Norlandia Press"),
        ("The bridge fell. - Norlandia Press", "Norlandia Press"),
        ("The bridge fell. /TASS/", "TASS"),
        ("The bridge fell. /AFP", "AFP"),
        ("The bridge fell. —Reuters", "Reuters"),
        ("The bridge fell. AFP", "AFP"),
        ("The bridge fell. PTI", "PTI"),
        ("The bridge fell. (AP, Reuters)", "AP, Reuters"),
        ("The bridge fell. (dpa/lby)", "dpa/lby"),
        ("The bridge fell. (npd/jd)", "npd/jd"),
        ("The bridge fell. © 2026 AFP", "AFP"),
        ("The bridge fell. Source: Norlandia Press", "Norlandia Press"),
        ("The bridge fell. (Source: TASS)", "TASS"),
        ("The bridge fell. The Associated Press contributed to this report.", "The Associated Press"),
        ("The bridge fell. (With inputs from ANI)", "ANI"),
        ("The bridge fell. This article first appeared on The Conversation.", "The Conversation"),
        ("The bridge fell. (Reporting by San Harwick newsroom; Editing by Jane Doe)", "San Harwick"),
        ("Le pont est tombé. (avec AFP)", "AFP"),
        ("El puente cayó. EFE", "EFE"),
        ("El puente cayó. (EFE)", "EFE"),
        ("El puente cayó. Con información de EFE", "EFE"),
        ("Il ponte è caduto. (ANSA).", "ANSA"),
        ("Die Brücke fiel. (dpa)", "dpa"),
        ("Die Brücke fiel. Quelle: dpa", "dpa"),
        ("Мост упал. (ТАСС)", "ТАСС"),
    ],
)
def test_the_last_paragraph_is_signed(paragraph, name):
    (found,) = credits_within(paragraph, WORDS, last=True)
    assert (found.kind.value, found.name) == ("text", name)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The bridge fell.—Reuters",
        "The bridge fell. (jd)",
        "The bridge fell, he told AFP.",
        "He was told by Reuters. That was wrong.",
        "He works for Norlandia Press.",
        "He joined the party in May (SPD).",
        "The mayor left (NPD).",
        '"We left." He spoke to the BBC.',
        "It was the source. Rain fell.",
        "He left. By Friday, he was back.",
    ],
)
def test_a_sentence_that_ends_with_an_agency_is_not_signed_by_it(paragraph):
    assert list(credits_within(paragraph, WORDS, last=True)) == []


@pytest.mark.parametrize("paragraph", ["The bridge fell. AFP", "The bridge fell. (npd)", "The bridge fell. (npd/jd)"])
def test_only_the_last_paragraph_is_signed_without_marks_or_small(paragraph):
    assert list(credits_within(paragraph, WORDS, last=False)) == []


def test_a_long_list_of_reporters_and_editors_is_one_credit():
    names = ", ".join(f"{first} {last}" for first in ("Ann", "Bo", "Cy") for last in ("Lee", "Orm"))
    paragraph = f"The bridge fell. (Reporting by {names} in Harwick; Writing by Dee Fay; Editing by Eve Gill)"
    (found,) = credits_within(paragraph, WORDS, last=True)
    assert paragraph[found.start : found.end] == paragraph[17:]
    assert (found.kind.value, found.person) == ("text", True)


def test_a_dateline_and_a_signature_are_two_credits_in_the_texts_order():
    found = credits_within("HARWICK, May 3 (Norlandia Press) - The bridge fell. (Southern Wire)", WORDS, last=True)
    assert [credit.name for credit in found] == ["Norlandia Press", "Southern Wire"]
