"""Articles and records that the tests of inputs share, and a way to read a source to its end."""

from __future__ import annotations

import gzip

from retold.inputs.pieces import pieces, read_piece
from retold.model.records import Reject, Version

BODY = "The council in Harwick voted on Thursday to rebuild the old bridge over the river. "
OTHER = "Fishermen in Port Ellery said on Friday that the harbour had not been dredged for nine years. "
PAGE = (
    "<html><head><title>Bridge to be rebuilt</title></head><body><article><h1>Bridge to be rebuilt</h1>"
    f"<p>{BODY}</p><p>{BODY * 2}</p></article></body></html>"
)


def packed(data: bytes) -> bytes:
    """Bytes as gzip packs them, without the time of day."""
    return gzip.compress(data, mtime=0)


def read_all(source: object, **options: object) -> tuple[list[Version], list[Reject]]:
    """What a source holds, read: its versions, and what could not be read."""
    read = [each if isinstance(each, Reject) else read_piece(each) for each in pieces(str(source), **options)]
    versions = [each for each in read if isinstance(each, Version)]
    return versions, [each for each in read if isinstance(each, Reject)]
