"""The ledgers of an archive's stories: who said what, in which versions, and what one speaker said in all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from retold.answers import Speaker, Statement
from retold.archive.attributions import Statements, Text
from retold.archive.finding import WORD, asked
from retold.archive.hearing import DIGEST, Fresh, Spoken, reader, spoken
from retold.archive.naming import article_id
from retold.archive.origins_of import carriers_of
from retold.archive.prepared import clean
from retold.archive.saying import Names, check_speaker, text_of
from retold.archive.sifting import Sieve, sifted
from retold.archive.texts import names_of
from retold.archive.tracing import story_of
from retold.attributing import Attributions, OneOrigin, attributions
from retold.model.errors import UsageError
from retold.model.records import letter
from retold.store.store import Store

EITHER = "A story or a speaker is wanted: name one of its articles, or who speaks."

VERSIONS = "SELECT versions.number FROM tellings JOIN versions ON versions.article_id = tellings.article_id"
SPEAKING = (
    "SELECT DISTINCT versions.article_id, tellings.story_id FROM words JOIN versions ON versions.number = words.rowid "
    "LEFT JOIN tellings ON tellings.article_id = versions.article_id WHERE words MATCH :words"
)
READ_FROM = (
    "SELECT versions.article_id, versions.id, features.aside FROM tellings "
    "JOIN versions ON versions.article_id = tellings.article_id "
    "LEFT JOIN features ON features.version = versions.number WHERE tellings.story_id = :id ORDER BY versions.id"
)


class Group(NamedTuple):
    """The versions that are read together, by their numbers: those of a story, or of an article that has none yet."""

    story_id: str | None
    numbers: Sequence[int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the statements of a story, or of one speaker in all stories that may name him."""

    groups: Sequence[Group]
    story_id: str | None = None
    requested_id: str | None = None
    title: str | None = None
    speaker: str | None = None

    @property
    def is_of_speaker(self) -> bool:
        """Whether it is one speaker who is asked about, and no story."""
        return self.requested_id is None

    def numbers(self) -> list[int]:
        """The versions that have to be read."""
        return [number for group in self.groups for number in group.numbers]


def asked_for(store: Store, *, story: str | None, speaker: str | None) -> Asked:
    """What a user asks for, by the name of a story or of one of its articles, or of who speaks, or by both.

    Raises UsageError where there is no such story, or where nobody is named.
    """
    named = check_speaker(speaker)
    if story is not None:
        found = _story(store, story)
        return Asked(found.groups, found.story_id, found.requested_id, found.title, named)
    if named is None:
        raise UsageError(EITHER)
    return Asked(_groups_naming(store, named), speaker=named)


def _story(store: Store, name: str) -> Asked:
    """A story, or an article that belongs to none yet."""
    requested = clean(name)
    try:
        story, title = story_of(store, name)
    except UsageError:
        article = _alone(store, name)
        if article is None:
            raise
        title = str(store.one("SELECT title FROM versions WHERE article_id = :id ORDER BY number", id=article)[0] or "")
        return Asked([Group(None, _numbers(store, article))], None, requested, title)
    return Asked([of_story(store, story)], story, requested, title)


def _alone(store: Store, name: str) -> str | None:
    """The article that a user names, where it is in no story yet."""
    try:
        article = article_id(store, name)
    except UsageError:
        return None
    told = store.one("SELECT 1 FROM tellings WHERE article_id = :id", id=article)
    return None if told else article


def of_story(store: Store, story: str) -> Group:
    """All versions of the articles that tell a story."""
    rows = store.ask(f"{VERSIONS} WHERE tellings.story_id = :id ORDER BY versions.number", id=story)
    return Group(story, [number for (number,) in rows])


def _numbers(store: Store, article: str) -> list[int]:
    question = "SELECT number FROM versions WHERE article_id = :id ORDER BY number"
    return [number for (number,) in store.ask(question, id=article)]


def all_groups(store: Store) -> Iterator[Group]:
    """Every version of an archive, story by story; last the articles that are in none yet."""
    for (story,) in list(store.ask("SELECT id FROM stories ORDER BY id")):
        yield of_story(store, story)
    question = "SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM tellings) ORDER BY id"
    for (article,) in list(store.ask(question)):
        yield Group(None, _numbers(store, article))


def _groups_naming(store: Store, name: str) -> list[Group]:
    """The stories with an article that has the last word of a name, the earliest first."""
    rows = list(store.ask(SPEAKING, words=asked(f'"{WORD.findall(name)[-1]}"')))
    stories = sorted({story for _, story in rows if story is not None})
    order = "SELECT id FROM stories WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY first IS NULL, first, id"
    told = [of_story(store, story) for (story,) in list(store.ask(order, ids=json.dumps(stories)))]
    alone = sorted(article for article, story in rows if story is None)
    return told + [Group(None, _numbers(store, article)) for article in alone]


def whole(store: Store, wanted: Asked, fresh: Fresh) -> Statements:
    """All statements of the stories that are asked for, or what one speaker says in them where no story is named;
    ``fresh``: what was read just now and is not kept."""
    found: list[Statement] = []
    voices: list[Speaker] = []
    texts: dict[str, Text] = {}
    taken: set[str] = set()
    for group in wanted.groups:
        read = spoken(store, group.numbers, fresh)
        told = ledger(store, read, taken)
        meant = _meant(wanted, told)
        if meant or not wanted.is_of_speaker:
            texts |= _texts(store, group.story_id, read)
        found += meant
        voices += told.speakers
    made = Statements(
        story_id=wanted.story_id,
        requested_id=wanted.requested_id,
        title=wanted.title,
        speaker=wanted.speaker,
        articles=list(texts.values()),
        total=len(found),
        statements=found,
        speakers=voices,
        rejects=[],
        next=None,
    )
    return lettered(only_told(made) if wanted.is_of_speaker else made)


def _meant(wanted: Asked, told: Attributions) -> list[Statement]:
    """The statements of a story that may be asked for."""
    if not wanted.is_of_speaker:
        return told.statements
    meant = Names(told.speakers).meant(wanted.speaker or "")
    return [one for one in told.statements if one.speaker_id in meant]


def statements(
    store: Store, wanted: Asked, sieve: Sieve, fresh: Fresh, *, limit: int | None = None, after: str | None = None
) -> Statements:
    """The statements that are asked for; raises UsageError where there is none to go on ``after``."""
    found = whole(store, wanted, fresh)
    if wanted.is_of_speaker:  # it has only what the speaker says, and only the names that the articles left use
        sieve = replace(sieve, speaker=None)
    return sifted(found, sieve, limit=limit, after=after)


def state(store: Store, story: str) -> str:
    """What names all that the ledger of a story follows from, its versions' texts apart, which never change."""
    rows = list(store.ask(READ_FROM, id=story))
    articles = sorted({article for article, *_ in rows})
    carried = [(row.article_id, row.origin_id) for row in carriers_of(store, articles)]
    title = store.one("SELECT title FROM stories WHERE id = :id", id=story)
    told = [story, title, rows, sorted(names_of(store, articles).items()), carried]
    return blake2b(msgspec.json.encode(told), digest_size=DIGEST, key=reader()).hexdigest()


def ledger(store: Store, read: Sequence[Spoken], taken: set[str]) -> Attributions:
    """The ledger of versions that are read together; they are named by their ids."""
    return attributions(
        [each.version for each in read],
        [each.heard for each in read],
        [each.version.id for each in read],
        stories=[range(len(read))],
        one_origin=one_origin(store, read),
        taken=taken,
    )


def one_origin(store: Store, read: Sequence[Spoken]) -> OneOrigin:
    """Whether two versions go back to one text: those of one article do, and articles that carry one origin."""
    origins: dict[str, set[str]] = {each.article_id: set() for each in read}
    for row in carriers_of(store, origins):
        origins[row.article_id].add(row.origin_id)

    def same(one: int, other: int) -> bool:
        first, second = read[one].article_id, read[other].article_id
        return first == second or not origins[first].isdisjoint(origins[second])

    return same


def _texts(store: Store, story: str | None, read: Sequence[Spoken]) -> dict[str, Text]:
    """The versions of a group as answers name them, by their ids."""
    names = names_of(store, sorted({each.article_id for each in read}))
    return {
        each.version.id: text_of(each.article_id, each.version, names[each.article_id], each.version.id, story)
        for each in read
    }


def only_told(found: Statements) -> Statements:
    """The same without the versions that tell none of its statements."""
    told = {key for one in found.statements for key in one.spans}
    return msgspec.structs.replace(found, articles=[text for text in found.articles if text.key in told])


def lettered(found: Statements) -> Statements:
    """The same with letters for its versions, as comparisons have them."""
    keys = {text.key: letter(place) for place, text in enumerate(found.articles)}
    return msgspec.structs.replace(
        found,
        articles=[msgspec.structs.replace(text, key=keys[text.key]) for text in found.articles],
        statements=[_lettered(one, keys) for one in found.statements],
        speakers=[_speaker_lettered(one, keys) for one in found.speakers],
    )


def _lettered(one: Statement, keys: Mapping[str, str]) -> Statement:
    return msgspec.structs.replace(
        one,
        spans={keys[key]: said for key, said in one.spans.items()},
        again={keys[key]: said for key, said in one.again.items()},
        difference=[
            msgspec.structs.replace(each, between=(keys[each.between[0]], keys[each.between[1]]))
            for each in one.difference
        ],
    )


def _speaker_lettered(one: Speaker, keys: Mapping[str, str]) -> Speaker:
    named = [msgspec.structs.replace(each, article=keys[each.article]) for each in one.mentions if each.article in keys]
    return msgspec.structs.replace(one, mentions=named)
