"""Hostile input: each attack has an outcome, and none of them costs the articles that stand beside it."""

from __future__ import annotations

import io
import json
import os
import tracemalloc
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from retold.inputs.pieces import Piece, pieces, read_piece
from retold.model.records import Reject, Version
from tests.inputs.archives import answer, archive, record
from tests.inputs.inputs import BODY, OTHER, packed, read_all

GOOD = json.dumps({"id": "good", "text": OTHER}).encode()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one good article, which is also the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "good.jsonl").write_bytes(GOOD)
    (tmp_path / "secret.txt").write_text("The secret of the house next door is kept in a drawer that nobody opens.")
    return tmp_path


def outcome(name: str, data: bytes) -> str:
    """What becomes of a file in a folder: the reason of its Reject, else its text; its neighbour is read anyway."""
    Path("house", name).write_bytes(data)
    versions, rejects = read_all("house")
    assert [each.source_id for each in versions if each.source == "house/good.jsonl#1"] == ["good"]
    found = [each.text for each in versions if each.source != "house/good.jsonl#1"]
    return " | ".join([*found, *(each.reason for each in rejects)])


def bomb(size: int, letter: bytes = b"a") -> bytes:
    """Packed letters, so many megabytes of them."""
    return packed(letter * 10_000_000) * (size // 10)


def zipped() -> bytes:
    there = io.BytesIO()
    with zipfile.ZipFile(there, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../../etc/passwd", "a" * 1_000_000)
    return there.getvalue()


def laughs(frame: str) -> bytes:
    """Entities that stand for ten of the one before, ten times over."""
    entities = "".join(f'<!ENTITY {chr(98 + step)} "{f"&{chr(97 + step)};" * 10}">' for step in range(10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">{entities}]>{frame}'.encode()


RSS = "<rss version='2.0'><channel><title>Courier</title><item>{}</item></channel></rss>"
OPML = "<opml version='2.0'><body><outline xmlUrl='{}'/></body></opml>"
STRANGER = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY k SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("bomb.txt.gz", lambda: bomb(10_000), "a decompression bomb"),
        ("bomb.jsonl.gz", lambda: bomb(10_000), "a decompression bomb"),
        ("lines.jsonl.gz", lambda: bomb(10_000, b"\n"), "a decompression bomb"),
        ("double.jsonl.gz", lambda: packed(bomb(10)), "a gzip archive"),
        ("articles.zip", zipped, "a ZIP archive"),
        ("feed.xml", lambda: laughs(RSS.format("<title>&k;</title>")), "declares entities"),
        ("feeds.opml", lambda: laughs(OPML.format("&k;")), "declares entities"),
        (
            "seven.xml",
            lambda: b'<?xml version="1.0" encoding="utf-7"?>' + laughs(RSS.format("&k;")).decode().encode("utf-7"),
            "entities",
        ),
        ("wide.xml", lambda: laughs(RSS.format("&k;")).decode().encode("utf-16"), "declares entities"),
        ("feed.xml", (STRANGER + RSS.format("<title>&k;</title>")).encode, "declares entities"),
        ("feeds.opml", (STRANGER + OPML.format("&k;")).encode, "declares entities"),
        ("deep.json", lambda: b"[" * 1_000_000, "nested too deeply"),
        ("deep.jsonl", lambda: b'{"text": ' * 1_000_000, "nested too deeply"),
        ("nul.txt", lambda: BODY.encode() + b"\0" + BODY.encode(), "a NUL byte"),
        ("table.csv", lambda: b'id,text\n1,"' + b"x" * 100_000_000 + b'"\n', "over 40 MB"),
        ("open.csv", lambda: b'id,text\n1,"' + b"x y z\n" * 3_000_000, "field larger than field limit"),
        ("table.parquet", lambda: b"PAR1" + b"\xff" * 10_000 + b"\xff\xff\xff\x7fPAR1", "a broken Parquet table"),
        ("entries.xml", lambda: RSS.format("<item/>" * 100_000).encode(), "100,001 entries"),
        ("deep.opml", lambda: b"<opml>" + b"<outline>" * 1_000_000, "names no feed"),
    ],
)
def test_an_attack_is_refused_in_words(name, make, says):
    assert says in outcome(name, make())


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.jsonl.gz", "bomb.csv.gz", "bomb.warc.gz"])
def test_a_bomb_costs_no_memory(name):
    head = {"csv": b"id,text\n", "warc": record(1, length=10**10)[:-300]}.get(name.split(".")[1], b"")
    Path(name).write_bytes(packed(head) + bomb(2_000))
    tracemalloc.start()
    found = sum(isinstance(each, Reject) for each in pieces(name))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found
    assert peak < 150_000_000


def endless(size: int) -> bytes:
    return b'{"text": "' + b"x" * size


def test_an_endless_line_is_passed_over():
    Path("a.jsonl").write_bytes(GOOD + b"\n" + endless(150_000_000) + b"\n" + GOOD + b"\n" + endless(50_000_000))
    versions, rejects = read_all("a.jsonl")
    assert [each.source for each in versions] == ["a.jsonl#1", "a.jsonl#3"]
    assert [(each.place, "over 40 MB" in each.reason) for each in rejects] == [("2", True), ("4", True)]


def test_a_line_of_other_bytes_is_refused_alone():
    Path("a.jsonl").write_bytes(GOOD + b'\n{"text": "caf\xe9 \xff\xfe"}\n\0\0\0\n' + GOOD)
    versions, rejects = read_all("a.jsonl")
    assert [each.source for each in versions] == ["a.jsonl#1", "a.jsonl#4"]
    assert [each.place for each in rejects] == ["2", "3"]


def test_ten_thousand_columns_are_as_good_as_two():
    names = ",".join(f"c{number}" for number in range(10_000))
    Path("wide.csv").write_text(f"text,{names},id\n" + f"{OTHER},{'x,' * 10_000}good\n" * 3)
    assert [each.source_id for each in read_all("wide.csv")[0]] == ["good"] * 3


@pytest.mark.parametrize(
    "address",
    [
        "../secret.txt", "../../../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "FILE:/etc/passwd",
        "below/../../secret.txt", "link.xml", "below/link.xml", "ftp://courier.example/feed", "a&#10;b", "//etc/passwd",
        "javascript:alert(1)", "\\\\server\\share\\feed.xml", "good.jsonl", ".", "list.opml", "x" * 5000,
    ],
)  # fmt: skip
def test_a_list_of_feeds_leads_nowhere_else(folder, address):
    (folder / "house" / "below").mkdir()
    (folder / "house" / "link.xml").symlink_to(folder / "secret.txt")
    (folder / "house" / "below" / "link.xml").symlink_to(folder / "secret.txt")
    (folder / "house" / "list.opml").write_text(OPML.format(address))
    versions, rejects = read_all("house/list.opml")
    assert versions == []
    assert len(rejects) == 1
    assert "secret of the house" not in str(rejects)


@pytest.mark.parametrize(
    "name", ["a\nb.txt", "-rf.txt", "$(reboot).txt", "a;b.txt", "<script>.txt", "caf\udce9.txt", "%2e%2e.txt"]
)
def test_a_strange_name_is_a_name(name):
    Path("house", name).write_text(BODY)
    versions, rejects = read_all("house")
    assert sorted(each.source for each in versions) == sorted([f"house/{name}", "house/good.jsonl#1"])
    assert rejects == []


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/random", "pipe", "house/pipe"])
def test_what_never_ends_is_not_opened(path):
    if not path.startswith("/"):
        os.mkfifo(path)
    rejects = read_all(path)[1]
    assert [each.source for each in rejects] == [path]
    assert "may never end" in rejects[0].reason


def test_a_pipe_in_a_folder_stops_nothing():
    os.mkfifo("house/a.txt")
    versions, rejects = read_all("house")
    assert [each.source_id for each in versions] == ["good"]
    assert [each.source for each in rejects] == ["house/a.txt"]


def test_standard_input_without_end_is_refused():
    with open("/dev/zero", "rb") as zeros:
        assert "binary data" in read_all("-", stdin=zeros)[1][0].reason


SCRIPT = f"The mayor wrote <script>alert(1)</script> on the wall, and {BODY}"


@pytest.mark.parametrize("shape", ["plain", "record"])
def test_a_script_in_a_text_is_text(shape):
    body = (
        SCRIPT
        if shape == "plain"
        else {"text": SCRIPT, "title": "<script>alert(1)</script>", "url": " javascript:alert(1)"}
    )
    read = read_piece(Piece("a", "", shape, body))
    assert isinstance(read, Version)
    assert read.text == SCRIPT
    assert read.url is None


def test_a_script_in_a_feed_is_left_out():
    title = escape("<script>alert(1)</script>Bridge")
    text = escape(f"<p>{BODY}</p><script>alert(2)</script><img src=x onerror=alert(3)>")
    item = f"<title>{title}</title><link>javascript:alert(1)</link><description>{text}</description>"
    Path("feed.xml").write_text(RSS.format(item))
    (version,) = read_all("feed.xml")[0]
    assert (version.title, version.text, version.url) == ("Bridge", BODY.strip(), None)


ATTRIBUTES = " ".join(f"a{number}='x'" for number in range(200_000))
HEAVY: dict[str, Callable[[], str]] = {
    "nested": lambda: "<html><body>" + "<div>" * 1_900_000 + f"<p>{BODY * 3}</p>",
    "nested lists": lambda: "<html><body>" + "<ul><li>" * 15_000 + f"<p>{BODY * 3}</p>",
    "breaks": lambda: f"<html><body><p>{BODY}" + "<br>" * 400_000 + f"<p>{BODY * 3}</p>",
    "few breaks": lambda: f"<html><body><p>{BODY}" + "<br>" * 39_000 + f"<p>{BODY * 3}</p>",
    "attributes": lambda: f"<html><body><p {ATTRIBUTES}>{BODY}</p><p>{BODY * 3}</p>",
    "attributes in a feed": lambda: RSS.format(f"<title>Bridge</title><a {ATTRIBUTES}/>"),
    "comments in a feed": lambda: RSS.format(
        f"<title>Bridge</title><description>{escape('<!--' * 200_000)}</description>"
    ),
    "one paragraph": lambda: f"<html><body><p>{BODY * 20_000}</p>",
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_markup_comes_to_an_end(name):
    Path("heavy.html").write_text(HEAVY[name]())
    versions, rejects = read_all("heavy.html")
    assert len(versions) + len(rejects) == 1
    assert all("Bridge" in each.text or "rebuild the old bridge" in each.text for each in versions)


def test_a_page_that_says_it_is_an_archive_makes_no_records():
    forged = answer(b"<p>x</p>\r\n\r\n" + record(9))
    Path("crawl.warc").write_bytes(archive(record(1), record(2, forged), record(3)))
    assert [each.stated.url[-1] for each in pieces("crawl.warc") if isinstance(each, Piece)] == ["1", "2", "3"]


def test_a_header_without_end_is_one_broken_place():
    Path("crawl.warc").write_bytes(archive(record(1), b"WARC/1.0\r\nX: " + b"a" * 5_000_000 + b"\r\n\r\n", record(3)))
    found = list(pieces("crawl.warc"))
    assert [each.stated.url[-1] for each in found if isinstance(each, Piece)] == ["1", "3"]
    assert [each.place for each in found if isinstance(each, Reject)] == ["2"]
