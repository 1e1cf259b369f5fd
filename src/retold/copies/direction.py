"""Who probably took from whom: signs in the words and the dates, and how much they prove.

Times alone prove little (two outlets may print one text that nobody has seen), and without times nothing is said for a
direction; but a single sign can make one direction unlikely.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations

from retold.copies.origins import SURE, Origin, Reuse
from retold.model.records import Quotation, Version, Watch, letter

CONTAINED = 0.9  # of the shorter's own words stand in the longer
LONGER = 1.25  # times the shorter, from which a contained text is a shortening
NOTES = {
    "shortened_quotation": "has a quotation with words left out, which",
    "lost_source": "points at something that only the other tells;",
    "lost_antecedent": "has a pronoun whose person only the other names;",
    "lost_introduction": "names a person whom only the other introduces;",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: ``against`` and ``favour`` are arrows (from, to); ``strong`` ones suffice to call an arrow unlikely."""

    kind: str
    note: str
    passage: str | None = None
    needs: str | None = None
    favour: tuple[int, int] | None = None
    against: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """The verdict on two versions: established, probable or undetermined, from the first to the second."""

    verdict: str
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Direction:
    """The verdict on the whole, the ways that are unlikely, and every sign."""

    verdict: str
    source: int | None
    target: int | None
    unlikely: tuple[tuple[int, int], ...]
    signs: tuple[Sign, ...]
    ways: tuple[Way, ...]


def direction(
    versions: Sequence[Version],
    groups: Sequence[Origin],
    quotations: Iterable[Quotation],
    watch: Iterable[Watch],
) -> Direction:
    """Return who probably took from whom among versions of one origin."""
    home = {version: place for place, group in enumerate(groups) for version in group.versions}
    signs = [sign for sign in _from_words(quotations, watch) if sign.against and _together(sign.against, home)]
    ways: list[Way] = []
    for group in groups:
        for reuse in group.reuses:
            signs += _from_pair(versions, reuse)
    for group in groups:
        ways += [_way(versions, reuse, signs) for reuse in group.reuses]
    unlikely = tuple(sorted({sign.against for sign in signs if sign.against}))
    determined = tuple(way for way in ways if way.verdict != "undetermined")
    verdict, source, target = _whole(groups, ways)
    return Direction(verdict, source, target, unlikely, tuple(signs), determined)


def _together(arrow: tuple[int, int], home: dict[int, int]) -> bool:
    return home[arrow[0]] == home[arrow[1]]


def _from_words(quotations: Iterable[Quotation], watch: Iterable[Watch]) -> list[Sign]:
    """Signs that one version lacks what another has: the other cannot come from it."""
    signs = []
    for quotation in quotations:
        if quotation.state == "shortened":
            fullest = max(quotation.sides, key=lambda place: (quotation.sides[place][1] - quotation.sides[place][0], -place))
            kind = "ellipsis_in_quote" if "ellipsis" in quotation.note else "shortened_quotation"
            for version in quotation.shortened_in:
                note = f"{letter(version)} leaves out words of a quotation that {letter(fullest)} has: {quotation.left_out}"
                signs.append(Sign(kind, note, quotation.passage, against=(version, fullest)))
    for item in watch:
        if item.kind in ("lost_source", "lost_antecedent", "lost_introduction") and item.lacks is not None:
            kind = "dangling_reference" if item.kind != "lost_introduction" else "lost_introduction"
            signs.append(Sign(kind, item.note, item.passage, item.needs, against=(item.version, item.lacks)))
    return signs


def _from_pair(versions: Sequence[Version], reuse: Reuse) -> list[Sign]:
    """Signs between two versions: times, containment, one naming the other's outlet."""
    one, other = reuse.one, reuse.other
    signs = []
    earlier = _earlier(versions[one], versions[other])
    if earlier:
        first, second = (one, other) if earlier < 0 else (other, one)
        note = f"{letter(first)} was published before {letter(second)}"
        signs.append(Sign("dates", note, favour=(first, second), against=(second, first)))
    sizes = len(versions[one].text), len(versions[other].text)
    if reuse.of_shorter >= CONTAINED and max(sizes) >= LONGER * min(sizes):
        long, short = (one, other) if sizes[0] > sizes[1] else (other, one)
        note = f"{reuse.of_shorter:.0%} of the own words of {letter(short)} stand in the longer {letter(long)}"
        signs.append(Sign("containment", note, favour=(long, short)))
    for source, target in ((one, other), (other, one)):
        if _names_outlet(versions[target], versions[source]):
            note = f"{letter(target)} names the outlet of {letter(source)}, {versions[source].outlet}, in its text"
            signs.append(Sign("credited", note, favour=(source, target), against=(target, source)))
    return signs


def _names_outlet(version: Version, source: Version) -> bool:
    """Whether a version's own text names the outlet of another, which is not its own."""
    outlet = (source.outlet or "").removeprefix("The ").strip()
    if not outlet or outlet.casefold() in (version.outlet or "").casefold():
        return False
    bodies = " ".join(version.text[block.start : block.end] for block in version.blocks if block.kind != "furniture")
    return outlet in bodies


def _earlier(one: Version, other: Version) -> int:
    """-1 where one was published first, 1 where the other was, 0 where the times do not tell."""
    mine, yours = _time(one.published or one.seen), _time(other.published or other.seen)
    if mine is None or yours is None:
        return 0
    exact = mine[1] and yours[1] and (mine[0].tzinfo is None) == (yours[0].tzinfo is None)
    if not exact:
        day, other_day = mine[0].date(), yours[0].date()
        return (day > other_day) - (day < other_day)
    return (mine[0] > yours[0]) - (mine[0] < yours[0])


def _time(stated: str | None) -> tuple[datetime, bool] | None:
    """A stated time, and whether it has an hour."""
    if not stated:
        return None
    try:
        time = datetime.fromisoformat(stated)
    except ValueError:
        return None
    return (time.astimezone(UTC) if time.tzinfo else time), len(stated) > len("2024-05-03")


def _way(versions: Sequence[Version], reuse: Reuse, signs: Sequence[Sign]) -> Way:
    """The verdict on a pair.

    Established asks for times, a text that is surely one, a sign in the words or a publication by the same outlet, and
    nothing against. Probable asks for times and a text that is surely one, or a credit in the words, and nothing against.
    """
    for arrow in ((reuse.one, reuse.other), (reuse.other, reuse.one)):
        for_it = {sign.kind for sign in signs if sign.favour == arrow or sign.against == (arrow[1], arrow[0])}
        if any(sign.against == arrow for sign in signs):
            continue
        words = for_it - {"dates"}
        same_outlet = versions[reuse.one].outlet is not None and versions[reuse.one].outlet == versions[reuse.other].outlet
        if "dates" in for_it and ("credited" in words or same_outlet):
            return Way("established", *arrow)
        if ("dates" in for_it and words and reuse.of_shorter >= SURE) or "credited" in words:
            return Way("probable", *arrow)
    return Way("undetermined", reuse.one, reuse.other)


def _whole(groups: Sequence[Origin], ways: Sequence[Way]) -> tuple[str, int | None, int | None]:
    """The verdict on all versions: as sure as the weakest of the ways within the largest group."""
    largest = max(groups, key=lambda group: len(group.versions), default=None)
    if largest is None or len(largest.versions) < 2:
        return "undetermined", None, None
    inside = [way for way in ways if way.source in largest.versions]
    pairs = {frozenset((way.source, way.target)): way for way in inside if way.verdict != "undetermined"}
    if len(pairs) < len(list(combinations(largest.versions, 2))):
        return "undetermined", None, None
    outdegree = {version: sum(way.source == version for way in inside) for version in largest.versions}
    ranked = sorted(outdegree, key=lambda version: -outdegree[version])
    if sorted(outdegree.values()) != list(range(len(ranked))):
        return "undetermined", None, None
    verdict = "probable" if any(way.verdict == "probable" for way in inside) else "established"
    return verdict, ranked[0], ranked[-1]


def seen_source(versions: Sequence[Version], group: Origin, found: Direction) -> int | None:
    """Return the version that a group's text comes from, if it is among the given ones; None where it is not seen.

    It is seen where a version's outlet is the one that the group credits, or where every other version of the group is
    known (established or probable) to come from it.
    """
    for place in group.versions:
        outlet = versions[place].outlet
        if outlet and group.credit and outlet.casefold() == group.credit.casefold() and len(group.versions) > 1:
            return place
    if len(group.versions) < 2:
        return None
    for place in group.versions:
        reached = {way.target for way in found.ways if way.source == place}
        if reached >= set(group.versions) - {place}:
            return place
    return None
