"""What the application answers where a page cannot: nowhere, too much at once, and its own mistakes."""

from __future__ import annotations

import asyncio
import gc
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient

from retold.model.errors import UsageError
from retold.web import app
from retold.web.addresses import Query
from retold.web.clerks import Memory
from tests.web.conftest import asking


def test_an_address_that_leads_nowhere_says_so_in_words(client: TestClient):
    assert client.get("/nowhere.json").json()["detail"] == "There is no such page. The address may be misspelt."
    assert client.post("/stories.json").json()["detail"] == "This address does not take what was sent to it."


def test_a_mistake_of_ours_stands_in_the_terminal_and_cannot_steer_it(
    demo: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("\x1b[2J\u202eand a bell \a")

    monkeypatch.setattr(app.pages, "html", broken)
    with asking(demo, raises=False) as client:
        answer = client.get("/stories")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    told = capfd.readouterr().err
    assert "ZeroDivisionError" in told
    assert not set("\x1b\u202e\a") & set(told)


def test_more_is_not_begun_than_anybody_would_wait_for(demo: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(app, "AT_ONCE", 0)
    with asking(demo) as client:
        answer = client.get("/stories")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
        assert "Too much is asked at once" in answer.text
        assert client.get("/static/icon.svg").status_code == 200


def test_long_addresses_count_for_what_is_remembered(demo: str):
    with asking(demo) as client:
        memory = client.app.state.server.clerks.pages  # type: ignore[attr-defined]
        before = memory.size
        client.get("/stories.json", params={"nothing": "x" * 50_000})
        assert memory.size - before > 50_000


def test_who_leaves_before_an_error_leaves_no_noise():
    """Its error is of no interest to anybody, and what was asked must not stand in the terminal."""
    assert asyncio.run(left()) == []


async def left() -> list[dict[str, Any]]:
    """What the loop complains of when somebody leaves, and what was asked cannot be answered."""
    heard: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, told: heard.append(told))

    async def failing(_: object) -> None:
        await asyncio.sleep(0.01)
        raise UsageError("\x1b[2J")

    server: Any = SimpleNamespace(making={}, clerks=SimpleNamespace(pages=Memory(1), ask=failing))
    asked = asyncio.create_task(app._remembered(server, (1, Query("/stories"), ""), lambda _: app.Body(b"")))
    await asyncio.sleep(0)
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)
    await asyncio.sleep(0.05)
    gc.collect()
    return heard
