"""A story: its four numbers, how certain they are, and which passages stand where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.testclient import TestClient

from retold.pictures import matrix
from retold.web.addresses import Query
from retold.web.views import story
from retold.web.views.tabs import TABS, Tab, tabs
from tests.browser import visited
from tests.web.conftest import FERRY, whole


def count(low: int, likely: int, high: int, *reasons: str) -> dict[str, Any]:
    return {"low": low, "likely": likely, "high": high, "reasons": list(reasons)}


def telling(name: str, **more: Any) -> dict[str, Any]:
    usual = {"outlet": f"The {name.title()}", "title": name, "language": "en", "versions": 1, "settled": True}
    return {"article_id": name, "published": None, **usual, **more}


def member(name: str, role: str = "main", share: float = 0.5) -> dict[str, Any]:
    return {**telling(name), "role": role, "share": share}


def origin(*names: str, **more: Any) -> dict[str, Any]:
    usual = {"agency": None, "source": None, "earliest": None, "fullest": names[0], "text": []}
    return {"id": f"o-{names[0]}", "articles": len(names), "members": [member(name) for name in names], **usual, **more}


def known(*origins: dict[str, Any], **more: Any) -> dict[str, Any]:
    names = [one["article_id"] for each in origins for one in each["members"]]
    usual = {"texts": len(names), "unlearned": 0, "picture_credits": [], "partial": []}
    counted = count(len(origins), len(origins), len(origins))
    return {"articles": len(names), "count": counted, "origins": list(origins), **usual, **more}


def told(*names: str, **more: Any) -> dict[str, Any]:
    tellings = [telling(name) for name in names]
    usual = {"id": "5d1f", "title": "Fog", "articles": len(names), "outlets": len(names), "tellings": tellings}
    return {**usual, **more}


def viewed(found: dict[str, Any], origins: dict[str, Any] | None, **given: str) -> dict[str, Any]:
    beside = {
        "origins": origins,
        "aligned": None,
        "restored": origins if len(found["tellings"]) > story.ALIGNED else None,
    }
    return story.view(found, Query("/stories/5d1f", {"story": "5d1f"}, given), beside)


@pytest.mark.parametrize(
    ("origins", "word", "sentence"),
    [
        (known(origin("a")), "high", "One article tells it, and no other of the archive has its text."),
        (known(origin("a", "b")), "high", "Both articles go back to one text: told twice, but by one source."),
        (known(origin("a"), origin("b")), "high", "Each of the 2 articles has a text of its own."),
        (
            known(origin("a", "b"), origin("c"), count=count(1, 2, 3, "b and c may be one")),
            "low",
            "3 articles go back to 2 origins; the text of the largest stands in 2 of them.",
        ),
        (
            known(*map(origin, "abcdef"), count=count(5, 6, 7)),
            "medium",
            "Each of the 6 articles has a text of its own.",
        ),
    ],
)
def test_how_certain_the_count_of_origins_is(origins: dict[str, Any], word: str, sentence: str):
    names = [one["article_id"] for each in origins["origins"] for one in each["members"]]
    found = viewed(told(*names), origins)["certainty"]
    assert (found["word"], found["sentence"]) == (word, sentence)


def test_the_interval_stands_beside_the_number_where_there_is_one():
    numbers = viewed(told("a", "b"), known(origin("a"), origin("b"), count=count(1, 2, 2)))["numbers"]
    assert numbers == [
        ("2", "articles", ""),
        ("2", "unique texts", ""),
        ("2", "outlets", ""),
        ("2", "origins", "1 to 2"),
    ]


def test_what_nobody_looked_for_is_not_counted():
    found = viewed(told("a", "b"), None)
    assert [number for number, *_ in found["numbers"]] == ["2", "?", "2", "?"]
    assert found["certainty"]["notes"] == ["Copies and origins were not looked for yet. Run retold learn."]
    assert found["matrix"] is None


def test_an_article_that_joined_since_makes_it_less_certain():
    found = told("a", "b")
    found["tellings"][1]["settled"] = False
    certainty = viewed(found, known(origin("a", "b")))["certainty"]
    assert certainty["word"] == "medium"
    assert certainty["notes"] == ["1 article has joined since the last retold learn."]


def test_picture_credits_are_told_and_are_no_evidence():
    credits = [{"name": "Ada Fenn", "articles": ["a", "b"]}]
    assert viewed(told("a", "b"), known(origin("a"), origin("b"), picture_credits=credits))["picture_credits"] == (
        "Ada Fenn (The A and The B)"
    )


def test_of_many_articles_the_first_are_listed_and_the_rest_on_demand():
    names = [f"a{number}" for number in range(60)]
    found = viewed(told(*names), known(origin(*names)))
    assert (len(found["articles"]), found["hidden"]) == (story.FEW_SHOWN, 20)
    assert found["everything"] == "/stories/5d1f?all=1"
    assert len(viewed(told(*names), known(origin(*names)), all="1")["articles"]) == 60


def test_a_tab_is_there_where_there_is_something_behind_it(monkeypatch: pytest.MonkeyPatch):
    more = (Tab("read", "Read", "/read", lambda beside: beside["many"]), Tab("x", "X", "/x", lambda beside: 0))
    monkeypatch.setattr("retold.web.views.tabs.TABS", (*TABS[:1], *more))
    assert [(tab["title"], tab["address"], tab["count"]) for tab in tabs("5d1f", "story", {"many": 3})] == [
        ("Story", "/stories/5d1f", None),
        ("Read", "/stories/5d1f/read", 3),
    ]


@pytest.mark.parametrize(
    ("count", "elsewhere", "named", "read"),
    [
        (2, "", 2, "/stories/5d1f/read?base=a0&with=a1"),
        (6, "", 6, "/stories/5d1f/read?base=a0&with=a1%2Ca2%2Ca3%2Ca4%2Ca5"),
        (7, "", 6, None),
        (2, "z", 3, None),
    ],
)
def test_an_origin_says_where_it_stands_and_leads_to_its_articles_side_by_side(
    count: int, elsewhere: str, named: int, read: str | None
):
    names = [f"a{number}" for number in range(count)]
    (found,) = viewed(told(*names), known(origin(*names, *elsewhere)))["origins"]
    assert (len(found["named"]), found["unnamed"]) == (named, count + len(elsewhere) - named)
    assert found["read"] == read


def test_an_article_without_running_text_is_named_below_the_matrix(client: TestClient):
    page = whole(client, f"/stories/{FERRY}")
    assert "No running text was read of The Northern Lantern:" in page


def fragment(text: str, *support: str) -> dict[str, Any]:
    return {"article_id": support[0], "version_id": "v", "start": 0, "end": len(text), "text": text, "support": support}


def test_of_many_articles_those_with_the_same_passages_stand_together():
    one = origin("a", "b", "c", text=[fragment("First.", "a", "b", "c"), fragment("Second.", "a")])
    two = origin("d", "e", text=[fragment("Third.", "d", "e")])
    found = matrix.of_origins(known(one, two, origin("f")), [telling(name) for name in "abcdef"])
    assert found is not None
    assert [(column.name, column.articles) for column in found.columns] == [
        ("The A", ("a",)),
        ("2 articles, alike", ("b", "c")),
        ("2 articles, alike", ("d", "e")),
    ]
    assert [(row.name, row.cells) for row in found.rows] == [("1.1", "==·"), ("1.2", "=··"), ("2.1", "··=")]
    assert found.rows[0].tally(found.columns) == {"same": 3, "absent": 2}
    assert found.articles == 5


def test_where_no_two_articles_share_a_passage_there_is_no_matrix():
    assert matrix.of_origins(known(origin("a"), origin("b")), [telling("a"), telling("b")]) is None


@given(some.lists(some.text("=≈~#·", min_size=5, max_size=5), min_size=1, max_size=8))
def test_each_cell_is_drawn_once(rows: list[str]):
    columns = [matrix.Column(str(place), (str(place),)) for place in range(5)]
    made = matrix.Matrix(
        columns, [matrix.Row(str(at), "", cells) for at, cells in enumerate(rows)], {}, 5, aligned=True
    )
    drawn = {}
    for state, path in made.paths().items():
        for move in path.removeprefix("M").removesuffix("z").split("zM"):
            place, _, run = move.partition("h")
            x, y = map(int, place.split())
            for at in range(x, x + int(run.partition("v")[0])):
                assert (at, y) not in drawn
                drawn[at, y] = matrix.SIGNS[state]
    assert drawn == {(x, y): sign for y, row in enumerate(rows) for x, sign in enumerate(row) if sign != "·"}
    assert made.cells() == "/".join(rows)


def test_an_old_name_leads_to_the_story_and_says_so(client: TestClient):
    assert f"asked for as <bdi>{FERRY}</bdi>" in client.get(f"/stories/{FERRY}").text


def large() -> dict[str, Any]:
    """A story of 300 articles with 100 passages, no two articles alike."""
    names = [f"a{number}" for number in range(300)]
    texts = [
        fragment(f"Passage {at}.", *[name for place, name in enumerate(names) if (place >> at % 9) & 1 or place == at])
        for at in range(100)
    ]
    return viewed(told(*names), known(origin(*names, text=texts)))


@pytest.mark.browser
def test_a_cursor_walks_over_a_large_matrix(browser: Any, server_of: Callable[[str], str], demo: str):
    """The drawing stands on a page of the demo archive, for the policy and the scripts of a real page."""
    from retold.web.pages import environment

    drawn = environment().get_template("matrix.html.j2").render(matrix=large()["matrix"], reader="")
    with visited(browser, server_of(demo) + f"/stories/{FERRY}") as seen:
        seen.page.evaluate("html => document.querySelector('#coverage').insertAdjacentHTML('afterend', html)", drawn)
        one = seen.page.locator("retold-matrix")
        assert one.evaluate("one => one.querySelectorAll('*').length") <= 20
        one.focus()
        for key in ("End", "ArrowLeft", "PageDown", "Home"):
            seen.page.keyboard.press(key)
        assert one.locator(".status").inner_text().startswith("Passage 1.11, The A")
        leads = one.locator(".leads a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
        assert leads[0] == "#origin-1"
        assert leads[1].startswith("/articles/a")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url("**#origin-1")
        assert seen.complaints == []
        assert seen.violations() == []
