"""The command ``retold``: a table of commands, each loaded when it is called."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from retold.cli.exits import ERROR, INTERRUPTED, of
from retold.model.errors import RetoldError
from retold.model.version import __version__

COMMANDS = {
    "compare": "retold.cli.compare:compare",
    "add": "retold.cli.add:add",
    "learn": "retold.cli.add:learn",
    "holdings": "retold.cli.ask:holdings",
    "stories": "retold.cli.ask:stories",
    "story": "retold.cli.ask:story",
    "search": "retold.cli.ask:search",
    "why": "retold.cli.ask:why",
    "origins": "retold.cli.sources:origins",
    "copies": "retold.cli.sources:copies",
    "lineage": "retold.cli.sources:lineage",
    "check": "retold.cli.sources:check",
    "statements": "retold.cli.said:statements",
    "report": "retold.cli.report:report",
    "outlets": "retold.cli.outlets:outlets",
    "outlet": "retold.cli.outlets:outlet",
    "habits": "retold.cli.outlets:habits",
    "revisions": "retold.cli.ask:revisions",
    "correct": "retold.cli.correct:correct",
    "corrections": "retold.cli.correct:corrections",
    "serve": "retold.cli.serve:serve",
    "export": "retold.cli.tables:export",
    "doctor": "retold.cli.tables:doctor",
    "help": "retold.cli.help:help_",
    "completion": "retold.cli.completion:completion",
}


class Commands(click.Group):
    """The commands of the table, in its order."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loading its module now; None where there is no such command."""
        module, _, name = COMMANDS.get(cmd_name, "").partition(":")
        if not module:
            return None
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name; a misspelt one is answered with its likely spelling."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=list(COMMANDS), ctx=ctx) from None


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="retold %(version)s")
def app() -> None:
    """Tell which articles carry the same story, which share the same text, and what each one changed.

    \b
    retold compare A.html B.txt          the verdict, in the terminal
    retold compare A.html B.txt --json   the same as one JSON document
    retold add articles.jsonl --learn    many articles into an archive: news.retold
    retold stories                       the stories that they tell
    retold origins STORY                 how many sources a story really has
    retold check "words of a claim"      confirmed, or only repeated?
    retold statements STORY              who said what, and told differently where
    retold help exit-codes               what a script can rely on
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    _speak_utf8()
    try:
        code = app.main(arguments, prog_name="retold", standalone_mode=False)
    except click.exceptions.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except RetoldError as error:
        complain(str(error))
        return of(error)
    except OSError as error:
        complain(f"{error.filename or 'the system'}: {error.strerror or error}")
        return ERROR
    return int(code or 0)


def complain(message: str) -> None:
    """Say on stderr what went wrong, each line under the name of the program."""
    from retold.pictures.words import CLEAN

    for line in message.splitlines():
        click.echo(f"retold: {line.translate(CLEAN)}", err=True)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says: articles come in every language, and data must not change with LANG."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # names of files may be any bytes
