"""A lineage as a graph for other programs: GraphML and DOT, with the certainty on its edges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from retold.pictures.listing import day, name
from retold.pictures.words import plain

Document = Mapping[str, Any]
NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")  # what XML 1.0 has no place for, beside control characters
SURE = 0.5  # from here on an edge is drawn as a line, below it dotted

NODE_KEYS = {"label": "string", "seen": "boolean", "origin": "string", "outlet": "string", "published": "string"}
EDGE_KEYS = {"probability": "double", "signs": "int", "note": "string"}


def graphml(document: Document) -> str:
    """Return a lineage as GraphML: nodes are articles and texts that nobody has seen, edges lead from the source."""
    return "\n".join(_graphml(document)) + "\n"


def _graphml(document: Document) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for thing, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for key, kind in keys.items():
            yield f'  <key id="{key}" for="{thing}" attr.name="{key}" attr.type="{kind}"/>'
    yield f'  <graph id={_quoted(document["story_id"])} edgedefault="directed">'
    for key, data in nodes(document):
        yield f"    <node id={_quoted(key)}>"
        yield from _data(data)
        yield "    </node>"
    for edge in edges(document):
        yield f"    <edge source={_quoted(edge['source'])} target={_quoted(edge['target'])}>"
        yield from _data({"probability": edge["probability"], "signs": len(edge["signs"]), "note": edge["note"]})
        yield "    </edge>"
    yield "  </graph>"
    yield "</graphml>"


def _data(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        if value is not None:
            told = str(value).lower() if isinstance(value, bool) else str(value)
            yield f'      <data key="{key}">{escape(_clean(told))}</data>'


def _quoted(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    return NO_XML.sub("\ufffd", plain(text))


def dot(document: Document) -> str:
    """Return a lineage in the language of Graphviz; what nobody has seen is dashed, what is not likely dotted."""
    return "\n".join(_dot(document)) + "\n"


def _dot(document: Document) -> Iterator[str]:
    yield f"digraph {_string(document['story_id'])} {{"
    yield "  rankdir=LR; node [shape=box];"
    for key, data in nodes(document):
        lines = [data["label"], data["outlet"], day(data["published"]) if data["published"] else None]
        style = "" if data["seen"] else ", style=dashed"
        yield f"  {_string(key)} [label={_string(*filter(None, lines))}{style}];"
    for edge in edges(document):
        style = "" if edge["probability"] >= SURE else ", style=dotted"
        told = f'label="{edge["probability"]:.2f}", tooltip={_string(edge["note"])}{style}'
        yield f"  {_string(edge['source'])} -> {_string(edge['target'])} [{told}];"
    yield "}"


def _string(*lines: str) -> str:
    """A string of DOT, each part on a line of its own."""
    told = (_clean(line).replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(told) + '"'


def nodes(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the nodes of a lineage, each article once, with what is told of it."""
    told: set[str] = set()
    for line in document["origins"]:
        for node in line["nodes"]:
            if node["article_id"] not in told:
                told.add(node["article_id"])
                about = {"outlet": node["outlet"], "published": node["published"]}
                yield node["article_id"], {"label": name(node), "seen": True, "origin": line["origin_id"], **about}
        for key in line["unseen"]:
            nothing = {"outlet": None, "published": None}
            label = f"{key}: a text we have not seen"
            yield key, {"label": label, "seen": False, "origin": line["origin_id"], **nothing}


def edges(document: Document) -> Iterator[Mapping[str, Any]]:
    """Yield the edges of a lineage."""
    for line in document["origins"]:
        yield from line["edges"]
