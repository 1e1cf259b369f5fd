"""A Chromium for tests and measurements: found, started, and watched for requests."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE = Path(__file__).with_name("axe") / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What a keyboard must reach: everything that can be focused, and is not inside a closed details.
CONTROLS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((one) => one.checkVisibility({visibilityProperty: true}))"""


def find() -> str | None:
    """Return the path of a Chromium: as RETOLD_CHROMIUM says, else on the path; None where there is none."""
    return os.environ.get("RETOLD_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@cache
def lacking() -> str | None:
    """Return what a test in a browser lacks on this machine, and how to get it; None where it lacks nothing."""
    if find() is None:
        return "no Chromium here: apt-get install chromium, or name it in RETOLD_CHROMIUM"
    package = find_spec("playwright")
    if package is None or package.origin is None:
        return "no Playwright here: make test installs it"
    node = Path(package.origin).parent / "driver" / "node"
    started = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    if started.returncode:
        return f"Playwright's driver does not start: {started.stderr.strip()} (apt-get install libatomic1)"
    return None


def needed() -> str:
    """Return the path of a Chromium; without one the test is skipped by name, or fails where one is required."""
    reason = lacking()
    if reason is not None:
        stop = pytest.fail if os.environ.get("RETOLD_BROWSER") == "required" else pytest.skip
        stop(reason)
    return str(find())


@contextmanager
def started(path: str) -> Iterator[Any]:
    """Start a Chromium, and end it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page that is open, and all that it asked for or complained of."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """Return what axe finds wrong, with the first places."""
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
        return [f"{one['id']}: {[node['target'] for node in one['nodes'][:3]]}" for one in found["violations"]]

    def controls(self) -> int:
        """Return how many controls the page has for a keyboard."""
        return int(self.page.evaluate(f"({CONTROLS})().length"))

    def reached_by_tab(self) -> int:
        """Return how many different controls Tab reaches before it comes back to the first."""
        self.page.evaluate(
            f"controls = new Set(({CONTROLS})()); reached = new Set();"
            "document.addEventListener('focusin', (event) => reached.add(event.target))"
        )
        for _ in range(self.controls() + 2):
            self.page.keyboard.press("Tab")
        return int(self.page.evaluate("[...reached].filter((one) => controls.has(one)).length"))


@contextmanager
def opened(browser: Any, file: Path, *, width: int = 1280, scheme: str = "light", **more: Any) -> Iterator[Opened]:
    """Open a file from the disk, as someone would who got it by mail."""
    with visited(browser, file.as_uri(), width=width, scheme=scheme, **more) as seen:
        yield seen


@contextmanager
def visited(browser: Any, address: str, *, width: int = 1280, scheme: str = "light", **more: Any) -> Iterator[Opened]:
    """Open an address, in a browser that remembers nothing."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **more)
    seen = Opened(context.new_page())
    seen.page.on("request", lambda request: seen.requests.append(request.url))
    seen.page.on("console", lambda message: seen.complaints.append(message.text))
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.page.goto(address)
    yield seen
    context.close()
