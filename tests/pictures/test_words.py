"""A sentence never sounds more certain than its evidence."""

from __future__ import annotations

import re

import pytest

from retold.pictures import words
from retold.pictures.coverage import columns, paths, tally, too_many
from retold.pictures.edits import phrases, sentence, shown, ways
from retold.pictures.report import lines, notebook, report
from retold.pictures.rows import reader
from retold.pictures.terminal import picture
from tests.pictures import sample

DONE = re.compile(r"\b(cut|added|copied|changed to|stolen|plagiari\w+) ", re.IGNORECASE)


def changed(**more):
    return sample.filled(sample.pair() | more)


def verdict(*, same=True, groups=(("A", "B"),), count=1, story="high", origins="high"):
    return changed(
        same_story=same,
        story={"same": same, "certainty": story, "evidence": [], "groups": [list(group) for group in groups]},
        origins={"count": count, "certainty": origins, "groups": []},
    )


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (verdict(), "SAME STORY, 1 ORIGIN (certainty high)"),
        (verdict(count=2, origins="low"), "SAME STORY, 2 ORIGINS (certainty low)"),
        (verdict(story="medium"), "SAME STORY, 1 ORIGIN (certainty medium)"),
        (verdict(same=False, count=2), "NOT THE SAME STORY, SOME TEXT SHARED (certainty high)"),
        (verdict(same=False, count=2) | {"passages": []}, "NOT THE SAME STORY (certainty high)"),
    ],
)
def test_the_headline_says_what_is_known_and_how_well(document, said):
    assert words.headline(document) == said
    assert said in picture(document)


def direction(verdict, source=None, taker=None, signs=()):
    told = {"verdict": verdict, "from": source, "to": taker, "unlikely": [], "signs": list(signs)}
    return changed(direction=told)


SIGN = {"kind": "length", "note": "B has all of A.", "speaks_for": [{"from": "B", "to": "A"}]}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (direction("undetermined"), ["Direction undetermined (no dates)."]),
        (direction("probable", "B", "A", [SIGN, SIGN]), ["A probably shortened B's text (2 signs)."]),
        (direction("probable", "A", "B", [SIGN]), ["B probably retold A's text (1 sign)."]),
        (direction("established", "B", "A", [SIGN]), ["A goes back to B: direction established (1 sign)."]),
        (sample.pair(), ["Direction undetermined (no dates).", "B from A unlikely: 2 signs in passage 8."]),
    ],
)
def test_the_direction_is_told_as_surely_as_it_is_known(document, said):
    assert words.direction(document) == said


@pytest.mark.parametrize("document", [sample.pair(), direction("probable", "B", "A", [SIGN])])
@pytest.mark.parametrize("draw", [report, notebook, picture])
def test_nobody_cut_or_added_anything_unless_it_is_established(document, draw):
    page = re.sub(r"<style>.*?</style>|<script.*?</script>", "", draw(document), flags=re.DOTALL)
    assert not DONE.search(page)


@pytest.mark.parametrize(
    ("at", "unsure", "sure"),
    [
        (1, "only in B “Monday”", "cut in A “Monday”"),
        (6, "A “over”, B “more than”", "reworded in A, from “more than”, to “over”"),
        (11, "only in A “.”", "added in A “.”"),
    ],
)
def test_an_edit_is_told_by_side_and_only_when_established_by_deed(at, unsure, sure):
    document = sample.pair()
    assert sentence(document["edits"][at], ways(document)) == unsure
    assert sentence(document["edits"][at], ways(sample.established())) == sure


def test_readings_of_many_articles_name_those_who_share_them():
    texts = zip("ABCD", ["over", "", "over", "near"], strict=True)
    sides = {key: {"start": 0, "end": len(text), "text": text} for key, text in texts}
    told = phrases({"sides": sides}, ways(sample.pair()))
    assert told == [("A and C", "over"), ("D", "near"), ("B", "")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("two\nlines", "two lines"),
        (".\n\nThe", ". ¶ The"),
        ("\n\n", "a new paragraph"),
        (" ", "a space"),
        ("\x1b[31mred\u202e", "[31mred"),
    ],
)
def test_words_are_shown_on_one_line_and_steer_nothing(text, told):
    assert shown(text) == told


def test_an_outlet_that_is_not_stated_is_not_guessed():
    assert words.outlet({"outlet": None}) == "outlet not stated"


def test_a_source_nobody_showed_us_is_not_named_unless_it_is_credited():
    document = sample.pair()
    assert words.sources(document) == "Source text not found."
    document["origins"]["groups"][0]["credit"] = "Lakewire"
    assert words.sources(document) == "Source text not found. Credited in the text: Lakewire."
    document["origins"]["groups"][0] |= {"source_seen": True, "source": "B", "credit": None}
    assert words.sources(document) == "Source text: B."


def test_photo_credits_are_told_apart_from_sources(pair):
    assert words.ignored_credits(pair) == "Velm Archive (A), Mira Holt / Velm Archive (B)"


def test_quotations_are_counted_with_what_became_of_them(pair):
    assert words.quotations(pair) == "2 in both, 1 of them shortened in A (8); 1 only in B"


def test_every_cell_of_the_coverage_has_its_state(pair):
    assert [column.states for column in columns(pair)] == [
        ("only", "near", "reworded", "near", "same", "absent", "absent", "same", "near"),
        ("absent", "near", "reworded", "near", "same", "only", "only", "same", "near"),
    ]


def test_outlets_with_the_same_words_stand_in_one_column():
    document = sample.family(3, 4)
    first = document["articles"][0]
    for at in range(3, 45):
        key = sample.key_of(at)
        document["articles"].append(first | {"key": key})
        for passage in document["passages"]:
            passage["spans"][key] = passage["spans"]["A"]
    widest = columns(document)[0]
    assert (len(widest.keys), widest.alike) == (43, "identical")
    assert "43 articles, identical" in report(document | {"words": {one["key"]: 9 for one in document["articles"]}})


def test_what_no_table_can_hold_is_painted_in_four_paths():
    drawn = columns(sample.family(160, 40))
    assert too_many(drawn)
    assert set(paths(drawn)) <= {"same", "near", "reworded", "only"}
    assert sum(tally(drawn, 0).values()) == 160


def test_seven_articles_are_one_text_with_the_readings_of_the_others():
    document = sample.family(9, 3)
    for row, passage in zip(lines(reader(document)), document["passages"], strict=True):
        assert len(row.cells) == 1
        told = [edit for edit in document["edits"] if edit["passage"] == passage["id"]]
        assert [item.id for item in row.items] == [edit["id"] for edit in told]
        for item, edit in zip(row.items, told, strict=True):
            assert {text for _, text in item.phrases} == {side["text"] for side in edit["sides"].values()}


def test_edits_told_pair_by_pair_meet_at_their_place():
    document = sample.family(9, 2)
    pairs = []
    for edit in document["edits"]:
        base = edit["sides"].get("A")
        for key, side in edit["sides"].items():
            if base and key != "A" and side["text"] != base["text"]:
                pairs.append(edit | {"id": f"{edit['id']}{key}", "sides": {"A": base, key: side}})
    told = [len(row.items) for row in lines(reader(document | {"edits": pairs}))]
    assert told == [len(row.items) for row in lines(reader(document))]
