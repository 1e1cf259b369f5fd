"""Where what is said ends, behind its cue, and where it begins, before it."""

from __future__ import annotations

from retold.statements.phrases import Range
from retold.statements.sentence import Sentence

OCCASION = 10  # items behind which "in a telephone interview" is looked for


def end(sentence: Sentence, start: int, limit: int, *, thing: bool = False) -> int:
    """Where a content that begins at ``start`` ends: before the stop of the sentence, at most at ``limit``.

    ``thing``: it is no clause, so that what is told beside it (", which ...") is no part of it.
    """
    last = min(limit, len(sentence))
    if thing:
        last = next((at for at in range(start + 1, last) if _beside(sentence, at)), last)
        last = _before_occasion(sentence, start, last)
    if sentence.is_quote(start) and start + 1 < last and _only_adjuncts(sentence, start + 1, last):
        return start + 1
    if sentence.is_quote(start) and _is_whole(sentence, start):
        return start + 1
    while last > start and not sentence.items[last - 1].word and not sentence.is_quote(last - 1):
        if sentence.items[last - 1].text in "%°)]$€£":
            break
        last -= 1
    return last


def _beside(sentence: Sentence, at: int) -> bool:
    """Whether a comma begins what is only told beside a thing: ", which", ", who", ", when"."""
    if sentence.key(at) != ",":
        return False
    relative = sentence.is_a("relative", at + 1) or sentence.is_a("subordinators", at + 1)
    return relative or (sentence.is_a("prepositions", at + 1) and sentence.is_a("relative", at + 2))


def _before_occasion(sentence: Sentence, start: int, last: int) -> int:
    """The end of a content without "in a telephone interview" behind it."""
    for place in range(last - 1, max(start, last - OCCASION), -1):
        if sentence.is_a("occasions", place):
            begin = next((at for at in range(place - 1, start, -1) if sentence.is_a("asides", at)), None)
            return begin if begin is not None and place - begin <= 5 else last
    return last


def _only_adjuncts(sentence: Sentence, first: int, last: int) -> bool:
    """Whether nothing but a when or where follows ("..." in a telephone interview)."""
    begins = sentence.is_a("asides", first) or (sentence.is_a("calendar", first) and not sentence.is_verb(first))
    return begins and not any(sentence.is_verb(at) or sentence.is_quote(at) for at in range(first, last))


def _is_whole(sentence: Sentence, place: int) -> bool:
    """Whether a quotation says all by itself: a mark inside or behind it ends it, or nothing follows."""
    last = sentence.items[place].text.rstrip("”“\"'’»«›」』")[-1:]
    follows = place + 1 < len(sentence) and (sentence.items[place + 1].word or sentence.is_quote(place + 1))
    return not follows or last in ",.!?…"


def trimmed(sentence: Sentence, start: int, last: int) -> Range:
    """A content before its cue without the conjunction that opens it and the comma that closes it."""
    while start < last and (sentence.is_a("and", start) or sentence.is_a("but", start) or not _starts(sentence, start)):
        start += 1
    while last > start and not sentence.items[last - 1].word and not sentence.is_quote(last - 1):
        last -= 1
    return start, last


def _starts(sentence: Sentence, place: int) -> bool:
    return sentence.items[place].word or sentence.is_quote(place) or sentence.items[place].text in "$€£("
