"""How the versions of one statement differ: in its words, its marks, its speaker, its cue.

Every version is compared with one other, the fullest for the words, the usual for the rest, so that a row has as many
differences as it has versions, not pairs. What seems to be missing is looked for in the version's own text first: a
sentence that was cut up in another way is no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from retold.model.records import DifferenceKind, Version
from retold.statements.entries import Difference, Manner, Sides
from retold.statements.kinship import Bond
from retold.statements.records import Statement
from retold.statements.strengths import cue_stems, strength
from retold.statements.voices import Voices
from retold.statements.wording import Reader, Wording, held
from retold.statements.wordings_apart import Found, apart

Origins = Callable[[int, int], bool]


@dataclass(frozen=True)
class Telling:
    """A statement of a row as a version tells it; ``voice`` is the calling that makes it."""

    version: int
    statement: Statement
    wording: Wording
    voice: int | None


def differences(
    tellings: Sequence[Telling],
    versions: Sequence[Version],
    readers: Sequence[Reader],
    voices: Voices,
    one_origin: Origins,
) -> tuple[Difference, ...]:
    """Return how the versions of a row differ, in the order of their kinds and places; () for one version."""
    sides: dict[int, list[Telling]] = {}
    for one in tellings:
        sides.setdefault(one.version, []).append(one)
    if len(sides) < 2:
        return ()
    return tuple(_Row(sides, versions, readers, voices, one_origin).differences())


class _Row:
    def __init__(
        self,
        sides: Mapping[int, Sequence[Telling]],
        versions: Sequence[Version],
        readers: Sequence[Reader],
        voices: Voices,
        one_origin: Origins,
    ) -> None:
        self.sides, self.versions, self.readers = sides, versions, readers
        self.voices, self.one_origin = voices, one_origin
        self.lead = {version: min(mine, key=_fullest) for version, mine in sides.items()}

    def differences(self) -> list[Difference]:
        found = {*self._words(), *self._speakers(), *self._cues()}
        return sorted(found, key=lambda one: (one.between, one.kind, one.words))

    def _made(self, kind: DifferenceKind, one: int, other: int, words: Sides) -> Difference:
        manner: Manner = "altered" if self.one_origin(one, other) else "heard differently"
        return Difference(kind, (one, other), words, manner)

    # words

    def _words(self) -> Iterator[Difference]:
        usual = self._fullest_version()
        lead = self.lead[usual].wording
        for version, mine in self.sides.items():
            if version == usual:
                continue
            wordings = [one.wording for one in mine]
            one_cue = self._strength(version) == self._strength(usual)
            for found in apart(lead, wordings, here=self._has(version), there=self._has(usual), one_cue=one_cue):
                yield self._directed(found, usual, version)

    def _has(self, version: int) -> Callable[[Sequence[str]], bool]:
        """Whether a version has a run of words outside the row's own contents."""
        return partial(self.readers[version].tells, [one.statement for one in self.sides[version]])

    def _directed(self, found: Found, usual: int, version: int) -> Difference:
        """A difference of words, read from the fuller to the shorter, or from the earlier to the later version."""
        if found.kind == "shortened":
            one, other = (version, usual) if found.turned else (usual, version)
            words = (found.words[1], found.words[0]) if found.turned else found.words
            return self._made("shortened", one, other, words)
        one, other = self._ordered(usual, version, lambda at: bool(self.lead[at].wording.quoted))
        kind = found.kind if one == usual else TURNED.get(found.kind, found.kind)
        words = found.words if one == usual else (found.words[1], found.words[0])
        return self._made(kind, one, other, words)

    def _fullest_version(self) -> int:
        """The version with which the words of the others are compared: the fullest, unless most have other words."""
        order = sorted(self.lead, key=lambda at: (*_fullest(self.lead[at]), *self._time(at)))
        first = order[0]
        counts = Counter(self.lead[at].wording.quoted_keys for at in order)
        fullest = self.lead[first].wording
        keys, count = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        if not keys or count <= counts[fullest.quoted_keys]:
            return first
        usual = next(at for at in order if self.lead[at].wording.quoted_keys == keys)
        return first if held(self.lead[usual].wording.parts, fullest.quoted_keys) is not None else usual

    def _ordered(self, one: int, other: int, feature: Callable[[int], Hashable]) -> tuple[int, int]:
        """Two versions, the one that is likelier to be before the other first: by time, by number, by place."""
        times = [self.versions[at].published or "" for at in (one, other)]
        if all(times) and times[0] != times[1]:
            return (one, other) if times[0] < times[1] else (other, one)
        counts = Counter(feature(at) for at in self.sides)
        mine, yours = counts[feature(one)], counts[feature(other)]
        if mine != yours:
            return (one, other) if mine > yours else (other, one)
        return (min(one, other), max(one, other))

    # speakers

    def _speakers(self) -> Iterator[Difference]:
        said = {at: voice for at, mine in self.sides.items() if (voice := _voice(mine)) is not None}
        roots = {at: self.voices.root(voice) for at, voice in said.items()}
        usual = self._usual(roots)
        for at, voice in said.items():
            if usual is not None and roots[at] != roots[usual]:
                kind = self._speakers_differ(said[usual], voice, usual, at)
                if kind is not None:
                    one, other = self._ordered(usual, at, roots.get)
                    yield self._made(kind, one, other, (self._sources(one), self._sources(other)))

    def _usual(self, values: Mapping[int, Hashable]) -> int | None:
        """The version that stands for what most versions have: the first of them by time."""
        if not values:
            return None
        counts = Counter(values.values())
        return min(values, key=lambda at: (-counts[values[at]], *self._time(at)))

    def _time(self, version: int) -> tuple[str, str, int]:
        """What ranks versions that tell the same: their time, then their content, so that no order shows in it."""
        return self.versions[version].published or "~", self.versions[version].id, version

    def _speakers_differ(self, mine: int, yours: int, one: int, other: int) -> DifferenceKind | None:
        if (
            self._one_source(one, other, mine, yours)
            or self._unsure(one, mine, yours)
            or self._unsure(other, yours, mine)
        ):
            return None
        kinds = {self.voices.profile(mine).kind, self.voices.profile(yours).kind}
        if "anonymous" in kinds:
            return "named against anonymous" if len(kinds) > 1 else None
        bond = self.voices.bond(mine, yours)
        if bond is Bond.OPEN or (bond is Bond.LINKED and not self.voices.is_power(mine)):
            return None
        return "other speaker"

    def _one_source(self, one: int, other: int, mine: int, yours: int) -> bool:
        """Whether two sources are the same words, or one names the other's speaker, too.

        Then only their reading differs: "she" is whoever was named before, and the difference is there.
        """
        written = [self._written(at).casefold() for at in (one, other)]
        names = [self.voices.profile(at).words[-1].casefold() for at in (mine, yours)]
        return written[0] == written[1] or names[0] in written[1].split() or names[1] in written[0].split()

    def _written(self, version: int) -> str:
        """The source of a version's statement as it stands there."""
        text = self.versions[version].text
        return " ".join(text[start:end] for start, end in self._sources(version))

    def _unsure(self, version: int, own: int, wanted: int) -> bool:
        """Whether a version gives the statement to "he", and names the other's speaker, too."""
        text = self.versions[version].text
        lead = next(one for one in self.sides[version] if one.voice == own)
        start, end = lead.statement.source[0]
        if not self.readers[version].is_pronoun(text[start:end]):
            return False
        return self.voices.profile(wanted).words[-1] in text

    def _sources(self, version: int) -> tuple[tuple[int, int], ...]:
        mine = [one for one in self.sides[version] if one.voice is not None]
        return min(mine, key=_fullest).statement.source if mine else ()

    # cues

    def _cues(self) -> Iterator[Difference]:
        cued = {at: one for at, one in self.lead.items() if one.statement.cue}
        strengths = {at: self._strength(at) for at in cued}
        usual = self._usual(strengths)
        for at in cued:
            if usual is not None and strengths[at] != strengths[usual] and not self._one_verb(at, usual):
                one, other = self._ordered(usual, at, strengths.get)
                yield self._made("other cue", one, other, (cued[one].statement.cue, cued[other].statement.cue))

    def _strength(self, version: int) -> tuple[str, str]:
        source = self.versions[version]
        return strength(source.text, self.lead[version].statement, source.language)

    def _one_verb(self, one: int, other: int) -> bool:
        """Whether two cues have a verb in common, so that only the reading of their class differs."""
        mine, yours = (
            set(cue_stems(self.versions[at].text, self.lead[at].statement, self.versions[at].language))
            for at in (one, other)
        )
        return bool(mine & yours)


TURNED: dict[DifferenceKind, DifferenceKind] = {
    "paraphrase made quotation": "quotation made paraphrase",
    "quotation made paraphrase": "paraphrase made quotation",
}


def _fullest(one: Telling) -> tuple[int, int, tuple[str, ...], bool]:
    return -len(one.wording.quoted), -len(one.wording.words), one.wording.keys, one.wording.negative


def _voice(mine: Iterable[Telling]) -> int | None:
    """Who speaks, by the fullest telling of a version that tells it."""
    known = [one for one in mine if one.voice is not None]
    return min(known, key=_fullest).voice if known else None
