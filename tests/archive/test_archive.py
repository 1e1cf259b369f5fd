"""Articles into an archive: what makes two of them one, what is a new version, and what lies on the disk."""

from __future__ import annotations

import json
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import retold

RAIN = "Rain fell on Harwick all day. The river Tarn rose by two metres."
FLOOD = "The river Tarn flooded the market of Harwick at night."
PAGE = "https://harwick.example/rain"


@pytest.fixture
def archive(tmp_path):
    """An empty archive."""
    with retold.open(tmp_path / "news.retold", create=True) as opened:
        yield opened


def rows(archive, table: str) -> list[dict]:
    return archive.table(table).to_pylist()


def one_article(archive) -> dict:
    (article,) = rows(archive, "articles")
    return article


@pytest.mark.parametrize(
    ("one", "other", "articles", "versions"),
    [
        pytest.param({"url": PAGE}, {"url": PAGE}, 1, 1, id="the same page twice"),
        pytest.param({"url": PAGE}, {"url": PAGE, "text": FLOOD}, 1, 2, id="the same page with another text"),
        pytest.param({"url": PAGE}, {"url": PAGE, "title": "Rain"}, 1, 2, id="the same page with another title"),
        pytest.param({"url": PAGE}, {"url": PAGE + "?utm_source=mail#top"}, 1, 1, id="the same page from a letter"),
        pytest.param({"url": PAGE}, {"url": PAGE + "?page=2"}, 2, 2, id="another page"),
        pytest.param({"url": PAGE, "id": "1"}, {"url": PAGE, "id": "2"}, 1, 1, id="one page under two ids"),
        pytest.param({"url": PAGE, "outlet": "A"}, {"url": PAGE, "outlet": "B"}, 1, 1, id="one page, two outlets"),
        pytest.param({"id": "1"}, {"id": "2"}, 2, 2, id="equal texts under different ids"),
        pytest.param({"id": "1"}, {"id": "1", "text": FLOOD}, 1, 2, id="the same id with another text"),
        pytest.param({"id": 1}, {"id": "1"}, 1, 1, id="an id that is a number"),
        pytest.param({"id": "1", "outlet": "A"}, {"id": "1", "outlet": "B"}, 2, 2, id="one id at two outlets"),
        pytest.param({"id": "1", "outlet": "A"}, {"id": "1"}, 2, 2, id="one id at an outlet and at none"),
        pytest.param({"id": "1", "url": PAGE}, {"id": "1"}, 2, 2, id="one id with a page and without"),
        pytest.param({"text": RAIN}, {"text": RAIN}, 1, 1, id="nothing but a text, twice"),
        pytest.param({"text": RAIN}, {"text": FLOOD}, 2, 2, id="nothing but two texts"),
    ],
)
def test_an_article_is_known_by_its_url_else_by_its_outlet_and_id(archive, one, other, articles, versions):
    added = archive.add([{"text": RAIN} | one, {"text": RAIN} | other])
    assert (added.articles, added.versions, added.known) == (articles, versions - articles, 2 - versions)


def test_one_page_under_two_ids_comes_back_under_both(archive):
    archive.add([{"url": PAGE, "id": "a", "text": RAIN}, {"url": PAGE, "id": "b", "text": RAIN}], learn=True)
    assert [row["source_id"] for row in rows(archive, "articles")] == ["a", "b"]
    assert archive.story("b").tellings[0].source_ids == ["a", "b"]


def test_a_title_without_a_text_is_an_article_and_a_record_with_neither_is_a_reject(archive):
    added = archive.add([{"id": "t", "title": "Rain in Harwick"}, {"id": "n", "outlet": "Harwick Post"}])
    assert (added.articles, added.rejects) == (1, 1)
    (reject,) = rows(archive, "rejects")
    assert "no title, no text" in reject["reason"]


def test_the_same_again_is_known(archive, tmp_path):
    lines = tmp_path / "news.jsonl"
    lines.write_text(
        "".join(json.dumps({"id": str(n), "text": f"{RAIN} {n}"}) + "\n" for n in range(5)) + "no record\n"
    )
    assert archive.add(str(lines)).articles == 5
    again = archive.add(str(lines))
    assert (again.articles, again.versions, again.known, again.rejects) == (0, 0, 5, 1)
    assert len(rows(archive, "rejects")) == 1


STOOD = ["2026-05-03T08:00:00Z", "2026-05-03T09:00:00Z", "2026-05-03T10:00:00Z"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_newest_version_is_the_one_that_stood_last_in_whatever_order_they_came(archive, order):
    records = [
        {"url": PAGE, "outlet": outlet, "title": f"Report {at}", "text": f"{RAIN} Report {at}.", "seen": STOOD[at]}
        for at, outlet in enumerate(["Harwick Post", "The Post", None])
    ]
    archive.add([records[at] for at in order])
    article = one_article(archive)
    assert (article["title"], article["outlet"], article["versions"]) == ("Report 2", "The Post", 3)
    assert [version.title for version in archive.revisions(PAGE).versions] == ["Report 0", "Report 1", "Report 2"]


@pytest.mark.parametrize("late", [False, True])
def test_a_title_alone_never_stands_for_a_page_whose_text_is_known(archive, late):
    page = {"url": PAGE, "title": "Rain", "text": RAIN, "seen": STOOD[0]}
    entry = {"url": PAGE, "title": "Rain, and more", "seen": STOOD[1]}
    archive.add([page, entry] if late else [entry, page])
    assert one_article(archive)["title"] == "Rain"


@pytest.mark.parametrize("late", [False, True])
def test_what_is_stated_when_a_text_comes_again_fills_the_gaps(archive, late):
    bare = {"url": PAGE, "text": RAIN}
    stated = bare | {"outlet": "Harwick Post", "author": "Ines Rook", "published": "2026-05-03T08:00:00+00:00"}
    archive.add([bare, stated] if late else [stated, bare], learn=True)
    article = one_article(archive)
    told = [article[name] for name in ("outlet", "author", "published", "versions")]
    assert told == ["Harwick Post", "Ines Rook", "2026-05-03T08:00:00+00:00", 1]
    assert archive.story(PAGE).first == "2026-05-03T08:00:00Z"


def test_fields_of_records_with_other_names_are_mapped_and_unknown_ones_refused(archive):
    archive.add({"id": "1", "body": RAIN}, columns={"text": "body"})
    assert rows(archive, "versions")[0]["text"] == RAIN
    with pytest.raises(retold.UsageError, match="txt is no field of ours"):
        archive.add({"id": "1", "body": RAIN}, columns={"txt": "body"})
    assert len(rows(archive, "runs")) == 1


def test_a_file_whose_name_is_no_text_is_found_by_its_name(archive, tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/rain\xff.txt")
    try:
        Path(path).write_text(RAIN)
    except OSError:
        pytest.skip("file names are text here")
    archive.add(path)
    assert json.loads(archive.revisions(path).to_json())["source_ids"] == [
        path.encode("utf-8", "backslashreplace").decode()
    ]
    assert json.loads(archive.search("rain \udcff").to_json())["hits"] == []
    with pytest.raises(retold.UsageError):
        archive.story("none \udcff")


def test_an_archive_asked_from_another_thread_says_to_open_it_there(archive):
    with ThreadPoolExecutor(1) as other, pytest.raises(retold.RetoldError, match="Open it once in each thread"):
        other.submit(archive.stories).result()


@pytest.mark.parametrize("name", ["news.retold", "the archive"])
def test_an_archive_in_the_folder_of_its_articles_is_not_read(tmp_path, name):
    (tmp_path / "rain.txt").write_text(RAIN)
    with retold.open(tmp_path / name, create=True) as archive:
        for _ in range(2):
            assert archive.add(str(tmp_path)).rejects == 0
        assert len(rows(archive, "articles")) == 1


def test_a_folder_with_nothing_but_the_archive_says_so(archive, tmp_path):
    assert archive.add(str(tmp_path)).rejects == 1
    assert "but the archive itself" in rows(archive, "rejects")[0]["reason"]


def test_an_archive_is_not_added_to_itself(archive):
    with pytest.raises(retold.UsageError, match="itself"):
        archive.add(archive.path)


def test_between_commands_an_archive_is_one_file_that_can_be_copied(archive, tmp_path):
    archive.add({"id": "1", "text": RAIN}, learn=True)
    copy = tmp_path / "copy.retold"
    copy.write_bytes((tmp_path / "news.retold").read_bytes())  # while ours is still open
    with retold.open(copy) as other:
        assert other.stories().total == 1
    archive.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy.retold", "news.retold"]


def test_every_row_names_the_run_that_made_it_and_every_run_its_command(archive):
    archive.add({"id": "1", "text": RAIN}, learn=True)
    runs = {row["run"]: row["command"] for row in rows(archive, "runs")}
    assert runs == {1: "add", 2: "learn"}
    made = {table: rows(archive, table)[0]["run"] for table in ("versions", "stories", "tellings")}
    assert made == {"versions": 1, "stories": 2, "tellings": 2}


def test_no_archive_is_made_by_asking(tmp_path):
    with pytest.raises(retold.ArchiveError, match="there is no such archive"):
        retold.open(tmp_path / "none.retold")
    assert list(tmp_path.iterdir()) == []


FERRY = "The ferry Anselma ran aground off Port Quill in thick fog and 40 passengers were brought ashore by lifeboats."
FOLLOWS = "All 40 passengers of the ferry Anselma, aground off Port Quill in fog, were safe, the lifeboats said."


def test_a_desk_says_at_once_which_story_an_article_joins_and_learn_settles_it(archive):
    archive.add(
        [
            {"id": "f1", "title": "Ferry Anselma aground", "text": FERRY, "published": "2026-05-03"},
            {"id": "r1", "title": "Rain in Harwick", "text": RAIN, "published": "2026-05-03"},
        ],
        learn=True,
    )
    ferry = archive.story("f1").id
    record = {"id": "f2", "title": "Anselma: all safe", "text": FOLLOWS, "published": "2026-05-03T12:00:00Z"}
    other = {"id": "q1", "title": "Quarry opens", "text": "A quarry was opened in Pell.", "published": "2026-05-03"}
    with archive.desk() as desk:
        joined, again, alone = desk.join(record), desk.join(record), desk.join(other)
    assert (joined.story_id, joined.new, joined.known) == (ferry, False, False)
    assert (again.story_id, again.known) == (ferry, True)
    assert alone.new and alone.story_id not in (ferry, archive.story("r1").id)
    assert {each.source_ids[0]: each.settled for each in archive.story(ferry).tellings} == {"f1": True, "f2": False}
    archive.learn()
    assert {each.source_ids[0]: each.settled for each in archive.story(ferry).tellings} == {"f1": True, "f2": True}
    assert archive.doctor(repair=False).found == []


def test_a_desk_joins_articles_that_came_before_any_learning(archive):
    with archive.desk() as desk:
        first = desk.join({"id": "f1", "title": "Ferry Anselma aground", "text": FERRY})
        second = desk.join({"id": "f2", "title": "Ferry Anselma: all safe", "text": FOLLOWS})
    assert (first.new, second.new) == (True, False)
    assert second.story_id == first.story_id


def test_a_desk_refuses_what_is_no_article_and_goes_on(archive):
    with archive.desk() as desk:
        with pytest.raises(retold.SourceError, match="no title, no text"):
            desk.join({"id": "n"})
        assert desk.join({"id": "f1", "text": FERRY}).new


def test_a_desk_keeps_other_writers_out_until_it_is_closed(archive):
    with archive.desk(), pytest.raises(retold.BusyError):
        archive.learn()
    archive.learn()


DAMAGES = {
    "versions that belong to no article: 2": "DELETE FROM articles",
    "articles without a newest version: 2": "UPDATE articles SET current = 99",
    "articles without a name: 2": "DELETE FROM namings",
    "articles that miscount their versions: 2": "UPDATE articles SET versions = 7",
    "tellings of no article: 1": "INSERT INTO tellings VALUES ('gone', (SELECT id FROM stories), 1.0, 1, 1)",
    "tellings of no story: 2": "UPDATE tellings SET story_id = 'gone'",
    "stories that miscount their articles: 1": "UPDATE stories SET articles = 7",
    "versions missing from the index of words: 2": "INSERT INTO words (words) VALUES ('delete-all')",
    "entries of the index of words without a version": "INSERT INTO words (rowid, title, body) VALUES (99, 'x', 'y')",
    "index of words does not fit": "UPDATE words_data SET block = x'00ff' WHERE id > 10",
}


@pytest.mark.parametrize("problem", DAMAGES)
def test_the_doctor_finds_a_damage_and_mends_it(archive, problem):
    archive.add([{"id": "1", "text": RAIN}, {"id": "2", "url": PAGE, "text": FLOOD}], learn=True)
    before = [archive.table(name).to_pylist() for name in ("articles", "versions")]
    archive.close()
    base = sqlite3.connect(archive.path)
    base.execute(DAMAGES[problem])
    base.commit()
    base.close()
    checked = archive.doctor()
    assert any(problem in found for found in checked.found), checked.found
    assert (checked.left, checked.repaired != []) == ([], True)
    archive.learn()
    assert [hit.source_ids for hit in archive.search("flooded").hits] == [["2"]]
    assert [archive.table(name).to_pylist() for name in ("articles", "versions")] == before
    assert archive.doctor(repair=False).found == []


def test_the_doctor_mends_nothing_when_it_is_only_to_look(archive):
    archive.add({"id": "1", "text": RAIN})
    archive.close()
    base = sqlite3.connect(archive.path)
    base.execute("UPDATE articles SET versions = 7")
    base.commit()
    base.close()
    for _ in range(2):
        checked = archive.doctor(repair=False)
        assert (checked.found, checked.repaired) == (["articles that miscount their versions: 1"], [])
        assert checked.left == checked.found


def test_the_doctor_says_what_it_cannot_mend(archive, tmp_path):
    archive.add([{"id": str(n), "text": f"{RAIN} {n}"} for n in range(300)])
    archive.close()
    path = tmp_path / "news.retold"
    data = path.read_bytes()
    middle = len(data) // 2 // 4096 * 4096
    path.write_bytes(data[:middle] + b"\xff" * 40960 + data[middle + 40960 :])
    checked = archive.doctor()
    assert checked.found and checked.left
