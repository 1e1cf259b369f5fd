"""All that follows from an archive's articles, brought up to date: furniture, stories, copies and origins."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from retold.archive import aboutness
from retold.archive.answers import Learned
from retold.archive.honouring import honour_all, learned
from retold.archive.runs import run
from retold.archive.settling import Walk, placements
from retold.archive.workers import Workers
from retold.store.store import Store
from retold.stories.features import Features
from retold.stories.ids import renames, story_id
from retold.stories.titles import title

Progress = Callable[[str, int, int], None]


def learn(store: Store, *, team: Workers, memory: int | None = None, progress: Progress | None = None) -> Learned:
    """Bring an archive up to date; the same again changes nothing.

    ``memory``: so many bytes the search for copies may take; where it needs more it works in parts, on disk.
    """
    with run(store, "learn", {}) as current:
        corrected = honour_all(store, current.number, progress=progress)
        made = aboutness.bring_up_to_date(store, current.number, team=team, progress=progress)
        settled = Walk(store, current.number).settle(progress)
        placed = _told(store, current.number)
        traced = _copies(store, current.number, team=team, memory=memory, progress=progress)
        learned(store)
        current.rows = corrected + made + settled + placed + traced
    return Learned(
        run=current.number,
        articles=store.one("SELECT COUNT(*) FROM articles")[0],
        placed=placed,
        stories=store.one("SELECT COUNT(*) FROM stories")[0],
        furniture=store.one("SELECT COUNT(*) FROM furniture")[0],
        copies=store.one("SELECT COUNT(*) FROM copies")[0],
        origins=store.one("SELECT COUNT(*) FROM origins")[0],
    )


def _copies(store: Store, run_number: int, *, team: Workers, memory: int | None, progress: Progress | None) -> int:
    """Bring copies, origins and lineage up to date, and return how many rows were written."""
    from retold.archive.copying import bring_up_to_date
    from retold.archive.deriving import derive

    sharing, aligned = bring_up_to_date(store, run_number, team=team, memory=memory, progress=progress)
    return aligned + derive(store, run_number, sharing, team=team, progress=progress)


def _told(store: Store, run_number: int) -> int:
    """Write where articles stand now, and what became of the stories; return how many stand elsewhere than before."""
    placed = placements(store)
    after = {article: story_id(place.story) for article, place in placed.items()}
    before: dict[str, tuple[str, float, int]] = {
        article: tuple(rest)
        for article, *rest in store.ask("SELECT article_id, story_id, score, settled FROM tellings")
    }
    changed = [article for article, place in placed.items() if before.get(article) != (after[article], place.score, 1)]
    gone = before.keys() - after.keys()
    behind = [story for (story,) in store.ask("stories_behind")]
    if not (changed or gone or behind):
        return 0
    with store.transaction():
        store.put("tellings", [(each, after[each], placed[each].score, 1, run_number) for each in sorted(changed)])
        store.do("DELETE FROM tellings WHERE article_id = ?", [(each,) for each in sorted(gone)])
        touched = {after[each] for each in changed} | {before[each][0] for each in (*changed, *gone) if each in before}
        _stories(store, touched.union(behind), run_number)
        _successors(store, {article: told[0] for article, told in before.items()}, after, run_number)
    return sum(before.get(each, ("",))[0] != after[each] for each in changed)


def _stories(store: Store, touched: Iterable[str], run_number: int) -> None:
    """Write the stories that changed anew, and take away those that nobody tells any more."""
    wanted = sorted(touched)
    store.do("DELETE FROM stories WHERE id = ?", [(each,) for each in wanted])
    members: dict[str, list[Any]] = defaultdict(list)
    for story, *rest in store.ask("members_of_stories", stories=json.dumps(wanted)):
        members[story].append(rest)
    store.put("stories", [_row(story, told, run_number) for story, told in sorted(members.items())])


def _row(story: str, members: list[Any], run_number: int) -> tuple[Any, ...]:
    moments = [moment for _, moment, _, _, _ in members if moment is not None]
    titled = [(article, named or "", Features.unpack(data)) for article, _, _, named, data in members]
    return (
        story,
        title(titled),
        min(moments, default=None),
        max(moments, default=None),
        len(members),
        len({outlet for _, _, outlet, _, _ in members if outlet}),
        run_number,
    )


def _successors(store: Store, before: Mapping[str, str], after: Mapping[str, str], run_number: int) -> None:
    """Write where the articles of stories that are no more are told now."""
    found = renames(before, after)
    store.do("DELETE FROM successors WHERE id IN (SELECT id FROM stories)")
    rows = [(old, each, run_number) for old, new in sorted(found.items()) for each in new]
    store.do("DELETE FROM successors WHERE id = ?", [(old,) for old in sorted(found)])
    store.put("successors", rows)
