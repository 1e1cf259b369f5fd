"""An outlet on this machine: a server for tests, and a clock that nobody waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Act = Callable[[BaseHTTPRequestHandler], None]
ARTICLE = (
    "<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    "<p>The ferry between Harwick and Port Ellery will sail again on Monday, the company said, after two weeks of "
    "repairs to its engine and its ramp.</p><p>Passengers with tickets for the days without a ferry get their money "
    "back, and the buses over the pass run until Sunday evening.</p></article></body></html>"
)


@dataclass(frozen=True)
class Served:
    """What the outlet answers at one address."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(self.status)
        for name, value in ({"Content-Length": str(len(self.body))} | self.headers).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(self.body)


def page(
    title: str = "Ferry sails again on Monday", *, kind: str = "text/html; charset=utf-8", **headers: str
) -> Served:
    """An article; ``ETag="..."`` and ``Last_Modified="..."`` are headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Served(ARTICLE.format(title=title).encode(), headers={"Content-Type": kind} | named)


def onward(location: str, status: int = 302) -> Served:
    """A redirect."""
    return Served(status=status, headers={"Location": location})


def known(served: Served) -> Act:
    """The same, but 304 for who knows its ETag or its date."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        etag, modified = served.headers.get("ETag"), served.headers.get("Last-Modified")
        asked = handler.headers
        same = (etag and asked["If-None-Match"] == etag) or (modified and asked["If-Modified-Since"] == modified)
        (Served(status=304) if same else served)(handler)

    return act


class Outlet(ThreadingHTTPServer):
    """A server whose ``routes`` say what each path answers: always the same, or a list used up to its last."""

    daemon_threads = True

    def __init__(self) -> None:
        self.routes: dict[str, Act | list[Act]] = {"/robots.txt": Served(status=404)}
        self.asked: list[tuple[str, dict[str, str]]] = []
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Where a path lies."""
        return f"http://{host}:{self.server_port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order, robots.txt aside."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader that hangs up is what some tests are about."""

    def __exit__(self, *told: object) -> None:
        self.shutdown()
        super().__exit__(*told)

    def __enter__(self) -> Self:
        return self


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or a body waits 40 ms behind its headers
    server: Outlet

    def do_GET(self) -> None:
        path = self.path
        self.server.asked.append((path, dict(self.headers.items())))
        act = self.server.routes.get(path, Served(status=404))
        if isinstance(act, list):
            act = act.pop(0) if len(act) > 1 else act[0]
        act(self)

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


@dataclass
class Time:
    """A clock that only moves when somebody sleeps."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds

    def timer(self) -> float:
        return self.now

    def clock(self) -> datetime:
        return datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC) + timedelta(seconds=self.now)
