"""Who is meant by a name, and what answers about statements have in common."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from retold.answers import Speaker, Statement
from retold.archive.attributions import Text
from retold.archive.finding import WORD
from retold.archive.prepared import clean
from retold.attributing import Attributions
from retold.model.errors import UsageError
from retold.model.records import Version

NO_NAME = '{!r} names nobody. A name or a role is wanted, such as "Leonor Vask" or "harbour board".'


def check_speaker(name: str | None) -> str | None:
    """A name as answers tell it; raises UsageError where it has no word."""
    if name is not None and not WORD.findall(name):
        raise UsageError(NO_NAME.format(name))
    return None if name is None else clean(name)


def said_by(name: str, told: Attributions) -> list[Statement]:
    """The statements of those who may be meant by a name: all its words stand in one form of theirs."""
    meant = {voice.id for voice in told.speakers if is_meant(name, voice)}
    return [one for one in told.statements if one.speaker_id in meant]


def is_meant(name: str, voice: Speaker) -> bool:
    """Whether a name may mean a speaker."""
    words = _words(name)
    return any(words <= _words(form) for form in {voice.name, *(each.text for each in voice.mentions)})


def _words(name: str) -> set[str]:
    """The words of a name, whatever their case and accents."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return set(WORD.findall(bare.casefold()))


def text_of(article: str, version: Version, names: Iterable[str], key: str, story: str | None) -> Text:
    """A version as answers name it."""
    return Text(
        key=key,
        story_id=story,
        article_id=article,
        source_ids=sorted(names),
        version_id=version.id,
        outlet=version.outlet,
        title=version.title,
        url=version.url,
        published=version.published,
    )


def speaking(voices: Iterable[Speaker], shown: Iterable[Statement]) -> list[Speaker]:
    """Those who make some statements, and those whom they speak for."""
    known = list(voices)
    wanted = {one.speaker_id for one in shown}
    beside = {other for voice in known if voice.id in wanted for other in voice.speaks_for}
    return [voice for voice in known if voice.id in wanted | beside]
