"""What each line of a plain text is: by shape, place, repetition and the words of pages, weighed in this order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from retold.model.records import CreditKind, Kind
from retold.reading.captions import give_captions
from retold.reading.credits import Found, credit_line, houses
from retold.reading.datelines import small
from retold.reading.furniture import DATE, LINK, SHARE, furniture
from retold.reading.lines import SHORT, Line
from retold.reading.loose import byline, give_credit, give_rights, holds
from retold.reading.names import MOST_NAMES, known_agency
from retold.reading.pagewords import PageWords
from retold.reading.phrases import tokens
from retold.reading.signatures import credits_within
from retold.reading.titles import give_title

REPEATED = "repeated line"
AFTER_END = "line after the article's end"
UNDER_TITLE = "line under the title"
MOST_STANDFIRST = 60  # words
SENTENCES = re.compile(r"[.!?…][\"'”’»)]*(?=\s+[^\W\da-z]|\s*$)")
ITEM_END = re.compile(r"[;,](?:\s\w{1,3})?$")  # "...;" and "...; and" end an item of a list
INTERVIEW = 3  # short questions that stand on their own make an interview, where a question is no heading
MOST_QUESTION = 8  # words of a heading that asks
MOST_CALL = 8  # words of a call to the reader below the article
LEAST_STANDFIRST = 5  # words of a standfirst without a stop
HEADLINE = 6  # words; a shorter line after links may be a heading again


def give_kinds(lines: Sequence[Line], words: PageWords, *, outlet: str | None = None, title: str | None = None) -> None:
    """Give every line its kind, its reason and its credits."""
    _give_plain(lines, words)
    _give_repeated(lines)
    give_title(lines, words, outlet=outlet, title=title)
    give_captions(lines, words)
    _give_under_title(lines, words)
    _give_standfirst(lines)
    _give_after_end(lines, words)
    _give_listed(lines, words)
    _give_rest(lines, words)
    _rescue(lines)
    _give_credits_within(lines, words)
    give_rights(lines, words, outlet=outlet)


def _give_plain(lines: Sequence[Line], words: PageWords) -> None:
    """Credits and furniture that a line shows by itself."""
    first, last = _body_edges(lines)
    for place, line in enumerate(lines):
        credit = credit_line(line.text, words, line.words)
        if credit:
            give_credit(line, credit)
        if credit or (line.short and words.agencies.cover(line.words)):
            continue
        line.reason = furniture(line, words, edge=place <= first or place >= last)
        if line.reason:
            line.kind = Kind.FURNITURE


def _body_edges(lines: Sequence[Line]) -> tuple[int, int]:
    """The first and the last line that must be the article's, by length."""
    body = [place for place, line in enumerate(lines) if line.long] or [
        place for place, line in enumerate(lines) if line.sentence
    ]
    return (body[0], body[-1]) if body else (len(lines), 0)


def _give_repeated(lines: Sequence[Line]) -> None:
    """Short lines that come again are the page's; the first copy may yet be the title."""
    copies: defaultdict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in lines:
        if line.kind is None and line.short:
            copies[tuple(line.words)].append(line)
    for same in copies.values():
        first_is_top = same[0] is _first_unknown(lines)
        for line in same[1:] if first_is_top or len(same) == 1 else same:
            line.kind, line.reason = Kind.FURNITURE, REPEATED


def _first_unknown(lines: Sequence[Line]) -> Line | None:
    return next((line for line in lines if line.kind is None), None)


def _title_place(lines: Sequence[Line]) -> int:
    """Where the title stands; -1 where there is none."""
    return next((place for place, line in enumerate(lines) if line.kind is Kind.TITLE), -1)


def _give_under_title(lines: Sequence[Line], words: PageWords) -> None:
    """Short lines between the title and the first sentence: bylines, agencies, a standfirst without a stop."""
    place = _title_place(lines)
    if place < 0:
        return
    for at in range(place + 1, len(lines)):
        line = lines[at]
        if line.kind is not None:
            continue
        if not line.short or not any(other.sentence for other in lines[at + 1 :]):
            return
        _give_one_under_title(line, words)


def _give_one_under_title(line: Line, words: PageWords) -> None:
    signed = byline(line, words)
    if signed:
        give_credit(line, signed)
    elif line.count >= LEAST_STANDFIRST:
        line.kind = Kind.STANDFIRST
    elif line.count == 1:
        line.kind, line.reason = Kind.FURNITURE, UNDER_TITLE


def _give_standfirst(lines: Sequence[Line]) -> None:
    """The sentence straight after the title is a standfirst where the body starts anew after a picture or a byline."""
    place = _title_place(lines) + 1
    if not 0 < place < len(lines):
        return
    line = lines[place]
    if line.kind is not None or not line.sentence or line.count > MOST_STANDFIRST:
        return
    if len(SENTENCES.findall(line.text)) > 2:
        return
    parted = False
    for after in lines[place + 1 :]:
        if after.kind is None:
            if parted and after.sentence:
                line.kind = Kind.STANDFIRST
            return
        parted = parted or after.kind in (Kind.CREDIT, Kind.CAPTION) or after.reason in (DATE, SHARE)


def _last_sentence(lines: Sequence[Line]) -> int:
    return max(
        (
            place
            for place, line in enumerate(lines)
            if line.kind is None and line.sentence and (line.stop != "!" or line.count > MOST_CALL or line.quoted)
        ),
        default=-1,
    )


def _give_after_end(lines: Sequence[Line], words: PageWords) -> None:
    """Short lines after the last sentence are the page's: a site's name, headlines of other articles."""
    last = _last_sentence(lines)
    if last < 0:
        return
    named = _named_before(lines, words)
    for place in range(last + 1, len(lines)):
        line = lines[place]
        calls = line.stop == "!" and line.count <= MOST_CALL and not line.quoted
        bare = line.text.strip("()[]/-–—© ")
        if holds(lines, place, words):
            line.kind = None
            line.credits.clear()
        if line.kind is not None or (line.stop and not calls) or (line.bullet and not houses(bare, words)):
            continue
        first = place == last + 1
        if first and line.count > MOST_NAMES and any(credits_within(line.text, words, last=True)):
            continue  # a short last paragraph that is signed without marks
        signs = tuple(line.words) in named or known_agency(line.text, words)
        signs = signs or (first and (houses(line.text, words) or small(bare)))
        if signs:
            give_credit(line, Found(0, len(line.text), CreditKind.TEXT, bare))
        else:
            line.kind, line.reason = Kind.FURNITURE, AFTER_END


def _named_before(lines: Sequence[Line], words: PageWords) -> set[tuple[str, ...]]:
    """The agencies in the article's dateline: one of them may sign its end again."""
    first = next((line for line in lines if line.kind is None and line.sentence), None)
    return {tuple(tokens(each.name)) for each in credits_within(first.text, words, last=False)} if first else set()


def _give_listed(lines: Sequence[Line], words: PageWords) -> None:
    """Headlines under "Related stories" and the like."""
    for place, line in enumerate(lines):
        if line.reason == LINK and words.links.headers.whole(line.words):
            run = _run(lines, place + 1)
            tied = [each for each in run if each.tied]
            loose = run[len(tied) :]
            heads = loose[-1:] if loose and loose[-1].count < HEADLINE else []
            for each in [*tied, *loose[: len(loose) - len(heads)]]:
                each.kind, each.reason = Kind.FURNITURE, LINK


def _run(lines: Sequence[Line], start: int) -> list[Line]:
    """The short lines without a kind from a place on."""
    run: list[Line] = []
    for line in lines[start:]:
        if line.kind is not None or not (line.short or (line.stop == "?" and line.count <= SHORT)):
            break
        run.append(line)
    return run


def _give_rest(lines: Sequence[Line], words: PageWords) -> None:
    """Headings, lone agencies; everything else is a paragraph."""
    for place, line in enumerate(lines):
        if line.kind is not None:
            continue
        if line.count <= MOST_NAMES and known_agency(line.text, words):
            give_credit(line, Found(0, len(line.text), CreditKind.PHOTO, line.text.strip("()[] ")))
        else:
            line.kind = Kind.HEADING if _is_heading(lines, place) else Kind.PARAGRAPH


def _is_heading(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is short, ends no sentence and stands over a paragraph."""
    line = lines[place]
    asks = place > 0 and _asks(line) and sum(map(_asks, lines)) < INTERVIEW
    if not (line.short or asks) or line.bullet or line.text[:1].islower():
        return False
    if line.unfinished or ITEM_END.search(line.text):
        return False
    after = next((other for other in lines[place + 1 :] if other.kind in (None, Kind.PARAGRAPH)), None)
    return after is not None and (not after.short or not after.tied)


def _asks(line: Line) -> bool:
    """Whether a line is a short question on its own, as headings are, and the questions of an interview."""
    return line.stop == "?" and line.count <= MOST_QUESTION and not line.quoted and not line.tied


def _rescue(lines: Sequence[Line]) -> None:
    """Where no line is the article's body, headings and the lines after its end are; a lone title is its own text."""
    if any(line.kind in (Kind.PARAGRAPH, Kind.STANDFIRST) for line in lines):
        return
    loose = [line for line in lines if line.kind is Kind.HEADING or line.reason in (AFTER_END, UNDER_TITLE)]
    for line in loose or [line for line in lines if line.kind in (Kind.CAPTION, Kind.TITLE)][:1]:
        line.kind, line.reason = Kind.PARAGRAPH, ""


def _give_credits_within(lines: Sequence[Line], words: PageWords) -> None:
    """Credits inside paragraphs and captions; the last paragraph may be signed."""
    body = [line for line in lines if line.kind is Kind.PARAGRAPH]
    for line in lines:
        if line.kind in (Kind.PARAGRAPH, Kind.CAPTION, Kind.STANDFIRST) and not line.credits:
            line.credits.extend(credits_within(line.text, words, last=bool(body) and line is body[-1]))
