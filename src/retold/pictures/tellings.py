"""A story as pages and reports show it: its four numbers and how certain they are, who has its text, who tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from retold.pictures.words import FEW, listed, many, noun, plain

MOST_REASONS = 6


def parts(found: Mapping[str, Any], known: Mapping[str, Any] | None, *, most: int | None = None) -> dict[str, Any]:
    """What the template telling.html.j2 shows of a story whose origins are ``known``, None where nobody has looked for
    them; of its articles the first ``most``."""
    told = articles(found, known)
    return {
        "numbers": numbers(found, known),
        "certainty": certainty(found, known),
        "origins": origins(found, known),
        "partial": known["partial"] if known else [],
        "picture_credits": picture_credits(found, known),
        "articles": told[:most],
        "hidden": max(0, len(told) - most) if most is not None else 0,
    }


def numbers(found: Mapping[str, Any], known: Mapping[str, Any] | None) -> list[tuple[str, str, str]]:
    """The four numbers, as (number, what it counts, what is to be known of it)."""
    count = _count(found, known)
    return [
        (f"{found['articles']:,}", noun(found["articles"], "article"), ""),
        (f"{known['texts']:,}" if known else "?", noun(known["texts"] if known else 0, "unique text"), ""),
        (f"{found['outlets']:,}", noun(found["outlets"], "outlet"), _unstated(found)),
        (f"{count['likely']:,}" if count else "?", noun(count["likely"] if count else 0, "origin"), _interval(count)),
    ]


def _unstated(found: Mapping[str, Any]) -> str:
    """How many articles do not say whose they are."""
    silent = sum(not telling["outlet"] for telling in found["tellings"])
    return f"{many(silent, 'article states', 'articles state')} none" if silent else ""


def _count(found: Mapping[str, Any], known: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """How many origins there are; None where nobody has looked for them. The story alone may know it, too."""
    return known["count"] if known else found.get("origins")


def _interval(count: Mapping[str, Any] | None) -> str:
    if count is None:
        return "not looked for yet"
    return "" if count["low"] == count["high"] else f"{count['low']:,} to {count['high']:,}"


def certainty(found: Mapping[str, Any], known: Mapping[str, Any] | None) -> dict[str, Any]:
    """How certain the numbers are: a word, a sentence, and the reasons."""
    unsettled = sum(not telling["settled"] for telling in found["tellings"])
    count = _count(found, known)
    reasons = list(count["reasons"]) if count else []
    notes = []
    if unsettled:
        notes.append(f"{many(unsettled, 'article has', 'articles have')} joined since the last retold learn.")
    if count is None:
        notes.append("Copies and origins were not looked for yet. Run retold learn.")
    elif known and known["unlearned"]:
        notes.append(f"{many(known['unlearned'], 'article is', 'articles are')} newer than the last retold learn.")
    word = _word(count, notes) if count else "not known"
    return {
        "word": word,
        "sentence": _sentence(found, known) if known else "",
        "reasons": reasons[:MOST_REASONS],
        "more": max(0, len(reasons) - MOST_REASONS),
        "notes": notes,
    }


def _word(count: Mapping[str, Any], notes: Sequence[str]) -> str:
    """High where nothing speaks for another number of origins; low where it may be half as many, or twice."""
    if count["low"] == count["high"]:
        return "medium" if notes else "high"
    return "medium" if 2 * count["low"] > count["likely"] and count["high"] < 2 * count["likely"] else "low"


def _sentence(found: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    """What the numbers mean."""
    articles, count = known["articles"], known["count"]
    if articles == 1:
        return "One article tells it, and no other of the archive has its text."
    if count["likely"] == 1:
        whole = "Both articles" if articles == 2 else f"All {articles:,} articles"
        return f"{whole} go back to one text: told {'twice' if articles == 2 else 'often'}, but by one source."
    if count["likely"] == articles:
        return f"Each of the {articles:,} articles has a text of its own."
    largest = known["origins"][0]
    return (
        f"{articles:,} articles go back to {many(count['likely'], 'origin')}; the text of the largest stands in "
        f"{largest['articles']:,} of them."
    )


def origins(found: Mapping[str, Any], known: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The origins that several articles carry, each with where its text comes from."""
    if known is None:
        return []
    return [
        {
            "id": origin["id"],
            "number": number,
            "articles": origin["articles"],
            "members": origin["members"],
            "named": origin["members"][:FEW],
            "unnamed": max(0, len(origin["members"]) - FEW),
            "agency": origin["agency"],
            "source": _named(origin, origin["source"]),
            "earliest": _named(origin, origin["earliest"]),
            "fullest": _named(origin, origin["fullest"]),
        }
        for number, origin in enumerate(known["origins"], 1)
        if len(origin["members"]) > 1
    ]


def _named(origin: Mapping[str, Any], article: str | None) -> Mapping[str, Any] | None:
    return next((member for member in origin["members"] if member["article_id"] == article), None)


def picture_credits(found: Mapping[str, Any], known: Mapping[str, Any] | None) -> str:
    """Who is credited with pictures: never evidence of where a text comes from."""
    outlets = {telling["article_id"]: telling["outlet"] or "outlet not stated" for telling in found["tellings"]}
    told = []
    for credit in known["picture_credits"] if known else []:
        whose = sorted({plain(outlets[key]) for key in credit["articles"] if key in outlets})
        told.append(f"{plain(credit['name'])} ({listed(whose, most=4)})")
    return ", ".join(told)


def articles(found: Mapping[str, Any], known: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The articles, earliest first, each with the number of its origin and what part of its text stands in others."""
    homes: dict[str, tuple[int, float]] = {}
    for number, origin in enumerate(known["origins"] if known else [], 1):
        for member in origin["members"]:
            if member["role"] == "main":
                homes[member["article_id"]] = number, member["share"] if len(origin["members"]) > 1 else 0.0
    return [{**telling, "home": homes.get(telling["article_id"])} for telling in found["tellings"]]
