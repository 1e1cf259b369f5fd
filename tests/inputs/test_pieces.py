"""Sources in: what each holds, under which name, and what happens to the one that cannot be read."""

from __future__ import annotations

import io
import json
import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from retold.inputs.piece import address_of
from retold.inputs.pieces import Piece, pieces, read_piece
from retold.model.errors import UsageError
from retold.model.records import Kind, Reject, Version
from tests.inputs.inputs import BODY, OTHER, PAGE, packed, read_all


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, which is also the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


RECORDS = ({"id": "b1", "text": BODY}, {"url": "https://courier.example/2", "text": OTHER}, {"text": BODY + OTHER})


@pytest.mark.parametrize(
    ("name", "data", "ids"),
    [
        ("a.jsonl", lines(*RECORDS), ["b1", "https://courier.example/2", "a.jsonl#3"]),
        ("a.jsonl.gz", packed(lines(*RECORDS)), ["b1", "https://courier.example/2", "a.jsonl.gz#3"]),
        ("a.txt", lines(*RECORDS), ["b1", "https://courier.example/2", "a.txt#3"]),
        ("marked.jsonl", b"\xef\xbb\xbf" + lines(*RECORDS), ["b1", "https://courier.example/2", "marked.jsonl#3"]),
        ("wide.jsonl", lines(*RECORDS).decode().encode("utf-16"), ["b1", "https://courier.example/2", "wide.jsonl#3"]),
        ("gaps.jsonl", b"\n\n" + lines(*RECORDS), ["b1", "https://courier.example/2", "gaps.jsonl#5"]),
        ("list.json", json.dumps(RECORDS).encode(), ["b1", "https://courier.example/2", "list.json#3"]),
        ("list.json", json.dumps(RECORDS, indent=2).encode(), ["b1", "https://courier.example/2", "list.json#3"]),
        ("one.json", json.dumps(RECORDS[2]).encode(), ["one.json"]),
        ("one.json", json.dumps(RECORDS[2], indent=2).encode(), ["one.json"]),
        ("one.jsonl", lines(RECORDS[2]), ["one.jsonl#1"]),
        ("page.html", PAGE.encode(), ["page.html"]),
        ("text.txt", BODY.encode(), ["text.txt"]),
        ("text.txt.gz", packed(BODY.encode()), ["text.txt.gz"]),
    ],
)
def test_a_file_gives_its_articles_under_their_names(folder, name, data, ids):
    (folder / name).write_bytes(data)
    versions, rejects = read_all(name)
    assert [version.source_id for version in versions] == ids
    assert rejects == []


def test_a_number_as_id_is_a_string(folder):
    Path("a.jsonl").write_bytes(lines({"id": 7, "text": BODY}))
    (version,) = read_all("a.jsonl")[0]
    assert (version.source_id, version.source) == ("7", "a.jsonl#1")


def test_a_record_says_what_is_known(folder):
    record = {
        "title": "Bridge\n to be rebuilt",
        "outlet": "Courier",
        "url": "https://courier.example/1",
        "published": "Thu, 02 May 2024 08:00:00 +0200",
        "seen": 1714640000,
        "language": "en-GB",
        "author": ["Ann Ode", "Bo Lund"],
        "section": "Town",
        "text": BODY,
        "more": [1],
    }
    Path("a.jsonl").write_bytes(lines(record))
    (version,) = read_all("a.jsonl")[0]
    assert version.text == BODY
    assert (version.title, version.outlet, version.language) == ("Bridge to be rebuilt", "Courier", "en")
    assert (version.published, version.seen) == ("2024-05-02T08:00:00+02:00", "2024-05-02T08:53:20+00:00")
    assert (version.author, version.section) == ("Ann Ode, Bo Lund", "Town")


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": " \n"}, {"html": None}, {"text": "Loading...\n\nSubscribe now"}]
)
def test_a_title_alone_is_an_article(body):
    (read,) = map(read_piece, [Piece("a.jsonl", "1", "record", {"title": "Harwick bridge to be rebuilt", **body})])
    assert isinstance(read, Version)
    assert read.text == read.title == "Harwick bridge to be rebuilt"
    assert [(block.kind, block.start, block.end) for block in read.blocks] == [(Kind.TITLE, 0, len(read.text))]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{}", "no title, no text"),
        (b'{"title": " ", "text": ""}', "no title, no text"),
        (b'{"text": 3}', 'the field "text" is a number'),
        (b'{"title": ["x"], "text": "x"}', 'the field "title" is a list'),
        (b'{"id": true, "text": "x"}', 'the field "id" is true or false'),
        (b'{"text": "The bridge \\ud800 fell."}', "U+D800"),
        (b'{"title": "The bridge \\ud800 fell."}', "half of a character"),
        (b'{"text": "The bridge', "broken JSON"),
        (b"[1, 2]", "is a list"),
        (b"3", "is a number"),
        (b'{"text": "The caf\xe9"}', "not valid UTF-8: byte 0xE9 at byte 17"),
        (b'{"text": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"title": "' + b"x" * 30_000 + b'"}', "30,000 characters"),
        (b'{"n": ' + b"9" * 5000 + b"}", "cannot be read"),
    ],
)
def test_a_bad_record_is_refused_and_the_next_is_read(line, says):
    Path("a.jsonl").write_bytes(
        b'{"id": "before", "text": "%b"}\n%b\n{"id": "after", "text": "%b"}' % (BODY.encode(), line, BODY.encode())
    )
    versions, rejects = read_all("a.jsonl")
    assert [version.source_id for version in versions] == ["before", "after"]
    assert [(reject.source, reject.place) for reject in rejects] == [("a.jsonl", "2")]
    assert says in rejects[0].reason


@pytest.mark.parametrize(
    "extra", [b'"score": NaN', b'"n": 123456789012345678901234567890', b'"id": "x", "id": "y"', b'"deep": [[[[1]]]]']
)
def test_an_odd_record_is_read(extra):
    read = read_piece(Piece("a.jsonl", "1", "record", b'{"text": "%b", %b}' % (BODY.encode(), extra)))
    assert isinstance(read, Version)


def test_names_of_others_stand_for_ours(folder):
    Path("a.jsonl").write_bytes(lines({"body": BODY, "date": "2024-05-02", "text": "never this", "key": "k"}))
    (version,) = read_all("a.jsonl", columns={"text": "body", "published": "date", "id": "key"})[0]
    assert (version.text, version.published, version.source_id) == (BODY, "2024-05-02", "k")


def test_a_name_that_is_none_of_ours_is_an_error_at_once():
    with pytest.raises(UsageError, match="txt is no column of ours"):
        pieces("a.jsonl", columns={"txt": "body"})


@pytest.mark.parametrize(
    "markup", [f"<p>{BODY}</p><p>{OTHER}</p>", f"<div><p>{BODY}</p>\n<p>{OTHER}</p><script>alert(1)</script></div>"]
)
@pytest.mark.parametrize("field", ["text", "html"])
def test_a_part_of_a_page_loses_its_marks(field, markup):
    read = read_piece(Piece("a.jsonl", "1", "record", {"title": "Bridge", field: markup}))
    assert isinstance(read, Version)
    assert read.text.split("\n\n") == [BODY.strip(), OTHER.strip()]


def test_a_piece_travels_to_another_process(folder):
    Path("a.jsonl").write_bytes(lines(*RECORDS))
    there = pickle.loads(pickle.dumps(list(pieces("a.jsonl"))))
    assert [read_piece(each) for each in there] == read_all("a.jsonl")[0]


def test_standard_input_may_be_anything():
    for data in (lines(*RECORDS), packed(lines(*RECORDS)), json.dumps(RECORDS).encode()):
        versions, rejects = read_all("-", stdin=io.BytesIO(data))
        assert [version.source for version in versions] == ["-#1", "-#2", "-#3"]
        assert rejects == []


def test_lines_on_standard_input_are_read_as_they_come():
    here, there = os.pipe()
    with open(here, "rb") as reading, open(there, "wb", buffering=0) as writing:
        found = pieces("-", stdin=reading)
        writing.write(lines(RECORDS[0]))
        first = next(found)
        assert isinstance(first, Piece)
        assert first.place == "1"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("nowhere.jsonl", "there is no such file"),
        ("-", "was not handed in"),
        ("https://courier.example/1", "pip install 'retold[fetch]'"),
        ("ftp://courier.example/1", "an address of no page"),
        ("file:///etc/hostname", "an address of no page"),
        ("empty.txt", "is empty"),
        ("report.pdf", "a PDF document"),
        ("articles.zip", "a ZIP archive"),
        ("feeds.xml", "for search engines"),
        ("none.json", "an empty list"),
        ("cut.json", "breaks off"),
        ("cut.jsonl.gz", "breaks off"),
        ("hollow", "a folder without a file"),
    ],
)
def test_a_source_that_cannot_be_read_is_one_reject(folder, source, says):
    (folder / "empty.txt").touch()
    (folder / "report.pdf").write_bytes(b"%PDF-1.7")
    (folder / "articles.zip").write_bytes(b"PK\x03\x04")
    (folder / "feeds.xml").write_text("<urlset></urlset>")
    (folder / "none.json").write_text("[]")
    (folder / "cut.json").write_text("[")
    (folder / "cut.jsonl.gz").write_bytes(packed(lines(*RECORDS))[:20])
    (folder / "hollow").mkdir()
    versions, rejects = read_all(source)
    assert versions == []
    assert [reject.source for reject in rejects] == [source]
    assert says in rejects[0].reason


def test_what_was_read_before_a_file_breaks_off_is_kept(folder):
    many = [{"id": number, "text": BODY + os.urandom(500).hex()} for number in range(4000)]
    (folder / "cut.jsonl.gz").write_bytes(packed(lines(*many))[:-100_000])
    found = list(pieces("cut.jsonl.gz"))
    assert isinstance(found[-1], Reject)
    assert found[-1].place == f"after {len(found) - 1}"
    assert len(found) > 3000


def test_an_address_is_fetched_where_something_fetches():
    def fetch(address: str):
        yield Piece(address, "", "plain", BODY)

    versions, rejects = read_all("https://courier.example/1", fetch=fetch)
    assert [version.source_id for version in versions] == ["https://courier.example/1"]
    assert rejects == []


class TestFolder:
    """A folder is read in one order, and only what may hold an article."""

    @pytest.fixture
    def house(self, folder: Path) -> Path:
        """A folder with articles, and with what stands beside them."""
        for name in ("b.txt", "a/z.txt", "a/c.html", "d.jsonl", "a/Page.html", "a/Page_files/ad.html", ".hidden/x.txt"):
            path = folder / "house" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(PAGE if name.endswith(".html") else json.dumps(RECORDS[2]) if "json" in name else BODY)
        for name in (".DS_Store", "logo.png", "style.css", "app.js", "README.md", "news.retold", "note.txt~"):
            (folder / "house" / name).write_bytes(b"\0\1\2")
        return folder / "house"

    def test_its_files_come_sorted_under_the_name_given(self, house):
        versions, rejects = read_all("house")
        assert [each.source for each in versions] == [
            "house/b.txt",
            "house/d.jsonl#1",
            "house/a/Page.html",
            "house/a/c.html",
            "house/a/z.txt",
        ]
        assert rejects == []

    def test_a_document_that_cannot_be_read_is_a_reject(self, house):
        (house / "report.pdf").write_bytes(b"%PDF-1.7")
        versions, rejects = read_all("house/")
        assert len(versions) == 5
        assert [(each.source, "PDF" in each.reason) for each in rejects] == [("house/report.pdf", True)]

    def test_links_lead_no_further_than_the_folder(self, house, folder):
        (folder / "secret.txt").write_text(OTHER)
        (folder / "elsewhere").mkdir()
        (folder / "elsewhere" / "secret.txt").write_text(OTHER)
        (house / "a" / "round").symlink_to(house)
        (house / "again.txt").symlink_to("b.txt")
        (house / "out.txt").symlink_to(folder / "secret.txt")
        (house / "outside").symlink_to(folder / "elsewhere")
        (house / "broken.txt").symlink_to("nowhere.txt")
        versions, rejects = read_all("house")
        assert len(versions) == 6
        assert all(OTHER not in version.text or BODY in version.text for version in versions)
        assert [(each.source, each.reason[:26]) for each in rejects] == [
            ("house/broken.txt", "there is no such file. A f"),
            ("house/out.txt", "is a link that leads out o"),
            ("house/outside", "is a link that leads out o"),
        ]


FIELDS = ("id", "url", "outlet", "title", "published", "seen", "language", "author", "section", "text", "html")
LEAVES = some.none() | some.booleans() | some.integers() | some.floats() | some.text() | some.binary() | some.dates()
THINGS = some.recursive(LEAVES, lambda below: some.lists(below, max_size=3) | some.dictionaries(some.text(), below))


@settings(deadline=None)  # the first text in doubt loads the model of languages
@given(some.dictionaries(some.sampled_from(FIELDS), THINGS))
def test_any_record_is_a_version_or_a_reject(record):
    assert isinstance(read_piece(Piece("r", "1", "record", record)), Version | Reject)


@settings(deadline=None)
@given(some.binary())
def test_any_bytes_are_read_or_refused(data):
    for each in pieces("-", stdin=io.BytesIO(data)):
        assert isinstance(each if isinstance(each, Reject) else read_piece(each), Version | Reject)


@pytest.mark.parametrize(
    ("found", "declared", "lives"),
    [
        ("https://outlet.example/a?from=feed", "https://outlet.example/a", "https://outlet.example/a"),
        ("https://outlet.example/amp/a", "https://www.outlet.example/a", "https://www.outlet.example/a"),
        ("https://outlet.example/a", "https://outlet.example/", "https://outlet.example/a"),
        ("https://outlet.example/a", "https://agency.example/a", "https://outlet.example/a"),
        ("https://outlet.example/a", "https://[broken", "https://outlet.example/a"),
        ("https://outlet.example/a", None, "https://outlet.example/a"),
    ],
)
def test_a_page_lives_where_it_says_if_that_is_on_its_own_site(found, declared, lives):
    assert address_of(found, declared) == lives
