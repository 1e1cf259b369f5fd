"""What follows a statement: verbs that share its subject, and quotations that go on without a cue of their own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from retold.statements.articles import Reading
from retold.statements.drafts import Draft
from retold.statements.grammar import Grammar
from retold.statements.quoting import Quotation, quotations
from retold.statements.records import Span
from retold.statements.spans import Spans, common
from retold.text.words import tokens


def inherit(text: str, paragraphs: Sequence[Span], drafts: Sequence[Draft], data: Grammar) -> None:
    """Give a cue without a subject the source of the cue before it in its paragraph ("denies ..., accusing ...").

    A passive has none to give ("was accused"). Two cues that share a subject share all of it, where the tagger has read
    a part of it or more for the second.
    """
    starts = sorted(start for start, _ in paragraphs)
    last: dict[int, Draft] = {}
    for draft in in_order(drafts):
        if draft.source and draft.cue and max(draft.source) < min(draft.cue) and is_told(text, draft.cue, data):
            draft.source = []
        number = bisect_right(starts, place(draft))
        before = last.get(number)
        if draft.cue and before is not None and _shares(text, draft, before, data):
            draft.source = list(before.source)
        if draft.source and draft.cue:
            last[number] = draft


def _shares(text: str, draft: Draft, before: Draft, data: Grammar) -> bool:
    if draft.source:
        return common(draft.source, before.source) > 0
    return not is_passive(text, draft.cue, data)


def in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts by where they are told."""
    return sorted((draft for draft in drafts if draft.content), key=lambda draft: (place(draft), draft.key))


def place(draft: Draft) -> int:
    """Where a statement is told: at its cue, or where it begins."""
    return min(draft.cue or draft.content)[0]


def is_passive(text: str, cue: Sequence[Span], data: Grammar) -> bool:
    """Whether a cue is in the passive: a form of "be", and a participle that ends it."""
    words = [token.key for start, end in cue for token in tokens(text, data.code, start=start, end=end) if token.word]
    be = any(data.is_a("be", word) for word in words[:-1])
    return be and not (data.gerund_endings and words[-1].endswith(data.gerund_endings))


def is_told(text: str, cue: Sequence[Span], data: Grammar) -> bool:
    """Whether what stands before a passive cue is who hears it, or whom it is about: "were told", "is said to"."""
    words = [token.key for start, end in cue for token in tokens(text, data.code, start=start, end=end) if token.word]
    form = data.forms.get(words[-1]) if words else None
    return form is not None and "passive" in form.verb.frames and is_passive(text, cue, data)


def go_on(reading: Reading, drafts: Sequence[Draft], quoted: Sequence[Quotation]) -> None:
    """Give quotations that have no cue of their own to the first statement of the last sentence that has one."""
    outer = [draft for draft in in_order(drafts) if not _inside(quoted, place(draft))]
    taken = _taken(drafts, quoted, inside=False)
    places = [place(draft) for draft in outer]
    for span in reading.alone:
        before = bisect_right(places, span[0]) - 1
        if before < 0 or taken.meets(span):
            continue
        sentence = bisect_right(reading.sentences, places[before])
        while before and bisect_right(reading.sentences, places[before - 1]) == sentence:
            before -= 1
        outer[before].content.append(span)


def left_over(text: str, reading: Reading, drafts: Sequence[Draft], quoted: Sequence[Quotation]) -> list[Draft]:
    """Return statements of nobody's, as far as can be told: quotations that make sentences before any statement, and
    sentences quoted within quotations, where no statement has them."""
    taken, told = _taken(drafts, quoted, inside=False), _taken(drafts, quoted, inside=True)
    first = [span for span in reading.alone if not taken.meets(span)]
    inner = [one for outer in quoted for one in quotations(text, [(outer.inside, outer.until)])]
    spans = [(one.start, one.end) for one in inner if _is_speech(text, one)]
    within = [[span] for span in spans if not told.meets(span)]
    return [Draft(content=content, layer="quote") for content in (first, *within) if content]


def _taken(drafts: Sequence[Draft], quoted: Sequence[Quotation], *, inside: bool) -> Spans:
    """Where the statements are that are told inside a quotation, or those that are not."""
    kept = [draft for draft in drafts if draft.content and _inside(quoted, place(draft)) is inside]
    return Spans(span for draft in kept for span in (*draft.content, *draft.cue, *draft.source))


def _is_speech(text: str, one: Quotation) -> bool:
    """Whether a quotation is a sentence, or begins one: it has a capital, and a comma or a stop before its mark."""
    words = text[one.inside : one.until].strip()
    return one.closed and words[:1].isupper() and words[-1:] in ".!?,…" and " " in words


def _inside(quoted: Sequence[Quotation], at: int) -> bool:
    """Whether an offset lies inside a quotation, and not at its first mark."""
    number = bisect_right(quoted, at, key=lambda one: one.start) - 1
    return number >= 0 and quoted[number].inside <= at < quoted[number].until
