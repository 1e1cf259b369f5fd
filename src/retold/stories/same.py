"""Which of a few versions tell the same story: by the words of title and lead, names and numbers weighing most.

This asks nothing of a corpus: with a handful of articles there are no document frequencies to learn, so a word's weight
is its kind's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from retold.model.records import COMPARED, Version, letter
from retold.text.languages import language
from retold.text.names import sound
from retold.text.words import Token, stem, tokens

LEAD_WORDS = 150  # as measured for streams of news: more words add noise
TITLE_WEIGHT = 2.0
NAME = 1.6
NUMBER = 0.8
WORD = 1.0
COMMON = 0.25  # words that stand in every report ("said", "people", "government")
# Chosen on half of the pairs of FNC-1's and ECB+'s stories, measured on the other (bench/same_story.py).
SAME = 0.2
SURE = 0.32
SHARED = 0.2  # share of own words in common, from which the text alone says "one story"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two versions' matters are, 0 to 1, and the words that say so, weightiest first."""

    one: int
    other: int
    score: float
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stories:
    """The versions by story, with the likenesses that hold each together, and how sure that is."""

    groups: tuple[tuple[int, ...], ...]
    likenesses: tuple[Likeness, ...]
    certainty: str


def stories(versions: Sequence[Version], shared: Mapping[tuple[int, int], float]) -> Stories:
    """Return the versions grouped by story; ``shared`` is the share of text that pairs have in common."""
    features = [_features(version) for version in versions]
    pairs: list[Likeness] = []
    for one in range(len(versions)):
        for other in range(one + 1, len(versions)):
            share = shared.get((one, other), 0.0)
            likeness = _likeness(one, other, features)
            pairs.append(likeness if share < SHARED else Likeness(one, other, max(likeness.score, SURE, share), likeness.terms))
    groups = _grouped(len(versions), pairs)
    return Stories(groups, tuple(pairs), _certainty(groups, pairs))


def _features(version: Version) -> dict[str, tuple[float, str]]:
    """Weighted words of title and lead: term -> (weight, as written)."""
    counts: dict[str, float] = {}
    shown: dict[str, str] = {}
    data = language(version.language)
    for token, weight in _lead(version):
        if not token.word or token.key in data.stopwords:
            continue
        term, worth = _term(token, version.language)
        counts[term] = counts.get(term, 0.0) + weight * worth
        shown.setdefault(term, token.text)
    weights = {term: 1 + log(count) if count > 1 else count for term, count in counts.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: (weight / length, shown[term]) for term, weight in weights.items()}


def _lead(version: Version) -> list[tuple[Token, float]]:
    found = [(token, TITLE_WEIGHT) for token in tokens(version.title or "", version.language)]
    words = 0
    for block in version.blocks:
        if block.kind in COMPARED and words < LEAD_WORDS:
            own = tokens(version.text, version.language, start=block.start, end=block.end)
            found += [(token, 1.0) for token in own]
            words += sum(token.word for token in own)
    return found


def _term(token: Token, code: str) -> tuple[str, float]:
    """What a word counts as, and how much: a name by its sound, so that its spellings agree."""
    data = language(code)
    if token.text[0].isdigit():
        return token.key, NUMBER
    if token.text[0].isupper():
        return "name " + sound(token.key.removesuffix("'s")), NAME
    if token.key in data.say:
        return token.key, COMMON
    return stem(token.key, code), WORD


def _likeness(one: int, other: int, features: Sequence[Mapping[str, tuple[float, str]]]) -> Likeness:
    mine, yours = features[one], features[other]
    products = {term: weight * yours[term][0] for term, (weight, _) in mine.items() if term in yours}
    ranked = sorted(products, key=lambda term: (-products[term], term))
    return Likeness(one, other, sum(products.values()), tuple(mine[term][1] for term in ranked[:6]))


def _grouped(count: int, pairs: Sequence[Likeness]) -> tuple[tuple[int, ...], ...]:
    """Average link over the pairs, cut at SAME."""
    score = {(pair.one, pair.other): pair.score for pair in pairs}
    groups = [[place] for place in range(count)]
    sums = dict(score)
    while len(groups) > 1:
        sizes = [len(group) for group in groups]
        best = max(sums, key=lambda pair: (sums[pair] / (sizes[pair[0]] * sizes[pair[1]]), -pair[0], -pair[1]))
        if sums[best] / (sizes[best[0]] * sizes[best[1]]) < SAME:
            break
        groups, sums = _merge(groups, sums, *best)
    return tuple(tuple(sorted(group)) for group in sorted(groups, key=min))


def _merge(
    groups: list[list[int]], sums: Mapping[tuple[int, int], float], one: int, other: int
) -> tuple[list[list[int]], dict[tuple[int, int], float]]:
    """Two groups as one; a group's sum to another is the sum of its members' (Lance and Williams 1967)."""
    place = {old: old - (old > other) for old in range(len(groups)) if old != other} | {other: one - (one > other)}
    merged: dict[tuple[int, int], float] = {}
    for (a, b), total in sums.items():
        pair = (min(place[a], place[b]), max(place[a], place[b]))
        if pair[0] != pair[1]:
            merged[pair] = merged.get(pair, 0.0) + total
    kept = [group for at, group in enumerate(groups) if at != other]
    kept[place[one]] = groups[one] + groups[other]
    return kept, merged


def _certainty(groups: Sequence[Sequence[int]], pairs: Sequence[Likeness]) -> str:
    """High where every decision is far from the cut, low where one is close to it."""
    home = {version: place for place, group in enumerate(groups) for version in group}
    linked: dict[int, float] = {}
    outside = 0.0
    for pair in pairs:
        if home[pair.one] == home[pair.other]:
            for version in (pair.one, pair.other):
                linked[version] = max(linked.get(version, 0.0), pair.score)
        else:
            outside = max(outside, pair.score)
    inside = min(linked.values(), default=1.0)
    if inside >= SURE and outside < SAME * 0.6:
        return "high"
    return "medium" if inside >= SAME * 1.2 and outside < SAME else "low"


def likeness_note(pair: Likeness) -> str:
    """Return why two versions are taken for one story, in a sentence."""
    words = ", ".join(pair.terms) if pair.terms else "nothing"
    return f"{letter(pair.one)} and {letter(pair.other)} speak of the same: {words}"
