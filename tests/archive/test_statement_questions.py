"""Who said what, in which versions, altered where; and whether a quotation stands anywhere."""

from __future__ import annotations

import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

import retold
from retold.answers import Mention, Speaker
from retold.archive import hearing, sentences
from retold.archive.quote_places import places, words_of
from retold.archive.saying import is_meant
from retold.model.errors import SourceError, UsageError
from retold.statements.records import Statement
from retold.store.store import Store

LEAD = (
    "The ferry Osprey will sail to Tarn Island again on Friday, the harbour board of Lowmere said on Monday, nine "
    "weeks after it struck the mole. Divers had looked at the hull for three days and found no crack in it."
)
REST = (
    "The island's two bakeries have had their flour brought by fishing boats since then, and the school has taught "
    "half of its classes in the sailing club. A ticket costs four crowns, as it did before."
)
LONG = '"We looked at every rivet, by day and by night, and we would do it again," said Ada Holm, who heads the board.'
SHORT = '"We looked at every rivet, and we would do it again," said Ada Holm, who heads the board.'
HIDDEN = '"We looked at every rivet, by day and by night, and we would do it again," said a harbour official.'
SAYS = "Jonas Vind, the mayor of Tarn, told reporters that the island had lost a third of its guests."
CLAIMS = "Jonas Vind, the mayor of Tarn, claimed that the island had lost a third of its guests."


def article(name: str, *paragraphs: str, day: int = 4, outlet: str = "Lowmere Post") -> dict[str, Any]:
    return {
        "id": name,
        "outlet": outlet,
        "title": f"Ferry to sail again ({name})",
        "published": f"2026-05-{day:02}T10:00:00Z",
        "language": "en",
        "text": "\n\n".join(paragraphs),
    }


FERRY = [
    article("post-1", LEAD, LONG, SAYS, REST),
    article("mail-1", LEAD, SHORT, CLAIMS, REST, outlet="Tarn Mail", day=5),
    article("echo-1", LEAD, HIDDEN, REST, outlet="Lowmere Echo", day=6),
]
OTHER = article(
    "post-9",
    "A baker in Upper Lenn has won the valley's prize for rye bread for the seventh time, the guild said on Sunday.",
    '"It is the water," said Jonas Vind, who has baked since he was nine. He will not sell the recipe.',
    outlet="Lowmere Post",
    day=20,
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """An archive in which two stories were learned, and nothing was asked yet."""
    path = tmp_path_factory.mktemp("said") / "news.retold"
    with retold.open(path, create=True) as archive:
        archive.add([*FERRY, OTHER], learn=True, processes=1)
    return path


@pytest.fixture
def place(kept, tmp_path) -> Path:
    """A copy of it, which a test may change."""
    path = tmp_path / "news.retold"
    path.write_bytes(kept.read_bytes())
    return path


@pytest.fixture
def archive(place):
    with retold.open(place) as archive:
        yield archive


def row_of(found, words: str):
    """The one statement whose tellings have some words."""
    (one,) = [one for one in found.statements if any(words in said.text for said in one.spans.values())]
    return one


def texts(archive: retold.Archive) -> dict[str, str]:
    return {row["version_id"]: row["text"] for row in archive.table("versions").to_pylist()}


# A story


def test_a_statement_that_three_articles_tell_is_one_row_with_what_differs(archive):
    found = archive.statements("post-1")
    assert [each.source_ids for each in found.articles] == [["post-1"], ["mail-1"], ["echo-1"]]
    assert [each.key for each in found.articles] == ["A", "B", "C"]
    one = row_of(found, "every rivet")
    assert set(one.spans) == {"A", "B", "C"}
    assert (one.speaker, one.type) == ("Ada Holm", "direct")
    told = {(each.kind, each.between): each for each in one.difference}
    assert {kind for kind, _ in told} == {"shortened", "named against anonymous"}
    shorter = told["shortened", ("A", "B")]
    assert [side.text for sides in shorter.words for side in sides] == ["by day and by night"]
    assert shorter.manner == "altered"


def test_said_against_claimed_is_told_as_another_cue(archive):
    one = row_of(archive.statements("mail-1"), "a third of its guests")
    (each,) = one.difference
    assert (each.kind, [side.text for sides in each.words for side in sides]) == ("other cue", ["told", "claimed"])


def test_every_offset_leads_to_the_words_it_names(archive):
    held = texts(archive)
    found = archive.statements("post-1")
    version = {each.key: held[each.version_id] for each in found.articles}
    for one in found.statements:
        for key, said in one.spans.items():
            assert " … ".join(version[key][start:end] for start, end in said.content) == said.text
            assert " … ".join(version[key][start:end] for start, end in said.source) == said.speaker
        for each in one.difference:
            for key, sides in zip(each.between, each.words, strict=True):
                assert all(version[key][side.start : side.end] == side.text for side in sides)
    for speaker in found.speakers:
        assert all(version[each.article][each.start : each.end] == each.text for each in speaker.mentions)


def test_only_what_is_told_differently_can_be_asked_for_and_only_the_first_of_it(archive):
    every = archive.statements("post-1")
    changed = archive.statements("post-1", changed=True)
    assert 0 < changed.total < every.total
    assert all(one.difference for one in changed.statements)
    first = archive.statements("post-1", limit=1)
    assert (first.total, first.statements) == (every.total, every.statements[:1])
    assert {one.speaker_id for one in first.statements} - {None} <= {voice.id for voice in first.speakers}


def test_an_older_version_of_an_article_is_in_the_ledger_too(archive):
    archive.add([article("post-1", LEAD, SHORT, SAYS, REST)], learn=True, processes=1)
    found = archive.statements("post-1")
    assert [each.source_ids[0] for each in found.articles].count("post-1") == 2
    one = row_of(found, "every rivet")
    mine = [each.key for each in found.articles if each.source_ids == ["post-1"]]
    assert ("shortened", "altered") in {
        (each.kind, each.manner) for each in one.difference if set(each.between) <= set(mine)
    }


def test_an_article_that_is_in_no_story_yet_is_a_story_of_its_own(archive):
    archive.add([article("new-1", SAYS, outlet="New Paper", day=25)], processes=1)
    found = archive.statements("new-1")
    assert (found.story_id, found.requested_id, len(found.articles)) == (None, "new-1", 1)
    assert [one.speaker for one in found.statements] == ["Jonas Vind"]


# A speaker


def test_a_speaker_is_found_in_all_stories_and_stays_two_where_nothing_joins_them(archive):
    found = archive.statements(speaker="vind")
    assert {each.source_ids[0] for each in found.articles} == {"post-1", "mail-1", "post-9"}
    assert {one.speaker for one in found.statements} == {"Jonas Vind"}
    assert len({voice.id for voice in found.speakers if voice.name == "Jonas Vind"}) == 2
    assert [each.key for each in found.articles] == ["A", "B", "C"]


def test_a_speaker_within_a_story_is_only_asked_there(archive):
    found = archive.statements("post-1", speaker="Jonas Vind")
    assert [one.speaker for one in found.statements] == ["Jonas Vind"]
    assert found.total == 1


def test_somebody_who_says_nothing_has_no_statements(archive):
    found = archive.statements(speaker="Nobody Atall")
    assert (found.total, found.articles, found.speakers) == (0, [], [])


@pytest.mark.parametrize(
    ("name", "forms", "meant"),
    [
        ("Vind", ["Jonas Vind"], True),
        ("jonas vind", ["Mr Vind", "Jonas Vind, the mayor"], True),
        ("Ada Vind", ["Jonas Vind"], False),
        ("Müller", ["Ilse Muller"], True),
        ("Vin", ["Jonas Vind"], False),
    ],
)
def test_a_name_means_whoever_has_all_its_words_in_one_form(name, forms, meant):
    named = [Mention(article="A", start=0, end=1, text=form) for form in forms]
    assert is_meant(name, Speaker(id="x", name=forms[0], kind="person", mentions=named)) is meant


@pytest.mark.parametrize("asked", [{}, {"speaker": "  ,,"}, {"story": "no-such-story"}])
def test_a_question_that_cannot_be_answered_says_what_is_wanted(archive, asked):
    with pytest.raises(UsageError, match="wanted"):
        archive.statements(**asked)


def test_a_dateline_is_nothing_that_anybody_said():
    dated = {"text": "LOWMERE (Southern Wire) - The ferry will sail on Friday, the harbour board said on Monday."}
    (one,) = retold.statements_of(dated).statements
    assert one.spans["A"].text == "The ferry will sail on Friday"


# What is kept


def sayings(place: Path) -> list[tuple[int, bytes, bytes]]:
    """What an archive has kept of its versions, without the runs."""
    with Store.reading(str(place)) as store:
        return list(store.ask("SELECT version, digest, data FROM sayings ORDER BY version"))


def test_versions_are_read_when_they_are_asked_about_and_only_once(place, monkeypatch):
    assert sayings(place) == []
    with retold.open(place) as archive:
        first = archive.statements("post-1").to_json()
        assert [number for number, *_ in sayings(place)] == [1, 2, 3]
        monkeypatch.setattr(hearing, "heard", lambda version: pytest.fail("read a second time"))
        assert archive.statements("post-1").to_json() == first
    with Store.reading(str(place)) as store:
        assert store.one("SELECT rows FROM runs WHERE command = 'statements'") == (3,)


def test_an_answer_is_the_same_where_nothing_can_be_kept(place, archive):
    with Store.writing(str(place)):  # another process is at work
        busy = archive.statements("post-1").to_json()
    assert sayings(place) == []
    assert archive.statements("post-1").to_json() == busy


def test_others_may_write_while_versions_are_read(place, archive, monkeypatch):
    def reading(version):
        with Store.writing(str(place)):  # raises where another holds the archive
            return real(version)

    real = hearing.heard
    monkeypatch.setattr(hearing, "heard", reading)
    told = archive.statements("post-1").to_json()
    assert [number for number, *_ in sayings(place)] == [1, 2, 3]
    assert archive.statements("post-1").to_json() == told


def test_what_cannot_be_kept_is_read_once_for_an_answer(place, archive, monkeypatch):
    real, read = hearing.heard, []
    monkeypatch.setattr(hearing, "heard", lambda version: read.append(version.id) or real(version))
    with Store.writing(str(place)):
        archive.statements("post-1")
    assert len(read) == len(set(read)) == 3


def test_an_archive_that_cannot_be_written_answers_all_the_same(place, archive):
    told = archive.statements("post-9").to_json()
    before = sayings(place)
    place.with_name(place.name + "-lock").mkdir()  # no file can be locked there, not even by root
    assert archive.statements("post-9").to_json() == told
    assert archive.statements("post-1").total > 0
    assert sayings(place) == before


# Where statements stand


def test_every_statement_stands_in_the_text_that_is_shown_of_it(archive):
    held = texts(archive)
    found = archive.evidence(archive.story("post-1").id)
    versions = {each.key: held[each.version_id] for each in found.ledger.articles}
    assert (found.total, found.changed) == (
        found.ledger.total,
        sum(bool(one.difference) for one in found.ledger.statements),
    )
    for one in found.ledger.statements:
        for key, said in one.spans.items():
            number, begin = found.places[key][said.content[0][0]]
            text = found.texts[number]
            assert versions[key][begin : begin + len(text)] == text
            for start, end in [*said.content, *said.source, *said.cue]:
                assert begin <= start < end <= begin + len(text)
    assert len(found.texts) == len(set(found.texts)) < sum(map(len, found.places.values()))


def test_what_names_the_evidence_changes_with_what_it_follows_from_and_with_nothing_else(place, archive):
    story = archive.story("post-1").id
    before = archive.evidence_state(story)
    archive.statements("post-1")
    archive.add([article("post-30", "The school of Upper Lenn has a new roof.", day=29)], processes=1)
    assert archive.evidence_state(story) == before != archive.evidence_state(archive.story("post-9").id)
    archive.add([article("post-1", LEAD, SHORT, SAYS, REST)], learn=True, processes=1)
    assert archive.evidence_state(archive.story("post-1").id) != before


def test_a_sentence_without_end_is_shown_around_what_is_said(tmp_path):
    long = "and the tide came in " * 100
    record = article("long-1", LEAD, f'The mole is old {long} "We knew it {long}," said Jonas Vind.')
    with retold.open(tmp_path / "long.retold", create=True) as archive:
        archive.add([record], learn=True)
        found = archive.evidence(archive.story("long-1").id)
    one = row_of(found.ledger, "We knew it")
    (start, _), *_ = one.spans["A"].content
    number, begin = found.places["A"][start]
    assert found.texts[number][start - begin :].startswith(one.spans["A"].text[:80])
    assert len(found.texts[number]) == sentences.MOST
    assert start - begin <= sentences.BEFORE


def test_a_version_is_read_again_where_another_retold_reads_or_its_blocks_are_judged_anew(place, archive, monkeypatch):
    archive.statements("post-1")
    before = sayings(place)
    monkeypatch.setattr(hearing, "reader", lambda: b"another")
    archive.statements("post-1")
    after = sayings(place)
    assert [number for number, *_ in after] == [number for number, *_ in before]
    assert all(one[1] != other[1] and one[2] == other[2] for one, other in zip(before, after, strict=True))


def test_what_is_damaged_is_read_again_and_thrown_away_by_the_doctor(place, archive):
    good = archive.statements("post-1").to_json()
    archive.close()
    base = sqlite3.connect(place)
    base.execute("UPDATE sayings SET data = x'00ff' WHERE version = 1")
    base.execute("INSERT INTO sayings VALUES (99, x'', x'', 1)")
    base.commit()
    base.close()
    assert archive.statements("post-1").to_json() == good
    checked = archive.doctor()
    assert checked.found == ["statements of no version: 1", "sayings that cannot be read: 2"]
    assert checked.left == []
    assert any("statements that could not be read" in line for line in checked.repaired)
    assert archive.doctor().found == []
    assert archive.statements("post-1").to_json() == good


def test_progress_is_told_while_versions_are_read(archive):
    steps: list[tuple[str, int, int]] = []
    archive.statements("post-1", progress=lambda *step: steps.append(step))
    assert steps[0] == ("reading statements", 0, 3)
    assert steps[-1] == ("reading statements", 3, 3)


def test_what_comes_out_does_not_depend_on_the_order_or_the_batches_in_which_articles_came(place, tmp_path):
    with retold.open(place) as archive:
        whole = [archive.statements("post-1").to_json(), rows(archive, "statements"), rows(archive, "speakers")]
    with retold.open(tmp_path / "other.retold", create=True) as archive:
        for one in [OTHER, *FERRY[::-1]]:
            archive.add([one], learn=True, processes=1)
            archive.statements(one["id"])
        parts = [archive.statements("post-1").to_json(), rows(archive, "statements"), rows(archive, "speakers")]
    assert parts == whole


def test_several_processes_read_the_same(place, monkeypatch, tmp_path):
    monkeypatch.setattr("retold.archive.archive.FEW", 2)
    monkeypatch.setattr("retold.archive.workers.FEW", 2)
    other = tmp_path / "other.retold"
    other.write_bytes(place.read_bytes())
    with retold.open(place) as one, retold.open(other) as two:
        one.statements("post-1", processes=1)
        two.statements("post-1", processes=2)
    assert sayings(place) == sayings(other)


def test_what_was_read_before_an_interruption_is_kept(place, monkeypatch):
    monkeypatch.setattr(hearing, "ENOUGH", 1)

    def stop(step: str, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with retold.open(place) as archive:
        with pytest.raises(KeyboardInterrupt):
            archive.statements("post-1", progress=stop)
        assert [number for number, *_ in sayings(place)] == [1, 2]
        archive.statements("post-1")
        assert [number for number, *_ in sayings(place)] == [1, 2, 3]


def test_files_are_read_by_several_processes_as_by_one(monkeypatch):
    one = retold.compare(FERRY).to_json(), retold.statements_of(FERRY).to_json()
    for module in ("workers", "listening"):
        monkeypatch.setattr(f"retold.archive.{module}.FEW", 2)
    monkeypatch.setattr("retold.archive.workers._count", lambda asked: 2)
    assert (retold.compare(FERRY).to_json(), retold.statements_of(FERRY).to_json()) == one


# Tables


def rows(archive: retold.Archive, name: str) -> str:
    file = io.BytesIO()
    archive.export(name, "jsonl", file)
    return file.getvalue().decode()


@pytest.mark.parametrize("name", ["statements", "speakers"])
def test_a_table_leaves_in_each_format_with_the_same_rows(archive, name, tmp_path):
    import pyarrow.csv
    import pyarrow.parquet

    told = [json.loads(line) for line in rows(archive, name).splitlines()]
    assert archive.table(name).to_pylist() == told
    for form in ("parquet", "csv"):
        with (tmp_path / f"t.{form}").open("wb") as file:
            assert archive.export(name, form, file) == len(told)
    assert pyarrow.parquet.read_table(tmp_path / "t.parquet").to_pylist() == told
    plain = pyarrow.csv.ConvertOptions(column_types={key: "string" for key in told[0]}, strings_can_be_null=False)
    csv = pyarrow.csv.read_csv(tmp_path / "t.csv", convert_options=plain).to_pylist()
    assert csv == [{key: "" if value is None else str(value) for key, value in row.items()} for row in told]


def test_the_table_of_statements_points_at_words_and_at_speakers(archive):
    held = texts(archive)
    said = archive.table("statements").to_pylist()
    voices = {(row["story_id"], row["speaker_id"]): row for row in archive.table("speakers").to_pylist()}
    assert {row["source_id"] for row in said} == {"post-1", "mail-1", "echo-1", "post-9"}
    assert [row["story_id"] for row in said] == sorted(row["story_id"] for row in said)
    for row in said:
        spans = json.loads(row["content"])
        assert " … ".join(held[row["version_id"]][start:end] for start, end in spans) == row["content_text"]
        assert (row["start"], row["end"]) == (spans[0][0], spans[-1][1])
        assert row["speaker_id"] is None or voices[row["story_id"], row["speaker_id"]]["name"] == row["speaker"]
    differs = [kind for row in said for kind, *_ in json.loads(row["differs"])]
    assert {"shortened", "named against anonymous", "other cue"} <= set(differs)


# A quotation


def test_a_quotation_is_found_word_for_word_with_who_says_it(archive):
    found = archive.check_quote("“we looked at every rivet, by day and by night”")
    assert [place.source_ids for place in found.found] == [["post-1"], ["echo-1"]]
    assert all(place.marked and place.share == 1.0 and place.differs == [] for place in found.found)
    assert [place.speaker for place in found.found] == ["Ada Holm", "a harbour official"]
    assert found.verdict.endswith("given to 2 speakers: Ada Holm and a harbour official.")
    assert (found.articles, found.outlets, found.count.likely) == (2, 2, 1)
    held = texts(archive)
    assert all(held[place.version_id][place.start : place.end] == place.text for place in (*found.found, *found.near))


def test_what_comes_near_to_a_quotation_shows_the_words_that_differ(archive):
    found = archive.check_quote("We looked at every rivet, by day and by night, and we would never do it again")
    assert (found.total, found.verdict[:35]) == (0, "No article has it word for word; th")
    nearest = found.near[0]
    assert (nearest.source_ids[0], nearest.share) == ("post-1", 0.9412)
    assert [(each.asked, each.text) for each in nearest.differs] == [("never", "")]
    assert found.near[-1].source_ids == ["mail-1"]


def test_the_same_words_without_quotation_marks_are_no_quotation(archive):
    found = archive.check_quote("the island had lost a third of its guests")
    assert [place.marked for place in found.found] == [False, False]
    assert found.verdict == "2 articles from 1 origin have it word for word, and none as a quotation."


def test_an_older_version_still_has_what_the_newest_has_lost(archive):
    archive.add([article("post-1", LEAD, SHORT, SAYS, REST)], learn=True, processes=1)
    found = archive.check_quote("by day and by night, and we would do it again")
    assert {(place.source_ids[0], place.current) for place in found.found} == {("post-1", False), ("echo-1", True)}


def test_a_quotation_that_nobody_has_is_said_to_be_nowhere(archive):
    found = archive.check_quote("Nothing of this was ever printed by anybody in the valley")
    assert (found.total, found.near, found.verdict) == (0, [], "No article has it word for word, or most of it.")


@pytest.mark.parametrize(
    ("words", "wanted"), [("", "No words"), (" “…” ", "No words"), ("x " * 2001, "2,000 are the most")]
)
def test_a_quotation_without_words_or_with_too_many_is_refused(archive, words, wanted):
    with pytest.raises(UsageError, match=wanted):
        archive.check_quote(words)


@pytest.mark.parametrize(
    ("text", "quote", "told"),
    [
        ("He said: “We will see.” We will see.", "we will see", [("We will see", 1.0), ("We will see", 1.0)]),
        ("The boats came in, and the boats went out.", "boats went in there", []),
        ("The boats came in, and the boats went out.", "boats came out and", [("boats came in, and", 0.75)]),
        ("We shall fight on the mole and in the bakery.", "we shall fight in the bakery", None),
        ("a b a b a b", "a b a b", [("a b a b", 1.0)]),
        ("Don't do it, they said.", "don’t do it", [("Don't do it", 1.0)]),
        ("", "anything at all", []),
    ],
)
def test_places_are_found_whatever_the_typography(text, quote, told):
    found = places(text, words_of(quote), near=True)
    if told is None:
        (one,) = found
        assert [(each.asked, each.text) for each in one.differs] == [("", "on the mole and")]
    else:
        assert [(text[one.start : one.end], one.share) for one in found] == told


# Files


def test_files_are_read_without_an_archive_and_in_any_order(tmp_path):
    paths = []
    for one in FERRY:
        paths.append(tmp_path / f"{one['id']}.json")
        paths[-1].write_text(json.dumps(one))
    found = retold.statements_of(paths)
    assert [each.source_ids for each in found.articles] == [["post-1"], ["mail-1"], ["echo-1"]]
    assert {each.kind for each in row_of(found, "every rivet").difference} == {"shortened", "named against anonymous"}
    assert retold.statements_of(paths[::-1]).to_json() == found.to_json()
    assert retold.statements_of(tmp_path).to_json() == found.to_json()
    assert retold.statements_of(FERRY, speaker="Holm", changed=True).total == 1


def test_two_stories_of_some_files_have_speakers_of_their_own():
    found = retold.statements_of([*FERRY, OTHER])
    assert len({voice.id for voice in found.speakers if voice.name == "Jonas Vind"}) == 2
    assert len({one.id for one in found.statements}) == len(found.statements)


def test_a_quotation_is_asked_of_files_too():
    found = retold.check_quote("by day and by night", FERRY)
    assert [place.source_ids[0] for place in found.found] == ["post-1", "echo-1"]
    assert found.count is None


def test_a_user_s_own_extractor_takes_the_place_of_ours():
    class Shouts:
        def extract(self, text, paragraphs, language):
            at = text.index("SINK")
            return [
                Statement((), (), ((at, at + 4),), "indirect", layer="shouts"),
                Statement((), (), ((0, 999),), "direct"),
            ]

    found = retold.statements_of({"text": "The board said so. It will SINK."}, extractor=Shouts())
    assert [one.spans["A"].text for one in found.statements] == ["SINK"]


def test_what_cannot_be_read_is_named_and_the_rest_is_told(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "good.json").write_text(json.dumps(FERRY[0]))
    found = retold.statements_of(tmp_path)
    assert ([Path(each.source).name for each in found.rejects], len(found.articles)) == (["empty.txt"], 1)
    with pytest.raises(SourceError, match=r"empty\.txt"):
        retold.statements_of(tmp_path / "empty.txt")


def test_too_many_files_are_sent_to_an_archive():
    with pytest.raises(UsageError, match="201 articles are more than the 200"):
        retold.statements_of([{"id": str(at), "text": f"Boat {at} came in at noon."} for at in range(201)])
