"""What the questions share that are about an archive or about files: which of them is meant, and how to show it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from retold.cli import exits
from retold.cli.ask import width
from retold.model.errors import SourceError

if TYPE_CHECKING:
    from retold.archive.provenance import Unread

PICTURES = {
    "origins": "sources",
    "copies": "sources",
    "lineage": "lineages",
    "check": "checks",
    "statements": "statements",
    "quote": "statements",
}
FULL = click.option("--full", is_flag=True, help="Show whole texts, and all that is listed.")
LIMIT = click.option("--limit", type=click.IntRange(1), default=20, help="How many to show.  [default: 20]")


def picture(name: str, **look: Any) -> Callable[[dict[str, Any]], str]:
    """What draws an answer for a terminal."""
    module = import_module(f"retold.pictures.{PICTURES[name]}")
    draw: Callable[..., str] = getattr(module, name)
    return lambda found: draw(found, width=width(), **look)


def are_paths(sources: tuple[str, ...]) -> bool:
    """Whether files are asked about, and not a story; raises SourceError where one of several is not there."""
    from retold.archive.given import check_path

    for name in sources:
        check_path(name)
    if not sources or (len(sources) == 1 and sources[0] != "-" and not os.path.lexists(sources[0])):
        return False
    if sources.count("-") > 1:
        raise click.UsageError("Stdin (-) can be read only once.")
    for name in sources:
        if name != "-" and not os.path.lexists(name):
            raise SourceError(name, "there is no such file or folder. One story, or one path and more, is wanted.")
    return True


def unread(rejects: Sequence[Unread], *, quiet: bool) -> int:
    """3 where an input could not be read, which is named on stderr; else 0."""
    for reject in () if quiet else rejects:
        at = f"{reject.source}#{reject.place}" if reject.place else reject.source
        click.echo(f"retold: {at}: {reject.reason}", err=True)
    return exits.INPUT if rejects else exits.DONE
