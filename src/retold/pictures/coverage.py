"""The coverage matrix: which article has which passage, and how close its words are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from retold.pictures.words import FEW, Document, keys

Passage = Mapping[str, Any]

NEAR = 0.7  # share of words in common from which two tellings look alike to a reader
MOST_CELLS = 6000  # what a table can hold before a browser feels it (interfaces.md, 2.4)

STATES = {  # state: (sign, words for a reader who sees no colours)
    "same": ("=", "word for word"),
    "near": ("≈", "near identical"),
    "reworded": ("~", "reworded"),
    "only": ("#", "only here"),
    "absent": ("·", "absent"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One article of the matrix, or several that look alike in it: ``alike`` says how much."""

    keys: tuple[str, ...]
    states: tuple[str, ...]
    alike: str = ""


def texts(document: Document, passage: Passage) -> dict[str, str]:
    """Return the words of a passage in each article that has it, one space between words."""
    whole = {article["key"]: article["text"] for article in document["articles"]}
    return {
        key: " ".join(" ".join(whole[key][start:end] for start, end in spans).split())
        for key, spans in passage["spans"].items()
    }


def states(passage: Passage, told: Mapping[str, str], among: Sequence[str]) -> list[str]:
    """Return the state of a passage in each article; "same" where another one has the very same words."""
    found = Counter(told.values())
    return [_state(passage, told[key], found) if key in told else "absent" for key in among]


def _state(passage: Passage, text: str, found: Counter[str]) -> str:
    if len(passage["spans"]) == 1:
        return "only"
    if passage["relation"] == "identical" or found[text] > 1:
        return "same"
    return "near" if passage["score"] >= NEAR else "reworded"


def columns(document: Document) -> list[Column]:
    """Return the columns of the matrix: of many articles, those with the same words stand together.

    Where that leaves too many cells, those with the same states do.
    """
    among = keys(document)
    told = [texts(document, passage) for passage in document["passages"]]
    rows = [states(passage, text, among) for passage, text in zip(document["passages"], told, strict=True)]
    each = {key: tuple(row[at] for row in rows) for at, key in enumerate(among)}
    if len(among) <= FEW:
        return [Column((key,), each[key]) for key in among]
    words = {key: tuple(text.get(key) for text in told) for key in among}
    grouped = _grouped(among, words, each, "identical")
    if len(grouped) * len(rows) > MOST_CELLS:
        return _grouped(among, each, each, "the same passages")
    return grouped


def _grouped(
    among: Sequence[str], by: Mapping[str, object], each: Mapping[str, tuple[str, ...]], alike: str
) -> list[Column]:
    """Return a column for each group of articles that agree in ``by``, the largest first."""
    groups: dict[object, list[str]] = {}
    for key in among:
        groups.setdefault(by[key], []).append(key)
    largest = sorted(groups.values(), key=lambda group: -len(group))
    return [Column(tuple(group), each[group[0]], alike if len(group) > 1 else "") for group in largest]


def too_many(drawn: Sequence[Column]) -> bool:
    """Whether the columns hold more cells than a table should."""
    return sum(len(column.states) for column in drawn) > MOST_CELLS


def tally(drawn: Sequence[Column], row: int) -> dict[str, int]:
    """Return how many articles have a passage in each state, absent ones too."""
    found: Counter[str] = Counter()
    for column in drawn:
        found[column.states[row]] += len(column.keys)
    return {state: found[state] for state in STATES if found[state]}


def paths(drawn: Sequence[Column]) -> dict[str, str]:
    """Return an SVG path for each state but "absent": one unit square a cell, so that 30,000 cells are four nodes."""
    drawn_at: dict[str, list[str]] = {state: [] for state in STATES if state != "absent"}
    for x, column in enumerate(drawn):
        for y, state in enumerate(column.states):
            if state != "absent":
                drawn_at[state].append(f"M{x} {y}h1v1h-1z")
    return {state: "".join(moves) for state, moves in drawn_at.items() if moves}
