"""What holds for every page: one more page is one more line in the table.

Its twins are the bytes of the command, it is the same without scripts, asks nothing of another host, gives axe nothing
to complain of in any look, is walked by Tab alone, and survives whatever an article says.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from retold.cli.app import app
from retold.web.guards import LARGEST
from retold.web.views import PAGES
from tests.browser import visited
from tests.conftest import ROOT
from tests.web.conftest import DAM, EVIL, FERRY, asking, ready

# Each page with an address in the demo archive, the command of its twin, and words that must stand on it.
EVERY = {
    "/": ("/", ["holdings"], ["Compare articles", "33 articles"]),
    "/stories": ("/stories", ["stories"], ["Finance minister Vask resigns", "7 articles"]),
    "/stories/{story}": (f"/stories/{FERRY}", ["story", FERRY], ["5", "origins", "Marrin Press", "Brackwater Post"]),
    "/stories/{story}/lineage": (
        f"/stories/{FERRY}/lineage",
        ["lineage", FERRY],
        ["W1: text not seen", "it credits Marrin Press", "99%"],
    ),
    "/outlets": ("/outlets", ["outlets"], ["Dunmarrow Gazette", "7 outlets", "Ostrel Wire"]),
    "/outlets/{outlet:path}": (
        "/outlets/Brackwater%20Post",
        ["outlet", "Brackwater Post"],
        ["Of its 5 articles", "2026-05", "Marrin Press"],
    ),
    "/stories/{story}/statements": (
        f"/stories/{FERRY}/statements",
        ["statements", FERRY],
        ["16 statements", "told differently", "Tobias Rennick", "quoted in"],
    ),
    "/stories/{story}/read": (
        f"/stories/{FERRY}/read",
        ["compare", FERRY],
        ["Base", "Quillport Chronicle", "all others"],
    ),
    "/articles/{article}": (
        f"/articles/{FERRY}",
        ["revisions", FERRY],
        ["Version 2, the newest", "page furniture", "Something wrong with the extraction?"],
    ),
    "/articles/{article}/versions": (
        f"/articles/{FERRY}/versions",
        ["compare", f"{FERRY}@1", FERRY],
        ["From version", "Quillport Chronicle", "2 versions as a table"],
    ),
    "/search": ("/search?words=ferry+fog", ["search", "ferry", "fog"], ["mole at Quillport"]),
    "/add": ("/add", ["holdings"], ["Add articles to the archive", "retold learn"]),
}
# The same in the empty archive; None where there is nothing to ask about.
EMPTY = {
    "/": "/",
    "/stories": "/stories",
    "/stories/{story}": None,
    "/search": "/search?words=ferry",
    "/add": "/add",
    "/stories/{story}/lineage": None,
    "/stories/{story}/statements": None,
    "/outlets": "/outlets",
    "/outlets/{outlet:path}": None,
    "/stories/{story}/read": None,
    "/articles/{article}": None,
    "/articles/{article}/versions": None,
}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "320 px": {"width": 320},
    "200 %": {"width": 640, "device_scale_factor": 2},
}
NAMES = sorted(EVERY)
TOKEN = re.compile('(?<=name="token" value=")[^"]+')
FORM = re.compile('<form[^>]* method="([a-z]+)"')


def twin_of(address: str, ending: str) -> str:
    """The address of a page's twin."""
    path, mark, given = address.partition("?")
    return ("/index" if path == "/" else path) + ending + mark + given


def test_the_table_has_every_page():
    assert {page.address for page in PAGES} == set(EVERY) == set(EMPTY)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_what_it_is_for(client: TestClient, name: str):
    page = client.get(EVERY[name][0])
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]


@pytest.mark.parametrize("name", NAMES)
def test_its_json_is_that_of_the_command(client: TestClient, demo: str, name: str):
    address, command, _ = EVERY[name]
    twin = client.get(twin_of(address, ".json"))
    told = CliRunner().invoke(app, [*command, "--json", "--archive", demo], standalone_mode=False)
    assert twin.headers["content-type"] == "application/json"
    assert twin.text == told.stdout


@pytest.mark.parametrize("page", [page for page in PAGES if page.table], ids=lambda page: page.address)
def test_its_table_has_a_line_for_each_row(client: TestClient, page: Any):
    address = EVERY[page.address][0]
    rows = list(csv.DictReader(io.StringIO(client.get(twin_of(address, ".csv")).text)))
    document = client.get(twin_of(address, ".json")).json()
    listed = next(value for value in document.values() if isinstance(value, list))
    assert len(rows) == len(listed) > 0
    assert [list(row) for row in rows] == [list(row) for row in listed]


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("look", sorted(LOOKS))
def test_axe_finds_nothing(browser: Any, server_of: Callable[[str], str], demo: str, name: str, look: str):
    home = server_of(demo)
    with visited(browser, ready(home + EVERY[name][0]), **LOOKS[look]) as seen:
        assert seen.violations() == []
        assert seen.complaints == []
        assert all(request.startswith(home) for request in seen.requests)
        wide = seen.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= seen.page.viewport_size["width"]


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_asked_of_another_host(browser: Any, server_of: Callable[[str], str], demo: str, name: str):
    home = server_of(demo)
    with visited(browser, home + EVERY[name][0]) as seen:
        seen.page.wait_for_load_state("networkidle")
        assert len(seen.requests) > 1
        assert [request for request in seen.requests if not request.startswith(f"{home}/")] == []


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_it_is_all_there_without_scripts(browser: Any, server_of: Callable[[str], str], demo: str, name: str):
    address, _, words = EVERY[name]
    with visited(browser, ready(server_of(demo) + address), java_script_enabled=False) as seen:
        text = seen.page.inner_text("body")
        assert [word for word in words if word not in text] == []


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_tab_reaches_every_control(browser: Any, server_of: Callable[[str], str], demo: str, name: str):
    with visited(browser, ready(server_of(demo) + EVERY[name][0])) as seen:
        assert seen.reached_by_tab() == seen.controls() > 3


@pytest.mark.browser
@pytest.mark.parametrize("name", [name for name in NAMES if EMPTY[name]])
def test_an_empty_archive_is_no_dead_end(browser: Any, server_of: Callable[[str], str], empty: str, name: str):
    with visited(browser, server_of(empty) + str(EMPTY[name])) as seen:
        assert seen.violations() == []
        assert seen.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [320, 1280])
def test_whatever_an_article_says_is_only_text(
    browser: Any, server_of: Callable[[str], str], hostile: str, name: str, width: int
):
    address = EVERY[name][0].replace(FERRY, "e-1").replace(DAM, "e-1").replace("ferry+fog", "lighthouse")
    address = address.replace("Brackwater%20Post", quote(f"{EVIL} 1", safe=""))
    with visited(browser, ready(server_of(hostile) + address), width=width) as seen:
        assert seen.page.title() != "owned"
        assert seen.page.locator("img, main script").count() == 0
        assert seen.complaints == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.violations() == []


def test_a_page_that_changed_nothing_is_not_sent_again(client: TestClient):
    first = client.get("/stories")
    again = client.get("/stories", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/stories/no-such-story", 404),
        ("/stories/no-such-story/read", 404),
        ("/stories/no-such-story/lineage", 404),
        ("/articles/no-such-article", 404),
        ("/outlets/No%20Such%20Post", 404),
        (f"/stories/{FERRY}/read?view=aslant", 400),
        (f"/stories/{FERRY}/read?off=fog", 400),
        (f"/stories/{FERRY}/read?base=no-such-article", 400),
        (f"/stories/{FERRY}/read?base={FERRY}&with=no-such-article", 400),
        ("/nowhere", 404),
        ("/static/../../etc/passwd", 404),
        ("/static/guards.py", 404),
        ("/stories?least=many", 400),
        ("/stories?by=chance", 400),
        ("/stories?since=yesterday", 400),
        ("/stories?after=somewhere", 400),
        ("/search?words=-", 400),
    ],
)
def test_what_cannot_be_answered_is_told_as_a_page_and_as_a_problem(client: TestClient, address: str, status: int):
    page = client.get(address)
    assert page.status_code == status
    assert "<h1" in page.text
    told = client.get(address, headers={"Accept": "application/json"})
    assert told.headers["content-type"] == "application/problem+json"
    document = json.loads(told.text)
    assert set(document) == {"type", "title", "status", "detail", "instance"}
    assert document["status"] == told.status_code == status


def test_our_own_mistake_is_told_without_what_it_was(demo: str, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("the secret of the house")

    monkeypatch.setattr("retold.archive.archive.Archive.stories", broken)
    with asking(demo, raises=False) as client:
        answer = client.get("/stories")
        assert answer.status_code == 500
        assert "Retold has made a mistake" in answer.text
        assert "secret" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_more_than_a_form_may_bring_is_refused(client: TestClient):
    answer = client.post("/compare", headers={"Content-Length": str(LARGEST + 1)}, content=b"")
    assert answer.status_code == 413
    assert "retold add FILE" in answer.text


def test_an_archive_that_is_gone_is_told_and_found_again(demo: str, tmp_path: Path):
    path = tmp_path / "news.retold"
    shutil.copy(demo, path)
    with asking(str(path)) as client:
        path.rename(tmp_path / "away.retold")
        answer = client.get("/stories")
        assert answer.status_code == 503
        assert "there is no such archive" in answer.text
        (tmp_path / "away.retold").rename(path)
        assert client.get("/stories").status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_an_address_alone_restores_the_view(client: TestClient, demo: str, name: str):
    while "data-later" in (known := client.get(EVERY[name][0]).text):
        pass
    with asking(demo) as stranger:
        while "data-later" in (page := stranger.get(EVERY[name][0]).text):
            pass
    assert TOKEN.sub("", page) == TOKEN.sub("", known)
    assert {method for method in FORM.findall(page) if method != "get"} <= ({"post"} if TOKEN.search(page) else set())


@pytest.mark.parametrize("name", NAMES)
def test_its_json_is_of_the_published_shape(client: TestClient, name: str):
    file = "comparison" if EVERY[name][1][0] == "compare" else "archive"
    schema = json.loads((ROOT / "docs" / f"{file}.schema.json").read_text("utf-8"))
    jsonschema.validate(client.get(twin_of(EVERY[name][0], ".json")).json(), schema)
