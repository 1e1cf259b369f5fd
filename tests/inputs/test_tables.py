"""Tables in: a row is an article, whatever program wrote the table and however it names its columns."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pyarrow import parquet

from retold.inputs.pieces import Piece, pieces
from retold.model.records import Reject
from tests.inputs.inputs import BODY, OTHER, packed, read_all


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, which is also the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(name: str, data: bytes, **options: object) -> list[tuple[str, object]]:
    """Each row as (place, text), a Reject as (place, reason)."""
    Path(name).write_bytes(data)
    found = pieces(name, **options)
    return [(each.place, each.reason if isinstance(each, Reject) else each.body.get("text")) for each in found]


TEXT = 'The bridge, "old" as it is,\nwill be rebuilt.'
QUOTED = '"The bridge, ""old"" as it is,\nwill be rebuilt."'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", f"id,text\n1,{QUOTED}\n2,Rain.\n".encode()),
        ("a.csv", f"id;text\n1;{QUOTED}\n2;Rain.\n".encode()),
        ("a.csv", f"id|text\n1|{QUOTED}\n2|Rain.\n".encode()),
        ("a.csv", f"\ufeffid,text\n1,{QUOTED}\n2,Rain.\n".encode()),
        ("a.csv", f"\ufeffid,text\n1,{QUOTED}\n2,Rain.\n".encode("utf-16-le")),
        ("a.csv", f"sep=;\nid;text\n1;{QUOTED}\n2;Rain.\n".encode()),
        ("a.csv", f'"ID" , "Text"\n1,{QUOTED}\n2,Rain.\n'.replace('" , "', '","').encode()),
        ("a.tsv", f"id\ttext\n1\t{QUOTED}\n2\tRain.\n".encode()),
        ("a.csv.gz", packed(f"id,text\n1,{QUOTED}\n2,Rain.\n".encode())),
        ("unnamed", f"id,text\n1,{QUOTED}\n\n2,Rain.\n".encode()),
    ],
)
def test_a_table_is_read_as_it_was_written(name, data):
    assert [text for _, text in told(name, data)] == [TEXT, "Rain."]


def test_windows_line_ends_are_line_ends():
    assert told("a.csv", b"id,text\r\n1,Rain.\r\n2,Snow.\r\n") == [("1", "Rain."), ("2", "Snow.")]


def test_quotes_in_a_table_with_tabs_may_be_the_texts_own():
    rows = b'id\ttitle\ttext\n1\t"Rain" due\tRain.\n2\t"Snow\tSnow.\n3\tHail\tHail.\n'
    assert told("a.tsv", rows) == [("1", "Rain."), ("2", "Snow."), ("3", "Hail.")]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (b"2,too,many,fields", "has 4 fields"),
        (b"2", "has 1 fields"),
        (b"2,caf\xe9,x", "not valid UTF-8"),
    ],
)
def test_a_broken_row_is_refused_and_the_next_is_read(row, says):
    first, second, third = told("a.csv", b"id,title,text\n1,Rain,Rain.\n" + row + b"\n3,Snow,Snow.\n")
    assert (first, third) == (("1", "Rain."), ("3", "Snow."))
    assert second[0] == "2"
    assert says in second[1]


def test_a_row_names_itself_by_its_number():
    Path("a.csv").write_text(f'title,text\nBridge,"{BODY}"\nHarbour,"{OTHER}"\nOnly a title,\n,\n')
    versions, rejects = read_all("a.csv")
    assert [(each.source_id, each.title) for each in versions] == [
        ("a.csv#1", "Bridge"),
        ("a.csv#2", "Harbour"),
        ("a.csv#3", "Only a title"),
    ]
    assert [(each.source, each.place) for each in rejects] == [("a.csv", "4")]


def test_columns_of_others_stand_for_ours():
    table = f"Key,Headline,Body,title\nk1,Bridge,{BODY},no title\n".encode()
    Path("a.csv").write_bytes(table)
    (version,) = read_all("a.csv", columns={"id": "Key", "title": "Headline", "text": "Body"})[0]
    assert (version.source_id, version.title, version.text) == ("k1", "Bridge", BODY)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({}, "Its columns are key, body; say which is which, for example --map text=body."),
        ({"text": "Text"}, 'no column "Text"'),
    ],
)
def test_a_table_without_a_text_says_what_it_has(columns, says):
    Path("a.csv").write_text("key,body\n1,Rain.\n")
    ((source, place, reason),) = [
        (each.source, each.place, each.reason) for each in read_all("a.csv", columns=columns)[1]
    ]
    assert (source, place) == ("a.csv", "")
    assert says in reason


@settings(deadline=None)
@given(
    some.lists(
        some.tuples(some.text(some.characters(codec="utf-8", exclude_characters="\r\0")), some.integers()), min_size=1
    )
)
def test_what_a_program_wrote_comes_back(rows):
    there = io.StringIO()
    csv.writer(there).writerows([("text", "id"), *rows])
    found = list(pieces("-", stdin=io.BytesIO(there.getvalue().encode())))
    assert [(each.body["text"] or "", each.body["id"]) for each in found if isinstance(each, Piece)] == [
        (text, str(number)) for text, number in rows
    ]


def test_a_parquet_table_is_read_with_its_types():
    table = pa.table(
        {
            "id": pa.array([1, 2, 3], pa.int64()),
            "title": pa.array(["Bridge", "Harbour", None]).dictionary_encode(),
            "text": [BODY, None, OTHER],
            "published": pa.array([datetime(2024, 5, 2, 8, 30, tzinfo=UTC), None, None], pa.timestamp("ns", "UTC")),
            "seen": pa.array([date(2024, 5, 3), None, None]),
            "author": [["Ann Ode", "Bo Lund"], None, []],
            "score": [0.1, 0.2, 0.3],
        }
    )
    parquet.write_table(table, "a.parquet", row_group_size=2)
    versions, rejects = read_all("a.parquet")
    assert [(each.source_id, each.source) for each in versions] == [(str(n), f"a.parquet#{n}") for n in (1, 2, 3)]
    assert [each.title for each in versions] == ["Bridge", "Harbour", None]
    assert (versions[0].published, versions[0].seen) == ("2024-05-02T08:30:00+00:00", "2024-05-03")
    assert versions[0].author == "Ann Ode, Bo Lund"
    assert rejects == []


def test_a_number_that_lost_its_type_is_still_an_id():
    parquet.write_table(pa.table({"id": [1.0, None], "text": [BODY, OTHER]}), "a.parquet")
    assert [each.source_id for each in read_all("a.parquet")[0]] == ["1", "a.parquet#2"]


def test_a_parquet_table_that_is_cut_off_is_refused():
    parquet.write_table(pa.table({"text": [BODY] * 100}), "a.parquet")
    Path("cut.parquet").write_bytes(Path("a.parquet").read_bytes()[:-20])
    assert "a broken Parquet table" in read_all("cut.parquet")[1][0].reason


def test_a_parquet_table_that_is_broken_in_the_middle_keeps_what_stands_before():
    parquet.write_table(
        pa.table({"text": [f"{n} {BODY}" for n in range(2000)]}), "a.parquet", row_group_size=500, compression="none"
    )
    data = bytearray(Path("a.parquet").read_bytes())
    data[len(data) // 2 : len(data) // 2 + 20_000] = b"\xff" * 20_000
    Path("broken.parquet").write_bytes(data)
    versions, rejects = read_all("broken.parquet")
    assert len(versions) >= 500
    assert rejects


def test_a_parquet_table_comes_as_a_file():
    parquet.write_table(pa.table({"text": [BODY]}), "a.parquet")
    Path("a.parquet.gz").write_bytes(packed(Path("a.parquet").read_bytes()))
    assert "Give it as a file" in read_all("a.parquet.gz")[1][0].reason
