"""Whether two contents tell one utterance, and how surely: precision first.

The wordings decide, the voices say how much is asked of them: what two voices are said to have said has to agree in
far more than what one voice is said to have said in two versions.
"""

from __future__ import annotations

from enum import IntEnum

from rapidfuzz.distance import Indel

from retold.statements.wording import Wording, find, held


class Bond(IntEnum):
    """How two voices stand to each other, the nearest first."""

    PLACED = 0  # whoever they are, the statements stand at one place of a text that both versions carry
    SAME = 1
    LINKED = 2  # one may stand for the other: the Kremlin, Moscow
    OPEN = 3  # one of them is not resolved
    HIDDEN = 4  # one of them is anonymous
    OTHER = 5


# What is asked for, by bond (PLACED, SAME, LINKED, OPEN, HIDDEN, OTHER); set on tests/statements/families and on the
# development half of bench/attributions.py.
SAME_STEMS = (0, 1, 1, 2, 2, 4)  # telling words of two contents that are word for word the same
SAME_WORDS = (1, 1, 2, 3, 3, 5)
HELD_STEMS = (1, 2, 2, 2, 3, 4)  # telling words that the shorter of two quotations has
HELD_WORDS = (2, 2, 3, 3, 4, 5)
WHOLE_WORDS = (3, 4, 5, 5, 6, 8)  # words of a content that stands in another as it is
WHOLE_STEMS = (1, 2, 3, 3, 4, 5)
ALTERED = (0.5, 0.6, 0.65, 0.65, 0.7, 0.8)  # share of the words of both quotations that are the same, in order
ALTERED_WORDS = (3, 4, 4, 5, 5, 6)
ALTERED_STEMS = (1, 2, 2, 2, 2, 3)
ALIKE = (0.5, 0.55, 0.65, 0.7, 0.7, 0.85)  # share of the telling words of both that are the same
ALIKE_STEMS = (2, 2, 3, 3, 3, 5)
WITHIN = (0.75, 0.8, 0.85, 0.9, 0.9, 2.0)  # share of the shorter's telling words that the longer has
WITHIN_STEMS = (2, 3, 4, 4, 4, 99)
LEAST_PART = 0.3  # of the longer's telling words; less of it is a mention, not a telling
IN_ORDER = 0.4  # of the words of both, so that the same words in another order are another thought
AHEAD = 3  # words before what both tell that may turn it around ("will not put")
VERBATIM = 2.5  # from here on, the words of one are the other's
SURE = 0.85  # of the words of both: a number or a name may differ, and is an alteration


def kinship(one: Wording, other: Wording, bond: Bond) -> float:
    """Return how surely two contents tell one utterance: 0 not at all, up to 4 for the same words."""
    if not one.words or not other.words:
        return 0.0
    if one.keys == other.keys:
        return _same(one, bond) if bond is Bond.PLACED or one.negative == other.negative else 0.0
    return max(_quoted(one, other, bond), _whole(one, other, bond), _told(one, other, bond))


def _same(one: Wording, bond: Bond) -> float:
    """The same words: a few of them are enough for one voice, two voices need a sentence."""
    enough = len(one.stems) >= SAME_STEMS[bond] and len(one.words) >= SAME_WORDS[bond]
    return 4.0 if enough else 0.0


def _quoted(one: Wording, other: Wording, bond: Bond) -> float:
    """How surely by their quotations: 3 for one held in the other, below 2 for one altered."""
    if not one.quoted or not other.quoted:
        return 0.0
    short, long = sorted((one, other), key=lambda wording: (len(wording.quoted), wording.quoted_keys))
    stems, words = len(short.quoted_stems), len(short.quoted)
    if stems >= HELD_STEMS[bond] and words >= HELD_WORDS[bond] and held(short.parts, long.quoted_keys) is not None:
        return 3.0
    if words < ALTERED_WORDS[bond]:
        return 0.0
    same = Indel.normalized_similarity(short.quoted_keys, long.quoted_keys)
    if same < ALTERED[bond] or len(short.quoted_stems & long.quoted_stems) < ALTERED_STEMS[bond]:
        return 0.0
    return 1.0 + float(same)


def _whole(one: Wording, other: Wording, bond: Bond) -> float:
    """VERBATIM where all words of one content stand in a row in the other, whoever quotes them."""
    short, long = sorted((one, other), key=lambda wording: (len(wording.words), wording.keys))
    if len(short.words) < WHOLE_WORDS[bond] or len(short.stems) < WHOLE_STEMS[bond]:
        return 0.0
    if not short.stems <= long.stems or find(short.keys, long.keys) < 0 or _denies(short, long):
        return 0.0
    return VERBATIM


def _told(one: Wording, other: Wording, bond: Bond) -> float:
    """How surely by what they tell, whoever quotes it: below 2."""
    short, long = sorted((one, other), key=lambda wording: (len(wording.stems), wording.keys))
    common = len(short.stems & long.stems)
    if not common or common < min(ALIKE_STEMS[bond], WITHIN_STEMS[bond]):
        return 0.0
    within, part = common / len(short.stems), common / len(long.stems)
    alike = 2 * common / (len(short.stems) + len(long.stems))
    whole = alike >= ALIKE[bond] and common >= ALIKE_STEMS[bond]
    piece = within >= WITHIN[bond] and common >= WITHIN_STEMS[bond] and part >= LEAST_PART
    if not whole and not piece:
        return 0.0
    order = float(Indel.normalized_similarity(short.telling, long.telling))
    if order < IN_ORDER or _conflict(short, long):
        return 0.0
    return alike + order / 2


def _conflict(short: Wording, long: Wording) -> bool:
    """Whether two contents say different things: another number, another name, one of them "not"."""
    if _denies(short, long):
        return True
    if Indel.normalized_similarity(short.keys, long.keys) >= SURE:
        return bool(short.numbers ^ long.numbers)
    if short.numbers - long.numbers or (long.numbers - short.numbers and short.numbers):
        return True
    return bool(short.names - long.names and long.names - short.names)


def _denies(short: Wording, long: Wording) -> bool:
    """Whether one content, with its cue, turns around what the other says; of the longer only what both tell counts."""
    if not short.negations and not long.negations:
        return short.negative != long.negative
    return _turns(short, long) != _turns(long, short)


def _turns(one: Wording, other: Wording) -> bool:
    places = [place for place, word in enumerate(one.words) if word.stem in other.stems]
    if not places:
        return one.negative
    low = places[0] - AHEAD
    count = sum(low <= at <= places[-1] for at in one.negations)
    return one.negative != bool(count % 2)
