"""What an article is about, weighted: the words of its title and lead, as compact numbers that rest and travel well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from itertools import pairwise
from math import log
from struct import Struct, calcsize, pack, unpack_from

from retold.model.records import COMPARED, Version
from retold.text.languages import SCRIPTS, SHIPPED, UNKNOWN, language
from retold.text.names import known as name_of
from retold.text.words import TOKEN, UNSPACED, Met, forms, stem

# Chosen on FNC-1, ECB+ and UCI's headlines (bench/stories.py); from 130 to 220 tokens F1 moves by less than 1.
LEAD_TOKENS = 200  # words and marks of the first paragraphs, 170 words or so
TITLE_WEIGHT = 2
NAME = 1.25  # a word with a capital: mean F1 over the three sets 87.3, at 1.0 86.5, at 2.0 less
SHORT = 3  # letters; in a language without a list of stop words, so short a word is taken for one
TITLE_TERMS = 40  # of a title are kept in order, for the vetoes
PAIR = re.compile(rf"[{UNSPACED}]")
HIRAGANA = re.compile("[\u3041-\u309f]{2}")  # two in a row are grammar, as stop words are
HEAD = Struct("<BHH")
FORM = 1  # of the packed bytes; another one is another version of this file
NAMED, NUMBERED = 1, 2  # kinds of a title's terms; 0 is any other word


@dataclass(frozen=True, slots=True)
class Features:
    """The terms of an article's title and lead.

    ``keys`` are 64-bit numbers in order, ``weights`` 32-bit floats beside them, ``title`` pairs of a key and a kind for
    the title's terms in their order: all little-endian bytes, which numpy reads without a copy.
    """

    language: str
    keys: bytes
    weights: bytes
    title: bytes
    _digest: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Name the content once: states ask for it with every block of time."""
        object.__setattr__(self, "_digest", blake2b(self.pack(), digest_size=8).digest())

    def __len__(self) -> int:
        return len(self.keys) // 8

    def pack(self) -> bytes:
        """Return all of it as bytes, for ``unpack``."""
        code = self.language.encode()
        head = HEAD.pack(FORM, len(self.keys), len(self.title))
        return b"".join((head, self.keys, self.weights, self.title, code))

    @staticmethod
    def unpack(data: bytes) -> Features:
        """Return the features that ``pack`` made bytes of."""
        _, keys, title = HEAD.unpack_from(data)
        starts = (HEAD.size, HEAD.size + keys, HEAD.size + keys + keys // 2, HEAD.size + keys + keys // 2 + title)
        parts = [data[low:high] for low, high in pairwise(starts)]
        return Features(data[starts[-1] :].decode(), *parts)

    def digest(self) -> bytes:
        """Return a short name of the content."""
        return self._digest

    def titled(self) -> list[tuple[int, int]]:
        """Return the title's terms in order: their keys and kinds."""
        size = calcsize("<QB")
        return [unpack_from("<QB", self.title, at) for at in range(0, len(self.title), size)]


def features(version: Version) -> Features:
    """Return what a version is about; features without a term where it holds neither title nor text."""
    code = _language(version)
    title = list(_units(version.title or ""))[:TITLE_TERMS]
    counts = Counter(title * TITLE_WEIGHT)
    lead = _lead(version)
    counts.update(lead)
    known = _terms(code)
    times: dict[int, int] = {}
    worths: dict[int, float] = {}
    for text, count in counts.items():
        key, worth, _ = known[text]
        if worth:
            times[key] = times.get(key, 0) + count
            worths[key] = min(worths.get(key, worth), worth)
    ordered = sorted(times)
    return Features(
        code,
        pack(f"<{len(ordered)}Q", *ordered),
        pack(f"<{len(ordered)}f", *[worths[key] * (1 + log(times[key])) for key in ordered]),
        b"".join([pack("<QB", *each) for each in _titled(title, lead, known)]),
    )


def _titled(title: list[str], lead: list[str], known: Met[tuple[int, float, int]]) -> list[tuple[int, int]]:
    """The terms of a title in order, with their kinds. Its first word has a capital in any case: it is a name where
    the data knows it, or the text writes it so inside a sentence."""
    found = []
    for place, text in enumerate(title[:TITLE_TERMS]):
        key, worth, kind = known[text]
        if worth:
            sure = place or kind != NAMED or name_of(text) or _inside(text, lead)
            found.append((key, kind if sure else 0))
    return found


def _inside(name: str, lead: list[str]) -> bool:
    """Whether a word stands inside a sentence as it is written."""
    return any(each == name and before[-1].isalnum() for before, each in pairwise(lead))


def told(version: Version) -> dict[int, str]:
    """Return the terms of a version as it writes them: key -> word."""
    known = _terms(_language(version))
    found: dict[int, str] = {}
    for text in (*_units(version.title or ""), *_lead(version)):
        key, worth, _ = known[text]
        if worth:
            found.setdefault(key, text)
    return found


def _lead(version: Version) -> list[str]:
    """The words and marks of the first paragraphs; characters of scripts without spaces by twos."""
    found: list[str] = []
    for block in version.blocks:
        if block.kind in COMPARED:
            found += _units(version.text[block.start : block.end])
            if len(found) >= LEAD_TOKENS:
                break
    return found[:LEAD_TOKENS]


def _units(text: str) -> Iterator[str]:
    """Words and marks; of scripts that write no spaces, each two characters that stand together."""
    found = TOKEN.findall(text)
    if not PAIR.search(text):
        return iter(found)
    return _paired(found)


def _paired(tokens: list[str]) -> Iterator[str]:
    before = ""
    for token in tokens:
        single = len(token) == 1 and PAIR.match(token) is not None
        if single and before:
            yield before + token
        elif not single:
            yield token
        before = token if single else ""


def _language(version: Version) -> str:
    """The language to read words in: the version's own, else the best guess, which may be wrong for a short title."""
    if version.language != UNKNOWN:
        return version.language
    text = version.title or version.text[:200]
    script = max(SCRIPTS, key=lambda name: len(SCRIPTS[name].findall(text)))
    codes = [code for code in SHIPPED if language(code).script == script]
    words = text.casefold().split()
    return max(codes, key=lambda code: sum(word in language(code).stopwords for word in words), default=UNKNOWN)


@cache
def _terms(code: str) -> Met[tuple[int, float, int]]:
    """What the words of a language count as: key, worth (0 for marks and stop words) and kind."""
    return Met(code, _term)


def _term(text: str, code: str) -> tuple[int, float, int]:
    form, word = forms(code)[text]
    form = form.removesuffix("'s")
    data = language(code)
    if not word or form in data.stopwords or HIRAGANA.fullmatch(text):
        return 0, 0.0, 0
    if text[0].isdecimal():
        return number_of(form), 1.0, NUMBERED
    if not data.stopwords and len(text) <= SHORT and not text.isupper() and not PAIR.search(text):
        return 0, 0.0, 0
    if text[0].isupper():
        return number_of(stem(form, code)), NAME, NAMED
    return number_of(stem(form, code)), 1.0, 0


def number_of(term: str) -> int:
    """Return the 64-bit number that stands for a term on every machine."""
    return int.from_bytes(blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
