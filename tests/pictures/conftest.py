"""The drawing tests share their sample documents, and one browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = str(Path(__file__).resolve().parents[2])
if ROOT not in sys.path:  # plain ``pytest`` does not look here, ``python -m pytest`` does
    sys.path.insert(0, ROOT)

from tests import browser as browsing  # noqa: E402
from tests.pictures import sample  # noqa: E402


@pytest.fixture(scope="session")
def pair() -> sample.Document:
    return sample.pair()


@pytest.fixture(scope="session")
def large() -> sample.Document:
    """A hundred versions of sixty passages, 145,000 words together."""
    return sample.family(100, 60, words=28)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    with browsing.started(chromium) as browser:
        yield browser
