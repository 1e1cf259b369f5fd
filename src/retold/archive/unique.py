"""How many distinct running texts the articles of stories have."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from retold.archive.origin_answers import running_digest
from retold.archive.texts import COLUMNS, version_of
from retold.store.store import Store

KEPT = 200_000  # texts whose digest is remembered; 120 bytes each
BATCH = 500  # texts that are read at once

Key = tuple[int, bytes | None, bytes | None]
Known = dict[Key, bytes]
"""The digests of texts that were read before: by the number of the version, what names its reading where a reader
corrected it, and what of it is set aside."""

OF_STORIES = (
    "FROM json_each(:ids) AS wanted JOIN tellings ON tellings.story_id = wanted.value "
    "JOIN articles ON articles.id = tellings.article_id"
)
ALIKE = (  # what two articles with one text have in common is cheaper to ask for than their texts
    f"SELECT tellings.story_id, COUNT(*), COUNT(DISTINCT fingerprints.data) {OF_STORIES} "
    "LEFT JOIN fingerprints ON fingerprints.version = articles.current GROUP BY tellings.story_id"
)
VERSIONS = (
    f"SELECT tellings.story_id, articles.current, readings.digest, features.aside {OF_STORIES} "
    "LEFT JOIN features ON features.version = articles.current "
    "LEFT JOIN readings ON readings.version = articles.current"
)
READ = (
    f"SELECT versions.number, readings.digest, {COLUMNS} FROM json_each(:numbers) AS wanted "
    "JOIN versions ON versions.number = wanted.value LEFT JOIN features ON features.version = versions.number "
    "LEFT JOIN readings ON readings.version = versions.number"
)


def texts(store: Store, stories: Sequence[str], known: Known) -> Mapping[str, int]:
    """How many distinct running texts the newest versions of each story's articles have."""
    counted = list(store.ask(ALIKE, ids=json.dumps(stories)))
    found = {story: articles for story, articles, alike in counted if alike == articles}
    doubtful = [story for story, articles, alike in counted if alike != articles]
    return {story: 0 for story in stories} | found | _read(store, doubtful, known)


def _read(store: Store, stories: Sequence[str], known: Known) -> dict[str, int]:
    """The same from the texts themselves; each is read once."""
    asked: list[tuple[str, Key]] = [(story, tuple(key)) for story, *key in store.ask(VERSIONS, ids=json.dumps(stories))]
    if len(known) > KEPT:
        known.clear()
    missing = iter(sorted({key[0] for _, key in asked if key not in known}))
    while some := list(islice(missing, BATCH)):
        known.update(_digests(store, some))
    found: defaultdict[str, set[bytes]] = defaultdict(set)
    for story, key in asked:
        found[story].add(known[key])
    return {story: len(digests) for story, digests in found.items()}


def _digests(store: Store, numbers: Sequence[int]) -> Iterable[tuple[Key, bytes]]:
    for number, reading, *row in store.ask(READ, numbers=json.dumps(numbers)):
        yield (number, reading, row[-1]), running_digest(version_of(row))
