"""The pages of the outlets: on whom each depends, and how much is its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import retold
from retold.cli.app import app
from retold.pictures.bars import bar
from retold.pictures.dependence import ENOUGH, WAYS, habits
from retold.web.addresses import Query
from retold.web.pages import Site, drawn
from retold.web.views import outlet, outlets
from tests.browser import visited
from tests.web.conftest import asking

NOTHING = dict.fromkeys([*WAYS, "articles", "stories"], 0) | {"own_share": None, "untold_share": None}
PLACE = {"name": "Pell Post", "agencies": [], "sources": [], "takers": [], "partners": [], "months": [], "borrowed": []}


def listed(*lines: dict[str, Any], total: int = 0, **given: str) -> dict[str, Any]:
    told = [{**NOTHING, "name": "Pell Post", "agencies": [], "sources": [], **line} for line in lines]
    after = int(given.get("offset", 0)) + len(lines)
    found = {"total": total or len(lines), "unnamed": 0, "outlets": told, "next": after if after < total else None}
    return outlets.view(found, Query("/outlets", {}, given), {})


def viewed(whole: dict[str, Any], given: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    query = Query("/outlets/Pell Post", {"outlet": "Pell Post"}, given or {})
    return outlet.view({**PLACE, "whole": {**NOTHING, **whole}, **more}, query, {})


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ({}, {}),
        ({"least": "0", "limit": "100", "offset": "0"}, {}),
        ({"least": "30", "since": "2026-05-01", "offset": "100"}, {"least": 30, "since": "2026-05-01", "offset": 100}),
    ],
)
def test_an_address_asks_only_for_what_it_says(given: dict[str, str], options: dict[str, Any]):
    call = outlets.call(Query("/outlets", {}, given))
    assert {name: value for name, value in call.options.items() if value is not None} == options


def test_a_share_is_shown_where_it_is_known_and_only_there():
    below, above = listed({"articles": 9}, {"articles": 40, "own_share": 0.583, "untold_share": 0.4})["lines"]
    assert (below["own_share"], above["own_share"]) == (None, "58%")


def test_only_what_occurs_is_in_the_legend():
    assert listed({"alone": 2}, {"credited": 1})["legend"] == [(way, WAYS[way]) for way in ("alone", "credited")]


def test_more_outlets_stand_behind_the_last():
    told = listed({}, {}, total=250, offset="100", least="2")
    assert (told["before"], told["next"]) == ("/outlets?least=2", "/outlets?least=2&offset=102")
    assert listed({}, total=1)["next"] is None


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        ({}, "Nobody has looked yet where its texts are from."),
        ({"articles": 1, "alone": 1}, "Of its one article, 1 has a text of its own."),
        (
            {"articles": 9, "alone": 3, "first": 1, "credited": 4, "taken": 1},
            "Of its 9 articles, 4 have a text of their own, 4 are credited to an agency and 1 probably has its text "
            "from another outlet.",
        ),
        ({"articles": 2, "shared": 2}, "Of its 2 articles, 2 share a text, and it cannot be told whose."),
    ],
)
def test_on_whom_it_depends_in_a_sentence(whole: dict[str, Any], said: str):
    assert viewed(whole)["lead"] == said


def test_agencies_have_no_page_and_outlets_have_one_whatever_they_are_called():
    ties = [{"name": "Post/Tribune? #1", "articles": 2, "stories": 1}]
    agencies, partners = viewed({}, agencies=ties, partners=ties)["ties"]
    assert agencies["lines"][0]["address"] is None
    assert partners["lines"][0]["address"] == "/outlets/Post%2FTribune%3F%20%231"


def test_of_many_partners_the_first_are_shown_and_the_rest_on_demand():
    ties = [{"name": f"Outlet {number}", "articles": 1, "stories": 1} for number in range(60)]
    (few,), (every,) = (viewed({}, given, partners=ties)["ties"] for given in ({}, {"all": "1"}))
    assert (len(few["lines"]), few["hidden"]) == (outlet.FEW, 20)
    assert (len(every["lines"]), every["hidden"]) == (60, 0)


def test_a_bar_is_as_long_as_its_numbers():
    drawn = bar({"alone": 1, "credited": 3, "first": 0}, ["alone", "first", "credited"], most=8)
    assert 'class="alone" x="0" width="12.5"' in drawn
    assert 'class="credited" x="12.5" width="37.5"' in drawn
    assert "first" not in drawn
    assert "<rect" not in bar({"alone": 0}, ["alone"])


def test_the_page_says_from_when_on_it_tells_shares(client: TestClient):
    assert ENOUGH in client.get("/outlets").text
    assert ENOUGH in client.get("/outlets/Brackwater%20Post").text


def test_a_terminal_shows_a_house_style_and_says_where_none_shows(demo: str):
    told = CliRunner().invoke(app, ["habits", "Brackwater Post", "--archive", demo], standalone_mode=False).stdout
    assert "No habit shows in three stories or more, from its latest 2 articles" in told
    habit = {"ours": ":", "theirs": "", "example": "7:40", "other_example": "740", "stories": 4, "against": 1}
    page = habits({"name": "Pell Post", "articles": 9, "habits": [habit]}, width=80)
    assert page.splitlines()[-1].split() == [":", "-", "4", "1", "7:40", "/", "740"]


@pytest.mark.parametrize("command", [["outlets"], ["outlet", "Brackwater Post"]])
def test_a_terminal_shows_the_same_numbers(demo: str, command: list[str]):
    told = CliRunner().invoke(app, [*command, "--archive", demo], standalone_mode=False).stdout
    assert "Brackwater Post" in told
    assert "Marrin Press" in told
    assert max(map(len, told.splitlines())) <= 120


@pytest.mark.parametrize(
    ("address", "status"),
    [("/outlets/Pell%20Post", 404), ("/outlets?since=yesterday", 400), ("/outlets?offset=-1", 400)],
)
def test_what_cannot_be_answered_is_told(client: TestClient, address: str, status: int):
    assert client.get(address).status_code == status


def test_a_house_style_is_shown_as_it_was_learned():
    habit = {"ours": ":", "theirs": "", "example": "7:40", "other_example": "740", "stories": 4, "against": 1}
    query = Query("/outlets/Pell Post", {"outlet": "Pell Post"}, {})
    found = {**PLACE, "whole": NOTHING}
    told = outlet.view(found, query, {"habits": {"name": "Pell Post", "articles": 9, "habits": [habit]}})
    page = drawn("outlet", Site("news.retold", "http://127.0.0.1:8710"), query=query, **told)
    assert "latest 9 articles that share" in page
    assert "(nothing)" in page
    assert "<bdi>7:40</bdi>, elsewhere <bdi>740</bdi>" in page
    assert "House style" not in drawn("outlet", Site("a", "b"), query=query, **outlet.view(found, query, {}))
    assert "being compared" in drawn(
        "outlet", Site("a", "b"), query=query, later=["habits"], **outlet.view(found, query, {})
    )


STRANGE = "Post/Tribune? #1 <b>bold</b> & “co”"


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive of two outlets with one text; what they are called is no name for an address."""
    path = str(tmp_path_factory.mktemp("strange") / "news.retold")
    text = "The lighthouse at Morrow Head was switched off on Tuesday after its keeper found the lens cracked. " * 3
    names = (STRANGE, "\u202eretupeR")
    records = [{"id": str(at), "outlet": name, "title": "Light", "text": text} for at, name in enumerate(names)]
    with retold.open(path, create=True) as archive:
        archive.add(records, learn=True, processes=1)
    return path


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_an_outlet_may_be_called_whatever_it_likes(
    browser: Any, server_of: Callable[[str], str], strange: str, width: int
):
    with visited(browser, server_of(strange) + "/outlets", width=width) as seen:
        assert seen.violations() == []
        seen.page.get_by_role("link", name="Post/Tribune").click()
        assert seen.page.locator("h1").inner_text() == STRANGE
        assert seen.page.locator("main b:not(dl *)").count() == 0
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.violations() == []
        assert seen.complaints == []
        twin = seen.page.get_by_role("link", name="CSV").get_attribute("href")
    with asking(strange) as client:
        assert client.get(twin).text.count("\n") == 2
