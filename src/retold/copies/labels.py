"""What a shared passage is: copy, quotation, template, background or furniture; and what a pair of versions is.

copy        running text taken over
quotation   public words, with or without quotation marks
template    a form whose slots (numbers, days) differ
background  what an outlet repeats from its own stories, and phrases too small to say anything
furniture   page furniture, captions, titles, boxes: whatever many unrelated stories carry

The constants were set on pairs of real articles that were labelled by reading; none of these is in the project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retold.copies.ground import FEWEST_SLOTS, Measured

if TYPE_CHECKING:
    from retold.kernels.arrays import Array

COPY, QUOTATION, TEMPLATE, BACKGROUND, FURNITURE = range(5)
NAMES = ("copy", "quotation", "template", "background", "furniture")
PARTIAL = "partial"  # of pairs: copied, but less than half of the shorter
PRECEDENCE = (QUOTATION, TEMPLATE, BACKGROUND, FURNITURE)  # of a pair in which nothing is copied

WORD = 6.0  # characters of a word and its space
OWN = 12 * WORD  # of nobody's public words in a passage, from which it is copied
OWN_SHARE = 0.15  # and the share of its running text; below it they are what stands between quotations
PROSE = 23 * WORD  # of own words in one passage, nearly all of it prose: so much shows that text was taken over
MIXED = 26 * WORD  # of own words in one passage, among public ones
MOSTLY_PROSE = 0.75
STREWN = 90 * WORD  # of own words in several passages: bits that stand between quotations add up late
HALF = 0.5  # of the shorter's running text: a brief shows by less words that it was taken over

SLOTS = FEWEST_SLOTS  # numbers or days that stand for others, from which a pair may be a template
SLOT_SHARE = 0.3  # of all numbers and days in the passages
SLOT_EVERY = 40 * WORD  # characters for each


def labelled(measured: Measured) -> Array:
    """Return for each passage what it is by its own words alone."""
    import numpy as np

    text = measured.own + measured.public
    own = (measured.own >= OWN) & (measured.own >= OWN_SHARE * text) | (measured.public < measured.own)
    found: Array = np.where(measured.aside > text, FURNITURE, np.where(own, COPY, QUOTATION))
    return found


def templates(measured: Measured, labels: Array, pair: Array, count: int) -> Array:
    """Return for each pair whether its copied passages are a form filled in anew."""
    import numpy as np

    copied = labels == COPY
    changed, kept, own = (
        np.bincount(pair, values * copied, count) for values in (measured.changed, measured.kept, measured.own)
    )
    found: Array = (changed >= SLOTS) & (changed >= SLOT_SHARE * (changed + kept)) & (changed * SLOT_EVERY >= own)
    return found


def evident(measured: Measured, labels: Array, pair: Array, share: Array) -> Array:
    """Return for each pair whether its copied passages show that text was taken over; ``share``: of the shorter's
    running text that they cover."""
    import numpy as np

    own = np.where(labels == COPY, measured.own, 0)
    prose = np.where(own >= MOSTLY_PROSE * (measured.own + measured.public), own, 0)
    count = len(share)
    found: Array = _most(prose, pair, count) >= PROSE
    found |= _most(own, pair, count) >= MIXED
    found |= np.bincount(pair, own, count) >= STREWN
    found |= (_most(own, pair, count) >= OWN) & (share >= HALF)
    return found


def _most(values: Array, pair: Array, count: int) -> Array:
    """The largest value of each pair's passages."""
    import numpy as np

    found = np.zeros(count)
    np.maximum.at(found, pair, values)
    return found
