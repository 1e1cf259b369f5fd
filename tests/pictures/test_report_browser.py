"""The report in a browser: opened from the disk, read with a keyboard, in the dark, on a telephone, without scripts."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from retold.pictures.report import notebook, report
from tests.browser import opened
from tests.pictures import sample

pytestmark = pytest.mark.browser

SCREENS = [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Reports of every form, on the disk."""
    folder = tmp_path_factory.mktemp("reports")
    documents = {
        "pair": sample.pair(),
        "established": sample.established(),
        "five": sample.family(5, 8),
        "large": sample.family(100, 60, words=28),
        "crowd": sample.family(160, 40),
        "hostile": hostile(),
    }
    return {name: written(folder / f"{name}.html", report(document)) for name, document in documents.items()}


def written(path: Path, page: str) -> Path:
    path.write_text(page, "utf-8")
    return path


EVIL = (
    "<script>document.title='owned'</script></style><img src=x onerror=alert(1)> \u202eright to left 🚣🏽 " + "x" * 400
)


def hostile() -> sample.Document:
    """Return the pair with everything that a page may say against us, in an Arabic article."""
    document = copy.deepcopy(sample.pair())
    for article in document["articles"]:
        article |= {"title": EVIL, "outlet": EVIL, "source": EVIL, "language": "ar"}
        end = len(article["text"])
        article["text"] += "\n\n" + EVIL
        article["blocks"].append({"start": end + 2, "end": len(article["text"]), "kind": "paragraph", "reason": EVIL})
    spans = {one["key"]: [[one["blocks"][-1]["start"], one["blocks"][-1]["end"]]] for one in document["articles"]}
    evil = {"id": 'x"><b>', "relation": "identical", "score": 1.0, "spans": spans, "moved": []}
    document["passages"].append(evil)
    document["watch"][0]["note"] = EVIL
    for one in document["statements"]:
        one["speaker"] = EVIL
        for said in one["spans"].values():
            said["text"] = said["speaker"] = EVIL
    return sample.filled(document)


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        *((name, *screen) for name in ("pair", "large") for screen in SCREENS),
        *(
            (name, *screen)
            for name in ("established", "five", "crowd", "hostile")
            for screen in (SCREENS[0], SCREENS[3])
        ),
    ],
)
def test_axe_finds_nothing_and_nothing_is_asked_of_any_network(browser, pages, name, width, scheme):
    with opened(browser, pages[name], width=width, scheme=scheme) as seen:
        seen.page.evaluate("document.body.classList.remove('long')")  # so that all is laid out, and looked at
        assert seen.violations() == []
        assert seen.requests == [pages[name].as_uri()]
        assert seen.complaints == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["pair", "five", "large"])
def test_tab_reaches_every_control(browser, pages, name):
    with opened(browser, pages[name]) as seen:
        assert seen.controls() > 20
        assert seen.reached_by_tab() == seen.controls()


def test_forced_colours_keep_the_lines_of_the_marks(browser, pages):
    with opened(browser, pages["pair"], forced_colors="active") as seen:
        lines = "name => getComputedStyle(document.querySelector('.cell .' + name)).textDecorationStyle"
        told = {name: seen.page.evaluate(lines, name) for name in ("content", "name", "number", "structure", "style")}
        assert told | {"style": "-"} == {
            "content": "solid",
            "name": "dotted",
            "number": "double",
            "structure": "wavy",
            "style": "-",
        }
        assert seen.violations() == []


def test_next_edit_walks_through_all_that_is_shown_and_tells_it(browser, pages):
    with opened(browser, pages["pair"]) as seen:
        status = seen.page.locator("[role=status]")
        told = []
        for _ in range(11):
            seen.page.keyboard.press("Alt+ArrowDown")
            told.append(status.inner_text())
        assert told[0].startswith("Edit 1 of 11, passage 1: E1 structure: A “has said”, B “said”")
        assert told[-1].startswith("Edit 11 of 11, passage 8: E11 content, inside a quotation")
        seen.page.get_by_role("button", name="Next edit").click()
        assert status.inner_text().startswith("Edit 1 of 11")
        seen.page.get_by_role("button", name="Previous edit").click()
        assert status.inner_text().startswith("Edit 11 of 11")
        assert seen.page.evaluate("document.activeElement.id") == "E11-A"


def test_a_click_on_a_mark_tells_its_edit(browser, pages):
    with opened(browser, pages["pair"]) as seen:
        seen.page.locator("#E7-B").click()
        assert "number: A “over”, B “more than”" in seen.page.locator("[role=status]").inner_text()


@pytest.mark.parametrize("javascript", [True, False])
def test_each_class_has_a_switch_and_style_is_off_at_first(browser, pages, javascript):
    with opened(browser, pages["pair"], java_script_enabled=javascript) as seen:
        assert not seen.page.locator("li[data-e=E12]").is_visible()
        seen.page.locator("#show-style").check()
        assert seen.page.locator("li[data-e=E12]").is_visible()
        seen.page.locator("#show-name").uncheck()
        assert not seen.page.locator("li[data-e=E4]").is_visible()
        assert seen.page.locator("#E4-A").is_visible()
        assert line(seen.page, "#E4-A") == "none"
        assert line(seen.page, "#E7-A") == "underline"


def line(page: Any, mark: str) -> str:
    """Return the line below a mark."""
    return page.locator(mark).evaluate("mark => getComputedStyle(mark).textDecorationLine")


def test_only_differences_hides_what_is_the_same(browser, pages):
    with opened(browser, pages["pair"]) as seen:
        seen.page.locator("#only").check()
        shown = seen.page.locator(".row:visible").evaluate_all("rows => rows.map(row => row.id)")
        assert shown == ["p-S", "p-1", "p-2", "p-3", "p-5", "p-6", "p-8"]


def test_without_scripts_every_word_is_there_and_no_dead_button(browser, pages, pair):
    with opened(browser, pages["pair"], java_script_enabled=False) as seen:
        text = " ".join(seen.page.locator("main").inner_text().split())
        for article in pair["articles"]:
            for block in article["blocks"]:
                if block["kind"] == "paragraph":
                    words = article["text"][block["start"] : block["end"]].split()
                    assert all(word in text for word in words)
        assert seen.page.locator("button:visible").count() == 0


def test_hostile_words_stay_words(browser, pages):
    with opened(browser, pages["hostile"]) as seen:
        assert "owned" not in seen.page.title().replace(EVIL, "").split("<")[0]
        assert seen.page.evaluate("document.title").startswith("Same story")
        assert seen.page.locator("img").count() == 0
        assert seen.page.locator("script").count() == 1
        assert seen.page.locator(".cell .words[dir=rtl]").count() > 0


def test_the_button_turns_the_colours_round(browser, pages):
    with opened(browser, pages["pair"]) as seen:
        paper = "getComputedStyle(document.body).backgroundColor"
        light = seen.page.evaluate(paper)
        seen.page.locator("#theme").click()
        assert seen.page.evaluate(paper) != light
        assert seen.page.locator("#theme").inner_text() == "Light colours"
        assert seen.violations() == []
        seen.page.locator("#theme").click()
        assert seen.page.evaluate(paper) == light


def test_on_paper_the_controls_are_gone_and_the_lists_are_open(browser, pages):
    with opened(browser, pages["pair"]) as seen:
        seen.page.emulate_media(media="print")
        assert not seen.page.locator(".tools").is_visible()
        assert seen.page.locator("li[data-e=E7]").is_visible()
        assert seen.page.locator(".blocks li").first.is_visible()


def test_a_statement_opens_to_its_evidence_and_the_list_to_what_differs(browser, pages):
    with opened(browser, pages["pair"]) as seen:
        row = seen.page.locator(".ledger tbody tr").nth(1)
        assert not row.locator(".evidence").is_visible()
        row.locator("summary").click()
        assert row.locator(".evidence a").count() == 2
        row.locator(".evidence a").last.click()
        assert seen.page.evaluate("document.querySelector(':target').id") == "p-2-B"
        seen.page.locator("#only-changed").check()
        assert seen.page.locator(".ledger tbody tr:visible").count() == 3
        assert seen.violations() == []


def test_all_rows_of_a_large_family_are_there(browser, pages):
    with opened(browser, pages["large"]) as seen:
        assert seen.page.locator(".row").count() == 60
        seen.page.locator(".row").last.scroll_into_view_if_needed()
        assert seen.page.locator(".row").last.locator(".words").first.is_visible()


def test_the_fragment_for_notebooks_is_accessible_and_quiet(browser, tmp_path, pair):
    page = f"<!DOCTYPE html><html lang='en'><title>n</title><main><h1>n</h1>{notebook(pair)}</main>"
    file = written(tmp_path / "notebook.html", page)
    with opened(browser, file) as seen:
        assert seen.violations() == []
        assert seen.requests == [file.as_uri()]
