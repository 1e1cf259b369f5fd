"""``retold`` for tests: it may fetch from this machine, and makes no pause between two requests."""

from __future__ import annotations

import sys
from typing import Any

from retold.cli.app import main
from retold.fetching import fetching


class Quick(fetching.Fetcher):
    """A Fetcher that tests need not wait for."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**told | {"private": True, "pause": 0.0})


if __name__ == "__main__":
    fetching.Fetcher = Quick  # type: ignore[misc]
    sys.exit(main())
