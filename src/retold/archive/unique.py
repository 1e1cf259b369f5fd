"""How many distinct running texts the articles of stories have, and in which languages; what was read is remembered."""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from retold.archive.origin_answers import digest_of
from retold.archive.prepared import blocks_of
from retold.archive.texts import judged
from retold.store.store import Store

KEPT = 200_000  # texts whose digest is remembered; 120 bytes each
BATCH = 500  # texts that are read at once

EVERY = "FROM tellings"
SOME = "FROM json_each(:ids) AS wanted JOIN tellings ON tellings.story_id = wanted.value"
ARTICLES = "JOIN articles ON articles.id = tellings.article_id"
VERSIONS = (
    "SELECT tellings.story_id, articles.current, readings.digest, features.aside {stories} "
    f"{ARTICLES} LEFT JOIN features ON features.version = articles.current "
    "LEFT JOIN readings ON readings.version = articles.current"
)
READ = (
    "SELECT versions.number, readings.digest, features.aside, versions.text, versions.blocks "
    "FROM json_each(:numbers) AS wanted JOIN versions ON versions.number = wanted.value "
    "LEFT JOIN features ON features.version = versions.number "
    "LEFT JOIN readings ON readings.version = versions.number"
)
NEWER = (  # as they were read: that never changes
    "SELECT number, COALESCE(readings.language, versions.language) FROM versions "
    "LEFT JOIN readings ON readings.version = versions.number WHERE number > :last ORDER BY number"
)
CORRECTED = (
    "SELECT versions.number, versions.language FROM readings JOIN versions ON versions.number = readings.version "
    "WHERE versions.language != readings.language ORDER BY versions.number"
)
OTHERS = (
    "SELECT tellings.story_id, articles.current {stories} "
    f"{ARTICLES} WHERE articles.current IN (SELECT value FROM json_each(:numbers))"
)
REST = (
    "SELECT COUNT(DISTINCT tellings.story_id) {stories} "
    f"{ARTICLES} WHERE articles.current NOT IN (SELECT value FROM json_each(:numbers))"
)

Key = tuple[int, bytes | None, bytes | None]
"""What has one running text: the number of a version, what names its reading where a reader corrected it, and what of
it is set aside."""


@dataclass(slots=True)
class Known:
    """What was read of versions before, and never changes: several that read one archive may share it.

    ``digests`` of running texts; ``languages`` are the numbers of the versions in each, up to the version ``last``.
    """

    digests: dict[Key, bytes] = field(default_factory=dict)
    languages: tuple[int, Mapping[str, array[int]]] = (0, {})


def of_stories(store: Store, stories: Collection[str]) -> str:
    """Where questions about some stories look: through all tellings at once, where these are all stories."""
    return EVERY if len(stories) == store.one("SELECT COUNT(*) FROM stories")[0] else SOME


def texts(store: Store, stories: Sequence[str], known: Known) -> Mapping[str, int]:
    """How many distinct running texts the newest versions of each story's articles have."""
    members: defaultdict[str, list[Key]] = defaultdict(list)
    for story, *key in store.ask(VERSIONS.format(stories=of_stories(store, stories)), ids=json.dumps(stories)):
        members[story].append((key[0], key[1], key[2]))
    several = {story: keys for story, keys in members.items() if len(keys) > 1}
    read = _read(store, [key for keys in several.values() for key in keys], known)
    found = {story: len(members[story]) for story in stories}
    return found | {story: len({read[key] for key in keys}) for story, keys in several.items()}


def _read(store: Store, keys: Sequence[Key], known: Known) -> dict[Key, bytes]:
    """The digests of running texts; each is read once."""
    found = {key: digest for key in keys if (digest := known.digests.get(key)) is not None}
    missing = iter(sorted({key[0] for key in keys if key not in found}))
    read: dict[Key, bytes] = {}
    while some := list(islice(missing, BATCH)):
        for number, reading, aside, text, blocks in store.ask(READ, numbers=json.dumps(some)):
            read[number, reading, aside] = digest_of(text, judged(blocks_of(blocks), aside))
    if len(known.digests) + len(read) > KEPT:
        known.digests.clear()
    known.digests.update(read)
    return found | read


def languages(store: Store, stories: Sequence[str], known: Known) -> Counter[str]:
    """In how many of some stories an article is in a language, by its code.

    The languages of versions are remembered: to read them anew is most of the work, and of all but the commonest there
    are few.
    """
    told = _corrected(_languages(store, known), dict(store.ask(CORRECTED)))
    if not stories or len(told) < 2:
        return Counter(dict.fromkeys(told, len(stories)) if stories else {})
    commonest = max(sorted(told), key=lambda language: len(told[language]))
    of = {number: language for language, numbers in told.items() if language != commonest for number in numbers}
    asked = {"ids": json.dumps(stories), "numbers": json.dumps(list(of))}
    where = of_stories(store, stories)
    pairs = {(story, of[number]) for story, number in store.ask(OTHERS.format(stories=where), **asked)}
    found = Counter(language for _, language in pairs)
    found[commonest] = store.one(REST.format(stories=where), **asked)[0]
    return +found


def _corrected(told: Mapping[str, array[int]], now: Mapping[int, str]) -> Mapping[str, array[int]]:
    """The same where readers corrected the languages of some versions, each by its number."""
    if not now:
        return told
    found = {language: array("q", (each for each in numbers if each not in now)) for language, numbers in told.items()}
    for number, language in now.items():
        found.setdefault(language, array("q")).append(number)
    return {language: numbers for language, numbers in found.items() if numbers}


def _languages(store: Store, known: Known) -> Mapping[str, array[int]]:
    """The numbers of the versions in each language, as they were read."""
    last, told = known.languages
    newer = list(store.ask(NEWER, last=last))
    if newer:
        told = {language: array("q", numbers) for language, numbers in told.items()}
        for number, language in newer:
            told.setdefault(language, array("q")).append(number)
        known.languages = newer[-1][0], told  # in one step: another thread may be doing the same
    return told
