"""Sentence to sentence, across any number of versions: which sentences are tellings of one another.

Each distinct sentence is compared with few: it looks up the sentences that share its rare words, aligns with the best
of them, and joins the cluster of a leader. So a family of a hundred versions costs a hundred times one version, not a
hundred squared. Nothing depends on the order of the versions: sentences are taken by length, then by their words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from retold.alignment.runs import common
from retold.alignment.units import Told

Place = tuple[int, int]  # (version, unit)

# Set by hand on the golden families; bench/quality.py shows them on MRPC. What makes two sentences tellings of one
# another.
# Weights are those of ``units.weights``: 1 is a word that stands in one sentence only.
ALIKE = 0.42  # shared weight twice over the sum of both (Dice), words in order
ALIKE_CONTENT = 1.6  # and at least this weight in common
HELD = 0.55  # or the smaller sentence stands within the larger
HELD_CONTENT = 2.0
RUN = 6  # or a run of this many words in common ...
RUN_SHARE = 0.28  # ... that is this share of the smaller's weight
RUN_CONTENT = 1.2
GAP_ALIKE = 0.3  # between two neighbours that are linked, less is enough
GAP_CONTENT = 0.9
GAP_BAG = 0.32  # or so much in any order
GAP_BAG_CONTENT = 1.5
WEAK = 1.5  # a sentence of less weight ("He said so.") is only linked beside a linked neighbour
SHARED = 2  # versions that have a sentence word for word
CANDIDATES = 5  # leaders aligned per sentence
OVERLAP = 0.4  # two sentences of one version that explain more of the same words than this are rivals, not halves
SURELY = 0.92  # no other leader can be half of a sentence that is so like this one
HELD_PRICE = 0.9  # a whole sentence is a better match than one held in a longer one
ROUNDS = 3
ISLAND = 2  # a run of this many stop words matches nothing by itself


class Link(msgspec.Struct, frozen=True, gc=False):
    """How two sentences match: Dice, containment of the smaller, shared weight, and which words (bit masks)."""

    score: float
    held: float
    shared: float
    run: int
    mine: int
    yours: int


class Node(msgspec.Struct, eq=False):
    """One distinct sentence and all places where it stands."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    values: list[float]
    weight: float
    again: int  # how often its versions said the same before
    worth: dict[str, float] = {}  # each distinct word that another sentence has too, and its weight
    places: list[Place] = []
    versions: set[int] = set()


class Cluster(msgspec.Struct, eq=False):
    """Sentences that tell the same: per version, which words of the leader each of its sentences explains."""

    leader: Node
    members: dict[int, list[int]] = {}
    taken: int = 0  # words of the leader that its first home explains already; nobody else may
    merged: Cluster | None = None

    def root(self) -> Cluster:
        """The cluster that this one was merged into, or itself."""
        cluster = self
        while cluster.merged is not None:
            cluster = cluster.merged
        return cluster


@dataclass(slots=True)
class Homes:
    """Where every sentence lives, and which of its own words its home explains."""

    cluster: dict[Place, Cluster] = field(default_factory=dict)
    explained: dict[Place, int] = field(default_factory=dict)

    def settle(self, place: Place, cluster: Cluster, mask: int) -> None:
        """Give a sentence its home."""
        self.cluster[place] = cluster
        self.explained[place] = mask

    def crowd(self) -> dict[int, int]:
        """How many versions live in each root cluster, by the cluster's identity."""
        versions: dict[int, set[int]] = {}
        for (version, _), cluster in self.cluster.items():
            versions.setdefault(id(cluster.root()), set()).add(version)
        return {root: len(members) for root, members in versions.items()}


def linked(all_told: Sequence[Told], weights: Mapping[str, float]) -> dict[Place, int]:
    """Return the cluster of every sentence; sentences of one cluster are tellings of one another."""
    nodes = _nodes(all_told, weights)
    homes = Homes()
    settled: list[Node] = []
    loose = [node for node in nodes if node.weight >= WEAK]
    for _ in range(ROUNDS):
        _round(loose, settled, homes)
        crowd = homes.crowd()
        alone: list[Node] = []
        for node in loose:
            (alone if _is_alone(node, homes, crowd) else settled).append(node)
        for node in alone:
            for place in node.places:
                homes.cluster.pop(place, None)
        if len(alone) == len(loose) or len(alone) < 2:
            break
        loose = alone
    by_place = {place: node for node in nodes for place in node.places}
    _match_edges(all_told, by_place, homes)
    _fill_gaps(all_told, by_place, homes)
    return _numbered(all_told, homes)


def _is_alone(node: Node, homes: Homes, crowd: Mapping[int, int]) -> bool:
    return all(place not in homes.cluster or crowd[id(homes.cluster[place].root())] < 2 for place in node.places)


def _nodes(all_told: Sequence[Told], weights: Mapping[str, float]) -> list[Node]:
    """Distinct sentences, longest first; the second time a version says the same is another sentence."""
    numbers: dict[tuple[str, ...], int] = {}  # a number is looked up faster than all words of a sentence
    nodes: dict[tuple[int, int], Node] = {}
    for version in all_told:
        seen: dict[int, int] = {}
        for place, unit in enumerate(version.units):
            number = numbers.setdefault(unit.words, len(numbers))
            again = seen[number] = seen.get(number, -1) + 1
            node = nodes.get((number, again))
            if node is None:
                values = [weights[stem] for stem in unit.stems]
                node = nodes[number, again] = Node(unit.words, unit.stems, values, sum(values), again)
            node.places.append((version.place, place))
            node.versions.add(version.place)
    _give_worth(nodes.values())
    return sorted(nodes.values(), key=lambda node: (-len(node.words), node.words, node.again))


def _give_worth(nodes: Collection[Node]) -> None:
    """Tell each sentence the weights of its words; one that no other sentence has links nothing and is left out."""
    met: set[str] = set()
    shared: set[str] = set()
    for node in nodes:
        shared.update(met.intersection(node.stems))
        met.update(node.stems)
    for node in nodes:
        node.worth = {word: value for word, value in zip(node.stems, node.values, strict=True) if word in shared}


def compare(mine: Node, yours: Node) -> Link:
    """Align the words of two sentences in order, and weigh what they share."""
    shared = 0.0
    longest = 0
    mask_mine = mask_yours = 0
    for i, j, size in common(mine.stems, yours.stems):
        weight = sum(mine.values[i : i + size])
        if size <= ISLAND and weight < size * 0.25:
            continue
        shared += weight
        longest = max(longest, size)
        mask_mine |= ((1 << size) - 1) << i
        mask_yours |= ((1 << size) - 1) << j
    total = mine.weight + yours.weight
    small = min(mine.weight, yours.weight)
    return Link(
        2 * shared / total if total else 0.0, shared / small if small else 0.0, shared, longest, mask_mine, mask_yours
    )


def accepts(link: Link) -> bool:
    """Whether two sentences that match so are tellings of one another."""
    return (
        (link.score >= ALIKE and link.shared >= ALIKE_CONTENT)
        or (link.held >= HELD and link.shared >= HELD_CONTENT)
        or (link.run >= RUN and link.held >= RUN_SHARE and link.shared >= RUN_CONTENT)
    )


class _Edge(msgspec.Struct, frozen=True):
    score: float
    node: Node
    cluster: Cluster
    link: Link


def _round(loose: Sequence[Node], settled: Sequence[Node], homes: Homes) -> None:
    """Choose leaders, then give each sentence to its best leader, best matches first.

    From the second round on, sentences that have a home but words left over lead too: the second half of a sentence
    that another version tells in two.
    """
    index: defaultdict[str, list[int]] = defaultdict(list)
    clusters: list[Cluster] = []
    for node in settled:
        _lead_again(node, index, clusters, homes)
    edges: list[_Edge] = []
    for node in sorted(loose, key=lambda node: len(node.versions) < SHARED):  # shared word for word: these lead
        found = [edge for edge in _candidates(node, index, clusters) if accepts(edge.link)]
        edges += found
        if not found:
            _lead(Cluster(node), index, clusters)
            _found(clusters[-1], homes)
    for edge in sorted(edges, key=lambda edge: (-edge.score, edge.node.words, edge.cluster.leader.words)):
        _join(edge, homes)


def _lead(cluster: Cluster, index: defaultdict[str, list[int]], clusters: list[Cluster]) -> None:
    place = len(clusters)
    for word in cluster.leader.worth:
        index[word].append(place)
    clusters.append(cluster)


def _lead_again(node: Node, index: defaultdict[str, list[int]], clusters: list[Cluster], homes: Homes) -> None:
    place = next(place for place in node.places if place in homes.cluster)
    if homes.cluster[place].leader is node:
        return  # it led before, and all that are loose have met it
    taken = homes.explained[place]
    left = sum(value for at, value in enumerate(node.values) if not taken >> at & 1)
    if left >= RUN_CONTENT:
        _lead(Cluster(node, taken=taken, merged=homes.cluster[place].root()), index, clusters)


def _candidates(node: Node, index: Mapping[str, list[int]], clusters: Sequence[Cluster]) -> list[_Edge]:
    """The leaders that share most weight with a sentence, aligned."""
    sums = [0.0] * len(clusters)  # a list: the commonest words stand in most leaders
    for word, value in node.worth.items():
        for place in index.get(word, ()):
            sums[place] += value
    versions = node.versions
    weight = node.weight
    near = [
        place
        for place, total in enumerate(sums)
        if total >= RUN_CONTENT and total >= RUN_SHARE * min(weight, clusters[place].leader.weight)
    ]
    near.sort(key=lambda place: (-sums[place] / (weight + clusters[place].leader.weight) ** 0.5, place))
    edges: list[_Edge] = []
    for place in near:
        if len(edges) == CANDIDATES:
            break
        leader = clusters[place].leader.versions
        if not versions & leader if len(versions) > 1 else versions != leader:
            link = compare(node, clusters[place].leader)
            edges.append(_Edge(max(link.score, link.held * HELD_PRICE), node, clusters[place], link))
            if link.score >= SURELY:
                break
    return edges


def _found(cluster: Cluster, homes: Homes) -> None:
    """A leader's own places open its cluster."""
    full = (1 << len(cluster.leader.stems)) - 1
    for version, unit in cluster.leader.places:
        cluster.members.setdefault(version, []).append(full)
        homes.settle((version, unit), cluster, 0)


def _join(edge: _Edge, homes: Homes) -> None:
    """Give a sentence to a cluster; where it has a home already, it may tie the two homes into one."""
    cluster = edge.cluster
    for place in edge.node.places:
        home = homes.cluster.get(place)
        if home is not None and home.root() is cluster.root():
            continue
        if _rivals(cluster, place[0], edge.link.yours):
            continue
        if home is None:
            homes.settle(place, cluster, edge.link.mine)
        elif _overlap(homes.explained[place], edge.link.mine):
            continue
        else:
            homes.explained[place] |= edge.link.mine
            home.root().merged = cluster.root()
        cluster.members.setdefault(place[0], []).append(edge.link.yours)


def _rivals(cluster: Cluster, version: int, mask: int) -> bool:
    """Whether a sentence explains words of the leader that another sentence of its version explains already."""
    return _overlap(cluster.taken, mask) or any(_overlap(other, mask) for other in cluster.members.get(version, ()))


def _overlap(one: int, other: int) -> bool:
    return (one & other).bit_count() > OVERLAP * min(one.bit_count(), other.bit_count())


def _fill_gaps(all_told: Sequence[Told], by_place: Mapping[Place, Node], homes: Homes) -> None:
    """Link sentences that stand between linked neighbours, on less evidence: forwards, then backwards."""
    where: dict[int, dict[int, list[int]]] = {}
    for (version, unit), cluster in homes.cluster.items():
        where.setdefault(id(cluster.root()), {}).setdefault(version, []).append(unit)
    for step in (1, -1):
        for told in all_told:
            for unit in range(len(told.units))[::step]:
                if (told.place, unit) not in homes.cluster:
                    _fill((told.place, unit), step, by_place, homes, where)


def _fill(
    place: Place, step: int, by_place: Mapping[Place, Node], homes: Homes, where: dict[int, dict[int, list[int]]]
) -> None:
    neighbour = homes.cluster.get((place[0], place[1] - step))
    if neighbour is None:
        return
    near: dict[tuple[str, ...], Place] = {}
    for version, units in where.get(id(neighbour.root()), {}).items():
        other = (version, (max(units) if step == 1 else min(units)) + step)
        node = by_place.get(other)
        if version != place[0] and node is not None and not _told_already(place[0], homes.cluster.get(other), where):
            near[node.words] = min(other, near.get(node.words, other))
    scores = {words: _gap_score(by_place[place], by_place[near[words]]) for words in sorted(near)[:CANDIDATES]}
    best = min(scores, key=lambda words: (-scores[words], words), default=None)
    if best is not None and scores[best]:
        _pair(place, near[best], by_place, homes, where)


def _told_already(version: int, home: Cluster | None, where: Mapping[int, Mapping[int, list[int]]]) -> bool:
    """Whether a version has a sentence in a cluster."""
    return home is not None and version in where.get(id(home.root()), {})


def _match_edges(all_told: Sequence[Told], by_place: Mapping[Place, Node], homes: Homes) -> None:
    """Link equal sentences at the beginning or the end of versions, too light to be linked by themselves."""
    for last in (False, True):
        edges = [(told.place, len(told.units) - 1 if last else 0) for told in all_told if told.units]
        equal: dict[tuple[str, ...], list[Place]] = {}
        for place in edges:
            if place not in homes.cluster:
                equal.setdefault(by_place[place].words, []).append(place)
        for places in equal.values():
            if len(places) > 1:
                cluster = Cluster(by_place[places[0]])
                for place in places:
                    homes.settle(place, cluster, 0)


def _gap_score(mine: Node, yours: Node) -> float:
    """How alike two sentences beside linked ones are; 0 where not alike enough."""
    if mine.words == yours.words:
        return 2.0
    link = compare(mine, yours)
    enough = link.score >= GAP_ALIKE and link.shared >= GAP_CONTENT
    if enough or accepts(link):
        return link.score
    shared = sum([value for word, value in mine.worth.items() if word in yours.worth])
    score = 2 * shared / (mine.weight + yours.weight)
    return score if score >= GAP_BAG and shared >= GAP_BAG_CONTENT else 0.0


def _pair(
    place: Place, other: Place, by_place: Mapping[Place, Node], homes: Homes, where: dict[int, dict[int, list[int]]]
) -> None:
    """Settle a sentence with the one it was found alike to, which may have no home yet."""
    cluster = homes.cluster.get(other)
    if cluster is None:
        cluster = Cluster(by_place[other])
        homes.settle(other, cluster, 0)
        where[id(cluster)] = {other[0]: [other[1]]}
    homes.settle(place, cluster, 0)
    where[id(cluster.root())].setdefault(place[0], []).append(place[1])


def _numbered(all_told: Sequence[Told], homes: Homes) -> dict[Place, int]:
    """Every sentence with the number of its cluster; one without a home is a cluster of its own."""
    numbers: dict[int, int] = {}
    placed: dict[Place, int] = {}
    for version in all_told:
        for unit in range(len(version.units)):
            cluster = homes.cluster.get((version.place, unit))
            if cluster is None:
                placed[version.place, unit] = -1 - len(placed)
            else:
                placed[version.place, unit] = numbers.setdefault(id(cluster.root()), len(numbers))
    return placed
