"""What each piece of a page is: the marks around it say most; inside the article words are weighed too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from retold.model.records import CreditKind, Kind
from retold.reading.credits import Found, credit_line, houses, of_house
from retold.reading.furniture import DATE, furniture
from retold.reading.lines import Line
from retold.reading.loose import give_credit, give_rights
from retold.reading.names import MOST_NAMES, clean, known_agency, name_like, without_role
from retold.reading.outlets import suffix
from retold.reading.pagewords import PageWords
from retold.reading.phrases import DIGIT
from retold.reading.signatures import credits_within
from retold.reading.walk import Piece, letters

OUTSIDE = "outside the article"
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
ABOVE = 12  # pieces above the article's first in which its title stands
BELOW = 4  # pieces below its last in which a credit stands
STANDFIRST = re.compile(
    r"stand-?first|sub-?(?:title|head|heading|headline)|\bdek\b|\bdeck\b|\blede\b|summary|\bchapo\b|chapeau|vorspann|entradilla|"
    r"bajada|abstract|excerpt|kicker-text|article-?(?:lead|intro|teaser)|\bteaser\b|alternativeheadline|description"
)
BYLINE = re.compile(r"byline|author|autor|auteur")
CAPTION = re.compile(r"caption|bildunterschrift|legende|pie-de-foto")
PICTURE = re.compile(
    r"(?:photo|image|picture|caption|media|figure|bild|foto)[-_]*(?:credit|source|author|copyright|byline)|copyright|\bcredit\b"
)
REASONS = (
    (re.compile(r"cookie|consent|gdpr"), "cookie line"),
    (re.compile(r"share|social|sharing"), "share bar"),
    (re.compile(r"newsletter|subscri|paywall|donat|member|abo-"), "appeal to the reader"),
    (re.compile(r"comment"), "comments"),
    (re.compile(r"related|recommend|more-|most-|trending|teaser|promo|read-?next"), "link to another article"),
    (re.compile(r"advert|\bad[s-]|sponsor"), "page label"),
    (re.compile(r"breadcrumb|\bnav|menu"), "page navigation"),
    (re.compile(r"\btags?\b|topics?"), "tag list"),
    (re.compile(r"footer|colophon|copyright"), "page footer"),
    (re.compile(r"sidebar|\baside"), "sidebar"),
    (re.compile(r"header|masthead|banner"), "page header"),
)
NO_CREDIT = frozenset({"page navigation", "form", "button"})
RIGHTS = re.compile(r"©|\(c\)|copyright|rights", re.IGNORECASE)
MOST_DATE = 80  # characters of a line that is a date
LEAST_TOLD = 2  # paragraphs of an article, of which the first or the last may be an agency's name
LINKED = 0.8
MOST_WEIGHED = 40  # words


def give_page_kinds(
    lines: Sequence[Line],
    pieces: Sequence[Piece],
    chosen: set[int],
    words: PageWords,
    *,
    title: str | None,
    summary: str,
) -> str | None:
    """Give every piece its kind, reason and credits; return the title as the page shows it, None if it does not."""
    first, last = min(chosen), max(chosen)
    place = _title_place(pieces, chosen, title, words)
    top = first if place is None else min(place, first)
    for at, line in enumerate(lines):
        if at == place:
            line.kind = Kind.TITLE
        else:
            near = top <= at <= last + BELOW
            if near:
                _give_one(line, pieces[at], words, inside=at in chosen, middle=at <= last)
            else:
                line.kind, line.reason = Kind.FURNITURE, _why_far(line, pieces[at], words)
    _give_repeated_title(lines, pieces, place)
    _give_standfirst(lines, pieces, chosen, place, summary)
    _drop_loose_headings(lines)
    _sign(lines, words)
    give_rights(lines[top : last + BELOW + 1], words, outlet=None)
    return suffix(lines[place].text, words)[0] if place is not None else None


def _title_place(pieces: Sequence[Piece], chosen: set[int], title: str | None, words: PageWords) -> int | None:
    """Where the page shows its title: the heading that says what the page states, else the first great heading."""
    wanted = letters(suffix(title, words)[0]) if title else ""
    last = max(chosen)
    heads = [
        place for place, piece in enumerate(pieces[:last]) if piece.tag == "h1" and piece.zone in ("", "page header")
    ]
    same = [
        place
        for place, piece in enumerate(pieces[:last])
        if wanted and piece.letters == wanted and piece.linked < LINKED
    ]
    agreed = [place for place in same if place in heads] or [place for place in same if pieces[place].tag in HEADINGS]
    close = [
        place for place in heads if wanted and (pieces[place].letters in wanted or wanted in pieces[place].letters)
    ]
    for found in (agreed, close, [place for place in same if place < min(chosen) + 2], heads[-1:]):
        if found:
            return max((place for place in found if place <= min(chosen)), default=found[0])
    return None


def _give_one(line: Line, piece: Piece, words: PageWords, *, inside: bool, middle: bool) -> None:
    """The kind of a piece in the article or near it, by its marks, then by its words."""
    credit = _credit(line, piece, words) if piece.zone not in NO_CREDIT else None
    if middle and (piece.caption or CAPTION.search(piece.names)) and not (inside and line.long and not piece.caption):
        _give_caption(line, credit, words)
    elif credit:
        line.kind, line.reason = Kind.CREDIT, f"{credit.kind} credit"
        line.credits.append(credit)
    elif not inside or (line.short and piece.linked >= LINKED and piece.tag not in HEADINGS):
        line.kind, line.reason = Kind.FURNITURE, _why_outside(line, piece, words)
    else:
        line.reason = furniture(line, words, edge=False)
        line.kind = Kind.FURNITURE if line.reason else Kind.HEADING if piece.tag in HEADINGS else Kind.PARAGRAPH


def _credit(line: Line, piece: Piece, words: PageWords) -> Found | None:
    """The credit that a piece is, by its words or by the name of its box."""
    found = credit_line(line.text, words, line.words)
    if found and found.kind is CreditKind.TEXT and piece.tag in HEADINGS:
        return None
    if found or line.count > 8 or line.stop:
        return found
    name = clean(without_role(line.text, words))
    if not name_like(name, words) or not name:
        return None
    if PICTURE.search(piece.names) or (piece.caption and line.count <= 4):
        return Found(0, len(line.text), CreditKind.PHOTO, name)
    return (
        Found(0, len(line.text), CreditKind.TEXT, name, not of_house(name, words))
        if BYLINE.search(piece.names) and (len(name.split()) > 1 or known_agency(name, words))
        else None
    )


def _give_caption(line: Line, credit: Found | None, words: PageWords) -> None:
    if credit:
        photo = credit._replace(kind=CreditKind.PHOTO) if credit.kind is CreditKind.TEXT else credit
        line.kind, line.reason = Kind.CREDIT, f"{photo.kind} credit"
        line.credits.append(photo)
    else:
        line.kind, line.reason = Kind.CAPTION, "stands under a picture"
        line.credits.extend(
            each for each in credits_within(line.text, words, last=False) if each.kind is not CreditKind.TEXT
        )


def _why_outside(line: Line, piece: Piece, words: PageWords) -> str:
    """Why a piece near the article is no part of it."""
    said = furniture(line, words, edge=True) if line.count <= MOST_WEIGHED else ""
    return said or piece.zone or _named(piece.names)


def _why_far(line: Line, piece: Piece, words: PageWords) -> str:
    """Why a piece far from the article is none of it; of these, which are many, few are read: they may name the outlet
    or the day."""
    telling = piece.linked < LINKED and (_may_be_date(line.text) or RIGHTS.search(line.text))
    return (furniture(line, words, edge=True) if telling else "") or piece.zone or _named(piece.names)


def _may_be_date(text: str) -> bool:
    return len(text) <= MOST_DATE and bool(DIGIT.search(text))


@lru_cache(maxsize=1 << 10)
def _named(names: str) -> str:
    """What the names of a box say of it."""
    return next((why for pattern, why in REASONS if pattern.search(names)), OUTSIDE)


def _give_repeated_title(lines: Sequence[Line], pieces: Sequence[Piece], place: int | None) -> None:
    if place is None:
        return
    for at, line in enumerate(lines):
        if at != place and pieces[at].letters == pieces[place].letters:
            line.kind, line.reason = Kind.FURNITURE, "repeated title"
            line.credits.clear()


def _give_standfirst(
    lines: Sequence[Line], pieces: Sequence[Piece], chosen: set[int], place: int | None, summary: str
) -> None:
    """The summary between the title and the body: by the name of its box, or by the page's own summary set apart."""
    if place is None:
        return
    told = letters(summary)
    first = next((at for at, line in enumerate(lines) if line.kind is Kind.PARAGRAPH and at > place), len(lines))
    for at in range(place + 1, min(first + 1, len(lines))):
        line, piece = lines[at], pieces[at]
        if (
            piece.zone
            or line.kind not in (Kind.PARAGRAPH, Kind.FURNITURE, Kind.HEADING)
            or line.reason == DATE
            or line.count < 4
        ):
            continue
        summarises = bool(told) and letters(line.text) == told
        under = STANDFIRST.search(piece.names) or (piece.tag in HEADINGS and at == place + 1)
        if piece.linked < LINKED and (under or (summarises and (at < first or _parted(lines, at)))):
            line.kind, line.reason = Kind.STANDFIRST, ""
            return


def _parted(lines: Sequence[Line], at: int) -> bool:
    """Whether a picture or a byline stands between a paragraph and the next one."""
    for line in lines[at + 1 :]:
        if line.kind in (Kind.PARAGRAPH, Kind.HEADING):
            return False
        if line.kind in (Kind.CREDIT, Kind.CAPTION) or line.reason == DATE:
            return True
    return False


def _drop_loose_headings(lines: Sequence[Line]) -> None:
    """A heading with no paragraph after it is the page's."""
    followed = False
    for line in reversed(lines):
        if line.kind is Kind.PARAGRAPH:
            followed = True
        elif line.kind is Kind.HEADING and not followed:
            line.kind, line.reason = Kind.FURNITURE, "heading over no paragraph"


def _sign(lines: Sequence[Line], words: PageWords) -> None:
    """Credits inside the article's paragraphs."""
    told = [line for line in lines if line.kind in (Kind.PARAGRAPH, Kind.STANDFIRST)]
    for line in (told[:1] + told[-1:]) if len(told) > LEAST_TOLD else ():
        button = len(set(letters(line.text))) == 1  # "AA" sets the size of letters
        named = known_agency(line.text, words) or line.count > 1
        if line.short and line.count <= MOST_NAMES and named and not button and houses(line.text, words):
            give_credit(line, Found(0, len(line.text), CreditKind.TEXT, line.text.strip("()[]–—- ")))
            told.remove(line)
    for line in told:
        line.credits.extend(credits_within(line.text, words, last=line is told[-1]))
