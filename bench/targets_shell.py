"""The targets that a clock or a scale shows without a browser: T7, T15, T16 and T18."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from typing import Any

import retold
from bench import speed
from bench.targets import Line, Measure
from retold.pictures.report import report
from retold.pictures.stemma import stemma
from retold.web.pages import STATIC
from tests.pictures.sample import Document, family

NODES = 1000
RUNS = 15


def layout() -> Iterator[Line]:
    """T7: the layout of a lineage."""
    line = _lineage(NODES)
    yield Line(f"T7 layout of {NODES:,} nodes, ms", speed.timed(lambda: stemma(line), RUNS), 100)


def _lineage(count: int) -> dict[str, Any]:
    """A lineage in which each article has its text from one of those before it."""
    nodes = [
        {
            "article_id": f"a{number}",
            "version_id": f"v{number}",
            "outlet": f"Outlet {number}",
            "title": f"Title {number}",
            "url": None,
            "words": 300,
            "source_ids": [f"a{number}"],
            "published": f"2026-05-{1 + number // 60 // 24:02}T{number // 60 % 24:02}:{number % 60:02}:00Z",
        }
        for number in range(count)
    ]
    edges = [
        {"source": f"a{number // 3}", "target": f"a{number}", "probability": 0.9, "signs": [], "note": ""}
        for number in range(1, count)
    ]
    return {"origin_id": "o", "agency": None, "nodes": nodes, "unseen": [], "edges": edges}


def reports() -> Iterator[Line]:
    """T15: the size of reports in one file."""
    yield _size("the pair", retold.compare(speed.pair()).to_dict())
    yield _size("100 versions x 60 passages", family(100, 60, words=28))


def _size(name: str, document: Document) -> Line:
    texts = sum(len(article["text"].encode()) for article in document["articles"])
    return Line(f"T15 report of {name}, kB", len(report(document).encode()) / 1000, (texts * 4 + 60_000) / 1000)


def assets() -> Iterator[Line]:
    """T16: what a browser loads, all of it our own; that the wheel has it, and no other script, is a test of T17."""
    yield Line("T16 all that pages load, kB", sum(path.stat().st_size for path in STATIC.values()) / 1000, 150)
    scripts = [path.read_text("utf-8") for name, path in STATIC.items() if name.endswith(".js")]
    yield Line("T16   own JavaScript, lines", sum(text.count("\n") for text in scripts), 1500)


def commands() -> Iterator[Line]:
    """T18: whole commands, from the start of the process to its end."""
    files = [str(path) for path in speed.pair()]
    with tempfile.TemporaryDirectory() as compiled:
        for name, command, wanted in (("--help", ["--help"], 300), ("compare of the pair", ["compare", *files], 1000)):
            took = speed.timed(partial(_run, command, compiled), RUNS)
            yield Line(f"T18 retold {name}, cold, ms", took, wanted)


def _run(command: list[str], compiled: str) -> None:
    """Run a command with its modules compiled, as an installer leaves them, whatever the environment says."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = compiled
    subprocess.run([sys.executable, "-m", "retold", *command], env=env, check=True, capture_output=True)


SHOWS: dict[str, Measure] = {"T7": layout, "T15": reports, "T16": assets, "T18": commands}
