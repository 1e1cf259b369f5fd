"""Retold's copies engine beside its floor: the same stages in plain C (floor.c), on the same 27,000 documents.

The program is compiled with the machine's own ``cc``; where there is none, that is said, and nothing measured. It knows
no letters beyond ASCII, no offsets and no stories: it is what the work would cost at the very least.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from bench.processes import KEEPING, apart
from bench.scale import read
from bench.workload import NUMBER, source, workload, write

FLAGS = ("-std=c11", "-O3", "-march=native")
# A stage of the floor, or several, and the stages of ours that do this work; those without a floor come last.
STAGES = {
    "JSON to texts": (("unescape", "touch"), ("json", "read")),
    "words, fingerprints, winnowing": (("tokenise", "grams", "winnow"), ("fingerprints",)),
    "sort": (("sort",), ("sort",)),
    "who shares them, stories, pairs": (("scan",), ("stories", "pairs")),
    "word edits of every pair": ((), ("align", "carried", "tables")),
}
TARGET = 4


def compiled(folder: Path) -> Path | None:
    """The program; None where there is no compiler."""
    if shutil.which("cc") is None:
        return None
    program = folder / "floor"
    subprocess.run(["cc", *FLAGS, "-o", program, Path(__file__).with_suffix(".c")], check=True)
    return program


def floor(program: Path, path: Path, folder: Path) -> dict[str, float]:
    """Seconds of each stage of the program over a file of JSON lines."""
    from retold.copies.fingerprints import bytes_of

    data, bounds = bytes_of(read(path)["text"])
    data.tofile(folder / "texts")
    bounds.astype("u8").tofile(folder / "bounds")
    command = [program, path, folder / "texts", folder / "bounds"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {name: float(seconds) for name, seconds, _ in map(str.split, done.stdout.splitlines())}


def main() -> None:
    """Print the stages side by side."""
    source_folder = source()
    if source_folder is None:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = compiled(folder)
        if program is None:
            print("  no C compiler called cc on this machine: the floor is not measured")
            return
        path = folder / "articles.jsonl"
        write(workload(source_folder, NUMBER), path, NUMBER)
        least = floor(program, path, folder)
        runs = apart("bench.scale:rate", path, **KEEPING)["runs"][1:]
        ours = min(runs, key=lambda stages: sum(stages.values()))
    show(least, ours)


def show(least: dict[str, float], ours: dict[str, float]) -> None:
    """Print each stage, its floor, and the distance."""
    for name, (plain, own) in STAGES.items():
        low, spent = sum(least[stage] for stage in plain), sum(ours[stage] for stage in own)
        beside = f"{1000 * low:7.1f} ms {spent / low:8.1f} times" if plain else "                     "
        print(f"  {name:32} {1000 * spent:7.1f} ms {beside}")
    low, spent = sum(least.values()), sum(ours.values())
    print(f"  {'all':32} {1000 * spent:7.1f} ms {1000 * low:7.1f} ms {spent / low:8.1f} times   target {TARGET}")
    print(f"  {NUMBER / spent:,.0f} documents per CPU-second; the floor, which compares no pair, {NUMBER / low:,.0f}")


if __name__ == "__main__":
    main()
