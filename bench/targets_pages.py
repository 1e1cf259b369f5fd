"""The targets that a browser shows, on the real server: T1 to T6 and T8.

All are measured on pages that the server has made once, in a browser that has never seen them. "All rows" is the time
from the start of the navigation until every row of the page has been laid out and a frame painted; rows far from what
is on the screen are left to the browser to draw when they come near, and "each rendered" is the time with those, too.
"""

from __future__ import annotations

import http.client
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import retold
from bench import serve, speed
from bench.families import family
from bench.report_page import PAINTED, ROWS, TOGGLE
from bench.targets import Line
from retold.archive.archive import Archive
from tests.browser import needed, started, visited
from tests.web.test_reader import SCROLLED

SHOWS = ("T1", "T2", "T3", "T4", "T5", "T6", "T8")
ROUNDS = 11
SPARE = 1.25  # of so many times the versions a story is made: it is not told which of them are one story
FAMILIES = {"a": (100, 60), "b": (100, 300), "c": (200, 40)}  # versions, passages
WORDS_A_SENTENCE = (13, 19)  # 100 x 60 passages are 145,000 words, 100 x 300 some 713,000
PATIENCE = 120  # seconds that the server may take to put the articles of a page side by side, once
HEAP = 10.0  # MB
WATCH = """window.firstRow = new Promise((done) => {
    const look = () => document.querySelector(".row")?.getBoundingClientRect().height
        ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look);
    look();
});"""
RENDERED = f"""async () => {{
    document.getElementById("everything")?.click();
    return await {PAINTED};
}}"""
COLUMNS = """() => [...document.querySelectorAll("[class*='cols-']")].map((one) =>
    new Set([...one.querySelectorAll(".row")].map((row) => row.querySelectorAll(":scope > .cell").length)))
    .flatMap((counts) => [...counts]).reduce((most, count) => Math.max(most, count), 0)"""
COMMON = "() => [...document.querySelectorAll('[data-pane]')[0].querySelectorAll('[data-passage]')].map((one) => one.dataset.passage)"  # noqa: E501


def lines() -> Iterator[Line]:
    """All of them, on one server and in one browser."""
    with tempfile.TemporaryDirectory() as folder:
        archive = str(Path(folder) / "news.retold")
        with retold.open(archive, create=True) as opened:
            opened.add(speed.pair(), learn=True)
            pair = opened.stories(by="articles").stories[0].id
            opened.add(list(_records()), learn=True)
            addresses = _addresses(opened, pair)
        with serve.served(archive), started(needed()) as browser:
            home = f"http://127.0.0.1:{serve.PORT}"
            for address in addresses.values():
                _made(address)
            yield from _pair(browser, home, addresses)
            yield from _readers(browser, home, addresses)
            yield from _matrices(browser, home)


def _records() -> Iterator[dict[str, Any]]:
    """The articles of all families."""
    for at, (name, (versions, passages)) in enumerate(FAMILIES.items()):
        made = family(int(versions * SPARE), passages, seed=ord(name), sentences=1, length=WORDS_A_SENTENCE)
        for number, record in enumerate(made):
            when = f"2026-0{at + 1}-01T{number // 60:02}:{number % 60:02}:00Z"
            yield {**record, "id": f"{name}-{number}", "published": when}


def _addresses(opened: Archive, pair: str) -> dict[str, str]:
    """The pages that are measured, by a name for each; ``pair`` is the story of the two articles."""
    read = f"/stories/{pair}/read"
    told = {"story": f"/stories/{pair}", "reader": read, "panes": f"{read}?view=panes", "six": _read(opened, "a-", 6)}
    return told | {name: _read(opened, f"{name}-", versions) for name, (versions, _) in FAMILIES.items()}


def _read(opened: Archive, beginning: str, count: int) -> str:
    """The address where so many articles of the largest story of a family are read."""
    stories = (opened.story(line.id) for line in opened.stories(by="articles", limit=len(FAMILIES)).stories)
    story = next(one for one in stories if one.tellings[0].source_ids[0].startswith(beginning))
    names = [telling.article_id for telling in story.tellings[:count]]
    assert len(names) == count, f"the story {beginning} has {len(names)} of {count} articles"
    return f"/stories/{story.id}/read?base={names[0]}&with={','.join(names[1:])}"


def _made(address: str) -> None:
    """Ask for a page until all of it is there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", serve.PORT, timeout=PATIENCE)
        connection.request("GET", address)
        answer = connection.getresponse()
        page = answer.read()
        connection.close()
        assert answer.status == 200, f"{address}: {answer.status}"
        if b"data-later" not in page:
            return
        time.sleep(0.5)
    raise TimeoutError(address)


def _pair(browser: Any, home: str, addresses: dict[str, str]) -> Iterator[Line]:
    """T1 and T8: two articles."""
    with visited(browser, f"{home}/") as seen:
        for box, path in zip(("#text-1", "#text-2"), speed.pair(), strict=True):
            seen.page.fill(box, path.read_text("utf-8"))
        seen.page.get_by_role("button", name="Compare").first.click()
        seen.page.wait_for_url("**/comparisons/*")
        compared = seen.page.url.removeprefix(home)
    for name, address in (("compared", compared), *((name, addresses[name]) for name in ("story", "reader"))):
        serve.first(browser, home + address)  # the first of all waits for a comparison's process to go away
        took = median(serve.first(browser, home + address) for _ in range(ROUNDS))
        yield Line(f"T1 first contentful paint of the pair, {name}, ms", took, 200)
        took = median(_onward(browser, home, address) for _ in range(ROUNDS))
        yield Line("T1   coming from the start page, ms", took, 200)
    with visited(browser, home + addresses["panes"]) as seen:
        common = seen.page.evaluate(COMMON)
        ways = [(0, 1, name) for name in common] + [(1, 0, name) for name in reversed(common)]
        off = [max(map(abs, seen.page.evaluate(SCROLLED, list(way)))) for way in ways]
    yield Line(f"T8 scroll sync of {len(common)} passages, both ways, px off", max(off), 2)


def _onward(browser: Any, home: str, address: str) -> float:
    """When a page is first painted that is come to from the start page, as most are."""
    with visited(browser, f"{home}/") as seen:
        seen.page.goto(home + address)
        took: float = seen.page.evaluate(serve.FIRST)
        return took


def _readers(browser: Any, home: str, addresses: dict[str, str]) -> Iterator[Line]:
    """T2 to T5: many articles side by side."""
    small = [_opened(browser, home + addresses["a"]) for _ in range(ROUNDS)]
    yield Line("T2 100 versions x 60 passages, all rows, ms", _median(small, "all"), 600)
    yield Line("T2   each rendered, ms", _median(small, "rendered"), 600)
    yield Line("T2   JavaScript heap, MB", _median(small, "heap"), HEAP)
    large = [_opened(browser, home + addresses["b"]) for _ in range(ROUNDS)]
    yield Line("T3 100 versions x 300 passages, first row, ms", _median(large, "first"), 700)
    yield Line("T3   all rows, ms", _median(large, "all"), 1200)
    slow = [_opened(browser, home + addresses["b"], slower=4) for _ in range(ROUNDS)]
    yield Line("T3   first row, CPU/4, ms", _median(slow, "first"), 1500)
    yield Line("T3   all rows, CPU/4, ms", _median(slow, "all"), 3000)
    yield Line("T4 a class of edits switched at 100 x 60, ms", _median(small, "toggle"), 100)
    most = [_opened(browser, home + addresses["c"]) for _ in range(ROUNDS)]
    yield Line("T5 200 versions x 40 passages, all rows, ms", _median(most, "all"), 600)
    yield Line("T5   columns shown of 200 versions", most[0]["columns"], 6)
    yield Line("T5   columns shown of 6", _opened(browser, home + addresses["six"])["columns"], 6)


def _median(found: Sequence[dict[str, float]], name: str) -> float:
    return median(one[name] for one in found)


def _opened(browser: Any, address: str, *, slower: int = 1) -> dict[str, float]:
    """What one opening of a reader takes, in milliseconds and MB; ``slower``: so many times a slower processor."""
    with visited(browser, "about:blank") as seen:
        session = seen.page.context.new_cdp_session(seen.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        seen.page.add_init_script(WATCH)
        seen.page.goto(address)
        every, rows, height = seen.page.evaluate(ROWS)
        assert rows and height
        told = {"first": seen.page.evaluate("window.firstRow"), "all": every}
        told["columns"] = seen.page.evaluate(COLUMNS)
        session.send("HeapProfiler.collectGarbage")
        told["heap"] = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
        told["toggle"] = median(seen.page.evaluate(TOGGLE, "show-content") for _ in range(4))
        before = seen.page.evaluate("performance.now()")
        told["rendered"] = every + seen.page.evaluate(RENDERED) - before
        return told


def _matrices(browser: Any, home: str) -> Iterator[Line]:
    """T5 and T6: matrices."""
    for columns, rows, wanted in serve.CELLS.values():
        told = [serve.painted(browser, home, serve.drawn(columns, rows)) for _ in range(ROUNDS)]
        name = f"matrix of {columns:,} outlets x {rows} passages"
        yield Line(f"T6 {name}, ms", median(took for took, _ in told), wanted)
        yield Line("T6   nodes of it", max(nodes for _, nodes in told), 20)
