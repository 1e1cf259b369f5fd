"""Whether a line asks its reader for money, a name or attention: request, object and address are weighed together."""

from __future__ import annotations

import re
from typing import NamedTuple

from retold.reading.lines import QUOTES, Line
from retold.reading.names import name_like
from retold.reading.pagewords import PageWords
from retold.reading.phrases import WORD, end_of

LONGEST = 90  # words; an appeal that runs longer is an article about appeals
LONG = 30  # words; a longer appeal must speak to its reader and name more than one thing it asks for
SHORT = 12  # words of an appeal that names an outlet
BRIEF = 6  # words of "Now try it for four weeks"
ENOUGH = 5  # points at which a line is an appeal; see _points

MONEY = re.compile(r"[$€£₽₴¥]\s?\d|\d\s?(?:[$€£₽₴¥]|(?:EUR|USD|GBP|CHF|руб)\b)")
QUOTED_NAME = re.compile(r"\s*[«„“\"](?P<name>[^«»„“”\"]{2,40})[»“”\"]\s*[!.]?$")


def appeals(line: Line, words: PageWords, *, edge: bool) -> bool:
    """Whether a line is an appeal; ``edge`` says that it stands off the article's body."""
    if line.count > LONGEST:
        return False
    if words.appeal.object.by_first.keys().isdisjoint(line.words) and (
        line.stop in (".", "…") or words.appeal.ask.by_first.keys().isdisjoint(line.words)
    ):
        return False  # most lines; a statement asks for something or is no appeal
    return _points(line, words, edge=edge) >= ENOUGH


class Signs(NamedTuple):
    """What speaks for an appeal."""

    objects: int
    reader: bool
    house: bool
    urgent: int
    exclaims: bool
    masthead: bool


def _points(line: Line, words: PageWords, *, edge: bool) -> int:
    """How much speaks for an appeal: a request, what is asked for, who is spoken to, and how."""
    appeal = words.appeal
    objects = min(2, len({tuple(line.words[at : at + size]) for at, size in appeal.object.places(line.words)}))
    if objects < (2 if line.count > LONG else 1) and line.stop in (".", "…"):
        return 0
    asked = appeal.ask.places(line.words)
    pressed = bool(appeal.urgent.at(line.words)) and (line.short or bool(asked and asked[0][0] <= 2))
    starts = bool(asked) and (asked[0][0] == 0 or pressed)
    reader = bool(appeal.reader.count(line.words))
    house = bool(appeal.house.count(line.words))
    urgent = min(2, appeal.urgent.count(line.words) + bool(MONEY.search(line.text)))
    exclaims = line.text.rstrip(" \"'”»").endswith("!")
    masthead = starts and bool(outlet_asked_for(line, words))
    quoted = line.quoted and (not starts or line.text[0] in QUOTES)  # "Support «The Herald»!" quotes nobody
    spoken = quoted or bool(appeal.said.count(line.words))
    signs = Signs(objects, reader, house, urgent, exclaims, masthead)
    if not _direct(line, signs, edge=edge):
        return 0
    return (
        (2 if starts else bool(asked))
        + (objects + 1 if objects else 0)
        + reader
        + house
        + urgent
        + exclaims
        + 2 * masthead
        + (line.short and line.count <= 8)
        + (line.short and line.count <= 3)
        + edge
        - (4 if spoken else 0)
    )


def _direct(line: Line, signs: Signs, *, edge: bool) -> bool:
    """Whether a line speaks to its reader at all; a statement needs to name both what it wants and whom it asks."""
    objects, reader, house, urgent, exclaims, masthead = signs
    if line.count > LONG:
        return objects > 1 and reader and (urgent > 0 or house)
    if line.stop in (".", "…"):
        return objects > 0 and (reader or house or (urgent > 0 and edge))
    pressing = urgent > 0 and (reader or house or line.count <= BRIEF)
    return objects > 0 or masthead or exclaims or pressing


def outlet_asked_for(line: Line, words: PageWords) -> str:
    """The name that an appeal asks its reader to support or subscribe to; "" where it asks for no name."""
    length = words.appeal.ask.at(line.words)
    if not length or line.count > SHORT:
        return ""
    rest = line.text[end_of(line.text, length) :]
    quoted = QUOTED_NAME.match(rest)
    if quoted:
        return quoted["name"]
    name = _without_small(rest.strip(' \u00a0!.…:"«»“”„'), words)
    raw = WORD.findall(name)
    folded = [word.casefold() for word in raw]
    if not raw or not raw[0][0].isupper() or not name_like(name, words):
        return ""
    if _common(folded, words):
        return ""
    return name if len(raw) > 1 or words.outlets.nouns.count(folded) else ""


def _without_small(rest: str, words: PageWords) -> str:
    """The words after the request, without "to", "now" and their like at the edges."""
    parts = rest.split()
    while parts and not parts[0][0].isupper():
        parts.pop(0)
    while parts and words.appeal.urgent.at([parts[-1].casefold().strip("!.")]):
        parts.pop()
    return " ".join(parts)


def _common(folded: list[str], words: PageWords) -> bool:
    """Whether a name holds the appeal's own words ("Support Independent Journalism"), so that it names no outlet."""
    appeal = words.appeal
    return any(each.count(folded) for each in (appeal.object, appeal.house, appeal.reader, appeal.urgent))
