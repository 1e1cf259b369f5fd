"""Copies, origins and lineage in an archive: the same however the articles came, and taken back where they change."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import retold
from bench.newsroom import articles
from retold.archive.origins_of import (
    all_carriers,
    carriers_of,
    copies_of,
    doubts_among,
    lineage_of,
    origins_of,
    passages_of,
)
from retold.copies.engine import engine
from retold.copies.judging import judge
from retold.model.version import __version__
from retold.store.store import Store
from tests.archive.test_learning import exported, learnt, revised, split, week

FAMILIES = sorted((Path(__file__).resolve().parents[1] / "copies" / "families").glob("*.toml"))
TOLD = ("copies", "passages", "origins", "lineage")


def families() -> list[dict[str, Any]]:
    """The articles of all golden families."""
    return [article for path in FAMILIES for article in tomllib.loads(path.read_text(encoding="utf-8"))["articles"]]


def newsroom() -> list[dict[str, Any]]:
    """A hundred and fifty invented articles, half of them copies with other paragraphs left out."""
    return [record | {"text": record["text"][:1500]} for record in articles(150, seed=11)]


def wandering() -> list[dict[str, Any]]:
    """Thirty pages that carry five of ten texts, one after another: families part and join all the time."""
    texts = list(dict.fromkeys(record["text"][:900].strip() for record in articles(40, seed=2)))[:20:2]
    chance = random.Random(4)
    return [
        {"url": f"https://x.example/{page}", "text": text, "title": f"{page}", "seen": f"2026-05-0{day}"}
        for page in range(30)
        for day, text in enumerate(chance.sample(texts, 5), 1)
    ]


RECORDS = (families, newsroom, revised, wandering, week)


def told(path: Path, batches: list[list[dict[str, Any]]]) -> list[bytes]:
    """What an archive tells of copies and origins that learns after each batch, the last time on two processes."""
    learnt(path, batches)
    with retold.open(path) as archive:
        return exported(archive, *TOLD)


@pytest.fixture(scope="module")
def at_once(tmp_path_factory) -> dict[str, list[bytes]]:
    """What is told by archives that learned once from all articles in their order."""
    folder = tmp_path_factory.mktemp("at_once")
    return {name.__name__: told(folder / name.__name__, [name()]) for name in RECORDS}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("records", RECORDS)
def test_articles_in_any_order_and_any_batches_are_told_as_if_they_came_at_once(tmp_path, at_once, records, seed):
    assert json.loads(at_once[records.__name__][0])
    assert told(tmp_path / "news.retold", split(records(), seed)) == at_once[records.__name__]


@pytest.mark.parametrize("kernels", ["plain", "compiled"])
@pytest.mark.parametrize("processes", [1, 2])
def test_the_kernels_and_the_number_of_processes_change_nothing(tmp_path, monkeypatch, at_once, kernels, processes):
    monkeypatch.setenv("RETOLD_KERNELS", kernels)
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(families(), processes=1)
        archive.learn(processes=processes)
        assert exported(archive, *TOLD) == at_once["families"]


def test_memory_that_is_told_changes_nothing(tmp_path, at_once):
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(families(), processes=1)
        archive.learn(processes=1, memory=64_000_000)
        assert exported(archive, *TOLD) == at_once["families"]


def test_the_archive_judges_families_as_they_are_judged_all_at_once(tmp_path):
    from retold.archive.texts import version_at

    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(families(), learn=True, processes=1)
    with Store.reading(str(tmp_path / "news.retold")) as store:
        rows = list(store.ask("SELECT id, current FROM articles ORDER BY id"))
        versions = [version_at(store, number) for _, number in rows]
        found = judge(versions, engine([version.text for version in versions]))
        ids = [id_ for id_, _ in rows]
        columns = "article_id, other_id, words, share, other_share, label"
        assert list(store.ask(f"SELECT {columns} FROM copies ORDER BY 1, 2")) == sorted(
            (ids[copy.left], ids[copy.right], copy.words, copy.left_share, copy.right_share, copy.label)
            for copy in found.copies
        )
        assert store.one("SELECT COUNT(*) FROM origins")[0] == len(found.origins)
        carriers = {(row.article_id, row.role, row.share) for row in carriers_of(store, ids)}
        assert carriers == {
            (ids[member.place], member.role, member.share) for origin in found.origins for member in origin.members
        }
        assert store.one("SELECT COUNT(*) FROM doubts")[0] == len(found.doubts)


def test_all_families_in_one_archive_are_what_an_editor_says_of_each(tmp_path):
    told_of = [tomllib.loads(path.read_text(encoding="utf-8")) for path in FAMILIES]
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(families(), learn=True, processes=1)
        found = {frozenset((row["a_source_id"], row["b_source_id"])): row["label"] for row in rows(archive, "copies")}
        expected = [family["expected"] for family in told_of]
        assert groups(archive) == sorted(sorted(group) for family in expected for group in family["origins"])
    labels = {pair: label for family in expected for pair, label in family.get("pairs", {}).items()}
    assert found == {frozenset(pair.split("|")): label for pair, label in labels.items() if label != "none"}


# What is told, on a few articles


NORTH = """The ferry Anselma ran aground off Port Quill in thick fog early on Sunday, and all forty passengers were \
brought ashore by the lifeboats of two villages.

The master, Oda Renn, had slowed to six knots when the vessel touched the Calder bank, the harbour office said in the \
morning. A hole of the length of a hand was found in the second tank on the port side.

Two tugs from Sennet are to pull her free with the evening tide. Until then no ship of more than twenty metres may \
enter the harbour, and the fish market stays closed."""
SOUTH = """The council of Tarn voted on Monday to sell the old lighthouse to a family of bakers, who wish to live \
in it and to open a small shop on the ground floor.

Seven members were for the sale and six against. The price was not told, but it is said to be less than what the new \
roof alone cost the town nine years ago."""
SHORT = NORTH.partition("\n\n")[0]


def article(name: str, text: str, day: int = 3, **more: Any) -> dict[str, Any]:
    stated = {"outlet": f"{name} Post", "title": f"{name}: {text[:30]}", "published": f"2026-05-{day:02d}T10:00:00Z"}
    return {"id": name, "text": text, **stated, **more}


@pytest.fixture
def archive(tmp_path):
    """An archive that knows a ferry's story, whole and cut, and a lighthouse's."""
    with retold.open(tmp_path / "news.retold", create=True) as opened:
        records = [
            article("whole", NORTH),
            article("again", NORTH, 4),
            article("cut", SHORT, 5),
            article("lone", SOUTH),
        ]
        opened.add(records, learn=True, processes=1)
        yield opened


def rows(archive: retold.Archive, table: str) -> list[dict[str, Any]]:
    return archive.table(table).to_pylist()


def groups(archive: retold.Archive) -> list[list[str]]:
    """The names of the articles of each origin."""
    found: dict[str, list[str]] = {}
    for row in rows(archive, "origins"):
        found.setdefault(row["origin_id"], []).append(row["source_id"])
    return sorted(map(sorted, found.values()))


def test_articles_are_told_with_their_origins_and_what_they_share(archive):
    assert groups(archive) == [["again", "cut", "whole"], ["lone"]]
    pairs = {frozenset((row["a_source_id"], row["b_source_id"])): row for row in rows(archive, "copies")}
    assert set(pairs) == {frozenset(pair) for pair in (("whole", "again"), ("whole", "cut"), ("again", "cut"))}
    assert {row["label"] for row in pairs.values()} == {"copy"}
    lone = next(row for row in rows(archive, "origins") if row["source_id"] == "lone")
    assert (lone["role"], lone["share"], lone["articles"]) == ("main", 1.0, 1)
    assert lone["fullest"] == lone["article_id"]


def test_a_passage_points_at_the_words_of_both_versions(archive):
    texts = {row["version_id"]: row["text"] for row in rows(archive, "versions")}
    passages = rows(archive, "passages")
    assert passages
    for row in passages:
        one = texts[row["a_version_id"]][row["a_start"] : row["a_end"]]
        assert one == texts[row["b_version_id"]][row["b_start"] : row["b_end"]]
        assert len(one.split()) >= 20


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("copies", "a_source_id b_source_id a_article_id b_article_id words a_share b_share label"),
        (
            "passages",
            "a_source_id b_source_id a_start a_end b_start b_end label words moved a_version_id b_version_id",
        ),
        ("origins", "origin_id source_id article_id role share agency articles earliest fullest source"),
        (
            "lineage",
            "origin_id source_source_id target_source_id source_article_id target_article_id probability signs",
        ),
    ],
)
def test_the_tables_have_their_columns_and_come_in_the_order_of_the_first(archive, table, names):
    told_of = archive.table(table)
    assert told_of.column_names == names.split()
    first = [tuple(row[name] for name in names.split()[:2]) for row in told_of.to_pylist()]
    assert first and first == sorted(first)


def test_an_article_under_two_names_has_a_row_for_each(archive):
    archive.add(article("whole", NORTH, url="https://x.example/1"), processes=1)
    archive.add(article("named", NORTH, url="https://x.example/1"), learn=True, processes=1)
    assert {"whole", "named"} <= {name for group in groups(archive) for name in group}
    with_cut = [row for row in rows(archive, "copies") if "cut" in (row["a_source_id"], row["b_source_id"])]
    names = [({row["a_source_id"], row["b_source_id"]} - {"cut"}).pop() for row in with_cut]
    assert sorted(names) == ["again", "named", "whole", "whole"]  # two articles are called whole


def test_a_new_version_takes_the_place_of_the_old_one(archive):
    page = {"url": "https://x.example/2", "seen": "2026-05-06T10:00:00Z"}
    archive.add(article("page", NORTH, **page), learn=True, processes=1)
    assert ["again", "cut", "page", "whole"] in groups(archive)
    archive.add(article("page", SOUTH, **page | {"seen": "2026-05-07T10:00:00Z"}), learn=True, processes=1)
    assert groups(archive) == [["again", "cut", "whole"], ["lone", "page"]]
    with Store.reading(archive.path) as store:
        assert store.one("SELECT COUNT(*) FROM fingerprints") == (5,)
    assert archive.doctor(repair=False).found == []


def test_only_families_that_a_new_article_joins_are_judged_again(archive):
    archive.add(article("third", SOUTH, 6), learn=True, processes=1)
    with Store.reading(archive.path) as store:
        judged = dict(store.ask("SELECT source_id, judged.run FROM judged JOIN namings USING (article_id)"))
        aligned = dict(store.ask("SELECT run, COUNT(*) FROM alignments GROUP BY run"))
    last = max(judged.values())
    assert {name for name, run in judged.items() if run == last} == {"lone", "third"}
    assert aligned[last] == 1


def test_learning_again_writes_nothing(archive):
    before = [archive.table(name) for name in TOLD]
    learned = archive.learn(processes=1)
    assert (learned.copies, learned.origins) == (3, 2)
    assert [archive.table(name) for name in TOLD] == before
    assert rows(archive, "runs")[-1]["rows"] == 0


def test_what_another_retold_has_learned_is_learned_again(archive):
    before = [archive.table(name) for name in TOLD]
    archive.close()
    with Store.writing(archive.path) as store, store.transaction():
        store.do("UPDATE runs SET retold = '0.0.1'")
        store.do("UPDATE fingerprints SET data = x'00'")
        store.do("UPDATE alignments SET data = x'00'")
    archive.learn(processes=1)
    assert [archive.table(name) for name in TOLD] == before
    with Store.reading(archive.path) as store:
        versions = store.ask("SELECT DISTINCT retold FROM runs JOIN alignments USING (run)")
        assert [version for (version,) in versions] == [__version__]


def test_furniture_that_is_learned_of_an_outlet_makes_its_copies_judged_again(tmp_path):
    box = "Our reporters on the coast write every evening what the day has brought to the harbours and the islands."
    pages = [
        article(f"p{number}", f"{subject} on the hill, as the mayor {number} said.\n\n{box}", outlet="Coast Tribune")
        | {"title": subject}
        for number, subject in enumerate(
            ["Bridge painted", "Museum robbed", "School reopens", "Bread dear", "Quarry shut"]
        )
    ]
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(pages[:4], learn=True, processes=1)
        archive.add(pages[4], learn=True, processes=1)
        assert rows(archive, "furniture")
        assert {row["label"] for row in rows(archive, "copies")} == {"furniture"}
        assert archive.learn(processes=1).origins == 5


def test_rows_are_read_as_plain_rows(archive):
    with Store.reading(archive.path) as store:
        ids = {name: id_ for id_, name in store.ask("SELECT article_id, source_id FROM namings")}
        (origin,) = origins_of(store, [ids["cut"], ids["whole"]])
        assert origin.articles == 3 and origin.fullest in (ids["whole"], ids["again"])
        assert [row.article_id for row in carriers_of(store, [ids["lone"]])] == [ids["lone"]]
        assert {row.article_id for row in all_carriers(store, [origin.id])} == set(ids.values()) - {ids["lone"]}
        copies = copies_of(store, ids["cut"])
        assert {row.article_id for row in copies} == {ids["cut"]}
        assert {row.other_id for row in copies} == {ids["whole"], ids["again"]}
        assert copies_of(store, ids["whole"])[0].other_id == ids["again"]
        (mine,), (yours,) = (
            passages_of(store, *pair) for pair in ((ids["cut"], ids["whole"]), (ids["whole"], ids["cut"]))
        )
        assert (mine.start, mine.end, mine.other_start, mine.other_end) == (
            yours.other_start,
            yours.other_end,
            yours.start,
            yours.end,
        )
        assert doubts_among(store, [ids["lone"]]) == []
        assert {row.origin_id for row in lineage_of(store, [origin.id])} <= {origin.id}


def test_an_archive_without_articles_learns_nothing(tmp_path):
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        learned = archive.learn(processes=1)
        assert (learned.copies, learned.origins) == (0, 0)


def test_texts_of_hardly_any_words_are_origins_of_their_own(tmp_path):
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(
            [{"id": "a", "title": "Rain"}, {"id": "b", "text": "Rain."}, {"id": "c", "text": "平和"}], learn=True
        )
        assert groups(archive) == [["a"], ["b"], ["c"]]


PROGRAM = """
import sys, retold
with retold.open(sys.argv[1], create=True) as archive:
    told = "Rain fell on hill {} all day long, and the streets of Pell were wet until the evening."
    archive.add([{"id": str(number), "text": told.format(number)} for number in range(9)])
    assert archive.learn(processes=1).copies
print("numba" in sys.modules)
"""


def test_a_small_archive_is_learned_without_numba(tmp_path):
    asked = [sys.executable, "-c", PROGRAM, str(tmp_path / "news.retold")]
    ran = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False"]


# Cut off in the middle


class CutError(Exception):
    """Somebody has pulled the plug."""


@pytest.mark.parametrize("stage", ["looking for copies", "aligning copies", "tracing origins"])
@pytest.mark.parametrize("known", [0, 90])
def test_a_learning_that_was_cut_off_is_taken_up_again_and_nobody_sees_half(
    tmp_path, monkeypatch, at_once, stage, known
):
    for name, value in {"copying.READ": 4000, "copying.ASKED": 3, "deriving.MANY": 40, "deriving.TOGETHER": 5}.items():
        monkeypatch.setattr(f"retold.archive.{name}", value)
    records = newsroom()
    random.Random(3).shuffle(records)
    seen: list[int] = []

    def cut(step: str, done: int, total: int) -> None:
        if step == stage:
            seen.append(done)
            check(archive.path)
            if len(seen) % 3 == 0:
                raise CutError

    with retold.open(tmp_path / "news.retold", create=True) as archive:
        if known:
            archive.add(records[:known], learn=True, processes=1)
        archive.add(records, processes=1)
        for _ in range(2):
            with pytest.raises(CutError):
                archive.learn(processes=1, progress=cut)
            assert archive.doctor(repair=False).found == []
        archive.learn(processes=1)
        assert exported(archive, *TOLD) == at_once["newsroom"]


def check(path: str) -> None:
    """What a reader sees meanwhile is whole: each article judged has its origin, each origin all of its articles."""
    with Store.reading(path) as store:
        questions = (
            "SELECT COUNT(*) FROM judged WHERE article_id NOT IN (SELECT article_id FROM carriers WHERE role = 'main')",
            "SELECT COUNT(*) FROM origins WHERE articles <> (SELECT COUNT(*) FROM carriers WHERE origin_id = id)",
            "SELECT COUNT(*) FROM copies WHERE other_id NOT IN (SELECT article_id FROM judged)",
        )
        assert [store.one(question) for question in questions] == [(0,)] * 3


# Damaged


DAMAGES = {
    "fingerprints of no version: 1": "UPDATE fingerprints SET version = 99 WHERE version = 1",
    "fingerprints that cannot be read: 4": "UPDATE fingerprints SET data = substr(data, 1, 20)",
    "alignments that cannot be read: 3": "UPDATE alignments SET data = substr(data, 1, 7)",
    "alignments with no version: 3": "UPDATE alignments SET other = other + 90",
    "copies of no article: 3": "UPDATE copies SET article_id = 'gone ' || article_id",
    "passages of no pair of articles: 3": "DELETE FROM copies",
    "copies without a passage: 3": "DELETE FROM passages",
    "articles judged that are not there: 4": "UPDATE judged SET article_id = 'gone ' || article_id",
    "articles judged that go back to no origin: 4": "DELETE FROM carriers",
    "carriers of no origin: 4": "DELETE FROM origins",
    "origins that miscount their articles: 2": "UPDATE origins SET articles = 7",
    "lineage of no origin: 1": "INSERT INTO lineage VALUES ('gone', 'a', 'b', 0.5, x'5b5d', 1)",
    "doubts about no article: 1": "INSERT INTO doubts VALUES ('gone', 'too', 'merge', 'they may be one', 1)",
}


@pytest.mark.parametrize("problem", DAMAGES)
def test_the_doctor_finds_a_damage_to_copies_and_origins_and_learning_mends_it(archive, problem):
    before = exported(archive, *TOLD)
    archive.close()
    with Store.writing(archive.path) as store, store.transaction():
        store.do(DAMAGES[problem])
    assert problem in archive.doctor(repair=False).found
    checked = archive.doctor()
    assert problem in checked.found
    assert checked.left == []
    assert "copies and origins were emptied" in checked.repaired[-1]
    archive.learn(processes=1)
    assert exported(archive, *TOLD) == before
    assert archive.doctor(repair=False).found == []
