"""How fast the pages of ``retold serve`` are: python -m bench serve [seconds]

First 50 readers, each asking for one page of a story of about ten articles a second, while ``retold add`` writes in the
same archive: of all answers the slowest of 95 in 100 (p95), errors, and the memory of the server before and after.
Then in a browser: the first paint of a page, matrices of 30,000 and 150,000 cells, and what all pages load.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import retold
from bench import newsroom
from bench.report_page import PAINTED, row
from retold.pictures import matrix
from retold.web.pages import STATIC, environment
from tests.browser import needed, started, visited

ARTICLES, MORE = 3000, 20_000
A_SECOND = 1600  # articles that are added in a second, at most: so many are there that the writer has work to the end
READERS, EACH = 50, 1.0  # readers, and seconds between two pages of one
LEAST, MOST, STORIES = 7, 12, 40  # articles of the stories that are read, and how many stories
PAGES = ("", "/read")  # what is asked for of a story
PORT = 8733
ROUNDS = 5
CELLS = {"30,000 cells": (300, 100, 400.0), "150,000 cells": (1000, 150, 1500.0)}  # columns, rows, milliseconds wanted
FIRST = """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({type: "paint", buffered: true}))"""
DRAWN = f"""async (html) => {{
    const place = document.querySelector("main");
    const before = performance.now();
    place.innerHTML = html;
    const nodes = place.querySelectorAll("retold-matrix, retold-matrix *").length;
    return [await {PAINTED} - before, nodes];
}}"""


def prepare(folder: Path, seconds: float) -> str:
    """An archive of so many articles, learned, and more articles beside it to be added for so many seconds."""
    newsroom.write(folder / "news.jsonl", ARTICLES)
    path = str(folder / "news.retold")
    with retold.open(path, create=True) as archive:
        archive.add(folder / "news.jsonl", learn=True)
    more = list(newsroom.articles(MORE, seed=2, first=ARTICLES))
    with (folder / "more.jsonl").open("w", encoding="utf-8") as file:
        for turn in range(1 + int(seconds * A_SECOND / MORE)):
            for record in more:
                file.write(json.dumps(again(record, turn)) + "\n")
    return path


def again(record: dict[str, Any], turn: int) -> dict[str, Any]:
    """An article of another turn: another article, and another text."""
    more = {"id": f"{record['id']}-{turn}", "url": f"{record['url']}/{turn}"}
    return {**record, **more, "text": f"{record['text']}\n\nTold for the {turn + 1}. time on this page."}


@contextmanager
def served(archive: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process of its own."""
    command = [sys.executable, "-m", "retold", "serve", "--archive", archive, "--port", str(PORT)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    assert process.stderr is not None
    process.stderr.readline()
    time.sleep(1.0)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def stories(archive: str) -> list[str]:
    """The stories that are read."""
    with retold.open(archive) as opened:
        lines = opened.stories(by="articles", least=LEAST, limit=500).stories
    return [line.id for line in lines if line.articles <= MOST][:STORIES]


class Readers:
    """So many readers, each asking for one page a second; ``times`` are those of the answers, in seconds."""

    def __init__(self, ids: Sequence[str], seconds: float) -> None:
        self.ids, self.seconds = ids, seconds
        self.times: list[float] = []
        self.errors: list[str] = []

    def run(self) -> None:
        """Read until the time is over."""
        threads = [threading.Thread(target=self._read, args=(number,)) for number in range(READERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _read(self, number: int) -> None:
        chance = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        start = time.perf_counter() + number * EACH / READERS
        turn = 0
        while turn * EACH < self.seconds:
            time.sleep(max(0.0, start + turn * EACH - time.perf_counter()))
            self._ask(connection, f"/stories/{chance.choice(self.ids)}{chance.choice(PAGES)}")
            turn += 1
        connection.close()

    def _ask(self, connection: http.client.HTTPConnection, address: str) -> None:
        before = time.perf_counter()
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                self.errors.append(f"{address}: {answer.status}")
        except (OSError, http.client.HTTPException) as error:
            self.errors.append(f"{address}: {error}")
            connection.close()
        self.times.append(time.perf_counter() - before)


def memory(process: subprocess.Popen[bytes]) -> float:
    """The memory of a process and its children, in MB."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return sum(_resident(number) for number in [str(process.pid), *children]) / 1000


def _resident(number: str) -> int:
    told = Path(f"/proc/{number}/status").read_text().partition("VmRSS:")[2].split()
    return int(told[0]) if told else 0  # a process that has just ended has none


def load(seconds: float) -> None:
    """Print what the readers met."""
    with tempfile.TemporaryDirectory() as folder:
        archive = prepare(Path(folder), seconds)
        ids = stories(archive)
        with served(archive) as server:
            Readers(ids, 5).run()  # what is asked for first is made first
            writer = subprocess.Popen(
                [sys.executable, "-m", "retold", "add", "more.jsonl", "--archive", archive, "--quiet"],
                cwd=folder, stdout=subprocess.DEVNULL, env={**os.environ},
            )  # fmt: skip
            before = memory(server)
            readers = Readers(ids, seconds)
            readers.run()
            after = memory(server)
            wrote = writer.poll() is None
            writer.send_signal(signal.SIGINT)
            writer.wait()
    times = sorted(readers.times)
    print(
        f"{READERS} readers, {seconds:.0f} s, {len(times):,} pages of {len(ids)} stories; add wrote throughout: {wrote}"
    )
    row("errors", len(readers.errors), 0)
    row("median ms", 1000 * median(times), 150)
    row("p95 ms", 1000 * times[int(0.95 * len(times))], 150)
    row("slowest ms", 1000 * times[-1], 1500)
    row("memory before MB", before, 1000)
    row("memory after MB", after, 1000)
    for error in readers.errors[:3]:
        print(f"  {error}")


def drawn(columns: int, rows: int) -> str:
    """A matrix of so many cells."""
    chance = random.Random(1)
    heads = [matrix.Column(f"Outlet {number}", (str(number),)) for number in range(columns)]
    lines = ["".join(chance.choice("==≈~#··") for _ in heads) for _ in range(rows)]
    made = [matrix.Row(str(number), f"Passage {number}", cells) for number, cells in enumerate(lines, 1)]
    whole = matrix.Matrix(heads, made, dict.fromkeys(matrix.SIGNS, "so"), columns, aligned=True)
    return environment().get_template("matrix.html.j2").render(matrix=whole)


def pages() -> None:
    """Print what a browser takes."""
    with tempfile.TemporaryDirectory() as folder:
        archive = str(Path(folder) / "news.retold")
        with retold.open(archive, create=True) as opened:
            opened.add(Path(__file__).parent.parent / "examples" / "week.jsonl", learn=True)
        with served(archive), started(needed()) as browser:
            home = f"http://127.0.0.1:{PORT}"
            for name, address in (("start", "/"), ("stories", "/stories"), ("story", "/stories/qc-2204")):
                row(f"first paint, {name}, ms", median(first(browser, home + address) for _ in range(ROUNDS)), 200)
            for name, (columns, rows, wanted) in CELLS.items():
                told = [painted(browser, home, drawn(columns, rows)) for _ in range(ROUNDS)]
                row(f"{name}, ms", median(took for took, _ in told), wanted)
                row("  nodes of it", max(nodes for _, nodes in told), 20)
    sizes = {name: path.stat().st_size for name, path in STATIC.items()}
    row("all that pages load, kB", sum(sizes.values()) / 1000, 150)
    own = sum(path.read_text("utf-8").count("\n") for name, path in STATIC.items() if name.endswith(".js"))
    row("own JavaScript, lines", own, 1500)


def first(browser: Any, address: str) -> float:
    """When a page is first painted."""
    with visited(browser, address) as seen:
        took: float = seen.page.evaluate(FIRST)
        return took


def painted(browser: Any, home: str, html: str) -> tuple[float, int]:
    """How long a matrix takes to be drawn on a page, and of how many nodes it is."""
    with visited(browser, f"{home}/search") as seen:
        took, nodes = seen.page.evaluate(DRAWN, html)
        return took, nodes


def main(seconds: str = "60") -> None:
    """Print both parts."""
    load(float(seconds))
    pages()


if __name__ == "__main__":
    main(*sys.argv[1:])
