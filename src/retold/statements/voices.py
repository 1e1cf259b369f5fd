"""Who speaks, across versions: callings are joined with a rule and a witness, each kept as evidence, or stay apart.

An anonymous source is never joined with a named one, and no two full names of one version are. Those that only stand
for one another (Moscow, the Kremlin) stay voices of their own and are linked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from retold.model.identity import identify
from retold.model.records import COMPARED, Version
from retold.statements.callings import (
    NAMED,
    Calling,
    head,
    is_near,
    same_by_name,
    same_by_witness,
    same_surname,
)
from retold.statements.cast import cast
from retold.statements.entries import Mention, Voice
from retold.statements.grammar import grammar
from retold.statements.kinship import Bond
from retold.statements.metonyms import power
from retold.statements.records import Speaker
from retold.text.languages import language

MOST = 24  # names of one sound that are compared with one another


class Voices:
    """The voices of a story; ``of[version][statement]`` is the calling that makes a statement, None if unresolved."""

    def __init__(self, versions: Sequence[Version], spoken: Sequence[Sequence[Speaker | None]]) -> None:
        self.versions = versions
        self.callings: list[Calling] = []
        self.of: list[list[int | None]] = [[] for _ in versions]
        self.rules: defaultdict[int, set[str]] = defaultdict(set)
        self._bonds: dict[tuple[int, int], Bond] = {}
        self._profiles: dict[int, Calling] = {}
        self._collect(spoken)
        self.parent = list(range(len(self.callings)))
        self.members = {at: [at] for at in self.parent}
        self._join_by_name()
        self.powers = self._powers()

    def _collect(self, spoken: Sequence[Sequence[Speaker | None]]) -> None:
        """Make one calling of what a version calls by one name, in an order that the versions' order does not touch."""
        made: dict[tuple[int, str, str], Calling] = {}
        for version, speakers in enumerate(spoken):
            for speaker in speakers:
                if speaker is not None and self._is_resolved(version, speaker):
                    self._note(made, version, speaker)
        names = sorted(made, key=lambda name: (name[2], name[1], self.versions[name[0]].id, name[0]))
        place = {name: at for at, name in enumerate(names)}
        self.callings = [made[name] for name in names]
        for version, speakers in enumerate(spoken):
            for speaker in speakers:
                name = None if speaker is None else (version, speaker.kind, speaker.name)
                self.of[version].append(None if name is None else place.get(name))
        self._give_roles()

    def _is_resolved(self, version: int, speaker: Speaker) -> bool:
        """Whether a speaker is more than a pronoun: "each" and "some of them" name nobody."""
        if not speaker.name or speaker.kind == "pronoun":
            return False
        data = language(self.versions[version].language)
        return any(
            word.casefold() not in data.stopwords or (len(word) > 1 and word.isupper()) for word in speaker.name.split()
        )

    def _note(self, made: dict[tuple[int, str, str], Calling], version: int, speaker: Speaker) -> None:
        name = (version, speaker.kind, speaker.name)
        source = self.versions[version]
        calling = made.setdefault(name, Calling(version, speaker.name, speaker.kind, source.language))
        for start, end in speaker.mentions:
            if (start, end) not in calling.mentions:
                calling.mentions.append((start, end))
                calling.phrases.append(source.text[start:end])

    def _give_roles(self) -> None:
        """Give the persons the roles that stand beside their names in their own version."""
        persons: dict[tuple[int, str], set[str]] = {}
        for version in sorted({one.version for one in self.callings if one.kind == "person"}):
            source = self.versions[version]
            paragraphs = [(block.start, block.end) for block in source.blocks if block.kind in COMPARED]
            for person in cast(source.text, paragraphs, grammar(source.language)).persons:
                persons.setdefault((version, person.name), set()).update(person.roles)
        for calling in self.callings:
            calling.roles |= persons.get((calling.version, calling.name), set())

    # joining

    def root(self, at: int) -> int:
        """The calling that leads a voice."""
        while self.parent[at] != at:
            self.parent[at] = self.parent[self.parent[at]]
            at = self.parent[at]
        return at

    def _join_by_name(self) -> None:
        named = [at for at, one in enumerate(self.callings) if one.kind in NAMED and not one.is_bare]
        named = self._join_equal(named)
        pairs = list(self._pairs(named))
        for one, other in pairs:
            self._join(one, other, same_by_name(self.callings[one], self.callings[other]))
        for one, other in pairs:
            if self.root(one) != self.root(other):
                why = same_by_witness(self.callings[one], self.callings[other], aligned=False)
                self._join(one, other, why)
        self._join_surnames(named)

    def _join_equal(self, named: Sequence[int]) -> list[int]:
        """Join the callings of one key; return one of each spelling and version that has roles of its own."""
        first: dict[str, int] = {}
        kept: dict[tuple[str, frozenset[str]], int] = {}
        for at in named:
            one = self.callings[at]
            lead = first.setdefault(one.key, at)
            if lead != at:
                self._join(lead, at, same_by_name(self.callings[lead], one))
            kept.setdefault((one.name, frozenset(one.roles)), at)
        return sorted(kept.values())

    def _pairs(self, named: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the callings that may be one: those with a word of one sound, or a name known by data."""
        index: defaultdict[str, list[int]] = defaultdict(list)
        for at in named:
            for key in sorted(_handles(self.callings[at])):
                index[key].append(at)
        pairs = {pair for found in index.values() for pair in combinations(_spread(found), 2)}
        yield from sorted(pairs)

    def _join_surnames(self, named: Sequence[int]) -> None:
        """Join a surname that stands alone with the one full name that has it, in all versions together."""
        persons = [at for at in named if self.callings[at].kind == "person"]
        by_sound: defaultdict[str, list[int]] = defaultdict(list)
        for at in persons:
            by_sound[_skeleton(self.callings[at])].append(at)
        for short in persons:
            if len(self.callings[short].words) == 1:
                near = by_sound[_skeleton(self.callings[short])][:MOST]
                fits = [at for at in near if same_surname(self.callings[short], self.callings[at])]
                roots = sorted({self.root(at) for at in fits})
                if len(roots) == 1:
                    full = self.callings[fits[0]].name
                    self._join(short, roots[0], f"the only {self.callings[short].name} of the story: {full}")

    def join_aligned(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Join callings that are given the same statement, where that is the witness that a rule asks for."""
        for one, other in sorted({(min(pair), max(pair)) for pair in pairs}):
            if self.root(one) != self.root(other):
                self._join(one, other, same_by_witness(self.profile(one), self.profile(other), aligned=True))
        self.powers = self._powers()
        self._bonds.clear()

    def _join(self, one: int, other: int, why: str | None) -> None:
        """Join two voices for a reason; not where one version has two full names for them."""
        mine, yours = sorted((self.root(one), self.root(other)))
        if why is None:
            return
        if mine == yours:
            self.rules[mine].add(why)
            return
        if self._apart(mine, yours):
            return
        self.parent[yours] = mine
        self.members[mine] += self.members.pop(yours)
        self.rules[mine] |= {why} | self.rules.pop(yours, set())
        self._profiles.pop(mine, None)

    def _apart(self, one: int, other: int) -> bool:
        mine = [self.callings[at] for at in self.members[one]]
        yours = [self.callings[at] for at in self.members[other]]
        if any(each.kind == "anonymous" for each in mine) != any(each.kind == "anonymous" for each in yours):
            return True
        told = {each.version: each for each in mine if each.is_full}
        return any(each.is_full and each.version in told and each.key != told[each.version].key for each in yours)

    # relations

    def _powers(self) -> dict[int, str]:
        """Each voice -> the power for which it stands."""
        found = {}
        for at, members in self.members.items():
            name = power(self.callings[member] for member in members)
            if name is not None:
                found[at] = name
        return found

    def is_power(self, at: int) -> bool:
        """Whether a calling's voice stands for a power, as others do."""
        return self.root(at) in self.powers

    def bond(self, one: int | None, other: int | None) -> Bond:
        """How two callings' voices stand to each other."""
        if one is None or other is None:
            return Bond.OPEN
        pair = (one, other) if one < other else (other, one)
        if pair not in self._bonds:
            self._bonds[pair] = self._bond(*pair)
        return self._bonds[pair]

    def _bond(self, one: int, other: int) -> Bond:
        mine, yours = self.root(one), self.root(other)
        if mine == yours:
            return Bond.SAME
        if mine in self.powers and self.powers[mine] == self.powers.get(yours):
            return Bond.LINKED
        return _bond(self.profile(one), self.profile(other))

    def profile(self, at: int) -> Calling:
        """A calling's voice as one calling: the fullest name, with all that the versions say beside it."""
        root = self.root(at)
        if root not in self._profiles:
            mine = [self.callings[member] for member in self.members[root]]
            lead = self._lead(root)
            made = Calling(lead.version, lead.name, lead.kind, lead.code)
            made.phrases = sorted({phrase for one in mine for phrase in one.phrases})
            made.roles = {role for one in mine for role in one.roles}
            self._profiles[root] = made
        return self._profiles[root]

    # answers

    def made(self) -> tuple[tuple[Voice, ...], list[str]]:
        """The voices, by name, and of each calling the id of its voice."""
        roots = sorted({self.root(at) for at in range(len(self.callings))})
        ids = {root: self._id(root) for root in roots}
        by_power: defaultdict[str, list[int]] = defaultdict(list)
        for root, name in self.powers.items():
            by_power[name].append(root)
        linked = {root: [each for each in group if each != root] for group in by_power.values() for root in group}
        voices = [self._voice(root, ids, linked.get(root, [])) for root in roots]
        order = sorted(voices, key=lambda voice: (voice.name.casefold(), voice.name, voice.id))
        return tuple(order), [ids[self.root(at)] for at in range(len(self.callings))]

    def _lead(self, root: int) -> Calling:
        """The fullest calling of a voice: most words, then most versions, then by its letters."""
        mine = [self.callings[at] for at in self.members[root]]
        usual: defaultdict[str, int] = defaultdict(int)
        for one in mine:
            usual[one.name] += 1
        ranked = sorted(mine, key=lambda one: (one.kind != "person", -len(one.words), -usual[one.name], one.name))
        return ranked[0]

    def _id(self, root: int) -> str:
        lead = self._lead(root)
        own = () if lead.kind in NAMED and not lead.is_bare else self._homes(root)
        return identify("voice", lead.key, *own)

    def _homes(self, root: int) -> Sequence[str]:
        """What tells one anonymous voice from another of the same words: the versions that have it."""
        return sorted({self.versions[self.callings[at].version].id for at in self.members[root]})

    def _voice(self, root: int, ids: dict[int, str], linked: Sequence[int]) -> Voice:
        lead = self._lead(root)
        mentions = {
            (one.version, span) for at in self.members[root] for one in [self.callings[at]] for span in one.mentions
        }
        return Voice(
            id=ids[root],
            name=lead.name,
            kind=lead.kind,
            mentions=tuple(Mention(*mention) for mention in sorted(mentions)),
            rules=tuple(sorted(self.rules.get(root, ()))),
            speaks_for=tuple(sorted({ids[each] for each in linked} - {ids[root]})),
        )


def _bond(mine: Calling, yours: Calling) -> Bond:
    """How two callings stand to each other that are not one voice's."""
    if is_near(mine, yours):
        return Bond.LINKED
    if "anonymous" in (mine.kind, yours.kind):
        return Bond.HIDDEN
    role, other = (mine, yours) if mine.kind == "role" else (yours, mine)
    if role.kind == "role" and other.kind == "person":
        return Bond.LINKED if head(role) in other.roles else Bond.OPEN
    return Bond.OTHER


def _handles(one: Calling) -> set[str]:
    """By what a calling is looked up: its key; a person's last name without vowels, and without each letter."""
    if one.kind != "person":
        letters = "".join(word[0] for word in one.words if word[:1].isupper()).casefold()
        return {one.key, f"~{letters}"} if len(letters) > 1 else {one.key, f"~{one.key.replace('.', '')}"}
    last = one.words[-1].casefold()
    less = {f"-{last[:at]}{last[at + 1 :]}" for at in range(1, len(last))} if len(last) <= 24 else set()
    return {one.key, f"={_skeleton(one)}", f"-{last}", *less}


def _skeleton(one: Calling) -> str:
    """The consonants of a last name, by their sound."""
    heard = one.sounds[-1].replace("g", "h")
    return heard[:1] + "".join(letter for letter in heard[1:] if letter not in "aeiou")


def _spread(found: Sequence[int]) -> Sequence[int]:
    """The callings under one handle that are compared: all, or the first where there are very many."""
    return found[:MOST]


def voices(versions: Sequence[Version], spoken: Sequence[Sequence[Speaker | None]]) -> tuple[Voice, ...]:
    """Return the voices of the versions' speakers, joined by their names alone.

    ``spoken[i]`` are the speakers of version i, one for each statement. With the statements at hand ``ledger`` joins
    more, for an aligned statement is a witness.
    """
    return Voices(versions, spoken).made()[0]


__all__ = ["Mention", "Voice", "Voices", "voices"]
