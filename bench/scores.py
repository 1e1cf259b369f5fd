"""Answers about invented wire copy beside its truth: groups, counts, pairs and lineage, with the mistakes by kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations

from bench.desk import Telling
from retold.copies.counting import Question, count
from retold.copies.judged import Judged
from retold.copies.lineage import SURE, Lineage

TAKEN = 40  # words that show that text was taken over; pairs that share fewer, but some, are not asked about
HALF = 0.5
SHOWN = 8  # kinds of mistakes


def groups(told: Sequence[Telling], found: Judged) -> None:
    """Print how far the groups and the counts are right."""
    home = {place: number for number, origin in enumerate(found.origins) for place in origin.main}
    truth = {place: telling.origin for place, telling in enumerate(told)}
    precision, recall = bcubed(home, truth), bcubed(truth, home)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"  BCubed: F1 {f1:.3f}, precision {precision:.3f}, recall {recall:.3f}")
    rows = [_counted(told, home, found, number) for number in sorted({telling.story for telling in told})]
    true, likely = (sum(row[at] for row in rows) for at in (0, 2))
    off = sum(abs(row[0] - row[2]) for row in rows)
    inside, wide = sum(row[1] <= row[0] <= row[3] for row in rows), sum(row[3] - row[1] for row in rows)
    print(f"  origins: {likely} told of {true} ({(likely - true) / true:+.1%}; off by {off / true:.1%} story by story)")
    print(f"  the truth lies within the interval in {inside} of {len(rows)} stories; mean width {wide / len(rows):.2f}")
    _wrongly_grouped(told, home, truth)


def bcubed(one: Mapping[int, Hashable], other: Mapping[int, Hashable]) -> float:
    """Return the mean share of each article's group that the other grouping puts with it (Bagga and Baldwin 1998)."""
    together = Counter((one[place], other[place]) for place in one)
    sizes = Counter(one.values())
    return sum(together[one[place], other[place]] / sizes[one[place]] for place in one) / len(one)


def _counted(told: Sequence[Telling], home: Mapping[int, int], found: Judged, story: int) -> tuple[int, int, int, int]:
    """The true number of a story's origins, and the fewest, the likely and the most that are told."""
    places = [place for place, telling in enumerate(told) if telling.story == story]
    questions = [Question(doubt.kind, doubt.one, doubt.other, doubt.note) for doubt in found.doubts]
    answer = count({place: str(home[place]) for place in places}, questions)
    return len({told[place].origin for place in places}), answer.low, answer.likely, answer.high


def _wrongly_grouped(told: Sequence[Telling], home: Mapping[int, int], truth: Mapping[int, str]) -> None:
    """Print what kinds of articles are wrongly together or wrongly apart, with an example of each."""
    wrong: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    of_story: defaultdict[int, list[int]] = defaultdict(list)
    for place, telling in enumerate(told):
        of_story[telling.story].append(place)
    for places in of_story.values():
        for one, other in combinations(places, 2):
            if (home[one] == home[other]) != (truth[one] == truth[other]):
                kind = "wrongly together" if home[one] == home[other] else "wrongly apart"
                ways = " + ".join(sorted((told[one].way, told[other].way)))
                wrong[f"{kind}: {ways}"].append((told[one].id, told[other].id))
    _print_kinds(wrong)


def _print_kinds(wrong: Mapping[str, list[tuple[str, str]]]) -> None:
    """Print the most frequent kinds of mistakes, each with an example."""
    kinds = sorted(wrong.items(), key=lambda item: (-len(item[1]), item[0]))
    for kind, examples in kinds[:SHOWN]:
        print(f"    {len(examples):4} {kind:58} {' '.join(min(examples))}")
    if len(kinds) > SHOWN:
        print(f"    {sum(len(examples) for _, examples in kinds[SHOWN:]):4} of {len(kinds) - SHOWN} other kinds")


def shared_words(one: Telling, other: Telling, *kinds: str) -> int:
    """Return how many words of such sentences one telling has from the other, or both from a third."""
    mine, theirs = ({each.key: each.text for each in side.sentences if each.kind in kinds} for side in (one, other))
    return sum(min(len(mine[key].split()), len(theirs[key].split())) for key in mine.keys() & theirs.keys())


def running(telling: Telling) -> int:
    """Return how many words of running text a telling has."""
    return sum(len(each.text.split()) for each in telling.sentences if each.kind != "furniture")


def _half(one: Telling, other: Telling) -> bool:
    """Whether half of the shorter of two tellings stands in the other, quotations among it."""
    return shared_words(one, other, "text", "quotation") >= HALF * min(running(one), running(other))


def pairs(told: Sequence[Telling], found: Judged) -> None:
    """Print how far the pairs said to be copied or copied in part are those that are."""
    of_story: defaultdict[int, list[int]] = defaultdict(list)
    for place, telling in enumerate(told):
        of_story[telling.story].append(place)
    words = {
        pair: shared_words(told[pair[0]], told[pair[1]], "text")
        for places in of_story.values()
        for pair in combinations(places, 2)
    }
    label = {(copy.left, copy.right): copy.label for copy in found.copies}
    said = {pair for pair, each in label.items() if each in ("copy", "partial") and not 0 < words.get(pair, 0) < TAKEN}
    true = {pair for pair, shared in words.items() if shared >= TAKEN}
    copied = {pair for pair in true if _half(*(told[place] for place in pair))}
    kept = said & true
    print(f"  pairs that share {TAKEN} words of running text: {len(true)}, {len(copied)} of them half of the shorter")
    print(f"    precision {len(kept) / len(said):.3f}, recall {len(kept) / len(true):.3f};", end=" ")
    print(
        f"copies {len(copied & said) / len(copied):.3f}, in part {len((true - copied) & said) / len(true - copied):.3f}"
    )
    named = sum((label[pair] == "copy") == (pair in copied) for pair in kept)
    print(f"    of those found, called by the right one of the two names: {named / len(kept):.3f}")
    wrong: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in sorted((said | true) - kept):
        ways = " + ".join(sorted(told[place].way for place in pair))
        kind = "said to be copied" if pair in said else f"not found, but {label.get(pair, 'no pair')}"
        wrong[f"{kind}: {ways}"].append((told[pair[0]].id, told[pair[1]].id))
    _print_kinds(wrong)


def parents(told: Sequence[Telling], found: Judged, lineages: Sequence[Lineage]) -> None:
    """Print how far the sources that are told are those from which the articles were made."""
    size = Counter(telling.origin for telling in told)
    place_of = {telling.id: place for place, telling in enumerate(told)}
    tally: defaultdict[str, Counter[str]] = defaultdict(Counter)
    wrong: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for origin, line in zip(found.origins, lineages, strict=True):
        best = {edge.target: edge for edge in reversed(line.edges)}
        for place in origin.main if len(origin.members) > 1 else ():
            telling, edge = told[place], best.get(place)
            if size[telling.origin] < 2:
                continue
            seen = "whose source is given" if telling.parent else "whose source is not given"
            parent = place_of[telling.parent] if telling.parent else -1
            if edge is None or edge.probability < SURE:
                tally[seen]["abstains"] += 1
            elif edge.source == parent or edge.source < 0 > parent:
                tally[seen]["right"] += 1
            else:
                tally[seen]["wrong"] += 1
                source = told[edge.source] if edge.source >= 0 else None
                way = source.way if source else "a text not given"
                wrong[f"{telling.way} {seen}: from {way}"].append((telling.id, source.id if source else "unseen"))
    for seen, answers in sorted(tally.items()):
        sure, all_of_them = answers["right"] + answers["wrong"], answers.total()
        right = answers["right"] / max(1, sure)
        print(f"  lineage of {all_of_them} articles {seen}: told {sure / all_of_them:.2f}, right {right:.3f}")
    _print_kinds(wrong)
