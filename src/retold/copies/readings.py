"""Versions laid against one base text: what of it each has, and where it reads otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retold.copies.candidates import aligned
from retold.copies.packing import unpack
from retold.copies.passages import Shared, shared
from retold.copies.wording import Span, united
from retold.kernels.arrays import Pairs
from retold.model.records import Version

if TYPE_CHECKING:
    from retold.kernels.choosing import Choice

KEPT = ("equal", "replace")


@dataclass(frozen=True, slots=True)
class Reading:
    """A version beside the base: ``held`` are the stretches of the base that it has, in the base's characters;
    ``keys`` its departures, each named by its place in the base and its words, with where they stand in its own text;
    ``bases`` where in the base."""

    held: tuple[Span, ...]
    keys: Mapping[str, Span]
    bases: Mapping[str, Span]


def among(versions: Sequence[Version], pairs: Sequence[tuple[int, int]], *, choice: Choice | None = None) -> Shared:
    """Return what some pairs of versions share, each with the lower place first, in the order given."""
    import numpy as np

    lows, highs = (np.array(side, np.uint32) for side in zip(*pairs, strict=True))
    texts = {place: versions[place].text for place in {*lows.tolist(), *highs.tolist()}}
    made = unpack(list(aligned(texts, lows, highs, choice=choice)))
    found = Pairs(lows, highs, np.zeros(len(lows), np.int64), np.zeros(len(lows), np.int32))
    words = np.ones(len(versions))  # the shares are not asked for
    return shared(words.__getitem__, np.arange(len(versions)), found, made, np.zeros(len(made.steps), np.int32))


def readings(
    versions: Sequence[Version], base: int, members: Sequence[int], known: Shared | None = None
) -> dict[int, Reading]:
    """Return each member laid against the base, the base itself among them; ``known`` is what is aligned already."""
    others = sorted(set(members) - {base})
    found = {other: Reading((), {}, {}) for other in others} | {base: Reading(((0, len(versions[base].text)),), {}, {})}
    told = _laid(versions, base, known) if known is not None else {}
    found |= {other: told[other] for other in others if other in told}
    missing = [(min(base, other), max(base, other)) for other in others if other not in told]
    return found | _laid(versions, base, among(versions, missing)) if missing else found


def _laid(versions: Sequence[Version], base: int, star: Shared) -> dict[int, Reading]:
    """The versions that share passages with the base, laid against it."""
    import numpy as np

    left, right = star.pairs["left"], star.pairs["right"]
    found = {}
    for pair in np.flatnonzero((left == base) | (right == base)).tolist():
        turned = int(right[pair]) == base
        other = int(left[pair]) if turned else int(right[pair])
        found[other] = _reading(star, pair, versions[other].text, turned=turned)
    return found


def _reading(star: Shared, pair: int, text: str, *, turned: bool) -> Reading:
    """What one pair's passages say of the version that is not the base; ``turned``: the base is the right one."""
    held: list[Span] = []
    keys: dict[str, Span] = {}
    bases: dict[str, Span] = {}
    for passage in star.passages_of(pair):
        for step in star.steps_of(passage):
            own, base = (step.left_start, step.left_end), (step.right_start, step.right_end)
            if not turned:
                own, base = base, own
            if step.kind in KEPT:
                held.append(base)
            if step.kind not in ("equal", "move"):
                words = " ".join(text[own[0] : own[1]].casefold().split())
                key = f"{base[0]}-{base[1]} {words}"
                keys[key], bases[key] = own, base
    return Reading(tuple(united(held)), keys, bases)
