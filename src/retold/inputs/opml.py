"""Lists of feeds (OPML): files beside the list are read, addresses are fetched where something fetches."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from lxml import etree

from retold.inputs.folders import within
from retold.inputs.piece import Piece
from retold.inputs.xmltrees import harmless
from retold.model.errors import SourceError
from retold.model.records import Reject

Pieces = Iterator[Piece | Reject]
MOST = 20_000  # feeds of a list


def outlines(data: bytes, source: str) -> list[str]:
    """The feeds that a list names, each once, in their order; raises SourceError where it is broken or names none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        tree = etree.fromstring(harmless(data, source), parser)
    except (etree.LxmlError, ValueError):
        tree = None
    if tree is None:
        raise SourceError(source, "is a broken list of feeds. An OPML list is wanted; export it again.")
    named = [
        str(value).strip()
        for element in tree.iter("{*}outline")
        for name, value in element.items()
        if str(name).casefold() == "xmlurl"
    ]
    found = list(dict.fromkeys(filter(None, named)))
    if not found:
        raise SourceError(source, "names no feed. An OPML list with xmlUrl addresses is wanted.")
    return found


def feeds(data: bytes, source: str, *, read: Callable[[str], Pieces], fetch: Callable[[str], Pieces] | None) -> Pieces:
    """What the feeds of a list hold: ``read`` reads a file of the list's own folder, ``fetch`` an address."""
    found = outlines(data, source)
    for number, feed in enumerate(found[:MOST], 1):
        if feed.casefold().startswith(("http://", "https://")):
            yield from fetch(feed) if fetch else [_unfetched(feed, source, number)]
        else:
            yield from _beside(feed, source, number, read)
    if len(found) > MOST:
        yield Reject(source, str(MOST + 1), f"names {len(found):,} feeds, of which the first {MOST:,} are read.")


def _unfetched(feed: str, source: str, number: int) -> Reject:
    reason = f"{feed[:300]} is the address of a feed. To read it, add --fetch, for which: pip install 'retold[fetch]'."
    return Reject(source, str(number), reason)


def _beside(feed: str, source: str, number: int, read: Callable[[str], Pieces]) -> Pieces:
    """What a feed in a file holds: only one in the list's folder, whatever path the list names."""
    folder = os.path.dirname(source)
    path = os.path.join(folder, feed)
    strange = "\0" in feed or "://" in feed or feed.casefold().startswith("file:") or os.path.isabs(feed)
    if strange or not within(os.path.realpath(path), os.path.realpath(folder or ".")):
        yield Reject(
            source, str(number), f"{feed[:300]} lies outside the list's folder. Give that file by its own path."
        )
    else:
        yield from read(path)
