"""An axis of time: long silences are shortened, and say so, that the busy hours can be told apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
STEPS = tuple(
    [MINUTE * each for each in (1, 5, 15, 30)]
    + [HOUR * each for each in (1, 2, 6, 12)]
    + [DAY * each for each in (1, 2, 7, 14, 28, 91, 182, 365)]
)
APART = 120.0  # units of the picture between two ticks: so long is "2026-05-06 14:00" in small letters
SILENCE = 0.6  # of all time that is shown: from here on one gap alone is shortened
LEFT_OF_IT = 0.5  # of all other time: so long is a shortened gap
BEFORE = 10.0  # units: so far before the next tick a shortened gap is marked
BUSY = MINUTE  # what is left must be longer than that, else the gap is all that there is to see


@dataclass(frozen=True, slots=True)
class Tick:
    """A time with its place on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Where each moment stands, which are named, and where a silence was shortened."""

    moments: Sequence[float]
    places: Sequence[float]
    ticks: Sequence[Tick]
    breaks: Sequence[float]

    def at(self, moment: float) -> float:
        """The place of a moment that the axis was made for."""
        return self.places[bisect_right(self.moments, moment) - 1]


def axis(moments: Sequence[float], *, start: float, width: float) -> Axis:
    """An axis for some moments (seconds since 1970), from ``start`` on and so wide."""
    distinct = sorted(set(moments))
    gaps = [later - earlier for earlier, later in pairwise(distinct)]
    lengths = shortened(gaps)
    scale = width / sum(lengths) if lengths else 0.0
    places = [start]
    for length in lengths:
        places.append(places[-1] + length * scale)
    broken = [at for at, (gap, length) in enumerate(zip(gaps, lengths, strict=True)) if length < gap]
    breaks = [max(places[at + 1] - BEFORE, (places[at] + places[at + 1]) / 2) for at in broken]
    return Axis(distinct, places, list(_ticks(distinct, places, broken, scale)), breaks)


def shortened(gaps: Sequence[float]) -> list[float]:
    """Gaps of time, those that would leave no room for the others made shorter.

    >>> shortened([600.0, 900.0, 864000.0])
    [600.0, 900.0, 750.0]
    """
    told = list(gaps)
    rest = sum(gaps)
    for place in sorted(range(len(gaps)), key=lambda place: (-gaps[place], place)):
        left = rest - gaps[place]
        if gaps[place] <= SILENCE * rest or left < BUSY:
            break
        told[place] = LEFT_OF_IT * left
        rest = left
    return told


def _ticks(moments: Sequence[float], places: Sequence[float], broken: Sequence[int], scale: float) -> Iterator[Tick]:
    """Yield the times that are named: round ones, and the first after each silence, none too near to the one before."""
    step = next((each for each in STEPS if each * scale >= APART), STEPS[-1])
    last = -APART
    firsts = [0, *(at + 1 for at in broken)]
    for first, end in zip(firsts, [*broken, len(moments) - 1], strict=True):
        begin = moments[first]
        round_ones = _multiples(begin, moments[end], step) if scale else []
        for moment in [begin, *round_ones]:
            x = places[first] + (moment - begin) * scale
            if x - last >= APART:
                yield Tick(x, named(moment))
                last = x


def _multiples(first: float, last: float, step: float) -> Iterator[float]:
    """Yield the multiples of a step after one moment, up to another."""
    moment = (first // step + 1) * step
    while moment <= last:
        yield moment
        moment += step


def named(moment: float) -> str:
    """A moment in UTC, to its minute; midnight is told as its day.

    >>> named(0.0), named(3600.0)
    ('1970-01-01', '1970-01-01 01:00')
    """
    told = datetime.fromtimestamp(moment, UTC)
    return f"{told:%Y-%m-%d}" if (told.hour, told.minute) == (0, 0) else f"{told:%Y-%m-%d %H:%M}"
