"""From linked sentences to passages: paragraphs with their counterparts, in one order for all versions.

A paragraph that one version splits and another joins is one passage. Sentences of one paragraph that another version
parts, or of which some version lacks one, are passages of their own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import msgspec

from retold.alignment.links import Place
from retold.alignment.units import Told


class Draft(msgspec.Struct, eq=False):
    """A passage in the making: per version its units, in the version's order."""

    units: dict[int, list[int]] = {}
    id: str = ""
    moved: tuple[int, ...] = ()


def drafts(all_told: Sequence[Told], clusters: Mapping[Place, int]) -> list[Draft]:
    """Return the passages in reading order, with ids: S, S2 ... for standfirsts told by none as body, else 1, 2, ..."""
    by_cluster: dict[int, Draft] = {}
    for version in all_told:
        for unit in range(len(version.units)):
            draft = by_cluster.setdefault(clusters[version.place, unit], Draft())
            draft.units.setdefault(version.place, []).append(unit)
    ordered = _ordered(all_told, list(by_cluster.values()))
    joined = _joined(all_told, ordered)
    _name(all_told, joined)
    _mark_moves(all_told, joined)
    return joined


def _ordered(all_told: Sequence[Told], made: list[Draft]) -> list[Draft]:
    """One order for all: that of the fullest version, the others' own passages set behind what they follow there."""
    home = {(version, unit): draft for draft in made for version, units in draft.units.items() for unit in units}
    ranked = sorted(all_told, key=lambda t: (-len(t.units), t.version.id, t.place))
    after: dict[int, list[Draft]] = {}  # id of a draft (0: the front) -> drafts that follow it, latest first
    seen: set[int] = set()
    for version in ranked:
        previous = 0
        for unit in range(len(version.units)):
            draft = home[version.place, unit]
            if id(draft) not in seen:
                seen.add(id(draft))
                after.setdefault(previous, []).append(draft)
            previous = id(draft)
    return _unrolled(after)


def _unrolled(after: Mapping[int, list[Draft]]) -> list[Draft]:
    """Depth first through "what follows what"; a follower met first (of a fuller version) stands last."""
    order: list[Draft] = []
    stack = list(after.get(0, []))
    while stack:
        draft = stack.pop()
        order.append(draft)
        stack += after.get(id(draft), [])
    return order


def _joined(all_told: Sequence[Told], ordered: Sequence[Draft]) -> list[Draft]:
    """Neighbouring drafts of one paragraph as one passage."""
    joined: list[Draft] = []
    for draft in ordered:
        if joined and _belongs(all_told, joined[-1], draft):
            for version, units in draft.units.items():
                joined[-1].units[version] = sorted(joined[-1].units[version] + units)
        else:
            joined.append(Draft({version: sorted(units) for version, units in draft.units.items()}))
    return joined


def _belongs(all_told: Sequence[Told], before: Draft, draft: Draft) -> bool:
    """Whether two drafts are one passage: told by the same versions, without anything between, and within one
    paragraph of at least one version."""
    if before.units.keys() != draft.units.keys():
        return False
    if any(max(units) + 1 != min(draft.units[version]) for version, units in before.units.items()):
        return False
    return any(
        all_told[version].units[min(units)].block == all_told[version].units[max(draft.units[version])].block
        for version, units in before.units.items()
    )


def _name(all_told: Sequence[Told], ordered: Sequence[Draft]) -> None:
    body = standfirst = 0
    for draft in ordered:
        units = [all_told[version].units[unit] for version, numbers in draft.units.items() for unit in numbers]
        if all(unit.standfirst for unit in units):
            standfirst += 1
            draft.id = "S" if standfirst == 1 else f"S{standfirst}"
        else:
            body += 1
            draft.id = str(body)


def _mark_moves(all_told: Sequence[Told], ordered: Sequence[Draft]) -> None:
    """Name, for each passage, the versions in which it stands out of the common order.

    What stays is a longest increasing subsequence of places (Fredman 1975); the rest has moved.
    """
    moved: dict[int, list[int]] = {}
    for version in all_told:
        own = [
            (min(draft.units[version.place]), rank)
            for rank, draft in enumerate(ordered)
            if version.place in draft.units
        ]
        ranks = [rank for _, rank in sorted(own)]
        stays = {ranks[at] for at in increasing(ranks)}
        for rank in ranks:
            if rank not in stays and len(ordered[rank].units) > 1:
                moved.setdefault(rank, []).append(version.place)
    for rank, versions in moved.items():
        ordered[rank].moved = tuple(versions)


def increasing(values: Sequence[int]) -> list[int]:
    """Return the places of a longest strictly increasing subsequence.

    >>> increasing([3, 1, 2, 5, 4])
    [1, 2, 4]
    """
    tails: list[int] = []
    places: list[int] = []
    previous: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
        places[at : at + 1] = [place]
        previous.append(places[at - 1] if at else -1)
    chain = []
    place = places[-1] if places else -1
    while place >= 0:
        chain.append(place)
        place = previous[place]
    return chain[::-1]
