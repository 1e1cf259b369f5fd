"""Who had a story's text from whom, as ``learn`` has traced it: a question to an archive."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from retold.archive import provenance
from retold.archive.origin_answers import names
from retold.archive.origins_of import all_carriers, lineage_of, origins_of
from retold.archive.prepared import clean
from retold.archive.tracing import check_learned, named, story_of, unlearned, versions
from retold.model.records import COMPARED, Version
from retold.model.rows import LineageRow, OriginRow
from retold.pictures.verdicts import descends
from retold.store.store import Store

Name = Mapping[str, str]


def lineage(store: Store, name: str) -> provenance.Lineage:
    """Who had the text from whom, for each origin of a story that several articles carry; raises UsageError where there
    is no such story, or where nothing was learned of it yet."""
    check_learned(store)
    story, title = story_of(store, name)
    asked = [row[0] for row in store.ask("SELECT article_id FROM tellings WHERE story_id = :id", id=story)]
    rows = origins_of(store, asked)
    several = sorted([row for row in rows if row.articles > 1], key=lambda row: (-row.articles, row.id))
    return provenance.Lineage(
        story_id=story,
        requested_id=clean(name),
        title=title,
        origins=_lines(store, several),
        alone=len(rows) - len(several),
        unlearned=unlearned(store, asked),
    )


class Stage(NamedTuple):
    """All articles that are told of: how they are called, their texts, and how many words of running text they have."""

    about: Mapping[str, provenance.Named]
    called: Name
    texts: Mapping[str, Version]
    words: Mapping[str, int]


def _lines(store: Store, rows: Sequence[OriginRow]) -> list[provenance.Line]:
    """A line for each origin; the texts that nobody has seen are numbered through."""
    ids = [row.id for row in rows]
    members: defaultdict[str, list[str]] = defaultdict(list)
    for carrier in all_carriers(store, ids):
        members[carrier.origin_id].append(carrier.article_id)
    edges: defaultdict[str, list[LineageRow]] = defaultdict(list)
    for edge in lineage_of(store, ids):
        edges[edge.origin_id].append(edge)
    everybody = {key for each in members.values() for key in each}
    about, texts = named(store, everybody), versions(store, everybody)
    words = {key: running_words(version) for key, version in texts.items()}
    stage = Stage(about, names(about.values()), texts, words)
    made = []
    unseen = 0
    for row in rows:
        nodes = _unseen(edges[row.id], members[row.id], unseen)
        unseen += len(nodes)
        made.append(_line(row, members[row.id], edges[row.id], nodes, stage))
    return made


def running_words(version: Version) -> int:
    """How many words of running text a version has."""
    return sum(len(version.text[block.start : block.end].split()) for block in version.blocks if block.kind in COMPARED)


def _unseen(edges: Iterable[LineageRow], members: Sequence[str], before: int) -> dict[str, str]:
    """The names of the texts that nobody has seen: W and a number."""
    stored = {end for edge in edges for end in (edge.source, edge.target)}.difference(members)
    return {each: f"W{before + number}" for number, each in enumerate(sorted(stored, key=_number), 1)}


def _number(stored: str) -> tuple[int, str]:
    """The order of stored names such as "unseen 12"."""
    digits = "".join(filter(str.isdecimal, stored))
    return int(digits or 0), stored


def _line(
    row: OriginRow, members: Sequence[str], edges: Iterable[LineageRow], unseen: Mapping[str, str], stage: Stage
) -> provenance.Line:
    told = [_edge(edge, unseen, stage) for edge in edges]
    told.sort(key=lambda edge: (edge.target in unseen.values(), edge.target, -edge.probability, edge.source))
    nodes = [
        msgspec.convert(stage.about[key].to_dict() | {"words": stage.words[key]}, provenance.Node)
        for key in sorted(members, key=lambda key: (stage.about[key].published or "~", key))
    ]
    return provenance.Line(
        origin_id=row.id, agency=row.agency, nodes=nodes, unseen=list(unseen.values()), edges=_in_order(told, nodes)
    )


def _in_order(edges: Sequence[provenance.Edge], nodes: Sequence[provenance.Node]) -> list[provenance.Edge]:
    """Edges by the article that they lead to, in the order of these."""
    place = {node.article_id: number for number, node in enumerate(nodes)}
    return sorted(edges, key=lambda edge: place.get(edge.target, -1))


def _edge(row: LineageRow, unseen: Mapping[str, str], stage: Stage) -> provenance.Edge:
    source, target = (unseen.get(end, end) for end in (row.source, row.target))
    signs = [_sign(sign, stage.texts.get(row.target)) for sign in json.loads(row.signs)]
    shorter = 10 * stage.words.get(target, 0) < 9 * stage.words.get(source, 0)
    return provenance.Edge(
        source=source,
        target=target,
        probability=row.probability,
        signs=signs,
        note=descends(
            stage.called.get(source, source),
            stage.called.get(target, target),
            probability=row.probability,
            signs=len(signs),
            shorter=shorter,
            seen=(row.source not in unseen, row.target not in unseen),
        ),
    )


def _sign(told: Mapping[str, Any], version: Version | None) -> provenance.Sign:
    start, end = int(told["start"]), int(told["end"])
    text = version.text[start:end] if version is not None else ""
    return provenance.Sign(kind=told["kind"], note=told["note"], start=start, end=end, text=text)
