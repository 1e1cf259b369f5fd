"""Words and marks with offsets, and the one form under which two of them are the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from retold.text.languages import Language, language

# One alternation, one pass. A word keeps its inner apostrophe (Orin's); an abbreviation keeps its stops (U.S.);
# hyphens part words, so that "U.S.-led" and "US-led" differ in one word; CJK, Thai, Lao, Khmer and Burmese, which
# write no spaces, go by single characters.
TOKEN = re.compile(
    r"""
    (?P<number>\d+(?:[.,\u00a0\u202f'’]\d+)*)
  | (?P<abbr>(?:[^\W\d_]\.){2,}(?!\w))
  | (?P<single>[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])
  | (?P<word>[^\W\d_][\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f]*
      (?:[^\W\d_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]
         [\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f]*
        |['’](?=[^\W\d_]))*)
  | (?P<ellipsis>\.\.\.+|…|(?:\.\s){2}\.)
  | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)

# One form for marks that differ only in typography.
MARK_KEYS = {
    **dict.fromkeys("“”„‟«»″＂「」『』", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
}
MEMO = 1 << 16  # distinct words remembered; the vocabulary of some thousand articles


class Token(NamedTuple):
    """A word, number or mark: ``text[start:end]``; ``key`` is its normal form, ``word`` says that it counts as one."""

    start: int
    end: int
    text: str
    key: str
    word: bool


@lru_cache(maxsize=MEMO)
def key(text: str, code: str) -> str:
    """Return the normal form of one word or mark in a language.

    >>> key("U.S.", "en") == key("US", "en") != key("us", "en")
    True
    >>> key("“", "en")
    '"'
    """
    if text in MARK_KEYS:
        return MARK_KEYS[text]
    if text[0] in ".…" and len(text.replace(" ", "")) != 1 or text == "…":
        return "…"
    if text[0].isdigit():
        return number_key(text, language(code))
    return _word_key(text, language(code))


def number_key(text: str, data: Language) -> str:
    """Return digits in one form: no group marks, a point for decimals ("1.200,5" in German is 1200.5)."""
    plain = re.sub(r"[\u00a0\u202f'’]", "", text)
    parts = re.split(r"[.,]", plain)
    if len(parts) == 1:
        return plain
    mark = plain[len(parts[0])]
    grouped = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3
    if mark in data.group and grouped and not (mark == data.decimal):
        return "".join(parts)
    if mark in data.group and len(parts) > 2 and all(len(part) == 3 for part in parts[1:-1]):
        return "".join(parts[:-1]) + "." + parts[-1]
    return plain.replace(",", ".") if mark == data.decimal else plain


def _word_key(text: str, data: Language) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("’", "'")
    if "." in plain:
        plain = plain.replace(".", "")
    folded = plain.casefold()
    if plain.isupper() and len(plain) > 1 and folded in data.stopwords:
        return plain  # US is no pronoun, WHO no question
    return spelling(folded, data)


def spelling(folded: str, data: Language) -> str:
    """Return a casefolded word in the language's normal spelling (colour and color are one word)."""
    if folded in data.same:
        return data.same[folded]
    if folded in data.spelling_pairs:
        return data.spelling_pairs[folded]
    if folded in data.spelling_exceptions or folded in data.stopwords:
        return folded
    for pattern, normal in data.spellings:
        folded = pattern.sub(normal, folded)
    return folded


def tokens(text: str, code: str, *, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the words and marks of ``text[start:end]`` in order, with offsets into ``text``."""
    made = []
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        shown = match.group()
        kind = match.lastgroup
        made.append(Token(match.start(), match.end(), shown, key(shown, code), kind not in ("ellipsis", "mark")))
    return made


@lru_cache(maxsize=MEMO)
def stem(folded: str, code: str) -> str:
    """Return what the inflected forms of a word share: its tense group, else the word without its suffix.

    >>> stem("said", "en") == stem("says", "en")
    True
    """
    data = language(code)
    if folded in data.tense:
        return data.tense[folded]
    for suffix in data.suffixes:
        if folded.endswith(suffix) and len(folded) - len(suffix) >= 3:
            cut = folded[: -len(suffix)]
            return cut[:-1] if len(cut) > 3 and cut[-1] in (cut[-2], "e", "i", "y") else cut
    return folded.rstrip("ey") if len(folded) > 4 else folded
