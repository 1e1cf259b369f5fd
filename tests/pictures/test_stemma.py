"""A lineage as a drawing: who stands where, which lines lead to it, and the axis of time."""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from retold.pictures.axes import APART, axis, shortened
from retold.pictures.stemma import ALTERNATIVES, KINDS, Stemma, drawn, stemma, svg

HOUR, DAY = 3600.0, 86400.0


def node(name: str, published: str | None = None, **more: Any) -> dict[str, Any]:
    usual = {"version_id": f"v-{name}", "title": f"Title {name}", "url": None, "words": 100, "source_ids": [name]}
    return {"article_id": name, "outlet": f"The {name.title()}", "published": published, **usual, **more}


def edge(source: str, target: str, probability: float = 0.9) -> dict[str, Any]:
    note = f"{target} has its text from {source}"
    return {"source": source, "target": target, "probability": probability, "signs": [], "note": note}


def line(nodes: list[dict[str, Any]], *edges: dict[str, Any], unseen: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"origin_id": "o", "agency": None, "nodes": nodes, "unseen": list(unseen), "edges": list(edges)}


def at(hour: int, day: int = 6) -> str:
    return f"2026-05-{day:02}T{hour:02}:00:00Z"


def order(made: Stemma) -> list[str]:
    return [dot.key for dot in made.dots]


def test_takers_stand_right_below_their_source_the_earliest_first():
    nodes = [node("a", at(8)), node("b", at(9)), node("c", at(10)), node("d", at(11))]
    made = stemma(line(nodes, edge("a", "b"), edge("a", "d"), edge("b", "c")))
    assert order(made) == ["a", "b", "c", "d"]
    assert list(made.sources) == [-1, 0, 1, 0]
    assert [dot.y for dot in made.dots] == sorted({dot.y for dot in made.dots})


def test_time_goes_from_left_to_right_whatever_the_zone():
    nodes = [node("a", "2026-05-06T12:00:00+02:00"), node("b", "2026-05-06T11:00:00+00:00")]
    made = stemma(line(nodes, edge("a", "b")))
    first, second = made.dots
    assert (first.key, second.key) == ("a", "b")
    assert first.x < second.x


def test_a_text_that_nobody_has_seen_is_dashed_and_has_no_time():
    made = stemma(line([node("a", at(8)), node("b", at(9))], edge("W1", "a"), edge("W1", "b"), unseen=("W1",)))
    assert [(dot.key, dot.seen) for dot in made.dots] == [("W1", False), ("a", True), ("b", True)]
    assert made.dots[0].x < min(dot.x for dot in made.dots[1:])
    assert set(made.lines) == {"unseen"}
    page = drawn(made, title="Lineage", address="#a-")
    assert page.count("stroke-dasharray") == 2
    assert 'href="#a-W1" class="not-seen"' in page


@pytest.mark.parametrize(
    ("probability", "source", "kind"), [(0.9, "a", "sure"), (0.3, "a", "doubtful"), (0.9, "W1", "unseen")]
)
def test_a_line_is_as_certain_as_its_edge(probability: float, source: str, kind: str):
    nodes = [node("a", at(8)), node("b", at(9))]
    made = stemma(line(nodes, edge(source, "b", probability), unseen=("W1",)))
    assert set(made.lines) == {kind}


def test_the_likeliest_source_leads_and_the_others_are_dotted():
    nodes = [node("a", at(8)), node("b", at(9)), node("c", at(10))]
    made = stemma(line(nodes, edge("a", "c", 0.7), edge("b", "c", 0.2)))
    assert made.sources[order(made).index("c")] == order(made).index("a")
    assert set(made.lines) == {"sure", "doubtful"}
    assert not made.likeliest


def test_of_very_many_only_the_likeliest_source_is_drawn():
    nodes = [node(f"n{number:03}", at(8)) for number in range(ALTERNATIVES + 1)]
    made = stemma(line(nodes, edge("n000", "n001", 0.7), edge("n002", "n001", 0.2)))
    assert made.likeliest
    assert set(made.lines) == {"sure"}


def test_a_ring_of_guesses_is_drawn_as_a_tree():
    nodes = [node("a"), node("b"), node("c")]
    made = stemma(line(nodes, edge("a", "b", 0.4), edge("b", "c", 0.4), edge("c", "a", 0.4)))
    assert order(made) == ["a", "b", "c"]
    assert list(made.sources) == [-1, 0, 1]
    assert made.lines["doubtful"].count("M") == 3


def test_without_any_time_there_is_no_axis_and_no_order_is_claimed():
    made = stemma(line([node("a"), node("b")], edge("a", "b")))
    assert made.time is None
    assert made.dots[0].x < made.dots[1].x


def test_what_states_no_time_has_a_column_of_its_own():
    made = stemma(line([node("a", at(8)), node("b")], edge("a", "b")))
    places = {dot.key: dot.x for dot in made.dots}
    assert made.undated == places["b"] < places["a"]
    assert "no time stated" in drawn(made, title="x")


@given(
    some.lists(some.tuples(some.integers(0, 30), some.integers(0, 30), some.floats(0.15, 0.99)), max_size=60),
    some.lists(some.one_of(some.none(), some.integers(0, 10**6)), min_size=1, max_size=31),
)
def test_each_node_has_a_row_of_its_own_below_its_source(edges: list[Any], moments: list[int | None]):
    nodes = [
        node(f"n{number:02}", None if moment is None else f"2026-05-{1 + moment % 28:02}T00:00:{moment % 60:02}Z")
        for number, moment in enumerate(moments)
    ]
    told = [edge(f"n{source:02}", f"n{target:02}", sure) for source, target, sure in edges]
    made = stemma(line(nodes, *told))
    assert sorted(order(made)) == [each["article_id"] for each in nodes]
    rows = [dot.y for dot in made.dots]
    assert len(set(rows)) == len(rows)
    assert all(source < place for place, source in enumerate(made.sources))
    assert all(0 < dot.x < made.width and 0 < dot.y < made.height for dot in made.dots)


def test_a_long_silence_is_shortened_and_the_busy_hours_are_not():
    assert shortened([HOUR, HOUR, 30 * DAY, 2 * HOUR]) == [HOUR, HOUR, 2 * HOUR, 2 * HOUR]
    assert shortened([HOUR, 2 * HOUR, 3 * HOUR]) == [HOUR, 2 * HOUR, 3 * HOUR]
    assert shortened([DAY]) == [DAY]
    assert shortened([1.0, DAY]) == [1.0, DAY]


@given(some.lists(some.integers(0, 10**8), min_size=1, max_size=40))
def test_the_axis_keeps_the_order_and_its_names_apart(moments: list[int]):
    made = axis(moments, start=50, width=500)
    places = [made.at(moment) for moment in sorted(set(moments))]
    assert places == sorted(places)
    assert len(set(places)) == len(places)
    assert places[0] == 50
    assert places[-1] == pytest.approx(550) or len(places) == 1
    ticks = [tick.x for tick in made.ticks]
    assert all(later - earlier >= APART - 1e-6 for earlier, later in pairwise(ticks))
    assert len(ticks) >= 1


EVIL = '<script>alert(1)</script> "&\x07\ufffe\u202e'


def test_the_file_is_whole_xml_whatever_an_article_says():
    told = line([node("a", at(8), outlet=EVIL, title=EVIL), node("b")], edge("a", "b"))
    document = {"story_id": "s", "title": EVIL, "origins": [told, told | {"agency": EVIL}]}
    root = Xml.fromstring(svg(document))
    names = {"s": "http://www.w3.org/2000/svg"}
    assert root.findall(".//s:script", names) == []
    assert len(root.findall(".//s:circle", names)) == 4
    headings = [text.text or "" for text in root.findall(".//s:text[@font-weight='bold']", names)]
    assert headings[1] == "Origin 1: 2 articles"
    assert all(kind in {"sure"} for kind in KINDS if f"line {kind}" in svg(document))


def test_a_story_without_copies_has_a_file_that_says_so():
    page = svg({"story_id": "s", "title": "", "origins": []})
    assert "alone in its origin" in page
    Xml.fromstring(page)
