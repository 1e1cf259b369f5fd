"""The start page in a browser: texts pasted, files dropped, compared and added, with scripts and without."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from retold.web.addresses import Query
from retold.web.views import start
from tests.browser import visited
from tests.web.conftest import golden, serving

HOLDINGS = {"articles": 3, "runs": []}


@pytest.fixture(scope="module")
def home(demo: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose archive may be written in."""
    path = tmp_path_factory.mktemp("own") / "news.retold"
    with serving(str(shutil.copy(demo, path))) as address:
        yield address


@pytest.mark.parametrize(("given", "boxes", "more"), [("", 2, "/?texts=4"), ("4", 4, "/?texts=6"), ("20", 20, None)])
def test_there_are_as_many_boxes_as_are_asked_for(given: str, boxes: int, more: str | None):
    told = start.view(HOLDINGS, Query("/", {}, {"texts": given}), {"newest": None})
    assert (told["boxes"], told["more"], told["newest"]) == (boxes, more, [])


def loaded_again(page: Any) -> None:
    """Load a job's page again, as it says where scripts are off, until the job is over."""
    page.wait_for_url("**/jobs/*")
    while "load it again" in page.inner_text("main"):
        page.wait_for_timeout(200)
        page.goto(page.url)


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_two_texts_are_pasted_and_compared(browser: Any, home: str, scripts: bool):
    with visited(browser, home, java_script_enabled=scripts) as seen:
        for number, path in enumerate(golden()[:2], 1):
            seen.page.get_by_label(f"Text {number}").fill(path.read_text("utf-8"))
        seen.page.get_by_role("button", name="Compare").click()
        if not scripts and "/jobs/" in seen.page.url:  # a slow machine
            loaded_again(seen.page)
            seen.page.get_by_role("link", name="See the comparison").click()
        seen.page.wait_for_url("**/comparisons/*", timeout=60_000)
        assert seen.page.get_by_role("heading", level=1).inner_text().startswith("Same story, 1 origin")
        assert all(request.startswith(home) for request in seen.requests)
        if scripts:
            assert seen.complaints == []
            assert seen.violations() == []
            seen.page.reload()
            assert "Same story" in seen.page.get_by_role("heading", level=1).inner_text()


@pytest.mark.browser
def test_one_more_box_keeps_what_was_typed(browser: Any, home: str):
    with visited(browser, home) as seen:
        seen.page.get_by_label("Text 1").fill("Fog.")
        seen.page.get_by_text("More boxes for texts").click()
        assert seen.page.get_by_label("Text 3").evaluate("box => box === document.activeElement")
        assert seen.page.get_by_label("Text 1").input_value() == "Fog."
        assert seen.violations() == []


@pytest.mark.browser
def test_files_are_dropped_on_the_form(browser: Any, home: str):
    with visited(browser, home) as seen:
        drop = """(form, texts) => {
            const all = new DataTransfer();
            texts.forEach((text, at) => all.items.add(new File([text], `${at}.txt`, {type: "text/plain"})));
            form.dispatchEvent(new DragEvent("drop", {dataTransfer: all, bubbles: true, cancelable: true}));
        }"""
        seen.page.locator("form.give").evaluate(drop, [path.read_text("utf-8") for path in golden()[:3]])
        assert seen.page.locator("#files").evaluate("box => box.files.length") == 3
        seen.page.get_by_role("button", name="Compare").click()
        seen.page.wait_for_url("**/comparisons/*", timeout=60_000)
        assert "3 articles compared" in seen.page.inner_text("main")


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_an_article_is_added_and_the_job_says_so(browser: Any, home: str, tmp_path: Path, scripts: bool):
    name = f"eel-{scripts}"
    record = {"id": name, "outlet": "Fen Echo", "title": f"Eel {scripts}", "text": f"Eels came {scripts}. " * 30}
    file = tmp_path / f"{name}.jsonl"
    file.write_text(json.dumps(record))
    with visited(browser, f"{home}/add", java_script_enabled=scripts) as seen:
        seen.page.get_by_label("Or files").set_input_files(file)
        seen.page.get_by_role("button", name="Add").click()
        if not scripts:
            loaded_again(seen.page)
        seen.page.get_by_text("1 new article").wait_for(timeout=60_000)
        assert seen.page.get_by_role("heading", level=1).inner_text() == "Added"
        assert [one for one in seen.complaints if "favicon" not in one] == []
        seen.page.get_by_role("link", name="See the stories").click()
        assert f"Eel {scripts}" in seen.page.inner_text("main")


@pytest.mark.browser
def test_the_colours_that_were_chosen_stay_on_the_next_page(browser: Any, home: str):
    with visited(browser, home) as seen:
        seen.page.get_by_role("button", name="Dark colours").click()
        seen.page.goto(f"{home}/stories")
        seen.page.get_by_role("button", name="Light colours").wait_for()
        assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"
