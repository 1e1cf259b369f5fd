"""``retold report``: one file about a story, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

import retold


@pytest.fixture
def week(examples, monkeypatch):
    """A folder in which news.retold holds the example's week."""
    monkeypatch.delenv("RETOLD_ARCHIVE", raising=False)
    with retold.open("news.retold", create=True) as archive:
        archive.add(examples / "week.jsonl", learn=True, processes=1)
    return examples.parent


def test_a_report_is_written_to_a_file_or_to_stdout_with_the_same_bytes(run, week):
    ran = run("report", "qc-2204", "-o", "ferry.html")
    assert (ran.code, ran.out, ran.err) == (0, "", "retold: wrote ferry.html\n")
    page = Path("ferry.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert run("report", "qc-2204").out == page
    with retold.open("news.retold") as archive:
        assert archive.report("qc-2204").to_html().rstrip("\n") == page.rstrip("\n")


def test_without_statements_it_is_shorter(run, week):
    assert len(run("report", "qc-2204", "--no-statements").out) < len(run("report", "qc-2204").out)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nowhere",), 2, "There is no story 'nowhere'"),
        (("qc-2204", "-o", "news.retold"), 2, "the answer would destroy it"),
        (("qc-2204", "-o", "away/ferry.html"), 2, "There is no folder away"),
        (("qc-2204", "--archive", "other.retold"), 3, "there is no such archive"),
        ((), 2, "Missing argument 'STORY'"),
    ],
)
def test_what_cannot_be_written_is_refused_before_any_work(run, week, arguments, code, said):
    ran = run("report", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_quiet_is_quiet(run, week):
    ran = run("report", "sv-0811", "-o", "dam.html", "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
