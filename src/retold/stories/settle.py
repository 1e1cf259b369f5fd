"""Articles gathered into stories, a block of time after the other.

What comes out depends on the set of articles alone. They are sorted by time, then id, and cut into blocks of the
calendar; those without a time are one last block. Each block is settled together with the stories of the days before
that time leaves within reach, by average link; those farther back are final. So the state after a block follows from
the articles up to it, and when articles arrive late, only the blocks from theirs on are settled again, and of these
only as many as it takes until the state is what it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retold.stories.settling import Settling
from retold.stories.states import BACKGROUND, UNDATED, State, Telling, begin, blocks, everything, latest, within_reach


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an article stands: ``story`` is the id of the earliest article of its story (``stories.ids`` makes the
    story's own id of it), ``score`` how surely it belongs, 0 to 1."""

    story: str
    score: float


@dataclass(frozen=True, slots=True)
class Step:
    """What a block brought: the state after it, where its articles are placed, and which stories of the blocks before
    are now part of which other (``merged``: story -> story)."""

    state: State
    placed: dict[str, Placed]
    merged: dict[str, str]


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
    kept = within_reach(state, block)
    ordered = sorted(tellings, key=Telling.order)
    told = (*kept.tellings, *ordered)
    settling = Settling(told, kept.stories, kept.firsts, kept.background)
    labels, scores, merged = settling.settled()
    moments = {each.article_id: each.moment for each in ordered} | dict(kept.firsts)
    firsts = {label: moments[label] for label in dict.fromkeys(labels)}
    new = zip(ordered, labels[len(kept.tellings) :], scores[len(kept.tellings) :], strict=True)
    placed = {telling.article_id: Placed(label, score) for telling, label, score in new}
    count = kept.settled + len(ordered)
    background = latest(kept, ordered) if count >= BACKGROUND else kept.background
    return Step(State(told, tuple(labels), firsts, background, count), placed, merged)
