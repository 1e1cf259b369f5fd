"""Who is credited: a picture's credit says nothing about who wrote the text."""

from __future__ import annotations

import pytest

from retold.reading.credits import credit_line
from retold.reading.pagewords import page_words
from retold.reading.read import read_text
from retold.reading.signatures import credits_within

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


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Norlandia Press", "Norlandia Press"),
        ("By AFP", "AFP"),
        ("By Reuters Staff", "Reuters Staff"),
        ("By Jane Doe, Norlandia Press", "Jane Doe, Norlandia Press"),
        ("By JANE DOE, The Associated Press", "JANE DOE, The Associated Press"),
        ("By JANE DOE Associated Press", "JANE DOE Associated Press"),
        ("By Jane Doe and John Roe | Norlandia Press", "Jane Doe and John Roe | Norlandia Press"),
        ("By Jane Doe for Norlandia Press", "Jane Doe for Norlandia Press"),
        ("By Jane Doe of Norlandia Press", "Jane Doe of Norlandia Press"),
        ("By Norlandia Press staff", "Norlandia Press"),
        ("By AFP and Jane Doe", "AFP and Jane Doe"),
        ("From agency reports", "From agency reports"),
        ("Compiled from agency reports", "Compiled from agency reports"),
        ("Staff and agencies", "Staff and agencies"),
        ("With agency inputs", "With agency inputs"),
        ("(With inputs from ANI)", "ANI"),
        ("With inputs from PTI", "PTI"),
        ("Source: Xinhua", "Xinhua"),
        ("SOURCE: TASS", "TASS"),
        ("via AP", "AP"),
        ("[With AFP]", "AFP"),
        ("This article was first published by Norlandia Press.", "Norlandia Press"),
        ("This article originally appeared in the Harwick Post.", "the Harwick Post"),
        ("This article originally appeared on Harwick Online and is used with permission.", "Harwick Online"),
        ("This story was originally published by Norlandia Press in 2024.", "Norlandia Press in 2024"),
        ("This article first appeared on The Conversation.", "The Conversation"),
        (
            "This article is republished from The Conversation under a Creative Commons license. "
            "Read the original article.",
            "The Conversation",
        ),
        ("Republished with permission from Coastline News Agency.", "Coastline News Agency"),
        ("The Associated Press contributed to this report.", "The Associated Press"),
        ("Norlandia Press and Southern Wire contributed to this report.", "Norlandia Press and Southern Wire"),
        ("(Norlandia Press contributed)", "Norlandia Press"),
        (
            "(Reporting by Jane Doe in Harwick, Ann Lee, Bo Orm and Cy Poe in Averness; Writing by Dee Fay; "
            "Editing by Eve Gill)",
            "Jane Doe in Harwick, Ann Lee",
        ),
        ("(Editing by Jane Doe and John Roe)", "Jane Doe and John Roe"),
        (
            "(This story has not been edited by Courier staff and is published from a syndicated feed.)",
            "syndicated feed",
        ),
        (
            "Except for the headline, this story has not been edited by Courier staff and is published "
            "from a syndicated feed.",
            "syndicated feed",
        ),
        (
            "This story has been published from a wire agency feed without modifications to the text.",
            "wire agency feed",
        ),
        ("von dpa", "dpa"),
        ("Von dpa/jd", "dpa/jd"),
        ("Von Jana Dorn, npd", "Jana Dorn, npd"),
        ("Von Jana Dorn (dpa)", "Jana Dorn (dpa"),
        ("Mit Material von dpa/AFP", "dpa/AFP"),
        ("Mit Material der dpa", "dpa"),
        ("mit dpa", "dpa"),
        ("Quelle: dpa", "dpa"),
        ("Quellen: dpa, AFP", "dpa, AFP"),
        ("dpa-infocom, dpa:260503-930-25125/3", "dpa-infocom, dpa"),
        ("© dpa-infocom, dpa:260503-930-25125/3", "dpa-infocom, dpa"),
        ("Dieser Text wurde automatisch aus dem Newsfeed der dpa übernommen.", "dpa"),
        ("Dieser Beitrag stammt von der Nachrichtenagentur dpa und wurde nicht von der Redaktion bearbeitet.", "dpa"),
        ("Dieser Artikel erschien zuerst in der Harwicker Post.", "Harwicker Post"),
        ("Par AFP", "AFP"),
        ("Par Le Courrier avec AFP", "Le Courrier avec AFP"),
        ("avec AFP", "AFP"),
        ("(avec AFP)", "AFP"),
        ("Source : AFP", "AFP"),
        ("Avec l'agence Norpresse", "Norpresse"),
        ("La rédaction avec AFP", "AFP"),
        ("Cet article a été initialement publié par Le Courrier de Norland.", "Courrier de Norland"),
        ("Por EFE", "EFE"),
        ("Con información de EFE", "EFE"),
        ("Con información de AFP y Norprensa", "AFP y Norprensa"),
        ("Con información de la agencia EFE", "EFE"),
        ("Fuente: EFE", "EFE"),
        ("Este artículo fue publicado originalmente en El Correo de Orvane.", "Correo de Orvane"),
        ("Источник: ТАСС", "ТАСС"),
        ("По материалам ТАСС", "ТАСС"),
        ("По материалам агентства Норпресс", "Норпресс"),
        ("Впервые опубликовано в газете «Вестник Лукоярска»", "Вестник Лукоярска"),
        ("Fonte: ANSA", "ANSA"),
        ("Con agenzie", "Con agenzie"),
        ("Com agências", "Com agências"),
        ("Bron: ANP", "ANP"),
        ("Door ANP", "ANP"),
        ("źródło: PAP", "PAP"),
        ("المصدر: أ ف ب", "أ ف ب"),
    ],
)
def test_a_line_that_agencies_and_outlets_use_credits_the_text(line, name):
    found = credit_line(line, WORDS)
    assert found is not None
    assert (found.kind.value, found.name) == ("text", name)


@pytest.mark.parametrize(
    "line",
    [
        "Courier reporter Jane Doe contributed to this report.",
        "The ministry said in a statement to AFP.",
        "According to Reuters, the bridge fell.",
        "Via the bridge the town is reached.",
        "With agencies slow to act, the town built its own.",
        "Agencies were slow to respond.",
        "Source of the river found in Norland",
        "This report was published by the World Bank.",
        "This article appeared to be a forgery.",
        "This story first appeared harmless.",
        "The story was first reported by Norlandia Press.",
        "Von Montag an gilt die neue Regel.",
        "Par la suite, le pont a été fermé.",
        "Por eso el puente cerró.",
        "Fuente de agua en Orvane",
        "Agencias de viajes cerraron en mayo.",
        "По данным полиции, мост упал.",
        "Reporting restrictions were lifted on Friday.",
        "Editing by committee is hard.",
        "Contributing factors were rain and wind.",
        "Author Ina Volk, from Harwick, said she had begun.",
        "Update on the bridge",
        "Norland contributed.",
        "Mit dem Auto nach Harwick",
        "Avec la pluie, le pont a cédé.",
        "Con la lluvia cayó el puente.",
        "The photos were provided by Norlandia Press.",
        "Provided by law, the bridge stays shut.",
        "Syndicated feed of the story costs 3 crowns.",
    ],
)
def test_prose_that_speaks_of_agencies_and_sources_is_no_credit(line):
    assert credit_line(line, WORDS) is None


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("By Jane Doe", True),
        ("By Jane Doe, John Roe and Ann Lee", True),
        ("By Jane Doe, Norlandia Press", False),
        ("By JANE DOE Associated Press", False),
        ("Source: Harwick Observatory", False),
        ("This article first appeared on The Conversation.", False),
        ("(Reporting by Jane Doe; editing by John Roe)", True),
    ],
)
def test_a_credit_is_a_persons_where_no_house_is_named(line, person):
    found = credit_line(line, WORDS)
    assert found is not None
    assert found.person is person


@pytest.mark.parametrize("name", ["Jane Doe/Getty Images", "Getty Images", "Shutterstock"])
def test_a_picture_bank_is_never_a_texts_source(name):
    found = credit_line(f"Source: {name}", WORDS)
    assert found is not None
    assert (found.kind.value, found.name) == ("photo", name)


LEAD = "The council in Harwick voted on Thursday to rebuild the old bridge, the mayor said."
REST = "It will cost 40 million crowns.\n\nWork starts in June on the eastern bank of the river."


def credits_under_the_title(line: str) -> list[tuple[str, str]]:
    version = read_text(f"Council backs bridge plan\n\n{line}\n\n{LEAD}\n\n{REST}\n")
    return [(credit.kind.value, credit.name) for credit in version.credits]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Norlandia Press/Southern Wire", "Norlandia Press/Southern Wire"),
        ("From agency reports", "From agency reports"),
        ("Norlandia Press Staff", "Norlandia Press Staff"),
        ("Jane Doe, Norlandia Press", "Jane Doe, Norlandia Press"),
        ("JANE DOE Associated Press", "JANE DOE Associated Press"),
        ("AFP - Agence France Presse", "AFP - Agence France Presse"),
        ("Harwick Courier with AFP", "Harwick Courier with AFP"),
        ("dpa/AFP/jd", "dpa/AFP/jd"),
        ("(npd/lno)", "npd/lno"),
        ("jd/npd", "jd/npd"),
        ("Reuters, May 3, 2026", "Reuters"),
        ("AFP, Tuesday 5 May 2026", "AFP"),
        ("HARWICK, May 3 (Norlandia Press) -", "Norlandia Press"),
    ],
)
def test_a_short_line_under_the_title_signs_the_text(line, name):
    assert credits_under_the_title(line) == [("text", name)]


@pytest.mark.parametrize("line", ["Jane Doe / AFP", "AP Photo/Jane Doe", "Getty Images"])
def test_a_pictures_credit_under_the_title_stays_a_pictures(line):
    assert credits_under_the_title(line) == [("photo", line)]


@pytest.mark.parametrize(
    "line",
    ["Hospital and school to close", "Driver charged with DWI, fined", "Firms Sign NPD Deal, Union Says"],
)
def test_a_line_of_news_under_the_title_is_no_byline(line):
    assert credits_under_the_title(line) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("- Norlandia Press", "Norlandia Press"),
        ("© AFP", "AFP"),
        ("EFE/Norprensa", "EFE/Norprensa"),
        ("(AP, Reuters)", "AP, Reuters"),
        (
            "Copyright 2026 The Associated Press. All rights reserved. This material may not be published.",
            "The Associated Press",
        ),
    ],
)
def test_a_line_behind_the_text_signs_it(line, name):
    version = read_text(f"Council backs bridge plan\n\n{LEAD}\n\n{REST}\n\n{line}\n")
    assert [(credit.kind.value, credit.name) for credit in version.credits] == [("text", name)]


@pytest.mark.parametrize(
    ("outlet", "names"), [("Harwick Courier", ["Norlandia Press"]), ("Norlandia Press", []), (None, [])]
)
def test_a_name_that_only_ends_as_agencies_do_holds_rights_where_the_outlet_is_another(outlet, names):
    text = f"Council backs bridge plan\n\n{LEAD}\n\n{REST}\n\n© 2026 Norlandia Press. All rights reserved.\n"
    assert [credit.name for credit in read_text(text, outlet=outlet).credits] == names


def test_a_copyright_line_stays_the_pages():
    text = f"Council backs bridge plan\n\n{LEAD}\n\n{REST}\n\n© 2026 AFP. All rights reserved.\n"
    version = read_text(text)
    assert version.blocks[-1].kind.value == "furniture"
    assert [credit.name for credit in version.credits] == ["AFP"]


def test_two_agencies_of_a_stitched_text_are_both_read_at_their_places():
    version = read_text(
        f"Council backs bridge plan\n\nSouthern Wire\n\nHARWICK, May 3 (Norlandia Press) - {LEAD}\n\n{REST}\n\n"
        "AVERNESS (Coastline News Agency) - The mayor of Averness said on Friday he would send workers to help.\n"
    )
    assert [credit.name for credit in version.credits] == ["Southern Wire", "Norlandia Press", "Coastline News Agency"]


def test_a_name_is_not_cut_where_its_sentence_ends():
    found = credit_line("This article originally appeared at Norlandia Press. Copyright 2026. Follow us.", WORDS)
    assert found is not None
    assert found.name == "Norlandia Press"


@pytest.mark.parametrize(
    "note",
    [
        "UPDATE 1 - adds rescues, fire chief",
        "UPDATE 2: with mayor, background",
        "WRAPUP 3 - Recasts, adds quotes",
        "(Recasts, adds quotes from mayor)",
        "(Adds details)",
        "(New throughout)",
        "Adds background, byline",
        "Eds: Adds details on vote.",
    ],
)
def test_a_note_to_editors_is_set_aside(note):
    version = read_text(f"Council backs bridge plan\n\n{note}\n\n{LEAD}\n\n{REST}\n")
    assert [(block.kind.value, block.reason) for block in version.blocks[:3]] == [
        ("title", ""),
        ("furniture", "note to editors"),
        ("paragraph", ""),
    ]


@pytest.mark.parametrize(
    ("note", "title", "lead"),
    [
        (
            "(Aktualisierung: Reaktionen)",
            "Rat will die Brücke",
            "Der Rat von Harwick hat am Donnerstag für die Brücke gestimmt.",
        ),
        ("(neu: Stimmen)", "Rat will die Brücke", "Der Rat von Harwick hat am Donnerstag für die Brücke gestimmt."),
        (
            "(Actualisé avec réactions)",
            "Le conseil veut le pont",
            "Le conseil de Harwick a voté jeudi pour le pont, a dit le maire.",
        ),
        (
            "(Actualiza con reacciones)",
            "El concejo quiere el puente",
            "El concejo de Orvane votó el jueves a favor del puente, dijo el alcalde.",
        ),
        (
            "(Добавлены подробности)",
            "Совет решил строить мост",
            "Совет Лукоярска в четверг решил построить мост, сообщил мэр города.",
        ),
    ],
)
def test_a_note_to_editors_is_set_aside_in_every_language(note, title, lead):
    version = read_text(f"{title}\n\n{note}\n\n{lead}\n")
    assert (version.blocks[1].kind.value, version.blocks[1].reason) == ("furniture", "note to editors")


@pytest.mark.parametrize(
    "line",
    [
        "Update on the bridge follows on Friday, the council said.",
        "UPDATE 6:30pm: The mayor has denied the claims of the council.",
        "The report adds details of the fall.",
        "Adds to the cost of every crossing, the mayor said.",
    ],
)
def test_a_sentence_that_speaks_of_updates_stays_the_articles(line):
    version = read_text(f"Council backs bridge plan\n\n{LEAD}\n\n{line}\n\n{REST}\n")
    assert version.blocks[2].kind.value == "paragraph"


def test_a_title_with_its_number_of_update_stays_the_title():
    version = read_text(f"UPDATE 2-Harwick backs bridge plan\n\n{LEAD}\n\n{REST}\n")
    assert (version.blocks[0].kind.value, version.title) == ("title", "UPDATE 2-Harwick backs bridge plan")
