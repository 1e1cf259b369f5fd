"""What a ledger can be narrowed down to, each choice with how many statements it would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from retold.answers import Statement
from retold.archive.attributions import Statements
from retold.archive.saying import Names
from retold.archive.sifting import CHOICES, Sieve, kept, spreads


def choices(whole: Statements, sieve: Sieve) -> dict[str, list[tuple[str, int]]]:
    """For each filter the values that lead somewhere, each with how many statements it would leave.

    The values of a filter that is set are counted without it, so that another may be chosen.
    """
    found = {}
    for one in fields(sieve):
        unset = Sieve(**{**asdict(sieve), one.name: one.default})
        found[one.name] = COUNTS[one.name](whole, kept(whole, unset))
    return found


def _speakers(whole: Statements, found: Sequence[Statement]) -> list[tuple[str, int]]:
    """Who speaks, by name; two of one name are counted together, as a name means both."""
    names, mine = Names(whole.speakers), Counter(one.speaker_id for one in found)
    told = {voice.name for voice in whole.speakers if mine[voice.id]}
    return _ranked({name: sum(mine[voice] for voice in names.meant(name)) for name in told if names.meant(name)})


def _outlets(whole: Statements, found: Sequence[Statement]) -> list[tuple[str, int]]:
    named = {text.key: text.outlet for text in whole.articles if text.outlet is not None}
    return _ranked(Counter(outlet for one in found for outlet in {named[key] for key in one.spans if key in named}))


def _ranked(told: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(told.items(), key=lambda one: (-one[1], one[0]))


def _of(name: str, values: Callable[[Statements, Statement], Iterable[str]]) -> Any:
    """What counts the values of a filter with few choices, in the order of these."""

    def counted(whole: Statements, found: Sequence[Statement]) -> list[tuple[str, int]]:
        told = Counter(value for one in found for value in set(values(whole, one)))
        return [(value, told[value]) for value in CHOICES[name] if told[value]]

    return counted


COUNTS: Mapping[str, Callable[[Statements, Sequence[Statement]], list[tuple[str, int]]]] = {
    "speaker": _speakers,
    "changed": lambda whole, found: [("yes", sum(bool(one.difference) for one in found))],
    "difference": _of("difference", lambda whole, one: (each.kind for each in one.difference)),
    "form": _of("form", lambda whole, one: (one.type,)),
    "cue": _of("cue", lambda whole, one: (one.cue_class,)),
    "outlet": _outlets,
    "spread": _of("spread", lambda whole, one: spreads(len(one.spans), len(whole.articles))),
}
