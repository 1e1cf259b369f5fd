"""Whom a line credits, and for what: a picture, a video or the text. Known agencies help; the line's shape decides."""

from __future__ import annotations

import re
from typing import NamedTuple

from retold.model.records import CreditKind
from retold.reading.datelines import small as written_small
from retold.reading.names import ABBREVIATION, agency_like, clean, known_agency, name_like, without_role
from retold.reading.pagewords import PageWords
from retold.reading.phrases import WORD, end_of, tokens
from retold.text.agencies import agencies_in

MOST = 30  # words of a credit line; "Reporting by ..., ... and ...; editing by ..." runs long
LONGEST = 600  # characters of a credit line
MOST_SIGNED = 30  # words of "Jane Doe and John Roe contributed to this report."
MOST_CONTRIBUTORS = 12  # names in such a line
MOST_HOUSE = 3  # words of one of several agencies
MOST_SHAPED = 10  # words of a picture's credit that no word announces

SLASH = re.compile(r"\s?/\s?|\s\|\s|\s(?:via|VIA)\s")
HOUSES = re.compile(r"\s?[/,|]\s?|\s(?:and|und|et|y|e|и|i|en)\s")
PERSON = range(2, 5)  # words of a photographer's name
ENDS = '.?!"”»'  # a sentence's end; a picture's credit has one only after initials or by chance
ADDRESS = re.compile(r"https?:|www\.|@\w+\.|\w\.(?:com|org|net)\b", re.IGNORECASE)
NAMES = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
NAME_MARKS = " \u00a0,&|/–-’'\"“”„«»"
SENTENCE = re.compile(r"[.!?]\s")
SENTENCE_OR_PART = re.compile(r";|(?<=[^\W\d]{4})\.\s")  # "Cpl." and "Apr." end no sentence
DATED = re.compile(r"[\s,]+(?:(?P<month>[^\W\d_]{3,9})\.?\s\d|\d{1,2}\.?\s[^\W\d_]{3,9}\.?\s(?:19|20)\d\d)")
STORY_NOTE = re.compile(
    r"\bthis (?:story|article|report|copy|content|text)\b|\bdies\w+ (?:text|meldung|beitrag|artikel)\b|"
    r"\bcette dépêche\b",
    re.IGNORECASE,
)
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
    if not folded or len(text) > LONGEST:
        return None
    if len(folded) > MOST:
        sourced = _sourced(text, words)
        return Found(0, len(text), *sourced) if sourced else None
    found = opened(text, folded, words) or _fed(text, folded, words) or shaped(text, folded, words)
    return Found(0, len(text), *found) if found else None


class Named(NamedTuple):
    """What a line credits, and whom."""

    kind: CreditKind
    name: str
    person: bool = False


def _text(name: str, words: PageWords) -> Named:
    """A text's credit; a name that reads like no house is a reporter's."""
    return Named(CreditKind.TEXT, name, not of_house(name, words))


def of_house(name: str, words: PageWords) -> bool:
    """Whether an agency stands in a name, alone or behind a person: "Jane Doe, Norlandia Press"."""
    return agency_like(name, words) or bool(agencies_in(name))


def opened(text: str, folded: list[str], words: PageWords) -> Named | None:
    """A credit that says what it is: "Photo: ...", "By ...", "Reporting by ...", "First published in ..."."""
    credits = words.credits
    sourced = _sourced(text, words)
    if sourced or folded[0] not in words.credit_firsts:
        return sourced or _contributed(text, folded, words)
    for kind, openers in (
        (CreditKind.PHOTO, credits.photo),
        (CreditKind.VIDEO, credits.video),
        (CreditKind.TEXT, credits.desk),
        (CreditKind.TEXT, credits.byline),
        (CreditKind.TEXT, credits.text),
    ):
        length = openers.at(folded)
        name = _after(text, length, words, written=openers in (credits.text, credits.desk)) if length else None
        if name is not None:
            return _named(kind, name, words, house=openers is credits.text)
    beside = _beside(text, words) if credits.beside.at(folded) == 1 else None
    return beside or _contributed(text, folded, words)


def _named(kind: CreditKind, name: str, words: PageWords, *, house: bool) -> Named:
    if kind is CreditKind.TEXT and words.pictures.count(tokens(name)):
        return Named(CreditKind.PHOTO, name)  # "Source: Jane Doe/Getty Images"
    return _text(name, words) if kind is CreditKind.TEXT and not house else Named(kind, name)


def _sourced(text: str, words: PageWords) -> Named | None:
    """ "This article first appeared in the Harwick Post.": what the line says it was taken from."""
    bare = text.lstrip("([*_ ") if text[0] in "([*_ " else text
    match = words.sources.match(bare)
    name = _leading(bare[match.end() :], words) if match else ""
    return Named(CreditKind.TEXT, name) if name and name_like(name, words, most=MOST_SHAPED) else None


def _leading(text: str, words: PageWords) -> str:
    """The name with which a text begins: "The Courier under a licence" begins with "The Courier"."""
    end = kept = 0
    bare = text.split(";", 1)[0]
    for match in NAMES.finditer(bare):
        gap = bare[end : match.start()]
        if kept and (SENTENCE.search(gap) or gap.strip(NAME_MARKS)):
            break
        end = match.end()
        if match[0][0].islower() and not known_agency(match[0], words):
            if not words.credits.joins.at((match[0].casefold(),)):
                break
            continue
        kept = end
    return clean(bare[:kept])


def _after(text: str, length: int, words: PageWords, *, written: bool) -> str | None:
    """The name after an opener; the line itself where it names nobody ("with agencies"); None where no name follows."""
    cut = end_of(text, length)
    rest = text[cut:]
    first = SENTENCE_OR_PART.split(rest.lstrip(" :.-–—/\u00a0"), maxsplit=1)[0]
    name = clean(without_role(_alone(first, words), words))
    if not written and _with_initials(name, words):
        return name
    if not name:
        return clean(text) if written and not text.rstrip().endswith(":") else None
    colon = rest.lstrip(" \u00a0").startswith((":", "："))
    if colon and written and _initialled(name):
        return name
    if not name_like(name, words, most=10 if colon else 8):
        return _leading(name, words) if written and _desk_line(text, words) else None
    return name if colon or written or length > 1 or _firm_name(name, words) else None


def _alone(text: str, words: PageWords) -> str:
    """A name without the next task of the desk, or the date, behind it: "Jane Doe, editing by John Roe"."""
    first, _, role = text.rstrip().rpartition(" ")
    if role.islower() and words.credits.roles.whole((role,)) and agency_like(first, words):
        text = first  # "Norlandia Press staff"
    tasks = words.credits.desk.places(tokens(text))
    if tasks and tasks[0][0]:
        text = text[: end_of(text, tasks[0][0])]
    return undated(text, words)


def undated(text: str, words: PageWords) -> str:
    """A name without the date behind it: "Norlandia Press, Tuesday 3 May 2026"."""
    dated = DATED.search(text)
    word = (dated["month"] or "").casefold() if dated else ""
    if not dated or (word and word not in words.months and word not in words.weekdays):
        return text
    bare = text[: dated.start()].rstrip(" ,-–—|")
    name, _, day = bare.rpartition(" ")
    return name.rstrip(" ,-–—|") if day.casefold() in words.weekdays else bare


def _with_initials(name: str, words: PageWords) -> bool:
    """Whether a byline names an agency written small, alone or behind a person: "dpa/ek", "Jana Dorn (npd)"."""
    mark = next((mark for mark in (" (", ", ", "/") if mark in name), "/")
    person, _, agency = name.rpartition(mark)
    if not person:
        return False
    return written_small(name) or (written_small(agency) and name_like(person, words))


def _desk_line(text: str, words: PageWords) -> bool:
    """Whether a line tells of an agency's desk beyond doubt: "Reporting by ...; Editing by ..."."""
    return words.credits.desk.count(tokens(text)) > 1


def _initialled(name: str) -> bool:
    """Whether a source is written small, as "dpa/ek" is: an agency and the initials of an editor."""
    return all(part.isalpha() and len(part) < ABBREVIATION.stop for part in SLASH.split(name))


def _beside(text: str, words: PageWords) -> Named | None:
    """ "With Norlandia Press": the agency beside which the outlet's own people wrote."""
    rest = text.strip("()[] .").partition(" ")[2]
    return Named(CreditKind.TEXT, clean(rest)) if houses(rest, words) else None


def houses(text: str, words: PageWords) -> bool:
    """Whether a text is the name of an agency, or of several with marks between: "Norlandia Press/Southern Wire"."""
    bare = text.strip("()[]/ ")
    parts = HOUSES.split(bare)
    if agency_like(bare, words) or (len(parts) > 1 and all(agency_like(part, words) for part in parts)):
        return True
    parts = bare.split("/")
    known = len(parts) > 1 and any(known_agency(part, words) for part in parts)
    return known and all(_beside_a_house(part, words) for part in parts)


def _beside_a_house(part: str, words: PageWords) -> bool:
    """Whether a part may stand by a known agency with a stroke between: another house, initials ("dpa/AFP/jd")."""
    return part.islower() or (name_like(part, words) and len(WORD.findall(part)) < PERSON.start)


def _firm_name(name: str, words: PageWords) -> bool:
    """Whether a name after a bare opener ("By Jane Doe", "Foto dpa") leaves no doubt: two names or an agency."""
    raw = WORD.findall(name)
    return len(raw) > 1 or agency_like(name, words) or not raw[0].isascii()


def _contributed(text: str, folded: list[str], words: PageWords) -> Named | None:
    """ "Jane Doe contributed to this report." """
    if folded[-1] not in words.credit_lasts or len(folded) > MOST_SIGNED:
        return None
    for place, length in words.credits.text.places(folded)[-1:]:
        name = clean(text[: end_of(text, place)])
        told = place and place + length == len(folded) and name_like(name, words, most=MOST_CONTRIBUTORS)
        if told and (length > 2 or houses(name, words)):
            return _text(name, words)
    return None


def _fed(text: str, folded: list[str], words: PageWords) -> Named | None:
    """ "This story is published from a syndicated feed.": an agency that is not named."""
    found = words.feeds.places(folded)
    if not found or not STORY_NOTE.search(text):
        return None
    place, length = found[0]
    return Named(CreditKind.TEXT, text[end_of(text, place) : end_of(text, place + length)].strip())


def shaped(text: str, folded: list[str], words: PageWords) -> Named | None:
    """A credit by shape: "Name / AGENCY", "AGENCY Archive", "© Name", a picture bank; "CITY, May 3 (Agency)" alone."""
    if len(folded) > MOST_SHAPED or (text[-1:] in ENDS and "/" not in text):
        return None
    if (("." in text or ":" in text) and ADDRESS.search(text)) or YEAR.search(text):
        return None
    name = clean(text)
    if not name_like(name, words, most=MOST_SHAPED):
        return None
    if text.lstrip().startswith(("©", "(c)", "(C)")) and not words.labels.copyright.count(folded):
        return Named(CreditKind.PHOTO, name)
    shaped = _slashed(name, words) or _archived(folded, words) or words.pictures.count(folded)
    return Named(CreditKind.PHOTO, name) if shaped else None


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
    if any(words.pictures.whole(part) for part in folded):
        return True
    if _signs(parts, words):
        return False
    person = "|" not in name and len(folded[0]) in PERSON  # a bar stands before an outlet as well: "Title | Outlet"
    return person or any(agency_like(part, words) for part in parts[1:])


def _signs(parts: list[str], words: PageWords) -> bool:
    """Whether all parts are agencies, which sign a text: "dpa/AFP", "Norlandia Press/Southern Wire"; not "NOAA/SPC"."""
    firm = any(known_agency(part, words) or len(WORD.findall(part)) > 1 for part in parts)
    return firm and all(agency_like(part, words) and len(WORD.findall(part)) <= MOST_HOUSE for part in parts)


def _archived(folded: list[str], words: PageWords) -> bool:
    """Whether a short name ends or begins as "Archive" does."""
    archive = words.credits.archive
    if not 2 <= len(folded) <= 5:
        return False
    return archive.at(folded[-1:]) == 1 or 0 < archive.at(folded) < len(folded)
