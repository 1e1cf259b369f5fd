"""``retold compare`` from files to answer, with good articles and every bad one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "tests" / "golden"
SCHEMA = json.loads((ROOT / "docs" / "comparison.schema.json").read_text())
GOOD = ("examples/ferry/island_echo.txt", "examples/ferry/coast_tribune.html")

FAMILIES = sorted(folder for folder in GOLDEN.iterdir() if (folder / "expected.toml").exists())


def articles(family: Path) -> list[str]:
    """The articles of a golden family, in order: those whose names start with a letter and a low line."""
    return sorted(str(place) for place in family.glob("[a-z]_*"))


@pytest.fixture(autouse=True)
def folder(examples):
    """The folder of the example articles, which is also the current one."""
    return examples.parent


def test_two_articles_of_one_agency_report(run):
    told = run("compare", *GOOD)
    assert (told.code, told.err) == (0, "")
    assert "SAME STORY, 1 ORIGIN" in told.out
    assert "island_echo.txt" in told.out
    assert "over 14 hours" in told.out
    assert "more than 14 hours" in told.out
    assert "\x1b" not in told.out
    assert max(map(len, told.out.splitlines())) <= 100


def test_the_same_as_data(run):
    document = run("compare", *GOOD, "--json").document
    assert document["same_story"] is True
    assert document["same_text"] is True
    assert document["origins"]["count"] == 1
    assert [article["source"] for article in document["articles"]] == list(GOOD)
    assert {credit["kind"] for credit in document["articles"][0]["credits"]} == {"photo"}


def test_the_same_as_a_page(run, folder):
    told = run("compare", *GOOD, "-o", "report.html")
    assert (told.code, told.out, told.err) == (0, "", "retold: wrote report.html\n")
    page = (folder / "report.html").read_text()
    assert page.lower().startswith("<!doctype html>")
    assert "http-equiv" not in page or "refresh" not in page
    assert "engine room" in page


@pytest.mark.parametrize("family", FAMILIES, ids=lambda folder: folder.name)
def test_every_document_fits_the_published_schema(run, family):
    told = run("compare", *articles(family), "--json")
    assert told.code == 0, told.err
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert [error.message for error in validator.iter_errors(told.document)] == []


@pytest.mark.parametrize("family", FAMILIES, ids=lambda folder: folder.name)
def test_every_offset_leads_to_the_words_it_names(run, family):
    document = run("compare", *articles(family), "--json").document
    texts = {article["key"]: article["text"] for article in document["articles"]}
    sides = [side for edit in document["edits"] for side in edit["sides"].items()]
    sides += [side for quotation in document["quotations"] for side in quotation["sides"].items()]
    assert [side for key, side in sides if texts[key][side["start"] : side["end"]] != side["text"]] == []


def test_an_answer_is_the_same_twice(run):
    assert run("compare", *GOOD, "--json").out == run("compare", *GOOD, "--json").out


def test_unlike_articles_can_be_asked_for_in_a_script(run, folder):
    (folder / "choir.txt").write_text(OTHER)
    told = run("compare", GOOD[0], "choir.txt", "--json", "--exit-code")
    assert told.code == 4
    assert told.document["same_story"] is False


OTHER = """Choir of Bellmoor wins the valley prize

The choir of the Bellmoor brickworks won the valley singing prize on Saturday night with a mass that its conductor,
Ines Tarrago, wrote for bass voices and two trombones.

The jury of five praised "a sound like wet clay, and just as honest". Second place went to the teachers of Upper Lenn.

The prize is worth nine hundred florins. Tarrago said the choir would spend it on a roof for the rehearsal room, where
three buckets have kept time through every practice since April.
"""


@pytest.mark.parametrize(("given", "beside"), [GOOD, GOOD[::-1]], ids=["plain text", "a page"])
def test_stdin_is_an_article_too(run, given, beside):
    told = run("compare", "-", beside, "--json", stdin=Path(given).read_bytes())
    assert told.code == 0, told.err
    assert told.document["articles"][0]["source"] == "-"
    assert told.document["origins"]["count"] == 1


def test_a_json_record_is_an_article_too(run, folder):
    record = {"title": "Night ferry returns", "text": Path(GOOD[0]).read_text(), "outlet": "The Island Echo"}
    (folder / "echo.json").write_text(json.dumps(record))
    told = run("compare", "echo.json", GOOD[1], "--json")
    assert told.code == 0, told.err
    assert told.document["articles"][0]["outlet"] == "The Island Echo"


def records(place: Path, count: int) -> None:
    """A file with so many records, one a line, all of one text."""
    words = Path(GOOD[0]).read_text()
    place.write_text("".join(json.dumps({"id": str(at), "text": words}) + "\n" for at in range(count)))


def test_one_file_may_hold_many_articles(run, folder):
    records(folder / "wire.jsonl", 3)
    told = run("compare", "wire.jsonl", "--json")
    assert told.code == 0, told.err
    assert [article["key"] for article in told.document["articles"]] == ["A", "B", "C"]


@pytest.mark.parametrize("count", [1, 201])
def test_too_few_or_too_many_articles_are_a_wrong_question(run, folder, count):
    records(folder / "wire.jsonl", count)
    told = run("compare", "wire.jsonl")
    assert (told.code, told.out) == (2, "")
    assert str(count) in told.err
    assert "2 to 200" in told.err


def text(words: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    """Makes a file with these words."""
    return lambda place: place.write_bytes(words.encode(encoding))


BAD = {
    "gone.txt": (lambda place: None, r"no such file|does not exist|not found|no file"),
    "folder": (Path.mkdir, r"folder|directory"),
    "empty.txt": (Path.touch, r"empty"),
    "blank.txt": (text(" \n\t\n\u00a0\n"), r"white space|empty|no words"),
    "furniture.txt": (
        text("Loading...\n\nShare this article\n\nSubscribe now\n"),
        r"furniture|no article|no body|no text",
    ),
    "picture.png": (text("\x89PNG\r\n\x1a\n\0\0\0" + "\xa7\0\x03" * 900, "latin-1"), r"PNG|binary"),
    "zeros.txt": (text("Ten\0died\0" * 50), r"binary|not text"),
    "latin.txt": (text("Zwölf Tote bei Übung im Tal. " * 20, "latin-1"), r"UTF-8"),
    "huge.txt": (text("Ten died in the valley. " * 450_000), r"10 MB|too (big|large|long)"),
    "page.html": (text("<html><body><nav><a href='/'>Home</a></nav></body></html>"), r"without an article"),
    "record.json": (text('{"headline": 3}'), r"text"),
    "broken.json": (text('{"text": "Ten died'), r"JSON"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_article_is_named_and_the_others_are_compared(run, folder, name):
    make, words = BAD[name]
    make(folder / name)
    told = run("compare", GOOD[0], name, GOOD[1], "--json")
    assert told.code == 3
    assert_named(told.err, name, words)
    document, alone = told.document, run("compare", *GOOD, "--json").document
    assert [reject["source"] for reject in document.pop("rejects")] == [name]
    assert document == {key: part for key, part in alone.items() if key != "rejects"}


@pytest.mark.parametrize("name", BAD)
def test_one_good_article_is_not_enough(run, folder, name):
    make, words = BAD[name]
    make(folder / name)
    told = run("compare", GOOD[0], name)
    assert (told.code, told.out) == (3, "")
    assert_named(told.err, name, words)


def assert_named(err: str, name: str, words: str) -> None:
    """Ask of stderr that it names the article and says what is wrong in one line, without a traceback."""
    line = next(line for line in err.splitlines() if name in line)
    assert line.startswith(f"retold: {name}: ")
    assert re.search(words, line, re.IGNORECASE), line
    assert "Traceback" not in err


def test_every_bad_article_is_named(run, folder):
    (folder / "empty.txt").touch()
    told = run("compare", "empty.txt", "gone.txt", GOOD[0])
    assert (told.code, told.out) == (3, "")
    assert "empty.txt" in told.err
    assert "gone.txt" in told.err


def test_a_file_that_may_not_be_read_is_named(run, folder):
    place = folder / "secret.txt"
    place.write_text(OTHER)
    place.chmod(0)
    if os.access(place, os.R_OK):
        pytest.skip("root may read everything")
    assert run("compare", "secret.txt", *GOOD).code == 3


def test_a_name_that_is_not_utf8_is_no_obstacle(folder):
    """Bytes that no encoding knows: a file system may hold such names, and so the shell may hand them over."""
    name = os.fsencode(folder) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(name)).write_text(OTHER)
    except OSError:
        pytest.skip("this file system wants UTF-8 in names")
    asked = [sys.executable, "-m", "retold", "compare", name, *GOOD, "--json"]
    told = subprocess.run(asked, capture_output=True, check=False)
    assert told.returncode == 0, told.stderr.decode()
    assert json.loads(told.stdout)["articles"][0]["source"].endswith(".txt")


def test_a_comparison_of_plain_text_loads_no_page_reader(folder):
    (folder / "other.txt").write_text(OTHER)
    program = (
        "import sys; from retold.cli.app import main; code = main(['compare', *sys.argv[1:], '-o', 'out.txt']);"
        "print(sorted({'jinja2', 'lxml', 'trafilatura'} & set(sys.modules))); sys.exit(code)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, GOOD[0], "other.txt"], capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"
