"""Which agencies an article credits with its text, and which of them is to be trusted most."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.copies.agencies import TRUST, agencies, signed_by_desk
from retold.reading.read import read_text

TITLE = "Council backs bridge plan"
LEAD = "The council in Harwick voted on Thursday to rebuild the old bridge, the mayor said."
REST = "It will cost 40 million crowns and take a year.\n\nWork starts in June on the eastern bank of the river."


def article(*, above: str = "", place: str = "", behind: str = "", end: str = "", **stated: str):
    """An article with lines above and behind its text, a dateline and an end."""
    parts = (TITLE, above, f"{place}{LEAD}", REST + end, behind)
    return read_text("\n\n".join(part for part in parts if part), **stated)


def told(version) -> list[tuple[str, str, bool]]:
    return [(agency.name, agency.position, agency.part) for agency in agencies(version)]


@pytest.mark.parametrize(
    ("parts", "name", "position"),
    [
        ({"place": "HARWICK, May 3 (Norlandia Press) - "}, "Norlandia Press", "dateline"),
        ({"place": "HARWICK (AP) — "}, "AP", "dateline"),
        ({"place": "MOSCOW, May 3. /TASS/. "}, "TASS", "dateline"),
        ({"place": "Moscow. May 3. INTERFAX - "}, "Interfax", "dateline"),
        ({"place": "(Agence France-Presse) - "}, "AFP", "dateline"),
        ({"place": "Harwick (npd) - "}, "npd", "dateline"),
        ({"above": "HARWICK, May 3 (Norlandia Press) -"}, "Norlandia Press", "dateline"),
        ({"above": "By Norlandia Press"}, "Norlandia Press", "byline"),
        ({"above": "By JANE DOE, The Associated Press"}, "AP", "byline"),
        ({"above": "Jane Doe, Norlandia Press"}, "Norlandia Press", "byline"),
        ({"above": "Reuters Staff"}, "Reuters", "byline"),
        ({"above": "Norlandia Press"}, "Norlandia Press", "line"),
        ({"above": "AFP - Agence France Presse"}, "AFP", "line"),
        ({"above": "Reuters, May 3, 2026"}, "Reuters", "line"),
        ({"end": " (Norlandia Press)"}, "Norlandia Press", "signature"),
        ({"end": " AFP"}, "AFP", "signature"),
        ({"behind": "Norlandia Press"}, "Norlandia Press", "signature"),
        ({"behind": "Source: Norlandia Press"}, "Norlandia Press", "signature"),
        ({"behind": "© 2026 AFP. All rights reserved."}, "AFP", "signature"),
        ({"behind": "This article first appeared in the Harwick Post."}, "Harwick Post", "signature"),
        ({"behind": "Republished with permission from The Conversation."}, "The Conversation", "signature"),
    ],
)
def test_the_agency_is_read_where_it_stands(parts, name, position):
    assert told(article(**parts)) == [(name, position, False)]


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"above": "Harwick Courier with AFP"}, "AFP"),
        ({"behind": "The Associated Press contributed to this report."}, "AP"),
        ({"behind": "(With inputs from ANI)"}, "ANI"),
        ({"behind": "Additional reporting by Reuters"}, "Reuters"),
    ],
)
def test_an_agency_beside_the_outlets_own_people_has_a_part(parts, name):
    ((said, _, part),) = told(article(**parts))
    assert (said, part) == (name, True)


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"above": "By Jane Doe"},
        {"above": "By Web Desk"},
        {"above": "From agency reports"},
        {"above": "UPDATE 1 - adds rescues, fire chief"},
        {"behind": "(This story has not been edited by Courier staff and is published from a syndicated feed.)"},
        {"behind": "Photo: Jane Doe/AFP"},
        {"behind": "npd/jd"},
        {"end": " He told Reuters so."},
        {"end": " (jd)"},
        {"place": "HARWICK, May 3 - "},
        {"above": "By Harwick Free Press", "outlet": "Harwick Free Press"},
    ],
)
def test_a_credit_that_names_no_agency_gives_none(parts):
    assert told(article(**parts)) == []


def test_a_dateline_is_trusted_more_than_the_line_above_it():
    version = article(
        above="Southern Wire", place="HARWICK, May 3 (Norlandia Press) - ", behind="(AFP)", author="Reuters"
    )
    assert told(version) == [
        ("Norlandia Press", "dateline", False),
        ("AFP", "signature", False),
        ("Southern Wire", "line", False),
        ("Reuters", "author", False),
    ]


def test_what_gives_a_part_comes_last():
    version = article(above="Southern Wire", behind="Norlandia Press contributed to this report.")
    assert told(version) == [("Southern Wire", "line", False), ("Norlandia Press", "signature", True)]


def test_stitched_texts_keep_the_order_of_their_datelines():
    other = "\n\nAVERNESS (Southern Wire) - The mayor of Averness said on Friday that he would send workers."
    version = article(place="HARWICK (Norlandia Press) - ", end=other)
    assert [(agency.name, agency.position) for agency in agencies(version)] == [
        ("Norlandia Press", "dateline"),
        ("Southern Wire", "dateline"),
    ]
    starts = [agency.start for agency in agencies(version)]
    assert starts == sorted(starts)


def test_each_agency_is_told_once_by_its_strongest_mention():
    version = article(above="The Associated Press", place="HARWICK (AP) - ", behind="Source: Associated Press")
    assert told(version) == [("AP", "dateline", False)]


def test_an_agency_stands_where_its_span_says():
    version = article(place="HARWICK, May 3 (Norlandia Press) - ")
    (agency,) = agencies(version)
    assert version.text[agency.start : agency.end] == "(Norlandia Press)"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Reuters", ["Reuters"]),
        ("By Reuters", ["Reuters"]),
        ("AFP, Berlin", ["AFP"]),
        ("Jane Doe, Norlandia Press", ["Norlandia Press"]),
        ("Jane Doe and The Associated Press", ["AP"]),
        ("Jane Doe (AP)", ["AP"]),
        ("Jane Doe", []),
        ("Petra", []),
        ("JD", []),
        ("Harwick Courier", []),
        ("", []),
    ],
)
def test_an_author_may_be_an_agency_and_has_no_place_in_the_text(author, names):
    found = agencies(replace(article(), author=author))
    assert [agency.name for agency in found] == names
    assert {(agency.position, agency.start, agency.end) for agency in found} <= {("author", None, None)}


def test_spellings_of_one_name_have_one_key():
    keys = {
        agencies(article(above=line))[0].key for line in ("Norlandia Press", "NORLANDIA PRESS", "(Norlandia Press)")
    }
    assert keys == {"norlandia press"}


@pytest.mark.parametrize(
    ("end", "signed"),
    [
        (" (Reporting by Jane Doe; editing by John Roe)", True),
        (" (Reporting by Jane Doe in Harwick; Writing by Ann Lee; Editing by Bo Orm)", True),
        (" (Norlandia Press)", False),
        ("", False),
    ],
)
def test_a_desk_signs_without_its_house(end, signed):
    assert signed_by_desk(article(end=end)) is signed


MENTIONS = {
    "place": ["HARWICK (Norlandia Press) - ", "HARWICK, May 3 (AFP) - "],
    "above": ["Southern Wire", "By Reuters", "Harwick Courier with AFP"],
    "end": [" (Coastline News Agency)", " (dpa)"],
    "behind": ["Source: TASS", "The Associated Press contributed to this report."],
    "author": ["Xinhua", "Jane Doe"],
}


@given(st.fixed_dictionaries({}, optional={part: st.sampled_from(said) for part, said in MENTIONS.items()}))
def test_the_order_is_of_trust_and_no_name_comes_twice(parts):
    found = agencies(article(**parts))
    order = [(agency.part, TRUST[agency.position]) for agency in found]
    assert order == sorted(order)
    assert len({agency.key for agency in found}) == len(found)
