"""``retold help``: a command, or what every command shares."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import fill

import click

from retold.cli.exits import MEANINGS

_FORMATS = """\
Formats of retold compare (--format, or the ending of -o FILE)

  text   A picture for the terminal: the verdict, the passages, the edits and what to watch.
         Colour and line width follow the terminal; in a pipe or a file there is no colour and 100 columns.
  json   One JSON document with every article, passage, edit and its place in the text (--json for short).
         Its shape is versioned: see docs/json.md and docs/comparison.schema.json.
  html   One file for a browser: coverage matrix and aligned reader. It loads nothing and reads without JavaScript.

Data goes to stdout or to -o FILE, and nothing else does. Notes, progress and errors go to stderr.
"""


def _exit_codes() -> str:
    """A line or two for each exit code."""
    lines = [fill(f"{code:>5}  {text}", 100, subsequent_indent=" " * 7) for code, text in MEANINGS.items()]
    return "\n".join(["Exit codes", "", *lines, ""])


_ARCHIVE = """\
An archive is one file that holds every version ever seen, and knows which articles tell the same story, which share
text, and how many origins they go back to.

  Which one      --archive FILE, else the variable RETOLD_ARCHIVE, else ./news.retold. Only retold add makes one.
  What is known  An article is known by its URL, else by its outlet and its id in the input. The same with another text
                 is a new version of it; equal texts under different ids stay two articles.
  Its names      Wherever an article is asked for, its id in the archive, its URL or its id in the input will do. The
                 last comes back in every answer as source_ids, and as source_id in every exported table. An input
                 without ids: the URL, else the path, with #3 for the third line, row or record of a file.
  add and learn  add reads and stores. learn finds what follows: furniture that recurs on pages, stories,
                 copies, origins and lineage. Run it after adding, or say add --learn; it does again only what new
                 articles can have changed.
  Statements     What a version has people say is read when a question first needs it, and kept. That takes far longer
                 than learning: half a minute for two hundred articles. retold export statements reads all of them.
  Many readers   One process writes at a time; any number may ask meanwhile, and see what was there when they asked.
  Stopped        Ctrl-C, a crash or a full disk lose nothing that was committed (every 500 articles). Run the same
                 command again: nothing comes twice, and nothing is left out.
  One file       Copy it while nobody writes. While somebody does, FILE-wal and FILE-shm belong to it. It wants a disk
                 of this machine: network file systems cannot lock it.
"""

TOPICS: dict[str, Callable[[], str]] = {
    "archive": lambda: _ARCHIVE,
    "exit-codes": _exit_codes,
    "formats": lambda: _FORMATS,
}


@click.command("help", short_help="Show the help of a command or a topic.")
@click.argument("topic", required=False)
@click.pass_context
def help_(context: click.Context, topic: str | None) -> None:
    """Show the help of a command, or of a topic: archive, exit-codes, formats."""
    click.echo(_page(context, topic).rstrip("\n"))


def _page(context: click.Context, topic: str | None) -> str:
    """The help that is asked for; without a topic, that of retold itself."""
    parent = context.parent
    if parent is None or not isinstance(parent.command, click.Group):
        return context.get_help()
    if topic is None:
        return parent.get_help()
    if topic in TOPICS:
        return TOPICS[topic]()
    command = parent.command.get_command(parent, topic)
    if command is None:
        known = ", ".join([*TOPICS, *parent.command.list_commands(parent)])
        raise click.UsageError(f"There is no help on {topic!r}. There is help on: {known}.")
    return command.get_help(click.Context(command, info_name=topic, parent=parent))
