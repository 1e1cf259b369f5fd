"""Answers of an archive as lines for a terminal; each takes the plain dict of its JSON document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from retold.pictures import columns as lines
from retold.pictures.columns import breadth, cut, wrapped
from retold.pictures.passages import passages, percent
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
            "-" if line["origins"] is None else str(line["origins"]),
            line["title"] or "-",
        ]
        for line in found["stories"]
    ]
    head = ["story", "first", "last", "articles", "outlets", "origins", "title"]
    if not rows:
        return "No story. Articles that were added since the last `retold learn` belong to none yet."
    told = list(table(head, rows, width=width, right=(3, 4, 5)))
    if len(rows) < found["total"]:
        told.append(f"{len(rows):,} of {found['total']:,} stories; --limit and --offset show others")
    return page(told)


def holdings(found: dict[str, Any], *, width: int) -> str:
    """What an archive holds, and who wrote last."""
    counts = [
        many(found["articles"], "article"),
        many(found["versions"], "version"),
        many(found["outlets"], "outlet"),
        many(found["stories"], "story", "stories"),
        many(found["origins"], "origin"),
    ]
    told = [*wrapped(", ".join(counts) + (between(found) if found["articles"] else ""), width)]
    told += [f"{many(found['told_by_several'], 'story is', 'stories are')} told by several articles"]
    if found["unlearned"]:
        told += wrapped(
            f"{many(found['unlearned'], 'article is', 'articles are')} newer than the last `retold learn`", width
        )
    if found["rejects"]:
        told.append(f"{many(found['rejects'], 'input')} could not be read: retold export rejects")
    rows = [
        [str(run["run"]), run["command"], run["started"], run["ended"] or "-", f"{run['rows']:,}"]
        for run in found["runs"]
    ]
    head = ["run", "command", "started", "ended", "rows"]
    return page([*told, "", *table(head, rows, width=width, right=(0, 4))] if rows else told)


def story(found: dict[str, Any], *, width: int) -> str:
    """A story and its articles."""
    told = [plain(found["title"]) or "-", f"story {found['id']}"]
    if found["requested_id"] != found["id"]:
        told.append(f"asked for as {found['requested_id']}")
    told.append(summary(found))
    rows = [
        [name(each), day(each["published"]), each["outlet"] or "-", f"{each['score']:.2f}", each["title"] or "-"]
        for each in found["tellings"]
    ]
    head = ["article", "published", "outlet", "score", "title"]
    return page([*told, "", *table(head, rows, width=width, right=(3,))])


def summary(found: Mapping[str, Any]) -> str:
    """Return a story in numbers: "5 articles, 5 outlets, 1 origin, 2026-05-03"."""
    counts = [many(found["articles"], "article"), many(found["outlets"], "outlet"), *_origins(found["origins"])]
    return ", ".join(counts) + between(found)


def _origins(count: Mapping[str, Any] | None) -> Iterator[str]:
    """Yield how many origins there are, where that is known."""
    if count:
        sure = count["low"] == count["high"]
        yield many(count["likely"], "origin") + ("" if sure else f" ({count['low']:,} to {count['high']:,})")


def search(found: dict[str, Any], *, width: int) -> str:
    """What was found, each with the words around it."""
    if not found["hits"]:
        return page([f"Nothing holds {found['words']}."])
    return page([line for hit in found["hits"] for line in [*_hit(hit, width), ""]][:-1])


def _hit(hit: dict[str, Any], width: int) -> list[str]:
    where = "  ".join([name(hit), day(hit["published"]), hit["outlet"] or "-"])
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
    told += wrapped(f"shared words: {plain(terms)}", width)
    return page([*told, *_text_shared(found, width)])


def _text_shared(found: dict[str, Any], width: int) -> Iterator[str]:
    """Yield whether two articles have one origin, and the passages that they share."""
    if found["origin_note"]:
        yield ""
        partly = bool(set(found["origins"][0]) & set(found["origins"][1]))
        yield "ONE ORIGIN" if found["same_origin"] else "ONE ORIGIN IN PART" if partly else "NOT ONE ORIGIN"
        yield from wrapped(plain(found["origin_note"]), width)
    shared = found["shared"]
    if shared:
        yield ""
        shares = f", copied: {percent(shared['one_share'])} of A, {percent(shared['other_share'])} of B"
        copied = shares if shared["one_share"] or shared["other_share"] else ""
        yield from wrapped(f"{shared['label'].upper()}  {many(shared['words'], 'word')} in common{copied}", width)
        yield from passages(shared["passages"], ("A", "B"), width)


def revisions(found: dict[str, Any], *, width: int) -> str:
    """The history of an article: each version, and what it changed."""
    head = [found["url"] or found["source_ids"][0], f"{many(len(found['versions']), 'version')}"]
    told = [*head, "", *_text(found["versions"][0])]
    for step, version in zip(found["steps"], found["versions"][1:], strict=True):
        told += ["", *_text(version), *_changes(step, width)]
    return page(told)


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
        return page([f"The archive is whole: {sizes}"])
    told = [f"found: {line}" for line in found["found"]]
    told += [f"mended: {line}" for line in found["repaired"]]
    told += [f"left: {line}" for line in found["left"]]
    told += [LEFT] if found["left"] else []
    return page([*told, sizes])


def page(told: Iterable[str]) -> str:
    """Lines as a text that steers no terminal, whatever an article holds."""
    return "\n".join(line.translate(CLEAN).rstrip() for line in told)


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int,
    right: Sequence[int] = (),
    shrink: Sequence[int] | None = None,
    drop: Sequence[int] = (),
) -> Iterator[str]:
    """Rows under their heads, figures to the right. Where lines would be too long, the columns in ``shrink`` give way:
    the last one, the first and the third; where that is not enough, those in ``drop`` are left out."""
    cells = [[plain(cell) for cell in row] for row in [head, *rows]]
    giving = [len(head) - 1, 0, 2] if shrink is None else list(shrink)
    for place in right:
        room = max(breadth(row[place]) for row in cells)
        for row in cells:
            row[place] = " " * (room - breadth(row[place])) + row[place]
    kept = _kept(cells, width, giving, drop)
    chosen = [[row[place] for place in kept] for row in cells]
    yield from lines.table(chosen, width=width, gap=2, shrink=[kept.index(each) for each in giving if each in kept])


def _kept(cells: Sequence[Sequence[str]], width: int, giving: Sequence[int], drop: Sequence[int]) -> list[int]:
    """The columns for which there is room."""
    rooms = [max(map(breadth, column)) for column in zip(*cells, strict=True)]
    least = [min(room, lines.LEAST) if place in giving else room for place, room in enumerate(rooms)]
    kept = list(range(len(rooms)))
    for place in drop:
        if sum(least[each] for each in kept) + 2 * (len(kept) - 1) > width:
            kept.remove(place)
    return kept


def name(each: Mapping[str, Any]) -> str:
    """What an input called an article, else its id."""
    return str(each["source_ids"][0] if each["source_ids"] else each["article_id"])


def day(stated: str | None) -> str:
    """The day of a stated time."""
    return stated[:10] if stated else "-"


def between(found: Mapping[str, Any]) -> str:
    """From when to when, as far as anybody says."""
    first, last = found["first"], found["last"]
    if not first:
        return ", not dated"
    return f", {day(first)}" if day(first) == day(last) else f", {day(first)} to {day(last)}"
