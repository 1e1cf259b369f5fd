"""What is known of an article before anybody is resolved: its mentions, its sources, who holds which quotation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal

from retold.statements.cast import Cast, cast, person_of
from retold.statements.grammar import Grammar
from retold.statements.mentions import OUTSIDE, Mention, Reader
from retold.statements.names import Name, is_personal
from retold.statements.people import is_human, people
from retold.statements.quoting import quotations
from retold.statements.records import Span, Statement
from retold.text.words import Token, tokens


class Scene:
    """An article's mentions in the order of the text, and the statements that they make."""

    def __init__(self, text: str, paragraphs: Sequence[Span], found: Sequence[Statement], data: Grammar) -> None:
        self.text, self.paragraphs, self.found, self.data = text, paragraphs, found, data
        self.cast: Cast = cast(text, paragraphs, data)
        self.zones = _zones(text, paragraphs, found)
        reader = Reader(text, data, self.cast, self.zones)
        self.mentions = reader.read(paragraphs)
        self.zone = reader.zone
        self.sources: dict[Span, Mention] = {}
        self._mark_sources()
        self.shown = self._shown()
        named = (person_of(self.cast, one.name) for one in self.sources.values() if one.label and one.name)
        self.labelled = frozenset(person.name for person in named if person is not None)
        self.makers = self._makers()

    def paragraph(self, at: int) -> int:
        """Which paragraph an offset stands in."""
        return bisect_right(self.paragraphs, (at, len(self.text))) - 1

    def _mark_sources(self) -> None:
        """Give each source its mention; what else stands inside it is no mention of its own, but for names."""
        starts = [mention.start for mention in self.mentions]
        labels = {one.source[0] for one in self.found if one.source and not one.cue}
        dropped: set[int] = set()
        made: list[Mention] = []
        for span in sorted({one.source[0] for one in self.found if one.source}):
            low, high = bisect_left(starts, span[0]), bisect_left(starts, span[1])
            inside = self.mentions[low:high]
            source = self._source(span, inside, self.mentions[low - 1] if low else None)
            source.source = True
            source.label = span in labels
            self.sources[span] = source
            dropped |= {low + at for at, one in enumerate(inside) if one is not source and one.form != "name"}
            if not any(one is source for one in inside):
                made.append(source)
        kept = [mention for at, mention in enumerate(self.mentions) if at not in dropped or mention.source]
        self.mentions = sorted([*kept, *made], key=lambda mention: mention.start)

    def _source(self, span: Span, inside: Sequence[Mention], before: Mention | None) -> Mention:
        """The mention that a source is: a person's name in it, a pronoun, or all of it as a phrase."""
        words = tokens(self.text, self.data.code, start=span[0], end=span[1])
        if inside and inside[0].form == "pronoun" and inside[0].start == span[0] and self.is_all(words):
            return inside[0]
        if (name := self.principal(words, inside)) is not None:
            return name
        form: Literal["phrase", "relative"] = "relative" if _is_relative(words, self.data) else "phrase"
        near = inside[0] if inside else before
        head = self.head(words)
        made = Mention(span[0], span[1], form, head, words, 0, 0, self.zone(span[0]), subject=not inside)
        if near is not None:
            made.sentence, made.paragraph, made.step = near.sentence, near.paragraph, near.step
            made.subject |= near.subject
        return made

    def is_all(self, words: Sequence[Token]) -> bool:
        """Whether a pronoun is all that a source is, but for an adverb ("He, however")."""
        if len(words) > 1 and self.data.is_a("determiners", words[0].key):
            return False
        return all(not item.word or self.data.is_a("adverbs", item.key) for item in words[1:])

    def principal(self, words: Sequence[Token], inside: Sequence[Mention]) -> Mention | None:
        """The name that a source is, with its titles and roles: a person's in full before any other."""
        if self.is_joint(words, inside):
            return None
        named = [one for one in inside if one.name and not one.owner and not self.is_joined(words, one.name)]
        for mention in sorted(named, key=lambda one: not (one.name and is_personal(one.name, self.data))):
            if mention.name is not None and self.is_head(words, mention.name):
                person = person_of(self.cast, mention.name)
                short = len(mention.name.words) == 1 and mention.name.words[0].casefold() in self.cast.by_last
                if person is not None or short or self.is_whole(words, mention.name):
                    return mention
        return None

    def is_joint(self, words: Sequence[Token], inside: Sequence[Mention]) -> bool:
        """Whether a source is two names ("Ada Holm and Kurt Lund")."""
        ends = {one.end for one in inside if one.name}
        starts = {one.start for one in inside if one.name}
        cut = next((at for at, word in enumerate(words) if self.data.is_a("prepositions", word.key)), len(words))
        joints = (at for at in range(1, min(cut, len(words) - 1)) if self.data.is_a("and", words[at].key))
        return any(words[at - 1].end in ends and words[at + 1].start in starts for at in joints)

    def is_head(self, words: Sequence[Token], name: Name) -> bool:
        """Whether no other noun of its own phrase stands behind a name ("the Corvale manager")."""
        after = next((item for item in words if item.start >= name.end), None)
        if after is None or not after.word or after.key.isdecimal():
            return True
        small = ("prepositions", "relative", "and", "but", "calendar", "subordinators", "determiners", "adverbs")
        return any(self.data.is_a(kind, after.key) for kind in small) or after.key in self.data.verbs

    def is_whole(self, words: Sequence[Token], name: Name) -> bool:
        """Whether a source is nothing but a name, an article aside."""
        first = 1 if words[0].key in people(self.data.code).the else 0
        return words[first].start == name.start and words[-1].end == name.end

    def is_joined(self, words: Sequence[Token], name: Name) -> bool:
        """Whether a name only says whose or where ("the mother of Ada Holm", "officials in Vorsk")."""
        keys = [token.key for token in words if token.start < name.start]
        while "," in keys:  # what stands beside it is its own phrase: "the chair of planning, Lorna Eccles"
            keys = keys[keys.index(",") + 1 :]
            if keys and self.data.is_a("prepositions", keys[0]):  # "officials, including Ada Holm, Kurt Lund"
                return True
        small = ("prepositions", "relative", "subordinators")
        free = [word for word in keys if not self.data.is_a("determiners", word)]  # "die" is both in German
        return any(self.data.is_a(kind, word) for word in free for kind in small)

    def head(self, words: Sequence[Token]) -> str:
        """The head of a noun phrase: its last word before a preposition, a comma or "who".

        A participle behind a noun is none ("a report published on Tuesday").
        """
        last = known = ""
        for place, token in enumerate(words):
            stops = self.data.is_a("prepositions", token.key) or self.data.is_a("relative", token.key)
            if place and (stops or (not token.word and token.text not in "-.'’")):
                break
            last = (token.text.casefold() if token.text.isupper() else token.key) if token.word else last
            word = last.removesuffix("'s")
            known = word if is_human(word, self.data) or word in self.data.documents else known
        ends = self.data.participle_endings
        return known if known and ends and last.endswith(ends) else last.removesuffix("'s")

    def _shown(self) -> dict[Span, str]:
        """The sources whose verb shows a woman or a man, as the past does in Russian."""
        found: dict[Span, str] = {}
        for one in self.found:
            word = self.text[slice(*one.cue[-1])].split()[-1].casefold() if one.source and one.cue else ""
            for sex, ends in people(self.data.code).verbs.items():
                if ends and word.endswith(ends):
                    found.setdefault(one.source[0], sex)
        return found

    def _makers(self) -> dict[int, int]:
        """Each quotation -> the outermost statement of which it is the content."""
        made: dict[int, int] = {}
        for at in sorted(range(len(self.found)), key=lambda at: (self.found[at].depth, at)):
            one = self.found[at]
            for start, end in one.content:
                zone = self.zone(min(start + 1, end - 1))
                if zone != OUTSIDE and one.source and self.zone(one.source[0][0]) != zone:
                    made.setdefault(zone, at)
        return made


def _is_relative(words: Sequence[Token], data: Grammar) -> bool:
    """Whether a source is "who" or "which", and no name in capitals."""
    return len(words) == 1 and data.is_a("relative", words[0].key) and not words[0].text.isupper()


def _zones(text: str, paragraphs: Sequence[Span], found: Sequence[Statement]) -> list[Span]:
    """The quotations of an article, and the turns of a transcript, which have no marks."""
    spans: Iterable[Span] = (
        *((one.inside, one.until) for one in quotations(text, paragraphs)),
        *(span for one in found if not one.cue for span in one.content),
    )
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
