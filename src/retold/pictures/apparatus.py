"""The reader for many articles: one text, and the readings of all the others, as in the edition of a classic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from retold.pictures.edits import Edit, Ways, note, readings
from retold.pictures.marks import marked, marks
from retold.pictures.rows import Cell, Item, Reader, Row, anchor, reads, tag, title
from retold.pictures.words import listed, many


def apparatus(view: Reader, passage: Mapping[str, Any], at: int) -> Row:
    """Return a passage as the base or else its fullest article has it, with the readings of the others as notes."""
    base = _base(view, passage)
    entries = list(_entries(view.edits.get(passage["id"], []), base))
    article, spans = view.articles[base], passage["spans"][base]
    shown = marks([edit for edit, _ in entries if not edit["apart"]], base, Ways())
    cell = Cell(base, marked(article["text"], spans, shown), tag(article), reads(article), "same")
    return Row(
        anchor(passage["id"], at),
        passage["id"],
        title(passage, "near"),
        [cell],
        [item for _, item in entries],
        view.notes.get(passage["id"], []),
        _about(view, passage, base),
        only=len(passage["spans"]) == 1,
    )


def _base(view: Reader, passage: Mapping[str, Any]) -> str:
    """Return the article whose text stands for all: the base that was chosen, else among those with the passage that
    with the most compared words."""
    if view.base in passage["spans"]:
        return view.base
    words = view.document["words"]
    return max((key for key in view.columns if key in passage["spans"]), key=lambda key: words[key])


def _about(view: Reader, passage: Mapping[str, Any], base: str) -> str:
    """Return which article is shown, and which do not have the passage."""
    absent = [key for key in view.columns if key not in passage["spans"]]
    told = f"Text of {base}; in {len(passage['spans'])} of {many(len(view.columns), 'article')}"
    moved = f"; in another place in {listed(passage['moved'])}" if passage["moved"] else ""
    return told + (f"; not in {listed(absent)}" if 0 < len(absent) <= len(view.columns) // 2 else "") + moved


def _entries(edits: Iterable[Edit], base: str) -> Iterator[tuple[Edit, Item]]:
    """Yield one entry for each place of the base text: edits told pair by pair meet there again."""
    places: dict[object, list[Edit]] = defaultdict(list)
    for edit in edits:
        side = edit["sides"].get(base)
        places[(side["start"], side["end"], edit["class"]) if side else edit["id"]].append(edit)
    for found in places.values():
        sides = {key: side for edit in found for key, side in edit["sides"].items()}
        one = {**found[0], "sides": sides}
        notes = dict.fromkeys(filter(None, map(note, found)))
        yield (
            one,
            Item(
                one["id"],
                one["class"],
                any(edit["in_quote"] for edit in found),
                [*_variants(one, base)],
                " ".join(notes) if len(notes) == 1 else "",
            ),
        )


def _variants(edit: Edit, base: str) -> Iterator[tuple[str, str]]:
    """Yield the readings of a place with where they stand: the base's own first, the others with all their articles."""
    told = readings(edit)
    for reading in told:
        if base in reading.keys:
            others = len(reading.keys) - 1
            yield (f"{base} and {many(others, 'other')}" if others else base), reading.text
    for reading in told:
        if base not in reading.keys:
            count = f"{len(reading.keys)} articles: " if len(reading.keys) > 1 else ""
            yield f"{count}{', '.join(reading.keys)}", reading.text
