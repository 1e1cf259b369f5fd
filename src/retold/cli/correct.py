"""``retold correct`` and ``retold corrections``: what was read wrongly of an article, said by who has looked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import click

from retold.cli import exits
from retold.cli.archives import answer, archived, opened, told
from retold.cli.ask import width

BLOCK = re.compile(r"\s*(\d+)\s*-\s*(\d+)\s*=\s*(\S.*?)\s*")
WANTED = "START-END=KIND is wanted, such as 120-240=furniture. List the places with: retold correct ARTICLE"


def _picture(name: str) -> Callable[[dict[str, Any]], str]:
    """What draws an answer for a terminal."""
    from retold.pictures import corrections

    draw: Callable[..., str] = getattr(corrections, name)
    return lambda found: draw(found, width=width())


@click.command(short_help="Correct how an article was read.")
@click.argument("name", metavar="ARTICLE")
@click.option("--title", metavar="TEXT", help="Its title.")
@click.option("--outlet", metavar="NAME", help="Its outlet.")
@click.option("--author", metavar="NAMES", help="Its authors, with commas between them.")
@click.option("--published", metavar="TIME", help="When it was published, such as 2026-05-03.")
@click.option("--language", metavar="CODE", help="Its language, such as en.")
@click.option("--block", "blocks", metavar="START-END=KIND", multiple=True, help="What this place of its text is.")
@click.option("--version", metavar="ID", help="The version that has these places.  [default: the newest]")
@click.option("--undo", is_flag=True, help="Take back all that was corrected of it.")
@archived
@told
def correct(
    name: str,
    *,
    blocks: tuple[str, ...],
    version: str | None,
    undo: bool,
    place: str,
    as_json: bool,
    output: str | None,
    **fields: str | None,
) -> int:
    """Correct how an article was read; with nothing to correct, show it as read and as corrected, with the places of
    its blocks. ARTICLE is its id, its URL, or the id from its input. The next retold learn, and every retold add of the
    article, honours a correction, in all versions that were read the same. The text itself never changes.

    KIND is title, standfirst, heading, paragraph, caption, credit or furniture; a place may be part of a block, or
    several. A field with nothing in it ("") says that the page states none. What was corrected before stands, but for
    the same field or place.

    \b
    retold correct https://coast.example/ferry
    retold correct ferry-17 --outlet "Coast Tribune" --block 120-240=furniture
    retold correct ferry-17 --undo
    """
    given = {part: value for part, value in fields.items() if value is not None}
    if undo and (given or blocks):
        raise click.UsageError("--undo takes back all that was corrected: give it alone, and what is right after it.")
    places = _places(blocks)
    with opened(place) as archive:
        if undo:
            found = archive.take_back(name)
        elif given or places:
            found = archive.correct(name, **given, blocks=places, version=version)
        else:
            found = archive.reading(name, version=version)
    answer(found, _picture("reading"), as_json=as_json, output=output)
    return exits.DONE


def _places(blocks: Sequence[str]) -> list[tuple[int, int, str]]:
    """The places of a text and their kinds, as they were given."""
    found = []
    for told_ in blocks:
        match = BLOCK.fullmatch(told_)
        if match is None:
            raise click.UsageError(f"--block {told_!r} names no place and kind. {WANTED}")
        found.append((int(match[1]), int(match[2]), match[3]))
    return found


@click.command(short_help="List what was corrected of how articles were read.")
@click.argument("name", metavar="[ARTICLE]", required=False)
@archived
@told
def corrections(name: str | None, *, place: str, as_json: bool, output: str | None) -> int:
    """List what readers corrected of how articles were read, of one article or of all, and what the next retold learn
    has still to honour.

    \b
    retold corrections
    retold corrections ferry-17 --json
    """
    with opened(place) as archive:
        found = archive.corrections(name)
    answer(found, _picture("corrections"), as_json=as_json, output=output)
    return exits.DONE
