"""The table of pages.

One more page is a module beside this one, with ``call`` (address to question), ``view`` (answer to what the template
shows) and ``PAGE``; a template that extends ``frame.html.j2``; a line here; a line in ``tests/web/test_every_page.py``,
which asks of it all that holds for every page; and where it is about a story, a line in ``tabs.py``. What takes long is
asked of ``shelf.aside``, and the template finds its name in ``later`` as long as it is not there; where the page's own
answer takes long, its call has a ``glimpse``, and ``aside`` gives the twins what was made for the page.
"""

from __future__ import annotations

from retold.web.pages import Page
from retold.web.views import (
    article,
    lineage,
    outlet,
    outlets,
    reader,
    search,
    start,
    statements,
    stories,
    story,
    versions,
)

PAGES: tuple[Page, ...] = (
    start.PAGE,
    stories.PAGE,
    story.PAGE,
    reader.PAGE,
    article.PAGE,
    versions.PAGE,
    lineage.PAGE,
    statements.PAGE,
    outlets.PAGE,
    outlet.PAGE,
    search.PAGE,
    start.ADD,
)
