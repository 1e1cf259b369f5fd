"""The agencies that an article credits with its text, the most trustworthy mention first.

A dateline stands inside the running text and travels with it; a line above or below is the outlet's and may be wrong
(one agency's line above another's text). A credit of a picture or a video is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from retold.model.records import COMPARED, Block, Credit, CreditKind, Version
from retold.text.agencies import agencies_in, house, in_part, is_agency, names_nobody

Position = Literal["dateline", "byline", "signature", "line", "author"]

TRUST: dict[Position, int] = {"dateline": 0, "byline": 1, "signature": 2, "line": 3, "author": 4}
HEAD = 140  # characters in which a dateline ends
OPENER = 3  # words; "This article first appeared in" says whence a text is, "By" only who signs it
JOINED = re.compile(r"\s?[/,|]\s?|\s[-–—]\s|\s(?:and|und|et|y|e|и)\s")
LISTED = re.compile(r",\s|\s/\s")
MARKS = " \t\u00a0()[]-–—:.,;|/©"


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency that an article credits: ``version.text[start:end]`` says so; None where only the author's field does.

    ``name`` is the usual name of a known house, otherwise as it stands; ``part``: the credit gives it only a part of
    the text ("With ...", "... contributed to this report").
    """

    name: str
    position: Position
    start: int | None = None
    end: int | None = None
    part: bool = False

    @property
    def key(self) -> str:
        """What two spellings of the name share: no case, no marks, no article.

        >>> Agency("NORLANDIA PRESS", "line").key == Agency("the Norlandia Press", "dateline").key
        True
        """
        return " ".join(re.findall(r"[^\W_]+", self.name.casefold())).removeprefix("the ")


def agencies(version: Version) -> list[Agency]:
    """The agencies that a version credits with its text, each once, the most trustworthy mention first.

    Whole texts come before parts; then datelines, bylines, signatures, bare lines above the text and the author's
    field; among equals the order is the text's.
    """
    found = [*_from_credits(version), *_from_author(version)]
    found.sort(key=lambda agency: (agency.part, TRUST[agency.position], agency.start or 0))
    first: dict[str, Agency] = {}
    for agency in found:
        first.setdefault(agency.key, agency)
    return list(first.values())


def signed_by_desk(version: Version) -> bool:
    """Whether a text ends as agencies' do that name their desk, perhaps not their house: "(Reporting by ...; ...)"."""
    end = max((block.end for block in version.blocks if block.kind in COMPARED), default=0)
    return any(
        ";" in version.text[credit.start : credit.end] and (credit.end >= end)
        for credit in version.credits
        if credit.kind is CreditKind.TEXT
    )


def _from_credits(version: Version) -> Iterator[Agency]:
    """The agencies in the credits of the text."""
    first = min((block.start for block in version.blocks if block.kind in COMPARED), default=0)
    for credit in version.credits:
        block = _block(version.blocks, credit)
        if credit.kind is not CreditKind.TEXT or credit.person or block is None:
            continue
        position = _position(version, credit, block, first)
        said = version.text[credit.start : credit.end]
        part = position != "dateline" and _gives_part(said, credit.name)
        for name in _names(credit.name, said, position):
            if position == "dateline" or not _is_own(name, version):
                yield Agency(name, position, credit.start, credit.end, part)


def _gives_part(said: str, name: str) -> bool:
    """Whether a credit names an agency for a part: before the name, within it, or with the word after it."""
    opener, _, rest = said.partition(name)
    return in_part(" ".join((opener, name, *rest.split()[:1])))


def _block(blocks: Iterable[Block], credit: Credit) -> Block | None:
    return next((block for block in blocks if block.start <= credit.start and credit.end <= block.end), None)


def _position(version: Version, credit: Credit, block: Block, first: int) -> Position:
    """Where a credit stands: within the text's head or at its end, above the text or behind it."""
    if block.kind in COMPARED:
        opens = credit.end < block.end and credit.start - block.start < HEAD
        return "dateline" if opens else "signature"
    if block.start >= first:
        return "signature"
    said = version.text[block.start : block.end].rstrip(" -–—:.")
    if not said.startswith("(") and said.endswith(f"({credit.name})"):
        return "dateline"  # on a line of its own: "HARWICK, May 3 (Norlandia Press)"
    announced = said.partition(credit.name)[0].strip(MARKS)
    return "byline" if announced or not all(map(is_agency, JOINED.split(credit.name))) else "line"


def _names(name: str, said: str, position: Position) -> list[str]:
    """The agencies that a credit names; what a dateline or an announced source names is taken as it stands."""
    known = agencies_in(name)
    if known or names_nobody(name):
        return known
    small = name.islower() and name.replace("/", "").isalpha()  # unannounced they may be two reporters' initials
    bare = next((part for part in name.split("/") if len(part) > 2), "") if small else name.strip(MARKS)
    opener = said.partition(name)[0]
    announced = ":" in opener or len(opener.split()) >= OPENER or in_part(opener)
    signs = position == "signature" and not opener.strip(MARKS) and not small
    if not bare or not (position == "dateline" or announced or signs):
        return []
    return [each.removeprefix("the ") for each in LISTED.split(bare)] if announced else [bare]


def _is_own(name: str, version: Version) -> bool:
    """Whether a name outside the text's head is only the outlet's own, which may end as agencies' do ("Free Press")."""
    outlet = (version.outlet or "").casefold().removeprefix("the ")
    return not house(name) and name.casefold().removeprefix("the ") == outlet


def _from_author(version: Version) -> Iterator[Agency]:
    """The agencies among the stated authors; an unknown abbreviation there may be anybody's initials."""
    for name in agencies_in(version.author or ""):
        if (house(name) or (" " in name and is_agency(name))) and not _is_own(name, version):
            yield Agency(name, "author", part=in_part(version.author or ""))
