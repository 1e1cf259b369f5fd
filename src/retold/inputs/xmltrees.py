"""XML from strangers: read without entities, without its neighbours and within bounds."""

from __future__ import annotations

import re

from retold.model.errors import SourceError
from retold.reading.crowds import without_crowds

ENTITY = re.compile(rb"<!\s*ENTITY\b", re.IGNORECASE)
DOCTYPE = re.compile(rb"<!\s*DOCTYPE\b[^\[>]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
WIDE = re.compile(rb"(<\?xml[^>]{0,200}?encoding\s*=\s*[\"'])(?:utf|ucs)-?(?:16|32|2|4)[^\"'>]{0,9}", re.IGNORECASE)


def harmless(data: bytes, source: str) -> bytes:
    """XML without its document type and without crowds of attributes; raises SourceError where that declares entities.

    An entity may stand for a file of this machine, or for a thousand million letters; no feed has need of one.
    """
    plain = data.replace(b"\0", b"")  # UTF-16 has one beside each letter of a declaration
    if ENTITY.search(plain):
        told = "declares entities of its own, as attacks on readers do"
        raise SourceError(source, f"{told}. A feed or a list of feeds without a document type is wanted.")
    if plain == data:  # read as UTF-8 by now, whatever it was when its first line was written
        data = WIDE.sub(rb"\1utf-8", data, count=1)
    return without_crowds(DOCTYPE.sub(b"", data, count=1).decode("latin-1")).encode("latin-1")
