"""How certain a sentence may sound: the wording of verdicts, used by every face.

Nobody is said to have cut or added anything unless the direction is established; no agency is named unless an
article credits it; a source that nobody showed us is a text we have not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Document = Mapping[str, Any]

RANK = {"low": 0, "medium": 1, "high": 2}
PAIR = 2
FEW = 6  # articles that a line can still list one by one
HIDDEN = dict.fromkeys([0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
CONTROLS = {code: " " for code in [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029]}
CLEAN = {**HIDDEN, **CONTROLS}


def plain(text: str) -> str:
    """Return the text on one line, without control characters: an article must not steer a terminal."""
    return " ".join(text.translate(CLEAN).split())


def many(count: int, thing: str, things: str = "") -> str:
    """Return "1 passage", "2 passages", "1,200 passages"."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"


def noun(count: int, thing: str) -> str:
    """Return a thing in the number of its count."""
    return many(count, thing).partition(" ")[2]


def listed(names: Iterable[str], *, most: int | None = None) -> str:
    """Return "A", "A and B", "A, B and C", or with ``most`` "A, B and 40 more"."""
    told = list(names)
    if most and len(told) > most:
        told = [*told[: most - 1], f"{len(told) - most + 1:,} more"]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def capital(sentence: str) -> str:
    """Return the sentence with a capital at its start; keys and names keep theirs."""
    return sentence[:1].upper() + sentence[1:]


def keys(document: Document) -> list[str]:
    """Return the articles' keys, in the order given."""
    return [article["key"] for article in document["articles"]]


def outlet(article: Mapping[str, Any]) -> str:
    """Return the outlet as the article states it; a guess is never shown as a fact."""
    return article["outlet"] or "outlet not stated"


def claim(document: Document) -> tuple[str, str]:
    """Return the verdict and its certainty: ("same story, 1 origin", "high")."""
    story, origins = document["story"], document["origins"]
    count = many(origins["count"], "origin")
    if document["same_story"]:
        return f"same story, {count}", min(story["certainty"], origins["certainty"], key=RANK.__getitem__)
    if len(document["articles"]) == PAIR:
        return "not the same story" + (", some text shared" if shares_text(document) else ""), story["certainty"]
    return f"{many(len(story['groups']), 'story', 'stories')}, {count}", story["certainty"]


def shares_text(document: Document) -> bool:
    """Whether a passage stands in more than one article."""
    return any(len(passage["spans"]) > 1 for passage in document["passages"])


def headline(document: Document) -> str:
    """Return the verdict as a headline: "SAME STORY, 1 ORIGIN (certainty high)"."""
    said, certainty = claim(document)
    return f"{said.upper()} (certainty {certainty})"


def shared_passages(document: Document, key: str) -> tuple[int, int]:
    """Return how many of an article's passages stand in another one too, and how many it has."""
    own = [passage["spans"] for passage in document["passages"] if key in passage["spans"]]
    return sum(len(spans) > 1 for spans in own), len(own)


def percent(document: Document, key: str) -> int:
    """Return the share of an article's words that stand word for word in every article, in percent."""
    words = document["words"]
    return min(round(100 * words.get("identical", 0) / words[key]), 100) if words.get(key) else 0


def common(document: Document) -> str:
    """Return what the articles share: "12 shared passages, 294 identical words: 87% of A, 41% of B"."""
    passages = sum(len(passage["spans"]) > 1 for passage in document["passages"])
    if not passages:
        return "no passage in common"
    told = [f"{percent(document, key)}% of {key}" for key in keys(document)]
    if len(told) > FEW:
        shares = [percent(document, key) for key in keys(document)]
        told = [f"{min(shares)}% to {max(shares)}% of each article"]
    shared, identical = many(passages, "shared passage"), document["words"].get("identical", 0)
    return f"{shared}, {many(identical, 'identical word')}: {', '.join(told)}" if identical else shared


def direction(document: Document) -> list[str]:
    """Return who came first, as far as it can be said, in sentences."""
    if not shares_text(document):
        return []
    told = document["direction"]
    return [DIRECTIONS[told["verdict"]](document, told), *unlikely(document, told)]


def _undetermined(document: Document, _: Mapping[str, Any]) -> str:
    dated = any(article["published"] or article["seen"] for article in document["articles"])
    return "Direction undetermined" + ("." if dated else " (no dates).")


def _probable(document: Document, told: Mapping[str, Any]) -> str:
    source, taker = told["from"], told["to"]
    if source is None or taker is None:
        return f"Direction probable between some articles ({_pairs(told)})."
    did = "shortened" if document["words"][taker] < document["words"][source] else "retold"
    return f"{taker} probably {did} {source}'s text ({signs(told, source, taker)})."


def _established(document: Document, told: Mapping[str, Any]) -> str:
    source, taker = told["from"], told["to"]
    if source is None or taker is None:
        return f"Direction established between some articles ({_pairs(told)})."
    return f"{taker} goes back to {source}: direction established ({signs(told, source, taker)})."


DIRECTIONS = {"undetermined": _undetermined, "probable": _probable, "established": _established}


def _pairs(told: Mapping[str, Any]) -> str:
    """Return the pairs with the told verdict: "B from A, C from A"."""
    pairs = [f"{pair['to']} from {pair['from']}" for pair in told["pairs"] if pair["verdict"] == told["verdict"]]
    return listed(pairs, most=FEW) or "see the signs"


def unlikely(document: Document, told: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ways that speak against themselves: "B and C from A unlikely: 2 signs in passage 14."."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for arrow in told["unlikely"]:
        grouped.setdefault((arrow["from"], _against(document, told["signs"], arrow)), []).append(arrow["to"])
    most = FEW if len(document["articles"]) <= FEW else PAIR
    for (source, why), takers in [*grouped.items()][:most]:
        yield f"{listed(takers, most=FEW)} from {source} unlikely: {why}."
    if rest := sum(map(len, [*grouped.values()][most:])):
        yield f"{many(rest, 'more way')} unlikely."


def _against(document: Document, all_signs: Sequence[Mapping[str, Any]], arrow: Mapping[str, str]) -> str:
    """Return how many signs speak against a way, and where they stand."""
    found = [sign for sign in all_signs if arrow in sign["speaks_against"]]
    named = {sign["passage"] for sign in found}
    places = [passage["id"] for passage in document["passages"] if passage["id"] in named]
    where = f" in passage{'s' if len(places) > 1 else ''} {listed(places, most=FEW)}" if places else ""
    return many(len(found), "sign") + where


def arrows(told: Sequence[Mapping[str, Any]]) -> str:
    """Return ways in words: "B from A and C from A"."""
    return listed([f"{arrow['to']} from {arrow['from']}" for arrow in told], most=FEW)


def signs(told: Mapping[str, Any], source: str, taker: str) -> str:
    """Return how many signs speak for a way: "2 signs"."""
    found = [sign for sign in told["signs"] if {"from": source, "to": taker} in sign["speaks_for"]]
    return many(len(found) or len(told["signs"]), "sign")


def sources(document: Document) -> str:
    """Return whether the text that the articles go back to was among them, and who is credited for it."""
    groups = [group for group in document["origins"]["groups"] if len(group["articles"]) > 1]
    if not groups:
        return ""
    return " ".join(_source(group, alone=len(groups) == 1) for group in groups[:FEW])


def _source(group: Mapping[str, Any], *, alone: bool) -> str:
    whose = "" if alone else f" of {listed(group['articles'], most=FEW)}"
    credit = f" Credited in the text: {plain(group['credit'])}." if group["credit"] else ""
    if group["source_seen"] and group["source"]:
        return f"Source text{whose}: {group['source']}.{credit}"
    return f"Source text{whose} not found.{credit}"


def ignored_credits(document: Document) -> str:
    """Return the photo and video credits: they say nothing about who wrote the text."""
    told: dict[str, list[str]] = {}
    for article in document["articles"]:
        for credit in article["credits"]:
            if credit["kind"] != "text":
                told.setdefault(plain(credit["name"]), []).append(article["key"])
    return ", ".join(f"{name} ({', '.join(dict.fromkeys(whose))})" for name, whose in told.items())


STATES = {
    "same": "the same",
    "shortened": "shortened",
    "altered": "altered",
    "reattributed": "given to another speaker",
    "unmarked": "without quotation marks in one",
    "only": "only here",
}


def quotations(document: Document) -> str:
    """Return the quotations in numbers: "6 in both, 1 of them shortened in A (14); 4 only in B"."""
    told = document["quotations"]
    shared = [quote for quote in told if len(quote["sides"]) > 1]
    where = "both" if len(document["articles"]) == PAIR else "more than one article"
    parts = [f"{len(shared)} in {where}{_changed(shared)}"] if shared else []
    alone = Counter(next(iter(quote["sides"])) for quote in told if len(quote["sides"]) == 1)
    parts += [f"{alone[key]} only in {key}" for key in keys(document) if alone[key]][:FEW]
    return "; ".join(parts)


def _changed(shared: Sequence[Mapping[str, Any]]) -> str:
    """Return ", 1 of them shortened in A (14)", or nothing where all are the same everywhere."""
    told: dict[str, list[Mapping[str, Any]]] = {}
    for quote in shared:
        if quote["state"] not in ("same", "only"):
            where = f" in {listed(quote['shortened_in'], most=FEW)}" if quote["shortened_in"] else ""
            told.setdefault(STATES[quote["state"]] + where, []).append(quote)
    parts = [f"{len(quotes)} {state}{_places(quotes)}" for state, quotes in told.items()]
    return f", {parts[0].replace(' ', ' of them ', 1)}" + "".join(f", {part}" for part in parts[1:]) if parts else ""


def _places(found: Iterable[Mapping[str, Any]]) -> str:
    """Return the passages of what was found, in brackets: " (13, 14)"."""
    places = list(dict.fromkeys(one["passage"] for one in found if one["passage"]))
    return f" ({', '.join(places)})" if places else ""
