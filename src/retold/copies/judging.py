"""What a set of versions share, labelled, and the origins that they go back to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from retold.copies import labels
from retold.copies.carriers import Carriers, everybodys
from retold.copies.gathering import ONE_TEXT, Nearness, Tie, dwelling, gathered, nearness
from retold.copies.ground import Ground
from retold.copies.judged import Copy, Judged, Label, Stretch
from retold.copies.origins import outlet_pattern
from retold.copies.passages import OFFSETS
from retold.copies.sources import Facts, alone, facts, origins
from retold.copies.sweeping import unswept
from retold.copies.wording import Span, Wording, wording
from retold.kernels.measures import EQUAL
from retold.model.records import Version
from retold.text.quotes import MARKS

if TYPE_CHECKING:
    from retold.copies.passages import Shared
    from retold.kernels.arrays import Array

MARKED = 0.6  # of a passage that a version quotes, at least
UNMARKED = 0.3  # and of one that is another's own words, at most
AROUND = 300  # characters before and behind an excerpt in which its outlet is named
MOSTLY = 0.6  # of a passage is everybody's
MARKS_LEFT = 3  # characters: a full stop, or a mark, that stands outside the words
BEGINNING = 60  # characters by which shared words are known again
GAP = 48  # characters put in or left out, eight words, from which a passage is looked at in parts
SURELY = 0.75  # nearness of versions that are one text, whatever many others carry of it
LEAD_HELD = 0.5  # of a lead that stands in the other version, from which both begin with the same news


@unswept
def judge(versions: Sequence[Version], shared: Shared) -> Judged:
    """Return what versions share and where they come from; ``shared`` names them by their places."""
    known = facts(versions)
    if not len(shared):
        return Judged((), tuple(alone(known)), ())
    wordings = [wording(version) for version in versions]
    bench = Bench(versions, wordings, known, shared)
    found = origins(wordings, known, bench.ties(), bench.cover)
    return Judged(bench.copies([origin.main for origin in found[0]]), *found)


class Bench:
    """The pairs of a set of versions under judgement: every passage with its label, as far as it is known."""

    def __init__(
        self, versions: Sequence[Version], wordings: Sequence[Wording], known: Sequence[Facts], shared: Shared
    ) -> None:
        import numpy as np

        self.versions, self.wordings, self.known, self.shared = versions, wordings, known, shared
        self.ground = Ground(versions, wordings, shared)
        self.measured = self.ground.measured()
        self.pair = shared.passages["pair"]
        self.lefts, self.rights = shared.pairs["left"], shared.pairs["right"]
        self.lengths = np.array([max(1, each.length) for each in wordings])
        self.labels = labels.labelled(self.measured)
        self._excerpts()
        template = labels.templates(self.measured, self.labels, self.pair, len(shared))
        self._relabel(template, labels.TEMPLATE)
        self.carriers: Carriers | None = None
        self._carried()

    def _excerpts(self) -> None:
        """Label as copied what one version quotes from the other's outlet, by its name: it is that outlet's text."""
        import numpy as np

        shares = self.ground.marked_shares()
        quoted = (np.maximum(*shares) >= MARKED) & (np.minimum(*shares) <= UNMARKED)
        for passage in np.flatnonzero(quoted & (self.labels == labels.QUOTATION)).tolist():
            quoting = int(shares[1][passage] > shares[0][passage])
            places, spans = self._sides(passage), self._spans(passage)
            outlet = self.known[places[1 - quoting]].outlet
            pattern = outlet_pattern(outlet) if outlet and outlet != self.known[places[quoting]].outlet else None
            start, end = spans[quoting]
            text = self.versions[places[quoting]].text
            if pattern and pattern.search(text, max(0, start - AROUND), end + AROUND):
                self.labels[passage] = labels.COPY
                self.measured.own[passage] += self.measured.public[passage]
                self.measured.public[passage] = 0

    def _relabel(self, pairs: Array, label: int) -> None:
        """Give the copied passages of some pairs another label."""
        self.labels[pairs[self.pair] & (self.labels == labels.COPY)] = label

    def shares(self) -> tuple[Array, Array]:
        """Return for each pair what share of its left and its right version's running text is copied."""
        import numpy as np

        found = []
        for covered, side in ((self.measured.left, self.lefts), (self.measured.right, self.rights)):
            total = np.bincount(self.pair, covered * (self.labels == labels.COPY), len(self.shared))
            length = self.lengths[side]
            found.append(np.where(length - total <= MARKS_LEFT, 1.0, total / length) * (total > 0))
        return found[0], found[1]

    def of_shorter(self) -> Array:
        """Return for each pair what share of the shorter's running text is copied."""
        import numpy as np

        left, right = self.shares()
        found: Array = np.where(self.lengths[self.lefts] <= self.lengths[self.rights], left, right)
        return found

    def evident(self) -> Array:
        """Return for each pair whether its copied passages show that text was taken over."""
        return labels.evident(self.measured, self.labels, self.pair, self.of_shorter())

    def ties(self, least: float = 0.0) -> Nearness:
        """Return how near the versions are to each other, by what is copied; pairs as near as ``least``, or nearer."""
        import numpy as np

        left, right = self.shares()
        low, high = np.minimum(left, right), np.maximum(left, right)
        lead, state = self._leads(), self._states()
        near = nearness(low, high, lead, state)
        for number in np.flatnonzero(~lead & (high >= ONE_TEXT) & (near < ONE_TEXT)).tolist():
            if self._dwells(int(self.lefts[number]), int(self.rights[number])):
                near[number] = dwelling(low[number], high[number])
        told = np.flatnonzero(self.evident() & (near >= least))
        columns = (self.lefts[told], self.rights[told], left[told], right[told], near[told], state[told])
        return Nearness(
            len(self.versions),
            (
                Tie(one, other, mine, theirs, by, together)
                for one, other, mine, theirs, by, together in zip(*(each.tolist() for each in columns), strict=True)
            ),
        )

    def _states(self) -> Array:
        """For each pair whether both are one agency's text of one day."""
        import numpy as np

        houses = {house: number for number, house in enumerate(sorted({each.house or "" for each in self.known}))}
        mine = np.array([houses[each.house or ""] for each in self.known])
        found: Array = (mine[self.lefts] == mine[self.rights]) & (mine[self.lefts] != houses.get("", -1))
        for number in np.flatnonzero(found).tolist():
            one, other = self.known[int(self.lefts[number])], self.known[int(self.rights[number])]
            found[number] = one.state_of(other)
        return found

    def _dwells(self, one: int, other: int) -> bool:
        """Whether the longer of two versions is about the same thing where they share no words."""
        longer, shorter = (one, other) if self.lengths[one] > self.lengths[other] else (other, one)
        if self.carriers is None or self.carriers.home[one] == self.carriers.home[other]:
            return False  # what is surely one text need not be asked about
        return self.carriers.dwells(longer, shorter, self.cover(longer, shorter))

    def _leads(self) -> Array:
        """For each pair whether both begin with the same news: each one's lead stands in the other."""
        import numpy as np

        copied = self.labels[self.ground.of_step[self.ground.equal]] == labels.COPY
        pair = self.pair[self.ground.of_step[self.ground.equal]]
        held = []
        for side, inside, leads in zip((self.lefts, self.rights), *self._in_leads, strict=True):
            length = leads[side]
            total = np.bincount(pair, inside * copied, len(self.shared))
            held.append((total >= LEAD_HELD * length) & (length > 0))
        found: Array = held[0] & held[1]
        return found

    @cached_property
    def _in_leads(self) -> tuple[list[Array], list[Array]]:
        """For either side: how many characters of each equal run lie in its version's lead; how long the leads are."""
        import numpy as np

        ground = self.ground
        leads = np.array([each.lead for each in self.wordings])
        low, high = (ground.bases[:-1] + leads[:, edge] for edge in (0, 1))
        inside = []
        for version, start, end in ground.sides:
            place = version[ground.equal]
            first, last = np.maximum(start[ground.equal], low[place]), np.minimum(end[ground.equal], high[place])
            inside.append(np.clip(last - first, 0, None))
        return inside, [high - low] * 2

    def _carried(self) -> None:
        """Label what is everybody's: words that origins share which have little else in common."""
        import numpy as np

        home = gathered(range(len(self.versions)), self.ties(SURELY), self.lengths.tolist(), cut=SURELY)
        homes = np.array([home[place] for place in range(len(self.versions))])
        apart = (homes[self.lefts] != homes[self.rights])[self.pair] & (self.labels == labels.COPY)
        if not apart.any():
            return
        carriers = Carriers(self.versions, home, [each.house for each in self.known])
        bits = self._bits(apart)
        for _, place in bits:
            carriers.put(*place)
        found: defaultdict[int, Counter[int | None]] = defaultdict(Counter)
        told: dict[tuple[int, int, str], int | None] = {}  # two origins and words that they share are judged once
        for passage, place in bits:
            one, (start, end), other, _ = place
            key = home[one], home[other], self.versions[one].text[start : min(end, start + BEGINNING)]
            if key not in told:
                told[key] = everybodys(carriers, place)
            found[passage][told[key]] += end - start
        for passage, lengths in found.items():
            label = max(lengths, key=lambda label: lengths[label])
            if label is not None and lengths[label] >= MOSTLY * lengths.total():
                self.labels[passage] = label
        self.carriers = carriers

    def _bits(self, wanted: Array) -> list[tuple[int, tuple[int, Span, int, Span]]]:
        """The parts of some passages between which nothing long was put in or left out: where each stands.

        A bit is its passage, then a version and the span in it, the other version and its span.
        """
        import numpy as np

        ground, steps = self.ground, self.shared.steps
        gaps = np.maximum(*(end - start for _, start, end in ground.sides))
        cut = (steps["kind"] != EQUAL) & (gaps > GAP)
        cut[1:] |= np.diff(ground.of_step) > 0
        number = np.cumsum(cut)[ground.equal]
        firsts = np.flatnonzero(np.diff(number, prepend=-1))
        lasts = np.append(firsts[1:], len(number)) - 1
        passages = ground.of_step[ground.equal[firsts]]
        columns = [steps[f"{side}_start"][ground.equal[firsts]] for side in ("left", "right")]
        columns += [steps[f"{side}_end"][ground.equal[lasts]] for side in ("left", "right")]
        pairs = self.pair[passages]
        kept = wanted[passages]
        rows = zip(
            *(column[kept].tolist() for column in (passages, self.lefts[pairs], self.rights[pairs], *columns)),
            strict=True,
        )
        return [(passage, (one, (a, c), other, (b, d))) for passage, one, other, a, b, c, d in rows]

    def _sides(self, passage: int) -> tuple[int, int]:
        """The two versions of a passage."""
        pair = int(self.pair[passage])
        return int(self.lefts[pair]), int(self.rights[pair])

    @cached_property
    def _numbers(self) -> dict[tuple[int, int], int]:
        """The number of each pair."""
        return {pair: number for number, pair in enumerate(zip(self.lefts.tolist(), self.rights.tolist(), strict=True))}

    def cover(self, version: int, other: int) -> list[Span]:
        """Return the stretches of a version that are copied from or by another."""
        number = self._numbers.get((min(version, other), max(version, other)))
        if number is None:
            return []
        first = self.shared.passages["first_step"]
        told = self.shared.passages_of(number)
        low = int(first[told.start])
        high = int(first[told.stop]) if told.stop < len(first) else len(self.ground.of_step)
        steps = self.shared.steps
        kept = (steps["kind"][low:high] == EQUAL) & (self.labels[self.ground.of_step[low:high]] == labels.COPY)
        side = "left" if version < other else "right"
        edges = (steps[f"{side}_{edge}"][low:high][kept].tolist() for edge in ("start", "end"))
        return list(zip(*edges, strict=True))

    def copies(self, groups: Sequence[Sequence[int]]) -> tuple[Copy, ...]:
        """Return all pairs with their labels; what an outlet repeats from its own other stories is background."""
        import numpy as np

        home = {place: number for number, group in enumerate(groups) for place in group}
        for number, (left, right) in enumerate(zip(self.lefts.tolist(), self.rights.tolist(), strict=True)):
            outlet, own = self.known[left].outlet, self.known[left].is_house(self.known[left].agency)
            if outlet and not own and outlet == self.known[right].outlet and home[left] != home[right]:
                self._background(number)
        shares, evident, of_shorter = self.shares(), self.evident(), self.of_shorter()
        self._relabel(~evident, labels.BACKGROUND)
        stretches = self._stretches()
        told = (np.round(side * evident, 4).tolist() for side in shares)
        columns = (self.lefts.tolist(), self.rights.tolist(), self.shared.pairs["words"].tolist(), *told)
        named = self._labels(evident, of_shorter)
        return tuple(
            Copy(one, other, words, mine, theirs, label, tuple(stretches[slice(*here)]))
            for one, other, words, mine, theirs, label, here in zip(*columns, named, self._extents(), strict=True)
        )

    def _extents(self) -> list[tuple[int, int]]:
        """The passages of each pair: from which on, and up to which."""
        first = self.shared.pairs["first_passage"].tolist()
        return list(pairwise([*first, len(self.pair)]))

    def _labels(self, evident: Array, of_shorter: Array) -> Iterator[Label]:
        """What each pair is: copied, or what most of its words are."""
        import numpy as np

        words = [
            np.bincount(self.pair, self.shared.passages["words"] * (self.labels == label), len(evident))
            for label in labels.PRECEDENCE
        ]
        most = np.argmax(words, axis=0).tolist()
        for number, copied in enumerate(evident.tolist()):
            other = labels.NAMES[labels.PRECEDENCE[most[number]]]
            yield cast(Label, ("copy" if of_shorter[number] >= labels.HALF else "partial") if copied else other)

    def _stretches(self) -> list[Stretch]:
        """All passages with their labels."""
        columns = (self.shared.passages[name].tolist() for name in (*OFFSETS, "words"))
        moved = self.shared.passages["moved"].astype(bool).tolist()
        named = (cast(Label, labels.NAMES[label]) for label in self.labels.tolist())
        return [Stretch(label, *row) for label, *row in zip(named, *columns, moved, strict=True)]

    def _background(self, number: int) -> None:
        """Label what an outlet repeats from another story of its own: the news of neither, or words about itself."""
        for passage in self.shared.passages_of(number):
            if self.labels[passage] == labels.COPY and not self._is_lead(passage):
                self.labels[passage] = labels.BACKGROUND
            elif self.labels[passage] == labels.QUOTATION and not self._is_marked(passage):
                self.labels[passage] = labels.FURNITURE

    def _is_lead(self, passage: int) -> bool:
        """Whether a passage is what one of its versions begins with."""
        for place, (start, end) in zip(self._sides(passage), self._spans(passage), strict=True):
            low, high = self.wordings[place].lead
            if min(end, high) - max(start, low) >= LEAD_HELD * (high - low) > 0:
                return True
        return False

    def _is_marked(self, passage: int) -> bool:
        """Whether quotation marks stand in a passage or around it, in either version."""
        return any(
            MARKS.search(self.versions[place].text, max(0, start - 2), end + 2)
            for place, (start, end) in zip(self._sides(passage), self._spans(passage), strict=True)
        )

    def _spans(self, passage: int) -> tuple[Span, Span]:
        """Where a passage stands in its two versions."""
        left, left_end, right, right_end = (int(self.shared.passages[name][passage]) for name in OFFSETS)
        return (left, left_end), (right, right_end)
