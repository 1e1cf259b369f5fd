"""Who had a story's text from whom: a drawing for each origin, and beside it every hypothesis with its signs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from retold.pictures import graphs, stemma
from retold.pictures.hypotheses import origin, told
from retold.pictures.words import plain
from retold.web.addresses import Call, Query
from retold.web.pages import Page, Shelf, Twin
from retold.web.views.tabs import known, tabs

if TYPE_CHECKING:
    from retold.web.asides import Said

LISTED = 200  # articles that are listed at once
LOOKED_UP = 100  # articles whose texts are read to show what a sign points at
COLUMNS = ("story_id", "origin_id", "source", "target", "probability", "signs", "note")


def call(query: Query) -> Call:
    """The lineage of the story of an address."""
    return Call("lineage", (query.named["story"],))


def story(shelf: Shelf, found: Any, query: Query) -> dict[str, Any]:
    """The story itself."""
    return shelf.asked(Call("story", (found.story_id,)))


def texts(shelf: Shelf, found: Any, query: Query) -> dict[str, str]:
    """The texts that signs point at, by the ids of their versions; of very many only the first."""
    pointed = [edge.target for line in found.origins for edge in line.edges if any(sign.end for sign in edge.signs)]
    wanted = list(dict.fromkeys(pointed))[:LOOKED_UP]  # the first named twice: one name alone would stand for its story
    return {version.id: version.text for version in shelf.archive.versions(wanted[0], *wanted)} if wanted else {}


def said(shelf: Shelf, found: Any, query: Query) -> Said | None:
    """How many statements the story has, where that is known already."""
    return known(shelf, found.story_id)


def view(found: Mapping[str, Any], query: Query, beside: Mapping[str, Any]) -> dict[str, Any]:
    """The lineage as its page shows it."""
    most, all_of_it = None if query.text("all") else LISTED, query.address(all=1)
    lines = [
        origin(line, number, beside.get("texts") or {}, most=most, whole=all_of_it)
        for number, line in enumerate(found["origins"], 1)
    ]
    return {
        "title": f"Lineage of {plain(found['title']) or 'a story'}",
        "lineage": found,
        "told": told(found),
        "lines": lines,
        "everything": all_of_it,
        "files": [(ending[1:], Query(query.path).address(ending)) for ending in (*ALSO, ".json")],
        "tabs": tabs(found["story_id"], "lineage", {**beside, "lineage": found}),
    }


def table(found: Mapping[str, Any]) -> str:
    """The edges as CSV, a line for each."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in found["origins"]:
        for edge in line["edges"]:
            signs = "; ".join(sign["note"] for sign in edge["signs"])
            about: Sequence[Any] = (edge["source"], edge["target"], edge["probability"], signs, edge["note"])
            writer.writerow([found["story_id"], line["origin_id"], *about])
    return out.getvalue()


ALSO = {
    ".svg": Twin("image/svg+xml", stemma.svg),
    ".graphml": Twin("application/graphml+xml", graphs.graphml),
    ".csv": Twin("text/csv", table),
}
PAGE = Page(
    "/stories/{story}/lineage",
    "lineage",
    call,
    view,
    {"story": story, "texts": texts, "said": said},
    script="lineage.js",
    also=ALSO,
)
