"""What two documents share, word by word, compiled. The truth is ``aligning``, and says what each step is for."""

# mypy: allow-untyped-defs, allow-untyped-calls, allow-untyped-decorators, disable-error-code=assignment
# ruff: noqa: PLR0912, PLR0913, PLR0915, PLR0917
# numba finds the types of kernels by itself, and kernels are handed their arrays one by one.

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retold.kernels.arrays import Alignments
from retold.kernels.compiling import compiled, in_parts
from retold.kernels.fingerprinting_compiled import gram
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
    from retold.kernels.arrays import Array, Pairs, Words

ROOM = 1 << 16  # passages and steps written at once

_ONE, _BITS = np.uint64(1), np.uint64(DOCUMENT_BITS)


@compiled
def build(words, first, end, grams, table, later):
    """Fill the table of a document's fingerprints; return its mask, and whether one of them is there twice."""
    count = max(0, end - first - GRAM + 1)
    size = 8
    while size < 8 * count:
        size *= 2
    mask = np.uint64(size - 1)
    table[:size] = -1
    repeated = False
    for place in range(count - 1, -1, -1):
        found = gram(words, first + place) >> _BITS
        grams[place] = found
        later[place] = -1
        slot = found & mask
        while table[slot] >= 0:
            if grams[table[slot]] == found:
                later[place] = table[slot]
                repeated = True
                break
            slot = (slot + _ONE) & mask
        table[slot] = place
    return mask, repeated


@compiled
def common(words, left, right, most):
    """How many words are the same from here on."""
    length = 0
    while length < most and words[np.uint64(left + length)] == words[np.uint64(right + length)]:
        length += 1
    return length


@compiled
def common_back(words, left, right, most):
    """How many words before these are the same."""
    length = 0
    while length < most and words[np.uint64(left - length - 1)] == words[np.uint64(right - length - 1)]:
        length += 1
    return length


@compiled
def runs_of(
    words, left, left_count, right, right_count, keys, places, key, key_end, grams, table, mask, later, repeated,
    reached, runs,
):  # fmt: skip
    """Fill the unbroken runs that two documents share, by their place in the left one; return how many there are.

    They are found by the kept fingerprints of the left one, among all of the right one.
    """
    count, most = 0, left_count + right_count
    while key < key_end:
        found = keys[np.uint64(key)] >> _BITS
        key += 1
        slot = found & mask
        other, seen = np.int64(table[slot]), 0
        if other < 0:
            continue
        place = np.int64(places[key - 1])
        while other >= 0 and grams[np.uint64(other)] != found:
            slot = (slot + _ONE) & mask
            other = np.int64(table[slot])
        while other >= 0 and seen < OCCURRENCES and count < most:
            seen += 1
            drift = other - place + left_count
            if reached[drift] <= place:
                low, high = 0, common(words, left + place, right + other, min(left_count - place, right_count - other))
                if high >= GRAM:
                    low = -common_back(words, left + place, right + other, min(place, other))
                    at = count
                    while at > 0 and before(place + low, other + low, runs, at - 1):
                        runs[at, 0], runs[at, 1], runs[at, 2] = runs[at - 1, 0], runs[at - 1, 1], runs[at - 1, 2]
                        at -= 1
                    runs[at, 0], runs[at, 1], runs[at, 2] = place + low, other + low, high - low
                    count += 1
                    reached[drift] = place + high
                    if not repeated:  # what lies in the run has its only place in it
                        while key < key_end and places[key] + GRAM <= place + high:
                            key += 1
            other = np.int64(later[other])
    for run in range(count):
        reached[runs[run, 1] - runs[run, 0] + left_count] = 0
    return count


@compiled
def before(left, right, runs, run):
    """Whether a run stands before another: earlier in the left document, else in the right one."""
    return left < runs[run, 0] or (left == runs[run, 0] and right < runs[run, 1])


@compiled
def overlap_of(runs, before, run):
    left = runs[before, 0] + runs[before, 2] - runs[run, 0]
    right = runs[before, 1] + runs[before, 2] - runs[run, 1]
    return max(0, left, right)


@compiled
def chain(runs, count, scores, previous):
    """Fill the best chain that ends in each run; return the run in which the best of all ends."""
    best, most = -1, 0
    for run in range(count):
        left, right, length = runs[np.uint64(run), 0], runs[np.uint64(run), 1], runs[np.uint64(run), 2]
        score, from_ = length * WORD, -1
        for other in range(run - 1, max(-1, run - 1 - LOOKBACK), -1):
            at = np.uint64(other)
            if length == 0:
                break
            size = runs[at, 2]
            if size == 0 or runs[at, 0] >= left or runs[at, 1] >= right:
                continue
            one, two = left - runs[at, 0] - size, right - runs[at, 1] - size
            overlap = max(0, -one, -two)
            one, two = one + overlap, two + overlap
            if overlap >= length or one > LONGEST_GAP or two > LONGEST_GAP:
                continue
            found = scores[at] + (length - overlap) * WORD - GAP_COST * min(one, two) - DRIFT_COST * abs(one - two)
            if found > score:
                score, from_ = found, other
        scores[run], previous[run] = score, from_
        if score > most:
            best, most = run, score
    return best


@compiled
def take(runs, best, previous, segments, segment):
    """Write the segments of a chain, take its runs away; return where the next chain's begin, and its words."""
    count = 0
    run = best
    while run >= 0:
        count += 1
        run = previous[run]
    run, place, total = best, segment + count - 1, 0
    while run >= 0:
        overlap = overlap_of(runs, previous[run], run) if previous[run] >= 0 else 0
        segments[place, 0] = runs[run, 0] + overlap
        segments[place, 1] = runs[run, 1] + overlap
        segments[place, 2] = runs[run, 2] - overlap
        total += segments[place, 2]
        place -= 1
        run = previous[run]
    run = best
    while run >= 0:
        runs[run, 2] = 0
        run = previous[run]
    return segment + count, total


@compiled
def cover(segments, begin, end, left_cover, right_cover, mark):
    for segment in range(begin, end):
        left, right, length = segments[segment, 0], segments[segment, 1], segments[segment, 2]
        left_cover[left : left + length] = mark
        right_cover[right : right + length] = mark


@compiled
def retire(runs, count, left_cover, right_cover):
    """Leave of each run its longest stretch that no chain explains yet; return how many are left."""
    alive = 0
    for run in range(count):
        left, right, length = runs[run, 0], runs[run, 1], runs[run, 2]
        if length == 0:
            continue
        best, most, open_ = 0, 0, 0
        for step in range(length):
            if left_cover[left + step] != 0 or right_cover[right + step] != 0:
                open_ = 0
                continue
            open_ += 1
            if open_ > most:
                most, best = open_, step + 1 - open_
        runs[run, 0], runs[run, 1], runs[run, 2] = left + best, right + best, most if most >= GRAM else 0
        alive += most >= GRAM
    return alive


@compiled
def extend(words, left, left_count, right, right_count, left_cover, right_cover, mark, segments, begin, end, room, way):
    """Take in short common stretches beyond an end of a chain, a few words from it; ``way`` is 1 or -1.

    They are written from ``room`` on, outwards; return how many there are.
    """
    if way > 0:
        one = segments[end - 1, 0] + segments[end - 1, 2]
        other = segments[end - 1, 1] + segments[end - 1, 2]
    else:
        one, other = segments[begin, 0] - 1, segments[begin, 1] - 1
    count = 0
    going = True
    while going:
        going = False
        for away in range(1, 2 * MISSES + 1):
            for skip in range(max(0, away - MISSES), min(MISSES, away) + 1):
                miss = away - skip
                here, there = one + way * skip, other + way * miss
                needed, length = max(skip, miss) + 1, 0
                while (
                    0 <= here + way * length < left_count
                    and 0 <= there + way * length < right_count
                    and left_cover[here + way * length] == 0
                    and right_cover[there + way * length] == 0
                    and words[left + here + way * length] == words[right + there + way * length]
                ):
                    length += 1
                if length < needed or not clear(left_cover, one, skip, way) or not clear(right_cover, other, miss, way):
                    continue
                low = here if way > 0 else here - length + 1
                low_right = there if way > 0 else there - length + 1
                segments[room + count, 0], segments[room + count, 1] = low, low_right
                segments[room + count, 2] = length
                left_cover[low : low + length] = mark
                right_cover[low_right : low_right + length] = mark
                count += 1
                one, other = here + way * length, there + way * length
                going = True
                break
            if going:
                break
    return count


@compiled
def clear(covered, place, count, way):
    """Whether no chain has the next words. Those behind the edge of the document are not asked for."""
    for step in range(count):
        at = place + way * step
        if at < 0 or at >= len(covered) or covered[at] != 0:
            return False
    return True


@compiled
def fill(
    words, left, left_low, left_high, right, right_low, right_high, left_cover, right_cover, mark, lengths, made, room
):
    """Align the words between two runs; write the stretches that are believed; return how many there are."""
    wide, high = left_high - left_low, right_high - right_low
    if wide == 1 and high == 1:  # they differ, else they would be in the run before them
        return 0
    width = high + 1  # the table lies in one row: indices without a sign are looked up without a question
    for place in range((wide + 1) * width):
        lengths[np.uint64(place)] = 0
    for row in range(wide - 1, -1, -1):
        free = left_cover[np.uint64(left_low + row)] == 0
        word = words[np.uint64(left + left_low + row)]
        behind = lengths[np.uint64((row + 1) * width + high)]
        beside = behind
        for column in range(high - 1, -1, -1):
            below = lengths[np.uint64((row + 1) * width + column)]
            same = word == words[np.uint64(right + right_low + column)]
            if same and free and right_cover[np.uint64(right_low + column)] == 0:
                beside = behind + 1
            else:
                beside = max(below, beside)
            lengths[np.uint64(row * width + column)] = beside
            behind = below
    count, row, column = 0, 0, 0
    while row < wide and column < high and lengths[row * width + column] > 0:
        begin_row, begin_column = row, column
        while (
            row < wide
            and column < high
            and words[left + left_low + row] == words[right + right_low + column]
            and left_cover[left_low + row] == 0
            and right_cover[right_low + column] == 0
        ):
            row += 1
            column += 1
        length = row - begin_row
        if length == 0:
            if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1]:
                row += 1
            else:
                column += 1
            continue
        level = begin_row == begin_column or wide - begin_row == high - begin_column
        if length >= SURE or level or (length == SURE - 1 and wide + high <= SMALL):
            made[room + count, 0], made[room + count, 1] = left_low + begin_row, right_low + begin_column
            made[room + count, 2] = length
            count += 1
    for step in range(count):
        low, low_right, length = made[room + step, 0], made[room + step, 1], made[room + step, 2]
        left_cover[low : low + length] = mark
        right_cover[low_right : low_right + length] = mark
    return count


@compiled
def elsewhere(covered, low, high):
    """Whether most of these words stand in another passage: they were moved, not cut."""
    count = 0
    for place in range(low, high):
        count += covered[place] != 0
    return 2 * count > high - low


@compiled
def moved_of(passages, begin, end, weights, previous):
    """Mark the passages that stand in another order on both sides: all but the heaviest that keep it."""
    best = -1
    for one in range(begin, end):
        weights[one - begin], previous[one - begin] = passages[one, 5], -1
        for other in range(begin, one):
            if passages[other, 3] < passages[one, 3]:
                weight = weights[other - begin] + passages[one, 5]
                if weight > weights[one - begin]:
                    weights[one - begin], previous[one - begin] = weight, other - begin
        passages[one, 6] = 1
        if best < 0 or weights[one - begin] > weights[best]:
            best = one - begin
    while best >= 0:
        passages[begin + best, 6] = 0
        best = previous[best]


@compiled
def align(
    words, starts, lengths_of, firsts, ends, keys, places, key_firsts, key_ends, lows, highs, begin, grams, table,
    later, reached, runs, scores, previous, segments, made, chains, order, left_cover, right_cover, lengths, passages,
    steps,
):  # fmt: skip
    """Fill the passages and the steps of pairs, which come by their second document.

    Return the next pair, and how many passages and steps there are; not all pairs are done where room is short.
    """
    passage, step, built = 0, 0, np.int64(-1)
    mask, repeated = np.uint64(0), False
    for pair in range(begin, len(lows)):
        left, right = firsts[lows[pair]], firsts[highs[pair]]
        left_count, right_count = ends[lows[pair]] - left, ends[highs[pair]] - right
        if passage + CHAINS > len(passages) or step + left_count + right_count + CHAINS > len(steps):
            return pair, passage, step
        if built != highs[pair]:
            mask, repeated = build(words, right, right + right_count, grams, table, later)
            built = np.int64(highs[pair])
        count = runs_of(
            words, left, left_count, right, right_count, keys, places, key_firsts[lows[pair]], key_ends[lows[pair]],
            grams, table, mask, later, repeated, reached, runs,
        )  # fmt: skip
        if count == 0 or (count == 1 and runs[0, 2] < FEWEST_WORDS):
            continue
        left_cover[:left_count] = 0
        right_cover[:right_count] = 0
        found, segment = 0, 0
        while found < CHAINS:
            best = chain(runs, count, scores, previous)
            if best < 0 or scores[best] < GRAM * WORD:
                break
            after, total = take(runs, best, previous, segments, segment)
            if total < FEWEST_WORDS:
                continue
            found += 1
            chains[found - 1, 0], chains[found - 1, 1] = segment, after
            cover(segments, segment, after, left_cover, right_cover, found)
            segment = after
            if retire(runs, count, left_cover, right_cover) == 0:
                break
        if found == 0:
            continue
        for number in range(found):
            order[number] = number
        for number in range(1, found):  # by their place in the left one
            at = number
            while at > 0 and segments[chains[order[at - 1], 0], 0] > segments[chains[order[at], 0], 0]:
                order[at - 1], order[at] = order[at], order[at - 1]
                at -= 1
        # Fill and extend, the heaviest first; its segments go to ``made`` in order.
        room = 0
        for number in range(found):
            low, high = chains[number, 0], chains[number, 1]
            behind = extend(
                words, left, left_count, right, right_count, left_cover[:left_count], right_cover[:right_count],
                number + 1, segments, low, high, segment, -1,
            )  # fmt: skip
            ahead = extend(
                words, left, left_count, right, right_count, left_cover[:left_count], right_cover[:right_count],
                number + 1, segments, low, high, segment + behind, 1,
            )  # fmt: skip
            chains[number, 2] = room
            for place in range(behind - 1, -1, -1):
                room = append(made, chains[number, 2], room, segments, segment + place)
            for place in range(low, high):
                if place > low:
                    one = made[room - 1, 0] + made[room - 1, 2]
                    other = made[room - 1, 1] + made[room - 1, 2]
                    if one < segments[place, 0] and other < segments[place, 1]:
                        filled = fill(
                            words, left, one, segments[place, 0], right, other, segments[place, 1], left_cover,
                            right_cover, number + 1, lengths, segments, segment + behind + ahead,
                        )  # fmt: skip
                        for extra in range(filled):
                            room = append(made, chains[number, 2], room, segments, segment + behind + ahead + extra)
                room = append(made, chains[number, 2], room, segments, place)
            for place in range(ahead):
                room = append(made, chains[number, 2], room, segments, segment + behind + place)
            chains[number, 3] = room
        begun, written = passage, step
        for place in range(found):
            number = order[place]
            low, high = chains[number, 2], chains[number, 3]
            total = 0
            first_key, key_end = key_firsts[lows[pair]], key_ends[lows[pair]]
            key = key_from(places, first_key, key_end, made[low, 0])
            passages[passage, 7] = step
            for at in range(low, high):
                if at > low:
                    step = gap(made, at, left_cover, right_cover, pair, steps, step)
                one, other, length = made[at, 0], made[at, 1], made[at, 2]
                step = write(steps, step, EQUAL, one, one + length, other, other + length)
                while key < key_end and places[key] < one:
                    key += 1
                steps[step - 1, 5] = key - first_key
                while key < key_end and places[key] + GRAM <= one + length:
                    key += 1
                steps[step - 1, 6] = key - first_key - steps[step - 1, 5]
                total += length
            passages[passage, 0] = pair
            passages[passage, 1], passages[passage, 2] = made[low, 0], made[high - 1, 0] + made[high - 1, 2]
            passages[passage, 3], passages[passage, 4] = made[low, 1], made[high - 1, 1] + made[high - 1, 2]
            passages[passage, 5] = total
            passage += 1
        moved_of(passages, begun, passage, scores, previous)
        in_characters(starts, lengths_of, left, right, passages, begun, passage)
        in_characters(starts, lengths_of, left, right, steps, written, step)
    return len(lows), passage, step


@compiled
def key_from(places, low, high, wanted):
    """The first fingerprint of a document that begins at a word or behind it."""
    while low < high:
        middle = (low + high) // 2
        if places[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def in_characters(starts, lengths, left, right, rows, begin, end):
    """Turn the four columns behind the first from words into characters."""
    for row in range(begin, end):
        for column in range(1, 5, 2):
            base = left if column == 1 else right
            low, high = base + rows[row, column], base + rows[row, column + 1]
            last = np.int64(starts[high - 1]) + lengths[high - 1]
            rows[row, column] = starts[low] if low < high else last
            rows[row, column + 1] = last


@compiled
def append(made, begin, room, segments, place):
    """Add a segment to a chain's, joined to the last where nothing parts them."""
    left, right, length = segments[place, 0], segments[place, 1], segments[place, 2]
    if room > begin:
        last = room - 1
        if made[last, 0] + made[last, 2] == left and made[last, 1] + made[last, 2] == right:
            made[last, 2] += length
            return room
    made[room, 0], made[room, 1], made[room, 2] = left, right, length
    return room + 1


@compiled
def write(steps, step, kind, left, left_end, right, right_end):
    steps[step, 0] = kind
    steps[step, 1], steps[step, 2] = left, left_end
    steps[step, 3], steps[step, 4] = right, right_end
    steps[step, 5], steps[step, 6] = 0, 0
    return step + 1


@compiled
def gap(made, at, left_cover, right_cover, pair, steps, step):
    """Write the step between two segments."""
    left, left_end = made[at - 1, 0] + made[at - 1, 2], made[at, 0]
    right, right_end = made[at - 1, 1] + made[at - 1, 2], made[at, 1]
    if left == left_end:
        kind = MOVE if elsewhere(right_cover, right, right_end) else INSERT
    elif right == right_end:
        kind = MOVE if elsewhere(left_cover, left, left_end) else DELETE
    else:
        kind = REPLACE
    return write(steps, step, kind, left, left_end, right, right_end)


def alignments(words: Words, found: Pairs, *, threads: int = 1) -> Alignments:
    """Return the passages that pairs share."""
    work = np.concatenate(([0], np.cumsum(words.counts(found.lows) + 1)))
    parts = in_parts(lambda low, high: _part(words, found, low, high), work, threads)
    return together([made for part in parts for made in part])


def together(blocks: list[Alignments]) -> Alignments:
    """Return blocks one behind the other."""
    before = 0
    for made in blocks:
        made.passages[:, 7] += before
        before += len(made.steps)
    empty = Alignments(np.empty((0, 8), np.int32), np.empty((0, 7), np.int32))
    return Alignments(
        np.concatenate([empty.passages, *(made.passages for made in blocks)]),
        np.concatenate([empty.steps, *(made.steps for made in blocks)]),
    )


def _part(words: Words, found: Pairs, low: int, high: int) -> list[Alignments]:
    """The passages of some of the pairs, in blocks; a pair's number is its place among all."""
    if low == high:
        return []
    lows, highs = found.lows[low:high], found.highs[low:high]
    longest = int(max(words.counts(lows).max(), words.counts(highs).max()))
    return Workbench(longest).blocks(words, lows, highs, low)


class Workbench:
    """Room for the alignment of documents of so many words, used again for each pair: not for two threads at once."""

    def __init__(self, longest: int = 1) -> None:
        self._make_room(longest)

    def _make_room(self, longest: int) -> None:
        self.longest = longest
        self.scratch = Scratch(longest)
        self.passages = np.empty((ROOM, 8), np.int32)
        self.steps = np.empty((ROOM + 2 * longest, 7), np.int32)

    def alignments(self, words: Words, found: Pairs) -> Alignments:
        """Return the passages that pairs share, in room that is made larger where need be."""
        longest = int(words.counts(np.append(found.lows, found.highs)).max(initial=0))
        if longest > self.longest:
            self._make_room(2 * longest)
        return together(self.blocks(words, found.lows, found.highs, 0))

    def blocks(self, words: Words, lows: Array, highs: Array, before: int) -> list[Alignments]:
        """Return the passages of pairs in blocks; the numbers of the pairs begin with ``before``."""
        begin, made = 0, []
        while begin < len(lows):
            begin, passage, step = align(
                words.hashes, words.starts, words.lengths, words.firsts, words.ends, words.keys, words.places,
                words.key_firsts, words.key_ends, lows, highs, begin, *self.scratch.arrays, self.passages, self.steps,
            )  # fmt: skip
            done = self.passages[:passage].copy()
            done[:, 0] += before
            made.append(Alignments(done, self.steps[:step].copy()))
        return made


class Scratch:
    """Room for the alignment of documents of so many words, used again for each pair."""

    def __init__(self, longest: int) -> None:
        size = 8
        while size < 8 * longest:
            size *= 2
        most = 4 * longest + 1024
        self.arrays = (
            np.empty(longest + 1, np.uint64),  # grams
            np.empty(size, np.int32),  # table
            np.empty(longest + 1, np.int32),  # later
            np.zeros(2 * longest + 2, np.int32),  # reached
            np.empty((most, 3), np.int64),  # runs
            np.empty(most, np.int64),  # scores
            np.empty(most, np.int64),  # previous
            np.empty((2 * most, 3), np.int64),  # segments
            np.empty((2 * most, 3), np.int64),  # made
            np.empty((CHAINS, 4), np.int64),  # chains
            np.empty(CHAINS, np.int64),  # order
            np.empty(longest + 1, np.uint8),  # left cover
            np.empty(longest + 1, np.uint8),  # right cover
            np.empty((LONGEST_GAP + 2) ** 2, np.int64),  # lengths
        )
