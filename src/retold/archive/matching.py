"""The articles that have words of a text, and what each passage is: by its own words, and by what the archive knows.

The fingerprints that the archive keeps say who may have some of the words, and only these articles are read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from retold.archive import provenance
from retold.archive.tracing import versions
from retold.copies import labels
from retold.copies.components import only
from retold.copies.ground import Ground
from retold.copies.passages import OFFSETS
from retold.copies.prints import Prints, prints
from retold.copies.readings import among
from retold.copies.wording import wording
from retold.kernels.choosing import choose
from retold.kernels.measures import FEWEST_WORDS
from retold.model.errors import UsageError
from retold.model.records import Kind, Version
from retold.store.store import Store

if TYPE_CHECKING:
    from retold.copies.passages import Shared
    from retold.kernels.arrays import Array

AT_ONCE = 1 << 14  # articles whose fingerprints are in memory at once
MOST = 5_000  # articles that are read; those with most of the fingerprints
SOONER = 2.0  # the compiled kernels were compiled when the archive learned: they pay for less text than elsewhere
LEAST_PART = 23  # words that show that text was taken over; less of a long text is chance
LEAST_SHARE = 0.25  # and of a short one a quarter
LONG = LEAST_PART / LEAST_SHARE  # words of a text, of which a phrase in common is not enough to read an article
ASIDE = frozenset({Kind.FURNITURE, Kind.CREDIT, Kind.CAPTION})
EVERYBODYS = ("quotation", "template", "furniture")  # what the archive may know a stretch for, whoever shares it
WHOLE = 100  # articles that are looked at as wholes; of more, only the paragraphs around what they share
KNOWN = 200  # passages of an article that are looked at for it


class Match(NamedTuple):
    """An article that has some of the words: where, and how many."""

    article_id: str
    version: Version
    held: tuple[provenance.Held, ...]

    @property
    def words(self) -> int:
        return sum(each.words for each in self.held)

    @property
    def label(self) -> str:
        """What most of the words are."""
        found: Counter[str] = Counter()
        for each in self.held:
            found[each.label] += each.words
        return min(found, key=lambda label: (-found[label], label))


def matches(store: Store, asked: Version, *, whole: bool) -> tuple[int, list[Match]]:
    """How many words a text has, and the articles that have enough of them, by id; ``whole``: all of it is meant, else
    only what is no page furniture. Raises UsageError where it has less than eight words."""
    text = asked.text if whole else _running(asked)
    own = prints([text])
    words = int(own.words[0])
    if words < FEWEST_WORDS:
        raise UsageError(
            f"These are {words} words; {FEWEST_WORDS} are the least that can be told from chance. Give more of them."
        )
    return words, _matches(store, asked, text, _numbers(store, own, words), words)


def _running(version: Version) -> str:
    """A version's text with blanks for what is not the article: its places are the same."""
    text = version.text
    for block in version.blocks:
        if block.kind in ASIDE:
            text = text[: block.start] + " " * (block.end - block.start) + text[block.end :]
    return text


def _numbers(store: Store, own: Prints, words: int) -> list[int]:
    """The numbers of the versions that may have enough of a text, by its fingerprints; if they are many, those that
    have most of these."""
    import numpy as np

    least = 1 if words < LONG else 2
    wanted = np.unique(own.keys)
    hits: Counter[int] = Counter()
    rows = store.ask("SELECT version, data FROM fingerprints ORDER BY version")
    for some in iter(lambda: list(islice(rows, AT_ONCE)), []):
        held = Prints.unpack([data for _, data in some])
        counts = _hits(held, wanted)
        for place in np.flatnonzero(counts >= least).tolist():
            hits[some[place][0]] = int(counts[place])
    return sorted(sorted(hits, key=lambda number: (-hits[number], number))[:MOST])


def _hits(held: Prints, wanted: Array) -> Array:
    """How many of some fingerprints each text has."""
    import numpy as np

    if not len(wanted):
        return np.zeros(len(held), np.int64)
    place = np.searchsorted(wanted, held.keys)
    place[place == len(wanted)] = 0
    there = np.flatnonzero(wanted[place] == held.keys)
    texts = np.searchsorted(held.firsts, there, "right") - 1
    counts: Array = np.bincount(texts, minlength=len(held))
    return counts


def _matches(store: Store, version: Version, text: str, numbers: Sequence[int], words: int) -> list[Match]:
    """The articles that have enough of the words, by id."""
    texts = dict(_texts(store, numbers))
    if not texts:
        return []
    keys = sorted(texts)
    blank = [Version(id="", source="", text=each, blocks=()) for each in (text, *(texts[key] for key in keys))]
    size = sum(len(each.text) for each in blank)
    star = among(blank, [(0, place) for place in range(1, len(blank))], choice=choose(int(SOONER * size)))
    least = min(LEAST_PART, LEAST_SHARE * words)
    enough = [pair for pair, count in enumerate(star.pairs["words"].tolist()) if count >= least]
    return _labelled(store, version, star, enough, keys) if enough else []


def _texts(store: Store, numbers: Sequence[int]) -> Iterator[tuple[str, str]]:
    question = (
        "SELECT versions.article_id, versions.text FROM json_each(:numbers) AS wanted "
        "JOIN versions ON versions.number = wanted.value"
    )
    yield from store.ask(question, numbers=json.dumps(numbers))


def _labelled(store: Store, asked: Version, star: Shared, pairs: Sequence[int], keys: Sequence[str]) -> list[Match]:
    """Some of the articles, each passage with its label: by its own words, and by what the archive knows of these."""
    import numpy as np

    chosen = star.pairs["right"][pairs].tolist()
    places = np.zeros(len(keys) + 1, np.int64)
    places[chosen] = np.arange(1, len(chosen) + 1)
    shared = only(star, np.array(pairs), places)
    found = versions(store, [keys[place - 1] for place in chosen])
    told = [asked, *(found[keys[place - 1]] for place in chosen)]
    if len(chosen) > WHOLE:
        told[1:] = [_around(shared, pair, version) for pair, version in enumerate(told[1:])]
    measured = Ground(told, [wording(version) for version in told], shared).measured()
    names = [labels.NAMES[label] for label in labels.labelled(measured).tolist()]
    made = []
    for pair, place in enumerate(chosen):
        key = keys[place - 1]
        known = _known_labels(store, key)
        spans = [_spans(shared, passage) for passage in shared.passages_of(pair)]
        rows = zip(spans, (names[passage] for passage in shared.passages_of(pair)), strict=True)
        held = [_held(asked.text, found[key], each, _better(label, each, found[key], known)) for each, label in rows]
        made.append(Match(key, found[key], tuple(held)))
    return made


def _around(shared: Shared, pair: int, version: Version) -> Version:
    """An article with blanks for what is not near the passages that it shares: its places are the same."""
    spans = [_spans(shared, passage) for passage in shared.passages_of(pair)]
    low, high = min(each.start for each in spans), max(each.end for each in spans)
    near = [place for place, block in enumerate(version.blocks) if block.start < high and low < block.end]
    blocks = version.blocks[max(0, near[0] - 1) : near[-1] + 1] if near else ()
    start, end = (blocks[0].start, blocks[-1].end) if blocks else (low, high)
    text = " " * start + version.text[start:end] + " " * (len(version.text) - end)
    return replace(version, text=text, blocks=blocks)


class Spans(NamedTuple):
    """Where a passage stands in the text asked about and in an article, and how many words it has."""

    asked_start: int
    asked_end: int
    start: int
    end: int
    words: int


def _spans(shared: Shared, passage: int) -> Spans:
    return Spans(*(int(shared.passages[name][passage]) for name in (*OFFSETS, "words")))


def _known_labels(store: Store, article: str) -> list[tuple[int, int, str]]:
    """What the archive knows of an article's stretches, from what it shares with others."""
    question = (
        "SELECT start, end, label FROM passages WHERE article_id = :id UNION ALL "
        "SELECT other_start, other_end, passages.label FROM copies JOIN passages "
        "ON passages.article_id = copies.article_id AND passages.other_id = copies.other_id "
        "WHERE copies.other_id = :id LIMIT :most"
    )
    return list(store.ask(question, id=article, most=KNOWN))


def _held(asked: str, version: Version, spans: Spans, label: str) -> provenance.Held:
    told = {
        "label": label,
        "words": spans.words,
        "start": spans.start,
        "end": spans.end,
        "text": version.text[spans.start : spans.end],
        "asked_start": spans.asked_start,
        "asked_end": spans.asked_end,
        "asked_text": asked[spans.asked_start : spans.asked_end],
    }
    return msgspec.convert(told, provenance.Held)


def _better(label: str, spans: Spans, version: Version, known: Iterable[tuple[int, int, str]]) -> str:
    """The label of a passage, as far as the archive knows more: what it knows as everybody's is no copy. A title is an
    article's own, though it is no evidence of where this comes from."""
    if label == "furniture":
        return label if _in_blocks(version, spans, ASIDE) else "copy"
    over: Counter[str] = Counter()
    for start, end, each in known:
        over[each] += max(0, min(end, spans.end) - max(start, spans.start))
    told = next((each for each in EVERYBODYS if 2 * over[each] > over.total()), None)
    return told if told and label == "copy" else label


def _in_blocks(version: Version, spans: Spans, kinds: frozenset[Kind]) -> bool:
    """Whether most of a passage stands in blocks of some kinds."""
    inside = sum(
        max(0, min(block.end, spans.end) - max(block.start, spans.start))
        for block in version.blocks
        if block.kind in kinds
    )
    return 2 * inside > spans.end - spans.start
