"""How an article was read, as read and as corrected, as lines for a terminal; from the plain dicts of the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from retold.pictures.columns import wrapped
from retold.pictures.listing import name, page, table
from retold.pictures.words import plain

NOTHING = "-"  # of a field that says nothing
STATES = {  # by whether something is corrected, and whether the archive is so already
    (True, True): "corrected by a reader",
    (True, False): "corrected by a reader: honoured at the next retold learn",
    (False, True): "as it was read",
    (False, False): "the correction was taken back: as it was read again at the next retold learn",
}
NOT_IN = "not in version {}: it has not these words, or says something else there"


def reading(found: dict[str, Any], *, width: int) -> str:
    """The fields and the places of an article, and what of its corrections does not hold for other versions."""
    told = [name(found), f"article {found['article_id']}  version {found['version_id']}"]
    told += wrapped(STATES[found["corrected"], found["honoured"]], width)
    fields = [
        [field["name"], field["as_read"] or NOTHING, _now(field["as_read"], field["as_corrected"])]
        for field in found["fields"]
    ]
    parts = [
        [f"{part['start']}-{part['end']}", part["as_read"], _now(part["as_read"], part["as_corrected"]), part["text"]]
        for part in found["parts"]
    ]
    told += ["", *table(["field", "as read", "as corrected"], fields, width=width, shrink=[2, 1])]
    told += ["", *table(["place", "as read", "as corrected", "words"], parts, width=width, shrink=[3])]
    lacking = [line for each in found["corrections"] for line in _lacking(each, width)]
    return page([*told, "", *lacking] if lacking else told)


def _now(read: str | None, now: str | None) -> str:
    """What something is as corrected; "" where it is as it was read."""
    return "" if now == read else now or NOTHING


def _lacking(one: Mapping[str, Any], width: int) -> Iterator[str]:
    for version in one["not_in"]:
        yield from wrapped(f"{_what(one)}: {NOT_IN.format(version)}", width)


def _what(one: Mapping[str, Any]) -> str:
    """What was corrected, in a word or by its place."""
    return f"{one['start']}-{one['end']}" if one["part"] == "block" else str(one["part"])


def corrections(found: dict[str, Any], *, width: int) -> str:
    """Each article of which something is corrected, with what it is."""
    if not found["articles"]:
        return "Nothing is corrected: all articles are as they were read."
    told: list[str] = []
    for article in found["articles"]:
        told += ["", f"{plain(article['title'] or NOTHING)}", f"  {name(article)}  {_state(article)}"]
        told += [f"  {line}" for line in _listed(article["corrections"], width - 2)]
    return page(told[1:])


def _state(article: Mapping[str, Any]) -> str:
    return STATES[bool(article["corrections"]), article["honoured"]]


def _listed(told: Iterable[Mapping[str, Any]], width: int) -> Iterator[str]:
    """What was corrected of an article, a line each."""
    rows = [[_what(one), one["as_read"] or NOTHING, one["as_corrected"] or NOTHING, one["text"]] for one in told]
    if rows:
        yield from table(["what", "as read", "as corrected", "words"], rows, width=width, shrink=[3, 1, 2])
