"""A report about a story: saved from its page, opened from the disk, printed, and shown in a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import retold
from tests.browser import opened
from tests.web.conftest import DAM, FERRY, asking

SCREENS = [(1280, "light", {}), (320, "dark", {}), (1280, "light", {"forced_colors": "active"})]


def test_a_story_is_saved_from_its_page_with_the_bytes_of_the_command(client: TestClient, demo: str):
    with retold.open(demo) as archive:
        story = archive.story(FERRY).id
    assert f'href="/stories/{story}/report.html" download' in client.get(f"/stories/{FERRY}").text
    found = client.get(f"/stories/{story}/report.html")
    assert found.headers["content-disposition"] == f'attachment; filename="retold-{story}.html"'
    policy = found.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in policy
    with retold.open(demo) as archive:
        assert found.text == archive.report(story).to_html()


def test_there_is_no_report_about_a_story_that_is_not_there(client: TestClient):
    assert client.get("/stories/nowhere/report.html").status_code == 404


def test_a_report_that_could_not_be_made_is_told_of(demo: str, monkeypatch: pytest.MonkeyPatch):
    from retold.web.asides import Asides, NotYetError

    def broken(*_: Any, **__: Any) -> None:
        raise NotYetError

    monkeypatch.setattr(Asides, "report", broken)
    with asking(demo) as client:
        answer = client.get(f"/stories/{FERRY}/report.html")
        assert answer.status_code == 503
        assert "retold report STORY" in answer.text


@pytest.fixture(scope="module")
def files(demo: str, hostile: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Reports on the disk."""
    folder = tmp_path_factory.mktemp("reports")
    found = {}
    for name, path, story in (("ferry", demo, FERRY), ("dam", demo, DAM), ("hostile", hostile, "e-1")):
        found[name] = folder / f"{name}.html"
        with retold.open(path) as archive:
            found[name].write_text(archive.report(story).to_html(), "utf-8")
    return found


@pytest.mark.browser
@pytest.mark.parametrize("name", ["ferry", "dam", "hostile"])
@pytest.mark.parametrize(("width", "scheme", "more"), SCREENS)
def test_it_opens_from_the_disk_asks_nothing_and_can_be_read_by_all(
    browser: Any, files: dict[str, Path], name: str, width: int, scheme: str, more: dict[str, str]
):
    with opened(browser, files[name], width=width, scheme=scheme, **more) as seen:
        seen.page.evaluate("document.body.classList.remove('long')")
        assert seen.violations() == []
        assert seen.requests == [files[name].as_uri()]
        assert seen.complaints == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_without_scripts_every_word_is_there_and_no_dead_button(browser: Any, files: dict[str, Path], demo: str):
    with opened(browser, files["dam"], java_script_enabled=False) as seen, retold.open(demo) as archive:
        said = seen.page.locator(
            "#read ~ retold-reader"
        ).text_content()  # a browser leaves out of inner_text what is far down
        for version in archive.versions(DAM):
            assert [word for word in version.text.split()[:120] if word not in said] == []
        assert seen.page.locator("button:visible").count() == 0
        assert seen.page.locator("svg.stemma a[href]").count() > 2


@pytest.mark.browser
def test_keys_walk_through_edits_and_the_drawing(browser: Any, files: dict[str, Path]):
    with opened(browser, files["dam"]) as seen:
        seen.page.keyboard.press("Alt+ArrowDown")
        assert seen.page.locator("retold-reader [role=status]").inner_text().startswith("Edit 1 of ")
        assert seen.page.locator("svg.stemma [tabindex='0']").count() == 1
        assert seen.reached_by_tab() == seen.controls()


@pytest.mark.browser
@pytest.mark.parametrize("width", [718, 1040])
def test_on_paper_nothing_is_cut_off_and_the_controls_are_gone(browser: Any, files: dict[str, Path], width: int):
    """The widths are those of a sheet of A4 between its margins, upright and across."""
    with opened(browser, files["dam"], width=width, scheme="dark") as seen:
        seen.page.locator("#theme").click()
        seen.page.locator("#theme").click()
        seen.page.emulate_media(media="print")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        inside = "box => box.getBoundingClientRect().right"
        for drawing in seen.page.locator("svg.stemma").all():
            assert drawing.evaluate(inside) <= width
        for control in (".tools", ".zoom", "#theme", ".top nav"):
            assert not seen.page.locator(control).first.is_visible()
        assert seen.page.locator(".edits li").first.is_visible()
        assert seen.page.locator(".evidence").first.is_visible()
        assert (
            seen.page.locator(".cell .m.content").first.evaluate("mark => getComputedStyle(mark).textDecorationStyle")
            == "solid"
        )
        assert seen.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert len(seen.page.pdf(format="A4")) > 10_000


@pytest.mark.browser
@pytest.mark.parametrize("archive", ["demo", "hostile"])
def test_a_notebook_shows_a_story_without_our_style_and_asks_nothing(
    browser: Any, tmp_path: Path, request: pytest.FixtureRequest, archive: str
):
    with retold.open(request.getfixturevalue(archive)) as found:
        shown = found.story(FERRY if archive == "demo" else "e-1")._repr_mimebundle_()["text/html"]
    file = tmp_path / "notebook.html"
    file.write_text(f"<!DOCTYPE html><html lang='en'><title>n</title><main><h1>n</h1>{shown}</main>", "utf-8")
    with opened(browser, file) as seen:
        assert seen.violations() == []
        assert seen.requests == [file.as_uri()]
        assert seen.page.locator("script, style, img").count() == 0
