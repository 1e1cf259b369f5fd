"""Who said what, in one version or in several: the craft of statements called, its records keyed for the reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from retold import answers
from retold.model.identity import identify
from retold.model.records import COMPARED, Block, CreditKind, Version
from retold.statements.records import Span, Speaker, Statement

if TYPE_CHECKING:
    from retold.statements.entries import Difference, Ledger, Row, Told, Voice
    from retold.statements.extracting import Extractor

DATELINE = 140  # characters in which a dateline ends
DASH = re.compile(r"\s?[.:,]?\s?[-–—:]\s*(?=\S)")
GAP = " … "  # between the pieces of a content, where words that are not of it stand in the text
FORMS: dict[str, int] = {"direct": 0, "mixed": 1, "indirect": 2}

OneOrigin = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Heard:
    """What one version has people say: its statements in the order of the text, and who makes each."""

    statements: list[Statement]
    speakers: list[Speaker | None]


class Attributions(NamedTuple):
    """The statements and the speakers of several versions, as answers tell them."""

    statements: list[answers.Statement]
    speakers: list[answers.Speaker]


def heard(version: Version, *, extractor: Extractor | None = None) -> Heard:
    """Who says what in a version; ``extractor``: a user's own model in place of Retold's."""
    from retold.statements.extracting import statements
    from retold.statements.speakers import speakers

    told = without_datelines(version)
    found = statements(told, extractor=extractor)
    return Heard(found, speakers(told, found))


def without_datelines(version: Version) -> Version:
    """A version whose paragraphs begin behind their datelines: nobody says "LOWMERE (Southern Wire) -"."""
    ends = [credit.end for credit in version.credits if credit.kind is CreditKind.TEXT]
    blocks = tuple(_behind(version.text, block, ends) for block in version.blocks)
    return version if blocks == version.blocks else replace(version, blocks=blocks)


def _behind(text: str, block: Block, ends: Iterable[int]) -> Block:
    """A paragraph without its dateline, which ends in a credit and a dash."""
    for end in ends:
        if block.kind in COMPARED and block.start < end <= block.start + DATELINE:
            dash = DASH.match(text, end, block.end)
            return replace(block, start=dash.end()) if dash else block
    return block


def joined(groups: Iterable[Sequence[int]], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Groups of places, those as one that a pair joins.

    >>> joined([[0, 2], [1], [3]], [(2, 3)])
    [[0, 2, 3], [1]]
    """
    found = [set(group) for group in groups]
    for one, other in pairs:
        touched = [group for group in found if one in group or other in group]
        if len(touched) > 1:
            found = [group for group in found if group not in touched] + [set[int]().union(*touched)]
    return sorted(sorted(group) for group in found)


def attributions(
    versions: Sequence[Version],
    told: Sequence[Heard],
    keys: Sequence[str],
    *,
    stories: Iterable[Sequence[int]],
    one_origin: OneOrigin,
    taken: set[str] | None = None,
) -> Attributions:
    """The ledger of each story, one after the other: a minister in another story is another minister.

    ``keys`` name the versions in the answer, ``stories`` are the places of the versions that tell each of them. No id
    that another story has ``taken`` is given again, and those that are given are added there.
    """
    found = Attributions([], [])
    taken = set() if taken is None else taken
    for story in stories:
        places = sorted(story)
        one = ledger_of(versions, told, places, one_origin)
        page = _Page([versions[place] for place in places], [keys[place] for place in places], one, taken)
        found.speakers.extend(page.speakers())
        found.statements.extend(page.statements())
        taken.update(page.ids.values())
    return found


def ledger_of(
    versions: Sequence[Version], told: Sequence[Heard], places: Sequence[int], one_origin: OneOrigin
) -> Ledger:
    """The ledger of those versions whose places are given, as the craft has it: it counts them from 0."""
    from retold.statements.ledger import ledger

    return ledger(
        [versions[place] for place in places],
        [told[place].statements for place in places],
        [told[place].speakers for place in places],
        one_origin=lambda one, other: one_origin(places[one], places[other]),
    )


class _Page:
    """One story's ledger, told in an answer's terms; ids that ``taken`` has belong to another story."""

    def __init__(self, versions: Sequence[Version], keys: Sequence[str], found: Ledger, taken: set[str]) -> None:
        self.texts = [version.text for version in versions]
        self.keys, self.ledger = keys, found
        self.own = "".join(version.id for version in versions)
        ids = [row.id for row in found.rows] + [voice.id for voice in found.voices]
        self.ids = {each: identify(each, self.own) if each in taken else each for each in ids}
        self.names = {voice.id: voice.name for voice in found.voices}

    def statements(self) -> list[answers.Statement]:
        return [self._statement(row) for row in self.ledger.rows]

    def speakers(self) -> list[answers.Speaker]:
        return [self._speaker(voice) for voice in self.ledger.voices]

    def _statement(self, row: Row) -> answers.Statement:
        spans: dict[str, answers.Said] = {}
        again: dict[str, list[answers.Said]] = {}
        for told in sorted(row.told, key=_fullest):
            said = said_of(self.texts[told.version], told.statement)
            key = self.keys[told.version]
            if key in spans:
                again.setdefault(key, []).append(said)
            else:
                spans[key] = said
        return answers.Statement(
            id=self.ids[row.id],
            speaker="" if row.voice is None else self.names[row.voice],
            speaker_id=None if row.voice is None else self.ids[row.voice],
            type=row.type,
            cue_class=row.cue_class,
            spans=spans,
            difference=[self._difference(each) for each in row.differences],
            again=again,
        )

    def _difference(self, each: Difference) -> answers.Difference:
        first, second = each.between
        sides = zip(each.between, each.words, strict=True)
        one, other = ([self._side(version, span) for span in spans] for version, spans in sides)
        return answers.Difference(
            kind=each.kind,
            between=(self.keys[first], self.keys[second]),
            words=(one, other),
            manner=each.manner,
        )

    def _side(self, version: int, span: Span) -> answers.Side:
        return answers.Side(start=span[0], end=span[1], text=self.texts[version][span[0] : span[1]])

    def _speaker(self, voice: Voice) -> answers.Speaker:
        return answers.Speaker(
            id=self.ids[voice.id],
            name=voice.name,
            kind=voice.kind,
            mentions=[
                answers.Mention(
                    article=self.keys[each.version],
                    start=each.span[0],
                    end=each.span[1],
                    text=self.texts[each.version][each.span[0] : each.span[1]],
                )
                for each in voice.mentions
            ],
            rules=list(voice.rules),
            speaks_for=[self.ids[each] for each in voice.speaks_for],
        )


def said_of(text: str, one: Statement) -> answers.Said:
    """A statement of a text as answers tell it."""
    return answers.Said(
        source=list(one.source),
        cue=list(one.cue),
        content=list(one.content),
        type=one.type,
        cue_class=one.cue_class,
        text=words(text, one.content),
        speaker=words(text, one.source),
        negated=one.negated,
        modality=one.modality,
    )


def _fullest(told: Told) -> tuple[int, int, int, Span]:
    """The tellings version by version; in each, the one that quotes, then the longest, then the first."""
    one = told.statement
    return told.version, FORMS[one.type], -sum(end - start for start, end in one.content), one.content[0]


def words(text: str, spans: Iterable[Span]) -> str:
    """The words of spans, with a sign where others stand between them."""
    return GAP.join(text[start:end] for start, end in spans)
