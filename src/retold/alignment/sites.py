"""Places where the tellings of a passage part, for any number of versions at once.

Every telling is aligned with one base (chosen by content, it claims no priority); changes that touch on the base are
one site. Between two sites all tellings are equal to the letter, so any telling plus the sites gives any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retold.alignment.steps import Change, changes
from retold.alignment.strips import Strip

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Site:
    """Per telling (by its place in the given strips) the stretch of the strip that stands there."""

    readings: dict[int, Stretch]


def base_of(strips: Sequence[Strip], copies: Sequence[int]) -> int:
    """Return the place of the telling to align with: the one most versions have, then the longest, then by its words."""
    return min(range(len(strips)), key=lambda place: (-copies[place], -len(strips[place].text), strips[place].text))


def changed(strips: Sequence[Strip], base: int) -> dict[int, list[Change]]:
    """Return, for every telling but the base, its changes against the base."""
    return {place: changes(strips[base], other) for place, other in enumerate(strips) if place != base}


def sites(strips: Sequence[Strip], base: int, told: Mapping[int, Sequence[Change]]) -> list[Site]:
    """Return the sites of distinct tellings in order, from their changes against the base."""
    if len(told) == 1:
        [(other, found)] = told.items()
        made = [{base: (c.start, c.end), other: (c.other_start, c.other_end)} for c in found]
    else:
        made = [_readings(site, told, base) for site in _merged(told.values())]
    return [Site(part) for readings in made for part in _uncrossed(readings, strips)]


def _merged(told: Iterable[Sequence[Change]]) -> list[Stretch]:
    """The union of all changes on the base; stretches that touch are one."""
    spans = sorted((change.start, change.end) for found in told for change in found)
    merged: list[Stretch] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _readings(site: Stretch, told: Mapping[int, Sequence[Change]], base: int) -> dict[int, Stretch]:
    return {base: site} | {place: _reading(site, found) for place, found in told.items()}


def _reading(site: Stretch, found: Sequence[Change]) -> Stretch:
    """Where a stretch of the base stands in another telling; no change straddles its ends."""
    shift = grown = 0
    for change in found:
        if change.start > site[1]:
            break
        size = (change.other_end - change.other_start) - (change.end - change.start)
        if change.start >= site[0]:
            grown += size
        else:
            shift += size
    return site[0] + shift, site[1] + shift + grown


def _uncrossed(readings: dict[int, Stretch], strips: Sequence[Strip]) -> list[dict[int, Stretch]]:
    """A site split so that no reading crosses a cut of its version."""
    for place, (start, end) in readings.items():
        for cut in strips[place].cuts:
            if start < cut < end:
                first = {other: span for other, span in readings.items()} | {place: (start, cut)}
                second = {other: (span[1], span[1]) for other, span in readings.items()} | {place: (cut, end)}
                return [*_uncrossed(first, strips), *_uncrossed(second, strips)]
    return [readings]
