"""Who stands for whom: Moscow, the Kremlin and Russia are three speakers that speak for one power."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from retold.statements.callings import Calling
from retold.text.languages import load
from retold.text.names import fold, known, same_name

LONGEST = 4  # words of a body's name


@cache
def _powers() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Names of states and seats, adjectives, and heads of state -> the power, by its usual name."""
    named: dict[str, str] = {}
    people: dict[str, str] = {}
    heads: dict[str, str] = {}
    powers: list[dict[str, Any]] = load("metonyms.toml")["power"]
    for power in powers:
        name = power["states"][0]
        named |= {_key(written): name for written in (*power["states"], *power["seats"])}
        people |= {written.casefold(): name for written in power["people"]}
        heads |= dict.fromkeys(power.get("heads", []), name)
    return named, people, heads


@cache
def _after(kind: str, code: str) -> frozenset[str]:
    return frozenset(load("metonyms.toml")[kind].get(code, []))


def _key(name: str) -> str:
    group = known(name)
    return group[0].casefold() if group else fold(name).casefold()


def power(callings: Iterable[Calling]) -> str | None:
    """Return the power for which a speaker stands, by how versions call it; None where it stands for none."""
    return next((found for one in callings if (found := _power(one)) is not None), None)


def _power(one: Calling) -> str | None:
    named, _, heads = _powers()
    if one.kind == "person":
        by_name = (power for name, power in heads.items() if one.is_full and same_name(name, " ".join(one.words)))
        return _by_name(one, heads) or next(by_name, None) or _led(one.phrases, "leaders", one.code)
    if one.kind == "anonymous":
        return None
    if one.kind == "document" or len(one.words) > LONGEST:
        return None
    return named.get(one.key) or _led([" ".join(one.words)], "bodies", one.code)


def _by_name(one: Calling, heads: dict[str, str]) -> str | None:
    return heads.get(" ".join(one.words))


def _led(phrases: Iterable[str], kind: str, code: str) -> str | None:
    """The power whose adjective stands right before a title or a body: "Dutch Prime Minister Mark Aalder"."""
    _, people, _ = _powers()
    for phrase in phrases:
        words = phrase.casefold().replace(".", "").split()
        for place, word in enumerate(words):
            if word in people and any(
                " ".join(words[place + 1 : place + size]) in _after(kind, code) for size in (2, 3)
            ):
                return people[word]
    return None
