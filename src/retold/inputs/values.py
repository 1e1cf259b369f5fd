"""JSON that is no record a line: a list of records, or records over several lines, value by value."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder

from retold.inputs.streams import LINE
from retold.model.errors import SourceError
from retold.reading.records import WANTED

BETWEEN = re.compile(r"[\s,]*")
CHUNK = 1 << 20


class _Window:
    """The part of a JSON text that is in memory."""

    def __init__(self, stream: io.BufferedReader, source: str) -> None:
        self.stream = stream
        self.source = source
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.text = ""
        self.place = 0  # in the text
        self.passed = 0  # characters before the text
        self.ended = False

    def more(self) -> None:
        """Take in as much again as is held, so that a long value is not read over and over."""
        if len(self.text) - self.place > LINE:
            raise SourceError(self.source, f"holds a record of over {LINE // 1_000_000} MB. {WANTED}.")
        data = self.stream.read(max(CHUNK, len(self.text) - self.place))
        self.passed += self.place
        try:
            self.text = self.text[self.place :] + self.decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            told = f"is not valid UTF-8: byte 0x{error.object[error.start]:02X} cannot be read"
            raise SourceError(self.source, f"{told}. UTF-8 is wanted; convert the file with iconv.") from None
        self.place = 0
        self.ended = not data

    def next_mark(self) -> str:
        """The character with which the next value begins, "" at the end."""
        while True:
            self.place = BETWEEN.match(self.text, self.place).end()  # type: ignore[union-attr]
            if self.place < len(self.text) or self.ended:
                return self.text[self.place : self.place + 1]
            self.more()


def values(stream: io.BufferedReader, source: str) -> Iterator[object]:
    """Each value of a JSON text's outermost list, else each of its values; raises SourceError where it is broken."""
    window = _Window(stream, source)
    listed = window.next_mark() == "["
    window.place += listed
    while True:
        mark = window.next_mark()
        if listed and mark == "]":
            return
        if not mark:
            if listed:
                raise SourceError(source, f"breaks off in the middle of its list. {WANTED}; fetch it again.")
            return
        yield _value(window)


def _value(window: _Window) -> object:
    """The next value; more is taken in until it is whole."""
    decoder = JSONDecoder()
    while True:
        try:
            value, end = decoder.raw_decode(window.text, window.place)
        except RecursionError:
            raise SourceError(window.source, f"is JSON nested too deeply. {WANTED}; give the record alone.") from None
        except JSONDecodeError as error:
            if window.ended:
                told = f"is broken JSON: {error.msg} at character {window.passed + error.pos}"
                raise SourceError(window.source, f"{told}. {WANTED}, a list of them, or one a line.") from None
        except ValueError as error:
            told = f"is JSON that cannot be read ({str(error)[:80]})"
            raise SourceError(window.source, f"{told}. {WANTED}.") from None
        else:
            if end < len(window.text) or window.ended:
                window.place = end
                return value
        window.more()
