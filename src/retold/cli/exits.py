"""Exit codes: what a script can rely on."""

from __future__ import annotations

from retold.model.errors import RetoldError, SourceError, UsageError

DONE = 0
ERROR = 1
USAGE = 2
INPUT = 3
DIFFERENT = 4
REJECTED = 5
INTERRUPTED = 130

MEANINGS = {
    DONE: "Done.",
    ERROR: "Something else went wrong, such as a full disk.",
    USAGE: "The question was not understood: a wrong flag, no such story or article, too few or too many articles.",
    INPUT: "An article or an archive is missing, unreadable or empty. stderr names it; what remains was done.",
    DIFFERENT: "The articles do not tell the same story, or none carries the text (check). Only with --exit-code.",
    REJECTED: "Something could not be read. Only with --strict, of retold add; the rest was added.",
    INTERRUPTED: "Interrupted with Ctrl-C.",
}

_KINDS = ((UsageError, USAGE), (SourceError, INPUT))


def of(error: RetoldError) -> int:
    """The exit code of an error."""
    return next((code for kind, code in _KINDS if isinstance(error, kind)), ERROR)
