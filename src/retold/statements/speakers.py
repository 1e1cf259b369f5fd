"""Who speaks, within one article: names to their fullest form, roles to names, pronouns where it is certain enough.

Whatever is left unresolved keeps its written form as evidence and has no name; an anonymous source is never joined to a
named one. The article is gone through three times: what its pronouns show of who is a woman and who a man in one pass
is known in the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from retold.model.records import COMPARED, Version
from retold.statements.grammar import grammar
from retold.statements.records import Speaker, Statement
from retold.statements.scene import Scene
from retold.statements.telling import Telling, Votes

PASSES = 3


def speakers(version: Version, found: Sequence[Statement]) -> list[Speaker | None]:
    """Return who makes each statement, in their order; None where one names nobody and goes on no other."""
    paragraphs = sorted((block.start, block.end) for block in version.blocks if block.kind in COMPARED)
    scene = Scene(version.text, paragraphs, found, grammar(version.language))
    telling = Telling(scene, Votes(first=True))
    telling.tell()
    for _ in range(PASSES - 1):
        telling = Telling(scene, telling.votes)
        telling.tell()
    return telling.speakers()


__all__ = ["speakers"]
