"""Write the pages that are made from the code: ``python scripts/docs.py``.

- ``docs/commands.md``: the help of every command
- ``docs/comparison.schema.json``: the shape of the JSON document of a comparison
- ``docs/archive.schema.json``: the shapes of the JSON documents that an archive answers with
- ``README.md``, ``docs/archive.md``, ``docs/origins.md``, ``docs/statements.md``, ``docs/tutorial.md``: what the
  commands in their ``console`` blocks really print

``tests/test_docs.py`` asks of each page whether it is fresh.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from inspect import cleandoc
from pathlib import Path
from typing import Any

import click
import msgspec

from retold.answers import Comparison
from retold.archive import (
    answers,
    attributions,
    dependence,
    documents,
    provenance,
    readings,
)
from retold.cli.app import app
from retold.cli.help import TOPICS

ROOT = Path(__file__).resolve().parent.parent
CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
WIDTH = 88  # columns of the help on its page
ANSWERS: dict[str, type[documents.Document]] = {
    "retold add --json": answers.Added,
    "retold learn --json": answers.Learned,
    "retold holdings --json": answers.Holdings,
    "retold stories --json": answers.Stories,
    "retold story STORY --json": answers.Story,
    "retold search WORDS --json": answers.Found,
    "retold why A B --json": answers.Why,
    "retold origins [STORY|PATH...] --json": provenance.Origins,
    "retold copies ARTICLE --json": provenance.Copies,
    "retold lineage STORY --json": provenance.Lineage,
    "retold check TEXT|FILE --json": provenance.Check,
    "retold outlets --json": dependence.Outlets,
    "retold outlet OUTLET --json": dependence.Outlet,
    "retold habits OUTLET --json": dependence.Habits,
    "retold check --quote WORDS --json": attributions.Quote,
    "retold statements [STORY|PATH...] --json": attributions.Statements,
    "retold revisions URL --json": answers.Revisions,
    "retold correct ARTICLE --json": readings.Reading,
    "retold corrections [ARTICLE] --json": readings.Corrections,
    "retold doctor --json": answers.Checked,
    "Archive.desk().join(record)": answers.Joined,
}
MARK = "\x1e"  # the record separator: what stands between the outputs of two commands


def commands() -> str:
    """The page of all commands."""
    root = click.Context(app, info_name="retold", terminal_width=WIDTH, **app.context_settings)
    pages = [("retold", app.get_help(root))]
    for name in app.list_commands(root):
        command = app.get_command(root, name)
        assert command is not None
        pages.append((f"retold {name}", command.get_help(click.Context(command, info_name=name, parent=root))))
    pages += [(f"retold help {name}", topic().rstrip()) for name, topic in TOPICS.items()]
    head = "# Commands\n\n<!-- Made from the code by `make docs`; change the code. -->\n"
    return head + "".join(f"\n## {title}\n\n```text\n{text}\n```\n" for title, text in pages)


def schema() -> str:
    """The JSON Schema of a comparison."""
    shape = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Retold comparison",
        **msgspec.json.schema(Comparison),
    }
    return json.dumps(_tidy(shape), indent=2, ensure_ascii=False) + "\n"


def archive_schema() -> str:
    """The JSON Schema of all that an archive answers with, by the command that prints it."""
    kinds = list(dict.fromkeys(ANSWERS.values()))
    references, parts = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    by_kind = dict(zip(kinds, references, strict=True))
    shape = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Retold archive answers",
        "anyOf": [{"title": asked, **by_kind[kind]} for asked, kind in ANSWERS.items()],
        "$defs": parts,
    }
    return json.dumps(_tidy(shape), indent=2, ensure_ascii=False) + "\n"


def _tidy(part: Any) -> Any:
    """A part of a schema whose descriptions are without the indentation of the code."""
    match part:
        case {"description": str(words), **rest}:
            return {"description": cleandoc(words), **{key: _tidy(value) for key, value in rest.items()}}
        case dict():
            return {key: _tidy(value) for key, value in part.items()}
        case list():
            return [_tidy(value) for value in part]
        case _:
            return part


def refreshed(page: str) -> str:
    """A page with what its ``console`` blocks print now; each block is one shell, with the examples beside it."""
    return CONSOLE.sub(lambda block: _played(block.group()), page)


def _played(block: str) -> str:
    """A block played again: each line that starts with ``$`` is run, all others are written anew."""
    lines = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    # The status goes round the mark, so that `echo $?` on the next line still tells it.
    script = "\n".join(f"{line}\nstatus=$?; printf '\\036'; (exit $status)" for line in lines)
    outputs = _shell(script).split(MARK)
    return "".join(f"$ {line}\n{output}" for line, output in zip(lines, outputs, strict=False))


def _shell(script: str) -> str:
    """All that a script prints, in a folder that holds the examples."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder) / "examples")
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        calm = {"PATH": path, "LANG": "C.UTF-8", "HOME": folder}
        ran = subprocess.run(
            ["sh", "-c", script], cwd=folder, env=calm, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        return ran.stdout.decode().replace(folder, "~")


PAGES: dict[str, Callable[[str], str]] = {
    "docs/commands.md": lambda page: commands(),
    "docs/comparison.schema.json": lambda page: schema(),
    "docs/archive.schema.json": lambda page: archive_schema(),
    "docs/archive.md": refreshed,
    "docs/origins.md": refreshed,
    "docs/statements.md": refreshed,
    "docs/tutorial.md": refreshed,
    "README.md": refreshed,
}


def main() -> None:
    """Write every page anew, and name those that changed."""
    for name, make in PAGES.items():
        path = ROOT / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        after = make(before)
        if after != before:
            path.write_text(after, encoding="utf-8")
            print(f"wrote {name}")


if __name__ == "__main__":
    main()
