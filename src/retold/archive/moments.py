"""Times that a question names, as the archive's seconds."""

from __future__ import annotations

from retold.archive.prepared import seconds
from retold.model.errors import UsageError

DAY = 86400.0


def time_of(stated: str | None, name: str) -> float | None:
    """A stated time as seconds; raises UsageError where it is none."""
    if stated is None:
        return None
    found = seconds(stated)
    if found is None:
        raise UsageError(f"--{name} {stated!r} is no time. A day or a moment is wanted, such as 2026-05-03.")
    return found


def end_of(until: str | None) -> float | None:
    """The end of what was asked for: a day is meant with all its hours."""
    found = time_of(until, "until")
    return found + DAY if found is not None and len(until or "") <= len("2026-05-03") else found
