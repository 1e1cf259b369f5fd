"""The tables ``statements`` and ``speakers`` of an archive, made story by story when they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from operator import itemgetter
from typing import Any

import msgspec

from retold.archive import tables
from retold.archive.hearing import Spoken, spoken
from retold.archive.ledgers import Group, all_groups, one_origin
from retold.archive.texts import names_of
from retold.attributing import ledger_of, words
from retold.statements.entries import Ledger, Row, Told, Voice
from retold.statements.records import Span
from retold.store.store import Store


def statement_rows(store: Store) -> Iterator[tuple[Any, ...]]:
    """Each statement of each version, a row and name of the article."""
    for group, read, found in _books(store):
        yield from sorted(_statements(store, group, read, found), key=itemgetter(slice(6)))  # up to its own id


def speaker_rows(store: Store) -> Iterator[tuple[Any, ...]]:
    """Each speaker of each story."""
    for group, read, found in _books(store):
        yield from sorted(_speakers(group, read, found), key=itemgetter(slice(2)))


MADE: dict[str, Callable[[Store], Iterator[tuple[Any, ...]]]] = {"statements": statement_rows, "speakers": speaker_rows}


def _books(store: Store) -> Iterator[tuple[Group, list[Spoken], Ledger]]:
    """Each story with its versions and its ledger."""
    for group in all_groups(store):
        read = spoken(store, group.numbers)
        told = [each.heard for each in read]
        yield group, read, ledger_of([each.version for each in read], told, range(len(read)), one_origin(store, read))


def _statements(store: Store, group: Group, read: Sequence[Spoken], found: Ledger) -> Iterator[tuple[Any, ...]]:
    names = names_of(store, sorted({each.article_id for each in read}))
    voices = {voice.id: voice for voice in found.voices}
    for row in found.rows:
        for told in row.told:
            voice = voices.get(told.voice or "")
            for name in names[read[told.version].article_id]:
                made = _statement(group, read, row, told, voice, name)
                yield astuple(made)


def _statement(
    group: Group, read: Sequence[Spoken], row: Row, told: Told, voice: Voice | None, name: str
) -> tables.Statement:
    one, at = told.statement, read[told.version]
    text = at.version.text
    return tables.Statement(
        story_id=group.story_id or "",
        source_id=name,
        version_id=at.version.id,
        start=one.content[0][0],
        end=one.content[-1][1],
        statement_id=row.id,
        speaker_id=told.voice,
        speaker=voice.name if voice else "",
        speaker_kind=voice.kind if voice else None,
        type=one.type,
        cue_class=one.cue_class,
        negated=one.negated,
        modality=one.modality,
        depth=one.depth,
        source=_json(one.source),
        cue=_json(one.cue),
        content=_json(one.content),
        source_text=words(text, one.source),
        cue_text=words(text, one.cue),
        content_text=words(text, one.content),
        differs=_differs(row, told, read),
        layer=one.layer,
        confidence=round(one.confidence, 2),
        article_id=at.article_id,
    )


def _differs(row: Row, told: Told, read: Sequence[Spoken]) -> str:
    """How other versions tell it differently: JSON, each ``[kind, version_id, manner]``."""
    others = []
    for each in row.differences:
        first, second = each.between
        if told.version in each.between:
            other = second if told.version == first else first
            others.append([each.kind, read[other].version.id, each.manner])
    return msgspec.json.encode(sorted(others)).decode()


def _json(spans: Sequence[Span]) -> str:
    return msgspec.json.encode(spans).decode()


def _speakers(group: Group, read: Sequence[Spoken], found: Ledger) -> Iterator[tuple[Any, ...]]:
    made: defaultdict[str, int] = defaultdict(int)
    for row in found.rows:
        for key in {told.voice for told in row.told if told.voice is not None}:
            made[key] += 1
    for voice in found.voices:
        texts = {read[each.version].version.text[slice(*each.span)] for each in voice.mentions}
        one = tables.Speaker(
            story_id=group.story_id or "",
            speaker_id=voice.id,
            name=voice.name,
            kind=voice.kind,
            statements=made[voice.id],
            versions=len({each.version for each in voice.mentions}),
            forms=msgspec.json.encode(sorted(texts)).decode(),
            rules=msgspec.json.encode(voice.rules).decode(),
            speaks_for=msgspec.json.encode(sorted(voice.speaks_for)).decode(),
        )
        yield astuple(one)
