"""Where a text has the words of a quotation: word for word, or most of them, and then what differs.

Case, typography and punctuation do not count: a quotation is its words, whatever house set them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from retold.archive.attributions import Differs
from retold.model.records import COMPARED, Version
from retold.statements.quoting import quotations
from retold.statements.records import Span
from retold.text.words import Token, tokens

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcodes

ANY = "und"  # words are compared as they are written, not by the spelling of a language
NEAR = 0.6  # of the words of a quotation, from which something comes near to it
DENSE = 0.5  # and of the words around them in the text: what is scattered is no quotation
FEWEST = 3  # words that come near to anything
LOOSE = 1.5  # a near one may be so much longer than what was asked
TRIES = 3  # stretches of a text that are looked at closely


class Found(NamedTuple):
    """A place in a text: [start, end), how much of the quotation it has, and what differs."""

    start: int
    end: int
    share: float
    differs: tuple[Differs, ...]


def words_of(text: str) -> list[Token]:
    """The words of a quotation, each with the form in which two of them are the same."""
    return [token for token in tokens(text, ANY) if token.word]


def places(text: str, quote: Sequence[Token], *, near: bool) -> list[Found]:
    """The places where a text has the words of a quotation, in its order; with ``near`` and none of these, the one that
    comes nearest."""
    own = words_of(text)
    keys, wanted = [token.key for token in own], [token.key for token in quote]
    exact = [Found(own[at].start, own[at + len(quote) - 1].end, 1.0, ()) for at in _exact(keys, wanted)]
    if exact or not near or len(quote) < FEWEST:
        return exact
    tried = [_nearest(text, own[start:end], quote) for start, end in _stretches(keys, wanted)]
    return sorted((one for one in tried if one), key=lambda one: (-one.share, one.start))[:1]


def _exact(keys: list[str], wanted: list[str]) -> Iterator[int]:
    """Yield each place where the words begin; none lies inside another."""
    at = 0
    while at <= len(keys) - len(wanted):
        if keys[at] == wanted[0] and keys[at : at + len(wanted)] == wanted:
            yield at
            at += len(wanted)
        else:
            at += 1


def _stretches(keys: Sequence[str], quote: Sequence[str]) -> list[tuple[int, int]]:
    """The stretches of a text that have most of the words, the best first; none overlaps another."""
    room = int(LOOSE * len(quote)) + FEWEST
    wanted = set(quote)
    hits = [at for at, key in enumerate(keys) if key in wanted]
    scored = []
    for place, at in enumerate(hits):
        inside = hits[place : bisect_right(hits, at + room - 1)]
        scored.append((-len({keys[each] for each in inside}), at))
    chosen: list[tuple[int, int]] = []
    for _, at in sorted(scored):
        if all(at >= end or at + room <= start for start, end in chosen):
            chosen.append((at, at + room))
            if len(chosen) == TRIES:
                break
    return chosen


def _nearest(text: str, around: Sequence[Token], quote: Sequence[Token]) -> Found | None:
    """What of a stretch comes near to a quotation, None where nothing does."""
    from rapidfuzz.distance import LCSseq

    wanted = [token.key for token in quote]
    here = _tight(around, wanted)
    codes = LCSseq.opcodes(wanted, [token.key for token in here])
    matched = sum(code.src_end - code.src_start for code in codes if code.tag == "equal")
    if matched < max(FEWEST, NEAR * len(quote)) or matched < DENSE * len(here):
        return None
    share = matched / max(len(quote), len(here))
    return Found(here[0].start, here[-1].end, share, tuple(_differs(text, codes, here, quote)))


def _tight(around: Sequence[Token], wanted: Sequence[str]) -> Sequence[Token]:
    """The shortest part of a stretch that has as much of the words: it begins as late, and ends as early, as it can."""
    from rapidfuzz.distance import LCSseq

    keys = [token.key for token in around]
    most = LCSseq.similarity(wanted, keys)
    ends = range(len(keys) + 1)
    end = bisect_left(ends, most, key=lambda at: LCSseq.similarity(wanted, keys[:at]))
    start = bisect_left(ends, True, hi=end, key=lambda at: LCSseq.similarity(wanted, keys[at + 1 : end]) < most)
    return around[start:end]


def _differs(text: str, codes: Opcodes, here: Sequence[Token], quote: Sequence[Token]) -> Iterator[Differs]:
    """Yield the places where a stretch of a text and a quotation part."""
    for is_same, some in groupby(codes, key=lambda code: code.tag == "equal"):
        run = list(some)
        start, end = run[0].dest_start, run[-1].dest_end
        asked = " ".join(token.text for token in quote[run[0].src_start : run[-1].src_end])
        there = text[here[start].start : here[end - 1].end] if start < end else ""
        if not is_same and (asked or there):
            yield Differs(asked=asked, text=there)


def is_marked(version: Version, found: Found) -> bool:
    """Whether all words of a place stand between quotation marks."""
    paragraphs = [(block.start, block.end) for block in version.blocks if block.kind in COMPARED]
    quoted: list[Span] = [(one.start, one.end) for one in quotations(version.text, paragraphs)]
    own = tokens(version.text, ANY, start=found.start, end=found.end)
    return all(any(start <= token.start and token.end <= end for start, end in quoted) for token in own if token.word)
