"""Which outlet depends on which agency and on whom, and how much is its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

import retold
from retold.archive.habits import Pair, essence, pairs
from retold.archive.outlets import ENOUGH, Piece, _parts, _way
from retold.model.errors import UsageError

WAYS = ("alone", "first", "credited", "taken", "shared", "unlearned")


@pytest.mark.parametrize(
    ("row", "way"),
    [
        ({"origin": None, "several": 0}, "unlearned"),
        ({"several": 1}, "alone"),
        ({"several": 1, "agency": "Norlandia Press"}, "credited"),
        ({"first": "a"}, "first"),
        ({"first": "a", "agency": "Norlandia Press"}, "first"),
        ({"source": "Pell Post"}, "first"),
        ({"source": "Pell Post", "agency": "Norlandia Press"}, "credited"),
        ({"first": "b", "source": "Coast Tribune"}, "taken"),
        ({"source": "Coast Tribune", "agency": "Norlandia Press"}, "credited"),
        ({}, "shared"),
    ],
)
def test_where_the_text_of_an_article_of_the_pell_post_is_from(row: dict[str, Any], way: str):
    usual = {
        "name": "Pell Post",
        "key": "a",
        "origin": "o",
        "agency": None,
        "first": None,
        "several": 3,
        "source": None,
    }
    assert _way(**usual | row) == way


def piece(number: int, way: Any, share: float, **more: Any) -> Piece:
    usual = {"id": f"a{number}", "outlet": "Pell Post", "moment": None, "story": f"s{number}", "origin": "o"}
    return Piece(**{**usual, "share": share, "way": way, "agency": None, "source": None, "probability": None, **more})


def test_shares_are_told_from_thirty_stories_on_and_below_that_only_counts():
    pieces = [piece(number, "alone", 0.0, origin=None) for number in range(ENOUGH - 2)]
    pieces.append(piece(90, "taken", 0.8))
    assert _parts(pieces)["own_share"] is None
    pieces.append(piece(91, "shared", 0.5))
    told = _parts(pieces)
    assert (told["articles"], told["stories"], told["alone"]) == (30, 30, 28)
    assert told["own_share"] == round((28 + 0.2 + 0.5) / 30, 4)
    assert told["untold_share"] == round(0.5 / 30, 4)


def test_what_only_a_credit_says_is_neither_its_own_nor_proved_to_be_anothers():
    told = _parts([piece(number, "credited", 0.0, origin=None) for number in range(ENOUGH)])
    assert (told["own_share"], told["untold_share"]) == (0.0, 1.0)


@given(some.lists(some.tuples(some.sampled_from(WAYS), some.floats(0, 1), some.integers(0, 60)), max_size=120))
def test_each_article_is_counted_once_and_shares_stay_within_one(told: list[Any]):
    pieces = [
        piece(number, way, share, id=f"a{place}", origin=None if way == "alone" else "o")
        for place, (way, share, number) in enumerate(told)
    ]
    parts = _parts(pieces)
    assert sum(parts[way] for way in WAYS) == parts["articles"] == len(pieces)
    if parts["own_share"] is not None:
        assert 0 <= parts["own_share"] <= 1
        assert parts["own_share"] + parts["untold_share"] <= 1.0001


def test_the_outlets_of_a_week_and_whom_they_credit(week: Any):
    found = week.outlets()
    assert sum(line.articles for line in found.outlets) + found.unnamed == week.holdings().articles
    assert found.total == week.holdings().outlets == len(found.outlets)
    sizes = [line.articles for line in found.outlets]
    assert sizes == sorted(sizes, reverse=True)
    gazette = next(line for line in found.outlets if line.name == "Dunmarrow Gazette")
    assert [(tie.name, tie.articles) for tie in gazette.agencies] == [("Ostrel Wire", 3), ("Marrin Press", 2)]
    assert (gazette.alone, gazette.credited) == (2, 5)
    assert gazette.own_share is None


def test_an_outlet_month_by_month_adds_up_to_the_whole(week: Any):
    for line in week.outlets().outlets:
        found = week.outlet(line.name)
        assert sum(month.articles for month in found.months) == found.whole.articles == line.articles
        assert found.agencies[:5] == line.agencies
        assert all(one.share > 0 for one in found.borrowed)


def test_partners_are_partners_of_each_other(week: Any):
    names = [line.name for line in week.outlets().outlets]
    pairs = {(name, tie.name) for name in names for tie in week.outlet(name).partners}
    assert pairs == {(other, one) for one, other in pairs}
    assert ("Dunmarrow Gazette", "Brackwater Post") in pairs


def test_outlets_page_by_page_and_narrowed_down(week: Any):
    names = [line.name for line in week.outlets().outlets]
    assert [line.name for line in week.outlets(limit=3, offset=2).outlets] == names[2:5]
    few = week.outlets(least=5)
    assert few.total == len(few.outlets) < len(names)
    assert all(line.stories >= 5 for line in few.outlets)
    assert week.outlets(since="2030-01-01").outlets == []
    assert 0 < sum(line.articles for line in week.outlets(until="2026-05-05").outlets) < week.holdings().articles


def test_capitals_do_not_matter_and_a_strange_name_is_refused(week: Any):
    assert week.outlet("dunmarrow GAZETTE").name == "Dunmarrow Gazette"
    with pytest.raises(UsageError, match="No article is of an outlet 'Pell Post'"):
        week.outlet("Pell Post")
    with pytest.raises(UsageError, match="no time"):
        week.outlets(since="yesterday")


def test_who_had_a_text_from_whom_is_told_on_both_sides(tmp_path: Path):
    report = "The bridge at Orrin was closed on Monday after divers found cracks in two of its nine stone piers. "
    more = "Its keeper, who lives beside it, had heard the stones move at night since the flood of last spring. "
    records = [
        {
            "id": "1",
            "outlet": "Pell Post",
            "title": "Bridge",
            "published": "2026-05-04T08:00:00Z",
            "text": report * 2 + more * 4,
        },
        {
            "id": "2",
            "outlet": "Coast Tribune",
            "title": "Bridge",
            "published": "2026-05-04T12:00:00Z",
            "text": f"{report * 2}{more} The Pell Post reported this first.",
        },
        {
            "id": "3",
            "outlet": None,
            "title": "Fog",
            "published": "2026-05-04",
            "text": "Fog lay over the bay all day. " * 4,
        },
    ]
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(records, learn=True, processes=1)
        edges = [edge for line in archive.lineage("1").origins for edge in line.edges if edge.probability >= 0.5]
        takers = {tie.name for tie in archive.outlet("Pell Post").takers}
        sources = {tie.name for tie in archive.outlet("Coast Tribune").sources}
        assert (takers, sources) == (({"Coast Tribune"}, {"Pell Post"}) if edges else (set(), set()))
        assert [tie.name for tie in archive.outlet("Pell Post").partners] == ["Coast Tribune"]
        assert archive.outlets().unnamed == 1


REPORT = (
    "The bridge at Orrin was closed on Monday after divers found cracks in two of its nine stone piers. "
    "Its keeper, who lives beside it, had heard the stones move at night since the flood of last spring. "
)


def test_what_nobody_has_looked_at_is_counted_as_that(tmp_path: Path):
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        assert archive.outlets().outlets == []
        archive.add({"id": "1", "outlet": "Pell Post", "text": REPORT})
        (line,) = archive.outlets().outlets
        assert (line.articles, line.unlearned, line.own_share) == (1, 1, None)
        assert archive.outlet("Pell Post").borrowed == []


NEWS = (
    "The ferry {0} left {1} at 7{2}40 on Monday with {4} people aboard, {5} of them children.",
    "Divers from {1} went down to the {3} lock at 6{2}15 and found the gate held by a rope of {4} metres.",
    "The council of {1} met behind closed doors at 9{2}30 to hear why {4} trees in the {3} park were felled.",
    "A fire in the {3} mill of {1} was put out at 4{2}55 by {4} firefighters, who stayed until the roof had fallen.",
    "The bridge at {1} opens again at 5{2}20 on Friday after {4} weeks, said the {3} engineer who had closed it.",
)


def writes(number: int, outlet: str, city: str, colon: str) -> dict[str, Any]:
    """What an outlet has of one text: each spells a city and a time in its own way."""
    text = NEWS[number].format("Odila", city, colon, ("old", "upper", "long", "east", "chief")[number], 40 + number, 12)
    more = (
        f"Number {number} of its kind this year, it was watched by a crowd of {300 + 7 * number} who had come early. "
    )
    own = ("boats", "ropes", "trees", "roofs", "stones")[number]
    end = f"Whoever has seen the {own} before, said one of them, would not have known them again. " * 2
    return {
        "id": f"{outlet}-{number}",
        "outlet": outlet,
        "title": f"Of the {own}",
        "published": f"2026-0{number + 1}-04T08:00:00Z",
        "text": f"{text} {more}{end}",
    }


def test_how_an_outlet_writes_in_story_after_story_is_its_house_style(tmp_path: Path):
    forms = {"Pell Post": ("Kessmark", ":"), "Coast Tribune": ("Kesmark", ".")}
    records = [writes(number, outlet, *form) for number in range(len(NEWS)) for outlet, form in forms.items()]
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(records, learn=True, processes=1)
        here, there = archive.habits("Pell Post"), archive.habits("Coast Tribune")
        assert here.articles == 5
        told = {(one.ours, one.theirs): (one.stories, one.against) for one in here.habits}
        assert told[":", "."] == (5, 0)
        time = next(one for one in here.habits if one.ours == ":")
        assert (time.example.replace(":", "."), ":" in time.example) == (time.other_example, True)
        assert told["Kessmark", "Kesmark"] == (5, 0)
        assert {(one.theirs, one.ours) for one in there.habits} == set(told)


def test_who_writes_both_ways_has_no_habit(tmp_path: Path):
    colons = (":", ".", ":", ".", ":")
    records = [
        writes(number, outlet, "Orrin", colon if outlet == "Pell Post" else {":": ".", ".": ":"}[colon])
        for number, colon in enumerate(colons)
        for outlet in ("Pell Post", "Coast Tribune")
    ]
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(records, learn=True, processes=1)
        assert archive.habits("Pell Post").habits == []


def test_a_number_that_differs_and_words_of_a_quotation_are_no_style():
    sides = {"A": {"text": "Kyiv"}, "B": {"text": "Kiev"}}
    edits = [
        {"class": "number", "in_quote": False, "sides": {"A": {"text": "12"}, "B": {"text": "20"}}},
        {"class": "name", "in_quote": True, "sides": sides},
        {"class": "name", "in_quote": False, "sides": sides},
        {"class": "name", "in_quote": False, "sides": {"A": {"text": "a b c d"}, "B": {"text": "e"}}},
    ]
    assert list(pairs({"edits": edits})) == [Pair("Kyiv", "Kiev")]


@given(some.text("ab.:", max_size=6), some.text("ab.:", max_size=6))
def test_the_essence_of_two_ways_is_the_same_from_either_side(one: str, other: str):
    assert essence(one, other) == Pair(*reversed(essence(other, one)))
