"""Questions to an archive that only read: one of its stories, a search, the history of an article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from retold.archive import answers
from retold.archive.finding import asked, snippet
from retold.archive.moments import end_of, time_of
from retold.archive.naming import article_id, story_ids
from retold.archive.prepared import blocks_of, clean
from retold.archive.texts import judged, names_of, stated, versions_of
from retold.archive.tracing import count_of
from retold.comparing import comparison
from retold.model.errors import UnknownError
from retold.model.records import Version
from retold.model.version import __version__
from retold.store.store import Store

SEVERAL = 2  # versions an article may have that hold the words, before all are looked at
EVERY = -1  # to SQLite, no limit


def story(store: Store, name: str) -> answers.Story:
    """A story by its id or by one of its articles; raises UsageError where there is none, or where it was split."""
    found = story_ids(store, name)
    if len(found) > 1:
        raise UnknownError(f"{name} stands for {len(found)} stories. Name one of them: {', '.join(found)}")
    title, count, outlets, first, last = store.one(
        "SELECT title, articles, outlets, first, last FROM stories WHERE id = :id", id=found[0]
    )
    told = _tellings(store, found[0])
    return answers.Story(
        id=found[0],
        requested_id=clean(name),
        title=title,
        articles=count,
        outlets=outlets,
        origins=count_of(store, [each.article_id for each in told]),
        first=stated(first),
        last=stated(last),
        tellings=told,
    )


def _tellings(store: Store, story_id: str) -> list[answers.Telling]:
    rows = list(store.ask("tellings_of_story", story=story_id))
    names = names_of(store, [row[0] for row in rows])
    return [
        answers.Telling(
            article_id=article,
            source_ids=names[article],
            outlet=outlet,
            title=title,
            url=url,
            language=language,
            published=published,
            versions=count,
            score=round(score, 4),
            settled=bool(settled),
        )
        for article, outlet, title, url, language, published, count, score, settled in rows
    ]


def search(
    store: Store,
    words: str,
    *,
    outlet: str | None = None,
    language: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = 20,
) -> answers.Found:
    """The articles that hold the words, best first, each once, with where it does."""
    words = clean(words)
    asked_for = {
        "words": asked(words),
        "outlet": outlet,
        "language": language,
        "since": time_of(since, "since"),
        "until": end_of(until),
    }
    filtered = any((outlet, language, since, until))
    most = EVERY if filtered else limit * SEVERAL
    rows = list(store.ask("search", **asked_for, most=most))
    best = _best(rows, limit)
    if len(best) < limit and len(rows) == most:  # some have many versions
        best = _best(store.ask("search", **asked_for, most=EVERY), limit)
    names = names_of(store, list(best))
    hits = [_hit(store, row, names[article], words) for article, row in best.items()]
    return answers.Found(words=words, hits=hits)


def _best(rows: Iterable[Any], limit: int) -> dict[str, Sequence[Any]]:
    """The best version of each article, as many as are wanted."""
    best: dict[str, Sequence[Any]] = {}
    for row in rows:
        best.setdefault(row[3], row)
        if len(best) == limit:
            break
    return best


def _hit(store: Store, row: Sequence[Any], names: list[str], words: str) -> answers.Hit:
    number, score, version, article, story_id, outlet, title, url, published = row
    text, blocks, aside = store.one("text_of_version", number=number)
    found = snippet(text, judged(blocks_of(blocks), aside), words)
    return answers.Hit(
        article_id=article,
        source_ids=names,
        version_id=version,
        story_id=story_id,
        outlet=outlet,
        title=title,
        url=url,
        published=published,
        score=round(-score, 4),
        snippet=text[found.start : found.end],
        start=found.start,
        end=found.end,
        marks=found.marks,
    )


def revisions(store: Store, name: str, *, steps: bool = True) -> answers.Revisions:
    """The history of an article: what each version cut and added, or without ``steps`` only which versions there are;
    raises UsageError where there is no such article."""
    article = article_id(store, name)
    url, outlet = store.one("SELECT url, outlet FROM articles WHERE id = :id", id=article)
    versions = versions_of(store, article)
    return answers.Revisions(
        article_id=article,
        source_ids=names_of(store, [article])[article],
        url=url,
        outlet=outlet,
        versions=[_text(version) for version in versions],
        steps=steps_of(versions) if steps else [],
    )


def history(store: Store, name: str) -> list[Version]:
    """All versions of an article, the oldest first; raises UsageError where there is no such article."""
    return versions_of(store, article_id(store, name))


def steps_of(versions: Sequence[Version]) -> list[answers.Step]:
    """What each version of an article changed in the one before."""
    return [_step(before, after) for before, after in pairwise(versions)]


def _text(version: Version) -> answers.Text:
    return answers.Text(
        version_id=version.id,
        seen=version.seen,
        published=version.published,
        title=version.title,
        words=len(version.text.split()),
    )


def _step(before: Version, after: Version) -> answers.Step:
    """What changed between two versions of one article: here the direction is known."""
    found = comparison([before, after], [], retold_version=__version__)
    whole: dict[str, list[str]] = {"A": [], "B": []}
    for passage in found.passages:
        if passage.relation == "only":
            for key, spans in passage.spans.items():
                text = before.text if key == "A" else after.text
                whole[key].append(" ".join(text[start:end] for start, end in spans))
    edits = [
        answers.Change(
            passage=edit.passage,
            kind=edit.class_,
            cut=edit.sides["A"].text,
            added=edit.sides["B"].text,
            start=edit.sides["A"].start,
            end=edit.sides["A"].end,
            added_start=edit.sides["B"].start,
            added_end=edit.sides["B"].end,
            in_quote=edit.in_quote,
            note=edit.note,
        )
        for edit in found.edits
        if not edit.apart
    ]
    return answers.Step(before=before.id, after=after.id, edits=edits, cut=whole["A"], added=whole["B"])
