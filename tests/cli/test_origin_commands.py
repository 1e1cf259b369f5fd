"""The commands about copies and origins: with an archive and without, as graphs, and with their exit codes."""

from __future__ import annotations

import json
import xml.etree.ElementTree as Xml
from pathlib import Path

import pytest

import retold
from tests.cli.test_archive_commands import CLAIM, check, week

__all__ = ["week"]  # a fixture
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def test_files_are_asked_about_without_an_archive(run, examples):
    ran = run("origins", examples / "week.jsonl", examples / "pages", "--json")
    assert (ran.code, ran.err) == (0, "")
    check(ran.document, "Origins")
    given = [examples / "week.jsonl", examples / "pages"]
    assert ran.out == retold.origins(given, limit=20).to_json() + "\n"
    assert not Path("news.retold").exists()


def test_standard_input_is_a_file_like_others(run, examples):
    line = (examples / "week.jsonl").read_bytes()
    assert run("origins", "-", "--json", stdin=line).document["articles"] == 30


def test_without_an_argument_the_whole_archive_is_asked_about(run, week):
    ran = run("origins", "--limit", "2")
    assert ran.code == 0
    assert ran.out.splitlines()[0].endswith("33 articles, 33 unique texts, 7 outlets")
    assert "2 of " in ran.out


def test_what_cannot_be_read_is_named_and_the_exit_code_says_so(run, examples):
    Path("some.jsonl").write_text('{"id": "x", "text": "A quarry opened in Tarnby."}\nno record\n')
    ran = run("origins", "some.jsonl")
    assert ran.code == 3
    assert ran.err.startswith("retold: some.jsonl#2: ")
    assert ran.out.startswith("1 ORIGIN ")
    assert run("origins", "some.jsonl", "--quiet").err == ""


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (["origins", "examples/week.jsonl", "gone.jsonl"], 3, "gone.jsonl: there is no such file"),
        (["origins", "-", "-"], 2, "only once"),
        (["origins", "nobody"], 2, "no story 'nobody'"),
        (["copies", "nobody"], 2, "no article 'nobody'"),
        (["copies", "bp-1462", "--label", "theft"], 2, "theft"),
        (["check", "two words"], 2, "8 are the least"),
        (["lineage", "bp-1470", "--json", "--format", "dot"], 2, "contradict"),
        (["origins", "examples/week.jsonl", "-o", "examples/week.jsonl"], 2, "would destroy it"),
    ],
)
def test_a_question_that_cannot_be_answered_says_what_is_wanted(run, week, given, code, said):
    ran = run(*given)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_a_claim_that_nobody_carries_has_an_exit_code_for_scripts(run, week):
    strange = "nothing of the kind was ever said by anybody in any of these towns"
    assert [run("check", strange, *more).code for more in ([], ["--exit-code"])] == [0, 4]
    assert run("check", CLAIM, "--exit-code").code == 0


def test_a_claim_may_come_from_standard_input(run, week):
    assert run("check", "-", "--json", stdin=CLAIM.encode()).document["articles"] == 3


def test_an_origin_shows_its_whole_text_when_asked_for(run, week):
    short, full = run("origins", "bp-1470").out, run("origins", "bp-1470", "--full").out
    assert "Its text, each passage" not in short
    assert "Its text, each passage behind how many of the 3 articles have it:" in full
    assert [
        text for text in run("origins", "bp-1470", "--json").document["origins"][0]["text"] if len(text["support"]) == 3
    ]


@pytest.mark.parametrize("ending", ["graphml", "dot", "json"])
def test_a_lineage_is_written_in_the_form_that_the_file_names(run, week, ending):
    assert run("lineage", "bp-1470", "-o", f"line.{ending}").out == ""
    assert Path(f"line.{ending}").read_text(encoding="utf-8") == run("lineage", "bp-1470", "--format", ending).out


def test_a_lineage_is_a_graph_with_certainty_on_its_edges(run, week):
    document = run("lineage", "bp-1470", "--json").document
    graph = Xml.fromstring(run("lineage", "bp-1470", "--format", "graphml").out).find(f"{GRAPHML}graph")
    assert graph is not None
    nodes = {node.get("id") for node in graph.iter(f"{GRAPHML}node")}
    edges = [
        (edge.get("source"), edge.get("target"), _data(edge, "probability")) for edge in graph.iter(f"{GRAPHML}edge")
    ]
    [line] = document["origins"]
    assert nodes == {node["article_id"] for node in line["nodes"]} | set(line["unseen"])
    assert edges == [(edge["source"], edge["target"], str(edge["probability"])) for edge in line["edges"]]


def _data(element: Xml.Element, key: str) -> str | None:
    return next((data.text for data in element.iter(f"{GRAPHML}data") if data.get("key") == key), None)


def test_progress_of_files_is_told_to_programs(run, examples):
    steps = [json.loads(line) for line in run("origins", "examples/week.jsonl", "--progress", "json").err.splitlines()]
    assert {"reading", "looking for copies", "tracing origins"} <= {step["step"] for step in steps}
