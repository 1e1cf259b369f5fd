"""The form that corrects how an article was read: by a person, without scripts, and refused in words that help."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import retold
from retold.model.errors import UsageError
from retold.web import correcting
from retold.web.views import correction
from tests.browser import visited
from tests.web.conftest import EVIL, asking, serving
from tests.web.test_every_page import LOOKS

TEASER = "The baker of Lowmere has sold his last loaf."
TEXT = f"Weir breaks\n\nThe weir at Harwick gave way on Monday night, and two barns are gone.\n\n{TEASER}"
WEIR = {"id": "weir", "text": TEXT, "outlet": "Harwick Post", "published": "2026-05-03"}


@pytest.fixture
def path(tmp_path: Path) -> str:
    """An archive that holds one article, to be written in."""
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(WEIR, learn=True, processes=1)
    return str(tmp_path / "news.retold")


@pytest.fixture
def weir(path: str) -> Iterator[TestClient]:
    with asking(path) as client:
        yield client


def reading(path: str) -> Any:
    with retold.open(path) as archive:
        return archive.reading("weir")


def form(client: TestClient, **changes: str) -> dict[str, str]:
    """The form as a browser would send it, with some of it changed; a part is named by its first words."""
    page = client.get("/articles/weir").text
    shown = re.search(r'<form class="give".*?</form>', page, re.DOTALL)
    assert shown
    given = dict(re.findall(r'<input [^>]*?name="([^"]+)"[^>]*? value="([^"]*)"', shown[0]))
    for name, options in re.findall(r'<select [^>]*name="([^"]+)">(.*?)</select>', shown[0], re.DOTALL):
        (given[name],) = re.findall(r'value="([^"]+)" selected', options)
    for name, value in changes.items():
        given[name if name in given else _part(shown[0], name)] = value
    return given


def _part(page: str, words: str) -> str:
    found = re.search(rf'<label for="(part-[^"]+)"><span [^>]*>{words}', page)
    assert found
    return found[1]


# What the form shows, and what it asks


def read(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    fields = [{"name": "title", "as_read": "Fog", "as_corrected": "Fog over Tarn"}]
    found = {"version_id": "v1", "corrected": True, "honoured": False, "fields": fields, "corrections": []}
    return {**found, "parts": list(parts), **more}


def part(words: str, as_read: str, as_corrected: str, start: int = 0) -> dict[str, Any]:
    span = {"start": start, "end": start + len(words)}
    return {**span, "text": words, "as_read": as_read, "as_corrected": as_corrected, "reason": ""}


def test_each_part_has_its_kind_and_what_was_read():
    found = correction.view(read(part("Fog", "title", "title"), part("By Ada", "paragraph, credit", "credit", 5)))
    assert [(one["key"], one["as_read"]) for one in found["parts"]] == [
        ("part-0-3-title", ""),
        ("part-5-11-credit", "text, credit"),
    ]
    assert [(one["value"], one["as_read"]) for one in found["fields"]] == [("Fog over Tarn", "Fog")]
    assert "honoured at the next retold learn" in found["state"]


@pytest.mark.parametrize(
    ("corrected", "honoured", "said"),
    [(False, True, ""), (True, True, "Corrected by a reader."), (False, False, "taken back")],
)
def test_where_it_stands_is_said_in_words(corrected: bool, honoured: bool, said: str):
    state = correction.view(read(corrected=corrected, honoured=honoured))["state"]
    assert said in state if said else state == ""


def test_of_a_text_in_many_parts_the_first_are_shown_and_the_rest_counted():
    found = correction.view(read(*(part("x", "paragraph", "paragraph", at) for at in range(correction.MOST + 7))))
    assert (len(found["parts"]), found["more"]) == (correction.MOST, 7)


def test_only_what_is_another_than_was_shown_is_asked_for():
    given = {
        "token": "t",
        "version": "v1",
        "title": "Fog",
        "was-title": "Fog",
        "outlet": " ",
        "was-outlet": "Harwick Post",
        "part-0-3-title": "title",
        "part-5-11-credit": "furniture",
        "part-12-20-left-out": "left out",
        "part-22-30-left-out": "paragraph",
    }
    assert correction.asked(given.items()) == {
        "outlet": " ",
        "blocks": [(5, 11, "furniture"), (22, 30, "paragraph")],
        "version": "v1",
    }


def test_a_form_that_names_no_version_is_none_of_ours():
    with pytest.raises(UsageError, match="Load the page anew"):
        correction.asked([("title", "Fog")])


# What is written


def test_what_is_sent_unchanged_corrects_nothing(weir: TestClient, path: str):
    assert weir.post("/articles/weir/correction", data=form(weir)).status_code == 303
    assert not reading(path).corrected


def test_a_correction_is_kept_shown_and_taken_back(weir: TestClient, path: str):
    given = form(weir, title="Weir gone", published="", **{"The baker": "furniture"})
    kept = weir.post("/articles/weir/correction", data=given)
    assert (kept.status_code, kept.headers["location"]) == (303, "/articles/weir#reading")
    page = weir.get("/articles/weir").text
    assert "Corrected by a reader; honoured at the next retold learn." in page
    assert "as read: <bdi>2026-05-03</bdi>" in page
    assert 'value="Weir gone"' in page
    told = {each.part: each.as_corrected for each in reading(path).corrections}
    assert told == {"title": "Weir gone", "published": None, "block": "furniture"}
    with retold.open(path) as archive:
        archive.learn(processes=1)
    page = weir.get("/articles/weir").text
    assert "Corrected by a reader." in page
    assert "page furniture: corrected by a reader" in page
    assert "As it was read and corrected" in page
    undone = weir.post("/articles/weir/correction", data={"token": given["token"], "undo": "all"})
    assert undone.status_code == 303
    assert "The correction was taken back" in weir.get("/articles/weir").text
    assert not reading(path).corrected


def test_what_cannot_be_is_told_and_nothing_is_kept(weir: TestClient, path: str):
    given = form(weir, published="soon", title="Weir gone")
    told = weir.post("/articles/weir/correction", data=given)
    assert told.status_code == 400
    assert "is no time. A day or a moment is wanted" in told.text
    assert "What you entered is still there" in told.text
    assert (
        weir.post("/articles/weir/correction", data={**given, "published": "", "part-0-4-x": "advert"}).status_code
        == 400
    )
    assert weir.post("/articles/none/correction", data=given).status_code == 400
    assert not reading(path).corrected


def test_a_form_without_our_token_writes_nothing(weir: TestClient, path: str):
    given = form(weir, title="Owned")
    for token in ("", "0" * 64):
        assert weir.post("/articles/weir/correction", data={**given, "token": token}).status_code == 403
    foreign = weir.post("/articles/weir/correction", data=given, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert not reading(path).corrected


def test_while_another_writes_a_person_is_told_to_try_again(
    weir: TestClient, path: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(correcting, "PAUSE", 0.0)
    given = form(weir, title="Weir gone")
    with retold.open(path) as archive, archive.desk():
        told = weir.post("/articles/weir/correction", data=given)
        assert (told.status_code, told.headers["retry-after"]) == (503, "10")
        assert "The archive is being written by another command" in told.text
        assert weir.get("/articles/weir").status_code == 200
    assert weir.post("/articles/weir/correction", data=given).status_code == 303
    assert reading(path).fields[0].as_corrected == "Weir gone"


def test_with_a_password_each_session_has_its_own_token(path: str):
    with asking(path, password="a long password") as client:
        tokens = []
        for _ in range(2):
            client.cookies.clear()
            client.post("/login", data={"password": "a long password"})
            tokens.append(form(client)["token"])
            assert form(client)["token"] == tokens[-1]
        assert tokens[0] != tokens[1]
        stale = client.post("/articles/weir/correction", data={**form(client, title="Weir"), "token": tokens[0]})
        assert stale.status_code == 403


# In a browser


def long(parts: int) -> dict[str, Any]:
    told = [
        f"In street {at} of Harwick the water stood {at % 9 + 1} feet deep on Monday, said the warden."
        for at in range(parts)
    ]
    return {**WEIR, "id": "weir", "title": f"Weir {EVIL}", "text": "\n\n".join([*told, EVIL])}


@pytest.fixture(scope="module")
def streets(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive whose article has five hundred blocks and a hostile one; its correction waits to be honoured."""
    path = str(tmp_path_factory.mktemp("streets") / "news.retold")
    with retold.open(path, create=True) as archive:
        archive.add(long(500), learn=True, processes=1)
        part = archive.reading("weir").parts[1]
        archive.correct("weir", author=EVIL, blocks=[(part.start, part.end, "caption")])
    return path


@pytest.mark.browser
@pytest.mark.parametrize("look", sorted(LOOKS))
def test_axe_finds_nothing_in_the_open_form_of_a_long_article(
    browser: Any, server_of: Callable[[str], str], streets: str, look: str
):
    with visited(browser, server_of(streets) + "/articles/weir", **LOOKS[look]) as seen:
        seen.page.click("text=Something wrong with the extraction?")
        assert seen.page.locator(".parts-read select").count() > 500
        assert seen.violations() == []
        assert seen.complaints == []
        assert seen.page.title().startswith("Weir <script>")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= seen.page.viewport_size["width"]


@pytest.mark.browser
def test_a_person_corrects_and_takes_back_without_scripts(browser: Any, path: str):
    with serving(path) as home, visited(browser, f"{home}/articles/weir", java_script_enabled=False) as seen:
        page = seen.page
        page.click("text=Something wrong with the extraction?")
        page.get_by_label("Outlet").fill("Harwick Gazette")
        page.get_by_label(TEASER).select_option("page furniture")
        page.click("text=Keep correction")
        assert page.url.endswith("#reading")
        assert "honoured at the next retold learn" in page.inner_text("main")
        page.click("text=Something wrong with the extraction?")
        assert page.get_by_label("Outlet").input_value() == "Harwick Gazette"
        assert page.get_by_label(TEASER).input_value() == "furniture"
        page.click("text=Take the correction back")
        assert "taken back" not in page.inner_text("main")  # it was never honoured: all is as it was read
    assert not reading(path).corrected
