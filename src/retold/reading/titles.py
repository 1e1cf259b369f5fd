"""Which line is the article's title: the first strong one, below whatever the page puts above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.model.records import CreditKind, Kind
from retold.reading.furniture import APPEAL, NAVIGATION, NOTICE
from retold.reading.lines import SHORT, Line
from retold.reading.names import name_like, without_role
from retold.reading.pagewords import PageWords
from retold.reading.phrases import tokens
from retold.reading.signatures import credits_within

ABOVE = "line above the title"
TOP = 14  # lines in which a title stands, furniture included
LONGEST = 28  # words; a few papers write titles as long as a sentence
NAME = 5  # words of a site's name above the title
KICKER = 2  # words of a section's name above the title
ABBREVIATED = re.compile(r"(?:\b[^\W\d_]\.){2,}$|\b(?:Inc|Co|Jr|Sr|Ltd|St|No|Dr)\.$")
TWO_SENTENCES = re.compile(r"[^\W\d_]{4,}\.\s+[^\W\d_]")
HIGH = frozenset({APPEAL, NAVIGATION, NOTICE})


def give_title(lines: Sequence[Line], words: PageWords, *, outlet: str | None, title: str | None) -> None:
    """Make one line the title, and what stands above it furniture."""
    place = _named(lines, title) if title else None
    if place is None:
        place = _best(lines, words, outlet)
    if place is None:
        return
    lines[place].kind, lines[place].reason = Kind.TITLE, ""
    for line in lines[:place]:
        if line.kind is None and (line.short or not _captions(lines, line)):
            line.kind, line.reason = Kind.FURNITURE, ABOVE
    for line in lines[place + 1 :]:
        if line.kind is None and line.words == lines[place].words:
            line.kind, line.reason = Kind.FURNITURE, "repeated title"


def _named(lines: Sequence[Line], title: str | None) -> int | None:
    """Where a title known from elsewhere stands near the top."""
    wanted = tokens(title or "")
    return next((place for place, line in enumerate(lines[:TOP]) if wanted and line.words == wanted), None)


def _best(lines: Sequence[Line], words: PageWords, outlet: str | None) -> int | None:
    """The strongest candidate; None where the text begins without a title."""
    candidates = _candidates(lines, words)
    if not candidates:
        return None
    for at, place in enumerate(candidates):
        if not any(_is_masthead(lines[place], lines[later], words, outlet) for later in candidates[at + 1 :]):
            return place
    return candidates[-1]


def _candidates(lines: Sequence[Line], words: PageWords) -> list[int]:
    """The lines that could be the title: short, near the top, above the first sentence, below the appeals."""
    start = _below_appeals(lines)
    found: list[int] = []
    for place in range(start, min(len(lines), start + TOP)):
        line = lines[place]
        if line.kind is not None:
            continue
        if _could_be(line) and not _signed(line, words):
            found.append(place)
        elif not _captions(lines, line):
            break
    quiet = [place for place in found if lines[place].stop != "!"]
    return quiet or found


def _could_be(line: Line) -> bool:
    """Whether a line has a title's shape."""
    if line.count > LONGEST or line.bullet:
        return False
    if line.stop == ".":
        return bool(ABBREVIATED.search(line.text)) or (line.unfinished and line.count <= SHORT)
    if line.stop == "!":
        return line.count <= SHORT
    return line.stop != ":" and (line.count > 1 or len(line.text) > 2)


def _signed(line: Line, words: PageWords) -> bool:
    """Whether a line is a caption that ends in its picture's credit."""
    inside = credits_within(line.text, words, last=False) if TWO_SENTENCES.search(line.text) else ()
    return any(credit.kind is CreditKind.PHOTO for credit in inside)


def _below_appeals(lines: Sequence[Line]) -> int:
    """Where the page's own words above the title end, if a title and a sentence still follow them."""
    start = 0
    for place, line in enumerate(lines[:TOP]):
        if line.kind is None and (line.long or line.quoted) and not _high_below(lines, place):
            break
        if line.kind is Kind.FURNITURE and line.reason in HIGH and _title_follows(lines, place + 1):
            start = place + 1
    return start


def _high_below(lines: Sequence[Line], place: int) -> bool:
    """Whether an appeal still follows, before the article can have begun."""
    return any(line.reason == APPEAL for line in lines[place + 1 : place + 3])


def _title_follows(lines: Sequence[Line], start: int) -> bool:
    """Whether the next line without a kind could be a title over a sentence."""
    left = [line for line in lines[start:] if line.kind is None]
    titled = bool(left) and _could_be(left[0]) and any(line.sentence for line in left[1:])
    return titled and not any(line.sentence for line in lines[:start] if line.kind is None and line.long)


def _is_masthead(line: Line, after: Line, words: PageWords, outlet: str | None) -> bool:
    """Whether a short line above a longer one is the site's name or a section's."""
    if after.count <= line.count or line.count > NAME or line.stop or without_role(after.text, words) != after.text:
        return False
    if outlet and line.words == tokens(outlet):
        return True
    if words.labels.sections.cover(line.words):
        return True
    named = name_like(line.text, words)
    masthead = named and (words.outlets.nouns.count(line.words) > 0)
    return masthead or (line.count <= KICKER and (named or line.text.isupper()) and after.count > 2 * line.count)


def _captions(lines: Sequence[Line], line: Line) -> bool:
    """Whether a sentence stands directly at a picture's credit."""
    place = lines.index(line)
    below = place + 1 < len(lines) and lines[place + 1].tied and _is_picture(lines[place + 1])
    return below or (line.tied and place > 0 and _is_picture(lines[place - 1]))


def _is_picture(line: Line) -> bool:
    return any(credit.kind is CreditKind.PHOTO for credit in line.credits) and line.kind is Kind.CREDIT
