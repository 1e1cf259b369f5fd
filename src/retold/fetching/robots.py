"""What a site asks of visitors that are machines: robots.txt, read as RFC 9309 wants it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from httpx2 import URL
    from protego import Protego

READ = 500 * 1024  # bytes of a robots.txt that are read: the least that RFC 9309, 2.5, asks for
LONGEST = 30.0  # seconds; a longer Crawl-delay would make fifty articles of one feed a matter of hours
ABSENT = range(400, 500)  # "unavailable" in RFC 9309, 2.3.1.3: all may be read
BUSY = 429  # among these, the one that says "not now"
FORBIDDEN = (
    "may not be read by programs: the robots.txt of {host} forbids it to {token!r}. "
    "Ask the outlet for leave, or save the page by hand and give the file."
)
UNREADABLE = "was not asked for, since {why}"
BROKEN = "its robots.txt, which may forbid it, answered {status}. Try again later."


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows; ``closed`` says why nothing may be read, and ``later`` whether that may pass."""

    parsed: Protego | None = None
    closed: str = ""
    later: bool = True

    def refusal(self, url: URL, token: str) -> str | None:
        """Why a page may not be read; None where it may."""
        if self.closed:
            return UNREADABLE.format(why=self.closed)
        if self.parsed is None or self.parsed.can_fetch(str(url), token):
            return None
        return FORBIDDEN.format(host=url.host, token=token)

    def delay(self, token: str) -> float:
        """The seconds between two requests that the site asks for, up to LONGEST; 0.0 where it asks for none."""
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(token)
        asked = max(self.parsed.crawl_delay(token) or 0.0, rate.seconds / rate.requests if rate else 0.0)
        return min(asked, LONGEST)


def rules(status: int, body: bytes) -> Rules:
    """What the answer to a request for robots.txt allows.

    >>> rules(404, b"").closed
    ''
    >>> rules(503, b"").closed
    'its robots.txt, which may forbid it, answered 503. Try again later.'
    """
    if 200 <= status < 300:
        return Rules(_parsed(body))
    return Rules() if status in ABSENT and status != BUSY else Rules(closed=BROKEN.format(status=status))


def _parsed(body: bytes) -> Protego:
    from protego import Protego

    return Protego.parse(body[:READ].decode("utf-8-sig", errors="replace"))


def rules_address(url: URL) -> URL:
    """Where the rules for a page lie: each scheme, host and port has its own."""
    return url.copy_with(path="/robots.txt", query=None, fragment=None)


def token(agent: str) -> str:
    """The name under which a reader looks for its rules.

    >>> token("retold/1.2 (+https://newsroom.example/robots)")
    'retold'
    """
    return agent.partition("/")[0].partition(" ")[0]
