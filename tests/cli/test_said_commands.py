"""The commands about statements: what a person sees, and what a script can rely on."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jsonschema
import pytest

import retold

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "archive.schema.json").read_text(encoding="utf-8"))
COUNTED = "I can count, and I cannot sign what I can count"
FERRY = ["examples/ferry/island_echo.txt", "examples/ferry/coast_tribune.html"]


@pytest.fixture
def week(examples, monkeypatch):
    """A folder in which news.retold holds the example's week."""
    monkeypatch.delenv("RETOLD_ARCHIVE", raising=False)
    with retold.open("news.retold", create=True) as archive:
        archive.add(examples / "week.jsonl", learn=True, processes=1)
    return examples.parent


def check(document, kind):
    """Fail where a document is not of the published shape, or has more than is published."""
    closed = {
        name: part | {"additionalProperties": False} if part.get("properties") else part
        for name, part in SCHEMA["$defs"].items()
    }
    jsonschema.Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": closed}).validate(document)


def test_a_file_is_read_without_an_archive(run, examples):
    ran = run("statements", FERRY[0])
    assert (ran.code, ran.err) == (0, "")
    assert "STATEMENT" in ran.out.splitlines()[0]
    assert "Dorota Velmans" in ran.out


def test_the_document_of_files_is_as_published_and_the_same_bytes_from_python(run, examples):
    ran = run("statements", *FERRY, "--json")
    check(ran.document, "Statements")
    assert ran.out == retold.statements_of(FERRY, limit=100).to_json() + "\n"
    (one,) = [one for one in ran.document["statements"] if one["speaker"] == "Dorota Velmans"]
    assert set(one["spans"]) == {"A", "B"}
    assert [each["kind"] for each in one["difference"]] == ["shortened"]


def test_stdin_is_a_file_too(run, examples):
    ran = run("statements", "-", stdin=Path(FERRY[0]).read_bytes())
    assert (ran.code, "Dorota Velmans" in ran.out) == (0, True)


def test_a_story_is_told_with_its_articles(run, week):
    ran = run("statements", "bp-1470")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[1] == "Finance minister Vask resigns over pension bill"
    assert any(line.startswith("B  bp-1470") for line in lines)
    assert any(COUNTED in line for line in run("statements", "bp-1470", "--full").out.splitlines())


def test_a_speaker_is_asked_of_the_whole_archive(run, week):
    ran = run("statements", "--speaker", "Leonor Vask", "--json")
    check(ran.document, "Statements")
    assert {one["speaker"] for one in ran.document["statements"]} == {"Leonor Vask"}
    with retold.open("news.retold") as archive:
        assert ran.out == archive.statements(speaker="Leonor Vask", limit=100).to_json() + "\n"


def test_progress_for_a_program_is_a_line_of_json_a_step(run, week):
    told = [json.loads(line) for line in run("statements", "bp-1470", "--progress", "json").err.splitlines()]
    assert told[-1] == {"step": "reading statements", "done": 6, "total": 6}
    assert run("statements", "bp-1470", "--progress", "json").err == ""


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ([], 2, "PATH, STORY or --speaker NAME"),
        (["no-such-story"], 2, "There is no story 'no-such-story'"),
        (["--speaker", "..."], 2, "names nobody"),
        (["gone.html"], 3, "there is no such file"),
        (["bp-1470", "gone.html"], 3, "there is no such file"),
        (["bp-1470", "--archive", "gone.retold"], 3, "there is no such archive"),
        (["empty.txt"], 3, "empty.txt"),
    ],
)
def test_a_question_that_cannot_be_answered_has_its_code_and_its_words(run, week, given, code, words):
    Path("empty.txt").write_text("")
    ran = run("statements", *given)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_told(run, examples):
    Path("empty.txt").write_text("")
    ran = run("statements", FERRY[0], "empty.txt")
    assert ran.code == 3
    assert "Dorota Velmans" in ran.out
    assert ran.err.startswith("retold: empty.txt")


HOSTILE = '"\x1b[31mWe \u202esank\x07," said <b>Ada Holm</b>, the \x9b2Jcaptain. ' * 40 + '"' * 300


def test_an_article_cannot_steer_the_terminal(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("bad.json").write_text(json.dumps({"id": "bad\x1b", "title": "\x1b]0;owned\x07", "text": HOSTILE}))
    for given in (["statements", "bad.json", "--full"], ["check", "--quote", "We sank", "bad.json", "--full"]):
        ran = run(*given)
        assert ran.code == 0
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(ran.out)


# A quotation


def test_a_quotation_is_checked_in_an_archive(run, week):
    ran = run("check", "--quote", COUNTED)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("4 articles from 2 origins have it word for word as a quotation")
    assert "said by: Leonor Vask" in ran.out
    document = run("check", "--quote", COUNTED, "--json")
    check(document.document, "Quote")
    with retold.open("news.retold") as archive:
        assert document.out == archive.check_quote(COUNTED).to_json() + "\n"


def test_a_quotation_that_nobody_has_shows_the_nearest(run, week):
    ran = run("check", "--quote", "I cannot sign what I cannot count", "--exit-code")
    assert ran.code == 4
    assert ran.out.startswith("No article has it word for word; the nearest is 86% the same.")
    assert "asked “cannot”, there “can”" in ran.out


def test_a_quotation_is_checked_in_files(run, examples):
    ran = run("check", "--quote", "we did not cut a corner", *FERRY)
    assert (ran.code, ran.out.splitlines()[0]) == (
        0,
        "2 articles have it word for word as a quotation, said by Dorota Velmans.",
    )


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        (["--quote", ""], 2, "No words were given"),
        ([], 2, "or --quote WORDS"),
        (["one", "two"], 2, "or --quote WORDS"),
        (["--quote", "we did not", "gone.txt"], 3, "gone.txt"),
    ],
)
def test_a_quotation_that_cannot_be_checked_has_its_code_and_its_words(run, week, given, code, words):
    ran = run("check", *given)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err


# Comparisons and tables


def test_a_comparison_has_its_ledger_unless_it_is_not_wanted(run, examples):
    ran = run("compare", *FERRY)
    assert "Statements " in ran.out
    assert "shortened in A, without “because the sea forgives neither”" in ran.out
    without = run("compare", *FERRY, "--no-statements", "--json").document
    assert (without["statements"], without["speakers"]) == ([], [])
    whole = run("compare", *FERRY, "--json").document
    assert {key: value for key, value in whole.items() if key not in ("statements", "speakers")} == {
        key: value for key, value in without.items() if key not in ("statements", "speakers")
    }


def test_every_statement_of_a_comparison_leads_to_the_words_it_names(run, examples):
    document = run("compare", *FERRY, "--json").document
    texts = {article["key"]: article["text"] for article in document["articles"]}
    assert document["statements"]
    for one in document["statements"]:
        for key, said in one["spans"].items():
            assert " … ".join(texts[key][start:end] for start, end in said["content"]) == said["text"]
        for each in one["difference"]:
            for key, sides in zip(each["between"], each["words"], strict=True):
                assert all(texts[key][side["start"] : side["end"]] == side["text"] for side in sides)
    assert {one["speaker_id"] for one in document["statements"]} - {None} <= {one["id"] for one in document["speakers"]}


def test_a_table_of_statements_is_written_as_any_other(run, week):
    ran = run("export", "statements", "-o", "said.csv")
    assert (ran.code, ran.out) == (0, "")
    with open("said.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert ran.err == f"retold: wrote said.csv: {len(rows):,} rows\n"
    assert {"source_id", "content", "cue_class", "type", "speaker"} <= rows[0].keys()
    speakers = [json.loads(line) for line in run("export", "speakers").out.splitlines()]
    assert {row["speaker_id"] for row in rows} - {""} <= {row["speaker_id"] for row in speakers}
