"""Furniture that only many pages of one outlet show: what recurs on pages that have no subject in common.

A paragraph of background recurs too, but on pages about one matter, whose titles share a word; the counts are kept as
evidence, and every outlet that has new pages is judged anew from all of its pages.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from retold.archive.prepared import NO_PRINT, PRINT, blocks_of
from retold.store.store import Store
from retold.text.languages import language
from retold.text.words import TOKEN, forms

LEAST = 5  # articles that carry a block: fewer may be chance, or a series
SHARE = 0.05  # of the outlet's articles: a line that one page in fifty carries is rather a phrase of news
COMMON = 0.5  # of the titles: from here on a word is a subject that the pages share


class Page(NamedTuple):
    """A version as one page of its outlet."""

    number: int
    article_id: str
    title: str
    language: str
    prints: bytes


class Recurring(NamedTuple):
    """A block that recurs: on how many articles of how many, and where one of them has it."""

    articles: int
    pages: int
    number: int
    place: int


def outlets_with_news(store: Store) -> list[str]:
    """The outlets of which versions came in since they were judged, in order."""
    return [outlet for (outlet,) in store.ask("outlets_with_news")]


def learn_furniture(store: Store, outlet: str, run: int) -> None:
    """Judge an outlet's recurring blocks from all of its pages, and write what is furniture."""
    pages = [Page(*row) for row in store.ask("pages_of_outlet", outlet=outlet)]
    found = recurring(pages)
    store.do("DELETE FROM furniture WHERE outlet = :outlet", outlet=outlet)
    rows = [
        (outlet, mark, _text(store, each.number, each.place), each.articles, each.pages, run)
        for mark, each in sorted(found.items())
    ]
    store.put("furniture", rows)


def recurring(pages: Sequence[Page]) -> dict[bytes, Recurring]:
    """The blocks, by their prints, that are furniture of the outlet whose pages these are."""
    of_article: dict[str, set[bytes]] = defaultdict(set)
    for page in pages:
        of_article[page.article_id].update(prints(page.prints))
    counts = Counter(mark for marks in of_article.values() for mark in marks)
    counts.pop(NO_PRINT, None)
    least = max(LEAST, SHARE * len(of_article))
    often = {mark for mark, count in counts.items() if count >= least}
    carriers = _carriers(pages, often)
    return {
        mark: Recurring(counts[mark], len(of_article), *_place(mark, carriers[mark]))
        for mark in sorted(often)
        if not _one_subject(carriers[mark])
    }


def prints(packed: bytes) -> Iterator[bytes]:
    """The print of each block of a version, in order."""
    return (packed[start : start + PRINT] for start in range(0, len(packed), PRINT))


def aside(packed: bytes, furniture: Iterable[bytes]) -> bytes:
    """The places of a version's blocks that are furniture, as JSON; none where nothing would be left to read."""
    known = set(furniture)
    marks = list(prints(packed))
    places = [place for place, mark in enumerate(marks) if mark in known]
    left = sum(mark != NO_PRINT for mark in marks) - len(places)
    return json.dumps(places if left or NO_PRINT in marks else [], separators=(",", ":")).encode()


def _carriers(pages: Sequence[Page], often: set[bytes]) -> Mapping[bytes, list[Page]]:
    """The newest page of each article that carries a block, for each block that is often there."""
    newest = {page.article_id: page for page in pages}
    found: dict[bytes, list[Page]] = defaultdict(list)
    for page in newest.values():
        for mark in often.intersection(prints(page.prints)):
            found[mark].append(page)
    return found


def _one_subject(carriers: Sequence[Page]) -> bool:
    """Whether most of the pages' titles share a word that means something."""
    words = Counter(word for page in carriers for word in _subjects(page))
    titled = sum(bool(page.title) for page in carriers)
    if titled < LEAST or not words:
        return True  # nobody can tell; what may be news is kept
    return words.most_common(1)[0][1] > COMMON * titled


def _subjects(page: Page) -> set[str]:
    """The words of a title that may name its subject."""
    known = forms(page.language)
    keys = {known[text][0] for text in TOKEN.findall(page.title) if known[text][1]}
    return keys - language(page.language).stopwords


def _place(mark: bytes, carriers: Sequence[Page]) -> tuple[int, int]:
    """Where the first of the pages has the block."""
    page = min(carriers, key=lambda each: each.article_id)
    return page.number, list(prints(page.prints)).index(mark)


def _text(store: Store, number: int, place: int) -> str:
    text, packed = store.one("SELECT text, blocks FROM versions WHERE number = :number", number=number)
    block = blocks_of(packed)[place]
    return str(text[block.start : block.end])
