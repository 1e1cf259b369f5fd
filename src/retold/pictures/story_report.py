"""A story as HTML: a report in one file about all that its archive knows of it, and a fragment for notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retold.model.version import __version__
from retold.pictures import matrix, words
from retold.pictures.hypotheses import origin
from retold.pictures.hypotheses import told as descended
from retold.pictures.lineages import minute
from retold.pictures.listing import name, summary
from retold.pictures.marks import shown
from retold.pictures.onefile import one_file
from retold.pictures.report import environment, is_long, parts
from retold.pictures.tellings import certainty
from retold.pictures.tellings import parts as tell

ROWS_IN_A_NOTEBOOK = MANY_ARTICLES = 40
SCRIPTS = (  # what makes an element more than its text, and the script that does
    ("<retold-reader", "reader.js"),
    ("<retold-lineage", "lineage.js"),
    ("<retold-matrix", "matrix.js"),
    ('id="theme"', "theme.js"),
)


def report(found: Mapping[str, Any]) -> str:
    """Return the report about a story in one HTML file; ``found`` is what ``Archive.report`` gives, as plain dicts."""
    body = environment().get_template("story_report.html.j2").render(**_shown(found))
    return one_file(
        environment(),
        body,
        title=words.plain(found["story"]["title"]) or f"Story {found['story']['id']}",
        version=__version__,
        styles=("report.css", "story.css"),
        scripts=[script for element, script in SCRIPTS if element in body],
        long=bool(found["comparison"]) and is_long(found["comparison"]),
    )


def _shown(found: Mapping[str, Any]) -> dict[str, Any]:
    """What the template shows."""
    story, known, line, document = (found[name] for name in ("story", "origins", "lineage", "comparison"))
    texts = document["articles"] if document else found["articles"]
    return {
        "version": __version__,
        "many_articles": MANY_ARTICLES,
        "story": story,
        **_compared(document),
        **tell(story, known),
        "keys": _keys(story, texts),
        "texts": texts,
        "lineage": line,
        "descended": descended(line) if line else [],
        "lines": _lines(line, {article["id"]: article["text"] for article in texts}),
        "matrix": matrix.of_origins(known, story["tellings"]) if known and document is None else None,
    }


def _compared(document: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the sections of a comparison show; nothing where the articles were not compared."""
    return parts(document) if document else {"document": None, "rows": [], "said": []}


def _keys(story: Mapping[str, Any], texts: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The article of the comparison that each article of the story is, by its id; none where no text is at hand."""
    return dict(zip((telling["article_id"] for telling in story["tellings"]), texts, strict=False))


def _lines(lineage: Mapping[str, Any] | None, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The lineage of each origin that several articles carry."""
    lines = lineage["origins"] if lineage else []
    return [origin(line, number, texts) for number, line in enumerate(lines, 1)]


def notebook(story: Mapping[str, Any]) -> str:
    """Return a fragment for a notebook: no script, no style sheet, no ids; it stays readable when sanitised."""
    told = story["tellings"]
    fragment = environment().get_template("story_notebook.html.j2")
    return fragment.render(
        story=story,
        numbers=words.capital(summary(story)) + ".",
        notes=certainty(story, None)["notes"],
        articles=[
            [shown(name(one)), minute(one["published"]), shown(one["outlet"], "not stated"), shown(one["title"], "-")]
            for one in told[:ROWS_IN_A_NOTEBOOK]
        ],
        more=max(0, len(told) - ROWS_IN_A_NOTEBOOK),
    )
