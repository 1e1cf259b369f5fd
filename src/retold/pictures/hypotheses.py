"""Who had a text from whom, origin by origin: a drawing, every hypothesis with its signs, and what these point at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from retold.pictures import stemma
from retold.pictures.listing import name
from retold.pictures.marks import shown
from retold.pictures.passages import percent
from retold.pictures.verdicts import SURE
from retold.pictures.words import many, plain

AROUND = 140  # characters before and after it
BEGINNING = 90  # characters of a passage that stand beside its sign
CARET = "‸"


def told(found: Mapping[str, Any]) -> list[str]:
    """What there is to see, in sentences."""
    lines, alone = found["origins"], found["alone"]
    said = []
    if not lines:
        said.append("Each of its articles is alone in its origin: none has its text from another.")
    else:
        articles = len({node["article_id"] for line in lines for node in line["nodes"]})
        said.append(f"{many(articles, 'article')} share the text of {many(len(lines), 'origin')}.")
        if alone:
            said.append(f"{many(alone, 'more article has', 'more articles have')} a text that no other shares.")
    if found["unlearned"]:
        said.append(f"{many(found['unlearned'], 'article is', 'articles are')} newer than the last retold learn.")
    return said


def origin(
    line: Mapping[str, Any],
    number: int,
    texts: Mapping[str, str],
    *,
    most: int | None = None,
    whole: str = "",
) -> dict[str, Any]:
    """One origin: its drawing, its articles with where each may have its text from, and what the signs point at.

    ``most``: so many articles are told of, and those of the drawing lead to all of them, at the address ``whole``.
    """
    made = stemma.stemma(line)
    hides = most is not None and len(made.dots) > most
    page = whole if hides else ""
    heading = stemma.heading(line, number)
    passages = Passages(number, {node["article_id"]: texts.get(node["version_id"], "") for node in line["nodes"]})
    rows = list(_rows(line, made, passages, most=most))
    return {
        "number": number,
        "heading": heading,
        "picture": stemma.drawn(made, title=f"Lineage of {heading}", address=f"{page}#a-{number}-"),
        "sources": " ".join(map(str, made.sources)),
        "legend": [(kind, stemma.SAID[kind]) for kind in stemma.KINDS if kind in made.lines],
        "time": time(line, made),
        "likeliest": made.likeliest,
        "rows": rows,
        "hidden": len(made.dots) - len(rows),
        "passages": passages.shown,
        "settles": settles(line),
    }


def time(line: Mapping[str, Any], made: stemma.Stemma) -> str:
    """What the order from left to right means."""
    if made.time is None:
        return "No article states a time: the order is not shown."
    said = "From left to right: when it was published (UTC)."
    if made.time.breaks:
        said += " Where // stands, a long time without any was shortened."
    return said


def settles(line: Mapping[str, Any]) -> list[str]:
    """What would make it more certain."""
    undated = sum(stemma.seconds(node["published"]) is None for node in line["nodes"])
    of_agency = f", perhaps that of {plain(line['agency'])}, whom they credit" if line["agency"] else ""
    return [
        *([f"The text that nobody has seen{of_agency}: add it to the archive."] if line["unseen"] else []),
        *(
            [f"When {many(undated, 'article was', 'articles were')} published, which they do not say."]
            if undated
            else []
        ),
    ]


class Passages:
    """What signs point at, each with the words around it; they are numbered as they are told of."""

    def __init__(self, number: int, texts: Mapping[str, str]) -> None:
        self._number = number
        self._texts = texts
        self._known: dict[tuple[str, int, int], str] = {}
        self.shown: list[dict[str, Any]] = []

    def anchor(self, article: str, sign: Mapping[str, Any], outlet: str) -> str | None:
        """The name of a passage in the page; None where a sign points at none, or its text is not at hand."""
        place = article, sign["start"], sign["end"]
        text = self._texts.get(article, "")
        if not sign["end"] or sign["end"] > len(text):
            return None
        if place not in self._known:
            self._known[place] = f"p-{self._number}-{len(self._known) + 1}"
            words = around(text, sign["start"], sign["end"])
            self.shown.append({"anchor": self._known[place], "outlet": outlet, "words": words, "article": article})
        return self._known[place]


def around(text: str, start: int, end: int) -> Markup:
    """A place in a text with the words around it; where it is empty, a caret says that words are missing."""
    before, after = plain(text[max(0, start - AROUND) : start]), plain(text[end : end + AROUND])
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    middle = plain(text[start:end])
    empty = Markup('<span class="caret" aria-hidden="true">{}</span><span class="sr">words missing here</span>')
    mark = Markup("<mark>{}</mark>").format(middle) if middle else empty.format(CARET)
    return Markup("<bdi>{} {} {}</bdi>").format(before, mark, after)


def _rows(
    line: Mapping[str, Any], made: stemma.Stemma, passages: Passages, *, most: int | None
) -> Iterator[dict[str, Any]]:
    """Yield a row for each node of the drawing, in its order."""
    nodes = {node["article_id"]: node for node in line["nodes"]}
    edges: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for edge in line["edges"]:
        edges[edge["target"]].append(edge)
    for dot in made.dots[:most]:
        node = nodes.get(dot.key)
        yield {
            "key": dot.key,
            "name": name(node) if node else dot.key,
            "node": node,
            "sources": [_source(edge, nodes, passages) for edge in edges[dot.key]],
        }


def _source(edge: Mapping[str, Any], nodes: Mapping[str, Any], passages: Passages) -> dict[str, Any]:
    """Where an article may have its text from: how likely, and by which signs."""
    source, target = nodes.get(edge["source"]), nodes.get(edge["target"])
    outlet = called(target) if target else edge["target"]
    return {
        "key": edge["source"],
        "name": shown(called(source)) if source else edge["source"],
        "seen": source is not None,
        "surely": edge["probability"] >= SURE,
        "percent": percent(edge["probability"]),
        "note": edge["note"],
        "signs": [
            {
                "note": plain(sign["note"]),
                "words": shortened(sign["text"]),
                "anchor": passages.anchor(edge["target"], sign, outlet),
            }
            for sign in edge["signs"]
        ],
    }


def shortened(text: str) -> str:
    """The first words of a passage; the passage itself stands below."""
    told = plain(text)
    return told if len(told) <= BEGINNING else told[:BEGINNING].rpartition(" ")[0] + " …"


def called(node: Mapping[str, Any]) -> str:
    """An article by its outlet, else by its name."""
    return node["outlet"] or name(node)
