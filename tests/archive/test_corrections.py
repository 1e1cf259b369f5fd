"""What a reader corrects: honoured by the next learn, in whatever order it came, and taken back without a trace."""

from __future__ import annotations

import io
import json
import random
import sqlite3
from collections.abc import Callable, Collection
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import retold
from retold.archive.corrected import FIELDS, Known, Read, Said, corrected
from retold.archive.correcting import parts as parts_of
from retold.archive.prepared import blocks_of, prepared
from retold.archive.tables import EXPORTED
from retold.model.records import Block, Kind, Version
from retold.reading.read import read_text

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PAGE = "https://harwick.example/weir"
BREACH = "The weir at Harwick gave way on Monday night, and the river Tarn took two barns with it."
SAFE = "Nobody was hurt, said the warden, Ines Rook. “We heard it go, and ran,” she said."
TEASER = "The baker of Lowmere has sold his last loaf, and the street will miss the smell of it."
SIGNED = "Reporting by Southern Wire"
TEXT = "\n\n".join(["Weir at Harwick breaks", BREACH, TEASER, SAFE, SIGNED])
RECORD = {"id": "weir", "url": PAGE, "outlet": "Harwick Post", "text": TEXT, "published": "2026-05-03"}


@pytest.fixture
def archive(tmp_path):
    """An empty archive."""
    with retold.open(tmp_path / "news.retold", create=True) as opened:
        yield opened


def place(text: str, words: str) -> tuple[int, int]:
    """Where words stand in a text."""
    return text.index(words), text.index(words) + len(words)


def kinds(archive: retold.Archive, name: str = "weir") -> dict[str, str]:
    """What each part of an article is, by its first two words."""
    found = archive.reading(name).parts
    return {" ".join(part.text.split()[:2]): part.as_corrected for part in found}


def stands(archive: retold.Archive, name: str = "weir") -> Version:
    """An article as all that is asked of the archive sees it."""
    return archive.versions(name, name)[0]


HISTORY = {"runs", "successors"}
SAID = {"statements", "speakers"}  # take long


def exported(archive: retold.Archive, *, without: Collection[str] = HISTORY) -> dict[str, list[Any]]:
    """All tables but those that tell what happened before, without the numbers of the runs."""
    found = {}
    for table in sorted(set(EXPORTED) - set(without)):
        file = io.BytesIO()
        archive.export(table, "jsonl", file, processes=1)
        found[table] = [{**json.loads(line), "run": 0} for line in file.getvalue().splitlines()]
    return found


def learned(archive: retold.Archive, **which: Any) -> dict[str, list[Any]]:
    archive.learn(processes=1)
    return exported(archive, **which)


def test_a_correction_is_kept_at_once_and_honoured_by_the_next_learn(archive):
    archive.add(RECORD, learn=True, processes=1)
    told = archive.correct("weir", title="Weir breaks", blocks=[(*place(TEXT, TEASER), "furniture")])
    assert (told.corrected, told.honoured) == (True, False)
    assert kinds(archive)["The baker"] == "furniture"
    assert archive.versions(PAGE, PAGE)[0].title == "Weir at Harwick breaks"
    archive.learn(processes=1)
    assert archive.reading("weir").honoured
    found = stands(archive)
    assert (found.title, found.text) == ("Weir breaks", TEXT)
    (block,) = [each for each in found.blocks if each.start == place(TEXT, TEASER)[0]]
    assert (block.kind, block.reason) == (Kind.FURNITURE, "corrected by a reader")


@pytest.mark.parametrize(
    ("given", "name", "stated"),
    [
        ({"title": " Weir\nbreaks "}, "title", "Weir breaks"),
        ({"title": ""}, "title", None),
        ({"outlet": "Harwick Gazette"}, "outlet", "Harwick Gazette"),
        ({"outlet": ""}, "outlet", None),
        ({"author": "Ines Rook"}, "author", "Ines Rook"),
        ({"published": "2026-05-04T07:30:00+02:00"}, "published", "2026-05-04T07:30:00+02:00"),
        ({"published": ""}, "published", None),
        ({"language": "German"}, "language", "de"),
        ({"language": ""}, "language", "und"),
    ],
)
def test_each_field_can_be_corrected_or_emptied(archive, given, name, stated):
    archive.add(RECORD, learn=True, processes=1)
    archive.correct("weir", **given)
    archive.learn(processes=1)
    (article,) = archive.table("articles").to_pylist()
    assert article[name] == stated
    assert archive.table("versions").to_pylist()[0][name] == stated
    assert archive.doctor(repair=False).found == []


def test_what_is_furniture_by_a_correction_is_found_no_more_and_what_is_text_is(archive):
    archive.add(RECORD, learn=True, processes=1)
    assert archive.search("loaf").hits
    archive.correct("weir", title="Barns are gone", blocks=[(*place(TEXT, TEASER), "furniture")])
    archive.learn(processes=1)
    assert not archive.search("loaf").hits
    assert archive.search('"barns are gone"').hits
    archive.take_back("weir")
    archive.learn(processes=1)
    assert archive.search("loaf").hits
    assert not archive.search('"barns are gone"').hits
    assert archive.doctor().found == []


def test_who_speaks_in_what_is_no_text_is_not_heard(archive):
    archive.add(RECORD, learn=True, processes=1)
    assert archive.statements("weir", processes=1).statements
    archive.correct("weir", blocks=[(*place(TEXT, SAFE), "caption")])
    archive.learn(processes=1)
    assert archive.statements("weir", processes=1).statements == []


def test_a_credit_is_read_again_where_a_block_becomes_or_stops_being_one(archive):
    archive.add(RECORD, learn=True, processes=1)
    assert [credit.name for credit in stands(archive).credits] == ["Southern Wire"]
    assert archive.origins("weir").origins[0].agency == "Southern Wire"
    archive.correct("weir", blocks=[(*place(TEXT, SIGNED), "furniture")])
    archive.learn(processes=1)
    assert stands(archive).credits == ()
    assert archive.origins("weir").origins[0].agency is None
    archive.correct("weir", blocks=[(*place(TEXT, SIGNED), "credit")])
    archive.learn(processes=1)
    assert archive.origins("weir").origins[0].agency == "Southern Wire"
    assert not archive.reading("weir").corrected  # as it was read: nothing is left to correct


APPEAL = "Sign up for Tideglass, our free letter."
SUBJECTS = ["Ferry fares rise", "Mayor resigns", "Storm closes harbour", "Bread is cheaper", "Quarry blast hurts two"]
TWO_MORE = ["Lighthouse sold", "Museum robbed"]


def pages(subjects: list[str], outlet: str = "Coast Tribune") -> list[dict[str, Any]]:
    """Pages of an outlet that all end with one line."""
    return [
        {"id": f"p{at}", "outlet": outlet, "title": title, "text": f"{title}, the council said on Monday.\n\n{APPEAL}"}
        for at, title in enumerate(subjects)
    ]


def test_a_reader_has_the_last_word_over_what_recurs_on_an_outlets_pages(archive):
    archive.add(pages(SUBJECTS + TWO_MORE), learn=True, processes=1)
    span = place(stands(archive, "p1").text, APPEAL)
    assert kinds(archive, "p1")["Sign up"] == "furniture"
    archive.correct("p1", blocks=[(*span, "paragraph")])
    archive.learn(processes=1)
    assert kinds(archive, "p1")["Sign up"] == "paragraph"
    assert kinds(archive, "p2")["Sign up"] == "furniture"
    assert [hit.source_ids for hit in archive.search("Tideglass").hits] == [["p1"]]
    assert archive.table("furniture").to_pylist()[0]["articles"] == 6


@pytest.mark.parametrize("outlet", ["Hill Courier", ""])
def test_an_article_of_another_outlet_leaves_the_furniture_of_the_first(archive, outlet):
    archive.add(pages(SUBJECTS), processes=1)
    before = learned(archive)
    assert len(before["furniture"]) == 1
    archive.correct("p0", outlet=outlet)
    archive.learn(processes=1)
    assert archive.table("furniture").to_pylist() == []  # four pages are too few
    assert len(archive.search("Tideglass").hits) == 5
    archive.take_back("p0")
    assert learned(archive) == before
    assert archive.doctor(repair=False).found == []


def correct_much(archive: retold.Archive) -> None:
    """Correct some of the example: fields that move articles, and blocks that others have as well."""
    text = stands(archive, "qc-2204").text
    archive.correct(
        "qc-2204", title="Morning ferry", published="2026-05-08", blocks=[(0, text.index("\n"), "furniture")]
    )
    archive.correct("sv-0811", outlet="Hill Courier", language="de", author="Ines Rook")
    archive.correct("nl-5510", blocks=[(0, 40, "heading"), (41, len(stands(archive, "nl-5510").text), "paragraph")])


def week() -> list[dict[str, Any]]:
    lines = [
        line for name in ("week", "later") for line in (EXAMPLES / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    return [json.loads(line) for line in lines]


def test_what_is_taken_back_leaves_no_trace(archive):
    archive.add(week(), processes=1)
    before = learned(archive)
    correct_much(archive)
    archive.take_back("qc-2204")
    archive.take_back("sv-0811")
    archive.take_back("nl-5510")
    assert exported(archive) == before
    correct_much(archive)
    after = learned(archive)
    changed = {table for table in before if after[table] != before[table]}
    assert changed >= {"articles", "versions", "corrections", "stories", "statements"}
    for name in ("qc-2204", "sv-0811", "nl-5510"):
        assert not archive.take_back(name).honoured
    assert learned(archive) == before
    assert archive.corrections().articles == []
    assert archive.doctor(repair=False).found == []


@pytest.mark.parametrize("seed", range(3))
def test_articles_and_corrections_in_any_order_come_to_the_same(tmp_path, seed):
    def made(name: str, work: Callable[[retold.Archive], dict[str, list[Any]]]) -> dict[str, list[Any]]:
        with retold.open(tmp_path / name, create=True) as archive:
            return work(archive)

    def at_once(archive: retold.Archive) -> dict[str, list[Any]]:
        archive.add(week(), processes=1)
        correct_much(archive)
        return learned(archive, without=HISTORY | SAID)

    def mixed(archive: retold.Archive) -> dict[str, list[Any]]:
        chance = random.Random(seed)
        records = chance.sample(week(), len(week()))
        first = [one for one in records if one["id"] in ("qc-2204", "sv-0811", "nl-5510") and "seen" not in one]
        rest = [one for one in records if one not in first]
        archive.add([*first, *rest[:10]], learn=seed % 2 == 0, processes=1)
        archive.add([one for one in rest if one["id"] == "qc-2204"], processes=1)
        correct_much(archive)
        archive.add(rest[10:20], learn=seed % 3 == 0, processes=1)
        archive.add([*rest[20:], *first], processes=1)
        return learned(archive, without=HISTORY | SAID)

    assert made("mixed", mixed) == made("at once", at_once)


def test_an_article_that_is_added_again_stays_corrected(archive):
    archive.add(RECORD, learn=True, processes=1)
    archive.correct("weir", title="Weir breaks", outlet="", blocks=[(*place(TEXT, TEASER), "furniture")])
    before = learned(archive)
    assert archive.add(RECORD, processes=1).known == 1
    assert exported(archive) == before
    assert learned(archive) == before


def test_what_is_stated_of_a_corrected_article_later_fills_what_was_read(archive):
    bare = {name: value for name, value in RECORD.items() if name not in ("outlet", "published")}
    archive.add(bare, learn=True, processes=1)
    archive.correct("weir", outlet="The Weir")
    archive.learn(processes=1)
    archive.add(RECORD | {"author": "Ines Rook"}, processes=1)
    found = {field.name: (field.as_read, field.as_corrected) for field in archive.reading("weir").fields}
    assert found["outlet"] == ("Harwick Post", "The Weir")
    assert found["published"] == ("2026-05-03", "2026-05-03")
    assert found["author"] == ("Ines Rook", "Ines Rook")
    assert stands(archive).outlet == "The Weir"
    archive.take_back("weir")
    archive.learn(processes=1)
    assert stands(archive).outlet == "Harwick Post"


LATER = TEXT.replace(BREACH, "Two barns are gone.") + "\n\nThe weir will be mended by May, the council said on Tuesday."


@pytest.mark.parametrize("late", [False, True])
def test_another_version_honours_what_was_corrected_where_it_reads_the_same(archive, late):
    """The order in which the versions came, and whether the correction came between them, makes no difference."""
    other = RECORD | {"text": LATER, "seen": "2026-05-05"}
    spans = [(*place(TEXT, TEASER), "furniture"), (*place(TEXT, BREACH), "standfirst")]
    archive.add([other, RECORD] if late else RECORD, learn=True, processes=1)
    first = next(row["version_id"] for row in archive.table("versions").to_pylist() if row["text"] == TEXT)
    archive.correct("weir", outlet="The Weir", blocks=spans, version=first)
    if not late:
        archive.add(other, processes=1)
        assert not archive.reading("weir").honoured
    assert kinds(archive)["The baker"] == "furniture"
    archive.learn(processes=1)
    found = stands(archive)
    assert (found.text, found.outlet) == (LATER, "The Weir")
    assert kinds(archive)["The baker"] == "furniture"
    told = {each.text or each.part: each.not_in for each in archive.reading("weir").corrections}
    assert told == {"outlet": [], TEASER: [], BREACH: [found.id]}  # its words are not there: told, and not applied


def test_a_field_that_another_version_reads_otherwise_stays_as_that_has_it(archive):
    archive.add([RECORD | {"title": "Weir brks"}, RECORD | {"title": "Weir breaks", "seen": "2026-05-05"}], processes=1)
    first = next(row["version_id"] for row in archive.table("versions").to_pylist() if row["title"] == "Weir brks")
    archive.correct("weir", title="The weir breaks", version=first)
    archive.learn(processes=1)
    assert sorted(row["title"] for row in archive.table("versions").to_pylist()) == ["The weir breaks", "Weir breaks"]


def test_what_was_corrected_before_stands_but_for_the_same_field_or_place(archive):
    archive.add(RECORD, learn=True, processes=1)
    start, end = place(TEXT, TEASER)
    archive.correct("weir", title="Weir breaks", blocks=[(start, end, "furniture")])
    archive.correct("weir", outlet="The Weir", blocks=[(start, start + 40, "heading")])
    told = archive.correct("weir", title="Weir at Harwick breaks")  # as it was read
    assert [(each.part, each.as_corrected) for each in told.corrections] == [
        ("outlet", "The Weir"),
        ("block", "heading"),
    ]


def test_words_that_were_left_out_can_be_made_text_line_by_line():
    read = Version("v", "x", TEXT, (Block(*place(TEXT, BREACH), Kind.PARAGRAPH),), language="en")
    start = place(TEXT, TEASER)[0]
    end = place(TEXT, SAFE)[1]
    said = Said("v", "block", start, end, TEXT[start:end], "paragraph")
    now = blocks_of(corrected(known_of(read), {"v": known_of(read)}, [said]).read.blocks)
    assert [TEXT[each.start : each.end] for each in now] == [BREACH, f"{TEASER}\n\n{SAFE}"]
    parts = [(part.text, part.as_read, part.as_corrected) for part in parts_of(TEXT, read.blocks, now)]
    assert parts == [
        ("Weir at Harwick breaks", "left out", "left out"),
        (BREACH, "paragraph", "paragraph"),
        (f"{TEASER}\n\n{SAFE}", "left out", "paragraph"),
        (SIGNED, "left out", "left out"),
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"published": "in May"}, "'in May' is no time. A day or a moment is wanted"),
        ({"language": "Harwickian"}, "'Harwickian' is none. A code or a name is wanted"),
        ({"title": "x" * 1001}, "at most 1,000 are wanted"),
        ({"blocks": [(0, 9, "advert")]}, "'advert' is no kind of block. There are: title, standfirst"),
        ({"blocks": [(0, 99_999, "furniture")]}, "0-99999 is no place in this text, which has 311"),
        ({"blocks": [(9, 3, "furniture")]}, "9-3 is no place"),
        ({"blocks": [(22, 24, "furniture")]}, "nothing but white space"),
        ({"blocks": [(0, 9, "title"), (5, 12, "title")]}, "0-9 and 5-12 overlap"),
        ({"version": "nothing"}, "has no version 'nothing'. List its versions with: retold revisions"),
    ],
)
def test_what_cannot_be_is_refused_in_words_that_help_and_changes_nothing(archive, given, said):
    archive.add(RECORD, learn=True, processes=1)
    before = archive.table("runs").to_pylist()
    with pytest.raises(retold.UsageError, match=said):
        archive.correct("weir", **given)
    with pytest.raises(retold.UsageError, match="There is no article 'wier'"):
        archive.correct("wier", title="Weir")
    with pytest.raises(retold.UsageError, match="Nothing of weir is corrected"):
        archive.take_back("weir")
    assert archive.table("runs").to_pylist() == before


def test_what_a_reader_says_lasts_when_the_article_is_read_otherwise_later(archive):
    """Whether it is said before or after the article is added with more makes no difference."""
    archive.add(RECORD, learn=True, processes=1)
    archive.correct("weir", author="")
    archive.add(RECORD | {"author": "Ines Rook"}, processes=1)
    archive.learn(processes=1)
    assert stands(archive).author is None
    archive.correct("weir", author="Ines Rook")  # as it is read now: corrected no more
    archive.learn(processes=1)
    assert (archive.corrections().articles, stands(archive).author) == ([], "Ines Rook")


def test_text_that_a_reader_called_text_stays_text_when_it_recurs_later(archive):
    first, *others = pages(SUBJECTS + TWO_MORE)
    archive.add(first, learn=True, processes=1)
    archive.correct("p0", blocks=[(*place(first["text"], APPEAL), "paragraph")])
    archive.add(others, processes=1)
    archive.learn(processes=1)
    assert kinds(archive, "p0")["Sign up"] == "paragraph"
    assert kinds(archive, "p1")["Sign up"] == "furniture"


def test_where_nothing_is_said_nothing_is_written(archive):
    archive.add(RECORD, learn=True, processes=1)
    before = archive.table("runs").to_pylist()
    told = archive.correct("weir")
    assert (told.corrected, told.honoured) == (False, True)
    assert archive.table("runs").to_pylist() == before


def test_only_what_is_corrected_is_learned_again(archive):
    archive.add(week(), learn=True, processes=1)
    runs = {row["story_id"]: row["run"] for row in archive.table("stories").to_pylist()}
    archive.correct("sv-0829", title="Quarry")
    archive.learn(processes=1)
    changed = [row["story_id"] for row in archive.table("stories").to_pylist() if row["run"] != runs[row["story_id"]]]
    assert changed == [archive.story("sv-0829").id]


def test_an_article_of_which_nothing_is_text_any_more_stays_an_article(archive):
    archive.add(week(), learn=True, processes=1)
    text = stands(archive, "qc-2204").text
    archive.correct("qc-2204", blocks=[(0, len(text), "furniture")], title="")
    archive.learn(processes=1)
    assert archive.story("qc-2204").articles == 1
    assert archive.doctor(repair=False).found == []


def test_a_title_alone_is_no_text_whatever_it_is_corrected_to(archive):
    archive.add([RECORD, {"url": PAGE, "title": "Weir brks", "seen": "2026-05-09"}], learn=True, processes=1)
    bare = next(row["version_id"] for row in archive.table("versions").to_pylist() if row["text"] == "Weir brks")
    archive.correct(PAGE, title="Weir breaks", version=bare)
    archive.learn(processes=1)
    assert stands(archive).text == TEXT


def test_a_learning_that_was_cut_off_after_it_corrected_is_taken_up_again(archive):
    class CutError(Exception):
        """Somebody has pulled the plug."""

    def cut(step: str, done: int, total: int) -> None:
        if step == "settling stories":
            raise CutError

    archive.add(pages(SUBJECTS), learn=True, processes=1)
    archive.correct("p0", outlet="Hill Courier")
    with pytest.raises(CutError):
        archive.learn(processes=1, progress=cut)
    assert not archive.reading("p0").honoured
    archive.learn(processes=1)
    assert archive.reading("p0").honoured
    assert archive.table("furniture").to_pylist() == []


WORDS = some.text(alphabet="ab \n", min_size=1, max_size=30)
SPANS = some.lists(some.tuples(some.integers(0, 9), some.integers(1, 15), some.sampled_from(list(Kind))), max_size=4)


@settings(suppress_health_check=[HealthCheck.too_slow])  # of the machine, where it is busy
@given(WORDS, SPANS, SPANS)
def test_whatever_is_corrected_blocks_are_in_order_apart_and_hold_all_that_is_no_space(text, read, said):
    def apart(spans: list[Any]) -> list[Block]:
        found, place = [], 0
        for gap, size, kind in spans:
            start = min(len(text), place + gap)
            place = min(len(text), start + size)
            bare = text[start:place].strip()
            if bare:
                first = text.index(bare, start)
                found.append(Block(first, first + len(bare), kind))
        return found

    known = known_of(Version("v", "x", text, tuple(apart(read))))
    told = [
        Said("v", "block", each.start, each.end, text[each.start : each.end], each.kind.value) for each in apart(said)
    ]
    found = blocks_of(corrected(known, {"v": known}, told).read.blocks)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[each.start : each.end] == text[each.start : each.end].strip() != "" for each in found)
    held = {at for each in (*apart(read), *apart(said)) for at in range(each.start, each.end) if text[at].strip()}
    assert {at for each in found for at in range(each.start, each.end) if text[at].strip()} == held
    kind_at = {at: each.kind for each in found for at in range(each.start, each.end)}
    assert all(
        kind_at[at] is each.kind for each in apart(said) for at in range(each.start, each.end) if text[at].strip()
    )


def known_of(version: Version, stood: float | None = None) -> Known:
    made = prepared(version)
    read = Read(*(getattr(made, name) for name in (*FIELDS, "blocks", "credits", "prints")))
    return Known(version.id, version.text, stood, read)


def test_of_blocks_with_the_same_words_the_one_in_the_same_place_of_their_order_is_meant():
    words = "Read more about the weir"
    one = known_of(read_text(f"{words}\n\n{BREACH}\n\n{words}\n\n{SAFE}"), 1.0)
    other = known_of(read_text(f"{SAFE}\n\n{words}\n\n{words}\n\n{BREACH}"), 2.0)
    second = one.text.rindex(words)
    said = [Said(one.id, "block", second, second + len(words), words, "heading")]
    found = corrected(other, {one.id: one, other.id: other}, said)
    marked = [each.start for each in blocks_of(found.read.blocks) if each.kind is Kind.HEADING]
    assert marked == [other.text.rindex(words)]


# What lies on the disk


def made_older(path: Path) -> None:
    """Make an archive one of schema 3, which knew no corrections."""
    base = sqlite3.connect(path)
    for table in ("corrections", "readings"):
        base.execute(f"DROP TABLE {table}")
    base.execute("PRAGMA user_version = 3")
    base.commit()
    base.close()


def test_an_archive_of_schema_3_answers_is_corrected_and_keeps_all_that_it_had(tmp_path):
    path = tmp_path / "news.retold"
    with retold.open(path, create=True) as archive:
        archive.add(week(), processes=1)
        before = learned(archive, without=HISTORY | SAID)
    made_older(path)
    with retold.open(path) as archive:
        assert archive.is_older
        assert not archive.reading("qc-2204").corrected
        assert archive.corrections().articles == []
        assert exported(archive, without=HISTORY | SAID) == before
        correct_much(archive)
        assert not archive.is_older
        assert learned(archive, without=HISTORY | SAID) != before
        for name in ("qc-2204", "sv-0811", "nl-5510"):
            archive.take_back(name)
        assert learned(archive, without=HISTORY | SAID) == before


def judged(path: Path) -> list[Any]:
    base = sqlite3.connect(path)
    try:
        return base.execute("SELECT article_id, run FROM judged ORDER BY article_id").fetchall()
    finally:
        base.close()


def test_only_families_in_which_something_is_corrected_are_judged_again(tmp_path):
    path = tmp_path / "news.retold"
    with retold.open(path, create=True) as archive:
        archive.add(week(), learn=True, processes=1)
    made_older(path)
    before = dict(judged(path))
    with retold.open(path) as archive:
        archive.learn(processes=1)  # brought to this schema: nothing is judged for that
        assert dict(judged(path)) == before
        archive.correct("sv-0829", blocks=[(0, 30, "caption")])
        archive.learn(processes=1)
        changed = [article for article, run in judged(path) if run != before[article]]
        assert changed == [archive.reading("sv-0829").article_id]


def test_a_correction_of_a_version_that_is_no_more_is_told_by_the_doctor_and_harms_nothing(tmp_path):
    path = tmp_path / "news.retold"
    with retold.open(path, create=True) as archive:
        archive.add(RECORD, learn=True, processes=1)
        archive.correct("weir", title="Weir breaks")
    base = sqlite3.connect(path)
    base.execute("UPDATE corrections SET version_id = 'gone'")
    base.commit()
    base.close()
    with retold.open(path) as archive:
        assert archive.doctor().found == ["corrections of no version: 1"]
        archive.learn(processes=1)
        assert stands(archive).title == "Weir at Harwick breaks"
        assert archive.reading("weir").corrections[0].not_in == [stands(archive).id]
        assert not archive.take_back("weir").corrected
        assert archive.doctor().found == []


def test_a_desk_places_an_article_that_is_corrected(archive):
    archive.add(week(), learn=True, processes=1)
    archive.correct("bp-1470", title="Ferry", language="de")
    record = next(one for one in week() if one["id"] == "bp-1470")
    with archive.desk() as desk:
        assert desk.join({**record, "text": f"{record['text']}\n\nThe mole is open again."}).known is False
    assert stands(archive, "bp-1470").title == "Ferry"
    archive.learn(processes=1)
    assert archive.doctor(repair=False).found == []
