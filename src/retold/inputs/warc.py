"""Archives of pages (WARC): each page that was answered in full, as it was sent, record by record."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from retold.inputs.piece import Piece
from retold.inputs.streams import GZIP
from retold.model.errors import SourceError
from retold.model.records import Reject
from retold.reading.moments import stated_moment
from retold.reading.sniff import decode_page
from retold.reading.versions import LIMIT, TOO_LONG, Metadata

MOST = 2 * LIMIT  # bytes of a record; a page of 10 MB with its headers, packed or not, has less
MOST_BREAKS = 1000  # broken places after which an archive is given up
CHUNK = 1 << 20
REACH = 4096  # bytes that show a record's begin
MEMBER = re.compile(rb"(?=\x1f\x8b\x08)")
RECORD = re.compile(rb"(?<=\n)(?=WARC/1\.\d\r?\n)")
STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})\b")
HTML = ("text/html", "application/xhtml+xml")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
BROKEN = "is broken at byte {:,}: {}. The pages before it are read{}."


class Broken(NamedTuple):
    """A place at which an archive cannot be read on."""

    place: int  # in bytes
    reason: str


def pages(stream: io.BufferedReader, source: str) -> Iterator[Piece | Reject]:
    """Each page of an archive in its order; a broken place is one Reject, and what stands behind it is read."""
    number = start = told = 0
    for _ in range(MOST_BREAKS):
        broken: Broken | None = None
        for found in _records(stream):
            if isinstance(found, Broken):
                broken = found
                break
            number += 1
            yield from _page(found, source, str(number))
        if broken is None:
            return
        start = _next_start(stream, max(broken.place, start) + 1)
        if broken.reason and (number > told or not told):  # one word for a gap, however often it breaks
            number = told = number + 1
            after = ", and so is what stands behind it" if start >= 0 else ""
            yield Reject(source, str(number), BROKEN.format(broken.place, broken.reason, after))
        if start < 0:
            return
        stream.seek(start)
    raise SourceError(source, f"is broken in over {MOST_BREAKS:,} places. Fetch it again.")


class Record(NamedTuple):
    """A record that holds a page: its headers and its block, None where that is too long to be held."""

    address: str
    seen: str
    answered: bool  # the block is an answer of a server, with its own headers
    kind: str  # of a block that is none
    block: bytes | None


def _records(stream: io.BufferedReader) -> Iterator[Record | Broken]:
    """Each record that may hold a page; the place where the archive cannot be read on ends them."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    last = stream.tell() if stream.seekable() else 0
    try:
        for record in ArchiveIterator(stream, parse_http=False):
            last = record.stream_pos
            block = record.reader.read(MOST + 1)
            if len(block) < min(record.content_length, MOST + 1) or not record.headers.get("Content-Length"):
                yield Broken(last, "a record is shorter than it says")
                return
            if record.record_type in (WarcRecordType.response, WarcRecordType.resource):
                yield _record(record, block)
            if len(block) > MOST:
                yield from _behind(stream, last, record.content_length)
    except (OSError, ValueError) as error:
        yield Broken(last, str(error)[:120])


def _behind(stream: io.BufferedReader, place: int, length: int) -> Iterator[Broken]:
    """Where to go on behind a record that is too long: what is packed is not unpacked only to be passed over."""
    if not stream.seekable():
        return
    now = stream.tell()
    if _is_packed(stream):
        yield Broken(place, "")
    elif place + length > stream.seek(0, io.SEEK_END):
        yield Broken(place, "a record is shorter than it says")
    stream.seek(now)


def _is_packed(stream: io.BufferedReader) -> bool:
    stream.seek(0)
    return stream.read(2) == GZIP


def _record(record: Any, block: bytes) -> Record:
    get = record.headers.get
    kind = (get("Content-Type") or "").casefold()
    address = (get("WARC-Target-URI") or "").strip("<> ")
    return Record(
        address, get("WARC-Date") or "", "application/http" in kind, kind, block if len(block) <= MOST else None
    )


def _page(record: Record, source: str, place: str) -> Iterator[Piece | Reject]:
    """The page that a record holds; nothing where it holds another thing: a picture, an error, a redirect."""
    if not record.address.casefold().startswith(("http://", "https://")):
        return
    if record.block is None:
        yield Reject(source, place, f"{record.address[:200]} {TOO_LONG}")
        return
    body, kind = _answer(record.block) if record.answered else (record.block, record.kind)
    if body is None or not kind.startswith(HTML):
        return
    reason = TOO_LONG if len(body) > LIMIT else "cannot be unpacked." if body.startswith(GZIP) else ""
    if reason:
        yield Reject(source, place, f"{record.address[:200]} {reason}")
    elif body:
        declared = CHARSET.search(kind)
        text = decode_page(body, source, declared=declared[1] if declared else None)
        stated = Metadata(url=record.address, seen=stated_moment(record.seen))
        yield Piece(source, place, "page", text, stated)


def _answer(block: bytes) -> tuple[bytes | None, str]:
    """The body of a server's answer and its kind; (None, "") where the answer is no page."""
    head, mark, body = block.partition(b"\r\n\r\n")
    if not mark:
        head, mark, body = block.partition(b"\n\n")
    status = STATUS.match(head)
    if not status or status[1] != b"200":
        return None, ""
    headers = _headers(head)
    kind = headers.get("content-type", "").casefold()
    if not kind.startswith(HTML):
        return None, ""
    return _unpacked(body, headers), kind


def _headers(head: bytes) -> dict[str, str]:
    """The headers of an answer by name; the first of a name counts."""
    found: dict[str, str] = {}
    for line in head.decode("latin-1").splitlines()[1:]:
        name, _, value = line.partition(":")
        found.setdefault(name.strip().casefold(), value.strip())
    return found


def _unpacked(body: bytes, headers: dict[str, str]) -> bytes:
    """A body as it was before it was sent; as it is where it is not packed as its headers say."""
    from fastwarc import stream_io

    if "chunked" in headers.get("transfer-encoding", "").casefold():
        body = _read(stream_io.ChunkedReader, body)
    readers = {
        "gzip": stream_io.GzipReader,
        "x-gzip": stream_io.GzipReader,
        "deflate": lambda raw: stream_io.GzipReader(raw, zlib=True),
        "br": stream_io.BrotliReader,
        "zstd": stream_io.ZstdReader,
    }
    for encoding in reversed(headers.get("content-encoding", "").casefold().split(",")):
        reader = readers.get(encoding.strip())
        body = _read(reader, body) if reader else body
    return body


def _read(reader: Any, body: bytes) -> bytes:
    """What a reader makes of a body, at most a little more than a page may have."""
    try:
        return bytes(reader(io.BytesIO(body)).read(LIMIT + 1)) or body
    except (OSError, ValueError):  # crawlers unpack pages, and keep the header that says they are packed
        return body


def _next_start(stream: io.BufferedReader, place: int) -> int:
    """Where the next record begins that chance does not make, -1 where none does."""
    if not stream.seekable():
        return -1
    mark = MEMBER if _is_packed(stream) else RECORD
    stream.seek(place)
    rest = b""
    while data := stream.read(CHUNK):
        window = rest + data
        for match in mark.finditer(window):
            if mark is RECORD or _is_member(window[match.start() : match.start() + REACH]):
                return place - len(rest) + match.start()
        place += len(data)
        rest = window[-REACH:]
    return -1


def _is_member(data: bytes) -> bool:
    """Whether packed bytes hold the begin of a record."""
    try:
        return zlib.decompressobj(31).decompress(data, 5) == b"WARC/"
    except zlib.error:
        return False
