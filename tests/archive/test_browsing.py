"""What an archive holds, its stories narrowed down and page by page, and its articles side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import retold
from bench import newsroom
from retold.model.errors import UsageError


def test_what_it_holds_is_what_its_tables_have(week: Any):
    held = week.holdings()
    assert held.articles == week.table("articles").num_rows
    assert held.versions == week.table("versions").num_rows
    assert (held.stories, held.told_by_several) == (week.stories().total, week.stories(least=2).total)
    assert [run.command for run in held.runs] == ["learn", "add"]
    assert (held.unlearned, held.rejects) == (0, 0)


def test_an_empty_archive_holds_nothing(tmp_path: Path):
    with retold.open(tmp_path / "empty.retold", create=True) as archive:
        held = archive.holdings()
        assert (held.articles, held.stories, held.first, held.runs) == (0, 0, None, [])
        assert archive.facets().total == 0
        assert archive.stories().next is None


def test_the_unique_texts_of_a_story_are_those_that_its_origins_count(week: Any):
    lines = week.stories(limit=100).stories
    assert {line.id: line.texts for line in lines} == {line.id: week.origins(line.id).texts for line in lines}


def test_two_outlets_with_one_text_have_one_unique_text(tmp_path: Path):
    text = "The bridge at Orrin was closed on Monday after cracks were found in two of its nine stone piers. " * 3
    other = text.replace("cracks were found", "divers found cracks")
    records = [
        {"id": str(at), "outlet": f"Outlet {at}", "title": "Bridge closed", "published": "2026-05-04", "text": each}
        for at, each in enumerate([text, text.replace(". ", ".  "), other])
    ]
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(records, learn=True)
        (line,) = archive.stories().stories
        assert (line.articles, line.texts) == (3, 2)
        assert archive.stories(unique=2).total == 1
        assert archive.stories(unique=3).total == 0


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Articles of outlets that end all of theirs with one appeal, in three languages, a few of them not yet learned."""
    path = tmp_path_factory.mktemp("year") / "news.retold"
    told = [
        record | {"language": ("en", "en", "de", "ar")[place % 4]}
        for place, record in enumerate(newsroom.articles(640))
    ]
    with retold.open(path, create=True) as archive:
        archive.add(told[:600], learn=True, processes=1)
        archive.add(told[600:], processes=1)
        yield archive


def test_an_appeal_under_a_text_makes_it_no_other_text(year: Any):
    lines = [line for line in year.stories(limit=60).stories if not year.origins(line.id).unlearned]
    assert any(line.texts < line.articles for line in lines)
    assert {line.id: line.texts for line in lines} == {line.id: year.origins(line.id).texts for line in lines}


@pytest.mark.parametrize("filters", [{}, {"outlet": "Outlet 3"}, {"least": 4}, {"language": "de"}])
def test_each_value_to_narrow_down_to_leaves_as_many_stories_as_it_says(year: Any, filters: dict[str, Any]):
    found = year.facets(**filters)
    assert found.total == year.stories(**filters).total
    for name, values in (("language", found.languages), ("outlet", found.outlets[:5])):
        assert {one.value: one.stories for one in values} == {
            one.value: year.stories(**filters | {name: one.value}).total for one in values
        }
    for one in found.texts_at_least:
        assert year.stories(**filters, unique=int(one.value)).total == one.stories


def test_a_language_that_comes_later_is_counted_too(tmp_path: Path):
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        told = []
        for record, language in zip(newsroom.articles(3), ("en", "sv", "en"), strict=True):
            archive.add([record | {"language": language}], learn=True, processes=1)
            told.append({one.value: one.stories for one in archive.facets().languages})
        assert told[0] == {"en": 1}
        assert told[-1] == {name: archive.stories(language=name).total for name in ("en", "sv")}


@pytest.mark.parametrize("by", ["latest", "articles", "texts", "outlets", "origins"])
@pytest.mark.parametrize("limit", [1, 3, 4, 11, 50])
def test_page_after_page_has_every_story_once_in_order(week: Any, by: str, limit: int):
    seen, after = [], None
    while True:
        page = week.stories(by=by, limit=limit, after=after)
        seen += page.stories
        after = page.next
        if after is None:
            break
    assert [line.id for line in seen] == [line.id for line in week.stories(by=by, limit=100).stories]
    counts = [getattr(line, by if by != "latest" else "last") for line in seen]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [({"by": "chance"}, "is no order"), ({"after": "x"}, "is no place"), ({"after": "1,2"}, "is no place")],
)
def test_an_order_or_a_place_that_is_none_is_refused(week: Any, asked: dict[str, str], complaint: str):
    with pytest.raises(UsageError, match=complaint):
        week.stories(**asked)


def test_a_facet_counts_what_would_be_left(week: Any):
    found = week.facets(least=2)
    for name, facets in (("outlet", found.outlets), ("language", found.languages), ("agency", found.agencies)):
        assert facets
        for facet in facets:
            assert week.stories(least=2, **{name: facet.value}).total == facet.stories
    for facet in week.facets(outlet="Sennet Daily").outlets:
        assert week.stories(outlet=facet.value).total == facet.stories, "another outlet may be chosen instead"


def test_a_story_counts_in_each_month_in_which_it_was_told(tmp_path: Path):
    text = "The lighthouse at Morrow Head was switched off after its keeper found the great lens cracked. " * 4
    days = ["2025-12-30", "2026-01-02"]
    records = [{"id": day, "outlet": day, "title": "Dark", "published": day, "text": text} for day in days]
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(records, learn=True)
        assert [(one.value, one.stories) for one in archive.facets().months] == [("2026-01", 1), ("2025-12", 1)]
        assert archive.stories(since="2025-12-01", until="2025-12-31").total == 1


def test_articles_are_put_side_by_side_by_name_or_by_story(week: Any):
    pair = week.compare("bp-1462", "dg-3311")
    assert [article.outlet for article in pair.articles] == ["Brackwater Post", "Dunmarrow Gazette"]
    assert pair.same_text
    story = week.compare("bp-1462")
    assert [article.id for article in story.articles] == [version.id for version in week.versions("bp-1462")]
    assert len(story.articles) == week.story("bp-1462").articles
    assert len(week.versions()) == week.holdings().articles


def test_one_article_alone_is_not_compared(week: Any):
    with pytest.raises(UsageError, match="1 article cannot be put side by side; 2 to 200 can"):
        week.compare("sv-0829")


def test_the_generation_changes_when_somebody_else_has_written(tmp_path: Path):
    path = tmp_path / "news.retold"
    with retold.open(path, create=True) as reader:
        before = reader.generation()
        assert reader.generation() == before
        with retold.open(path) as writer:
            writer.add({"id": "1", "text": "Eels came up the river on Monday night. " * 5})
        assert reader.generation() != before
