"""Who had a text from whom, as lines for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from retold.pictures.columns import named, wrapped
from retold.pictures.listing import name, page, table
from retold.pictures.passages import FEW, percent
from retold.pictures.sources import newer
from retold.pictures.words import listed, many, plain

MINUTE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::[\d.]+)?(Z|[+-][\d:]+)?$")


def lineage(found: dict[str, Any], *, width: int, full: bool = False) -> str:
    """Who had the text from whom, origin by origin."""
    told = [*wrapped(plain(found["title"]) or "-", width), f"story {found['story_id']}"]
    if not found["origins"]:
        told += ["", "Each of its articles is alone in its origin: none has its text from another."]
    for number, line in enumerate(found["origins"], 1):
        told += ["", *_line(line, number, width, full)]
    if found["origins"] and found["alone"]:
        told += [
            "",
            f"{many(found['alone'], 'more article is', 'more articles are')} alone in {_their(found['alone'])}.",
        ]
    if found["unlearned"]:
        told += ["", *wrapped(newer(found["unlearned"]), width)]
    return page(told)


def _their(count: int) -> str:
    return "its origin" if count == 1 else "their origins"


def _line(line: Mapping[str, Any], number: int, width: int, full: bool) -> Iterator[str]:
    """Yield an origin: its articles, what was not seen, and each edge with its signs."""
    credit = f", credited to {plain(line['agency'])}" if line["agency"] else ""
    yield from wrapped(f"{number}  {many(len(line['nodes']), 'article')}{credit}", width, indent=3, hang=True)
    yield f"   origin {line['origin_id']}"
    rows = [
        [name(node), minute(node["published"]), node["outlet"] or "-", f"{node['words']:,}", node["title"] or "-"]
        for node in (line["nodes"] if full else line["nodes"][:FEW])
    ]
    head = ["article", "published", "outlet", "words", "title"]
    yield from (f"   {row}" for row in table(head, rows, width=width - 3, right=(3,), drop=(4,)))
    if len(rows) < len(line["nodes"]):
        yield f"   and {many(len(line['nodes']) - len(rows), 'more article')} (--full)"
    if line["unseen"]:
        yield from wrapped(f"not seen: {listed(line['unseen'], most=FEW)}", width, indent=3)
    shown = line["edges"] if full else line["edges"][: 2 * FEW]
    for edge in shown:
        yield from named(f"{percent(edge['probability']):>7}", plain(edge["note"]), width, room=9)
        for sign in edge["signs"]:
            quoted = f": {plain(sign['text'])}" if sign["text"] else ""
            yield from wrapped(f"- {plain(sign['note'])}{quoted}", width, indent=11)
    if len(shown) < len(line["edges"]):
        yield f"   and {many(len(line['edges']) - len(shown), 'more edge')} (--full)"


def minute(stated: str | None) -> str:
    """A stated time to its minute, with its zone.

    >>> minute("2026-05-03T08:00:00.125+02:00"), minute("2026-05-03")
    ('2026-05-03 08:00+02:00', '2026-05-03')
    """
    found = MINUTE.match(stated or "")
    return f"{found[1]} {found[2]}{found[3] or ''}" if found else stated or "-"
