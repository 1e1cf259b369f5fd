"""All versions beside one another: passages, edits, quotations, names, and what to watch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retold.alignment.edits import edited
from retold.alignment.links import linked
from retold.alignment.namings import apart, named
from retold.alignment.passages import drafts
from retold.alignment.quotations import compared
from retold.alignment.retellings import retold
from retold.alignment.units import told, weights
from retold.alignment.watch import watched
from retold.model.records import Edit, Name, Passage, Quotation, Version, Watch


@dataclass(frozen=True, slots=True)
class Alignment:
    """What versions share and where they part; versions are named by their place in the sequence given."""

    words: tuple[int, ...]
    passages: tuple[Passage, ...]
    edits: tuple[Edit, ...]
    quotations: tuple[Quotation, ...]
    names: tuple[Name, ...]
    watch: tuple[Watch, ...]


def align(versions: Sequence[Version]) -> Alignment:
    """Return the alignment of any number of versions; their order decides only how they are named."""
    all_told = [told(version, place) for place, version in enumerate(versions)]
    worth = weights(all_told)
    made = drafts(all_told, retold(all_told, linked(all_told, worth), worth))
    passages: list[Passage] = []
    edits: list[Edit] = []
    for draft in made:
        passage, own = edited(all_told, draft)
        passages.append(passage)
        edits += own
    homes = {(version, unit): draft.id for draft in made for version, units in draft.units.items() for unit in units}
    quotations = compared(all_told, homes)
    names = named(all_told, edits)
    edits += apart(names, all_told, edits, homes)
    order = {passage.id: place for place, passage in enumerate(passages)}
    edits.sort(key=lambda edit: (order[edit.passage], edit.apart))
    words = tuple(sum(passage.words.get(place, 0) for passage in passages) for place in range(len(versions)))
    watch = watched(all_told, passages, homes, edits, quotations)
    names_only = tuple(name for name, _ in names)
    return Alignment(words, tuple(passages), tuple(edits), tuple(quotations), names_only, tuple(watch))
