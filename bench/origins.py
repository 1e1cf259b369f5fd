"""How many origins a story has, and who took from whom: speed on one long story, and answers beside an exact truth.

Both are made of an invented vocabulary (``bench.wire``): nobody's text is in them, and every origin, shared sentence
and parent is known. Invented words are never worn, no two writers hit upon one phrase, and the mixture of tellings is
ours: this shows what goes wrong and what a change of rules does to it. It is a bench and no proof; real copy is harder.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bench.families import vocabulary
from bench.processes import apart, peak, spent
from bench.scores import groups, pairs, parents
from bench.wire import stories
from retold.copies.engine import engine
from retold.copies.judged import Judged
from retold.copies.judging import judge
from retold.copies.lineage import Lineage, lineage
from retold.model.records import Version
from retold.reading.read import read_all

if TYPE_CHECKING:
    from retold.copies.passages import Shared

SIZES = (100, 300, 1000)
WARM = 300  # versions: text enough for the compiled kernels, so that they are loaded before time is taken
STORIES = 60
STAGES = ("read", "engine", "judge", "lineage")
SECONDS, GIGABYTES = 5.0, 1.0  # origins and lineage of 1,000 versions
Record = dict[str, Any]


def long_story(size: int) -> list[Record]:
    """One text in many versions: each made of one of the first five or the last thirty, cut, edited, added to."""
    chance, words = random.Random(3), vocabulary(random.Random(0), 3000)
    pool = [[" ".join(_sentence(chance, words) for _ in range(chance.randint(1, 3))) for _ in range(18)]]
    found = []
    for number in range(size):
        pool.append(_version(chance, words, chance.choice(pool[-30:] if chance.random() < 0.5 else pool[:5])))
        day, hour, minute = 1 + number // 300, number // 20 % 24, number % 60
        found.append(
            {
                "id": f"a{number:05}",
                "outlet": f"Outlet {number % 300}",
                "title": _sentence(chance, words)[:60],
                "published": f"2026-05-{day:02}T{hour:02}:{minute:02}:00+00:00",
                "text": "\n\n".join(pool[-1]),
            }
        )
    return found


def _sentence(chance: random.Random, words: Sequence[str]) -> str:
    return " ".join(chance.choice(words) for _ in range(chance.randint(10, 25))).capitalize() + "."


def _version(chance: random.Random, words: Sequence[str], source: Sequence[str]) -> list[str]:
    """The paragraphs of a version made of another one."""
    text = list(source)
    if chance.random() < 0.5 and len(text) > 6:
        text = text[: chance.randint(6, len(text))]
    for _ in range(chance.randint(0, 6)):
        where = chance.randrange(len(text))
        told = text[where].split()
        told[chance.randrange(len(told))] = chance.choice(words)
        text[where] = " ".join(told)
    if chance.random() < 0.3:
        text.insert(chance.randrange(len(text) + 1), f"{_sentence(chance, words)} {_sentence(chance, words)}")
    return text


def read(records: Sequence[Record]) -> list[Version]:
    """The versions that records hold. Raise ValueError where one cannot be read."""
    versions, rejects = read_all(records)
    if rejects:
        raise ValueError(f"{len(rejects)} invented articles cannot be read: {rejects[0].reason}")
    return versions


def found_in(records: Sequence[Record], versions: Sequence[Version]) -> Shared:
    """What articles share, whatever their order, named by their places in the order of ids."""
    import numpy as np

    ids = [record["id"] for record in records]
    shared = engine([version.text for version in versions], ids=ids)
    place = {name: number for number, name in enumerate(sorted(ids))}
    ranks = np.array([place[name] for name in ids])
    sides = {side: ranks[shared.pairs[side]] for side in ("left", "right")}
    return replace(shared, pairs={**shared.pairs, **sides})


def judged(versions: Sequence[Version], shared: Shared) -> tuple[Judged, list[Lineage]]:
    """What is said of versions in the order of their ids, and the lineage of every origin."""
    found = judge(versions, shared)
    return found, [traced(versions, [m.place for m in origin.members], origin.fullest) for origin in found.origins]


def traced(versions: Sequence[Version], places: list[int], base: int) -> Lineage:
    """The lineage of an origin, as the archive asks for it: its articles apart from all others."""
    told = lineage([versions[place] for place in places], range(len(places)), places.index(base))
    edges = [
        replace(edge, source=places[edge.source] if edge.source >= 0 else edge.source, target=places[edge.target])
        for edge in told.edges
        if edge.target >= 0
    ]
    return replace(told, edges=tuple(edges))


def timed(size: str) -> dict[str, Any]:
    """Wall and CPU seconds of each stage on one long story, memory, and whether a shuffled story is judged alike."""
    warm = long_story(WARM)
    judged(read(warm), found_in(warm, read(warm)))
    records, stages = long_story(int(size)), {}

    def stage(name: str, work: Any) -> Any:
        began, used = time.perf_counter(), spent()
        made = work()
        stages[name] = (time.perf_counter() - began, spent() - used)
        return made

    versions = stage("read", lambda: read(records))
    shared = stage("engine", lambda: found_in(records, versions))
    found = stage("judge", lambda: judge(versions, shared))
    lineages = stage(
        "lineage",
        lambda: [traced(versions, [m.place for m in origin.members], origin.fullest) for origin in found.origins],
    )
    held = peak()
    return {
        "stages": stages,
        "memory": held,
        "origins": len(found.origins),
        "largest": max(len(origin.main) for origin in found.origins),
        "edges": sum(len(told.edges) for told in lineages),
        "same": shuffled_alike(records, (found, lineages)),
    }


def shuffled_alike(records: Sequence[Record], expected: tuple[Judged, list[Lineage]]) -> bool:
    """Whether the same articles in another order are judged alike."""
    other = random.Random(11).sample(records, len(records))
    mixed = read(other)
    shared = found_in(other, mixed)
    order = sorted(range(len(other)), key=lambda number: other[number]["id"])
    return judged([mixed[number] for number in order], shared) == expected


def speed() -> None:
    """Print how long origins and lineage take."""
    print(f"origins: one story in many versions (1,000: origins and lineage <= {SECONDS:.0f} s, <= {GIGABYTES:.0f} GB)")
    print(f"  versions{''.join(f'{name:>15}' for name in STAGES)}         all but read   memory   shuffled")
    for size in SIZES:
        told = apart("bench.origins:timed", size)
        stages = [told["stages"][name] for name in STAGES]
        wall, used = (sum(each[kind] for each in stages[1:]) for kind in (0, 1))
        shown = "".join(f"{f'{one:.2f} s, {other:.2f}':>15}" for one, other in (*stages, (wall, used)))
        print(f"  {size:8}{shown[: 15 * len(STAGES)]}      {shown[15 * len(STAGES) :]}", end="   ")
        print(f"{told['memory']:.2f} GB  {'the same' if told['same'] else 'OTHERWISE'}")
        print(f"           {told['origins']} origins, the largest of {told['largest']}, {told['edges']} edges")
    print("  wall seconds, then CPU seconds")


def quality() -> None:
    """Print how the answers compare with the truth."""
    told = stories(STORIES)
    records = [telling.record for telling in told]
    versions = read(records)
    found, lineages = judged(versions, found_in(records, versions))
    print(f"origins: {STORIES} invented stories, {len(told)} articles, every origin known")
    groups(told, found)
    pairs(told, found)
    parents(told, found, lineages)


def main() -> None:
    """Print speed and quality of origins and lineage."""
    speed()
    quality()


if __name__ == "__main__":
    main()
