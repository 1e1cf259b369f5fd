"""The text that the versions of an origin share, put together again, with the support of each passage.

The fullest version is the base. What it lacks and two others have is put where they have it. Nothing is rewritten:
each passage is a stretch of one version.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retold.copies.ground import covered
from retold.copies.readings import among
from retold.copies.wording import WORD, Span, paragraphs
from retold.model.records import Version

HALF = 0.5  # of a passage that stands in another version, which then supports it
GRAM = 4  # words
SHARED = 0.4  # of the word grams of a paragraph that another one has, from which both are one passage
LEAST = 2  # versions that have a passage which the base lacks


@dataclass(frozen=True, slots=True)
class Restored:
    """A passage of the shared text: ``versions[place].text[start:end]``, and the versions that have it, in order."""

    place: int
    start: int
    end: int
    support: tuple[int, ...]


@dataclass(slots=True)
class Addition:
    """A passage that the base lacks: where it first stands, behind which passage of the base, and who has it."""

    place: int
    span: Span
    behind: int
    support: set[int]


def restored(versions: Sequence[Version], members: Sequence[int], base: int) -> list[Restored]:
    """Return the shared text of the members of an origin, in its order; ``base`` is the fullest of them.

    What stands in the base alone is part of it, too, with the base as its only support.
    """
    others = sorted(set(members) - {base})
    passages = paragraphs(versions[base])
    held, own = _laid(versions, base, others)
    found = [[Restored(base, *span, (base, *_support(span, held)))] for span in passages]
    for addition in _additions(versions, others, passages, own):
        place, span = addition.place, addition.span
        made = Restored(place, *span, tuple(sorted(addition.support)))
        if found:
            found[addition.behind].append(made)
        else:
            found.append([made])
    return [Restored(each.place, each.start, each.end, tuple(sorted(each.support))) for row in found for each in row]


Laid = dict[int, list[tuple[Span, Span]]]


def _laid(versions: Sequence[Version], base: int, others: Sequence[int]) -> tuple[dict[int, list[Span]], Laid]:
    """For each version the stretches of the base that it has, and the runs of both, its own first."""
    held: dict[int, list[Span]] = {other: [] for other in others}
    runs: Laid = {other: [] for other in others}
    if not others:
        return held, runs
    star = among(versions, [(min(base, other), max(base, other)) for other in others])
    for pair in range(len(star)):
        left, right = int(star.pairs["left"][pair]), int(star.pairs["right"][pair])
        other = right if left == base else left
        for passage in star.passages_of(pair):
            for step in star.steps_of(passage):
                if step.kind == "equal":
                    spans = (step.left_start, step.left_end), (step.right_start, step.right_end)
                    mine, there = spans if left == other else spans[::-1]
                    held[other].append(there)
                    runs[other].append((mine, there))
    return held, runs


def _support(span: Span, held: dict[int, list[Span]]) -> list[int]:
    """The versions that have at least half of a stretch of the base."""
    length = span[1] - span[0]
    return [other for other, spans in held.items() if covered(spans, [span]) >= HALF * length]


def _additions(
    versions: Sequence[Version], others: Sequence[int], passages: Sequence[Span], runs: Laid
) -> Iterator[Addition]:
    """The passages that the base lacks and several others have, in the order in which they are met."""
    known: defaultdict[tuple[str, ...], list[Addition]] = defaultdict(list)
    met: list[Addition] = []
    for other in others:
        own = [mine for mine, _ in runs[other]]
        for span in paragraphs(versions[other]):
            grams = _grams(versions[other].text[slice(*span)])
            if not grams or covered(own, [span]) >= HALF * (span[1] - span[0]):
                continue
            same = _same(grams, known)
            if same is None:
                same = Addition(other, span, _behind(span, runs[other], passages), {other})
                met.append(same)
            same.support.add(other)
            for gram in grams:
                known[gram].append(same)
    yield from (addition for addition in met if len(addition.support) >= LEAST)


def _grams(text: str) -> set[tuple[str, ...]]:
    words = [word.casefold() for word in WORD.findall(text)]
    return {tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)}


def _same(grams: set[tuple[str, ...]], known: dict[tuple[str, ...], list[Addition]]) -> Addition | None:
    """The passage that was met before in much the same words."""
    counts: dict[int, int] = {}
    named: dict[int, Addition] = {}
    for gram in sorted(grams & known.keys()):
        for addition in {id(each): each for each in known[gram]}.values():
            counts[id(addition)] = counts.get(id(addition), 0) + 1
            named[id(addition)] = addition
    best = max(counts, key=lambda key: counts[key], default=None)
    return named[best] if best is not None and counts[best] >= SHARED * len(grams) else None


def _behind(span: Span, runs: Sequence[tuple[Span, Span]], passages: Sequence[Span]) -> int:
    """The number of the passage of the base behind which a stretch stands in its version."""
    before = [there for mine, there in sorted(runs) if mine[1] <= span[0]]
    if not before or not passages:
        return 0
    last = before[-1][0]
    return next((number for number, (low, high) in enumerate(passages) if low <= last < high), len(passages) - 1)
