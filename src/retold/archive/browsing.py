"""What an archive holds, for somebody who looks around: its stories, what they can be narrowed down to, all in all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from retold.archive import answers
from retold.archive.finding import asked
from retold.archive.moments import end_of, time_of
from retold.archive.texts import stated
from retold.archive.tracing import unlearned_in_all
from retold.archive.unique import Known, languages, of_stories, texts
from retold.model.errors import UsageError
from retold.store.store import Store

ORDERS = ("latest", "articles", "texts", "outlets", "origins")
ALL = -1  # to SQLite, no limit
SHOWN = 40  # values of a facet
LEAST = (2, 3, 5, 10, 20, 50, 100)  # articles, outlets or origins that a reader may ask for at least
RECENT = 5  # runs that are told of

FACETS = {
    "outlet": "SELECT outlet, COUNT(DISTINCT story_id) AS many {stories} "
    "JOIN articles ON articles.id = tellings.article_id WHERE outlet IS NOT NULL GROUP BY outlet",
    "agency": "SELECT agency, COUNT(DISTINCT story_id) AS many {stories} "
    "JOIN carriers ON carriers.article_id = tellings.article_id JOIN origins ON origins.id = carriers.origin_id "
    "WHERE agency IS NOT NULL GROUP BY agency",
}
DAY = 86_400  # seconds
LONGEST = 24  # months of a story that are counted one by one
ORIGINS = (
    "SELECT story_id, COUNT(DISTINCT origin_id) {stories} "
    "JOIN carriers ON carriers.article_id = tellings.article_id AND role = 'main' GROUP BY story_id"
)


def stories(  # one argument an option
    store: Store,
    known: Known,
    *,
    by: str = "latest",
    limit: int = 50,
    offset: int = 0,
    after: str | None = None,
    **filters: Any,
) -> answers.Stories:
    """The stories that the filters let through: the latest first, or those of most articles, unique texts, outlets or
    origins.

    ``after`` is the ``next`` of another answer to the same question. Raises UsageError for an order or a place that is
    none, and for times that are none.
    """
    if by not in ORDERS:
        raise UsageError(f"--by {by!r} is no order. There are: {', '.join(ORDERS)}")
    wanted = _filters(store, known, **filters) | {"by": by} | _place(after)
    ask = _by_texts if by == "texts" else _rows
    rows = ask(store, known, wanted, limit + 1, offset)
    counted = rows[:1] or _rows(store, known, wanted | _place(None), 1, 0)  # past the end
    shown = rows[:limit]
    ids = [row[0] for row in shown]
    origins, unique = dict(_asked(store, ORIGINS, ids)), texts(store, ids, known)
    return answers.Stories(
        total=counted[0][6] if counted else 0,
        stories=[_line(row, origins.get(row[0]), unique[row[0]]) for row in shown],
        next=_named(shown[-1]) if len(rows) > len(shown) > 0 else None,
    )


def _rows(store: Store, known: Known, wanted: Mapping[str, Any], limit: int, offset: int) -> list[Sequence[Any]]:
    """The rows of some stories, in the order that the question knows."""
    return list(store.ask("stories", **wanted, limit=limit, offset=offset))


def _by_texts(store: Store, known: Known, wanted: Mapping[str, Any], limit: int, offset: int) -> list[Sequence[Any]]:
    """The same, those of most distinct texts first, which no table holds: all that may be shown are counted."""
    rows = _rows(store, known, {**wanted, "by": "articles"} | _place(None), ALL, 0)
    count = texts(store, [row[0] for row in rows], known)
    keyed = sorted([(-float(count[row[0]]), -row[8], row[0], row) for row in rows], key=lambda each: each[:3])
    if wanted["key"] is not None:
        place = -wanted["key"], -wanted["then"], wanted["id"]
        keyed = [each for each in keyed if each[:3] > place]
    return [(*row[:7], -key, -then) for key, then, _, row in keyed[offset : offset + limit]]


def _line(row: Sequence[Any], origins: int | None, texts: int) -> answers.Line:
    id_, title, count, outlets, first, last, *_ = row
    return answers.Line(
        id=id_,
        title=title,
        articles=count,
        texts=texts,
        outlets=outlets,
        origins=origins,
        first=stated(first),
        last=stated(last),
    )


def _filters(  # noqa: PLR0913  # one argument a filter
    store: Store,
    known: Known,
    *,
    outlet: str | None = None,
    language: str | None = None,
    agency: str | None = None,
    words: str | None = None,
    since: str | None = None,
    until: str | None = None,
    least: int = 1,
    outlets: int = 0,
    origins: int = 0,
    unique: int = 0,
) -> dict[str, Any]:
    """What the question takes; of so many ``unique`` texts are those that are counted first."""
    told = {
        "outlet": outlet,
        "language": language,
        "agency": agency,
        "words": asked(words) if words else None,
        "since": time_of(since, "since"),
        "until": end_of(until),
        "least": least,
        "outlets": outlets,
        "origins": origins,
        "only": None,
    }
    if unique > 1:
        every = told | _place(None) | {"least": max(least, unique), "by": "latest"}
        many = texts(store, [row[0] for row in store.ask("stories", **every, limit=ALL, offset=0)], known)
        told["only"] = json.dumps([story for story, count in many.items() if count >= unique])
    return told


def _named(row: Sequence[Any]) -> str:
    """A place in a list of stories, to go on after it."""
    return f"{float(row[7])!r},{float(row[8])!r},{row[0]}"


def _place(after: str | None) -> dict[str, Any]:
    """The place that a name stands for; raises UsageError where it is none."""
    if after is None:
        return {"key": None, "then": None, "id": None}
    try:
        key, then, id_ = after.split(",")
        return {"key": float(key), "then": float(then), "id": id_}
    except ValueError:
        raise UsageError(f"--after {after!r} is no place in the list. Take the `next` of the page before.") from None


def facets(store: Store, known: Known, **filters: Any) -> answers.Facets:
    """What the stories that the filters let through can be narrowed down to, and how many are left then.

    The values of a filter that is set are counted without it, so that another may be chosen.
    """
    every = _left(store, known, **filters)
    ids = [story.id for story in every]
    of = {
        name: [story.id for story in _left(store, known, **filters | {name: None})] if filters.get(name) else ids
        for name in ("outlet", "language", "agency")
    }
    timed = _left(store, known, **filters | {"since": None, "until": None}) if _is_timed(filters) else every
    return answers.Facets(
        total=len(every),
        outlets=_facets(dict(_asked(store, FACETS["outlet"], of["outlet"]))),
        languages=_facets(languages(store, of["language"], known)),
        agencies=_facets(dict(_asked(store, FACETS["agency"], of["agency"]))),
        months=_months(timed),
        articles_at_least=_at_least([story.articles for story in every]),
        texts_at_least=_at_least(list(texts(store, ids, known).values())),
        outlets_at_least=_at_least([story.outlets for story in every]),
        origins_at_least=_at_least([many for _, many in _asked(store, ORIGINS, ids)]),
    )


def _asked(store: Store, question: str, ids: Sequence[str]) -> Iterator[Any]:
    """Each row of the answer to a question about some stories."""
    return store.ask(question.format(stories=of_stories(store, ids)), ids=json.dumps(ids))


class Left(NamedTuple):
    """A story that the filters let through."""

    id: str
    title: str
    articles: int
    outlets: int
    first: float | None
    last: float | None


def _left(store: Store, known: Known, **filters: Any) -> list[Left]:
    told = _filters(store, known, **filters) | {"by": "latest"} | _place(None)
    return [Left(*row[:6]) for row in store.ask("stories", **told, limit=ALL, offset=0)]


def _months(stories: Sequence[Left]) -> list[answers.Facet]:
    """The months in which some stories were told, the latest first; each counts from its first to its last."""
    spans = Counter(
        (_month((story.last if story.first is None else story.first) // DAY), _month(story.last // DAY))
        for story in stories
        if story.last is not None
    )
    found: Counter[str] = Counter()
    for (first, last), many in spans.items():
        for month in islice(_from_to(first, last), LONGEST):
            found[month] += many
    return [answers.Facet(value=month, stories=found[month]) for month in sorted(found, reverse=True)]


@cache
def _month(day: float) -> str:
    """The month of a day, which is counted from the first of 1970."""
    return f"{datetime.fromtimestamp(day * DAY, UTC):%Y-%m}"


def _from_to(first: str, last: str) -> Iterator[str]:
    """Each month from one to another, backwards from the last."""
    year, number = map(int, last.split("-"))
    while (month := f"{year:04}-{number:02}") >= first:
        yield month
        year, number = (year, number - 1) if number > 1 else (year - 1, 12)


def _is_timed(filters: Mapping[str, Any]) -> bool:
    return bool(filters.get("since") or filters.get("until"))


def _facets(counts: Mapping[str, int]) -> list[answers.Facet]:
    """The values that most stories have."""
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
    return [answers.Facet(value=value, stories=many) for value, many in most]


def _at_least(counts: Sequence[int]) -> list[answers.Facet]:
    """How many have so many or more; what all or none have is no choice."""
    found = [(least, sum(count >= least for count in counts)) for least in LEAST]
    return [answers.Facet(value=str(least), stories=many) for least, many in found if 0 < many < len(counts)]


def holdings(store: Store) -> answers.Holdings:
    """What an archive holds, in numbers, and who wrote in it last."""
    first, last = store.one("SELECT MIN(first), MAX(last) FROM stories")
    return answers.Holdings(
        articles=_count(store, "articles"),
        versions=_count(store, "versions"),
        outlets=store.one("SELECT COUNT(DISTINCT outlet) FROM articles")[0],
        stories=_count(store, "stories"),
        told_by_several=store.one("SELECT COUNT(*) FROM stories WHERE articles > 1")[0],
        origins=_count(store, "origins"),
        rejects=_count(store, "rejects"),
        unlearned=unlearned_in_all(store),
        first=stated(first),
        last=stated(last),
        runs=[_run(row) for row in store.ask(f"SELECT * FROM runs ORDER BY run DESC LIMIT {RECENT}")],
    )


def _count(store: Store, table: str) -> int:
    return int(store.one(f"SELECT COUNT(*) FROM {table}")[0])


def _run(row: Sequence[Any]) -> answers.Ran:
    number, command, _, _, started, ended, rows = row
    return answers.Ran(run=number, command=command, started=started, ended=ended, rows=rows)
