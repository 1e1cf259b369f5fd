"""The documents of bench.workload through other tools and through Retold, in turn, each in a process of its own.

``python -m bench.peers`` prints a table: CPU seconds and memory from the file to the pairs, recall and
precision against the exact truth. The peers come with ``pip install -e '.[peers]'``; one that is not there is named as
missing. Retold's seconds are those to the word edits; the peers say pairs of documents and no more, as their indexes
give them: what they find is not verified, which costs them nothing in recall and nothing in time.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from bench import copies, workload
from bench.processes import apart, peak, spent
from bench.scale import read

Pair = tuple[int, int]

GRAM = 5  # words, of the MinHash peers
JOINED = 8  # words, of the join: what the truth calls a verbatim run
HASHES = 128
THRESHOLD = 0.5
SEED = 42
ROUNDS = 2  # the first one loads and compiles; the better one counts
WORD = re.compile(r"[^\W_]+")
# One thread for all; and nobody is told over the network that a bench runs.
QUIET = {
    "DAFT_ANALYTICS_ENABLED": "0",
    "DO_NOT_TRACK": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "POLARS_MAX_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
}


def retold(texts: Any) -> set[Pair]:
    """Retold's engine, with every passage and word edit, of which only the pairs are counted here."""
    from retold.copies.engine import engine

    return set(copies.pairs_of(engine(texts, ids=range(len(texts)))))


def rensa(texts: Any) -> set[Pair]:
    """R-MinHash over all n-grams, in one matrix, and the buckets of its own index."""
    from rensa import RMinHash, RMinHashLSH

    made = RMinHash.from_token_sets((shingles(text) for text in texts.to_pylist()), HASHES, SEED)
    index = RMinHashLSH(THRESHOLD, HASHES, 32)
    index.insert_many(made)
    return around(index.query_all(made))


def datasketch(texts: Any) -> set[Pair]:
    """MinHash in bulk and MinHashLSH."""
    from datasketch import MinHash, MinHashLSH

    tokens = ([gram.encode() for gram in shingles(text)] for text in texts.to_pylist())
    made = MinHash.bulk(tokens, num_perm=HASHES)
    index = MinHashLSH(threshold=THRESHOLD, num_perm=HASHES)
    with index.insertion_session() as session:
        for place, one in enumerate(made):
            session.insert(place, one)
    return around(index.query(one) for one in made)


def daft(texts: Any) -> set[Pair]:
    """Daft's own MinHash expression; the bands joined as its guide to removing duplicates does."""
    import daft as frames
    from daft import col, lit
    from daft.functions import chunk, minhash, normalize

    table = frames.from_arrow(arrow_table(texts))
    plain = normalize(col("text"), remove_punct=True, lowercase=True, white_space=True)
    table = table.select("place", chunk(minhash(plain, num_hashes=125, ngram_size=GRAM), 5).alias("band"))
    table = table.with_column("turn", lit(list(range(25)))).explode("band", "turn")
    table = table.groupby("turn", "band").agg(col("place").list_agg()).select("place")
    return inside(table.to_pydict()["place"])


def polars(texts: Any) -> set[Pair]:
    """Every n-gram of words joined with itself: all pairs that share one."""
    import polars as frames

    place, word = frames.col("place"), frames.col("word")
    plain = frames.col("text").str.to_lowercase().str.extract_all(r"[\p{L}\p{N}]+")
    table = frames.from_arrow(arrow_table(texts)).lazy().select("place", plain.alias("word")).explode("word")
    gram = frames.struct([word.shift(-step).alias(f"word{step}") for step in range(JOINED)]).hash(SEED)
    table = table.with_columns(word.hash(SEED)).select(
        "place", gram.alias("gram"), place.shift(1 - JOINED).alias("last")
    )
    table = table.filter(place == frames.col("last")).group_by("gram").agg(place.unique())
    table = table.filter(place.list.len() > 1).explode("place")
    both = table.join(table, on="gram", suffix="_other").filter(place < frames.col("place_other"))
    return set(both.select("place", "place_other").unique().collect().rows())


@dataclass(frozen=True)
class Contender:
    """What makes pairs of texts: the package it needs, and with which settings it runs."""

    package: str
    find: Callable[[Any], set[Pair]]
    settings: str


CONTENDERS = {
    "retold": Contender("retold", retold, "as it comes"),
    "rensa": Contender("rensa", rensa, "R-MinHash, word 5-grams, 128 hashes, threshold .5, 32 bands of 4"),
    "datasketch": Contender("datasketch", datasketch, "MinHashLSH, word 5-grams, 128 hashes, threshold .5 (25 of 5)"),
    "daft": Contender("daft", daft, "minhash, word 5-grams, 125 hashes, 25 bands of 5 (threshold .5)"),
    "polars": Contender("polars", polars, "join of word 8-grams, none left out"),
}


def shingles(text: str) -> list[str]:
    """The n-grams of a text's words."""
    words = WORD.findall(text.lower())
    return [" ".join(gram) for gram in copies.grams(words, GRAM)]


def arrow_table(texts: Any) -> Any:
    """Texts and their places, for the peers that work on tables."""
    import pyarrow

    return pyarrow.table({"place": pyarrow.array(range(len(texts)), pyarrow.uint32()), "text": texts})


def around(answers: Iterable[Iterable[int]]) -> set[Pair]:
    """The pairs of what an index answers to each document in turn."""
    return {(other, place) for place, others in enumerate(answers) for other in others if other < place}


def inside(buckets: Iterable[list[int]]) -> set[Pair]:
    """All pairs of each bucket."""
    return {pair for bucket in buckets if len(bucket) > 1 for pair in combinations(sorted(bucket), 2)}


def measure(name: str, path: str, out: str) -> dict[str, float]:
    """Run one contender in this process, on one core: write its pairs, return what it took."""
    import numpy

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    clock = [spent()]
    for _ in range(ROUNDS):
        found = CONTENDERS[name].find(read(Path(path))["text"])
        clock.append(spent())
    numpy.save(out, numpy.array(sorted(found), dtype=numpy.int64).reshape(-1, 2))
    return {"cpu": min(after - before for before, after in pairwise(clock)), "memory": peak()}


@dataclass(frozen=True)
class Row:
    """What one contender took and found."""

    cpu: float
    memory: float
    pairs: int
    near: float
    passage: float
    lenient: float
    strict: float


def run(name: str, path: Path) -> tuple[dict[str, float], set[Pair]] | str:
    """Run a contender in a process of its own; or the last line of what it complained about."""
    import numpy

    out = path.with_name(f"{name}.npy")
    try:
        took = apart("bench.peers:measure", name, path, out, **QUIET)
    except RuntimeError as error:
        return f"failed: {[*str(error).splitlines(), ''][-2:][0]}"
    return took, set(map(tuple, numpy.load(out).tolist()))


class Judge:
    """The truth of a workload, to be asked for many answers."""

    def __init__(self, pieces: list[workload.Piece]) -> None:
        self.gold = workload.truth(pieces)
        # The numbers of the runs, not the runs: kept for all documents, since the join asks for most of them.
        self.runs = cache(lambda place: frozenset(map(hash, copies.grams(copies.plain_words(pieces[place])))))

    def row(self, took: dict[str, float], told: set[Pair]) -> Row:
        """Recall and precision of an answer."""
        gold, number = self.gold, max(1, len(told))
        sure = len(told & gold.every.keys())
        runs = sum(not self.runs(a).isdisjoint(self.runs(b)) for a, b in told - gold.every.keys())
        near, passage = (len(wanted & told) / max(1, len(wanted)) for wanted in (gold.near, gold.passage))
        return Row(took["cpu"], took["memory"], len(told), near, passage, (sure + runs) / number, sure / number)


def installed(package: str) -> str | None:
    """The version of a package, where it is installed; Retold's own is that of this checkout."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "of this checkout" if package == "retold" else None


def rows(path: Path, judge: Judge) -> Iterator[tuple[str, Row]]:
    """Each contender in turn, printed as it ends; those missing or failed are only named."""
    for name, contender in CONTENDERS.items():
        if installed(contender.package) is None:
            print(f"  {name:10}  missing: pip install {contender.package}")
            continue
        done = run(name, path)
        if isinstance(done, str):
            print(f"  {name:10}  {done}")
            continue
        row = judge.row(*done)
        print(
            f"  {name:10} {row.cpu:7.2f} {row.memory:7.2f} {row.pairs:10,} {row.near:9.5f} {row.passage:9.5f}"
            f" {row.lenient:9.4f} {row.strict:7.4f}",
            flush=True,
        )
        yield name, row


def verdict(found: dict[str, Row]) -> None:
    """Print whether Retold finds as much as each peer in less time."""
    mine = found.pop("retold", None)
    if mine is None:
        return
    for name, row in found.items():
        recall = "equalled or beaten" if mine.near >= row.near and mine.passage >= row.passage else "NOT reached"
        print(f"  beside {name}: recall {recall}; {row.cpu / mine.cpu:.1f} times Retold's CPU seconds")


def settings() -> None:
    """Print the version and the settings of all that are installed."""
    for name, contender in CONTENDERS.items():
        if number := installed(contender.package):
            print(f"  {name} {number}: {contender.settings}")


def main() -> None:
    """Print the table."""
    folder = workload.source()
    if folder is None:
        return
    pieces = workload.workload(folder)
    judge = Judge(pieces)
    near, lent = len(judge.gold.near), len(judge.gold.passage)
    print(f"peers: {len(pieces):,} documents, {near:,} near-duplicates, {lent:,} passages")
    print(f"  each from JSON lines to pairs, Retold to word edits, on one core, the better of {ROUNDS} runs")
    settings()
    print("                  CPU-s  RSS GB      pairs  recall A  recall B  precision  strict")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "articles.jsonl"
        workload.write(pieces, path, len(pieces))
        verdict(dict(rows(path, judge)))
    print("  A near-duplicates, B one passage of 60 words; precision: a run of 8 words in common counts as right too")


if __name__ == "__main__":
    main()
