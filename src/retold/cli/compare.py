"""``retold compare``: articles in, a verdict with its evidence out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retold.cli import exits
from retold.cli.archives import check_output, opened
from retold.cli.output import save, show
from retold.cli.progress import KINDS, follow

if TYPE_CHECKING:
    from retold.answers import Comparison

MOST = 200
PLAIN_WIDTH = 100  # columns where there is no terminal to ask, so that a file is the same on every machine


@dataclass(frozen=True, slots=True)
class Look:
    """How the picture for the terminal is to look."""

    width: int
    everything: bool
    colour: bool


def _text(comparison: Comparison, look: Look) -> str:
    from retold.pictures.terminal import picture

    return picture(comparison.to_dict(), width=look.width, everything=look.everything, colour=look.colour)


FORMATS: dict[str, Callable[[Comparison, Look], str]] = {
    "text": _text,
    "json": lambda comparison, look: comparison.to_json(),
    "html": lambda comparison, look: comparison.to_html(),
}
ENDINGS = {".json": "json", ".html": "html", ".htm": "html"}


@click.command(short_help="Compare articles: one story? one text? what did each change?")
@click.argument("sources", metavar="ARTICLE...", nargs=-1, type=click.Path(allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout: the same as --format json.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="How to show the answer.  [default: text]")
@click.option("-o", "--output", metavar="FILE", type=click.Path(allow_dash=True), help="Write here, not to stdout.")
@click.option("--all", "everything", is_flag=True, help="Show edits of style too, and every passage.")
@click.option("--statements/--no-statements", default=True, help="With the ledger of who said what.  [default: on]")
@click.option("--width", type=click.IntRange(40, 400), help="Columns of the text format.  [default: the terminal's]")
@click.option("--color/--no-color", "colour", default=None, help="Colour, or none.  [default: on a terminal]")
@click.option("--quiet", is_flag=True, help="No progress and no notes on stderr; errors are still told.")
@click.option("--exit-code", is_flag=True, help="Exit with 4 when the articles do not tell the same story.")
@click.option("--progress", type=click.Choice(list(KINDS)), default="auto", help="Progress on stderr.  [default: auto]")
@click.option("--archive", "place", metavar="FILE", type=click.Path(), help="Articles of this archive, or a story.")
def compare(  # noqa: PLR0913  # one argument an option
    sources: tuple[str, ...],
    *,
    as_json: bool,
    form: str | None,
    output: str | None,
    everything: bool,
    statements: bool,
    width: int | None,
    colour: bool | None,
    quiet: bool,
    exit_code: bool,
    progress: str,
    place: str | None,
) -> int:
    """Compare 2 to 200 articles: whether they tell one story, share one text, what each changed, and who said what.

    An ARTICLE is a web page (HTML), a plain text file, a JSON record, or - for stdin. A JSON file may hold several
    records: as a list, or one a line. With --archive, an ARTICLE is the name of one that the archive holds; one name
    alone stands for all articles of its story, and name@2 for its second version.

    \b
    retold compare one.html two.txt
    retold compare *.txt --format html -o report.html
    retold compare --archive news.retold qc-2204
    retold compare --archive news.retold qc-2204@1 qc-2204@2
    curl -s URL | retold compare - mine.txt --json

    See also: retold help formats, retold help exit-codes.
    """
    if place is None:
        _check(sources, output)
    else:
        check_output(output, place)
    form = _form(form, as_json, output)
    look = Look(width or _width(output), everything, _coloured(colour, output))
    comparison = (
        _compared(sources, "off" if quiet else progress, statements=statements)
        if place is None
        else _in_archive(sources, place)
    )
    page = FORMATS[form](comparison, look)
    if output in (None, "-"):
        show(page)
    else:
        save(page, Path(output))
        if not quiet:
            click.echo(f"retold: wrote {output}", err=True)
    return _exit_code(comparison, strict=exit_code)


def _check(sources: tuple[str, ...], output: str | None) -> None:
    """Refuse a question that cannot be answered, before any work; one file may still hold many articles."""
    if not sources:
        raise click.UsageError("Nothing given, 2 to 200 articles wanted. Name two files, or - for stdin.")
    if len(sources) > MOST:
        raise click.UsageError(f"{len(sources)} given, 2 to {MOST} articles wanted. Compare them in smaller groups.")
    if sources.count("-") > 1:
        raise click.UsageError("Stdin (-) can be read only once. Save one of the articles as a file.")
    if output not in (None, "-"):
        _check_output(output, sources)


def _check_output(output: str, sources: tuple[str, ...]) -> None:
    """Refuse a place where nothing can be written, or where an article would be lost."""
    folder = os.path.dirname(output) or "."
    if not os.path.isdir(folder):
        raise click.UsageError(f"There is no folder {folder} to write {os.path.basename(output)} in. Make it first.")
    if any(_same_file(output, source) for source in sources):
        raise click.UsageError(f"{output} is one of the articles: writing the answer there would destroy it.")


def _same_file(one: str, other: str) -> bool:
    """Whether two paths lead to one file that exists."""
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False


def _form(form: str | None, as_json: bool, output: str | None) -> str:
    """The format asked for by name, else by the ending of the file that is written."""
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} contradict each other. Give one of them.")
    ending = Path(output or "").suffix.lower()
    return "json" if as_json else form or ENDINGS.get(ending, "text")


def _width(output: str | None) -> int:
    """The columns of the terminal that will show the answer."""
    on_screen = output in (None, "-") and sys.stdout.isatty()
    return max(40, shutil.get_terminal_size().columns) if on_screen else PLAIN_WIDTH


def _coloured(wish: bool | None, output: str | None) -> bool:
    """Whether to colour: as asked, else on a terminal where NO_COLOR is not set."""
    if wish is not None:
        return wish
    return output in (None, "-") and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _compared(sources: tuple[str, ...], progress: str, *, statements: bool) -> Comparison:
    """The comparison of all articles that can be read; each of the others is named on stderr."""
    from retold import api

    with follow(progress, sys.stderr) as step:
        comparison = api.compare(sources, statements=statements, progress=step)
    for reject in comparison.rejects:
        click.echo(f"retold: {reject.source}: {reject.reason}", err=True)
    return comparison


def _in_archive(names: tuple[str, ...], place: str) -> Comparison:
    """The comparison of articles of an archive."""
    with opened(place) as archive:
        return archive.compare(*names)


def _exit_code(comparison: Comparison, *, strict: bool) -> int:
    """3 where an article was left out, 4 where the answer is no and --exit-code asks for it, else 0."""
    if comparison.rejects:
        return exits.INPUT
    return exits.DIFFERENT if strict and not comparison.same_story else exits.DONE
