"""What bytes are, by their first ones and by their shape; a file's name only helps."""

from __future__ import annotations

import codecs
import re

from retold.model.errors import SourceError

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or video"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"ID3", "a sound file"),
    (b"{\\rtf", "a rich-text document"),
)
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WANTED = "An HTML page, a plain text or a JSON record is wanted"
HTML_NAMES = (".html", ".htm", ".xhtml", ".shtml")
JSON_NAMES = (".json", ".jsonl", ".ndjson", ".geojson")
# What is whole UTF-8 is no text in these encodings: pages are saved as UTF-8 and keep the declaration they had.
EIGHT_BITS = ("iso8859", "cp125", "koi8")
HEAD = 4096  # bytes that show what a text is

PAGE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<(?:!doctype\s+html|html))", re.I | re.S
)
TAGS = re.compile(r"<(?:p|div|article|section|h[1-6]|span|meta|title|br|a|ul|table|main)\b[^<>]*>", re.I)
FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.I)
RECORD = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\]])")
META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)


def kind_of(data: bytes, source: str) -> str:
    """Which reader the bytes want: "html", "json" or "plain"; raises SourceError where none can read them."""
    refuse_binary(data, source)
    head = data[:HEAD].decode(_marked(data) or "utf-8", errors="replace").lstrip("\ufeff")
    name = source.casefold().partition("?")[0]
    if FEED.match(head):
        raise SourceError(source, f"looks like a feed, which lists articles. {WANTED}; give the article's own page.")
    if PAGE.match(head) or (name.endswith(HTML_NAMES) and "<" in head):
        return "html"
    if name.endswith(JSON_NAMES) or RECORD.match(head):
        return "json"
    return "html" if head.lstrip().startswith("<") and len(TAGS.findall(head)) > 1 else "plain"


def refuse_binary(data: bytes, source: str) -> None:
    """Raise SourceError for bytes that are no text, saying what they look like."""
    looks = next((what for magic, what in MAGIC if data.startswith(magic)), "")
    if not looks and b"\0" in data and not _marked(data):
        looks = f"binary data (a NUL byte at byte {data.index(0)})"
    if looks:
        raise SourceError(source, f"looks like {looks}. {WANTED}; save the article's text first.")


def _marked(data: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((name for mark, name in MARKS if data.startswith(mark)), None)


def decode(data: bytes, source: str) -> str:
    """The text of bytes: by their byte order mark, else as UTF-8; the mark is no part of the text."""
    try:
        return data.decode(_marked(data) or "utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            source,
            f"is not valid UTF-8: byte 0x{data[error.start]:02X} at byte {error.start} cannot be read. "
            f"UTF-8 text is wanted; convert it, for example: iconv -f WINDOWS-1252 -t UTF-8 {source} > new.txt",
        ) from None


def decode_page(data: bytes, source: str) -> str:
    """The text of a page's bytes: by byte order mark, else by what the page declares, else as UTF-8."""
    declared = META.search(data[:HEAD])
    if _marked(data) or not declared:
        return decode(data, source)
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name
    except LookupError:
        return decode(data, source)
    name = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)  # as browsers read them
    for encoding in ("utf-8", name) if name.startswith(EIGHT_BITS) else (name,):
        try:
            return data.decode("utf-8" if encoding.startswith(("utf-16", "utf-32")) else encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return _by_force(data, name)


def _by_force(data: bytes, name: str) -> str:
    """The text of a page that breaks the encoding it declares: UTF-8 if it is that, else with marks for bad bytes."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(name, errors="replace")
