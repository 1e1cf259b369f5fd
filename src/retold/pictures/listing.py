"""Answers of an archive as lines for a terminal; each takes the plain dict of its JSON document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from retold.pictures import columns as lines
from retold.pictures.columns import breadth, cut, wrapped
from retold.pictures.words import CLEAN, many, plain

LEFT = (
    "Without --look, retold doctor mends what follows from the texts. For what is left then, take a copy made before, "
    "or add the sources to a new archive; retold export saves what can still be read."
)


def stories(found: dict[str, Any], *, width: int) -> str:
    """A table of stories, and how many there are beyond it."""
    rows = [
        [
            line["id"],
            day(line["first"]),
            day(line["last"]),
            str(line["articles"]),
            str(line["outlets"]),
            line["title"] or "-",
        ]
        for line in found["stories"]
    ]
    head = ["story", "first", "last", "articles", "outlets", "title"]
    if not rows:
        return "No story. Articles that were added since the last `retold learn` belong to none yet."
    told = list(_table(head, rows, width=width, right=(3, 4)))
    if len(rows) < found["total"]:
        told.append(f"{len(rows):,} of {found['total']:,} stories; --limit and --offset show others")
    return _page(told)


def story(found: dict[str, Any], *, width: int) -> str:
    """A story and its articles."""
    told = [plain(found["title"]) or "-", f"story {found['id']}"]
    if found["requested_id"] != found["id"]:
        told.append(f"asked for as {found['requested_id']}")
    told.append(f"{many(found['articles'], 'article')}, {many(found['outlets'], 'outlet')}{between(found)}")
    rows = [
        [_name(each), day(each["published"]), each["outlet"] or "-", f"{each['score']:.2f}", each["title"] or "-"]
        for each in found["tellings"]
    ]
    head = ["article", "published", "outlet", "score", "title"]
    return _page([*told, "", *_table(head, rows, width=width, right=(3,))])


def search(found: dict[str, Any], *, width: int) -> str:
    """What was found, each with the words around it."""
    if not found["hits"]:
        return _page([f"Nothing holds {found['words']}."])
    return _page([line for hit in found["hits"] for line in [*_hit(hit, width), ""]][:-1])


def _hit(hit: dict[str, Any], width: int) -> list[str]:
    where = "  ".join([_name(hit), day(hit["published"]), hit["outlet"] or "-"])
    story_id = f"  story {hit['story_id']}" if hit["story_id"] else ""
    return [plain(hit["title"] or "-"), f"  {where}{story_id}", f"  {cut(marked(hit), width - 2)}"]


def marked(hit: dict[str, Any]) -> str:
    """The snippet of a hit, what was asked for between brackets."""
    text, place, parts = hit["snippet"], 0, []
    for mark in hit["marks"]:
        start, end = (edge - hit["start"] for edge in mark)
        parts += [text[place:start], "[", text[start:end], "]"]
        place = end
    return plain("".join([*parts, text[place:]]))


def why(found: dict[str, Any], *, width: int) -> str:
    """Why two articles are, or are not, one story."""
    told = ["SAME STORY" if found["same_story"] else "NOT THE SAME STORY", *wrapped(found["note"], width), ""]
    gap = "unknown" if found["days"] is None else f"{found['days']:.1f}"
    score = (
        f"score {found['score']:.3f} = likeness {found['likeness']:.3f} x nearness {found['nearness']:.3f} "
        f"(days between: {gap}); joins from {found['threshold']:.3f}"
    )
    told += wrapped(score, width)
    told += [line for veto in found["vetoes"] for line in wrapped(f"veto: {plain(veto)}", width)]
    terms = ", ".join(f"{term['text']} {term['weight']:.3f}" for term in found["terms"]) or "none"
    return _page([*told, *wrapped(f"shared words: {plain(terms)}", width)])


def revisions(found: dict[str, Any], *, width: int) -> str:
    """The history of an article: each version, and what it changed."""
    head = [found["url"] or found["source_ids"][0], f"{many(len(found['versions']), 'version')}"]
    told = [*head, "", *_text(found["versions"][0])]
    for step, version in zip(found["steps"], found["versions"][1:], strict=True):
        told += ["", *_text(version), *_changes(step, width)]
    return _page(told)


def _text(version: dict[str, Any]) -> list[str]:
    stood = version["seen"] or version["published"] or "not dated"
    return [f"{version['version_id']}  {stood}  {many(version['words'], 'word')}  {version['title'] or '-'}"]


def _changes(step: dict[str, Any], width: int) -> list[str]:
    whole = [("cut", text) for text in step["cut"]] + [("added", text) for text in step["added"]]
    told = [cut(f"  {what:10}{plain(text)}", width) for what, text in whole]
    for edit in step["edits"]:
        before, after = plain(edit["cut"]) or "-", plain(edit["added"]) or "-"
        told.append(cut(f"  {edit['kind']:10}{before}  ->  {after}", width))
    return told or ["  no change in the article's own words"]


def checked(found: dict[str, Any], *, width: int) -> str:
    """What a check came to."""
    sizes = ", ".join(f"{count:,} {name}" for name, count in found["tables"].items())
    if not found["found"]:
        return _page([f"The archive is whole: {sizes}"])
    told = [f"found: {line}" for line in found["found"]]
    told += [f"mended: {line}" for line in found["repaired"]]
    told += [f"left: {line}" for line in found["left"]]
    told += [LEFT] if found["left"] else []
    return _page([*told, sizes])


def _page(told: Iterable[str]) -> str:
    """Lines as a text that steers no terminal, whatever an article holds."""
    return "\n".join(line.translate(CLEAN).rstrip() for line in told)


def _table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, width: int, right: Sequence[int] = ()
) -> Iterator[str]:
    """Rows under their heads, figures to the right; the last column gives way where the line would be too long."""
    cells = [[plain(cell) for cell in row] for row in [head, *rows]]
    for place in right:
        room = max(breadth(row[place]) for row in cells)
        for row in cells:
            row[place] = " " * (room - breadth(row[place])) + row[place]
    yield from lines.table(cells, width=width, gap=2, shrink=(len(head) - 1, 0, 2))


def _name(each: dict[str, Any]) -> str:
    return str(each["source_ids"][0] if each["source_ids"] else each["article_id"])


def day(stated: str | None) -> str:
    """The day of a stated time."""
    return stated[:10] if stated else "-"


def between(found: dict[str, Any]) -> str:
    """From when to when, as far as anybody says."""
    first, last = found["first"], found["last"]
    if not first:
        return ", not dated"
    return f", {day(first)}" if day(first) == day(last) else f", {day(first)} to {day(last)}"
