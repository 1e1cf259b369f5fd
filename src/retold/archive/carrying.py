"""Which articles carry a text, and from how many origins: is it confirmed, or repeated?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, BinaryIO

import msgspec

from retold.archive import provenance
from retold.archive.given import is_file, version_in, version_of_words
from retold.archive.matching import EVERYBODYS, Match, matches
from retold.archive.origin_answers import counted
from retold.archive.origins_of import carriers_of, doubts_among, origins_of
from retold.archive.tracing import check_learned, named, unlearned_in_all
from retold.model.records import Version
from retold.model.rows import CarrierRow, DoubtRow
from retold.pictures.verdicts import carried
from retold.store.store import Store

HALF = 0.5  # of the text, from which an article carries it
SAME_WORDS = "both have these words, and not as a quotation"


def check(store: Store, asked: str, *, limit: int | None = 20, stdin: BinaryIO | None = None) -> provenance.Check:
    """Which articles carry a text, and from how many origins; ``asked`` is a file, "-" for ``stdin``, or the words.

    Raises UsageError for less than eight words, SourceError for a file that cannot be read.
    """
    check_learned(store)
    version = version_in(asked, stdin=stdin) if is_file(asked) else version_of_words(asked)
    words, found = matches(store, version, whole=not is_file(asked))
    return _answer(store, version, words, found, limit)


def _answer(store: Store, version: Version, words: int, found: Sequence[Match], limit: int | None) -> provenance.Check:
    """The answer from all that was found."""
    ids = [match.article_id for match in found]
    homes = _homes(carriers_of(store, ids), ids)
    carrying = {match.article_id for match in found if _carries(match, words)}
    about = named(store, ids)
    everybodys = sum(match.label in EVERYBODYS for match in found if match.article_id in carrying)
    public = 2 * everybodys > len(carrying)
    count = _count(store, {key: homes[key] for key in sorted(carrying)}, found, about)
    agencies = {row.id: row.agency for row in origins_of(store, ids)}
    sizes = Counter(homes[key] for key in carrying)
    order = sorted(found, key=lambda match: _order(match, match.article_id in carrying, homes, sizes))
    return provenance.Check(
        text=version.text,
        words=words,
        articles=len(carrying),
        parts=len(found) - len(carrying),
        outlets=len({about[key].outlet for key in carrying if about[key].outlet}),
        count=count,
        public=public,
        verdict=carried(
            len(carrying),
            count.likely,
            parts=len(found) - len(carrying),
            public=public,
            most=min(1.0, max((match.words / words for match in found if match.article_id in carrying), default=1.0)),
        ),
        carriers=[
            _carrier(match, about[key], homes[key], agencies, words, key in carrying)
            for key, match in ((match.article_id, match) for match in order[:limit])
        ],
        unlearned=unlearned_in_all(store),
    )


def _carries(match: Match, words: int) -> bool:
    """Whether an article has half of a text, and not in captions or its page furniture."""
    return sum(each.words for each in match.held if each.label != "furniture") >= HALF * words


def _homes(rows: Iterable[CarrierRow], ids: Iterable[str]) -> dict[str, str]:
    """The origin of which each article is a carrier here: its only one, or where it is stitched from several the one
    that most of the others are of, too, else its main one. An article that was not learned of stands for itself."""
    of_article: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:  # main ones come first
        of_article[row.article_id].append(row.origin_id)
    pure = {found[0] for found in of_article.values() if len(found) == 1}
    often = Counter(origin for found in of_article.values() for origin in found)

    def order(article: str, origin: str) -> tuple[bool, int, int, str]:
        main_first = of_article[article].index(origin) if often[origin] == 1 else 0
        return origin not in pure, -often[origin], main_first, origin

    return {key: min(of_article[key], key=partial(order, key), default=key) for key in ids}


def _count(
    store: Store, homes: Mapping[str, str], found: Iterable[Match], about: Mapping[str, provenance.Named]
) -> provenance.Count:
    """How many origins carry a text. Those that have the same running text may have it from one source."""
    same = {
        homes[match.article_id]: match.article_id
        for match in found
        if match.article_id in homes and match.label == "copy"
    }
    doubts = doubts_among(store, homes)
    doubts += [DoubtRow(one, other, "merge", SAME_WORDS, 0) for one, other in pairwise(sorted(same.values()))]
    return counted(homes, doubts, about)


def _order(match: Match, carries: bool, homes: Mapping[str, str], sizes: Mapping[str, int]) -> tuple[Any, ...]:
    """Those that carry it first, origin by origin, the largest first."""
    home = homes[match.article_id] if carries else ""
    return not carries, -sizes.get(home, 0), home, -match.words, match.article_id


def _carrier(
    match: Match, about: provenance.Named, home: str, agencies: Mapping[str, str | None], words: int, carries: bool
) -> provenance.Carrier:
    more = {
        "origin_id": home if home in agencies else None,
        "agency": agencies.get(home),
        "words": min(match.words, words),
        "share": round(min(1.0, match.words / words), 4),
        "label": match.label,
        "carries": carries,
        "passages": [each.to_dict() for each in match.held],
    }
    return msgspec.convert(about.to_dict() | more, provenance.Carrier)
