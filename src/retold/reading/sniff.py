"""What bytes are, by their first ones and by their shape; a file's name only helps."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

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
LINES_NAMES = (".jsonl", ".ndjson", ".jsonlines")
TABLE_NAMES = (".csv", ".tsv", ".tab")
MARKS_BETWEEN = (",", "\t", ";", "|")
PACKED = ((b"PAR1", "parquet"), (b"WARC/", "warc"))
HEAD = 4096  # bytes that show what a text is

PAGE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<(?:!doctype\s+html|html))", re.I | re.S
)
TAGS = re.compile(r"<(?:p|div|article|section|h[1-6]|span|meta|title|br|a|ul|table|main)\b[^<>]*>", re.I)
FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.I)
RECORD = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\]])")
# The name of a text's first element, behind what XML puts before it.
FIRST = re.compile(
    r"\s*+(?>(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>)\s*+)*+<(?:\w+:)?(\w+)(?:[\s>/]|$)",
    re.IGNORECASE | re.DOTALL,
)
ELEMENTS = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "opml": "opml", "urlset": "sitemap", "sitemapindex": "sitemap",
}  # fmt: skip
JSON_FEED = re.compile(r'\s*\{[^{}\[\]]{0,4000}"version"\s*:\s*"https?://(?:www\.)?jsonfeed\.org/', re.IGNORECASE)
META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)


def input_kind(head: bytes, source: str, *, columns: Iterable[str]) -> str:
    """Which reader an input wants, by its first bytes: "feed", "json feed", "opml", "warc", "parquet", "table",
    "html", "json", "lines" (a record a line) or "plain".

    ``columns``: names that tell a table by its first line. Raises SourceError where no reader can read the input.
    """
    packed = next((kind for magic, kind in PACKED if head.startswith(magic)), "")
    if packed:
        return packed
    _refuse(_packing(head), source)
    kind = _text_kind(head, source, columns)
    if kind in ("html", "plain"):
        refuse_binary(head, source)  # of a table or a list only the record with a NUL is broken
    return kind


def _text_kind(head: bytes, source: str, columns: Iterable[str]) -> str:
    """Which reader a text wants."""
    text = head.decode(byte_order(head) or "utf-8", errors="replace").lstrip("\ufeff")
    name = source.casefold().partition("?")[0].removesuffix(".gz")
    first = FIRST.match(text)
    told = ELEMENTS.get(first[1].casefold(), "") if first else "json feed" if JSON_FEED.match(text) else ""
    if told == "sitemap":
        raise SourceError(source, "is a list of addresses for search engines. A list of feeds or articles is wanted.")
    if told:
        return told
    if PAGE.match(text) or (name.endswith(HTML_NAMES) and "<" in text):
        return "html"
    if name.endswith(LINES_NAMES) or RECORD.match(text) or name.endswith(JSON_NAMES):
        return "lines" if name.endswith(LINES_NAMES) or _one_a_line(text) else "json"
    if name.endswith(TABLE_NAMES) or table_header(text.partition("\n")[0], columns):
        return "table"
    return "html" if text.lstrip().startswith("<") and len(TAGS.findall(text[:HEAD])) > 1 else "plain"


def _one_a_line(text: str) -> bool:
    """Whether a JSON text holds a record a line, not one over several lines."""
    lines = text.lstrip().split("\n", 2)
    if not lines[0].startswith("{"):
        return False
    return len(lines) < 2 or lines[0].rstrip().endswith("}") or lines[1].lstrip().startswith('{"')


def table_header(line: str, columns: Iterable[str]) -> str | None:
    """The mark between a table's columns, None where its first line names fewer than two columns of ours."""
    known = {name.casefold() for name in columns}

    def named(mark: str) -> int:
        return sum(cell.strip(' \t\r\ufeff"').casefold() in known for cell in line.split(mark))

    best = max(MARKS_BETWEEN, key=named)
    return best if named(best) > 1 else None


def kind_of(data: bytes, source: str) -> str:
    """Which reader the bytes want: "html", "json" or "plain"; raises SourceError where none can read them."""
    refuse_binary(data, source)
    head = data[:HEAD].decode(byte_order(data) or "utf-8", errors="replace").lstrip("\ufeff")
    name = source.casefold().partition("?")[0]
    many = "an archive of pages" if head.startswith("WARC/") else "a table" if name.endswith(TABLE_NAMES) else ""
    if many:
        raise SourceError(
            source, f"looks like {many}, which holds many articles. {WANTED}; give one, or use: retold add."
        )
    if FEED.match(head):
        raise SourceError(source, f"looks like a feed, which lists articles. {WANTED}; give the article's own page.")
    if PAGE.match(head) or (name.endswith(HTML_NAMES) and "<" in head):
        return "html"
    if name.endswith(JSON_NAMES) or RECORD.match(head):
        return "json"
    return "html" if head.lstrip().startswith("<") and len(TAGS.findall(head)) > 1 else "plain"


def refuse_binary(data: bytes, source: str) -> None:
    """Raise SourceError for bytes that are no text, saying what they look like."""
    looks = _packing(data)
    if not looks and b"\0" in data and not byte_order(data):
        looks = f"binary data (a NUL byte at byte {data.index(0)})"
    _refuse(looks, source)


def _packing(data: bytes) -> str:
    """What bytes that are no text look like by the first of them, "" where they may be a text."""
    return next((what for magic, what in MAGIC if data.startswith(magic)), "")


def _refuse(looks: str, source: str) -> None:
    if looks:
        raise SourceError(source, f"looks like {looks}. {WANTED}; save the article's text first.")


def byte_order(data: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((name for mark, name in MARKS if data.startswith(mark)), None)


def decode(data: bytes, source: str) -> str:
    """The text of bytes: by their byte order mark, else as UTF-8; the mark is no part of the text."""
    try:
        return data.decode(byte_order(data) or "utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            source,
            f"is not valid UTF-8: byte 0x{data[error.start]:02X} at byte {error.start} cannot be read. "
            f"UTF-8 text is wanted; convert it, for example: iconv -f WINDOWS-1252 -t UTF-8 {source} > new.txt",
        ) from None


def decode_page(data: bytes, source: str, *, declared: str | None = None) -> str:
    """The text of a page's bytes: by byte order mark, else as its server or the page declares, else as UTF-8."""
    said = META.search(data[:HEAD])
    stated = declared or (said[1].decode("ascii") if said else None)
    if byte_order(data) or not stated:
        return decode(data, source)
    try:
        name = codecs.lookup(stated).name
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
