"""An edit in words: who reads what, in the wording that the certainty allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from retold.pictures.words import Document, listed, plain

Edit = Mapping[str, Any]

CLASSES = ("content", "name", "number", "structure", "style")  # as the reader switches them


@dataclass(frozen=True, slots=True)
class Reading:
    """One wording of a place, and the articles that have it; ``text`` is empty where they have no words there."""

    text: str
    keys: tuple[str, ...]


def counts(document: Document) -> dict[str, int]:
    """Return how many edits each class has, those without any included."""
    found = Counter(edit["class"] for edit in document["edits"])
    return {kind: found[kind] for kind in CLASSES}


def readings(edit: Edit) -> list[Reading]:
    """Return the wordings of a place, those of most articles first, "nothing" last."""
    found: dict[str, list[str]] = {}
    for key, side in edit["sides"].items():
        found.setdefault(side["text"], []).append(key)
    told = [Reading(text, tuple(whose)) for text, whose in found.items()]
    return sorted(told, key=lambda reading: (not reading.text, -len(reading.keys)))


def shown(text: str) -> str:
    """Return words as a list shows them: on one line, a paragraph break as ¶, bare space by its name."""
    told = plain(" ¶ ".join(text.split("\n\n")))
    if told.strip("¶ "):
        return told
    return "a new paragraph" if "¶" in told or "\n" in text else "a space"


def note(edit: Edit) -> str:
    """Return an edit's note, or nothing where it says no more than the readings do."""
    told = plain(edit["note"])
    return "" if told.startswith(("only in ", "other words in ")) else told


def is_space(text: str) -> bool:
    """Whether words are no words but the space between them."""
    return not text.strip()


@dataclass(frozen=True, slots=True)
class Ways:
    """The established directions of a document: pairs of source and taker; ``neutral`` marks where nobody can say."""

    pairs: frozenset[tuple[str, str]] = frozenset()
    neutral: str = "span"

    def tag(self, edit: Edit, key: str) -> str:
        """Return the element of an article's mark: del where all takers lack its words, ins where its sources do."""
        sides = edit["sides"]
        gave = [sides[taker]["text"] for source, taker in self.pairs if source == key and taker in sides]
        took = [sides[source]["text"] for source, taker in self.pairs if taker == key and source in sides]
        cut = bool(gave) and sides[key]["text"] not in gave
        new = bool(took) and sides[key]["text"] not in took
        return self.neutral if cut == new else "del" if cut else "ins"

    def whole(self, key: str, others: Sequence[str]) -> str:
        """Return the element of a passage that an article alone has: del where all others come from it, ins where it
        comes from all of them; empty where nobody can say."""
        if others and all((key, other) in self.pairs for other in others):
            return "del"
        return "ins" if others and all((other, key) in self.pairs for other in others) else ""


def ways(document: Document, *, neutral: str = "span") -> Ways:
    """Return the directions that are established, and only those."""
    told = document["direction"]
    sure = [way for way in (told, *told["pairs"]) if way["verdict"] == "established"]
    return Ways(frozenset((way["from"], way["to"]) for way in sure if way["from"] and way["to"]), neutral)


def phrases(edit: Edit, certain: Ways, *, most: int | None = None) -> list[tuple[str, str]]:
    """Return an edit as words before a reading, and the reading: ("only in B", "Wednesday"), ("A", "over").

    Of many articles with one reading, ``most`` are named.
    """
    told = readings(edit)
    if len(told) == 2 and len(edit["sides"]) == 2:
        sure = _sure(told, certain)
        if sure:
            return sure
        if not told[1].text:
            return [(f"only in {told[0].keys[0]}", told[0].text)]
    return [(listed(reading.keys, most=most), reading.text) for reading in told]


def _sure(told: Sequence[Reading], certain: Ways) -> list[tuple[str, str]]:
    """Return an edit as something that was done, where it is established who had the words first."""
    one, other = told
    if (other.keys[0], one.keys[0]) in certain.pairs:
        one, other = other, one
    elif (one.keys[0], other.keys[0]) not in certain.pairs:
        return []
    taker = other.keys[0]
    if not other.text:
        return [(f"cut in {taker}", one.text)]
    if not one.text:
        return [(f"added in {taker}", other.text)]
    return [(f"reworded in {taker}, from", one.text), ("to", other.text)]


def sentence(edit: Edit, certain: Ways) -> str:
    """Return an edit in words: "A “over”, B “more than”", "only in B “Wednesday”"."""
    return ", ".join(f"{lead} {quoted(text)}" for lead, text in phrases(edit, certain))


def quoted(text: str) -> str:
    """Return words between quotation marks, and what is no word without."""
    if not text:
        return "nothing"
    return shown(text) if is_space(text) else f"“{shown(text)}”"
