"""What follows from the articles: the same however they came, and taken back where it no longer holds."""

from __future__ import annotations

import io
import json
import random
import tomllib
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import retold
from bench.newsroom import articles

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TOLD = ("tellings", "stories")


def week() -> list[dict[str, Any]]:
    """The articles of the example, some of which state no time."""
    return [json.loads(line) for line in (EXAMPLES / "week.jsonl").read_text(encoding="utf-8").splitlines()]


def newsroom() -> list[dict[str, Any]]:
    """Three hundred invented articles over the year's first days; one in eight states no time."""
    made = [record | {"text": record["text"][:900]} for record in articles(300, seed=5)]
    for place, record in enumerate(made):
        if place % 8 == 3:
            del record["published"]
    return made


def revised() -> list[dict[str, Any]]:
    """A hundred articles, some with later versions, or again with less stated of them, or as a feed's bare title."""
    made: list[dict[str, Any]] = []
    for place, record in enumerate(articles(100, seed=9)):
        short = record | {"text": record["text"][:600]}
        longer = short | {
            "text": f"{short['text']}\n\nQuarry{place} was closed.",
            "seen": f"2026-01-{place % 27 + 1:02d}",
        }
        renamed = longer | {"title": record["title"] + " again", "outlet": f"Outlet {place % 3}", "seen": "2026-02-01"}
        lacking = {name: value for name, value in short.items() if name not in ("published", "outlet")}
        bare = {name: value for name, value in short.items() if name != "text"} | {"seen": "2026-03-01"}
        made += [short, *([longer], [longer, renamed], [lacking], [bare], [], [])[place % 6]]
    return made


def exported(archive: retold.Archive, *tables: str) -> list[bytes]:
    """Tables as they are exported, but for the numbers of the runs."""
    found = []
    for table in tables or TOLD:
        file = io.BytesIO()
        archive.export(table, "jsonl", file)
        told = [{**json.loads(line), "run": 0} for line in file.getvalue().splitlines()]
        found.append(json.dumps(told).encode())
    return found


def learnt(path: Path, batches: list[list[dict[str, Any]]]) -> list[bytes]:
    """What an archive tells that learns after each batch."""
    with retold.open(path, create=True) as archive:
        for batch in batches:
            archive.add(batch, processes=1)
            archive.learn(processes=1)
        return exported(archive)


def split(records: list[dict[str, Any]], seed: int) -> list[list[dict[str, Any]]]:
    """The records in another order, in batches of very different sizes."""
    chance = random.Random(seed)
    mixed = chance.sample(records, len(records))
    cuts = sorted(chance.sample(range(1, len(mixed)), 3))
    return [mixed[low:high] for low, high in zip([0, *cuts], [*cuts, len(mixed)], strict=True)]


RECORDS = (week, newsroom, revised)


@pytest.fixture(scope="module")
def at_once(tmp_path_factory) -> dict[str, list[bytes]]:
    """What is told by archives that learned once from all articles in their order."""
    folder = tmp_path_factory.mktemp("at_once")
    return {name.__name__: learnt(folder / name.__name__, [name()]) for name in RECORDS}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("records", RECORDS)
def test_articles_in_any_order_and_any_batches_are_told_as_if_they_came_at_once(tmp_path, at_once, records, seed):
    assert learnt(tmp_path / "news.retold", split(records(), seed)) == at_once[records.__name__]


def test_articles_that_come_one_day_before_all_others_change_what_follows_as_they_would_have(tmp_path, at_once):
    records = newsroom()
    dated = sorted((each for each in records if "published" in each), key=lambda each: each["published"])
    undated = [each for each in records if "published" not in each]
    late_first = [undated, dated[200:], dated[100:200], dated[:100]]
    assert learnt(tmp_path / "news.retold", late_first) == at_once["newsroom"]


def test_articles_placed_at_a_desk_are_settled_as_if_they_had_been_added(tmp_path, at_once):
    records = week()
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(records[:15], learn=True, processes=1)
        with archive.desk() as desk:
            for record in records[15:]:
                desk.join(record)
        archive.learn(processes=1)
        assert exported(archive) == at_once["week"]


def pairs(groups: list[list[str]]) -> set[tuple[str, str]]:
    """Every two articles that are in one group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def test_the_stories_of_the_example_are_nearly_those_that_its_writer_meant(tmp_path):
    meant = pairs(list(tomllib.loads((Path(__file__).parent / "week.toml").read_text())["stories"].values()))
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(week(), learn=True, processes=1)
        told: dict[str, list[str]] = defaultdict(list)
        for row in archive.table("tellings").to_pylist():
            told[row["story_id"]].append(row["source_id"])
    found = pairs(list(told.values()))
    assert len(found & meant) / len(found) > 0.85  # the two semi-finals of one cup are one story
    assert len(found & meant) / len(meant) > 0.85  # the German article stands alone


def test_learning_again_changes_nothing_and_says_so(tmp_path):
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        first = archive.add(week(), learn=True, processes=1).learned
        before = [archive.table(name) for name in (*TOLD, "furniture", "successors")]
        again = archive.learn(processes=1)
        assert (first.placed, again.placed, again.stories) == (30, 0, first.stories)
        assert [archive.table(name) for name in (*TOLD, "furniture", "successors")] == before


def test_a_learning_that_was_cut_off_is_taken_up_again(tmp_path, at_once):
    class CutError(Exception):
        """Somebody has pulled the plug."""

    def cut(step: str, done: int, total: int) -> None:
        if step == "settling stories" and done > 5:
            raise CutError

    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(week(), processes=1)
        with pytest.raises(CutError):
            archive.learn(processes=1, progress=cut)
        assert archive.table("runs").to_pylist()[-1]["ended"] is None
        archive.learn(processes=1)
        assert exported(archive) == at_once["week"]


# Furniture


APPEAL = "Sign up for Tideglass, our free letter."
SUBJECTS = ["Ferry fares rise", "Mayor resigns", "Storm closes harbour", "Bread is cheaper", "Quarry blast hurts two"]
MORE = ["School reopens", "Orchard growers need help", "Lighthouse sold", "Bridge painted", "Museum robbed"]


def page(number: int, title: str, *, ending: str = APPEAL, outlet: str = "Coast Tribune") -> dict[str, Any]:
    """A page of an outlet that ends with a line."""
    text = f"{title}, the council said.\n\nWhat follows from it, {title.lower()} or not, is open.\n\n{ending}"
    return {"id": f"p{number}", "outlet": outlet, "title": title, "text": text}


def names(found: Any) -> list[str]:
    return sorted(name for hit in found.hits for name in hit.source_ids)


@pytest.fixture
def archive(tmp_path):
    """An empty archive."""
    with retold.open(tmp_path / "news.retold", create=True) as opened:
        yield opened


def test_a_line_becomes_furniture_once_enough_pages_carry_it_and_search_no_longer_finds_it(archive):
    pages = [page(number, title) for number, title in enumerate(SUBJECTS)]
    archive.add(pages[:4], learn=True, processes=1)
    assert len(names(archive.search("Tideglass"))) == 4
    archive.add(pages[4:], learn=True, processes=1)
    (furniture,) = archive.table("furniture").to_pylist()
    assert (furniture["text"], furniture["articles"], furniture["pages"]) == (APPEAL, 5, 5)
    assert names(archive.search("Tideglass")) == []
    assert names(archive.search("council")) == ["p0", "p1", "p2", "p3", "p4"]


def test_a_line_that_is_furniture_no_more_is_found_again(archive):
    archive.add([page(number, title) for number, title in enumerate(SUBJECTS)], learn=True, processes=1)
    assert names(archive.search("Tideglass")) == []
    others = [page(100 + n, f"Matter {n} of the town", ending=f"Told by {n}.") for n in range(120)]
    archive.add(others, learn=True, processes=1)
    assert archive.table("furniture").to_pylist() == []
    assert names(archive.search("Tideglass")) == ["p0", "p1", "p2", "p3", "p4"]
    assert archive.doctor(repair=False).found == []


def test_new_pages_of_an_outlet_are_judged_by_what_is_known_of_it_and_raise_its_count(archive):
    archive.add([page(number, title) for number, title in enumerate(SUBJECTS)], learn=True, processes=1)
    archive.add(page(9, MORE[0]), learn=True, processes=1)
    assert archive.table("furniture").to_pylist()[0]["articles"] == 6
    assert names(archive.search("Tideglass")) == []


def test_furniture_of_one_outlet_is_news_at_another(archive):
    pages = [page(number, title) for number, title in enumerate(SUBJECTS)]
    archive.add([*pages, page(50, "Letter wins prize", outlet="Hill Courier")], learn=True, processes=1)
    assert names(archive.search("Tideglass")) == ["p50"]


@pytest.mark.parametrize("batches", [1, 2, 5])
def test_furniture_is_the_same_however_the_pages_came(archive, batches):
    pages = [page(number, title) for number, title in enumerate(SUBJECTS + MORE)]
    for place in range(batches):
        archive.add(pages[place::batches], learn=True, processes=1)
    (furniture,) = archive.table("furniture").to_pylist()
    assert (furniture["articles"], furniture["pages"]) == (10, 10)
    assert names(archive.search("Tideglass")) == []


def test_a_page_that_changes_its_outlet_leaves_the_furniture_of_the_first(archive):
    pages = [
        page(n, title) | {"url": f"https://x.example/{n}", "seen": "2026-05-01"} for n, title in enumerate(SUBJECTS)
    ]
    archive.add(pages, learn=True, processes=1)
    moved = pages[0] | {"outlet": "Hill Courier", "seen": "2026-05-02", "text": pages[0]["text"] + "\n\nMoved."}
    archive.add(moved, learn=True, processes=1)
    assert archive.table("furniture").to_pylist() == []  # four pages are too few
    assert len(names(archive.search("Tideglass"))) == 5


# Names of stories


FERRY = "ferry Anselma aground off Port Quill in fog passengers lifeboats harbour captain mole tide"


def tale(name: str, words: str, day: int, **more: Any) -> dict[str, Any]:
    """An article of some words."""
    text = f"The {words} were spoken of in the town on that day."
    return {"id": name, "title": words[:40].title(), "text": text, "published": f"2026-05-{day:02d}"} | more


def test_a_story_keeps_its_id_while_articles_come_to_it(archive):
    archive.add([tale("a", FERRY, 3), tale("b", FERRY + " rescue", 3)], learn=True, processes=1)
    first = archive.story("a").id
    archive.add([tale("c", FERRY + " inquiry", 4)], learn=True, processes=1)
    assert archive.story("c").id == archive.story("b").id == first
    assert archive.table("successors").num_rows == 0


def test_a_story_is_told_as_its_articles_newest_versions_have_it(archive):
    first = tale("a", FERRY, 3, seen="2026-05-03")
    archive.add(first, learn=True, processes=1)
    archive.add(first | {"title": "Anselma: the inquiry", "seen": "2026-05-04"}, learn=True, processes=1)
    assert archive.story("a").title == "Anselma: the inquiry"
    assert archive.learn(processes=1).placed == 0


def test_an_outlet_that_is_stated_later_counts(archive):
    first = tale("a", FERRY, 3) | {"url": "https://x.example/a"}
    archive.add(first, learn=True, processes=1)
    archive.add(first | {"outlet": "Coast Tribune"}, learn=True, processes=1)
    assert archive.story("a").outlets == 1


def test_an_earlier_article_renames_a_story_and_the_old_id_leads_on(archive):
    archive.add([tale("a", FERRY, 5), tale("b", FERRY + " rescue", 5)], learn=True, processes=1)
    old = archive.story("a").id
    archive.add([tale("c", FERRY + " alarm", 4)], learn=True, processes=1)
    new = archive.story("a").id
    assert new != old
    found = archive.story(old)
    assert (found.id, found.requested_id, found.articles) == (new, old, 3)
    archive.add([tale("d", FERRY + " first alarm", 3)], learn=True, processes=1)
    assert archive.story(old).id == archive.story(new).id == archive.story("d").id  # from successor to successor


def test_stories_that_merge_leave_their_ids_to_the_one_that_took_over(archive):
    ferry, rest = FERRY.split()[:6], FERRY.split()[6:]
    one, other = " ".join(ferry), " ".join(rest)
    archive.add([tale("a", one, 3), tale("b", other, 3)], learn=True, processes=1)
    before = {archive.story("a").id, archive.story("b").id}
    assert len(before) == 2
    between = [tale(f"m{n}", FERRY, 3) for n in range(8)]
    archive.add(between, learn=True, processes=1)
    after = {archive.story(name).id for name in ("a", "b", "m0")}
    assert len(after) == 1
    assert {archive.story(old).id for old in before} == after


def test_an_article_that_becomes_another_splits_its_story_and_leaves_it_to_those_that_stay(archive):
    first = tale("a", FERRY, 3, seen="2026-05-03")
    archive.add([first, tale("b", FERRY + " rescue", 4), tale("c", FERRY + " inquiry", 4)], learn=True, processes=1)
    old = archive.story("b").id
    archive.add(tale("a", "bread prices bakers flour ovens Pell market", 3, seen="2026-05-06"), learn=True, processes=1)
    assert archive.story("a").id == old  # the story of the earliest article has its name
    assert {each.source_ids[0] for each in archive.story("b").tellings} == {"b", "c"}
    assert archive.story("b").id != old
