"""How a number of articles is made up, as a bar of a few stretches; the numbers themselves stand beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

LENGTH, HEIGHT = 100, 8
BAR = Markup('<svg class="bar" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>')
STRETCH = Markup('<rect class="{}" x="{:.4g}" width="{:.4g}" height="{}"/>')


def bar(numbers: Mapping[str, int], kinds: Sequence[str], *, most: int = 0) -> Markup:
    """The bar of some numbers, a stretch for each kind, so long that ``most`` of all would fill it.

    >>> bar({"own": 1, "other": 3}, ["own", "other"], most=8).count("<rect")
    2
    """
    whole = most or sum(numbers[kind] for kind in kinds) or 1
    place, told = 0.0, []
    for kind in kinds:
        length = LENGTH * numbers[kind] / whole
        if length:
            told.append(STRETCH.format(kind, place, length, HEIGHT))
        place += length
    return BAR.format(LENGTH, HEIGHT, Markup("").join(told))
