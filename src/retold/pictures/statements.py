"""Who said what, and whether a quotation stands anywhere, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from retold.pictures.columns import cut, wrapped
from retold.pictures.ledger import Row, evidence, rows, summary
from retold.pictures.ledger_lines import table
from retold.pictures.listing import day, name, page
from retold.pictures.passages import FEW, percent
from retold.pictures.words import keys, many, plain


def statements(found: dict[str, Any], *, width: int, full: bool = False) -> str:
    """Who said what, a line a statement; with ``full`` every telling with its place."""
    told = [*_headline(found, width), "", *_articles(found, width, full)]
    if found["statements"]:
        shown = list(rows(found))
        told += ["", *(_whole(shown, width) if full else table(shown, keys(found), width, everything=False))]
    return page([*told, *_remarks(found, width)])


def _headline(found: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield how many statements there are, whose, and of what story."""
    whose = f" by {plain(found['speaker'])}" if found["speaker"] is not None else ""
    if not found["statements"]:
        yield from wrapped(f"No statement{whose} was found that was asked for.", width)
    else:
        about = summary(found) if found["total"] == len(found["statements"]) else ""
        yield from wrapped(f"{many(found['total'], 'STATEMENT', 'STATEMENTS')}{whose}  {about}".rstrip(), width)
    if found["requested_id"] is not None:
        yield from wrapped(plain(found["title"]) or "-", width)
        asked = f", asked for as {plain(found['requested_id'])}" if found["requested_id"] != found["story_id"] else ""
        yield from wrapped(f"story {found['story_id'] or 'not known yet: run `retold learn`'}{asked}", width)


def _articles(found: Mapping[str, Any], width: int, full: bool) -> Iterator[str]:
    """Yield the articles with their keys."""
    told = found["articles"]
    most = len(told) if full or len(told) <= FEW else FEW
    for each in told[:most]:
        where = "  ".join([each["key"], plain(name(each)), day(each["published"]), plain(each["outlet"] or "-")])
        yield cut(f"{where}  {plain(each['title'] or '-')}", width)
    if most < len(told):
        yield f"and {many(len(told) - most, 'more article')} (--full)"


def _whole(shown: Sequence[Row], width: int) -> Iterator[str]:
    """Yield each statement with all its tellings, and what differs."""
    for row in shown:
        cue = f" {row.cue}" if row.cue else ""
        yield from wrapped(
            f"{'! ' if row.is_changed else ''}{row.speaker}{cue}  ({row.id})", width, indent=2, hang=True
        )
        for one in evidence(row):
            where = ", ".join(f"{key} {place}" for key, place, _ in one.places)
            yield from wrapped(f"{where}{f', {one.speaker}' if one.speaker else ''}: {one.text}", width, indent=4)
        for each in row.differences:
            yield from wrapped(f"- {each}", width, indent=4)


def _remarks(found: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield what was not shown, or could not be read."""
    told = []
    if len(found["statements"]) < found["total"]:
        more = f", --after {found['next']} those behind" if found.get("next") else ""
        told.append(f"{len(found['statements']):,} of {found['total']:,} statements; --limit shows more{more}")
    told += [f"Left out: {plain(each['source'])}: {plain(each['reason'])}" for each in found["rejects"][:FEW]]
    yield from ["", *(line for each in told for line in wrapped(each, width))] if told else []


def quote(found: dict[str, Any], *, width: int, full: bool = False) -> str:
    """Whether a quotation stands anywhere, and what comes near to it."""
    asked = plain(found["text"]) if full else cut(plain(found["text"]), 3 * width)
    told = [*wrapped(plain(found["verdict"]), width), ""]
    told += wrapped(f"asked, {many(found['words'], 'word')}: {asked}", width, indent=3, hang=True)
    if found["found"]:
        told += ["", "Word for word", *(line for each in found["found"] for line in _place(each, width, full))]
    if found["near"]:
        told += ["", "Near to it", *(line for each in found["near"] for line in _place(each, width, full))]
    return page([*told, *_unshown(found, width)])


def _place(each: Mapping[str, Any], width: int, full: bool) -> Iterator[str]:
    """Yield one place: where it is, who says it, and what differs."""
    where = "  ".join([plain(name(each)), day(each["published"]), plain(each["outlet"] or "-")])
    how = "as a quotation" if each["marked"] else "not as a quotation"
    old = "" if each["current"] else ", in an older version"
    yield cut(f"   {where}  {each['start']}–{each['end']}, {how}{old}", width)
    said = plain(each["speaker"]) or (plain(each["said"]["speaker"]) if each["said"] else "") or "not told"
    yield cut(f"      said by: {said}", width)
    if each["differs"]:
        text = f"{percent(each['share'])} the same: {plain(each['text'])}"
        yield from wrapped(text, width, indent=6) if full else [cut(f"      {text}", width)]
        for one in each["differs"]:
            yield cut(f"      asked {_quoted(one['asked'])}, there {_quoted(one['text'])}", width)


def _quoted(text: str) -> str:
    return f"“{plain(text)}”" if text else "nothing"


def _unshown(found: Mapping[str, Any], width: int) -> Iterator[str]:
    told = []
    if len(found["found"]) < found["total"]:
        told.append(f"{len(found['found']):,} of {found['total']:,} places; --limit shows more")
    told += [f"Left out: {plain(each['source'])}: {plain(each['reason'])}" for each in found["rejects"][:FEW]]
    yield from ["", *(line for each in told for line in wrapped(each, width))] if told else []
