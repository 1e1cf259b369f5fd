"""What holds for every command: with --json one document and nothing else, and no escapes where none can be shown.

One more command is one more line in the table; what is asked is read from the commands themselves.
"""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import click
import jsonschema
import pytest

import retold
from retold.cli.app import app
from tests.conftest import ROOT

ESCAPE = "\x1b"
FAMILY = sorted((ROOT / "tests" / "golden" / "agency_five_outlets").glob("[ab]_*.txt"))
FERRY = "qc-2204"  # an article of a story that several tell
# Each command with what it can be asked about the demo archive; the archive itself is named by the test.
ASKED: dict[str, list[str]] = {
    "compare": [str(path) for path in FAMILY],
    "add": [str(path) for path in FAMILY],
    "learn": [],
    "holdings": [],
    "stories": [],
    "story": [FERRY],
    "search": ["ferry"],
    "why": [FERRY, "sv-0811"],
    "origins": [FERRY],
    "copies": [FERRY],
    "lineage": [FERRY],
    "check": [str(FAMILY[0])],
    "statements": [FERRY],
    "outlets": [],
    "outlet": ["Brackwater Post"],
    "habits": ["Brackwater Post"],
    "revisions": [FERRY],
    "report": [FERRY],
    "correct": [FERRY],
    "corrections": [],
    "serve": ["--help"],  # it says where it listens, and to no program
    "export": ["stories", "--format", "csv"],
    "doctor": [],
    "help": ["exit-codes"],
    "completion": ["bash"],
}


def walked(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """All commands with their whole names, those of groups within groups, too."""
    if not isinstance(command, click.Group):
        yield " ".join(path), command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from walked(found, (*path, name))


COMMANDS = dict(walked(app))
NAMES = sorted(ASKED)


def takes(name: str, option: str) -> bool:
    """Whether a command has an option."""
    return any(option in parameter.opts for parameter in COMMANDS[name].params)


JSON = [name for name in NAMES if takes(name, "--json")]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A week of invented news, learned."""
    path = str(tmp_path_factory.mktemp("commands") / "news.retold")
    with retold.open(path, create=True) as opened:
        opened.add([ROOT / "examples" / "week.jsonl", ROOT / "examples" / "later.jsonl"], learn=True)
    return path


def asked(name: str, archive: str, *more: str) -> list[str]:
    """A command as it is typed."""
    place = ["--archive", archive] if takes(name, "--archive") and name != "compare" else []
    return [*name.split(), *ASKED[name], *place, *more]


def test_the_table_has_every_command():
    assert set(COMMANDS) == set(ASKED)
    assert len(JSON) > 15


@pytest.mark.parametrize("name", JSON)
def test_with_json_there_is_one_document_and_nothing_else(run: Callable[..., Any], archive: str, name: str):
    told = run(*asked(name, archive, "--json"))
    assert told.code == 0, told.err
    document = json.loads(told.out)
    assert next(iter(document)) == "schema_version"
    assert ESCAPE not in told.out + told.err
    file = "comparison" if name == "compare" else "archive"
    jsonschema.validate(document, json.loads((ROOT / "docs" / f"{file}.schema.json").read_text("utf-8")))


@pytest.mark.parametrize("name", NAMES)
def test_in_a_pipe_there_are_no_escapes(run: Callable[..., Any], archive: str, name: str):
    told = run(*asked(name, archive))
    assert told.code == 0, told.err
    assert told.out + told.err
    assert ESCAPE not in told.out + told.err


@pytest.mark.parametrize("name", NAMES)
def test_in_a_terminal_that_wants_no_colour_there_are_no_escapes(archive: str, name: str):
    assert ESCAPE not in in_a_terminal(asked(name, archive), NO_COLOR="1")


def test_a_terminal_that_wants_colours_has_them(archive: str):
    assert ESCAPE in in_a_terminal(asked("compare", archive))


def in_a_terminal(command: list[str], **more: str) -> str:
    """What a command writes to a terminal."""
    ours, its = pty.openpty()
    known = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    env = {**known, "TERM": "xterm-256color", **more}
    started = subprocess.Popen([sys.executable, "-m", "retold", *command], stdin=its, stdout=its, stderr=its, env=env)
    os.close(its)
    told = b""
    while chunk := _read(ours):
        told += chunk
    os.close(ours)
    assert started.wait() == 0, told.decode()
    return told.decode()


def _read(terminal: int) -> bytes:
    """What stands in a terminal; nothing where all who wrote in it are gone, which Linux calls an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
