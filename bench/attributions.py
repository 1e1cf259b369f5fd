"""Planted changes of attribution in invented versions: does the ledger report them, and nothing else?

Articles of ``training/statements`` are told a second time in another house's style (marks, spelling, "more than" for
"over", a paragraph without a statement left out), with one or two changes of attribution planted where the annotation
says what is a source, a cue, a content. ``python -m bench attributions`` prints recall and precision by kind; a
difference that was not planted counts as false. The thresholds were set on the DEVELOPMENT half; the HELD half is read
for its figures only.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice

from bench.statements import lines, version
from retold.model.records import DifferenceKind, Version
from retold.statements.entries import Difference, Ledger
from retold.statements.extracting import statements
from retold.statements.ledger import ledger
from retold.statements.quoting import quotations
from retold.statements.records import Span
from retold.statements.speakers import speakers
from retold.text.languages import language
from training.annotated import is_test, read_all
from training.articles import Article, Statement

CHANGES = 50  # planted in each half
EACH = 2  # changes in one article at most
APART = 2  # statements between two changes, so that each has its own sentence
LEAST_QUOTED = 9  # words of a quotation that is cut
LEAST_TOLD = 6  # words of a paraphrase that is put between marks
HIDDEN = ("a senior official", "a person familiar with the matter", "a source close to the talks")
CUES = {"said": ("claimed", "admitted", "insisted"), "says": ("claims", "admits", "insists")}
ALTERED = {
    "will": "may", "must": "should", "always": "often", "never": "rarely", "every": "any", "all": "most",
    "two": "three", "three": "five", "first": "last", "good": "bad", "right": "wrong", "nothing": "little",
    "nobody": "hardly anyone", "only": "mainly", "large": "small", "before": "after", "know": "think", "want": "need",
}  # fmt: skip
HOUSE = {"more than": "over", "per cent": "percent", "U.S.": "US", "United States": "U.S."}  # before a number
PRONOUN = re.compile(r"(?i)he|she|they|it|i|we")
WORD = re.compile(r"\w+(?:['’]\w+)*")

Edit = tuple[int, int, str]  # ``text[start:end]`` becomes this


@dataclass(frozen=True)
class Planted:
    """A change: how it should be reported, the edits that make it, and where it stands in the first version."""

    kind: DifferenceKind
    edits: tuple[Edit, ...]
    place: tuple[Span, ...]
    statement: int  # its place among the article's statements


@dataclass
class Case:
    """An article, as it was and as another house tells it, with what was planted; ``moved`` maps its offsets."""

    before: Version
    after: Version
    planted: tuple[Planted, ...]
    moved: Callable[[int], int]


@dataclass
class Score:
    """What was planted, what of it was reported, and what was reported besides."""

    planted: Counter[str] = field(default_factory=Counter)
    reported: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, Planted]] = field(default_factory=list)
    wrong: list[tuple[str, Difference]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the planted changes that is reported."""
        return sum(self.reported.values()) / max(1, sum(self.planted.values()))

    @property
    def precision(self) -> float:
        """The share of the reports that tells of a planted change."""
        right = sum(self.reported.values())
        return right / max(1, right + sum(self.false.values()))


# planting


def other_speaker(article: Article, one: Statement, rng: random.Random) -> Planted | None:
    """Give a statement to another person of the article."""
    if not _has_plain_source(article, one):
        return None
    people = sorted({each.speaker for each in article.statements if each.speaker and _is_person(each.speaker)})
    others = [name for name in people if not _shares(name, one.speaker or "")]
    return _sourced("other speaker", article, one, rng.choice(others)) if others else None


def anonymised(article: Article, one: Statement, rng: random.Random) -> Planted | None:
    """Take a named source's name away."""
    if not _has_plain_source(article, one):
        return None
    return _sourced("named against anonymous", article, one, rng.choice(HIDDEN))


def _sourced(kind: DifferenceKind, article: Article, one: Statement, name: str) -> Planted:
    start, end = one.sources[0]
    first = article.text[start].isupper() and _opens(article.text, start)
    return Planted(kind, ((start, end, name[0].upper() + name[1:] if first else name),), one.sources, one.number)


def _opens(text: str, start: int) -> bool:
    return start == 0 or text[:start].rstrip(" ")[-1:] in '.\n”"?!'


def _has_plain_source(article: Article, one: Statement) -> bool:
    """Whether a source is the name of a person alone, or "he", and what follows does not hang on it."""
    if len(one.sources) != 1 or one.depth or not one.speaker or not _is_person(one.speaker):
        return False
    written = article.text[slice(*one.sources[0])]
    shared = sum(one.sources[0] in each.sources for each in article.statements)
    later = [each for each in article.statements if each.sources and each.sources[0][0] > one.sources[0][1]]
    hangs = bool(later) and bool(PRONOUN.fullmatch(article.text[slice(*later[0].sources[0])]))
    last_name = (one.speaker or "").split()[-1]
    turn = article.text[one.sources[0][1]] == ":"
    return written == last_name and shared == 1 and not hangs and not turn


def _is_person(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 3 and all(word[0].isupper() and word[1:].islower() for word in words)


def _shares(one: str, other: str) -> bool:
    return bool(set(one.split()) & set(other.split()))


def cut(article: Article, one: Statement, rng: random.Random) -> Planted | None:
    """Leave words of a quotation out, with or without an ellipsis."""
    span = _quoted_whole(article, one)
    words = list(WORD.finditer(article.text, *span)) if span else []
    if not span or len(words) < LEAST_QUOTED:
        return None
    size = max(3, len(words) // 4)
    first = rng.randrange(3, len(words) - size - 2)
    start, end = words[first].start(), words[first + size].start()
    gap = rng.choice(("... ", ""))
    return Planted("shortened", ((start, end, gap),), ((start, end),), one.number)


def altered(article: Article, one: Statement, rng: random.Random) -> Planted | None:
    """Change a word of a quotation into another."""
    span = _quoted_whole(article, one)
    words = list(WORD.finditer(article.text, *span)) if span else []
    found = [word for word in words if word.group() in ALTERED]
    if len(words) < LEAST_TOLD or not found:
        return None
    word = rng.choice(found)
    place = (word.start(), word.end())
    return Planted("altered", ((*place, ALTERED[word.group()]),), (place,), one.number)


def _quoted_whole(article: Article, one: Statement) -> Span | None:
    """What stands between the marks of a direct quotation, where one content is one quotation."""
    if one.type != "direct" or one.depth or not one.contents:
        return None
    text, (start, end) = article.text, one.contents[0]
    inner = [(each.inside, each.until) for each in quotations(text, [_paragraph(text, start)])]
    return next(((low, high) for low, high in inner if start <= low and high <= end), None)


def _paragraph(text: str, at: int) -> Span:
    end = text.find("\n\n", at)
    return text.rfind("\n\n", 0, at) + 2 if "\n\n" in text[:at] else 0, len(text) if end < 0 else end


def quoted(article: Article, one: Statement, rng: random.Random) -> Planted | None:
    """Put a paraphrase between marks."""
    if one.type != "indirect" or one.depth or len(one.contents) != 1 or not one.cues or "“" in article.text:
        return None
    start, end = one.contents[0]
    words = list(WORD.finditer(article.text, start, end))
    if len(words) < LEAST_TOLD or start < one.cues[0][1] or "\n" in article.text[start:end]:
        return None
    first = rng.randrange(0, len(words) - LEAST_TOLD + 1)
    low, high = words[first].start(), words[-1].end()
    return Planted("paraphrase made quotation", ((low, low, '"'), (high, high, '"')), ((low, high),), one.number)


def unquoted(article: Article, one: Statement, rng: random.Random) -> Planted | None:
    """Take the marks of a quotation away."""
    span = _quoted_whole(article, one)
    if span is None or len(one.contents) != 1 or not one.cues or not one.sources:
        return None
    start, end = one.contents[0]
    ahead = one.cues[0][0] >= end and article.text[end - 2 : end - 1] == ","
    if (start, end) != (span[0] - 1, span[1] + 1) or not ahead or len(WORD.findall(article.text, start, end)) < 4:
        return None
    if len(re.findall(r"[.!?] ", article.text[start:end])):
        return None
    return Planted("quotation made paraphrase", ((start, start + 1, ""), (end - 1, end, "")), (span,), one.number)


def other_cue(article: Article, one: Statement, rng: random.Random) -> Planted | None:
    """Say that somebody claimed what was said."""
    if len(one.cues) != 1 or one.depth or one.cue_class != "say":
        return None
    start, end = one.cues[0]
    written = article.text[start:end]
    if written not in CUES:
        return None
    return Planted("other cue", ((start, end, rng.choice(CUES[written])),), one.cues, one.number)


PLANTS = (other_speaker, anonymised, cut, altered, quoted, unquoted, other_cue)


def cases(*, held: bool, changes: int = CHANGES) -> Iterator[Case]:
    """Yield articles told twice, until so many changes are planted; the kinds come in turn."""
    rng = random.Random(7 if held else 3)
    due = Counter({plant.__name__: 0 for plant in PLANTS})
    count = 0
    for article in _articles(held=held):
        planted: list[Planted] = []
        for name in sorted(due, key=lambda name: (due[name], name)):
            if len(planted) < EACH and count < changes and (one := _plant(name, article, planted, rng)):
                planted.append(one)
                due[name] += 1
                count += 1
        if planted:
            yield _case(article, planted)
        if count >= changes:
            return


def restyled(*, held: bool, count: int) -> Iterator[Case]:
    """Yield so many articles told in another house's style, with nothing planted."""
    for article in islice(_articles(held=held), count):
        yield _case(article, [])


def _articles(*, held: bool) -> list[Article]:
    """The articles of a half, in an order that mixes their writers; the test set of the extraction is in neither."""
    order = sorted(read_all(), key=lambda article: blake2b(article.identity[::-1].encode()).digest())
    ours = [article for article in order if is_test(article.identity) == held]
    return [article for article in ours if "\n\n" in article.text]


def _plant(name: str, article: Article, planted: Sequence[Planted], rng: random.Random) -> Planted | None:
    plant = next(each for each in PLANTS if each.__name__ == name)
    taken = [one.statement for one in planted]
    order = list(article.statements)
    rng.shuffle(order)
    tried = (plant(article, one, rng) for one in order if all(abs(one.number - at) > APART for at in taken))
    return next((found for found in tried if found is not None), None)


def _case(article: Article, planted: Sequence[Planted]) -> Case:
    edits = sorted(edit for one in planted for edit in one.edits)
    edits = sorted([*edits, *_house(article, edits)])
    text, places = _edited(article.text, edits)

    def moved(at: int) -> int:
        return at + sum(shift for start, shift in places if start <= at)

    before = version(article.identity, article.text)
    return Case(before, version(f"{article.identity}-other", text, lines(text)), tuple(planted), moved)


def _edited(text: str, edits: Sequence[Edit]) -> tuple[str, list[tuple[int, int]]]:
    pieces, at, places = [], 0, []
    for start, end, new in edits:
        pieces += [text[at:start], new]
        places.append((end, len(new) - (end - start)))
        at = end
    return "".join([*pieces, text[at:]]), places


def _house(article: Article, taken: Sequence[Edit]) -> Iterator[Edit]:
    """Yield the edits of another house's style, where nothing was planted."""
    text = article.text
    pairs = language("en").spelling_pairs
    for word in WORD.finditer(text):
        if word.group() in pairs and not _touches(taken, *word.span()):
            yield (*word.span(), pairs[word.group()])
    for written, other in HOUSE.items():
        for found in re.finditer(rf"(?<!\w){re.escape(written)}(?!\w)", text):
            if not _touches(taken, *found.span()):
                yield (*found.span(), other)
    for start, end in islice((span for span in lines(text)[1:] if _is_idle(article, span)), 1):
        if not _touches(taken, start, end) and not any(start <= at < end for at, _, _ in _house_words(text, pairs)):
            yield start, min(end + 2, len(text)), ""


def _house_words(text: str, pairs: object) -> list[Edit]:
    usual = language("en").spelling_pairs
    words = [(*word.span(), "") for word in WORD.finditer(text) if word.group() in usual]
    return words + [(*found.span(), "") for written in HOUSE for found in re.finditer(re.escape(written), text)]


def _touches(edits: Sequence[Edit], start: int, end: int) -> bool:
    return any(low <= end and start <= high for low, high, _ in edits)


def _is_idle(article: Article, span: Span) -> bool:
    """Whether a paragraph says nothing that is a statement."""
    spans = [each for one in article.statements for each in (*one.sources, *one.cues, *one.contents)]
    return not any(start < span[1] and span[0] < end for start, end in spans)


# judging


def read(case: Case) -> Ledger:
    """The ledger of a case's two versions."""
    versions = [case.before, case.after]
    found = [statements(each) for each in versions]
    spoken = [speakers(each, told) for each, told in zip(versions, found, strict=True)]
    return ledger(versions, found, spoken, one_origin=lambda one, other: True)


def judge(case: Case, score: Score) -> None:
    """Count what of a case is reported."""
    told = [each for row in read(case).rows for each in row.differences]
    right: set[Difference] = set()
    for one in case.planted:
        score.planted[one.kind] += 1
        found = [each for each in told if each.kind == one.kind and _meets(each, one, case)]
        right.update(found)
        if found:
            score.reported[one.kind] += 1
        else:
            score.missed.append((case.before.id, one))
    for each in told:
        if each not in right:
            score.false[each.kind] += 1
            score.wrong.append((case.before.id, each))


def _meets(difference: Difference, one: Planted, case: Case) -> bool:
    """Whether a difference tells of the place of a planted change, in the one version or the other."""
    for version_at, spans in zip(difference.between, difference.words, strict=True):
        for start, end in one.place:
            low, high = (start, end) if version_at == 0 else (case.moved(start) - 2, case.moved(end) + 2)
            if any(first <= high and low <= last for first, last in spans):
                return True
    return False


def measured(*, held: bool, changes: int = CHANGES) -> Score:
    """Return what the ledger reports of a half's planted changes."""
    score = Score()
    for case in cases(held=held, changes=changes):
        judge(case, score)
    return score


def shown(score: Score, title: str) -> None:
    """Print a score by kind."""
    print(f"{title}: recall {score.recall:.3f}, precision {score.precision:.3f}")
    for kind in sorted(score.planted | score.false):
        print(f"  {kind:28} {score.reported[kind]:3} of {score.planted[kind]:3}   false {score.false[kind]}")


def main() -> None:
    """Print recall and precision on both halves."""
    shown(measured(held=False), "development half")
    shown(measured(held=True), "held half")


if __name__ == "__main__":
    main()
