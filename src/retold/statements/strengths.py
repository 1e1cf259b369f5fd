"""How strong a cue is: its class, and within a class whether the verb hints, states or insists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from retold.model.records import CueClass
from retold.statements.grammar import Verb, grammar
from retold.statements.records import Statement
from retold.text.languages import load
from retold.text.words import key, stem, tokens

PLAIN = {"say": "say", "show": "say"}  # a document shows what it says


def strength(text: str, statement: Statement, code: str) -> tuple[str, str]:
    """Return the class of a statement's cue and the strength of its verb ("say", "weak")."""
    told = _strengths(code)
    verbs = cue_stems(text, statement, code)
    found = next((told[word] for word in verbs if word in told), "plain")
    kind = _class(verbs, statement.cue_class, code)
    return PLAIN.get(kind, kind), found


def _class(verbs: Sequence[str], given: CueClass, code: str) -> CueClass:
    """The class that was read, unless the cue's verb never has it: then the verb's own."""
    forms = grammar(code).forms
    known = [forms[word].verb for word in verbs if word in forms and forms[word].verb.says]
    if not known or any(given in _classes(verb) for verb in known):
        return given
    return known[0].usual()


def _classes(verb: Verb) -> set[CueClass]:
    return {*verb.frames.values(), *verb.prepositions.values(), *verb.documents.values()}


def cue_stems(text: str, statement: Statement, code: str) -> tuple[str, ...]:
    """Return the words of a cue by what their forms share: one verb, whatever its tense."""
    items = [token for start, end in statement.cue for token in tokens(text, code, start=start, end=end)]
    return tuple([_verb(token.key, code) for token in items if token.word])


@cache
def _strengths(code: str) -> dict[str, str]:
    """Every form of the listed verbs -> its strength."""
    listed = load("strengths.toml").get(code, {})
    return {_verb(key(word, code), code): kind for kind, words in listed.items() for word in words}


@cache
def _lemmas(code: str) -> dict[str, str]:
    """Each form of a cue verb -> the first form of that verb."""
    found: dict[str, str] = {}
    first: dict[int, str] = {}
    for word, form in sorted(grammar(code).forms.items(), key=lambda pair: (not pair[1].base, pair[0])):
        found[word] = first.setdefault(id(form.verb), word)
    return found


def _verb(word: str, code: str) -> str:
    return _lemmas(code).get(word) or stem(word, code)
