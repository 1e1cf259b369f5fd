"""What the commands share that ask an archive: which one, in which form, and how far the work is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from retold.cli.output import save, show
from retold.cli.progress import KINDS, Progress, follow

if TYPE_CHECKING:
    from retold.archive.archive import Archive
    from retold.archive.documents import Document

VARIABLE = "RETOLD_ARCHIVE"
USUAL = "news.retold"
Command = TypeVar("Command", bound=Callable[..., Any])

_ARCHIVE = click.option(
    "--archive",
    "place",
    metavar="FILE",
    envvar=VARIABLE,
    default=USUAL,
    type=click.Path(),
    help=f"The archive.  [default: {VARIABLE}, else ./{USUAL}]",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
_OUTPUT = click.option("-o", "--output", metavar="FILE", type=click.Path(allow_dash=True), help="Write here.")
_QUIET = click.option("--quiet", is_flag=True, help="No progress and no notes on stderr; errors are still told.")
_PROGRESS = click.option(
    "--progress", type=click.Choice(list(KINDS)), default="auto", help="Progress on stderr.  [default: auto]"
)


def archived(command: Command) -> Command:
    """Give a command the option that names the archive."""
    return _ARCHIVE(command)


def told(command: Command) -> Command:
    """Give a command the options that say how to show its answer, and refuse a place where this would do harm."""

    @wraps(command)
    def checked(*arguments: Any, place: str, output: str | None, **options: Any) -> Any:
        check_output(output, place, options.get("sources", ()))
        return command(*arguments, place=place, output=output, **options)

    return cast(Command, _JSON(_OUTPUT(checked)))


def long(command: Command) -> Command:
    """Give a command the options of work that takes its time."""
    return _QUIET(_PROGRESS(command))


@contextmanager
def opened(place: str) -> Iterator[Archive]:
    """The archive at a place, to ask it."""
    from retold.archive.archive import Archive

    with Archive(place) as archive:
        yield archive


@contextmanager
def followed(kind: str, *, quiet: bool) -> Iterator[Progress | None]:
    """What shows the progress, or None."""
    with follow("off" if quiet else kind, sys.stderr) as step:
        yield step


def answer(document: Document, picture: Callable[[dict[str, Any]], str], *, as_json: bool, output: str | None) -> None:
    """Show an answer as asked: as a JSON document, or as lines for a person."""
    as_json = as_json or Path(output or "").suffix == ".json"
    page = document.to_json() if as_json else picture(document.to_dict())
    if output in (None, "-"):
        show(page)
    else:
        save(page, Path(output))


def check_output(output: str | None, place: str, sources: Sequence[str] = ()) -> None:
    """Refuse, before any work, a file that cannot be written, and one that would destroy the archive or its input."""
    from retold.archive.own import Own

    if output in (None, "-"):
        return
    folder = os.path.dirname(output) or "."
    if not os.path.isdir(folder):
        raise click.UsageError(f"There is no folder {folder} to write {os.path.basename(output)} in. Make it first.")
    if output in Own(place) or os.path.realpath(output) in map(os.path.realpath, sources):
        raise click.UsageError(f"{output} is the archive or an input: the answer would destroy it. Name another file.")
