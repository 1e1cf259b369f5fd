"""The places of a quotation in an archive: its index of words says where to look."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from retold.archive.attributions import Quote
from retold.archive.finding import WORD, asked
from retold.archive.hearing import spoken
from retold.archive.origins_of import carriers_of
from retold.archive.prepared import clean
from retold.archive.quotes import Candidate, Located, answer
from retold.archive.texts import COLUMNS, FROM, names_of, version_of
from retold.archive.tracing import count_of
from retold.store.store import Store

RARE = 8  # words by which those are found that come near: the longest ones
MOST, NEAR = 2_000, 300  # versions that are looked at: with all of its words in a row, and with some of them
PHRASE = (
    "SELECT words.rowid FROM words JOIN versions ON versions.number = words.rowid WHERE words MATCH :words "
    "ORDER BY bm25(words), versions.id LIMIT :most"
)
CURRENT = (
    f"SELECT versions.number, versions.article_id, articles.current, {COLUMNS} {FROM} "
    "JOIN articles ON articles.id = versions.article_id "
    "WHERE versions.number IN (SELECT value FROM json_each(:numbers)) "
    "ORDER BY versions.moment IS NULL, versions.moment, versions.article_id, "
    "versions.stood IS NULL, versions.stood, versions.id"
)


def candidates(store: Store, text: str) -> Iterator[Candidate]:
    """The versions of an archive that may have the words of a quotation, or most of them, the earliest first."""
    words = WORD.findall(clean(text))
    rare = sorted(set(words), key=lambda word: (-len(word), word))[:RARE]
    phrase, some = asked(f'"{" ".join(words)}"'), " OR ".join(asked(f'"{word}"') for word in rare)
    wanted = ((phrase, MOST), (some, NEAR))
    numbers = {number for one, most in wanted for (number,) in store.ask(PHRASE, words=one, most=most)}
    for number, article, current, *row in store.ask(CURRENT, numbers=json.dumps(sorted(numbers))):
        yield Candidate(number, article, version_of(row), number == current)


def quote(
    store: Store,
    text: str,
    found: tuple[Sequence[Located], Sequence[Located]],
    *,
    limit: int | None,
) -> Quote:
    """The answer of an archive from the places that were found."""
    shown = [one for some in found for one in some[:limit]]
    kept = {each.version.id: each.heard for each in spoken(store, [one.number for one in shown])}
    ids = sorted({one.article_id for one in shown})
    homes = {row.article_id: row.origin_id for row in carriers_of(store, ids) if row.role == "main"}
    exact = sorted({one.article_id for one in found[0]})
    return answer(
        text,
        found,
        lambda one: kept[one.version.id],
        names_of(store, ids),
        homes,
        count_of(store, exact),
        limit=limit,
    )
