"""A page in fewer bytes says the same, and looks the same."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markupsafe import escape

from retold.pictures.compact import html, script, style


class Read(HTMLParser):
    """All that a page says: its elements with what they say of themselves, and its words without line breaks."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.told: list[object] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.told.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.words += " ".join(data.split())


WORDS = some.text(some.sampled_from("ab <>&\"'=/#-\n…"), max_size=20)


@given(WORDS, WORDS)
def test_nothing_that_an_article_says_is_lost_or_read_as_markup(one: str, other: str):
    page = f'<ul>\n<li title="{escape(one)}">{escape(other)}</li>\n</ul><p id="x" class="y">{escape(one)}</p>'
    assert (Read(html(page)).told, Read(html(page)).words) == (Read(page).told, Read(page).words)


@pytest.mark.parametrize(
    ("page", "shorter"),
    [
        ('<svg><path class="a" d="M0 0h1"/></svg>', '<svg><path class=a d="M0 0h1"/></svg>'),
        ('<rect x="1" y="2"/>', '<rect x=1 y="2"/>'),
        ("<p>One</p><p>Two</p>\n</div>", "<p>One<p>Two</div>"),
        ("<p>One</p> and", "<p>One</p> and"),
        ("<td>1</td>\n<td>2</td></tr>\n</tbody></table>", "<td>1<td>2</table>"),
        ('<input type="checkbox" id="a" checked>', "<input type=checkbox id=a checked>"),
        ('<a href="a/b?c=d">', '<a href="a/b?c=d">'),
    ],
)
def test_only_what_html_can_do_without_is_left_out(page: str, shorter: str):
    assert html(page) == shorter


@pytest.mark.parametrize(
    ("rule", "stays"),
    [
        ("p { a: b }", True),
        ("q { a: b }", False),
        (".x p { a: b }", True),
        (".x .gone { a: b }", False),
        ("p:not(.gone) { a: b }", True),
        ("p:is(.gone, .x) { a: b }", True),
        ("p:is(.gone, .lost) { a: b }", False),
        ("body:has(#y:not(:checked)) p { a: b }", True),
        ("body:has(#z:not(:checked)) p { a: b }", False),
        (":is(p > b, b > p:nth-child(2)) { a: b }", True),
        (":is(q > b, b > q:nth-child(2)) { a: b }", False),
        (".now { a: b }", True),
        ("p::before, a:hover { a: b }", True),
        ('b[class="gone"] { a: b }', True),
    ],
)
def test_a_rule_stays_where_something_on_the_page_may_obey_it(rule: str, stays: bool):
    page = '<p class="x" id=y><b>One</b></p>'
    assert bool(style(rule, page, 'one.classList.add("now")')) == stays


def test_of_a_rule_for_several_things_its_part_for_those_that_are_there_stays():
    assert style("p, .gone, b { a: b; }", "<p><b>One</b>") == "p,b{a:b}"
    assert style("@media print { .gone { a: b } }\n@media print { p { a: b } }", "<p>") == "@media print{p{a:b}}"


def test_a_script_keeps_its_lines_and_what_looks_like_a_comment_in_them():
    told = '/** Why. */\nconst at = "https://x"; // here\n\n  go(at);\n'
    assert script(told) == 'const at = "https://x"; // here\ngo(at);\n'
