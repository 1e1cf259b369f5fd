"""Two people mark one article: how far they agree is counted, and what they disagree on is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.agreement import MEASURES, Pair, differences, main, match, overlap, pair, report
from training.annotated import AnnotationError, Article, is_test, parse

HEAD = "id: {identity}\nkind: report\nvoice: plain\noutlet: Coast Tribune\ntitle: A ferry\n{more}---\n"
FERRY = "{s1|Ada Holm, the captain}, {c1:say|said} {t1|the ferry line was shut}."


def marked(body: str, identity: str = "st-001", more: str = "") -> Article:
    return parse(HEAD.format(identity=identity, more=more) + body + "\n", Path(f"{identity}.txt"))


def both(first: str, second: str, **heads: str) -> Pair:
    return pair(marked(first, **heads), marked(second, **heads))


def measured(*pairs: Pair) -> dict[str, float]:
    return {name: measure(pairs) for name, measure in MEASURES.items()}


def test_two_who_mark_alike_agree_in_everything():
    assert set(measured(both(FERRY, FERRY)).values()) == {1.0}
    assert list(differences(both(FERRY, FERRY))) == []


@pytest.mark.parametrize(
    ("second", "wanted"),
    [
        # the source shorter: still one statement, the speaker's name within the other
        (
            "{s1|Ada Holm}, the captain, {c1:say|said} {t1|the ferry line was shut}.",
            {"statement F1": 1, "source F1": 0, "cue F1": 1, "content F1": 1, "speaker": 0},
        ),
        (
            "{s1=Ada Holm|Ada Holm, the captain}, {c1:claim|said} {t1|the ferry line} was shut.",
            {"statement F1": 1, "source F1": 1, "content F1": 0, "class": 0, "type": 1},
        ),
        # less than half of the content, or another source: not the same statement
        ("{s1|Ada Holm, the captain}, {c1:say|said} {t1|the ferry} line was shut.", {"statement F1": 0, "cue F1": 1}),
        (
            "Ada Holm, {s1|the captain}, {c1:say|said} the {t1|ferry line was shut}.",
            {"statement F1": 1, "source F1": 0},
        ),
        ("Ada Holm, the captain, {s1|said} {t1|the ferry line was shut}.", {"statement F1": 0, "content F1": 1}),
    ],
)
def test_each_measure_sees_its_own_disagreement(second: str, wanted: dict[str, float]):
    found = measured(both(FERRY, second))
    assert {name: found[name] for name in wanted} == wanted


def test_a_captain_and_the_captain_with_her_name_are_close():
    found = measured(both(FERRY, FERRY.replace("{s1|", "{s1=Ada Holm|")))
    assert (found["speaker"], found["speaker, one name in the other"]) == (0, 1)


def test_half_of_the_statements_found_by_one_is_two_thirds():
    one = "{s1|Ada Holm} {c1:say|said} {t1|no}. {s2|Bo Lind} {c2:say|said} {t2|yes}."
    found = measured(both(one, "{s1|Ada Holm} {c1:say|said} {t1|no}. Bo Lind said yes."))
    assert found["statement F1"] == pytest.approx(2 / 3)
    assert found["indirect found"] == 0.5
    assert found["direct found"] == 1


def test_a_source_in_one_and_none_in_the_other_is_not_the_same_statement():
    sourced = marked("{s1|A court} {c1:say|heard} {t1|he lied}.")
    unsourced = marked("A court {c1:say|heard} {t1|he lied}.", more="unsourced: 1 hearsay\n")
    assert match(sourced.statements, unsourced.statements) == ()
    assert len(match(unsourced.statements, unsourced.statements)) == 1


def test_a_nested_content_is_matched_to_the_closest():
    nested = "{s1|The lawyer} {c1:say|said} {t1|{s2|a man} {c2:admit|admitted} {t2|he had taken the bus to town}}."
    (outer, inner) = match(marked(nested).statements, marked(nested).statements)
    assert [(one.number, other.number) for one, other in (outer, inner)] == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    ("ones", "others", "share"),
    [([(0, 4)], [(0, 4)], 1), ([(0, 4)], [(2, 4)], 0.5), ([(0, 2), (4, 6)], [(0, 6)], 4 / 6), ([], [], 0)],
)
def test_contents_overlap_by_their_characters(ones: list[tuple[int, int]], others: list[tuple[int, int]], share: float):
    assert overlap(ones, others) == pytest.approx(share)


def test_texts_that_differ_are_not_compared():
    with pytest.raises(AnnotationError, match=r"differs from st-001\.txt: 'open\.'"):
        both(FERRY, FERRY.replace("shut", "open"))


def test_what_only_one_has_is_told_with_its_words():
    lines = list(differences(both(FERRY, FERRY.replace("{c1:say|", "{c1:claim|"))))
    assert lines == ["st-001: class: 'say' | 'claim'"]
    two = "{s1|Ada} {c1:say|said} {t1|no}. {s2|Bo} {c2:deny|denied} {t2|it}."
    assert list(differences(both(two, "{s1|Ada} {c1:say|said} {t1|no}. Bo denied it."))) == [
        "st-001: only first: [deny] Bo / denied / it"
    ]


def test_the_report_has_a_column_for_each_prefix():
    lines = report([both(FERRY, FERRY, identity="st-001"), both(FERRY, FERRY, identity="wc-001")]).split("\n")
    assert lines[0].split() == ["all", "st", "wc"]
    assert lines[1].split() == ["articles", "2", "1", "1"]
    assert lines[-1].split() == ["indirect", "found", "1.000", "1.000", "1.000"]


def folders(tmp_path: Path, second: str = FERRY) -> tuple[list[str], Path]:
    identity = next(name for name in (f"st-{number:03}" for number in range(50)) if is_test(name))
    places = [tmp_path / "first", tmp_path / "second"]
    for place, body in zip(places, (FERRY, second), strict=True):
        place.mkdir()
        (place / f"{identity}.txt").write_text(HEAD.format(identity=identity, more="") + body, encoding="utf-8")
    return [str(place) for place in places], places[1] / f"{identity}.txt"


def test_the_command_prints_the_table_and_the_differences(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    given, _ = folders(tmp_path, FERRY.replace("{c1:say|", "{c1:claim|"))
    assert main([*given, "--differences"]) == 0
    printed = capsys.readouterr().out
    assert "statement F1" in printed
    assert "class 1\n" in printed
    assert main(given) == 0
    assert "'claim'" not in capsys.readouterr().out


def test_an_article_that_only_one_marked_stops_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    given, second = folders(tmp_path)
    second.unlink()
    assert main(given) == 1
    assert "only one of" in capsys.readouterr().err
    assert main(given[:1]) == 1


def test_every_test_article_was_marked_twice(capsys: pytest.CaptureFixture[str]):
    assert main([]) == 0
    assert "statements, both" in capsys.readouterr().out
