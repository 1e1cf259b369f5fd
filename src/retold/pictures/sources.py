"""How many sources there are, and who shares what with whom, as lines for a terminal.

Each picture takes the plain dict of its answer's JSON document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from retold.pictures.columns import cut, named, wrapped
from retold.pictures.listing import day, name, page, table
from retold.pictures.passages import FEW, passages, percent
from retold.pictures.words import listed, many, plain

UNKNOWN = "its source is not seen, or cannot be told from its copies"
INDENT = 3
NEWER = "{} newer than the last `retold learn`, and not counted: run it."


def origins(found: dict[str, Any], *, width: int, full: bool = False) -> str:
    """How many origins articles go back to, and each of them."""
    called = _called(member for origin in found["origins"] for member in origin["members"])
    told = [*_headline(found, width), *doubtful(found["count"], width)]
    several = [origin for origin in found["origins"] if len(origin["members"]) > 1]
    for number, origin in enumerate(several, 1):
        told += ["", *_origin(origin, number, called, width, full)]
    alone = [origin for origin in found["origins"] if len(origin["members"]) == 1]
    if alone:
        told += ["", "Alone in their origin", *_alone(alone, width)]
    if found["partial"]:
        told += ["", "Text taken over between origins, in part", *_partial(found["partial"], width)]
    return page([*told, *_remarks(found, width)])


def _headline(found: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield the count, what was counted, and of what."""
    count = found["count"]
    about = [
        many(found["articles"], "article"),
        many(found["texts"], "unique text"),
        many(found["outlets"], "outlet"),
    ]
    yield from wrapped(f"{between(count)}  {', '.join(about)}", width)
    if found["story_id"]:
        asked = f", asked for as {plain(found['requested_id'])}" if found["requested_id"] != found["story_id"] else ""
        yield from wrapped(plain(found["title"]) or "-", width)
        yield from wrapped(f"story {found['story_id']}{asked}", width)


def between(count: Mapping[str, Any]) -> str:
    """Return "5 ORIGINS", or "5 ORIGINS (4 to 6)" where it is not certain."""
    told = many(count["likely"], "ORIGIN", "ORIGINS")
    return told if count["low"] == count["high"] else f"{told} ({count['low']:,} to {count['high']:,})"


def doubtful(count: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield why a count is an interval."""
    for reason in count["reasons"]:
        yield from wrapped(f"- {plain(reason)}", width, indent=2, hang=True)


def _origin(origin: Mapping[str, Any], number: int, called: Mapping[str, str], width: int, full: bool) -> Iterator[str]:
    """Yield an origin of several articles: where its text comes from, who carries it, and with ``full`` its text."""
    head = f"{number}  {many(len(origin['members']), 'article')}: {source(origin, called)}"
    yield from wrapped(head, width, indent=INDENT, hang=True)
    told = [f"origin {origin['id']}", f"fullest {called[origin['fullest']]}"]
    if origin["earliest"]:
        told.insert(1, f"earliest {called[origin['earliest']]}")
    yield from wrapped(", ".join(told), width, indent=INDENT)
    yield from _members(origin["members"], width, full)
    if full and origin["text"]:
        yield from _text(origin, width)


def source(origin: Mapping[str, Any], called: Mapping[str, str]) -> str:
    """Return where an origin's text comes from, as far as its articles tell."""
    credit = f"credited to {plain(origin['agency'])}, " if origin["agency"] else ""
    unseen = "the source is a text we have not seen" if origin["agency"] else UNKNOWN
    seen = f"the source is {called[origin['source']]}" if origin["source"] else unseen
    return credit + seen + ("" if origin["articles"] else " (carried in part only)")


def _members(members: Sequence[Mapping[str, Any]], width: int, full: bool) -> Iterator[str]:
    """Yield the articles of an origin, and which of them are in other stories."""
    shown = members if full else members[:FEW]
    rows = [[*_place(each), each["role"], percent(each["share"]), each["title"] or "-"] for each in shown]
    head = ["article", "published", "outlet", "role", "share", "title"]
    yield from _indented(table(head, rows, width=width - INDENT, right=(4,), drop=(1,)))
    if len(shown) < len(members):
        yield f"   and {many(len(members) - len(shown), 'more article')} (--full)"
    elsewhere = [name(each) for each in members if not each["asked"]]
    if elsewhere:
        yield from wrapped(f"not asked about: {plain(listed(elsewhere, most=FEW))}", width, indent=INDENT)


def _place(article: Mapping[str, Any]) -> list[str]:
    """An article's name, day and outlet as cells."""
    return [name(article), day(article["published"]), article["outlet"] or "-"]


def _text(origin: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield an origin's text, each passage behind the number of articles that have it."""
    head = f"Its text, each passage behind how many of the {len(origin['members'])} articles have it:"
    yield from wrapped(head, width, indent=INDENT)
    for fragment in origin["text"]:
        yield from named(f"{len(fragment['support']):>6}", plain(fragment["text"]), width, room=8)


def _alone(alone: Sequence[Mapping[str, Any]], width: int) -> Iterator[str]:
    """Yield the articles that share their origin with none."""
    rows = [
        [*_place(each), origin["agency"] or "-", each["title"] or "-"] for origin in alone for each in origin["members"]
    ]
    head = ["article", "published", "outlet", "credited", "title"]
    yield from _indented(table(head, rows, width=width - INDENT, shrink=(4, 0, 2, 3), drop=(1,)))


def _partial(partial: Sequence[Mapping[str, Any]], width: int) -> Iterator[str]:
    for each in partial:
        sides = (f"{plain(name(each[side]))} ({percent(each[f'{side}_share'])})" for side in ("one", "other"))
        yield from wrapped(f"{many(each['words'], 'word')} of {' and '.join(sides)}: {each['label']}", width, indent=3)


def _remarks(found: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield what was not shown, not counted, or could not be read."""
    told = []
    if len(found["origins"]) < found["total"]:
        told.append(f"{len(found['origins']):,} of {found['total']:,} origins; --limit shows more")
    ignored = [f"{plain(each['name'])} ({many(len(each['articles']), 'article')})" for each in found["picture_credits"]]
    if ignored:
        told.append(f"Picture credits ignored: {listed(ignored, most=FEW)}")
    if found["unlearned"]:
        told.append(newer(found["unlearned"]))
    told += [f"Left out: {plain(each['source'])}: {plain(each['reason'])}" for each in found["rejects"][:FEW]]
    if told:
        yield ""
    for line in told:
        yield from wrapped(line, width)


def newer(count: int) -> str:
    """Return that some articles came since the last ``learn``."""
    return NEWER.format("1 article is" if count == 1 else f"{count:,} articles are")


def copies(found: dict[str, Any], *, width: int, full: bool = False) -> str:
    """Who shares what with an article, with the passages."""
    article = found["article"]
    told = [*wrapped(plain(article["title"] or "-"), width), *wrapped(place(article), width)]
    if not found["copies"]:
        told += ["", "No other article shares a passage with it that was asked for."]
    for copy in found["copies"]:
        told += ["", *_copy(copy, name(article), width, full)]
    remarks = []
    if len(found["copies"]) < found["total"]:
        remarks.append(f"{len(found['copies']):,} of {found['total']:,} articles; --limit shows more")
    if found["beyond"]:
        remarks.append(
            f"{many(found['beyond'], 'more article')} of its origin: of very many copies not each pair is kept. "
            "retold why A B looks at any two."
        )
    if not found["current"]:
        remarks.append("Some of these have a newer version than the last `retold learn` saw: run it.")
    return page([*told, *([""] if remarks else []), *(line for each in remarks for line in wrapped(each, width))])


def place(article: Mapping[str, Any]) -> str:
    """Return an article's name, day and outlet."""
    return "  ".join([plain(name(article)), day(article["published"]), plain(article["outlet"] or "outlet not stated")])


def _copy(copy: Mapping[str, Any], mine: str, width: int, full: bool) -> Iterator[str]:
    yield cut(f"{place(copy)}  {plain(copy['title'] or '-')}", width)
    mine, yours = plain(mine), plain(name(copy))
    told = f"{copy['label'].upper()}  {many(copy['words'], 'word')} in common"
    if copy["share"] or copy["other_share"]:
        told += f", copied: {percent(copy['share'])} of {mine}, {percent(copy['other_share'])} of {yours}"
    yield from wrapped(told, width, indent=INDENT)
    yield from passages(copy["passages"], (mine, yours), width, full)


def _called(articles: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What to call each article."""
    return {each["article_id"]: plain(name(each)) for each in articles}


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (" " * INDENT + line for line in lines)
