"""Does a quotation stand anywhere, word for word, by whom, and in which versions? And what comes near to it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from retold import answers
from retold.archive import provenance
from retold.archive.attributions import Place, Quote
from retold.archive.quote_places import Found, is_marked, places, words_of
from retold.attributing import Heard, said_of
from retold.model.errors import UsageError
from retold.model.records import Version
from retold.pictures.verdicts import quoted
from retold.text.words import Token

MOST_WORDS = 2_000  # of a quotation; a longer text is asked about with `retold check`
NOTHING = "No words were given. The words of a quotation are wanted, between quotation marks."
TOO_LONG = "These are {:,} words, and {:,} are the most. Ask about a whole text with: retold check TEXT"


class Located(NamedTuple):
    """A place that has the words, in a version of an article: ``number`` is what the archive calls the version."""

    number: int
    article_id: str
    version: Version
    current: bool
    found: Found
    marked: bool


class Candidate(NamedTuple):
    """A version in which the words may stand."""

    number: int
    article_id: str
    version: Version
    current: bool


def wanted(text: str) -> list[Token]:
    """The words of a quotation; raises UsageError where there are none, or too many."""
    found = words_of(text)
    if not found:
        raise UsageError(NOTHING)
    if len(found) > MOST_WORDS:
        raise UsageError(TOO_LONG.format(len(found), MOST_WORDS))
    return found


def located(candidates: Iterable[Candidate], quote: Sequence[Token]) -> tuple[list[Located], list[Located]]:
    """The places that have a quotation word for word, those between quotation marks first, and those near to it.

    Both are in the order of the candidates, but for that.
    """
    exact: list[Located] = []
    near: list[Located] = []
    for each in candidates:
        for found in places(each.version.text, quote, near=True):
            one = Located(*each, found, is_marked(each.version, found))
            (exact if found.share == 1.0 and not found.differs else near).append(one)
    exact.sort(key=lambda one: not one.marked)
    near.sort(key=lambda one: (-one.found.share, len(one.found.differs), not one.marked))
    return exact, near


def answer(
    text: str,
    found: tuple[Sequence[Located], Sequence[Located]],
    hear: Callable[[Located], Heard],
    names: Mapping[str, Iterable[str]],
    homes: Mapping[str, str],
    count: provenance.Count | None,
    *,
    limit: int | None,
    rejects: Sequence[provenance.Unread] = (),
) -> Quote:
    """The answer from the places that were found; ``hear`` tells what a version has people say."""
    exact, near = found
    told = [_place(one, hear(one), names, homes) for one in exact[:limit]]
    beside = [_place(one, hear(one), names, homes) for one in near[:limit]]
    articles = {one.article_id for one in exact}
    speakers = Counter(place.speaker for place in told if place.speaker and place.marked)
    return Quote(
        text=text,
        words=len(words_of(text)),
        verdict=quoted(
            len(articles),
            marked=len({one.article_id for one in exact if one.marked}),
            origins=count.likely if count else None,
            speakers=[name for name, _ in sorted(speakers.items(), key=lambda each: (-each[1], each[0]))],
            nearest=near[0].found.share if near else 0.0,
        ),
        articles=len(articles),
        outlets=len({one.version.outlet for one in exact if one.version.outlet}),
        count=count,
        speakers=sorted({place.speaker for place in told if place.speaker}),
        total=len(exact),
        found=told,
        near=beside,
        rejects=list(rejects),
    )


def _place(one: Located, heard: Heard, names: Mapping[str, Iterable[str]], homes: Mapping[str, str]) -> Place:
    version, found = one.version, one.found
    said, speaker = _said(version, heard, found)
    return Place(
        article_id=one.article_id,
        source_ids=sorted(names[one.article_id]),
        version_id=version.id,
        outlet=version.outlet,
        title=version.title,
        url=version.url,
        published=version.published,
        origin_id=homes.get(one.article_id),
        start=found.start,
        end=found.end,
        text=version.text[found.start : found.end],
        share=round(found.share, 4),
        differs=list(found.differs),
        marked=one.marked,
        speaker=speaker,
        said=said,
        current=one.current,
    )


def _said(version: Version, heard: Heard, found: Found) -> tuple[answers.Said | None, str]:
    """The statement to which the words of a place belong, the innermost that has most of them, and who makes it."""
    best: tuple[int, int, int] | None = None
    for place, one in enumerate(heard.statements):
        covered = sum(max(0, min(end, found.end) - max(start, found.start)) for start, end in one.content)
        if 2 * covered >= found.end - found.start:
            best = max(best or (0, 0, 0), (covered, one.depth, -place))
    if best is None:
        return None, ""
    place = -best[2]
    speaker = heard.speakers[place]
    return said_of(version.text, heard.statements[place]), speaker.name if speaker else ""
