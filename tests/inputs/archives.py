"""Archives of pages (WARC) for tests, made byte by byte so that they can lie."""

from __future__ import annotations

import gzip
from itertools import count

from tests.inputs.inputs import PAGE


def answer(
    body: bytes = PAGE.encode(), *, kind: str = "text/html; charset=utf-8", status: str = "200 OK", **headers: str
) -> bytes:
    """What a server answered."""
    told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{told}\r\n".encode() + body


def record(number: int, block: bytes | None = None, *, kind: str = "response", length: int | None = None) -> bytes:
    """A record of an archive; ``length`` is what it says of its length."""
    block = answer() if block is None else block
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:08}-0000-0000-0000-000000000000>\r\n"
        f"WARC-Target-URI: https://courier.example/{number}\r\nWARC-Date: 2024-05-02T10:00:{number:02}Z\r\n"
        f"Content-Type: {'text/html' if kind == 'resource' else 'application/http; msgtype=response'}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def archive(*records: bytes, packed: bool = False) -> bytes:
    """Records as one archive, each packed for itself."""
    info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:0>\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    return b"".join(gzip.compress(each, mtime=0) if packed else each for each in (info, *records))


def five() -> list[bytes]:
    """Five records, each with a page."""
    numbers = count(1)
    return [record(next(numbers)) for _ in range(5)]
