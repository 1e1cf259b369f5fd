"""What keeps two articles apart whose words agree."""

from __future__ import annotations

import pytest

from retold.stories.features import features, told
from retold.stories.vetoes import Title, vetoes
from tests.stories.news import version


def reasons(one: str, other: str, text: str = "", language: str = "en") -> list[tuple[str, list[str], list[str]]]:
    """The vetoes between two titles, in words."""
    mine, yours = version(one, text, language=language), version(other, text, language=language)
    words = told(mine) | told(yours)
    return [
        (veto.kind, [words[key] for key in veto.mine], [words[key] for key in veto.yours])
        for veto in vetoes(Title(features(mine)), Title(features(yours)))
    ]


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("Day 2 of the Varga trial", "Day 21 of the Varga trial", [("number", ["Day", "2"], ["Day", "21"])]),
        ("Harlow lose game 3", "Harlow win game 4", [("number", ["game", "3"], ["game", "4"])]),
        (
            "School shooting suspect in Ohio charged with murder",
            "School shooting suspect in Iowa charged with murder",
            [("name", ["Ohio"], ["Iowa"])],
        ),
        (
            "Cup final won by Dunmore after extra time",
            "Cup final won by Port Quill after extra time",
            [("name", ["Dunmore"], ["Port", "Quill"])],
        ),
    ],
)
def test_sister_events_are_kept_apart(one, other, wanted):
    assert reasons(one, other) == wanted
    assert [(kind, yours, mine) for kind, mine, yours in wanted] == reasons(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("At least 3 dead in Hessel storm", "5 dead in Hessel storm"),
        ("Storm kills 3 in Hessel", "Storm kills 5 in Hessel"),
        ("Day 2 of the Varga trial", "Varga trial goes on"),
        ("Day 2 of the Varga trial", "On day 2 Varga trial hears witness"),
        ("Police arrest man over Hessel fire at school", "Officers arrest man over Hessel fire at school"),
        ("Police Arrest Man Over Hessel School Fire", "Police Detain Man Over Hessel School Fire"),
        ("Ferry aground off Port Quill", "Lending rate raised in Dorland"),
        ("", "Ferry aground off Port Quill"),
    ],
)
def test_versions_of_one_story_are_not(one, other):
    assert reasons(one, other) == []


def test_a_name_that_the_other_article_knows_keeps_nothing_apart():
    one, other = "School fire suspect in Hessel charged with arson", "School fire suspect in Dorland charged with arson"
    assert reasons(one, other)
    assert reasons(one, other, "The fire in Hessel, Dorland, destroyed a school") == []


def test_numbers_in_a_row_are_known_in_other_languages():
    assert reasons("Spieltag 3 der Liga", "Spieltag 4 der Liga", language="de")
    assert reasons("День 2 процесса", "День 21 процесса", language="ru")
