"""A version made ready for the archive's tables: in worker processes, so that the writer only writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC
from hashlib import blake2b
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from retold.archive.finding import indexed
from retold.inputs.fields import renamed
from retold.inputs.piece import Piece, read_piece
from retold.model.identity import identify
from retold.model.records import COMPARED, Block, Credit, CreditKind, Kind, Reject, Version
from retold.model.times import moment
from retold.stories.features import features

STDIN = "-"  # what comes from there has no name of its own, and two inputs are not one article for it
PRINT = 8  # bytes of a block's print
LONGEST = 600  # characters: what recurs is a box, a label or an appeal, and longer blocks are articles
NO_PRINT = bytes(PRINT)
KINDS = {kind.value: kind for kind in Kind}  # quicker than to ask the class, which is done for every block of a text
DIGITS = re.compile(r"\d+")  # "12 comments" and "7 comments" are one label
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|mc_[ce]id|igshid|ref_src|at_(?:medium|campaign)|cmpid|ocid", re.I)
PORTS = {"http": ":80", "https": ":443"}


class Prepared(NamedTuple):
    """What the writer needs of a version, in plain values."""

    article_id: str
    version_id: str
    source: str
    source_id: str
    url: str | None
    outlet: str | None
    title: str | None
    author: str | None
    section: str | None
    language: str
    published: str | None
    seen: str | None
    moment: float | None
    stood: float | None
    text: str
    blocks: bytes
    credits: bytes
    prints: bytes
    body: str
    digest: bytes
    data: bytes


class Refused(NamedTuple):
    """What the writer needs of an input that could not be read."""

    source: str
    place: str
    reason: str


def prepare(piece: Piece | Reject) -> Prepared | Refused:
    """A piece of an input read and made ready, or why it could not be."""
    found = read_piece(piece) if isinstance(piece, Piece) else piece
    if isinstance(found, Reject):
        return refused(found)
    nameless = isinstance(piece, Piece) and piece.source == STDIN and found.source_id == piece.name
    try:
        return prepared(replace(found, source_id=f"{STDIN}#{identify(found.text)}") if nameless else found)
    except Exception as error:  # one article that nobody thought of must not end the run of a million
        reason = f"could not be made ready ({type(error).__name__}: {error})"[:300]
        return refused(Reject(found.source, "", reason))


def piece_of(record: Mapping[str, Any], columns: Mapping[str, str] | None = None) -> Piece:
    """A record as a piece; its content names it where it has no id and no URL."""
    told = renamed(record, columns) if columns else dict(record)
    return Piece("record", identify(*sorted(map(repr, told.items()))), "record", told)


def refused(reject: Reject) -> Refused:
    """A reject in plain values that any database takes."""
    return Refused(clean(reject.source), clean(reject.place), clean(reject.reason))


def prepared(version: Version) -> Prepared:
    """A version in plain values."""
    source = clean(version.source)
    source_id = clean(version.source_id or version.url or version.source)
    url = clean(version.url) if version.url else None
    outlet = clean(version.outlet) if version.outlet else None
    article_id = article(url, outlet, source_id)
    about = features(version)
    published, seen = seconds(version.published), seconds(version.seen)
    return Prepared(
        article_id=article_id,
        version_id=identify("version", article_id, version.title or "", version.text),
        source=source,
        source_id=source_id,
        url=url,
        outlet=outlet,
        title=_maybe(version.title),
        author=_maybe(version.author),
        section=_maybe(version.section),
        language=version.language,
        published=version.published,
        seen=version.seen,
        moment=first_known(published, seen),
        stood=first_known(seen, published),
        text=version.text,
        blocks=packed_blocks(version.blocks),
        credits=packed_credits(version.credits),
        prints=b"".join(block_print(version.text, block) for block in version.blocks),
        body=body(version.text, version.blocks),
        digest=about.digest(),
        data=about.pack(),
    )


def article(url: str | None, outlet: str | None, source_id: str) -> str:
    """The id of an article: by its address, else by its outlet and the name its input gave it.

    >>> article("HTTPS://Example.org:443/a?utm_source=x#top", None, "1") == article("https://example.org/a", "Y", "2")
    True
    """
    return identify("article", address(url)) if url else identify("article", outlet or "", source_id)


def address(url: str) -> str:
    """An address without what does not tell one page from another: fragment, default port, marks of campaigns."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    host = parts.netloc.lower().removesuffix(PORTS.get(parts.scheme.lower(), "?"))
    asked = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    kept = [(name, value) for name, value in asked if not TRACKING.fullmatch(name)]
    query = parts.query if len(kept) == len(asked) else urlencode(kept)
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", query, ""))


def seconds(stated: str | None) -> float | None:
    """A stated time as seconds since 1970; one without a zone is taken as UTC, one without an hour as midnight."""
    found = moment(stated)
    if found is None:
        return None
    time = found.time if found.time.tzinfo else found.time.replace(tzinfo=UTC)
    return time.timestamp()


def first_known(one: float | None, other: float | None) -> float | None:
    """The one, else the other."""
    return other if one is None else one


def block_print(text: str, block: Block) -> bytes:
    """What names a block's words, whatever their case, spaces and figures; zeros where it can be no furniture."""
    if block.end - block.start > LONGEST or block.kind not in COMPARED:
        return NO_PRINT
    plain = DIGITS.sub("0", " ".join(text[block.start : block.end].casefold().split()))
    return blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=PRINT).digest()


def body(text: str, blocks: Iterable[Block]) -> str:
    """The words of an article without its title and its page's furniture, a line a block, as the index takes them."""
    kinds = COMPARED | {Kind.HEADING}
    return indexed("\n".join([text[block.start : block.end] for block in blocks if block.kind in kinds]))


def packed_blocks(blocks: Iterable[Block]) -> bytes:
    """Blocks as a row keeps them."""
    return msgspec.json.encode([(each.start, each.end, each.kind.value, each.reason) for each in blocks])


def packed_credits(credits: Iterable[Credit]) -> bytes:
    """Credits as a row keeps them."""
    return msgspec.json.encode([(each.start, each.end, each.kind.value, each.name, each.person) for each in credits])


def blocks_of(packed: bytes) -> tuple[Block, ...]:
    """The blocks of a row."""
    return tuple([Block(start, end, KINDS[kind], reason) for start, end, kind, reason in msgspec.json.decode(packed)])


def credits_of(packed: bytes) -> tuple[Credit, ...]:
    """The credits of a row."""
    rows: list[Any] = msgspec.json.decode(packed)
    return tuple([Credit(start, end, CreditKind(kind), name, person) for start, end, kind, name, person in rows])


def _maybe(text: str | None) -> str | None:
    return clean(text) if text else None


def clean(text: str) -> str:
    """A text that any database takes: half a character, such as in a file's name, is written out."""
    return text.encode("utf-8", "backslashreplace").decode()
