"""Is the archive whole? Indexes are mended, and what cannot be is said."""

from __future__ import annotations

from collections.abc import Iterator

from retold.archive import checking
from retold.archive.answers import Checked
from retold.archive.currents import article_row
from retold.archive.finding import indexed
from retold.archive.prepared import blocks_of, body
from retold.archive.texts import judged
from retold.model.errors import RetoldError
from retold.model.rows import TABLES
from retold.store.schema import WORDS as WORDS_TABLE
from retold.store.store import Store

WORDS = "the index of words does not fit the texts"


def doctor(store: Store, *, repair: bool = True) -> Checked:
    """Check an archive: its file, its indexes, and that every row finds what it names; mend what can be mended."""
    found = list(_problems(store))
    repaired = [] if not found or not repair else _repaired(store)
    left = list(_problems(store)) if repaired else found
    counts = {name: checking.count(store, f"SELECT COUNT(*) FROM {name}") for name in TABLES}
    tables = {name: count for name, count in counts.items() if count is not None}
    return Checked(found=found, repaired=repaired, left=left, tables=tables)


CHECKS: dict[str, str] = {
    "versions that belong to no article: {}": (
        "SELECT COUNT(*) FROM versions WHERE article_id NOT IN (SELECT id FROM articles)"
    ),
    "articles without a newest version: {}": (
        "SELECT COUNT(*) FROM articles WHERE current NOT IN (SELECT number FROM versions)"
    ),
    "articles without a name: {}": "SELECT COUNT(*) FROM articles WHERE id NOT IN (SELECT article_id FROM namings)",
    "articles that miscount their versions: {}": (
        "SELECT COUNT(*) FROM articles WHERE versions <> (SELECT COUNT(*) FROM versions WHERE article_id = articles.id)"
    ),
    "corrections of no version: {}": (
        "SELECT COUNT(*) FROM corrections WHERE version_id NOT IN (SELECT id FROM versions)"
    ),
    "readings of no version: {}": "SELECT COUNT(*) FROM readings WHERE version NOT IN (SELECT number FROM versions)",
    "tellings of no article: {}": "SELECT COUNT(*) FROM tellings WHERE article_id NOT IN (SELECT id FROM articles)",
    "tellings of no story: {}": "SELECT COUNT(*) FROM tellings WHERE story_id NOT IN (SELECT id FROM stories)",
    "stories that miscount their articles: {}": (
        "SELECT COUNT(*) FROM stories WHERE articles <> (SELECT COUNT(*) FROM tellings WHERE story_id = stories.id)"
    ),
    "versions missing from the index of words: {}": (
        "SELECT COUNT(*) FROM versions WHERE number NOT IN (SELECT id FROM words_docsize)"
    ),
    "entries of the index of words without a version: {}": (
        "SELECT COUNT(*) FROM words_docsize WHERE id NOT IN (SELECT number FROM versions)"
    ),
}


def _problems(store: Store) -> Iterator[str]:
    """Each thing that is wrong, in words."""
    yield from _file_problems(store)
    yield from checking.counted(store, CHECKS)
    yield from checking.problems(store)
    yield from checking.said_problems(store)
    if store.writable and not _words_fit(store):
        yield WORDS


def _file_problems(store: Store) -> Iterator[str]:
    """What the database says of its own file."""
    try:
        for (line,) in store.ask("PRAGMA integrity_check(20)"):
            if line != "ok":
                yield f"the file: {line}"
    except RetoldError as error:
        yield f"the file: {error.__cause__ or error}"


def _words_fit(store: Store) -> bool:
    """Whether the index of words is whole in itself."""
    try:
        with store.transaction():
            store.do("INSERT INTO words (words) VALUES ('integrity-check')")
    except RetoldError:
        return False
    return True


def _repaired(store: Store) -> list[str]:
    """Mend all that follows from the texts, and say what was done; nothing where the file is too damaged for that."""
    copies_too, said_too = bool(list(checking.problems(store))), bool(list(checking.said_problems(store)))
    try:
        with store.transaction():
            store.do("REINDEX")
            _articles_anew(store)
            for statement in MENDED:
                store.do(statement)
            _index_anew(store)
            if copies_too:
                checking.empty(store)
            if said_too:
                checking.forget(store)
    except RetoldError:
        return []
    return [
        "the indexes of all tables were made anew",
        "what is known of articles and stories was made to fit what they hold",
        "the index of words was made anew from the texts",
        *([checking.MADE_ANEW] if copies_too else []),
        *([checking.FORGOTTEN] if said_too else []),
    ]


MENDED = (
    "INSERT OR IGNORE INTO namings SELECT article_id, source_id, run FROM versions "
    "WHERE article_id NOT IN (SELECT article_id FROM namings)",
    "DELETE FROM readings WHERE version NOT IN (SELECT number FROM versions)",
    "DELETE FROM tellings WHERE article_id NOT IN (SELECT id FROM articles)",
    "DELETE FROM tellings WHERE story_id NOT IN (SELECT id FROM stories)",
    "DELETE FROM stories WHERE id NOT IN (SELECT story_id FROM tellings)",
    "UPDATE stories SET articles = (SELECT COUNT(*) FROM tellings WHERE story_id = stories.id) "
    "WHERE articles <> (SELECT COUNT(*) FROM tellings WHERE story_id = stories.id)",
)


def _articles_anew(store: Store) -> None:
    """Each article whose row does not fit its versions, from these."""
    for article, run in list(store.ask("articles_astray")):
        store.put("articles", [article_row(store, article, run)])


def _index_anew(store: Store) -> None:
    """The index of words, from the texts; the old one is thrown away, for it may be too damaged to be emptied."""
    store.do("DROP TABLE words")
    store.do(WORDS_TABLE)
    rows = store.ask(
        "SELECT number, title, text, blocks, aside FROM versions LEFT JOIN features ON version = number ORDER BY number"
    )
    for number, title, text, blocks, aside in rows:
        store.index(number, indexed(title or ""), body(text, judged(blocks_of(blocks), aside)))
