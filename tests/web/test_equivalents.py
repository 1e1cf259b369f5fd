"""What a page shows by a mark, a gap or a colour stands in words in it, too: every edit, every absence, every cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from retold.pictures.edits import shown
from retold.pictures.matrix import SIGNS
from retold.pictures.rows import WIDE
from retold.web.pages import STATIC
from tests.browser import visited
from tests.pictures.sample import established, family, pair
from tests.web.conftest import FERRY
from tests.web.test_reader import FILES, drawn
from tests.web.test_story import large

WRITTEN = re.compile(r"[\s;{]content:\s*([^;}]+)")
EDITS = "//*[contains(@class, 'edits')]//li"  # the sentences that tell edits
MARKS = "//*[contains(concat(' ', @class, ' '), ' cell ')]//*[@data-e]"
ROWS = "//article[contains(concat(' ', @class, ' '), ' row ')]"
CELLS = "//table[contains(@class, 'coverage')]/tbody//td"
READERS = {
    "rows": (pair(), "rows", FILES),
    "panes": (pair(), "panes", FILES),
    "a direction": (established(), "rows", FILES),
    "five columns": (family(5, 8), "rows", [f"n{number}" for number in range(5)]),
    "an apparatus": (family(9, 8), "", [f"n{number}" for number in range(9)]),
}


@pytest.fixture(params=sorted(READERS))
def reader(request: pytest.FixtureRequest) -> tuple[Mapping[str, Any], html.HtmlElement]:
    """A comparison, and the reader of it."""
    document, manner, names = READERS[request.param]
    return document, html.fromstring(drawn(document, manner, names))


def words(element: html.HtmlElement) -> str:
    """The words of a part of a page, on one line."""
    return " ".join(element.text_content().split())


def test_every_edit_is_told_in_words(reader: tuple[Mapping[str, Any], html.HtmlElement]):
    document, page = reader
    told = {one.get("data-e"): words(one) for one in page.xpath(EDITS)}
    assert set(told) == {edit["id"] for edit in document["edits"]}
    for edit in document["edits"]:
        assert edit["class"] in told[edit["id"]]
        readings = {shown(side["text"]) for side in edit["sides"].values() if side["text"]}
        assert [text for text in readings if text not in told[edit["id"]]] == []


def test_every_mark_leads_to_a_sentence(reader: tuple[Mapping[str, Any], html.HtmlElement]):
    _, page = reader
    marks = page.xpath(MARKS)
    told = {one.get("data-e") for one in page.xpath(EDITS)}
    assert {mark.get("data-e") for mark in marks} <= told
    silent = [mark for mark in marks if not words(mark)]
    assert [mark.get("class") for mark in silent if mark.get("aria-hidden") != "true"] == []


@pytest.mark.parametrize("name", ["rows", "five columns"])
def test_what_an_article_lacks_is_told_as_that(name: str):
    document, manner, names = READERS[name]
    page = html.fromstring(drawn(document, manner, names))
    keys = [article["key"] for article in document["articles"]]
    told = 0
    for passage, row in zip(document["passages"], page.xpath(ROWS), strict=True):
        lacking = [key for key in keys if key not in passage["spans"]]
        told += len(lacking)
        if len(passage["spans"]) > 1 or len(keys) <= WIDE:
            assert [key for key in lacking if f"not in {key}" not in words(row)] == []
        else:  # beside many others, one sentence says it of all
            assert f"only in {next(iter(passage['spans']))}" in words(row)
    assert told


def test_every_cell_of_a_table_says_what_it_is(client: TestClient):
    while "data-later" in (page := client.get(f"/stories/{FERRY}").text):
        pass
    cells = html.fromstring(page).xpath(CELLS)
    assert len(cells) > 20
    assert {words(cell) for cell in cells if not any(letter.isalpha() for letter in words(cell))} == set()


@pytest.mark.browser
def test_every_cell_of_a_drawing_is_said(browser: Any, server_of: Callable[[str], str], demo: str):
    from retold.web.pages import environment

    matrix = large()["matrix"]
    drawing = environment().get_template("matrix.html.j2").render(matrix=matrix)
    with visited(browser, server_of(demo) + f"/stories/{FERRY}") as seen:
        seen.page.wait_for_function("customElements.get('retold-matrix') !== undefined")
        said = seen.page.evaluate(
            """(html) => {
                document.querySelector("main").innerHTML = html;
                const one = document.querySelector("retold-matrix"), told = new Set();
                one.names.rows.forEach((_, y) => one.names.columns.forEach((_, x) => {
                    one.go(x, y);
                    told.add(one.querySelector(".status").textContent);
                }));
                return [...told];
            }""",
            drawing,
        )
    assert len(said) == len(matrix.rows) * len(matrix.columns) > 10_000
    assert {one.rpartition(": ")[2] for one in said} <= {"has it", "near identical", "reworded", "only here", "absent"}
    assert set(SIGNS.values()) >= set(matrix.cells()) - {"/"}


def test_no_style_sheet_writes_words():
    written = {
        value for path in STATIC.values() if path.suffix == ".css" for value in WRITTEN.findall(path.read_text())
    }
    assert written <= {'""', "none"}
