"""Assembly: drafts become statements, pieces in order, none twice, each with its type, its manner and its depth."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from retold.model.records import Form
from retold.statements.drafts import Draft
from retold.statements.grammar import Grammar
from retold.statements.manner import manner
from retold.statements.quoting import Quotation
from retold.statements.records import Span, Statement

WORD = re.compile(r"\w+")


def assembled(text: str, drafts: Sequence[Draft], quoted: Sequence[Quotation], data: Grammar) -> list[Statement]:
    """Return the statements of drafts, in the order of the text, none twice."""
    inside = [(one.inside, one.until) for one in quoted]
    made = [_statement(text, draft, inside, data) for draft in drafts if draft.content]
    kept = _without_doubles(made)
    return [replace(one, depth=depth) for one, depth in zip(kept, _depths(kept), strict=True)]


def _statement(text: str, draft: Draft, inside: Sequence[Span], data: Grammar) -> Statement:
    content = tuple(sorted(set(draft.content)))
    negated, modality = manner(text, draft.cue, data)
    return Statement(
        source=tuple(sorted(draft.source)),
        cue=tuple(sorted(draft.cue)),
        content=content,
        type=form(text, content, inside),
        cue_class=draft.cue_class,
        negated=negated,
        modality=modality,
        confidence=draft.confidence,
        layer=draft.layer,
    )


def form(text: str, content: Sequence[Span], inside: Sequence[Span]) -> Form:
    """Return the type of a content: how many of its words stand inside quotations, which are in order."""
    words = quoted = 0
    for start, end in content:
        for word in WORD.finditer(text, start, end):
            place = bisect_right(inside, (word.start(), len(text) + 1)) - 1
            words += 1
            quoted += place >= 0 and word.end() <= inside[place][1]
    return "direct" if words and quoted == words else "mixed" if quoted else "indirect"


def _without_doubles(made: Sequence[Statement]) -> list[Statement]:
    seen: set[tuple[object, ...]] = set()
    kept = []
    for one in sorted(made, key=lambda one: (one.content[0], one.cue, one.source)):
        key = (one.content, one.cue)
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _depths(made: Sequence[Statement]) -> list[int]:
    """In how many contents of others each statement's content lies."""
    pieces = sorted((start, -end, place) for place, one in enumerate(made) for start, end in one.content)
    depths = [0] * len(made)
    opened: list[tuple[int, int]] = []
    seen: set[int] = set()
    for start, minus, place in pieces:
        opened = [pair for pair in opened if pair[0] >= -minus and pair[0] > start]
        if place not in seen:
            depths[place] = len({other for _, other in opened if other != place})
            seen.add(place)
        opened.append((-minus, place))
    return depths
