"""How something is said: whether it is said at all ("did not say"), and how surely ("would say", "may have said")."""

from __future__ import annotations

from collections.abc import Sequence

from retold.statements.grammar import Grammar
from retold.statements.records import Span
from retold.text.words import tokens


def manner(text: str, cue: Sequence[Span], data: Grammar) -> tuple[bool, str]:
    """Return whether a cue is negated, and its modal verb, "" where it has none.

    >>> from retold.statements.grammar import grammar
    >>> manner("would not say", [(0, 13)], grammar("en"))
    (True, 'would')
    """
    words = [token.key for start, end in cue for token in tokens(text, data.code, start=start, end=end) if token.word]
    modal = next((word for word in words if data.is_a("modal", word)), "")
    return any(data.is_a("negative", word) for word in words), data.contracted.get(modal, modal)
