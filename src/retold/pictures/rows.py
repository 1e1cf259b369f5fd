"""The aligned reader, row by row: a passage in each article, its edits in words, and what to watch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from retold.pictures.coverage import STATES, states, texts
from retold.pictures.edits import Edit, Ways, note, phrases, ways
from retold.pictures.marks import marked, marks
from retold.pictures.words import FEW, Document, keys, listed, many, plain

WIDE = 3  # articles side by side from which one may stand out of sight: then what stands in one alone is told
RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ku", "ps", "sd", "ug", "ur", "yi"])


@dataclass(frozen=True, slots=True)
class Cell:
    """A passage in one article, as HTML; ``html`` is empty where the article does not have it."""

    key: str
    html: str
    language: str
    direction: str
    state: str
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An edit in words: what it is, where its marks stand, who reads what."""

    id: str
    kind: str
    in_quote: bool
    phrases: Sequence[tuple[str, str]]
    note: str
    marks: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A passage of the reader, with its edits in words and what to watch in it."""

    anchor: str
    id: str
    title: str
    cells: Sequence[Cell]
    items: Sequence[Item]
    notes: Sequence[str]
    about: str = ""
    only: bool = False
    whole: str = ""  # the element of a passage that was cut or added as a whole, where that is established

    @property
    def kinds(self) -> set[str]:
        """The classes of the row's edits; empty where all articles agree."""
        return {item.kind for item in self.items}

    @property
    def told(self) -> str:
        """How many edits there are, and how many of them only style: "4 edits, 1 of style"."""
        style = sum(item.kind == "style" for item in self.items)
        return many(len(self.items), "edit") + (f", {style} of style" if style else "")

    @property
    def fine(self) -> bool:
        """Whether the articles differ in style alone, which is not shown unless asked for."""
        return self.kinds == {"style"}


@dataclass(slots=True)
class Reader:
    """What every row needs of a document, looked up once."""

    document: Document
    certain: Ways
    articles: Mapping[str, Mapping[str, Any]]
    edits: Mapping[str, list[Edit]]
    apart: list[Edit]
    notes: Mapping[str, list[str]] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    base: str = ""  # the article whose text an apparatus shows wherever it has the passage

    @property
    def is_apparatus(self) -> bool:
        """Whether there are too many articles to set side by side."""
        return len(self.columns) > FEW


def reader(document: Document, *, neutral: str = "span") -> Reader:
    """Return a reader of a document; ``neutral`` is the element of marks where no direction is established."""
    edits: dict[str, list[Edit]] = defaultdict(list)
    for edit in document["edits"]:
        edits[edit["passage"]].append(edit)
    return Reader(
        document,
        ways(document, neutral=neutral),
        {article["key"]: article for article in document["articles"]},
        edits,
        [edit for edit in document["edits"] if edit["apart"]],
        _notes(document),
        keys(document),
    )


def _notes(document: Document) -> dict[str, list[str]]:
    """Return, for each passage, what an editor should look at there; a quotation that is watched is told once."""
    watched = {watch["passage"] for watch in document["watch"] if "quotation" in watch["kind"]}
    notes: dict[str, list[str]] = defaultdict(list)
    for watch in document["watch"]:
        if watch["passage"]:
            notes[watch["passage"]].append(watch_note(watch))
    for quote in document["quotations"]:
        if quote["passage"] and quote["passage"] not in watched and (told := quotation_note(quote)):
            notes[quote["passage"]].append(told)
    return notes


def watch_note(watch: Mapping[str, Any]) -> str:
    """Return "A: ..."; the note names what is needed."""
    return f"{watch['article']}: {plain(watch['note'])}"


def quotation_note(quote: Mapping[str, Any]) -> str:
    """Return what became of a quotation, or nothing where it is the same."""
    if quote["state"] in ("same", "only"):
        return ""
    where = f" in {listed(quote['shortened_in'], most=FEW)}" if quote["shortened_in"] else ""
    out = f" Left out: “{plain(quote['left_out'])}”." if quote["left_out"] else ""
    said = f" {plain(quote['note'])}" if quote["note"] else ""
    return {
        "shortened": f"A quotation is shorter{where}.{out}{said}",
        "altered": f"A quotation has other words.{said}",
        "reattributed": f"A quotation has another speaker: {speakers(quote)}.{said}",
        "unmarked": f"Words quoted in one article stand without quotation marks in another.{said}",
    }[quote["state"]]


def speakers(quote: Mapping[str, Any]) -> str:
    """Return who is said to have spoken: "Ada Morl (A, C), a spokesman (B)"."""
    told: dict[str, list[str]] = defaultdict(list)
    for key, name in quote["speakers"].items():
        told[plain(name)].append(key)
    return ", ".join(f"{name} ({', '.join(whose)})" for name, whose in told.items())


def anchor(passage_id: str, at: int) -> str:
    """Return the row's id on the page; an id from elsewhere may hold what a link cannot."""
    return f"p-{passage_id}" if passage_id.isascii() and passage_id.isalnum() else f"row-{at}"


def title(passage: Mapping[str, Any], state: str) -> str:
    """Return the passage's relation in words: "reworded, 78% of the words in common"."""
    if len(passage["spans"]) == 1:
        return f"only in {next(iter(passage['spans']))}"
    if passage["relation"] == "identical":
        return STATES["same"][1]
    return f"{STATES[state][1]}, {round(100 * passage['score'])}% of the words in common"


def side_by_side(view: Reader, passage: Mapping[str, Any], at: int) -> Row:
    """Return a passage with one cell for each article."""
    told = dict(zip(view.columns, states(passage, texts(view.document, passage), view.columns), strict=True))
    close = next((state for state in ("reworded", "near") if state in told.values()), "same")
    edits = view.edits.get(passage["id"], [])
    whole, said = _whole(view, passage)
    return Row(
        anchor(passage["id"], at),
        passage["id"],
        said or title(passage, close),
        [_cell(view, passage, key, told[key], [*edits, *view.apart]) for key in view.columns],
        [_item(view, edit) for edit in edits],
        view.notes.get(passage["id"], []),
        about=title(passage, "only") if len(passage["spans"]) == 1 and len(view.columns) > WIDE and not whole else "",
        only=len(passage["spans"]) == 1,
        whole=whole,
    )


def _whole(view: Reader, passage: Mapping[str, Any]) -> tuple[str, str]:
    """Return the element of a passage that one article alone has, and what was done, where that is established."""
    if len(passage["spans"]) != 1:
        return "", ""
    (key,) = passage["spans"]
    others = [other for other in view.columns if other != key]
    element = view.certain.whole(key, others) if key in view.columns else ""
    return element, {"": "", "del": f"cut in {listed(others, most=FEW)}", "ins": f"added in {key}"}[element]


def _cell(view: Reader, passage: Mapping[str, Any], key: str, state: str, edits: Sequence[Edit]) -> Cell:
    """Return a passage in one article, with the marks of its edits."""
    article = view.articles[key]
    spans = passage["spans"].get(key, [])
    found = [edit for edit in edits if stands_in(edit, passage, key, spans)]
    html = marked(article["text"], spans, marks(found, key, view.certain))
    return Cell(key, html, tag(article), reads(article), state, key in passage["moved"])


def stands_in(edit: Edit, passage: Mapping[str, Any], key: str, spans: Sequence[Sequence[int]]) -> bool:
    """Whether an edit is marked here; one whose sides stand in different passages is marked where its words are."""
    if not edit["apart"]:
        return bool(edit["passage"] == passage["id"])
    side = edit["sides"].get(key)
    return bool(side) and any(start <= side["start"] and side["end"] <= end for start, end in spans)


def tag(article: Mapping[str, Any]) -> str:
    """Return the language for a browser; "und" would tell it nothing."""
    language: str = article["language"]
    return "" if language == "und" else language


def reads(article: Mapping[str, Any]) -> str:
    """Return the way an article's script runs; "auto" lets the browser see where nobody knows."""
    language = article["language"].partition("-")[0].lower()
    return "rtl" if language in RIGHT_TO_LEFT else "auto" if language == "und" else "ltr"


def _item(view: Reader, edit: Edit) -> Item:
    """Return an edit in words, with links to its marks."""
    places = [(key, f"{edit['id']}-{key}") for key in edit["sides"]]
    return Item(edit["id"], edit["class"], edit["in_quote"], phrases(edit, view.certain), note(edit), places)
