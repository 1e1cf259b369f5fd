"""The outlet, where a text names it in so many words; a hint is not a fact, so only explicit forms count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retold.model.records import Kind
from retold.reading.appeals import outlet_asked_for
from retold.reading.furniture import APPEAL, COPYRIGHT
from retold.reading.lines import Line
from retold.reading.names import name_like
from retold.reading.pagewords import PageWords
from retold.reading.phrases import WORD
from retold.reading.rights import outlet_with_rights

SUFFIX = re.compile(r"\s+[|]\s+(?P<name>[^|]{2,40})$")
DASHED_SUFFIX = re.compile(r"\s+[-–—]\s+(?P<name>[^-–—|]{2,40})$")


def outlet_of(lines: Sequence[Line], words: PageWords) -> str | None:
    """The outlet that a text names; None where it names none, or two that differ."""
    named = list(dict.fromkeys(filter(None, _names(lines, words))))
    folded = {tuple(WORD.findall(name.casefold().removeprefix("the "))) for name in named}
    return named[0] if len(folded) == 1 else None


def _names(lines: Sequence[Line], words: PageWords) -> Iterator[str]:
    """Each name that a line gives the outlet."""
    for line in lines:
        if line.kind is Kind.FURNITURE and line.reason == APPEAL and words.outlets.keeps_form:
            yield outlet_asked_for(line, words)
        elif line.kind is Kind.FURNITURE and line.reason == COPYRIGHT:
            yield outlet_with_rights(line.text, words)
        elif line.kind is Kind.TITLE:
            yield suffix(line.text, words)[1]


def suffix(title: str, words: PageWords) -> tuple[str, str]:
    """A title parted from the outlet's name behind it, as in "Rain is due | The Harwick Post"; the name may be ""."""
    match = SUFFIX.search(title)
    if not match:
        dashed = DASHED_SUFFIX.search(title)
        known = dashed and words.outlets.nouns.count([word.casefold() for word in WORD.findall(dashed["name"])])
        match = dashed if known else None
    if match and name_like(match["name"], words):
        return title[: match.start()].rstrip(), match["name"].strip()
    return title, ""
