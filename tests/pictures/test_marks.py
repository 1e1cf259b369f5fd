"""Marks stand on an article's own words, and take none away."""

from __future__ import annotations

import re
from collections import defaultdict
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.pictures.edits import Ways
from retold.pictures.marks import Mark, letters, marked, marks


class Shown(HTMLParser):
    """What a browser shows of a marked passage: its words, and the words inside each mark."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.inside, self.names, self.open = "", defaultdict(str), [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag in ("span", "ins", "del"):
            edit = told.get("data-e") or told.get("id", "").rpartition("-")[0]
            self.open.append(("hidden" if "aria-hidden" in told else "", edit))
            self.inside[edit] += ""
        if "id" in told:
            self.names.append(told["id"])

    def handle_endtag(self, tag):
        if tag in ("span", "ins", "del"):
            self.open.pop()

    def handle_data(self, data):
        if any(hidden for hidden, _ in self.open):
            return
        self.words += data
        for _, edit in self.open:
            self.inside[edit] += data


TEXTS = st.text(st.sampled_from("ab <>&\"'\n\0é\u202e🚣‸…"), max_size=60)


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], list[Mark]]:
    """A text, spans of it in order, and marks anywhere, across borders and across each other."""
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    borders = sorted(draw(st.lists(places, max_size=6, unique=True)))
    spans = list(zip(borders[::2], borders[1::2], strict=False))
    pairs = draw(st.lists(st.tuples(places, places).map(sorted), max_size=6))
    found = [Mark(start, end, "content", f"E{at}", f"E{at}-A") for at, (start, end) in enumerate(pairs)]
    return text, spans, sorted(found, key=lambda mark: (mark.start, -mark.end))


@given(passages())
def test_without_the_marks_the_words_are_the_articles_to_the_letter(passage):
    text, spans, found = passage
    plain = "".join(text[start:end] for start, end in spans)
    assert Shown(marked(text, spans, found)).words == plain.replace("\0", "\ufffd")


@given(passages())
def test_a_mark_holds_the_words_between_its_offsets_and_no_others(passage):
    text, spans, found = passage
    shown = Shown(marked(text, spans, found))
    for mark in found:
        parts = [text[max(start, mark.start) : min(end, mark.end)] for start, end in spans if start < mark.end]
        held = "".join(parts) if mark.start < mark.end else ""
        assert shown.inside[mark.edit] == held.replace("\0", "\ufffd")
    assert len(shown.names) == len(set(shown.names))


@pytest.mark.parametrize(
    ("spans", "html"),
    [
        ([(0, 5)], "<p>One, </p>"),
        ([(0, 4), (5, 8)], '<p>One,<span aria-hidden="true"> </span>two</p>'),
        ([(0, 4), (10, 15)], "<p>One,</p><p>three</p>"),
        ([(10, 15), (0, 3)], "<p>three</p><p>One</p>"),
        ([], ""),
    ],
)
def test_sentences_of_one_paragraph_stay_in_it(spans, html):
    assert marked("One, two\n\nthree", spans, []) == html


def test_words_only_on_the_other_side_leave_a_caret_that_no_search_stumbles_over():
    html = marked("We said so.", [(0, 11)], [Mark(7, 7, "content", "E1", "E1-A")])
    assert html == '<p>We said<span class="caret content" id="E1-A" aria-hidden="true"></span> so.</p>'


def test_letters_cannot_become_markup():
    assert letters("</p><script>'&\"") == "&lt;/p&gt;&lt;script&gt;&#x27;&amp;&quot;"


@pytest.mark.parametrize(
    ("text", "start", "end"), [("Monday ", 0, 6), (" , she said", 1, 11), ("", 0, 0), (" ", 0, 1), ("no", 0, 2)]
)
def test_a_mark_leaves_the_space_beside_its_words_bare(text, start, end):
    edit = {"id": "E1", "class": "content", "sides": {"A": {"start": 0, "end": len(text), "text": text}}}
    (mark,) = marks([edit], "A", Ways())
    assert (mark.start, mark.end) == (start, end)


@pytest.mark.parametrize(
    ("texts", "elements"),
    [
        ({"A": "over", "B": "near"}, {"A": "del", "B": "ins"}),
        ({"A": "over", "B": "over", "C": "near"}, {"A": "span", "B": "del", "C": "ins"}),
        ({"A": "over", "B": "near", "C": "near"}, {"A": "del", "B": "ins", "C": "span"}),
        ({"A": "over", "B": "near", "C": "under"}, {"A": "del", "B": "span", "C": "ins"}),
        ({"A": "over", "D": "near"}, {"A": "span", "D": "span"}),
    ],
)
def test_only_an_established_direction_strikes_words_out(texts, elements):
    sides = {key: {"start": 0, "end": len(text), "text": text} for key, text in texts.items()}
    edit = {"id": "E1", "class": "content", "sides": sides}
    line = Ways(frozenset({("A", "B"), ("A", "C"), ("B", "C")}))  # A first, then B, then C; nobody knows about D
    assert {key: marks([edit], key, line)[0].element for key in texts} == elements
    assert {marks([edit], key, Ways())[0].element for key in texts} == {"span"}


def test_thousands_of_marks_across_each_other_stand_where_their_edits_are():
    text = "ferry " * 3000
    found = [Mark(at * 6, at * 6 + 9, "content", f"E{at}") for at in range(3000)]
    html = marked(text, [(0, len(text))], found)
    pieces = [html.count(f'data-e="E{at}"') for at in (0, 1, 1500, 2999)]
    assert pieces == [2, 3, 3, 2]  # each is cut where its neighbours begin and end
    assert re.sub("<[^>]*>", "", html) == text
