"""Golden families: a few articles of one story, and what the ledger must say of them, exactly.

``families/NAME`` holds the versions (a.txt, b.txt, ...) and ``expected.json``: which versions go back to one text, the
voices, the rows with every telling, the differences with their words.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from retold import read
from retold.model.records import Version
from retold.statements.entries import KINDS, Ledger
from retold.statements.extracting import statements
from retold.statements.ledger import ledger
from retold.statements.records import Span
from retold.statements.speakers import speakers

FAMILIES = sorted(path.parent for path in Path(__file__).parent.glob("families/*/expected.json"))
KEYS = "abcd"


def versions_of(family: Path) -> list[Version]:
    return [version for path in sorted(family.glob("?.txt")) for version in read(str(path))]


def booked(versions: list[Version], origins: list[str], keys: str = KEYS) -> Ledger:
    """The ledger of versions, each named by its letter."""
    home = {letter: place for place, letters in enumerate(origins) for letter in letters}
    found = [statements(version) for version in versions]
    spoken = [speakers(version, told) for version, told in zip(versions, found, strict=True)]
    return ledger(versions, found, spoken, one_origin=lambda one, other: home[keys[one]] == home[keys[other]])


def words(version: Version, spans: tuple[Span, ...]) -> list[str]:
    return [version.text[start:end] for start, end in spans]


def shown(book: Ledger, versions: list[Version], keys: str = KEYS) -> dict[str, Any]:
    """A ledger as an editor reads it: words instead of offsets, letters instead of places."""
    names = {voice.id: voice.name for voice in book.voices}
    rows = []
    for row in book.rows:
        told: dict[str, list[list[str]]] = {}
        for one in row.told:
            told.setdefault(keys[one.version], []).append(words(versions[one.version], one.statement.content))
        differences = [
            {
                "kind": one.kind,
                "between": [keys[at] for at in one.between],
                "words": [words(versions[at], spans) for at, spans in zip(one.between, one.words, strict=True)],
                "manner": one.manner,
            }
            for one in row.differences
        ]
        rows.append(
            {
                "speaker": names[row.voice] if row.voice else "",
                "type": row.type,
                "cue_class": row.cue_class,
                "told": told,
                "differences": differences,
            }
        )
    voices = [
        {
            "name": voice.name,
            "kind": voice.kind,
            "rules": list(voice.rules),
            "speaks_for": [names[other] for other in voice.speaks_for],
        }
        for voice in book.voices
    ]
    return {"voices": voices, "rows": rows}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_family_is_read_exactly(family):
    expected = json.loads((family / "expected.json").read_text(encoding="utf-8"))
    origins = expected.pop("origins")
    versions = versions_of(family)
    assert shown(booked(versions, origins), versions) == expected


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_order_of_the_versions_changes_only_their_numbers(family):
    origins = json.loads((family / "expected.json").read_text(encoding="utf-8"))["origins"]
    versions = versions_of(family)
    keys = KEYS[: len(versions)]
    forward = shown(booked(versions, origins), versions)
    turned = versions[::-1]
    backward = shown(booked(turned, origins, keys[::-1]), turned, keys[::-1])
    assert loose(forward) == loose(backward)


def loose(told: dict[str, Any]) -> list[str]:
    """The rows without the order of versions: who speaks, what each version tells, what differs."""
    rows = []
    for row in told["rows"]:
        tellings = sorted((key, sorted(said)) for key, said in row["told"].items())
        kinds = sorted(sorted(one["words"]) for one in row["differences"])
        rows.append(json.dumps([row["speaker"], tellings, kinds]))
    return sorted(rows)


def test_every_kind_of_difference_has_a_family():
    told = [json.loads((family / "expected.json").read_text(encoding="utf-8")) for family in FAMILIES]
    differences = [one for family in told for row in family["rows"] for one in row["differences"]]
    assert {one["kind"] for one in differences} == set(KINDS)
    assert {one["manner"] for one in differences} == {"altered", "heard differently"}
