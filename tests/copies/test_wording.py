"""What is running text, what are public words, and where an article begins."""

from __future__ import annotations

import pytest

from retold.copies.wording import united, wording
from retold.reading.read import read

LEAD = (
    "The ferry between Aldry and Port Mavin ran aground on Monday with forty people on board, the harbour office said."
)
REST = (
    "Nobody was hurt. Tugs were to pull the ship free with the evening tide, and the line will stay closed until then."
)


def public(*paragraphs: str) -> list[str]:
    """The public words of an article."""
    version = read({"title": "Ferry aground", "text": "\n\n".join((LEAD, *paragraphs, REST))})[0]
    return [version.text[start:end] for start, end in wording(version).public]


@pytest.mark.parametrize(
    ("paragraph", "said"),
    [
        ('The captain said "we never saw the sand" and went home to his wife.', "we never saw the sand"),
        ("The captain wrote: I never saw the sand, and my crew did not either.", "I never saw the sand, and my crew"),
        ("We never saw the sand, and I want to say how sorry we are.", "We never saw the sand, and I want to say how"),
        (
            "THE CAPTAIN: Nobody saw the sand until it was far too late for that, whatever the pilots say by now.",
            "THE CAPTAIN: Nobody saw the sand",
        ),
        (
            "The sand is where it always was, and so are the pilots. — Ada Holm (@adaholm) July 3, 2026, at night.",
            "The sand is where it always was",
        ),
    ],
)
def test_public_words_have_marks_or_none(paragraph, said):
    assert any(said in found for found in public(paragraph))


@pytest.mark.parametrize(
    "paragraph",
    [
        "The captain said that they had not seen the sand before the ship stood on it.",
        "The harbour is old: its walls were built in 1820 and have held since.",
        "The US navy sent a ship, the US embassy a letter, and US sailors came to help.",
    ],
)
def test_other_words_are_the_articles_own(paragraph):
    assert public(paragraph) == []


def test_what_a_colon_announces_may_be_a_paragraph_of_its_own():
    said = "The line is to open again on Friday, and every ticket that was sold for this week is good for the next one."
    assert public("The company put out a statement on Tuesday:", said) == [said]


def test_a_column_in_the_first_person_is_no_quotation():
    said = [f"I have sailed that line {count} times, and my children love it as much as I do." for count in range(5)]
    assert public(*said) == []


def test_the_lead_begins_behind_the_dateline():
    version = read({"text": f"ALDRY, May 4 (Norlandia Press) - {LEAD}\n\n{REST}"})[0]
    start, _ = wording(version).lead
    assert version.text[start:].lstrip(" -").startswith("The ferry between Aldry")


def test_captions_and_credits_are_no_running_text():
    version = read({"title": "Ferry aground", "text": f"{LEAD}\n\nPhoto: Ada Holm / Norlandia Press\n\n{REST}"})[0]
    told = "".join(version.text[start:end] for start, end in wording(version).running)
    assert "Photo" not in told
    assert "Ferry aground" not in told
    assert told.startswith("The ferry")


def test_spans_are_united():
    assert list(united([(4, 6), (0, 2), (1, 3), (6, 7), (9, 9)])) == [(0, 3), (4, 7)]
