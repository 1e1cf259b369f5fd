"""Names: which words are names, and when two spellings are one name, by a sound key and by data.

The sound key folds what transliteration varies (i/y/j, kh/h, ts/tz/c, w/v, ph/f, q/k, double letters, accents) after
the usual romanisation tables (BGN/PCGN, ISO 9, scientific, French, German); vowels are compared apart, because they
vary most and mean most ("Maria" and "Mario" are two names).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from anyascii import anyascii

from retold.text.languages import load

MEMO = 1 << 16
# Replaced in this order, the longer of two that begin alike first; each pair is one sound in some romanisation.
SOUNDS = (
    ("schtsch", "S"), ("shch", "S"), ("tsch", "C"), ("tch", "C"), ("sch", "s"), ("dzh", "J"), ("dsch", "J"),
    ("dj", "J"),
    ("zh", "J"), ("sh", "s"), ("ch", "C"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ts", "c"),
    ("tz", "c"), ("cz", "C"), ("ks", "x"), ("ck", "k"), ("qu", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("eu", "oi"),
    ("ae", "e"), ("oe", "o"), ("ue", "u"),
)  # fmt: skip
LETTERS = str.maketrans({"y": "i", "j": "i", "w": "v", "q": "k", "z": "s", "c": "k"})
VOWELS = frozenset("aeiou")
SHORT = 3  # sounds; below this only equal keys are one name ("Lee", "Loo")
LONG = 5  # sounds; from here on one more sound may vary ("Hrodna", "Grodna", not "Hill", "Gill")
LIGATURES = str.maketrans({"ё": "e", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=MEMO)
def sound(name: str) -> str:
    """Return a key that spelling and transliteration variants of a name share.

    >>> sound("Yuri") == sound("Yury") == sound("Juri")
    True
    >>> sound("Maria") == sound("Mario")
    False
    """
    plain = _plain(name)
    for letters, one in SOUNDS:
        plain = plain.replace(letters, one)
    plain = _collapsed(plain.translate(LETTERS))
    return plain[1:] if plain.startswith("ie") else plain  # Yevgeny, Evgeny; Yelena, Elena


def _plain(name: str) -> str:
    """A name in bare small letters: no accents, apostrophes, hyphens; other scripts romanised."""
    folded = unicodedata.normalize("NFKD", name.casefold().translate(LIGATURES))
    if not folded.isascii():
        folded = anyascii(folded).casefold()
    return "".join(letter for letter in folded if letter.isalpha())


def _collapsed(letters: str) -> str:
    """Runs of one letter as one, and a run of i (from -iy, -yi, -ij) as one."""
    kept: list[str] = []
    for letter in letters:
        if not kept or kept[-1] != letter:
            kept.append(letter)
    return "".join(kept)


def _consonants(heard: str) -> str:
    """The consonants of a sound key, the first letter kept whatever it is."""
    return heard[:1] + "".join(letter for letter in heard[1:] if letter not in VOWELS)


def sounds_alike(one: str, other: str) -> bool:
    """Whether two single-word spellings can be one name by sound alone: equal keys, or equal consonants with vowels
    that only transliteration parts (Kiev/Kyiv, Mohammed/Muhammad, Zelensky/Zelenskiy).

    >>> sounds_alike("Kiev", "Kyiv"), sounds_alike("Maria", "Mario"), sounds_alike("Orin", "Oran")
    (True, False, False)
    """
    first, second = sound(one), sound(other)
    if min(len(first), len(second)) >= LONG:  # g and h are one sound between Russian, Ukrainian and Belarusian
        first, second = first.replace("g", "h"), second.replace("g", "h")
    if first == second:
        return bool(first)
    if min(len(one), len(other)) < LONG and {one[1:2], other[1:2]} == {"a", "e"}:
        return False  # Kent and Kant, Reed and Raad: in a short name a and e make two names
    if min(len(first), len(second)) < SHORT or _consonants(first) != _consonants(second):
        return False
    return _vowels_close(first, second)


def _vowels_close(first: str, second: str) -> bool:
    """Whether the vowels between equal consonants differ only as romanisations do, and the last letters agree in
    gender (a name in -a is not a name in -o)."""
    mine, yours = _vowel_runs(first), _vowel_runs(second)
    if len(mine) != len(yours):
        return False
    if mine[-1] != yours[-1] and not _swap(mine[-1], yours[-1], final=True):
        return False
    if first[-1] == "v" and {mine[-2], yours[-2]} == {"o", "i"}:  # -ov is Ukrainian -iv: Kharkov, Kharkiv
        mine, yours = mine[:-2] + mine[-1:], yours[:-2] + yours[-1:]
    return all(a == b or _swap(a, b, final=False) for a, b in zip(mine[:-1], yours[:-1], strict=True))


def _vowel_runs(heard: str) -> list[str]:
    """The vowel runs around the consonants: "kiev" -> ["", "ie", ""]."""
    runs = [""]
    for letter in heard:
        if letter in VOWELS:
            runs[-1] += letter
        else:
            runs.append("")
    return runs


# Vowels that romanisation swaps: e/ie/i/io (Kiev, Kyiv; Alexei, Aleksej; Fedor, Fyodor), o/u (Osama, Usama; Mohammed,
# Muhammad), a/e in unstressed Arabic (Ahmed, Ahmad), and a glide that is written or not.
ALIKE = tuple(
    frozenset(group)
    for group in (("e", "ie", "i", "ii"), ("e", "ie", "io", "o"), ("o", "u", "uo"), ("a", "e"), ("ai", "ei", "e", "i"),
                  ("a", "ia"), ("u", "iu"), ("", "i"), ("au", "av", "o"))
)  # fmt: skip
FINAL = (frozenset(("i", "ii", "")), frozenset(("ei", "e", "ai", "i")), frozenset(("ia", "iia")))


def _swap(one: str, other: str, *, final: bool) -> bool:
    return any(one in group and other in group for group in (FINAL if final else ALIKE))


@cache
def _data() -> Mapping[str, object]:
    return load("names.toml")


@cache
def _groups() -> dict[str, tuple[str, str]]:
    """Each written name of the data -> (the group's first name, its kind)."""
    groups = _data()["group"]
    assert isinstance(groups, list)
    return {fold(name): (group["names"][0], group["kind"]) for group in groups for name in group["names"]}


@cache
def longest_from() -> dict[str, int]:
    """Return the first words of all names of the data that have several, casefolded and without stops, and how many
    words the longest of those names has."""
    found: dict[str, int] = {}
    for name in _groups():
        words = name.split()
        if len(words) > 1:
            found[words[0].casefold()] = max(len(words), found.get(words[0].casefold(), 0))
    return found


@cache
def _short() -> dict[str, str]:
    short = _data().get("short", {})
    assert isinstance(short, dict)
    return {fold(name): group[0] for group in short.get("groups", []) for name in group}


@cache
def titles(code: str) -> frozenset[str]:
    """Words that stand before a person's name and are no part of it ("president"), casefolded."""
    table = _data().get("titles", {})
    assert isinstance(table, dict)
    return frozenset(word.casefold() for word in table.get(code, []))


@lru_cache(maxsize=MEMO)
def known(name: str) -> tuple[str, str] | None:
    """Return the usual name and the kind of a name that the data knows, or None.

    >>> known("Kiev")
    ('Kyiv', 'exonym')
    """
    return _groups().get(fold(_bare(name)))


def fold(name: str) -> str:
    """A written name for look-up: casefolded, no stops, one apostrophe, single spaces; US and us stay apart."""
    bare = " ".join(name.replace("’", "'").replace(".", "").split())
    return bare if bare.isupper() and len(bare) <= 2 else bare.casefold()


@lru_cache(maxsize=MEMO)
def same_name(one: str, other: str) -> str | None:
    """Return why two spellings are one name, or None where they are not.

    The reason is exonym, rename or abbreviation (by data), capitals, short form, or transliteration (by sound).

    >>> same_name("U.S.", "United States")
    'abbreviation'
    >>> same_name("Orin", "Pelka") is None
    True
    """
    mine, yours = fold(_bare(one)), fold(_bare(other))
    if not mine or not yours:
        return None
    if mine == yours or (mine.casefold() == yours.casefold() and not {len(mine), len(yours)} & {2}):
        return "capitals" if _bare(one).replace(".", "") != _bare(other).replace(".", "") else "abbreviation"
    if _spells(one, other) or _spells(other, one):
        return "abbreviation"
    known, other_known = _groups().get(mine), _groups().get(yours)
    if known and other_known and known[0] == other_known[0]:
        return "abbreviation" if "abbreviation" in (known[1], other_known[1]) else known[1]
    return _by_method(_bare(one), _bare(other))


SMALL_WORDS = "of the and for de du des da la le les der die das und für del y et"
SMALL = frozenset(SMALL_WORDS.split())  # inside long names


def initials(name: str) -> str:
    """Return the first letters of a long name's words, the small words left out; "" for a single word.

    >>> initials("League of Coastal States")
    'LCS'
    """
    words = [word for word in name.split() if word.casefold() not in SMALL]
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


def _spells(short: str, long: str) -> bool:
    """Whether a word of capitals is a longer name's initials ("LCS", "L.C.S.")."""
    bare = short.replace(".", "")
    return len(bare) > 1 and bare.isupper() and initials(long) == bare


def _bare(name: str) -> str:
    """A name without its possessive."""
    for ending in ("'s", "’s", "s'", "s’"):
        if name.endswith(ending):
            return name[:-2] if ending[0] in "'’" else name[:-1]
    return name


def _by_method(one: str, other: str) -> str | None:
    """Compare word by word: every word alike, at least one of them by spelling only."""
    mine, yours = one.split(), other.split()
    if len(mine) != len(yours):
        return None
    if not all(word[0].isupper() for word in (*mine, *yours) if word[0].isalpha() and word[0] != word[0].casefold()):
        return None
    pairs = [(a, b) for a, b in zip(mine, yours, strict=True) if a.casefold() != b.casefold()]
    if not pairs:
        return None
    if all(_alike(a, b) for a, b in pairs):
        return "transliteration"
    short = _short()
    if all(
        _alike(a, b) or (short.get(fold(a)) is not None and short.get(fold(a)) == short.get(fold(b))) for a, b in pairs
    ):
        return "short form"
    return None


def _alike(one: str, other: str) -> bool:
    known, other_known = _groups().get(fold(one)), _groups().get(fold(other))
    if known and other_known:
        return known[0] == other_known[0]
    return one[:1].isupper() and other[:1].isupper() and sounds_alike(one, other)
