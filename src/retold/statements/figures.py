"""Who is spoken of in an article: persons, and whoever has no name, by the nouns that stand for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from retold.model.records import SpeakerKind
from retold.statements.cast import Cast, Person, person_of
from retold.statements.grammar import Grammar
from retold.statements.mentions import Mention
from retold.statements.names import INNER, Name
from retold.statements.people import adjectives, is_human, people, sexes
from retold.text.names import known
from retold.text.words import Token

MOST = 16  # figures of one noun that are looked at
SHORTEST = 2  # letters of an abbreviation


@dataclass
class Figure:
    """Somebody or something that speaks, or is spoken of.

    ``single``: one human being; ``evidence``: what shows a woman or a man; ``sure``: nothing else can be meant by the
    name than a person; ``more``: the words beside the noun that say which one it is.
    """

    name: str
    kind: SpeakerKind
    single: bool
    evidence: set[str] = field(default_factory=set)
    sure: bool = True
    more: frozenset[str] = frozenset()
    mentions: list[Mention] = field(default_factory=list)
    spoke: int = 0  # how often it is a source
    named: bool = False
    maybe: bool = False  # of one word, and perhaps a person's

    @property
    def key(self) -> tuple[str, int]:
        """What one pass over the article and the next know the figure by."""
        return (self.name, -1) if self.named or not self.mentions else ("", self.mentions[0].start)


class Figures:
    """The figures of an article, found by a name or a noun; each question looks at a bounded number of them."""

    def __init__(self, cast: Cast, data: Grammar, voted: frozenset[str] = frozenset()) -> None:
        self.cast, self.data, self.voted = cast, data, voted
        self.known = people(data.code)
        self.persons: dict[str, Figure] = {}
        self.bodies: dict[str, Figure] = {}
        self.by_head: dict[str, list[Figure]] = defaultdict(list)
        self.long = self._long_names()
        self.firm = self._firm()

    # names

    def named(self, name: Name) -> tuple[Figure, str]:
        """The figure that a name means, and why."""
        person = person_of(self.cast, name)
        if person is not None:
            return self.person(person), "name" if name.words == person.words else "shorter name"
        if len(name.words) == 1 and self.cast.by_last.get(name.words[0].casefold()):
            made = Figure(
                name.text, "person", single=True, named=True
            )  # two have the name, and nothing says which is meant
            return self.persons.setdefault(name.text, made), "as written"
        return self.body(name)

    def person(self, person: Person) -> Figure:
        """The figure of a person."""
        made = Figure(person.name, "person", single=True, evidence=person.sexes, sure=person.is_sure, named=True)
        return self.persons.setdefault(person.name, made)

    def body(self, name: Name) -> tuple[Figure, str]:
        """The figure of a name that is no person's, by its fullest form."""
        full = self.fullest(name)
        figure = self.bodies.get(full.casefold())
        if figure is None:
            last = full.split()[-1].casefold()
            paper = last in self.data.documents and not self.data.is_a("organisations", last)
            kind: SpeakerKind = "document" if paper else "organisation"
            sure = full.casefold() in self.firm and full.casefold() not in adjectives(self.data.code)
            figure = self.bodies[full.casefold()] = Figure(full, kind, single=False, sure=sure, named=True)
            figure.maybe = self.may_be_human(name)
            if full in self.voted and figure.maybe:
                figure.kind, figure.single = "person", True
            words = full.split()
            head = _head(words)
            figure.more = frozenset(word.casefold() for word in words if word.casefold() != head)
            self.by_head[head].append(figure)
        return figure, "name" if full == name.text else "shorter name"

    def may_be_human(self, name: Name) -> bool:
        """Whether a name of one word may be a person's ("Kassius"): nothing shows a place, a body or a letter word."""
        word = name.words[0]
        plain = len(name.words) == 1 and word.isalpha() and not word.isupper() and not name.definite
        folded = word.casefold()
        shown = name.thing or folded in self.known.unlike or folded in adjectives(self.data.code)
        if shown or self.data.is_a("organisations", folded) or known(word) is not None:
            return False
        return plain and folded in self.firm and word not in self.cast.places

    def fullest(self, name: Name) -> str:
        """The one longer name that a word stands for ("the Bureau" or "CHB" of "Crop Health Bureau"), or the name."""
        if len(name.words) > 1 or not (name.definite or name.words[0].isupper()):
            return name.text
        longer = self.long.get(name.words[0].casefold(), ())
        return longer[0] if len(longer) == 1 else name.text

    def _long_names(self) -> dict[str, list[str]]:
        """The last word of each longer name, and the letters it is shortened to -> the names."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.cast.names:
            if len(name.words) > 1 and name.text not in self.cast.full:
                letters = "".join(word[0] for word in name.words if word[0].isupper()).casefold()
                last = _head(name.words)
                for short in sorted({letters, *([last] if self.data.is_a("organisations", last) else [])}):
                    if len(short) >= SHORTEST and name.text not in found[short] and len(found[short]) < MOST:
                        found[short].append(name.text)
        return found

    def _firm(self) -> set[str]:
        """The names that no start of a sentence makes: of two words, or with a capital inside, never without one."""
        small = {item.key for items in self.cast.tokens for item in items if item.word and not item.capital}
        kept = (one for one in self.cast.names if len(one.words) > 1 or not one.first)
        return {one.text.casefold() for one in kept if len(one.words) > 1 or one.words[0].casefold() not in small}

    # nouns

    def by_noun(self, mention: Mention, written: str) -> tuple[Figure, str]:
        """The figure that a noun phrase means: one met before where it is definite, else a new one."""
        kind = self.kind(mention.words, mention.head)
        if mention.label or self.is_definite(mention.words):
            found = self.holder(mention) if kind in ("role", "anonymous") else None
            if found is not None:
                return found, "role"
            if (earlier := self.earlier(mention, kind)) is not None:
                self.lengthen(earlier, mention, written)
                return earlier, "shorter form"
        figure = Figure(written, kind, self.is_single(mention, kind), self.shown(mention), more=self.more(mention))
        self.by_head[mention.head].append(figure)
        return figure, "as written"

    def takes_up(self, mention: Mention) -> bool:
        """Whether a phrase takes up somebody met before, and nobody is known by its noun."""
        if not mention.words:
            return False
        known = self.known.again | self.known.bodies | self.data.words["anonymous"]
        owned = any(item.key.endswith(("'s", "s'")) for item in mention.words)
        the = mention.label or mention.words[0].text.casefold() in self.known.the
        if mention.head not in known or not the or owned or _is_plural(mention.head):
            return False
        if any(not word.isdecimal() for word in self.more(mention)):
            return False
        return self.holder(mention) is None and self.earlier(mention, self.kind(mention.words, mention.head)) is None

    def is_firm(self, figure: Figure) -> bool:
        """Whether a name says itself that it is an organisation's ("Postline ASA", "Parallax Labs")."""
        last = figure.name.split()[-1].casefold()
        return last in self.known.firms or self.data.is_a("organisations", last)

    def may_be(self, figure: Figure, head: str) -> bool:
        """Whether a name does not say itself that it is something else ("the company" is no "Alliance")."""
        last = _head(figure.name.split())
        told = known(figure.name)
        placed = told is not None and told[1] in ("exonym", "rename")
        return last == head or not (placed or self.data.is_a("organisations", last))

    def is_owned(self, mention: Mention) -> bool:
        """Whether a phrase says whose it is ("its report", "Holm's letter"), which may be another each time."""
        pronouns = ("he", "she", "it", "they", "i", "we")
        owner = any(self.data.is_a(kind, mention.words[0].key) for kind in pronouns)
        return owner or any(item.key.endswith(("'s", "s'")) for item in mention.words)

    def lengthen(self, figure: Figure, mention: Mention, written: str) -> None:
        """Call a figure that has no name by a fuller form ("the government", later "the Chinese government")."""
        more = self.more(mention)
        if figure.kind == "organisation" and _bare(written, self.known.the).startswith(f"{figure.name} "):
            figure.name = _bare(written, self.known.the)  # "Observatory for Coasts" of "Observatory"
        if more and not figure.more and figure.name.casefold() not in self.bodies and figure.kind != "anonymous":
            figure.name, figure.more = written, more

    def holder(self, mention: Mention) -> Figure | None:
        """The person who has a role: the one named last before here, else the only one of the article."""
        more = self.more(mention)
        fits = [one for one in self.cast.by_role.get(mention.head, ())[:MOST] if _agree(more, one.roles[mention.head])]
        earlier = [one for one in fits if one.first < mention.start]
        if not earlier:
            return self.person(fits[0]) if len(fits) == 1 else None
        return self.person(max(earlier, key=lambda one: one.last_before(mention.start)))

    def earlier(self, mention: Mention, kind: SpeakerKind) -> Figure | None:
        """The last figure met by the same noun whose other words do not say that it is another."""
        more = self.more(mention)
        if kind == "document" and self.is_owned(mention):
            return None
        for figure in reversed(self.by_head.get(mention.head, [])[-MOST:]):
            alike = figure.kind == kind or {figure.kind, kind} <= {"role", "anonymous", "organisation"}
            if alike and figure.sure and _agree(more, figure.more) and not (mention.label and figure.named):
                return figure
        return None

    def more(self, mention: Mention) -> frozenset[str]:
        """The words of a phrase that say which one is meant."""
        small = ("determiners", "prepositions", "relative", "and")
        words = []
        for item in mention.words:
            if item.text == "," or self.data.is_a("relative", item.key):
                break
            word = item.text.casefold() if item.text.isupper() else item.key
            if item.word and not any(self.data.is_a(kind, word) for kind in small):
                words.append(word.removesuffix("'s"))
        return frozenset(words) - {mention.head} - self.known.same

    def shown(self, mention: Mention) -> set[str]:
        """What a phrase shows of who is a woman and who a man: its noun, and in some languages its article."""
        found = sexes((mention.head,), self.data)
        first = mention.words[0].key if mention.words else ""
        shown = {sex for sex, articles in self.known.articles.items() if first in articles}
        return found or (shown if is_human(mention.head, self.data) else set())

    def is_single(self, mention: Mention, kind: SpeakerKind) -> bool:
        """Whether a phrase means one human being."""
        head = mention.head
        human = is_human(head, self.data) or self.data.is_a("anonymous", head) or head.endswith(self.data.human_endings)
        return kind in ("role", "anonymous") and human and not _is_plural(head)

    def is_definite(self, words: Sequence[Token]) -> bool:
        """Whether a phrase says by its first word that it means somebody known: "the", "her", "Holm's"."""
        if not words or self.data.is_a("indefinite", words[0].key):
            return False
        if not self.known.the:  # a language without articles
            return True
        first = words[0].text.casefold()
        owned = any(item.key.endswith(("'s", "s'")) for item in words)
        return owned or self.data.is_a("determiners", first)

    def is_noun(self, head: str) -> bool:
        """Whether a capital is no name's: of what people are called, or of any noun in German."""
        return self.data.capital_nouns or is_human(head, self.data)

    def kind(self, words: Sequence[Token], head: str) -> SpeakerKind:
        """What kind of speaker a noun phrase means."""
        comma = next((at for at, item in enumerate(words) if item.text == ","), len(words))
        words = words[:comma]
        indefinite = bool(words) and self.data.is_a("indefinite", words[0].key)
        if head in self.data.documents:
            return "document"
        shouted = all(token.text.isupper() for token in words if token.word)
        named = bool(words) and words[-1].capital and words[0].capital and not indefinite and not shouted
        if self.data.is_a("organisations", head) or (named and not self.is_noun(head)):
            return "organisation"
        if indefinite or self.data.is_a("anonymous", head):
            return "anonymous"
        return "group" if _is_plural(head) else "role"


def _is_plural(head: str) -> bool:
    return head.endswith("s") and not head.endswith("ss")


def _bare(written: str, articles: frozenset[str]) -> str:
    """A written form without its article."""
    first, _, rest = written.partition(" ")
    return rest if first.casefold() in articles else written


def _head(words: Sequence[str]) -> str:
    """The word of an organisation's name that says what it is: its last, or the one before "of" ("Ministry of ...")."""
    inner = next((place for place, word in enumerate(words) if place and word in INNER), len(words))
    return words[inner - 1].casefold()


def _agree(asked: frozenset[str], known: set[str] | frozenset[str]) -> bool:
    """Whether the words beside two nouns do not contradict each other: one has none, or they share one."""
    return not asked or not known or bool(asked & known)
