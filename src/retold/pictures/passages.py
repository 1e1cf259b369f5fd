"""Passages that two articles share, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from retold.pictures.columns import LEAST, breadth, cut, padded, wrapped
from retold.pictures.words import many, plain

FEW = 12  # articles of an origin, passages of a pair, edges: more are shown with --full


def passages(
    told: Sequence[Mapping[str, Any]], whose: tuple[str, str], width: int, full: bool = False
) -> Iterator[str]:
    """Yield the passages that two articles share: where they stand in both, and their words."""
    names = [cut(each, LEAST) for each in whose]
    room = max(map(breadth, names)) + 2
    for each in told if full else told[:FEW]:
        moved = ", in another place" if each["moved"] else ""
        yield f"   {each['label']}, {many(each['words'], 'word')}{moved}"
        sides = (
            (each["start"], each["end"], plain(each["text"])),
            (each["other_start"], each["other_end"], plain(each["other_text"])),
        )
        for who, (start, end, text) in zip(names, sides, strict=True):
            line = f"{padded(who, room)}{f'{start}-{end}':<12}{text}"
            yield from wrapped(line, width, indent=5) if full else [cut(f"     {line}", width)]
    if len(told) > FEW and not full:
        yield f"   and {many(len(told) - FEW, 'more passage')} (--full)"


def percent(share: float) -> str:
    """Return a share in percent; what is not all is not called so.

    >>> percent(0.997), percent(1.0), percent(0.002)
    ('99%', '100%', '1%')
    """
    whole = round(100 * share)
    return f"{1 if not whole and share else 99 if whole == 100 and share < 1 else whole}%"
