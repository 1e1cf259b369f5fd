"""The commands that work on an archive: what they print, where they write, and what a script can rely on."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import retold

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "archive.schema.json").read_text(encoding="utf-8"))
FERRY = "https://quillportchronicle.example/news/queen-odila-hits-north-mole-2204"

CLAIM = "Buses took people from Orrick, Lower Fenn and Saddle Bridge to schools and sports halls in Dunmarrow"

QUESTIONS: dict[str, tuple[list[str], str, Any]] = {
    "holdings": ([], "Holdings", lambda archive: archive.holdings()),
    "stories": ([], "Stories", lambda archive: archive.stories()),
    "story": (["qc-2204"], "Story", lambda archive: archive.story("qc-2204")),
    "search": (["ferry", "harbour"], "Found", lambda archive: archive.search("ferry harbour")),
    "why": (["qc-2204", "bp-1481"], "Why", lambda archive: archive.why("qc-2204", "bp-1481")),
    "origins": (["qc-2204"], "Origins", lambda archive: archive.origins("qc-2204")),
    "copies": (["bp-1462"], "Copies", lambda archive: archive.copies("bp-1462")),
    "lineage": (["bp-1470"], "Lineage", lambda archive: archive.lineage("bp-1470")),
    "check": ([CLAIM], "Check", lambda archive: archive.check(CLAIM)),
    "statements": (["bp-1470"], "Statements", lambda archive: archive.statements("bp-1470", limit=100)),
    "revisions": ([FERRY], "Revisions", lambda archive: archive.revisions(FERRY)),
    "correct": ([FERRY], "Reading", lambda archive: archive.reading(FERRY)),
    "corrections": ([], "Corrections", lambda archive: archive.corrections()),
    "doctor": (["--look"], "Checked", lambda archive: archive.doctor(repair=False)),
}


GIVEN = {"learn": [], "export": ["stories"]} | {command: given for command, (given, *_) in QUESTIONS.items()}


@pytest.fixture
def week(examples, monkeypatch):
    """A folder in which news.retold holds the example's week, and its later versions."""
    monkeypatch.delenv("RETOLD_ARCHIVE", raising=False)
    with retold.open("news.retold", create=True) as archive:
        archive.add([examples / "week.jsonl", examples / "later.jsonl"], learn=True, processes=1)
    return examples.parent


def check(document: dict[str, Any], kind: str) -> None:
    """Fail where a document is not of the published shape, or has more than is published."""
    closed = {
        name: part | {"additionalProperties": False} if part.get("properties") else part
        for name, part in SCHEMA["$defs"].items()
    }
    jsonschema.Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": closed}).validate(document)


# Documents


@pytest.mark.parametrize("command", QUESTIONS)
def test_the_document_of_a_question_is_as_published_and_the_same_bytes_from_python(run, week, command):
    given, kind, ask = QUESTIONS[command]
    ran = run(command, *given, "--json")
    assert (ran.code, ran.err) == (0, "")
    check(ran.document, kind)
    with retold.open("news.retold") as archive:
        assert ran.out == ask(archive).to_json() + "\n"


@pytest.mark.parametrize("more", [[], ["--learn"]])
def test_the_document_of_an_addition_is_as_published(run, examples, more):
    ran = run("add", examples / "week.jsonl", "--json", *more)
    assert ran.code == 0
    check(ran.document, "Added")
    assert (ran.document["articles"], ran.document["learned"] is None) == (30, not more)


def test_the_document_of_learning_is_as_published(run, week):
    ran = run("learn", "--json")
    check(ran.document, "Learned")
    assert (ran.document["articles"], ran.document["placed"]) == (33, 0)


def test_the_document_of_a_desk_is_as_published(week):
    with retold.open("news.retold") as archive, archive.desk() as desk:
        check(desk.join({"id": "x", "text": "A quarry opened in Tarnby."}).to_dict(), "Joined")


@pytest.mark.parametrize("command", QUESTIONS)
def test_an_answer_goes_to_a_file_as_it_goes_to_stdout(run, week, command):
    given = QUESTIONS[command][0]
    for ending, more in ((".txt", []), (".json", ["--json"])):
        assert run(command, *given, "-o", f"answer{ending}").out == ""
        assert Path(f"answer{ending}").read_text(encoding="utf-8") == run(command, *given, *more).out


# What a person sees


HOSTILE = "\x1b[31mRed\x1b]0;owned\x07 \u202ealert\x9b2J\r\nnext"


def test_no_article_steers_a_terminal(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = f"<html><head><title>{HOSTILE}</title></head><body><article><p>{HOSTILE} in Tarn rose.</p></article></body>"
    records = [
        {"id": HOSTILE, "outlet": HOSTILE, "title": HOSTILE, "text": f"{HOSTILE} floods in Tarn", "seen": "2026-05-03"},
        {"id": HOSTILE, "outlet": HOSTILE, "title": HOSTILE, "text": f"{HOSTILE} floods in Pell", "seen": "2026-05-04"},
        {"id": "h", "url": "https://tarn.example/", "title": HOSTILE, "html": page},
        {"id": HOSTILE + "2"},
    ]
    Path("news.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    name = run("add", "news.jsonl", "--learn")
    assert name.code == 0
    told = [name, run("stories"), run("search", "floods"), run("story", "h"), run("why", "h", "h"), run("doctor")]
    with retold.open("news.retold") as archive:
        ids = [row["article_id"] for row in archive.table("articles").to_pylist()]
    told += [run(command, each) for each in ids for command in ("revisions", "story", "origins", "copies", "lineage")]
    told += [
        run("origins"),
        run("origins", "news.jsonl", "--full"),
        run("check", f"{HOSTILE} floods in Tarn", "--full"),
    ]
    told += [run("lineage", "h", "--format", form) for form in ("graphml", "dot")]
    told += [run("story", HOSTILE * 2), run("revisions", HOSTILE * 2), run("stories", "--archive", HOSTILE)]
    for ran in told:
        assert not {"\x1b", "\x07", "\x9b", "\r", "\u202e"} & {*ran.out, *ran.err}


@pytest.mark.parametrize("command", GIVEN)
def test_nothing_colours_what_a_command_prints(run, week, command):
    ran = run(command, *GIVEN[command])
    assert ran.code == 0
    assert "\x1b" not in ran.out + ran.err
    assert ran.out.endswith("\n") and not ran.out.endswith("\n\n")


def test_an_addition_says_in_a_line_what_came_in(run, week):
    Path("more.jsonl").write_text('{"id": "x", "text": "A quarry opened in Tarnby."}\nno record\n')
    ran = run("add", "more.jsonl")
    assert ran.out == "1 new article, 0 new versions, 0 known already; 1 input could not be read\n"
    assert ran.err == "retold: 1 input could not be read: retold export rejects --archive news.retold\n"
    assert run("add", "more.jsonl", "--quiet").err == ""


def test_progress_for_a_program_is_a_line_of_json_a_step(run, examples):
    ran = run("add", examples / "week.jsonl", "--learn", "--progress", "json")
    steps = [json.loads(line) for line in ran.err.splitlines()]
    assert {"adding", "settling stories"} <= {step["step"] for step in steps}
    assert steps[-1]["done"] == steps[-1]["total"] == 30


# Which archive


def test_the_archive_is_the_one_named_else_that_of_the_variable_else_the_usual_one(run, week, monkeypatch):
    for name, text in (("named", "A quarry opened."), ("variable", "A bakery closed.")):
        with retold.open(f"{name}.retold", create=True) as archive:
            archive.add({"id": name, "text": text}, learn=True, processes=1)
    assert run("story", "qc-2204").code == 0
    monkeypatch.setenv("RETOLD_ARCHIVE", "variable.retold")
    assert run("story", "variable").code == 0
    assert run("story", "named", "--archive", "named.retold").code == 0


@pytest.mark.parametrize("command", GIVEN)
def test_only_add_makes_an_archive_and_a_missing_one_is_exit_3(run, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    ran = run(command, *GIVEN[command], "--archive", "none.retold")
    assert (ran.code, ran.out) == (3, "")
    assert "there is no such archive. Make one: retold add" in ran.err
    assert os.listdir() == []


# Exit codes


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["add"], 2, "Missing argument"),
        (["add", "none.jsonl"], 3, "none.jsonl: there is no such file or folder"),
        (["add", "-", "-"], 2, "only once"),
        (["add", "https://tarn.example/"], 2, "add --fetch"),
        (["add", "news.retold"], 2, "is the archive news.retold itself"),
        (["add", "examples/week.jsonl", "--map", "txt=body"], 2, "'txt' is none of id, url"),
        (["add", "examples/week.jsonl", "--map", "text"], 2, "has no column"),
        (["add", "examples/week.jsonl", "-o", "examples/week.jsonl"], 2, "the answer would destroy it"),
        (["stories", "-o", "news.retold"], 2, "the answer would destroy it"),
        (["stories", "-o", "news.retold-wal"], 2, "the answer would destroy it"),
        (["stories", "-o", "none/stories.txt"], 2, "There is no folder none"),
        (["stories", "--since", "yesterday"], 2, "is no time"),
        (["stories", "--limit", "0"], 2, "0 is not in the range"),
        (["story", "none"], 2, "There is no story 'none'"),
        (["search", "ferry", "-drill"], 2, "No such option"),
        (["search", "--", "-only"], 2, "asks for no word"),
        (["why", "qc-2204"], 2, "Missing argument"),
        (["why", "qc-2204", "none"], 2, "There is no article 'none'"),
        (["revisions", "none"], 2, "There is no article 'none'"),
        (["export", "stroies"], 2, "is not one of 'articles'"),
        (["export", "stories", "-o", "news.retold"], 2, "the answer would destroy it"),
        (["export", "stories", "-o", "none/stories.csv"], 2, "There is no folder none"),
        (["stories", "--archive", "examples/week.jsonl"], 3, "is no archive of Retold"),
        (["stories", "--archive", "examples"], 3, "is no file"),
        (["learn", "--archive", "examples/week.jsonl"], 3, "is no archive of Retold"),
        (["add", "examples/week.jsonl", "--archive", "examples/later.jsonl"], 3, "is no archive of Retold"),
        (["add", "examples/week.jsonl", "--archive", "none/news.retold"], 3, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason_and_changes_nothing(run, week, arguments, code, said):
    before = {path: path.read_bytes() for path in week.rglob("*") if path.is_file()}
    ran = run(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert {path: path.read_bytes() for path in week.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("lines", "more", "code"),
    [
        (['{"text": "Rain in Pell."}'], [], 0),
        (['{"text": "Rain in Pell."}', "no record"], [], 0),
        (['{"text": "Rain in Pell."}', "no record"], ["--strict"], 5),
        (["no record", "[]"], [], 3),
        (["no record", "[]"], ["--strict"], 3),
    ],
)
def test_exit_codes_of_an_addition(run, tmp_path, monkeypatch, lines, more, code):
    monkeypatch.chdir(tmp_path)
    Path("news.jsonl").write_text("\n".join(lines) + "\n")
    assert run("add", "news.jsonl", *more).code == code
    assert run("add", "news.jsonl", *more).code == code  # and the same again


def test_the_doctor_exits_with_1_when_something_is_left(run, week):
    data = Path("news.retold").read_bytes()
    middle = len(data) // 2 // 4096 * 4096
    Path("news.retold").write_bytes(data[:middle] + b"\xff" * 40960 + data[middle + 40960 :])
    ran = run("doctor")
    assert ran.code == 1
    assert "found: the file: " in ran.out
    assert "take a copy made before" in " ".join(ran.out.split())


def test_a_second_writer_is_told_to_wait_and_questions_are_answered(run, week):
    with retold.open("news.retold") as archive, archive.desk():
        for command in (["learn"], ["add", "examples/week.jsonl"], ["doctor"]):
            ran = run(*command)
            assert (ran.code, ran.out) == (1, "")
            assert "another process is writing" in ran.err
        assert run("stories").code == 0


# Inputs


def test_articles_come_from_stdin_packed_or_not(run, week):
    lines = Path("examples/later.jsonl").read_bytes()
    for data in (lines, gzip.compress(lines)):
        ran = run("add", "-", "--json", stdin=data)
        assert (ran.code, ran.document["known"]) == (0, 4)


def test_columns_with_other_names_are_mapped(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("news.csv").write_text('doc,paper,head,body\n7,Pell Post,Rain,"Rain fell on Pell, ""all day""."\n')
    assert run("add", "news.csv", "--map", "id=doc, outlet=paper,title = head,text=body").code == 0
    (row,) = [json.loads(line) for line in run("export", "versions").out.splitlines()]
    told = [row[name] for name in ("source_id", "outlet", "title", "text")]
    assert told == ["7", "Pell Post", "Rain", 'Rain fell on Pell, "all day".']


# Exports


@pytest.mark.parametrize(("name", "first"), [("t.csv", b"source_id,"), ("t.parquet", b"PAR1"), ("t.out", b'{"source')])
def test_the_ending_of_a_file_says_the_format_of_an_export(run, week, name, first):
    ran = run("export", "tellings", "-o", name)
    assert (ran.code, ran.out, ran.err) == (0, "", f"retold: wrote {name}: 33 rows\n")
    assert Path(name).read_bytes().startswith(first)
    assert run("export", "tellings", "--format", "csv", "-o", name).code == 0
    assert Path(name).read_bytes().startswith(b"source_id,")


def test_an_export_that_fails_leaves_the_file_as_it_was(run, week, monkeypatch):
    Path("t.csv").write_text("mine")

    def fail(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("retold.archive.archive.Archive.export", fail)
    ran = run("export", "tellings", "-o", "t.csv")
    assert (ran.code, Path("t.csv").read_text()) == (1, "mine")
    assert "No space left on device" in ran.err
    assert [name for name in os.listdir() if name.startswith(".t.csv")] == []


@pytest.mark.parametrize("command", ["export versions", "export versions --format csv", "stories", "stories --json"])
def test_a_reader_that_has_seen_enough_is_no_error(week, command):
    piped = f"{{ {sys.executable} -m retold {command}; echo $? >&2; }} | true"
    ran = subprocess.run(["sh", "-c", piped], capture_output=True, text=True, check=False)
    assert ran.stderr == "0\n"


def test_the_names_that_the_light_door_repeats_are_those_of_the_rooms_behind_it():
    from retold.archive.exporting import FORMATS
    from retold.archive.tables import EXPORTED
    from retold.cli import add, tables
    from retold.inputs.fields import COLUMNS

    assert tuple(EXPORTED) == tables.TABLES
    assert tuple(FORMATS) == tables.FORMATS
    assert set(add.FIELDS) == set(COLUMNS)


def test_articles_of_an_archive_are_compared_by_name(week, run):
    told = run("compare", "--archive", "news.retold", "bp-1462", "dg-3311", "--json")
    with retold.open("news.retold") as archive:
        assert told.out.rstrip() == archive.compare("bp-1462", "dg-3311").to_json().rstrip()
    assert run("compare", "--archive", "news.retold", "sv-0829").code == 2
    assert "would destroy it" in run("compare", "--archive", "news.retold", "sv-0811", "-o", "news.retold").err
