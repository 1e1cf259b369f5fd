"""Questions to an archive about its outlets: on whom they depend, and how much is their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from retold.cli import exits
from retold.cli.archives import answer, archived, opened, told
from retold.cli.ask import width


def _picture(name: str) -> Callable[[dict[str, Any]], str]:
    """What draws an answer for a terminal."""
    from retold.pictures import dependence

    draw: Callable[..., str] = getattr(dependence, name)
    return lambda found: draw(found, width=width())


@click.command(short_help="Say which outlet depends on whom.")
@click.option("--since", metavar="TIME", help="Only articles from this day on.")
@click.option("--until", metavar="TIME", help="Only articles up to the end of this day.")
@click.option("--least", type=click.IntRange(0), default=0, help="Only outlets of this many stories.")
@click.option("--limit", type=click.IntRange(1), default=100, help="How many to show.  [default: 100]")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to pass over first.")
@archived
@told
def outlets(*, place: str, as_json: bool, output: str | None, **filters: Any) -> int:
    """Say which outlet depends on which agencies and on which other outlets, and how much of its text is its own; those
    of most articles come first.

    \b
    retold outlets
    retold outlets --least 30 --since 2026-05-01
    """
    with opened(place) as archive:
        found = archive.outlets(**filters)
    answer(found, _picture("outlets"), as_json=as_json, output=output)
    return exits.DONE


@click.command(short_help="Show one outlet, month by month.")
@click.argument("name", metavar="OUTLET")
@archived
@told
def outlet(name: str, *, place: str, as_json: bool, output: str | None) -> int:
    """Show one outlet, month by month: how much is its own, which agencies it credits, whom it probably has texts from,
    and who has texts from it.

    \b
    retold outlet "Coast Tribune"
    """
    with opened(place) as archive:
        found = archive.outlet(name)
    answer(found, _picture("outlet"), as_json=as_json, output=output)
    return exits.DONE


@click.command(short_help="Show how an outlet writes what others write otherwise.")
@click.argument("name", metavar="OUTLET")
@archived
@told
def habits(name: str, *, place: str, as_json: bool, output: str | None) -> int:
    """Show the house style of an outlet: how it writes, in three stories or more, what other outlets write otherwise in
    the same text. Its latest articles are compared for that.

    \b
    retold habits "Coast Tribune"
    """
    with opened(place) as archive:
        found = archive.habits(name)
    answer(found, _picture("habits"), as_json=as_json, output=output)
    return exits.DONE
