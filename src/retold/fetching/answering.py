"""What an address on the web answers: a body, a reason why there is none, or when to come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from retold.model.errors import SourceError

if TYPE_CHECKING:
    from httpx2 import URL, Headers, Response

OK, UNCHANGED, BUSY = 200, 304, 429
REDIRECTS = frozenset({301, 302, 303, 307, 308})
WAITS = frozenset({BUSY, 503})  # where Retry-After says when to come back
CODINGS = ("gzip", "deflate")  # what is asked for: the same on every machine, whatever else is installed there
LONGEST = 1000  # characters of an ETag or a date; a longer one is not kept
LATER = "Try again later"
BY_HAND = "Save the page in a browser and give the file"
CHECK = "Check the address"
MEANINGS = {
    401: ("it wants a login", BY_HAND),
    402: ("it wants to be paid", BY_HAND),
    403: ("it refuses this reader", BY_HAND),
    404: ("there is no such page", CHECK),
    406: ("it has no page to read there", CHECK),
    410: ("the page was taken away", "Give a saved copy of it"),
    BUSY: ("it asks for fewer requests", LATER),
    451: ("the law keeps the page closed", "Give a saved copy of it"),
    503: ("it cannot serve now", LATER),
}
NO_PAGE = ("no page came with it", CHECK)
BROKEN = ("the server failed", LATER)


class LaterError(SourceError):
    """An address that could not be read now and may be read later."""


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server knows again what it sent: kept by the archive, sent along when the address is asked again."""

    etag: str | None = None
    last_modified: str | None = None

    def asking(self) -> dict[str, str]:
        """The headers that ask for a page only if it has changed."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value and sendable(value)}


def sendable(value: str) -> bool:
    """Whether a value may stand in a header: a hostile one could hold another header, or have no end."""
    return len(value) <= LONGEST and value.isascii() and value.isprintable()


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered; ``url`` is the last one, after redirects, ``body`` is unpacked."""

    url: URL
    status: int
    headers: Headers
    body: bytes = b""

    @property
    def onward(self) -> str | None:
        """Where the answer leads on to; None where it does not."""
        return self.headers.get("location") if self.status in REDIRECTS else None

    @property
    def validators(self) -> Validators:
        """By what the server will know the body again; empty where it says nothing that can be sent back."""
        told = (self.headers.get(name) for name in ("etag", "last-modified"))
        return Validators(*(value if value and sendable(value) else None for value in told))


def waiting(answer: Answer, now: datetime) -> float | None:
    """The seconds after which a host that is busy wants to be asked again; None where it does not say.

    ``Retry-After`` is a number of seconds or a date (RFC 9110, 10.2.3).
    """
    told = answer.headers.get("retry-after", "").strip() if answer.status in WAITS else ""
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        date = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, ((date if date.tzinfo else date.replace(tzinfo=UTC)) - now).total_seconds())


def failure(answer: Answer, source: str) -> SourceError:
    """The error that an answer without a page is: its status, what that means, the next step."""
    broken = answer.status >= 500
    meaning, step = MEANINGS.get(answer.status, BROKEN if broken else NO_PAGE)
    kind = LaterError if broken or answer.status == BUSY else SourceError
    return kind(source, f"answered {answer.status}: {meaning}. {step}.")


def check_coding(response: Response, source: str) -> None:
    """Refuse a body that is packed in a way that was not asked for; unpacked by nobody it would be read as text."""
    for coding in response.headers.get_list("content-encoding", split_commas=True):
        if coding.strip().lower() not in (*CODINGS, "identity", ""):
            told = f"is packed as {coding.strip()[:30]!r}, though gzip, deflate or nothing was asked for"
            raise SourceError(source, f"{told}. {BY_HAND}.")
