"""Statements beside gold: who said what, on our own annotated articles, on PolNeAR's dev articles and on GUM's news.

A statement is found where its content meets the gold's by half (intersection over union of characters) and its source
overlaps the gold source. PolNeAR and GUM also annotate what is believed, wished and seen: of their gold only what is
said counts for the recall, any for the precision. They know no nesting, so that statements inside statements are left
out there; GUM knows no more than the cue's sentence, to which contents are cut there. Our articles that are not for
test are shown too: the rules were developed on them, and the tagger has learned from them. A direct quotation is exact
where it is a piece of the other side's statements, marks included; "as direct in both": of one that is direct, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from time import process_time

from bench.attributed import WORD, Gold, found, gum, lines, own, polnear, version
from retold.model.records import Version
from retold.statements.extracting import Layers, statements
from retold.statements.records import Span, Statement
from retold.statements.speakers import speakers
from retold.text.names import titles
from retold.text.sentences import sentences

HALF = 0.5  # intersection over union of two contents that are one
MARKS = "“„«‘\"'"
Extraction = Callable[[Version], list[Statement]]


def _by(**switches: bool) -> Extraction:
    return lambda told: statements(told, extractor=Layers(**switches))


# What each layer gains: the layers before it and itself.
LAYERS: dict[str, Extraction] = {
    "quotation marks alone": lambda told: statements(replace(told, language="und"), extractor=Layers(tagger=False)),
    "rules and marks": _by(tagger=False),
    "tagger alone": _by(rules=False, snapping=False, following=False),
    "+ its ends at the marks": _by(rules=False, following=False),
    "+ what follows": _by(rules=False),
    "+ rules (the default)": statements,
}


@dataclass
class Score:
    """Counts over the articles of a set."""

    gold: int = 0
    found: int = 0
    matched: int = 0  # content and source
    precise: int = 0  # found statements that any gold has, said or not
    content: int = 0
    classes: int = 0
    quoted_gold: int = 0
    quoted_found: int = 0
    quoted_right: int = 0
    quoted_told: int = 0  # of the gold's direct quotations, those that are a piece of any statement found
    quoted_true: int = 0  # of the direct quotations found, those that are a piece of any gold
    speakers: int = 0
    right: int = 0
    abstained: int = 0
    by_type: dict[str, list[int]] = field(default_factory=dict)
    sentences: int = 0
    seconds: float = 0.0


def iou(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Intersection over union of the characters of two lists of spans."""
    both = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    total = sum(b - a for a, b in (*one, *other)) - both
    return both / total if total else 0.0


def overlap(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Whether two lists of spans share a character."""
    return any(a[0] < b[1] and b[0] < a[1] for a in one for b in other)


def pairs(gold: Sequence[Gold], found: Sequence[Statement], *, sources: bool) -> list[tuple[int, int]]:
    """One-to-one pairs of gold and found whose contents agree, the best first; with ``sources`` their sources, too.

    A gold without a source asks for none: PolNeAR has one source for one cue, and leaves a shared subject's second
    statement without.
    """
    ranked = []
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            agreed = iou(one.content, other.content)
            sourced = not one.source or overlap(one.source, other.source)
            if agreed >= HALF and (sourced or not sources):
                ranked.append((-agreed, not sourced, g, f))
    taken: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for _, _, g, f in sorted(ranked):
        if g not in used[0] and f not in used[1]:
            used[0].add(g)
            used[1].add(f)
            taken.append((g, f))
    return taken


def add(score: Score, gold: Sequence[Gold], found: Sequence[Statement], names: Sequence[str], text: str) -> None:
    """Add one article to the counts."""
    full = pairs(gold, found, sources=True)
    loose = pairs(gold, found, sources=False)
    score.gold += sum(one.said for one in gold)
    score.found += len(found)
    score.precise += len(full)
    score.matched += sum(gold[g].said for g, _ in full)
    score.content += sum(gold[g].said for g, _ in loose)
    score.classes += sum(gold[g].cue_class == found[f].cue_class for g, f in full)
    for one in gold:
        score.by_type.setdefault(one.type, [0, 0])[1] += 1
    for g, _ in full:
        score.by_type[gold[g].type][0] += 1
    for g, f in loose:
        if gold[g].named and gold[g].source:
            score.speakers += 1
            score.right += same_speaker(gold[g].speaker, names[f])
            score.abstained += not names[f]
    exact, told = quotes(text, gold), quotes(text, found)
    score.quoted_gold += len(exact)
    score.quoted_found += len(told)
    score.quoted_right += len(exact & told)
    score.quoted_told += len(exact & {span for one in found for span in one.content})
    score.quoted_true += len(told & {span for one in gold for span in one.content})


def quotes(text: str, told: Sequence[Gold] | Sequence[Statement]) -> set[Span]:
    """The pieces of direct contents that are quotations with their marks."""
    return {span for one in told if one.type == "direct" for span in one.content if text[span[0]] in MARKS}


def same_speaker(gold: str | None, told: str) -> bool:
    """Whether a name told is the gold speaker: the same words but for articles and titles, or a full name inside it.

    A gold speaker may hold roles and appositions ("Ada Holm, the captain"); a surname alone is not the full name.
    """
    if not gold or not told:
        return not gold and not told
    mine, yours = named(gold), named(told)
    if mine == yours or re.match(rf"{re.escape(told)}\W", gold, re.IGNORECASE):
        return True
    inner, outer = (mine, yours) if len(mine) < len(yours) else (yours, mine)
    return bool(inner) and inner <= outer and (len(inner) > 1 or not any(word[0].isupper() for word in inner))


def named(written: str) -> frozenset[str]:
    """The words of a speaker's name that tell who it is; where it has capitals, only the capitalised ones."""
    words = [word.removesuffix("'s").removesuffix("’s") for word in WORD.findall(written)]
    kept = [word for word in words if word.casefold() not in {"the", "a", "an", "of", *titles("en")}]
    names = [word.capitalize() for word in kept if word[0].isupper()]
    return frozenset(names or [word.casefold() for word in kept])


def measured(
    articles: Iterable[tuple[Version, list[Gold]]],
    extract: Extraction = statements,
    *,
    flat: bool,
    cut: bool = False,
    named: bool = True,
) -> Score:
    """The score of an extraction.

    ``flat``: the gold knows no nesting; ``cut``: it knows no more than the cue's sentence; ``named``: the speakers are
    asked for, too.
    """
    score = Score()
    for told, gold in articles:
        began = process_time()
        made = extract(told)
        score.seconds += process_time() - began
        names = [one.name if one else "" for one in speakers(told, made)] if named else [""] * len(made)
        stops = [span for block in told.blocks for span in sentences(told.text, "en", start=block.start, end=block.end)]
        score.sentences += len(stops)
        kept = [place for place, one in enumerate(made) if not (flat and one.depth)]
        shown = [_within(made[place], stops) if cut else made[place] for place in kept]
        add(score, gold, shown, [names[place] for place in kept], told.text)
    return score


def _within(one: Statement, stops: Sequence[Span]) -> Statement:
    """A statement without what of its content stands outside the sentence of its cue."""
    place = (one.cue or one.content)[0][0]
    start, end = next((span for span in stops if span[0] <= place < span[1]), (place, one.content[-1][1]))
    content = tuple((max(a, start), min(b, end)) for a, b in one.content if a < end and start < b)
    return replace(one, content=content or one.content)


def rates(score: Score) -> tuple[float, float, float]:
    """Recall, precision and F1 of statements."""
    recall, precision = score.matched / max(1, score.gold), score.precise / max(1, score.found)
    return recall, precision, 2 * recall * precision / max(1e-9, recall + precision)


def shown(score: Score, title: str) -> None:
    """Print a set's figures."""
    recall, precision, f1 = rates(score)
    rate = score.sentences / max(1e-9, score.seconds)
    print(f"{title}: {score.gold} gold, {score.found} found, {rate:,.0f} sentences a second")
    content = score.content / max(1, score.gold)
    print(
        f"  statement F1 {f1:.3f}: recall {recall:.3f}, precision {precision:.3f}; content alone, recall {content:.3f}"
    )
    if score.speakers:
        kinds = ", ".join(f"{kind} {a / b:.2f} of {b}" for kind, (a, b) in sorted(score.by_type.items()))
        print(f"  recall by type: {kinds}; class {score.classes / max(1, score.precise):.3f}")
        right, gold = max(1, score.quoted_found), max(1, score.quoted_gold)
        print(
            f"  quotations exact: precision {score.quoted_true / right:.3f}, recall {score.quoted_told / gold:.3f} of"
            f" {score.quoted_gold}; as direct in both {score.quoted_right / right:.3f}, {score.quoted_right / gold:.3f}"
        )
        given, told = score.right / score.speakers, score.right / max(1, score.speakers - score.abstained)
        print(f"  speaker given content {given:.3f} ({told:.3f} where one is named, {score.abstained} left open)")


def row(score: Score, title: str) -> None:
    """Print a set's figures in a line."""
    recall, precision, f1 = rates(score)
    rate = score.sentences / max(1e-9, score.seconds)
    types = "  ".join(f"{kind} {a / b:.2f}" for kind, (a, b) in sorted(score.by_type.items()) if kind)
    print(f"  {title:26} F1 {f1:.3f}  recall {recall:.3f}  precision {precision:.3f}  {rate:6,.0f}/s  {types}")


def main() -> None:
    """Print the figures on every set that is at hand, then what each layer gains."""
    sets = {
        "our own articles, not for test": (list(own(test=False)), False, False),
        "our own articles, for test": (list(own(test=True)), False, False),
    }
    for name, read in (("polnear", polnear), ("gum_ccby", gum)):
        if (folder := found(name)) is not None:
            sets[f"{name} (said, with a source)"] = (list(read(folder)), True, name == "gum_ccby")
    for title, (articles, flat, cut) in sets.items():
        shown(measured(articles, flat=flat, cut=cut), title)
    for title, (articles, flat, cut) in list(sets.items())[1:]:
        print(f"what each layer gains: {title}")
        for name, extract in LAYERS.items():
            row(measured(articles, extract, flat=flat, cut=cut, named=False), name)


__all__ = ["LAYERS", "Gold", "Score", "lines", "main", "measured", "own", "version"]
