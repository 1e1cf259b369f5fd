"""``retold correct``: what was read is shown with its places, corrected by them, and taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import retold

TEXT = "Weir breaks\n\nThe weir at Harwick gave way on Monday night.\n\nThe baker of Lowmere has sold his last loaf."


@pytest.fixture(autouse=True)
def weir(tmp_path, monkeypatch):
    """A folder in which news.retold holds one article."""
    monkeypatch.delenv("RETOLD_ARCHIVE", raising=False)
    monkeypatch.chdir(tmp_path)
    with retold.open("news.retold", create=True) as archive:
        archive.add({"id": "weir", "text": TEXT, "outlet": "Harwick Post"}, learn=True, processes=1)


def place_of(told: str, words: str) -> str:
    """The place of a block, as a person reads it from the terminal."""
    (line,) = [line for line in told.splitlines() if words in line]
    return line.split()[0]


def test_a_place_that_is_shown_can_be_corrected_honoured_listed_and_taken_back(run):
    shown = run("correct", "weir").out
    assert "as it was read" in shown
    place = place_of(shown, "The baker")
    told = run("correct", "weir", "--title", "Weir gone", "--outlet", "", "--block", f"{place}=furniture").out
    assert "honoured at the next retold learn" in told
    assert re.search(rf"{place}\s+paragraph\s+furniture\s+The baker", told)
    assert re.search(r"outlet\s+Harwick Post\s+-", told)
    assert run("learn").code == 0
    listed = run("corrections").out
    assert "honoured" not in listed
    assert re.search(rf"{place}\s+paragraph\s+furniture\s+The baker", listed)
    assert "Nothing holds loaf" in run("search", "loaf").out
    assert "taken back" in run("correct", "weir", "--undo").out
    assert "taken back" in run("corrections").out
    run("learn")
    assert run("correct", "weir").out == shown
    assert run("corrections").out == "Nothing is corrected: all articles are as they were read.\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--block", "12=furniture"], "--block '12=furniture' names no place and kind. START-END=KIND is wanted"),
        (["--block", "0-11=advert"], "'advert' is no kind of block. There are: title, standfirst, heading, paragraph"),
        (["--block", "0-9999=title"], "0-9999 is no place in this text, which has 104 characters"),
        (["--block", "0-4=title", "--block", "3-11=title"], "0-4 and 3-11 overlap"),
        (["--published", "soon"], "published 'soon' is no time. A day or a moment is wanted, such as 2026-05-03"),
        (["--undo"], "Nothing of weir is corrected. List what is with: retold corrections"),
        (["--undo", "--title", "Weir"], "give it alone"),
        (["--version", "v9"], "weir has no version 'v9'. List its versions with: retold revisions weir"),
    ],
)
def test_what_cannot_be_is_told_with_what_was_wanted_and_what_to_do(run, given, said):
    before = Path("news.retold").read_bytes()
    ran = run("correct", "weir", *given)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert Path("news.retold").read_bytes() == before


def test_an_archive_that_is_being_written_is_left_alone(run):
    with retold.open("news.retold") as archive, archive.desk():
        ran = run("correct", "weir", "--title", "Weir")
    assert ran.code == 1
    assert "another process is writing in it" in ran.err


def test_what_does_not_hold_for_another_version_is_told(run):
    with retold.open("news.retold") as archive:
        more = TEXT.replace("Monday", "Tuesday") + "\n\nIt will be mended by May, said the council."
        archive.add({"id": "weir", "text": more, "outlet": "Harwick Post", "seen": "2026-05-05"}, processes=1)
    place = place_of(run("correct", "weir").out, "Tuesday night")
    told = run("correct", "weir", "--block", f"{place}=caption").out
    assert re.search(rf"{place}: not in version \w+: it has not these words", told)
