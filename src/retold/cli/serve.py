"""``retold serve``: the archive in a browser."""

from __future__ import annotations

import click

from retold.cli import exits
from retold.cli.archives import archived

PORT = 8710


@click.command(short_help="Show an archive in a browser, on this machine.")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", help="Listen here.  [default: this machine only]")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, help=f"0: any that is free.  [default: {PORT}]")
@click.option(
    "--password",
    metavar="TEXT",
    envvar="RETOLD_PASSWORD",
    is_flag=False,
    flag_value="",
    help="Who reads must give it; without TEXT you are asked.  [or: RETOLD_PASSWORD]",
)
@archived
def serve(*, host: str, port: int, password: str | None, place: str) -> int:
    """Show an archive in a browser: its stories, who tells them, which passages stand where; compare articles, and add
    them. It prints its address, opens nothing by itself, and asks nothing of any other machine. Ctrl-C ends it.

    Only this machine can reach it. Another ADDRESS opens the archive to others, and then a password is wanted.

    \b
    retold serve
    retold serve --archive news.retold --port 9000
    RETOLD_PASSWORD=... retold serve --host 0.0.0.0
    """
    from retold.web.serving import serve as start

    if password == "":
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    start(place, host=host, port=port, password=password, say=_say)
    return exits.DONE


def _say(line: str) -> None:
    click.echo(f"retold: {line}", err=True)
