"""Every error on purpose.

RetoldError
├── UsageError       the question itself is wrong: too few articles, too many, an unknown option
│   └── UnknownError an archive has no article, story or outlet of that name, or not one alone
├── SourceError      an input is missing, unreadable or empty
│   └── ArchiveError an archive is missing, damaged, or of a newer Retold
├── BusyError        another process is writing in the archive
├── LanguageError    language data that cannot be used
└── ReplayError      a document whose edits do not lead from one version to the other
"""

from __future__ import annotations

from collections.abc import Sequence


class RetoldError(Exception):
    """Any error that Retold raises on purpose."""


class UsageError(RetoldError):
    """The question itself is wrong: what was given, what is wanted, what to do next."""


class UnknownError(UsageError):
    """An archive has no article, story or outlet of the name that is asked for, or not one alone."""


class SourceError(RetoldError):
    """An input is missing, unreadable or empty; ``source`` names it as it was given."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason

    @classmethod
    def of_many(cls, told: Sequence[tuple[str, str]]) -> SourceError:
        """One error for several inputs: a line for each, the first as its ``source``."""
        error = cls(*told[0])
        error.args = ("\n".join(f"{source}: {reason}" for source, reason in told),)
        return error


class ArchiveError(SourceError):
    """An archive that is missing, damaged, or of a newer Retold."""


class BusyError(RetoldError):
    """Another process is writing in the archive."""


class LanguageError(RetoldError):
    """Language data that cannot be used."""


class ReplayError(RetoldError):
    """A document whose edits do not lead from one version to the other."""
