"""Questions and their answers, and the tables that leave the archive."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import retold
from retold.archive.tables import EXPORTED
from retold.model.rows import columns

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FERRY = "https://quillportchronicle.example/news/queen-odila-hits-north-mole-2204"


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    """An archive of the week, its later versions, saved pages, and two lines that are no records."""
    folder = tmp_path_factory.mktemp("answers")
    (folder / "broken.jsonl").write_text('{"id": "x"}\nno record\n')
    with retold.open(folder / "news.retold", create=True) as archive:
        archive.add(EXAMPLES / "week.jsonl", learn=True)
        archive.add([EXAMPLES / "later.jsonl", EXAMPLES / "pages", folder / "broken.jsonl"], learn=True)
        archive.add({"id": "twin", "url": FERRY, "text": "The ferry was raised and towed to Brackwater."}, learn=True)
        archive.correct("bp-1481", author="Ines Rook")
    return folder / "news.retold"


@pytest.fixture
def archive(path):
    """The same archive, opened to be asked."""
    with retold.open(path) as opened:
        yield opened


# Stories


def test_stories_come_latest_first_and_say_how_many_there_are(archive):
    found = archive.stories(limit=3)
    assert len(found.stories) == 3 < found.total
    lasts = [line.last for line in archive.stories(limit=100).stories]
    assert lasts == sorted(lasts, reverse=True)
    assert archive.stories(limit=3, offset=3).stories == archive.stories(limit=6).stories[3:]


def test_the_total_is_told_even_past_the_end(archive):
    found = archive.stories(offset=1000)
    assert (found.stories, found.total) == ([], archive.stories().total)


@pytest.mark.parametrize(
    ("filters", "tells", "lacks"),
    [
        ({"words": "pension minister"}, "dg-3320", "qc-2204"),
        ({"outlet": "the northern lantern"}, "nl-5510", "sv-0829"),
        ({"least": 3}, "qc-2204", "sv-0829"),
        ({"since": "2026-05-09"}, "bp-1481", "qc-2204"),
        ({"until": "2026-05-05"}, "sv-0811", "bp-1481"),
        ({"since": "2026-05-06", "until": "2026-05-06", "words": "ferry"}, "qc-2204", "bp-1481"),
    ],
)
def test_filters_let_stories_through(archive, filters, tells, lacks):
    found = {line.id for line in archive.stories(**filters).stories}
    assert archive.story(tells).id in found
    assert archive.story(lacks).id not in found


@pytest.mark.parametrize("filters", [{"since": "yesterday"}, {"until": "May"}, {"words": "-only"}])
def test_a_filter_that_says_nothing_is_refused(archive, filters):
    with pytest.raises(retold.UsageError):
        archive.stories(**filters)


def test_a_story_may_be_asked_for_by_any_name_of_its_articles(archive):
    found = archive.story("qc-2204")
    article = next(each for each in found.tellings if "qc-2204" in each.source_ids)
    for name in (found.id, article.article_id, FERRY, FERRY + "?utm_source=mail", "twin"):
        assert archive.story(name).id == found.id
    assert found.articles == len(found.tellings) == len({each.article_id for each in found.tellings})
    assert found.requested_id == "qc-2204"


def test_names_that_nothing_has_are_refused_with_what_to_do(tmp_path):
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add([{"id": "7", "outlet": outlet, "text": f"Rain fell on {outlet}."} for outlet in ("Aldry", "Pell")])
        with pytest.raises(retold.UsageError, match=r"in no story yet\. Run `retold learn` first"):
            archive.story("7")
        with pytest.raises(retold.UsageError, match="2 articles are called '7' by their inputs"):
            archive.revisions("7")
        archive.learn()
        with pytest.raises(retold.UsageError, match="There is no story 'none'"):
            archive.story("none")
        with pytest.raises(retold.UsageError, match=r"There is no article 'none'.*retold search"):
            archive.revisions("none")


def test_a_name_of_articles_in_several_stories_names_them(tmp_path):
    told = {"Aldry": "A quarry opened in Aldry.", "Pell": "Bakers in Pell went on strike over flour."}
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add([{"id": "7", "outlet": outlet, "text": text} for outlet, text in told.items()], learn=True)
        with pytest.raises(retold.UsageError, match=r"stands for 2 stories\. Name one of them: "):
            archive.story("7")


# Search


def test_a_hit_shows_where_its_version_holds_the_words(archive):
    texts = {row["version_id"]: row["text"] for row in archive.table("versions").to_pylist()}
    found = archive.search("minister pension")
    assert found.hits
    for hit in found.hits:
        text = texts[hit.version_id]
        assert text[hit.start : hit.end] == hit.snippet
        assert all(hit.start <= start < end <= hit.end for start, end in hit.marks)
        assert all(text[start:end].casefold()[:6] in ("minist", "pensio") for start, end in hit.marks)


def test_an_article_with_several_versions_is_one_hit(archive):
    found = [hit.article_id for hit in archive.search("ferry", limit=50).hits]
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, {"kb-0093"}),
        ({"language": "de"}, {"kb-0093"}),
        ({"language": "en"}, set()),
        ({"since": "2026-05-05", "until": "2026-05-05"}, {"kb-0093"}),
        ({"until": "2026-05-04"}, set()),
    ],
)
def test_filters_let_hits_through(archive, filters, found):
    assert {name for hit in archive.search("Staudamm", **filters).hits for name in hit.source_ids} == found


# Why


def test_why_tells_the_score_from_its_parts_and_the_words_that_make_it(archive):
    found = archive.why("qc-2204", FERRY)
    assert (found.one, found.same_story) == (found.other, True)
    assert found.note == "These are one and the same article."
    found = archive.why("dg-3311", "sd-7751")
    assert found.same_story
    assert found.stories[0] == found.stories[1] == archive.story("dg-3311").id
    assert found.score == pytest.approx(found.likeness * found.nearness, abs=2e-3)
    weights = [term.weight for term in found.terms]
    assert weights == sorted(weights, reverse=True)
    assert 0 < sum(weights) <= found.likeness + 1e-6


def test_why_says_the_same_from_both_sides(archive):
    one, other = archive.why("qc-2204", "bp-1481"), archive.why("bp-1481", "qc-2204")
    assert not one.same_story
    assert (one.score, one.likeness, one.days, one.vetoes) == (other.score, other.likeness, other.days, other.vetoes)


def test_why_takes_a_file_that_the_archive_never_saw(archive, tmp_path):
    page = tmp_path / "mine.txt"
    page.write_text("Ferry Queen Odila hits mole\n\nThe ferry Queen Odila hit the north mole at Quillport in fog.")
    found = archive.why(str(page), "qc-2204")
    assert (found.one, found.stories[0]) == (str(page), None)
    assert found.same_story == (found.score >= found.threshold and not found.vetoes)
    assert "in no story yet" in found.note


# Revisions


def test_revisions_replay_from_one_version_to_the_next(archive):
    texts = {row["version_id"]: row["text"] for row in archive.table("versions").to_pylist()}
    found = archive.revisions(FERRY)
    assert found.source_ids == ["qc-2204", "twin"]
    assert len(found.versions) == len(found.steps) + 1 == 3
    for step in found.steps:
        before, after = texts[step.before], texts[step.after]
        for edit in step.edits:
            assert before[edit.start : edit.end] == edit.cut
            assert after[edit.added_start : edit.added_end] == edit.added
        assert all(text in " ".join(before.split()) for text in step.cut)
        assert all(text in " ".join(after.split()) for text in step.added)
    edits = [(edit.cut, edit.added) for step in found.steps for edit in step.edits]
    assert ("Twenty", "Thirty") in edits


def test_what_was_cut_and_added_is_all_that_differs(tmp_path):
    before = "The mayor resigned on Monday.\n\nShe gave no reason.\n\nThe council meets on Friday in Aldry."
    after = "The mayor resigned on Tuesday.\n\nThe council meets on Friday in Aldry.\n\nA vote is expected in June."
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add([{"id": "m", "text": text, "seen": f"2026-05-0{day}"} for day, text in ((3, before), (4, after))])
        (step,) = archive.revisions("m").steps
    assert [(edit.cut, edit.added) for edit in step.edits] == [("Monday", "Tuesday")]
    assert step.cut == ["She gave no reason."]
    assert step.added == ["A vote is expected in June."]


# Answers as data


def answers(archive) -> list:
    """One answer of each kind that only reads."""
    return [
        archive.stories(),
        archive.story("qc-2204"),
        archive.search("ferry"),
        archive.why("qc-2204", "bp-1481"),
        archive.revisions(FERRY),
        archive.doctor(repair=False),
    ]


def test_answers_are_frozen_and_their_document_says_which_shape_it_has(archive):
    for answer in answers(archive):
        document = json.loads(answer.to_json())
        assert list(document)[:2] == ["schema_version", "retold_version"]
        assert document == json.loads(json.dumps(answer.to_dict()))
        with pytest.raises(AttributeError):
            answer.schema_version = "2"


@pytest.mark.parametrize("kind", ["stories", "story", "search"])
def test_rows_of_an_answer_are_a_table(archive, kind):
    found = {
        "stories": archive.stories,
        "story": lambda: archive.story("qc-2204"),
        "search": lambda: archive.search("a"),
    }
    answer = found[kind]()
    assert answer.to_arrow().to_pylist() == json.loads(json.dumps(answer.rows()))
    pytest.importorskip("pandas")
    frame = answer.to_pandas()
    assert frame.shape == (len(answer.rows()), len(answer.rows()[0]))


def test_an_answer_without_rows_is_an_empty_table(archive):
    assert archive.search("nosuchword").to_arrow().num_rows == 0


# Tables


def bytes_of(archive, table: str, form: str) -> bytes:
    file = io.BytesIO()
    count = archive.export(table, form, file)
    assert count == archive.table(table).num_rows
    return file.getvalue()


@pytest.mark.parametrize("table", EXPORTED)
def test_every_table_is_the_same_in_every_format(archive, table):
    rows = archive.table(table).to_pylist()
    names = [column.name for column in columns(EXPORTED[table])]
    assert [json.loads(line) for line in bytes_of(archive, table, "jsonl").splitlines()] == rows
    assert pq.read_table(io.BytesIO(bytes_of(archive, table, "parquet"))).to_pylist() == rows
    told = list(csv.reader(io.StringIO(bytes_of(archive, table, "csv").decode(), newline="")))
    assert told[0] == names
    assert told[1:] == [["" if row[name] is None else str(row[name]) for name in names] for row in rows]


@pytest.mark.parametrize("table", sorted(set(EXPORTED) - {"successors"}))
def test_no_table_of_this_archive_is_empty(archive, table):
    assert archive.table(table).num_rows > 0


@pytest.mark.parametrize("table", ["articles", "tellings"])
def test_a_table_by_article_has_one_row_a_source_id(archive, table):
    names = [row["source_id"] for row in archive.table(table).to_pylist()]
    assert len(names) == len(set(names))
    wanted = {json.loads(line)["id"] for line in (EXAMPLES / "week.jsonl").read_text(encoding="utf-8").splitlines()}
    assert wanted | {"twin"} <= set(names)


def test_what_was_exported_can_be_added_again(archive, tmp_path):
    for form in ("jsonl", "csv", "parquet"):
        (tmp_path / f"versions.{form}").write_bytes(bytes_of(archive, "versions", form))
        with retold.open(tmp_path / f"{form}.retold", create=True) as other:
            assert other.add(tmp_path / f"versions.{form}", columns={"id": "source_id"}).rejects == 0
            assert (
                other.table("versions").select(KEPT).to_pylist() == archive.table("versions").select(KEPT).to_pylist()
            )


KEPT = ["version_id", "article_id", "source_id", "title", "outlet", "url", "published", "text"]


@pytest.mark.parametrize(("table", "form"), [("stroies", "csv"), ("stories", "xml")])
def test_an_unknown_table_or_format_is_answered_with_those_there_are(archive, table, form):
    with pytest.raises(retold.UsageError, match="There are: "):
        archive.export(table, form, io.BytesIO())


def test_readers_are_answered_while_a_writer_is_at_work(path, archive):
    with retold.open(path) as writing, writing.desk() as desk:
        before = archive.stories().total
        desk.join({"id": "quarry", "title": "Quarry opens", "text": "A quarry was opened in Tarnby."})
        assert archive.stories().total == before + 1
    assert archive.story("quarry").articles == 1


def test_why_names_what_parts_two_stories_whose_articles_alone_would_be_one(tmp_path):
    """Two places in one storm: each side is of one mind about what the other does not speak of."""
    own = {
        "Dorland": "Dorland harbour masts ferries quay nets islanders fishermen boats piers lighthouse salt",
        "Pellmoor": "Pellmoor vineyard chapel tractors orchard barns growers hills grapes cellar cattle hay",
    }
    records = [
        {"id": f"{place}-{name}", "text": f"The storm tore roofs. In {words}. {name} {name}son wept."}
        for place, words in own.items()
        for name in ("Smith", "Baker", "Cooper", "Miller", "Tanner")
    ]
    with retold.open(tmp_path / "storm.retold", create=True) as archive:
        archive.add(records, learn=True)
        found = archive.why("Dorland-Smith", "Pellmoor-Smith")
    assert (found.same_story, found.score > found.threshold) == (False, True)
    assert [veto.startswith("each speaks of what the other leaves out: Dorland") for veto in found.vetoes] == [True]
