"""A page is shown as it was made last, until something that it shows has changed; and no page is kept twice."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import retold
from retold.web import pages
from tests.web.conftest import FERRY, asking

OTHER = "The bakers of Hallow Quay have agreed on one price for the long loaf, the guild said on Friday evening."
LATER = "Two more boats were sent out to the ferry at noon, the harbour office of Quillport said in the evening."
URL = "https://quillportchronicle.example/news/queen-odila-hits-north-mole-2204"  # of FERRY
PAGES = [f"/stories/{FERRY}", f"/stories/{FERRY}/read", f"/stories/{FERRY}/lineage", "/outlets/Brackwater%20Post"]


@pytest.fixture
def own(demo: str, tmp_path: Path) -> str:
    """An archive of this test's own, in which it may write."""
    return str(shutil.copy(demo, tmp_path / "news.retold"))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were drawn, in order."""
    told: list[str] = []
    draw = pages.drawn

    def spy(template: str, *given: Any, **more: Any) -> str:
        told.append(template)
        return draw(template, *given, **more)

    monkeypatch.setattr(pages, "drawn", spy)
    return told


def settled(client: TestClient, address: str) -> str:
    """A page, once all that is worked out aside stands on it."""
    for _ in range(100):
        page = client.get(address).text
        if "data-later" not in page:
            return page
    raise AssertionError(f"{address} is never whole")


def add(archive: str, number: int, *, text: str = OTHER, **more: str) -> None:
    """Add one article of a new outlet, as another process would."""
    record = {"id": f"x-{number}", "outlet": "Hallow Herald", "title": f"Bread {number}", "text": text, **more}
    with retold.open(archive) as opened:
        opened.add(record, processes=1)


@pytest.mark.parametrize("address", PAGES[:3])
def test_an_article_that_a_page_does_not_show_does_not_draw_it_again(own: str, drawn: list[str], address: str):
    with asking(own) as client:
        before = settled(client, address)
        drawn.clear()
        add(own, 1)
        assert "<b>34</b> articles" in client.get("/").text
        assert settled(client, address) == before
        assert drawn == ["start"]


@pytest.mark.parametrize("address", PAGES[:2])
def test_a_new_version_of_an_article_does(own: str, drawn: list[str], address: str):
    with asking(own) as client:
        before = settled(client, address)
        add(own, 2, text=LATER, id=FERRY, url=URL, published="2026-05-08T10:00:00Z", title="A later title of the ferry")
        after = settled(client, address)
        assert ("A later title" in after, "A later title" in before) == (True, False)


def test_what_is_remembered_does_not_grow_with_what_others_write(own: str):
    with asking(own) as client:
        kept = client.app.state.server.clerks.pages
        for address in PAGES:
            settled(client, address)
        before = kept.size
        for number in range(3):
            add(own, number)
            for address in PAGES:
                settled(client, address)
        assert before == kept.size > 0
