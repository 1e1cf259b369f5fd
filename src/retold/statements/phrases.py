"""Who stands before a cue: the noun phrase before a verb group with its appositions."""

from __future__ import annotations

from retold.statements.sentence import Sentence

MOST_PARTS = 6  # stretches between commas that may belong to one source
WIDEST = 40  # items that a source may have
Range = tuple[int, int]  # items [first, last) of a sentence


def before(sentence: Sentence, at: int, floor: int) -> Range | None:
    """Return the noun phrase that ends right before an item, not reaching below ``floor``; None where none does."""
    here = at - 1
    while here >= floor and sentence.is_adverb(here) and not sentence.is_a("subjects", here):
        here -= 1
    if here < floor:
        return None
    if sentence.is_a("relative", here) and not (sentence.is_a("that", here) and here - 1 < floor):
        return _antecedent(sentence, here, floor)
    if sentence.key(here) == ",":
        return _with_appositions(sentence, here, floor)
    if sentence.is_quote(here) or not sentence.items[here].word:
        return None
    if sentence.is_a("subjects", here):
        return here, here + 1
    start = _stretch(sentence, here + 1, floor)
    return _trimmed(sentence, start, here + 1)


def _antecedent(sentence: Sentence, relative: int, floor: int) -> Range | None:
    """The phrase that "who" or "which" stands for."""
    end = relative - 1 if sentence.key(relative - 1) == "," else relative
    if end <= floor or not sentence.items[end - 1].word:
        return None
    return _trimmed(sentence, _stretch(sentence, end, floor), end)


def _stretch(sentence: Sentence, end: int, floor: int) -> int:
    """Where the stretch begins that ends at ``end``: after a mark, a quotation, a conjunction, a subordinator."""
    start = end
    while start > floor and end - start < WIDEST:
        place = start - 1
        if divides(sentence, place):
            break
        if sentence.is_a("and", place) or sentence.is_a("but", place):
            if not _joins_names(sentence, place, floor, end):
                break
        elif end - place > 1 and _opens_clause(sentence, place, floor):
            break
        start = place
    return start


def _opens_clause(sentence: Sentence, place: int, floor: int) -> bool:
    """Whether a subordinator, or a "that" that belongs to no noun before it, opens a clause."""
    if sentence.is_a("that", place):
        return not _relative_inside(sentence, place, floor)
    return sentence.is_a("subordinators", place)


def divides(sentence: Sentence, place: int) -> bool:
    """Whether a mark or a quotation parts a phrase from what stands beside it."""
    item = sentence.items[place]
    return (not item.word and item.text not in "-–'’.&/%$£€" and item.text != "") or sentence.is_quote(place)


def _relative_inside(sentence: Sentence, place: int, floor: int) -> bool:
    """Whether "that" belongs to a noun before it ("the report that leaked said")."""
    return place - 1 >= floor and sentence.items[place - 1].word and not sentence.is_verb(place - 1)


def _joins_names(sentence: Sentence, place: int, floor: int, end: int) -> bool:
    """Whether "and" joins two that speak together: nothing before it, in its stretch, is a verb."""
    if not sentence.is_a("and", place) or place + 1 >= end or place - 1 < floor:
        return False
    start = place
    while start > floor and not divides(sentence, start - 1) and place - start < 12:
        start -= 1
    first = sentence.items[place - 1]
    alike = first.capital == sentence.items[place + 1].capital or sentence.is_a("determiners", place + 1)
    return alike and not sentence.has_verb(start, place) and not sentence.is_a("prepositions", start)


def _trimmed(sentence: Sentence, start: int, end: int) -> Range | None:
    """A stretch without what stands before its noun phrase: conjunctions, adverbs, "on Monday", "in Vorsk"."""
    while start < end and _is_lead(sentence, start):
        start += 1
    if start < end and (sentence.is_a("prepositions", start) or sentence.is_a("subordinators", start)):
        start = _after_adjunct(sentence, start, end)
    elif not any(sentence.is_a("relative", place) for place in range(start, end)):
        start = _after_verb(sentence, start, end)
    while start < end and sentence.is_a("calendar", start):
        start += 1
    while start + 1 < end and sentence.is_a("relative", start) and not sentence.is_a("that", start):
        start += 1  # "which Holm said"
    end = _before_time(sentence, start, end)
    return (start, end) if start < end and _is_noun_phrase(sentence, start, end) else None


def _before_time(sentence: Sentence, start: int, end: int) -> int:
    """The end of a phrase without the day that follows it ("Holm on Tuesday")."""
    place = end
    while place > start + 2 and (sentence.is_a("calendar", place - 1) or sentence.key(place - 1).isdecimal()):
        place -= 1
    timed = place < end and sentence.is_a("prepositions", place - 1) and not sentence.is_a("topics", place - 1)
    return place - 1 if timed else end


def _is_lead(sentence: Sentence, place: int) -> bool:
    if sentence.is_a("that", place) and place > 0:
        return True
    if place == 0 and sentence.key(0)[:1].isdecimal() and len(sentence) > 1:
        return sentence.items[place + 1].capital
    if sentence.is_a("subjects", place) and not sentence.is_adverb(place):
        return False
    return (
        sentence.is_a("and", place)
        or sentence.is_a("but", place)
        or (sentence.is_adverb(place) and not sentence.is_a("determiners", place))
        or not sentence.items[place].word
    )


def _after_verb(sentence: Sentence, start: int, end: int) -> int:
    """Where the phrase begins behind the last verb of a stretch ("heard the man" -> "the man")."""
    for place in range(end - 1, start, -1):
        if sentence.is_sure_verb(place) and place + 1 < end and opens(sentence, place + 1):
            return place + 1
    return start


def opens(sentence: Sentence, place: int) -> bool:
    """Whether an item may open a noun phrase: a name, an article, a pronoun."""
    return sentence.items[place].capital or sentence.is_a("determiners", place) or sentence.is_a("subjects", place)


def _after_adjunct(sentence: Sentence, start: int, end: int) -> int:
    """Where the subject begins behind a leading adjunct ("On Friday the minister", "In Vorsk officials")."""
    for place in range(end - 1, start, -1):
        joined = sentence.is_a("prepositions", place - 1) or sentence.is_a("determiners", place - 1)
        if sentence.is_a("determiners", place) and not joined:
            return place
    place = start + 1
    while place < end and (sentence.is_a("calendar", place) or sentence.key(place).isdecimal()):
        place += 1
    if place > start + 1:
        return place
    while place < end and (sentence.items[place].capital or sentence.is_a("determiners", place)):
        place += 1
    return place if place < end else start + 1


def _is_noun_phrase(sentence: Sentence, start: int, end: int) -> bool:
    last = sentence.items[end - 1]
    if not last.word and last.text not in ".%":
        return False
    if end - start == 1:
        alone = sentence.items[start]
        if sentence.is_a("prepositions", start) or sentence.is_a("be", start) or sentence.is_a("modal", start):
            return False
        return not (alone.key in sentence.grammar.verbs and not alone.capital)
    return not sentence.is_a("prepositions", end - 1) or sentence.is_a("determiners", end - 1)


def _with_appositions(sentence: Sentence, comma: int, floor: int) -> Range | None:
    """The phrase before a comma with all that stands beside it: "Ada Holm, 43, the captain"."""
    parts: list[Range] = []
    end = comma
    while end > floor and len(parts) < MOST_PARTS:
        start = end
        while start > floor and sentence.key(start - 1) != "," and not divides(sentence, start - 1):
            start -= 1
        parts.append((start, end))
        if start <= floor or sentence.key(start - 1) != ",":
            break
        end = start - 1
    for number in range(1, len(parts)):
        start, stop = parts[number]
        head = _trimmed(sentence, _stretch(sentence, stop, start), stop)
        if head is not None and _may_head(sentence, head, parts[number - 1][0]):
            return _widened(sentence, head, parts, number, floor)[0], comma
    return None


def _may_head(sentence: Sentence, head: Range, after: int) -> bool:
    first = sentence.items[head[0]]
    if sentence.key(head[0]).isdecimal() or sentence.is_a("prepositions", head[0]):
        return False
    if any(sentence.is_sure_verb(place) for place in range(*head)):
        return False
    named = first.capital or sentence.is_a("determiners", head[0]) or sentence.is_a("subjects", head[0])
    return named or sentence.is_a("relative", after)


def _widened(sentence: Sentence, head: Range, parts: list[Range], number: int, floor: int) -> Range:
    """A head that is itself an apposition, with the name before it."""
    start, end = head
    while number + 1 < len(parts) and start == parts[number][0]:
        left = parts[number + 1]
        outer = _trimmed(sentence, _stretch(sentence, left[1], left[0]), left[1]) if left[1] > left[0] else None
        whole = outer is not None and all(_is_lead(sentence, place) for place in range(left[0], outer[0]))
        if outer is None or not whole or not _names(sentence, outer) or sentence.has_verb(*outer):
            break
        start, number = outer[0], number + 1
    return start, end


def _names(sentence: Sentence, part: Range) -> bool:
    first, last = sentence.items[part[0]], sentence.items[part[1] - 1]
    if sentence.is_a("prepositions", part[0]) or sentence.is_a("calendar", part[1] - 1):
        return False
    return last.capital or last.text == "." or (sentence.is_a("determiners", part[0]) and first.word)
