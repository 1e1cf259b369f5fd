"""The article on a page: told by shape, place and the names of its boxes, however the page is built."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reading.lines import LateLine, Line
from retold.reading.read import read_html
from retold.reading.walk import LETTERS, letters, walk

LEAD = "The council in Harwick voted on Thursday to rebuild the old bridge, ending a row that has run for two years."
NEXT = "Work starts in June, the mayor told reporters after the vote. It will cost 40 million crowns and take a year."
THIRD = "Shopkeepers on the far bank say that they have lost a third of their trade since the crossing closed."
LAST = "The bridge has been shut since March, when a beam fell into the river and a ferry had to be turned back."
STORY = (LEAD, NEXT, THIRD, LAST)
OPINION = "I have crossed that bridge every day for thirty years, and nobody in the town hall has asked me about it."


def told(body: str) -> list[str]:
    """The paragraphs of a page with this body."""
    version = read_html(f"<html><body>{body}</body></html>", source="page")
    return [version.text[block.start : block.end] for block in version.blocks if block.kind == "paragraph"]


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>Bridge plan</h1>{paragraphs(*STORY)}</article>",
        f"<div class='x1'><h1>Bridge plan</h1>{paragraphs(*STORY)}</div>",
        f"<form><div><h1>Bridge plan</h1><div>{'<br><br>'.join(STORY)}</div></div></form>",
        f"<div><h1>Bridge plan</h1>{''.join(f'<div><p>{each}</p></div>' for each in STORY)}</div>",
        f"<table><tr><td><h1>Bridge plan</h1>{paragraphs(*STORY)}</td></tr></table>",
    ],
    ids=["named", "nameless", "broken lines in a form", "a box each", "a table"],
)
def test_an_article_is_found_however_its_page_is_built(body):
    assert told(f"<div class='nav'><a href='/'>News</a> <a href='/w'>Weather</a></div>{body}") == list(STORY)


def test_readers_comments_are_not_the_article_even_where_they_are_longer():
    comments = "".join(f"<li class='comment-item'><p>{OPINION} {number}.</p></li>" for number in range(12))
    assert told(f"<article>{paragraphs(*STORY)}</article><ol class='comments'>{comments}</ol>") == list(STORY)


def test_a_list_between_paragraphs_is_the_articles():
    items = ("A new deck of oak and steel", "A path for walkers on the north side")
    listed = "".join(f"<li>{item}</li>" for item in items)
    found = told(f"<article>{paragraphs(LEAD, NEXT)}<ul>{listed}</ul>{paragraphs(THIRD, LAST)}</article>")
    assert found == [LEAD, NEXT, *items, THIRD, LAST]


def test_a_list_of_links_between_paragraphs_is_not():
    listed = "".join(f"<li><a href='/{n}'>Ferry runs aground for the {n}th time</a></li>" for n in (4, 5, 6))
    found = told(f"<article>{paragraphs(LEAD, NEXT)}<ul>{listed}</ul>{paragraphs(THIRD, LAST)}</article>")
    assert found == list(STORY)


def test_links_to_other_articles_between_paragraphs_are_not_the_article():
    teasers = "".join(f"<a href='/{n}'>Ferry runs aground for the {n}th time this year.</a> " for n in (4, 5, 6, 7))
    found = told(f"<article>{paragraphs(LEAD, NEXT)}<div>{teasers}</div>{paragraphs(THIRD, LAST)}</article>")
    assert found == list(STORY)


def test_a_comment_in_a_paragraph_takes_nothing_from_it():
    cut = LEAD.replace("old bridge", "old <!-- advertisement --> bridge")
    assert told(f"<article>{paragraphs(cut, NEXT, THIRD)}</article>") == [LEAD, NEXT, THIRD]


@pytest.mark.parametrize(
    ("markup", "spare"),
    [
        ("<p>Rain is due.</p>", []),
        ("<p>Rain<span></span> is due.</p><div><img src='r.jpg'></div>", ["span", "div"]),
        ("<nav><p>News</p></nav><p>Rain is due.</p><script>rain()</script>", ["nav", "script"]),
        ("<p>Rain is due.</p><ul><li><a>Sport</a></li><li><a>Weather</a></li></ul>", ["ul"]),
        ("<p>Rain is due.</p><ul><li><a>Harwick</a></li><li>and on the far bank</li></ul>", []),
        ("<div><a>Rain is due in Harwick on Friday</a></div>", []),
        ("<div hidden><p>Rain is due.</p></div><p>Snow is not.</p>", ["div"]),
    ],
    ids=["text", "nothing", "furniture", "a list of links", "a list of places", "a linked paragraph", "hidden"],
)
def test_what_holds_nothing_of_an_article_is_noted(markup, spare):
    tree = lxml.html.document_fromstring(f"<html><body>{markup}</body></html>")
    assert [element.tag for element in walk(tree)[1]] == spare


def test_a_hidden_page_is_read_as_its_script_shows_it():
    assert told(f"<div style='display: none'>{paragraphs(*STORY)}</div>") == list(STORY)


def test_a_page_in_a_form_shows_its_title_as_any_other():
    version = read_html(f"<html><body><form><h1>Bridge plan</h1>{paragraphs(*STORY)}</form></body></html>", source="p")
    assert version.title == "Bridge plan"


def test_a_form_beside_the_article_is_furniture():
    asked = "Tell the editors of this paper what you think of the plan, and leave your name and your telephone number."
    assert told(f"{paragraphs(*STORY)}<form><p>{asked}</p></form>") == list(STORY)


def test_a_day_and_an_owner_far_below_the_article_are_read():
    links = "".join(f"<p><a href='/{n}'>Ferry runs aground for the {n}th time</a></p>" for n in range(4, 20))
    foot = "<p>Published 3 May 2024</p><p>© 2024 Harwick Courier. All rights reserved.</p>"
    version = read_html(f"<html><body>{paragraphs(*STORY)}{links}{foot}</body></html>", source="page")
    assert (version.published, version.outlet) == ("2024-05-03", "Harwick Courier")


@given(st.text())
def test_letters_are_the_same_by_table_and_by_rule(text):
    assert letters(text) == LETTERS.sub("", text.casefold())


@given(st.text())
def test_a_line_measured_late_has_the_shape_of_one_measured_at_once(text):
    early, late = Line(text, 3, tied=False), LateLine(text, 3)
    assert [getattr(late, name) for name in Line.__slots__] == [getattr(early, name) for name in Line.__slots__]


def test_a_line_measured_late_has_no_other_names():
    with pytest.raises(AttributeError):
        LateLine("Rain is due.", 0).length  # noqa: B018
