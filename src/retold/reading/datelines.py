"""The agency with which a paragraph opens: "CITY, May 3 (Agency) -", "ГОРОД, 3 мая. /Агентство/.", "(Agency) -"."""

from __future__ import annotations

import re
from itertools import takewhile

from retold.reading.names import agency_like, clean, ends_as_agency, known_agency, name_like
from retold.reading.pagewords import PageWords
from retold.reading.phrases import WORD, tokens

HEAD = 140  # characters in which a dateline ends
MOST_PLACE = 9  # words before a dateline's bracket: two places and a date
SMALL = range(2, 6)  # letters of an abbreviation written small
BRIEF = 4  # letters; a longer small word makes no name of a place ("am", "an der", "de los")

Place = tuple[int, int, str]  # where a credit begins and ends, and its name

DASH = r"[ \u00a0]?[.:,]?[ \u00a0]?[-–—.:]"
REPORTER = r"(?:,[ \u00a0][^\W\d_][^-–—\n()]{3,40})?"  # "CITY, May 3 (Agency), Jane Doe -"
NAME = re.compile(r"[^\W\d_]")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
BRACKETED = re.compile(rf"(?P<place>[^()\n]{{2,80}})\((?P<name>[^()\n]{{2,40}})\)(?P<dash>{REPORTER}{DASH})?")
SLASHED = re.compile(rf"(?P<place>[^()/\n]{{2,80}})/(?P<name>[^/\n]{{2,30}})/{DASH}")
DASHED = re.compile(
    r"(?P<place>[^\W\d_][^—–\n.(]{2,60}?)[.,]?\s[—–-]+\s"
    r"(?P<name>[^—–\n.,()]{2,30})(?:,\s[^—–\n.()]{3,40})?\.\s"
)
STOPPED = re.compile(
    r"(?P<place>[^\W\d_][^.\n()]{1,30})\.\s(?:\d{1,2}\s[^\W\d_]{3,12}|[^\W\d_]{3,12}\s\d{1,2})\.\s"
    r"(?P<name>[^\W\d_][^.\n()–—]{1,30}?(?:\.[a-zA-Z]{2,3})?)\s[-–—]+\s"
)
OPENING = re.compile(r"[(/\[](?P<name>[^()\[\]/\n]{2,40}(?:/[^()\[\]/\n]{2,20}){0,2})[)/\]][ \u00a0]?[-–—:.]*\s?")
BARE = re.compile(r"(?P<name>[^\W\d_][^\n()–—-]{1,30}(?:-[^\W\d_]{2,12})?)\s?[-–—|]+\s")
NOTED = re.compile(r"[(\[][^()\[\]\n]{4,90}[)\]]\s+")
SPLIT = re.compile(r"\s?[/,|]\s?")
EASTERN = re.compile(r"[(（【]?[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
EAST = (
    re.compile(r"【[^【】\n]{0,12}?(?P<name>共同|時事)】"),
    re.compile(r"[(（](?P<name>新华社|新華社|中新社|法新社|路透社|美联社)[^()（）\n]{0,20}[)）]"),
    re.compile(r"(?P<name>新华社|新華社|中新社|法新社|路透社|美联社)[^，。\n]{1,20}电"),
    re.compile(r"\([^()=\n]{1,12}=(?P<name>[^()=\n]{2,8})\)"),
)


def dateline(text: str, words: PageWords) -> Place | None:
    """The agency in a paragraph's dateline, None where it has none."""
    head = text[:HEAD]
    if not head.isascii() and EASTERN.match(head):
        return _eastern(head)
    if head[:1] in "([" and (skipped := NOTED.match(head)) and words.notes.match(skipped[0].rstrip()):
        found = _western(head[skipped.end() :], words)
        return (skipped.end() + found[0], skipped.end() + found[1], found[2]) if found else None
    return _western(head, words)


def _western(head: str, words: PageWords) -> Place | None:
    """The agency in the dateline of any other paragraph: most have none of its marks, and no pattern is tried."""
    found = _opening(head, words) if head[:1] in "(/[" else None
    if not found and "(" in head:
        found = _bracketed(head, words)
    if not found and "/" in head:
        found = _slashed(head, words)
    if not found and (" - " in head or "—" in head or "–" in head or " -- " in head or " | " in head):
        found = _dashed(head, words) or _bare(head, words)
    return found


def _eastern(head: str) -> Place | None:
    """A dateline as Chinese, Japanese and Korean agencies set it."""
    for pattern in EAST:
        match = pattern.match(head)
        if match:
            return match.start("name"), match.end("name"), match["name"]
    return None


def _opening(head: str, words: PageWords) -> Place | None:
    """ "(Agency) - ", with which a paragraph begins."""
    match = OPENING.match(head)
    if not match or YEAR.search(match["name"]):
        return None
    parts = SPLIT.split(match["name"])
    if agency_like(match["name"], words) or (len(parts) > 1 and all(agency_like(part, words) for part in parts)):
        return 0, match.end("name") + 1, clean(match["name"])
    return None


def _bracketed(head: str, words: PageWords) -> Place | None:
    """ "CITY, May 3 (Agency) - "; without a dash only where the place is dated or the agency known."""
    match = BRACKETED.match(head)
    if not match:
        return None
    place, name = match["place"], match["name"]
    if not _is_source(name, words) or not _is_place(place, name, words):
        return None
    rest = head[match.end() :]
    joined = rest[:1].isupper()  # "City (CNN)Text": no sentence sets a bracket so
    if not match["dash"] and not (_goes_on(rest) and (joined or _firm(place, name, words))):
        return None
    return match.start("name") - 1, match.end("name") + 1, clean(name)


def _goes_on(rest: str) -> bool:
    """Whether a sentence begins behind a bracket that no dash follows, or nothing: a dateline on a line of its own."""
    bare = rest.lstrip(" \u00a0")
    return not bare or bare[0].isupper() or bare[0] in "\"“„«'‘"


def _firm(place: str, name: str, words: PageWords) -> bool:
    """Whether a bracket without a dash is a dateline's still: an agency's name behind a place in capitals or a date."""
    agency = any(agency_like(part, words) for part in SPLIT.split(name)) and not agency_like(place, words)
    return agency and (_dated(place, words) or _capitals(place) or known_agency(name, words))


def _slashed(head: str, words: PageWords) -> Place | None:
    """ "ГОРОД, 3 мая. /Агентство/." """
    match = SLASHED.match(head)
    if match and _is_place(match["place"], match["name"], words) and _is_source(match["name"], words):
        return match.start("name") - 1, match.end("name") + 1, clean(match["name"])
    return None


def _dashed(head: str, words: PageWords) -> Place | None:
    """ "ГОРОД, 3 мая — Агентство. " and "City. May 3. AGENCY - "."""
    match = DASHED.match(head) if head[:2].isupper() else None
    if match and not (_capitals(match["place"]) and name_like(match["name"], words, most=3)):
        match = None
    if not match:
        match = STOPPED.match(head)
        if match and not agency_like(match["name"], words) and not known_agency(match["name"], words):
            match = None
    return (match.start("name"), match.end("name"), clean(match["name"])) if match else None


def _bare(head: str, words: PageWords) -> Place | None:
    """ "AGENCY - Text", "AGENCY, CITY - Text", "CITY, May 3, Agency - Text": commas part the names before the dash."""
    match = BARE.match(head)
    if not match or len(WORD.findall(match["name"])) > MOST_PLACE or not _goes_on(head[match.end() :]):
        return None
    parts = SPLIT.split(match["name"].rstrip())
    for part in parts:
        agency = part.strip()
        sure = (known_agency(agency, words) and not agency.islower()) or (len(parts) > 1 and _ends(agency, words))
        if sure and all(_could_stand(other, words) for other in parts):
            start = head.index(agency)
            return start, start + len(agency), clean(agency)
    return None


def _ends(name: str, words: PageWords) -> bool:
    return name_like(name, words) and ends_as_agency(tokens(name), words)


def _could_stand(part: str, words: PageWords) -> bool:
    """Whether a part before the dash belongs to a dateline: a place, a date, an agency."""
    raw = WORD.findall(part)
    return all(not word[0].islower() or word.casefold() in words.months for word in raw) and len(raw) <= MOST_PLACE


def _is_source(name: str, words: PageWords) -> bool:
    """Whether what stands in a dateline's bracket can be an agency: a name, or small abbreviations ("dpa/lno")."""
    if any(character.isdecimal() for character in name):
        first = "".join(takewhile(str.isupper, name))
        return len(first) >= 3 and name_like(name, words)  # "FOX 13" is a station, "A 40" a road, 62 an age
    return name_like(name, words) or small(name)


def small(name: str) -> bool:
    """Whether a name is written small, as German agencies write theirs: "dpa", "dpa/lno"."""
    parts = name.split("/")
    short = all(part.isalpha() and part.islower() and len(part) in SMALL for part in parts)
    return short and any(len(part) > SMALL.start for part in parts)  # two letters are a reporter's initials


def _capitals(place: str) -> bool:
    """Whether a place is written in capitals, as datelines are."""
    first = re.split(r"[,.]", place, maxsplit=1)[0]
    return len(first) > 2 and first.isupper()


def _dated(place: str, words: PageWords) -> bool:
    raw = WORD.findall(place)
    return any(word.isdecimal() for word in raw) and any(word.casefold() in words.months for word in raw)


def _is_place(place: str, name: str, words: PageWords) -> bool:
    """Whether the words before the bracket are a dateline's place and date, and the bracket no abbreviation of them."""
    raw = WORD.findall(place)
    if not raw or len(raw) > MOST_PLACE:
        return False
    dated = _dated(place, words)
    known = dated or known_agency(name, words) or ends_as_agency(tokens(name), words)
    if _capitals(place) and not (small(name) and not known and any(word[0].islower() for word in raw)):
        return True
    source = known or small(name)
    least = BRIEF if known else BRIEF - 1 if source else 0
    if raw[0][0].islower() or (not dated and any(word[0].islower() and len(word) > least for word in raw[1:])):
        return False
    if source:
        return True
    initials = "".join(word[0] for word in raw).casefold()
    return len(raw) <= 2 and name.isupper() and name.casefold()[0] != initials[0]
