"""The verb groups of a sentence that show that something is said: "has denied", "declined to say", "was told"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from retold.model.records import CueClass
from retold.statements.grammar import Form, Verb
from retold.statements.sentence import Sentence

WIDEST = 8  # items before the verb that may belong to its group


@dataclass(frozen=True)
class Group:
    """A verb group ``items[first:last]``, its verb at ``at``.

    ``governed``: the class that a verb above it gives ("declined to say"); ``gerund`` and ``passive`` say how it
    stands; ``shared``: it has no subject of its own place ("and warned", ", adding").
    """

    first: int
    last: int
    at: int
    verb: Verb
    negated: bool
    gerund: bool
    passive: bool
    governed: CueClass | None
    bare: bool  # one word, without auxiliaries


def groups(sentence: Sentence) -> Iterator[Group]:
    """Yield the verb groups of a sentence that may show a statement."""
    forms = sentence.grammar.forms
    for place, item in enumerate(sentence.items):
        form = forms.get(item.key) if item.word else None
        if form is not None and not (item.capital and place):
            group = _group(sentence, place, form)
            if group is not None:
                yield group


def _group(sentence: Sentence, at: int, form: Form) -> Group | None:
    verb, last = _with_particle(sentence, at, form)
    if verb is None or _is_noun(sentence, at, form):
        return None
    first, negated, helpers, governed, plain = at, False, [], None, True
    here = at - 1
    while here >= 0 and at - here <= WIDEST:
        word = sentence.key(here)
        if any(sentence.is_a(kind, here) for kind in ("be", "have", "do", "modal")):
            helpers.append(here)
            negated ^= sentence.is_a("negative", here)
            first, plain = here, False
        elif sentence.is_a("negative", here):
            negated, first, plain = not negated, here, False
        elif sentence.is_a("to", here):
            head = _head(sentence, here)
            if head is None:
                return None
            governed = sentence.grammar.heads[sentence.key(head)] or governed
            first, plain = head, False
            here = head
        elif (
            form.gerund
            and here == at - 1
            and word in sentence.grammar.heads
            and not sentence.is_a("prepositions", here)
        ):
            first, plain = here, False
        elif not sentence.is_adverb(here):
            break
        here -= 1
    if len(helpers) > 1 and sentence.is_a("have", helpers[0]) and sentence.is_a("modal", helpers[-1]):
        return None  # "would have welcomed"
    be = bool(helpers) and sentence.is_a("be", helpers[0])
    gerund = form.gerund and not helpers and plain
    passive = be and form.participle and not form.gerund
    if not form.gerund and not form.finite and not helpers:
        return None  # "a letter written by"
    if passive and not _may_be_passive(verb):
        return None
    return Group(first, last, at, verb, negated, gerund, passive, governed, plain)


def _may_be_passive(verb: Verb) -> bool:
    return "passive" in verb.frames


def _with_particle(sentence: Sentence, at: int, form: Form) -> tuple[Verb | None, int]:
    """The verb with the particles that follow it, and where they end; None where the verb is none without them."""
    for words, verb in form.particles:
        if tuple(sentence.key(at + 1 + number) for number in range(len(words))) == words:
            return verb, at + 1 + len(words)
    return (form.verb if form.verb.says else None), at + 1


def _head(sentence: Sentence, to: int) -> int | None:
    """Where the verb stands that governs an infinitive ("declined" of "declined to say"), or None."""
    here = to - 1
    while here > 0 and sentence.is_adverb(here) and sentence.key(here) not in sentence.grammar.heads:
        here -= 1
    return here if here >= 0 and sentence.key(here) in sentence.grammar.heads else None


def _is_single(sentence: Sentence, at: int) -> bool:
    """Whether "a" or "this" stands a few words before: no subject of a plural verb ("a three-line note")."""
    for place in range(at - 2, max(-1, at - 5), -1):
        if not sentence.items[place].word and sentence.items[place].text not in "-–":
            return False
        if sentence.is_a("single", place):
            return not any(sentence.is_a(kind, at - 1) for kind in ("modal", "to", "do", "subjects"))
        if any(sentence.is_a(kind, place) for kind in ("prepositions", "modal", "to", "do", "relative")):
            return False
    return False


def _is_noun(sentence: Sentence, at: int, form: Form) -> bool:
    """Whether a word that may be a verb is a noun here: something that only a noun has stands before it."""
    before = sentence.key(at - 1)
    owned = before.endswith(("'s", "s'")) or (before == "'" and sentence.key(at - 2).endswith("s"))
    aux = any(sentence.is_a(kind, at - 1) for kind in ("be", "have", "do", "modal"))
    verb_before = at > 0 and sentence.is_sure_verb(at - 1) and not aux
    if owned or (form.base and (verb_before or _is_single(sentence, at))):
        return True
    if sentence.is_half(at):
        return sentence.key(at - 2) != "e"  # "e-mailed"
    if not before or (form.gerund and not form.finite):
        return form.gerund and sentence.is_a("determiners", at - 1)
    return _is_governed(sentence, at) or _is_compound(sentence, at)


def _is_governed(sentence: Sentence, at: int) -> bool:
    """Whether an article or a preposition stands right before ("the claims", "of reports")."""
    if sentence.is_a("determiners", at - 1) and not sentence.is_a("subjects", at - 1):
        return not sentence.is_a("that", at - 1) or at == 1
    preposition = sentence.is_a("prepositions", at - 1) and not sentence.is_a("to", at - 1)
    return preposition and not sentence.is_adverb(at - 1)


def _is_compound(sentence: Sentence, at: int) -> bool:
    """Whether a cue verb follows right behind, so that this is its subject ("police reports say")."""
    after = sentence.grammar.forms.get(sentence.key(at + 1))
    return after is not None and after.finite and not sentence.is_a("subjects", at - 1)
