"""Which outlet depends on which agency and on whom, and how much is its own: questions to an archive."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from retold.archive.dependence import Borrowed, Outlet, OutletLine, Outlets, Parts, Period, Tie, Way
from retold.archive.moments import end_of, time_of
from retold.archive.prepared import clean
from retold.model.errors import UnknownError
from retold.store.store import Store

ENOUGH = 30  # stories of an outlet, from which on shares are told: below that one story more would change them
SURE = 0.5  # probability from which a text is probably from another
FEW = 5  # ties of an outlet in a list
LATEST = 50  # articles that share their text, of one outlet

ARTICLES = (
    "SELECT articles.id, articles.outlet, articles.moment, tellings.story_id, carriers.share, origins.id, "
    "origins.agency, origins.source, origins.articles FROM articles "
    "LEFT JOIN tellings ON tellings.article_id = articles.id "
    "LEFT JOIN carriers ON carriers.article_id = articles.id AND carriers.role = 'main' "
    "LEFT JOIN origins ON origins.id = carriers.origin_id "
    "WHERE (:outlet IS NULL OR articles.outlet = :outlet) AND (:since IS NULL OR articles.moment >= :since) "
    "AND (:until IS NULL OR articles.moment < :until) ORDER BY articles.id"
)
EDGES = (
    "SELECT lineage.target, taker.outlet, source.outlet, MAX(lineage.probability) FROM lineage "
    "JOIN articles AS source ON source.id = lineage.source JOIN articles AS taker ON taker.id = lineage.target "
    f"WHERE lineage.probability >= {SURE} AND source.outlet IS NOT NULL "
    "AND (:outlet IS NULL OR taker.outlet = :outlet) GROUP BY lineage.target"
)
TAKERS = (
    "SELECT taker.id, taker.outlet, tellings.story_id FROM lineage "
    "JOIN articles AS source ON source.id = lineage.source JOIN articles AS taker ON taker.id = lineage.target "
    "LEFT JOIN tellings ON tellings.article_id = taker.id "
    f"WHERE lineage.probability >= {SURE} AND source.outlet = :outlet AND taker.outlet <> :outlet ORDER BY 1"
)
PARTNERS = (
    "SELECT carriers.origin_id, articles.outlet FROM json_each(:origins) AS wanted "
    "JOIN carriers ON carriers.origin_id = wanted.value JOIN articles ON articles.id = carriers.article_id "
    "WHERE articles.outlet IS NOT NULL AND articles.outlet <> :outlet GROUP BY 1, 2 ORDER BY 1, 2"
)
TITLES = (
    "SELECT articles.id, versions.title, versions.published FROM json_each(:ids) AS wanted "
    "JOIN articles ON articles.id = wanted.value JOIN versions ON versions.number = articles.current"
)


class Piece(NamedTuple):
    """An article and where its text is from; ``source`` is the agency or the outlet, where one is known."""

    id: str
    outlet: str | None
    moment: float | None
    story: str | None
    origin: str | None
    share: float
    way: Way
    agency: str | None
    source: str | None
    probability: float | None


def outlets(
    store: Store,
    *,
    since: str | None = None,
    until: str | None = None,
    least: int = 0,
    limit: int | None = 100,
    offset: int = 0,
) -> Outlets:
    """The outlets of an archive with at ``least`` so many stories, those of most articles first.

    Raises UsageError for a time that is none.
    """
    of: defaultdict[str | None, list[Piece]] = defaultdict(list)
    for piece in _pieces(store, since=time_of(since, "since"), until=end_of(until)):
        of[piece.outlet].append(piece)
    unnamed = len(of.pop(None, []))
    counted = {name: _parts(pieces) for name, pieces in of.items() if name is not None}
    order = sorted(
        (name for name, parts in counted.items() if parts["stories"] >= least),
        key=lambda name: (-counted[name]["articles"], name),
    )
    shown = order[offset : None if limit is None else offset + limit]
    after = offset + len(shown)
    return Outlets(
        total=len(order),
        next=after if shown and after < len(order) else None,
        unnamed=unnamed,
        outlets=[
            OutletLine(name=name, agencies=_agencies(of[name])[:FEW], sources=_sources(of[name])[:FEW], **counted[name])
            for name in shown
        ],
    )


def outlet(store: Store, name: str) -> Outlet:
    """One outlet; raises UsageError where the archive has none of that name, or several."""
    name = _called(store, name)
    pieces = list(_pieces(store, outlet=name))
    months: defaultdict[str | None, list[Piece]] = defaultdict(list)
    for piece in pieces:
        months[_month(piece.moment)].append(piece)
    return Outlet(
        name=name,
        whole=Parts(**_parts(pieces)),
        months=[
            Period(month=month, **_parts(months[month])) for month in sorted(months, key=lambda month: month or "~")
        ],
        agencies=_agencies(pieces),
        sources=_sources(pieces),
        takers=_ties((taker, key, story) for key, taker, story in store.ask(TAKERS, outlet=name) if taker),
        partners=_partners(store, name, pieces),
        borrowed=_borrowed(store, pieces),
    )


def latest_shared(store: Store, name: str, most: int) -> tuple[str, list[Piece]]:
    """An outlet's name as the archive has it, and its latest articles whose text others have too; raises UsageError
    where the archive has none of that name."""
    name = _called(store, name)
    return name, _latest(_pieces(store, outlet=name), most)


def _latest(pieces: Iterable[Piece], most: int) -> list[Piece]:
    several = [piece for piece in pieces if piece.origin is not None]
    return sorted(several, key=lambda piece: (piece.moment is None, -(piece.moment or 0.0), piece.id))[:most]


def _called(store: Store, name: str) -> str:
    """The outlet's name as the archive has it; capitals do not matter where there is one such only."""
    found = [row[0] for row in store.ask("SELECT DISTINCT outlet FROM articles WHERE outlet = :name", name=name)]
    question = "SELECT DISTINCT outlet FROM articles WHERE outlet = :name COLLATE NOCASE ORDER BY outlet"
    found = found or [row[0] for row in store.ask(question, name=name)]
    if not found:
        raise UnknownError(f"No article is of an outlet {clean(name)!r}. See: retold outlets")
    if len(found) > 1:
        raise UnknownError(f"{clean(name)!r} stands for {len(found)} outlets: {', '.join(map(clean, found))}")
    return str(found[0])


def _pieces(
    store: Store, *, outlet: str | None = None, since: float | None = None, until: float | None = None
) -> Iterator[Piece]:
    """Yield the articles of an outlet, or of all, each with where its text is from."""
    edges = {key: (taker, source, sure) for key, taker, source, sure in store.ask(EDGES, outlet=outlet)}
    for row in store.ask(ARTICLES, outlet=outlet, since=since, until=until):
        key, name, moment, story, share, origin, agency, first, several = row
        _, source, sure = edges.get(key, (None, None, None))
        way = _way(name, key, origin, agency, first, several, source)
        other = source if source != name else None
        copied = share if origin is not None and several > 1 else 0.0
        yield Piece(
            id=key,
            outlet=name,
            moment=moment,
            story=story,
            origin=origin if origin is not None and several > 1 else None,
            share=copied,
            way=way,
            agency=agency,
            source=other,
            probability=sure if other else None,
        )


def _way(  # what one row says
    name: str | None,
    key: str,
    origin: str | None,
    agency: str | None,
    first: str | None,
    several: int,
    source: str | None,
) -> Way:
    """Where an article's text is from, as far as can be told."""
    if origin is None:
        return "unlearned"
    if several == 1:
        return "alone" if agency is None else "credited"
    if first == key or (source is not None and source == name and agency is None):
        return "first"
    if agency is not None:
        return "credited"
    return "taken" if source is not None else "shared"


def _parts(pieces: Sequence[Piece]) -> dict[str, Any]:
    """How many articles have their text from where; shares only where there are enough stories."""
    ways: dict[str, int] = dict.fromkeys(("alone", "first", "credited", "taken", "shared", "unlearned"), 0)
    for piece in pieces:
        ways[piece.way] += 1
    stories = len({piece.story for piece in pieces if piece.story})
    learned = [piece for piece in pieces if piece.way != "unlearned"]
    shares: dict[str, float | None] = {"own_share": None, "untold_share": None}
    if stories >= ENOUGH and learned:
        own, untold = sum(map(_own, learned)), sum(map(_untold, learned))
        shares = {"own_share": round(own / len(learned), 4), "untold_share": round(untold / len(learned), 4)}
    return {"articles": len(pieces), "stories": stories, **ways, **shares}


def _own(piece: Piece) -> float:
    """What part of an article's text is surely its outlet's; of what only a credit says that it is not, none is."""
    if piece.way in ("alone", "first"):
        return 1.0
    return 0.0 if piece.way == "credited" and piece.origin is None else 1.0 - piece.share


def _untold(piece: Piece) -> float:
    """What part may be its outlet's or not: what several have, or what stands beside a credit and nowhere else."""
    if piece.way == "credited" and piece.origin is None:
        return 1.0
    return piece.share if piece.way == "shared" else 0.0


def _agencies(pieces: Iterable[Piece]) -> list[Tie]:
    return _ties((piece.agency, piece.id, piece.story) for piece in pieces if piece.agency and piece.way != "first")


def _sources(pieces: Iterable[Piece]) -> list[Tie]:
    return _ties((piece.source, piece.id, piece.story) for piece in pieces if piece.source)


def _ties(told: Iterable[tuple[str, str, str | None]]) -> list[Tie]:
    """Names with the articles and the stories that tie to them, those of most articles first."""
    articles: defaultdict[str, set[str]] = defaultdict(set)
    stories: defaultdict[str, set[str]] = defaultdict(set)
    for name, article, story in told:
        articles[name].add(article)
        stories[name].update([story] if story else [])
    found = [Tie(name=name, articles=len(keys), stories=len(stories[name])) for name, keys in articles.items()]
    return sorted(found, key=lambda tie: (-tie.articles, tie.name))


def _partners(store: Store, name: str, pieces: Sequence[Piece]) -> list[Tie]:
    """The outlets that have the same texts, and how many articles of this one they share them with."""
    mine: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.origin is not None:
            mine[piece.origin].append(piece)
    rows = store.ask(PARTNERS, origins=json.dumps(sorted(mine)), outlet=name)
    return _ties((partner, piece.id, piece.story) for origin, partner in rows for piece in mine[origin])


def _borrowed(store: Store, pieces: Sequence[Piece]) -> list[Borrowed]:
    """The latest articles whose text others have too."""
    shown = _latest(pieces, LATEST)
    known: Mapping[str, tuple[str | None, str | None]] = {
        key: (title, published)
        for key, title, published in store.ask(TITLES, ids=json.dumps([piece.id for piece in shown]))
    }
    return [
        Borrowed(
            article_id=piece.id,
            story_id=piece.story,
            title=known[piece.id][0],
            published=known[piece.id][1],
            way=piece.way,
            source=piece.agency if piece.way == "credited" else piece.source,
            probability=None if piece.way == "credited" else piece.probability,
            share=round(piece.share, 4),
        )
        for piece in shown
    ]


def _month(moment: float | None) -> str | None:
    return None if moment is None else f"{datetime.fromtimestamp(moment, UTC):%Y-%m}"
