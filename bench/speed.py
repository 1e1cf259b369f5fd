"""Speed and memory of ``retold compare``, beside their floor: one pass of reading, tokenising and one alignment.

The pair is the two articles in the folder that RETOLD_PAIR names, else two outlets of a golden family. Everything else
is invented by ``bench.families``. Medians; each measurement of memory runs in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from rapidfuzz.distance import Indel

from bench.families import family
from retold import compare
from retold.text.words import tokens

GOLDEN = Path(__file__).parents[1] / "tests" / "golden" / "agency_five_outlets"
WORDS_A_PASSAGE = 24  # 100 x 60 passages are 145,000 words
TARGETS = {"pair": 10, "ten": 150, "hundred": 3000, "help": 150, "cold": 600}


def pair() -> list[Path]:
    """The two articles to compare."""
    folder = Path(os.environ.get("RETOLD_PAIR", GOLDEN))
    return sorted(path for path in folder.iterdir() if path.suffix == ".txt")[:2]


def timed(work: Callable[[], object], runs: int) -> float:
    """Milliseconds, the median of some runs after one that is not counted."""
    work()
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return median(found)


def floor(texts: Sequence[str | Path]) -> None:
    """The least that any comparison does: read, tokenise, and align every text with the first."""
    ids: dict[str, int] = {}
    read = [text.read_text(encoding="utf-8") if isinstance(text, Path) else text for text in texts]
    lists = [[ids.setdefault(token.key, len(ids)) for token in tokens(text, "en")] for text in read]
    for other in lists[1:]:
        Indel.opcodes(lists[0], other)


def told(name: str, what: str, found: float, least: float | None = None) -> None:
    """Print a row."""
    floor_told = f", floor {least:7.1f} ms ({found / least:4.1f} x)" if least else ""
    print(f"  {what:44} {found:8.1f} ms   target {TARGETS[name]:5} ms{floor_told}")


def warm() -> None:
    """Comparisons in a process that is running already."""
    files = pair()
    told("pair", "the pair, warm", timed(lambda: compare(files), 101), timed(lambda: floor(files), 101))
    ten = family(10, 43, sentences=1)
    texts = [record["text"] for record in ten]
    told("ten", f"10 versions x {_words(ten)} words", timed(lambda: compare(ten), 11), timed(lambda: floor(texts), 11))
    hundred = big()
    texts = [record["text"] for record in hundred]
    found = timed(lambda: compare(hundred), 3)
    told("hundred", f"100 versions x 60 passages, {_words(hundred)} words each", found, timed(lambda: floor(texts), 3))


def big() -> list[dict[str, Any]]:
    """The family of 100 versions with 60 passages."""
    return family(100, 60, sentences=1, length=(13, 19))


def _words(records: Sequence[dict[str, Any]]) -> int:
    return sum(len(record["text"].split()) for record in records) // len(records)


def cold() -> None:
    """Whole commands, from the start of the process to its end."""
    command = [sys.executable, "-m", "retold"]
    files = [str(path) for path in pair()]
    told("help", "retold --help, cold", timed(lambda: _run([*command, "--help"]), 15))
    told("cold", "retold compare of the pair, cold", timed(lambda: _run([*command, "compare", *files]), 15))


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def memory() -> None:
    """The largest resident size of a process that compares the family of 100 versions."""
    code = (
        "import json, resource, sys; from retold import compare; compare(json.load(open(sys.argv[1])));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "family.json")
        path.write_text(json.dumps(big()), encoding="utf-8")
        done = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True)
    print(f"  {'100 versions x 60 passages, memory':44} {done.stdout.strip():>8} MB   target   500 MB")


def main() -> None:
    """Print every measurement."""
    print(f"speed: medians; the pair is {pair()[0].parent.name}")
    warm()
    cold()
    memory()


if __name__ == "__main__":
    main()
