"""Shared text at scale: what Retold's engine finds in the documents of bench.workload, how fast, and in what memory.

``python -m bench copies``: recall and precision of pairs and words, the rate, and what compiling takes.
``python -m bench copies NUMBER [--memory SIZE]``: time and memory of so many documents, see bench.scale.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.processes import Watch
from bench.scale import retold, scale, show_compiling, show_rate, size_of
from bench.workload import NUMBER, SEED, Piece, Truth, source, truth, workload, write

SAMPLE = 4_000  # pairs whose words are looked at


def pairs_of(shared: Any) -> list[tuple[int, int]]:
    """The pairs of an answer, the lower place first."""
    return [
        (min(a, b), max(a, b))
        for a, b in zip(*(shared.pairs[side].tolist() for side in ("left", "right")), strict=True)
    ]


def share_run(one: list[str], other: set[tuple[str, ...]], size: int = 8) -> bool:
    """Whether a verbatim run of so many words is in both, furniture aside."""
    return any(run in other for run in grams(one, size))


def grams(plain: list[str], size: int = 8) -> Iterator[tuple[str, ...]]:
    """The runs of so many words."""
    return zip(*(plain[place:] for place in range(size)), strict=False)


def plain_words(piece: Piece) -> list[str]:
    """The words of a piece without the furniture that was put in."""
    told = [piece.text[low:high] for low, high, origin in piece.spans if piece.kind != "furniture" or origin[0] >= 0]
    return re.findall(r"[^\W_]+", " ".join(told).lower())


def judge(pieces: list[Piece], gold: Truth, shared: Any) -> None:
    """Print recall and precision of pairs."""
    found = pairs_of(shared)
    told = set(found)
    sure = sum(pair in gold.every for pair in told)
    others = [pair for pair in told if pair not in gold.every]
    runs = sum(share_run(plain_words(pieces[a]), set(grams(plain_words(pieces[b])))) for a, b in others)
    missed: dict[str, int] = defaultdict(int)
    for a, b in gold.near - told:
        missed[" + ".join(sorted((pieces[a].kind, pieces[b].kind)))] += 1
    print(f"  {len(found):,} pairs; near-duplicates {len(gold.near):,}, passages {len(gold.passage):,}")
    print(f"  recall A {len(gold.near & told) / len(gold.near):.5f}  target .999   missed {dict(missed)}")
    print(f"  recall B {len(gold.passage & told) / len(gold.passage):.5f}  target .996")
    print(f"  recall of all {len(gold.every.keys() & told) / len(gold.every):.4f}")
    print(f"  precision {(sure + runs) / len(told):.4f}  target .95;  strict {sure / len(told):.4f}")


def judge_words(pieces: list[Piece], gold: Truth, shared: Any) -> None:
    """Print recall and precision of the words said to be the same, over a sample of the true pairs."""
    place = {pair: number for number, pair in enumerate(pairs_of(shared))}
    asked = random.Random(SEED).sample(sorted(gold.every), min(SAMPLE, len(gold.every)))
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for a, b in asked:
        kinds = {pieces[a].kind, pieces[b].kind}
        name = "shuffle" if "shuffle" in kinds else "passage" if (a, b) in gold.passage else "other"
        wanted, made, right = compare(pieces[a], pieces[b], shared, place.get((a, b)), a)
        for row in (counts[name], counts["all"]):
            row[0] += wanted
            row[1] += made
            row[2] += right
    for name, (wanted, made, right) in sorted(counts.items()):
        print(f"  words, {name:8} recall {right / wanted:.4f}  precision {right / max(1, made):.4f}")
    print("  targets: recall .99 (shuffle .98), precision .997")


def compare(one: Piece, other: Piece, shared: Any, pair: int | None, left: int) -> tuple[int, int, int]:
    """How many words two pieces truly share, how many are said to be, and how many of these are."""
    mine = {origin: place for place, (_, _, origin) in enumerate(one.spans) if origin[0] >= 0}
    yours = {origin: place for place, (_, _, origin) in enumerate(other.spans) if origin[0] >= 0}
    wanted = {(mine[origin], yours[origin]) for origin in mine.keys() & yours.keys()}
    if pair is None:
        return len(wanted), 0, 0
    turned = int(shared.pairs["left"][pair]) != left
    made = set()
    for number in shared.passages_of(pair):
        for step in shared.steps_of(number):
            if step.kind == "equal":
                spans = (step.left_start, step.left_end), (step.right_start, step.right_end)
                first, second = spans[::-1] if turned else spans
                made |= set(zip(inside(one, *first), inside(other, *second), strict=False))
    return len(wanted), len(made), len(made & wanted)


def inside(piece: Piece, start: int, end: int) -> list[int]:
    """The words whose first letter stands in a stretch of the text."""
    low = bisect_left(piece.spans, start, key=lambda span: span[1])
    made = []
    for place in range(low, len(piece.spans)):
        begin, stop, _ = piece.spans[place]
        if begin >= end:
            break
        letter = next(at for at in range(begin, stop) if piece.text[at].isalnum())
        if start <= letter < end:
            made.append(place)
    return made


def main(*arguments: str) -> None:
    """Print every measurement; of a number of documents only time and memory."""
    parser = argparse.ArgumentParser("bench copies")
    parser.add_argument("number", type=int, nargs="?", default=NUMBER, help="documents")
    parser.add_argument("--memory", type=size_of, help="what the process may hold, for example 2GB")
    asked = parser.parse_args(arguments)
    folder = source()
    if folder is None:
        return
    if arguments:
        scale(folder, asked.number, asked.memory)
    else:
        quality(folder)


def quality(folder: Path) -> None:
    """Print what is found in the 27,000, at which rate, and what compiling takes."""
    pieces = workload(folder)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "articles.jsonl"
        write(pieces, path, NUMBER)
        show_rate(path, NUMBER)
        show_compiling(path, Path(name))
        shared = retold(path, Watch())
    gold = truth(pieces)
    judge(pieces, gold, shared)
    judge_words(pieces, gold, shared)


if __name__ == "__main__":
    main(*sys.argv[1:])
