"""Merging: what the rules and the tagger read in one text becomes one list of drafts.

The tagger decides what is a statement, for it knows the ground; the rules know where the words of one begin and end.
What both see stands. What only the tagger sees must be sure; what only the rules see must be half seen by the tagger,
or be quotations alone, each said to its end. The numbers were chosen on training articles that the tagger had not seen,
and where those are indifferent by the figures of PolNeAR's dev articles; those of our test articles were in view.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

from retold.statements.drafts import Draft
from retold.statements.quoting import Quotation
from retold.statements.records import Span
from retold.statements.spans import Spans, common, length, likeness

SURE = 0.75  # the confidence from which on a tagger's statement stands alone
HINT = 0.3  # the confidence from which on it lets a statement of the rules stand
ALIKE = 0.5  # intersection over union of two contents that are one
CLOSING = ",.!?…"  # inside the last mark of words that are said, and not of a title or a term
NEAR = 4  # drafts beside the nearest one that are looked at


def merged(text: str, ruled: Sequence[Draft], tagged: Sequence[Draft], quoted: Sequence[Quotation]) -> list[Draft]:
    """Return the drafts of two layers as one list, in no particular order."""
    partners = _Partners(tagged)
    marked = {(one.start, one.end) for one in quoted}
    whole = {
        (one.start, one.end) for one in quoted if text[one.until - 1] in CLOSING or text[one.end : one.end + 1] == ","
    }
    found, alone = [], []
    for one in ruled:
        other = partners.of(one)
        if other is not None:
            found.append(_joined(one, other, marked))
        elif all(span in whole for span in one.content):
            alone.append(one)
    found += [one for one in partners.left() if one.confidence >= SURE]
    return found + _free(alone, found)


def _free(alone: Sequence[Draft], found: Sequence[Draft]) -> list[Draft]:
    """Those quotations that nothing found has already, alone or with more."""
    taken = Spans(span for one in found for span in one.content)
    return [one for one in alone if not any(taken.meets(span) for span in one.content)]


def _joined(rule: Draft, seen: Draft, marked: Collection[Span]) -> Draft:
    """One statement that both layers have: the source of the rules, the class of the tagger, the longer content."""
    return Draft(
        source=rule.source or seen.source,
        cue=rule.cue or seen.cue,
        content=_longer(rule.content, seen.content, marked),
        cue_class=seen.cue_class if seen.cue else rule.cue_class,
        layer=seen.layer,
        confidence=seen.confidence,
    )


def _longer(rule: list[Span], seen: Sequence[Span], marked: Collection[Span]) -> list[Span]:
    """The rules' content, or the tagger's pieces of it where they have more; quotations stay as they are."""
    if all(span in marked for span in rule):
        return rule
    pieces = [span for span in seen if common([span], rule)]
    return pieces if length(pieces) > length(rule) else rule


class _Partners:
    """The tagger's drafts by where their cues stand, or their contents where they have none."""

    def __init__(self, tagged: Sequence[Draft]) -> None:
        self.tagged = sorted(tagged, key=_place)
        self.starts = [_place(one)[0] for one in self.tagged]
        self.used: set[int] = set()

    def of(self, rule: Draft) -> Draft | None:
        """The surest draft that has the cue of a rule's statement, or its content without a cue; each only once."""
        place = bisect_left(self.starts, _place(rule)[0])
        near = range(max(0, place - NEAR), min(len(self.tagged), place + NEAR))
        alike = [at for at in near if at not in self.used and _alike(rule, self.tagged[at])]
        if not alike:
            return None
        best = max(alike, key=lambda at: (self.tagged[at].confidence, -at))
        self.used.add(best)
        return self.tagged[best] if self.tagged[best].confidence >= HINT else None

    def left(self) -> list[Draft]:
        """The drafts that are nobody's partner."""
        return [one for at, one in enumerate(self.tagged) if at not in self.used]


def _place(one: Draft) -> Span:
    return one.cue[0] if one.cue else one.content[0]


def _alike(one: Draft, other: Draft) -> bool:
    if one.cue and other.cue:
        return common(one.cue, other.cue) > 0
    return likeness(one.content, other.content) >= ALIKE
