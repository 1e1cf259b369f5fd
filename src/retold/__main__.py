"""``python -m retold``: the same as the command ``retold``."""

from __future__ import annotations

import sys

from retold.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
