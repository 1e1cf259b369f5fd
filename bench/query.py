"""One text held against 270,000: how soon Retold answers, and whether it says what the batch would.

A thousand documents of the workload are kept out of the index and asked for, one by one; the first ones warm it up.
Of some, the answer is compared with a batch run over all documents and that one, passage by passage.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from bench.processes import apart, peak
from bench.scale import read
from bench.workload import NUMBER, SEED, source, workload, write

if TYPE_CHECKING:
    from retold.copies.passages import Shared

MANY = 270_000
ASKED = 1_000
WARM = 100
CHECKED = 3


def kept_out(count: int) -> list[int]:
    """Places of the documents that are asked for, in any order."""
    return random.Random(SEED).sample(range(count), min(ASKED, count // 10))


def texts_of(name: str) -> tuple[Any, list[str]]:
    """The texts of a file without those that are asked for, and these."""
    import numpy as np

    texts = read(Path(name))["text"].combine_chunks()
    out = kept_out(len(texts))
    return texts.take(np.delete(np.arange(len(texts)), out)), [texts[place].as_py() for place in out]


def ask(name: str) -> dict[str, Any]:
    """Milliseconds of each question, by the clock and of the processor, and the answers to the first ones."""
    from retold.copies.index import Index

    texts, asked = texts_of(name)
    index = Index(texts)
    clock, used, answers = [], [], []
    for text in [*asked[:WARM], *asked]:
        start, before = time.perf_counter(), time.thread_time()
        answers.append(index.query(text))
        clock.append(1000 * (time.perf_counter() - start))
        used.append(1000 * (time.thread_time() - before))
    told = [rows(answer, len(texts)) for answer in answers[WARM : WARM + CHECKED]]
    pairs = sum(len(answer) for answer in answers[WARM:])
    return {"clock": clock[WARM:], "used": used[WARM:], "answers": told, "pairs": pairs, "memory": peak()}


def batch(name: str, number: str) -> list[Any]:
    """What a batch run says of one of the texts that are asked for, were it the last of all."""
    import pyarrow as pa

    from retold.copies.engine import engine

    texts, asked = texts_of(name)
    every = pa.chunked_array([texts, pa.array([asked[int(number)]], texts.type)])
    return rows(engine(every), len(texts))


def rows(shared: Shared, right: int) -> list[Any]:
    """The pairs of a text with their passages and steps, as plain numbers, by the other text."""
    import numpy as np

    columns = ("left_start", "left_end", "right_start", "right_end", "words", "moved")
    told = []
    for pair in np.flatnonzero(shared.pairs["right"] == right).tolist():
        numbers = shared.passages_of(pair)
        passages = [[int(shared.passages[column][number]) for column in columns] for number in numbers]
        steps = [list(step) for number in numbers for step in shared.steps_of(number)]
        told.append([int(shared.pairs["left"][pair]), int(shared.pairs["weight"][pair]), passages, steps])
    return sorted(told)


def main() -> None:
    """Print the time of a question, and whether it is answered as the batch would."""
    folder = source()
    if folder is None:
        return
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "articles.jsonl"
        write(workload(folder, NUMBER), path, MANY + ASKED)
        done = apart("bench.query:ask", path)
        print(f"  {ASKED:,} texts against {MANY:,}: {done['pairs']:,} pairs, {done['memory']:.2f} GB")
        for told, times in (("by the clock", done["clock"]), ("of the processor", done["used"])):
            marks = quantiles(times, n=100)
            print(f"  ms {told:16} p50 {marks[49]:.2f}, p99 {marks[98]:.2f}, longest {max(times):.1f}   targets 1, 5")
        for number, answer in enumerate(done["answers"]):
            same = json.loads(json.dumps(apart("bench.query:batch", path, number))) == answer
            pairs, passages = len(answer), sum(len(row[2]) for row in answer)
            said = "as the batch says" if same else "NOT as the batch says"
            print(f"  text {number + 1}: {pairs} pairs with {passages} passages, {said}", flush=True)


if __name__ == "__main__":
    main()
