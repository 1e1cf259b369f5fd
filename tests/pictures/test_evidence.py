"""Sentences with what is said, who says it and by which word marked at their places."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from retold.pictures.evidence import Sentence, marked, sentences, strip
from retold.pictures.ledger import rows

TEXT = "The quay will stay open, said Ida Brekke. Nobody asked her."
TAGS = re.compile("<[^>]*>")


def said(text: str, *, at: int = 0, **more: Any) -> dict[str, Any]:
    """A telling of "The quay will stay open" at a place of a version."""
    return {
        "source": [[at + 30, at + 40]], "cue": [[at + 25, at + 29]], "content": [[at, at + 23]], "type": "indirect",
        "cue_class": "say", "text": text, "speaker": "Ida Brekke", "negated": False, "modality": "", **more,
    }  # fmt: skip


def row(spans: dict[str, Any], again: dict[str, Any] | None = None) -> Any:
    one = {
        "id": "5a1d", "speaker": "Ida Brekke", "speaker_id": "1", "type": "indirect", "cue_class": "say",
        "spans": spans, "difference": [], "again": again or {},
    }  # fmt: skip
    (found,) = rows({"statements": [one], "articles": []})
    return found


def test_the_same_sentence_in_several_versions_is_shown_once_wherever_it_stands():
    one = row({"A": said(TEXT[:23]), "B": said(TEXT[:23], at=200), "C": said(TEXT[:23], cue=[])})
    found = sentences(one, lambda key, start: (TEXT, start))
    assert [[(place.key, place.start, place.end) for place in each.places] for each in found] == [
        [("A", 0, 23), ("B", 200, 223)],
        [("C", 0, 23)],
    ]
    assert found[0].html.startswith('<mark class="said">The quay will stay open</mark>, <span class="cue">said</span>')
    assert (found[0].cue, found[1].cue, found[0].speaker) == ("said", "", "Ida Brekke")


def test_what_a_version_tells_twice_has_both_its_places():
    one = row({"A": said(TEXT[:23])}, {"A": [said(TEXT[:23], at=500)]})
    (only,) = sentences(one, lambda key, start: (TEXT, start))
    assert [place.start for place in only.places] == [0, 500]


def test_a_text_that_ends_before_what_is_said_says_so():
    (only,) = sentences(row({"A": said("x" * 23)}), lambda key, start: (TEXT[:10], start))
    assert isinstance(only, Sentence)
    assert only.html == '<mark class="said">The quay w</mark> …'


spans = some.lists(some.tuples(some.integers(-5, 50), some.integers(-5, 50)).map(sorted).map(tuple), max_size=3)


@given(some.text(max_size=40), some.dictionaries(some.sampled_from(["content", "source", "cue"]), spans))
def test_marks_change_no_letter_of_a_text(text: str, marks: dict[str, list[tuple[int, int]]]):
    told = marked(text, marks)
    assert unescape(TAGS.sub("", str(told).replace('<span class="gap"><br></span>', ""))) == text.replace(
        "\0", "\ufffd"
    )


def test_a_bar_stands_for_each_version_that_tells_it():
    told = row({"A": said("x", type="direct"), "C": said("x"), "D": said("x")})
    assert strip(told, ["A", "B", "C", "D"]) == {"direct": "M0 3h1v-3h-1z", "indirect": "M2 3h1v-1h-1zM3 3h1v-1h-1z"}
