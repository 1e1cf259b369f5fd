"""Why two articles are, or are not, one story."""

from __future__ import annotations

import pytest

from retold.stories.features import features, told
from retold.stories.settling import MEASURE, weights_of
from retold.stories.states import Telling
from retold.stories.why import Why, parting, why
from tests.stories.news import FERRY, MINT, paper, reworded, version


def asked(one: str, other: str, days: tuple[float | None, float | None] = (None, None)) -> Why:
    """Why two titles are or are not one story."""
    versions = version(one), version(other)
    mine, yours = (Telling(str(place), days[place], features(each)) for place, each in enumerate(versions))
    return why(mine, yours, words=told(versions[0]), other_words=told(versions[1]), weights=weights_of(paper(), ()))


def test_the_shared_words_are_told_as_each_writes_them_weightiest_first():
    found = asked("Ferry Anselma stranded off Port Quill", "Port Quill: ferries wait for the Anselma")
    assert {(term.mine, term.yours) for term in found.terms} == {
        ("Anselma", "Anselma"),
        ("Ferry", "ferries"),
        ("Port", "Port"),
        ("Quill", "Quill"),
    }
    weights = [term.weight for term in found.terms]
    assert weights == sorted(weights, reverse=True)
    assert sum(weights) == pytest.approx(found.likeness, abs=0.001)


def test_one_story_by_themselves():
    found = asked(FERRY, reworded(FERRY, 1))
    assert found.together and found.score >= found.cut == MEASURE.cut


@pytest.mark.parametrize(
    ("days", "gap", "fading"), [((100.0, 105.0), 5.0, 0.3679), ((None, 1.0), None, 0.6703), ((None, None), None, 1.0)]
)
def test_time_fades_likeness(days, gap, fading):
    found = asked(FERRY, reworded(FERRY, 1), days)
    assert (found.days, found.fading) == (gap, fading)
    assert found.score == pytest.approx(found.likeness * fading, abs=0.001)


def test_two_subjects_share_nothing():
    found = asked(FERRY, MINT)
    assert not found.together
    assert found.terms == ()
    assert found.score == 0


def test_a_veto_is_told_in_words():
    found = asked("Day 2 of the Varga trial in Hessel", "Day 21 of the Varga trial in Hessel")
    assert not found.together
    assert [veto.note for veto in found.vetoes] == ["the titles number two things: Day 2 and Day 21"]


def test_articles_without_words_are_not_one_story():
    assert not asked("", "").together


def test_two_stories_of_one_mind_each_are_told_by_what_parts_them():
    common = "Earthquake shakes coast rescue teams search buildings survivors aid tents"
    sides = [
        [version(f"{common} {own}", reworded(own, place, 0.1)) for place in range(4)]
        for own in (
            "Dorland Marrow Varga harbour warehouse trawler lighthouse fishery",
            "Hessel Upper Oduya monastery mountain chapel vineyard orchard",
        )
    ]
    words = {key: word for side in sides for each in side for key, word in told(each).items()}
    tellings = [[Telling(each.text, None, features(each)) for each in side] for side in sides]
    found = parting(*tellings, words=words, weights=weights_of(tellings[0] + tellings[1], ()))
    assert found is not None
    assert "Dorland" in found.mine or "harbour" in found.mine
    assert not set(found.mine) & set(found.yours)
    assert parting(tellings[0], tellings[0], words=words, weights=weights_of(tellings[0], ())) is None
