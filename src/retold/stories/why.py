"""Why two articles are, or are not, one story: what they share, the days between, and what keeps them apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retold.kernels.linking import Group, joined, single
from retold.kernels.neighbours import Rows
from retold.stories.settling import MEASURE
from retold.stories.states import Telling
from retold.stories.vetoes import Title, vetoes
from retold.stories.weights import Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TERMS = 12  # shared terms told
PARTING = 6  # terms told of each side
KNOWN = 0.5  # of a side's articles hold a term that tells it from the other
FOREIGN = 0.1  # at most, of the other side's


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """A term of both articles, as each writes it, and its part of the likeness."""

    mine: str
    yours: str
    weight: float


@dataclass(frozen=True, slots=True)
class Reason:
    """What keeps two articles or two stories apart: the words of one side and of the other.

    ``kind``: number, name (titles that differ in just these), or subject (stories each of one mind).
    """

    kind: str
    mine: tuple[str, ...]
    yours: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Why:
    """``likeness`` of the words (the sum of all shared terms' weights), times ``fading`` for the ``days`` between (None
    where one has no date), is ``score``; from ``cut`` on, and where no reason parts them, two articles are one story by
    themselves (``together``). A story holds by its mean score, so others can bring two together, or keep them apart.
    """

    likeness: float
    days: float | None
    fading: float
    score: float
    cut: float
    terms: tuple[SharedTerm, ...]
    vetoes: tuple[Reason, ...]
    together: bool


def why(
    one: Telling, other: Telling, *, words: Mapping[int, str], other_words: Mapping[int, str], weights: Weights
) -> Why:
    """Return why two articles are or are not one story; ``words`` and ``other_words`` are their terms as written
    (``features.told``), ``weights`` what terms weigh among the articles of their days (``settling.weights_of``)."""
    vocabulary, rows = weights.rows([one.features, other.features])
    mine, yours = (_group(rows, place, telling) for place, telling in enumerate((one, other)))
    products = _products(mine, yours, len(vocabulary))
    likeness = float(products.sum())
    fading = MEASURE.fading(mine, yours)
    keys = [(int(key), float(worth)) for key, worth in zip(vocabulary, products, strict=True) if worth > 0]
    keys.sort(key=lambda each: (-each[1], each[0]))
    terms = [SharedTerm(words.get(key, ""), other_words.get(key, ""), round(worth, 4)) for key, worth in keys[:TERMS]]
    reasons = tuple(
        _reason(veto.kind, _said(veto.mine, words), _said(veto.yours, other_words))
        for veto in vetoes(Title(one.features), Title(other.features))
    )
    score = likeness * fading
    return Why(
        likeness=round(likeness, 4),
        days=None if one.moment is None or other.moment is None else abs(one.moment - other.moment),
        fading=round(fading, 4),
        score=round(score, 4),
        cut=MEASURE.cut,
        terms=tuple(terms),
        vetoes=reasons,
        together=score >= MEASURE.cut and not reasons,
    )


def parting(
    mine: Sequence[Telling], yours: Sequence[Telling], *, words: Mapping[int, str], weights: Weights
) -> Reason | None:
    """Return why two stories of several articles are two although their words agree, or None where nothing but the
    likeness parts them: each is of one mind, about something that the other does not speak of."""
    vocabulary, rows = weights.rows([each.features for each in (*mine, *yours)])
    groups = [_group(rows, place, telling) for place, telling in enumerate((*mine, *yours))]
    one, other = _sum(groups[: len(mine)]), _sum(groups[len(mine) :])
    product = float(_products(one, other, len(vocabulary)).sum()) / (one.size * other.size)
    if not MEASURE.parts(one, other, product):
        return None
    shares = [_shares(part, len(vocabulary)) for part in (groups[: len(mine)], groups[len(mine) :])]
    sides = []
    for own, foreign, group in ((shares[0], shares[1], one), (shares[1], shares[0], other)):
        telling = (own[group.columns] >= KNOWN) & (foreign[group.columns] <= FOREIGN)
        ranked = sorted(zip((-group.values[telling]).tolist(), group.columns[telling].tolist(), strict=True))
        sides.append(_said([int(vocabulary[column]) for _, column in ranked[:PARTING]], words))
    return _reason("subject", *sides)


def _group(rows: Rows, place: int, telling: Telling) -> Group:
    """An article as the linking sees it."""
    low, high = rows.starts[place : place + 2].tolist()
    return single(rows.columns[low:high], rows.values[low:high], telling.moment)


def _sum(groups: Sequence[Group]) -> Group:
    total = groups[0]
    for each in groups[1:]:
        total = joined(total, each)
    return total


def _products(one: Group, other: Group, width: int) -> NDArray[np.float64]:
    """What each term gives to the likeness."""
    return _dense(one, width) * _dense(other, width)


def _dense(group: Group, width: int) -> NDArray[np.float64]:
    import numpy as np

    found = np.zeros(width)
    found[group.columns] = group.values
    return found


def _shares(groups: Sequence[Group], width: int) -> NDArray[np.float64]:
    """In what share of the articles each term stands."""
    import numpy as np

    counts = np.bincount(np.concatenate([each.columns for each in groups]), minlength=width)
    return counts / len(groups)


def _said(keys: Iterable[int], words: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(words[key] for key in keys if key in words)


NOTES = {
    "number": "the titles number two things: {} and {}",
    "name": "the titles agree but for a name: {} and {}",
    "subject": "each speaks of what the other leaves out: {}; and {}",
}


def _reason(kind: str, mine: tuple[str, ...], yours: tuple[str, ...]) -> Reason:
    between = " " if kind != "subject" else ", "
    note = NOTES[kind].format(*(between.join(side) or "nothing of its own" for side in (mine, yours)))
    return Reason(kind, mine, yours, note)
