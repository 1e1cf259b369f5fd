"""What a question is about when it is not in the archive: a file, standard input, or words."""

from __future__ import annotations

import os
from itertools import islice
from typing import BinaryIO

from retold.inputs.pieces import pieces, read_piece
from retold.model.errors import SourceError, UsageError
from retold.model.records import Block, Kind, Reject, Version
from retold.reading.sources import STDIN
from retold.text.languages import detect

ENDINGS = {".txt", ".html", ".htm", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".warc", ".xml", ".md"}
NO_ARTICLE = "holds no article. A page, a text or a record is wanted."


def version_in(name: str, *, stdin: BinaryIO | None = None) -> Version:
    """The one article of a file, or of standard input ("-").

    Raises SourceError where it cannot be read, and UsageError where there are several.
    """
    first, *more = [*islice(pieces(name, stdin=stdin), 2), None]
    if first is None or isinstance(first, Reject):
        raise SourceError(name, first.reason if first else NO_ARTICLE)
    found = read_piece(first)
    if isinstance(found, Reject):
        raise SourceError(name, found.reason)
    if more[0] is not None:
        raise UsageError(f"{name} holds several articles. Give a file with one, or the words themselves.")
    return found


def is_file(name: str) -> bool:
    """Whether a file or standard input is named, and not words.

    Raises SourceError for a folder, and for what is named as files are and is not there.
    """
    if name == STDIN or os.path.isfile(name):
        return True
    if os.path.isdir(name):
        raise SourceError(name, "is a folder. Give one file, or the words themselves.")
    check_path(name)
    return False


def check_path(name: str) -> None:
    """Raise SourceError for what is named as files are and is not there."""
    named = os.path.splitext(name.removesuffix(".gz"))[1].casefold() in ENDINGS and "://" not in name
    if named and not os.path.lexists(name):
        raise SourceError(name, "there is no such file.")


def version_of_words(words: str) -> Version:
    """Words as a version: all of them are running text."""
    block = Block(0, len(words), Kind.PARAGRAPH)
    return Version(id="", source="the text", text=words, blocks=(block,), language=detect(words))
