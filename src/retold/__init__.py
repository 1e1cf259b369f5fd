"""Retold: which articles tell the same story, which share the same text, and how many origins there really are.

    import retold

    comparison = retold.compare(["one.txt", "two.html"])
    print(comparison)

Nothing heavy is loaded until a name is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from retold.model.version import __version__

if TYPE_CHECKING:
    from retold.answers import Comparison
    from retold.api import check_quote, compare, open, origins, read, replay, statements_of
    from retold.archive.archive import Archive
    from retold.model.errors import (
        ArchiveError,
        BusyError,
        LanguageError,
        ReplayError,
        RetoldError,
        SourceError,
        UsageError,
    )


__all__ = [
    "Archive",
    "ArchiveError",
    "BusyError",
    "Comparison",
    "LanguageError",
    "ReplayError",
    "RetoldError",
    "SourceError",
    "UsageError",
    "__version__",
    "check_quote",
    "compare",
    "open",
    "origins",
    "read",
    "replay",
    "statements_of",
]

_HOMES = {
    "Archive": "retold.archive.archive",
    "ArchiveError": "retold.model.errors",
    "BusyError": "retold.model.errors",
    "Comparison": "retold.answers",
    "LanguageError": "retold.model.errors",
    "ReplayError": "retold.model.errors",
    "RetoldError": "retold.model.errors",
    "SourceError": "retold.model.errors",
    "UsageError": "retold.model.errors",
    "check_quote": "retold.api",
    "compare": "retold.api",
    "open": "retold.api",
    "origins": "retold.api",
    "read": "retold.api",
    "replay": "retold.api",
    "statements_of": "retold.api",
}


def __getattr__(name: str) -> Any:
    """Return a public name, loading its module when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'retold' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the public names, for completion in a shell."""
    return __all__
