"""Archives of pages in: every page that can be read is, and a broken place costs no more than itself."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest

from retold.inputs.pieces import pieces
from retold.model.records import Reject
from tests.inputs.archives import answer, archive, five, record
from tests.inputs.inputs import BODY, PAGE, packed, read_all


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, which is also the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(data: bytes, name: str = "crawl.warc") -> list[str]:
    """What an archive holds, in order: the last part of a page's address, or "!" with the reason of a Reject."""
    Path(name).write_bytes(data)
    return [
        f"! {each.reason}" if isinstance(each, Reject) else each.stated.url.rpartition("/")[2] for each in pieces(name)
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_each_page_is_an_article_under_its_address(packed):
    Path("crawl.warc.gz" if packed else "crawl.warc").write_bytes(archive(record(1), record(2), packed=packed))
    versions, rejects = read_all("crawl.warc.gz" if packed else "crawl.warc")
    assert [(each.source_id, each.url, each.seen) for each in versions] == [
        ("https://courier.example/1", "https://courier.example/1", "2024-05-02T10:00:01Z"),
        ("https://courier.example/2", "https://courier.example/2", "2024-05-02T10:00:02Z"),
    ]
    assert versions[0].title == "Bridge to be rebuilt"
    assert BODY.strip() in versions[0].text
    assert rejects == []


def test_an_archive_packed_as_a_whole_is_read():
    assert told(packed(archive(*five())), "crawl.warc.gz") == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("data", [archive(*five()), archive(*five(), packed=True)])
def test_an_archive_may_come_on_standard_input(data):
    assert len([each for each in pieces("-", stdin=io.BytesIO(data))]) == 5


@pytest.mark.parametrize(
    "passed_over",
    [
        record(2, kind="revisit"),
        record(2, kind="request"),
        record(2, answer(status="404 Not Found")),
        record(2, answer(status="301 Moved", Location="/3")),
        record(2, answer(b"\x89PNG", kind="image/png")),
        record(2, answer(b"{}", kind="application/json")),
        record(2, answer(b"")),
        record(2, b"no answer of a server at all"),
        record(2).replace(b"https://courier.example/2", b"dns:courier.example"),
    ],
)
def test_what_is_no_page_is_passed_over(passed_over):
    assert told(archive(record(1), passed_over, record(3))) == ["1", "3"]


def test_a_page_without_a_server_is_a_page():
    assert told(archive(record(1, PAGE.encode(), kind="resource"))) == ["1"]


CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode())


@pytest.mark.parametrize(
    "block",
    [
        answer(),
        answer(packed(PAGE.encode()), Content_Encoding="gzip"),
        answer(zlib.compress(PAGE.encode()), Content_Encoding="deflate"),
        answer(CHUNKED, Transfer_Encoding="chunked"),
        answer(PAGE.encode(), Content_Encoding="gzip"),
        answer(PAGE.encode(), Content_Encoding="br", Transfer_Encoding="chunked"),
        answer(PAGE.replace("river", "río").encode("latin-1"), kind="text/html; charset=ISO-8859-1"),
        answer(PAGE.replace("river", "río").encode(), kind="text/html; charset=ISO-8859-1"),
        answer(PAGE.replace("river", "реку").encode("koi8-r"), kind='text/html;charset="KOI8-R"'),
        answer(PAGE.encode(), kind="text/html; charset=nonsense"),
        answer().replace(b"\r\n", b"\n"),
    ],
)
def test_a_page_is_read_however_it_was_sent(block):
    Path("crawl.warc").write_bytes(archive(record(1, block)))
    ((version,), rejects) = read_all("crawl.warc")
    assert any(f"over the {river}." in version.text for river in ("river", "río", "реку"))
    assert rejects == []


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_that_breaks_off_keeps_what_stands_before(packed):
    data = archive(*five(), packed=packed)
    *pages, last = told(data[:-100], "crawl.warc.gz")
    assert pages == ["1", "2", "3", "4"]
    assert "shorter than it says" in last


def test_a_broken_middle_costs_its_own_record():
    records = [packed(each) for each in five()]
    records[2] = records[2][:60] + b"x" * 30 + records[2][90:]
    first, second, broken, *rest = told(b"".join(records), "crawl.warc.gz")
    assert [first, second, *rest] == ["1", "2", "4", "5"]
    assert broken.startswith("! is broken at byte")
    assert broken.endswith("and so is what stands behind it.")


def test_a_gap_of_garbage_costs_nothing_but_a_word():
    records = [packed(each) for each in five()]
    found = told(b"".join([*records[:2], b"garbage" * 5000, *records[2:]]), "crawl.warc.gz")
    assert [each for each in found if not each.startswith("!")] == ["1", "2", "3", "4", "5"]
    assert len(found) == 6


@pytest.mark.parametrize("length", [10**5, 10**18, -5, 60])
@pytest.mark.parametrize("packed", [False, True])
def test_a_record_that_lies_about_its_length_takes_no_other_with_it(length, packed):
    records = [record(1), record(2, length=length), record(3), record(4)]
    found = told(archive(*records, packed=packed), "crawl.warc.gz")
    assert [each for each in found if not each.startswith("!")][:1] == ["1"]
    assert [each for each in found if not each.startswith("!")][-2:] == ["3", "4"]
    assert any(each.startswith("!") for each in found)


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_of_over_ten_megabytes_is_refused_alone(packed):
    large = record(2, answer(PAGE.encode() + b" " * 30_000_000))
    first, second, third = told(archive(record(1), large, record(3), packed=packed), "crawl.warc.gz")
    assert (first, third) == ("1", "3")
    assert "https://courier.example/2 is over 10 MB" in second


def test_a_page_that_is_a_bomb_is_refused_alone():
    bomb = packed(b"<p>" + b"a" * 50_000_000)
    first, second, third = told(archive(record(1), record(2, answer(bomb, Content_Encoding="gzip")), record(3)))
    assert (first, third) == ("1", "3")
    assert "is over 10 MB" in second
