"""Speed and memory of the archive, whole commands and warm questions, on invented news (``bench.newsroom``).

20,000 articles added and grouped by the command; one article joining an archive of 100,000, and a search in it, in a
warm process; time and memory from 10,000 to 100,000; ``kill -9`` at 50 random moments of an addition.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

import retold
from bench.newsroom import articles, write
from retold.store.store import Store

WHOLE = 20_000
MANY = 100_000
CURVE = (10_000, 20_000, 50_000, 100_000)
KILLS = 50
RUNS = 500


def command(folder: Path, *arguments: str) -> tuple[float, float]:
    """Seconds that a command took, and the MB of its largest process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "retold", *arguments, "--quiet"], cwd=folder, check=True, stdout=subprocess.DEVNULL
    )
    spent = time.perf_counter() - start
    return spent, max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def whole(folder: Path) -> None:
    """Add 20,000 articles, and group them."""
    write(folder / "some.jsonl", WHOLE)
    added, _ = command(folder, "add", "some.jsonl", "--archive", "some.retold")
    learned, memory = command(folder, "learn", "--archive", "some.retold")
    again, _ = command(folder, "learn", "--archive", "some.retold")
    print(f"  {WHOLE:,} articles added          {added:6.1f} s    target 25 s")
    print(f"  {WHOLE:,} articles grouped        {learned:6.1f} s    target 15 s; again, with nothing new {again:.1f} s")
    print(f"  memory of the largest process    {memory:6.0f} MB   target 1,000 MB", flush=True)


def curve(folder: Path) -> None:
    """Time and memory as an archive grows; the last one stays, for the questions."""
    for count in CURVE:
        lines, archive = folder / "many.jsonl", folder / "many.retold"
        for path in folder.glob("many.retold*"):
            path.unlink()
        write(lines, count)
        added, _ = command(folder, "add", lines.name, "--archive", archive.name)
        learned, memory = command(folder, "learn", "--archive", archive.name)
        size = archive.stat().st_size / 1e6
        told = f"added {added:6.1f} s, grouped {learned:6.1f} s, {memory:5.0f} MB of memory, {size:6.0f} MB on disk"
        print(f"  {count:7,} articles: {told}; {1000 * (added + learned) / count:.2f} ms an article", flush=True)


def timed(work: Callable[[int], object], runs: int) -> tuple[float, float, float]:
    """Milliseconds: the median, the 99th of a hundred, the longest."""
    found = []
    for place in range(runs):
        start = time.perf_counter()
        work(place)
        found.append((time.perf_counter() - start) * 1000)
    marks = quantiles(found, n=100)
    return marks[49], marks[98], max(found)


def asking(folder: Path) -> None:
    """One new article joins, a word is searched for, a story shown."""
    new = list(articles(RUNS + 10, seed=2, first=MANY))
    with retold.open(folder / "many.retold") as archive:
        with archive.desk() as desk:
            start = time.perf_counter()
            for record in new[:10]:
                desk.join(record)
            ready = time.perf_counter() - start
            joined = timed(lambda place: desk.join(new[10 + place]), RUNS)
        chance = random.Random(5)
        words = [chance.choice(record["title"].split()) for record in new]
        searched = timed(lambda place: archive.search(words[place]), RUNS)
        pairs = timed(lambda place: archive.search(" ".join(new[place]["title"].split()[:2])), RUNS)
        found = [line.id for line in archive.stories(limit=RUNS).stories]
        shown = timed(lambda place: archive.story(found[place]), RUNS)
        listed = timed(lambda place: archive.stories(), 20)
    print(f"  joining one article to {MANY:,}: {_told(joined)}; target 5, 25; the first ten {ready:.1f} s")
    print(f"  search for a word of a title: {_told(searched)}; target 5")
    print(f"  search for two of them: {_told(pairs)}; target 5")
    print(f"  a story: {_told(shown)};  the list of stories: {_told(listed)}", flush=True)


def _told(found: tuple[float, float, float]) -> str:
    return f"p50 {found[0]:.1f} ms, p99 {found[1]:.1f} ms, longest {found[2]:.1f} ms"


def kills(folder: Path) -> None:
    """Kill an addition at random moments, look whether all that was committed is there once, then complete it."""
    archive, chance, before, lost = folder / "killed.retold", random.Random(11), 0, 0
    asked = [sys.executable, "-m", "retold", "add", "some.jsonl", "--archive", archive.name, "--quiet"]
    for _ in range(KILLS):
        adding = subprocess.Popen(asked, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.2 + 5 * chance.random())
        adding.send_signal(signal.SIGKILL)
        adding.wait()
        count = _whole(archive)
        lost += count < before
        before = count
    subprocess.run(asked, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    left = _whole(archive)
    told = f"at the last kill {before:,} articles, then {left:,} of {WHOLE:,}"
    print(f"  {KILLS} x kill -9: {lost} times something was lost; {told}", flush=True)


def _whole(archive: Path) -> int:
    """The articles of an archive, once it has been found whole; -1 where it is not."""
    if not archive.exists() or not os.path.getsize(archive):
        return 0
    with Store.writing(str(archive), create=True) as store:
        store.do("INSERT INTO words (words) VALUES ('integrity-check')")
        if store.one("PRAGMA integrity_check") != ("ok",):
            return -1
        articles_, versions, findable = (
            store.one(f"SELECT COUNT(*) FROM {name}")[0] for name in ("articles", "versions", "words_docsize")
        )
        doubled = store.one("SELECT COUNT(*) - COUNT(DISTINCT article_id) FROM versions")[0]
        return int(articles_) if articles_ == versions == findable and not doubled else -1


def main() -> None:
    """Print every measurement."""
    print("archive: whole commands, then warm questions")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole(folder)
        kills(folder)
        curve(folder)
        asking(folder)


if __name__ == "__main__":
    main()
