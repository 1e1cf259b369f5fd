"""Addresses that somebody gives: fetched from an outlet on this machine, compared and added."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.fetching.outlet import Outlet, Served, onward, page
from tests.web.conftest import asking, compared, over, token

RULES = Served(b"User-agent: *\nDisallow: /members/\n", headers={"Content-Type": "text/plain"})
FEED = """<rss version="2.0"><channel><title>Harwick News</title>
<item><title>Ferry sails again on Monday</title><link>{ferry}</link></item>
<item><title>Buses until Sunday</title><link>{buses}</link></item></channel></rss>"""


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    """An outlet that tells one story at two addresses, one of which has moved, and keeps some pages for itself."""
    with Outlet() as server:
        server.routes |= {
            "/robots.txt": RULES,
            "/ferry": page(),
            "/old": onward("/new"),
            "/new": page("Ferry to sail on Monday"),
            "/members/ferry": page("Only for members"),
        }
        feed = FEED.format(ferry=server.url("/ferry"), buses=server.url("/new"))
        server.routes["/feed.xml"] = Served(feed.encode(), headers={"Content-Type": "application/rss+xml"})
        yield server


@pytest.fixture
def reader(demo: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A client of an archive of its own, whose server may fetch, from this machine too."""
    monkeypatch.setattr("retold.web.jobs.PROGRAM", (sys.executable, "-P", str(Path(__file__).with_name("quick.py"))))
    with asking(str(shutil.copy(demo, tmp_path / "news.retold")), can_fetch=True) as client:
        yield client


def given(client: TestClient, where: str, *addresses: str, **more: Any) -> Any:
    return client.post(where, data={"token": token(client), "addresses": "\n".join(addresses)}, **more)


def test_pages_are_fetched_and_compared_and_nothing_is_kept_of_them(reader: TestClient, outlet: Outlet):
    before = reader.get("/index.json").json()
    location = compared(reader, given(reader, "/compare", outlet.url("/ferry"), outlet.url("/old")))
    document = reader.get(f"{location}.json").json()
    assert {article["title"] for article in document["articles"]} == {
        "Ferry sails again on Monday",
        "Ferry to sail on Monday",
    }
    assert document["same_story"]
    assert "Same story" in reader.get(location).text
    assert outlet.paths == ["/ferry", "/old", "/new"]
    assert reader.get("/index.json").json() == before


def test_an_address_is_compared_with_a_text_and_a_file(reader: TestClient, outlet: Outlet):
    text = "The ferry between Harwick and Port Ellery will sail again on Monday, the company said. " * 3
    sent = {"token": token(reader), "addresses": outlet.url("/ferry"), "text": text}
    answer = reader.post("/compare", data=sent, files=[("files", ("own.txt", text.encode()))])
    assert len(reader.get(f"{compared(reader, answer)}.json").json()["articles"]) == 3


def test_an_address_that_could_not_be_read_is_named_beside_the_comparison(reader: TestClient, outlet: Outlet):
    addresses = [outlet.url(path) for path in ("/ferry", "/new", "/members/ferry", "/gone")]
    location = compared(reader, given(reader, "/compare", *addresses))
    rejects = reader.get(f"{location}.json").json()["rejects"]
    assert sorted(one["source"] for one in rejects) == [outlet.url("/gone"), outlet.url("/members/ferry")]
    shown = reader.get(location).text
    assert "there is no such page" in shown
    assert "robots.txt" in shown
    assert "/members/ferry" not in outlet.paths


def test_where_too_little_could_be_read_the_job_says_of_each_address_why(reader: TestClient, outlet: Outlet):
    answer = given(reader, "/compare", outlet.url("/ferry"), outlet.url("/gone"))
    told = over(reader, answer.headers["location"])
    assert told["state"] == "failed"
    assert told["complaints"] == [
        f"{outlet.url('/gone')}: answered 404: there is no such page. Check the address.",
        "1 article cannot be put side by side; 2 to 200 can. Name others.",
    ]


def test_a_page_and_a_feed_are_added_and_asked_again_only_for_what_is_new(reader: TestClient, outlet: Outlet):
    before = reader.get("/index.json").json()["articles"]
    told = over(reader, given(reader, "/add", outlet.url("/feed.xml"), outlet.url("/gone")).headers["location"])
    assert (told["state"], told["answer"]["articles"], told["answer"]["rejects"]) == ("done", 2, 1)
    assert told["complaints"] == [f"{outlet.url('/gone')}: answered 404: there is no such page. Check the address."]
    assert reader.get("/index.json").json()["articles"] == before + 2
    again = over(reader, given(reader, "/add", outlet.url("/ferry")).headers["location"])
    assert (again["answer"]["articles"], again["answer"]["known"]) == (0, 1)
    found = reader.get("/search?words=Harwick").text
    assert "Ferry sails again on Monday" in found
    assert "Ferry to sail on Monday" in found


def test_this_machine_and_its_network_are_not_asked_for_a_reader(demo: str, tmp_path: Path, outlet: Outlet):
    with asking(str(shutil.copy(demo, tmp_path / "news.retold")), can_fetch=True) as client:
        location = given(client, "/add", outlet.url("/ferry")).headers["location"]
        told = over(client, location)
        assert "Nothing was added" in client.get(location).text
    assert told["answer"]["rejects"] == 1
    assert "this machine itself" in told["complaints"][0]
    assert outlet.asked == []


@pytest.mark.parametrize("address", ["file:///etc/passwd", "harwick.example/ferry", "--private"])
def test_what_is_no_address_is_refused_at_once(reader: TestClient, address: str):
    answer = given(reader, "/add", address)
    assert answer.status_code == 400
    assert "is no address" in answer.text


def test_without_what_fetches_there_is_no_box_and_no_fetching(client: TestClient, outlet: Outlet):
    assert "Or addresses" not in client.get("/").text
    answer = given(client, "/compare", outlet.url("/ferry"), outlet.url("/new"))
    assert answer.status_code == 400
    assert "Nothing is fetched here" in answer.text
    assert outlet.asked == []
