"""A story that very many tell: those alike stand together, and the reader lays out only what is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

import retold
from tests.browser import visited
from tests.web.conftest import asking, whole

MANY, ALIKE = 110, 42
PARAGRAPHS = [
    "HARWICK (Marrin Press) - The swing bridge over the Lode was closed on Friday after a crack was found in its pier.",
    "The crack is as long as a man's arm, the harbour office said, and was not there when it was painted in March.",
    "Lorries for the fish market must go round by Aldry, which takes them forty minutes longer on a day without fog.",
    "Councillor Meret Oswin asked for a ferry until the bridge opens again, and for an answer by the end of the week.",
    "The engineers of the county want to look at the other piers, too, before they say what the repair will cost.",
    "Nobody was hurt, and the trains, which cross the river further up, run as they always do in the summer months.",
    "The bridge was built in 1931 by the yard of Pell and Sons, whose drawings are kept in the museum at Caddon.",
    "It opens eleven times a day for ships, most often in the morning, when the dredgers go out with the tide.",
]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive with one story: 42 of its articles have one text, each other leaves something of it out."""
    path = str(tmp_path_factory.mktemp("crowd") / "news.retold")
    records = []
    for number in range(MANY):
        left = {number % 7 + 1, number // 7 % 7 + 1} if number >= ALIKE else set()
        text = [words for at, words in enumerate(PARAGRAPHS) if at not in left]
        records.append(
            {
                "id": f"b-{number}",
                "outlet": f"Lode Echo {number}",
                "title": "Swing bridge closed",
                "published": f"2026-05-08T{number % 24:02}:00:00Z",
                "text": "\n\n".join(text),
            }
        )
    with retold.open(path, create=True) as archive:
        archive.add(records, learn=True)
    return path


@pytest.fixture(scope="module")
def readers(crowd: str) -> Iterator[TestClient]:
    with asking(crowd) as client:
        yield client


def test_articles_that_are_alike_are_one_column_which_lists_them(readers: TestClient):
    page = whole(readers, "/stories/b-0")
    heads = re.findall(r'<th scope="col" class="outlet"><a href="([^"]*)"><bdi>([^<]*)', page)
    assert len(heads) < MANY / 2
    (listed,) = [address for address, name in heads if name == f"{ALIKE} articles, alike"]
    of_it = page.partition(f'<ul id="{listed.removeprefix("#")}">')[2].partition("</ul>")[0]
    assert of_it.count('<li><a href="/articles/') == ALIKE


def test_each_passage_leads_to_the_origin_that_it_is_of(readers: TestClient):
    page = whole(readers, "/stories/b-0")
    assert 'href="#origin-1"><span class="file">1.1' in page
    assert 'id="origin-1"' in page


@pytest.mark.browser
def test_what_is_not_looked_at_is_laid_out_on_wish_and_the_overview_leads_to_it(
    browser: Any, server_of: Callable[[str], str], crowd: str
):
    with visited(browser, f"{server_of(crowd)}/stories/b-0/read") as seen:
        box = seen.page.get_by_label("Render everything")
        box.wait_for(timeout=60_000)
        laid_out = "document.querySelector('.row:last-of-type').checkVisibility({contentVisibilityAuto: true})"
        style = "getComputedStyle(document.querySelector('.row')).contentVisibility"
        assert seen.page.evaluate(style) == "auto"
        box.check()
        assert seen.page.evaluate(style) == "visible"
        assert seen.page.evaluate(laid_out)
        signs = seen.page.inner_text(".overview .strip")
        rows = seen.page.locator("retold-reader article.row").count()
        assert len(signs) == rows >= len(PARAGRAPHS)
        seen.page.click(".overview summary")
        seen.page.locator(".overview li a").last.click()
        last = "[...document.querySelectorAll('article.row')].at(-1).getBoundingClientRect().top"
        seen.page.wait_for_function(f"() => {last} >= 0 && {last} < innerHeight / 2")
        assert seen.violations() == []
