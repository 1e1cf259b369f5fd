"""Where what is said begins behind what stands between it and its cue: a listener, a when or where, an aside."""

from __future__ import annotations

from retold.statements.sentence import Sentence
from retold.statements.verbs import Group

AHEAD = 24  # items between a cue and its "that" ("said in a letter to staff on Monday that")
LISTENER = 12  # items that a listener may have

Begun = tuple[int, str]  # the item at which a content begins, and the frame or preposition by which it does


def after_that(sentence: Sentence, at: int, opens: str) -> Begun | None:
    """The content behind "that"."""
    if at + 1 >= len(sentence) or not (sentence.items[at + 1].word or sentence.is_quote(at + 1)):
        return None if sentence.key(at + 1) not in (".", ",", "") else (at, opens)
    return (at if "'" in sentence.key(at) else at + 1), opens  # "qu'il" opens what is said, and is part of it


def unless_quoted(sentence: Sentence, at: int) -> int:
    """The place of a preposition, or that of what follows it where all of it is a quotation."""
    alone = sentence.is_quote(at + 1) and (at + 2 >= len(sentence) or not sentence.items[at + 2].word)
    return at + 1 if alone else at


def later_preposition(sentence: Sentence, group: Group, at: int) -> Begun | None:
    """The content at the verb's own preposition behind a when or where ("warned in its bulletin of")."""
    for place in range(at + 1, min(at + LISTENER, len(sentence))):
        if sentence.is_a("that", place) or not sentence.items[place].word or sentence.is_verb(place):
            return None
        if sentence.key(place) in group.verb.prepositions and sentence.key(place) != "to":
            return unless_quoted(sentence, place), sentence.key(place)
    return None


def is_adjunct(sentence: Sentence, at: int) -> bool:
    """Whether an item begins a when, where or how."""
    if sentence.is_a("calendar", at) and not sentence.is_a("determiners", at):
        return True
    if sentence.is_a("calendar", at + 1) and sentence.is_a("calendar", at):
        return True
    return sentence.is_a("prepositions", at) or (sentence.is_a("subordinators", at) and not sentence.is_a("wh", at))


def after_aside(sentence: Sentence, at: int, opens: str) -> Begun | None:
    """The content behind an aside between commas ("said, in a letter to staff, that")."""
    for place in range(at + 1, min(at + AHEAD, len(sentence))):
        if sentence.key(place) == "," or sentence.is_verb(place):
            after = place + 1
            if sentence.key(place) == "," and sentence.is_a("that", after):
                return after + 1, opens
            if sentence.key(place) == "," and sentence.is_quote(after):
                return after, opens
            return None
    return None


def after_adjunct(sentence: Sentence, at: int, opens: str, *, bare: bool) -> Begun | None:
    """The content behind a when or where: at "that", a colon, a quotation, or behind a plain time."""
    for place in range(at, min(at + AHEAD, len(sentence))):
        if sentence.is_a("that", place) and place > at and not sentence.is_a("prepositions", place - 1):
            return place + 1, opens
        if sentence.key(place) == ":":
            return (place + 1, opens) if place + 1 < len(sentence) else None
        if sentence.is_quote(place) and place > at and sentence.key(place - 1) in (",", ":"):
            return place, opens
        active = sentence.is_sure_verb(place) and not sentence.is_participle(place)
        if sentence.key(place) == ";" or active:
            break
    return _after_time(sentence, at, opens) if bare else None


def _after_time(sentence: Sentence, at: int, opens: str) -> Begun | None:
    """The content right behind a plain time ("said on Monday the line would stay shut")."""
    place = at
    while place < len(sentence) and place - at < 6:
        timed = sentence.is_a("calendar", place) or sentence.key(place).isdecimal()
        leads = sentence.is_a("prepositions", place) or sentence.is_a("determiners", place)
        if not timed and not (leads and _time_follows(sentence, place)):
            break
        place += 1
    if place == at or place >= len(sentence) or not sentence.items[place].word or is_adjunct(sentence, place):
        return None
    return (place, opens) if sentence.has_verb(place, min(place + AHEAD, len(sentence))) else None


def _time_follows(sentence: Sentence, place: int) -> bool:
    return sentence.is_a("calendar", place + 1) or (
        sentence.is_a("determiners", place + 1) and sentence.is_a("calendar", place + 2)
    )


def after_listener(sentence: Sentence, group: Group, at: int, opens: str) -> Begun | None:
    """The content behind somebody who is told ("told me it was", "told reporters in Vorsk that")."""
    if group.passive:
        return (at, opens) if not is_adjunct(sentence, at) else after_adjunct(sentence, at, opens, bare=False)
    if sentence.is_a("objects", at):
        return _told(sentence, at + 1, opens)
    for place in range(at + 1, min(at + LISTENER + 1, len(sentence))):
        if sentence.key(place) in (".", ";"):
            return None
        if _ends_listener(sentence, place):
            return _told(sentence, place, opens)
        if sentence.is_verb(place) and not sentence.is_a("determiners", place):
            start = _clause_before(sentence, at + 1, place)
            return (start, opens) if start is not None else None
    return None


def _ends_listener(sentence: Sentence, place: int) -> bool:
    """Whether a listener ends before an item: a comma, a colon, a quotation, "that", "to", "whether", "of"."""
    if sentence.is_quote(place) or sentence.key(place) in (",", ":"):
        return True
    return any(sentence.is_a(kind, place) for kind in ("that", "to", "wh", "topics"))


def _clause_before(sentence: Sentence, low: int, verb: int) -> int | None:
    """Where the told clause begins, given its verb: at its pronoun, its article, or the word before the verb."""
    for place in range(low, verb):
        if sentence.is_a("prepositions", place - 1) or sentence.is_a("determiners", place - 1):
            continue
        if sentence.is_a("determiners", place) or sentence.is_a("subjects", place):
            return place
    return low if low < verb else None


def _told(sentence: Sentence, at: int, opens: str) -> Begun | None:
    """The content at or right behind an item that follows a listener."""
    if at >= len(sentence):
        return None
    if sentence.key(at) == ",":
        return (at + 1, opens) if sentence.is_quote(at + 1) else after_aside(sentence, at, opens)
    if sentence.key(at) == ":":
        return (at + 1, opens) if at + 1 < len(sentence) else None
    if sentence.is_a("that", at):
        return after_that(sentence, at, opens)
    direct = sentence.is_quote(at) or any(sentence.is_a(kind, at) for kind in ("to", "wh", "topics"))
    if not direct and (is_adjunct(sentence, at) or sentence.is_adverb(at)):
        return after_adjunct(sentence, at, opens, bare=True)
    return (at, opens) if direct or sentence.items[at].word else None
