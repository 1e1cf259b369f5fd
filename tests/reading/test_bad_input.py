"""Bad input: each is refused by name, says what was given, what was wanted and what next, and harms no other input."""

from __future__ import annotations

import io
import json
import os
import time
from pathlib import Path

import pytest

from retold.model.errors import SourceError
from retold.reading.read import read, read_all, read_html, read_record, read_text

BODY = "The council in Harwick voted on Thursday to rebuild the old bridge over the river. "
PAGE = f"<html><body><article><p>{BODY}</p><p>{BODY * 2}</p></article></body></html>"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(source: object, **options: object) -> SourceError:
    with pytest.raises(SourceError) as refused:
        read(source, **options)  # type: ignore[arg-type]
    return refused.value


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\r\n", "only white space"),
        ("links.txt", b"READ MORE: A thing\n\nLoading...\n\nSubscribe now\n", "only page furniture"),
        ("report.txt", b"%PDF-1.7 ...", "a PDF document"),
        ("report.docx", b"PK\x03\x04...", "a ZIP archive or an office document"),
        ("page.html", b"\x1f\x8b\x08...", "a gzip archive"),
        ("picture.txt", b"\x89PNG\r\n", "a PNG image"),
        ("nul.txt", b"The bridge\0fell.", "a NUL byte at byte 10"),
        ("latin.txt", b"The caf\xe9 is open.", "byte 0xE9 at byte 7"),
        ("latin.txt", b"The caf\xe9 is open.", "iconv"),
        ("broken.json", b'{"text": ', "line 1, column 10"),
        ("titled.json", b'{"title": "Bridge"}', "neither text nor html"),
        ("empty.json", b'{"text": " "}', "empty text"),
        ("none.json", b"[]", "an empty list"),
        ("number.json", b"3", "is a number"),
        ("typed.json", b'{"text": 3}', 'the field "text" is a number'),
        ("outlet.json", b'{"text": "The bridge fell.", "outlet": ["a"]}', 'the field "outlet" is a list'),
        ("half.json", b'{"text": "The bridge \\ud800 fell."}', "U+D800"),
        ("deep.json", b"[" * 100_000, "nested too deeply"),
        ("feed.xml", b"<?xml version='1.0'?><rss><channel/></rss>", "a feed"),
        ("crawl.warc", b"WARC/1.0\r\nWARC-Type: response\r\n", "an archive of pages"),
        ("table.csv", b"id,text\n1,Rain.\n", "a table"),
        ("menu.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "without an article"),
        ("nothing.html", b"<html></html>", "without an article"),
    ],
)
def test_a_bad_file_is_refused_by_name(folder, name, data, says):
    (folder / name).write_bytes(data)
    error = refusal(name)
    assert error.source == name
    assert says in error.reason
    assert "wanted" in error.reason


def test_a_missing_file_says_where_it_was_looked_for(folder):
    assert str(folder) in refusal("nowhere.txt").reason


def test_a_directory_is_no_file(folder):
    assert "is a directory" in refusal(folder).reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_says_so(folder):
    (folder / "shut.txt").write_text(BODY)
    (folder / "shut.txt").chmod(0)
    assert "permission denied" in refusal("shut.txt").reason


@pytest.mark.parametrize("source", ["a\0b", "x" * 5000, "", 3, None])
def test_what_is_no_path_is_refused(source):
    assert "wanted" in refusal(source).reason


def test_a_large_file_is_refused_before_it_is_read(folder):
    with open("large.txt", "wb") as file:
        file.truncate(1_000_000_000)
    began = time.perf_counter()
    assert "over 10 MB" in refusal("large.txt").reason
    assert time.perf_counter() - began < 1


def test_a_large_standard_input_is_refused():
    assert "over 10 MB" in refusal("-", stdin=io.BytesIO(b"x" * 10_000_001)).reason


def test_standard_input_is_read(capsys):
    (version,) = read("-", stdin=io.BytesIO(BODY.encode()))
    assert (version.source, version.text) == ("-", BODY)


@pytest.mark.parametrize(
    ("mark", "encoding"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
def test_a_byte_order_mark_is_no_part_of_the_text(folder, mark, encoding):
    (folder / "marked.txt").write_bytes(mark + f"Brücke\r\n\r\n{BODY}\r\n".encode(encoding))
    (version,) = read("marked.txt")
    assert version.text == f"Brücke\r\n\r\n{BODY}\r\n"


def test_one_bad_input_harms_no_other(folder):
    rows = [json.dumps({"text": BODY}), "{bad", json.dumps({"text": BODY * 2, "outlet": "Courier"}), "[]"]
    (folder / "rows.jsonl").write_text("\n".join(rows))
    (folder / "good.txt").write_text(BODY)
    versions, rejects = read_all(["rows.jsonl", "nowhere.txt", {"id": "r1", "text": BODY}, {"text": 3}, "good.txt"])
    assert [version.source for version in versions] == ["rows.jsonl#1", "rows.jsonl#3", "r1", "good.txt"]
    assert [(reject.source, reject.place) for reject in rejects] == [
        ("rows.jsonl#2", "1"),
        ("rows.jsonl#4", "1"),
        ("nowhere.txt", "2"),
        ("record", "4"),
    ]


def test_a_bad_record_in_a_list_is_named_by_its_number(folder):
    (folder / "list.json").write_text(json.dumps([{"text": BODY}, {"title": "x"}]))
    assert refusal("list.json").source == "list.json#2"


def test_a_list_of_records_gives_a_version_each(folder):
    (folder / "list.json").write_text(json.dumps([{"text": BODY}, {"html": PAGE}]))
    assert [version.source for version in read("list.json")] == ["list.json#1", "list.json#2"]


def test_one_record_keeps_the_files_name(folder):
    record = {
        "title": "Bridge",
        "outlet": "Courier",
        "url": "https://courier.example/1",
        "text": BODY,
        "published": "2024-05",
    }
    (folder / "one.json").write_text(
        json.dumps({**record, "seen": "2024-05-04", "language": "en", "id": 7, "more": []})
    )
    (version,) = read("one.json")
    assert (version.source, version.title, version.outlet) == ("one.json", "Bridge", "Courier")
    assert (version.url, version.published, version.seen) == ("https://courier.example/1", "2024-05", "2024-05-04")
    assert version.text == BODY  # the title is known, and no part of the text


def test_a_version_passes_through():
    version = read_text(BODY)
    assert read(version) == [version]


def test_a_text_that_begins_with_a_bracket_is_no_json(folder):
    (folder / "a.txt").write_text(f"[Photo: Jane Doe]\n\n{BODY}")
    assert read("a.txt")[0].blocks[0].kind == "credit"


@pytest.mark.parametrize("text", ["", " ", "\ud800 The bridge fell."])
def test_a_bad_text_is_refused_wherever_it_comes_from(text):
    for call in (
        lambda: read_text(text),
        lambda: read_record({"text": text}, source="r"),
        lambda: read_html(text, source="r"),
    ):
        with pytest.raises(SourceError):
            call()


HOSTILE_PAGES = {
    "nested": "<html><body>" + "<div>" * 50_000 + f"<p>{BODY * 3}</p>",
    "entities": f'<!DOCTYPE html [<!ENTITY a "{"a" * 50}"><!ENTITY b "{"&a;" * 50}">]>'
    f"<p>{BODY}</p><p>{'&b;' * 999}</p><p>{BODY}</p>",
    "attribute": f"<html><body><p class='{'x ' * 500_000}'>{BODY * 3}</p></body></html>",
    "comments": "<html><body>" + "<!-- x -->" * 50_000 + f"<p>{BODY * 4}</p>",
    "links": "<html><body>" + "<a>" * 20_000 + BODY * 5,
    "nul": f"<html><body><p>{BODY}\0{BODY}</p><p>{BODY}</p></body></html>",
    "linked data": f"<script type='application/ld+json'>{'[' * 50_000}</script><p>{BODY * 4}</p><p>{BODY}</p>",
}


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_a_hostile_page_takes_no_long_time(name):
    began = time.perf_counter()
    try:
        version = read_html(HOSTILE_PAGES[name], source=name)
        assert "rebuild the old bridge" in version.text
        assert len(version.text) < 200_000
    except SourceError as error:
        assert "without an article" in error.reason
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    "text",
    [
        "x" * 3_000_000,
        BODY * 30_000,
        "a\n" * 30_000,
        "A / " * 200_000,
        "(" * 500_000,
        ". " * 500_000,
        "x" + " " * 3_000_000 + "y",
    ],
    ids=["letters", "sentences", "lines", "strokes", "brackets", "stops", "spaces"],
)
def test_an_endless_line_takes_no_long_time(text):
    began = time.perf_counter()
    try:
        read_text(text)
    except SourceError as error:
        assert "furniture" in error.reason
    assert time.perf_counter() - began < 10


def test_a_table_of_data_is_no_article():
    with pytest.raises(SourceError, match="over 100,000 lines"):
        read_text("1 2 3\n" * 100_001)
