"""The lineage of a story: hypotheses, signs and what they point at, beside the drawing; and its files."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as Xml
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from retold.cli.app import app
from retold.pictures import hypotheses
from retold.web.addresses import Query
from retold.web.views import lineage
from tests.browser import visited
from tests.pictures.test_stemma import at, edge, line, node
from tests.web.conftest import FERRY

TEXT = "The mole was struck at noon. Nobody was hurt, said the harbour master, who had seen it."
SIGN = {"kind": "reading", "note": "only these two read so", "start": 4, "end": 8, "text": "mole"}
LATER = {"kind": "time", "note": "it came later", "start": 0, "end": 0, "text": ""}


def signed(edge: dict[str, Any], *signs: dict[str, Any]) -> dict[str, Any]:
    return {**edge, "signs": list(signs)}


def viewed(*lines: dict[str, Any], given: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    found = {"story_id": "5d1f", "requested_id": "5d1f", "title": "Fog", "alone": 0, "unlearned": 0, **more}
    beside = {"story": {"articles": 3}, "texts": {"v-b": TEXT}}
    query = Query("/stories/5d1f/lineage", {"story": "5d1f"}, given or {})
    return lineage.view({**found, "origins": list(lines)}, query, beside)


def test_each_sign_is_told_and_leads_to_its_passage_where_it_has_one():
    told = line([node("a", at(8)), node("b", at(9))], signed(edge("a", "b"), SIGN, LATER))
    (one,) = viewed(told)["lines"]
    (source,) = one["rows"][1]["sources"]
    assert [(sign["note"], sign["anchor"]) for sign in source["signs"]] == [
        ("only these two read so", "p-1-1"),
        ("it came later", None),
    ]
    (passage,) = one["passages"]
    assert passage["anchor"] == "p-1-1"
    assert passage["words"] == f"<bdi>{TEXT.replace('mole', '<mark>mole</mark>')}</bdi>"


def test_one_passage_that_several_signs_point_at_is_shown_once():
    nodes = [node("a", at(8)), node("b", at(9)), node("c", at(7))]
    told = line(nodes, signed(edge("a", "b", 0.6), SIGN), signed(edge("c", "b", 0.3), SIGN))
    (one,) = viewed(told)["lines"]
    sources = next(row["sources"] for row in one["rows"] if row["key"] == "b")
    assert [source["signs"][0]["anchor"] for source in sources] == ["p-1-1", "p-1-1"]
    assert [(source["surely"], source["percent"]) for source in sources] == [(True, "60%"), (False, "30%")]
    assert len(one["passages"]) == 1


def test_words_that_are_missing_are_shown_as_a_gap():
    words = hypotheses.around(TEXT, 8, 8)
    assert "words missing here" in words
    assert "<mark>" not in words


def test_of_a_long_passage_only_the_first_words_stand_beside_its_sign():
    assert hypotheses.shortened("mole") == "mole"
    told = hypotheses.shortened("harbour " * 40)
    assert told.endswith("harbour …")
    assert len(told) <= hypotheses.BEGINNING + 2


def test_a_sign_in_a_text_that_is_not_at_hand_is_told_without_a_passage():
    told = line([node("a"), node("c")], signed(edge("a", "c"), SIGN))
    (one,) = viewed(told)["lines"]
    assert one["rows"][1]["sources"][0]["signs"][0]["anchor"] is None
    assert one["passages"] == []


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ([node("a"), node("b")], "No article states a time: the order is not shown."),
        ([node("a", at(8)), node("b", at(9))], "From left to right: when it was published (UTC)."),
        (
            [node("a", at(8)), node("b", at(9)), node("c", at(9, 28))],
            "From left to right: when it was published (UTC). Where // stands, a long time without any was shortened.",
        ),
    ],
)
def test_what_left_and_right_mean_is_said(nodes: list[dict[str, Any]], said: str):
    assert viewed(line(nodes, edge("a", "b")))["lines"][0]["time"] == said


def test_what_would_settle_it_is_said():
    told = line([node("a"), node("b", at(9))], edge("W1", "a"), edge("W1", "b"), unseen=("W1",))
    assert viewed(told | {"agency": "Norlandia Press"})["lines"][0]["settles"] == [
        "The text that nobody has seen, perhaps that of Norlandia Press, whom they credit: add it to the archive.",
        "When 1 article was published, which they do not say.",
    ]


def test_a_story_without_copies_says_so():
    assert viewed(alone=3)["told"] == ["Each of its articles is alone in its origin: none has its text from another."]


def test_of_many_articles_the_first_are_listed_and_the_drawing_leads_to_all():
    nodes = [node(f"n{number:03}", at(8)) for number in range(300)]
    told = line(nodes, *[edge("n000", each["article_id"]) for each in nodes[1:]])
    (one,) = viewed(told)["lines"]
    assert (len(one["rows"]), one["hidden"]) == (lineage.LISTED, 100)
    assert 'href="/stories/5d1f/lineage?all=1#a-1-n299"' in one["picture"]
    (every,) = viewed(told, given={"all": "1"})["lines"]
    assert (len(every["rows"]), every["hidden"]) == (300, 0)


def test_its_graph_is_that_of_the_command(client: TestClient, demo: str):
    twin = client.get(f"/stories/{FERRY}/lineage.graphml")
    command = ["lineage", FERRY, "--format", "graphml", "--archive", demo]
    told = CliRunner().invoke(app, command, standalone_mode=False)
    assert twin.headers["content-type"].startswith("application/graphml+xml")
    assert twin.text == told.stdout


def test_its_drawing_is_a_file_that_stands_alone(client: TestClient):
    twin = client.get(f"/stories/{FERRY}/lineage.svg")
    assert twin.headers["content-type"].startswith("image/svg+xml")
    root = Xml.fromstring(twin.text)
    assert len(root.findall(".//{http://www.w3.org/2000/svg}circle")) == 3


def test_its_table_has_a_line_for_each_edge(client: TestClient):
    rows = list(csv.DictReader(io.StringIO(client.get(f"/stories/{FERRY}/lineage.csv").text)))
    document = client.get(f"/stories/{FERRY}/lineage.json").json()
    edges = [(one["source"], one["target"]) for origin in document["origins"] for one in origin["edges"]]
    assert [(row["source"], row["target"]) for row in rows] == edges
    assert rows[0]["signs"] == "it credits Marrin Press, which is none of the given"


@pytest.mark.browser
def test_arrow_keys_walk_from_node_to_node_and_enter_shows_the_signs(
    browser: Any, server_of: Callable[[str], str], demo: str
):
    with visited(browser, server_of(demo) + f"/stories/{FERRY}/lineage") as seen:
        nodes = seen.page.locator("retold-lineage svg.stemma a")
        focused = "document.activeElement.querySelector('text')?.textContent"
        nodes.first.focus()
        told = [seen.page.evaluate(focused)]
        for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "End", "ArrowDown", "Home"):
            seen.page.keyboard.press(key)
            told.append(seen.page.evaluate(focused))
        unseen, first, second = "W1: text not seen", "Brackwater Post", "Dunmarrow Gazette"
        assert told == [unseen, first, second, unseen, second, second, unseen]
        seen.page.keyboard.press("ArrowDown")
        seen.page.keyboard.press("Enter")
        assert seen.page.locator("tr:target").inner_text().startswith("Brackwater Post")
        width = seen.page.locator(".drawing svg").bounding_box()["width"]
        seen.page.get_by_role("button", name="Larger").click()
        assert seen.page.locator(".drawing svg").bounding_box()["width"] > width
        assert seen.complaints == []


@pytest.mark.browser
def test_without_scripts_a_node_leads_to_its_row(browser: Any, server_of: Callable[[str], str], demo: str):
    with visited(browser, server_of(demo) + f"/stories/{FERRY}/lineage", java_script_enabled=False) as seen:
        seen.page.locator("svg.stemma a").nth(1).click()
        assert seen.page.locator("tr:target").inner_text().startswith("Brackwater Post")
