"""An article: what was read of it, block by block, what its versions changed, and who shares text with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.testclient import TestClient

import retold
from retold.model.records import Block, Credit, CreditKind, Kind, Version
from retold.web import asides
from retold.web.addresses import Query
from retold.web.asides import Asides, NotYetError
from retold.web.views import article
from tests.browser import visited
from tests.web.conftest import DAM, FERRY

TEXT = "Fog\n\nThe ferry sank. Nobody drowned.\n\nRead on: more fog\n\nPhoto: Ada Fenn"


def version(**more: Any) -> Version:
    found = {Kind.TITLE: "Fog", Kind.PARAGRAPH: "The ferry sank. Nobody drowned.", Kind.CREDIT: "Photo: Ada Fenn"}
    blocks = tuple(Block(TEXT.index(words), TEXT.index(words) + len(words), kind) for kind, words in found.items())
    start = TEXT.index("Ada Fenn")
    credit = Credit(start, start + 8, CreditKind.PHOTO, "Ada Fenn", person=True)
    return Version("v2", "fog.txt", TEXT, blocks, (credit,), **{"language": "en", "title": "Fog", **more})


def text(number: int) -> dict[str, Any]:
    return {"version_id": f"v{number}", "seen": None, "published": None, "title": "Fog", "words": 5}


def change(kind: str, cut: str, added: str) -> dict[str, Any]:
    return {"kind": kind, "cut": cut, "added": added, "in_quote": False, "note": "", "passage": "1"}


def viewed(*steps: dict[str, Any], newest: Version | None = None, **beside: Any) -> dict[str, Any]:
    found = {
        "article_id": "a",
        "source_ids": ["our-a"],
        "url": None,
        "outlet": None,
        "versions": [text(number) for number in range(1, len(steps) + 2)],
        "steps": [],
    }
    reading = {"version_id": "v2", "corrected": False, "honoured": True, "fields": [], "parts": [], "corrections": []}
    usual = {
        "newest": newest or version(),
        "steps": list(steps),
        "story": None,
        "copies": None,
        "reading": reading,
    }
    return article.view(found, Query("/articles/a", {"article": "a"}), {**usual, **beside})


def step(*edits: dict[str, Any], cut: tuple[str, ...] = (), added: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"before": "v1", "after": "v2", "edits": list(edits), "cut": list(cut), "added": list(added)}


def test_what_stands_between_the_blocks_is_shown_too():
    found = viewed()
    assert [(part["kind"], part["text"].strip(), part["aside"]) for part in found["parts"]] == [
        ("title", "Fog", False),
        ("paragraph", "The ferry sank. Nobody drowned.", False),
        ("furniture", "Read on: more fog", True),
        ("credit", "Photo: Ada Fenn", True),
    ]
    assert found["counts"] == ["1 title", "1 paragraph", "1 credit", "1 block of page furniture"]
    assert found["credits"] == [("photo", "Ada Fenn", True)]


@given(some.text(), some.lists(some.tuples(some.integers(0, 40), some.integers(0, 12)), max_size=6))
def test_of_any_text_nothing_but_space_is_lost(words: str, cuts: list[tuple[int, int]]):
    place, blocks = 0, []
    for gap, size in cuts:
        start = min(place + gap, len(words))
        place = min(start + size, len(words))
        blocks.append(Block(start, place, Kind.PARAGRAPH))
    made = article.blocks(Version("v", "x", words, tuple(blocks)))
    assert "".join("".join(part["text"].split()) for part in made) == "".join(words.split())


def test_edits_of_style_come_last_and_words_stand_in_quotation_marks():
    (told,) = viewed(step(change("style", "U.S.", "US"), change("number", "27", "34"), change("content", "", "late")))[
        "steps"
    ]
    assert [(edit["kind"], edit["cut"], edit["added"]) for edit in told["edits"]] == [
        ("content", "", "“late”"),
        ("number", "“27”", "“34”"),
        ("style", "“U.S.”", "“US”"),
    ]


@pytest.mark.parametrize(
    ("told", "is_empty"), [(step(), True), (step(cut=("Gone.",)), False), (step(change("name", "a", "b")), False)]
)
def test_a_version_with_the_same_running_text_is_told_as_that(told: dict[str, Any], is_empty: bool):
    assert viewed(told)["steps"][0]["is_empty"] == is_empty


def test_it_leads_to_its_story_and_to_the_reader_of_both():
    tellings = [{"article_id": name} for name in "abc"]
    story = {"id": "5d1f", "title": "Fog", "articles": 3, "tellings": tellings}
    copies = {"copies": [{"article_id": name, "label": "partial", "words": 9} for name in ("b", "elsewhere")]}
    found = viewed(story=story, copies=copies)
    assert found["read"] == "/stories/5d1f/read?base=a"
    assert found["sharing"] == [
        {"article_id": "b", "label": "part of the text", "words": 9, "read": "/stories/5d1f/read?base=a&with=b"},
        {"article_id": "elsewhere", "label": "part of the text", "words": 9, "read": None},
    ]
    assert viewed(story=story | {"articles": 1})["read"] is None


def test_what_was_not_learned_is_told_as_that():
    found = viewed()
    assert (found["story"], found["sharing"], found["is_learned"]) == (None, [], False)


def test_its_versions_are_told_in_order_with_what_each_changed(client: TestClient):
    page = client.get(f"/articles/{FERRY}").text
    assert page.index("Version 1") < page.index("Version 2, the newest")
    assert "<del" in page
    assert "<ins" in page
    assert "recurs on the outlet&#39;s other pages" in page


def test_an_article_that_is_none_is_told(client: TestClient):
    assert client.get("/articles/nothing").status_code == 404
    assert "There is no article" in client.get("/articles/nothing").text


@pytest.mark.browser
def test_links_of_an_article_lead_somewhere(browser: Any, server_of: Callable[[str], str], demo: str):
    home = server_of(demo)
    with visited(browser, f"{home}/articles/{DAM}") as seen:
        addresses = seen.page.eval_on_selector_all("main a", "all => all.map((one) => one.href)")
        assert addresses
        for address in dict.fromkeys(addresses):
            assert seen.page.request.get(address).status == 200, address


def test_what_many_versions_changed_is_worked_out_aside(client: TestClient, monkeypatch: pytest.MonkeyPatch):
    address = f"/articles/{FERRY}"
    at_once = client.get(address).text

    def not_yet(*_: Any, **__: Any) -> Any:
        raise NotYetError

    monkeypatch.setattr(article, "AT_ONCE", 0)
    monkeypatch.setattr(Asides, "steps", not_yet)
    page = client.get(address + "?again=1").text
    assert "What each of them changed is being worked out." in page
    assert "data-later" in page
    assert "Version 2, the newest" in page
    assert "<del" not in page
    assert client.get(f"/articles/{FERRY}.json").json()["steps"]

    aside = json.loads(asides.compare_steps(retold.open(client.app.state.server.clerks.path).history(FERRY)))
    monkeypatch.setattr(Asides, "steps", lambda *_, **__: aside)
    assert changes(client.get(address + "?again=2").text) == changes(at_once) != ""


def changes(page: str) -> str:
    """What a page says of the article's versions."""
    return page.partition('<ol class="steps">')[2].partition("</ol>")[0]
