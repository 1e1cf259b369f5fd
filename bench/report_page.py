"""How fast and how large the report of a large family is: python -m bench.report_page [versions passages]

"All rows" is the time from the start of the navigation until every row of the page has been laid out and a frame
painted; "toggle" is the time from a click on a class's switch to the second frame after it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from retold.pictures.report import report
from tests.browser import needed, opened, started
from tests.pictures.sample import family

ROUNDS = 5
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
ROWS = f"""async () => {{
    const rows = [...document.querySelectorAll(".row")];
    const height = rows.reduce((sum, row) => sum + row.getBoundingClientRect().height, 0);
    return [await {PAINTED}, rows.length, height];
}}"""
TOGGLE = f"""async (id) => {{
    const before = performance.now();
    document.getElementById(id).click();
    return await {PAINTED} - before;
}}"""


def measured(browser: Any, file: Path) -> dict[str, float]:
    """Return what one opening of the page takes."""
    with opened(browser, file) as seen:
        told, rows, height = seen.page.evaluate(ROWS)
        assert height > 0
        session = seen.page.context.new_cdp_session(seen.page)
        session.send("HeapProfiler.collectGarbage")
        heap = session.send("Runtime.getHeapUsage")["usedSize"]
        toggles = [seen.page.evaluate(TOGGLE, "show-content") for _ in range(4)]
        return {"rows": rows, "all rows ms": told, "toggle ms": median(toggles), "heap MB": heap / 1e6}


def main(versions: int = 100, passages: int = 60) -> None:
    """Print the table: what was measured, and what was wanted."""
    document = family(versions, passages, words=28)
    size = sum(len(article["text"].encode()) for article in document["articles"])
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        page = report(document)
        times.append(time.perf_counter() - start)
    with tempfile.TemporaryDirectory() as folder, started(needed()) as browser:
        file = Path(folder) / "report.html"
        file.write_text(page, "utf-8")
        found = [measured(browser, file) for _ in range(ROUNDS)]
    words = sum(article["words"] for article in document["articles"])
    print(f"{versions} versions, {passages} passages, {words:,} words; medians of {ROUNDS}")
    row("rows on the page", found[0]["rows"], passages)
    row("rendering in Python, s", median(times), 2.5)
    row("size, kB", len(page.encode()) / 1000, (size * 4 + 60_000) / 1000)
    for name, wanted in (("all rows ms", 600), ("toggle ms", 100), ("heap MB", 10)):
        row(name, median(one[name] for one in found), wanted)


def row(name: str, told: float, wanted: float) -> None:
    """Print one line of the table."""
    print(f"{name:<24}{told:>12,.2f}   wanted {wanted:>10,.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
