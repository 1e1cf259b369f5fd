"""Connections to checked addresses only, each wait within one deadline, no body over its limit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from ssl import SSLContext
from typing import Any

import httpcore2
import httpx2

from retold.fetching.addresses import ALLOW, WANTED, Resolver, allowed, refusal
from retold.model.errors import SourceError

FAILURES = (
    httpx2.HTTPError,
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
)
"""What goes wrong between two machines; only what httpx2 itself decodes raises its own errors."""

LATE = (httpx2.TimeoutException, httpcore2.TimeoutException)
UNREACHED = (httpcore2.ConnectError, httpcore2.ConnectTimeout)


class TooMuchError(Exception):
    """A body over its limit."""


@dataclass
class Deadline:
    """The moment by which an answer must be there in full: a wait per read would let a slow server drip for hours."""

    timer: Callable[[], float]
    end: float = 0.0

    def start(self, seconds: float) -> None:
        """Count from now."""
        self.end = self.timer() + seconds

    def left(self, asked: float | None = None) -> float:
        """The seconds that a wait may take; raises ReadTimeout where none are left."""
        left = self.end - self.timer()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time for one answer is over")
        return left if asked is None else min(asked, left)


class TimedStream(httpcore2.NetworkStream):
    """A stream whose waits all end by the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes."""
        return self.stream.read(max_bytes, self.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self.stream.write(buffer, self.deadline.left(timeout))

    def close(self) -> None:
        """Hang up."""
        self.stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same stream, encrypted; the name in the address is what the certificate must hold."""
        return TimedStream(
            self.stream.start_tls(ssl_context, server_hostname, self.deadline.left(timeout)), self.deadline
        )

    def get_extra_info(self, info: str) -> Any:
        """What the socket knows."""
        return self.stream.get_extra_info(info)


class CheckedBackend(httpcore2.NetworkBackend):
    """Resolves a name once, connects to a checked address of it, and looks who is at the other end.

    A name that leads elsewhere when it is asked again (DNS rebinding) gains nothing: it is not asked again.
    """

    def __init__(self, *, private: bool, resolver: Resolver, deadline: Deadline) -> None:
        self.private = private
        self.resolver = resolver
        self.deadline = deadline
        self.network = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A stream to the first address that answers; raises SourceError where none may be asked."""
        failure: Exception = httpcore2.ConnectError("no address answered")
        for address in allowed(host, port, private=self.private, resolver=self.resolver):
            try:
                stream = self.network.connect_tcp(
                    address, port, self.deadline.left(timeout), local_address, socket_options
                )
            except UNREACHED as error:
                failure = error
            else:
                return TimedStream(self._met(stream, host), self.deadline)
        raise failure

    def _met(self, stream: httpcore2.NetworkStream, host: str) -> httpcore2.NetworkStream:
        """The stream, if the machine at its other end is one that may be asked."""
        peer = str(stream.get_extra_info("server_addr")[0])
        named = None if self.private else refusal(peer)
        if named:
            stream.close()
            raise SourceError(host, f"was reached at {peer}, {named}. {WANTED}; {ALLOW}.")
        return stream


@cache
def _trusted() -> SSLContext:
    """The certificates that the system trusts (SSL_CERT_FILE is heard), read once: they are 140 files, or 200 KB."""
    return httpx2.create_ssl_context()


class BoundedStream(httpx2.SyncByteStream):
    """A body as it comes over the wire, up to a limit."""

    def __init__(self, stream: Any, limit: int) -> None:
        self.stream = stream
        self.limit = limit

    def __iter__(self) -> Iterator[bytes]:
        seen = 0
        for part in self.stream:
            seen += len(part)
            if seen > self.limit:
                raise TooMuchError
            yield part

    def close(self) -> None:
        """Leave the rest unread."""
        if hasattr(self.stream, "close"):
            self.stream.close()


class CheckedTransport(httpx2.BaseTransport):
    """HTTP over the checked connections.

    Built from httpcore2's public parts: httpx2.HTTPTransport takes no network backend, and replacing its private pool
    would, after a rename there, silently connect anywhere. It knows no proxy: a proxy resolves names itself.
    """

    def __init__(self, backend: CheckedBackend, limit: int) -> None:
        self.limit = limit
        self.pool = httpcore2.ConnectionPool(
            ssl_context=_trusted(),
            max_connections=10,
            max_keepalive_connections=5,
            keepalive_expiry=15.0,  # seconds; longer than the pause, so that one visit to a host is one connection
            network_backend=backend,
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to a request, its body still to be read."""
        url = request.url
        answer = self.pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(answer.status, headers=answer.headers, stream=BoundedStream(answer.stream, self.limit))

    def close(self) -> None:
        """Hang up on all."""
        self.pool.close()
