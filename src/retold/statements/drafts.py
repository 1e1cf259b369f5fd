"""A statement in the making: what the layers give to the assembly."""

from __future__ import annotations

from dataclasses import dataclass, field

from retold.model.records import CueClass
from retold.statements.records import Span


@dataclass
class Draft:
    """A statement in the making, in offsets of the text."""

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)
    cue_class: CueClass = "say"
    layer: str = "rule"
    confidence: float = 0.8

    @property
    def key(self) -> tuple[Span, ...]:
        """What orders drafts: their content, then their cue, then their source."""
        return (*self.content, *self.cue, *self.source)
