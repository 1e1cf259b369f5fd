"""Whom "he" and "she" go back to: those met before are weighed, and the heaviest is taken, if one is heavy enough.

The weights were fitted to the 342 sources "he" and "she" of the annotated articles in ``training/`` that are not for
test (a conditional logit over those met before, with L2 1.0; over five folds of articles .89 were right) and rounded.
What has no weight of its own was too light to count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retold.statements.figures import Figure
from retold.statements.mentions import Mention

LEAST = -3.0  # what nobody weighs may be anybody
FAR = 4  # sentences from which on all are equally far

WEIGHTS: dict[str, float] = {
    "against": -1.1,
    "anonymous": -0.4,
    "last": 0.5,
    "near 0": 1.1,
    "near 1": 0.3,
    "near 2": 0.4,
    "near 3": -0.5,
    "near 4": -1.3,
    "new": 0.5,
    "often": 0.1,
    "paragraph": -1.1,
    "phrase": -0.8,
    "pronoun": 0.2,
    "same zone": -0.1,
    "shown": 0.9,
    "source": 0.2,
    "source before": 0.8,
    "source here": 0.4,
    "subject": 0.7,
    "subject before": 0.5,
    "subject here": -0.1,
    "unsure": -1.3,
    "voted": 0.6,
}


@dataclass(frozen=True)
class Candidate:
    """Somebody met before: the last mention, and how many others were met since."""

    figure: Figure
    mention: Mention
    since: int


def features(asked: Mention, one: Candidate, votes: Mapping[str, float]) -> dict[str, float]:
    """What speaks for a candidate, and against."""
    met, figure, sex = one.mention, one.figure, asked.head
    here = asked.zone == met.zone
    far = min(FAR, max(0, asked.step - met.step if here and asked.zone >= 0 else asked.sentence - met.sentence))
    lean = votes.get(sex, 0.0) - sum(count for name, count in votes.items() if name != sex)
    found = {
        f"near {far}": 1.0,
        "paragraph": min(3.0, asked.paragraph - met.paragraph),
        "subject": met.subject,
        "source": met.source,
        "source before": met.source and far == 1,
        "source here": met.source and far == 0,
        "subject before": met.subject and far == 1,
        "subject here": met.subject and far == 0,
        "pronoun": met.form == "pronoun",
        "phrase": met.form == "phrase" and figure.kind != "person",
        "anonymous": figure.kind == "anonymous",
        "owner": met.owner,
        "new": len(figure.mentions) == 1 and far <= 1,
        "unsure": not figure.sure or not figure.single,
        "shown": sex in figure.evidence,
        "voted": max(0.0, min(2.0, lean)),
        "against": max(0.0, min(2.0, -lean)),
        "last": one.since == 0,
        "often": min(4, len(figure.mentions)),
        "same zone": here,
    }
    return {name: float(value) for name, value in found.items() if value}


def weight(found: Mapping[str, float]) -> float:
    """What the features of a candidate weigh together."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in found.items())


def candidates(asked: Mention, met: Iterable[tuple[Mention, Figure]], without: Figure | None) -> list[Candidate]:
    """Those who may be "he" or "she", the last met first; ``met``: the mentions before, the last one first."""
    seen: set[int] = set()
    found: list[Candidate] = []
    for mention, figure in met:
        if id(figure) in seen or not (figure.single or figure.maybe) or figure is without:
            continue
        seen.add(id(figure))
        if asked.form != "pronoun" or figure.evidence <= {asked.head}:
            found.append(Candidate(figure, mention, len(found)))
    return found


def chosen(asked: Mention, fits: Sequence[Candidate], votes: Sequence[Mapping[str, float]]) -> Candidate | None:
    """The heaviest of the candidates, the last met where two are equal; None where none is heavy enough.

    The label of a transcript means somebody whom the article has brought in, however far back.
    """
    weighed = [(weight(features(asked, one, shown)), -one.since) for one, shown in zip(fits, votes, strict=True)]
    best = max(range(len(fits)), key=weighed.__getitem__, default=None)
    light = best is not None and not asked.label and weighed[best][0] < LEAST
    return None if best is None or light else fits[best]
