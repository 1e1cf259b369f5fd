"""The evidence of a statement: the sentences in which versions tell it, with what is said, who says it and by which
word marked at their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from retold.pictures.ledger import Row
from retold.pictures.marks import letters

PARTS = {"content": "said", "source": "who", "cue": "cue"}  # what is marked, and as what; the first outside
MORE = " …"
BARS = {"direct": 3, "mixed": 2, "indirect": 1}  # thirds of a bar's height

Excerpt = tuple[str, int]
Find = Callable[[str, int], Excerpt]
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a version tells a statement: the version, and from where to where in its text."""

    key: str
    start: int
    end: int
    said: Said


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its marks, as versions have it to the letter; ``said`` are the words told, ``speaker`` and
    ``cue`` those that say who tells them."""

    html: Markup
    said: str
    speaker: str
    cue: str
    type: str
    places: Sequence[Place]


def sentences(row: Row, find: Find) -> list[Sentence]:
    """Return the sentences of a statement, those with the same words and marks as one, in the order of the versions;
    ``find`` gives of a version and a place in it the text around, and where that begins."""
    found: dict[tuple[str, tuple[Any, ...]], list[Place]] = {}
    texts: dict[tuple[str, tuple[Any, ...]], str] = {}
    for key, said in row.statement["spans"].items():
        for one in (said, *row.statement["again"].get(key, ())):
            start, end = one["content"][0][0], one["content"][-1][1]
            text, begin = find(key, start)
            marks = tuple((name, tuple((a - begin, b - begin) for a, b in one[name])) for name in PARTS)
            found.setdefault((text, marks), []).append(Place(key, start, end, one))
            texts[text, marks] = text
    return [_sentence(texts[named], dict(named[1]), places) for named, places in found.items()]


def _sentence(text: str, marks: Mapping[str, Sequence[tuple[int, int]]], places: Sequence[Place]) -> Sentence:
    said = places[0].said
    cut = max((end for spans in marks.values() for _, end in spans), default=0) > len(text)
    cue = " … ".join(text[max(0, start) : end] for start, end in marks["cue"] if start < len(text))
    return Sentence(
        html=marked(text, marks) + (MORE if cut else ""),
        said=said["text"],
        speaker=said["speaker"],
        cue=cue,
        type=said["type"],
        places=places,
    )


def marked(text: str, marks: Mapping[str, Iterable[tuple[int, int]]]) -> Markup:
    """Return a text with marks at places of it; what lies outside is left out.

    >>> marked("It is safe, she said.", {"content": [(0, 10)], "source": [(12, 15)], "cue": [(16, 20)]})
    Markup('<mark class="said">It is safe</mark>, <span class="who">she</span> <span class="cue">said</span>.')
    """
    spans = [(max(0, start), min(end, len(text)), name) for name in PARTS for start, end in marks.get(name, ())]
    borders = sorted({0, len(text), *(place for start, end, _ in spans if start < end for place in (start, end))})
    return Markup("").join(_dressed(text[left:right], left, right, spans) for left, right in pairwise(borders))


def _dressed(text: str, left: int, right: int, spans: Iterable[tuple[int, int, str]]) -> Markup:
    """Return a stretch inside the marks that cover it."""
    html = Markup(letters(text))  # letters escapes it
    for name in reversed([name for start, end, name in spans if start <= left and right <= end]):
        element = "mark" if name == "content" else "span"
        html = Markup('<{0} class="{1}">{2}</{0}>').format(Markup(element), PARTS[name], html)
    return html


def strip(row: Row, among: Sequence[str]) -> dict[str, str]:
    """Return an SVG path for each way to tell a statement: a bar for each version, high where it quotes, low where it
    reports; so few nodes for any number of versions."""
    drawn: dict[str, list[str]] = {}
    for x, key in enumerate(among):
        said = row.statement["spans"].get(key)
        if said is not None:
            drawn.setdefault(said["type"], []).append(f"M{x} 3h1v-{BARS[said['type']]}h-1z")
    return {form: "".join(drawn[form]) for form in BARS if form in drawn}
