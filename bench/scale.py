"""How fast Retold's engine is, and what it holds, from JSON lines to word edits: each run in a process of its own.

Up to half a million documents in memory, on one thread; the first run of a process loads the compiled kernels and takes
its memory from the system, the best of those behind it counts as warm. More of them, or any with ``--memory``, within
that memory and on two threads, in one run from the start of Python to the last block.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.processes import KEEPING, Watch, apart, cpu, peak, spent, told
from bench.workload import NUMBER, workload, write

if TYPE_CHECKING:
    from retold.copies.passages import Shared

IN_MEMORY = 500_000  # documents
MEMORIES = (8_000_000_000, 2_000_000_000)
ROUNDS = 4
THREADS = 2
SOME = 2_000  # documents by which the time of compiling is taken


def read(path: Path) -> Any:
    """The table of a file of JSON lines."""
    from pyarrow import json as lines

    return lines.read_json(path, read_options=lines.ReadOptions(use_threads=False, block_size=1 << 24))


def retold(path: Path, watch: Watch, **options: Any) -> Shared:
    """From the file to word edits, in memory."""
    from retold.copies.engine import engine

    table = read(path)
    watch("json")
    return engine(table["text"], ids=table["id"], watch=watch, **options)


def sizes(shared: Shared) -> dict[str, int]:
    """How many pairs, passages and steps there are."""
    return {"pairs": len(shared), "passages": len(shared.passages["pair"]), "steps": len(shared.steps["kind"])}


def rate(name: str, rounds: str = str(ROUNDS)) -> dict[str, Any]:
    """CPU seconds by stage of each run over a file, and the memory of the process."""
    runs = []
    for _ in range(int(rounds)):
        watch = Watch()
        shared = retold(Path(name), watch)
        runs.append(watch.stages)
        found = sizes(shared)
        del shared
    return {"runs": runs, "memory": peak(), **found}


def batches(path: Path, watch: Watch) -> Iterator[tuple[Any, Any]]:
    """Texts and ids of a file of JSON lines, some megabytes at a time."""
    from pyarrow import json as lines

    for batch in lines.open_json(path, read_options=lines.ReadOptions(block_size=1 << 23)):
        watch("json")
        yield batch["text"], batch["id"]


def within(name: str, memory: str) -> dict[str, Any]:
    """The time of one run over a file within so many bytes of memory, and a digest of all columns."""
    from retold.copies.partitions import streamed

    start, watch = time.perf_counter(), Watch()
    blocks = streamed(batches(Path(name), watch), memory=int(memory), threads=THREADS, watch=watch)
    digest, found = digested(blocks, watch)
    wall, used = time.perf_counter() - start, cpu()
    return {"stages": watch.stages, "wall": wall, "cpu": used, "memory": peak(), "digest": digest, **found}


def digested(blocks: Iterator[Shared], watch: Watch) -> tuple[str, dict[str, int]]:
    """A digest of the columns of blocks, which depends on the rows and not on where a block ends; and the sizes."""
    import numpy as np

    from retold.copies.blocks import shifted

    columns: dict[str, Any] = {}
    found = {"pairs": 0, "passages": 0, "steps": 0}
    for block in shifted(blocks):
        for table, rows in (("pairs", block.pairs), ("passages", block.passages), ("steps", block.steps)):
            for name, column in rows.items():
                columns.setdefault(f"{table}.{name}", sha256()).update(np.ascontiguousarray(column))
        found = {name: found[name] + size for name, size in sizes(block).items()}
        watch("digest")
    every = "".join(f"{name} {one.hexdigest()}\n" for name, one in sorted(columns.items()))
    return sha256(every.encode()).hexdigest()[:16], found


def compiling(name: str) -> dict[str, float]:
    """Seconds of the first run over some texts in this process beyond those of the second."""
    from retold.copies.engine import engine

    texts = read(Path(name))["text"][:SOME]
    clock = [spent()]
    for _ in range(2):
        engine(texts, choice="compiled")
        clock.append(spent())
    return {"seconds": clock[1] - clock[0] - (clock[2] - clock[1])}


def show_compiling(path: Path, folder: Path) -> None:
    """Print what compiling takes, once, and reading the compiled kernels, in each process."""
    cache = folder / "kernels"
    first, again = (apart("bench.scale:compiling", path, NUMBA_CACHE_DIR=str(cache))["seconds"] for _ in range(2))
    print(
        f"  compiling, once per installation {first:.1f} s; reading the compiled kernels, in each process {again:.1f} s"
    )


def show_rate(path: Path, number: int) -> float:
    """Print the rate of a file's documents, warm; return it."""
    done = apart("bench.scale:rate", path, **KEEPING)
    totals = [sum(stages.values()) for stages in done["runs"]]
    best = min(done["runs"][1:], key=lambda stages: sum(stages.values()))
    warm = number / min(totals[1:])
    print(
        f"  {number:,} documents, {path.stat().st_size / 1e6:.1f} MB: {warm:,.0f} documents per CPU-second, warm, the",
        f"best of {len(totals) - 1}; {done['memory']:.2f} GB\n  all runs {[round(total, 2) for total in totals]} CPU-s",
        f"\n  CPU seconds: {told(best)}\n  {counted(done)}",
        flush=True,
    )
    return warm


def counted(done: dict[str, Any]) -> str:
    """The sizes of an answer in one line."""
    return ", ".join(f"{done[name]:,} {name}" for name in ("pairs", "passages", "steps"))


def show_within(path: Path, number: int, memory: int) -> str:
    """Print a run within so much memory; return its digest."""
    done = apart("bench.scale:within", path, memory)
    user, system = done["cpu"]
    print(
        f"  {number:,} documents within {memory / 1e9:g} GB, {THREADS} threads on {os.cpu_count()} cores:",
        f"{done['wall']:.1f} s, {user:.1f} CPU-s and {system:.1f} of the system, {done['memory']:.2f} GB\n"
        f"  CPU seconds: {told(done['stages'])}\n  {counted(done)}; digest {done['digest']}",
        flush=True,
    )
    return str(done["digest"])


def size_of(told: str) -> int:
    """Bytes of a size: 2GB, 500MB, or a number.

    >>> size_of("2GB"), size_of("1.5 gb"), size_of("7")
    (2000000000, 1500000000, 7)
    """
    plain = told.strip().upper()
    units = {"GB": 1e9, "MB": 1e6, "KB": 1e3, "B": 1}
    unit = next((unit for unit in units if plain.endswith(unit)), "")
    return int(float(plain.removesuffix(unit)) * units.get(unit, 1))


def scale(source: Path, number: int, memory: int | None) -> None:
    """Print time and memory of so many documents."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "articles.jsonl"
        pieces = workload(source, min(number, NUMBER))
        write(pieces, path, number)
        if memory is None and number <= IN_MEMORY:
            rate_beside(pieces, folder, path, number)
            return
        digests = {show_within(path, number, one) for one in ([memory] if memory else MEMORIES)}
        if memory is None:
            print(f"  the columns are {'the same' if len(digests) == 1 else 'NOT THE SAME'}")


def rate_beside(pieces: Any, folder: Path, path: Path, number: int) -> None:
    """Print the rate of so many documents, beside that of the 27,000."""
    found = show_rate(path, number)
    if number > NUMBER:
        small = folder / "small.jsonl"
        write(pieces, small, NUMBER)
        least = show_rate(small, NUMBER)
        print(f"  {number:,} beside {NUMBER:,}: {100 * (found / least - 1):+.1f} %   target -15 %")
