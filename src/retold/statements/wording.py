"""What a statement says, word by word, in the one form under which outlets' house styles are the same.

Names take their usual English form (Kiev, Kyiv; U.S., United States), numbers their value and bound ("over 100,000",
"more than 100 000"), spellings that of the language's data; each word keeps its place and whether it is quoted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from retold.model.records import COMPARED, Version
from retold.statements.quoting import quotations
from retold.statements.records import Span, Statement
from retold.text.amounts import Amount, amounts
from retold.text.languages import Language, language
from retold.text.names import known, longest_from
from retold.text.words import Token, stem, tokens

GAP = "…"
BOUND = re.compile("#[a-z]+")
POSSESSIVE = re.compile(r"'s$|(?<=s)'$")
SURE = 3  # words; a run of so many elsewhere is the same words
AROUND = 8  # telling words before and behind a statement that show its place
WIDE = 24  # words among which they are looked for
MOST = 64  # places at which a run is looked for
LONGEST = 4000  # words of one content that are read; a longer one is no statement


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a content: ``text[start:end]`` and its normal form.

    ``stem`` is "" for a word that tells nothing of its own; ``name``: it is a name; ``number``: it is a number.
    """

    start: int
    end: int
    key: str
    stem: str
    quoted: bool
    name: bool = False
    number: bool = False


@dataclass(frozen=True)
class Wording:
    """The words of one content, in order; ``gaps``: the places before which an ellipsis stands for words left out."""

    words: tuple[Word, ...]
    gaps: frozenset[int] = frozenset()
    negative: bool = False  # the cue turns it around: "denied", "did not say"
    code: str = "und"

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The normal forms of all words."""
        return tuple([word.key for word in self.words])

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words that tell something."""
        return frozenset([word.stem for word in self.words if word.stem])

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The stems in their order."""
        return tuple([word.stem for word in self.words if word.stem])

    @cached_property
    def negations(self) -> tuple[int, ...]:
        """The places of the words that turn a sentence around."""
        turning = language(self.code).negations
        places = enumerate(self.keys)
        return tuple([at for at, key in places if key in turning or key.endswith("n't")])

    @cached_property
    def quoted(self) -> tuple[int, ...]:
        """The places of the words between quotation marks."""
        return tuple([place for place, word in enumerate(self.words) if word.quoted])

    @cached_property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The words between quotation marks, in runs that neither an ellipsis nor an unquoted word breaks."""
        return tuple([tuple([self.words[at].key for at in run]) for run in self.runs])

    @cached_property
    def runs(self) -> tuple[tuple[int, ...], ...]:
        """The places of the quoted words, run by run."""
        found: list[list[int]] = []
        for at in self.quoted:
            if not found or at != found[-1][-1] + 1 or at in self.gaps:
                found.append([])
            found[-1].append(at)
        return tuple([tuple(run) for run in found])

    @cached_property
    def quoted_keys(self) -> tuple[str, ...]:
        """The normal forms of the words between quotation marks."""
        return tuple([self.words[at].key for at in self.quoted])

    @cached_property
    def quoted_stems(self) -> frozenset[str]:
        """The stems of the quoted words that tell something."""
        return frozenset([self.words[at].stem for at in self.quoted if self.words[at].stem])

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of the names."""
        return frozenset([word.stem for word in self.words if word.name])

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers, without their bounds: "about ten" is ten to another reporter."""
        return frozenset([word.stem for word in self.words if word.number])

    def spans(self, places: Sequence[int]) -> tuple[Span, ...]:
        """Return where the words at some places stand, neighbours in one span."""
        found: list[Span] = []
        last = -2
        for at in places:
            word = self.words[at]
            if at == last + 1 and found and at not in self.gaps:
                found[-1] = (found[-1][0], word.end)
            else:
                found.append((word.start, word.end))
            last = at
        return tuple(found)


class Reader:
    """Reads the contents of one version's statements."""

    def __init__(self, version: Version) -> None:
        self.text, self.data = version.text, language(version.language)
        self.paragraphs = sorted((block.start, block.end) for block in version.blocks if block.kind in COMPARED)
        self.marks = sorted((one.inside, one.until) for one in quotations(version.text, self.paragraphs))
        self.words: list[Word] = []
        self.gaps: list[int] = []  # the words before which an ellipsis stands
        for start, end in self.paragraphs:
            self._read(start, end)
        self.starts = [word.start for word in self.words]

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Where each form of a word stands."""
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            found.setdefault(word.key, []).append(place)
        return found

    def wording(self, statement: Statement) -> Wording:
        """Return the words of a statement's content."""
        words: list[Word] = []
        gaps: list[int] = []
        for start, end in statement.content:
            low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
            high = min(high, low + LONGEST - len(words))
            known = self.gaps[bisect_left(self.gaps, low) : bisect_left(self.gaps, high)]
            gaps += [at - low + len(words) for at in known]
            words += self.words[low:high]
        if self._is_turn(statement):
            words = [replace(word, quoted=True) for word in words]
        negative = statement.type != "direct" and statement.negated != (statement.cue_class == "deny")
        return Wording(tuple(words), frozenset(gaps), negative, self.data.code)

    def places(self, keys: Sequence[str]) -> Iterator[Span]:
        """Yield where the version has a run of words, by its rarest word; of very many the first."""
        if not all(map(self.index.__contains__, keys)):
            return
        at = min(range(len(keys)), key=lambda at: len(self.index[keys[at]]))
        for place in self.index[keys[at]][:MOST]:
            run = self.words[max(0, place - at) : max(0, place - at) + len(keys)]
            if [word.key for word in run] == list(keys):
                yield run[0].start, run[-1].end

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether a stretch stands between quotation marks."""
        place = bisect_right(self.marks, (start, len(self.text) + 1)) - 1
        return place >= 0 and end <= self.marks[place][1]

    def tells(self, statements: Sequence[Statement], keys: Sequence[str]) -> bool:
        """Whether the version has a run of words beyond the contents of some statements.

        A short run counts in the statements' own paragraphs or in a quotation, for elsewhere it may stand by chance.
        """
        keys = self._core(keys)
        contents = [span for one in statements for span in one.content]
        homes = {self._paragraph(start) for start, _ in contents}
        for start, end in self.places(keys):
            if any(low <= start < high for low, high in contents):
                continue
            quoted = self.is_quoted(start, end)
            near = len(keys) >= SURE or self._paragraph(start) in homes or quoted
            if near and (len(keys) > 1 or (quoted and self._paragraph(start) in homes)):
                return True
        return False

    def _core(self, keys: Sequence[str]) -> Sequence[str]:
        """A run of words without the small ones at its ends ("and", "but"), by which it was tied to its sentence."""
        told = [place for place, key in enumerate(keys) if key not in self.data.glue]
        core = keys[told[0] : told[-1] + 1] if told else keys
        return core if len(core) >= SURE else keys

    def around(self, statement: Statement) -> tuple[frozenset[str], frozenset[str]]:
        """Return the telling words that stand before a statement, and those behind it."""
        spans = (*statement.source, *statement.cue, *statement.content)
        low = bisect_left(self.starts, min(start for start, _ in spans))
        high = bisect_left(self.starts, max(end for _, end in spans))
        before = [word.stem for word in self.words[max(0, low - WIDE) : low] if word.stem]
        behind = [word.stem for word in self.words[high : high + WIDE] if word.stem]
        return frozenset(before[-AROUND:]), frozenset(behind[:AROUND])

    def _paragraph(self, at: int) -> int:
        """The number of the paragraph that holds a place."""
        return bisect_right(self.paragraphs, (at, len(self.text) + 1)) - 1

    def is_pronoun(self, written: str) -> bool:
        """Whether a source is a pronoun: "he", "she"."""
        return written.casefold() in self.data.pronouns

    def _is_turn(self, one: Statement) -> bool:
        """Whether a statement is a turn of a transcript, whose words are as good as quoted ("HOLM: We waited.")."""
        if one.cue or not one.source or one.source[0][1] > one.content[0][0]:
            return False
        return self.text[one.source[0][1] : one.content[0][0]].strip() == ":"

    def _read(self, start: int, end: int) -> None:
        items = tokens(self.text, self.data.code, start=start, end=end)
        for first, after, value in _pieces(self.text, items, self.data):
            if items[first].key == GAP:
                self.gaps.append(len(self.words))
            elif items[first].word:
                self.words.append(self._word(items[first], items[first].start, items[after - 1].end, value))

    def _word(self, item: Token, start: int, end: int, value: str) -> Word:
        number = value.startswith("#")
        key = value or POSSESSIVE.sub("'s", item.key)
        name = not number and (bool(value) or (item.capital and item.key not in self.data.stopwords))
        told = BOUND.sub("#", key) if number else self._stem(key)
        return Word(start, end, key, told, self.is_quoted(start, end), name, number)

    def _stem(self, key: str) -> str:
        plain = POSSESSIVE.sub("", key)
        if plain.partition("'")[0] in self.data.stopwords:  # "we're"
            return ""
        light = (self.data.stopwords, self.data.weekdays, self.data.auxiliaries, self.data.bound_words)
        if any(plain in words for words in light):
            return ""
        return stem(plain, self.data.code)


def _pieces(text: str, items: Sequence[Token], data: Language) -> Iterator[tuple[int, int, str]]:
    """Yield the tokens, numbers and names of several words as one, each with its form; "" where it has its own."""
    numbers = {one.start: one for one in amounts(items, data) if _counts(items, one)}
    place = 0
    while place < len(items):
        if (amount := numbers.get(place)) is not None:
            yield place, amount.end, f"#{amount.bound}{amount.value:g}{amount.unit}"
            place = amount.end
            continue
        size, name = _named(text, items, place)
        yield place, place + size, name
        place += size


def _counts(items: Sequence[Token], amount: Amount) -> bool:
    """Whether a number is one: "one" and "a hundred" of talk are not worth a comparison, "1" and "two" are."""
    return amount.value != 1 or any(item.text[0].isdecimal() for item in items[amount.start : amount.end])


def _named(text: str, items: Sequence[Token], place: int) -> tuple[int, str]:
    """How many tokens a name known by data has that begins here, and its usual form; (1, "") where none does."""
    item = items[place]
    if not item.capital:
        return 1, ""
    longest = longest_from().get(item.text.casefold().replace(".", ""), 1)
    for size in range(min(longest, len(items) - place), 0, -1):
        written = text[item.start : items[place + size - 1].end]
        if items[place + size - 1].word and (group := known(written)) is not None:
            return size, group[0].casefold()
    return 1, ""


def held(parts: Sequence[Sequence[str]], whole: Sequence[str], start: int = 0) -> list[Span] | None:
    """Return where each part stands in the whole, in order; None where one does not.

    >>> held([("we", "sail"), ("noon",)], ["we", "sail", "at", "noon"])
    [(0, 2), (3, 4)]
    """
    found: list[Span] = []
    for part in parts:
        place = find(part, whole, start)
        if place < 0:
            return None
        start = place + len(part)
        found.append((place, start))
    return found


def find(part: Sequence[str], whole: Sequence[str], start: int = 0) -> int:
    """Return where a run of words first stands in others, -1 where it does not."""
    wanted, size = tuple(part), len(part)
    for place in range(start, len(whole) - size + 1):
        if whole[place] == wanted[0] and tuple(whole[place : place + size]) == wanted:
            return place
    return -1
