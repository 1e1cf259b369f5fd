"""``python -m bench [PART...]``: print the measurements asked for, or all of them; a wrong name lists the parts."""

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
    "peers": "bench.peers",
}


def main(names: list[str]) -> int:
    """Run the parts named; 2 for a name that is none."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"No measurement is called {', '.join(unknown)}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    for name in names or PARTS:
        import_module(PARTS[name]).main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
