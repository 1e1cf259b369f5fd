"""What leads from one schema to the next: ``STEPS[1]`` from 1 to 2. What was published is never changed."""

from __future__ import annotations

STEPS: dict[int, tuple[str, ...]] = {
    1: (
        "CREATE TABLE fingerprints (version INTEGER PRIMARY KEY, data BLOB NOT NULL, run INTEGER NOT NULL) STRICT",
        "CREATE TABLE alignments (version INTEGER NOT NULL, other INTEGER NOT NULL, data BLOB NOT NULL, "
        "run INTEGER NOT NULL, PRIMARY KEY (version, other)) STRICT, WITHOUT ROWID",
        "CREATE TABLE judged (article_id TEXT NOT NULL, version INTEGER NOT NULL, digest BLOB NOT NULL, "
        "run INTEGER NOT NULL, PRIMARY KEY (article_id)) STRICT, WITHOUT ROWID",
        "CREATE TABLE copies (article_id TEXT NOT NULL, other_id TEXT NOT NULL, words INTEGER NOT NULL, "
        "share REAL NOT NULL, other_share REAL NOT NULL, label TEXT NOT NULL, run INTEGER NOT NULL, "
        "PRIMARY KEY (article_id, other_id)) STRICT, WITHOUT ROWID",
        "CREATE INDEX copies_by_other_id ON copies (other_id)",
        "CREATE TABLE passages (article_id TEXT NOT NULL, other_id TEXT NOT NULL, place INTEGER NOT NULL, "
        "start INTEGER NOT NULL, end INTEGER NOT NULL, other_start INTEGER NOT NULL, "
        "other_end INTEGER NOT NULL, words INTEGER NOT NULL, label TEXT NOT NULL, moved INTEGER NOT NULL, "
        "run INTEGER NOT NULL, PRIMARY KEY (article_id, other_id, place)) STRICT, WITHOUT ROWID",
        "CREATE TABLE origins (id TEXT NOT NULL, agency TEXT, earliest TEXT, fullest TEXT NOT NULL, "
        "source TEXT, articles INTEGER NOT NULL, unseen INTEGER NOT NULL, run INTEGER NOT NULL, "
        "PRIMARY KEY (id)) STRICT, WITHOUT ROWID",
        "CREATE TABLE carriers (origin_id TEXT NOT NULL, article_id TEXT NOT NULL, role TEXT NOT NULL, "
        "share REAL NOT NULL, run INTEGER NOT NULL, PRIMARY KEY (origin_id, article_id)) STRICT, "
        "WITHOUT ROWID",
        "CREATE INDEX carriers_by_article_id ON carriers (article_id)",
        "CREATE TABLE doubts (article_id TEXT NOT NULL, other_id TEXT NOT NULL, kind TEXT NOT NULL, "
        "note TEXT NOT NULL, run INTEGER NOT NULL, PRIMARY KEY (article_id, other_id, kind)) STRICT, "
        "WITHOUT ROWID",
        "CREATE INDEX doubts_by_other_id ON doubts (other_id)",
        "CREATE TABLE lineage (origin_id TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, "
        "probability REAL NOT NULL, signs BLOB NOT NULL, run INTEGER NOT NULL, PRIMARY KEY (origin_id, "
        "source, target)) STRICT, WITHOUT ROWID",
    ),
    2: (
        "CREATE TABLE sayings (version INTEGER PRIMARY KEY, digest BLOB NOT NULL, data BLOB NOT NULL, "
        "run INTEGER NOT NULL) STRICT",
    ),
    3: (
        "CREATE TABLE corrections (article_id TEXT NOT NULL, version_id TEXT NOT NULL, part TEXT NOT NULL, "
        "start INTEGER NOT NULL, end INTEGER NOT NULL, words TEXT NOT NULL, value TEXT, run INTEGER NOT NULL, "
        "PRIMARY KEY (article_id, version_id, part, start)) STRICT, WITHOUT ROWID",
        "CREATE TABLE readings (version INTEGER PRIMARY KEY, title TEXT, outlet TEXT, author TEXT, "
        "language TEXT NOT NULL, published TEXT, blocks BLOB NOT NULL, credits BLOB NOT NULL, "
        "prints BLOB NOT NULL, digest BLOB, outlets TEXT, run INTEGER NOT NULL) STRICT",
    ),
}
