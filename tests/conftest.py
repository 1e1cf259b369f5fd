"""What all tests share: no network, a browser or a named skip, and the articles to try things on."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests import browser

ROOT = Path(__file__).resolve().parent.parent
REQUIRED = os.environ.get("RETOLD_BROWSER") == "required"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that need a browser where there is none, unless one is required: then they run and fail."""
    if REQUIRED:
        return
    marked = [item for item in items if item.get_closest_marker("browser")]
    reason = browser.lacking() if marked else None
    for item in marked if reason else ():
        item.add_marker(pytest.mark.skip(reason=f"{item.name}: {reason}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Turn the skip of a browser test into a failure where the browser is required."""
    report = yield
    if REQUIRED and report.skipped and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and RETOLD_BROWSER=required"
    return report


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, for tests marked ``browser``."""
    reason = browser.lacking()
    if reason is not None:
        pytest.fail(reason)
    return str(browser.find())


@pytest.fixture
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with the example articles, which is also the current one."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "examples"


HERE = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "::", None}


def _stay_home(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse any talk to another machine: Retold compares what it is given, and tests must not depend on a network."""
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if host not in HERE:
        raise PermissionError(f"A test tried to reach {host}.")


sys.addaudithook(_stay_home)
