"""What an editor should look at: a reference that lost what it points at, a name that nobody introduced, a quotation
with words left out, a number that differs.

Each is told of one version, against another that has what the first one lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retold.alignment.units import Told, Unit
from retold.model.records import Edit, EditClass, Quotation, Watch, letter
from retold.text.languages import Language
from retold.text.names import titles
from retold.text.words import Token, stem

Homes = Mapping[tuple[int, int], str]  # (version, unit) -> passage
SHOWN_WORDS = 4
CHAIN = 2  # passages that may stand between a reference and what it lost, themselves bereft of it


@dataclass(frozen=True, slots=True)
class Loss:
    """A sentence that both versions tell, and the one before it that only ``other`` tells."""

    version: Told
    other: Told
    unit: int
    lost: int  # the unit of ``other`` that ``version`` lacks


def watched(
    all_told: Sequence[Told], homes: Homes, edits: Iterable[Edit], quotations: Iterable[Quotation]
) -> list[Watch]:
    """Return the watch list, by version and place."""
    found = [
        *_losses(all_told, homes),
        *_introductions(all_told, homes),
        *_shortened(quotations),
        *_numbers(edits),
    ]
    found.sort(key=lambda watch: (watch.version, watch.start, watch.kind))
    return found


def _losses(all_told: Sequence[Told], homes: Homes) -> list[Watch]:
    """References without what they refer to, each told once: against the first version that has it."""
    told_by: dict[str, set[int]] = {}
    for (version, _), passage in homes.items():
        told_by.setdefault(passage, set()).add(version)
    found: dict[tuple[int, int], Watch] = {}
    for version in all_told:
        for loss in _bereft(version, all_told, homes, told_by):
            watch = _lost(loss, homes)
            if watch is not None:
                found.setdefault((version.place, loss.unit), watch)
    return list(found.values())


def _bereft(version: Told, all_told: Sequence[Told], homes: Homes, told_by: Mapping[str, set[int]]) -> Iterable[Loss]:
    """The shared sentences before which another version tells something that this one does not."""
    for other in all_told:
        if other is version:
            continue
        lost, distance = -1, 0
        for number in range(len(other.units)):
            passage = homes[other.place, number]
            if version.place not in told_by[passage]:
                lost, distance = number, 0
                continue
            if lost >= 0 and distance < CHAIN:
                mine = _first_unit(version, passage, homes)
                if mine is not None:
                    yield Loss(version, other, mine, lost)
            distance += 1


def _first_unit(version: Told, passage: str, homes: Homes) -> int | None:
    return next((number for number in range(len(version.units)) if homes[version.place, number] == passage), None)


def _lost(loss: Loss, homes: Homes) -> Watch | None:
    unit = loss.version.units[loss.unit]
    words = [token for token in unit.tokens if token.word]
    while words and words[0].key in loss.version.language.glue and words[0].key not in loss.version.language.definite:
        words = words[1:]
    if len(words) < 2:
        return None
    for judge in (_lost_source, _lost_antecedent):
        size, note = judge(loss, words)
        if size:
            return Watch(
                kind="lost_source" if judge is _lost_source else "lost_antecedent",
                version=loss.version.place,
                passage=homes[loss.version.place, loss.unit],
                needs=homes[loss.other.place, loss.lost],
                start=words[0].start,
                end=words[size - 1].end,
                note=note,
                lacks=loss.other.place,
            )
    return None


def _lost_source(loss: Loss, words: Sequence[Token]) -> tuple[int, str]:
    """A pointer at something said or written ("The proposals", "the reported answer") whose source is told only by the
    other version: the words that point (0 for none) and a note."""
    data = loss.version.language
    source = _source(loss)
    if not source or words[0].key not in data.definite:
        return 0, ""
    pointed = _pointed(words, data)
    if not pointed or not _news_here(loss, words, pointed):
        return 0, ""
    shown = " ".join(token.text for token in words[: pointed + 1])
    return pointed + 1, (
        f"\N{LEFT DOUBLE QUOTATION MARK}{shown}\N{RIGHT DOUBLE QUOTATION MARK} stands in {letter(loss.version.place)} "
        f"without its source, which {letter(loss.other.place)} names before it: {source}"
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
    data = loss.version.language
    earlier = _stems_before(loss.version, loss.unit)
    telling = stem(words[pointed].key, data.code)
    qualified = any(_says(token, data) and stem(token.key, data.code) not in earlier for token in words[1:pointed])
    return telling not in earlier or qualified


def _says(token: Token, data: Language) -> bool:
    return token.key in data.say


def _stems_before(version: Told, unit: int) -> set[str]:
    return {word for before in version.units[:unit] for word in before.stems}


def _source(loss: Loss) -> str:
    """Who the lost sentence names as a source that the version never names: a name near a reporting verb, or ""."""
    unit = loss.other.units[loss.lost]
    data = loss.other.language
    if not any(_says(token, data) for token in unit.tokens):
        return ""
    known = {token.key for own in loss.version.units for token in own.tokens if token.word}
    for name in _names(unit, data):
        if not {token.key for token in name} & known:
            return " ".join(token.text for token in name)
    return ""


def _names(unit: Unit, data: Language) -> list[list[Token]]:
    """Runs of capitalised words that are no calendar, no title and no mere start of the sentence."""
    runs: list[list[Token]] = []
    run: list[Token] = []
    for token in unit.tokens:
        if token.word and token.text[0].isupper() and not _no_name(token, unit, data):
            run.append(token)
        elif run:
            runs.append(run)
            run = []
    return [*runs, run] if run else runs


def _no_name(token: Token, unit: Unit, data: Language) -> bool:
    if token.key in data.weekdays or token.key in data.months or token.key in titles(data.code):
        return True
    return token.key in data.stopwords or (token.start <= unit.start + 1 and _lone_start(token, unit))


def _lone_start(token: Token, unit: Unit) -> bool:
    """Whether a capital at a sentence's start is followed by none, so that it may be any word."""
    after = [other for other in unit.tokens if other.start > token.start and other.word]
    return not after or not after[0].text[0].isupper()


def _lost_antecedent(loss: Loss, words: Sequence[Token]) -> tuple[int, str]:
    """A sentence that begins with "he" or "she" where the person is named only in the sentence the version lacks."""
    data = loss.version.language
    if words[0].key not in data.persons:
        return 0, ""
    lost = _names(loss.other.units[loss.lost], data)
    before = loss.version.units[loss.unit - 1] if loss.unit else None
    here = {token.key for token in before.tokens} if before else set()
    if not lost or any(token.key in here for name in lost for token in name):
        return 0, ""
    name = " ".join(token.text for token in lost[0])
    shown = words[0].text
    return 1, (
        f"\N{LEFT DOUBLE QUOTATION MARK}{shown}\N{RIGHT DOUBLE QUOTATION MARK} may point at another person in "
        f"{letter(loss.version.place)}: {letter(loss.other.place)} names {name} before it"
    )


def _introductions(all_told: Sequence[Told], homes: Homes) -> list[Watch]:
    """Surnames that a version uses bare, while the sentence that introduces the person stands only in another."""
    full = [_full_names(version) for version in all_told]
    found = []
    for version in all_told:
        own = full[version.place]
        for surname, (unit, token) in sorted(_bare_names(version).items()):
            if surname in own:
                continue
            for other in all_told:
                introduced = full[other.place].get(surname)
                if other is version or introduced is None:
                    continue
                passage = homes[other.place, introduced[0]]
                if any(homes[version.place, number] == passage for number in range(len(version.units))):
                    continue
                note = (
                    f"{letter(version.place)} writes {token.text} without saying who that is; "
                    f"{letter(other.place)} introduces {introduced[1]}"
                )
                where = homes[version.place, unit]
                place = version.place
                found.append(Watch("lost_introduction", place, where, passage, token.start, token.end, note, other.place))
                break
    return found


def _full_names(version: Told) -> dict[str, tuple[int, str]]:
    """Surname -> (the unit that first writes it with a first name or a title, the whole name)."""
    found: dict[str, tuple[int, str]] = {}
    for number, unit in enumerate(version.units):
        for name in _names(unit, version.language):
            if len(name) > 1 or _titled(name[0], unit, version.language):
                found.setdefault(_surname(name[-1]), (number, " ".join(token.text for token in name)))
    return found


def _titled(name: Token, unit: Unit, data: Language) -> bool:
    before = [token for token in unit.tokens if token.end <= name.start and token.word][-1:]
    return bool(before) and before[0].key in titles(data.code)


def _bare_names(version: Told) -> dict[str, tuple[int, Token]]:
    found: dict[str, tuple[int, Token]] = {}
    for number, unit in enumerate(version.units):
        for name in _names(unit, version.language):
            if len(name) == 1 and len(name[0].text) > 2:
                found.setdefault(_surname(name[0]), (number, name[0]))
    return found


def _surname(token: Token) -> str:
    return token.key.removesuffix("'s")


def _shortened(quotations: Iterable[Quotation]) -> list[Watch]:
    """Quotations with words left out."""
    found = []
    for quotation in quotations:
        for version in quotation.shortened_in if quotation.state in ("shortened", "altered", "reattributed") else ():
            start, end = quotation.sides[version]
            fullest = max(quotation.sides, key=lambda place: quotation.sides[place][1] - quotation.sides[place][0])
            note = f"the quotation is shortened in {letter(version)}; left out: {quotation.left_out}"
            found.append(Watch("shortened_quotation", version, quotation.passage, None, start, end, note, fullest))
    return found


def _numbers(edits: Iterable[Edit]) -> list[Watch]:
    """Numbers that differ between tellings of one passage."""
    found = []
    for edit in edits:
        if edit.kind is EditClass.NUMBER and edit.note.startswith("another number"):
            version = min(edit.sides)
            start, end = edit.sides[version]
            found.append(Watch("number_differs", version, edit.passage, None, start, end, edit.note))
    return found
