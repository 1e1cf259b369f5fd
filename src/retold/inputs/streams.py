"""Bytes that come bit by bit: opened with care, unpacked within bounds, cut into lines of bounded length."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from retold.model.errors import SourceError
from retold.reading.sniff import byte_order
from retold.reading.sources import refused

GZIP = b"\x1f\x8b"
HEAD = 1 << 16  # bytes that show what an input is
BUFFER = 1 << 20
LINE = 40_000_000  # bytes of a record: a text of 10 MB, each character escaped; a longer line is passed over
FREE = 1 << 23  # bytes that any archive may unpack to
RATIO = 250  # times its size that a longer one may unpack to: news packs to a tenth, deflate can reach 1,030
WANTED = "A file or folder of articles is wanted"


@contextmanager
def opened(path: str) -> Iterator[io.BufferedReader]:
    """A file's bytes, unpacked where gzip packed them; raises SourceError for what is no file to read."""
    try:
        raw = _file(path)
    except (OSError, ValueError) as error:
        raise refused(path, error, WANTED) from None
    with raw:
        yield unpacked(raw, path)


def _file(path: str) -> io.BufferedReader:
    """An open file; a pipe or a device, which may never end, is one only where the shell opened it for us."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    kind = os.fstat(handle).st_mode
    if stat.S_ISREG(kind) or (stat.S_ISFIFO(kind) and path.startswith("/dev/fd/")):
        if hasattr(os, "set_blocking"):
            os.set_blocking(handle, True)
        return _buffered(open(handle, "rb", buffering=BUFFER))
    os.close(handle)
    looks = "a directory" if stat.S_ISDIR(kind) else "a pipe or a device, which may never end"
    raise SourceError(path, f"is {looks}. {WANTED}; or hand it in as standard input, with - in its place.")


def unpacked(stream: BinaryIO, source: str) -> io.BufferedReader:
    """A stream ready to be looked into: unpacked where gzip packed it, as UTF-8 where it is marked as UTF-16 or 32."""
    buffered = _buffered(stream)
    if buffered.peek(2)[:2] == GZIP:
        buffered = _buffered(_Unpacked(buffered, source))
    encoding = byte_order(buffered.peek(4)[:4])
    if encoding not in (None, "utf-8-sig"):
        buffered = _buffered(_Recoded(buffered, str(encoding)))
    return buffered


def _buffered(stream: Any) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream, BUFFER)


def packed_below(stream: io.BufferedReader) -> io.BufferedReader:
    """The packed bytes below a stream, from their start, where it can be sought in; else the stream itself."""
    raw = stream.raw
    if not isinstance(raw, _Unpacked) or not raw.packed.stream.seekable():
        return stream
    raw.packed.stream.seek(0)
    return raw.packed.stream


class _Raw(io.RawIOBase):
    """What two wrapped streams share."""

    def readable(self) -> bool:
        return True


class _Unpacked(_Raw):
    """What gzip packed; raises SourceError where it breaks off, is broken, or unpacks to more than news would."""

    def __init__(self, packed: io.BufferedReader, source: str) -> None:
        self.packed = _Counted(packed)
        self.stream = gzip.GzipFile(fileobj=self.packed, mode="rb")  # type: ignore[call-overload]
        self.source = source
        self.count = 0

    def readinto(self, buffer: Any) -> int:
        try:
            data = self.stream.read1(len(buffer))
        except EOFError:
            raise self._broken("breaks off in the middle of its gzip archive") from None
        except (zlib.error, gzip.BadGzipFile) as error:
            raise self._broken(f"is a broken gzip archive ({error})") from None
        buffer[: len(data)] = data
        self.count += len(data)
        if self.count > FREE and self.count > RATIO * self.packed.count:
            raise self._broken("unpacks to over 250 times its size, as a decompression bomb does,")
        return len(data)

    def _broken(self, what: str) -> SourceError:
        return SourceError(self.source, f"{what} after {self.count:,} unpacked bytes. Make or fetch the file again.")


class _Counted:
    """A stream that counts what was read of it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.stream = stream
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.count += len(data)
        return data


class _Recoded(_Raw):
    """UTF-16 and UTF-32 as UTF-8; a character that is broken stands as a mark."""

    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        self.stream = stream
        self.decoder = codecs.getincrementaldecoder(encoding)("replace")
        self.rest = b""

    def readinto(self, buffer: Any) -> int:
        while not self.rest:
            data = self.stream.read1(BUFFER)
            self.rest = self.decoder.decode(data, final=not data).encode("utf-8", "replace")
            if not data:
                break
        part = self.rest[: len(buffer)]
        self.rest = self.rest[len(part) :]
        buffer[: len(part)] = part
        return len(part)


def bounded_lines(stream: io.BufferedReader, most: int = LINE) -> Iterator[bytes | None]:
    """Each line without its end; None in the place of one that is too long to be held."""
    while line := stream.readline(most):
        whole = line.endswith(b"\n") or len(line) < most
        while not whole:
            rest = stream.readline(BUFFER)
            whole = not rest or rest.endswith(b"\n")
            line = b""
        yield line.rstrip(b"\r\n") if line else None
