"""Articles gathered into stories, a block of time after the other.

What comes out depends on the set of articles alone. They are sorted by time, then id, and cut into blocks of the
calendar; those without a time are one last block. Each block is settled together with the stories of the days before
that time leaves within reach, by average link; those farther back are final. So the state after a block follows from
the articles up to it, and when articles arrive late, only the blocks from theirs on are settled again, and of these
only as many as it takes until the state is what it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from math import floor, sqrt
from typing import TYPE_CHECKING

from retold.kernels.linking import KEEP, Group, Linking, Measure
from retold.kernels.neighbours import Rows, grains, neighbours, products, summed
from retold.stories.features import Features
from retold.stories.vetoes import Title, vetoes
from retold.stories.weights import Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK = 2  # days
UNDATED = 10**9  # the block of articles without a time, the last
# Chosen on FNC-1, ECB+ and UCI's headlines together; the mean F1 moves by 0.5 from 0.14 to 0.18 (bench/stories.py).
MEASURE = Measure(cut=0.17, fade=5.0, undated=2.0, apart=0.68, crowd=3.0, few=8.0)
REACH = 10.0  # days; a likeness of 1 fades below the cut after 9.2
FLOOR = 0.05  # two articles whose weightiest terms give less are no neighbours
COPY = 0.85  # of the cosine of two articles; from here on they are copies of one text
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
class Placed:
    """Where an article stands: ``story`` is the id of the earliest article of its story (``stories.ids`` makes the
    story's own id of it), ``score`` how surely it belongs, 0 to 1."""

    story: str
    score: float


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


@dataclass(frozen=True, slots=True)
class Step:
    """What a block brought: the state after it, where its articles are placed, and which stories of the blocks before
    are now part of which other (``merged``: story -> story)."""

    state: State
    placed: dict[str, Placed]
    merged: dict[str, str]


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


def fold(tellings: Iterable[Telling]) -> dict[str, Placed]:
    """Return where all articles stand, settled in one go: what an archive brings about block by block."""
    ordered = sorted(tellings, key=Telling.order)
    state = begin(ordered[:BACKGROUND])
    placed: dict[str, Placed] = {}
    merged: list[dict[str, str]] = []
    for block, told in blocks(ordered):
        if block == UNDATED:
            stood = {article: place.story for article, place in resolved(placed, merged).items()}
            state = everything(state, [each for each in ordered if each.moment is not None], stood)
        done = step(state, block, told)
        state = done.state
        placed.update(done.placed)
        merged.append(done.merged)
    return resolved(placed, merged)


def resolved(placed: Mapping[str, Placed], merged: Iterable[Mapping[str, str]]) -> dict[str, Placed]:
    """Return where articles stand after mergers, given as one mapping a block in the order of blocks."""
    into: dict[str, str] = {}
    for pairs in merged:
        into.update(pairs)
    found = {}
    for article, place in placed.items():
        story = place.story
        while story in into:
            story = into[story]
        found[article] = Placed(story, place.score)
    return found


def step(state: State, block: int, tellings: Sequence[Telling]) -> Step:
    """Settle the articles of a block, together with the stories still within reach."""
    kept = _within_reach(state, block)
    ordered = sorted(tellings, key=Telling.order)
    told = (*kept.tellings, *ordered)
    settling = Settling(told, kept.stories, kept.firsts, kept.background)
    labels, scores, merged = settling.settled()
    moments = {each.article_id: each.moment for each in ordered} | dict(kept.firsts)
    firsts = {label: moments[label] for label in dict.fromkeys(labels)}
    new = zip(ordered, labels[len(kept.tellings) :], scores[len(kept.tellings) :], strict=True)
    placed = {telling.article_id: Placed(label, score) for telling, label, score in new}
    count = kept.settled + len(ordered)
    background = _latest(kept, ordered) if count >= BACKGROUND else kept.background
    return Step(State(told, tuple(labels), firsts, background, count), placed, merged)


def _latest(kept: State, ordered: Sequence[Telling]) -> tuple[Telling, ...]:
    """The latest articles settled: those of the block, then those before."""
    known = {each.article_id: each for each in (*kept.background, *kept.tellings, *ordered)}
    last = ordered[-1].order()
    return tuple(sorted((each for each in known.values() if each.order() <= last), key=Telling.order)[-BACKGROUND:])


def _within_reach(state: State, block: int) -> State:
    """The state without the articles that time has put out of reach of a block's first moment."""
    if block == UNDATED:
        return state
    since = block * BLOCK - REACH
    kept = [place for place, each in enumerate(state.tellings) if each.moment is None or each.moment >= since]
    stories = tuple(state.stories[place] for place in kept)
    firsts = {story: state.firsts[story] for story in stories}
    tellings = tuple(state.tellings[place] for place in kept)
    return State(tellings, stories, firsts, state.background, state.settled)


class Titles(dict[int, Title]):
    """The titles of articles, each read when it is first asked for."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        super().__init__()
        self.tellings = tellings

    def __missing__(self, row: int) -> Title:
        made = self[row] = Title(self.tellings[row].features)
        return made


class Settling:
    """Articles as rows; those that stories hold already are one node each, and the others a node each."""

    def __init__(
        self,
        tellings: Sequence[Telling],
        stories: Sequence[str],
        firsts: Mapping[str, float | None],
        background: Sequence[Telling],
    ) -> None:
        self.tellings = tellings
        self.rows = weights_of(tellings, background).rows([each.features for each in tellings])[1]
        self.first = len(stories)
        self.pairs = neighbours(self.rows, self.first, floor=FLOOR)
        self.products = products(self.rows, self.pairs)
        self.shares = shares(self.rows, self.pairs, self.products)
        self.names = sorted(firsts, key=lambda story: (firsts[story] is None, firsts[story] or 0.0, story))
        self.old = len(self.names)
        self.names += [each.article_id for each in tellings[self.first :]]
        place = {name: node for node, name in enumerate(self.names)}
        self.nodes = [place[story] for story in stories] + list(range(self.old, len(self.names)))

    def settled(self) -> tuple[list[str], list[float], dict[str, str]]:
        """Return the story of each row, how surely it belongs there, and which old stories are now part of which."""
        linking = Linking(self._groups(), self.rows.width, MEASURE)
        linking.meet(self._met(linking))
        home = linking.run()
        merged = {self.names[node]: self.names[home[node]] for node in range(self.old) if home[node] != node}
        roots = [home[node] for node in self.nodes]
        return [self.names[root] for root in roots], self._scores(roots, linking.groups), merged

    def _groups(self) -> list[Group]:
        """The nodes as the linking wants them: stories as the sum of their rows, each row by its share."""
        import numpy as np

        count, nodes, weights = len(self.names), np.array(self.nodes, np.int64), np.array(self.shares)
        owner = np.repeat(np.arange(len(nodes)), np.diff(self.rows.starts))
        shared = replace(self.rows, values=grains(self.rows.values * weights[owner]))
        sums = summed(shared, nodes, count)
        undated = np.array([each.moment is None for each in self.tellings], bool)
        moments = np.array([each.moment or 0.0 for each in self.tellings])
        dated = np.where(undated, 0.0, weights)
        sizes, dates = np.bincount(nodes, weights, count), np.bincount(nodes, dated, count)
        columns = (
            sizes,
            np.bincount(nodes, minlength=count).astype(float),
            np.bincount(nodes, weights * weights, count),
            np.bincount(nodes[owner], self.rows.values.astype(float) ** 2, count),
            np.bincount(nodes, weights * np.diff(self.rows.starts), count) / sizes,
            np.bincount(nodes, dated * moments, count) / np.where(dates > 0, dates, 1.0),
            dates,
        )
        ends = sums.starts.tolist()
        return [
            Group(sums.columns[low:high], sums.values[low:high], *told)
            for low, high, *told in zip(ends, ends[1:], *(each.tolist() for each in columns), strict=False)
        ]

    def _met(self, linking: Linking) -> Iterator[tuple[int, int, float]]:
        """The neighbours among the nodes, with their products; members that a veto parts take theirs off."""
        found: dict[int, dict[int, float]] = {}
        titles = Titles(self.tellings)
        near = self._near()
        for (one, other), product in zip(self.pairs[near].tolist(), self.products[near].tolist(), strict=True):
            low, high = sorted((self.nodes[one], self.nodes[other]))
            shared = product * self.shares[one] * self.shares[other]
            found.setdefault(low, {})[high] = shared
            if product >= MEASURE.cut and vetoes(titles[one], titles[other]):
                linking.lessen(low, high, shared)
        for low, others in sorted(found.items()):
            grown = list(others) if low < self.old else []  # a story's product is that of its sum
            others.update(zip(grown, linking.products(low, grown) if grown else (), strict=True))
            yield from ((low, other, product) for other, product in others.items())

    def _near(self) -> NDArray[np.bool_]:
        """Which pairs of rows are worth a thought: all with a story, and single ones that are close."""
        import numpy as np

        nodes = np.array(self.nodes, np.int64)
        grown = np.minimum(nodes[self.pairs[:, 0]], nodes[self.pairs[:, 1]]) < self.old
        near: NDArray[np.bool_] = grown | (self.products >= MEASURE.cut * KEEP)
        return near

    def _scores(self, roots: Sequence[int], groups: Sequence[Group]) -> list[float]:
        """How surely each new article belongs to its story: its mean likeness to the others there; 1 for one alone."""
        import numpy as np

        dense = np.zeros(self.rows.width)
        scores = [1.0] * len(roots)
        for row in range(self.first, len(roots)):
            group, share = groups[roots[row]], self.shares[row]
            if group.size > share:
                low, high = self.rows.starts[row : row + 2].tolist()
                values, columns = self.rows.values[low:high].astype(float), self.rows.columns[low:high]
                dense[group.columns] = group.values
                total = float((dense[columns] * values).sum()) - share * float((values * values).sum())
                scores[row] = round(min(1.0, max(0.0, total / (group.size - share))), 4)
                dense[group.columns] = 0.0
        return scores


def weights_of(tellings: Iterable[Telling], background: Iterable[Telling]) -> Weights:
    """Return what terms weigh among articles at hand and those in the background."""
    known = {each.article_id: each.features for each in (*background, *tellings)}
    return Weights(list(known.values()))


def shares(rows: Rows, pairs: NDArray[np.int64], products: NDArray[np.float64]) -> list[float]:
    """Return what each article counts: 1, but of n copies of one text each 1/√n, so that a hundred reprints of a wire
    do not outvote those who wrote their own."""
    import numpy as np

    lengths = np.sqrt(
        np.add.reduceat(np.append(rows.values.astype(float) ** 2, 0.0), rows.starts[:-1]) * (np.diff(rows.starts) > 0)
    )
    near = products >= COPY * lengths[pairs[:, 0]] * lengths[pairs[:, 1]]
    home = list(range(len(rows)))

    def root(place: int) -> int:
        while home[place] != place:
            home[place] = place = home[home[place]]
        return place

    for one, other in pairs[near & (products > 0)].tolist():
        low, high = sorted((root(one), root(other)))
        home[high] = low
    roots = [root(row) for row in range(len(rows))]
    copies = Counter(roots)
    return [1 / sqrt(copies[each]) for each in roots]
