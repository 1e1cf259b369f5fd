"""The ledger of a story: who said what, in which versions, how they tell it differently, with the evidence of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from retold.archive.narrowing import choices
from retold.archive.sifting import Sieve, kept, sifted
from retold.model.errors import UsageError
from retold.pictures import ledger
from retold.pictures.words import many, plain
from retold.web.addresses import Call, Query
from retold.web.asides import NotYetError
from retold.web.pages import Page, Shelf, Twin
from retold.web.views.said import FORMS, LEGEND, Shown, by_speaker
from retold.web.views.said_rows import table
from retold.web.views.tabs import tabs

if TYPE_CHECKING:
    from retold.archive.archive import Archive
    from retold.archive.attributions import Evidence

YES = "yes"
LIMIT, MOST = 100, 500
TITLES = {
    "changed": "Told differently",
    "difference": "What differs",
    "form": "Quoted or reported",
    "spread": "Told by",
    "speaker": "Speaker",
    "cue": "What it does",
    "outlet": "Outlet",
}
FILTERS = tuple(TITLES)
SAID = {
    "changed": {YES: "told differently"},
    "form": FORMS,
    "spread": {"one": "one version alone", "several": "several versions", "all": "all versions", "not all": "not all"},
    "cue": {**ledger.CUES, "say": "says"},
}
CHOSEN = {
    "difference": "{}",
    "form": "{}",
    "spread": "told by {}",
    "speaker": "by {}",
    "cue": "{}",
    "outlet": "in {}",
    "changed": "{}",
}
"""How a filter is told that is set."""


@dataclass(frozen=True, slots=True)
class Asking(Call):
    """The statements of a story, which are made aside."""

    def glimpse(self, archive: Archive) -> Any:
        """The story; raises UsageError where there is none."""
        return archive.story(*self.names)


def call(query: Query) -> Asking:
    """The statements that an address asks for; raises UsageError for a filter that is none."""
    sieve(query).checked()
    options = {name: query.text(name) for name in FILTERS if name != "changed"}
    more = {"changed": is_changed(query) or None, "limit": limit(query), "after": query.text("after")}
    return Asking("statements", (query.named["story"],), options | more)


def is_changed(query: Query) -> bool:
    """Whether only what is told differently is asked for."""
    return query.choice("changed", ("", YES)) == YES


def limit(query: Query) -> int:
    """How many statements are shown at once."""
    return query.number("limit", LIMIT, least=1, most=MOST)


def sieve(query: Query) -> Sieve:
    """What the statements are narrowed down to."""
    told = {name: query.text(name) for name in FILTERS if name != "changed"}
    return Sieve(**told, changed=is_changed(query))


def answer(shelf: Shelf, asked: Call, query: Query) -> Any:
    """The statements that an address asks for, out of the whole ledger that is remembered; where the story has none,
    such as an article that is in no story yet, of the archive itself."""
    try:
        story = asked.glimpse(shelf.archive)
        state = shelf.archive.evidence_state(story.id)
        whole = shelf.aside.evidence(shelf.archive.path, story.id, state, patience=None).ledger
    except (UsageError, NotYetError):
        return asked.of(shelf.archive)
    whole = msgspec.structs.replace(whole, requested_id=story.requested_id)
    return sifted(whole, sieve(query).checked(), limit=limit(query), after=query.text("after"))


def evidence(shelf: Shelf, found: Any, query: Query) -> Evidence:
    """The whole ledger of the story, with its sentences."""
    return shelf.aside.evidence(shelf.archive.path, found.id, shelf.archive.evidence_state(found.id))


def origins(shelf: Shelf, found: Any, query: Query) -> dict[str, Any]:
    """The origins of the story, for its tabs."""
    return shelf.remembered(Call("origins", (found.id,), only={"limit": None, "text": False}))


def view(found: Mapping[str, Any], query: Query, beside: Mapping[str, Any]) -> dict[str, Any]:
    """The ledger as its page shows it; raises UsageError where there is nothing to go on after."""
    whole: Evidence | None = beside["evidence"]
    told = {
        "title": f"Statements: {plain(found['title']) or 'story'}",
        "story": found,
        "tabs": tabs(found["id"], "statements", {**beside, "story": found, "said": whole}),
        "bare": Query(query.path).address(),
        "whole": whole,
    }
    return told | (shown(whole, found, query) if whole else {})


def shown(whole: Evidence, story: Mapping[str, Any], query: Query) -> dict[str, Any]:
    """The statements that are asked for, by who speaks; what else can be; and the pages before and behind."""
    wanted = sieve(query).checked()
    found = sifted(whole.ledger, wanted, limit=limit(query), after=query.text("after"))
    document = found.to_dict()
    everything = query.text("all") is not None
    with_ = Shown(story, document["articles"], whole.texts, whole.places, everything=everything)
    counts = Counter(one.speaker_id for one in kept(whole.ledger, wanted))
    speakers = by_speaker(list(ledger.rows(document)), document["speakers"], counts, with_)
    return {
        "lead": lead(whole),
        "total": found.total,
        "speakers": [_with_address(one, query) for one in speakers],
        "articles": document["articles"],
        "newest": with_.newest,
        "count": len(with_.keys),
        "legend": LEGEND,
        "chosen": chosen(query),
        "facets": facets(choices(whole.ledger, wanted), found.total, query),
        "hidden": {name: query.text(name) for name in (*FILTERS, "limit") if name not in FORM and query.text(name)},
        "speaker": query.text("speaker") or "",
        "changed": is_changed(query),
        "next": query.address(after=found.next) if found.next else None,
        "first": query.address(after=None) if query.text("after") else None,
        "everything": query.address(all=1),
    }


FORM = ("speaker", "changed")  # what the form itself asks for; the rest it keeps


def lead(whole: Evidence) -> str:
    """The ledger in numbers."""
    if not whole.total:
        return "No statement was found in its articles."
    parts = []
    if len(whole.ledger.articles) > 1:
        parts.append(f"{whole.total - whole.alone:,} in more than one version, {whole.alone:,} in one only")
        parts.append(f"{whole.changed:,} told differently")
    return many(whole.total, "statement") + (f": {'; '.join(parts)}" if parts else "") + "."


def _with_address(speaker: Mapping[str, Any], query: Query) -> dict[str, Any]:
    """A speaker with the address of all that he or she says; None where only that is shown."""
    is_chosen = query.text("speaker") is not None or not speaker["named"]
    address = None if is_chosen else query.address(speaker=speaker["name"], after=None)
    return {**speaker, "address": address}


def chosen(query: Query) -> list[tuple[str, str]]:
    """What the statements are narrowed down to, in words, each with the address without it."""
    return [
        (CHOSEN[name].format(said(name, stated)), query.address(**{name: None, "after": None}))
        for name in FILTERS
        if (stated := query.text(name))
    ]


def said(name: str, value: str) -> str:
    """A value of a filter in words."""
    return SAID.get(name, {}).get(value, value)


def facets(found: Mapping[str, Sequence[tuple[str, int]]], total: int, query: Query) -> list[dict[str, Any]]:
    """What the statements can be narrowed down to, each choice with its address and how many it leaves; what all or
    none of them have is no choice."""
    made = [_facet(name, found[name], total, query) for name in TITLES]
    return [one for one in made if one["values"]]


def _facet(name: str, values: Sequence[tuple[str, int]], total: int, query: Query) -> dict[str, Any]:
    stated = query.text(name)
    told = [_value(name, value, count, query) for value, count in values if stated or 0 < count < total]
    return {"name": TITLES[name], "values": told, "chosen": any(value["chosen"] for value in told)}


def _value(name: str, value: str, count: int, query: Query) -> dict[str, Any]:
    """A value to narrow down to; chosen already, it leads to the ledger without it."""
    is_chosen = query.text(name) == value
    address = query.address(**{name: None if is_chosen else value, "after": None})
    return {"text": said(name, value), "count": count, "chosen": is_chosen, "address": address}


PAGE = Page(
    "/stories/{story}/statements",
    "statements",
    call,
    view,
    {"evidence": evidence, "origins": origins},
    also={".csv": Twin("text/csv", table)},
    aside=answer,
)
