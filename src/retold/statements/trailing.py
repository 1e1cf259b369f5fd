"""Who stands behind a cue: the noun phrase that begins there, with its appositions."""

from __future__ import annotations

from retold.statements.phrases import WIDEST, Range, divides, opens
from retold.statements.sentence import Sentence


def behind(sentence: Sentence, at: int) -> Range | None:
    """Return the noun phrase that begins at an item with its appositions ("said Ada Holm, 43, the captain")."""
    while at + 1 < len(sentence) and (
        sentence.key(at) == "-" or (sentence.key(at), sentence.key(at + 1)) == ("t", "-")
    ):
        at += 1  # "dit-il", "a-t-elle dit"
    if at >= len(sentence) or not sentence.items[at].word:
        return None
    if sentence.is_a("subjects", at) and not sentence.is_a("determiners", at):
        return at, at + 1
    if sentence.is_a("prepositions", at) or sentence.is_a("that", at) or sentence.is_a("wh", at):
        return None
    end = _phrase_end(sentence, at)
    if end == at:
        return None
    while end < len(sentence) and sentence.key(end) == ",":
        last = _apposition_end(sentence, end + 1)
        if last is None:
            break
        end = last
    return at, end


def _phrase_end(sentence: Sentence, at: int) -> int:
    place = at
    rest = False  # inside "who were there", "published on Tuesday": nothing but a mark ends it
    while place < len(sentence) and place - at < WIDEST and not divides(sentence, place):
        item = sentence.items[place]
        if item.text == "." and not (sentence.items[place - 1].capital and place + 1 < len(sentence)):
            break
        if place > at and not rest and _leaves(sentence, place, at):
            rest = _tells_which(sentence, place)
            if not rest:
                break
        place += 1
    return place


def _tells_which(sentence: Sentence, place: int) -> bool:
    """Whether what tells which one is meant begins at an item: "who were there", "published by", "seen in"."""
    if sentence.is_a("relative", place) and not sentence.is_a("that", place):
        return True
    follows = (
        sentence.is_a("by", place + 1) or sentence.is_a("asides", place + 1) or sentence.is_a("calendar", place + 1)
    )
    return sentence.is_verb(place) and sentence.is_participle(place) and follows


def _leaves(sentence: Sentence, place: int, at: int) -> bool:
    """Whether an item is no part of the phrase any more: a time, a place of speaking, a conjunction, a verb."""
    if sentence.is_a("calendar", place) or sentence.is_a("relative", place) or sentence.is_a("wh", place):
        return True
    if sentence.is_a("prepositions", place):
        timed = sentence.is_a("calendar", place + 1) or sentence.is_a("that", place)
        where = sentence.is_a("determiners", place + 1) and sentence.is_a("lasting", place)
        return timed or where or not sentence.is_a("joining", place)
    if sentence.is_a("and", place):
        return not (place + 1 < len(sentence) and opens(sentence, place + 1))
    if sentence.is_a("but", place) or sentence.is_a("subordinators", place):
        return True
    if sentence.is_adverb(place):
        return True
    form = sentence.grammar.forms.get(sentence.key(place))
    noun = form is not None and form.base and sentence.is_a("determiners", at)
    return sentence.is_verb(place) and not noun


def _apposition_end(sentence: Sentence, at: int) -> int | None:
    """Where an apposition that begins at an item ends: at a comma or at the sentence's end; None where none stands."""
    if at >= len(sentence) or not sentence.items[at].word or _is_no_apposition(sentence, at):
        return None
    if sentence.key(at).isdecimal():
        return at + 1
    if sentence.is_a("relative", at):
        return next((end for end in range(at, len(sentence)) if _stops(sentence, end)), len(sentence))
    end = _phrase_end(sentence, at)
    while end < len(sentence) and sentence.is_a("joining", end) and end - at < WIDEST:
        end = max(_phrase_end(sentence, end + 1), end + 1)
    closes = end >= len(sentence) or not sentence.items[end].word
    return end if closes and end > at else None


def _stops(sentence: Sentence, place: int) -> bool:
    return divides(sentence, place) or sentence.items[place].text == "."


def _is_no_apposition(sentence: Sentence, at: int) -> bool:
    """Whether an item begins something else: a when or where, a clause, "adding"."""
    kinds = ("prepositions", "and", "but", "subordinators", "subjects")
    if sentence.is_a("relative", at):
        return False
    form = sentence.grammar.forms.get(sentence.key(at))
    gerund = (form is not None and form.gerund) or (
        bool(sentence.grammar.gerund_endings) and sentence.key(at).endswith(sentence.grammar.gerund_endings)
    )
    return gerund or any(sentence.is_a(kind, at) for kind in kinds) or sentence.is_adverb(at) or sentence.is_verb(at)
