"""Plain text: what each line is, told by shape, place, repetition and the words of pages."""

from __future__ import annotations

import pytest

from retold.model.records import Version
from retold.reading.read import read_text

BODY = """The council in Harwick voted on Thursday to rebuild the old bridge, ending a row that has run for two years.

"We have waited long enough," the mayor, Ina Volk, told reporters after the vote."""

PAGE = f"""Support the Harwick Courier!

Give today

Council backs bridge plan after two-year row

The decision ends a quarrel that has split the town, although nobody yet knows who will pay.

The old bridge at Harwick has been shut since March.
Norland Archive

The old bridge at Harwick has been shut since March.

{BODY}

READ MORE: Who built the old bridge

Loading...

A question of money

Work starts in June. It will cost 40 million crowns.

He declined to comment.

Reporting by Jane Doe; editing by John Roe

Loading...
Channel 12
"""


def kinds(version: Version) -> list[tuple[str, str]]:
    """The blocks of a version as (kind, first words)."""
    return [(block.kind.value, version.text[block.start : block.end][:22]) for block in version.blocks]


def kind_of(version: Version, words: str) -> str:
    """The kind of the first block that holds some words."""
    return next(block.kind.value for block in version.blocks if words in version.text[block.start : block.end])


def test_an_outlets_page_is_told_line_by_line():
    version = read_text(PAGE)
    assert kinds(version) == [
        ("furniture", "Support the Harwick Co"),
        ("furniture", "Give today"),
        ("title", "Council backs bridge p"),
        ("standfirst", "The decision ends a qu"),
        ("caption", "The old bridge at Harw"),
        ("credit", "Norland Archive"),
        ("caption", "The old bridge at Harw"),
        ("paragraph", "The council in Harwick"),
        ("paragraph", '"We have waited long e'),
        ("furniture", "READ MORE: Who built t"),
        ("furniture", "Loading..."),
        ("heading", "A question of money"),
        ("paragraph", "Work starts in June. I"),
        ("paragraph", "He declined to comment"),
        ("credit", "Reporting by Jane Doe;"),
        ("furniture", "Loading..."),
        ("furniture", "Channel 12"),
    ]
    assert version.title == "Council backs bridge plan after two-year row"
    assert version.outlet == "Harwick Courier"
    assert version.language == "en"
    assert [(credit.kind.value, credit.name) for credit in version.credits] == [
        ("photo", "Norland Archive"),
        ("text", "Jane Doe"),
    ]


def test_furniture_says_why_it_is_set_aside():
    version = read_text(PAGE)
    assert all(block.reason for block in version.blocks if block.kind in ("furniture", "caption", "credit"))


@pytest.mark.parametrize(
    "line",
    [
        "READ MORE: Who built the old bridge",
        "Also read: Who built the old bridge",
        "Read more",
        "Watch: The bridge in 60 seconds",
        "LEES OOK: Wie bouwde de oude brug",
        "LIRE AUSSI : Les commerçants attendent",
        "Loading...",
        "Chargement...",
        "Advertisement",
        "Share this article",
        "Share: Facebook Twitter WhatsApp",
        "Facebook | X | Telegram",
        "Subscribe now for unlimited access",
        "Donate",
        "Sign up for our newsletter to get the day's news in your inbox.",
        "If you value our reporting, please consider becoming a member from 4 crowns a month.",
        "Follow us on Telegram",
        "We use cookies to remember your settings.",
        "© 2024 Harwick Courier. All rights reserved.",
        "Tags: Harwick, bridges, council",
        "#harwick #bridges",
        "Published 3 May 2024, 10:12",
        "3 min read",
        "12 comments",
        "Home | News | Weather",
        "* * *",
        "news@courier.example",
    ],
)
def test_the_pages_own_lines_are_furniture_inside_and_after_the_article(line):
    inside = read_text(f"Council backs bridge plan\n\n{BODY}\n\n{line}\n\nWork starts in June, she said.\n")
    after = read_text(f"Council backs bridge plan\n\n{BODY}\n\n{line}\n")
    assert kind_of(inside, line) == kind_of(after, line) == "furniture"


OTHERS = {
    "de": "Der Stadtrat von Harwick hat am Freitag den Umbau der Brücke beschlossen, die seit März gesperrt ist.",
    "fr": "Le pont de Saint-Orvan rouvrira à la circulation avant l'été, a annoncé jeudi le maire de la ville.",
    "es": "El puente de Orvane reabrirá antes del verano, anunció este jueves la alcaldesa de la ciudad.",
    "ru": "Мост через реку откроют к осени, сообщил в пятницу мэр города, и по нему можно будет ходить.",
    "ar": "أعلن رئيس البلدية يوم الجمعة أن الجسر سيفتح أمام حركة المرور قبل بداية الصيف المقبل.",
}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Lesen Sie auch: Was der Umbau kostet"),
        ("de", "Anzeige"),
        ("de", "Teilen Drucken Link kopieren"),
        ("de", "Unterstützen Sie unabhängigen Journalismus mit einem Abo ab 4 Euro im Monat!"),
        ("de", "Jetzt vier Wochen gratis testen"),
        ("de", "03.05.2024, 18:30 Uhr"),
        ("fr", "Sur le même sujet : la crue de la Tarne"),
        ("fr", "Publicité"),
        ("fr", "Soutenez un journalisme indépendant !"),
        ("fr", "Abonnez-vous à notre newsletter pour recevoir l'essentiel de l'actualité."),
        ("fr", "Publié le 3 mai 2024 à 10h12"),
        ("es", "Te puede interesar: El viejo puente"),
        ("es", "Publicidad"),
        ("es", "Suscríbete a nuestro boletín"),
        ("ru", "Читайте также: Как строили мост"),
        ("ru", "Подписывайтесь на наш телеграм-канал"),
        ("ru", "Поделиться"),
        ("ru", "3 мая 2024, 10:12"),
        ("ru", "Поддержите «Лукоярский вестник»!"),
        ("ar", "اقرأ أيضا: كيف بني الجسر"),
        ("ar", "اشترك في نشرتنا البريدية"),
        ("ar", "جميع الحقوق محفوظة"),
    ],
)
def test_pages_in_other_languages_have_their_own_words(language, line):
    body = OTHERS[language]
    for text in (f"{body}\n\n{line}\n\n{body} 2\n", f"{body}\n\n{line}\n"):
        version = read_text(text)
        assert version.language == language
        assert kind_of(version, line) == "furniture"
        assert kind_of(version, body) == "paragraph"


@pytest.mark.parametrize(
    "line",
    [
        '"We will contribute today," he said.',
        "Support for the government fell.",
        "The minister asked people to support the troops now.",
        "Members of the party voted against the plan.",
        "He declined to comment.",
        "No more.",
        "Read more books, the minister said.",
        "The union follows us on this, she said.",
        "Share prices fell by two per cent.",
        "The readers of the local newspaper had asked for a new bridge.",
        "Loading the ships took nine days.",
        "Advertisement spending rose.",
        "The video was taken from the quay by a fisherman.",
        "By Friday, twelve houses had been left empty.",
        "Photo shops closed one after another.",
        "Source of the river is a lake, said Mr Tarn.",
        "On 3 May 2024 the bridge was shut.",
        "« Nous allons soutenir les ouvriers », a dit le maire.",
        "„Wir werden heute spenden“, sagte sie.",
    ],
)
def test_the_articles_own_sentences_stay_paragraphs(line):
    inside = read_text(f"Council backs bridge plan\n\n{BODY}\n\n{line}\n\nWork starts in June, she said.\n")
    after = read_text(f"Council backs bridge plan\n\n{BODY}\n\n{line}\n")
    assert kind_of(inside, line) == kind_of(after, line) == "paragraph"


@pytest.mark.parametrize(
    "heading", ["A question of money", "'Not about money'", "What happens next?", "Tolls, taxis and a tram"]
)
def test_a_short_line_over_a_paragraph_is_a_heading(heading):
    version = read_text(f"Council backs bridge plan\n\n{BODY}\n\n{heading}\n\nWork starts in June, she said.\n")
    assert kind_of(version, heading) == "heading"


def test_links_under_their_header_are_furniture():
    version = read_text(
        f"Council backs plan\n\n{BODY}\n\nYou may also like\nFerry fares to rise\nWhy the herring came late\n"
    )
    assert [kind for kind, _ in kinds(version)][-3:] == ["furniture"] * 3


@pytest.mark.parametrize(
    "above",
    [
        "Harwick Courier",
        "THE HARWICK COURIER\nPOLITICS",
        "Home | News | Weather",
        "Support the Harwick Courier!\n\nNow more than ever, local reporting needs local readers.\n\nGive today",
        "Jane Doe / NORLAND",
        "3 May 2024",
    ],
)
def test_the_title_is_found_below_what_the_page_puts_above_it(above):
    version = read_text(f"{above}\n\nCouncil backs bridge plan after two-year row\n\n{BODY}\n")
    assert version.title == "Council backs bridge plan after two-year row"


def test_a_text_may_have_no_title():
    version = read_text(BODY)
    assert version.title is None
    assert {kind for kind, _ in kinds(version)} == {"paragraph"}


def test_a_first_paragraph_is_no_standfirst_without_a_picture_or_a_byline_after_it():
    version = read_text(f"Council backs bridge plan\n\n{BODY}\n")
    assert kind_of(version, "voted on Thursday") == "paragraph"


def test_hard_wrapped_lines_are_one_paragraph():
    text = (
        "Harbour reopens after storm\n\n"
        "The harbour at Harwick opened again on Thursday after the worst\n"
        "storm in forty years had shut it for nine days, the owners said.\n"
        "Ships were waiting in the bay.\n\n"
        "Damage is put at two million crowns.\n"
    )
    assert [kind for kind, _ in kinds(read_text(text))] == ["title", "paragraph", "paragraph"]


def test_sentences_on_lines_of_their_own_are_paragraphs_of_their_own():
    text = (
        "Harbour reopens after storm\n"
        "The harbour at Harwick opened again on Thursday after nine days.\n"
        "Ships were waiting in the bay, the harbour master told reporters.\n"
        "Damage is put at two million crowns by the owners of the quays.\n"
    )
    assert [kind for kind, _ in kinds(read_text(text))] == ["title", "paragraph", "paragraph", "paragraph"]


def test_a_lone_line_is_an_articles_text():
    assert kinds(read_text("Rain is due in Harwick")) == [("paragraph", "Rain is due in Harwick")]


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Published 3 May 2024, 10:12", "2024-05-03T10:12"),
        ("Published: May 3, 2024 4:05 p.m.", "2024-05-03T16:05"),
        ("3 May 2024", "2024-05-03"),
        ("2024-05-03T10:12:00+02:00", "2024-05-03T10:12:00+02:00"),
        ("03.05.2024, 18:30", "2024-05-03T18:30"),
        ("3 May 2024 10:12 GMT", "2024-05-03T10:12+00:00"),
        ("03/05/2024", None),  # March or May: not stated
        ("Updated 3 May 2024", None),
    ],
)
def test_a_date_line_gives_the_date_as_precisely_as_it_is_stated(line, published):
    version = read_text(f"Council backs bridge plan\n\n{line}\n\n{BODY}\n")
    assert kind_of(version, line) == "furniture"
    assert version.published == published


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Support the Harwick Courier!", "Harwick Courier"),
        ("Subscribe to The Harwick Courier", "The Harwick Courier"),
        ("Support Independent Journalism!", None),
        ("© 2024 Harwick Courier. All rights reserved.", "Harwick Courier"),
        ("Copyright 2024 The Harwick Courier", "The Harwick Courier"),
        ("Harwick Courier", None),  # a name at the edge may be anything
    ],
)
def test_an_outlet_is_known_only_where_the_text_says_so(line, outlet):
    assert read_text(f"Council backs bridge plan\n\n{BODY}\n\n{line}\n").outlet == outlet


def test_a_titles_suffix_names_the_outlet():
    version = read_text(f"Council backs bridge plan | The Harwick Courier\n\n{BODY}\n")
    assert (version.title, version.outlet) == ("Council backs bridge plan", "The Harwick Courier")


def test_two_names_for_the_outlet_are_none():
    text = f"Support the Harwick Courier!\n\nCouncil backs plan\n\n{BODY}\n\n© 2024 Orvane Herald. All rights reserved."
    assert read_text(text).outlet is None


def test_what_the_caller_states_comes_first():
    version = read_text(
        PAGE, source="a.txt", outlet="Orvane Herald", published="2024-05-03", language="en", title="Bridge"
    )
    assert (version.source, version.outlet, version.published, version.title) == (
        "a.txt",
        "Orvane Herald",
        "2024-05-03",
        "Bridge",
    )
