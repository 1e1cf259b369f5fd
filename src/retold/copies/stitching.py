"""Articles stitched together from two texts: who they are, and of what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, islice

from retold.copies.gathering import Nearness
from retold.copies.ground import covered
from retold.copies.wording import Span, Wording

SEAM = 0.2  # of the running text that a source must have in it
WHOLE = 0.75  # that its sources have together
SINGLE = 0.75  # what has more from one text is its copy
LEFT_OVER = 0.95  # of a source stands in the mixture at most, unless the sources are two agencies'
TAKEN = 0.3  # of a source's running text that must stand in the mixture: it is a text, not a phrase
STRANGE = 0.1  # what two sources may share of each other
TWICE = 0.3  # of the smaller cover that both sources may have
MOST = 8  # sources looked at, those with the largest shares

Cover = Callable[[int, int], Sequence[Span]]


class Seams:
    """What tells a mixture: who is near to whom, what they share, whose each text is and when it was there.

    ``cover(version, other)``: the stretches of a version that stand in another. ``before(one, other)``: whether one was
    surely there before the other. ``houses``: the agency that each version's text credits.
    """

    def __init__(
        self,
        ties: Nearness,
        wordings: Sequence[Wording],
        cover: Cover,
        *,
        before: Callable[[int, int], bool],
        houses: Sequence[str | None],
    ) -> None:
        self.ties, self.wordings, self.cover, self.before, self.houses = ties, wordings, cover, before, houses

    def stitched(self) -> dict[int, tuple[int, int]]:
        """Return the versions that are stitched together, each with the two versions that it has most from.

        The two sources are strange to each other, each is in the mixture with a good part of its own text, and together
        they are nearly all of it; a text that has nearly all from a single one is that one's copy, unless that one is a
        mixture too.
        """
        found = {place: pair for place in range(len(self.wordings)) if (pair := self._sources(place)) is not None}
        return {place: pair for place, pair in found.items() if not self._is_copy(place, pair, found)}

    def _is_copy(self, place: int, pair: tuple[int, int], found: Mapping[int, tuple[int, int]]) -> bool:
        """Whether a version is the copy of another one that is no mixture of its two sources, too."""
        for other, tie in self.ties.of[place].items():
            if tie.shares(place)[0] <= SINGLE or other in found:
                continue
            if min(self.ties.share(other, source) for source in pair) <= STRANGE:
                return True
        return False

    def _sources(self, place: int) -> tuple[int, int] | None:
        able = list(islice(self._able(place), MOST))
        best: tuple[float, int, int] | None = None
        for one, other in combinations(able, 2):
            whole = self._whole(place, one, other)
            if whole is not None:
                best = min(best or (0.0, 0, 0), (-whole, one, other))
        return best[1:] if best else None

    def _able(self, place: int) -> Iterator[int]:
        """Yield the versions that may be a source of another one, those with most of its text first."""
        ties = [(*tie.shares(place), other) for other, tie in self.ties.of[place].items()]
        shares = [(-mine, other) for mine, theirs, other in ties if mine >= SEAM and theirs >= TAKEN]
        return (other for _, other in sorted(shares) if not self.before(place, other))

    def _whole(self, place: int, one: int, other: int) -> float | None:
        """What share of a version two others make up together; None where they are no two sources of it."""
        if max(self.ties.share(one, other), self.ties.share(other, one)) > STRANGE:
            return None
        houses = {self.houses[one], self.houses[other]}
        two_houses = len(houses) == 2 and None not in houses
        if not two_houses and max(self.ties.share(one, place), self.ties.share(other, place)) > LEFT_OVER:
            return None  # what stands wholly in a text may as well be cut from it
        running, length = self.wordings[place].running, self.wordings[place].length
        spans = [list(self.cover(place, source)) for source in (one, other)]
        parts = [covered(each, running) / length for each in spans]
        whole = covered([*spans[0], *spans[1]], running) / length
        return whole if whole >= WHOLE and sum(parts) - whole <= TWICE * min(parts) else None
