"""What recurs on an outlet's pages is furniture, unless the pages are about one matter."""

from __future__ import annotations

import pytest

from retold.archive.prepared import NO_PRINT, block_print
from retold.archive.recurring import Page, aside, recurring
from retold.model.records import Block, Kind

TITLES = [
    "Ferry fares rise in Aldry",
    "Mayor of Pell resigns",
    "Storm closes the harbour",
    "Bread prices fall again",
    "Two hurt in quarry blast",
    "School reopens after fire",
    "Orchard growers seek help",
]


def mark(text: str) -> bytes:
    """The print of a paragraph."""
    return block_print(text, Block(0, len(text), Kind.PARAGRAPH))


def pages(titles: list[str], recurs: str) -> list[Page]:
    """Pages that all end with the same block."""
    return [
        Page(number, f"article {number}", title, "en", mark(f"Told by nobody else: {title}.") + mark(recurs))
        for number, title in enumerate(titles, 1)
    ]


def test_a_line_on_pages_that_have_no_subject_in_common_is_furniture_with_its_count():
    found = recurring(pages(TITLES, "Sign up for our letter"))
    assert list(found) == [mark("Sign up for our letter")]
    assert (found[mark("Sign up for our letter")].articles, found[mark("Sign up for our letter")].pages) == (7, 7)


def test_background_that_recurs_in_one_matter_is_kept():
    titles = [f"Ferry strike, day {number}" for number in range(1, 8)]
    assert recurring(pages(titles, "The strike began on Monday over pay.")) == {}


def test_a_line_on_few_pages_is_kept():
    assert recurring(pages(TITLES[:4], "Sign up for our letter")) == {}


def test_a_line_on_a_small_share_of_the_pages_is_kept():
    many = [Page(100 + n, f"other {n}", f"Matter {n}", "en", mark(f"text {n}")) for n in range(200)]
    assert recurring([*pages(TITLES, "Sign up for our letter"), *many]) == {}


def test_versions_of_one_article_count_once():
    page = pages(TITLES[:1], "Sign up for our letter")[0]
    assert recurring([page._replace(number=number) for number in range(9)]) == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12 comments", "7 comments", True),
        ("Sign  up\nfor our letter", "SIGN UP FOR OUR LETTER", True),
        ("Sign up for our letter", "Sign up for our paper", False),
    ],
)
def test_a_print_tells_words_and_not_figures_spaces_or_capitals(one, other, same):
    assert (mark(one) == mark(other)) is same


def test_long_paragraphs_and_captions_have_no_print():
    assert mark("word " * 200) == NO_PRINT
    assert block_print("A harbour", Block(0, 9, Kind.CAPTION)) == NO_PRINT


def test_an_article_is_never_set_aside_whole():
    packed = mark("Sign up for our letter") * 2
    assert aside(packed, [mark("Sign up for our letter")]) == b"[]"
    assert aside(packed + mark("News"), [mark("Sign up for our letter")]) == b"[0,1]"
