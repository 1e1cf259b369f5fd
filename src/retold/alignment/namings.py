"""Names that the versions write in several ways, and the edits that show it where no passage does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from retold.alignment.classes import NAME_NOTES
from retold.alignment.units import Told
from retold.model.records import Edit, EditClass, Name, NameKind
from retold.text.languages import Language
from retold.text.names import SMALL, initials, known, longest_from, same_name, sound, titles
from retold.text.words import MEMO, Token

LONGEST_NAME = 6  # words of a name known by data ("United States of America")
SHORTEST = 3  # letters of an abbreviation that initials explain; shorter ones are known by data or not at all
SURE_SOUND = 5  # sounds; two spellings of an equal key this long are one name without a witness
TOLD_APART = ("transliteration", "exonym")
KINDS: dict[str, NameKind] = {
    "transliteration": "transliteration",
    "exonym": "exonym",
    "rename": "exonym",
    "abbreviation": "abbreviation",
    "capitals": "capitals",
    "short form": "short form",
}


class Mention(NamedTuple):
    """A name where it stands."""

    version: int
    unit: int
    start: int
    end: int
    text: str
    neighbours: tuple[str, ...]  # the capitalised words beside it


def named(all_told: Sequence[Told], edits: Iterable[Edit]) -> list[tuple[Name, dict[str, list[Mention]]]]:
    """Return every name with two spellings or more, and its mentions by spelling."""
    shorts = _shorts(all_told)
    written = {version.place: _written(version, shorts) for version in all_told}
    spellings = {text for names in written.values() for text in names}
    alike = {pair: reason for pair in _candidates(spellings) if (reason := same_name(*pair))}
    wanted = {text for pair in alike for text in pair}
    mentions = {text: [m for v in all_told for m in _mentions(v, text, written[v.place])] for text in sorted(wanted)}
    witnessed = _slots(all_told, edits)
    pairs = {pair: reason for pair, reason in alike.items() if _holds(pair, reason, mentions, witnessed)}
    found = [_name(group, pairs, mentions) for group in _groups(pairs)]
    return sorted(found, key=lambda item: min(m[:3] for ms in item[1].values() for m in ms))


def _shorts(all_told: Sequence[Told]) -> frozenset[str]:
    """The words of capitals that may be initials of a longer name ("LCS", "L.C.S.")."""
    words = {unit.tokens[place].text for version in all_told for unit in version.units for place in unit.capitals}
    return frozenset(bare for text in words if text.isupper() and len(bare := text.replace(".", "")) >= SHORTEST)


def _spelled_out(words: Sequence[Token], place: int, shorts: frozenset[str]) -> int:
    """How many words from here on are a longer name whose initials somebody writes; 0 where none is."""
    for size in range(min(LONGEST_NAME, len(words) - place), 1, -1):
        taken = words[place : place + size]
        if _reads_as_name(taken) and initials(" ".join(word.text for word in taken)) in shorts:
            return size
    return 0


def _reads_as_name(words: Sequence[Token]) -> bool:
    """Whether words are capitals with small words between them at most ("League of Coastal States")."""
    ends = words[0].key not in SMALL and words[-1].text[0].isupper()
    unbroken = all(after.start - before.end == 1 for before, after in pairwise(words))
    return ends and unbroken and all(word.text[0].isupper() or word.key in SMALL for word in words)


Place = tuple[int, int, int]  # a unit, the place among its words where a name stands, and of how many words it is


def _written(version: Told, shorts: frozenset[str]) -> dict[str, list[Place]]:
    """Every name of a version as written, and where it stands."""
    found: dict[str, list[Place]] = {}
    for number, place, size in _names(version, shorts):
        words = version.units[number].terms
        first, last = words[place], words[place + size - 1]
        text = first.text if size == 1 else version.version.text[first.start : last.end]
        found.setdefault(_bare(text), []).append((number, place, size))
    return found


def _mentions(version: Told, text: str, written: Mapping[str, list[Place]]) -> Iterable[Mention]:
    """The places where a spelling stands."""
    for number, place, size in written.get(text, ()):
        words = version.units[number].terms
        ends = [words[at] for at in (place - 1, place + size) if 0 <= at < len(words)]
        beside = [w.key for w in ends if w.text[0].isupper() and w.key not in titles(version.language.code)]
        start = words[place].start
        yield Mention(version.place, number, start, start + len(text), text, tuple(beside))


def _names(version: Told, shorts: frozenset[str]) -> Iterable[Place]:
    """Single capitalised words, and the longer names that the data or their initials make known."""
    begin = {short[0] for short in shorts}  # the letters that abbreviations begin with
    for number, unit in enumerate(version.units):
        words = unit.terms
        place = taken_to = 0
        for capital in unit.capitals:
            word = unit.tokens[capital]
            place = words.index(word, place)
            if place < taken_to:
                continue
            size = _known_length(words, place) or (_spelled_out(words, place, shorts) if word.text[0] in begin else 0)
            if size or not _only_starts(words, place, unit.start, version.language):
                yield number, place, max(size, 1)
            taken_to = place + max(size, 1)


def _known_length(words: Sequence[Token], place: int) -> int:
    """How many words from here on are one name of the data; 0 where none is."""
    longest = longest_from().get(words[place].key.casefold(), 0)
    for size in range(min(longest, LONGEST_NAME, len(words) - place), 1, -1):
        if words[place + size - 1].capital and known(" ".join([word.text for word in words[place : place + size]])):
            return size
    return 1 if known(words[place].text) else 0


def _only_starts(words: Sequence[Token], place: int, start: int, data: Language) -> bool:
    """Whether a capital tells nothing: a function word, the calendar, or a lone first word of a sentence."""
    word = words[place]
    if word.key in data.stopwords or word.key in data.weekdays or word.key in data.months or len(word.text) < 2:
        return True
    starts = word.start <= start + 1
    return starts and not (place + 1 < len(words) and words[place + 1].text[0].isupper()) and word.key.isascii() and (
        word.key in data.say or word.key in data.glue
    )  # fmt: skip


def _candidates(spellings: Set[str]) -> list[tuple[str, str]]:
    """Pairs of spellings worth a look: the same by data, or the same first sound and consonants."""
    shelves: dict[str, list[str]] = {}
    for text in sorted(spellings):
        data = known(text)
        shelves.setdefault(f"data {data[0]}" if data else f"sound {_shelf(text)}", []).append(text)
        short = initials(text) or text.replace(".", "")
        if short.isupper() and len(short) >= SHORTEST:
            shelves.setdefault(f"initials {short}", []).append(text)
    pairs = {pair for shelf in shelves.values() for pair in combinations(shelf, 2)}
    return sorted(pair for pair in pairs if pair[0].casefold() != pair[1].casefold())


@lru_cache(maxsize=MEMO)
def _shelf(text: str) -> str:
    heard = sound(text).replace("g", "h")
    return heard[:1] + "".join(letter for letter in heard[1:] if letter not in "aeiou")


def _holds(
    pair: tuple[str, str], reason: str, mentions: Mapping[str, list[Mention]], witnessed: frozenset[frozenset[str]]
) -> bool:
    """Whether a likeness of names is one name: sound alone asks for a witness, data and initials do not."""
    by_data = known(pair[0]) is not None and known(pair[0]) == known(pair[1])
    if by_data or reason == "abbreviation" or frozenset(pair) in witnessed:
        return True
    mine, yours = mentions[pair[0]], mentions[pair[1]]
    beside = {word for mention in mine for word in mention.neighbours} & {
        w for mention in yours for w in mention.neighbours
    }
    apart = not {mention.version for mention in mine} & {mention.version for mention in yours}
    return apart and (bool(beside) or (sound(pair[0]) == sound(pair[1]) and len(sound(pair[0])) >= SURE_SOUND))


def _slots(all_told: Sequence[Told], edits: Iterable[Edit]) -> frozenset[frozenset[str]]:
    """The spellings that stand against each other in an edit: the witness of an aligned place."""
    slots = set()
    for edit in edits:
        if edit.kind is EditClass.NAME:
            texts = sorted(
                {_bare(all_told[version].version.text[start:end]) for version, (start, end) in edit.sides.items()}
            )
            slots |= {frozenset(pair) for pair in combinations(texts, 2)}
    return frozenset(slots)


def _bare(text: str) -> str:
    return text[:-2] if text.endswith(("'s", "’s")) else text


def _groups(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Spellings that are one name, together."""
    groups: dict[str, list[str]] = {}
    for one, other in pairs:
        mine, yours = groups.setdefault(one, [one]), groups.setdefault(other, [other])
        if mine is not yours:
            mine += yours
            for text in yours:
                groups[text] = mine
    return list({id(group): group for group in groups.values()}.values())


def _name(
    spellings: Sequence[str], pairs: Mapping[tuple[str, str], str], mentions: Mapping[str, list[Mention]]
) -> tuple[Name, dict[str, list[Mention]]]:
    own = {text: mentions[text] for text in sorted(spellings, key=lambda text: min(m[:3] for m in mentions[text]))}
    reasons = [reason for pair, reason in pairs.items() if pair[0] in own]
    reason = max(sorted(set(reasons)), key=reasons.count)
    counts = {text: _counts(found) for text, found in own.items()}
    return Name(KINDS[reason], counts, NAME_NOTES[reason]), own


def _counts(found: Iterable[Mention]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for mention in found:
        counts[mention.version] = counts.get(mention.version, 0) + 1
    return dict(sorted(counts.items()))


def apart(
    names: Iterable[tuple[Name, dict[str, list[Mention]]]],
    all_told: Sequence[Told],
    edits: Sequence[Edit],
    homes: Mapping[tuple[int, int], str],
) -> list[Edit]:
    """Return a name edit for each name whose spellings stand against each other in no passage."""
    slots = _slots(all_told, edits)
    made = []
    for name, mentions in names:
        pairs = {frozenset(pair) for pair in combinations(mentions, 2)}
        if name.kind not in TOLD_APART or pairs & slots:
            continue
        first: dict[int, Mention] = {}
        for mention in sorted((m for found in mentions.values() for m in found), key=lambda m: m[:3]):
            first.setdefault(mention.version, mention)
        if len({mention.text for mention in first.values()}) > 1:
            last = first[max(first)]
            sides = {version: (mention.start, mention.end) for version, mention in sorted(first.items())}
            passage = homes[last.version, last.unit]
            made.append(
                Edit(passage, EditClass.NAME, f"{name.note}; the words stand in different passages", sides, apart=True)
            )
    return made
