"""What a block of time hands to the next: the articles within reach, each with its story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import floor

from retold.stories.features import Features

BLOCK = 2  # days
UNDATED = 10**9  # the block of articles without a time, the last
REACH = 10.0  # days; a likeness of 1 fades below the cut after 9.2
BACKGROUND = 2000  # articles; with fewer, chance decides which words are rare
LIMIT = 200_000  # articles that undated ones are compared with; beyond, memory would go over 1 GB
FORM = 1  # of the packed bytes


@dataclass(frozen=True, slots=True)
class Telling:
    """An article as stories see it; ``moment`` in days since 1970 (UTC), None where it has no date."""

    article_id: str
    moment: float | None
    features: Features

    def order(self) -> tuple[bool, float, str]:
        """Return what sorts articles: by time, then id, undated last."""
        return (self.moment is None, self.moment or 0.0, self.article_id)


@dataclass(frozen=True, slots=True)
class State:
    """What a block must know of those before: the articles within reach, each with its story.

    ``firsts`` says of each story when its earliest article was. ``background`` are the articles by which a word is
    common or rare beside those at hand: the latest of the ``settled`` ones, or, while those are few, the first of all.
    """

    tellings: tuple[Telling, ...] = ()
    stories: tuple[str, ...] = ()
    firsts: Mapping[str, float | None] = field(default_factory=dict)
    background: tuple[Telling, ...] = ()
    settled: int = 0

    def pack(self) -> bytes:
        """Return the state as bytes; features rest elsewhere, and only their digests are in it."""
        import msgspec

        told = [(each.article_id, each.moment, each.features.digest()) for each in self.tellings]
        others = [(each.article_id, each.moment, each.features.digest()) for each in self.background]
        settled = min(self.settled, BACKGROUND)
        return msgspec.msgpack.encode([FORM, told, self.stories, sorted(self.firsts.items()), others, settled])

    def digest(self) -> bytes:
        """Return a name of the content: equal states have equal digests."""
        return sha256(self.pack()).digest()[:16]


def needs(packed: bytes) -> list[str]:
    """Return the ids of the articles whose features ``unpack`` asks for."""
    import msgspec

    parts = msgspec.msgpack.decode(packed)
    return sorted({each[0] for each in (*parts[1], *parts[4])})


def unpack(packed: bytes, features: Callable[[str], Features]) -> State:
    """Return the state that ``State.pack`` made bytes of; ``features`` gives those of an article by its id."""
    import msgspec

    _, told, stories, firsts, others, settled = msgspec.msgpack.decode(packed)
    known = {each[0]: Telling(each[0], each[1], features(each[0])) for each in (*told, *others)}
    tellings, background = (tuple(known[each[0]] for each in part) for part in (told, others))
    return State(tellings, tuple(stories), dict(map(tuple, firsts)), background, settled)


def begin(first: Iterable[Telling]) -> State:
    """Return the state before the first block; ``first`` are the first ``BACKGROUND`` articles of all in their order
    (more are cut off)."""
    return State(background=tuple(sorted(first, key=Telling.order)[:BACKGROUND]))


def everything(state: State, tellings: Iterable[Telling], stories: Mapping[str, str]) -> State:
    """Return the state before the block of undated articles: any story may be theirs, not the latest alone.

    ``tellings`` are the dated articles, ``stories`` the story of each by its id, mergers followed. Where there are more
    than ``LIMIT``, the latest count.
    """
    ordered = sorted(tellings, key=Telling.order)[-LIMIT:]
    moments: dict[str, float | None] = {}
    for each in ordered:
        moments.setdefault(stories[each.article_id], each.moment)
    told = tuple(stories[each.article_id] for each in ordered)
    return State(tuple(ordered), told, moments, state.background, state.settled)


def block_of(moment: float | None) -> int:
    """Return the number of the block of time that a moment lies in.

    >>> block_of(0.5), block_of(2.0), block_of(None) == UNDATED
    (0, 1, True)
    """
    return UNDATED if moment is None else floor(moment / BLOCK)


def blocks(tellings: Iterable[Telling]) -> list[tuple[int, list[Telling]]]:
    """Return articles by their blocks, both in order."""
    found: dict[int, list[Telling]] = {}
    for telling in sorted(tellings, key=Telling.order):
        found.setdefault(block_of(telling.moment), []).append(telling)
    return sorted(found.items())


def latest(kept: State, ordered: Sequence[Telling]) -> tuple[Telling, ...]:
    """The latest articles settled: those of the block, then those before."""
    known = {each.article_id: each for each in (*kept.background, *kept.tellings, *ordered)}
    last = ordered[-1].order()
    return tuple(sorted((each for each in known.values() if each.order() <= last), key=Telling.order)[-BACKGROUND:])


def within_reach(state: State, block: int) -> State:
    """The state without the articles that time has put out of reach of a block's first moment."""
    if block == UNDATED:
        return state
    since = block * BLOCK - REACH
    kept = [place for place, each in enumerate(state.tellings) if each.moment is None or each.moment >= since]
    stories = tuple(state.stories[place] for place in kept)
    firsts = {story: state.firsts[story] for story in stories}
    tellings = tuple(state.tellings[place] for place in kept)
    return State(tellings, stories, firsts, state.background, state.settled)
