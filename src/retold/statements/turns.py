"""What is said without a cue: the turns of a transcript (NAME: ...) and quotations with a name behind a dash."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from retold.statements.drafts import Draft
from retold.statements.grammar import Grammar
from retold.statements.quoting import Quotation
from retold.statements.records import Span
from retold.text.words import key

WIDEST = 60  # characters of a speaker's name before a colon
TURN = re.compile(r"(?P<name>[^\W\d_][^\n:;!?\"“”]{0,58}?)(?P<aside>\s*\([^)\n]{1,40}\))?:\s+(?=\S)")
LONGEST = 200  # characters of what stands behind a dash
NAMED = re.compile(r"[.!?]$|,\s(?=(?:on|in|at|to|after|when|of)\b)|\s\(")
SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?]\s")
DASH = re.compile(r"[.,;]?\s*(?:[–—―]|-{1,2}|~)\s*(?=\S)")
LEAST = 2  # turns; one alone may be any words before a colon


def transcript(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> dict[int, Draft]:
    """Return the paragraphs that are turns of a transcript, each as a statement."""
    turns = {number: turn for number, span in enumerate(paragraphs) if (turn := _turn(text, span))}
    counted = Counter(name for name, _, _ in turns.values())
    names = {name for name in counted if counted[name] >= LEAST}
    if names and any(name.isupper() for name in names):
        names |= {name for name in counted if name.isupper()}
    quoted = {one.paragraph for one in quotations if one.start - paragraphs[one.paragraph][0] <= WIDEST + 2}
    found = {}
    for number, (name, source, content) in turns.items():
        if name in names and not (number in quoted and not name.isupper()):
            found[number] = Draft(source=[source], content=[content], layer="quote", confidence=0.9)
    return found


def _turn(text: str, span: Span) -> tuple[str, Span, Span] | None:
    start, end = span
    match = TURN.match(text, start, end)
    if match is None or len(match["name"].split()) > 4 or not _is_named(match["name"]):
        return None
    last = start + len(text[start:end].rstrip())
    return match["name"], match.span("name"), (match.end(), last)


def _is_named(name: str) -> bool:
    """Whether every word before a colon has a capital: "Q", "HOLM", "Ada Holm"."""
    return all(word[0].isupper() or word[0] == "(" or word in ("of", "the", "and") for word in name.split())


def dashed(text: str, paragraph: Span, number: int, quotations: Sequence[Quotation], data: Grammar) -> Draft | None:
    """Return the statement of a paragraph that is a quotation, a dash and a name; None where it is none."""
    if not quotations:
        return None
    first, last = quotations[0], quotations[-1]
    if text[paragraph[0] : first.start].strip(" \t•*-–—·>") or len(quotations) > LEAST:
        return None
    dash = DASH.match(text, first.end, paragraph[1])
    if dash is None or (last is not first and last.start < dash.start()):
        return None
    source = _signed(text, dash.end(), paragraph[1], data)
    if source is None:
        return None
    content = [(first.start, first.end)]
    return Draft(source=[source], content=content, layer="quote", confidence=0.95)


def _signed(text: str, start: int, end: int, data: Grammar) -> Span | None:
    """The name behind a dash, up to a comma and a small word, or the end; None where a sentence stands there."""
    line = text[start : min(end, start + LONGEST)].rstrip()
    named = NAMED.search(line)
    name = line[: named.start()] if named else line
    said = bool(name) and name[0].islower() and key(name.split()[0], data.code) in data.forms
    if end - start > LONGEST or said or not name[:1].isalpha() or SENTENCE.search(line):
        return None
    return None if name[:1].islower() and len(name.split()) < LEAST else (start, start + len(name))
