"""The drawing tests share their sample documents, and one browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests import browser as browsing
from tests.pictures import sample


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
