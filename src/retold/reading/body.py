"""Which pieces of a page are the article's: as trafilatura finds them, and what stands beside those."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from retold.reading.walk import FLOWING, Piece, letters

LEAST = 25  # letters; a shorter piece is the article's only where it is a line of it, not a part of one
EDGE = 40  # letters at either end of a piece that no other piece has by chance
SEVERAL = 2  # paragraphs of the article that make their box or class the article's
COVER = 0.6  # of a piece's letters that must be the article's
LINKED = 0.5  # a piece that is a link by half is no paragraph
LEAST_WORDS = 8  # words of a paragraph that the extraction passed over
HELD = frozenset({"p", "blockquote", "li", "div", "td", "section", "article", "main", "body", "pre", "dd", "center"})


def body(tree: Any, pieces: Sequence[Piece], spare: Iterable[Any] = ()) -> set[int]:
    """The places of the pieces that are the article's text; empty where the page has no article.

    The tree is used up: what is ``spare``, as the walk noted it, is taken out before the search for the article, which
    costs the more the more elements there are, and would leave most of them out itself.
    """
    _take_out(spare)
    said = _extracted(tree)
    found = _one_copy(pieces, _matched(pieces, said) if said else set())
    if not found:
        return _plain_guess(pieces)
    return found | _beside(pieces, found) | _richest(pieces, found)


def _take_out(spare: Iterable[Any]) -> None:
    """Take elements out of their tree; of one with text behind it a husk stays, for to join texts again and again costs
    the square of their length."""
    for element in spare:
        above, tail = element.getparent(), element.tail
        if above is None or (tail and not tail.isspace()):
            element.clear(keep_tail=True)
        else:
            above.remove(element)


def _extracted(tree: Any) -> str:
    """The article's text as trafilatura finds it; "" where it finds none or fails on the page."""
    from trafilatura import bare_extraction  # 0.15 s to load: only for pages

    try:
        document = bare_extraction(tree, options=_options())
    except Exception:  # a page may break any of its rules; the plain guess answers then
        return ""
    return (getattr(document, "text", "") or "") if document is not None else ""


@cache
def _options() -> Any:
    """How trafilatura searches: made once, which takes as long as reading a small page."""
    from trafilatura.settings import Extractor

    return Extractor(fast=True, comments=False, output_format="python")


def _matched(pieces: Sequence[Piece], said: str) -> set[int]:
    """The pieces whose words the extraction holds."""
    lines = [letters(line) for line in said.split("\n")]
    whole = frozenset(filter(None, lines))
    joined = "\n".join(lines)
    long = [line for line in whole if len(line) >= LEAST]
    return {place for place, piece in enumerate(pieces) if _holds(piece.letters, whole, joined, long)}


def _holds(mine: str, whole: frozenset[str], joined: str, long: Sequence[str]) -> bool:
    if not mine or mine in whole:
        return bool(mine)
    if len(mine) < LEAST:
        return False
    if len(mine) > 2 * EDGE and (mine[:EDGE] in joined or mine[-EDGE:] in joined):
        return True  # the extraction may leave out a word in the middle: a link, a note
    return mine in joined or sum(len(line) for line in long if line in mine) >= COVER * len(mine)


def _one_copy(pieces: Sequence[Piece], found: set[int]) -> set[int]:
    """Of pieces with the same words, the one in the middle of the others: teasers repeat an article's lead."""
    copies: defaultdict[str, list[int]] = defaultdict(list)
    for place in sorted(found):
        copies[pieces[place].text].append(place)
    single = sorted(places[0] for places in copies.values() if len(places) == 1) or sorted(found)
    middle = single[len(single) // 2] if single else 0

    def off_centre(place: int) -> tuple[bool, int]:
        return bool(pieces[place].zone), abs(place - middle)

    return {min(places, key=off_centre) for places in copies.values()}


def _beside(pieces: Sequence[Piece], found: set[int]) -> set[int]:
    """Paragraphs that the extraction passed over: between the article's own, in the same box or of the same class."""
    if not found:
        return set()
    known = Counter(mark for place in found if pieces[place].tag == "p" for mark in _marks(pieces[place]))
    return {
        place
        for place in range(min(found), max(found))
        if pieces[place].tag == "p"
        and not pieces[place].zone
        and _reads_as_paragraph(pieces[place])
        and any(known[mark] >= SEVERAL for mark in _marks(pieces[place]))
    }


def _marks(piece: Piece) -> tuple[object, ...]:
    """By what a paragraph is known to belong to others: the element that holds it, its class."""
    own = piece.names.split("|")[0].strip()
    return (id(piece.box.holder), own) if own else (id(piece.box.holder),)


def _richest(pieces: Sequence[Piece], found: set[int]) -> set[int]:
    """The paragraphs of the box, or of the boxes of one class, that hold more of them than the extraction found."""
    boxes: defaultdict[object, list[int]] = defaultdict(list)
    for place, piece in enumerate(pieces):
        aside = piece.zone not in ("", "sidebar") or "comment" in piece.names
        if aside or not _reads_as_paragraph(piece) or not (piece.tag == "p" or piece.tag not in FLOWING):
            continue
        boxes[id(piece.box.holder)].append(place)  # of a box that is no paragraph: the pieces that line breaks part
        if piece.tag == "p":
            boxes[piece.names.partition("|")[2].strip()].append(place)
    known = [places for key, places in boxes.items() if isinstance(key, int) or (key and found.intersection(places))]
    best = max(known, key=lambda places: _length(pieces, places), default=[])
    return set(best) if _length(pieces, best) > _length(pieces, found) else set()


def _length(pieces: Sequence[Piece], places: Iterable[int]) -> int:
    return sum(len(pieces[place].text) for place in places)


def _reads_as_paragraph(piece: Piece) -> bool:
    ends = piece.text.rstrip("\"'”’»)] ")[-1:] in ".!?…:"
    return ends and len(piece.text.split()) >= LEAST_WORDS and piece.linked < LINKED and not piece.caption


def _plain_guess(pieces: Sequence[Piece]) -> set[int]:
    """Where the extraction finds nothing: the sentences in the middle of the page."""
    return {
        place
        for place, piece in enumerate(pieces)
        if not piece.zone and piece.tag in HELD and _reads_as_paragraph(piece)
    }
