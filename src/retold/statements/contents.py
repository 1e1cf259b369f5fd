"""What is said: where the content of a cue begins behind it, and where it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from retold.model.records import CueClass
from retold.statements.openings import (
    AHEAD,
    LISTENER,
    Begun,
    after_adjunct,
    after_aside,
    after_listener,
    after_that,
    is_adjunct,
    later_preposition,
    unless_quoted,
)
from retold.statements.sentence import Sentence
from retold.statements.verbs import Group
from retold.text.languages import language

FAR = 6  # items before a cue among which its "which" stands


@dataclass(frozen=True)
class _Behind:
    """What stands behind a cue, from the item ``at`` on, and what the cue's verb allows there."""

    sentence: Sentence
    group: Group
    frames: Mapping[str, CueClass]
    at: int

    @property
    def clause(self) -> str:
        """The frame of the verb's clauses: with or without "that"."""
        return "clause" if "clause" in self.frames else "that"

    @property
    def opens(self) -> str:
        """The frame by which a quotation or a clause is said."""
        if self.clause in self.frames:
            return self.clause
        return "quote" if "quote" in self.frames else next(iter(self.frames), "say")

    @property
    def said(self) -> bool:
        """Whether the verb takes quotations or clauses."""
        return bool({"clause", "that", "quote", "invert"} & self.frames.keys())

    @property
    def gap(self) -> bool:
        """Whether a verb follows whose subject stands before the cue ("which, he warned, would sink")."""
        first = self.group.first
        asked = any(self.sentence.is_a("relative", place) for place in range(max(0, first - FAR), first))
        finite = any(self.is_a(kind) for kind in ("be", "have", "do", "modal"))
        return asked and finite and not self.group.passive

    def has(self, frame: str) -> bool:
        """Whether the verb has a frame."""
        return frame in self.frames

    def is_a(self, kind: str) -> bool:
        """Whether the first item belongs to a set of small words."""
        return self.sentence.is_a(kind, self.at)

    @property
    def adjunct(self) -> bool:
        """Whether a when, where or how begins here."""
        return is_adjunct(self.sentence, self.at)


def begin(sentence: Sentence, group: Group, *, document: bool) -> tuple[int, CueClass] | None:
    """Return where the content of a verb group begins behind it, and the class that it gives; None where none does."""
    at = group.last
    while sentence.is_adverb(at) and not sentence.is_a("determiners", at) and not sentence.is_a("wh", at):
        at += 1
    if at >= len(sentence):
        return None
    if group.governed == "deny":
        return (at, "deny") if sentence.items[at].word or sentence.is_quote(at) else None
    frames = _frames(group, document=document)
    start = _begin(_Behind(sentence, group, frames, at)) if frames or group.verb.prepositions else None
    if start is None:
        return None
    usual = group.verb.prepositions.get(start[1], group.verb.usual())
    return start[0], frames.get(start[1], usual)


def _frames(group: Group, *, document: bool) -> Mapping[str, CueClass]:
    """What may be the content of a verb, by who is said to say it; "did not answer" is more than "answered"."""
    frames = {**group.verb.frames, **group.verb.documents} if document else group.verb.frames
    if group.negated or group.governed is not None:
        return frames
    return {frame: given for frame, given in frames.items() if frame != "negated"}


def _begin(here: _Behind) -> Begun | None:
    """Where the content begins: by the first step that knows what stands there."""
    if not here.sentence.items[here.at].word:
        return next((answer(here) for knows, answer in MARK_STEPS if knows(here)), None)
    return next((answer(here) for knows, answer in WORD_STEPS if knows(here)), None)


def _after_colon(here: _Behind) -> Begun | None:
    return (here.at + 1, here.opens) if here.at + 1 < len(here.sentence) else None


def _after_comma(here: _Behind) -> Begun | None:
    sentence, at = here.sentence, here.at
    if here.said and sentence.is_quote(at + 1):
        return at + 1, here.opens
    if here.said and sentence.is_a("that", at + 1):
        return after_that(sentence, at + 1, here.opens)
    if sentence.grammar.comma_clauses and here.has(here.clause) and at + 1 < len(sentence):
        return at + 1, here.opens
    return (after_aside(sentence, at, here.opens) if here.said else None) or _past_aside(here)


def _naming(here: _Behind) -> Begun | None:
    return (here.at, "name") if _is_naming(here.sentence, here.at) else None


def _bare_clause(here: _Behind) -> Begun | None:
    return (here.at, "clause") if _is_clause(here.sentence, here.at) else None


def _person(here: _Behind) -> Begun | None:
    """The content of "asked the court to", where the verb is one that asks somebody to; else that of its clause."""
    if _infinitive(here.sentence, here.at):
        return here.at, "personto"
    if here.has("clause"):
        return _bare_clause(here)
    return _later(here) if here.said else None


def _later(here: _Behind) -> Begun | None:
    return after_adjunct(here.sentence, here.at, here.opens, bare=here.has("clause"))


Step = tuple[Callable[[_Behind], object], Callable[[_Behind], Begun | None]]
# What may stand right behind a cue, in the order in which it is asked for, and the content that begins there.
MARK_STEPS: tuple[Step, ...] = (
    (lambda here: here.sentence.key(here.at) == ":", _after_colon),
    (lambda here: here.sentence.is_quote(here.at), lambda here: (here.at, here.opens) if here.frames else None),
    (lambda here: here.sentence.key(here.at) == ",", _after_comma),
)
WORD_STEPS: tuple[Step, ...] = (
    (lambda here: here.said and here.gap, lambda here: (here.at, here.opens)),
    (
        lambda here: here.is_a("that") and (here.has(here.clause) or here.has("listener")),
        lambda here: after_that(here.sentence, here.at, here.opens),
    ),
    (
        lambda here: here.sentence.key(here.at) in here.group.verb.prepositions,
        lambda here: (unless_quoted(here.sentence, here.at), here.sentence.key(here.at)),
    ),
    (lambda here: here.has("negated"), lambda here: (here.at, "negated")),
    (lambda here: here.has("put"), lambda here: _put(here.sentence, here.at, here.opens)),
    (lambda here: here.has("name"), _naming),
    (
        lambda here: here.adjunct and later_preposition(here.sentence, here.group, here.at),
        lambda here: later_preposition(here.sentence, here.group, here.at),
    ),
    (lambda here: here.is_a("to") and here.has("to"), lambda here: (here.at, "to")),
    (
        lambda here: here.is_a("wh") and (here.has("wh") or here.has("clause")),
        lambda here: (here.at, "wh" if here.has("wh") else "clause"),
    ),
    (lambda here: here.has("listener") and here.adjunct and not here.group.passive, _later),
    (lambda here: here.has("listener"), lambda here: after_listener(here.sentence, here.group, here.at, here.opens)),
    (lambda here: here.has("object") and not here.adjunct, lambda here: (here.at, "object")),
    (lambda here: here.has("personto") and not here.adjunct, _person),
    (lambda here: here.has("clause") and not here.adjunct, _bare_clause),
    (lambda here: here.said, _later),
)


def _past_aside(here: _Behind) -> Begun | None:
    """The content behind an aside ("denied, as before, having slept"): an infinitive, a gerund or a that-clause."""
    sentence, at = here.sentence, here.at
    close = next((place for place in range(at + 1, min(at + LISTENER, len(sentence))) if sentence.key(place) == ","), 0)
    after = close + 1
    if not close or after >= len(sentence) or not sentence.items[after].word:
        return None
    begins = is_adjunct(sentence, at + 1) or sentence.is_adverb(at + 1)
    ending = sentence.grammar.gerund_endings
    opens = sentence.is_a("to", after) or sentence.is_a("that", after) or sentence.is_a("wh", after)
    if not begins or not (opens or (ending and sentence.key(after).endswith(ending))):
        return None
    return _begin(replace(here, at=after))


def _put(sentence: Sentence, at: int, opens: str) -> Begun | None:
    """The content of "put the toll at 40", "put it more bluntly: ..."."""
    for place in range(at + 1, min(at + AHEAD, len(sentence))):
        if sentence.key(place) == ":" and place + 1 < len(sentence):
            return place + 1, opens
        if (sentence.is_a("like", place) or sentence.is_a("at", place)) and _is_figure(sentence, place + 1):
            return at, "put"
        if not sentence.items[place].word and sentence.items[place].text != "'":
            return None
    return None


def _is_figure(sentence: Sentence, place: int) -> bool:
    word = sentence.key(place)
    return word[:1].isdecimal() or sentence.is_quote(place) or word in language(sentence.grammar.code).quantities


def _is_clause(sentence: Sentence, at: int) -> bool:
    """Whether what begins at an item may be a clause: it has a verb or a quotation, or many words."""
    last = at
    while last < len(sentence) and last - at < AHEAD:
        if sentence.is_quote(last) or sentence.is_verb(last):
            return True
        last += 1
    return last - at > 5


def _is_naming(sentence: Sentence, at: int) -> bool:
    """Whether what follows names one thing another ("called it a farce"), and is not "called a meeting"."""
    if sentence.is_quote(at) or not sentence.items[at].word:
        return False
    for place in range(at + 1, min(at + AHEAD, len(sentence))):
        if sentence.is_quote(place):
            return True
        if sentence.key(place) in sentence.grammar.words["determiners"] and not sentence.is_a(
            "prepositions", place - 1
        ):
            return True
        if not sentence.items[place].word:
            break
    return sentence.is_a("objects", at)


def _infinitive(sentence: Sentence, at: int) -> bool:
    """Whether somebody and an infinitive follow ("asked the court to")."""
    for place in range(at, min(at + LISTENER, len(sentence))):
        if sentence.is_a("to", place) and place > at:
            return True
        if not sentence.items[place].word or sentence.is_verb(place):
            return False
    return False
