"""The persons of an article: whose a name is, what shows a woman or a man, which roles they have."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from retold.statements.grammar import Grammar
from retold.statements.names import Name, is_personal, names
from retold.statements.people import adjectives, is_human, people, sexes
from retold.statements.records import Span
from retold.statements.roles import POSSESSIVE
from retold.text.names import known
from retold.text.words import Token, tokens

SHORTEST, LONGEST = 2, 3  # letters of a person's initials
MOST = 64  # persons of one name who are looked at


@dataclass
class Person:
    """Somebody with a full name: where it first stands, the roles beside it, and what shows a woman or a man."""

    name: str
    words: tuple[str, ...]
    first: int
    roles: dict[str, set[str]] = field(default_factory=dict)  # its noun -> the words that say which
    sexes: set[str] = field(default_factory=set)
    mentions: list[Span] = field(default_factory=list)
    short: bool = False  # the last name stands alone somewhere
    human: bool = False  # an age stands behind the name, or "who"

    def last_before(self, at: int) -> int:
        """Where the person is last named before an offset."""
        place = bisect_left(self.mentions, (at, at))
        return self.mentions[place - 1][0] if place else -1

    @property
    def is_sure(self) -> bool:
        """Whether something shows that this is a person: a title, a role, "she", the last name alone."""
        return bool(self.roles or self.sexes or self.short or self.human)


@dataclass
class Cast:
    """All names of an article, its persons by their last and their first names, and their mentions in order."""

    names: list[Name] = field(default_factory=list)
    tokens: list[Sequence[Token]] = field(default_factory=list)  # of each paragraph
    persons: list[Person] = field(default_factory=list)
    by_last: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_first: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_middle: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_initials: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_role: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    data: Grammar | None = None
    places: set[str] = field(default_factory=set)  # names behind "in", "at", "to", "the" somewhere
    full: set[str] = field(default_factory=set)  # the full names of persons, in every form

    def shown(self, name: Name) -> set[str]:
        """What the titles of a name show of a woman or a man."""
        return set() if self.data is None else sexes(name.title, self.data)


def cast(text: str, paragraphs: Sequence[Span], data: Grammar) -> Cast:
    """Return the names of an article and whose they are."""
    made = Cast(data=data)
    for start, end in paragraphs:
        made.tokens.append(tokens(text, data.code, start=start, end=end))
        made.names += names(made.tokens[-1], data)
    made.places, placed = _places(text, made.names, data)
    _introduce_all(made, text, placed, data)
    for person in made.persons:
        made.by_initials[_initials(person.words)].append(person)
    for name in made.names:
        if (found := person_of(made, name)) is not None:
            _learn(found, name, data)
    for person in made.persons:
        for role in sorted(person.roles):
            made.by_role[role].append(person)
    return made


def _introduce_all(made: Cast, text: str, placed: set[str], data: Grammar) -> None:
    """Give the cast its persons: those with full names first, then those of whom it has one name only."""
    alone = {name.text for name in made.names if len(name.words) == 1 and not name.definite} - made.places
    things = {name.text for name in made.names if name.thing}
    for name in made.names:
        human = name.human or bool(name.title) or any(is_human(head, data) for head, _ in name.roles)
        shown = not name.definite and (human or name.words[-1] in alone or "." in name.words[:2])
        if is_personal(name, data, shown=shown) and (shown or name.text not in placed) and name.text not in things:
            made.full.add(name.text)
            _introduce(made, name)
    for name in made.names:
        if len(name.words) == 1 and is_single_person(name, data):
            _introduce_single(made, name, text[name.start : name.end])


def _places(text: str, found: Sequence[Name], data: Grammar) -> tuple[set[str], set[str]]:
    """The names that stand behind "in", "to", "of" or "the" somewhere; those that are no person's.

    No person's is a name that stands behind "in" or "at" everywhere, its last word too, or behind "the".
    """
    behind: set[str] = set()
    within: set[str] = set()
    free: set[str] = set()
    definite: set[str] = set()
    for name in found:
        before = text[max(0, name.start - 12) : name.start].split()
        word = before[-1].casefold() if before and not name.title else ""
        behind |= {name.text} if data.is_a("places", word) else set()
        (within if word in people(data.code).within else free).add(name.text)
        definite |= {name.text} if name.definite else set()
    return behind | definite, {name for name in within - free if name.split()[-1] not in free} | definite


def _introduce(made: Cast, name: Name) -> None:
    """Give the cast a person, or a person whom it has a longer name."""
    last, first = name.words[-1].casefold(), name.words[0].casefold()
    for person in made.by_last[last][:MOST]:
        if compatible(person.words, name.words):
            if _length(name.words) > _length(person.words):
                person.words, person.name = name.words, name.text
            return
    person = Person(name.text, name.words, name.start)
    made.persons.append(person)
    made.by_last[last].append(person)
    made.by_first[first].append(person)
    for word in sorted({word.casefold() for word in name.words[1:-1] if len(word) > 1 and word[0].isupper()}):
        made.by_middle[word].append(person)  # "López" of "María López García"


def is_single_person(name: Name, data: Grammar) -> bool:
    """Whether a name of one word is surely a person's: a title or a role stands before it ("his wife, Joanne")."""
    word = name.words[0]
    shouted = len(word) > 1 and word.isupper()
    human = any(is_human(title, data) for title in name.title[-1:]) or any(
        is_human(head, data) for head, _ in name.roles
    )
    adverb = bool(data.adverb_endings) and word.endswith(data.adverb_endings)
    adverb = adverb or data.is_a("adverbs", word.casefold())
    plain = word.isalpha() and not adverb and not shouted and not is_human(word.casefold(), data)
    return (
        human and plain and not name.definite and known(word) is None and word.casefold() not in adjectives(data.code)
    )


def _introduce_single(made: Cast, name: Name, written: str) -> None:
    """Give the cast a person of whom it has one name only, unless a fuller name has it already.

    The name is then with its title, which nothing else tells apart: "Mrs Holm".
    """
    word = name.words[0].casefold()
    if not made.by_last.get(word) and not made.by_first.get(word):
        person = Person(POSSESSIVE.sub("", written), name.words, name.start)
        made.persons.append(person)
        made.by_last[word].append(person)


def _length(words: Sequence[str]) -> tuple[int, int]:
    """How full a name is: its words that are no initials, then its letters."""
    return sum(len(word) > 1 for word in words), sum(map(len, words))


def compatible(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names may be one person's: the last words equal, the first ones equal or initials."""
    if one[-1].casefold() != other[-1].casefold():
        return False
    mine, yours = one[0].casefold(), other[0].casefold()
    initial = min(len(mine), len(yours)) == 1 and mine[0] == yours[0]
    return mine == yours or initial


def person_of(made: Cast, name: Name) -> Person | None:
    """Return the one person whom a name can mean, or None where there is none, or more than one."""
    found = _meant(made, name)[:MOST]
    shown = made.shown(name)
    if len(found) > 1 and shown:
        found = [person for person in found if person.sexes == shown] or found
    earlier = [person for person in found if person.first <= name.start]
    chosen = found if len(found) == 1 else earlier
    return chosen[0] if len(chosen) == 1 else None


def _meant(made: Cast, name: Name) -> list[Person]:
    """The persons whom a name can mean, by its letters alone."""
    letters = "".join(word.replace(".", "") for word in name.words)
    dotted = all(len(word) == 1 or "." in word for word in name.words)
    if dotted and letters.isupper() and SHORTEST <= len(letters) <= LONGEST:
        return made.by_initials.get(letters, [])
    last = name.words[-1].casefold()
    if len(name.words) > 1:
        return [person for person in made.by_last.get(last, [])[:MOST] if compatible(person.words, name.words)]
    found = made.by_last.get(last) or made.by_first.get(last) or made.by_middle.get(last)
    shouted = name.words[0].isupper() and SHORTEST <= len(last) <= LONGEST
    return found or (made.by_initials.get(name.words[0], []) if shouted else [])


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word[0].isupper())


def _learn(person: Person, name: Name, data: Grammar) -> None:
    """Note what a name, its titles and the roles beside it tell of a person."""
    person.mentions.append((name.start, name.end))
    person.human |= name.human
    person.short |= len(name.words) == 1 and name.words[0].casefold() == person.words[-1].casefold()
    roles = [*name.roles, *([(name.title[-1], name.title[:-1])] if name.title else [])]
    for head, more in roles:
        person.roles.setdefault(head, set()).update(more)
    person.sexes |= sexes((*name.title, *(head for head, _ in name.roles)), data)
