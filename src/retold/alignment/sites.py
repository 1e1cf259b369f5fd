"""Places where the tellings of a passage part, for any number of versions at once.

Every telling is aligned with one base (chosen by content, it claims no priority); changes that touch on the base are
one site. Between two sites all tellings are equal to the letter, so any telling plus the sites gives any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from retold.alignment.steps import Change, changes
from retold.alignment.strips import Heads, Strip

Stretch = tuple[int, int]
MARKS = re.compile(r"[^\w\s]+")


class Site(msgspec.Struct, frozen=True, gc=False):
    """Per telling (by its place in the given strips) the stretch of the strip that stands there."""

    readings: dict[int, Stretch]


def base_of(strips: Sequence[Strip], copies: Sequence[int]) -> int:
    """Return the place of the telling to align with: the one most versions have, then the longest, then by words."""
    letters = [one.letters for one in strips]
    return min(range(len(strips)), key=lambda place: (-copies[place], -len(letters[place]), letters[place]))


def changed(strips: Sequence[Strip], base: int) -> dict[int, list[Change]]:
    """Return, for every telling but the base, its changes against the base."""
    return {place: changes(strips[base], other) for place, other in enumerate(strips) if place != base}


def sites(strips: Sequence[Strip], base: int, told: Mapping[int, Sequence[Change]]) -> list[Site]:
    """Return the sites of distinct tellings in order, from their changes against the base."""
    if len(told) == 1:
        [(other, found)] = told.items()
        made = [{base: (c.start, c.end), other: (c.other_start, c.other_end)} for c in found]
    else:
        merged = [_readings(site, told, base, strips) for site in _merged(told.values())]
        made = [part for readings in merged for part in _parted(readings, strips)]
    made = [part for readings in made for part in _peeled(readings, strips)]
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


def _readings(
    site: Stretch, told: Mapping[int, Sequence[Change]], base: int, strips: Sequence[Strip]
) -> dict[int, Stretch]:
    shifts = [one.start - strips[base].start for one in strips]
    return {base: site} | {place: _reading(site, found, shifts[place]) for place, found in told.items()}


def _reading(site: Stretch, found: Sequence[Change], shift: int) -> Stretch:
    """Where a stretch of the base stands in another telling, which begins so much later; no change straddles its
    ends."""
    grown = 0
    for change in found:
        if change.start > site[1]:
            break
        size = (change.other_end - change.other_start) - (change.end - change.start)
        if change.start >= site[0]:
            grown += size
        else:
            shift += size
    return site[0] + shift, site[1] + shift + grown


def _parted(readings: dict[int, Stretch], strips: Sequence[Strip]) -> list[dict[int, Stretch]]:
    """A site that some tellings lack, parted where the others differ among themselves ("for 50 years", "for 53 years",
    and nothing): the difference is a site of its own, and so is what they have in common."""
    absent = {place: span for place, span in readings.items() if span[0] == span[1]}
    present = {place: span for place, span in readings.items() if span[0] < span[1]}
    texts = {strips[place].text[start:end] for place, (start, end) in present.items()}
    if not absent or len(texts) < 2 or len(present) == len(readings):
        return [readings]
    places = sorted(present)
    pieces = [_piece(strips[place], *present[place]) for place in places]
    base = base_of(pieces, [1] * len(pieces))
    inner = sites(pieces, base, changed(pieces, base))
    parts = []
    before = dict.fromkeys(range(len(places)), 0)
    for site in (*inner, None):
        spans = site.readings if site else {at: (piece.end, piece.end) for at, piece in enumerate(pieces)}
        common = {at: (before[at], spans[at][0]) for at in range(len(places))}
        for part in (common, spans if site else {}):
            if any(low < high for low, high in part.values()):
                moved = {
                    places[at]: (low + present[places[at]][0], high + present[places[at]][0])
                    for at, (low, high) in part.items()
                }
                parts.append(absent | moved)
        before = {at: spans[at][1] for at in range(len(places))}
    return parts


def _peeled(readings: dict[int, Stretch], strips: Sequence[Strip]) -> list[dict[int, Stretch]]:
    """A site where some tellings have only marks and others marks and words, as two: the marks, and the words."""
    ends = {}
    for place, (start, end) in readings.items():
        found = MARKS.match(strips[place].text, start, end)
        if found is None:
            return [readings]
        ends[place] = found.end()
    bare = [place for place, (_, end) in readings.items() if ends[place] == end]
    if not bare or len(bare) == len(readings):
        return [readings]
    marks = {place: (start, ends[place]) for place, (start, _) in readings.items()}
    words = {place: (ends[place], end) for place, (_, end) in readings.items()}
    same = len({strips[place].text[start:end] for place, (start, end) in marks.items()}) == 1
    return [words] if same else [marks, words]


def _piece(whole: Strip, start: int, end: int) -> Strip:
    """A stretch of a strip as a strip, in its own coordinates."""
    tokens = tuple([token.moved(-start) for token in whole.tokens_in(start, end)])
    return Strip(
        whole.text[start:end],
        0,
        end - start,
        ((0, end - start),),
        tokens,
        (),
        whole.language,
        Heads([], []),
        [token.start for token in tokens],
    )


def _uncrossed(readings: dict[int, Stretch], strips: Sequence[Strip]) -> list[dict[int, Stretch]]:
    """A site split so that no reading crosses a cut of its version; the others' words go with the first part."""
    whole: list[dict[int, Stretch]] = []
    pending = [readings]
    while pending:
        part = pending.pop()
        crossing = _crossing(part, strips)
        if crossing is None:
            whole.append(part)
            continue
        place, cut = crossing
        start, end = part[place]
        rest = {other: (span[1], span[1]) for other, span in part.items()}
        pending += [rest | {place: (cut, end)}, part | {place: (start, cut)}]  # the first part is looked at next
    return whole


def _crossing(readings: Mapping[int, Stretch], strips: Sequence[Strip]) -> tuple[int, int] | None:
    """A telling whose reading crosses a cut, and the cut; None where none does."""
    for place, (start, end) in readings.items():
        for cut in strips[place].cuts:
            if start < cut < end:
                return place, cut
    return None
