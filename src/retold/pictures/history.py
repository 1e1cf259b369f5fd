"""The versions of one article on an axis of time, each with a bar as high as what it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from retold.pictures.axes import Axis, axis
from retold.pictures.lineages import minute
from retold.pictures.stemma import seconds
from retold.pictures.words import many

WIDTH, HEIGHT = 720.0, 132.0
MARGIN = 30.0  # left and right of the first and the last bar
TOP, BASE = 26.0, 104.0  # of the bars: above stand the times, below the numbers of the versions
BAR = 12.0  # wide, where there is room for it
LEAST = 2.0  # high is a bar of a single word
GAP = 3.0  # between two bars at the least, as long as there is room


@dataclass(frozen=True, slots=True)
class Change:
    """How many words one version changed of the one before: those that matter, and those of style alone."""

    content: int
    style: int

    @property
    def all(self) -> int:
        """All words that it changed."""
        return self.content + self.style


def changes(steps: Sequence[Mapping[str, Any]]) -> list[Change]:
    """Return how much each step of a history changed."""
    return [Change(_words(step, of_style=False), _words(step, of_style=True)) for step in steps]


def _words(step: Mapping[str, Any], *, of_style: bool) -> int:
    """Return how many words were cut and added, in edits of style or in all others and in whole passages."""
    texts = [
        text for edit in step["edits"] if (edit["kind"] == "style") == of_style for text in (edit["cut"], edit["added"])
    ]
    whole = [] if of_style else [*step["cut"], *step["added"]]
    return sum(len(text.split()) for text in [*texts, *whole])


def stood(version: Mapping[str, Any]) -> str | None:
    """Return when a version is known to have stood; None where nobody says."""
    found: str | None = version["seen"] or version["published"]
    return found


def strip(
    versions: Sequence[Mapping[str, Any]], steps: Sequence[Mapping[str, Any]], *, shown: Sequence[int], address: str
) -> Markup:
    """Return the drawing: a bar for each version, which leads to what it changed (``address``, the numbers of the two
    versions following as "1&to=2"); ``shown`` are the numbers of those that are read."""
    told = changes(steps)
    when = [seconds(stood(version)) for version in versions]
    known = [moment for moment in when if moment is not None]
    time = axis(known, start=MARGIN, width=WIDTH - 2 * MARGIN) if len(known) == len(versions) else None
    places = _places([time.at(moment) for moment in known] if time else None, len(versions))
    most = max((change.all for change in told), default=0)
    bars = [
        _bar(number, x, told[number - 2] if number > 1 else None, most, shown=shown, address=address, version=version)
        for number, (x, version) in enumerate(zip(places, versions, strict=True), 1)
    ]
    size = f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" height="{HEIGHT:g}"'
    told_of = escape(f"{many(len(versions), 'version')}, each with a bar for the words that it changed")
    parts = [*(_axis(time) if time else ()), *bars]
    base = f'<path class="base" d="M0 {BASE:g}H{WIDTH:g}"/>'
    return Markup(f'<svg class="history" {size} role="group" aria-label="{told_of}">{base}{"".join(parts)}</svg>')


def _places(found: Sequence[float] | None, count: int) -> list[float]:
    """Return where the bars stand: at their times, but not one upon the other; else in even steps."""
    room = (WIDTH - 2 * MARGIN) / max(count - 1, 1)
    if found is None:
        return [MARGIN + at * room for at in range(count)]
    gap = min(BAR + GAP, room)
    places: list[float] = []
    for x in found:
        places.append(max(x, places[-1] + gap) if places else x)
    over = WIDTH - MARGIN
    for at in range(count - 1, -1, -1):
        places[at] = min(places[at], over)
        over = places[at] - gap
    return places


def _bar(
    number: int,
    x: float,
    change: Change | None,
    most: int,
    *,
    shown: Sequence[int],
    address: str,
    version: Mapping[str, Any],
) -> str:
    """Return a version: its number, and above it the bar of what it changed."""
    name = f"Version {number}, {minute(stood(version)) if stood(version) else 'not dated'}"
    mark = f'<text x="{x:.5g}" y="{BASE + 18:g}" text-anchor="middle">{number}</text>'
    kind = ' class="shown"' if number in shown else ""
    if change is None:
        dot = f'<circle cx="{x:.5g}" cy="{BASE:g}" r="4"/>'
        return f"<g{kind}><title>{escape(name)}</title>{dot}{mark}</g>"
    said = escape(f"{name}: {many(change.all, 'word')} changed, {change.style} of style. Read what it changed")
    bars, top = "", BASE
    for part, words in (("content", change.content), ("style", change.style)):
        height = max((BASE - TOP) * words / most, LEAST) if words else 0.0
        top -= height
        bars += f'<rect class="{part}" x="{x - BAR / 2:.5g}" y="{top:.5g}" width="{BAR:g}" height="{height:.5g}"/>'
    bars = bars if change.all else f'<circle cx="{x:.5g}" cy="{BASE:g}" r="4"/>'
    hit = f'<rect class="hit" x="{x - BAR:.5g}" y="{TOP:g}" width="{2 * BAR:g}" height="{HEIGHT - TOP:g}"/>'
    leads = escape(f"{address}{number - 1}&to={number}")
    return f'<a href="{leads}"{kind}><title>{said}</title>{hit}{bars}{mark}</a>'


def _axis(time: Axis) -> Iterator[str]:
    yield '<g class="axis" aria-hidden="true">'
    for tick in time.ticks:
        yield f'<path d="M{tick.x:.5g} 18V{BASE:g}"/><text x="{tick.x + 3:.5g}" y="13">{tick.label}</text>'
    for x in time.breaks:
        yield f'<text x="{x:.5g}" y="{BASE - 4:g}" text-anchor="middle">//</text>'
    yield "</g>"
