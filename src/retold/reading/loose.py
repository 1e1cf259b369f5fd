"""Credits that no word announces, told by where they stand: a byline under the title, an agency with the rights."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.model.records import CreditKind, Kind
from retold.reading.credits import Found, houses, undated
from retold.reading.datelines import dateline, small
from retold.reading.furniture import COPYRIGHT
from retold.reading.lines import Line
from retold.reading.names import known_agency, name_like, without_role
from retold.reading.pagewords import PageWords
from retold.reading.rights import agency_with_rights
from retold.text.agencies import CRIED, agencies_in, is_agency

MOST_BARE_NAME = 4  # words of a byline without "By"
MOST_JOINT = 8  # words of a line that joins people to an agency
JOINED = re.compile(r"\s?[,/|()]+\s?|\s[-–—]\s|\s(?:with|avec|mit|con|com|с|met)\s")


def give_credit(line: Line, credit: Found) -> None:
    """Make a line a credit."""
    line.kind, line.reason = Kind.CREDIT, f"{credit.kind} credit"
    line.credits.append(credit)


def byline(line: Line, words: PageWords) -> Found | None:
    """The byline that a short line under the title is: a name, an agency, a name with a role or an agency."""
    name = _named(line, words)
    person = not houses(name, words) and not agencies_in(name)
    return Found(0, len(line.text), CreditKind.TEXT, name, person) if name else None


def _named(line: Line, words: PageWords) -> str:
    """Whom a short line names; "" where it is no byline."""
    bare = undated(line.text.strip("()[]/ "), words)
    if houses(bare, words) or (small(bare) and (line.count > 1 or bare != line.text)):
        return bare
    if line.count <= MOST_JOINT and _joint(bare, words):
        return bare
    placed = dateline(line.text, words)
    if placed and placed[1] >= len(line.text.rstrip(" .:-–—")):
        return placed[2]
    name = without_role(line.text, words)
    short = not line.caseless and 2 <= len(name.split()) <= MOST_BARE_NAME
    return name if short and name_like(name, words, most=MOST_BARE_NAME) else ""


def _joint(text: str, words: PageWords) -> bool:
    """Whether a line joins a person or an outlet to an agency: "Jane Doe, AFP", "Harwick Courier with AFP"."""
    parts = [part for part in JOINED.split(text) if part]
    if not name_like(text, words, most=MOST_JOINT) or any(len(part.split()) > MOST_BARE_NAME for part in parts):
        return False
    firm = any(known_agency(part, words) or (is_agency(part) and " " in part) for part in parts)
    signed = len(parts) == 2 and len(parts[0].split()) > 1 and is_agency(parts[1])
    return (len(parts) > 1 and (firm or signed)) or (CRIED.match(text) is not None and bool(agencies_in(text)))


def holds(lines: Sequence[Line], place: int, words: PageWords) -> bool:
    """Whether a line is "© Agency" behind the text, where no picture's caption stands above it."""
    line, above = lines[place], lines[place - 1]
    signs = line.kind is Kind.CREDIT and line.text.startswith("©") and known_agency(line.text, words)
    return signs and not line.tied and above.kind is not Kind.CAPTION


def give_rights(lines: Sequence[Line], words: PageWords, *, outlet: str | None) -> None:
    """The agency that a copyright line names: the line stays the page's, and signs the text all the same."""
    held = [line for line in lines if line.reason == COPYRIGHT]
    if held:
        named = frozenset(credit.name.casefold() for line in lines for credit in line.credits)
        for line in held:
            found = agency_with_rights(line.text, words, named=named, outlet=outlet)
            if found:
                line.credits.append(Found(found[0], found[1], CreditKind.TEXT, found[2]))
