"""Whose words a cue shows: a phrase before its verb or behind it, or one that it shares with the cue before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retold.statements import phrases, trailing
from retold.statements.phrases import Range
from retold.statements.sentence import Sentence
from retold.statements.verbs import Group


@dataclass(frozen=True)
class Subject:
    """A source beside its cue; ``shared``: it is that of a cue before ("and warned", ", adding")."""

    phrase: Range | None
    inverted: bool = False
    shared: bool = False


class Sources:
    """The sources of a sentence's cues, found from left to right."""

    def __init__(self, sentence: Sentence, found: Sequence[Group]) -> None:
        self.sentence, self.found = sentence, found
        self.first: Range | None = None  # the source of the first cue
        self.last: Range | None = None  # the source of the last
        self.subjects: list[Subject] = []
        for number in range(len(found)):
            self.subjects.append(self.subject(number))

    def subject(self, number: int) -> Subject:
        group = self.found[number]
        known = number and self.subjects[number - 1].phrase is not None
        floor = self.found[number - 1].last if known else 0
        subject = self.who(group, floor)
        if subject.shared and self.last:
            outer = self.sentence.key(self.joint(group) - 1) == "," and self.first is not None
            return Subject(self.first if outer else self.last, shared=True)
        if subject.phrase is not None:
            self.last = subject.phrase
            self.first = self.first or subject.phrase
        return subject

    def joint(self, group: Group) -> int:
        """The place of what stands right before a verb group, adverbs aside."""
        before = group.first - 1
        while before > 0 and self.sentence.is_adverb(before) and not self.sentence.is_a("subjects", before):
            before -= 1
        return before

    def who(self, group: Group, floor: int) -> Subject:
        if group.passive:
            return Subject(self.agent(group))
        if self.may_invert(group) and (phrase := self.behind(group)):
            return Subject(phrase, inverted=True)
        before = self.joint(group)
        phrase = phrases.before(self.sentence, group.first, floor)
        if self.is_joined(group, before, phrase):
            return Subject(self.first_subject(before), shared=True)
        if phrase is None and floor and self.sentence.key(before) == ",":
            return Subject(self.last, shared=True)
        if phrase is None and self.sentence.grammar.inverts and not group.gerund:
            return Subject(trailing.behind(self.sentence, group.last), inverted=True)
        return Subject(phrase)

    def is_joined(self, group: Group, before: int, phrase: Range | None) -> bool:
        """Whether a verb goes with a subject before: "and said", ", adding", "by saying"."""
        sentence = self.sentence
        if sentence.is_a("and", before) or sentence.is_a("but", before):
            return True
        loose = sentence.key(before) == "," or phrase is None or sentence.is_a("prepositions", before)
        return group.gerund and loose

    def agent(self, group: Group) -> Range | None:
        """The one by whom something is said ("was described by the minister as")."""
        if self.sentence.is_a("by", group.last):
            return trailing.behind(self.sentence, group.last + 1)
        return None

    def may_invert(self, group: Group) -> bool:
        if "invert" not in group.verb.frames or group.gerund or group.first == 0 or not group.bare:
            return False
        before = group.first - 1
        sentence = self.sentence
        if sentence.is_adverb(before) or sentence.key(before) == "-":
            before -= 1
        if sentence.is_quote(before):
            return True
        if sentence.key(before) != ",":
            return False
        if sentence.is_quote(before - 1):
            return True
        return sentence.has_verb(0, before) and phrases.before(sentence, group.first, 0) is None

    def behind(self, group: Group) -> Range | None:
        """The source behind an inverted verb, which must end what is said there."""
        sentence = self.sentence
        phrase = trailing.behind(sentence, group.last)
        if phrase is None:
            return None
        opening = sentence.key(phrase[0])
        form = sentence.grammar.forms.get(opening)
        ending = sentence.grammar.gerund_endings
        gerund = (form is not None and form.gerund) or (bool(ending) and opening.endswith(ending))
        goes_on = phrase[1] < len(sentence) and sentence.is_verb(phrase[1])
        return None if gerund or goes_on else phrase

    def first_subject(self, before: int) -> Range | None:
        """The subject of the sentence's first verb: what "and said", "blaming" go with."""
        sentence = self.sentence
        for place in range(1, before):
            if sentence.is_verb(place) and (phrase := phrases.before(sentence, place, 0)):
                return phrase
        opening = trailing.behind(sentence, 0) if sentence.items and sentence.items[0].word else None
        return opening if opening is not None and opening[1] < before else None


def is_document(sentence: Sentence, phrase: Range) -> bool:
    """Whether the head of a source is a document: its last word before a preposition, a comma or "that"."""
    last = phrase[1]
    for place in range(phrase[0] + 1, phrase[1]):
        if not sentence.items[place].word or sentence.is_a("prepositions", place) or sentence.is_a("relative", place):
            last = place
            break
    return sentence.key(last - 1) in sentence.grammar.documents
