"""The edits of a passage: every site with its class, its reason, and whether it touches a quotation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from retold.alignment.classes import judge
from retold.alignment.passages import Draft
from retold.alignment.sides import Judgement, Side
from retold.alignment.sites import Site, base_of, changed, sites
from retold.alignment.steps import Change
from retold.alignment.strips import Strip, heads, spans_of, strip, touched
from retold.alignment.units import Told
from retold.model.records import Edit, EditClass, Passage, Relation, letter

REACH = 4  # tokens around an edit that may belong to its number ("more than | 100,000 | people")
WEIGHT = {kind: weight for weight, kind in enumerate(EditClass)}  # content first
RUN = 6  # words in common, unbroken: two reporters of one event share shorter runs by chance (the golden two_reporters)
LONG_WORD = 24  # letters; a longer change on the other side is more than a word
CONTRAST = 2  # readings, one of them empty, from which the others are judged among themselves
MANY = 3  # articles named in a note; more are counted


def edited(all_told: Sequence[Told], draft: Draft) -> tuple[Passage, list[Edit]]:
    """Return a passage with its relation and score, and its edits in order."""
    if len(draft.units) == 1:
        return _alone(all_told, draft), []
    strips = {version: strip(all_told[version], units) for version, units in sorted(draft.units.items())}
    tellings = _distinct(strips)
    first = [strips[versions[0]] for versions in tellings]
    base = base_of(first, [len(versions) for versions in tellings])
    told = changed(first, base)
    found = sites(first, base, told) if told else []
    words, matched = _matched(first, found)
    held = [_held(first[base], one, told.get(place, ())) for place, one in enumerate(first)]
    by_version = {version: place for place, versions in enumerate(tellings) for version in versions}
    edits = [_edit(site, draft.id, first, tellings, strips) for site in found]
    alike = _same_words(first) and not any(edit.kind is EditClass.NAME for edit in edits)
    passage = Passage(
        id=draft.id,
        relation=Relation.IDENTICAL if alike else Relation.REWORDED,
        score=_score(words, matched, tellings),
        spans={version: one.spans for version, one in strips.items()},
        words={version: words[by_version[version]] for version in strips},
        matched={version: matched[by_version[version]] for version in strips},
        own={version: len(one.heads.starts) - touched(one.heads, one.quotes) for version, one in strips.items()},
        held={version: held[by_version[version]] for version in strips},
        moved=draft.moved,
    )
    return passage, edits


def _alone(all_told: Sequence[Told], draft: Draft) -> Passage:
    [(version, numbers)] = draft.units.items()
    told = all_told[version]
    units = [told.units[number] for number in numbers]
    words = units[0].terms if len(units) == 1 else [word for unit in units for word in unit.terms]
    spans = {version: spans_of(told.version.text, numbers, units)}
    found = heads(words, told.version.text)
    quotes = [quote for quote in told.quotes if quote[0] < units[-1].end and quote[1] > units[0].start]
    own = len(found.starts) - touched(found, quotes)
    return Passage(
        draft.id, Relation.ONLY, 1.0, spans, {version: len(found.starts)}, {version: 0}, {version: own}, {version: 0}
    )


def _held(base: Strip, one: Strip, told: Sequence[Change]) -> int:
    """Which words of the base a telling has in unbroken runs of RUN words or more, as bits; no quoted words."""
    starts, ends = base.heads
    breaks = [change for change in told if _breaks_run(one, change)]
    shift = base.start - one.start
    quoted = [*base.quotes, *[(_to_base(start, told, shift), _to_base(end, told, shift)) for start, end in one.quotes]]
    gaps = sorted([(change.start, change.end) for change in breaks] + quoted)
    mask = 0
    start = place = 0
    for low, high in (*gaps, (base.end, base.end)):
        first = bisect_left(starts, start, lo=place)
        place = bisect_right(ends, low, lo=first)
        if place - first >= RUN or (first == 0 and place == len(starts)):
            mask |= ((1 << (place - first)) - 1) << first
        start = max(start, high)
    return mask


def _to_base(offset: int, told: Sequence[Change], shift: int) -> int:
    """Where an offset of a telling stands on the base; ``shift`` is how far its start is from the base's."""
    for change in told:
        if change.other_end > offset:
            return change.start if change.other_start <= offset else offset + shift
        shift = change.end - change.other_end
    return offset + shift


def _breaks_run(one: Strip, change: Change) -> bool:
    """Whether a change is more than one respelled word, a mark or white space."""
    if change.end - change.start > LONG_WORD:
        return True
    return sum([token.word for token in one.tokens_in(change.other_start, change.other_end)]) > 1


def _distinct(strips: dict[int, Strip]) -> list[list[int]]:
    """The versions by telling: those with the same letters, and the same cuts, share one."""
    tellings: dict[tuple[str, tuple[int, ...]], list[int]] = {}
    for version, one in strips.items():
        tellings.setdefault((one.letters, one.cuts), []).append(version)
    return [tellings[telling] for telling in sorted(tellings)]


def _matched(tellings: Sequence[Strip], found: Sequence[Site]) -> tuple[list[int], list[int]]:
    """Per telling its words, and those that stand in every telling under the same normal form."""
    words = [len(one.heads.starts) for one in tellings]
    stretches: list[list[tuple[int, int]]] = [[] for _ in tellings]
    for site in found:
        if len({_normal(tellings[place], span) for place, span in site.readings.items()}) > 1:
            for place, span in site.readings.items():
                stretches[place].append(span)
    matched = [count - touched(one.heads, spans) for one, spans, count in zip(tellings, stretches, words, strict=True)]
    return words, matched


def _normal(one: Strip, span: tuple[int, int]) -> tuple[str, ...]:
    return tuple([token.key for token in one.tokens_in(*span) if token.word])


def _same_words(tellings: Sequence[Strip]) -> bool:
    first, *others = [[token.key for token in one.tokens if token.word] for one in tellings]
    return all([other == first for other in others])


def _score(words: Sequence[int], matched: Sequence[int], tellings: Sequence[Sequence[int]]) -> float:
    """The words in common as a share of all, over the versions that tell the passage."""
    total = sum(count * len(versions) for count, versions in zip(words, tellings, strict=True))
    same = sum(count * len(versions) for count, versions in zip(matched, tellings, strict=True))
    return round(same / total, 4) if total else 1.0


def _edit(
    site: Site, passage: str, first: Sequence[Strip], tellings: Sequence[Sequence[int]], strips: dict[int, Strip]
) -> Edit:
    judged = _judged(site, first, tellings)
    quoted = any([first[place].quote_at(*span) is not None for place, span in site.readings.items()])
    sides = {}
    for place, versions in enumerate(tellings):
        start, end = [offset - first[place].start for offset in site.readings[place]]
        sides.update({version: strips[version].home(start, end) for version in versions})
    ordered = dict(sorted(sides.items()))
    return Edit(passage, judged.kind, judged.note, ordered, in_quote=quoted, differs=judged.differs)


def _judged(site: Site, first: Sequence[Strip], tellings: Sequence[Sequence[int]]) -> Judgement:
    """The weightiest judgement between the most common reading and every other."""
    by_text: dict[str, list[int]] = {}
    for place, (start, end) in site.readings.items():
        by_text.setdefault(first[place].text[start:end], []).append(place)
    versions = {
        text: sorted([version for place in places for version in tellings[place]]) for text, places in by_text.items()
    }
    ranked = sorted(by_text, key=lambda text: (-len(versions[text]), -len(text), text))
    sides = [_side(site, first, by_text[text][0], versions[text]) for text in ranked]
    absent = [side for side in sides if not side.text]
    if absent and len(sides) > CONTRAST:  # what those who have the place make of it says more than that some lack it
        judged = _weightiest([side for side in sides if side.text])
        return judged._replace(note=f"{judged.note}; not in {absent[0].label}")
    return _weightiest(sides)


def _weightiest(sides: Sequence[Side]) -> Judgement:
    return min((judge(*_in_order(sides[0], other)) for other in sides[1:]), key=lambda made: (WEIGHT[made[0]], made[1]))


def _in_order(one: Side, other: Side) -> tuple[Side, Side]:
    return (one, other) if (len(one.label), one.label) <= (len(other.label), other.label) else (other, one)


def _side(site: Site, first: Sequence[Strip], place: int, versions: Sequence[int]) -> Side:
    start, end = site.readings[place]
    one = first[place]
    before, within, after = one.around(start, end, reach=REACH)
    return Side(one.text[start:end], within, (before, after), _label(versions), one.language)


def _label(versions: Sequence[int]) -> str:
    """The articles of a reading, as a note names them: "A", "A, C", "A, C and 40 more"."""
    named = ", ".join([letter(version) for version in versions[:MANY]])
    return named if len(versions) <= MANY else f"{named} and {len(versions) - MANY} more"
