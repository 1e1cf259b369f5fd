"""A report about a story: all that its archive knows of it in one file, which asks nothing and stays small."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

import retold
from retold.archive import comparisons, reports
from retold.archive.answers import Story
from retold.model.errors import UsageError
from tests.conftest import ROOT

GOLDEN = sorted(folder for folder in (ROOT / "tests" / "golden").iterdir() if folder.is_dir())
FERRY, DAM, ALONE = "qc-2204", "sv-0811", "The orchid that was not extinct after all"
EVIL = "</title><script>alert(1)</script>\u202eturned \u2066<b onclick=x> “" + "y" * 200


class Read(HTMLParser):
    """A page as a browser reads it: its elements, and its words without those of style and script."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words, self.inside = "", ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        self.words += "" if self.inside in ("style", "script") else data

    def all(self, name: str) -> list[str | None]:
        return [told[name] for _, told in self.elements if name in told]

    def said(self) -> str:
        return " ".join(self.words.split())


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A week of invented news, learned."""
    path = str(tmp_path_factory.mktemp("week") / "news.retold")
    with retold.open(path, create=True) as archive:
        archive.add(ROOT / "examples" / "week.jsonl", learn=True, processes=1)
    return path


def told(path: str, name: str, **options: bool) -> reports.Report:
    with retold.open(path) as archive:
        return archive.report(name, processes=1, **options)


def texts(report: reports.Report) -> list[str]:
    compared = report.comparison.articles if report.comparison else report.articles
    return [article.text for article in compared]


@pytest.mark.parametrize("name", [FERRY, DAM])
def test_it_tells_the_numbers_the_origins_the_lineage_and_all_words(week: str, name: str):
    report = told(week, name)
    page = Read(report.to_html()).said()
    assert report.story.title in page
    assert f"{report.story.articles} articles" in page
    for heading in ("Who has the same text", "Who probably had it from whom", "Coverage", "Side by side", "Statements"):
        assert heading in page
    for text in texts(report):
        assert [word for word in text.split() if word not in page] == []


@pytest.mark.parametrize("name", [FERRY, DAM, ALONE])
def test_every_link_leads_to_a_place_of_the_page_and_no_place_is_named_twice(week: str, name: str):
    with retold.open(week) as archive:
        known = {line.title: line.id for line in archive.stories().stories}
        page = Read(archive.report(known.get(name, name), processes=1).to_html())
    names = page.all("id")
    assert len(names) == len(set(names))
    assert {link for link in page.all("href") if link and link != "data:,"} <= {f"#{one}" for one in names}


def test_a_story_of_one_article_is_its_text(week: str):
    with retold.open(week) as archive:
        (line,) = [line for line in archive.stories().stories if line.title == ALONE]
        report = archive.report(line.id, processes=1)
    page = Read(report.to_html()).said()
    assert "One article tells it" in page
    assert " ".join(texts(report)[0].split()[-12:]) in page


def test_who_cannot_be_compared_is_told_of_with_passages_and_texts(week: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(comparisons, "MOST", 3)
    report = told(week, DAM)
    page = Read(report.to_html()).said()
    assert report.comparison is None
    assert "Which passage stands where" in page
    assert "6 articles are too many to set side by side" in page
    for text in texts(report):
        assert " ".join(text.split("\n\n")[0].split()) in page


def test_of_many_articles_no_statements_are_told_and_none_are_where_they_are_not_wanted(
    week: str, monkeypatch: pytest.MonkeyPatch
):
    assert "Each opens to what every article says" not in told(week, DAM, statements=False).to_html()
    monkeypatch.setattr(reports, "HEARD", 5)
    compared = told(week, DAM).comparison
    assert compared is not None
    assert compared.statements == []


def test_what_nobody_has_learned_of_is_not_made_up(tmp_path: Path):
    record = {"id": "k-1", "outlet": "Kesta Lantern", "title": "Night boats", "text": "The harbour of Sarn will open."}
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        with archive.desk() as desk:
            story = desk.join(record).story_id
        report = archive.report(story, processes=1)
    page = Read(report.to_html()).said()
    assert (report.origins, report.lineage) == (None, None)
    assert "Copies and origins were not looked for yet. Run retold learn." in page
    assert "The harbour of Sarn will open." in page


def test_hostile_words_stay_words(tmp_path: Path):
    text = "The pilots of Sarn say that the channel near Kesta is too narrow for night boats. " * 4
    records = [{"id": f"e-{at}", "outlet": EVIL, "title": EVIL, "text": f"{text}\n\n{EVIL}"} for at in (1, 2)]
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(records, learn=True, processes=1)
        page = Read(archive.report("e-1", processes=1).to_html())
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert not page.all("onclick")
    assert "\u202e" not in Read(archive.report("e-1", processes=1).story.to_html()).words


def test_the_same_articles_give_the_same_bytes_in_whatever_order_they_came(tmp_path: Path):
    lines = (ROOT / "examples" / "week.jsonl").read_text("utf-8").splitlines()
    pages = []
    for name, order in (("one", lines), ("other", lines[::-1])):
        source = tmp_path / f"{name}.jsonl"
        source.write_text("\n".join(order), "utf-8")
        with retold.open(tmp_path / f"{name}.retold", create=True) as archive:
            archive.add(source, learn=True, processes=1)
            pages.append(archive.report(FERRY, processes=1).to_html().replace(f"{name}.jsonl", "week.jsonl"))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("family", GOLDEN, ids=lambda folder: folder.name)
def test_short_articles_have_a_short_report(tmp_path: Path, family: Path):
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(sorted(file for file in family.iterdir() if file.suffix != ".toml"), learn=True, processes=1)
        for line in archive.stories().stories:
            report = archive.report(line.id, processes=1)
            size = sum(len(text.encode()) for text in texts(report))
            assert len(report.to_html().encode()) <= 4 * size + 60_000


def test_there_is_no_report_about_a_story_that_is_not_there(week: str):
    with pytest.raises(UsageError, match="There is no story 'nowhere'"):
        told(week, "nowhere")


def test_a_story_shows_in_a_notebook_as_the_terminal_and_as_a_static_table(week: str):
    with retold.open(week) as archive:
        story = archive.story(FERRY)
    bundle = story._repr_mimebundle_()
    assert bundle["text/plain"] == story.to_text() == str(story)
    page = Read(bundle["text/html"])
    assert not {"script", "style", "link", "img", "a"} & {tag for tag, _ in page.elements}
    assert not [name for name in ("id", "class", "href", "src") if page.all(name)]
    for telling in story.tellings:
        assert telling.title and telling.title in page.said()
    assert len(bundle["text/html"]) < 5_000


def test_a_story_alone_says_in_one_file_what_it_knows(week: str):
    with retold.open(week) as archive:
        story = archive.story(FERRY)
    page = Read(story.to_html())
    assert isinstance(story, Story)
    assert "not looked for" not in page.said()
    assert {link for link in page.all("href") if link and link != "data:,"} <= {f"#{one}" for one in page.all("id")}
    assert sum(tag == "tr" for tag, _ in page.elements) == story.articles + 1
