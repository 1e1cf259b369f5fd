"""What readers correct of how articles were read: checked, kept, taken back, and shown beside what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from retold.archive import readings
from retold.archive.corrected import (
    BLOCK,
    FIELDS,
    UNKNOWN,
    Known,
    Read,
    Said,
    Span,
    corrected,
    overlaps,
    trimmed,
)
from retold.archive.honouring import ARTICLES, Stood, outcomes, said_of, versions_as_read
from retold.archive.naming import article_id
from retold.archive.prepared import blocks_of, clean, seconds
from retold.archive.recurring import aside
from retold.archive.texts import judged, names_of
from retold.inputs.fields import language_code
from retold.model.errors import UsageError
from retold.model.records import Block, Kind
from retold.store.store import Store

LEFT_OUT = "left out"  # what words between the blocks are
LONGEST = 1000  # characters of a field
PLACES = "List its places with: retold correct {name}"


class Plan(NamedTuple):
    """What a correction changes: what is said now, and what was said before and gives way."""

    article: str
    said: tuple[Said, ...]
    gone: tuple[Said, ...]


def planned(
    store: Store,
    name: str,
    *,
    fields: Mapping[str, str],
    blocks: Iterable[tuple[int, int, str]],
    version: str | None,
) -> Plan:
    """What it takes to correct a version of an article, the newest unless another is named. What was corrected, and is
    to be again as it was read, is no longer corrected; all else is kept as it is said, even where it was read so, for
    what is read may change with what is added or learned.

    Raises UsageError for no such article or version, a place or a kind that is none, and a field that cannot say so.
    """
    article = article_id(store, name)
    versions = versions_as_read(store, article)
    mine = _chosen(store, versions, article, name, version)
    said = said_of(store, article)
    values = {part: _value(part, stated) for part, stated in fields.items()}
    spans = _spans(mine.known.text, blocks, name)
    gone = [each for each in said if each.version_id == mine.known.id and _gives_way(each, values, spans)]
    read = corrected(mine.known, _known(versions), [each for each in said if each not in gone]).read
    shown = {(each.start, each.end): each.kind for each in _shown(read, _furniture(store, article))}
    back = {each.part for each in gone}
    new = [
        Said(mine.known.id, part, 0, 0, "", value)
        for part, value in values.items()
        if part not in back or value != _said_by(read, part)
    ]
    new += [
        Said(mine.known.id, BLOCK, *span, mine.known.text[span[0] : span[1]], kind.value)
        for span, kind in spans.items()
        if shown.get(span) is not kind or not overlaps([(each.start, each.end) for each in gone], span)
    ]
    return Plan(
        article, tuple(each for each in new if each not in gone), tuple(each for each in gone if each not in new)
    )


def _said_by(read: Read, part: str) -> str | None:
    """What a reading has in a field, as a correction would say it."""
    found: str | None = getattr(read, part)
    return None if part == "language" and found == UNKNOWN else found


def _gives_way(said: Said, values: Mapping[str, str | None], spans: Iterable[Span]) -> bool:
    """Whether something else is said now of a field, or of a place."""
    return overlaps(spans, (said.start, said.end)) if said.part == BLOCK else said.part in values


def _chosen(store: Store, versions: Sequence[Stood], article: str, name: str, version: str | None) -> Stood:
    """A version of an article, the newest where none is named."""
    if version is None:
        number = store.one("SELECT current FROM articles WHERE id = :id", id=article)[0]
        return next((each for each in versions if each.number == number), versions[0])
    for each in versions:
        if each.known.id == version:
            return each
    raise UsageError(f"{name} has no version {version!r}. List its versions with: retold revisions {name}")


def _value(part: str, stated: str) -> str | None:
    """What a field should say, None for nothing; raises UsageError where it cannot say so."""
    value = " ".join(clean(stated).split()) or None
    if value is None:
        return None
    if len(value) > LONGEST:
        raise UsageError(f"The {part} has {len(value):,} characters, and at most {LONGEST:,} are wanted. Shorten it.")
    if part == "published" and seconds(value) is None:
        raise UsageError(
            f"published {value!r} is no time. A day or a moment is wanted, such as 2026-05-03 or "
            "2026-05-03T18:30:00+02:00; nothing, where the page states none."
        )
    if part != "language":
        return value
    code = language_code(value)
    if code is None:
        raise UsageError(f"language {value!r} is none. A code or a name is wanted, such as en or German.")
    return code


def _spans(text: str, blocks: Iterable[tuple[int, int, str]], name: str) -> dict[Span, Kind]:
    """Which places are of which kind, in order; raises UsageError where one is none, or two overlap."""
    found: dict[Span, Kind] = {}
    for start, end, kind in blocks:
        found[_span(text, start, end, name)] = _kind(kind)
    for one, other in pairwise(sorted(found)):
        if other[0] < one[1]:
            raise UsageError(
                f"{one[0]}-{one[1]} and {other[0]}-{other[1]} overlap. Each place of the text is one thing; name each "
                f"once. {PLACES.format(name=name)}"
            )
    return dict(sorted(found.items()))


def _span(text: str, start: int, end: int, name: str) -> Span:
    if not 0 <= start < end <= len(text):
        raise UsageError(
            f"{start}-{end} is no place in this text, which has {len(text):,} characters: START-END is wanted, from 0 "
            f"on, END not in it. {PLACES.format(name=name)}"
        )
    span = trimmed(text, start, end)
    if span is None:
        raise UsageError(f"At {start}-{end} stands nothing but white space. {PLACES.format(name=name)}")
    return span


def _kind(stated: str) -> Kind:
    try:
        return Kind(stated.strip().lower())
    except ValueError:
        raise UsageError(f"{stated!r} is no kind of block. There are: {', '.join(Kind)}") from None


def keep(store: Store, plan: Plan, run: int) -> int:
    """Keep a correction; return how many rows were changed."""
    with store.transaction():
        gone = [(plan.article, each.version_id, each.part, each.start) for each in plan.gone]
        count = store.do(
            "DELETE FROM corrections WHERE article_id = ? AND version_id = ? AND part = ? AND start = ?", gone
        )
        return max(count, 0) + store.put("corrections", [(plan.article, *each, run) for each in plan.said])


def take_back(store: Store, name: str, run: int) -> int:
    """Take back all that was corrected of an article; return how many rows that were."""
    article = article_id(store, name)
    with store.transaction():
        return store.do("DELETE FROM corrections WHERE article_id = :article", article=article)


def check_corrected(store: Store, name: str) -> None:
    """Raise UsageError where nothing of an article is corrected, or there is none."""
    if not said_of(store, article_id(store, name)):
        raise UsageError(f"Nothing of {name} is corrected. List what is with: retold corrections")


def reading(store: Store, name: str, version: str | None = None) -> readings.Reading:
    """How a version of an article was read, and what was corrected of that; raises UsageError where there is none."""
    article = article_id(store, name)
    versions = versions_as_read(store, article)
    mine = _chosen(store, versions, article, name, version)
    said = said_of(store, article)
    read, now = mine.known.read, corrected(mine.known, _known(versions), said).read
    furniture = _furniture(store, article)
    return readings.Reading(
        article_id=article,
        source_ids=names_of(store, [article])[article],
        version_id=mine.known.id,
        corrected=bool(said),
        honoured=_honoured(versions, said),
        fields=[readings.ReadField(part, _said_by(read, part), _said_by(now, part)) for part in FIELDS],
        parts=list(parts(mine.known.text, _shown(read, furniture), _shown(now, furniture))),
        corrections=_told(versions, said, furniture),
    )


def listed(store: Store, name: str | None = None) -> readings.Corrections:
    """What readers corrected, of one article or of all; raises UsageError where there is no such article."""
    names = [article_id(store, name)] if name is not None else [article for (article,) in store.ask(ARTICLES)]
    known = names_of(store, names)
    return readings.Corrections(
        articles=[found for article in names if (found := _article(store, article, known[article]))]
    )


def _article(store: Store, article: str, names: list[str]) -> readings.CorrectedArticle | None:
    """What was corrected of an article; None where nothing is, nor waits to be taken back."""
    versions, said = versions_as_read(store, article), said_of(store, article)
    honoured = _honoured(versions, said)
    if not said and honoured:
        return None
    mine = _chosen(store, versions, article, article, None)
    now = corrected(mine.known, _known(versions), said).read
    told = _told(versions, said, _furniture(store, article))
    return readings.CorrectedArticle(article, names, now.outlet, now.title, honoured, told)


def _known(versions: Iterable[Stood]) -> dict[str, Known]:
    return {each.known.id: each.known for each in versions}


def _honoured(versions: Sequence[Stood], said: Sequence[Said]) -> bool:
    """Whether the archive is as corrected, and was learned from since."""
    wanted = outcomes(versions, said)
    return all(each.now == outcome.read and each.marked is None for each, outcome in zip(versions, wanted, strict=True))


def _furniture(store: Store, article: str) -> set[bytes]:
    """What recurs on the pages of an article's outlet."""
    question = (
        "SELECT furniture.print FROM articles JOIN furniture ON furniture.outlet = articles.outlet "
        "WHERE articles.id = :article"
    )
    return {mark for (mark,) in store.ask(question, article=article)}


def _shown(read: Read, furniture: Iterable[bytes]) -> tuple[Block, ...]:
    """The blocks of a reading, with what its outlet's other pages show to be furniture."""
    return judged(blocks_of(read.blocks), aside(read.prints, furniture))


def parts(text: str, read: Sequence[Block], now: Sequence[Block]) -> Iterator[readings.ReadPart]:
    """Each part of a text in order, as read and as corrected."""
    place = 0
    for block in (*now, Block(len(text), len(text), Kind.FURNITURE)):
        for start, end in _lines(text, place, block.start):
            yield readings.ReadPart(start, end, text[start:end], _kinds(read, start, end), LEFT_OUT, "")
        if block.end > block.start:
            kinds = _kinds(read, block.start, block.end)
            words = text[block.start : block.end]
            yield readings.ReadPart(block.start, block.end, words, kinds, block.kind.value, block.reason)
        place = max(place, block.end)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Each line between two places that holds more than white space."""
    place = start
    for line in text[start:end].splitlines(keepends=True):
        span = trimmed(text, place, place + len(line))
        if span:
            yield span
        place += len(line)


def _kinds(blocks: Sequence[Block], start: int, end: int) -> str:
    """The kinds of the blocks in a place, each once in order; what is in none is left out."""
    from bisect import bisect_right

    found = []
    for block in blocks[bisect_right(blocks, start, key=lambda block: block.end) :]:
        if block.start >= end:
            break
        found.append(block.kind.value)
    return ", ".join(dict.fromkeys(found)) or LEFT_OUT


def _told(versions: Sequence[Stood], said: Iterable[Said], furniture: Iterable[bytes]) -> list[readings.Correction]:
    """What was corrected, in the order of fields and places, and for which versions it does not hold."""
    known = _known(versions)
    wanted = outcomes(versions, list(said))
    shown = {each.known.id: _shown(each.known.read, furniture) for each in versions}
    order = {part: place for place, part in enumerate((*FIELDS, BLOCK))}
    found = []
    for each in sorted(said, key=lambda one: (one.version_id, order.get(one.part, len(order)), one.start)):
        other = known.get(each.version_id)
        if other is None:
            before = None
        elif each.part == BLOCK:
            before = _kinds(shown[other.id], each.start, each.end)
        else:
            before = _said_by(other.read, each.part)
        lacking = [one.known.id for one, outcome in zip(versions, wanted, strict=True) if each in outcome.missed]
        span = (each.start, each.end)
        found.append(readings.Correction(each.version_id, each.part, *span, each.words, before, each.value, lacking))
    return found
