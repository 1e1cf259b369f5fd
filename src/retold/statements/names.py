"""The names of an article: where they stand, their titles, and the roles beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retold.statements import roles as beside
from retold.statements.grammar import Grammar
from retold.statements.people import is_human, people
from retold.statements.roles import POSSESSIVE, Role
from retold.text.languages import Language, language
from retold.text.names import known, titles
from retold.text.words import Token

PARTICLE = re.compile(r"d[aeiu]|del|de[rn]|v[ao]n|al|bin|ibn|el|l[ae]|d[oa]s|y|zu|te[nr]")  # inside persons' names
INNER = frozenset(("of", "the", "and", "for"))  # inside the names of organisations
NICKNAME = re.compile("([\"“‘']) (.*?) ([\"”’'])")
LONGEST = 8  # words of a name
OFFICE = 3  # words and hyphens of an office with capitals
MOST = 4  # words with a capital of a person's name
OLDEST = 3  # digits of an age


@dataclass(frozen=True)
class Name:
    """A name where it stands: [start, end) with its titles, ``words`` without them; ``first``: it opens a sentence."""

    start: int
    end: int
    words: tuple[str, ...]
    title: tuple[str, ...] = ()
    first: bool = False
    possessive: bool = False
    roles: tuple[Role, ...] = ()  # what is said beside it: "captain" of "the captain, Ada Holm"
    definite: bool = False  # "the" stands before it
    human: bool = False  # an age stands behind it, or "who": "Ada Holm, 43,"
    thing: bool = False  # "which" stands behind it

    @property
    def text(self) -> str:
        """The name without its titles."""
        return NICKNAME.sub(r"\1\2\3", " ".join(self.words).replace(" - ", "-").replace(" .", "."))


def names(items: Sequence[Token], data: Grammar) -> list[Name]:
    """Return the names among the tokens of a paragraph, in order."""
    usual = language(data.code)
    found: list[Name] = []
    place = 0
    while place < len(items):
        end = _run(items, place, usual)
        if end > place:
            name = _name(items, place, end, data)
            found += [name] if name else []
        place = max(end, place + 1)
    return found


def _run(items: Sequence[Token], place: int, usual: Language) -> int:
    """Where a run of capitalised words ends that begins at an item; the item itself where none does."""
    end = place
    while end < len(items) and end - place < LONGEST:
        item = items[end]
        if item.word and item.text[0].isupper():
            end += 1
            if POSSESSIVE.search(item.text) and item.text[-1] in "s'’" and item.text[-2:-1] in "'’":
                break
        elif end > place and _joins(items, end, usual):
            end += 1
        elif end > place and _is_nickname(items, end):
            end += 3
        else:
            break
    while end > place and not (items[end - 1].word and items[end - 1].text[0].isupper()):
        end -= 1
    return end


def _is_nickname(items: Sequence[Token], at: int) -> bool:
    """Whether a name in quotation marks and another capital follow (Terrell "Deacon" Bell)."""
    if at + 3 >= len(items) or items[at].word or items[at + 2].word:
        return False
    quoted = items[at].text in "\"“‘'" and items[at + 2].text in "\"”’'"
    return quoted and items[at + 1].capital and items[at + 3].capital


def _joins(items: Sequence[Token], at: int, usual: Language) -> bool:
    """Whether an item stands inside a name: a hyphen, the stop of an initial or a title, "van", "of the"."""
    after = items[at + 1] if at + 1 < len(items) else None
    if after is None:
        return False
    item, before = items[at], items[at - 1]
    if item.text == "-":
        return before.end == item.start and item.end == after.start and after.capital
    if item.text == ".":
        short = len(before.text) == 1 or before.text in usual.never | usual.maybe
        return before.end == item.start and short and after.capital
    if PARTICLE.fullmatch(item.text):
        hyphened = after.text == "-" and at + 2 < len(items) and items[at + 2].capital  # "al-Suri"
        return after.capital or hyphened or bool(PARTICLE.fullmatch(after.text))
    return item.text == "of" and after.capital and not before.text.endswith(("'s", "’s"))


def _name(items: Sequence[Token], first: int, last: int, data: Grammar) -> Name | None:
    """The name that a run of capitals holds; None where it is an office, or only the start of a sentence."""
    start = first
    first, last = _trimmed(items, first, last, data)
    words = [item.text for item in items[first:last]]
    if not any(item.key for item in items[first:last]) or _is_office_alone(items, first, last, data):
        return None
    count = _title_length(words, data, after_article=first > start or _is_led(items, first, data))
    title = tuple(item.key for item in items[first : first + count] if item.key)
    bare = tuple(filter(None, (POSSESSIVE.sub("", word) for word in words[count:])))
    if not bare:
        return None
    title = (*title, *_small_title(items, first, data))
    several = len(words) - count > 1
    ahead = () if _is_part(items, last, data) else tuple(beside.before(items, first, data, several=several))
    roles = (*ahead, *beside.behind(items, last, data))
    definite = first > 0 and items[first - 1].key in people(data.code).the and not title
    opens = _opens(items, start) and first == start
    return Name(items[first].start, items[last - 1].end, bare, title, opens, _owns(items, last), roles, definite,
                *_shown(items, last, data))  # fmt: skip


def _trimmed(items: Sequence[Token], first: int, last: int, data: Grammar) -> tuple[int, int]:
    """Where a name begins and ends in a run of capitals: without "The", an office before it, a place behind it."""
    usual = language(data.code)
    while first < last and _is_no_name(items[first].text.casefold(), usual, data) and items[first].text[0].isupper():
        initial = first + 2 < last and items[first + 1].text == "." and len(items[first].text) == 1
        if initial or _is_acronym(items, first):
            break  # "A. Holm"; "WHO said"
        first += 1
    words = [(item.text, item.key) for item in items[first:last]]
    skipped = _office(words, data)
    words = words[skipped:]
    return first + skipped, last - (_placed(words, data) or _letters(words, data))


def _is_office_alone(items: Sequence[Token], first: int, last: int, data: Grammar) -> bool:
    """Whether a run is what somebody is called, and no name: "THE MINISTER", "the Prime Minister", "Министр"."""
    word = items[last - 1]
    if not people(data.code).the and last - first == 1:
        return is_human(word.key, data)
    return _is_led(items, first, data) and last - first <= OFFICE and _is_office(word.text.casefold(), data)


def _is_led(items: Sequence[Token], first: int, data: Grammar) -> bool:
    """Whether an article, or "his", stands before an item."""
    return first > 0 and data.is_a("determiners", items[first - 1].text.casefold())


def _title_length(words: Sequence[str], data: Grammar, *, after_article: bool) -> int:
    """How many words of a name are its titles, "of" behind one taken along ("Duke of Kelmar")."""
    count = _titled(words, data)
    if not count and len(words) > 2:
        office = data.capital_nouns and after_article  # "der Hafenmeister Jens Olrik"
        count = int(office or is_human(words[0].casefold(), data))  # "Challenger Julio Castro"
    while count and count < len(words) - 1 and (not words[count][0].isalnum() or words[count] in INNER):
        count += 1
    return count


def _small_title(items: Sequence[Token], first: int, data: Grammar) -> tuple[str, ...]:
    """A title in small letters right before a name ("president Ada Holm")."""
    item = items[first - 1] if first else None
    if item is None or not item.word or item.capital or item.key in people(data.code).the:
        return ()
    return (item.key,) if item.key in titles(data.code) else ()


def _opens(items: Sequence[Token], first: int) -> bool:
    """Whether an item opens a sentence, or what a mark opens."""
    return first == 0 or (not items[first - 1].word and items[first - 1].text not in ",-–—/$£€'’;)")


def _owns(items: Sequence[Token], last: int) -> bool:
    """Whether a name that ends before an item only says whose something is ("Holm's", "the Lunds'")."""
    word = items[last - 1].text
    apart = word.endswith("s") and last < len(items) and items[last].text in ("'", "’")
    return apart or (bool(POSSESSIVE.search(word)) and word[-1] in "s'’")


def _is_part(items: Sequence[Token], last: int, data: Grammar) -> bool:
    """Whether a name only says which one the noun behind it means ("a senior Vorsk official")."""
    return last < len(items) and not items[last].capital and is_human(items[last].key, data)


def _is_office(word: str, data: Grammar) -> bool:
    """Whether a capital behind an article is an office ("the President"), and no newspaper ("the Guardian")."""
    return is_human(word, data) and (data.capital_nouns or word in titles(data.code) | people(data.code).ranks)


def _is_acronym(items: Sequence[Token], at: int) -> bool:
    """Whether a word in capitals stands among others that are not ("WHO said", and no "WHO SAID")."""
    if len(items[at].text) < 2 or not items[at].text.isupper():
        return False
    near = [item for item in (*items[max(0, at - 2) : at], *items[at + 1 : at + 3]) if item.word]
    return not any(item.text.isupper() and len(item.text) > 1 for item in near)


def _shown(items: Sequence[Token], last: int, data: Grammar) -> tuple[bool, bool]:
    """Whether what stands behind a name shows a human being, and whether it shows none."""
    apart = last + 1 < len(items) and items[last].text == ","
    word = items[last + 1].key if apart else ""
    told = people(data.code)
    return _is_aged(items, last) or word in told.who, word in told.which


def _is_aged(items: Sequence[Token], last: int) -> bool:
    """Whether an age stands behind a name ("Ada Holm, 43, said"; "Ada Holm (43)")."""
    age = items[last + 1].text if last + 1 < len(items) and items[last].text in ",(" else ""
    return age.isdecimal() and len(age) <= OLDEST and (last + 2 == len(items) or not items[last + 2].word)


def _is_no_name(word: str, usual: Language, data: Grammar) -> bool:
    """Whether a capital is only that of a sentence's start, of a day or of a month."""
    word = word.replace("’", "'").partition("'")[0]  # "I've", "It's"
    return word in usual.stopwords or word in usual.weekdays or word in usual.months or data.is_a("determiners", word)


def _placed(words: Sequence[tuple[str, str]], data: Grammar) -> int:
    """How many words at the end of a person's name only say of where: "of Rovenia" of "Corazon Ybarra of Rovenia"."""
    of = next((place for place, (word, _) in enumerate(words) if word == "of"), 0)
    head = words[of - 1][1] if of else ""
    titled = _titled([word for word, _ in words[:of]], data)
    two = of - titled >= 2 or (titled > 0 and is_human(words[titled - 1][1], data))
    return len(words) - of if two and not data.is_a("organisations", head) else 0


def _letters(words: Sequence[tuple[str, str]], data: Grammar) -> int:
    """How many words at the end are letters behind a name: "KC" of "Ada Holm KC"."""
    count = 0
    while len(words) - count > 2 and words[-1 - count][0] in people(data.code).after:
        count += 1
    return count


def _office(words: Sequence[tuple[str, str]], data: Grammar) -> int:
    """How many words at the beginning are an office's, whose person follows ("Foreign Ministry Irina Doleva")."""
    for place, (_, key) in enumerate(words[:-2]):
        unlike = people(data.code).unlike
        if data.is_a("organisations", key) and all(
            k not in unlike and not data.is_a("organisations", k) for _, k in words[place + 1 :]
        ):
            return place + 1 if words[place + 1][0].casefold() != "of" else 0
    return 0


def _titled(words: Sequence[str], data: Grammar) -> int:
    """How many words of a run are titles, at least one word being left ("Transport Minister" of ... Odile Krag)."""
    known = titles(data.code) | people(data.code).ranks
    count = 0
    for place, word in enumerate(words[:-1]):
        if word.casefold() in known and (words[place + 1] != "." or place + 2 < len(words)):
            count = place + 1
    return count


def is_personal(name: Name, data: Grammar, *, shown: bool = False) -> bool:
    """Whether a name is a person's in full: two words or more, no organisation's, no place.

    ``shown``: something beside it, or elsewhere, shows a person, so that a surname may be a word like "Bank".
    """
    words = [word.casefold() for word in name.words]
    parts = [word for word in name.text.split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in name.words)
    if len(parts) < 2 or not 2 <= capitals <= MOST or any(word in INNER for word in name.words):
        return False  # "von Vorsk"; a headline
    if known(name.text) is not None or words[0] in people(data.code).places or set(words) <= titles(data.code):
        return False
    if not shown and (known(name.words[-1]) is not None or words[-1] in people(data.code).unlike_persons):
        return False  # "Back Norlandia", of a headline; "Harbour Bank"
    return not any(data.is_a(kind, words[at]) for kind in ("organisations", "documents") for at in (0, -1))
