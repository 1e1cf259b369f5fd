"""Answers of an archive as lines for a terminal."""

from __future__ import annotations

from typing import Any

import pytest

from retold.pictures import listing
from retold.pictures.columns import breadth

LINE = {"id": "5d1f0c3a9be7a210", "title": "Ferry aground", "articles": 12, "outlets": 3, "origins": 2}
LINE |= {"first": "2026-05-03T08:00:00Z", "last": "2026-05-04T09:30:00Z"}
TELLING = {"article_id": "a" * 16, "source_ids": ["f1", "f2"], "outlet": None, "title": None, "published": None}
TELLING |= {"score": 0.5}
COUNT = {"low": 1, "likely": 2, "high": 2, "reasons": []}
STORY = LINE | {"requested_id": LINE["id"], "tellings": [TELLING], "origins": COUNT}
HIT = {"article_id": "a" * 16, "source_ids": ["f1"], "outlet": "Pell Post", "title": "Ferry", "story_id": None}
HIT |= {"published": "2026-05-03", "snippet": "The ferry sank.", "start": 100, "end": 115, "marks": [(104, 109)]}
WHY = {"same_story": False, "note": "Something keeps them apart.", "score": 0.2, "likeness": 0.25, "nearness": 0.8}
WHY |= {"threshold": 0.17, "days": 1.5, "terms": [{"text": "ferry", "weight": 0.1}], "vetoes": ["Aldry, Pell"]}
WHY |= {"shared": None, "origins": [[], []], "same_origin": None, "origin_note": ""}
VERSION = {"version_id": "v1", "seen": None, "published": None, "title": None, "words": 1}
STEP: dict[str, Any] = {"before": "v1", "after": "v2", "edits": [], "cut": [], "added": []}
HISTORY = {"url": None, "source_ids": ["f1"], "versions": [VERSION, VERSION | {"words": 1200}], "steps": [STEP]}
EDIT = {"kind": "number", "cut": "40", "added": ""}
WHOLE = {"tables": {"articles": 1200}, "found": [], "repaired": [], "left": []}


@pytest.mark.parametrize(
    ("picture", "lines"),
    [
        (
            listing.stories({"total": 1, "stories": [LINE]}, width=100),
            [
                "story             first       last        articles  outlets  origins  title",
                "5d1f0c3a9be7a210  2026-05-03  2026-05-04        12        3        2  Ferry aground",
            ],
        ),
        (
            listing.story(STORY | {"requested_id": "f1"}, width=100),
            [
                "Ferry aground",
                "story 5d1f0c3a9be7a210",
                "asked for as f1",
                "12 articles, 3 outlets, 2 origins (1 to 2), 2026-05-03 to 2026-05-04",
                "",
                "article  published  outlet  score  title",
                "f1       -          -        0.50  -",
            ],
        ),
        (
            listing.search({"words": "ferry", "hits": [HIT, HIT | {"title": None, "story_id": "s1"}]}, width=100),
            [
                "Ferry",
                "  f1  2026-05-03  Pell Post",
                "  The [ferry] sank.",
                "",
                "-",
                "  f1  2026-05-03  Pell Post  story s1",
                "  The [ferry] sank.",
            ],
        ),
        (
            listing.why(WHY, width=100),
            [
                "NOT THE SAME STORY",
                "Something keeps them apart.",
                "",
                "score 0.200 = likeness 0.250 x nearness 0.800 (days between: 1.5); joins from 0.170",
                "veto: Aldry, Pell",
                "shared words: ferry 0.100",
            ],
        ),
        (
            listing.revisions(HISTORY, width=100),
            [
                "f1",
                "2 versions",
                "",
                "v1  not dated  1 word  -",
                "",
                "v1  not dated  1,200 words  -",
                "  no change in the article's own words",
            ],
        ),
        (listing.checked(WHOLE, width=100), ["The archive is whole: 1,200 articles"]),
    ],
)
def test_an_answer_in_lines(picture, lines):
    assert picture.splitlines() == lines


def test_a_history_shows_what_went_and_came_whole_and_what_was_put_in_its_place():
    step = STEP | {"cut": ["Old."], "added": ["New."], "edits": [EDIT]}
    picture = listing.revisions(HISTORY | {"steps": [step]}, width=100)
    assert picture.splitlines()[-3:] == ["  cut       Old.", "  added     New.", "  number    40  ->  -"]


def test_a_list_that_was_cut_says_how_many_there_are():
    assert "1 of 4,000 stories" in listing.stories({"total": 4000, "stories": [LINE]}, width=100)
    assert listing.stories({"total": 0, "stories": []}, width=100).startswith("No story.")
    assert listing.search({"words": "ferry", "hits": []}, width=100) == "Nothing holds ferry."


def test_what_is_left_by_the_doctor_comes_with_what_to_do():
    picture = listing.checked(WHOLE | {"found": ["a", "b"], "repaired": ["a"], "left": ["b"]}, width=100)
    assert picture.splitlines()[:4] == ["found: a", "found: b", "mended: a", "left: b"]
    assert "take a copy made before" in picture


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (None, None, ", not dated"),
        ("2026-05-03T08:00:00Z", "2026-05-03T20:00:00Z", ", 2026-05-03"),
        ("2026-05-03T08:00:00Z", "2026-05-04T08:00:00Z", ", 2026-05-03 to 2026-05-04"),
    ],
)
def test_when_a_story_was_told(first, last, told):
    assert listing.between({"first": first, "last": last}) == told


LONG = "渡船 sank off Đorđevo " * 20


@pytest.mark.parametrize("width", [80, 120])
def test_lines_fit_a_terminal_whatever_the_writing(width):
    pictures = [
        listing.stories({"total": 1, "stories": [LINE | {"title": LONG}]}, width=width),
        listing.story(STORY | {"title": "t", "tellings": [TELLING | {"title": LONG, "outlet": LONG}]}, width=width),
        listing.search({"words": "x", "hits": [HIT | {"snippet": LONG, "marks": []}]}, width=width),
        listing.why(WHY | {"terms": [{"text": "渡船 / ship", "weight": 0.1}] * 30}, width=width),
        listing.revisions(HISTORY | {"steps": [STEP | {"cut": [LONG], "edits": [EDIT | {"cut": LONG}]}]}, width=width),
    ]
    for picture in pictures:
        assert max(breadth(line) for line in picture.splitlines()) <= width
