"""A week of news in an archive, which several files of questions ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import retold
from retold.archive.archive import Archive

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("week") / "news.retold"
    with retold.open(path, create=True) as archive:
        archive.add([EXAMPLES / "week.jsonl", EXAMPLES / "later.jsonl"], learn=True, processes=1)
        yield archive
