"""What stands between quote marks: inner spans, by the marks' direction, closed within a paragraph.

A quotation that is opened and not closed in its paragraph runs to the paragraph's end (news opens each paragraph of a
long quotation anew and closes only the last), unless that is farther than any quotation is long.
"""

from __future__ import annotations

import re

PAIRS = {
    "“": "”",
    "„": '“”"',
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "‹": "›",
    '"': '"',
    "‘": "’",
    "'": "'",
}
SINGLE = frozenset("‘'")
MARKS = re.compile("[“”„«»「」『』‹›\"‘’']")
LONGEST = 20_000  # characters of a quotation, three pages of a speech; beyond it a mark was forgotten


def quotations(text: str, *, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the inner [start, end) of each outermost quotation in ``text[start:end]``, the marks left out.

    >>> text = 'He said "we will see", then left.'
    >>> [text[a:b] for a, b in quotations(text)]
    ['we will see']
    """
    stop = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    place = start
    looked: dict[str, int] = {}  # up to where nothing closes a kind of mark: no place is looked at twice
    while mark := MARKS.search(text, place, stop):
        place = mark.end()
        if mark.group() not in PAIRS or not _opens(text, mark.start(), start, stop):
            continue
        last = min(stop, mark.end() + LONGEST)
        close = _close(text, mark, max(mark.end(), looked.get(mark.group(), 0)), last)
        if close is None:
            if mark.group() in SINGLE or mark.group() == "»" or last < stop:
                if mark.group() != '"':  # which is not looked for behind one that opens again
                    looked[mark.group()] = last
                continue
            close = stop  # the paragraph ends inside the quotation
        if text[mark.end() : close].strip():
            found.append(_inner(text, mark.end(), close))
        place = close + 1
    return found


def _opens(text: str, at: int, start: int, stop: int) -> bool:
    """Whether a mark can open: something follows, and what stands before is no letter ("Orin's" opens nothing)."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < stop else " "
    if text[at] in "“„«「『‹":
        return True
    if text[at] == "'" and after.isdigit():
        return False  # the '90s
    return not before.isalnum() and before not in ".,!?" and not after.isspace()


def _close(text: str, mark: re.Match[str], first: int, stop: int) -> int | None:
    """The offset of the mark that closes, from ``first`` on, or None where there is none before ``stop``."""
    closers = PAIRS[mark.group()]
    for other in MARKS.finditer(text, first, stop):
        at = other.start()
        if other.group() not in closers:
            continue
        if mark.group() in SINGLE and ((at + 1 < stop and text[at + 1].isalnum()) or text[at - 1].isspace()):
            continue  # an apostrophe
        if mark.group() == '"' and text[at - 1].isspace() and at + 1 < stop and text[at + 1].isalnum():
            return None  # opens again before it closed: the first was left open
        return at
    return None


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip()))
