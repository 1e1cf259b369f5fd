"""On whom outlets depend, as lines for a terminal; and the parts of their articles in words, for every face."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from retold.pictures.columns import wrapped
from retold.pictures.listing import day, page, table
from retold.pictures.passages import percent
from retold.pictures.words import listed, many, plain

WAYS = {  # where the text of an article is from, and how that is told
    "alone": "a text of its own",
    "first": "others have it from here",
    "credited": "credited to an agency",
    "taken": "probably from another outlet",
    "shared": "shared, and it cannot be told whose",
    "unlearned": "not looked at yet",
}
FEW = 3  # names in a cell
TIES = (
    ("agencies", "Agencies that its texts are credited to"),
    ("sources", "Outlets that it probably has texts from"),
    ("takers", "Outlets that probably have texts from it"),
    ("partners", "Outlets that have the same texts"),
)
HEAD = ["articles", "stories", "alone", "first", "credited", "taken", "shared", "own"]
NUMBERS = tuple(range(1, len(HEAD) + 1))
ENOUGH = "Shares of what is its own are told from 30 stories on; below that only counts."


def outlets(found: dict[str, Any], *, width: int) -> str:
    """A table of outlets, and what its columns mean."""
    if not found["outlets"]:
        return "No outlet. Articles that state none are not told of here."
    rows = [
        [plain(line["name"]), *counts(line), ties(line["agencies"]), ties(line["sources"])] for line in found["outlets"]
    ]
    head = ["outlet", *HEAD, "agencies", "from"]
    told = list(table(head, rows, width=width, right=NUMBERS, shrink=(len(head) - 1, len(head) - 2, 0)))
    if len(rows) < found["total"]:
        told.append(f"{len(rows):,} of {found['total']:,} outlets; --limit and --offset show others")
    if found["unnamed"]:
        told.append(f"{many(found['unnamed'], 'article states', 'articles state')} no outlet")
    return page([*told, "", *_key(width)])


def counts(parts: Mapping[str, Any]) -> list[str]:
    """The numbers of an outlet, or of a month of it."""
    numbers = [f"{parts[name]:,}" for name in HEAD[:-1]]
    return [*numbers, "-" if parts["own_share"] is None else percent(parts["own_share"])]


def ties(told: Sequence[Mapping[str, Any]]) -> str:
    """Names, each with how many articles."""
    return listed([f"{plain(tie['name'])} {tie['articles']:,}" for tie in told], most=FEW) or "-"


def _key(width: int) -> Iterator[str]:
    for way in HEAD[2:-1]:
        yield from wrapped(f"{way}: {WAYS[way]}", width)
    yield from wrapped(f"own: what part of the running text is surely its own. {ENOUGH}", width)


def outlet(found: dict[str, Any], *, width: int) -> str:
    """One outlet: its months, those that it depends on, and its latest articles that others have too."""
    rows = [[month["month"] or "no date", *counts(month)] for month in found["months"]]
    rows.append(["all", *counts(found["whole"])])
    told = [plain(found["name"]), "", *table(["month", *HEAD], rows, width=width, right=NUMBERS), "", *_key(width)]
    for name, said in TIES:
        if found[name]:
            told += ["", said]
            lines = [[plain(tie["name"]), f"{tie['articles']:,}", f"{tie['stories']:,}"] for tie in found[name]]
            told += table(["name", "articles", "stories"], lines, width=width, right=(1, 2))
    if found["borrowed"]:
        told += ["", "Its latest articles whose text others have too"]
        lines = [
            [one["article_id"], day(one["published"]), WAYS[one["way"]], one["source"] or "-", one["title"] or "-"]
            for one in found["borrowed"]
        ]
        told += table(["article", "published", "text", "source", "title"], lines, width=width)
    return page(told)


def habits(found: dict[str, Any], *, width: int) -> str:
    """The house style of an outlet."""
    looked = f"from its latest {many(found['articles'], 'article')} with a text that another outlet has too"
    if not found["habits"]:
        return page([plain(found["name"]), *wrapped(f"No habit shows in three stories or more, {looked}.", width)])
    rows = [
        [
            plain(one["ours"]) or "-",
            plain(one["theirs"]) or "-",
            f"{one['stories']:,}",
            f"{one['against']:,}",
            f"{plain(one['example']) or '-'} / {plain(one['other_example']) or '-'}",
        ]
        for one in found["habits"]
    ]
    head = ["here", "elsewhere", "stories", "the other way", "as in"]
    told = table(head, rows, width=width, right=(2, 3), shrink=(4, 1, 0))
    return page([plain(found["name"]), *wrapped(f"How it writes, {looked}", width), "", *told])
