"""``retold export`` and ``retold doctor``: an archive's tables for other programs, and its health."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from retold.cli import exits
from retold.cli.archives import answer, archived, check_output, followed, long, opened, told
from retold.cli.ask import _picture
from retold.cli.output import enough, whole

TABLES = (
    "articles", "versions", "corrections", "stories", "tellings", "successors", "furniture", "copies", "passages",
    "origins", "lineage", "statements", "speakers", "rejects", "runs",
)  # fmt: skip
FORMATS = ("jsonl", "csv", "parquet")
ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet"}


@click.command(short_help="Write a table of an archive as JSON lines, CSV or Parquet.")
@click.argument("table", type=click.Choice(TABLES))
@click.option("--format", "form", type=click.Choice(FORMATS), help="[default: by the ending of FILE, else jsonl]")
@click.option("-o", "--output", metavar="FILE", type=click.Path(allow_dash=True), help="Write here, not to stdout.")
@archived
@long
def export(table: str, *, form: str | None, output: str | None, place: str, quiet: bool, progress: str) -> int:
    """Write a table of an archive. Each row about an article carries source_id, the id that its input gave it. For
    statements and speakers all versions are read that nobody has asked about yet: some minutes for a thousand articles.

    \b
    articles    an article as its newest version has it, with its story
    versions    every text that was seen, with its blocks and credits
    corrections what readers corrected of how articles were read
    stories     an event, from its first article to its last
    tellings    which article tells which story, and how surely
    successors  where the articles of a story that is no more are told now
    furniture   blocks that recur on an outlet's pages
    copies      which articles share passages, how much of each, and of what kind
    passages    where in both texts the words stand that two articles share
    origins     which article goes back to which origin, mainly or in part
    lineage     which text was made from which, how probably, and by which signs
    statements  who said what in which version, with its places and how others tell it
    speakers    who speaks in which story, and by which rules the written forms were joined
    rejects     what could not be read, and why
    runs        which command wrote, and when

    \b
    retold export tellings --format csv -o tellings.csv
    retold export articles | jq .title
    """
    check_output(output, place)
    form = form or ENDINGS.get(os.path.splitext(output or "")[1].lower(), "jsonl")
    with opened(place) as archive, followed(progress, quiet=quiet) as step:
        if output in (None, "-"):
            _refuse_terminal(form)
            with enough():
                archive.export(table, form, sys.stdout.buffer, progress=step)
                sys.stdout.buffer.flush()
        else:
            with whole(Path(output)) as file:
                count = archive.export(table, form, file, progress=step)
            click.echo(f"retold: wrote {output}: {count:,} rows", err=True)
    return exits.DONE


@click.command(short_help="Check an archive, and mend its indexes.")
@click.option("--look", is_flag=True, help="Only look, mend nothing.")
@archived
@told
def doctor(*, look: bool, place: str, as_json: bool, output: str | None) -> int:
    """Check an archive: its file, its indexes, and that each row finds what it names. What follows from the texts is
    made anew where it does not fit; articles are never changed. Exits with 1 when something is left that is wrong.

    \b
    retold doctor --archive news.retold
    """
    with opened(place) as archive:
        found = archive.doctor(repair=not look)
    answer(found, _picture("checked"), as_json=as_json, output=output)
    return exits.ERROR if found.left else exits.DONE


def _refuse_terminal(form: str) -> None:
    if form == "parquet" and sys.stdout.isatty():
        raise click.UsageError("Parquet is no text for a terminal. Name a file: -o FILE.parquet")
