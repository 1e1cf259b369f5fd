"""An article as its versions tell of it."""

from __future__ import annotations

from typing import Any

from retold.store.store import Store


def article_row(store: Store, article_id: str, run: int) -> tuple[Any, ...]:
    """An article as its versions tell of it; they, and not the order in which they came, say which is the newest."""
    versions = list(store.ask("versions_of_article", article=article_id))
    url, outlet = (next((row[place] for row in versions if row[place]), None) for place in (1, 2))
    earliest = min([row[3] for row in versions if row[3] is not None], default=None)
    return article_id, url, outlet, earliest, versions[0][0], len(versions), run
