"""The rule layer: the statements of one sentence, by its cue verbs, its quotations and "according to"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from retold.model.records import CueClass
from retold.statements import contents, ends
from retold.statements.drafts import Draft
from retold.statements.openings import AHEAD
from retold.statements.phrases import Range
from retold.statements.plain import according, captioned, phrase_at, unnamed
from retold.statements.sentence import Sentence
from retold.statements.sources import Sources, Subject, is_document
from retold.statements.verbs import Group, groups

NEXT = 8  # cues behind one that may end its content


def of_sentence(sentence: Sentence, *, within: bool = False) -> list[Draft]:
    """Return the statements of a sentence, in the order of their cues.

    ``within``: the sentence stands inside a quotation, where "I ask you" and "I promise" are acts, no reports; only
    what is told of somebody's words counts there.
    """
    found = list(_merged(group for group in groups(sentence) if _may_show(sentence, group)))
    if within:
        return _Reading(sentence, [group for group in found if _tells(sentence, group)]).drafts()
    drafts = [*_Reading(sentence, found).drafts(), *according(sentence)]
    return drafts or captioned(sentence) or unnamed(sentence)


def _merged(found: Iterator[Group]) -> Iterator[Group]:
    """The groups without those that a wider one holds ("declined" of "declined to say")."""
    kept: list[Group] = []
    for group in found:
        while kept and kept[-1].last > group.first:
            kept.pop()
        kept.append(group)
    yield from kept


def _may_show(sentence: Sentence, group: Group) -> bool:
    """Whether a verb shows a statement by itself, or a document stands in its sentence that may do so."""
    if group.verb.frames or group.verb.prepositions or group.governed:
        return True
    return any(item.key in sentence.grammar.documents for item in sentence.items)


def _tells(sentence: Sentence, group: Group) -> bool:
    """Whether a verb inside a quotation reports words: "told me", "said", not "I would say"."""
    reports = {"clause", "that", "wh", "listener"} & group.verb.frames.keys()
    plain = not group.negated and not any(sentence.is_a("modal", at) for at in range(group.first, group.last))
    form = sentence.grammar.forms[sentence.key(group.at)]
    return bool(reports) and plain and not form.base and group.governed is None


class _Reading:
    """One pass over the cues of a sentence, from left to right."""

    def __init__(self, sentence: Sentence, found: Sequence[Group]) -> None:
        self.sentence, self.found = sentence, found
        self.sources = Sources(sentence, found)
        self.subjects = self.sources.subjects
        self.taken: dict[int, int] = {}  # cues whose content stood before them -> where they end

    def drafts(self) -> list[Draft]:
        made = []
        for number, group in enumerate(self.found):
            draft = self.draft(number, group, self.subjects[number])
            made += [draft] if draft else []
        return made

    def draft(self, number: int, group: Group, subject: Subject) -> Draft | None:
        sentence = self.sentence
        document = subject.phrase is not None and is_document(sentence, subject.phrase)
        if group.governed == "deny" and self.ends(group.last):
            return self.declined(group, subject)
        pieces: list[Range] = []
        cue_class = group.governed or group.verb.usual()
        ahead = self.ahead(number, group, subject)
        if ahead is not None:
            pieces.append(ahead)
            self.taken[number] = max(group.last, subject.phrase[1] if subject.phrase else 0)
        start = self.start_behind(group, subject, ahead, document=document)
        if start is not None:
            thing = not {"clause", "that", "listener"} & group.verb.frames.keys()
            last = ends.end(sentence, start[0], self.cut(number, start[0]), thing=thing)
            if last > start[0]:
                pieces += [*self.gap(subject, start[0]), (start[0], last)]
                cue_class = start[1] if ahead is None else cue_class
        if not self.fits(group, document=document) or self.mere_relative(group, start):
            return None
        if subject.phrase is not None and sentence.is_a("nobody", subject.phrase[0]):
            return None
        if not pieces or (subject.phrase is None and not self.may_be_unsourced(group)):
            return None
        return self.made(group, subject, pieces, self.classed(group, cue_class, document=document))

    def gap(self, subject: Subject, start: int) -> list[Range]:
        """The "which" of "which he said would be sold": the subject of what is said."""
        relative = subject.phrase[0] - 1 if subject.phrase is not None and not subject.shared else -1
        missing = self.sentence.is_verb(start) and self.sentence.is_a("relative", relative)
        return [(relative, relative + 1)] if missing else []

    def ends(self, place: int) -> bool:
        return place >= len(self.sentence) or not (self.sentence.items[place].word or self.sentence.is_quote(place))

    def declined(self, group: Group, subject: Subject) -> Draft | None:
        """The statement of "declined to comment", with nothing behind it: "to comment" is its content."""
        sentence = self.sentence
        to = next((at for at in range(group.at - 1, group.first, -1) if sentence.is_a("to", at)), None)
        if to is None or subject.phrase is None:
            return None
        head = Group(group.first, to, to - 1, group.verb, True, False, False, "deny", False)
        return self.made(head, subject, [(to, group.last)], "deny")

    def fits(self, group: Group, *, document: bool) -> bool:
        """Whether the verb shows a statement of such a source."""
        return bool(group.verb.frames or group.verb.prepositions or group.governed) or document

    def mere_relative(self, group: Group, start: tuple[int, CueClass] | None) -> bool:
        """Whether a clause only tells which one is meant ("the researcher who wrote the memo")."""
        sentence = self.sentence
        before = self.sources.joint(group)
        if start is None or not sentence.is_a("relative", before) or sentence.key(before - 1) == ",":
            return False
        opens = sentence.is_quote(start[0]) or sentence.is_a("that", start[0] - 1)
        return not opens

    def may_be_unsourced(self, group: Group) -> bool:
        return group.passive

    def classed(self, group: Group, cue_class: CueClass, *, document: bool) -> CueClass:
        if group.negated and cue_class == "say" and not document:
            return "deny"
        if document and cue_class in ("say", "claim"):
            return "show"
        return cue_class

    def ahead(self, number: int, group: Group, subject: Subject) -> Range | None:
        """The content before the cue and its source ("...", she said)."""
        if subject.phrase is None or subject.shared or group.passive:
            return None
        place = (group.first if subject.inverted else min(subject.phrase[0], group.first)) - 1
        comma = self.sentence.key(place) in (",", "-") and place >= 0
        while place >= 0 and self.sentence.key(place) in (",", "-"):
            place -= 1
        if place >= 0 and self.sentence.is_quote(place):
            return None if self.said_before(number, place) else self.quoted_ahead(number, place)
        return self.clause_ahead(number, group, subject, place) if comma and place >= 0 else None

    def clause_ahead(self, number: int, group: Group, subject: Subject, place: int) -> Range | None:
        """The clause before a cue, up to an item ("The line would stay shut, the office said")."""
        sentence = self.sentence
        low = next((at + 1 for at in range(place, self.low(number), -1) if sentence.key(at) == ":"), self.low(number))
        start, last = ends.trimmed(sentence, low, place + 1)
        if not {"clause", "that", "invert"} & group.verb.frames.keys() or last <= start or self.subordinate(start):
            return None
        alone = contents.begin(sentence, group, document=False) is None and sentence.has_verb(start, last)
        return (start, last) if alone or self.parenthetical(group) or subject.inverted else None

    def low(self, number: int) -> int:
        """Where the content of a cue may begin: behind the last cue whose content stood before it."""
        for earlier in range(number - 1, -1, -1):
            if earlier in self.taken:
                return self.taken[earlier]
        return 0

    def said_before(self, number: int, place: int) -> bool:
        """Whether the quotation is the content of the cue before ("X said "..." and Y said")."""
        return (
            bool(number) and self.found[number - 1].last >= place - 1 and self.subjects[number - 1].phrase is not None
        )

    def subordinate(self, start: int) -> bool:
        sentence = self.sentence
        return sentence.is_a("subordinators", start) or sentence.is_a("prepositions", start)

    def quoted_ahead(self, number: int, place: int) -> Range:
        """A quotation before its cue, with the words before it where they are said, too."""
        sentence = self.sentence
        start = place
        while start > 0 and (sentence.is_quote(start - 1)):
            start -= 1
        low = self.low(number)
        if start == low or sentence.key(start - 1) in (":", ";", "-", ","):
            return start, place + 1
        first, _ = ends.trimmed(sentence, low, start)
        if all(not item.word or item.key[:1].isdecimal() for item in sentence.items[first:start]):
            return start, place + 1
        return (first, place + 1) if sentence.items[start - 1].word and first < start else (start, place + 1)

    def parenthetical(self, group: Group) -> bool:
        return self.sentence.key(group.last) == ","

    def start_behind(
        self, group: Group, subject: Subject, ahead: Range | None, *, document: bool
    ) -> tuple[int, CueClass] | None:
        sentence = self.sentence
        if ahead is None and self.as_said(subject):
            return self.behind_comma(group)
        if subject.inverted and subject.phrase is not None and ahead is None:
            return contents.begin(sentence, replace(group, last=subject.phrase[1]), document=document)
        if subject.inverted and subject.phrase is not None:
            return self.second_piece(max(subject.phrase[1], group.last), group)
        if ahead is not None:
            return self.second_piece(group.last, group, clause=not sentence.is_quote(ahead[1] - 1))
        return contents.begin(sentence, group, document=document)

    def as_said(self, subject: Subject) -> bool:
        """Whether a sentence begins "As the ministry said,"."""
        phrase = subject.phrase
        return phrase is not None and 0 < phrase[0] <= 2 and self.sentence.is_a("like", phrase[0] - 1)

    def behind_comma(self, group: Group) -> tuple[int, CueClass] | None:
        sentence = self.sentence
        for place in range(group.last, min(group.last + AHEAD, len(sentence) - 1)):
            if sentence.key(place) == ",":
                return place + 1, group.verb.usual()
        return None

    def second_piece(self, at: int, group: Group, *, clause: bool = False) -> tuple[int, CueClass] | None:
        """The rest of a content that its cue parts ("...", she said, "...")."""
        sentence = self.sentence
        usual = group.verb.usual()
        for place in range(at, min(at + AHEAD, len(sentence))):
            if sentence.is_quote(place):
                if not sentence.items[place - 1].word or place == at:
                    return place, usual
                break
            if place > at and sentence.is_verb(place):
                break
            if sentence.key(place) == ";":
                break
        if clause and sentence.key(at) == "," and at + 1 < len(sentence) and sentence.items[at + 1].word:
            gerund = self.sentence.grammar.forms.get(sentence.key(at + 1))
            if (
                (gerund is not None and gerund.gerund)
                or sentence.is_a("relative", at + 1)
                or sentence.is_a("wh", at + 1)
            ):
                return None
            return (at + 1, usual) if not sentence.is_a("subordinators", at + 1) else None
        return None

    def cut(self, number: int, start: int) -> int:
        """Where a content must end because another cue takes over: ", adding that", "and warned", ", but she said"."""
        sentence = self.sentence
        for later in range(number + 1, min(number + NEXT, len(self.found))):
            group, subject = self.found[later], self.subjects[later]
            if group.first <= start:
                continue
            edge = group.first
            if subject.phrase is not None and not subject.shared and subject.phrase[0] > start:
                edge = min(edge, subject.phrase[0])
            place = edge - 1
            while place > start and sentence.is_adverb(place):
                place -= 1
            if contents.begin(sentence, group, document=True) is None:
                continue
            if subject.shared and sentence.key(place) == ",":
                return place
            comma = sentence.key(place - 1) == ","
            joins = any(sentence.is_a(kind, place) for kind in ("and", "but", "subordinators"))
            if joins and (subject.shared or comma or sentence.is_a("but", place)):
                return place - comma
        for place in range(start + 1, len(sentence)):
            if sentence.key(place) in sentence.grammar.according and phrase_at(sentence, place):
                return place - (sentence.key(place - 1) == ",")
        return len(sentence)

    def made(self, group: Group, subject: Subject, pieces: Sequence[Range], cue_class: CueClass) -> Draft:
        sentence = self.sentence
        return Draft(
            source=[sentence.span(*subject.phrase)] if subject.phrase else [],
            cue=[sentence.span(group.first, group.last)],
            content=[sentence.span(*piece) for piece in pieces],
            cue_class=cue_class,
        )
