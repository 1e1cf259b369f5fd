"""Articles of files and records as an archive would have them, without one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from retold.archive import provenance
from retold.archive.prepared import article, clean, piece_of
from retold.inputs.piece import Piece, read_piece
from retold.inputs.pieces import pieces
from retold.model.identity import identify
from retold.model.records import Reject, Version

Source = str | os.PathLike[str] | Mapping[str, Any]
Progress = Callable[[str, int, int], None]
NOTHING = ("nothing", "was given. Name a file, a folder, or give records.")


def pieces_of(
    sources: Iterable[Source], columns: Mapping[str, str] | None, stdin: BinaryIO | None
) -> Iterator[Piece | Reject]:
    for source in sources:
        if isinstance(source, Mapping):
            yield piece_of(source, columns)
        else:
            yield from pieces(os.fsdecode(source), columns=columns, stdin=stdin)


def version_in_piece(piece: Piece | Reject) -> tuple[str, Version] | Reject:
    """An article's id and version, both as the archive would have them."""
    found = read_piece(piece) if isinstance(piece, Piece) else piece
    if isinstance(found, Reject):
        return found
    url, outlet, title = (clean(each) if each else None for each in (found.url, found.outlet, found.title))
    key = article(url, outlet, clean(found.source_id or url or found.source))
    return key, replace(
        found, id=identify("version", key, title or "", found.text), url=url, outlet=outlet, title=title
    )


def unread(reject: Reject) -> provenance.Unread:
    return provenance.Unread(source=clean(reject.source), place=clean(reject.place), reason=clean(reject.reason))
