"""What a version calls a speaker, and why two callings of two versions are one speaker's.

Names are equal by their words, by data (Kiev, Kyiv), by sound (Yuri, Yury), or but for one letter where a witness
stands beside them. Surnames alone join only the one full name that has them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from retold.model.records import SpeakerKind
from retold.statements.grammar import grammar
from retold.statements.records import Span
from retold.text.languages import language
from retold.text.names import fold, known, same_name, sound, sounds_alike, titles
from retold.text.words import stem, tokens

NAMED = frozenset(("person", "organisation", "document", "group", "role"))
SHORT = 4  # letters; in a shorter name one other letter is another name
ENDINGS = frozenset(("n", "an", "ian", "ern", "ese", "s", "i", "ish"))  # West, Western; Russia, Russian
STEMMED = 4  # letters that two words share


@dataclass
class Calling:
    """A speaker as one version calls it; ``phrases`` are the words of its sources, ``roles`` what is said beside it."""

    version: int
    name: str
    kind: SpeakerKind
    code: str
    mentions: list[Span] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The name's words without articles and titles."""
        data = language(self.code)
        passed = data.articles | (titles(self.code) if self.kind == "person" else frozenset())
        own = [word for word in _bare(self.name).split() if word.casefold().rstrip(".") not in passed]
        return tuple(own or self.name.split())

    @cached_property
    def key(self) -> str:
        """The name under which house styles are the same."""
        name = " ".join(self.words)
        group = known(name)
        return group[0].casefold() if group else fold(name).casefold()

    @cached_property
    def sounds(self) -> tuple[str, ...]:
        """How each word of the name sounds."""
        return tuple([sound(word) for word in self.words])

    @cached_property
    def stems(self) -> frozenset[str]:
        """What the words of the name, and those beside it, tell: "kremlin", "adviser"."""
        data = language(self.code)
        written = " ".join([self.name, *self.phrases, *sorted(self.roles)])
        keys = [token.key.removesuffix("'s") for token in tokens(written, self.code) if token.word]
        return frozenset([stem(key, self.code) for key in keys if key not in data.stopwords])

    @cached_property
    def bases(self) -> frozenset[str]:
        """The stems, and what they are made of: "west" of "western"."""
        found = [(stem, stem.removesuffix(ending)) for stem in self.stems for ending in ENDINGS]
        return self.stems | {base for stem, base in found if base != stem and len(base) >= STEMMED}

    @property
    def is_full(self) -> bool:
        """Whether a person is named with a first name."""
        return self.kind == "person" and len(self.words) > 1

    @property
    def is_bare(self) -> bool:
        """Whether many may be called so: a noun alone ("the spokesman"), somebody's ("his wife"), "a board"."""
        if self.kind == "person":
            return False
        data = language(self.code)
        written = self.name.split()[0]
        first = written.casefold()
        shouted = len(written) > 1 and written.isupper()  # US
        loose = not shouted and first in data.stopwords and not (first in data.articles and first in data.definite)
        alone = len(self.words) < 2 and self.words[0][:1].islower()
        return loose or (alone and self.kind in ("role", "group", "document"))


def _bare(name: str) -> str:
    for ending in ("'s", "’s"):
        name = name.removesuffix(ending)
    return name


def same_by_name(one: Calling, other: Calling) -> str | None:
    """Return the rule by which two callings are one speaker's, from their names alone; None where they may be two."""
    if one.key == other.key:
        return f"same name: {one.name}" if one.name == other.name else f"same name: {_both(one, other)}"
    if one.kind != "person" or other.kind != "person":
        return _same_body(one, other)
    if len(one.words) != len(other.words) or not one.is_full:
        return None if one.is_full or other.is_full else _by_sound(one, other)
    return _by_sound(one, other) or _by_initial(one, other)


def _both(one: Calling, other: Calling) -> str:
    return " = ".join(sorted((one.name, other.name)))


def _same_body(one: Calling, other: Calling) -> str | None:
    """Organisations: an abbreviation or another spelling that the data or the initials explain."""
    if "person" in (one.kind, other.kind) or not all(each.words[0][:1].isupper() for each in (one, other)):
        return None
    why = same_name(" ".join(one.words), " ".join(other.words))
    return None if why is None else f"{why}: {_both(one, other)}"


def _by_sound(one: Calling, other: Calling) -> str | None:
    alike = zip(one.words, other.words, strict=True) if len(one.words) == len(other.words) else ()
    found = [sounds_alike(mine, yours) or mine.casefold() == yours.casefold() for mine, yours in alike]
    return f"same sound: {_both(one, other)}" if found and all(found) else None


def _by_initial(one: Calling, other: Calling) -> str | None:
    """One first name is the initial or the short form of the other ("J. Olrik", "Jens Olrik")."""
    if one.sounds[1:] != other.sounds[1:]:
        return None
    mine, yours = one.words[0].rstrip("."), other.words[0].rstrip(".")
    if min(len(mine), len(yours)) == 1 and mine[:1] == yours[:1]:
        return f"initial: {_both(one, other)}"
    return f"short form: {_both(one, other)}" if same_name(mine, yours) == "short form" else None


def same_surname(short: Calling, full: Calling) -> bool:
    """Whether a single name may be the last name of a full one."""
    if short.kind != "person" or len(short.words) != 1 or not full.is_full:
        return False
    return short.words[0].casefold() == full.words[-1].casefold() or sounds_alike(short.words[0], full.words[-1])


def same_by_witness(one: Calling, other: Calling, *, aligned: bool) -> str | None:
    """Return the rule and its witness where two names differ in one letter, or a role is told once with, once without
    a name; ``aligned``: they are given the same statement. None where they may be two.
    """
    if one.kind == other.kind == "person":
        return _by_letter(one, other, aligned=aligned)
    if not aligned:
        return None
    if any(_is_surname(short, full) for short, full in ((one, other), (other, one))):
        return f"the last name, the same statement: {_both(one, other)}"
    if one.kind == other.kind == "anonymous" or one.is_bare:
        return f"same words for the same statement: {one.name}" if one.key == other.key else None
    person, role = (one, other) if one.kind == "person" else (other, one)
    if person.kind == "person" and role.kind == "role" and head(role) in person.roles:
        return f"the {head(role)} of the same statement: {_both(one, other)}"
    return None


def _is_surname(short: Calling, full: Calling) -> bool:
    """Whether one calling is the last name of the other's person, in a version that nowhere has the first."""
    if short.kind not in ("organisation", "role") or len(short.words) != 1 or not full.is_full:
        return False
    return short.name == short.words[0] and short.name[:1].isupper() and short.words[0] == full.words[-1]


def _by_letter(one: Calling, other: Calling, *, aligned: bool) -> str | None:
    mine, yours = one.words[-1].casefold(), other.words[-1].casefold()
    if (
        min(len(mine), len(yours)) < SHORT
        or Levenshtein.distance(mine, yours, score_cutoff=1) > 1
        or mine[0] != yours[0]
    ):
        return None
    firsts = one.is_full and other.is_full
    if firsts and one.sounds[0] == other.sounds[0] and mine != yours:
        return f"one letter, the same first name: {_both(one, other)}"
    if firsts and not _near(one.words[0], other.words[0]):
        return None
    if shared := sorted(one.roles & other.roles):
        return f"one letter, the same role ({shared[0]}): {_both(one, other)}"
    return f"one letter, the same statement: {_both(one, other)}" if aligned else None


def _near(one: str, other: str) -> bool:
    """Whether two first names may be one: alike by sound, or but for one letter."""
    return sounds_alike(one, other) or Levenshtein.distance(one.casefold(), other.casefold(), score_cutoff=1) <= 1


def head(calling: Calling) -> str:
    """The head of a role: its last word before a preposition or a comma."""
    data = grammar(calling.code)
    last = ""
    for token in tokens(calling.name, calling.code):
        if last and (not token.word or data.is_a("prepositions", token.key)):
            break
        last = token.key if token.word else last
    return last


def is_near(one: Calling, other: Calling) -> bool:
    """Whether two callings share a telling word ("the Kremlin", "a senior Kremlin official"; "the West", "Western
    leaders"), so that one may have been written for the other."""
    if one.is_full and other.is_full:
        return False
    return bool(one.stems & other.bases or other.stems & one.bases)
