"""``python -m bench [PART...]``: print the measurements asked for, or all of them; a wrong name lists the parts.

What follows a part that takes arguments goes to it: ``python -m bench copies 270000``.
"""

from __future__ import annotations

import sys
from importlib import import_module

PARTS = {
    "speed": "bench.speed",
    "quality": "bench.quality",
    "page": "bench.report_page",
    "archive": "bench.archive",
    "extraction": "bench.extraction",
    "stories": "bench.stories",
    "copies": "bench.copies",
    "query": "bench.query",
    "floor": "bench.floor",
    "peers": "bench.peers",
    "reuse": "bench.reuse",
    "origins": "bench.origins",
    "statements": "bench.statements",
    "attributions": "bench.attributions",
    "serve": "bench.serve",
    "targets": "bench.targets",
    "hostile": "bench.hostile",
}
TAKING = {"copies", "serve", "targets", "hostile"}  # parts that take arguments


def asked(words: list[str]) -> list[tuple[str, list[str]]]:
    """The parts that are named, each with its arguments."""
    found: list[tuple[str, list[str]]] = []
    for word in words:
        if found and found[-1][0] in TAKING and word not in PARTS:
            found[-1][1].append(word)
        else:
            found.append((word, []))
    return found


def main(words: list[str]) -> int:
    """Run the parts named; 2 for a name that is none."""
    parts = asked(words or list(PARTS))
    unknown = [name for name, _ in parts if name not in PARTS]
    if unknown:
        print(f"No measurement is called {', '.join(unknown)}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    for name, arguments in parts:
        import_module(PARTS[name]).main(*arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
