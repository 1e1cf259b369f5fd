"""Where the words of two tellings of one statement part: left out, altered, quoted in one only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from retold.model.records import DifferenceKind
from retold.statements.entries import Sides
from retold.statements.records import Span
from retold.statements.wording import Wording, find, held
from retold.text.languages import language

HELD = 0.9  # of a content's telling words that stand in the other: it is the same sentence, cut
HELD_WORDS = 5
LEFT_STEMS = 2  # telling words in one run; fewer that a paraphrase lacks are a matter of wording
TOLD = 0.5  # of a run's telling words that the other tells without marks
NEAR = 2  # words that a run may be apart to be one alteration

Has = Callable[[Sequence[str]], bool]


@dataclass(frozen=True)
class Found:
    """A difference of words, from the first telling to the other; ``turned``: the other is the fuller one."""

    kind: DifferenceKind
    words: Sides
    turned: bool = False


def apart(whole: Wording, others: Sequence[Wording], *, here: Has, there: Has, one_cue: bool) -> Iterator[Found]:
    """Yield how the tellings of one version differ from the fullest of another.

    ``here`` and ``there`` say whether the version, or that of the fullest, has a run of words elsewhere; ``one_cue``:
    their cues say the same, so that no word of the one's content stands in the other's cue ("will not", "ruled out").
    """
    quoted = [one for one in others if one.quoted]
    if whole.quoted and quoted:
        yield from _Quoted(whole, others, here, there).found()
    elif whole.quoted:
        yield from _unquoted(whole, others, here)
    if one_cue and bool(quoted) == bool(whole.quoted):
        yield from _cut(whole, others, here)


def _runs(places: Sequence[int]) -> list[list[int]]:
    """Places in order -> runs of neighbours."""
    found: list[list[int]] = []
    for at in sorted(places):
        if found and at == found[-1][-1] + 1:
            found[-1].append(at)
        else:
            found.append([at])
    return found


def _plain(wordings: Sequence[Wording], stems: frozenset[str]) -> list[tuple[Wording, list[int]]]:
    """Where tellings have some stems without marks."""
    made = [
        (one, [at for at, word in enumerate(one.words) if word.stem in stems and not word.quoted]) for one in wordings
    ]
    return [(one, places) for one, places in made if places]


def _stems(wording: Wording, run: Sequence[int]) -> frozenset[str]:
    return frozenset([wording.words[at].stem for at in run if wording.words[at].stem])


def _keys(wording: Wording, run: Sequence[int]) -> list[str]:
    return [wording.words[at].key for at in run]


class _Quoted:
    """Both are quoted, at least in part."""

    def __init__(self, whole: Wording, others: Sequence[Wording], here: Has, there: Has) -> None:
        self.whole, self.others, self.here, self.there = whole, others, here, there
        self.kept: set[int] = set()  # places of the fullest that another telling quotes, too
        self.altered: list[tuple[Wording, list[int], list[int]]] = []
        self.added: list[tuple[Wording, list[int]]] = []

    def found(self) -> Iterator[Found]:
        """Yield what is altered, then what is missing, then what is more."""
        for one in self.others:
            if one.quoted:
                self._match(one)
        if self.altered:
            mine = self.whole.spans(sorted({at for _, left, _ in self.altered for at in left}))
            yours = {span for one, _, right in self.altered for span in one.spans(right)}
            yield Found("altered", (mine, tuple(sorted(yours))))
        yield from self._missing()
        yield from self._more()

    def _match(self, one: Wording) -> None:
        """Note what a telling keeps of the fullest's quoted words, what it alters, what it has of its own."""
        mine = self.whole.quoted
        places = held(one.parts, self.whole.quoted_keys)
        if places is not None:
            self.kept.update(mine[at] for low, high in places for at in range(low, high))
            return
        steps = _steps(self.whole.quoted_keys, one.quoted_keys)
        altered = any(kind == "replace" for kind, *_ in steps)
        for kind, low, high, start, end in steps:
            left, right = list(mine[low:high]), list(one.quoted[start:end])
            inside = low > 0 and high < len(mine) and start > 0 and end < len(one.quoted)
            if kind == "equal":
                self.kept.update(left)
            elif (kind == "replace" and not _without_marks(self.whole, left, [one])) or (
                inside and self._alters(one, left, right, altered)
            ):
                self.altered.append((one, left, right))
                self.kept.update(left)
            elif right:  # what is not kept is missing
                self.added.append((one, right))

    def _alters(self, one: Wording, left: Sequence[int], right: Sequence[int], altered: bool) -> bool:
        """Whether words that one side alone has, amid the same words, are an alteration: added, or cut with others."""
        if right:
            return not _plain([self.whole], _stems(one, right))
        return len(left) <= NEAR and (altered or self._negates(left))

    def _negates(self, run: Sequence[int]) -> bool:
        negations = language(self.whole.code).negations
        return any(self.whole.words[at].key in negations for at in run)

    def _missing(self) -> Iterator[Found]:
        """Yield the quoted words of the fullest that no telling quotes: told without marks, or left out."""
        lost = [at for at in self.whole.quoted if at not in self.kept]
        plain: list[int] = []
        left: list[int] = []
        told: set[Span] = set()
        for run in _runs(lost):
            spans = _without_marks(self.whole, run, self.others)
            if spans:
                plain += run
                told.update(spans)
            elif self._tells(run) and not self.here(_keys(self.whole, run)):
                left += run
        if plain:
            yield Found("quotation made paraphrase", (self.whole.spans(plain), tuple(sorted(told))))
        if left:
            yield Found("shortened", (self.whole.spans(left), ()))

    def _tells(self, run: Sequence[int]) -> bool:
        """Whether a run is more than what ties two pieces together ("and")."""
        data = language(self.whole.code)
        return (
            len(run) > NEAR
            or bool(_stems(self.whole, run))
            or any(key not in data.glue for key in _keys(self.whole, run))
        )

    def _more(self) -> Iterator[Found]:
        """Yield the quoted words of a telling that the fullest does not quote."""
        for one, run in self.added:
            spans = _without_marks(one, run, [self.whole])
            if spans:
                yield Found("paraphrase made quotation", (spans, one.spans(run)))
            elif _stems(one, run) and not self.there(_keys(one, run)):
                yield Found("shortened", ((), one.spans(run)), turned=True)


def _without_marks(one: Wording, run: Sequence[int], others: Sequence[Wording]) -> tuple[Span, ...]:
    """Return where other tellings have the words of a run without marks; () where they have less than half of them."""
    own = _stems(one, run)
    keys = _keys(one, run)
    for other in others:
        place = find(keys, other.keys) if len(keys) > 1 else -1
        if place >= 0 and not any(word.quoted for word in other.words[place : place + len(keys)]):
            return other.spans(range(place, place + len(keys)))
    found = _plain(others, own)
    told = frozenset().union(*[_stems(other, places) for other, places in found])
    if not own or len(told) < TOLD * len(own):
        return ()
    return tuple(sorted(span for other, places in found for span in other.spans(_closed(places))))


Step = tuple[str, int, int, int, int]


def _steps(whole: Sequence[str], one: Sequence[str]) -> list[Step]:
    """The steps from the fullest's words to another's: what is cut and put at one place is one alteration."""
    made: list[Step] = []
    for step in Indel.opcodes(whole, one):
        now = (step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end)
        before = made[-1] if made else None
        if before and now[0] != "equal" and before[0] != "equal":
            made[-1] = ("replace", before[1], now[2], before[3], now[4])
        else:
            made.append(now)
    return made


def _closed(places: Sequence[int]) -> list[int]:
    """Places with those between neighbours that stand close by."""
    found: list[int] = []
    for at in sorted(places):
        if found and at - found[-1] <= NEAR + 1:
            found += range(found[-1] + 1, at)
        found.append(at)
    return found


def _unquoted(whole: Wording, others: Sequence[Wording], here: Has) -> Iterator[Found]:
    """The fullest quotes, the others do not: told without marks, or the quoted words are left out."""
    spans = _without_marks(whole, whole.quoted, others)
    if spans:
        yield Found("quotation made paraphrase", (whole.spans(whole.quoted), spans))
    elif not here(whole.quoted_keys):
        yield Found("shortened", (whole.spans(whole.quoted), ()))


def _cut(whole: Wording, others: Sequence[Wording], here: Has) -> Iterator[Found]:
    """What is the same sentence, with words left out that no marks hold."""
    kept: set[int] = set()
    for one in others:
        steps = _steps(whole.keys, one.keys)
        same = [at for kind, _, _, start, end in steps if kind == "equal" for at in range(start, end)]
        told = sum(bool(one.words[at].stem) for at in same)
        if len(one.words) < HELD_WORDS or told < HELD * len(one.telling):
            return
        kept.update(at for kind, low, high, _, _ in steps if kind != "delete" for at in range(low, high))
    lost = [at for at, word in enumerate(whole.words) if at not in kept and not word.quoted]
    runs = [run for run in _runs(lost) if len(_stems(whole, run)) >= LEFT_STEMS]
    left = [at for run in runs if not here(_keys(whole, run)) for at in run]
    if left:
        yield Found("shortened", (whole.spans(left), ()))
