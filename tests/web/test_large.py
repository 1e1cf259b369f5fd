"""Twenty thousand articles: every page shows what it is for, in every look, by keyboard, and without scripts."""

from __future__ import annotations

import os
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple

import pytest

import retold
from bench import newsroom
from tests.browser import visited
from tests.web.conftest import FERRY
from tests.web.test_every_page import EVERY, LOOKS, NAMES

ARTICLES = 20_000
LENGTH = 80  # words of an article: what a page does with many articles does not hang on how long they are
SHOWN = {  # words that a page must show; of other pages only that there is something
    "/": ["20,000 articles"],
    "/stories": ["More stories", "Narrow down", "2025-02"],
    "/stories/{story}": ["12", "articles", "origins"],
    "/stories/{story}/read": ["12 articles read here", "One text, and what the others read"],
    "/outlets": ["40 outlets", "Outlet 39"],
    "/outlets/{outlet:path}": ["Outlet 21", "have a text of their own"],
    "/articles/{article}": ["As it was read", "Outlet"],
    "/articles/{article}/versions": ["Nothing to compare", "There is 1 version of this article alone."],
    "/search": ["20 articles", "More articles"],
    "/add": ["Add articles to the archive"],
}


class Large(NamedTuple):
    """The archive, one of its largest stories, and a word that many articles have."""

    path: str
    story: str
    word: str


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Nobody else is in here meanwhile: of several processes of tests one makes the archive, and all use it."""
    taken = place.with_suffix(".taken")
    while True:
        try:
            os.close(os.open(taken, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            sleep(0.1)
    try:
        yield
    finally:
        taken.unlink()


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Large:
    """An archive of so many articles, learned; made once, however many processes test with it."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "large.retold"
    with alone(place):
        if not place.exists():
            made = place.with_suffix(".new")
            with retold.open(made, create=True) as archive:
                archive.add(list(newsroom.articles(ARTICLES, length=LENGTH)), learn=True)
            made.rename(place)
    with retold.open(place) as archive:
        story = archive.stories(by="articles", limit=1).stories[0]
    return Large(str(place), story.id, story.title.split()[0].lower())


@pytest.fixture(scope="session")
def address_of(server_of: Callable[[str], str], large: Large) -> Callable[[str], str]:
    """The address of a page on it; what it works out aside is there."""

    def of(name: str) -> str:
        address = EVERY[name][0].replace("ferry+fog", "and").replace("Brackwater%20Post", "Outlet%2021")
        address = server_of(large.path) + address.replace(FERRY, large.story if "{story}" in name else "a0")
        until = monotonic() + 60
        while "data-later" in read(address):
            assert monotonic() < until, f"{address} is never whole"
            sleep(0.2)
        return address

    return of


def read(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return str(answer.read().decode())


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_it_is_there_without_scripts(browser: Any, address_of: Callable[[str], str], name: str):
    with visited(browser, address_of(name), java_script_enabled=False) as seen:
        text = seen.page.inner_text("body")
        assert [words for words in SHOWN.get(name, []) if words not in text] == []
        assert len(seen.page.inner_text("main")) > 100


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_in_any_look(browser: Any, address_of: Callable[[str], str], name: str):
    address = address_of(name)
    with visited(browser, address) as seen:
        for look, given in LOOKS.items():
            width = given.get("width", 1280)
            seen.page.set_viewport_size({"width": width, "height": 800})
            seen.page.emulate_media(
                color_scheme=given.get("scheme", "light"), forced_colors=given.get("forced_colors", "none")
            )
            assert (look, seen.violations()) == (look, [])
            assert (look, seen.page.evaluate("document.documentElement.scrollWidth") <= width) == (look, True)
        assert seen.complaints == []
        home = "/".join(address.split("/")[:3])
        assert [request for request in seen.requests if not request.startswith(home)] == []


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_tab_reaches_every_control(browser: Any, address_of: Callable[[str], str], name: str):
    with visited(browser, address_of(name)) as seen:
        assert seen.reached_by_tab() == seen.controls() > 3
