"""All that an archive knows of a story, gathered for a report in one file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from retold.answers import Answer, Article, Comparison
from retold.archive import asking, comparisons, descent, tracing
from retold.archive.answers import Story
from retold.archive.hearing import Fresh, spoken
from retold.archive.provenance import Lineage, Origins
from retold.attributing import Heard
from retold.comparing import articles, comparison
from retold.model.errors import UsageError
from retold.model.records import Version
from retold.model.version import __version__
from retold.store.store import Store

HEARD = 60  # articles whose statements are told; of more, a ledger is too long to read, and reading them takes minutes
Found = TypeVar("Found")


class Report(Answer, frozen=True, kw_only=True):
    """A story and all that its archive knows of it.

    ``origins`` and ``lineage`` are None until ``learn`` has looked for copies. ``comparison`` is of its articles in the
    order of the story's, and None where there are more than 200 of them; ``articles`` are their texts then.
    """

    story: Story
    origins: Origins | None
    lineage: Lineage | None
    comparison: Comparison | None
    articles: list[Article]

    def to_html(self) -> str:
        """Return the report in one file: no requests, readable without JavaScript."""
        from retold.pictures.story_report import report

        return report(self.to_dict())


def numbers(store: Store, name: str) -> list[int]:
    """The numbers of the newest versions of a story's articles; raises UsageError where there is no such story."""
    return comparisons.numbers(store, asking.story(store, name).id)


def report(store: Store, name: str, fresh: Fresh | None = None) -> Report:
    """The report about a story; with who said what unless ``fresh`` is None, which is what was read just now and could
    not be kept. Raises UsageError where there is no such story."""
    story = asking.story(store, name)
    versions = comparisons.versions(store, [story.id])
    many = len(versions) > comparisons.MOST
    return Report(
        story=story,
        origins=_known(lambda: tracing.origins(store, story.id, limit=None, text=many)),
        lineage=_known(lambda: descent.lineage(store, story.id)),
        comparison=None if many else _compared(versions, None if fresh is None else _heard(store, story, fresh)),
        articles=articles(versions) if many else [],
    )


def _known(ask: Callable[[], Found]) -> Found | None:
    """What was learned of a story; None where nothing was yet."""
    try:
        return ask()
    except UsageError:
        return None


def _compared(versions: Sequence[Version], heard: Sequence[Heard] | None) -> Comparison:
    return comparison(versions, [], retold_version=__version__, heard=heard)


def _heard(store: Store, story: Story, fresh: Fresh) -> list[Heard]:
    """What each article has people say, in the story's order."""
    read = {one.article_id: one.heard for one in spoken(store, comparisons.numbers(store, story.id), fresh)}
    return [read[telling.article_id] for telling in story.tellings]
