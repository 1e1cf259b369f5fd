"""Questions about statements: who said what, in which versions, altered where."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from retold.cli import exits
from retold.cli.archives import answer, archived, followed, long, opened, told
from retold.cli.given import FULL, are_paths, picture, unread

if TYPE_CHECKING:
    from retold.archive.attributions import Quote


class Options(TypedDict):
    """What is asked for, in files and in an archive."""

    speaker: str | None
    changed: bool
    difference: str | None
    form: str | None
    cue: str | None
    outlet: str | None
    spread: str | None
    limit: int
    after: str | None


@click.command(short_help="Say who said what: in a file, in a story, or by one speaker.")
@click.argument("sources", metavar="[STORY|PATH...]", nargs=-1, type=click.Path(allow_dash=True))
@click.option("--speaker", metavar="NAME", help="Only what NAME says; without STORY or PATH in the whole archive.")
@click.option("--changed", is_flag=True, help="Only what two versions tell differently.")
@click.option("--difference", metavar="KIND", help='Only what differs so, such as "shortened".')
@click.option("--form", metavar="FORM", help="Only what is direct, indirect or mixed: quoted, reported, or both.")
@click.option("--cue", metavar="CLASS", help="Only what is said so: say, deny, accuse, demand, warn, promise ...")
@click.option("--outlet", metavar="NAME", help="Only what NAME tells.")
@click.option("--spread", metavar="HOW", help='Only what "one" version tells, "several", "all", or "not all".')
@click.option("--limit", type=click.IntRange(1), default=100, help="How many to show.  [default: 100]")
@click.option("--after", metavar="NEXT", help='Go on behind another answer: its "next".')
@FULL
@archived
@told
@long
def statements(  # one argument an option
    sources: tuple[str, ...],
    *,
    full: bool,
    place: str,
    as_json: bool,
    output: str | None,
    quiet: bool,
    progress: str,
    **options: Unpack[Options],
) -> int:
    """Say who said what, in which versions, and how these differ: cut short, altered inside the quotation marks, a
    paraphrase made a quotation, another speaker, another cue ("said", "claimed").

    With PATHs of files or folders, up to 200 articles, without an archive; - is stdin. With STORY (its id, or one of
    its articles) all versions of its articles; with --speaker alone, all stories of the archive in which NAME speaks.
    What was read of an archive's versions is kept: the first question takes its time, and the next one does not.

    \b
    retold statements article.html
    retold statements qc-2204 --changed --full
    retold statements qc-2204 --form direct --spread "not all"
    retold statements --speaker "Leonor Vask" --json
    """
    if not sources and options["speaker"] is None:
        raise click.UsageError("A file, a story or a speaker is wanted: PATH, STORY or --speaker NAME.")
    with followed(progress, quiet=quiet) as step:
        if are_paths(sources):
            from retold import api

            found = api.statements_of(sources, progress=step, stdin=sys.stdin.buffer, **options)
        else:
            with opened(place) as archive:
                found = archive.statements(sources[0] if sources else None, progress=step, **options)
    answer(found, picture("statements", full=full), as_json=as_json, output=output)
    return unread(found.rejects, quiet=quiet)


def quoted(text: str, sources: tuple[str, ...], *, limit: int, place: str, quiet: bool, progress: str) -> Quote:
    """Whether a quotation stands in some files, or without these in an archive."""
    with followed(progress, quiet=quiet) as step:
        if sources:
            from retold import api

            return api.check_quote(text, sources, limit=limit, progress=step, stdin=sys.stdin.buffer)
        with opened(place) as archive:
            return archive.check_quote(text, limit=limit, progress=step)


def code(found: Quote, *, strict: bool, quiet: bool) -> int:
    """3 where an input could not be read, 4 where nothing has it word for word and this was asked, else 0."""
    done = unread(found.rejects, quiet=quiet)
    return done or (exits.DIFFERENT if strict and not found.found else exits.DONE)
