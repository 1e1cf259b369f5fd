"""How long a browser waits for pages about articles that do their worst: python -m bench hostile

Markup and controls in every field, a title and a name as long as may be, a paragraph of a megabyte in two articles, a
word of a megabyte, a story of 500 articles, an article of 300 revisions, 5,000 outlets. Each page is asked for when
nothing of it is remembered, and timed from the request to the browser's load event; what a page leaves for later is
told beside it.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import retold
from bench.families import edited, family, sentence, vocabulary
from tests.browser import needed, started, visited

FIRST = datetime(2026, 5, 1, tzinfo=UTC)
LONGEST = 19_000  # characters of a field: a little below what is still read
OWNED = "window.owned=1"  # what no page may ever do
SAID = (  # what an article may say to harm the page that shows it
    f"<script>{OWNED}</script>",
    f"</textarea></title></style><img src=x onerror={OWNED}>",
    f"\"><svg onload={OWNED}>'><b autofocus tabindex=1 onfocus={OWNED}>",
    f"{{{{ {OWNED} }}}}{{% raw %}}${{{OWNED}}}<%= {OWNED} %>&lt;i&gt;&#60;i&#62;",
    f"javascript:{OWNED}//",
    "<!-- <base href=//evil.example> ]]> <iframe srcdoc='<script>top.owned=1</script>'>",
    "\u202eright to left\u202c \u2066\u2067never closed \u200f\u05d0\u05d1\u05d2 1 2 3",
    "\u2069\u2069closed before it began\u202c\u202c \u061c\u0661\u0662\u0663",
    "z" + "\u0301\u0316\u0489" * 40 + "algo\u200b\u200c\u200d\ufeff\u2060",
    "\x00\x07\x08\x1b[31mred\x1b[0m\x7f\x85\u2028\u2029",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 20 + "\U000e0041\ufffe\ufdd0",
    "\u0e2d\u0e2d\u0e2d" * 60 + "\u3042" * 120 + "W" * 200,
)
NAMES = (
    "../../etc/passwd", "..%2f..%2fetc", "%2e%2e/%2e%2e", "what?is=this", "#hash", "a/b/c", ".json", "x.csv",
    "' OR 1=1 --", "\\..\\x", "%00", "a b+c&d=e;f",
)  # fmt: skip


class Sizes(NamedTuple):
    """How large an archive is, part by part: characters, articles, versions, outlets."""

    long: int = 1_000_000
    crowd: int = 540
    revisions: int = 300
    outlets: int = 5000


SMALL = Sizes(long=120_000, crowd=80, revisions=12, outlets=150)


def articles(sizes: Sizes = Sizes()) -> Iterator[dict[str, Any]]:  # noqa: B008  # a tuple of numbers
    """Records that do their worst; always the same."""
    yield from marked_up()
    yield from long(sizes.long)
    yield from crowd(sizes.crowd)
    yield from revised(sizes.revisions)
    yield from many_outlets(sizes.outlets)


def marked_up() -> Iterator[dict[str, Any]]:
    """One story whose every field is an attack: the first article is "e-0", its outlet ``evil_outlet(0)``."""
    rng = random.Random(1)
    words = vocabulary(rng, 900)
    report = [[sentence(rng, words) for _ in range(4)] for _ in range(12)]
    for number, said in enumerate(SAID):
        told = [" ".join(edited(rng, each, words, 0.02) for each in some) for some in report]
        for place, more in enumerate(SAID):
            told[(place + number) % len(told)] += f" {more}."
        yield {
            "id": "e-0" if number == 0 else NAMES[number],
            "url": None if number % 2 else f"javascript:{OWNED}//{number}?a=<b>&q=\"'#{quote(said[:40])}",
            "outlet": evil_outlet(number),
            "title": f"Harbour {words[0]} {said}",
            "author": said,
            "section": said,
            "published": _time(number),
            "language": "ar",
            "text": f"Harbour {words[0]} {said}\n\n" + "\n\n".join([*told, f"Ostrel Wire {said}", f"Photo: {said}"]),
        }


def evil_outlet(number: int) -> str:
    """The name of an outlet, as it is given."""
    return f"{SAID[number % len(SAID)]} {number}"


def long(size: int) -> Iterator[dict[str, Any]]:
    """Two articles with one paragraph of ``size`` characters in common, and one with a word as long; "long-0" is the
    first. Their titles and outlets are as long as may be."""
    rng = random.Random(2)
    words = vocabulary(rng, 2500)
    report = [" ".join(sentence(rng, words) for _ in range(3)) for _ in range(6)]
    paragraph = " ".join(sentence(rng, words) for _ in range(size // 90))[:size]
    for number in range(2):
        told = [edited(rng, each, words, 0.03) for each in (*report, paragraph)]
        yield _plain(f"long-{number}", "\n\n".join(told), number, title=" ".join(words)[:LONGEST], outlet="L" * 2000)
    yield _plain("word-0", "\n\n".join([*report, "W" * size]), 3, title="W" * LONGEST)


def crowd(count: int) -> Iterator[dict[str, Any]]:
    """One story of so many articles: "v0" is the first."""
    for number, record in enumerate(family(count, 12, seed=3)):
        title = "Melgarun ferry strike ends after talks at Velsalmon harbour"
        outlet = f"{SAID[number % len(SAID)][:40]} Post {number}"
        yield record | {"published": _time(number), "title": title, "outlet": outlet}


def revised(count: int) -> Iterator[dict[str, Any]]:
    """One article in so many versions: "live-0"."""
    rng = random.Random(4)
    words = vocabulary(rng, 900)
    told = [" ".join(sentence(rng, words) for _ in range(2)) for _ in range(10)]
    for number in range(count):
        place = rng.randrange(len(told))
        told[place] = edited(rng, told[place], words, 0.08)
        yield _plain("live-0", "\n\n".join(told), number, url="https://live.example/0", seen=_time(number))


def many_outlets(count: int) -> Iterator[dict[str, Any]]:
    """An article each of so many outlets."""
    rng = random.Random(5)
    words = vocabulary(rng, 6000)
    for number in range(count):
        text = " ".join(sentence(rng, rng.sample(words, 40)) for _ in range(3))
        yield _plain(f"o-{number}", text, number, outlet=f"Outlet {number:04} {SAID[number % len(SAID)][:30]}")


def _plain(name: str, text: str, number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "outlet": "Morrow Post",
        "title": f"News {name}",
        "published": _time(number),
        "text": text,
    } | more


def _time(number: int) -> str:
    return (FIRST + timedelta(minutes=number)).isoformat(timespec="seconds")


PORT = 8734
MOST = 1500.0  # milliseconds from the request to the load event
PATIENCE = 120  # seconds that work aside may take
EVIL = quote(evil_outlet(0), safe="")
PAGES = (
    "/", "/stories", "/stories?words=harbour", f"/stories?outlet={EVIL}", "/search?words=harbour", "/search?words=news",
    "/outlets", f"/outlets/{EVIL}", "/outlets/Morrow%20Post", f"/outlets/{'L' * 2000}",
    "/stories/e-0", "/stories/e-0/read", "/stories/e-0/lineage", "/articles/e-0",
    "/stories/v0", "/stories/v0?all=1", "/stories/v0/read", "/stories/v0/read?base=v0&with=v1", "/stories/v0/lineage",
    "/stories/v0/lineage?all=1", "/articles/v0",
    "/stories/live-0", "/articles/live-0",
    "/stories/long-0", "/stories/long-0/read?base=long-0&with=long-1",
    "/stories/long-0/read?base=long-0&with=long-1&view=panes", "/stories/long-0/read?view=apparatus",
    "/stories/long-0/lineage", "/articles/long-0", "/articles/word-0",
)  # fmt: skip
LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"


@contextmanager
def served(archive: str) -> Iterator[str]:
    """A server in a process of its own; yields its address."""
    command = [sys.executable, "-m", "retold", "serve", "--archive", archive, "--port", str(PORT)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    assert process.stderr is not None
    process.stderr.readline()
    time.sleep(2.0)  # until the process aside is there too
    try:
        yield f"http://127.0.0.1:{PORT}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def written(archive: str) -> None:
    """Write in an archive, so that no page of it is remembered any more."""
    with closing(sqlite3.connect(archive)) as base, base:
        base.execute("INSERT OR REPLACE INTO fetches VALUES ('bench', NULL, ?, 1)", (str(time.time_ns()),))


def loaded(browser: Any, address: str) -> tuple[float, bool]:
    """When the load event of a page was over, in milliseconds, and whether something was left for later."""
    with visited(browser, address) as seen:
        assert not seen.page.evaluate("window.owned"), address
        took: float = seen.page.evaluate(LOADED)
        return took, seen.page.locator("[data-later]").count() > 0


def finished(address: str) -> float:
    """Wait until nothing of a page is left for later; how many seconds that took."""
    before = time.perf_counter()
    while True:
        with urllib.request.urlopen(address) as answer:
            if b"data-later" not in answer.read():
                return time.perf_counter() - before
        assert time.perf_counter() - before < PATIENCE, f"{address} is never whole"
        time.sleep(0.5)


def measure(archive: str) -> None:
    """Print how long each page takes, when nothing of it is remembered."""
    with served(archive) as home, started(needed()) as browser:
        loaded(browser, f"{home}/add")  # what the browser itself has to start
        for page in PAGES:
            written(archive)
            took, later = loaded(browser, home + page)
            row(f"{page[:60]}, ms", took, MOST)
            if later:
                row("  its rest, s after it", finished(home + page), PATIENCE)
                written(archive)
                row("  and then the page, ms", loaded(browser, home + page)[0], MOST)


def main(archive: str = "") -> None:
    """Print the table; ``archive``: one that was made before."""
    with tempfile.TemporaryDirectory() as folder:
        path = archive or str(Path(folder) / "hostile.retold")
        if not archive:
            with retold.open(path, create=True) as opened:
                opened.add(articles(), learn=True)
        measure(path)


def row(name: str, told: float, wanted: float) -> None:
    """Print one line of the table."""
    print(f"{name:<70}{told:>10,.0f}   wanted {wanted:>6,.0f}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
