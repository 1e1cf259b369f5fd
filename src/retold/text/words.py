"""Words and marks with offsets, and the one form under which two of them are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TypeVar

import msgspec

from retold.text.languages import Language, language

# One alternation, one pass, the commonest first. A word keeps its inner apostrophe (Orin's); an abbreviation keeps its
# stops (U.S.); hyphens part words, so that "U.S.-led" and "US-led" differ in one word; CJK, Thai, Lao, Khmer and
# Burmese, which write no spaces, go by single characters. PLAIN letters carry no marks of their own and need no care.
# Most tokens are small words with a space on both sides: taking the space before them along, and trying for such a
# word first, halves the time and changes nothing.
PLAIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u0373\u0386-\u03ff\u0400-\u0481\u048a-\u052f"
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
POINTS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
TOKEN = re.compile(
    rf"""
    \s?(
    (?:[A-Za-z]{{2,}}(?=[\x20,.\n])|,)
  | (?:(?:[^\W\d_]\.){{2,}}(?!\w))
  | (?:[{PLAIN}]+(?:['’][{PLAIN}]+)*(?![\w{POINTS}]|['’][^\W\d_]))
  | (?:\.\.\.+|…|(?:\.\s){{2}}\.)
  | (?:\d+(?:[.,:\u00a0\u202f'’]\d+)*)
  | (?:[{UNSPACED}])
  | (?:[^\W\d_][{POINTS}]*(?:[^\W\d_{UNSPACED}][{POINTS}]*|['’](?=[^\W\d_]))*)
  | (?:[^\w\s]|_)
    )
    """,
    re.VERBOSE,
)

# One form for marks that differ only in typography.
MARK_KEYS = {
    **dict.fromkeys("“”„‟«»″＂「」『』", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
}
FRACTION = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+)\.(?P<rest>\d+)|(?P<w>\d{1,3}(?:\.\d{3})+),(?P<r>\d+)")
GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
MEMO = 1 << 16  # distinct words remembered; the vocabulary of some thousand articles
STOPS_APART = ". ."  # part of an ellipsis, the only token that holds a space
LONGEST_MET = 40  # letters of what is remembered; scripts without spaces write longer stretches, seldom twice

Made = TypeVar("Made")


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, number or mark: ``text[start:end]``; ``key`` is its normal form, ``word`` says that it counts as one.
    ``capital``: it is a word that begins with a capital.

    A thousand are made for a pair of articles; a struct is made in half the time of a named tuple, and no collector of
    garbage looks at it.
    """

    start: int
    end: int
    text: str
    key: str
    word: bool
    capital: bool

    def moved(self, shift: int) -> Token:
        """Return the token as it stands in a text that begins earlier by so much, or later where it is negative."""
        return Token(self.start + shift, self.end + shift, self.text, self.key, self.word, self.capital)


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
    if (text[0] in ".…" and len(text.replace(" ", "")) != 1) or text == "…":
        return "…"
    if text[0].isdecimal():
        return number_key(text)
    return _word_key(text, language(code))


def number_key(text: str) -> str:
    """Return digits in one form: no group marks, a point for decimals.

    Three digits behind a mark are a group in any language's typography, unless nothing but 0 stands before it: news
    writes 1.208 for a German thousand far more often than for a fraction in thousandths.

    >>> [number_key(text) for text in ("9,000", "9 000", "9.000", "0.125", "2.5")]
    ['9000', '9000', '9000', '0.125', '2.5']
    >>> number_key("1.12.2024"), number_key("1.234,5")
    ('1.12.2024', '1234.5')
    """
    plain = re.sub(r"[\u00a0\u202f'’]", "", text)
    if ":" in plain:
        return plain
    if GROUPED.fullmatch(plain):
        return plain.replace(",", "").replace(".", "")
    if found := FRACTION.fullmatch(plain):
        return re.sub("[.,]", "", found["whole"] or found["w"]) + "." + (found["rest"] or found["r"])
    single = len(re.findall("[.,]", plain)) == 1
    return plain.replace(",", ".") if single else plain  # "1.12.2024" is a date


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
    part = text[start:end]
    shouted = part.isupper()  # in a text of capitals no word is an abbreviation for being in capitals
    if shouted or STOPS_APART in part:
        return _cut(part, code, start, shouted=shouted)
    made = []
    known = pieces(code)
    place = start
    for piece in part.split(" "):
        for token in known[piece]:
            low, high = place + token.start, place + token.end  # not ``moved``: a call would cost as much as all else
            made.append(Token(low, high, token.text, token.key, token.word, token.capital))
        place += len(piece) + 1
    return made


def texts(text: str, code: str, *, start: int = 0, end: int | None = None) -> list[str]:
    """Return the words and marks of ``text[start:end]`` in order, as they are written."""
    part = text[start:end]
    if STOPS_APART in part:
        return TOKEN.findall(part)
    known = pieces(code)
    return [token.text for piece in part.split(" ") for token in known[piece]]


def _cut(text: str, code: str, offset: int = 0, *, shouted: bool = False) -> list[Token]:
    """The tokens of a text, with an offset added to theirs."""
    known = forms(code)
    made = []
    place = 0
    for shown in TOKEN.findall(text):  # strings alone, and looked up again: cheaper than a match each
        low = text.find(shown, place)
        place = low + len(shown)
        form, word = known[shown.lower() if shouted else shown]
        made.append(Token(offset + low, offset + place, shown, form, word, word and shown[0].isupper()))
    return made


class Met(dict[str, Made]):
    """What was made of a language's words met so far.

    A dictionary that fills itself: a look-up costs half of what a cached function's call does.
    """

    def __init__(self, code: str, make: Callable[[str, str], Made]) -> None:
        super().__init__()
        self.code = code
        self.make = make

    def __missing__(self, text: str) -> Made:
        made = self.make(text, self.code)
        if len(text) <= LONGEST_MET:
            if len(self) >= MEMO:
                self.clear()
            self[text] = made
        return made


@cache
def pieces(code: str) -> Met[list[Token]]:
    """Return the tokens of what stands between two spaces, by its own offsets.

    No token holds a space, STOPS_APART aside, so that a piece reads the same wherever it stands.
    """
    return Met(code, _cut)


@cache
def forms(code: str) -> Met[tuple[str, bool]]:
    """Return the normal form of tokens, and whether each is a word or number, not a mark."""
    return Met(code, lambda text, code: (key(text, code), text[0].isalnum()))


@cache
def stems(code: str) -> Met[str]:
    """Return the stems of words in their normal form."""
    return Met(code, stem)


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
