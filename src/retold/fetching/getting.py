"""One address asked politely: the site's rules and pauses kept, redirects followed, what is known not sent again."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from retold.fetching.addresses import Resolver, checked, library, shown, system_addresses
from retold.fetching.answering import (
    BUSY,
    CODINGS,
    LATER,
    OK,
    UNCHANGED,
    Answer,
    LaterError,
    Validators,
    check_coding,
    failure,
    waiting,
)  # fmt: skip
from retold.fetching.robots import Rules, rules, rules_address, token
from retold.model.errors import SourceError
from retold.reading.versions import LIMIT

if TYPE_CHECKING:
    from httpx2 import URL, Client, Headers, Response

    from retold.fetching.connecting import Deadline

Judge = Callable[["Headers"], str | None]
"""Why the body that such headers announce is not wanted; None where it is."""

HOPS = 5  # redirects in a row; RFC 9309 asks for as many, and browsers stop at 20
PATIENCE = 60.0  # seconds; a host that asks for a longer wait is asked in another run
ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.1"
TOO_MANY_HOPS = f"leads on to other addresses more than {HOPS} times. Give the address where the page is."


def _now() -> datetime:
    return datetime.now(UTC)


def _all_wanted(headers: Headers) -> None:
    """Any body is wanted."""


@dataclass(kw_only=True)
class Getter:
    """Asks addresses, one after another; used in a ``with`` block, since it holds connections.

    ``pause``: seconds between two requests to one host. ``timeout``: seconds for one answer in full. ``limit``: bytes
    of a body, packed and unpacked. ``seen``: what earlier runs learned of addresses. Proxies that the environment names
    are not used: a proxy looks names up itself, so that no address could be checked. Cookies live for one address.
    """

    agent: str
    pause: float = 1.0
    timeout: float = 30.0
    limit: int = LIMIT
    private: bool = False
    robots: bool = True
    seen: Mapping[str, Validators] = field(default_factory=dict)
    clock: Callable[[], datetime] = _now
    timer: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    resolver: Resolver = system_addresses

    _held: ExitStack = field(default_factory=ExitStack, init=False, repr=False)
    _client: Client = field(init=False, repr=False)
    _deadline: Deadline = field(init=False, repr=False)
    _rules: dict[str, Rules] = field(default_factory=dict, init=False, repr=False)  # by the address of robots.txt
    _last: dict[str, float] = field(default_factory=dict, init=False, repr=False)  # host -> end of its last answer
    _shut: dict[str, str] = field(default_factory=dict, init=False, repr=False)  # host -> why it is left alone

    def __enter__(self) -> Self:
        httpx2 = library("the web")
        from retold.fetching.connecting import CheckedBackend, CheckedTransport, Deadline

        self._deadline = Deadline(self.timer)
        backend = CheckedBackend(private=self.private, resolver=self.resolver, deadline=self._deadline)
        headers = {"User-Agent": self.agent, "Accept": ACCEPT, "Accept-Encoding": ", ".join(CODINGS)}
        transport = CheckedTransport(backend, self.limit)
        client = httpx2.Client(transport=transport, headers=headers, timeout=self.timeout, trust_env=False)
        self._client = self._held.enter_context(client)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    def get(self, url: str, unwanted: Judge = _all_wanted) -> Answer:
        """What an address answers: 200 with a body, or 304 for what ``seen`` holds; raises SourceError for all else."""
        self._client.cookies.clear()  # they serve a chain of redirects that sets one, and know no reader
        answer = self._followed(checked(url), unwanted, self._admit)
        if answer.status == OK or (answer.status == UNCHANGED and self._asking(answer.url)):
            return answer
        raise failure(answer, shown(str(answer.url)))

    def _followed(self, url: URL, unwanted: Judge, admit: Callable[[URL], None]) -> Answer:
        """The answer at the end of redirects; every address on the way is checked as the first was."""
        for _ in range(HOPS + 1):
            admit(url)
            answer = self._asked(url, unwanted)
            if answer.onward is None:
                return answer
            url = checked(joined(url, answer.onward))
        raise SourceError(shown(str(url)), TOO_MANY_HOPS)

    def _admit(self, url: URL) -> None:
        """Refuse an address that the rules of its site close."""
        site = self._rules_for(url) if self.robots else Rules()
        refusal = site.refusal(url, token(self.agent))
        if refusal:
            raise (LaterError if site.closed and site.later else SourceError)(shown(str(url)), refusal)

    def _rules_for(self, url: URL) -> Rules:
        """The rules of a site, asked for once."""
        place = rules_address(url)
        if str(place) not in self._rules:
            self._rules[str(place)] = self._rules_at(place)
        return self._rules[str(place)]

    def _rules_at(self, place: URL) -> Rules:
        try:
            answer = self._followed(place, _all_wanted, lambda url: None)  # robots.txt is not itself closed by one
        except SourceError as error:
            return Rules(closed=f"{error.source} {error.reason}", later=isinstance(error, LaterError))
        return rules(answer.status, answer.body)

    def _asked(self, url: URL, unwanted: Judge) -> Answer:
        """The answer of one address; a host that says when to come back is asked once more, if that is soon."""
        answer = self._answer(url, unwanted)
        wait = waiting(answer, self.clock())
        if wait is not None and wait <= PATIENCE:
            self.sleep(wait)
            answer = self._answer(url, unwanted)
        if answer.status == BUSY or waiting(answer, self.clock()) is not None:
            self._shut[url.host] = f"it asked for fewer requests ({answer.status})"
        return answer

    def _answer(self, url: URL, unwanted: Judge) -> Answer:
        """The answer to one request, after the pause that its host wants; raises SourceError where none came."""
        from retold.fetching.connecting import FAILURES, LATE, UNREACHED, TooMuchError

        self._pause(url)
        self._deadline.start(self.timeout)
        source = shown(str(url))
        try:
            return self._exchanged(url, unwanted)
        except TooMuchError:
            raise SourceError(source, f"sends more than {self.limit:,} bytes. Save the article alone.") from None
        except FAILURES as error:
            if isinstance(error, (*UNREACHED, *LATE)):  # or each article of a feed would take its whole time again
                self._shut[url.host] = "it could not be reached in time"
            raise LaterError(source, f"was not read: {_told(error)}. {LATER}.") from None
        finally:
            self._last[url.host] = self.timer()

    def _pause(self, url: URL) -> None:
        """Wait until the host may be asked again; raises SourceError for a host that is left alone in this run."""
        if url.host in self._shut:
            told = f"was not asked for: {self._shut[url.host]} earlier in this run"
            raise LaterError(shown(str(url)), f"{told}. {LATER}.")
        known = self._rules.get(str(rules_address(url)), Rules())
        if url.host in self._last:
            left = self._last[url.host] + max(self.pause, known.delay(token(self.agent))) - self.timer()
            if left > 0:
                self.sleep(left)

    def _asking(self, url: URL) -> dict[str, str]:
        """The headers that ask for a page only if it has changed; none for a page not seen."""
        return self.seen.get(str(url), Validators()).asking()

    def _exchanged(self, url: URL, unwanted: Judge) -> Answer:
        with self._client.stream("GET", url, headers=self._asking(url)) as response:
            body = self._body(response, unwanted) if response.status_code == OK else b""
            return Answer(url, response.status_code, response.headers, body)

    def _body(self, response: Response, unwanted: Judge) -> bytes:
        """The body, unpacked as it comes, so that a bomb is cut off at the limit."""
        from retold.fetching.connecting import TooMuchError

        source = shown(str(response.url))
        check_coding(response, source)
        reason = unwanted(response.headers)
        if reason:
            raise SourceError(source, reason)
        if int(response.headers.get("content-length", 0)) > self.limit:
            raise TooMuchError
        body = bytearray()
        for part in response.iter_bytes():
            body += part
            if len(body) > self.limit:
                raise TooMuchError
        return bytes(body)


def joined(url: URL, onward: str) -> str:
    """Where a redirect leads; raises SourceError where that is no address."""
    httpx2 = library(str(url))
    try:
        return str(url.join(onward))
    except (httpx2.InvalidURL, UnicodeError, ValueError):
        raise SourceError(shown(str(url)), f"leads on to {onward[:100]!r}, which is no address. {LATER}.") from None


def _told(error: Exception) -> str:
    """What went wrong between two machines, in words."""
    from retold.fetching.connecting import LATE

    words = str(error) or type(error).__name__
    return f"no full answer came in time ({words})" if isinstance(error, LATE) else words[:200]
