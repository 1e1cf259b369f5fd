"""How a language reports speech: its cue verbs with what may be their content, and the small words around them.

The data stand in ``text/languages/cues_XX.toml``, which tells what the frames mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from retold.model.records import CueClass
from retold.text.languages import language, load
from retold.text.words import key

CUED = ("en", "de", "fr", "es", "ru")
SOURCE_SETS = (
    "documents", "organisations", "women", "men", "he", "she", "it", "they", "i", "we", "indefinite", "anonymous",
    "company",
)  # fmt: skip
WORD_SETS = (
    "that", "to", "by", "like", "and", "but", "wh", "relative", "be", "have", "do", "modal", "negative", "determiners",
    "prepositions", "joining", "subordinators", "adverbs", "subjects", "objects", "calendar", "hearsay",
    "single", "asides", "occasions", "nobody", "at", "nouns", "participles", "topics", "lasting", "places",
    "plain_verbs",
)  # fmt: skip


@dataclass
class Verb:
    """A cue verb: the class of each of its frames, and of each preposition that begins a content."""

    frames: dict[str, CueClass] = field(default_factory=dict)
    prepositions: dict[str, CueClass] = field(default_factory=dict)
    documents: dict[str, CueClass] = field(default_factory=dict)  # frames that hold where a document is the source

    @property
    def says(self) -> bool:
        """Whether the verb shows a statement without a particle behind it."""
        return bool(self.frames or self.prepositions or self.documents)

    def usual(self) -> CueClass:
        """The class that the verb has first of all."""
        return next(iter((*self.frames.values(), *self.prepositions.values(), *self.documents.values())), "say")


@dataclass(frozen=True)
class Form:
    """A verb in one of its forms."""

    verb: Verb
    finite: bool = False
    gerund: bool = False
    participle: bool = False
    base: bool = False  # the form that needs a plural or an auxiliary before it, and is often a noun, too
    particles: tuple[tuple[tuple[str, ...], Verb], ...] = ()  # "point out": another verb, the longest particles first


@dataclass(frozen=True)
class Grammar:
    """One language's cue verbs and small words, by their normal forms; all empty for a language without data."""

    code: str
    words: Mapping[str, frozenset[str]]
    contracted: Mapping[str, str]  # a modal verb with its "not" -> the verb
    forms: Mapping[str, Form]
    heads: Mapping[str, CueClass | None]  # verbs that govern a cue verb -> the class they give it
    according: Mapping[str, tuple[tuple[str, ...], ...]]  # first word -> phrases before a source, the longest first
    behind: Mapping[str, tuple[tuple[str, ...], ...]]  # the same for phrases behind a source
    documents: frozenset[str]
    adverb_endings: tuple[str, ...]
    participle_endings: tuple[str, ...]
    gerund_endings: tuple[str, ...]
    human_endings: tuple[str, ...]
    inverts: bool  # the subject may stand behind its verb before what is said ("Gestern sagte der Minister, ...")
    capital_nouns: bool  # every noun has a capital, as in German
    comma_clauses: bool  # a comma alone may open what is said ("sagte, er komme")
    verbs: frozenset[str]  # forms that are surely verbs: of irregular verbs, auxiliaries, cue verbs

    def is_a(self, kind: str, word: str) -> bool:
        """Whether a word in its normal form belongs to a set of small words."""
        return word in self.words[kind]


@cache
def grammar(code: str) -> Grammar:
    """Return the grammar of reported speech of a language; an empty one where it has no data."""
    data = load(f"cues_{code}.toml") if code in CUED else {}
    told = data.get("grammar", {})
    forms = _forms(data.get("verbs", []), code)
    usual = language(code)
    time = frozenset(key(word, code) for word in told.get("calendar", [])) | set(usual.weekdays) | set(usual.months)
    words = {kind: frozenset(key(word, code) for word in told.get(kind, [])) for kind in WORD_SETS}
    sources = data.get("sources", {})
    words |= {kind: frozenset(key(word, code) for word in sources.get(kind, [])) for kind in SOURCE_SETS}
    helpers = words["be"] | words["have"] | words["do"] | words["modal"]
    return Grammar(
        code=code,
        words={**words, "calendar": time},
        contracted=told.get("contracted", {}),
        forms=forms,
        heads=_heads(told.get("heads", {}), code),
        according=_phrases(data.get("according", {}).get("before", []), code),
        behind=_phrases(data.get("according", {}).get("after", []), code),
        documents=words["documents"],
        adverb_endings=tuple(told.get("adverb_endings", [])),
        participle_endings=tuple(told.get("participle_endings", [])),
        inverts=told.get("inverts", False),
        capital_nouns=told.get("capital_nouns", False),
        comma_clauses=told.get("comma_clauses", False),
        human_endings=tuple(data.get("sources", {}).get("human_endings", [])),
        gerund_endings=tuple(told.get("gerund_endings", [])),
        verbs=helpers | {word for word, form in forms.items() if form.finite} | set(usual.tense) | words["plain_verbs"],
    )


def _heads(told: Mapping[str, list[str]], code: str) -> dict[str, CueClass | None]:
    gives: dict[str, CueClass | None] = {"decline": "deny", "refuse": "deny"}
    return {key(word, code): gives.get(kind) for kind, words in told.items() for word in words}


def _forms(tables: list[dict[str, Any]], code: str) -> dict[str, Form]:
    verbs: dict[tuple[str, ...], Verb] = {}
    written: dict[str, list[frozenset[str]]] = {}
    particles: dict[str, set[tuple[str, ...]]] = {}
    for table in tables:
        for line in table["forms"]:
            name = line.split("|")[0].split()[0]
            kinds = [frozenset(key(word, code) for word in part.split()) for part in f"{line}||".split("|")[:3]]
            written.setdefault(name, kinds)
            for follows in table.get("particles", [""]):
                words = tuple(key(word, code) for word in follows.split())
                _add(verbs.setdefault((name, *words), Verb()), table)
                if words:
                    particles.setdefault(name, set()).add(words)
    found: dict[str, Form] = {}
    for name, (finite, gerunds, participles) in written.items():
        longer = sorted(particles.get(name, ()), key=lambda words: (-len(words), words))
        more = tuple((words, verbs[name, *words]) for words in longer)
        verb = verbs.get((name,), Verb())
        for word in sorted(finite | gerunds | participles):
            base = word == key(name, code) and word not in participles and bool(gerunds)
            found.setdefault(word, Form(verb, word in finite, word in gerunds, word in participles, base, more))
    return found


def _add(verb: Verb, table: dict[str, Any]) -> None:
    """Give a verb the frames of a table, but none that it has already."""
    frames = verb.documents if "doc" in table["frames"] else verb.frames
    for frame in table["frames"]:
        name, _, listed = frame.partition("=")
        if name == "prep":
            for word in listed.split(","):
                verb.prepositions.setdefault(word, table["class"])
        elif name != "doc":
            frames.setdefault(name, table["class"])


def _phrases(written: list[str], code: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in written:
        words = tuple(key(word, code) for word in phrase.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(phrases, key=lambda words: (-len(words), words))) for first, phrases in found.items()}
