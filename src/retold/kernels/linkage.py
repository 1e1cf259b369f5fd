"""Average-link clustering of a few hundred things from the scores of their pairs."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heapify, heappop, heappush

Pair = tuple[int, int]


def average_link(count: int, scores: Mapping[Pair, float], *, cut: float) -> list[list[int]]:
    """Return groups of ``range(count)``: the closest two groups are joined until no two have a mean score of ``cut``.

    ``scores`` maps (low, high) to the likeness of a pair; a pair left out scores 0. Ties fall to the lowest members.
    Lance and Williams' (1967) update, with a heap of stale and fresh pairs: O(n² log n).
    """
    groups = {place: [place] for place in range(count)}
    sums: dict[int, dict[int, float]] = {place: {} for place in range(count)}
    for (one, other), score in scores.items():
        if score > 0:
            sums[one][other] = sums[other][one] = score
    heap = [(-score, one, other, 1, 1) for (one, other), score in scores.items() if score >= cut]
    heapify(heap)
    while heap:
        _, one, other, size, other_size = heappop(heap)
        if one not in groups or other not in groups or (len(groups[one]), len(groups[other])) != (size, other_size):
            continue  # stale: one of them has been joined since
        groups[one] = sorted(groups[one] + groups.pop(other))
        for third, total in sums.pop(other).items():
            if third != one:
                del sums[third][other]
                sums[one][third] = sums[third][one] = sums[one].get(third, 0.0) + total
        sums[one].pop(other, None)
        for third, total in sums[one].items():
            mean = total / (len(groups[one]) * len(groups[third]))
            if mean >= cut:
                low, high = min(one, third), max(one, third)
                heappush(heap, (-mean, low, high, len(groups[low]), len(groups[high])))
    return sorted(groups.values())
