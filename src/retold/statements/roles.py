"""The roles beside a name: "its captain, Ada Holm", "Ada Holm, 43, the captain of the ferry"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retold.statements.grammar import Grammar
from retold.statements.people import is_human, people
from retold.text.words import Token

POSSESSIVE = re.compile(r"['’]s?$")
ROLE_WORDS = 8  # words of a role beside a name
BARE = 4  # words of a role without an article
Role = tuple[str, tuple[str, ...]]  # its noun, and the words that say which: ("minister", ("transport",))


def before(items: Sequence[Token], first: int, data: Grammar, *, several: bool) -> Iterator[Role]:
    """Yield the roles right before a name ("its captain, Ada Holm", "The chair, local baker Ada Holm").

    ``several``: the name has two words; one behind a place and a comma is a place, too ("Vorsk, Norlandia").
    """
    last = first - 1
    if last >= 0 and (data.is_a("prepositions", items[last].key) or data.is_a("determiners", items[last].key)):
        return
    if last >= 0 and items[last].word and not items[last].capital:
        opening = _role_opens(items, last, data)
        if opening is not None:
            yield from _role(items[opening + 1 : first], data, sure=_is_placed(items, opening, data))
            return
        if is_human(items[last].key, data):
            yield items[last].key, (items[last - 1].key,) if last else ()
            last = _before_words(items, last)
        elif not people(data.code).the:
            yield from _role_without_article(items, last, data)
    if last > 0 and items[last].text == "," and items[last - 1].word and (several or not items[last - 1].capital):
        yield from _role_apart(items, last, data, several=several)


def _role_apart(items: Sequence[Token], comma: int, data: Grammar, *, several: bool) -> Iterator[Role]:
    """Yield the role that ends at a comma: the nearest phrase whose noun is a human being's, else the nearest."""
    near: Role | None = None
    place = comma - 1
    while (opening := _role_opens(items, place, data)) is not None and comma - opening <= ROLE_WORDS:
        for role in _role(items[opening + 1 : comma], data, sure=_is_placed(items, opening, data)):
            if is_human(role[0], data) and (several or role[0] == items[place].key):
                yield role
                return
            near = near or role
        place = opening
    if near is not None and several:
        yield near


def _is_placed(items: Sequence[Token], place: int, data: Grammar) -> bool:
    """Whether a preposition stands before a phrase: only what people are called is a role there, no "harbour"."""
    return place > 0 and data.is_a("prepositions", items[place - 1].key)


def _role_without_article(items: Sequence[Token], last: int, data: Grammar) -> Iterator[Role]:
    """Yield the role before a name in a language without articles ("министр транспорта Карл Лунд")."""
    for place in range(last, max(-1, last - BARE), -1):
        if not items[place].word or data.is_a("prepositions", items[place].key):
            return
        if is_human(items[place].key, data):
            yield items[place].key, tuple(item.key for item in items[place + 1 : last + 1])
            return


def _role_opens(items: Sequence[Token], last: int, data: Grammar) -> int | None:
    """Where the article stands that opens the phrase that ends at an item; None where none does."""
    if items[last].key in data.verbs and not data.is_a("determiners", items[last - 1].key):
        return None
    for place in range(last - 1, max(-1, last - ROLE_WORDS - 1), -1):
        if _opens_role(items[place], data):
            return place
        verb = items[place].key in data.verbs and not data.is_a("determiners", items[place - 1].key)
        if verb or (not items[place].word and not _is_tight(items, place)):
            return None
    return None


def _is_tight(items: Sequence[Token], place: int) -> bool:
    """Whether a mark joins the words on both sides: a hyphen, an apostrophe."""
    return items[place].text in "-’'" and items[place - 1].end == items[place].start


def _before_words(items: Sequence[Token], last: int) -> int:
    """The place of the last mark before an item."""
    while last >= 0 and items[last].word:
        last -= 1
    return last


def behind(items: Sequence[Token], last: int, data: Grammar) -> Iterator[Role]:
    """Yield the role behind a name and a comma, or "is" ("Ada Holm, 43, the captain of the ferry")."""
    place = last
    if place + 2 < len(items) and items[place].text == "," and items[place + 1].key.isdecimal():
        place += 2
    if place + 2 >= len(items) or not (items[place].text == "," or data.is_a("be", items[place].key)):
        return
    bare = items[place].text == "," and _is_bare_role(items, place + 1, data)
    if not bare and not _opens_role(items[place + 1], data):
        return
    opening = place + 1 if bare else place + 2
    yield from _role(items[opening : opening + ROLE_WORDS], data)


def _is_bare_role(items: Sequence[Token], first: int, data: Grammar) -> bool:
    """Whether a role without an article stands at a place ("Ada Holm, harbour master at Vorsk, ...")."""
    for item in items[first : first + BARE]:
        if not item.word or item.capital or item.key in data.verbs or data.is_a("prepositions", item.key):
            return False
        if is_human(item.key, data):
            return True
    return False


def _role(items: Sequence[Token], data: Grammar, *, sure: bool = False) -> Iterator[Role]:
    """Yield the role of a noun phrase without its article: its noun, and all that says which.

    ``sure``: only a noun of the lists is one.
    """
    head, more = "", []
    cut = False
    for item in items:
        if head and not cut and item.key in data.verbs:
            return  # "on Vorsk, a senior official said"
        opens = data.is_a("determiners", item.key)
        if (not item.word and item.text not in "-’'") or (head and opens and not cut):
            break
        if data.is_a("relative", item.key) and not opens:
            break
        cut = cut or data.is_a("prepositions", item.key)
        if item.word and not data.is_a("prepositions", item.key) and not data.is_a("determiners", item.key):
            more.append(item.key.removesuffix("'s"))
            if not cut and (not item.capital or data.capital_nouns):
                head = item.key
    human = is_human(head, data) or (not sure and head.endswith(data.human_endings))
    if head and (human or not (cut or sure)):
        yield head, tuple(word for word in more if word != head)


def _opens_role(item: Token, data: Grammar) -> bool:
    """Whether a role may begin at a token: an article, "its", "the bank's"."""
    return data.is_a("determiners", item.key) or bool(POSSESSIVE.search(item.key))
