"""Who had a text from whom, drawn: a row for each article, time from left to right, lines from source to taker.

A text that nobody has seen is dashed, so are the lines from it; what only may be so is dotted. The same drawing stands
in a page, whose style sheet colours it, and alone in a file, where its own attributes do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from markupsafe import Markup, escape

from retold.model.times import moment
from retold.pictures.axes import Axis, axis
from retold.pictures.graphs import NO_XML
from retold.pictures.listing import name
from retold.pictures.verdicts import SURE
from retold.pictures.words import many, plain

Line = Mapping[str, Any]  # of a lineage: one origin with its nodes and edges

AXIS, LABEL = 560, 300  # units: the axis of time, and the room for a name to the right of a node
MARGIN, HEAD, COLUMN, DEPTH = 14, 34, 140, 36
ROW, DENSE = 28, 19  # units from one article to the next, a few or many of them
FEW = 40
ALTERNATIVES = 80  # articles from which on only the likeliest source of each is drawn
LONGEST = 40  # letters of a name
KINDS = {  # of lines: how they are drawn where no style sheet says it
    "sure": 'stroke="#1d1c1a" stroke-width="1.5"',
    "unseen": 'stroke="#5d5951" stroke-width="1.5" stroke-dasharray="6 4"',
    "doubtful": 'stroke="#5d5951" stroke-width="1.5" stroke-dasharray="1 4" stroke-linecap="round"',
}
SAID = {
    "sure": "probably its source",
    "unseen": "from a text we have not seen",
    "doubtful": "may be its source",
}


@dataclass(frozen=True, slots=True)
class Dot:
    """An article, or a text that nobody has seen, in its place; ``said`` is all that is told of it."""

    key: str
    label: str
    said: str
    seen: bool
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Stemma:
    """A drawing: its size, its nodes, for each the place of its source among them (-1 where it has none), its lines by
    kind, its axis (None where no article states a time), the place of the column of what states none, and whether only
    the likeliest lines are in it."""

    width: float
    height: float
    dots: Sequence[Dot]
    sources: Sequence[int]
    lines: Mapping[str, str]
    time: Axis | None
    undated: float | None
    likeliest: bool


def stemma(line: Line) -> Stemma:
    """The drawing of one origin of a lineage."""
    nodes = {node["article_id"]: node for node in line["nodes"]}
    sources = _sources(line, [*nodes, *line["unseen"]])
    times = {key: at for key, node in nodes.items() if (at := seconds(node["published"])) is not None}
    order, depth = _order(sources, {key: (times.get(key, float("inf")), key) for key in sources})
    row = ROW if len(order) <= FEW else DENSE
    across, time, undated = _across(order, depth, nodes, times)
    down = {key: HEAD + (place + 0.5) * row for place, key in enumerate(order)}
    best = {edge["target"]: edge for edge in reversed(line["edges"]) if edge["target"] in sources}
    dots = [_dot(key, nodes.get(key), best.get(key), across[key], down[key]) for key in order]
    likeliest = len(nodes) > ALTERNATIVES
    places: dict[str | None, int] = {key: place for place, key in enumerate(order)}
    return Stemma(
        width=max(across.values()) + LABEL,
        height=HEAD + len(order) * row + MARGIN,
        dots=dots,
        sources=[places.get(sources[key], -1) for key in order],
        lines=_lines(line, sources, across, down, likeliest=likeliest),
        time=time,
        undated=undated,
        likeliest=likeliest,
    )


def seconds(stated: str | None) -> float | None:
    """A stated time as seconds since 1970; one without a zone is taken as UTC, one without an hour as midnight."""
    found = moment(stated)
    if found is None:
        return None
    return (found.time if found.time.tzinfo else found.time.replace(tzinfo=UTC)).timestamp()


def _sources(line: Line, keys: Sequence[str]) -> dict[str, str | None]:
    """The likeliest source of each node, which comes first among its edges; None where there is none to draw."""
    found: dict[str, str | None] = dict.fromkeys(keys)
    for edge in line["edges"]:
        source, target = edge["source"], edge["target"]
        if source in found and target in found and found[target] is None and not _leads(found, source, target):
            found[target] = source
    return found


def _leads(sources: Mapping[str, str | None], start: str | None, end: str) -> bool:
    """Whether one goes back to another: an edge more would then make a ring of what must be a tree."""
    while start is not None and start != end:
        start = sources[start]
    return start == end


def _order(
    sources: Mapping[str, str | None], rank: Mapping[str, tuple[float, str]]
) -> tuple[list[str], dict[str, int]]:
    """The nodes from top to bottom, takers right below their source; and how many sources each goes back to."""
    takers: defaultdict[str | None, list[str]] = defaultdict(list)
    for key, source in sources.items():
        takers[source].append(key)
    order: list[str] = []
    depth: dict[str, int] = {}
    waiting = sorted(takers[None], key=rank.__getitem__, reverse=True)
    while waiting:
        key = waiting.pop()
        source = sources[key]
        depth[key] = 0 if source is None else depth[source] + 1
        order.append(key)
        waiting.extend(sorted(takers[key], key=rank.__getitem__, reverse=True))
    return order, depth


def _across(
    order: Sequence[str], depth: Mapping[str, int], nodes: Mapping[str, Any], times: Mapping[str, float]
) -> tuple[dict[str, float], Axis | None, float | None]:
    """The place of each node from left to right, by its time; without any, by how many sources it goes back to."""
    if not times:
        return {key: float(MARGIN + DEPTH * depth[key]) for key in order}, None, None
    left = float(MARGIN)
    places = {key: left for key in order if key not in nodes}
    left += COLUMN if places else 0
    unstated = [key for key in order if key in nodes and key not in times]
    places |= dict.fromkeys(unstated, left)
    undated = left if unstated else None
    left += COLUMN if unstated else 0
    drawn = axis(list(times.values()), start=left, width=AXIS)
    return places | {key: drawn.at(at) for key, at in times.items()}, drawn, undated


def _dot(key: str, node: Mapping[str, Any] | None, edge: Mapping[str, Any] | None, x: float, y: float) -> Dot:
    why = [edge["note"]] if edge else []
    if node is None:
        return Dot(key, f"{key}: text not seen", ". ".join([f"{key}, a text we have not seen", *why]), False, x, y)
    label = cut(node["outlet"] or name(node))
    about = [part for part in (node["title"], node["published"]) if part]
    return Dot(key, label, ". ".join(map(plain, [name(node), *about, *why])), True, x, y)


def cut(text: str) -> str:
    """A name on one line, as long as there is room for it."""
    told = plain(text)
    return told if len(told) <= LONGEST else told[: LONGEST - 2].rstrip() + " …"


def _lines(
    line: Line,
    sources: Mapping[str, str | None],
    across: Mapping[str, float],
    down: Mapping[str, float],
    *,
    likeliest: bool,
) -> dict[str, str]:
    """The lines as a path for each kind: however many there are, the drawing has three."""
    moves: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for edge in line["edges"]:
        source, target = edge["source"], edge["target"]
        if source not in sources or target not in sources:
            continue
        ends = across[source], down[source], across[target], down[target]
        if sources[target] == source:
            moves[_kind(edge, line)].append(_elbow(*ends))
        elif not likeliest:
            moves["doubtful"].append(_bow(*ends))
    return {kind: "".join(drawn) for kind, drawn in moves.items() if drawn}


def _kind(edge: Mapping[str, Any], line: Line) -> str:
    if edge["probability"] < SURE:
        return "doubtful"
    return "unseen" if edge["source"] in line["unseen"] else "sure"


def _elbow(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"M{x:g} {y:g}V{to_y:g}H{to_x:g}" if x != to_x else f"M{x:g} {y:g}V{to_y:g}"


def _bow(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"M{x:.5g} {y:g}Q{min(x, to_x) - DEPTH / 2:.5g} {(y + to_y) / 2:g} {to_x:.5g} {to_y:g}"


def drawn(made: Stemma, *, title: str, address: str = "") -> Markup:
    """The drawing as SVG for a page; ``address``: what leads to an article, its id following."""
    size = f'viewBox="0 0 {made.width:g} {made.height:g}" width="{made.width:g}" height="{made.height:g}"'
    head = Markup('<svg class="stemma" {} role="group" aria-label="{}"><title>{}</title>')
    return head.format(Markup(size), title, title) + Markup("".join(_parts(made, address))) + Markup("</svg>")


def svg(document: Mapping[str, Any]) -> str:
    """A whole lineage as a file of SVG, its origins one below the other."""
    drawings = [stemma(line) for line in document["origins"]]
    width = max((made.width for made in drawings), default=float(AXIS)) + 2 * MARGIN
    parts, top = [], 2.5 * HEAD
    for number, (made, line) in enumerate(zip(drawings, document["origins"], strict=True), 1):
        parts.append(f'<g transform="translate({MARGIN} {top:g})">')
        parts.append(f'<text font-weight="bold" y="0">{escape(heading(line, number))}</text>')
        parts.append(f'<g transform="translate(0 {MARGIN})">{"".join(_parts(made, ""))}</g></g>')
        top += made.height + 2 * HEAD
    if not drawings:
        parts.append(f'<text x="{MARGIN}" y="{top:g}">Each of its articles is alone in its origin.</text>')
    title = escape(plain(document["title"]) or f"Story {document['story_id']}")
    size = f'width="{width:g}" height="{top + HEAD:g}" viewBox="0 0 {width:g} {top + HEAD:g}"'
    return NO_XML.sub(
        "\ufffd",
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">'
        f"<title>Lineage of {title}</title>"
        f'<rect width="100%" height="100%" fill="#ffffff"/>'
        f'<text x="{MARGIN}" y="{HEAD}" font-size="18" font-weight="bold">{title}</text>{"".join(parts)}</svg>\n',
    )


def heading(line: Line, number: int) -> str:
    """What an origin is called: its number, how many articles, and whom they credit."""
    credit = f", credited to {plain(line['agency'])}" if line["agency"] else ""
    return f"Origin {number}: {many(len(line['nodes']), 'article')}{credit}"


def _parts(made: Stemma, address: str) -> Iterator[str]:
    """Yield the axis, the lines and the nodes."""
    if made.time:
        yield from _axis(made, made.time)
    for kind, path in made.lines.items():
        yield f'<path class="line {kind}" fill="none" {KINDS[kind]} d="{path}"/>'
    yield '<g class="nodes" fill="#ffffff" stroke="#1d1c1a" stroke-width="1.5">'
    for dot in made.dots:
        yield _node(dot, address)
    yield "</g>"


def _axis(made: Stemma, time: Axis) -> Iterator[str]:
    bottom = made.height - MARGIN
    yield '<g class="axis" fill="#5d5951" stroke="#dedad1" font-size="11">'
    for tick in time.ticks:
        yield f'<path d="M{tick.x:.5g} 20V{bottom:g}"/><text stroke="none" x="{tick.x:.5g}" y="13">{tick.label}</text>'
    for x in time.breaks:
        yield f'<text class="break" stroke="none" x="{x:.5g}" y="13" text-anchor="middle">//</text>'
    if made.undated is not None:
        yield f'<text stroke="none" x="{made.undated:g}" y="13">no time stated</text>'
    yield "</g>"


def _node(dot: Dot, address: str) -> str:
    """A node with its name; in a page it leads to what is told of it."""
    mark = f'<circle cx="{dot.x:.5g}" cy="{dot.y:g}" r="5"{"" if dot.seen else DASHED}/>'
    text = f'<text fill="#1d1c1a" stroke="none" x="{dot.x + 11:.5g}" y="{dot.y + 4:g}">{escape(dot.label)}</text>'
    inside = f"<title>{escape(dot.said)}</title>{mark}{text}"
    kind = "" if dot.seen else ' class="not-seen"'
    return f'<a href="{escape(address + dot.key)}"{kind}>{inside}</a>' if address else f"<g{kind}>{inside}</g>"


DASHED = ' stroke-dasharray="3 2"'
