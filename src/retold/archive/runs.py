"""Who wrote what: each command that writes is a run with a number, which stands in every row of its."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from retold.model.version import __version__
from retold.store.store import Store


@dataclass(slots=True)
class Run:
    """A run that is under way: its number, and the rows that it has written."""

    number: int
    rows: int = 0


@contextmanager
def run(store: Store, command: str, arguments: Mapping[str, Any]) -> Iterator[Run]:
    """Note that a run began, and at the end that it ended; one that was cut off has no end."""
    number = store.one("SELECT COALESCE(MAX(run), 0) + 1 FROM runs")[0]
    told = json.dumps(arguments, ensure_ascii=True, sort_keys=True)
    started = _now()
    with store.transaction():
        store.put("runs", [(number, command, told, __version__, started, None, 0)])
    current = Run(number)
    yield current
    with store.transaction():
        store.put("runs", [(number, command, told, __version__, started, _now(), current.rows)])


def _now() -> str:
    """The time of day, to the second: the one thing in an archive that does not come from its inputs."""
    return datetime.now(UTC).isoformat(timespec="seconds")
