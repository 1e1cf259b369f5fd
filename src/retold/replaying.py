"""Edits replay: one article's words plus the edits give another's, to the letter."""

from __future__ import annotations

from retold.answers import Article, Comparison, Edit, Passage, Side
from retold.model.errors import ReplayError, UsageError

BETWEEN = "\n\n"


def replay(comparison: Comparison, base: str, other: str) -> str:
    """Return the compared text of ``other``, made from the words of ``base`` and the edits.

    Passages that ``base`` does not tell are taken from ``other`` as they are. Raises UsageError for a key that the
    comparison does not have, and ReplayError where the edits do not lead from one to the other.
    """
    articles = {article.key: article for article in comparison.articles}
    for key in (base, other):
        if key not in articles:
            raise UsageError(f"No article {key!r} in this comparison. It has {', '.join(articles)}.")
    steps: dict[str, list[Edit]] = {}
    for edit in comparison.edits:
        if not edit.apart:
            steps.setdefault(edit.passage, []).append(edit)
    told = [_passage(p, articles[base], articles[other], steps.get(p.id, [])) for p in _in_order(comparison, other)]
    return BETWEEN.join(told)


def compared_text(comparison: Comparison, key: str) -> str:
    """Return what was compared of an article: its passages in its own order, furniture and captions left out."""
    article = next((article for article in comparison.articles if article.key == key), None)
    if article is None:
        raise UsageError(f"No article {key!r} in this comparison.")
    return BETWEEN.join(_text(passage, article) for passage in _in_order(comparison, key))


def _in_order(comparison: Comparison, key: str) -> list[Passage]:
    return sorted((p for p in comparison.passages if key in p.spans), key=lambda passage: passage.spans[key])


def _text(passage: Passage, article: Article) -> str:
    return "".join(article.text[start:end] for start, end in passage.spans[article.key])


def _passage(passage: Passage, base: Article, other: Article, edits: list[Edit]) -> str:
    if base.key not in passage.spans:
        return _text(passage, other)
    pieces = []
    left = list(edits)
    for start, end in passage.spans[base.key]:
        place = start
        while left and start <= _side(left[0], base.key).start and _side(left[0], base.key).end <= end:
            edit = left.pop(0)
            side = edit.sides[base.key]
            if side.start < place:
                raise ReplayError(f"Edit {edit.id} of passage {passage.id} stands before the one that comes first.")
            pieces += [base.text[place : side.start], _side(edit, other.key).text]
            place = side.end
        pieces.append(base.text[place:end])
    if left:
        raise ReplayError(f"Edit {left[0].id} lies outside passage {passage.id} of article {base.key}.")
    return "".join(pieces)


def _side(edit: Edit, key: str) -> Side:
    if key not in edit.sides:
        raise ReplayError(
            f"Edit {edit.id} of passage {edit.passage} has no side for article {key}, which tells the passage."
        )
    return edit.sides[key]
