"""Who is credited, and for what: a picture, a video or the text. Known agencies help; the shape of the line decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from retold.model.records import CreditKind
from retold.reading.names import ABBREVIATION, agency_like, clean, ends_as_agency, known_agency, name_like, without_role
from retold.reading.pagewords import PageWords
from retold.reading.phrases import WORD, end_of, tokens

MOST = 30  # words of a credit line; "Reporting by ..., ... and ...; editing by ..." runs long
HEAD = 140  # characters in which a dateline ends
LONGEST = 600  # characters of a credit line
MOST_SIGNED = 16  # words of "Jane Doe and John Roe contributed to this report."
MOST_SHAPED = 10  # words of a picture's credit that no word announces
MOST_PLACE = 9  # words before a dateline's bracket: two places and a date

DATELINE = re.compile(
    r"(?P<place>[^()/\n]{2,80})(?:\((?P<name>[^()\n]{2,40})\)|/(?P<slashed>[^/\n]{2,30})/)"
    r"[ \u00a0]?[.:,]?[ \u00a0]?[-–—.:]"
)
DASHED = re.compile(r"(?P<place>[^\W\d_][^—–\n.(]{2,60}?)[.,]?\s[—–-]+\s(?P<name>[^—–\n.,()]{2,30})\.\s")
OPENING = re.compile(r"[(/\[](?P<name>[^()\[\]/\n]{2,40})[)/\]][ \u00a0]?[-–—:.]?\s?")
STOP = re.compile(r"[.!?…][\"'”’»)]*\s+")
AFTER = (".", "!", "?", "…", '"', "”", "»", "'", "’")  # what a sentence ends with, before its paragraph is signed
CLOSED = ("!", "?", "…", '"', "”", "»", "'", "’")  # what no credit ends with
LEAST_BEFORE = 8  # characters of text before a credit at its end
TAIL = 220  # characters in which a credit at a paragraph's end stands
BRACKETS = re.compile(r"[(\[](?P<name>[^()\[\]\n]{2,200})[)\]]\.?$")
SLASH = re.compile(r"\s?/\s?|\s\|\s|\s(?:via|VIA)\s")
PERSON = range(2, 5)  # words of a photographer's name
ENDS = '.?!"”»'  # a sentence's end; a picture's credit has one only after initials or by chance
ADDRESS = re.compile(r"https?:|www\.|@\w+\.|\w\.(?:com|org|net)\b", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Found(NamedTuple):
    """A credit within a line: ``line.text[start:end]`` says it."""

    start: int
    end: int
    kind: CreditKind
    name: str
    person: bool = False


def credit_line(text: str, words: PageWords, folded: list[str] | None = None) -> Found | None:
    """The credit that a line is, None where it is something else; ``folded`` are its words where they are known."""
    folded = tokens(text) if folded is None else folded
    if not folded or len(folded) > MOST or len(text) > LONGEST:
        return None
    found = _opened(text, folded, words) or _shaped(text, folded, words)
    return Found(0, len(text), *found, _is_person(*found, words)) if found else None


def _is_person(kind: CreditKind, name: str, words: PageWords) -> bool:
    """Whether a text's credit names a reporter: a name that reads like no house."""
    return kind is CreditKind.TEXT and not agency_like(name, words) and len(WORD.findall(name)) in PERSON


Named = tuple[CreditKind, str]


def _opened(text: str, folded: list[str], words: PageWords) -> Named | None:
    """A credit that says what it is: "Photo: ...", "By ...", "Reporting by ..."."""
    credits = words.credits
    if folded[0] not in words.credit_firsts:
        return _contributed(text, folded, words)
    for kind, openers in (
        (CreditKind.PHOTO, credits.photo),
        (CreditKind.VIDEO, credits.video),
        (CreditKind.TEXT, credits.byline),
        (CreditKind.TEXT, credits.text),
    ):
        length = openers.at(folded)
        if length:
            name = _after(text, length, words, written=openers is credits.text)
            if name is not None:
                return kind, name
    beside = _beside(text, words) if credits.beside.at(folded) == 1 else None
    return beside or _contributed(text, folded, words)


def _after(text: str, length: int, words: PageWords, *, written: bool) -> str | None:
    """The name after an opener; the line itself where it names nobody ("with agencies"); None where no name follows."""
    cut = end_of(text, length)
    rest = text[cut:]
    first = re.split(r";|[^\W\d]{3}\.\s", rest.lstrip(" :.-–—\u00a0"), maxsplit=1)[0]
    name = clean(without_role(first, words))
    if not name:
        return clean(text) if written and not text.rstrip().endswith(":") else None
    colon = rest.lstrip(" \u00a0").startswith((":", "："))
    if colon and written and _initialled(name):
        return name
    if not name_like(name, words, most=10 if colon else 8):
        return None
    return name if colon or written or length > 1 or _firm_name(name, words) else None


def _initialled(name: str) -> bool:
    """Whether a source is written small, as "dpa/ek" is: an agency and the initials of an editor."""
    return all(part.isalpha() and len(part) < ABBREVIATION.stop for part in SLASH.split(name))


def _beside(text: str, words: PageWords) -> Named | None:
    """ "With Norlandia Press": the agency beside which the outlet's own people wrote."""
    rest = text.strip("()[] .").partition(" ")[2]
    return (CreditKind.TEXT, clean(rest)) if agency_like(rest, words) else None


def _firm_name(name: str, words: PageWords) -> bool:
    """Whether a name after a bare opener ("By Jane Doe", "Foto dpa") leaves no doubt: two names or an agency."""
    raw = WORD.findall(name)
    return len(raw) > 1 or agency_like(name, words) or not raw[0].isascii()


def _contributed(text: str, folded: list[str], words: PageWords) -> Named | None:
    """ "Jane Doe contributed to this report." """
    for place, length in words.credits.text.places(folded)[-1:] if len(folded) <= MOST_SIGNED else ():
        name = clean(text[: end_of(text, place)])
        if place and length > 2 and place + length == len(folded) and name_like(name, words):
            return CreditKind.TEXT, name
    return None


def _shaped(text: str, folded: list[str], words: PageWords) -> Named | None:
    """A picture's credit by shape: "Name / AGENCY", "AGENCY Archive", "© Name", a picture bank."""
    if len(folded) > MOST_SHAPED or (text[-1:] in ENDS and "/" not in text):
        return None
    if (("." in text or ":" in text) and ADDRESS.search(text)) or YEAR.search(text):
        return None
    name = clean(text)
    if not name_like(name, words, most=MOST_SHAPED):
        return None
    if text.lstrip().startswith(("©", "(c)", "(C)")) and not words.labels.copyright.count(folded):
        return CreditKind.PHOTO, name
    shaped = _slashed(name, words) or _archived(folded, words) or words.pictures.count(folded)
    return (CreditKind.PHOTO, name) if shaped else None


def _slashed(name: str, words: PageWords) -> bool:
    """Whether a name is a person and an agency with a stroke between."""
    parts = [part for part in SLASH.split(name) if part]
    if len(parts) < 2 or len(parts) > 4:
        return False
    folded = [tokens(part) for part in parts]
    if any(words.platforms.whole(part) or words.labels.sections.whole(part) for part in folded):
        return False
    if not all(1 <= len(part) <= 5 for part in folded):
        return False
    if all(known_agency(part, words) for part in parts):
        return False  # "dpa/AFP" signs a text
    person = "|" not in name and len(folded[0]) in PERSON  # a bar stands before an outlet as well: "Title | Outlet"
    return person or any(agency_like(part, words) for part in parts[1:])


def _archived(folded: list[str], words: PageWords) -> bool:
    """Whether a short name ends or begins as "Archive" does."""
    archive = words.credits.archive
    if not 2 <= len(folded) <= 5:
        return False
    return archive.at(folded[-1:]) == 1 or 0 < archive.at(folded) < len(folded)


def credits_within(text: str, words: PageWords, *, last: bool) -> Iterator[Found]:
    """The credits inside a paragraph or a caption: after the dateline, and at its end; ``last`` ends the article."""
    head = _dateline(text, words)
    if head:
        yield head
    tail = _tail(text, words, last=last)
    if tail and (not head or tail.start >= head.end):
        yield tail


def _dateline(text: str, words: PageWords) -> Found | None:
    """The agency in a dateline: "CITY, Month 3 (Agency) - "."""
    head = text[:HEAD]
    opening = OPENING.match(head)
    if opening and agency_like(opening["name"], words) and not YEAR.search(opening["name"]):
        return Found(0, opening.end("name") + 1, CreditKind.TEXT, clean(opening["name"]))
    match = DATELINE.match(head) if "(" in head or "/" in head else None
    if match:
        name = match["name"] or match["slashed"]
        group = "name" if match["name"] else "slashed"
        if _is_place(match["place"], name, words) and _is_source(name, words):
            return Found(match.start(group) - 1, match.end(group) + 1, CreditKind.TEXT, clean(name))
    dashed = DASHED.match(head) if head[:2].isupper() else None
    if dashed and _capitals(dashed["place"]) and name_like(dashed["name"], words, most=3):
        return Found(dashed.start("name"), dashed.end("name"), CreditKind.TEXT, clean(dashed["name"]))
    return None


def _is_source(name: str, words: PageWords) -> bool:
    """Whether what stands in a dateline's bracket can be an agency: a name, or a small abbreviation ("dpa")."""
    if any(character.isdecimal() for character in name):
        return False
    return name_like(name, words) or (name.isalpha() and name.islower() and len(name) in range(2, 6))


def _capitals(place: str) -> bool:
    """Whether a place is written in capitals, as datelines are."""
    first = re.split(r"[,.]", place, maxsplit=1)[0]
    return len(first) > 2 and first.isupper()


def _is_place(place: str, name: str, words: PageWords) -> bool:
    """Whether the words before the bracket are a dateline's place and date, and the bracket no abbreviation of them."""
    raw = WORD.findall(place)
    if not raw or len(raw) > MOST_PLACE:
        return False
    if _capitals(place):
        return True
    dated = any(word.isdecimal() for word in raw) and any(word.casefold() in words.months for word in raw)
    small = any(word[0].islower() and word.casefold() not in words.months for word in raw[1:]) and not dated
    if small or (raw[0][0].islower()):
        return False
    if dated or known_agency(name, words) or ends_as_agency(tokens(name), words) or name.islower():
        return True
    initials = "".join(word[0] for word in raw).casefold()
    return len(raw) <= 2 and name.isupper() and name.casefold()[0] != initials[0]


def _tail(text: str, words: PageWords, *, last: bool) -> Found | None:
    """The credit at the end of a paragraph: "... said. (Agency)", "... said. Photo: Name / Agency"."""
    for start, name, marked in _tails(text):
        folded = tokens(name)
        if folded and len(folded) <= MOST:
            found = _opened(name, folded, words) or _shaped(name, folded, words)
            found = found or (_signature(name, words, last=last) if marked else None)
            if found:
                return Found(start, len(text), *found, _is_person(*found, words))
    return None


def _tails(text: str) -> Iterator[tuple[int, str, bool]]:
    """What may be a credit at a text's end: (start, words, whether marks set it apart from a sentence)."""
    if text.rstrip(".")[-1:] in (")", "]"):
        match = BRACKETS.search(text, max(0, len(text) - TAIL))
        if match and match.start() > LEAST_BEFORE:
            yield match.start(), match["name"], text[: match.start()].rstrip().endswith(AFTER)
        return
    for stop in STOP.finditer(text, max(0, len(text) - TAIL // 2)):
        rest = text[stop.end() :]
        if stop.start() > LEAST_BEFORE and rest[-1:] not in CLOSED:
            name = rest.lstrip("-–— ")
            yield stop.end(), name, len(name) < len(rest)


def _signature(name: str, words: PageWords, *, last: bool) -> Named | None:
    """The agency that signs a paragraph: "(Agency)", "- AFP"; at the article's end also a small one, "(dpa)"."""
    small = last and name.isalpha() and name.islower() and len(name) in range(2, 6)
    return (CreditKind.TEXT, clean(name)) if small or agency_like(name, words) else None
