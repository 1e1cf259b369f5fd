"""A comparison in plain text, for a terminal or a mail: the verdict, the passages, the edits, what to watch."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import click

from retold.pictures import columns as lines
from retold.pictures import coverage, words
from retold.pictures.edits import CLASSES, Edit, counts, note, readings, shown
from retold.pictures.ledger_lines import MARK, ledger
from retold.pictures.words import FEW, PAIR, Document, many, plain

MOST_EDITS = 40  # a screen or two; --all shows the rest
MOST_COLUMNS = 12  # lines of the coverage before like articles stand together
INDENT = 11  # "Passages   "
NARROWEST = 60  # columns; below, two articles cannot stand side by side
FEWEST = 18  # columns of words that even a quotation's remark leaves
PLACE, TAIL = 5, 11  # "  8  ", "  structure"
COLOURS = {"content": "blue", "name": "yellow", "number": "yellow", "structure": None, "style": None}

Paint = Callable[..., str]
NUMBER = re.compile(r"\s*\d[\d.,\u00a0\u202f]*(?<=\d)(?:\s\w+)?|\s*\w+")  # what a bound bounds: "100,000 troops", "two"


def picture(document: Mapping[str, Any], *, width: int = 100, everything: bool = False, colour: bool = False) -> str:
    """Return the comparison as lines of at most ``width`` (60 or more); ``everything`` shows every edit, uncut."""
    paint: Paint = click.style if colour else _bare
    width = max(width, NARROWEST)
    parts = [
        _articles(document, width, everything),
        _verdict(document, width, paint),
        _coverage(document, width),
        [*_edits(document, width, everything, paint), *_rest(document, width, paint)],
        [_marked(line, paint) for line in ledger(document, width, everything=everything)],
        _closing(document, width),
    ]
    return "\n\n".join("\n".join(part) for part in (list(part) for part in parts) if part) + "\n"


def _bare(text: str, **_: object) -> str:
    return text


def _articles(document: Document, width: int, everything: bool) -> Iterator[str]:
    """Yield a line for each article; of very many, the first ones and how many follow."""
    told = document["articles"]
    most = len(told) if everything or len(told) <= MOST_COLUMNS + 1 else MOST_COLUMNS
    rows = [
        (article["key"], plain(article["source"]), plain(words.outlet(article)), f"{many(article['words'], 'word')}")
        for article in told[:most]
    ]
    yield from lines.table(rows, width=width, gap=3, shrink=(1, 2))
    if most < len(told):
        yield f"and {many(len(told) - most, 'more article')}"
    for reject in document["rejects"]:
        yield from lines.wrapped(f"Left out: {plain(reject['source'])}: {plain(reject['reason'])}", width)


def _verdict(document: Document, width: int, paint: Paint) -> Iterator[str]:
    """Yield the headline, what is shared, and what can be said about source and direction."""
    head, common = words.headline(document), words.common(document)
    if len(head) + len(common) + 3 <= width:
        yield f"{paint(head, bold=True)}   {common}"
    else:
        yield paint(head, bold=True)
        yield from lines.wrapped(words.capital(common), width)
    yield from lines.wrapped(" ".join(words.direction(document)), width)
    ignored = words.ignored_credits(document)
    source = words.sources(document), f"Photo credits ignored: {ignored}." if ignored else ""
    yield from lines.wrapped(" ".join(filter(None, source)), width)


def _coverage(document: Document, width: int) -> Iterator[str]:
    """Yield which article has which passage, a line for each article or for several that are alike."""
    if not document["passages"]:
        return
    made = list(_grid(document, width - INDENT))
    alone = _alone(document)
    if alone and len(made[-1]) + 7 + len(alone) <= width - INDENT:
        made[-1] += f"       {alone}"
    elif alone:
        made += lines.wrapped(alone, width - INDENT)
    for at, line in enumerate(made):
        yield f"{'' if at else 'Passages':<{INDENT}}{line}"


def _grid(document: Document, room: int) -> Iterator[str]:
    """Yield the lines of the coverage: a passage's id where an article has it, else a dot."""
    drawn = coverage.columns(document)
    shown_of = drawn[:MOST_COLUMNS]
    heads = lines.labels([_head(column) for column in shown_of])
    told = list(lines.folded(document["passages"], [column.states for column in shown_of]))
    for chunk in lines.chunks(told, room - len(heads[0])):
        for head, cells in zip(heads, zip(*chunk, strict=True), strict=True):
            yield f"{head}{' '.join(cells)}"
    if len(drawn) > MOST_COLUMNS:
        yield f"and {many(len(drawn) - MOST_COLUMNS, 'more article')}, in the full report"


def _head(column: coverage.Column) -> str:
    """Return "A", or "42 articles (A, B and 40 more)" for articles that are alike."""
    if len(column.keys) == 1:
        return column.keys[0]
    return f"{words.listed(column.keys, most=3)}: {column.alike}"


def _alone(document: Document) -> str:
    """Return how many passages stand in one article only: "only A 1, only B 14"."""
    own = [next(iter(passage["spans"])) for passage in document["passages"] if len(passage["spans"]) == 1]
    told = [f"only {key} {own.count(key)}" for key in words.keys(document) if key in own]
    return ", ".join(told[:MOST_COLUMNS])


def _edits(document: Document, width: int, everything: bool, paint: Paint) -> Iterator[str]:
    """Yield the edits, style only with ``everything``."""
    if not document["edits"]:
        return
    found = counts(document)
    hidden = " (hidden, --all)" if found["style"] and not everything else ""
    told = "   ".join(f"{kind} {found[kind]}" for kind in CLASSES) + hidden
    yield from [f"{'Edits':<{INDENT}}{told}"] if INDENT + len(told) <= width else lines.named("Edits", told, width)
    texts = {article["key"]: article["text"] for article in document["articles"]}
    listed = [_with_number(edit, texts) for edit in document["edits"] if everything or edit["class"] != "style"]
    most = len(listed) if everything else MOST_EDITS
    tell = _in_two_columns if len(document["articles"]) == PAIR else _in_one_line
    yield from tell(document, listed[:most], width, everything, paint)
    if most < len(listed):
        yield f"     and {many(len(listed) - most, 'more edit')} (--all)"


def _in_two_columns(
    document: Document, edits: Sequence[Edit], width: int, everything: bool, paint: Paint
) -> Iterator[str]:
    """Yield edits between two articles, their words side by side."""
    sides = [[f"{key}  {_words(edit, key)}" for key in words.keys(document)] for edit in edits]
    left, right = _rooms(sides, width)
    for edit, (one, other) in zip(edits, sides, strict=True):
        remark = lines.remark(_remark(edit), room=right - (FEWEST if edit["in_quote"] else lines.breadth(other)))
        rest = right - len(remark)
        cells = [lines.column(one, left, whole=everything), lines.column(other, rest, whole=everything)]
        for at, (mine, theirs) in enumerate(zip_longest(*cells, fillvalue="")):
            body = f"{lines.padded(mine, left)}  {lines.padded(theirs, rest)}"
            tail = f"{remark}  {edit['class']}" if at == 0 else ""
            yield f"{edit['passage'] if at == 0 else '':>3}  {body}{_painted(tail, edit, paint)}".rstrip()
        if everything and (more := note(edit)) and more not in remark:
            yield from lines.wrapped(more, width, indent=8)


def _rooms(sides: Sequence[Sequence[str]], width: int) -> tuple[int, int]:
    """Return the breadth of the two columns: what they need, or two fifths and three where both need more."""
    total = width - PLACE - TAIL - 2
    need, needs = (max((lines.breadth(side[at]) for side in sides), default=0) for at in (0, 1))
    left = min(need, max(total * 2 // 5, total - needs))  # remarks stand in the right one
    return left, total - left


def _remark(edit: Edit) -> str:
    """Return what to say beside the words: that they are quoted, or a note of a word or two."""
    return "inside a quotation" if edit["in_quote"] else note(edit)


def _painted(tail: str, edit: Edit, paint: Paint) -> str:
    colour = COLOURS[edit["class"]]
    return paint(tail, fg=colour) if colour and tail else tail


def _with_number(edit: Edit, texts: Mapping[str, str]) -> Edit:
    """Return an edit of a bound ("over", "more than") with the number that it bounds, so that it reads by itself."""
    sides = edit["sides"]
    if edit["class"] != "number" or any(letter.isdecimal() for side in sides.values() for letter in side["text"]):
        return edit
    told = {}
    for key, side in sides.items():
        found = NUMBER.match(texts[key], side["end"])
        told[key] = {**side, "text": side["text"] + (found.group() if found else "")}
    return {**edit, "sides": told}


def _words(edit: Edit, key: str) -> str:
    """Return an article's words at an edit, "-" where it has none."""
    side = edit["sides"].get(key)
    return shown(side["text"]) if side and side["text"] else "-"


def _in_one_line(
    document: Document, edits: Sequence[Edit], width: int, everything: bool, paint: Paint
) -> Iterator[str]:
    """Yield edits among several articles, each with its readings and who has them."""
    room = width - PLACE - TAIL
    for edit in edits:
        told = _readings(edit, everything, room)
        if everything:
            why = f"({edit['class']}) {note(edit)}".rstrip()
            first, *more = lines.wrapped(f"{told}  {why}", width, indent=PLACE)
            yield from [f"{edit['passage']:>3}  {first[PLACE:]}", *more]
        else:
            body = lines.padded(lines.cut(told, room), room)
            yield f"{edit['passage']:>3}  {body}{_painted('  ' + edit['class'], edit, paint)}"


def _readings(edit: Edit, everything: bool, room: int) -> str:
    """Return "A, C  over | B  more than", each reading with a fair share of the line."""
    told = readings(edit)
    share = max(room // max(len(told), 1) - 3, 16)
    parts = []
    for reading in told:
        few = everything or len(reading.keys) <= FEW
        whose = ", ".join(reading.keys) if few else f"{len(reading.keys)} articles"
        text = shown(reading.text) if reading.text else "-"
        parts.append(f"{whose}  {text if everything else lines.cut(text, max(share - len(whose) - 2, 8))}")
    return " | ".join(parts)


def _rest(document: Document, width: int, paint: Paint) -> Iterator[str]:
    """Yield quotations, names and the watch list."""
    told = words.quotations(document)
    if told:
        yield from lines.named("Quotations", told, width)
    names = ["/".join(plain(variant["text"]) for variant in name["variants"]) for name in document["names"]]
    if names:
        yield from lines.named("Names", words.listed(names, most=MOST_COLUMNS), width)
    for at, watch in enumerate(document["watch"]):
        where = f"passage {watch['passage']}, " if watch["passage"] else ""
        told = f"{where}{watch['article']}: {plain(watch['note'])}"
        first, *more = lines.named("Watch" if at == 0 else "", told, width)
        yield from [paint(first, fg="red") if at == 0 else first, *more]


def _marked(line: str, paint: Paint) -> str:
    """A line of the ledger, coloured where articles differ."""
    return paint(line, fg="red") if line.startswith(MARK) else line


def _closing(document: Document, width: int) -> Iterator[str]:
    """Yield how to see more: with the articles' own names where they fit."""
    sources = " ".join(shlex.quote(plain(article["source"])) for article in document["articles"])
    for given in (sources, "..."):
        told = f"Full text: retold compare {given} --format html -o report.html      Machine: --json"
        if len(told) <= width:
            yield told
            return
    yield "Full text: --format html -o report.html"
    yield "Machine: --json"
