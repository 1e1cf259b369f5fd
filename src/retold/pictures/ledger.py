"""The ledger of statements in words: who said what, how each article tells it, and where they part.

No article is said to have changed anything: a telling is quoted here and reported there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from retold.pictures.words import FEW, PAIR, Document, listed, many, plain

Statement = Mapping[str, Any]
Difference = Mapping[str, Any]

FORMS = {"direct": "“…”", "mixed": "part “…”", "indirect": "reported"}  # as a cell shows how an article tells it
ABSENT = "-"
UNKNOWN = "not named"
CUES = {
    "say": "",
    "deny": "denies",
    "accuse": "accuses",
    "demand": "demands",
    "warn": "warns",
    "promise": "promises",
    "claim": "claims",
    "admit": "admits",
    "show": "shows",
}
"""What a statement does, where it does more than to say."""


@dataclass(frozen=True, slots=True)
class Row:
    """A statement as a picture shows it: its fullest telling, the state and the passage in each article, and what
    differs."""

    id: str
    speaker: str
    text: str
    cue: str
    states: Mapping[str, str]
    differences: Sequence[str]
    passages: Mapping[str, str]
    statement: Statement

    @property
    def is_changed(self) -> bool:
        """Whether two articles tell it differently."""
        return bool(self.differences)


def rows(document: Document) -> Iterator[Row]:
    """Yield the rows of a document's ledger, in its order."""
    held = _passages(document)
    for one in document.get("statements", ()):
        yield Row(
            one["id"],
            speaker(one),
            fullest(one),
            CUES[one["cue_class"]],
            {key: state(said) for key, said in one["spans"].items()},
            list(differences(one["difference"])),
            {key: held(key, said) for key, said in one["spans"].items()},
            one,
        )


def speaker(one: Statement) -> str:
    """Return who makes a statement: the name, else as it is written, else that nobody is named."""
    written = (said["speaker"] for said in one["spans"].values() if said["speaker"])
    return plain(one["speaker"]) or plain(next(written, "")) or UNKNOWN


def fullest(one: Statement) -> str:
    """Return the words of the fullest telling: one that quotes before one that reports, then the longest."""
    told = max(one["spans"].values(), key=lambda said: (-list(FORMS).index(said["type"]), len(said["text"])))
    return plain(told["text"])


def state(said: Mapping[str, Any], forms: Mapping[str, str] = FORMS) -> str:
    """Return how an article tells a statement: “…” where it quotes, else "reported"; or in the words of ``forms``."""
    told = forms[said["type"]]
    if said["modality"]:
        told += f" ({plain(said['modality'])})"
    return f"not: {told}" if said["negated"] else told


@dataclass(frozen=True, slots=True)
class Wording:
    """Tellings of a statement in the same words, by a source that is written in the same way."""

    text: str
    speaker: str
    places: Sequence[tuple[str, str, str]]  # the article, where the words stand ("120–180"), the passage

    def is_shown(self, row: Row) -> bool:
        """Whether the row itself shows the words."""
        return self.text == row.text


def evidence(row: Row) -> Iterator[Wording]:
    """Yield every telling of a row, those with the same words as one."""
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for key, said in row.statement["spans"].items():
        for one in (said, *row.statement["again"].get(key, ())):
            place = f"{one['content'][0][0]}–{one['content'][-1][1]}"
            told = found.setdefault((plain(one["text"]), plain(one["speaker"])), [])
            told.append((key, place, row.passages[key] if one is said else ""))
    for (text, speaker), places in found.items():
        yield Wording(text, speaker, places)


def _passages(document: Document) -> Any:
    """Return what finds the passage in which an article tells a statement; "" where the document has none."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for passage in document.get("passages", ()):
        for key, told in passage["spans"].items():
            spans.setdefault(key, []).extend((start, end, passage["id"]) for start, end in told)

    def held(key: str, said: Mapping[str, Any]) -> str:
        place = said["content"][0][0]
        return next((name for start, end, name in spans.get(key, ()) if start <= place < end), "")

    return held


def differences(told: Iterable[Difference]) -> Iterator[str]:
    """Yield each kind of difference once, with all articles that it parts: "shortened in A: “by both”"."""
    kinds: dict[tuple[str, str], list[Difference]] = {}
    for one in told:
        kinds.setdefault((one["kind"], one["manner"]), []).append(one)
    for (kind, manner), some in kinds.items():
        heard = " (heard differently)" if manner == "heard differently" else ""
        yield WORDINGS[kind](some) + heard


def _shortened(some: Sequence[Difference]) -> str:
    """Return who has less: "shortened in A, without “by both”"."""
    parts: dict[str, list[str]] = {}
    for one in some:
        less = 0 if _length(one, 0) < _length(one, 1) else 1
        parts.setdefault(_words(one["words"][1 - less]), []).append(one["between"][less])
    told = [f"in {_keys(keys)}{f', without {words}' if words else ''}" for words, keys in parts.items()]
    return f"shortened {'; '.join(told)}"


def _length(one: Difference, side: int) -> int:
    return sum(each["end"] - each["start"] for each in one["words"][side])


def _reading(name: str, *, marked: bool) -> Any:
    """Return what tells who has which words: "other cue: said (A), claimed (B)"."""

    def told(some: Sequence[Difference]) -> str:
        readings: dict[str, list[str]] = {}
        for one in some:
            for key, side in zip(one["between"], one["words"], strict=True):
                readings.setdefault(_words(side, marked=marked) or "nothing", []).append(key)
        parts = [f"{words} ({_keys(keys)})" for words, keys in readings.items()]
        return f"{name}: {', '.join(parts)}"

    return told


def _forms(first: str, second: str) -> Any:
    """Return what tells who quotes and who reports."""

    def told(some: Sequence[Difference]) -> str:
        ones, others = (_keys([one["between"][side] for one in some]) for side in (0, 1))
        return f"{first} in {ones}, {second} in {others}"

    return told


WORDINGS: dict[str, Any] = {
    "shortened": _shortened,
    "altered": _reading("other words inside the quotation", marked=True),
    "paraphrase made quotation": _forms("reported", "quoted"),
    "quotation made paraphrase": _forms("quoted", "reported"),
    "other speaker": _reading("other speaker", marked=False),
    "named against anonymous": _reading("named against anonymous", marked=False),
    "other cue": _reading("other cue", marked=False),
}
"""How each kind of difference is told."""


def _words(sides: Sequence[Mapping[str, Any]], *, marked: bool = True) -> str:
    told = plain(" … ".join(side["text"] for side in sides))
    return f"“{told}”" if told and marked else told


def _keys(keys: Iterable[str]) -> str:
    return listed(dict.fromkeys(keys), most=FEW)


def summary(document: Document) -> str:
    """Return the ledger in numbers: "13 in both, 6 only in B; 3 told differently"."""
    told = document.get("statements", ())
    among = [article["key"] for article in document["articles"]]
    shared = sum(len(one["spans"]) > 1 for one in told)
    where = "both" if len(among) == PAIR else "more than one article"
    parts = [f"{shared:,} in {where}"] if shared else []
    if len(among) > 1:
        alone = [next(iter(one["spans"])) for one in told if len(one["spans"]) == 1]
        own = [f"{alone.count(key):,} only in {key}" for key in among if key in alone]
        parts += own if len(own) <= FEW else [f"{len(alone):,} in one only"]
    changed = sum(bool(one["difference"]) for one in told)
    return ", ".join(parts) + (f"; {changed:,} told differently" if changed else "")


def headline(document: Document) -> str:
    """Return how many statements there are, and where."""
    told = summary(document)
    return many(len(document.get("statements", ())), "statement") + (f": {told}" if told else "")
