"""Where an answer goes: stdout, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import click

from retold.model.errors import RetoldError


def show(page: str) -> None:
    """Write a page to stdout; a reader that has seen enough is no error."""
    with enough():
        click.echo(page.rstrip("\n"))
        sys.stdout.flush()


@contextmanager
def enough() -> Iterator[None]:
    """Stop writing to stdout, without an error, when its reader has seen enough (``| head``)."""
    try:
        yield
    except BrokenPipeError:
        # Python flushes stdout once more as it ends; without this it would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def save(page: str, path: Path) -> None:
    """Write a page to a file, so that a reader never sees half of it."""
    with whole(path) as file:
        file.write((page.rstrip("\n") + "\n").encode("utf-8", "surrogateescape"))


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which is there whole at the end or not at all; raises RetoldError where it cannot be written."""
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:  # a pipe or a device: nothing to rename over
                yield file
        else:
            with _replacing(path.resolve()) as file:  # a link stays a link
                yield file
    except OSError as error:
        raise RetoldError(f"{path} cannot be written: {error.strerror}. Name another file after -o.") from error


@contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    """Write beside the file, then rename over it."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
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
