"""Statements that no verb shows: "according to", and a name with a colon before a quotation."""

from __future__ import annotations

from collections.abc import Iterator

from retold.statements import ends, phrases, trailing
from retold.statements.drafts import Draft
from retold.statements.phrases import Range
from retold.statements.sentence import Sentence
from retold.statements.sources import is_document

FAR = 12  # items behind a quotation in which its verb is looked for


def phrase_at(sentence: Sentence, place: int) -> int:
    """How many items a phrase like "according to" has at a place; 0 where none stands."""
    for words in sentence.grammar.according.get(sentence.key(place), ()):
        if all(sentence.key(place + number) == word for number, word in enumerate(words)):
            return len(words)
    return 0


def according(sentence: Sentence) -> Iterator[Draft]:
    """Yield the statements by "according to": the content before it, else behind its source."""
    for place in range(len(sentence)):
        count = phrase_at(sentence, place)
        source = trailing.behind(sentence, place + count) if count else None
        if source is None:
            continue
        content = _beside(sentence, place, source)
        if content is not None:
            shows = is_document(sentence, source)
            yield Draft(
                source=[sentence.span(*source)],
                cue=[sentence.span(place, place + count)],
                content=[sentence.span(*piece) for piece in content],
                cue_class="show" if shows else "say",
            )


def _beside(sentence: Sentence, place: int, source: Range) -> list[Range] | None:
    if place > 1:
        start, last = ends.trimmed(sentence, 0, place)
        return [(start, last)] if last > start else None
    start = source[1]
    comma = sentence.key(start) == ","
    if start + comma < len(sentence) and (comma or (sentence.grammar.inverts and sentence.items[start].word)):
        last = ends.end(sentence, start + comma, len(sentence))
        return [(start + comma, last)] if last > start + 1 else None
    return None


def unnamed(sentence: Sentence) -> list[Draft]:
    """A quotation whose verb is in no list: "...," grins Ada Holm; "...," she e-mailed; "...," was her reply."""
    at = next((place for place in range(min(2, len(sentence))) if sentence.is_quote(place)), None)
    if at is None or (at and not sentence.key(0)[:1].isdecimal()):
        return []
    comma = sentence.key(at + 1) in (",", "-")
    spoken = comma or sentence.items[at].text.rstrip("”“\"'’»«›」』")[-1:] in ",!?…"
    verb = at + 1 + comma
    if not spoken or verb >= len(sentence) or not sentence.items[verb].word:
        return []
    found = _behind_verb(sentence, verb) or _before_verb(sentence, verb)
    if found is None:
        return []
    source, cue = found
    pieces = [sentence.span(place, place + 1) for place in range(at, len(sentence)) if sentence.is_quote(place)]
    return [Draft([sentence.span(*source)], [sentence.span(cue, cue + 1)], pieces)]


def _behind_verb(sentence: Sentence, verb: int) -> tuple[Range, int] | None:
    """The source behind an unknown verb, or the owner of "was her reply"."""
    if sentence.items[verb].capital or _is_small(sentence, verb):
        return None
    named = verb + 1 < len(sentence) and (sentence.items[verb + 1].capital or sentence.is_a("determiners", verb + 1))
    if not named or sentence.is_adverb(verb) or sentence.is_a("be", verb + 1):
        return None
    source = trailing.behind(sentence, verb + 1)
    return None if source is None else (source, verb)


def _before_verb(sentence: Sentence, first: int) -> tuple[Range, int] | None:
    """The source before an unknown verb that ends the sentence or stands before a when or where."""
    for verb in range(first + 1, min(first + FAR, len(sentence))):
        item = sentence.items[verb]
        closes = verb + 1 >= len(sentence) or not sentence.items[verb + 1].word or sentence.is_a("asides", verb + 1)
        if not item.word or item.capital or not closes or _is_small(sentence, verb) or sentence.is_a("be", verb):
            continue
        plain = sentence.is_a("subjects", verb - 1) or sentence.items[verb - 1].capital or sentence.key(verb - 1) == ","
        source = phrases.before(sentence, verb, first) if plain else None
        if source is not None and source[0] == first:
            return source, verb
    return None


def _is_small(sentence: Sentence, place: int) -> bool:
    kinds = ("prepositions", "and", "but", "determiners", "subordinators", "relative", "modal", "have", "objects")
    return any(sentence.is_a(kind, place) for kind in kinds)


def captioned(sentence: Sentence) -> list[Draft]:
    """A colon and a quotation without a cue ("Opposition leader Hugh Tarrant: ...", "Moss, at the hall: ...")."""
    for place in range(1, len(sentence) - 1):
        if sentence.key(place) == ":" and sentence.is_quote(place + 1):
            phrase = _signed(sentence, place) or _opening(sentence, place)
            source = [sentence.span(*phrase)] if phrase else []
            pieces = [sentence.span(at, at + 1) for at in range(place + 1, len(sentence)) if sentence.is_quote(at)]
            return [Draft(source, [], pieces, layer="quote")]
    return []


def _signed(sentence: Sentence, colon: int) -> Range | None:
    """A name right before a colon, or before the comma that opens where and when."""
    phrase = phrases.before(sentence, colon, 0) or phrases.before(sentence, _first_comma(sentence, colon), 0)
    named = phrase is not None and not sentence.has_verb(*phrase) and sentence.items[phrase[0]].capital
    return phrase if named else None


def _opening(sentence: Sentence, colon: int) -> Range | None:
    """The subject of a sentence's first verb before a colon, else the phrase that opens it behind a time of day."""
    verb = next((at for at in range(1, colon) if sentence.is_verb(at)), None)
    if verb is not None:
        return phrases.before(sentence, verb, 0)
    start = next((at for at in range(colon) if sentence.items[at].word and not sentence.key(at)[0].isdecimal()), None)
    phrase = None if start is None else trailing.behind(sentence, start)
    return phrase if phrase is not None and phrase[1] <= colon else None


def _first_comma(sentence: Sentence, last: int) -> int:
    """Where the first comma stands before an item, or the item itself."""
    return next((place for place in range(1, last) if sentence.key(place) == ","), last)
