"""What is fetched over the network, and what servers said about it, so that next time only the newer is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from retold.inputs.piece import Piece
from retold.model.records import Reject
from retold.model.version import __version__
from retold.store.store import Store

Fetch = Callable[[str], Iterator[Piece | Reject]]


@contextmanager
def fetching(store: Store, run: int, *, private: bool) -> Iterator[Fetch]:
    """Give what fetches an address. What servers said is stored at the end alone: a run that was cut off asks again,
    for it may not have stored all that it was given. Raises SourceError without the extra "fetch"."""
    from retold.fetching.answering import Validators
    from retold.fetching.fetching import Fetcher

    seen = {url: Validators(*said) for url, *said in store.ask("SELECT url, etag, last_modified FROM fetches")}
    with Fetcher(agent=f"retold/{__version__}", private=private, seen=seen) as fetcher:
        yield fetcher.pieces
        rows = [(url, said.etag, said.last_modified, run) for url, said in sorted(fetcher.learned.items())]
    with store.transaction():
        store.put("fetches", rows)
