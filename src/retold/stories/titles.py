"""The title that stands for a story: that of the article most like the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from struct import unpack

from retold.stories.features import Features


def title(members: Sequence[tuple[str, str, Features]]) -> str:
    """Return the title that says most of what the others say; "" where no article has one.

    ``members`` are the story's articles: id, title and features. A title's terms count by how many articles hold them,
    less for each term it has besides; ties fall to the lowest id.
    """
    held: Counter[int] = Counter()
    for _, _, article in members:
        held.update(unpack(f"<{len(article)}Q", article.keys))
    titled = [(-_worth(article, held), name, shown) for name, shown, article in members if shown.strip()]
    return min(titled)[2] if titled else ""


def _worth(article: Features, held: Counter[int]) -> float:
    """How much of what the articles share a title says."""
    terms = {key for key, _ in article.titled()}
    return sum(held[key] for key in sorted(terms)) / (len(terms) + 3) if terms else 0.0
