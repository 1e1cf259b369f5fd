"""Why two articles are, or are not, one story, and what text they share."""

from __future__ import annotations

import json
import os
from itertools import islice

from retold.archive import answers
from retold.archive.naming import article_id
from retold.archive.prepared import clean, seconds
from retold.archive.settling import days, state_at
from retold.archive.sharing import related
from retold.archive.texts import version_at
from retold.inputs.pieces import pieces, read_piece
from retold.model.errors import SourceError
from retold.model.records import Reject, Version
from retold.store.store import Store
from retold.stories import why as craft
from retold.stories.features import Features, features, told
from retold.stories.settling import weights_of
from retold.stories.states import Telling, block_of

MOST = 200  # articles of a story that are looked at for what parts it from another
ONE = "These are one and the same article."


class Side:
    """One of two articles: from the archive, or from a file."""

    def __init__(self, store: Store, name: str) -> None:
        self.story: str | None = None
        if os.path.isfile(name):
            self.version, self.id = _from_file(name)
            moment = seconds(self.version.published or self.version.seen)
        else:
            self.id = article_id(store, name)
            number, moment = store.one("SELECT current, moment FROM articles WHERE id = :id", id=self.id)
            self.version = version_at(store, number)
            found = store.one("SELECT story_id FROM tellings WHERE article_id = :id", id=self.id)
            self.story = found[0] if found else None
        self.telling = Telling(self.id, days(moment), features(self.version))

    def story_told(self, store: Store) -> list[Telling]:
        """The first articles of its story, with what they are about."""
        rows = store.ask("members_of_stories", stories=json.dumps([self.story]))
        return [Telling(id_, days(moment), Features.unpack(data)) for _, id_, moment, _, _, data in islice(rows, MOST)]


def why(store: Store, one: str, other: str) -> answers.Why:
    """Why two articles, by id, URL, name or path, are or are not one story; raises UsageError or SourceError where one
    of them is no article."""
    mine, yours = Side(store, one), Side(store, other)
    latest = max((mine.telling, yours.telling), key=Telling.order)
    state = state_at(store, block_of(latest.moment))
    weights = weights_of((*state.tellings, mine.telling, yours.telling), state.background)
    words, other_words = told(mine.version), told(yours.version)
    found = craft.why(mine.telling, yours.telling, words=words, other_words=other_words, weights=weights)
    settled = mine.story is not None and yours.story is not None
    same = mine.story == yours.story if settled else found.together
    reasons = list(found.vetoes)
    if settled and not same and found.together:
        sides = mine.story_told(store), yours.story_told(store)
        apart = craft.parting(*sides, words=other_words | words, weights=weights)
        reasons += [apart] if apart else []
    text = related(store, (mine.id, yours.id), (mine.version, yours.version))
    return answers.Why(
        one=mine.id,
        other=yours.id,
        same_story=same,
        stories=[mine.story, yours.story],
        note=ONE if mine.id == yours.id else _note(found, same=same, settled=settled),
        score=found.score,
        likeness=found.likeness,
        nearness=found.fading,
        threshold=found.cut,
        days=found.days,
        terms=[answers.Term(text=_shared(term), weight=term.weight) for term in found.terms],
        vetoes=[reason.note for reason in reasons],
        shared=text.shared,
        origins=list(text.origins),
        same_origin=text.same,
        origin_note=text.note,
    )


def _shared(term: craft.SharedTerm) -> str:
    """A word as both write it."""
    return term.mine if term.mine == term.yours else f"{term.mine} / {term.yours}"


def _note(found: craft.Why, *, same: bool, settled: bool) -> str:
    """The verdict in a sentence."""
    if not settled:
        by_itself = "they would be one story" if found.together else "they would not be one story"
        return f"At least one of them is in no story yet (retold learn); by themselves {by_itself}."
    if same and found.together:
        return "They are one story by themselves: their score reaches the threshold."
    if same:
        return "By themselves they would not be one story; other articles, like both, bring them together."
    if found.vetoes:
        return "Something keeps them apart, however like they are."
    if found.together:
        return "By themselves they would be one story; the other articles of their stories are too unlike."
    return "Their score does not reach the threshold."


def _from_file(name: str) -> tuple[Version, str]:
    """The first article of a file."""
    first = next(iter(pieces(name)), None)
    found = read_piece(first) if first is not None and not isinstance(first, Reject) else first
    if not isinstance(found, Version):
        raise SourceError(name, found.reason if found else "holds no article. A page, a text or a record is wanted.")
    return found, clean(name)
