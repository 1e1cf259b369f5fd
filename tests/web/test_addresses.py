"""One question in five forms: an address, a call, a command, a line of Python, a request."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import retold
from retold.cli.app import app
from retold.model.errors import UsageError
from retold.web.addresses import Query
from retold.web.views import PAGES
from tests.web.test_every_page import EVERY


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "/stories?by=articles&outlet=Coast+Tribune"),
        ({"by": None}, "/stories?outlet=Coast+Tribune"),
        ({"after": "1,2,x", "by": None}, "/stories?after=1%2C2%2Cx&outlet=Coast+Tribune"),
        ({"outlet": "Fog & <b>"}, "/stories?by=articles&outlet=Fog+%26+%3Cb%3E"),
    ],
)
def test_an_address_says_all_that_a_view_needs(changes: dict[str, Any], expected: str):
    query = Query("/stories", {}, {"outlet": "Coast Tribune", "by": "articles"})
    assert query.address(**changes) == expected


def test_an_address_with_any_name_in_it_leads_back_to_it():
    assert Query("/stories/a b?#/é").address(".json") == "/stories/a%20b%3F%23/%C3%A9.json"


@pytest.mark.parametrize("stated", ["many", "-1", "1001", "٣", "9" * 40, "0" * 11 + "1" + "9" * 30, "0" * 5000 + "1"])
def test_a_number_that_is_none_is_refused(stated: str):
    with pytest.raises(UsageError, match="is no number from 1 to 1,000"):
        Query("/", {}, {"limit": stated}).number("limit", 50, least=1, most=1000)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_what_a_reader_copies_gives_what_the_page_shows(client: TestClient, demo: str, page: Any):
    shown = client.get(EVERY[page.address][0]).text
    command, python = (between(shown, f'id="way-{number}">', "</code>") for number in (2, 3))
    twin = client.get("/index.json" if page.address in ("/", "/add") else with_ending(EVERY[page.address][0])).text
    words = shlex.split(command)
    assert words[0] == "retold"
    told = CliRunner().invoke(app, [*words[1:2], "--json", *words[2:]], standalone_mode=False)
    assert told.stdout == twin
    assert eval(python, {"retold": retold}).to_json().rstrip() == twin.rstrip()


def between(text: str, before: str, after: str) -> str:
    import html

    return html.unescape(text.partition(before)[2].partition(after)[0])


def with_ending(address: str) -> str:
    path, mark, given = address.partition("?")
    return f"{path}.json{mark}{given}"
