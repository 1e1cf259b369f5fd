"""What is left of a ledger where only some of its statements are asked for, page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

import msgspec

from retold.answers import Statement
from retold.archive.attributions import Statements
from retold.archive.saying import Names, check_speaker, speaking
from retold.model.errors import UsageError
from retold.model.records import CueClass, DifferenceKind, Form

FORMS: tuple[str, ...] = get_args(Form)
CUES: tuple[str, ...] = get_args(CueClass)
DIFFERENCES: tuple[str, ...] = get_args(DifferenceKind)
SPREADS = ("one", "several", "all", "not all")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "difference": DIFFERENCES,
    "form": FORMS,
    "cue": CUES,
    "spread": SPREADS,
}
NONE_SUCH = "{} {!r} is none of {}."
GONE = "{!r} is no statement that this could go on after. Begin with the first ones."


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which statements of a ledger are asked for; what is not set lets all through.

    ``speaker`` makes it, ``changed``: two versions tell it differently; ``difference``, ``form`` and ``cue`` are of the
    kinds that answers have, ``outlet`` tells it, ``spread``: one version tells it, several do, all, or not all.
    """

    speaker: str | None = None
    changed: bool = False
    difference: str | None = None
    form: str | None = None
    cue: str | None = None
    outlet: str | None = None
    spread: str | None = None

    def checked(self) -> Sieve:
        """The same with the name as answers tell it; raises UsageError for a kind that is none, or no name."""
        for name, choices in CHOICES.items():
            stated = getattr(self, name)
            if stated is not None and stated not in choices:
                raise UsageError(NONE_SUCH.format(name, stated[:40], ", ".join(choices)))
        return replace(self, speaker=check_speaker(self.speaker))


Holds = Callable[[Statement], bool]


def sifted(whole: Statements, sieve: Sieve, *, limit: int | None = None, after: str | None = None) -> Statements:
    """The statements of a ledger that are asked for: the first ``limit`` of those behind the one with the id ``after``.

    Raises UsageError where there is no such statement.
    """
    found = kept(whole, sieve)
    left = found if after is None else found[_place(whole, found, after) :]
    shown = left[:limit]
    return msgspec.structs.replace(
        whole,
        speaker=whole.speaker if sieve.speaker is None else sieve.speaker,
        total=len(found),
        statements=shown,
        speakers=speaking(whole.speakers, shown),
        next=shown[-1].id if 0 < len(shown) < len(left) else None,
    )


def _place(whole: Statements, found: Sequence[Statement], after: str) -> int:
    """How many of the statements found stand before the end of a page, whatever else it was narrowed down to."""
    order = {one.id: place for place, one in enumerate(whole.statements)}
    if after not in order:
        raise UsageError(GONE.format(after[:40]))
    return sum(order[one.id] <= order[after] for one in found)


def kept(whole: Statements, sieve: Sieve) -> list[Statement]:
    """The statements that a sieve lets through, in the order of the ledger."""
    holds = [of(whole, stated) for name, of in HOLDS.items() if (stated := getattr(sieve, name))]
    return [one for one in whole.statements if all(each(one) for each in holds)]


def _by_speaker(whole: Statements, stated: Any) -> Holds:
    meant = Names(whole.speakers).meant(stated)
    return lambda one: one.speaker_id in meant


def _by_outlet(whole: Statements, stated: Any) -> Holds:
    its = {text.key for text in whole.articles if text.outlet == stated}
    return lambda one: not its.isdisjoint(one.spans)


def _by_spread(whole: Statements, stated: Any) -> Holds:
    every = len(whole.articles)
    return lambda one: stated in spreads(len(one.spans), every)


HOLDS: Mapping[str, Callable[[Statements, Any], Holds]] = {
    "speaker": _by_speaker,
    "changed": lambda whole, stated: lambda one: bool(one.difference),
    "difference": lambda whole, stated: lambda one: any(each.kind == stated for each in one.difference),
    "form": lambda whole, stated: lambda one: one.type == stated,
    "cue": lambda whole, stated: lambda one: one.cue_class == stated,
    "outlet": _by_outlet,
    "spread": _by_spread,
}


def spreads(told: int, every: int) -> set[str]:
    """How far a statement has spread that so many of all versions tell.

    >>> sorted(spreads(2, 7))
    ['not all', 'several']
    """
    return {"one" if told == 1 else "several", "all" if told == every else "not all"}
