"""What the tests of the pages share: archives to look at, a client, a server, and a browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

import retold
from retold.web.app import application
from retold.web.connections import Connection
from retold.web.guards import Password, Rules
from retold.web.pages import Site
from retold.web.serving import bound
from tests import browser as browsing
from tests.conftest import ROOT

PORT = 8710
PATIENCE = 60.0  # seconds that a job may take
PASSWORD = "a long and quiet harbour"
HOME = f"http://127.0.0.1:{PORT}"
EVIL = "<script>document.title='owned'</script><img src=x onerror=alert(1)> \u202eright to left\u2066 “" + "x" * 300
FERRY, DAM = "qc-2204", "sv-0811"  # articles of stories that several tell, of examples/week.jsonl


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A week of invented news, learned: 33 articles, 11 stories, two agencies, an article with two versions."""
    path = str(tmp_path_factory.mktemp("demo") / "news.retold")
    with retold.open(path, create=True) as archive:
        archive.add([ROOT / "examples" / "week.jsonl", ROOT / "examples" / "later.jsonl"], learn=True)
        archive.statements(FERRY)  # read now: a page that reads and keeps them would change what another test compares
    return path


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive without an article."""
    path = str(tmp_path_factory.mktemp("empty") / "empty.retold")
    retold.open(path, create=True).close()
    return path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive that says all it can against a page: markup and controls everywhere, and a long paragraph."""
    path = str(tmp_path_factory.mktemp("hostile") / "news.retold")
    report = "The lighthouse at Morrow Head was switched off on Tuesday after its keeper found the lens cracked. " * 3
    records = [
        {
            "id": f"e-{number}",
            "outlet": f"{EVIL} {number}",
            "title": EVIL,
            "published": f"2026-05-0{number}T08:00:00Z",
            "language": "ar",
            "text": f"{report}\n\n{EVIL}\n\n{report * (60 if number == 1 else 1)}",
        }
        for number in range(1, 5)
    ]
    with retold.open(path, create=True) as archive:
        archive.add(records, learn=True)
    return path


@contextmanager
def asking(
    archive: str, *, password: str | None = None, raises: bool = True, can_fetch: bool = False
) -> Iterator[TestClient]:
    """A client of an application, without a server between them; ``raises``: its mistakes are those of the test."""
    rules = Rules(port=PORT, password=Password(password) if password else None)
    site = Site(archive, HOME, can_fetch=can_fetch)
    made = application(archive, site, rules)
    with TestClient(made, base_url=HOME, follow_redirects=False, raise_server_exceptions=raises) as client:
        yield client


@pytest.fixture(scope="module")
def client(demo: str) -> Iterator[TestClient]:
    """A client of the demo archive."""
    with asking(demo) as client:
        yield client


@contextmanager
def serving(archive: str, *, password: str | None = None) -> Iterator[str]:
    """A server in a thread; yields its address."""
    listening = bound("127.0.0.1", 0)
    port = listening.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    made = application(
        archive, Site(archive, address), Rules(port=port, password=Password(password) if password else None)
    )
    settings = uvicorn.Config(
        made, http=Connection, log_level="critical", ws="none", lifespan="on", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield address
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def server_of() -> Iterator[Callable[[str], str]]:
    """The address of a server for an archive; each is started once."""
    from contextlib import ExitStack

    with ExitStack() as running:
        addresses: dict[str, str] = {}

        def of(archive: str) -> str:
            if archive not in addresses:
                addresses[archive] = running.enter_context(serving(archive))
            return addresses[archive]

        yield of


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    with browsing.started(chromium) as browser:
        yield browser


def ready(address: str) -> str:
    """The address of a page, once all that it shows is worked out: it says so as long as something is not."""
    from urllib.request import urlopen

    for _ in range(300):
        with urlopen(address) as answer:
            if b"data-later" not in answer.read():
                return address
        time.sleep(0.2)
    raise AssertionError(f"{address} is never ready")


def token(client: TestClient) -> str:
    """The token of the forms."""
    return client.get("/").text.partition('name="token" value="')[2].partition('"')[0]


def golden() -> list[Path]:
    """Five articles that print one agency report."""
    return sorted((ROOT / "tests" / "golden" / "agency_five_outlets").glob("[a-z]_*.txt"))


def over(client: TestClient, location: str) -> dict[str, Any]:
    """A job when it is over; what its events told is as the last look tells it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        told: dict[str, Any] = client.get(f"{location}.json").json()
        if told["state"] in ("done", "failed"):
            return told
        time.sleep(0.05)
    raise AssertionError(f"{location} does not end")


def compared(client: TestClient, answer: Any) -> str:
    """Where a comparison is that a form asked for."""
    assert answer.status_code == 303, answer.text
    location = answer.headers["location"]
    if location.startswith("/jobs/"):
        told = over(client, location)
        assert told["state"] == "done", told
    return str(over(client, location)["location"]) if location.startswith("/jobs/") else str(location)


def whole(client: TestClient, address: str) -> str:
    """A page when nothing of it is still worked out."""
    page = client.get(address).text
    while "data-later" in page:
        page = client.get(address).text
    return page
