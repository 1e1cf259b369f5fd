"""The list of stories: narrowed down, searched, in an order, page by page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.testclient import TestClient

import retold
from retold.web.addresses import Query
from retold.web.marks import marked, numbers
from retold.web.views import stories

LINE = {"id": "5d1f", "title": "Fog", "articles": 12, "texts": 1, "outlets": 3, "origins": None, "first": None}


def asked(**given: str) -> Query:
    return Query("/stories", {}, given)


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ({}, {}),
        ({"by": "latest", "limit": "50", "least": "1"}, {}),
        ({"words": " fog ", "outlet": "", "least": "3"}, {"words": "fog", "least": 3}),
        ({"by": "origins", "limit": "10", "origins": "2"}, {"by": "origins", "limit": 10, "origins": 2}),
    ],
)
def test_an_address_asks_only_for_what_it_says(given: dict[str, str], options: dict[str, Any]):
    call = stories.call(asked(**given))
    assert {name: value for name, value in call.options.items() if value is not None} == options


def test_what_is_chosen_is_told_and_can_be_taken_away():
    told = stories.chosen(asked(outlet="Coast Tribune", least="2", after="1,2,x"))
    assert told == [
        ("told by Coast Tribune", "/stories?least=2"),
        ("2 or more articles", "/stories?outlet=Coast+Tribune"),
    ]


def test_a_facet_leads_to_the_list_narrowed_down_and_back():
    found = {"months": [], "agencies": [], "languages": [{"value": "de", "stories": 4}], "articles_at_least": []}
    found |= {
        "outlets": [],
        "texts_at_least": [],
        "outlets_at_least": [],
        "origins_at_least": [{"value": "2", "stories": 3}],
    }
    language, origins = stories.groups(found, asked(language="de"))
    assert language["values"] == [{"text": "German", "count": 4, "chosen": True, "address": "/stories"}]
    assert language["chosen"]
    assert origins["values"][0]["address"] == "/stories?language=de&origins=2"
    assert not origins["chosen"]


def test_a_month_is_all_its_days():
    assert stories.days("2024-02") == ("2024-02-01", "2024-02-29")


def test_the_numbers_of_a_story_are_in_the_number_of_their_noun():
    assert numbers(LINE) == [("12", "articles"), ("1", "unique text"), ("3", "outlets"), ("?", "origins")]


@given(some.text(max_size=40), some.data())
def test_a_marked_snippet_is_its_text_and_no_more(text: str, data: Any):
    edges = sorted(data.draw(some.lists(some.integers(0, len(text)), max_size=6, unique=True)))
    marks = list(zip(edges[::2], edges[1::2], strict=False))
    shown = marked({"snippet": text, "start": 0, "marks": marks})
    assert shown.count("<mark>") == len(marks)
    assert "<" not in re.sub(r"</?(mark|bdi)>", "", shown)


@pytest.mark.parametrize("by", ["latest", "articles", "texts", "outlets", "origins"])
def test_page_after_page_shows_each_story_once(client: TestClient, by: str):
    seen: list[str] = []
    address: str | None = f"/stories?by={by}&limit=4"
    while address:
        page = client.get(address).text
        seen += re.findall(r'<h2><a href="/stories/([0-9a-f]+)"', page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        address = following[1].replace("&amp;", "&") if following else None
    assert len(seen) == len(set(seen)) == client.get("/stories.json").json()["total"]


@pytest.mark.parametrize(
    ("address", "rows"), [("/stories{}?by=texts&limit=4", "stories"), ("/outlets{}?limit=3", "outlets")]
)
def test_a_program_finds_the_next_page_in_the_header_and_in_the_document(client: TestClient, address: str, rows: str):
    total, seen, following = client.get(address.format(".json")).json()["total"], [], address.format(".json")
    while following:
        answer = client.get(following)
        seen += answer.json()[rows]
        following = answer.links["next"]["url"] if "next" in answer.links else ""
        assert bool(following) == (answer.json()["next"] is not None)
    assert len(seen) == total == len({repr(one) for one in seen}) > 4
    for ending in ("", ".csv"):
        onward = client.get(address.format(ending)).links["next"]["url"]
        assert onward.startswith(address.format(ending).partition("?")[0] + "?")


def test_the_next_page_stays_as_it_is_when_a_story_is_added(demo: str, tmp_path: Any):
    import shutil

    path = str(shutil.copy(demo, tmp_path / "news.retold"))
    with retold.open(path) as archive:
        first = archive.stories(limit=4)
        before = archive.stories(limit=4, after=first.next)
        later = {
            "id": "z",
            "published": "2026-06-01T08:00:00Z",
            "outlet": "Fen Echo",
            "title": "Eel",
            "text": "Eels. " * 40,
        }
        archive.add(later, learn=True)
        assert archive.stories(limit=1).stories[0].title == "Eel"
        assert archive.stories(limit=4, after=first.next).stories == before.stories


def test_a_search_shows_the_words_where_they_stand(client: TestClient):
    page = client.get("/stories?words=harbour+master").text
    assert "<mark>harbour</mark> <mark>master</mark>" in page


@pytest.mark.parametrize(
    ("given", "titles"),
    [
        ("agency=Marrin+Press", 2),
        ("language=de", 1),
        ("outlets=6", 1),
        ("origins=5&least=6", 2),
        ("unique=6", 3),
        ("words=ferry&outlet=Sennet+Daily", 2),
        ("since=2026-05-10", 4),
        ("until=2026-05-04", 1),
    ],
)
def test_a_filter_leaves_the_stories_that_it_should(client: TestClient, given: str, titles: int):
    listed = client.get(f"/stories.json?{given}").json()
    page = client.get(f"/stories?{given}").text
    assert listed["total"] == len(listed["stories"]) == titles
    assert page.count('<li class="story-line">') == titles


def test_what_a_facet_promises_is_what_it_leads_to(client: TestClient):
    page = client.get("/stories?least=2").text
    values = re.findall(
        r'<li><a href="(/stories\?[^"]*)"><span><bdi>[^<]*</bdi></span> <span class="count">(\d+)', page
    )
    assert len(values) > 8
    for address, promised in values:
        twin = address.replace("&amp;", "&").replace("/stories?", "/stories.json?")
        assert client.get(twin).json()["total"] == int(promised), address
