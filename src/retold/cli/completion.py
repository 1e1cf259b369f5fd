"""``retold completion``: the script that lets a shell complete the commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "zsh", "fish")


@click.command(short_help="Print the script that lets a shell complete retold.")
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that lets a shell complete commands, options and files.

    \b
    bash   retold completion bash >> ~/.bashrc
    zsh    retold completion zsh >> ~/.zshrc
    fish   retold completion fish > ~/.config/fish/completions/retold.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"Click cannot complete in {shell}.")
    # The template, not kind.source(): that would start a bash to ask for its version, which need not be here.
    script = kind(context.find_root().command, {}, "retold", "_RETOLD_COMPLETE")
    click.echo(script.source_template % script.source_vars())
