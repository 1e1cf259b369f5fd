"""Every target of the pages, each with what was measured: python -m bench targets [T1 T5 ...]

The numbers T1 to T20 are those of the table in ``bench/RESULTS.md``; without any, all are measured. What a clock or a
scale shows is measured here; what a test shows is that test, run here with no node and no npm on the path. The pair of
T1, T8 and T18 is the two articles in the folder that RETOLD_PAIR names, else two outlets of a golden family.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


class Line(NamedTuple):
    """What was measured of a target, and what is wanted at most; ``said`` is said instead of both."""

    name: str
    measured: float = 0.0
    wanted: float = 0.0
    said: str = ""
    fails: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the target is met."""
        return not self.fails and self.measured <= self.wanted

    def told(self) -> str:
        """The line of the table."""
        numbers = self.said or f"{self.measured:>12,.2f}   wanted {self.wanted:>10,.2f}"
        return f"{self.name:<58}{numbers}   {'ok' if self.is_met else 'MISSED'}"


Measure = Callable[[], Iterable[Line]]


def parts() -> Iterator[tuple[set[str], Measure]]:
    """What is measured together, by the targets that it shows."""
    from bench import targets_pages, targets_shell, targets_tests

    yield set(targets_pages.SHOWS), targets_pages.lines
    for module in (targets_shell, targets_tests):
        for name, measure in module.SHOWS.items():
            yield {name}, measure


def main(*names: str) -> None:
    """Print a line for each measurement of the targets named, and how many are missed; ends with 1 where one is."""
    missed = 0
    for shown, measure in parts():
        if names and not shown & set(names):
            continue
        for line in measure():
            if not names or line.name.split()[0] in names:
                missed += not line.is_met
                print(line.told(), flush=True)
    print(f"{missed} missed" if missed else "all met")
    if missed:
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
