"""The pictures in the docs: one of every page, as the script takes them, and shown somewhere."""

from __future__ import annotations

import runpy
import struct
from pathlib import Path

import pytest
from starlette.routing import Match, Route

from retold.web.views import PAGES
from tests.conftest import ROOT

IMAGES = ROOT / "docs" / "images"
PICTURES = runpy.run_path(str(ROOT / "scripts" / "pictures.py"))["PICTURES"]


def _leads_to(address: str, page: str) -> bool:
    scope = {"type": "http", "method": "GET", "path": address.partition("?")[0]}
    return Route(page, lambda request: None).matches(scope)[0] is Match.FULL


@pytest.mark.parametrize("page", [page.address for page in PAGES])
def test_every_page_has_a_picture(page: str):
    assert any(_leads_to(picture.address, page) for picture in PICTURES.values()), "scripts/pictures.py has none of it"


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_there_and_as_large_as_the_script_takes_it(name: str):
    head = (IMAGES / f"{name}.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (PICTURES[name].width, PICTURES[name].height), "run: make pictures"


def test_every_picture_is_shown_and_the_readme_shows_two_pages():
    shown = {page: page.read_text("utf-8") for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]}
    pictures = {file.name for file in IMAGES.glob("*.png")}
    assert [name for name in sorted(pictures) if not any(f"images/{name}" in text for text in shown.values())] == []
    assert sum(f"docs/images/{name}.png" in shown[ROOT / "README.md"] for name in PICTURES) >= 2


def test_no_picture_is_of_a_page_that_is_gone():
    taken = {f"{name}.png" for name in [*PICTURES, "report"]}
    assert sorted({Path(file).name for file in IMAGES.glob("*.png")} - taken) == []
