"""Whether a text is confirmed or repeated, in a sentence that says no more than was found."""

from __future__ import annotations

from collections.abc import Sequence

from retold.pictures.passages import percent
from retold.pictures.words import FEW, listed, many, plain

TIMES = (
    "never", "once", "twice", "three times", "four times", "five times", "six times", "seven times", "eight times",
    "nine times", "ten times", "eleven times", "twelve times",
)  # fmt: skip


NEARLY_ALL = 0.9  # of a text's words, from which an article says what it says


def carried(articles: int, origins: int, *, parts: int, public: bool, most: float = 1.0) -> str:
    """Return what it means that so many articles of so many origins carry a text, and others a part of it.

    ``most``: the largest share of its words that one of them has.

    >>> carried(12, 2, parts=0, public=False)
    '12 articles from 2 origins carry it: repeated, not confirmed twelve times.'
    """
    if not articles:
        some = f": {many(parts, 'article has', 'articles have')} a part of it" if parts else ""
        return f"No article of the archive carries it{some}."
    if most < NEARLY_ALL or articles == 1:
        return _alone_or_in_part(articles, origins, most)
    told = f"{articles:,} articles from {many(origins, 'origin')} carry it"
    if public:
        return f"{told}: these are public words, which each origin may have heard itself."
    if origins == 1:
        return f"{told}: repeated, not confirmed."
    if origins < articles:
        return f"{told}: repeated, not confirmed {times(articles)}."
    return f"{told} in the same words: one may have them from the other."


def _alone_or_in_part(articles: int, origins: int, most: float) -> str:
    """What it means that one article carries a text, or that those which do have a part of its words."""
    if most >= NEARLY_ALL:
        return "1 article carries it, and no other: neither repeated nor confirmed."
    told = "1 article has" if articles == 1 else f"{articles:,} articles from {many(origins, 'origin')} have"
    return f"{told} at most {most:.0%} of its words: what is different may say something else. Look at the passages."


def times(count: int) -> str:
    """Return "twice", "twelve times", "200 times"."""
    return TIMES[count] if count < len(TIMES) else f"{count:,} times"


def quoted(articles: int, *, marked: int, origins: int | None, speakers: Sequence[str], nearest: float) -> str:
    """Return whether a quotation stands anywhere: in so many articles word for word, in ``marked`` of them between
    quotation marks, said by ``speakers``; ``nearest``: the largest share of it that another place has.

    >>> quoted(2, marked=2, origins=1, speakers=["Leonor Vask"], nearest=0.0)
    '2 articles from 1 origin have it word for word as a quotation, said by Leonor Vask.'
    """
    if not articles:
        near = f"; the nearest is {percent(nearest)} the same" if nearest else ", or most of it"
        return f"No article has it word for word{near}."
    whose = f" from {many(origins, 'origin')}" if origins and articles > 1 else ""
    have = f"{many(articles, 'article has', 'articles have')}"
    told = f"{have.replace(' ha', whose + ' ha', 1)} it word for word"
    if not marked:
        return f"{told}, and none as a quotation."
    some = " as a quotation" if marked == articles else f", {marked:,} as a quotation"
    if len(speakers) > 1:
        return f"{told}{some}, given to {len(speakers)} speakers: {listed(map(plain, speakers), most=FEW)}."
    return f"{told}{some}, said by {plain(speakers[0])}." if speakers else f"{told}{some}; who says it is not told."


SURE = 0.5  # probability from which one text probably goes back to another; below it, it may


def descends(
    source: str, target: str, *, probability: float, signs: int, shorter: bool, seen: tuple[bool, bool]
) -> str:
    """Return that a text was made from another, as certainly as it may be said; ``shorter``: it has less words;
    ``seen``: whether the source and the target were seen, or only follow from others.

    >>> descends("A", "B", probability=0.9, signs=2, shorter=True, seen=(True, True))
    "B probably shortened A's text (2 signs)"
    """
    surely = probability >= SURE
    why = f" ({many(signs, 'sign')})" if signs else ""
    source_seen, target_seen = seen
    if not source_seen:
        what = target if target_seen else f"{target}, a text we have not seen,"
        return f"{what} {'probably goes' if surely else 'may go'} back to a text we have not seen, {source}{why}"
    if shorter:
        return f"{target} {'probably shortened' if surely else 'may have shortened'} {source}'s text{why}"
    return f"{target} {'probably has' if surely else 'may have'} its text from {source}{why}"
