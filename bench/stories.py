"""Which articles tell the same story: BCubed and pairwise figures on real sets, and speed on invented articles.

The sets are read the way that users' records are; the speed is that of the features and of the settling, without store.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
from bisect import bisect
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from statistics import mean, quantiles
from time import perf_counter

from bench.families import GLUE, SYLLABLES
from bench.quality import data
from retold.archive.prepared import seconds
from retold.archive.settling import days
from retold.inputs.piece import Piece, read_piece
from retold.model.records import Block, Kind, Version
from retold.stories import settling, states
from retold.stories.features import features
from retold.stories.join import Ready
from retold.stories.settle import fold
from retold.stories.states import Telling

SETS = ("fnc1test", "ecbplus", "uci2014")
CUTS = (0.13, 0.15, 0.16, 0.17, 0.18, 0.19, 0.21, 0.24)
APARTS = (0.6, 0.64, 0.68, 0.72)
ORDERS = 20
SPEED = 20_000
WARM = 100_000
CURVE = (10_000, 20_000, 40_000, 100_000)


def scores(found: Sequence[Hashable], wanted: Sequence[Hashable]) -> dict[str, float]:
    """Return BCubed (Bagga and Baldwin 1998) and pairwise precision, recall and F1 of a grouping, in per cent."""
    both, mine, theirs = Counter(zip(found, wanted, strict=True)), Counter(found), Counter(wanted)
    precision = sum(count * count / mine[one] for (one, _), count in both.items()) / len(found)
    recall = sum(count * count / theirs[other] for (_, other), count in both.items()) / len(found)
    hits = _pairs(both.values())
    pair_precision, pair_recall = hits / max(1, _pairs(mine.values())), hits / max(1, _pairs(theirs.values()))
    told = {
        "P": precision,
        "R": recall,
        "F1": _f1(precision, recall),
        "pair P": pair_precision,
        "pair R": pair_recall,
        "pair F1": _f1(pair_precision, pair_recall),
    }
    return {name: 100 * value for name, value in told.items()}


def _pairs(counts: Iterable[int]) -> float:
    return sum(count * (count - 1) / 2 for count in counts)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def tellings(path: Path) -> tuple[list[Telling], list[str]]:
    """The articles of a set, and the story that its makers say each tells."""
    told, wanted = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        fields = {"id": record["id"], "title": record["title"], "text": record["body"], "published": record["date"]}
        version = read_piece(Piece("record", record["id"], "record", fields))
        assert isinstance(version, Version), version
        told.append(Telling(record["id"], days(seconds(version.published)), features(version)))
        wanted.append(record["story"])
    return told, wanted


def quality(sets: Mapping[str, tuple[list[Telling], list[str]]]) -> None:
    """The shipped configuration on every set, and on all of them as one archive."""
    print(f"stories: cut {settling.MEASURE.cut}, one configuration, no model")
    together: tuple[list[Telling], list[str]] = ([], [])
    for name, (told, wanted) in sets.items():
        _show(name, told, wanted)
        together[0].extend(told)
        together[1].extend(wanted)
    _show("all as one", *together)


def _show(name: str, told: list[Telling], wanted: list[str]) -> None:
    start = perf_counter()
    placed = fold(told)
    spent = perf_counter() - start
    figures = scores([placed[each.article_id].story for each in told], wanted)
    shown = "  ".join(f"{key} {value:.1f}" for key, value in figures.items())
    print(f"  {name:10} {len(told):6} articles  {shown}   ({spent:.1f} s)", flush=True)


def left_out(sets: Mapping[str, tuple[list[Telling], list[str]]]) -> None:
    """Choose the cut and the parting on two sets, score the third; and how much the choice matters."""
    print("left out: F1 of each set with what is best for the other two")
    shipped = settling.MEASURE
    table: dict[tuple[float, float], list[float]] = {}
    for cut in CUTS:
        for apart in APARTS:
            settling.MEASURE = replace(shipped, cut=cut, apart=apart)
            table[cut, apart] = [_figure(*each) for each in sets.values()]
    settling.MEASURE = shipped
    held = []
    for place, name in enumerate(sets):
        best = max(table, key=lambda each: sum(table[each]) - table[each][place])
        held.append(table[best][place])
        print(f"  {name:10} {held[-1]:.1f}  with cut {best[0]}, apart {best[1]}")
    print(f"  mean {mean(held):.1f}; means over the grid {min(map(mean, table.values())):.1f}", end=" ")
    print(f"to {max(map(mean, table.values())):.1f}, shipped {mean(table[shipped.cut, shipped.apart]):.1f}", flush=True)


def _figure(told: list[Telling], wanted: list[str]) -> float:
    placed = fold(told)
    return scores([placed[each.article_id].story for each in told], wanted)["F1"]


def orders(sets: Mapping[str, tuple[list[Telling], list[str]]]) -> None:
    """Are the stories the same, whatever the order in which articles come?"""
    for name, (told, _) in sets.items():
        wanted, chance = fold(told), random.Random(7)
        same = sum(fold(chance.sample(told, len(told))) == wanted for _ in range(ORDERS))
        print(f"orders: {name}: {same} of {ORDERS} random orders give the same stories and scores", flush=True)


class News:
    """Invented news: words as frequent as in a language, stories with words of their own, reprints."""

    def __init__(self, seed: int = 1, words: int = 40_000) -> None:
        self.chance = random.Random(seed)
        made: dict[str, None] = {}
        while len(made) < words:
            made["".join(self.chance.choices(SYLLABLES, k=self.chance.randint(2, 4)))] = None
        self.words = list(made)
        self.sums = list(accumulate(1 / (rank + 10) for rank in range(words)))  # Zipf and Mandelbrot

    def word(self) -> str:
        """A word, by its frequency."""
        return self.words[bisect(self.sums, self.chance.random() * self.sums[-1])]

    def articles(self, count: int, days: float) -> Iterator[tuple[float, Version]]:
        """Articles with their moments; half of the stories have two or fewer, one in ten more than seven."""
        made = 0
        while made < count:
            own = [self.word().title() for _ in range(8)] + [self.chance.choice(self.words) for _ in range(40)]
            moment = self.chance.random() * days
            size = min(int(self.chance.paretovariate(1.1)), 60, count - made)
            text = self._text(own)
            for _ in range(size):
                text = text if self.chance.random() < 0.2 else self._text(own)
                yield moment + self.chance.expovariate(1), self._version(made, own, text)
                made += 1

    def _version(self, place: int, own: list[str], text: str) -> Version:
        return Version(
            id=f"v{place}",
            source=f"a{place}",
            text=text,
            blocks=(Block(0, len(text), Kind.PARAGRAPH),),
            language="en",
            title=" ".join(self.chance.sample(own, 7)),
        )

    def _text(self, own: list[str]) -> str:
        words = [self._running(own) for _ in range(400)]
        return " ".join(f"{word}." if place % 15 == 14 else word for place, word in enumerate(words))

    def _running(self, own: list[str]) -> str:
        """A word of running text: half are function words, one in seven is the story's."""
        kind = self.chance.random()
        if kind < 0.5:
            return self.chance.choice(GLUE)
        return self.chance.choice(own) if kind > 0.85 else self.word()


def speed() -> None:
    """20,000 invented articles of 400 words over 30 days: features in two processes, then the settling."""
    news = list(News().articles(SPEED, 30))
    start = perf_counter()
    with ProcessPoolExecutor(2) as team:
        made = list(team.map(features, [version for _, version in news], chunksize=500))
    featured = perf_counter() - start
    start = perf_counter()
    placed = fold(Telling(version.source, moment, each) for (moment, version), each in zip(news, made, strict=True))
    spent = perf_counter() - start
    count = len({place.story for place in placed.values()})
    print(f"speed: {SPEED} articles: features {featured:.1f} s, stories {spent:.1f} s, {count} stories", flush=True)


def curve() -> None:
    """How time and memory grow, articles dated (30 days) or not (all in one block), a process each."""
    for dated in (True, False):
        for count in CURVE:
            program = f"from bench.stories import grown; grown({count}, dated={dated})"
            subprocess.run([sys.executable, "-c", program], check=True)


def grown(count: int, *, dated: bool) -> None:
    """Settle so many articles, and print the time and the memory that it took."""
    told = [
        Telling(version.source, moment if dated else None, features(version))
        for moment, version in News().articles(count, 30)
    ]
    start = perf_counter()
    fold(told)
    spent = perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"growth: {count:7} {'dated' if dated else 'undated':8} {spent:6.1f} s, {memory:5.0f} MB at most", flush=True)


def joining() -> None:
    """Place one new article after the other among 100,000 that are all within reach."""
    told = [Telling(version.source, moment, features(version)) for moment, version in News().articles(WARM + 1000, 8)]
    chance = random.Random(3)
    chance.shuffle(told)
    warm, fresh = told[:WARM], told[WARM:]
    placed = fold(warm)
    stories = {each.article_id: placed[each.article_id].story for each in warm}
    state = states.everything(states.begin(sorted(warm, key=Telling.order)), warm, stories)
    start = perf_counter()
    ready = Ready(state)
    prepared = perf_counter() - start
    times = []
    for each in fresh:
        start = perf_counter()
        found = ready.join(each.features, each.moment)
        ready.add(each, found.story if found else each.article_id)
        times.append((perf_counter() - start) * 1000)
    marks = quantiles(times, n=100)
    print(
        f"joining: one article to {WARM}: p50 {marks[49]:.2f} ms, p99 {marks[98]:.2f} ms, "
        f"longest {max(times):.1f} ms; made ready in {prepared:.1f} s",
        flush=True,
    )


def vetoed(sets: Mapping[str, tuple[list[Telling], list[str]]]) -> None:
    """What the vetoes cost or bring: F1 with them and without."""
    kept = settling.vetoes
    with_them = [_figure(*each) for each in sets.values()]
    settling.vetoes = lambda one, other: []
    without = [_figure(*each) for each in sets.values()]
    settling.vetoes = kept
    shown = ", ".join(
        f"{name} {one:.1f} ({other:.1f})" for name, one, other in zip(sets, with_them, without, strict=True)
    )
    print(f"vetoes: F1 with them (without): {shown}", flush=True)


def main() -> None:
    """Print every measurement."""
    folder = data("stories")
    if folder is not None:
        sets = {name: tellings(folder / f"{name}.jsonl") for name in SETS if (folder / f"{name}.jsonl").is_file()}
        quality(sets)
        left_out(sets)
        vetoed(sets)
        orders(sets)
    speed()
    joining()
    curve()


if __name__ == "__main__":
    main()
