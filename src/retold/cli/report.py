"""``retold report``: all that an archive knows of a story, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from retold.cli import exits
from retold.cli.archives import archived, check_output, followed, long, opened
from retold.cli.output import save, show


@click.command(short_help="Write all that is known of a story into one file, to read or to send.")
@click.argument("name", metavar="STORY")
@click.option("-o", "--output", metavar="FILE", type=click.Path(allow_dash=True), help="Write here, not to stdout.")
@click.option("--statements/--no-statements", default=True, help="With the ledger of who said what.  [default: on]")
@archived
@long
def report(name: str, *, output: str | None, statements: bool, place: str, quiet: bool, progress: str) -> int:
    """Write a page (HTML) about a story: its numbers and how certain they are, who has the same text, who probably had
    it from whom, which passage stands where, all texts side by side with every edit, and who said what. STORY is its
    id, or one of its articles.

    It is one file that asks nothing of any network and can be read without scripts. Up to 200 articles are set side by
    side; of up to 60 it tells who said what, which takes its time when it is first asked for.

    \b
    retold report qc-2204 -o ferry.html
    """
    check_output(output, place)
    with followed(progress, quiet=quiet) as step, opened(place) as archive:
        page = archive.report(name, statements=statements, progress=step).to_html()
    if output is None or output == "-":
        show(page)
    else:
        save(page, Path(output))
        if not quiet:
            click.echo(f"retold: wrote {output}", err=True)
    return exits.DONE
