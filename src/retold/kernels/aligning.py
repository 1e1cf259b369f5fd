"""What two documents share, word by word, plainly: the truth that ``aligning_compiled`` has to equal."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from retold.kernels.arrays import Alignments
from retold.kernels.fingerprinting import grams
from retold.kernels.measures import (
    CHAINS,
    DELETE,
    DOCUMENT_BITS,
    DRIFT_COST,
    EQUAL,
    FEWEST_WORDS,
    GAP_COST,
    GRAM,
    INSERT,
    LONGEST_GAP,
    LOOKBACK,
    MISSES,
    MOVE,
    OCCURRENCES,
    REPLACE,
    SMALL,
    SURE,
    WORD,
)

if TYPE_CHECKING:
    from retold.kernels.arrays import Pairs, Words


class Run(NamedTuple):
    """Words that are the same on both sides, none left out."""

    left: int
    right: int
    length: int


@dataclass(slots=True)
class Side:
    """The words of a document, the places of its kept fingerprints, and each word's passage; 0 is none."""

    words: list[int]
    kept: list[int]
    cover: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Couple:
    """Two documents whose common passages are looked for."""

    left: Side
    right: Side

    def same(self, left: int, right: int) -> bool:
        """Whether two places hold the same word, and no passage has either."""
        inside = 0 <= left < len(self.left.words) and 0 <= right < len(self.right.words)
        if not inside or self.left.cover[left] or self.right.cover[right]:
            return False
        return self.left.words[left] == self.right.words[right]

    def common(self, left: int, right: int, way: int = 1) -> int:
        """How many free words in a row are the same, in one direction."""
        length = 0
        while self.same(left + way * length, right + way * length):
            length += 1
        return length

    def mark(self, run: Run, number: int) -> None:
        """Give the words of a run to a passage."""
        self.left.cover[run.left : run.left + run.length] = [number] * run.length
        self.right.cover[run.right : run.right + run.length] = [number] * run.length


def runs(couple: Couple) -> list[Run]:
    """Return the unbroken runs that two documents share, in the order of the left one.

    They are found by the kept fingerprints of the left one, among all of the right one.
    """
    left, right = couple.left, couple.right
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, gram in enumerate(grams(right.words)):
        places[gram >> DOCUMENT_BITS].append(place)
    found = grams(left.words)
    made: list[Run] = []
    reached: dict[int, int] = {}
    for place in left.kept:
        for other in places.get(found[place] >> DOCUMENT_BITS, ())[:OCCURRENCES]:
            if reached.get(other - place, 0) > place or len(made) >= len(left.words) + len(right.words):
                continue
            length = couple.common(place, other)
            if length >= GRAM:
                before = couple.common(place - 1, other - 1, -1)
                made.append(Run(place - before, other - before, length + before))
                reached[other - place] = place + length
    return sorted(made)


def overlap(before: Run, run: Run) -> int:
    """By how many words a run begins before another one's end, on either side."""
    return max(0, before.left + before.length - run.left, before.right + before.length - run.right)


def joint(before: Run, run: Run) -> int | None:
    """What it is worth to go on from one run with another; None where that cannot be."""
    twice = overlap(before, run)
    if before.left >= run.left or before.right >= run.right or twice >= run.length:
        return None
    left = run.left - before.left - before.length + twice
    right = run.right - before.right - before.length + twice
    if max(left, right) > LONGEST_GAP:
        return None
    return (run.length - twice) * WORD - GAP_COST * min(left, right) - DRIFT_COST * abs(left - right)


def best_chain(found: list[Run]) -> list[int]:
    """Return the numbers of the runs that together are worth most, in order; none where nothing is worth GRAM words.

    Runs of no length were taken before.
    """
    scores: list[int] = []
    previous: list[int] = []
    for number, run in enumerate(found):
        score, before = run.length * WORD, -1
        for other in range(number - 1, max(-1, number - 1 - LOOKBACK), -1):
            worth = joint(found[other], run) if run.length and found[other].length else None
            if worth is not None and scores[other] + worth > score:
                score, before = scores[other] + worth, other
        scores.append(score)
        previous.append(before)
    end = max(range(len(found)), key=scores.__getitem__, default=-1)
    if end < 0 or scores[end] < GRAM * WORD:
        return []
    chain = [end]
    while previous[chain[-1]] >= 0:
        chain.append(previous[chain[-1]])
    return chain[::-1]


def trimmed(chain: list[Run]) -> list[Run]:
    """Return the runs of a chain without what two of them both have."""
    made = chain[:1]
    for before, run in pairwise(chain):
        twice = overlap(before, run)
        made.append(Run(run.left + twice, run.right + twice, run.length - twice))
    return made


def chains(couple: Couple, found: list[Run]) -> list[list[Run]]:
    """Return the passages of two documents as chains of runs, the heaviest first; their words are marked.

    Only words that a chain explains are taken away, so that a paragraph moved out of it is found as the next one.
    """
    found = list(found)
    made: list[list[Run]] = []
    while len(made) < CHAINS and (chosen := best_chain(found)):
        chain = trimmed([found[number] for number in chosen])
        for number in chosen:
            found[number] = found[number]._replace(length=0)
        if sum(run.length for run in chain) < FEWEST_WORDS:
            continue
        made.append(chain)
        for run in chain:
            couple.mark(run, len(made))
        found = [free(couple, run) for run in found]
    return made


def free(couple: Couple, run: Run) -> Run:
    """Return the longest stretch of a run that no passage has yet; of no length where it is too short."""
    best = Run(run.left, run.right, 0)
    start = 0
    for step in range(run.length + 1):
        if step < run.length and couple.same(run.left + step, run.right + step):
            continue
        if step - start > best.length:
            best = Run(run.left + start, run.right + start, step - start)
        start = step + 1
    return best if best.length >= GRAM else best._replace(length=0)


def extended(couple: Couple, chain: list[Run], number: int, way: int) -> list[Run]:
    """Return short common stretches beyond an end of a chain, outwards; they are marked.

    A stretch counts where more words are the same than were passed over on either side, and these are MISSES at most.
    """
    end = chain[-1] if way > 0 else chain[0]
    left, right = (end.left + end.length, end.right + end.length) if way > 0 else (end.left - 1, end.right - 1)
    made: list[Run] = []
    while step := _next(couple, left, right, way):
        skip, miss, length = step
        left, right = left + way * skip, right + way * miss
        back = 0 if way > 0 else length - 1
        made.append(Run(left - back, right - back, length))
        couple.mark(made[-1], number)
        left, right = left + way * length, right + way * length
    return made


def _next(couple: Couple, left: int, right: int, way: int) -> tuple[int, int, int] | None:
    """How many words to pass over on each side, and how many are the same behind them."""
    for away in range(1, 2 * MISSES + 1):
        for skip in range(max(0, away - MISSES), min(MISSES, away) + 1):
            miss = away - skip
            length = couple.common(left + way * skip, right + way * miss, way)
            clear = _clear(couple.left, left, skip, way) and _clear(couple.right, right, miss, way)
            if clear and length > max(skip, miss):
                return skip, miss, length
    return None


def _clear(side: Side, place: int, count: int, way: int) -> bool:
    """Whether the next words are there and no passage has them."""
    places = range(place, place + way * count, way)
    return all(0 <= place < len(side.cover) and not side.cover[place] for place in places)


def filled(couple: Couple, before: Run, after: Run, number: int) -> list[Run]:
    """Return the common words between two runs that are believed; they are marked.

    They are the longest common subsequence; of it, stretches of SURE words, those as far from the run before or behind
    on both sides, and pairs of words in a small gap. Others are small words that any two sentences share.
    """
    low, low_right = before.left + before.length, before.right + before.length
    wide, high = after.left - low, after.right - low_right
    made = []
    for row, column, length in _stretches(couple, low, low_right, wide, high):
        level = row == column or wide - row == high - column
        if length >= SURE or level or (length == SURE - 1 and wide + high <= SMALL):
            made.append(Run(low + row, low_right + column, length))
    for run in made:
        couple.mark(run, number)
    return made


def _stretches(couple: Couple, left: int, right: int, wide: int, high: int) -> list[Run]:
    """The longest common subsequence of two gaps, as stretches, by their places in the gaps."""
    table = [[0] * (high + 1) for _ in range(wide + 1)]
    for row in range(wide - 1, -1, -1):
        for column in range(high - 1, -1, -1):
            if couple.same(left + row, right + column):
                table[row][column] = table[row + 1][column + 1] + 1
            else:
                table[row][column] = max(table[row + 1][column], table[row][column + 1])
    made = []
    row, column = 0, 0
    while row < wide and column < high and table[row][column]:
        length = 0
        while (
            row + length < wide and column + length < high and couple.same(left + row + length, right + column + length)
        ):
            length += 1
        if length:
            made.append(Run(row, column, length))
            row, column = row + length, column + length
        elif table[row + 1][column] >= table[row][column + 1]:
            row += 1
        else:
            column += 1
    return made


def joined(segments: list[Run]) -> list[Run]:
    """Return runs with those that nothing parts made one."""
    made: list[Run] = []
    for run in segments:
        if made and (made[-1].left + made[-1].length, made[-1].right + made[-1].length) == (run.left, run.right):
            made[-1] = made[-1]._replace(length=made[-1].length + run.length)
        else:
            made.append(run)
    return made


def passages(couple: Couple) -> list[list[Run]]:
    """Return the passages that two documents share, in the order of the left one: each its equal runs."""
    for side in (couple.left, couple.right):
        side.cover = [0] * len(side.words)
    heaviest = chains(couple, runs(couple))
    made = []
    for number, chain in enumerate(heaviest, 1):
        segments = extended(couple, chain, number, -1)[::-1]
        ahead = extended(couple, chain, number, 1)
        segments += chain[:1]
        for before, after in pairwise(chain):
            segments += [*filled(couple, before, after, number), after]
        made.append((chain[0].left, joined(segments + ahead)))
    return [segments for _, segments in sorted(made)]


def moved(weights: list[int], order: list[int]) -> list[bool]:
    """Return which passages stand in another order on the right: all but the heaviest that keep theirs."""
    best: list[tuple[int, int]] = []  # the weight of the heaviest row of passages that ends here, and the one before
    for number, place in enumerate(order):
        earlier = [(best[other][0], -other) for other in range(number) if order[other] < place]
        most, before = max(earlier, default=(0, 1))
        best.append((most + weights[number], -before))
    at = max(range(len(best)), key=lambda number: best[number][0])
    kept = set()
    while at >= 0:
        kept.add(at)
        at = best[at][1]
    return [number not in kept for number in range(len(order))]


class Step(NamedTuple):
    """A kind, the words it is about on both sides, and the kept fingerprints of the left one that lie within them."""

    kind: int
    left: int
    left_end: int
    right: int
    right_end: int
    first: int = 0
    fingerprints: int = 0


def steps(couple: Couple, segments: list[Run]) -> Iterator[Step]:
    """Yield the steps of a passage."""
    for number, run in enumerate(segments):
        if number:
            before = segments[number - 1]
            yield _gap(couple, before.left + before.length, run.left, before.right + before.length, run.right)
        first = bisect_left(couple.left.kept, run.left)
        end = bisect_right(couple.left.kept, run.left + run.length - GRAM)
        yield Step(
            EQUAL, run.left, run.left + run.length, run.right, run.right + run.length, first, max(0, end - first)
        )


def _gap(couple: Couple, left: int, left_end: int, right: int, right_end: int) -> Step:
    kind = REPLACE
    if left == left_end:
        kind = MOVE if _elsewhere(couple.right.cover[right:right_end]) else INSERT
    elif right == right_end:
        kind = MOVE if _elsewhere(couple.left.cover[left:left_end]) else DELETE
    return Step(kind, left, left_end, right, right_end)


def _elsewhere(cover: list[int]) -> bool:
    """Whether most of these words stand in another passage: they were moved, not cut."""
    return 2 * sum(map(bool, cover)) > len(cover)


def in_characters(words: Words, low: int, high: int, places: Sequence[int]) -> tuple[int, ...]:
    """Return where words stand in their texts: (left, left end, right, right end).

    An empty side stands where the word before it ends.
    """
    left, left_end, right, right_end = places
    made: list[int] = []
    for document, start, end in ((low, left, left_end), (high, right, right_end)):
        last = int(words.firsts[document]) + end - 1
        stop = int(words.starts[last]) + int(words.lengths[last])
        made += [int(words.starts[words.firsts[document] + start]) if start < end else stop, stop]
    return tuple(made)


def side(words: Words, document: int) -> Side:
    """Return a document's words and kept fingerprints."""
    low, high = int(words.key_firsts[document]), int(words.key_ends[document])
    return Side(words.hashes[words.firsts[document] : words.ends[document]].tolist(), words.places[low:high].tolist())


def alignments(words: Words, found: Pairs, *, threads: int = 1) -> Alignments:
    """Return the passages that pairs share."""
    import numpy as np

    rows: list[tuple[int, ...]] = []
    written: list[tuple[int, ...]] = []
    for pair, (low, high) in enumerate(zip(found.lows.tolist(), found.highs.tolist(), strict=True)):
        couple = Couple(side(words, low), side(words, high))
        made = passages(couple)
        weights = [sum(run.length for run in segments) for segments in made]
        away = moved(weights, [segments[0].right for segments in made]) if made else []
        for segments, weight, elsewhere in zip(made, weights, away, strict=True):
            first, last = segments[0], segments[-1]
            ends = first.left, last.left + last.length, first.right, last.right + last.length
            rows.append((pair, *in_characters(words, low, high, ends), weight, elsewhere, len(written)))
            for kind, *places, one, count in steps(couple, segments):
                written.append((kind, *in_characters(words, low, high, places), one, count))
    return Alignments(np.array(rows, np.int32).reshape(-1, 8), np.array(written, np.int32).reshape(-1, 7))


class Workbench:
    """Where pairs are aligned one question after the other."""

    def alignments(self, words: Words, found: Pairs) -> Alignments:
        """Return the passages that pairs share."""
        return alignments(words, found)
