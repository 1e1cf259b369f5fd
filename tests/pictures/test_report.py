"""The report is one file that asks for nothing, holds all the words, and stays small."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from html.parser import HTMLParser

import msgspec
import pytest

from retold import compare
from retold.answers import Comparison
from retold.pictures.onefile import policy
from retold.pictures.report import HERE, notebook, report
from tests.conftest import ROOT
from tests.pictures import sample

GOLDEN = sorted(folder for folder in (ROOT / "tests" / "golden").iterdir() if folder.is_dir())
FORMS = [sample.pair(), sample.established(), sample.family(5, 8), sample.family(30, 12)]


def size_of(document):
    return sum(len(article["text"].encode()) for article in document["articles"])


@pytest.mark.parametrize("document", FORMS)
def test_it_is_no_larger_than_four_times_its_text_and_sixty_kilobytes(document):
    assert len(report(document).encode()) <= 4 * size_of(document) + 60_000


def test_a_hundred_versions_are_no_larger_either(large):
    assert len(report(large).encode()) <= 4 * size_of(large) + 60_000


@pytest.mark.parametrize("family", GOLDEN, ids=lambda folder: folder.name)
def test_neither_are_short_articles_with_much_to_tell(family):
    document = compare(sorted(file for file in family.iterdir() if file.suffix != ".toml")).to_dict()
    assert len(report(document).encode()) <= 0.9 * (4 * size_of(document) + 60_000)


class Read(HTMLParser):
    """A page as a browser reads it: what each element says of itself, and all words."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.elements, self.words, self.hushed = [], "", False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.hushed = tag in ("style", "script")

    def handle_endtag(self, tag):
        self.hushed = False

    def handle_data(self, data):
        self.words += "" if self.hushed else data

    def all(self, name):
        return [told[name] for _, told in self.elements if name in told]


@pytest.mark.parametrize("document", FORMS)
def test_every_link_leads_somewhere_and_no_place_is_named_twice(document):
    page = Read(report(document))
    names = page.all("id")
    assert len(names) == len(set(names))
    links = set(page.all("href")) - {"data:,"}
    assert links
    assert {link for link in links if link.removeprefix("#") not in names} == set()


@pytest.mark.parametrize("document", FORMS)
def test_every_edit_is_told_in_words(document):
    told = [told["data-e"] for tag, told in Read(report(document)).elements if tag == "li" and "data-e" in told]
    assert sorted(told) == sorted(edit["id"] for edit in document["edits"])


@pytest.mark.parametrize("document", FORMS)
def test_all_words_of_all_articles_are_on_the_page(document):
    page = " ".join(Read(report(document)).words.split())
    for article in document["articles"]:
        for block in article["blocks"]:
            assert " ".join(article["text"][block["start"] : block["end"]].split()) in page


@pytest.mark.parametrize(("tag", "directive"), [("style", "style-src"), ("script", "script-src")])
def test_only_our_own_style_and_script_may_run(pair, tag, directive):
    page = report(pair)
    (inside,) = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
    stated = policy(page)
    assert stated in unescape(page)
    assert stated.startswith("default-src 'none';")
    assert f"{directive} 'sha256-{digest}'" in stated
    assert "unsafe" not in stated


def test_the_script_is_short_and_fetches_nothing():
    script = (HERE / "static" / "reader.js").read_text("utf-8")
    assert len(script.splitlines()) <= 250
    assert not re.search(r"fetch\(|XMLHttp|import\s|https?:|innerHTML", script)


def test_an_established_direction_has_cuts_and_additions(pair):
    assert "<del class" not in report(pair)
    assert "<ins class" not in report(pair)
    assert "cut in A" not in report(pair)
    page = report(sample.established())
    assert re.search(r'<del class="m number" id=E7-B>more than</del>', page)
    assert re.search(r'<ins class="m number" id=E7-A>over</ins>', page)
    assert re.search(r'<span class="?moved"?>cut in A</span>(</p>)?<div class="?words"?[^>]*><del', page)
    assert re.search(r'<span class="?moved"?>added in A</span>(</p>)?<div class="?words"?[^>]*><ins', page)


def test_a_notebook_gets_a_fragment_without_script_style_sheet_or_names(pair):
    page = notebook(pair)
    assert not re.search(r"<script|<style|<link|<img| id=| class=|https?:", page)
    assert re.search(r'<mark style="[^"]+">more than</mark>', page)
    assert "<del" in notebook(sample.established())


def test_a_notebook_may_show_it_as_lines_too():
    found = msgspec.convert(sample.pair(), Comparison)
    assert found._repr_mimebundle_() == {"text/plain": found.to_text(), "text/html": notebook(found.to_dict())}


def test_a_notebook_of_a_large_family_stays_small(large):
    assert len(notebook(large)) < 60_000


COLOURS = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
INKS = [
    ("ink", "paper"), ("quiet", "paper"), ("quiet", "card"), ("link", "paper"), ("link", "card"),
    ("content", "content-fill"), ("name", "name-fill"), ("note", "note-fill"), ("ink", "note-fill"),
    ("link", "note-fill"), ("same", "same-fill"), ("same", "paper"), ("only", "only-fill"),
]  # fmt: skip


def palettes():
    """Return the colours of each scheme: light, dark by the system, dark by the button."""
    css = (HERE / "static" / "report.css").read_text("utf-8")
    return [dict(found) for part in css.split("{") if (found := COLOURS.findall(part))]


def light(colour):
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("ink", "ground"), INKS)
def test_every_ink_can_be_read_on_its_ground(ink, ground):
    assert len(palettes()) == 3
    for palette in palettes():
        dim, bright = sorted((light(palette[ink]), light(palette[ground])))
        assert (bright + 0.05) / (dim + 0.05) >= 4.5


def test_both_ways_to_the_dark_are_one():
    assert palettes()[1] == palettes()[2]
