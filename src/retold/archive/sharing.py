"""What text two articles share, and whether they go back to one origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

import msgspec

from retold.archive import provenance
from retold.archive.files import copy_row, passage_row
from retold.archive.origins_of import all_carriers, carriers_of, doubts_among, passages_of
from retold.archive.tracing import passage
from retold.copies.judging import judge
from retold.copies.readings import among
from retold.model.records import Version
from retold.model.rows import CopyRow, PassageRow
from retold.store.store import Store

ALONE = "Judged by these two alone, without the archive: {}"
TOGETHER, APART = "they would have one origin.", "they would have an origin each."
ONE = "Both go back to one origin."
IN_PART = "They have an origin in common, but it is not the main one of both."
NOTHING = "They share no passage."
TOO_LITTLE = (
    "They share too little of their text to go back to one: {:.0%} of the one is copied, and {:.0%} of the other."
)
SHARED = {
    "quotation": "What they share are public words, which each may have heard itself.",
    "template": "What they share is a form that is filled in anew each time.",
    "background": "What they share is background, or too little to say that one took it from the other.",
    "furniture": "What they share is furniture of their pages.",
}
DOUBT = "It is not certain: {}."


class Related(NamedTuple):
    """What two articles share, the origins of each, whether the main ones are one, and why."""

    shared: provenance.Sharing | None
    origins: tuple[list[str], list[str]]
    same: bool | None
    note: str


def related(store: Store, ids: tuple[str, str], versions: tuple[Version, Version]) -> Related:
    """What two articles have to do with each other: as ``learn`` found, else by themselves."""
    if ids[0] == ids[1]:
        homes = _origins(store, ids[:1])
        return Related(None, (homes[ids[0]], homes[ids[0]]), True, "")
    if not _learned(store, ids, versions):
        return _alone(ids, versions)
    origins = _origins(store, ids)
    rows = passages_of(store, *ids)
    mine, yours = (origins[key] for key in ids)
    same = mine[:1] == yours[:1]
    # Of many copies of a text not all pairs are kept: what two of them share is looked at now.
    shared = _sharing(_copy(store, ids), rows, versions) if rows else _alone(ids, versions).shared if same else None
    note = ONE if same else IN_PART if set(mine) & set(yours) else _apart(shared)
    doubt = "" if same else _doubt(store, mine[0], yours[0])
    return Related(shared, (mine, yours), same, f"{note} {doubt}".strip())


def _learned(store: Store, ids: Sequence[str], versions: Sequence[Version]) -> bool:
    """Whether the archive has judged both in these very versions."""
    question = "SELECT 1 FROM judged JOIN versions ON versions.number = judged.version "
    question += "WHERE judged.article_id = :article AND versions.id = :version"
    pairs = zip(ids, versions, strict=True)
    return all(store.one(question, article=key, version=version.id) for key, version in pairs)


def _origins(store: Store, ids: Sequence[str]) -> dict[str, list[str]]:
    """The origins of each, the main one first."""
    found: dict[str, list[str]] = {key: [] for key in ids}
    for row in carriers_of(store, ids):
        found[row.article_id].append(row.origin_id)
    return found


def _copy(store: Store, ids: tuple[str, str]) -> CopyRow:
    """What two articles share, the one first that was asked for first."""
    low, high = sorted(ids)
    found = CopyRow(*store.one("SELECT * FROM copies WHERE article_id = :low AND other_id = :high", low=low, high=high))
    return found if (low, high) == ids else _turned(found)


def _turned(row: CopyRow) -> CopyRow:
    """A pair as its other article sees it."""
    return CopyRow(row.other_id, row.article_id, row.words, row.other_share, row.share, row.label, row.run)


def _turned_passage(row: PassageRow) -> PassageRow:
    """A passage as the other article of its pair sees it."""
    spans = row.other_start, row.other_end, row.start, row.end
    return PassageRow(row.other_id, row.article_id, row.place, *spans, row.words, row.label, row.moved, row.run)


def _sharing(row: CopyRow, rows: Sequence[PassageRow], versions: tuple[Version, Version]) -> provenance.Sharing:
    one, other = versions
    told = {
        "words": row.words,
        "one_share": round(row.share, 4),
        "other_share": round(row.other_share, 4),
        "label": row.label,
        "passages": [passage(each, one.text, other.text).to_dict() for each in rows],
    }
    return msgspec.convert(told, provenance.Sharing)


def _apart(shared: provenance.Sharing | None) -> str:
    """Why two articles have no origin in common."""
    if shared is None:
        return NOTHING
    return SHARED.get(shared.label) or TOO_LITTLE.format(shared.one_share, shared.other_share)


def _doubt(store: Store, mine: str, yours: str) -> str:
    """Why two origins may yet be one; nothing where that is not in doubt."""
    home = {row.article_id: row.origin_id for row in all_carriers(store, (mine, yours)) if row.role == "main"}
    return next(
        (DOUBT.format(row.note) for row in doubts_among(store, home) if _between(row.article_id, row.other_id, home)),
        "",
    )


def _between(one: str, other: str, home: Mapping[str, str]) -> bool:
    return home[one] != home[other]


def _alone(ids: tuple[str, str], versions: tuple[Version, Version]) -> Related:
    """Two articles judged without any other; the one with the lower id comes first there."""
    turned = ids[0] > ids[1]
    keys, told = (ids[::-1], versions[::-1]) if turned else (ids, versions)
    judged = judge(told, among(told, [(0, 1)]))
    same = any(len(origin.members) > 1 for origin in judged.origins)
    shared = None
    for copy in judged.copies:
        rows = [passage_row(keys, copy, place) for place in range(len(copy.passages))]
        row = copy_row(keys, copy)
        if turned:
            row = _turned(row)
            rows = sorted(map(_turned_passage, rows), key=attrgetter("start"))
        shared = _sharing(row, rows, versions)
    note = TOGETHER if same else f"{APART} {_apart(shared)}"
    return Related(shared, ([], []), same, ALONE.format(note))
