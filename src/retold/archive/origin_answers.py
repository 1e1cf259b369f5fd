"""How many origins some articles go back to, as an answer: the same from an archive and from files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import msgspec

from retold.archive import provenance
from retold.archive.prepared import seconds
from retold.copies import counting
from retold.copies.restoring import restored
from retold.model.records import COMPARED, Block, CreditKind, Version
from retold.model.rows import CarrierRow, CopyRow, DoubtRow, OriginRow

MOST_PARTIAL = 20  # copies between origins that are told of
DIGEST = 8  # bytes: two running texts of a thousand million are still told apart

Versions = Callable[[Iterable[str]], Mapping[str, Version]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the articles ``asked`` about: their origins, all that carry these, doubts and pairs.

    ``named`` has every carrier; ``versions`` gives the texts of some.
    """

    asked: frozenset[str]
    named: Mapping[str, provenance.Named]
    versions: Versions
    origins: Sequence[OriginRow]
    carriers: Sequence[CarrierRow]
    doubts: Sequence[DoubtRow] = ()
    copies: Iterable[CopyRow] = ()
    of_origin: dict[str, list[CarrierRow]] = field(default_factory=dict)
    of_article: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.carriers:
            self.of_origin.setdefault(row.origin_id, []).append(row)
            self.of_article.setdefault(row.article_id, set()).add(row.origin_id)

    def homes(self) -> dict[str, str]:
        """The main origin of each article asked about."""
        return {
            row.article_id: row.origin_id
            for row in self.carriers
            if row.role == "main" and row.article_id in self.asked
        }


def answered(known: Known, *, limit: int | None, text: bool) -> dict[str, Any]:
    """The fields of an answer about origins that follow from what is known; ``text``: with the texts put together."""
    homes = known.homes()
    sizes = Counter(homes.values())
    order = sorted(known.origins, key=lambda row: (-sizes[row.id], -row.articles, *_first(known, row), row.id))
    versions = known.versions(sorted(known.asked))
    return {
        "articles": len(known.asked),
        "texts": len({running_digest(version) for version in versions.values()}),
        "outlets": len({named.outlet for key, named in known.named.items() if key in known.asked and named.outlet}),
        "count": counted(homes, known.doubts, known.named),
        "doubts": [doubt_of(row) for row in known.doubts],
        "total": len(order),
        "origins": [origin_of(known, row, sizes[row.id], text=text) for row in order[:limit]],
        "partial": partial(known),
        "picture_credits": picture_credits(versions),
    }


def _first(known: Known, row: OriginRow) -> tuple[bool, float]:
    """When the first article of an origin was published; undated ones come last."""
    moments = [seconds(known.named[carrier.article_id].published) for carrier in known.of_origin[row.id]]
    dated = [moment for moment in moments if moment is not None]
    return not dated, min(dated, default=0.0)


def counted(
    homes: Mapping[str, str], doubts: Iterable[DoubtRow], named: Mapping[str, provenance.Named]
) -> provenance.Count:
    """How many origins articles go back to; ``homes`` has the main origin of each, the reasons have their names."""
    called = names(named[key] for key in homes)
    questions = [
        counting.Question(row.kind, called[row.article_id], called[row.other_id], row.note)
        for row in doubts
        if row.article_id in homes and row.other_id in homes
    ]
    found = counting.count({called[key]: origin for key, origin in sorted(homes.items())}, questions)
    return provenance.Count(low=found.low, likely=found.likely, high=found.high, reasons=list(found.reasons))


def names(named: Iterable[provenance.Named]) -> dict[str, str]:
    """What to call each article in a sentence: as its input did, where that is one article only, else by its id."""
    first = {each.article_id: (each.source_ids or [each.article_id])[0] for each in named}
    often = Counter(first.values())
    return {key: name if often[name] == 1 else key for key, name in first.items()}


def doubt_of(row: DoubtRow) -> provenance.Doubt:
    """A doubt as answers tell it."""
    return msgspec.convert(
        {"kind": row.kind, "one": row.article_id, "other": row.other_id, "note": row.note}, provenance.Doubt
    )


def origin_of(known: Known, row: OriginRow, articles: int, *, text: bool) -> provenance.Origin:
    """An origin as answers tell it."""
    carriers = known.of_origin[row.id]
    return provenance.Origin(
        id=row.id,
        agency=row.agency,
        source=row.source,
        earliest=row.earliest,
        fullest=row.fullest,
        articles=articles,
        members=sorted([_member(known, carrier) for carrier in carriers], key=_by_time),
        text=_text(known, row, carriers) if text and len(carriers) > 1 else [],
    )


def _member(known: Known, row: CarrierRow) -> provenance.Member:
    more = {"role": row.role, "share": round(row.share, 4), "asked": row.article_id in known.asked}
    return msgspec.convert(known.named[row.article_id].to_dict() | more, provenance.Member)


def _by_time(member: provenance.Member) -> tuple[str, bool, float, str]:
    """Main ones first, then the earliest, undated ones last."""
    moment = seconds(member.published)
    return member.role, moment is None, moment or 0.0, member.article_id


def _text(known: Known, row: OriginRow, carriers: Sequence[CarrierRow]) -> list[provenance.Fragment]:
    """An origin's text, put together from the articles that carry it.

    An article stitched from two origins supports what it has of this one; it brings nothing in from the other.
    """
    versions = known.versions([carrier.article_id for carrier in carriers])
    ids = sorted(versions)
    places = range(len(ids))
    base = ids.index(row.fullest)
    pure = {place for place in places if len(known.of_article[ids[place]]) == 1}
    return [
        provenance.Fragment(
            article_id=ids[each.place],
            version_id=known.named[ids[each.place]].version_id,
            start=each.start,
            end=each.end,
            text=versions[ids[each.place]].text[each.start : each.end],
            support=[ids[place] for place in each.support],
        )
        for each in restored([versions[key] for key in ids], places, base)
        if each.place == base or len(pure.intersection(each.support)) > 1
    ]


def partial(known: Known) -> list[provenance.Partial]:
    """The copies between articles that have no origin in common, most words first."""
    found = []
    homes = known.homes()
    for row in known.copies:
        one, other = homes.get(row.article_id), homes.get(row.other_id)
        if row.label not in ("copy", "partial") or one is None or other is None:
            continue
        if not known.of_article[row.article_id] & known.of_article[row.other_id]:
            found.append((row, one, other))
    found.sort(key=lambda each: (-each[0].words, each[0].article_id, each[0].other_id))
    return [_partial(known, *each) for each in found[:MOST_PARTIAL]]


def _partial(known: Known, row: CopyRow, one: str, other: str) -> provenance.Partial:
    told = {
        "one": known.named[row.article_id].to_dict(),
        "other": known.named[row.other_id].to_dict(),
        "one_origin": one,
        "other_origin": other,
        "words": row.words,
        "one_share": round(row.share, 4),
        "other_share": round(row.other_share, 4),
        "label": row.label,
    }
    return msgspec.convert(told, provenance.Partial)


def picture_credits(versions: Mapping[str, Version]) -> list[provenance.PictureCredit]:
    """The credits of pictures and videos, by name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, version in versions.items():
        for credit in version.credits:
            if credit.kind is not CreditKind.TEXT:
                found[credit.name].add(key)
    return [provenance.PictureCredit(name=name, articles=sorted(keys)) for name, keys in sorted(found.items())]


def running_digest(version: Version) -> bytes:
    """What names a version's running text, whatever its spaces; the whole text where nothing of it is running text."""
    return digest_of(version.text, version.blocks)


def digest_of(text: str, blocks: Sequence[Block]) -> bytes:
    """The same of a text and its blocks."""
    running = " ".join([text[block.start : block.end] for block in blocks if block.kind in COMPARED])
    told = " ".join((running or text).split())
    return sha256(told.encode("utf-8", "surrogatepass")).digest()[:DIGEST]
