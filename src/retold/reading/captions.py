"""Which sentences describe a picture: they stand at its credit, carry one, or come twice near the top."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from retold.model.records import CreditKind, Kind
from retold.reading.credits import Found, houses
from retold.reading.lines import Line
from retold.reading.pagewords import PageWords
from retold.reading.signatures import credits_within

REPEATED = "repeated"
AT_CREDIT = "stands at a picture's credit"
TOP = 10  # lines; a caption and its copy (often the picture's alternative text) stand above the body
MOST = 70  # words of a caption with its credit
LEAST_REPEATED = 4  # words


def give_captions(lines: Sequence[Line], words: PageWords) -> None:
    """Give captions their kind, and bare agencies under them theirs."""
    if _loose(lines):
        _give_agencies_below(lines, words)
        _give_tied(lines)
    _give_repeated(lines)
    _give_signed(lines, words)


def _loose(lines: Sequence[Line]) -> bool:
    """Whether blank lines part this text's paragraphs, so that lines without one between belong together."""
    return sum(line.tied for line in lines) * 2 <= len(lines)


def _give_agencies_below(lines: Sequence[Line], words: PageWords) -> None:
    """An agency's name directly under a sentence, in the middle of a text, signs a picture."""
    for place in range(1, len(lines) - 1):
        line, above = lines[place], lines[place - 1]
        if line.kind is None and line.tied and above.kind is None and above.sentence and houses(line.text, words):
            if not any(other.kind is None and other.sentence for other in lines[place + 1 :]):
                return  # it signs the article
            line.kind, line.reason = Kind.CREDIT, "photo credit"
            line.credits.append(Found(0, len(line.text), CreditKind.PHOTO, line.text.strip("()[] ")))


def _give_tied(lines: Sequence[Line]) -> None:
    """The line directly above a picture's credit, else the one directly below, describes the picture."""
    for place, line in enumerate(lines):
        if line.kind is not Kind.CREDIT or not any(credit.kind is not CreditKind.TEXT for credit in line.credits):
            continue
        above = lines[place - 1] if place and line.tied else None
        below = lines[place + 1] if place + 1 < len(lines) and lines[place + 1].tied else None
        for near in (above, below):
            if near is not None and near.kind is None and near.count <= MOST:
                near.kind, near.reason = Kind.CAPTION, AT_CREDIT
                break


def _give_repeated(lines: Sequence[Line]) -> None:
    """Sentences that come again: captions near the top, copies further down."""
    copies: defaultdict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if (
            line.kind in (None, Kind.CAPTION)
            and line.count >= LEAST_REPEATED
            and not line.short
            and not _is_speech(line)
        ):
            copies[line.text.strip().casefold()].append(place)
    body = sum(line.kind is None and line.sentence for line in lines)
    for places in copies.values():
        if len(places) > 1:
            _give_copies([lines[place] for place in places], near=places[-1] < TOP and body > len(places))


def _is_speech(line: Line) -> bool:
    """Whether a line begins with a quotation: people say a thing twice, and no picture is described so."""
    return line.text.lstrip()[:1] in '"“„«'


def _give_copies(same: Sequence[Line], *, near: bool) -> None:
    """Make copies captions where one stands at a credit or all near the top; otherwise the later ones are repeats."""
    captioned = any(line.kind is Kind.CAPTION for line in same)
    for line in same if captioned or near else same[1:]:
        if line.kind is None:
            line.kind = Kind.CAPTION if captioned or near else Kind.FURNITURE
            line.reason = REPEATED if line.kind is Kind.CAPTION else "repeated line"


def _give_signed(lines: Sequence[Line], words: PageWords) -> None:
    """A sentence or two that end in a picture's credit, or begin with "Photo:"."""
    for line in lines:
        if line.kind is not None or line.count > MOST:
            continue
        found = _pictures_within(line, words)
        if found:
            line.kind, line.reason = Kind.CAPTION, "ends in a picture's credit"
            line.credits.extend(found)
        elif _labelled(line, words):
            line.kind, line.reason = Kind.CAPTION, "begins as a caption"


def _pictures_within(line: Line, words: PageWords) -> list[Found]:
    """The credits of pictures at a line's end; most sentences end as no credit does, and are not looked at."""
    tail = line.text[-100:]
    if line.stop and tail[-1:] not in ")]" and not (":" in tail or "/" in tail or "|" in tail):
        return []
    return [each for each in credits_within(line.text, words, last=False) if each.kind is not CreditKind.TEXT]


def _labelled(line: Line, words: PageWords) -> bool:
    """Whether a sentence stands after "Photo:"."""
    length = words.credits.photo.at(line.words)
    if not length or not line.sentence:
        return False
    head = line.text[:60].split(":", 1)
    return len(head) > 1 and len(head[0].split()) <= length + 1
