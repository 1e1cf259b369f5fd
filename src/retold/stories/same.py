"""Which of a few versions tell the same story: by the words of title and lead, names and numbers weighing most.

This asks nothing of a corpus: with a handful of articles there are no document frequencies to learn, so a word's weight
is its kind's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import exp, log, sqrt

from retold.kernels.linkage import average_link
from retold.model.records import COMPARED, Certainty, Version, letter
from retold.model.times import days_between
from retold.text.languages import language
from retold.text.names import sound
from retold.text.words import MEMO, forms, stem, texts

LEAD_WORDS = 170  # and marks; 150 words, as measured for streams of news: more words add noise
TITLE_WEIGHT = 2
NAME = 2.0
NUMBER = 1.5
WORD = 1.0
COMMON = 0.25  # words that stand in every report ("said", "people", "government")
# Chosen on random pairs of FNC-1's and ECB+'s stories: 93 and 95 % of those of one story lie above (bench/quality.py).
SAME = 0.17
SURE = 0.3
TOLD = 12  # pairs told as evidence
TERMS = 6  # words told of each
ONE_TEXT = 0.35  # as in copies: from here on two versions go back to one text, and so tell one story
NEAR_DAYS = 2.0
FADE_DAYS = 10.0  # beyond the first days, likeness fades by e in so many


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
    certainty: Certainty


def stories(versions: Sequence[Version], shared: Mapping[tuple[int, int], float]) -> Stories:
    """Return the versions grouped by story; ``shared`` says of pairs how surely they go back to one text, 0 to 1."""
    features = [_features(version) for version in versions]
    scores = {
        (one, other): _score(versions, (one, other), features, shared.get((one, other), 0.0))
        for one in range(len(versions))
        for other in range(one + 1, len(versions))
    }
    groups = average_link(len(versions), scores, cut=SAME)
    strongest = sorted(scores, key=lambda pair: (-scores[pair], pair))[:TOLD]
    likenesses = tuple(
        Likeness(*pair, scores[pair], _terms(features[pair[0]], features[pair[1]])) for pair in strongest
    )
    certainty = _certainty(groups, scores)
    by_words = any(shared.get((one, other), 0.0) < ONE_TEXT for group in groups for one, other in pairwise(group))
    if certainty == "high" and by_words:
        certainty = "medium"  # words alone do not tell one cup final from the next
    return Stories(tuple(tuple(group) for group in groups), likenesses, certainty)


def _score(
    versions: Sequence[Version],
    pair: tuple[int, int],
    features: Sequence[Mapping[str, tuple[float, str]]],
    share: float,
) -> float:
    """The likeness of two versions: one text settles it, else the words decide, and the days between."""
    if share >= ONE_TEXT:
        return max(SURE, share)
    mine, yours = features[pair[0]], features[pair[1]]
    days = days_between(versions[pair[0]].published, versions[pair[1]].published) or 0.0
    fading = exp(-max(0.0, days - NEAR_DAYS) / FADE_DAYS)
    return fading * sum(weight * yours[term][0] for term, (weight, _) in mine.items() if term in yours)


def _terms(mine: Mapping[str, tuple[float, str]], yours: Mapping[str, tuple[float, str]]) -> tuple[str, ...]:
    """The words that weigh most in common, as written."""
    products = {term: weight * yours[term][0] for term, (weight, _) in mine.items() if term in yours}
    return tuple(mine[term][1] for term in sorted(products, key=lambda term: (-products[term], term))[:TERMS])


def _features(version: Version) -> dict[str, tuple[float, str]]:
    """Weighted words of title and lead: term -> (weight, as written)."""
    counts: dict[str, float] = {}
    shown: dict[str, str] = {}
    code = version.language
    for text, count in _lead(version).items():
        term, worth = _term(text, code)
        if worth:
            counts[term] = counts.get(term, 0.0) + count * worth
            shown.setdefault(term, text)
    weights = {term: 1 + log(count) if count > 1 else count for term, count in counts.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: (weight / length, shown[term]) for term, weight in weights.items()}


def _lead(version: Version) -> Counter[str]:
    """The words of the title and of the first paragraphs, counted; one of the title counts more."""
    code = version.language
    title = texts(version.title or "", code)
    lead: list[str] = []
    for block in version.blocks:
        if block.kind in COMPARED and len(lead) < LEAD_WORDS:
            lead += texts(version.text, code, start=block.start, end=block.end)
    return Counter(title * TITLE_WEIGHT + lead[:LEAD_WORDS])


@lru_cache(maxsize=MEMO)
def _term(text: str, code: str) -> tuple[str, float]:
    """What a word counts as, and how much: a name by its sound, so that its spellings agree; a mark or a stop word
    counts nothing."""
    key, word = forms(code)[text]
    if not word or key in language(code).stopwords:
        return key, 0.0
    if text[0].isdecimal():
        return key, NUMBER
    if text[0].isupper():
        return "name " + sound(key.removesuffix("'s")), NAME
    if key in language(code).say:
        return key, COMMON
    return stem(key, code), WORD


def _certainty(groups: Sequence[Sequence[int]], scores: Mapping[tuple[int, int], float]) -> Certainty:
    """High where every decision is far from the cut, low where one is close to it."""
    home = {version: place for place, group in enumerate(groups) for version in group}
    linked: dict[int, float] = {}
    outside = 0.0
    for (one, other), score in scores.items():
        if home[one] == home[other]:
            linked[one] = max(linked.get(one, 0.0), score)
            linked[other] = max(linked.get(other, 0.0), score)
        else:
            outside = max(outside, score)
    inside = min(linked.values(), default=1.0)
    if inside >= SURE and outside < SAME * 0.6:
        return "high"
    return "medium" if inside >= SAME * 1.2 and outside < SAME else "low"


def likeness_note(pair: Likeness) -> str:
    """Return why two versions are taken for one story, in a sentence."""
    words = ", ".join(pair.terms) if pair.terms else "nothing"
    return f"{letter(pair.one)} and {letter(pair.other)} speak of the same: {words}"
