"""Who holds the rights in a text, as a copyright line says it; an agency that does has written the text."""

from __future__ import annotations

import re

from retold.reading.names import clean, known_agency, name_like
from retold.reading.pagewords import PageWords
from retold.reading.phrases import WORD
from retold.text.agencies import house, is_agency

RIGHTS = re.compile(
    r"(?:©|\([cC]\)|\b[Cc]opyright\b|\bCOPYRIGHT\b)[\s©:,]*(?:\(c\)\s*)?(?:by\s+)?(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)?[\s,:]*(?:by\s+)?"
    r"(?P<name>[^\n.|;()]{2,60}?)\s*(?:[.,|;(]|\b(?:19|20)\d\d\b|$)"
)


def outlet_with_rights(text: str, words: PageWords) -> str:
    """Who holds the rights, where it is no agency; "" where nobody is named."""
    match = RIGHTS.search(text)
    name = clean(match["name"]) if match else ""
    reserved = words.labels.copyright.count([word.casefold() for word in WORD.findall(name)])
    return name if name and not reserved and not known_agency(name, words) and name_like(name, words) else ""


def agency_with_rights(
    text: str, words: PageWords, *, named: frozenset[str] = frozenset(), outlet: str | None = None
) -> tuple[int, int, str] | None:
    """Where a line names the agency that holds the rights: a known one, or one that the article itself has ``named``.

    An outlet's own name may end as agencies' do ("Harwick Free Press"), so that the name's form decides only where the
    outlet is known and has another name.
    """
    match = RIGHTS.search(text)
    if not match:
        return None
    name = clean(match["name"])
    other = bool(outlet) and WORD.findall(name.casefold())[-1:] != WORD.findall(str(outlet).casefold())[-1:]
    if not (house(name) or (is_agency(name) and (name.casefold() in named or other))):
        return None
    return match.start("name"), match.start("name") + len(match["name"].rstrip()), name
