"""The report of the terminal, as an editor meets it first."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.pictures.columns import breadth, cut, wrapped
from retold.pictures.terminal import picture
from tests.pictures import sample

GOLDEN = Path(__file__).with_name("pair.txt")


def test_the_pair_is_drawn_as_agreed(pair):
    assert picture(pair) == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("document", [sample.pair(), sample.established(), sample.family(5, 8), sample.family(30, 12)])
@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("width", [60, 72, 100, 160])
def test_no_line_is_wider_than_asked(document, everything, width):
    for line in picture(document, width=width, everything=everything).splitlines():
        assert breadth(line) <= width, line


def test_style_is_hidden_until_everything_is_asked_for(pair):
    assert "style 1 (hidden, --all)" in picture(pair)
    assert sum(line.endswith("  style") for line in picture(pair).splitlines()) == 0
    assert sum(line.endswith("  style") for line in picture(pair, everything=True).splitlines()) == 1


def test_everything_is_told_uncut(pair):
    told = " ".join(picture(pair, everything=True).split())
    assert "…" in told  # the ellipsis of article A itself
    assert "including empty markets" in told
    assert "A names the speaker here" in told


def test_colour_comes_only_when_asked_for(pair):
    assert "\x1b" not in picture(pair)
    assert "\x1b[1mSAME STORY" in picture(pair, colour=True)


def test_an_article_cannot_steer_the_terminal(pair):
    document = copy.deepcopy(pair)
    document["articles"][0]["outlet"] = "\x1b]0;owned\x07\x1b[2J Echo\u202e"
    document["edits"][1]["sides"]["B"]["text"] = "\x1b[31mMon\rday"
    document["watch"][0]["note"] = "\x9b31m note"
    told = picture(document)
    assert not {"\x1b", "\x07", "\r", "\x9b", "\u202e"} & set(told)
    assert "Echo" in told


def test_many_articles_do_not_flood_the_screen(large):
    told = picture(large).splitlines()
    assert len(told) < 110
    assert any("more articles" in line for line in told)
    assert any("more edits (--all)" in line for line in told)


def test_a_comparison_of_strangers_has_no_direction(pair):
    alone = [passage for passage in pair["passages"] if len(passage["spans"]) == 1]
    told = picture(pair | {"passages": alone, "edits": [], "quotations": [], "names": [], "watch": []})
    assert "no passage in common" in told.lower()
    assert "Direction" not in told


@given(st.text(st.sampled_from("ab é漢字🚣\u0301 "), max_size=80), st.integers(2, 30))
@settings(max_examples=200)
def test_cutting_and_wrapping_keep_to_the_room(text, room):
    assert breadth(cut(text, room)) <= room
    lines = wrapped(text, room)
    assert all(breadth(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
