"""The versions of an article: any two side by side, with what was cut and added."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import retold
from retold.cli.app import app
from retold.web.addresses import Query
from retold.web.views import versions
from tests.browser import visited
from tests.web.conftest import FERRY, asking, whole

URL = "https://fen.example/eels"
KEPT = "The eel traps at Marrow Sluice will be taken out of the water on Friday, the river board of Fenwick said."
LATER = "A decision on new traps is expected in the autumn, when the board meets anglers from all seven villages."
GONE = "Nobody from the anglers' club could be reached by telephone before this report was written."
TEXTS = (
    [KEPT, GONE],
    [KEPT.replace("Friday", "Saturday"), GONE],
    [KEPT.replace("Friday", "Saturday"), GONE.replace("club", "Club")],
    [KEPT.replace("Friday", "Sunday"), LATER],
)


@pytest.fixture(scope="session")
def eels(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive with one article, of which four versions were seen."""
    path = str(tmp_path_factory.mktemp("eels") / "news.retold")
    records = [
        {
            "url": URL,
            "outlet": "Fen Echo",
            "title": "Eel traps",
            "seen": f"2026-05-0{number}T08:00:00Z",
            "text": "\n\n".join(text),
        }
        for number, text in enumerate(TEXTS, 1)
    ]
    with retold.open(path, create=True) as archive:
        archive.add(records, learn=True)
    return path


@pytest.fixture(scope="session")
def article(eels: str) -> str:
    """The id of that article."""
    with retold.open(eels) as archive:
        return str(archive.revisions(URL).article_id)


@pytest.mark.parametrize(
    ("names", "way"),
    [((f"{URL}@1", f"{URL}@3"), ("A", "B")), ((f"{URL}@3", f"{URL}@1"), ("B", "A")), ((f"{URL}@2", URL), ("A", "B"))],
)
def test_of_two_versions_it_is_known_which_came_first(eels: str, names: tuple[str, ...], way: tuple[str, str]):
    with retold.open(eels) as archive:
        found = archive.compare(*names).to_dict()
    told = found["direction"]
    assert (told["verdict"], told["from"], told["to"]) == ("established", *way)
    assert [sign["kind"] for sign in told["signs"]] == ["revision"]
    assert told["unlikely"] == []


@pytest.mark.parametrize("name", [f"{URL}@5", f"{URL}@0", "nothing@1"])
def test_a_version_that_there_is_not_is_told(eels: str, name: str):
    with retold.open(eels) as archive, pytest.raises(retold.UsageError, match=r"there is no|There is no article"):
        archive.compare(name, URL)


def test_an_article_that_is_called_so_is_meant_by_its_name(tmp_path: Path):
    records = [{"id": name, "outlet": "Fen Echo", "text": f"{KEPT} {name}"} for name in ("eels", "eels@1")]
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(records)
        assert [version.source_id for version in archive.versions("eels", "eels@1")] == ["eels", "eels@1"]


def test_its_twin_is_the_comparison_that_the_command_makes(eels: str, article: str):
    told = CliRunner().invoke(
        app, ["compare", "--json", "--archive", eels, f"{article}@1", f"{article}@3"], standalone_mode=False
    )
    with asking(eels) as client:
        twin = client.get(f"/articles/{article}/versions.json?from=1&to=3")
        page = client.get(f"/articles/{article}/versions?from=1&to=3").text
    assert twin.text == told.stdout
    assert json.loads(twin.text)["direction"]["verdict"] == "established"
    assert f"retold compare --archive {eels} {article}@1 {article}@3" in page


def test_what_was_cut_and_added_is_marked_as_that(eels: str, article: str):
    with asking(eels) as client:
        page = whole(client, f"/articles/{article}/versions?from=1&to=4")
    assert "What changed from version 1 to version 4" in page
    assert '<del class="whole"><p>Nobody from' in page
    assert '<ins class="whole"><p>A decision on' in page
    assert "cut in B" in page
    assert "added in B" in page
    assert page.count("<del class=") > 1


@pytest.mark.parametrize(
    ("given", "numbers"),
    [("", [1, 4]), ("?from=2", [2, 4]), ("?to=2", [1, 2]), ("?from=3&to=2", [2, 3]), ("?from=4&to=4", [4, 4])],
)
def test_the_address_says_which_are_read(eels: str, article: str, given: str, numbers: list[int]):
    with asking(eels) as client:
        page = client.get(f"/articles/{article}/versions{given}").text
    chosen = [int(part.partition('"')[0]) for line in page.splitlines() if " selected" in line
              for part in [line.partition('value="')[2]]]  # fmt: skip
    assert chosen == numbers
    assert ("Choose two different versions" in page) == (numbers[0] == numbers[1])


@pytest.mark.parametrize(("given", "status"), [("?from=5", 404), ("?from=0", 400), ("?view=apparatus", 400)])
def test_what_there_is_not_is_told(eels: str, article: str, given: str, status: int):
    with asking(eels) as client:
        assert client.get(f"/articles/{article}/versions{given}").status_code == status


def test_each_step_can_be_read_by_itself_and_the_next_by_a_link(eels: str, article: str):
    found = {
        "history": {"versions": [{"version_id": str(n), "seen": None, "published": None, "title": "Fog", "words": 5}
                                 for n in range(1, 5)], "steps": [{"edits": [], "cut": [], "added": []}] * 3},
        "numbers": [2, 3],
    }  # fmt: skip
    query = Query("/articles/a/versions", {"article": "a"}, {"from": "2", "to": "3", "off": "name"})
    told = versions.view(found, query, {"compared": None})
    assert [pair["address"] for pair in told["pairs"]] == [
        "/articles/a/versions?from=1&off=name&to=2",
        "/articles/a/versions?from=3&off=name&to=4",
    ]
    assert [one["address"] for one in told["versions"]][:2] == [None, "/articles/a/versions?from=1&off=name&to=2"]
    assert "/articles/a/versions?off=name&amp;from=1&amp;to=2" in told["strip"]


def test_the_article_leads_to_its_versions(client: TestClient):
    page = client.get(f"/articles/{FERRY}").text
    assert "Read them side by side" in page


@pytest.mark.browser
def test_a_bar_leads_to_what_its_version_changed(
    browser: Any, server_of: Callable[[str], str], eels: str, article: str
):
    with visited(browser, f"{server_of(eels)}/articles/{article}/versions") as seen:
        seen.page.get_by_role("link", name="Version 2, 2026-05-02").click()
        seen.page.wait_for_url("**from=1&to=2")
        seen.page.get_by_role("heading", name="What changed from version 1 to version 2").wait_for()
        seen.page.get_by_role("link", name="Later versions").wait_for()  # they may still be put side by side
        seen.page.keyboard.press("Alt+ArrowRight")
        seen.page.wait_for_url("**from=2&to=3")
        seen.page.get_by_role("link", name="Only edits of content").click()
        seen.page.locator("#show-content").wait_for()
        assert seen.page.locator("fieldset input:checked").evaluate_all("all => all.map((one) => one.id)") == [
            "show-content"
        ]
        assert seen.violations() == []
