"""Pages: text as a reader sees it, the article's part, and what the page states about it."""

from __future__ import annotations

import pytest

from retold.model.records import Version
from retold.reading.moments import stated_moment
from retold.reading.read import read, read_html

LEAD = "The council in Harwick voted on Thursday to rebuild the old bridge, ending a row that has run for two years."
NEXT = "Work starts in June, the mayor told reporters after the vote. It will cost 40 million crowns and take a year."
LAST = "The bridge has been shut since March, when a beam fell into the river and a ferry had to be turned back."

PAGE = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Council backs bridge plan | Harwick Courier</title>
<meta property="og:site_name" content="Harwick Courier">
<link rel="canonical" href="https://courier.example/bridge">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [
{{"@type": "WebSite", "name": "x"}},
{{"@type": "NewsArticle", "headline": "Council backs bridge plan",
"datePublished": "2024-05-03T10:12:00+0200"}}]}}</script>
<style>p {{ color: red }}</style></head><body>
<header><a href="/">Harwick Courier</a><nav>
<ul><li><a href="/news">News</a></li><li><a href="/w">Weather</a></li></ul></nav></header>
<main><article><h1>Council backs bridge plan</h1>
<p class="standfirst">A quarrel of two years ends with a single vote</p>
<div class="byline">By <a href="/jane">Jane Doe</a> &middot; 3 May 2024</div>
<figure><img src="b.jpg">
<figcaption>The old bridge in March. <span>Photograph: Tom Reed/Norlandia Press</span></figcaption></figure>
<ul class="share"><li><a href="#">Share</a></li><li><a href="#">Email</a></li></ul>
<p>{LEAD}</p><p>READ MORE: <a href="/x">Who built the old bridge</a></p>
<h2>A question of money</h2><p>{NEXT}</p>
<aside class="related"><h3>On this subject</h3>
<ul><li><a href="/y">Nine years of patching</a></li></ul></aside>
<p hidden>Not to be seen.</p><p style="display:none">Nor this.</p>
<script>var p = "nor this";</script><noscript>Nor this.</noscript>
<p>{LAST}</p><p>(Reporting by Jane Doe; editing by John Roe)</p></article>
<div class="newsletter"><p>Sign up for our newsletter and never miss a story.</p></div></main>
<footer><p>&copy; 2024 Harwick Courier. All rights reserved.</p></footer></body></html>"""


def said(version: Version, kind: str) -> list[str]:
    """The texts of a version's blocks of one kind."""
    return [version.text[block.start : block.end] for block in version.blocks if block.kind == kind]


@pytest.fixture(scope="module")
def version() -> Version:
    return read_html(PAGE.encode(), source="bridge.html")


def test_the_articles_paragraphs_are_the_article(version):
    assert said(version, "paragraph") == [LEAD, NEXT, LAST]


def test_marks_tell_titles_standfirsts_headings_and_captions(version):
    assert said(version, "title") == ["Council backs bridge plan"]
    assert said(version, "standfirst") == ["A quarrel of two years ends with a single vote"]
    assert said(version, "heading") == ["A question of money"]
    assert said(version, "caption") == ["The old bridge in March. Photograph: Tom Reed/Norlandia Press"]


def test_credits_are_read_as_what_they_are(version):
    assert [(credit.kind.value, credit.name) for credit in version.credits] == [
        ("text", "Jane Doe"),
        ("photo", "Tom Reed/Norlandia Press"),
        ("text", "Jane Doe"),
    ]


def test_the_rest_of_the_page_is_kept_and_set_aside_with_a_reason(version):
    furniture = said(version, "furniture")
    assert {"News", "Weather", "Share", "On this subject", "Nine years of patching"} < set(furniture)
    assert "READ MORE: Who built the old bridge" in furniture
    assert "Sign up for our newsletter and never miss a story." in furniture
    assert all(block.reason for block in version.blocks if block.kind == "furniture")


def test_what_no_reader_sees_is_no_text(version):
    assert not any(words in version.text for words in ("Not to be seen", "Nor this", "nor this", "color", "schema.org"))


def test_what_the_page_states_is_known(version):
    assert (version.title, version.outlet) == ("Council backs bridge plan", "Harwick Courier")
    assert (version.url, version.published) == ("https://courier.example/bridge", "2024-05-03T10:12:00+02:00")
    assert version.language == "en"


def test_white_space_is_collapsed_and_lines_broken_twice_are_paragraphs():
    page = (
        f"<html><body><h1>Bridge\n  plan</h1><div>{LEAD}<br><br>{NEXT}</div><p>{LAST}<br>He smiled.</p></body></html>"
    )
    version = read_html(page, source="page")
    assert said(version, "title") == ["Bridge plan"]
    assert said(version, "paragraph") == [LEAD, NEXT, f"{LAST} He smiled."]


def test_a_page_without_marks_is_read_by_its_sentences():
    version = read_html(f"<div><div>Menu</div><div>{LEAD}</div><div>{NEXT}</div></div>", source="page")
    assert said(version, "paragraph") == [LEAD, NEXT]


def test_a_page_hidden_until_its_script_runs_is_read():
    version = read_html(
        f"<html><body><div style='display:none'><p>{LEAD}</p><p>{NEXT}</p></div></body></html>", source="p"
    )
    assert said(version, "paragraph") == [LEAD, NEXT]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1251", "cp1251"),
        ("iso-8859-1", "cp1252"),
        ("utf-8", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("no-such-set", "utf-8"),
    ],
)
def test_the_pages_encoding_is_as_declared_unless_it_is_plainly_utf_8(declared, encoding):
    words = "Мост открыт" if "1251" in declared else "Le café « fermé »"
    page = (
        f"<html><head><meta charset='{declared}'></head><body><h1>{words}</h1><p>{LEAD}</p><p>{NEXT}</p></body></html>"
    )
    assert read_html(page.encode(encoding), source="page").title == words


@pytest.mark.parametrize(
    ("stated", "known"),
    [
        ("2024-05-03T10:12:00Z", "2024-05-03T10:12:00Z"),
        ("2024-05-03T10:12:00+0200", "2024-05-03T10:12:00+02:00"),
        ("2024-05-03 10:12", "2024-05-03T10:12"),
        ("2024-05", "2024-05"),
        ("Fri, 03 May 2024 10:12:00 +0200", "2024-05-03T10:12:00+02:00"),
        ("0001-01-01T00:00:00Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("2024-13-01", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_keeps_its_hour_and_zone_and_no_date_is_made_up(stated, known):
    assert stated_moment(stated) == known


@pytest.mark.parametrize(
    "mark",
    [
        '<meta property="article:published_time" content="2024-05-03T10:12:00Z">',
        '<time itemprop="datePublished" datetime="2024-05-03T10:12:00Z">today</time>',
        '<script type="application/ld+json">[{"@type": ["Article"], "datePublished": "2024-05-03T10:12:00Z"}]</script>',
        '<article><time datetime="2024-05-03T10:12:00Z">today</time></article>',
    ],
)
def test_dates_are_found_wherever_pages_state_them(mark):
    version = read_html(f"<html><body>{mark}<p>{LEAD}</p><p>{NEXT}</p></body></html>", source="page")
    assert version.published == "2024-05-03T10:12:00Z"


def test_the_words_decide_the_language_against_a_wrong_declaration():
    assert read_html(f"<html lang='de'><body><p>{LEAD}</p><p>{NEXT}</p></body></html>", source="page").language == "en"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("page.html", "heading"), ("page.txt", "heading"), ("page", "heading")],
)
def test_a_page_is_known_by_its_content_whatever_its_name(tmp_path, name, kind):
    (tmp_path / name).write_text(PAGE)
    (version,) = read(tmp_path / name)
    assert said(version, kind) == ["A question of money"]


def test_angle_brackets_do_not_make_a_page(tmp_path):
    (tmp_path / "a.txt").write_text(f"<Bridge> plan backed\n\n{LEAD}\n")
    assert read(tmp_path / "a.txt")[0].text.startswith("<Bridge>")
