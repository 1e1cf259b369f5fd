"""Which articles carry a text, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from retold.pictures.columns import cut, wrapped
from retold.pictures.listing import day, name, page, table
from retold.pictures.passages import percent
from retold.pictures.sources import between, doubtful, newer
from retold.pictures.words import capital, many, plain


def check(found: dict[str, Any], *, width: int, full: bool = False) -> str:
    """Whether a text is confirmed or repeated, and by whom."""
    told = []
    if found["articles"]:
        who = f"{many(found['articles'], 'article')}, {many(found['outlets'], 'outlet')}"
        told += wrapped(f"{between(found['count'])}  {who}", width)
    told += [*wrapped(capital(plain(found["verdict"])), width), *doubtful(found["count"], width), ""]
    text = plain(found["text"]) if full else cut(plain(found["text"]), 3 * width)
    told += wrapped(f"asked, {many(found['words'], 'word')}: {text}", width, indent=3, hang=True)
    carrying = [each for each in found["carriers"] if each["carries"]]
    for (origin, agency), some in groupby(carrying, key=lambda each: (each["origin_id"], each["agency"])):
        credit = f", credited to {plain(agency)}" if agency else ""
        head = wrapped(f"origin {origin or 'not known yet'}{credit}", width)
        told += ["", *head, *_carriers(list(some), width, full)]
    parts = [each for each in found["carriers"] if not each["carries"]]
    if parts:
        told += ["", "In part, or in captions and page furniture", *_carriers(parts, width, full)]
    return page([*told, *_remarks(found, width)])


def _carriers(carriers: Sequence[Mapping[str, Any]], width: int, full: bool) -> Iterator[str]:
    """Yield the articles of an origin, where the words stand in each, and with ``full`` the words."""
    rows = [
        [
            name(each),
            day(each["published"]),
            each["outlet"] or "-",
            each["label"],
            percent(each["share"]),
            ", ".join(f"{held['start']}-{held['end']}" for held in each["passages"]),
            each["title"] or "-",
        ]
        for each in carriers
    ]
    head = ["article", "published", "outlet", "label", "of it", "at", "title"]
    lines = [f"   {row}" for row in table(head, rows, width=width - 3, right=(4,), shrink=(6, 5, 0, 2), drop=(6, 1))]
    yield lines[0]
    for line, each in zip(lines[1:], carriers, strict=True):
        yield line
        for held in each["passages"] if full else ():
            yield from wrapped(f"{held['start']}-{held['end']}: {plain(held['text'])}", width, indent=6)


def _remarks(found: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield what was not shown, or not looked at."""
    told = []
    total = found["articles"] + found["parts"]
    if len(found["carriers"]) < total:
        told.append(f"{len(found['carriers']):,} of {total:,} articles; --limit shows more")
    if found["unlearned"]:
        told.append(newer(found["unlearned"]))
    yield from ["", *(line for each in told for line in wrapped(each, width))] if told else []
