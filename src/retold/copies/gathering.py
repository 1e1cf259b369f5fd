"""Versions gathered into origins: each by the text that stands for its origin, and not by chains.

A text that many others are near to stands for its origin; the others join the one that they are nearest to. What is
only near to another one that joined is not of the origin, unless it is that text again: a later state of it by the same
agency, or a piece cut from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from retold.kernels.arrays import Array

# Set on families of real articles that were grouped by reading; none of these is in the project.
ONE_TEXT = 0.5  # nearness from which two versions go back to one text
LEAD_BONUS = 0.15  # both begin with the same news
WIDE = (
    1.25  # times the longer's share: without a common beginning the text must be a good part of the longer one as well
)
DWELLING = 1.6  # times it, where the longer one goes on about the same thing: it is no roundup, and no file of a day
PIECE = 0.8  # of a version stands in another: it is cut from it
STATE = 0.2  # nearness of two states of one agency's text on one day
STATE_BONUS = 0.2  # a text that is written on changes more than one that is cut
STATE_DAYS = 0.5  # a main story of the next day is another text


class Tie(msgspec.Struct, frozen=True, gc=False):
    """What two versions have in common: the share of each one's running text that is copied, and how near they are to
    being one text, 0 to 1. ``state``: both are one agency's, of one day."""

    one: int
    other: int
    one_share: float
    other_share: float
    nearness: float
    state: bool = False

    def shares(self, place: int) -> tuple[float, float]:
        """Return the share of one of the two, and that of the other."""
        return (self.one_share, self.other_share) if place == self.one else (self.other_share, self.one_share)


def nearness(low: Array, high: Array, lead: Array, state: Array) -> Array:
    """Return how near pairs of versions are to being one text, from the smaller and the larger share of running text
    that is copied; ``lead``: both begin with the same news; ``state``: both are one agency's, of one day."""
    import numpy as np

    bonus = np.where(lead & (high >= STATE), LEAD_BONUS, 0) + np.where(state & (high >= STATE), STATE_BONUS, 0)
    found: Array = np.minimum(1.0, np.where(lead & (high >= STATE), high, np.minimum(high, WIDE * low)) + bonus)
    return found


def dwelling(low: float, high: float) -> float:
    """Return how near two versions are of which the longer is about the same thing elsewhere, too."""
    return min(high, DWELLING * low)


class Nearness:
    """Who is near to whom; a tie is asked for from either side."""

    def __init__(self, count: int, ties: Iterable[Tie]) -> None:
        self.of: list[dict[int, Tie]] = [{} for _ in range(count)]
        for tie in ties:
            self.of[tie.one][tie.other] = tie
            self.of[tie.other][tie.one] = tie

    def share(self, of: int, other: int) -> float:
        """Return what share of one version stands in another."""
        tie = self.of[of].get(other)
        return 0.0 if tie is None else tie.shares(of)[0]

    def near(self, one: int, other: int) -> float:
        """Return how near two versions are."""
        tie = self.of[one].get(other)
        return tie.nearness if tie else 0.0


def gathered(places: Sequence[int], ties: Nearness, lengths: Sequence[int], *, cut: float = ONE_TEXT) -> dict[int, int]:
    """Return for each of some versions the one that stands for its origin.

    ``lengths``: characters of running text of every version; ``cut``: the nearness from which two are one text. Of two
    that as many are near to, the one stands for the origin to which they are nearer, then the longer one, then the
    first.
    """
    near = {
        place: {other: tie.nearness for other, tie in ties.of[place].items() if tie.nearness >= cut} for place in places
    }
    home = _leaders(places, near, lengths)
    leaders = sorted(set(home.values()))
    for place in places:
        if home[place] != place:
            mine = [(-near[place][leader], leader) for leader in near[place] if home.get(leader) == leader]
            home[place] = min(mine)[1] if mine else home[place]
    for leader in sorted(leaders, key=lambda leader: (lengths[leader], leader)):
        _join_states(leader, home, ties)
    return home


def _leaders(places: Sequence[int], near: Mapping[int, Mapping[int, float]], lengths: Sequence[int]) -> dict[int, int]:
    """The version that stands for each one's origin: again and again the one to which most of the rest are near."""
    home: dict[int, int] = {}
    wanted = set(places)

    def weight(place: int) -> tuple[int, int, int, int]:
        followers = [round(near[place][other] * 1000) for other in near[place] if other in wanted and other not in home]
        return -len(followers), -sum(followers), -lengths[place], place

    heap = [weight(place) for place in places]
    heapify(heap)
    while heap:
        known = heappop(heap)
        place = known[-1]
        if place in home:
            continue
        now = weight(place)
        if now != known:
            heappush(heap, now)
            continue
        home[place] = place
        for other in near[place]:
            if other in wanted:
                home.setdefault(other, place)
    return home


def _join_states(leader: int, home: dict[int, int], ties: Nearness) -> None:
    """Let an origin join another one of which its text is a piece or a state."""
    members = [place for place, mine in home.items() if mine == leader]
    joints = [
        (-tie.nearness, place, other)
        for place in members
        for other, tie in ties.of[place].items()
        if home.get(other, leader) != leader and tie.nearness >= ONE_TEXT
    ]
    for _, place, other in sorted(joints):
        piece = place == leader and ties.share(leader, other) >= PIECE
        state = ties.of[place][other].state and _known(leader, home[other], home, ties)
        if piece or state:
            target = home[other]
            for each in members:
                home[each] = target
            return


def _known(leader: int, target: int, home: Mapping[int, int], ties: Nearness) -> bool:
    """Whether the text that stands for an origin has something of its own in common with another origin."""
    return any(mine == target and ties.near(leader, place) >= STATE for place, mine in home.items())
