"""Who is meant by a name, and what answers about statements have in common."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from retold.answers import Speaker, Statement
from retold.archive.attributions import Text
from retold.archive.finding import WORD
from retold.archive.prepared import clean
from retold.model.errors import UsageError
from retold.model.records import Version

NO_NAME = '{!r} names nobody. A name or a role is wanted, such as "Leonor Vask" or "harbour board".'


def check_speaker(name: str | None) -> str | None:
    """A name as answers tell it; raises UsageError where it has no word."""
    if name is not None and not WORD.findall(name):
        raise UsageError(NO_NAME.format(name))
    return None if name is None else clean(name)


class Names:
    """The names of some speakers, as written anywhere: who may be meant by one."""

    def __init__(self, voices: Iterable[Speaker]) -> None:
        self._forms = {voice.id: _forms(voice) for voice in voices}
        self._homes: defaultdict[str, set[str]] = defaultdict(set)  # a word -> the speakers who have it
        for voice, forms in self._forms.items():
            for word in frozenset[str]().union(*forms):
                self._homes[word].add(voice)

    def meant(self, name: str) -> set[str]:
        """The ids of those whom a name may mean: all its words stand in one form of theirs."""
        words = _words(name)
        if not words:
            return set()
        rarest = min((self._homes.get(word, set()) for word in sorted(words)), key=len)
        return {voice for voice in rarest if any(words <= form for form in self._forms[voice])}


def is_meant(name: str, voice: Speaker) -> bool:
    """Whether a name may mean a speaker."""
    return bool(Names([voice]).meant(name))


def _forms(voice: Speaker) -> list[frozenset[str]]:
    """The words of each form under which a speaker goes; of forms with the same words, one."""
    written = dict.fromkeys([voice.name, *(each.text for each in voice.mentions)])
    return list(dict.fromkeys(map(_words, written)))


def _words(name: str) -> frozenset[str]:
    """The words of a name, whatever their case and accents."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return frozenset(WORD.findall(bare.casefold()))


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
