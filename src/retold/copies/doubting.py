"""Where the number of origins hangs by a thread: two that may be one, and members that may stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from retold.copies.gathering import ONE_TEXT, PIECE, Nearness, Tie
from retold.copies.judged import Doubt

BAND = 0.1  # of nearness, above and below ONE_TEXT, in which a few words more or less would have changed the verdict
MOST = 200  # told of one set of versions

Ranked = tuple[float, int, int, Doubt]


def doubts(home: Mapping[int, int], ties: Nearness, outlets: Sequence[str | None]) -> tuple[Doubt, ...]:
    """Return what is in doubt about the origins of some versions, the most doubtful first; ``home`` names for each the
    version that stands for its origin, ``outlets`` the outlets of all versions."""
    found = sorted([*_mergers(home, ties, outlets), *_splits(home, ties)], key=lambda each: each[:3])
    return tuple(doubt for *_, doubt in found[:MOST])


def _mergers(home: Mapping[int, int], ties: Nearness, outlets: Sequence[str | None]) -> Iterator[Ranked]:
    """For each two origins their nearest versions, where these are near enough."""
    best: dict[tuple[int, int], Tie] = {}
    for place, mine in sorted(home.items()):
        strange = [other for other in ties.of[place] if other > place and home.get(other, mine) != mine]
        for other in sorted(strange):
            tie = ties.of[place][other]
            pair = min(mine, home[other]), max(mine, home[other])
            if _doubtful(tie, outlets) and (pair not in best or tie.nearness > best[pair].nearness):
                best[pair] = tie
    for tie in best.values():
        one, other = min(tie.one, tie.other), max(tie.one, tie.other)
        yield abs(tie.nearness - ONE_TEXT), one, other, Doubt("merge", one, other, _merge_note(tie.nearness))


def _doubtful(tie: Tie, outlets: Sequence[str | None]) -> bool:
    """Whether two versions of two origins are nearly one text: neither an outlet that repeats itself, nor a brief that
    stands whole in something else."""
    outlet = outlets[tie.one]
    own = outlet is not None and outlet == outlets[tie.other]
    whole = max(tie.one_share, tie.other_share) >= PIECE and tie.nearness < ONE_TEXT
    return tie.nearness >= ONE_TEXT - BAND and not own and not whole


def _splits(home: Mapping[int, int], ties: Nearness) -> Iterator[Ranked]:
    """The members that are only just near to anybody of their origin."""
    sure = ONE_TEXT + BAND
    for place, leader in sorted(home.items()):
        if leader == place or ties.near(place, leader) >= sure:
            continue
        near = max((tie.nearness for other, tie in ties.of[place].items() if home.get(other) == leader), default=1.0)
        if near < sure:
            yield abs(near - ONE_TEXT), place, leader, Doubt("split", place, leader, _split_note(near))


def _merge_note(near: float) -> str:
    if near >= ONE_TEXT:
        return f"they are near to each other ({near:.2f}), though not to one text"
    return f"they share nearly enough text to go back to one source ({near:.2f}; {ONE_TEXT:.2f} are needed)"


def _split_note(near: float) -> str:
    return f"it shares only just enough text with the others of its origin ({near:.2f}; {ONE_TEXT:.2f} are needed)"
