"""Articles that do their worst: nothing that they say is more than text, and no page of them breaks."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

import retold
from bench import hostile
from tests.browser import visited
from tests.web.conftest import FERRY, asking
from tests.web.test_every_page import EVERY, NAMES

WORST = {  # what is asked about, and the outlet of it
    "markup": ("e-0", hostile.evil_outlet(0)),
    "a long paragraph": ("long-0", "L" * 2000),
    "a long word": ("word-0", "Morrow Post"),
    "a crowd": ("v0", "Morrow Post"),
    "many versions": ("live-0", "Morrow Post"),
}
CONTROLS = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
LOOSE = """controls => {
    const found = [], every = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (every.nextNode()) {
        const node = every.currentNode;
        if (!new RegExp(controls).test(node.data) || node.parentElement.closest("bdi, [dir]")) continue;
        found.push([node.parentElement.tagName, node.data.slice(0, 60)]);
    }
    return found;
}"""


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive of such articles; smaller than the one that is measured, and of the same kinds."""
    path = str(tmp_path_factory.mktemp("attacked") / "news.retold")
    with retold.open(path, create=True) as archive:
        archive.add(list(hostile.articles(hostile.SMALL)), learn=True)
    return path


def address_of(name: str, about: str) -> str:
    """The address of a page about one of the worst."""
    article, outlet = WORST[about]
    address = EVERY[name][0].replace(FERRY, article).replace("ferry+fog", "harbour")
    return address.replace("Brackwater%20Post", quote(outlet, safe=""))


def made_whole(address: str) -> str:
    """An address, once nothing of its page is left for later."""
    until = monotonic() + 60
    while b"data-later" in urllib.request.urlopen(address).read():
        assert monotonic() < until, f"{address} is never whole"
        sleep(0.2)
    return address


def asked() -> list[tuple[str, str]]:
    """Each page about markup, and each that is about one story or article about the others."""
    return [
        (name, about)
        for about in WORST
        for name in NAMES
        if about == "markup" or "{story}" in name or "{article}" in name
    ]


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(("name", "about"), asked())
def test_whatever_articles_say_is_text_and_stays_in_its_place(
    browser: Any, server_of: Callable[[str], str], attacked: str, name: str, about: str, width: int
):
    home = server_of(attacked)
    with visited(browser, made_whole(home + address_of(name, about)), width=width) as seen:
        assert seen.page.evaluate("window.owned") is None
        assert seen.page.locator("main :is(img, script, iframe, base, object, embed, style)").count() == 0
        assert seen.complaints == []
        assert [request for request in seen.requests if not request.startswith(home)] == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.page.evaluate(LOOSE, CONTROLS) == []
        if about == "markup":
            assert seen.violations() == []


@pytest.mark.browser
@pytest.mark.parametrize("view", ["rows", "panes", "apparatus"])
@pytest.mark.parametrize("about", ["markup", "a long paragraph", "a crowd"])
def test_the_reader_keeps_to_a_narrow_screen_in_every_view(
    browser: Any, server_of: Callable[[str], str], attacked: str, about: str, view: str
):
    article = WORST[about][0]
    with retold.open(attacked) as archive:
        other = next(one.article_id for one in archive.story(article).tellings if article not in one.source_ids)
    address = f"{server_of(attacked)}/stories/{article}/read?base={article}&with={other}&view={view}"
    with visited(browser, made_whole(address), width=320) as seen:
        assert seen.page.evaluate("window.owned") is None
        assert seen.page.locator("retold-reader .row").count() > 3
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 320
        wide = seen.page.eval_on_selector_all(  # a caret may hang at the end of a line
            "retold-reader .cell", "all => all.filter((one) => one.scrollWidth > one.clientWidth + 16).length"
        )
        assert wide == 0


def test_a_title_of_twenty_pages_does_not_fill_the_screen(client: TestClient):
    for address in ("/articles/long-0", "/stories/long-0", "/stories?unique=2", "/articles/word-0"):
        told = re.findall(r"<bdi>([^<]*)</bdi>", client.get(address).text)
        assert any(text.endswith("…") for text in told)
        assert max(map(len, told)) <= 401


@pytest.fixture(scope="module")
def client(attacked: str) -> Any:
    with asking(attacked) as client:
        yield client


@pytest.mark.parametrize("name", hostile.NAMES)
def test_a_name_that_looks_like_a_path_leads_to_its_article_or_nowhere(client: TestClient, name: str):
    for address in (
        f"/articles/{quote(name, safe='')}",
        f"/articles/{quote(name)}",
        f"/stories/{quote(name, safe='')}",
    ):
        answer = client.get(address)
        assert answer.status_code in (200, 404)
        assert "root:" not in answer.text


@pytest.mark.parametrize(
    "address", ["/stories", "/search?words=harbour", "/stories/e-0", "/stories/e-0/read", "/outlets"]
)
def test_every_link_of_a_page_leads_somewhere(client: TestClient, address: str):
    page = client.get(address).text
    links = {link.replace("&amp;", "&") for link in re.findall(r'<a [^>]*?href="([^"]*)"', page)}
    assert {link[0] for link in links} <= {"/", "#"}
    assert not any(link.startswith("//") for link in links)
    ours = sorted({link.partition("#")[0] for link in links if link.startswith("/")})
    for link in ours[:: 1 + len(ours) // 40]:  # some 40 of each page, among them all kinds
        assert client.get(link).status_code == 200, link
