"""The credits inside a paragraph or a caption: the agency in its dateline, and whoever signs its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retold.model.records import CreditKind
from retold.reading.credits import MOST, Found, Named, houses, opened, shaped
from retold.reading.datelines import dateline, small
from retold.reading.names import clean, known_agency
from retold.reading.pagewords import PageWords
from retold.reading.phrases import tokens
from retold.reading.rights import agency_with_rights

STOP = re.compile(r"[.!?…][\"'”’»)]*\s+")
AFTER = (".", "!", "?", "…", '"', "”", "»", "'", "’")  # what a sentence ends with, before its paragraph is signed
CLOSED = ("!", "?", "…", '"', "”", "»", "'", "’")  # what no credit ends with
LEAST_BEFORE = 8  # characters of text before a credit at its end
TAIL = 600  # characters in which a credit at a paragraph's end stands
UNMARKED = 120  # characters in which a credit begins that only a sentence's end parts from the text
RIGHTS_TAIL = 300  # characters in which a paragraph's copyright line begins
BROKEN = re.compile(r"(?:\n\s*|\s{2,})(?P<name>[^\W\d_][^\n.,;:]{1,30})$")
BRACKETS = re.compile(r"[(\[](?P<name>[^()\[\]\n]{2,590})[)\]]\.?$")
RESERVED = re.compile(r"©|\([cC]\)\s|[Cc]opyright\s")


def credits_within(text: str, words: PageWords, *, last: bool) -> Iterator[Found]:
    """The credits inside a paragraph or a caption: after the dateline, and at its end; ``last`` ends the article."""
    placed = dateline(text, words)
    head = Found(placed[0], placed[1], CreditKind.TEXT, placed[2]) if placed else None
    if head:
        yield head
    tail = _tail(text, words, last=last) or (_broken(text, words) or _held(text, words) if last else None)
    if tail and (not head or tail.start >= head.end):
        yield tail


def _broken(text: str, words: PageWords) -> Found | None:
    """The known agency that stands alone behind a line break or wide space at an article's end, as on old wires."""
    match = BROKEN.search(text, max(0, len(text) - UNMARKED))
    if not match or not known_agency(match["name"], words) or match.start() < LEAST_BEFORE:
        return None
    return Found(match.start("name"), match.end("name"), CreditKind.TEXT, clean(match["name"]))


def _held(text: str, words: PageWords) -> Found | None:
    """The agency whose rights an article's last paragraph ends with: "... said. Copyright 2026 Norlandia Press." """
    start = max(0, len(text) - RIGHTS_TAIL)
    found = agency_with_rights(text[start:], words) if RESERVED.search(text, start) else None
    return Found(start + found[0], start + found[1], CreditKind.TEXT, found[2]) if found else None


def _tail(text: str, words: PageWords, *, last: bool) -> Found | None:
    """The credit at the end of a paragraph: "... said. (Agency)", "... said. Photo: Name / Agency"."""
    for start, name, marked in _tails(text):
        folded = tokens(name)
        if folded and len(folded) <= MOST:
            found = opened(name, folded, words) or shaped(name, folded, words)
            if not found and (marked or last):
                found = _signature(name, words, marked=marked, last=last)
            if found:
                return Found(start, len(text), *found)
    return None


def _tails(text: str) -> Iterator[tuple[int, str, bool]]:
    """What may be a credit at a text's end: (start, words, whether marks set it apart from a sentence)."""
    if text.rstrip(".")[-1:] in (")", "]"):
        match = BRACKETS.search(text, max(0, len(text) - TAIL))
        if match and match.start() > LEAST_BEFORE:
            yield match.start(), match["name"], text[: match.start()].rstrip().endswith(AFTER)
        return
    for stop in STOP.finditer(text, max(0, len(text) - UNMARKED)):
        rest = text[stop.end() :]
        if stop.start() > LEAST_BEFORE and rest[-1:] not in CLOSED:
            name = rest.lstrip("-–— ")
            yield stop.end(), name, len(name) < len(rest) or name.startswith("/")


def _signature(name: str, words: PageWords, *, marked: bool, last: bool) -> Named | None:
    """The agency that signs a paragraph: "(Agency)", "- AFP"; at the article's end also a small or an unmarked one."""
    bare = name.strip("/ ")
    initials = marked and last and small(bare) and not name.startswith("/")
    known = last and known_agency(bare, words) and not bare.islower()
    return Named(CreditKind.TEXT, clean(bare)) if initials or known or (marked and houses(bare, words)) else None
