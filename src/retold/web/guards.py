"""Who may ask, and what a page may do: checked before anything else, and said in the headers of every answer.

A page of another site must not read an archive through somebody's browser, nor write in it: its name would have to lead
to this machine (DNS rebinding), which the check of Host refuses; or it would have to send a form, which the check of
Origin and the token refuse.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import platform
import secrets
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING
from unicodedata import normalize

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # not no-referrer: a form would then be sent with the Origin null
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HERE = ("127.0.0.1", "localhost", "::1")
READS = frozenset(["GET", "HEAD", "OPTIONS"])
OURS = frozenset(["same-origin", "none"])  # Sec-Fetch-Site: from a page of ours, or typed by a person
PAGE = (None, "document")  # Sec-Fetch-Dest: where a browser shows a page, not a part of another's
STATIC, LOGIN = "/static/", "/login"  # what is shown without a password
LARGEST = 64 * 2**20  # bytes of a request
TOO_LARGE = f"That is more than {LARGEST // 2**20} MB. Add large files with the command: retold add FILE"
CREDENTIALS = 16_384  # bytes of the form with the password, which anybody may send
TOO_LONG = "No password is so long."
COOKIE = "retold"
LEAST_PASSWORD = 10  # letters
LONGEST_PASSWORD = 1024  # letters; nobody types more
FAILURES, WINDOW = 5, 60.0  # wrong passwords, from all who ask together, in so many seconds
COST = {"n": 2**14, "r": 8, "p": 1}  # scrypt's own advice for what a person waits for (RFC 7914; about 50 ms)
SESSIONS = 1000
WEEK = 7 * 86400  # seconds that a session lasts


class RefusedError(Exception):
    """A request that is not answered: ``status``, and why in a sentence."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.headers = dict(headers or {})


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Password:
    """A password of which only a hash is kept, and those who have given it; wrong ones are counted.

    All who ask are counted together: an address is cheap to change.
    """

    def __init__(self, password: str, *, clock: Callable[[], float] = monotonic) -> None:
        self._salt = secrets.token_bytes(16)
        self._hash = self._hashed(password)
        self._clock = clock
        self._failed: deque[float] = deque()
        self._one_by_one = Lock()  # else many guesses at once would all be let through before the first is counted
        self._sessions: deque[tuple[str, float]] = deque(maxlen=SESSIONS)
        self._known = secrets.token_bytes(32)

    def _hashed(self, password: str) -> bytes:
        typed = normalize("NFC", password)  # keyboards differ in how they write an é (RFC 8265)
        return hashlib.scrypt(typed.encode("utf-8", "surrogatepass"), salt=self._salt, **COST, maxmem=2**26)

    def fits(self, password: str) -> bool:
        """Whether it is the right password; raises RefusedError after too many wrong ones."""
        with self._one_by_one:
            self._check_failures(now := self._clock())
            fits = len(password) <= LONGEST_PASSWORD and hmac.compare_digest(self._hashed(password), self._hash)
            if not fits:
                self._failed.append(now)
            return fits

    def _check_failures(self, now: float) -> None:
        """Raise RefusedError where too many were wrong within the last minute."""
        while self._failed and now - self._failed[0] > WINDOW:
            self._failed.popleft()
        if len(self._failed) >= FAILURES:
            wait = max(1, round(WINDOW - (now - self._failed[0])))
            reason = f"Too many wrong passwords. Try again in {wait} seconds."
            raise RefusedError(429, reason, {"Retry-After": str(wait)})

    def session(self) -> str:
        """A new session, for somebody who gave the right password."""
        session = secrets.token_urlsafe(32)
        self._sessions.append((self._mark(session), self._clock() + WEEK))
        return session

    def knows(self, session: str) -> bool:
        """Whether a session was given out by us, less than a week ago."""
        mark, now = self._mark(session), self._clock()
        return any(now < ends and hmac.compare_digest(mark, known) for known, ends in tuple(self._sessions))

    def _mark(self, session: str) -> str:
        """What is kept of a session: who reads our memory cannot use it."""
        return hmac.new(self._known, session.encode(), "sha256").hexdigest()


@dataclass(frozen=True)
class Rules:
    """Under which names we are asked, with which password, and the secret that tokens are made from."""

    port: int
    host: str = "127.0.0.1"
    password: Password | None = None
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def allows_host(self, stated: str) -> bool:
        """Whether a request for this Host is meant for us: an address, a name of this machine, or the one it is bound
        to. Any other name is somebody else's who makes it lead here."""
        host, port = _parted(stated)
        if port != self.port or not host:
            return False
        if host in HERE or host == self.host.lower().strip("[]"):
            return True
        return self.password is not None and (_is_address(host) or host == platform.node().lower())

    def allows_origin(self, headers: Headers, method: str) -> bool:
        """Whether a request comes from a page of ours, from a person, or from a program that is no browser."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None:
            return origin in (f"http://{headers.get('host', '')}", f"https://{headers.get('host', '')}")
        if site is None or site in OURS:
            return True
        return method in READS and _is_link(headers)  # anything else of ours would tell by its time what we hold

    def token(self, session: str = "") -> str:
        """What a form must bring along to write."""
        return hmac.new(self.secret, session.encode(), "sha256").hexdigest()

    def check_token(self, given: str, session: str = "") -> None:
        """Raise RefusedError unless this is the token of our forms; compared in constant time."""
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self.token(session).encode()):
            raise RefusedError(403, "The form is not of this server, or older than its start. Load it anew.")


def _is_link(headers: Headers) -> bool:
    """Whether somebody follows a link to us, and no page of another site loads ours into itself."""
    return headers.get("sec-fetch-mode") in (None, "navigate") and headers.get("sec-fetch-dest") in PAGE


def _parted(stated: str) -> tuple[str, int]:
    """The host in small letters, and the port; ("", 0) where a Host is none."""
    host, colon, port = stated.lower().rpartition(":")
    if stated.endswith("]") or not colon:
        host, port = stated.lower(), "80"
    host = host.strip("[]")
    return (host, int(port)) if port.isascii() and port.isdigit() and len(port) < 6 else ("", 0)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def session_of(request: Request, rules: Rules) -> str:
    """The session of a request, "" where there is none or none is needed."""
    if rules.password is None:
        return ""
    given = request.cookies.get(f"{COOKIE}{rules.port}", "")
    return given if given and rules.password.knows(given) else ""


def basic(headers: Headers) -> str | None:
    """The password that a program gives with a request (HTTP Basic, any name); None where it gives none."""
    kind, _, told = headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        return base64.b64decode(told, validate=True).decode("utf-8").partition(":")[2]
    except ValueError:
        return None


class Guard:
    """What stands before the application, and refuses; ``refusal`` makes the answer to a request that it refuses."""

    def __init__(self, app: ASGIApp, rules: Rules, refusal: Callable[[Request, RefusedError], Response]) -> None:
        self.app = app
        self.rules = rules
        self.refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        shielded = _shielded(send)
        try:
            await self._check(request)
        except RefusedError as refused:
            await self.refusal(request, refused)(scope, receive, shielded)
            return
        await self.app(scope, receive, shielded)

    async def _check(self, request: Request) -> None:
        """Raise RefusedError for a request that is not meant for us, comes from elsewhere, or has no password."""
        if not self.rules.allows_host(request.headers.get("host", "")):
            raise RefusedError(421, "This name does not lead here. Use the address that retold serve printed.")
        if not self.rules.allows_origin(request.headers, request.method):
            raise RefusedError(403, "The request comes from a page of another site.")
        path = request.url.path
        most, reason = (CREDENTIALS, TOO_LONG) if path == LOGIN else (LARGEST, TOO_LARGE)
        if int(request.headers.get("content-length", "0")) > most:
            raise RefusedError(413, reason)
        if self.rules.password is None or path == LOGIN or path.startswith(STATIC):
            return
        if not session_of(request, self.rules) and not await self._gives_password(request, self.rules.password):
            raise RefusedError(401, "A password is wanted.")

    async def _gives_password(self, request: Request, password: Password) -> bool:
        """Whether a program gives the password with its request; to write it needs a session, and so a token."""
        from anyio.to_thread import run_sync

        given = basic(request.headers)
        return given is not None and request.method in READS and await run_sync(password.fits, given)


def _shielded(send: Send) -> Send:
    """A ``send`` that adds our headers to each answer, but those that the answer has itself."""

    async def shielded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return shielded
