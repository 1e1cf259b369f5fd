"""Which characters of an annotated article stand between quotation marks.

The gold must not lean on the program that is measured against it, so this knows nothing of ``retold.text.quotes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Span = tuple[int, int]

CLOSERS = {"“": "”", "„": "“”", "«": "»", "‹": "›", '"': '"', "‘": "’", "'": "'"}
SINGLE = frozenset("‘'")
MARK = re.compile("[“”„«»‹›\"‘’']")
WORD = re.compile(r"\w+")


def quoted(text: str) -> list[Span]:
    """The spans between outermost quotation marks, the marks left out, in the order of the text.

    A quotation that its paragraph leaves open runs to the paragraph's end; one in single marks does so only where the
    next paragraph opens anew, for else the mark was an apostrophe.
    """
    lines = [found.span() for found in re.finditer(r"[^\n]+", text)]
    after = [text[start:end].lstrip()[:1] for start, end in lines[1:]] + [""]
    return [span for line, mark in zip(lines, after, strict=True) for span in _of_line(text, *line, mark)]


def left_open(text: str) -> list[int]:
    """The offsets of the marks that nothing closes, though no paragraph after them opens anew."""
    lines = [found.span() for found in re.finditer(r"[^\n]+", text)]
    after = [text[start:end].lstrip()[:1] for start, end in lines[1:]] + [""]
    return [
        start - 1
        for (first, last), mark in zip(lines, after, strict=True)
        for start, end in _of_line(text, first, last, mark)
        if end == last and text[start - 1] != mark
    ]


def share_inside(text: str, contents: Sequence[Span], spans: Sequence[Span]) -> tuple[int, int]:
    """How many words the contents have, and how many of them stand inside the spans."""
    words = [
        (start + found.start(), start + found.end())
        for start, end in contents
        for found in WORD.finditer(text[start:end])
    ]
    return len(words), sum(any(left <= start and end <= right for left, right in spans) for start, end in words)


def _of_line(text: str, start: int, end: int, after: str) -> Iterator[Span]:
    place = start
    while mark := MARK.search(text, place, end):
        place = mark.end()
        if mark.group() not in CLOSERS or not _opens(text, mark.start(), start, end):
            continue
        close = _close(text, mark, end)
        if close is None and mark.group() in SINGLE and after != mark.group():
            continue
        yield mark.end(), end if close is None else close
        place = end if close is None else close + 1


def _opens(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    following = text[at + 1 : at + 4] if at + 1 < end else " "
    if text[at] == "'" and re.match(r"\d0s", following):
        return False  # the '90s
    return not before.isalnum() and not following[0].isspace()


def _close(text: str, mark: re.Match[str], end: int) -> int | None:
    places = [
        other.start()
        for other in MARK.finditer(text, mark.end(), end)
        if other.group() in CLOSERS[mark.group()] and _may_close(text, other.start(), end)
    ]
    if mark.group() in SINGLE:
        again = [at for at in _openings(text, mark, end) if places and at > places[0]]
        while len(places) > 1 and _possessive(text, places[0]) and (not again or places[1] < again[0]):
            places.pop(0)
    return places[0] if places else None


def _openings(text: str, mark: re.Match[str], end: int) -> list[int]:
    others = MARK.finditer(text, mark.end(), end)
    return [o.start() for o in others if o.group() == mark.group() and _opens(text, o.start(), mark.end(), end)]


def _may_close(text: str, at: int, end: int) -> bool:
    if text[at] in "’'" and at + 1 < end and text[at + 1].isalnum():
        return False  # an apostrophe
    return not text[at - 1].isspace()


def _possessive(text: str, at: int) -> bool:
    """Whether a mark may be that of "the ministers' cars": an s before it, a small letter after the space."""
    return text[at - 1] == "s" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower()
