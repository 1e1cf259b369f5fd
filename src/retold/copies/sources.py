"""The origins that versions go back to, with their roles, credits and doubts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retold.copies.agencies import agencies
from retold.copies.doubting import doubts
from retold.copies.gathering import STATE_DAYS, Nearness, gathered
from retold.copies.ground import covered
from retold.copies.judged import Doubt, Member, Origin
from retold.copies.stitching import Cover, Seams
from retold.copies.wording import Wording
from retold.model.records import Version
from retold.model.times import days_between, order

PURE = 0.5  # of a version's running text comes from its origin: its words speak for the origin


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a version besides its words: its outlet, the agency that it credits with its text, by the name
    that it gives it and by one that all spellings share, and its time."""

    outlet: str | None
    agency: str | None
    house: str | None
    stated: str | None

    def is_house(self, name: str | None) -> bool:
        """Whether it was published by the house of a name."""
        return name is not None and (self.outlet or "").casefold() == name.casefold()

    def state_of(self, other: Facts) -> bool:
        """Whether both are one agency's text of one day."""
        if self.house is None or self.house != other.house:
            return False
        days = days_between(self.stated, other.stated)
        return days is not None and days <= STATE_DAYS


def facts(versions: Sequence[Version]) -> list[Facts]:
    """Return what is known of versions: of the agencies that one credits, the most trustworthy mention that does not
    credit a part only."""
    return [_facts(version) for version in versions]


def _facts(version: Version) -> Facts:
    credit = next((found for found in agencies(version) if not found.part), None)
    stated = version.published or version.seen
    return Facts(version.outlet, credit.name if credit else None, credit.key if credit else None, stated)


def origins(
    wordings: Sequence[Wording], known: Sequence[Facts], ties: Nearness, cover: Cover
) -> tuple[tuple[Origin, ...], tuple[Doubt, ...]]:
    """Return the origins of versions, in the order of their first members, and what is in doubt about them.

    ``cover(version, other)``: the stretches of a version that stand in another.
    """
    found = Sources(wordings, known, ties, cover)
    plain = {place: leader for place, leader in found.home.items() if place not in found.mixed}
    return tuple(found.origins()), doubts(plain, ties, [each.outlet for each in known])


def alone(known: Sequence[Facts]) -> Iterator[Origin]:
    """Yield an origin for each of some versions that share nothing."""
    for place, each in enumerate(known):
        stated = None if each.stated is None else place
        yield Origin(
            (Member(place, "main", 1.0),), each.agency, stated, place, place if each.is_house(each.agency) else None
        )


class Sources:
    """Versions with the origins that they go back to.

    ``home`` names for each the version that stands for its main origin; ``mixed`` are those that are stitched together,
    and ``second`` says from which other origin.
    """

    def __init__(self, wordings: Sequence[Wording], known: Sequence[Facts], ties: Nearness, cover: Cover) -> None:
        self.wordings, self.known, self.ties, self.cover = wordings, known, ties, cover
        self.mixed = Seams(
            ties, wordings, cover,
            before=lambda one, other: order(known[one].stated, known[other].stated) < 0,
            houses=[each.house for each in known],
        ).stitched()  # fmt: skip
        plain = [place for place in range(len(known)) if place not in self.mixed]
        self.home = gathered(plain, ties, [wording.length for wording in wordings])
        parts = {place: self._parts(place, sources) for place, sources in self.mixed.items()}
        self.home |= {place: found[0] if found else place for place, found in parts.items()}
        self.second = {place: found[1:] for place, found in parts.items()}

    def origins(self) -> Iterator[Origin]:
        """Yield the origins, in the order of their first members."""
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for place in range(len(self.known)):
            groups[self.home[place]].append(place)
        for leader, members in sorted(groups.items(), key=lambda item: item[1][0]):
            yield self._origin(leader, members)

    def _parts(self, place: int, sources: tuple[int, int]) -> list[int]:
        """The origins that a stitched version is of, the one with most of its text first."""
        shares = Counter[int]()
        for source in sources:
            if source in self.home:
                leader = self.home[source]
                shares[leader] = max(shares[leader], round(1000 * self.ties.share(place, source)))
        return [leader for leader, _ in sorted(shares.items(), key=lambda item: (-item[1], item[0]))]

    def _origin(self, leader: int, members: Sequence[int]) -> Origin:
        partly = [place for place, more in self.second.items() if leader in more]
        speaking = [place for place in members if place not in self.mixed] or list(members)
        among = frozenset(speaking)
        told = tuple(
            Member(place, "part" if place in partly else "main", self._share(place, leader, among))
            for place in sorted((*members, *partly))
        )
        held = {member.place: round(member.share * self.wordings[member.place].length) for member in told}
        pure = [member.place for member in told if member.place in speaking and member.share >= PURE] or speaking
        credit = self._credit(pure)
        return Origin(
            members=told,
            agency=credit,
            earliest=self._earliest(members),
            fullest=min(speaking, key=lambda place: (-held[place], -self.wordings[place].length, place)),
            source=self._source(pure, credit),
        )

    def _share(self, place: int, leader: int, speaking: frozenset[int]) -> float:
        """What share of a version's running text stands in the others that speak for an origin: in the one that it has
        most from, and in the one that stands for the origin."""
        ties = self.ties.of[place]
        others = [(ties[other].shares(place)[0], -other) for other in ties if other in speaking]
        length = self.wordings[place].length
        if not others or not length:
            return 1.0 if not others and place == leader else 0.0
        nearest = -max(others)[1]
        told = {nearest, leader if leader in ties and leader in speaking else nearest}
        spans = [span for other in sorted(told) for span in self.cover(place, other)]
        return round(min(1.0, covered(spans, self.wordings[place].running) / length), 4)

    def _credit(self, places: Sequence[int]) -> str | None:
        """The house that most of the versions credit, by the name that the first of them gives it."""
        counts = Counter(house for place in places if (house := self.known[place].house))
        most = min(counts, key=lambda house: (-counts[house], house), default=None)
        return next((self.known[place].agency for place in places if most and self.known[place].house == most), None)

    def _earliest(self, places: Sequence[int]) -> int | None:
        """The version that was published before all others, None where times do not tell."""
        stated = {place: self.known[place].stated for place in places}
        if None in stated.values():
            return None
        first = places[0]
        for place in places[1:]:
            if order(stated[place], stated[first]) < 0:
                first = place
        later = all(order(stated[first], stated[place]) < 0 for place in places if place != first)
        return first if later else None

    def _source(self, places: Sequence[int], credit: str | None) -> int | None:
        """The one version whose outlet is the house that the others credit."""
        own = [place for place in places if self.known[place].is_house(credit)]
        return own[0] if len(own) == 1 else None
