"""What is said of a set of versions: what pairs share, the origins that they go back to, and what is in doubt.

Versions are named by their place in the set, which is in the order of their ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

Label = Literal["copy", "partial", "quotation", "template", "background", "furniture"]
Role = Literal["main", "part"]


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """A passage that two versions share: ``left.text[left_start:left_end]`` and the like on the right.

    ``words`` stand in both; ``moved``: it stands in another place of the order.
    """

    label: Label
    left_start: int
    left_end: int
    right_start: int
    right_end: int
    words: int
    moved: bool


class Copy(msgspec.Struct, frozen=True, gc=False):
    """What two versions share: ``words`` in all, and what share of each one's running text is copied."""

    left: int
    right: int
    words: int
    left_share: float
    right_share: float
    label: Label
    passages: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A version that goes back to an origin, mainly or in part; ``share`` of its running text is known to stand in
    others of the origin. One that stands alone has the share 1."""

    place: int
    role: Role
    share: float


@dataclass(frozen=True, slots=True)
class Origin:
    """One text that versions go back to.

    ``agency``: the house that its texts credit, None where they credit none. ``earliest``: None where times do not
    tell. ``fullest``: the version with most running text of its own. ``source``: the version that the others come from,
    None where it is not among them ("not seen").
    """

    members: tuple[Member, ...]
    agency: str | None
    earliest: int | None
    fullest: int
    source: int | None

    @property
    def main(self) -> tuple[int, ...]:
        """The versions whose main origin this is."""
        return tuple(member.place for member in self.members if member.role == "main")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the number of origins is not certain: two versions of two origins may go back to one text ("merge"), or a
    version may stand alone, apart from the other of its origin ("split")."""

    kind: Literal["merge", "split"]
    one: int
    other: int
    note: str


@dataclass(frozen=True, slots=True)
class Judged:
    """All that is said of a set of versions."""

    copies: tuple[Copy, ...]
    origins: tuple[Origin, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many origins: ``likely`` so many, from ``low`` to ``high``, with the ``reasons`` for the distance."""

    low: int
    likely: int
    high: int
    reasons: tuple[str, ...]
