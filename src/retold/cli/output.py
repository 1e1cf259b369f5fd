"""Where an answer goes: stdout, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import click

from retold.model.errors import RetoldError


def show(page: str) -> None:
    """Write a page to stdout; a reader that has seen enough (``| head``) is no error."""
    try:
        click.echo(page.rstrip("\n"))
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes stdout once more as it ends; without this it would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def save(page: str, path: Path) -> None:
    """Write a page to a file, so that a reader never sees half of it."""
    data = (page.rstrip("\n") + "\n").encode("utf-8", "surrogateescape")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a pipe or a device: nothing to rename over
        else:
            _replace(path.resolve(), data)  # a link stays a link
    except OSError as error:
        raise RetoldError(f"{path} cannot be written: {error.strerror}. Name another file after -o.") from error


def _replace(target: Path, data: bytes) -> None:
    """Write beside the file, then rename over it."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, else those of any new file; mkstemp's are for secrets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
