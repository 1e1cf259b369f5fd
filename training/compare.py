"""Compare models by what the whole pipeline finds with them: ``python -m training.compare [FOLDER ...]``.

The first model is the one in the package; each FOLDER holds another (as ``training.train --out`` writes it). Measured
is the statement F1 on the test articles, which no model has learned from. Ends with 1 where a model is further than
TOLERANCE from the package's.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from bench.attributed import own
from bench.statements import Score, measured, rates
from retold.statements import tagging
from training.articles import MODEL

TOLERANCE = 1.0  # points of F1


def of(home: Path) -> Score:
    """What the pipeline finds in the test articles with the model in a folder."""
    with patch.object(tagging, "shipped", return_value=tagging.Model(home)):
        return measured(own(test=True), flat=False)


def main(given: Sequence[str]) -> int:
    """Print a line for each model; 1 where one is too far from the package's."""
    wanted = None
    far = False
    for home in (MODEL, *map(Path, given)):
        recall, precision, f1 = (100 * share for share in rates(of(home)))
        wanted = f1 if wanted is None else wanted
        far |= round(abs(f1 - wanted), 3) > TOLERANCE
        print(f"{home}: F1 {f1:.1f} ({f1 - wanted:+.1f}), recall {recall:.1f}, precision {precision:.1f}")
    return int(far)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
