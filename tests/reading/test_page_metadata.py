"""What a page states: its authors, its section, its title as it is best spelt."""

from __future__ import annotations

import pytest

from retold.reading.bylines import names
from retold.reading.read import read_html, read_record

LEAD = "The council in Harwick voted on Thursday to rebuild the old bridge, ending a row that has run for two years."
NEXT = "Work starts in June, the mayor told reporters after the vote. It will cost 40 million crowns and take a year."
BODY = f"<p>{LEAD}</p><p>{NEXT}</p>"


def version(head: str = "", body: str = ""):
    return read_html(f"<html><head>{head}</head><body>{body}{BODY}</body></html>", source="page")


def linked(said: str) -> str:
    return f'<script type="application/ld+json">{said}</script>'


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (linked('{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Jane Doe"}}'), "Jane Doe"),
        (linked('{"@type": "NewsArticle", "author": ["Jane Doe", {"name": "John Roe"}]}'), "Jane Doe, John Roe"),
        (linked('{"@type": "NewsArticle", "author": {"givenName": "Jane", "familyName": "Doe"}}'), "Jane Doe"),
        (
            linked(
                '{"@graph": [{"@type": "NewsArticle", "author": {"@id": "#j"}}, '
                '{"@type": "Person", "@id": "#j", "name": "Jane Doe"}]}'
            ),
            "Jane Doe",
        ),
        ('<meta name="author" content="By Jane Doe and John Roe">', "Jane Doe, John Roe"),
        (
            '<meta property="article:author" content="Jane Doe"><meta property="article:author" content="John Roe">',
            "Jane Doe, John Roe",
        ),
        ('<meta property="article:author" content="https://social.example/jane">', None),
        (
            linked('{"@type": "NewsArticle", "author": {"@type": "Organization", "name": "Harwick Courier"}}'),
            "Harwick Courier",
        ),
        (
            linked('{"@type": "NewsArticle", "author": {"@type": "Organization", "name": "Harwick Courier"}}')
            + '<meta name="author" content="Jane Doe">',
            "Jane Doe",
        ),
        (
            linked(
                '{"@type": "NewsArticle", "author": [{"@type": "Organization", "name": "Reuters"}, '
                '{"@type": "Person", "name": "Jane Doe"}]}'
            ),
            "Jane Doe, Reuters",
        ),
        ("", None),
    ],
)
def test_authors_are_the_persons_a_page_declares_and_a_house_without_them_or_where_it_is_an_agency(head, author):
    assert version(head).author == author


@pytest.mark.parametrize(
    "body",
    [
        '<a rel="author" href="/jane">Jane Doe</a>',
        '<span itemprop="author"><span itemprop="name">Jane Doe</span></span>',
        '<article><div class="byline">By <a href="/authors/jane">Jane Doe</a></div></article>',
    ],
)
def test_an_author_may_be_declared_where_the_page_shows_it(body):
    assert version(body=body).author == "Jane Doe"


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("Von Jane Doe und John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe, political editor", ["Jane Doe"]),
        ("Jane Doe (Harwick Courier)", ["Jane Doe"]),
        ("Jane Doe (AP)", ["Jane Doe", "AP"]),
        ("Jane Doe jane.doe@courier.example @janedoe", ["Jane Doe"]),
        ("https://social.example/jane", []),
        ("admin", []),
        ("105092", []),
        ("", []),
    ],
)
def test_a_byline_is_its_names_without_roles_addresses_and_handles(said, known):
    assert names([said]) == known


@pytest.mark.parametrize(
    ("head", "section"),
    [
        (linked('{"@type": "NewsArticle", "articleSection": ["Politics", "Town"]}'), "Politics"),
        ('<meta property="article:section" content="Town">', "Town"),
        ("", None),
    ],
)
def test_the_section_is_the_one_the_page_names(head, section):
    assert version(head).section == section


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ("<span>Town hall</span><span>Council backs the bridge plan</span>", "Council backs the bridge plan"),
        ("Council backs the bridge-plan", "Council backs the bridge plan"),
        ("Bridge plan backed after two years", "Bridge plan backed after two years"),
    ],
)
def test_a_title_is_the_one_shown_without_a_kicker_that_the_page_leaves_out(shown, title):
    head = '<meta property="og:title" content="Council backs the bridge plan">'
    assert version(head, f"<h1>{shown}</h1>").title == title


def test_a_page_is_signed_by_the_agency_that_stands_alone_at_its_end():
    page = version(
        body=f"<article><h1>Council backs bridge plan</h1>{BODY}<p>It was shut in March.</p><p>AFP</p></article>"
    )
    assert [(credit.kind.value, credit.name) for credit in page.credits] == [("text", "AFP")]


@pytest.mark.parametrize(
    ("said", "author"),
    [
        ("Reuters", "Reuters"),
        (["Jane Doe", "AFP"], "Jane Doe, AFP"),
        (None, None),
        ("", None),
        ({"name": "Jane"}, None),
    ],
)
def test_a_record_may_state_its_author(said, author):
    assert read_record({"text": LEAD, "author": said}, source="record").author == author
