"""Who is credited: a picture's credit says nothing about who wrote the text."""

from __future__ import annotations

import pytest

from retold.reading.credits import credit_line, credits_within
from retold.reading.pagewords import page_words
from retold.reading.read import read_text

WORDS = page_words("und")  # every language's words at once


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("Norland Archive", "photo", "Norland Archive"),
        ("Northern Standard archive", "photo", "Northern Standard archive"),
        ("Lasse Ormund / VESTA", "photo", "Lasse Ormund / VESTA"),
        ("AP Photo/Jane Doe", "photo", "AP Photo/Jane Doe"),
        ("Getty Images", "photo", "Getty Images"),
        ("Jane Doe/Norlandia Press via AP", "photo", "Jane Doe/Norlandia Press via AP"),
        ("Photo: Teodor Wick / Southern Wire", "photo", "Teodor Wick / Southern Wire"),
        ("(Photo by Jane Doe)", "photo", "Jane Doe"),
        ("Foto: Peter Lamm/Nordpress", "photo", "Peter Lamm/Nordpress"),
        ("Фото: Глеб Осин / Норпресс", "photo", "Глеб Осин / Норпресс"),
        ("تصوير: سامي النور", "photo", "سامي النور"),
        ("© Yves Tarnel", "photo", "Yves Tarnel"),
        ("Video: Jane Doe", "video", "Jane Doe"),
        ("By Jane Doe", "text", "Jane Doe"),
        ("By Jane Doe and John Roe, Norlandia Press", "text", "Jane Doe and John Roe, Norlandia Press"),
        ("By Jane Doe, political editor", "text", "Jane Doe"),
        ("Von Jana Dorn", "text", "Jana Dorn"),
        ("Par Élodie Marvant", "text", "Élodie Marvant"),
        ("Reporting by Jane Doe; editing by John Roe", "text", "Jane Doe"),
        ("(Reporting by Jane Doe; Editing by John Roe)", "text", "Jane Doe"),
        ("With agencies", "text", "With agencies"),
        ("With Norlandia Press", "text", "Norlandia Press"),
        ("Source: Norlandia Press", "text", "Norlandia Press"),
        ("Quelle: npd/jd", "text", "npd/jd"),
        ("Con información de agencias", "text", "Con información de agencias"),
        ("Jane Doe contributed to this report.", "text", "Jane Doe"),
    ],
)
def test_a_credit_line_says_who_and_for_what(line, kind, name):
    found = credit_line(line, WORDS)
    assert found is not None
    assert (found.kind.value, found.name) == (kind, name)


@pytest.mark.parametrize(
    "line",
    [
        "Facebook / Twitter / WhatsApp",
        "Home / News / Weather",
        "Council backs bridge plan",
        "By Friday the water had gone.",
        "Author Ina Volk, from Harwick, said she had begun to write because of the bridge.",
        "Photo shops closed one after another.",
        "The National Archives burned.",
        "Video: The bridge in 60 seconds",
        "© 2024 Harwick Courier. All rights reserved.",
        "",
    ],
)
def test_what_is_no_credit_is_left_alone(line):
    assert credit_line(line, WORDS) is None


@pytest.mark.parametrize(
    ("paragraph", "said", "name"),
    [
        ("HARWICK, May 3 (Norlandia Press) - The bridge fell.", "(Norlandia Press)", "Norlandia Press"),
        ("HARWICK (AFP) — The bridge fell.", "(AFP)", "AFP"),
        ("Harwick (npd) - Die Brücke fiel.", "(npd)", "npd"),
        ("(Norlandia Press) - The bridge fell.", "(Norlandia Press)", "Norlandia Press"),
        ("ЛУКОЯРСК, 3 мая. /НОРПРЕСС/. Мост упал.", "/НОРПРЕСС/", "НОРПРЕСС"),
        ("ORVANE, 3 may (Norlandia).- El puente cayó.", "(Norlandia)", "Norlandia"),
        ("The bridge fell, the mayor said. (Reporting by Jane Doe)", "(Reporting by Jane Doe)", "Jane Doe"),
        ("The bridge fell, the mayor said. (AFP)", "(AFP)", "AFP"),
        ("The bridge fell, the mayor said. - Norlandia Press", "- Norlandia Press", "Norlandia Press"),
    ],
)
def test_a_credit_inside_a_paragraph_is_found_at_its_place(paragraph, said, name):
    (found,) = credits_within(paragraph, WORDS, last=False)
    assert (found.kind.value, found.name) == ("text", name)
    assert paragraph[found.start : found.end].strip() == said


@pytest.mark.parametrize(
    "paragraph",
    [
        "The European Union (EU) - a bloc of many states - met in Harwick.",
        "The League of Coastal States (LCS) has handed over a plan.",
        "The mayor (62) - a lawyer - resigned.",
        "HARWICK, March 3 - The bridge fell.",
        "The plan was written by the agency (NBA).",
        "The club won (again) and left. The town slept.",
    ],
)
def test_brackets_of_other_kinds_are_no_credits(paragraph):
    assert list(credits_within(paragraph, WORDS, last=False)) == []


def test_a_caption_keeps_its_pictures_credit():
    version = read_text(
        "Council backs bridge plan\n\nWorkers on the bridge in March. Photograph: Tom Reed/Norlandia Press\n\n"
        "The council in Harwick voted on Thursday to rebuild the old bridge.\n"
    )
    (credit,) = version.credits
    assert [block.kind.value for block in version.blocks] == ["title", "caption", "paragraph"]
    assert version.text[credit.start : credit.end] == "Photograph: Tom Reed/Norlandia Press"
    assert (credit.kind.value, credit.name) == ("photo", "Tom Reed/Norlandia Press")


def test_a_paragraph_with_an_agency_in_its_dateline_stays_a_paragraph():
    version = read_text(
        "Council backs bridge plan\n\nHARWICK, May 3 (Norlandia Press) - The council voted to rebuild the old bridge.\n"
    )
    assert version.blocks[1].kind.value == "paragraph"
    assert [(credit.kind.value, credit.name) for credit in version.credits] == [("text", "Norlandia Press")]


@pytest.mark.parametrize("signature", ["AFP", "dpa/AFP", "Norlandia Press"])
def test_an_agency_under_the_title_signs_the_text(signature):
    text = f"Council backs bridge plan\n\n{signature}\n\nThe council voted on Thursday to rebuild the old bridge.\n"
    assert [(credit.kind.value, credit.name) for credit in read_text(text).credits] == [("text", signature)]


def test_an_agency_tied_to_a_sentence_in_the_middle_signs_a_picture():
    text = (
        "Council backs bridge plan\n\nThe council voted on Thursday to rebuild the old bridge at Harwick.\n\n"
        "It will cost 40 million crowns, the council said.\n\n"
        "The bridge has been shut since March.\nNorlandia Press\n\nWork starts in June, the mayor told reporters.\n"
    )
    version = read_text(text)
    assert [block.kind.value for block in version.blocks] == [
        "title",
        "paragraph",
        "paragraph",
        "caption",
        "credit",
        "paragraph",
    ]
    assert [credit.kind.value for credit in version.credits] == ["photo"]
