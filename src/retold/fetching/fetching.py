"""Articles from the web: a page, or a feed and the pages of its entries."""

from __future__ import annotations

import codecs
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import TYPE_CHECKING

from retold.fetching.addresses import checked, shown
from retold.fetching.answering import UNCHANGED, Answer, LaterError, Validators
from retold.fetching.getting import Getter, joined
from retold.inputs.piece import Piece
from retold.model.errors import SourceError
from retold.model.records import Reject
from retold.model.times import moment
from retold.reading.moments import stated_moment
from retold.reading.sniff import EIGHT_BITS, HEAD, META, byte_order, input_kind
from retold.reading.versions import Metadata

if TYPE_CHECKING:
    from httpx2 import URL, Headers

MOST = 50  # pages fetched for one feed in one run; feeds of news hold 10 to 50 entries, an archive's may hold thousands
PAGES = frozenset({"text/html", "application/xhtml+xml"})
READABLE = re.compile(r"text/(?:html|plain|xml|[\w.-]+\+xml)|application/(?:xml|json|[\w.-]+\+(?:xml|json))|")
CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w:.-]{2,40})", re.I)
BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252"}  # names that browsers read as another encoding
NO_TEXT = frozenset({"utf_7", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
FEEDS = frozenset({"feed", "json feed"})
OTHERS = {"opml": "is a list of feeds (OPML). Save it, and give the file."}
DECLARED = 200  # bytes in which an XML declaration names its encoding
WANTED = "a page or a feed is wanted. Give the address of an article, of RSS, Atom or a JSON Feed"


@dataclass
class Counts:
    """What became of the addresses of a run."""

    asked: int = 0
    unchanged: int = 0
    refused: int = 0
    from_feed: int = 0  # told by the feed alone, since the page was refused


@dataclass(kw_only=True)
class Fetcher(Getter):
    """Fetches articles; used in a ``with`` block, which raises SourceError without the extra "fetch".

    ``learned`` is filled with what servers said about the pages given out so far: to be stored with them, and handed to
    the next run as ``seen``. ``most``: the newest entries of a feed whose pages are fetched. The rest is as in Getter;
    ``agent`` is "retold/" and the version, and may name who reads and how to reach them.

    A host that asks for fewer requests, is too slow or cannot be reached is left alone until the Fetcher is closed.
    """

    most: int = MOST
    learned: dict[str, Validators] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)
    _given: set[str] = field(default_factory=set, init=False, repr=False)  # links of entries: feeds share articles

    def pieces(self, url: str) -> Iterator[Piece | Reject]:
        """The article of a page, or those of a feed's entries, and a Reject in the place of what cannot be read.

        What has not changed since it was ``seen`` gives nothing.
        """
        answer = self._tried(url)
        if isinstance(answer, SourceError):
            yield _rejected(url, "", answer)
        elif answer.status != UNCHANGED and _kind(answer) == "page":
            yield self._page(answer, Piece(shown(url), "", "page", b""), shown(url))
            self._learn(answer, url)
        elif answer.status != UNCHANGED:
            yield from self._feed(answer, url)

    def _tried(self, url: str) -> Answer | SourceError:
        """What an address answers, or the error that it is; either is counted."""
        self.counts.asked += 1
        try:
            answer = self.get(url, unwanted)
            self.counts.unchanged += answer.status == UNCHANGED
            if answer.status != UNCHANGED:
                _kind(answer)
        except SourceError as error:
            self.counts.refused += 1
            return error
        return answer

    def _page(self, answer: Answer, place: Piece, source_id: str) -> Piece:
        """The page of an answer, not yet read; it stands in the place of another piece."""
        body = decoded(answer.body, answer.headers.get("content-type", ""))
        stated = Metadata(url=str(answer.url), source_id=source_id, seen=self._now())
        return replace(place, shape="page", body=body, stated=stated)

    def _now(self) -> str:
        return self.clock().astimezone(UTC).isoformat(timespec="seconds")

    def _learn(self, answer: Answer, asked: str) -> None:
        """Keep what the server said, once all was given out: else an interrupted run would take it for known."""
        self.learned.setdefault(str(checked(asked)), Validators())  # it gave an article, at whichever address
        self.learned[str(answer.url)] = answer.validators

    def _feed(self, answer: Answer, asked: str) -> Iterator[Piece | Reject]:
        """The articles of a feed; it counts as seen only if no page of it must be asked for again."""
        try:
            told = list(_entries(answer, shown(asked)))
        except SourceError as error:
            self.counts.refused += 1
            yield _rejected(asked, "", error)
            return
        newest, settled = _newest(told, self.most), True
        for entry in told:
            link = _link(entry, answer.url)
            if isinstance(entry, Reject):
                yield entry
            elif link is None:
                yield replace(entry, stated=Metadata(seen=self._now()))
            elif link not in self._given:
                self._given.add(link)
                failure = yield from self._entry(entry, link, wanted=entry.place in newest)
                settled = settled and not isinstance(failure, LaterError)
        if settled:
            self._learn(answer, asked)

    def _entry(self, entry: Piece, link: str, *, wanted: bool) -> Generator[Piece | Reject, None, SourceError | None]:
        """The page of an entry, else what the feed says of it; comes back with the error that kept the page away.

        What the feed says would stand as a later and shorter version beside a page that was read before, so it is told
        only of articles never seen.
        """
        answer, told = self._tried(link) if wanted else None, _fields(entry)
        if isinstance(answer, Answer):
            if answer.status != UNCHANGED:
                yield self._page(answer, entry, str(told.get("id") or link))
                self._learn(answer, link)
            return None
        if not self._known(link):
            self.counts.from_feed += 1
            yield replace(
                entry, body=told | {"url": shown(link)}, stated=Metadata(source_id=shown(link), seen=self._now())
            )
        elif answer is not None:
            yield _rejected(entry.source, entry.place, answer)
        return answer

    def _known(self, link: str) -> bool:
        """Whether an address gave an article before."""
        try:
            return str(checked(link)) in self.seen or str(checked(link)) in self.learned
        except SourceError:
            return False


def unwanted(headers: Headers) -> str | None:
    """Why a body is not read, by the type that its headers state; None for one that can hold a page or a feed."""
    stated = _mime(headers.get("content-type", ""))
    return None if READABLE.fullmatch(stated) else f"is {stated[:60]!r}, and {WANTED}."


def _mime(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _kind(answer: Answer) -> str:
    """Whether an answer is a "page" or which kind of feed, by its first bytes; raises SourceError for anything else."""
    source, stated = shown(str(answer.url)), _mime(answer.headers.get("content-type", ""))
    kind = input_kind(answer.body[:HEAD], source, columns=())
    if kind in FEEDS:
        return kind
    if stated in PAGES or (kind == "html" and stated != "text/plain"):
        return "page"
    raise SourceError(source, OTHERS.get(kind) or f"is {stated or kind!r}, and {WANTED}.")


def _entries(answer: Answer, source: str) -> Iterator[Piece | Reject]:
    """The entries of a feed; raises SourceError where it is broken."""
    from retold.inputs import feeds

    body = answer.body
    if b"encoding" not in body[:DECLARED]:  # then only Content-Type may say what the bytes are
        text = decoded(body, answer.headers.get("content-type", ""))
        body = text.encode("utf-8", errors="replace") if isinstance(text, str) else body
    yield from (feeds.json_entries if _kind(answer) == "json feed" else feeds.entries)(body, source)


def _fields(entry: Piece | Reject) -> dict[str, object]:
    """What a feed says of an article."""
    return entry.body if isinstance(entry, Piece) and isinstance(entry.body, dict) else {}


def _link(entry: Piece | Reject, feed: URL) -> str | None:
    """Where the page of an entry lies; None where the entry names no place."""
    link = _fields(entry).get("url")
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        return joined(feed, link.strip())
    except SourceError:
        return None


def _newest(entries: Sequence[Piece | Reject], most: int) -> frozenset[str]:
    """The places of the newest entries; those without a date come last, in the feed's order, which is newest first."""
    dated = [(_time(entry), entry.place) for entry in entries if isinstance(entry, Piece)]
    dated.sort(key=lambda each: each[0], reverse=True)  # stable: equal times keep the feed's order
    return frozenset(place for _, place in dated[:most])


def _time(entry: Piece) -> float:
    """When an entry says it was published, in seconds; far back where it does not say."""
    stated = moment(stated_moment(_fields(entry).get("published")))
    return stated.time.replace(tzinfo=UTC).timestamp() if stated else float("-inf")


def decoded(body: bytes, content_type: str) -> bytes | str:
    """A page's text by the encoding that its Content-Type names; its bytes where the page itself must say.

    As browsers do: a byte order mark comes first, then Content-Type, then what the page declares.

    >>> decoded("Größe".encode("latin-1"), "text/html; charset=ISO-8859-1")
    'Größe'
    """
    named = CHARSET.search(content_type)
    encoding = _encoding(named[1]) if named else None
    if encoding is None or byte_order(body):
        return body
    for each in ("utf-8", encoding) if encoding.startswith(EIGHT_BITS) else (encoding,):
        try:
            return body.decode(each)
        except UnicodeDecodeError:
            continue
    return body if META.search(body[:HEAD]) else body.decode(encoding, errors="replace")


def _encoding(name: str) -> str | None:
    """The encoding of a name; None for what is no encoding of pages (and some of Python's are slow, or no text)."""
    try:
        known = codecs.lookup(name).name
        "".encode(known)
    except (LookupError, ValueError):
        return None
    return None if known.replace("-", "_") in NO_TEXT else BROWSERS.get(known, known)


def _rejected(source: str, place: str, error: SourceError) -> Reject:
    """An address that gave no article, and why; another than the one asked for is named."""
    told = error.reason if error.source == shown(source) else f"{error.source}: {error.reason}"
    return Reject(shown(source), place, told)
