"""What an editor should look at: a reference that lost what it points at, a name that nobody introduced, a quotation
with words left out, a number that differs.

Each is told of one version, against another that has what the first one lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from retold.alignment.people import Page, surname
from retold.alignment.units import Told, Unit
from retold.model.records import Edit, EditClass, Passage, Quotation, Watch, letter
from retold.text.languages import Language
from retold.text.names import sound
from retold.text.words import Token, stem

Homes = Mapping[tuple[int, int], str]  # (version, unit) -> passage
SHOWN_WORDS = 4
CLOSE = 0.5  # words in common; in a looser passage two numbers may be of two things
CHAIN = 2  # passages that may stand between a reference and what it lost, themselves bereft of it


@dataclass(frozen=True, slots=True)
class Loss:
    """A sentence that both versions tell, and the one before it that only ``other`` tells."""

    page: Page
    other: Page
    unit: int
    lost: int  # the unit of ``other`` that ``page`` lacks


def watched(
    all_told: Sequence[Told],
    passages: Iterable[Passage],
    homes: Homes,
    edits: Iterable[Edit],
    quotations: Iterable[Quotation],
) -> list[Watch]:
    """Return the watch list, by version and place."""
    pages = [Page(told, tuple(homes[told.place, number] for number in range(len(told.units)))) for told in all_told]
    close = {passage.id for passage in passages if passage.score >= CLOSE}
    found = [*_losses(pages), *_introductions(pages), *_shortened(quotations), *_numbers(all_told, edits, close)]
    found.sort(key=lambda watch: (watch.version, watch.start, watch.kind))
    return found


def _losses(pages: Sequence[Page]) -> list[Watch]:
    """References without what they refer to, each told once: against the first version that has it."""
    tellers: dict[str, list[Page]] = {}
    for page in pages:
        for passage in page.first:
            tellers.setdefault(passage, []).append(page)
    found = []
    for page in pages:
        for passage, unit in page.first.items():
            words = _pointing(page.told.units[unit], page.told.language)
            if words and len(tellers[passage]) > 1:
                watch = _first_loss(page, unit, words, tellers[passage])
                if watch is not None:
                    found.append(watch)
    return found


def _pointing(unit: Unit, data: Language) -> list[Token]:
    """The words of a sentence from its definite word or its "he" on, if it begins so; a "but" may stand before."""
    first = unit.words[0] if unit.words else ""
    if not (first in data.glue or first in data.definite or first in data.persons):
        return []  # most sentences
    words = [token for token in unit.tokens[: SHOWN_WORDS * 3] if token.word]
    while words and words[0].key in data.glue and words[0].key not in data.definite:
        words = words[1:]
    return words if len(words) > 1 and (words[0].key in data.definite or words[0].key in data.persons) else []


def _first_loss(page: Page, unit: int, words: Sequence[Token], tellers: Sequence[Page]) -> Watch | None:
    tried: set[tuple[str, ...]] = set()
    for other in tellers:
        lost = _lost_before(page, other, page.passages[unit]) if other is not page else None
        if lost is not None and other.told.units[lost].words not in tried:
            tried.add(other.told.units[lost].words)
            watch = _lost(Loss(page, other, unit, lost), words)
            if watch is not None:
                return watch
    return None


def _lost_before(page: Page, other: Page, passage: str) -> int | None:
    """The unit of another version that stands before a passage there and that this version does not tell."""
    seen: set[str] = set()
    for number in range(other.first[passage] - 1, -1, -1):
        before = other.passages[number]
        if before not in page.first:
            return number
        seen.add(before)
        if len(seen) == CHAIN:
            return None
    return None


def _lost(loss: Loss, words: Sequence[Token]) -> Watch | None:
    for kind, judge in JUDGES:
        size, note = judge(loss, words)
        if size:
            return Watch(
                kind=kind,
                version=loss.page.told.place,
                passage=loss.page.passages[loss.unit],
                needs=loss.other.passages[loss.lost],
                start=words[0].start,
                end=words[size - 1].end,
                note=note,
            )
    return None


def _lost_source(loss: Loss, words: Sequence[Token]) -> tuple[int, str]:
    """A pointer at something said or written ("The proposals", "the reported answer") whose source is told only by the
    other version: the words that point (0 for none) and a note."""
    data = loss.page.told.language
    pointed = _pointed(words, data) if words[0].key in data.definite else 0
    source = _source(loss) if pointed else ""
    if not source or not _news_here(loss, words, pointed):
        return 0, ""
    shown = " ".join(token.text for token in words[: pointed + 1])
    return pointed + 1, (
        f"“{shown}” stands in {letter(loss.page.told.place)} without its source, "
        f"which {letter(loss.other.told.place)} names before it: {source}"
    )


def _pointed(words: Sequence[Token], data: Language) -> int:
    """The place of a word for something said or written within a definite phrase; 0 where there is none."""
    for place, token in enumerate(words[1:SHOWN_WORDS], 1):
        if token.key in data.telling:
            return place
        if token.key in data.stopwords and token.text[0].islower():
            return 0
    return 0


def _news_here(loss: Loss, words: Sequence[Token], pointed: int) -> bool:
    """Whether nothing earlier in the version has the phrase's words: each would do as what it points at, save a mere
    word for speech after "reported" or "leaked", whose reporting is what is lost."""
    data = loss.page.told.language
    said = [token for token in words[1:pointed] if token.key in data.say]
    return not all(
        _told_before(stem(token.key, data.code), loss.page.told, loss.unit) for token in (words[pointed], *said)
    )


def _told_before(stem: str, version: Told, unit: int) -> bool:
    """Whether a word stands in a version before one of its sentences."""
    return any(stem in before.stems for before in version.units[:unit])


def _source(loss: Loss) -> str:
    """Who the lost sentence names as a source that the version never names: a name near a reporting verb, or ""."""
    unit = loss.other.told.units[loss.lost]
    if loss.other.told.language.say.isdisjoint(unit.words):
        return ""
    for name in loss.other.names[loss.lost]:
        if not any(token.key in loss.page.vocabulary for token in name):
            return " ".join(token.text for token in name)
    return ""


def _lost_first(loss: Loss, words: Sequence[Token]) -> tuple[int, str]:
    """A definite phrase ("The second blast") for a thing that only the lost sentence speaks of before."""
    data = loss.page.told.language
    if words[0].key not in data.definite:
        return 0, ""
    lost = loss.other.told.units[loss.lost].stems
    for place, token in enumerate(words[1:SHOWN_WORDS], 1):
        if token.key in data.ordinals or token.key in data.number_words:
            continue  # "The second blast" speaks of a blast
        if token.key in data.stopwords or token.text[0].isupper():
            return 0, ""
        word = stem(token.key, data.code)
        if word in lost and not _told_before(word, loss.page.told, loss.unit):
            shown = " ".join(each.text for each in words[: place + 1])
            return place + 1, (
                f"“{shown}” stands in {letter(loss.page.told.place)} without the sentence before it in "
                f"{letter(loss.other.told.place)} that first speaks of it"
            )
        return 0, ""
    return 0, ""


def _lost_antecedent(loss: Loss, words: Sequence[Token]) -> tuple[int, str]:
    """A sentence that begins with "he" or "she" where the person is named only in the sentence the version lacks."""
    page, other = loss.page.told, loss.other.told
    if words[0].key not in page.language.persons:
        return 0, ""
    lost = loss.other.people(loss.lost)
    before = page.units[loss.unit - 1] if loss.unit else None
    here = {token.key for token in before.tokens} if before else set()
    if not lost or any(token.key in here for name in lost for token in name):
        return 0, ""
    name = " ".join(token.text for token in lost[0])
    return 1, (
        f"“{words[0].text}” may point at another person in {letter(page.place)}: "
        f"{letter(other.place)} names {name} before it"
    )


JUDGES = (("lost_source", _lost_source), ("lost_antecedent", _lost_first), ("lost_antecedent", _lost_antecedent))


def _introductions(pages: Sequence[Page]) -> list[Watch]:
    """Surnames that a version uses without ever saying whose, while a sentence that only another version tells does."""
    people: dict[str, list[tuple[Page, int, str]]] = {}
    everywhere = frozenset.intersection(*(frozenset(page.first) for page in pages))
    for page in pages:
        for number, passage in enumerate(page.passages):
            for name in page.people(number) if passage not in everywhere else ():
                whole = " ".join(token.text for token in name)
                people.setdefault(sound(surname(name[-1])), []).append((page, number, whole))
    found = []
    for page in pages:
        for heard in sorted((people.keys() & page.capitals.keys()) - page.introduced):
            watch = _introduced(page, *page.capitals[heard], people[heard])
            if watch is not None:
                found.append(watch)
    return found


def _introduced(page: Page, unit: int, token: Token, people: Sequence[tuple[Page, int, str]]) -> Watch | None:
    """The first other version that introduces somebody in a passage which this one does not tell."""
    for other, number, whole in people:
        if other is page or other.passages[number] in page.first:
            continue
        here, there = letter(page.told.place), other.told.place
        note = f"{here} writes {token.text} without saying who that is; {letter(there)} introduces {whole}"
        passage, needs = page.passages[unit], other.passages[number]
        return Watch("lost_introduction", page.told.place, passage, needs, token.start, token.end, note)
    return None


def _shortened(quotations: Iterable[Quotation]) -> list[Watch]:
    """Quotations with words left out."""
    found = []
    for quotation in quotations:
        for version in quotation.shortened_in if quotation.state in ("shortened", "altered", "reattributed") else ():
            start, end = quotation.sides[version]
            note = f"the quotation is shortened in {letter(version)}; left out: {quotation.left_out}"
            found.append(Watch("shortened_quotation", version, quotation.passage, None, start, end, note))
    return found


def _numbers(all_told: Sequence[Told], edits: Iterable[Edit], close: Set[str]) -> list[Watch]:
    """Numbers that differ between close tellings of one passage, at the reading that fewest versions have."""
    found: dict[tuple[str, str], Watch] = {}
    for edit in edits:
        if edit.differs and edit.kind is EditClass.NUMBER and edit.passage in close:
            readings: dict[str, list[int]] = {}
            for version, (start, end) in edit.sides.items():
                readings.setdefault(all_told[version].version.text[start:end], []).append(version)
            told = [text for text in readings if text]
            version = min(readings[min(told, key=lambda text: (len(readings[text]), text))])
            start, end = edit.sides[version]
            watch = Watch("number_differs", version, edit.passage, None, start, end, edit.note)
            found.setdefault((edit.passage, edit.note), watch)
    return list(found.values())
