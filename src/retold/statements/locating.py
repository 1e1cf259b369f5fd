"""Where words stand in a text: for a user's own extractor that gives words, and not their places.

A model behind an address may straighten quotation marks and spaces; it may also write words that nobody said, and those
are found nowhere.
"""

from __future__ import annotations

import re

from retold.statements.records import Span

SAME = ('"“”„‟«»', "'‘’‚‹›", "-‐‑–—")  # marks that are one to whoever copies words
EITHER = {mark: f"[{re.escape(marks)}]" for marks in SAME for mark in marks}


def located(text: str, words: str, *, start: int = 0, end: int | None = None) -> Span | None:
    """Return where words first stand in ``text[start:end]``, letter for letter but for spaces and kinds of marks.

    >>> located('She said “we  go”.', '"we go"')
    (9, 17)
    >>> located("She said no.", "yes") is None
    True
    """
    if not words.strip():
        return None
    pattern = r"\s+".join("".join(EITHER.get(letter, re.escape(letter)) for letter in word) for word in words.split())
    found = re.compile(pattern).search(text, start, len(text) if end is None else end)
    return None if found is None else found.span()
