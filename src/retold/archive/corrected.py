"""A version as a reader corrected it: a function of how it was read, and of what was said of its article.

What was said of one version holds for the others of its article too, where they were read the same: a field that says
what the corrected one said, a place that has the same words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from retold.archive.prepared import (
    NO_PRINT,
    PRINT,
    block_print,
    blocks_of,
    credits_of,
    packed_blocks,
    packed_credits,
)
from retold.model.records import Block, Credit, Kind
from retold.reading.again import credits_as

FIELDS = ("title", "outlet", "author", "published", "language")
BLOCK = "block"
CORRECTED = "corrected by a reader"
UNKNOWN = "und"  # what a language is that nobody knows

Span = tuple[int, int]


class Said(NamedTuple):
    """One thing that a reader corrected, as the table ``corrections`` has it."""

    version_id: str
    part: str
    start: int
    end: int
    words: str
    value: str | None


class Read(NamedTuple):
    """All of a version that can be corrected, as its row has it."""

    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    language: str
    blocks: bytes
    credits: bytes
    prints: bytes


class Known(NamedTuple):
    """A version as it was read; ``stood`` is when."""

    id: str
    text: str
    stood: float | None
    read: Read


class Outcome(NamedTuple):
    """A version as corrected, and what was said of its article that could not be found in it."""

    read: Read
    missed: tuple[Said, ...]


def corrected(version: Known, others: Mapping[str, Known], said: Iterable[Said]) -> Outcome:
    """A version as what was said of it and of ``others``, all versions of its article by their ids, has it.

    What was said of the version itself comes first, then what was said of the one that stood last.
    """
    order = sorted(said, key=lambda each: _order(version, others, each))
    values, missed = _values(version, others, [each for each in order if each.part != BLOCK])
    read = Read(**{**version.read._asdict(), **values})
    spans, lost = _spans(version, others, [each for each in order if each.part == BLOCK])
    return Outcome(_painted(version.text, read, spans) if spans else read, (*missed, *lost))


def _order(version: Known, others: Mapping[str, Known], said: Said) -> tuple[bool, float, str, str, int]:
    other = others.get(said.version_id)
    stood = other.stood if other and other.stood is not None else float("-inf")
    return said.version_id != version.id, -stood, said.version_id, said.part, said.start


def _values(
    version: Known, others: Mapping[str, Known], said: Sequence[Said]
) -> tuple[dict[str, str | None], list[Said]]:
    """What the fields of a version should say, and what was said of others that read otherwise."""
    found: dict[str, str | None] = {}
    missed = []
    for each in said:
        if each.part in found:
            continue
        if _reads_alike(version, others.get(each.version_id), each.part):
            found[each.part] = each.value if each.part != "language" else each.value or UNKNOWN
        else:
            missed.append(each)
    return found, missed


def _reads_alike(version: Known, other: Known | None, part: str) -> bool:
    return other is not None and getattr(version.read, part) == getattr(other.read, part)


def _spans(version: Known, others: Mapping[str, Known], said: Sequence[Said]) -> tuple[dict[Span, Kind], list[Said]]:
    """Which places of a version are of which kind, in order, and what was said of places that it does not have."""
    found: dict[Span, Kind] = {}
    missed = []
    places: dict[str, Places] = {}
    for each in said:
        span: Span | None = (each.start, each.end)
        if each.version_id != version.id:
            other = others.get(each.version_id)
            span = None if other is None else _same(_places(version, places), _places(other, places), each)
        if span is None or version.text[span[0] : span[1]] != each.words:
            missed.append(each)
        elif not overlaps(found, span):
            found[span] = Kind(each.value or Kind.FURNITURE)
    return dict(sorted(found.items())), missed


def overlaps(spans: Iterable[Span], span: Span) -> bool:
    """Whether a place has characters in common with one of others."""
    return any(start < span[1] and span[0] < end for start, end in spans)


class Places(NamedTuple):
    """A text, and where its blocks are by their words."""

    text: str
    blocks: Mapping[str, list[Span]]


def _places(version: Known, made: dict[str, Places]) -> Places:
    if version.id not in made:
        blocks: defaultdict[str, list[Span]] = defaultdict(list)
        for block in blocks_of(version.read.blocks):
            blocks[version.text[block.start : block.end]].append((block.start, block.end))
        made[version.id] = Places(version.text, blocks)
    return made[version.id]


def _same(version: Places, other: Places, said: Said) -> Span | None:
    """Where a version has the words that were corrected in another one, None where nobody can say: the block of these
    words, of several the one in the same place of their order; else the words themselves, if both have them as often.
    """
    span, here, there = (said.start, said.end), version.blocks.get(said.words, []), other.blocks.get(said.words, [])
    if span in there:
        return here[there.index(span)] if there.index(span) < len(here) else None
    theirs, ours = _found(said.words, other.text), _found(said.words, version.text)
    return ours[theirs.index(span)] if span in theirs and len(ours) == len(theirs) else None


def _found(words: str, text: str) -> list[Span]:
    return [match.span() for match in re.finditer(re.escape(words), text)]


def _painted(text: str, read: Read, spans: Mapping[Span, Kind]) -> Read:
    """A reading in which places are of other kinds, with the blocks around them cut where they reach into them."""
    before = blocks_of(read.blocks)
    places = list(spans)
    kept = [piece for block in before for piece in _left(text, block, places)]
    made = [Block(start, end, kind, CORRECTED) for (start, end), kind in spans.items()]
    blocks = sorted([*kept, *made], key=lambda block: block.start)
    credited = _credits(text, read, before, blocks, spans)
    old = dict(zip(before, (read.prints[at : at + PRINT] for at in range(0, len(read.prints), PRINT)), strict=True))
    prints = [NO_PRINT if _is_made(block, spans) else old.get(block) or block_print(text, block) for block in blocks]
    return read._replace(blocks=packed_blocks(blocks), credits=packed_credits(credited), prints=b"".join(prints))


def _is_made(block: Block, spans: Mapping[Span, Kind]) -> bool:
    """Whether a reader said what a block is: then the outlet's other pages have no say in it."""
    return (block.start, block.end) in spans


def _left(text: str, block: Block, places: Sequence[Span]) -> Iterator[Block]:
    """What is left of a block outside of some places, which are in order."""
    start = block.start
    at = bisect_left(places, block.start, key=lambda place: place[1])  # the first that ends within it, or behind it
    for low, high in places[at:]:
        if low >= block.end:
            break
        if high > start:
            yield from _trimmed(text, replace(block, start=start, end=max(start, low)))
            start = high
    if start == block.start:
        yield block
    elif start < block.end:
        yield from _trimmed(text, replace(block, start=start))


def _trimmed(text: str, block: Block) -> Iterator[Block]:
    span = trimmed(text, block.start, block.end)
    if span:
        yield replace(block, start=span[0], end=span[1])


def trimmed(text: str, start: int, end: int) -> Span | None:
    """A place without the white space around it; None where there is nothing else."""
    words = text[start:end]
    bare = words.strip()
    first = start + len(words) - len(words.lstrip())
    return (first, first + len(bare)) if bare else None


def _credits(
    text: str, read: Read, before: Iterable[Block], after: Sequence[Block], spans: Mapping[Span, Kind]
) -> list[Credit]:
    """The credits of a version, read again where a place is of another kind now."""
    kinds = {(block.start, block.end): block.kind for block in before}
    anew = {span: kind for span, kind in spans.items() if kinds.get(span) is not kind}
    last = max((block.start for block in after if block.kind is Kind.PARAGRAPH), default=-1)
    kept = [each for each in credits_of(read.credits) if not overlaps(anew, (each.start, each.end))]
    made = [
        Credit(start + found.start, start + found.end, found.kind, found.name, found.person)
        for (start, end), kind in anew.items()
        for found in credits_as(text[start:end], kind, language=read.language, last=start == last)
    ]
    return sorted([*kept, *made], key=lambda each: (each.start, each.end))
