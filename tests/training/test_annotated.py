"""Annotated news is read as it was written, and what breaks the guide is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.annotated import FOLDER, AnnotationError, Article, is_test, parse
from training.check import check, files, main, problems_of, shared_runs
from training.quoting import quoted

HEAD = "id: st-001\nkind: report\nvoice: plain\noutlet: Coast Tribune\ntitle: A ferry\n---\n"
PLACE = Path("st-001.txt")
FERRY = "{s1|Ada Holm, the captain}, {c1:say|said} {t1|the ferry line was shut}."
FILLER = " ".join(f"word{number}" for number in range(130))


def article(body: str, head: str = HEAD) -> Article:
    return parse(head + body + "\n", PLACE)


def texts(one: Article, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [one.text[start:end] for start, end in spans]


def test_a_statement_is_cut_out_of_the_text_without_marks():
    read = article(FERRY)
    (only,) = read.statements
    assert read.text == "Ada Holm, the captain, said the ferry line was shut."
    assert texts(read, only.sources) == ["Ada Holm, the captain"]
    assert texts(read, only.cues) == ["said"]
    assert texts(read, only.contents) == ["the ferry line was shut"]
    assert (only.cue_class, only.type, only.depth, only.speaker) == ("say", "indirect", 0, "Ada Holm, the captain")


def test_one_source_serves_two_statements_and_is_named():
    read = article(
        "{s1,2=Ada Holm|She} {c1:deny|denied} {t1|having slept}, {c2:accuse|accusing} {t2|the pilots}. Ada Holm."
    )
    assert [one.speaker for one in read.statements] == ["Ada Holm", "Ada Holm"]
    assert [one.cue_class for one in read.statements] == ["deny", "accuse"]


def test_a_statement_inside_a_content_is_one_deeper():
    body = "{s1|The lawyer} {c1:say|said} {t1|{s2|the witness} {c2:admit|had admitted} {t2|that she lied}}."
    assert [one.depth for one in article(body).statements] == [0, 1]


def test_a_content_in_pieces_is_one_statement_over_paragraphs():
    read = article('{t1|"It is over,"} {c1:say|said} {s1|Ada Holm}. {t1|"We go home.}\n\n{t1|"All of us."}')
    (only,) = read.statements
    assert texts(read, only.contents) == ['"It is over,"', '"We go home.', '"All of us."']
    assert only.type == "direct"


def test_who_is_not_told_is_nobody():
    assert article("{s1=?|They} {c1:say|said} {t1|no}.").statements[0].speaker is None


def test_a_passive_says_in_the_head_why_it_has_no_source():
    head = HEAD.replace("---", "unsourced: 1 passive\n---")
    (only,) = article("He {c1:accuse|was accused} {t1|of theft}.", head).statements
    assert (only.unsourced, only.speaker) == ("passive", None)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('"We never saw the sand,"', "direct"),
        ("“It’s the pilots’ fault”", "direct"),
        ("‘It’s the pilots’ fault’", "direct"),
        ("'The ministers' cars were gone'", "direct"),
        ("«A cold day»", "direct"),
        ("„Ein kalter Tag“", "direct"),
        ('the plan was "a disgrace" to all', "mixed"),
        ("the pilots’ plan was a disgrace", "indirect"),
        ("it was a song of the '90s and the '80s", "indirect"),
    ],
)
def test_the_type_comes_from_the_quotation_marks(content: str, kind: str):
    assert article(f"{{s1|Ada Holm}} {{c1:say|said}} {{t1|{content}}}.").statements[0].type == kind


def test_single_marks_that_nothing_closes_are_apostrophes():
    assert quoted("the rock 'n roll of the '70s and 'tis all") == []


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        ("\n\nOne {s1|Ada", 9, "never closed"),
        ("One} two", 7, "closes no mark"),
        ("One {x1|two}", 7, "no mark"),
        ("{c1:shout|cried}", 7, "no class 'shout'"),
        ("{c1|cried}", 7, "a cue has its class"),
        ("{t1=Ada|no}", 7, "only a source"),
        ("{s1|Ada} {c1:say|said} {t1|}", 7, "an empty mark"),
        ("{s1|Ada} {c1:say|said} {t1| no}", 7, "begins and ends with a word"),
        ("{s1|Ada} {c1:say|said} {t1|no\n\nyes}", 7, "for each paragraph"),
        ("{s1|Ada} {c1:say|said} no", 7, "has no content"),
        ("It {c1:say|was said} {t1|no}", 7, "has no source"),
        ("{s2|Ada} {c2:say|said} {t2|no}", 7, "statement 2 follows 0"),
        ("{s2|Ada} {c2:say|said} {t2|no}.\n{s1|Ada} {c1:say|said} {t1|no}", 7, "in the order of the text"),
        ("{s2,1|Ada} {c1:say|said} {t1|no}", 7, "rise from 1"),
        ("{t1|No, {s1|Ada} {c1:say|said}, no}", 7, "inside its own content"),
        ("{s1|Ada} {c1:say|said} {c1:deny|denied} {t1|no}", 7, "two classes"),
    ],
)
def test_what_breaks_the_guide_is_named_with_its_line(body: str, line: int, reason: str):
    with pytest.raises(AnnotationError, match=reason) as caught:
        article(body)
    assert caught.value.line == line


def test_a_file_without_a_head_is_told_so():
    with pytest.raises(AnnotationError, match="no line '---'"):
        parse("Just text.", PLACE)
    with pytest.raises(AnnotationError, match="lacks kind"):
        parse("id: a\n---\nText.", PLACE)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{s1=Ivo Lund|He} {c1:say|said} {t1|no}. " + FILLER, "never says 'Ivo Lund'"),
        ("Short.", "120 or more"),
        ('"Open. ' + FILLER, "left open"),
    ],
)
def test_the_checker_sees_what_the_reader_lets_pass(body: str, reason: str):
    assert any(reason in line for line in problems_of(article(body)))


def test_two_articles_with_a_run_of_words_in_common_are_named():
    first, second = parse(HEAD + FILLER, Path("a.txt")), parse(HEAD + "And " + FILLER, Path("b.txt"))
    assert "b.txt: shares a run with a.txt" in shared_runs([first, second])[0]
    assert shared_runs([first]) == []


def test_the_checker_prints_the_table_and_ends_with_one_on_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    place = tmp_path / "st-001.txt"
    place.write_text(HEAD + FERRY + " " + FILLER + "\n")
    assert main([str(tmp_path)]) == 0
    assert "statements     1, an article 1 to 1" in capsys.readouterr().out
    (tmp_path / "st-002.txt").write_text(place.read_text())
    assert main([str(tmp_path)]) == 1
    assert "the id 'st-001' is that of" in capsys.readouterr().err


def test_the_test_set_is_a_fifth_by_a_fixed_rule():
    chosen = [f"st-{number:03}" for number in range(1000) if is_test(f"st-{number:03}")]
    assert 150 < len(chosen) < 250
    assert is_test(chosen[0])


def test_the_training_text_follows_the_guide():
    articles, problems = check(files([str(FOLDER)]))
    assert problems == []
    assert articles
