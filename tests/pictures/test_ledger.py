"""The ledger of statements in words: who tells what how, and no more said of it than was found."""

from __future__ import annotations

import copy
from html import unescape

import pytest

from retold.pictures import statements as lines
from retold.pictures.columns import breadth
from retold.pictures.ledger import differences, evidence, rows, summary
from retold.pictures.report import report
from retold.pictures.terminal import picture
from retold.pictures.verdicts import quoted


def difference(kind, one, other, *, between=("A", "B"), manner="altered"):
    sides = [[{"start": 0, "end": len(words), "text": words}] if words else [] for words in (one, other)]
    return {"kind": kind, "between": list(between), "words": sides, "manner": manner}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([difference("shortened", "", "by both")], "shortened in A, without “by both”"),
        ([difference("shortened", "by both", "")], "shortened in B, without “by both”"),
        (
            [difference("shortened", "x y", "", between=("A", key)) for key in "BC"],
            "shortened in B and C, without “x y”",
        ),
        ([difference("altered", "tool", "toy")], "other words inside the quotation: “tool” (A), “toy” (B)"),
        ([difference("paraphrase made quotation", "", "")], "reported in A, quoted in B"),
        ([difference("quotation made paraphrase", "", "")], "quoted in A, reported in B"),
        ([difference("other speaker", "Ada Holm", "Per Vind")], "other speaker: Ada Holm (A), Per Vind (B)"),
        (
            [difference("named against anonymous", "Ada Holm", "an aide", manner="heard differently")],
            "named against anonymous: Ada Holm (A), an aide (B) (heard differently)",
        ),
        ([difference("other cue", "said", "claimed")], "other cue: said (A), claimed (B)"),
        ([difference("other cue", "said", "")], "other cue: said (A), nothing (B)"),
    ],
)
def test_each_kind_of_difference_is_told_in_its_own_words(told, words):
    assert list(differences(told)) == [words]


def test_a_row_knows_its_state_in_each_article_and_the_passage_where_it_stands(pair):
    told = list(rows(pair))
    assert [row.speaker for row in told] == ["lake council", "Dana Oble", "they", "Ila Brandt", "the draft"]
    assert told[2].states == {"A": "part “…”", "B": "part “…”"}
    assert told[3].states == {"B": "“…”"}
    assert [list(row.passages.values()) for row in told] == [["1", "1"], ["2", "2"], ["3", "3"], ["5"], ["8", "8"]]
    assert [row.is_changed for row in told] == [False, True, True, False, True]
    assert summary(pair) == "4 in both, 1 only in B; 3 told differently"


def test_a_negated_or_uncertain_statement_says_so(pair):
    document = copy.deepcopy(pair)
    document["statements"][0]["spans"]["A"] |= {"negated": True, "modality": "might"}
    assert next(rows(document)).states["A"] == "not: reported (might)"


def test_a_document_of_an_older_retold_has_no_ledger_and_is_drawn_all_the_same(pair):
    old = {key: value for key, value in pair.items() if key not in ("statements", "speakers")}
    assert "Statements" not in picture(old)
    assert 'id="statements"' not in report(old)


def test_of_many_statements_those_that_differ_are_shown_first(pair):
    document = copy.deepcopy(pair)
    alike = document["statements"][0]
    document["statements"] = [alike] * 60 + document["statements"]
    told = picture(document).splitlines()
    assert "     and 35 more (--all)" in told
    assert sum(line.startswith("!") for line in told) == 3
    assert "more (--all)" not in picture(document, everything=True)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("full", [False, True])
def test_no_line_of_an_answer_is_wider_than_asked(pair, width, full):
    for line in lines.statements(answer(pair), width=width, full=full).splitlines():
        assert breadth(line) <= width, line


def answer(pair):
    """The answer of ``retold statements`` with the statements of a comparison."""
    named = {"article_id": "x", "source_ids": ["lake-1"], "outlet": None, "title": "Lake", "published": None}
    return {
        "story_id": "s1",
        "requested_id": "lake-1",
        "title": "The lake",
        "speaker": None,
        "articles": [{"key": key, **named} for key in "AB"],
        "total": len(pair["statements"]),
        "statements": pair["statements"],
        "rejects": [{"source": "b.txt", "place": "", "reason": "The file is empty."}],
    }


def test_an_answer_names_its_story_its_articles_and_what_was_left_out(pair):
    told = lines.statements(answer(pair), width=120)
    assert told.startswith("5 STATEMENTS  4 in both, 1 only in B; 3 told differently\nThe lake\nstory s1, asked for as")
    assert "Left out: b.txt: The file is empty." in told
    full = lines.statements(answer(pair), width=120, full=True)
    start, end = pair["statements"][1]["spans"]["A"]["content"][0]
    assert f"A {start}–{end}, the council's secretary Dana Oble: are on the same course" in full


EVIL = "<script>alert(1)</script>\x1b[31m\u202e"


def test_hostile_words_stay_words(pair):
    document = copy.deepcopy(pair)
    one = document["statements"][1]
    one["speaker"] = EVIL
    for said in one["spans"].values():
        said["text"] = said["speaker"] = EVIL
    one["difference"][0]["words"][0][0]["text"] = EVIL
    page = report(document)
    assert "<script>alert" not in page
    assert "<script>alert(1)</script>" in unescape(page)
    for text in (picture(document, everything=True), lines.statements(answer(document), width=100, full=True)):
        assert not {"\x1b", "\u202e"} & set(text)


def test_the_evidence_of_a_statement_stands_in_the_report_with_its_place(pair):
    page = report(pair)
    said = pair["statements"][3]["spans"]["B"]
    start, end = said["content"][0]
    assert f"<li><a href=#p-5-B>B {start}–{end}</a>: <bdi>Ila Brandt</bdi>" in page


def test_tellings_in_the_same_words_are_told_once(pair):
    row = next(rows(pair))
    (one,) = evidence(row)
    assert [key for key, _, _ in one.places] == ["A", "B"]
    assert one.is_shown(row)


def test_a_verdict_says_no_more_than_was_found():
    nobody = {"origins": None, "speakers": [], "nearest": 0.0}
    assert quoted(0, marked=0, **nobody) == "No article has it word for word, or most of it."
    near = quoted(0, marked=0, origins=None, speakers=[], nearest=0.853)
    assert near == "No article has it word for word; the nearest is 85% the same."
    assert quoted(1, marked=0, **nobody) == "1 article has it word for word, and none as a quotation."
    assert quoted(1, marked=1, **nobody) == "1 article has it word for word as a quotation; who says it is not told."
    two = quoted(5, marked=4, origins=2, speakers=["Ada Holm", "Per Vind"], nearest=0.0)
    assert two == (
        "5 articles from 2 origins have it word for word, 4 as a quotation, given to 2 speakers: Ada Holm and Per Vind."
    )
