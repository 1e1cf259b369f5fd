"""The targets that tests show: T9 to T12, T14, T17, T19 and T20; each is a selection of them.

They run with nothing of node on the path: a folder with links to all other programs stands there instead.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.targets import Line, Measure
from tests.browser import find

ROOT = Path(__file__).parent.parent
NODE = ("node", "npm", "npx", "corepack", "yarn", "pnpm", "bun", "deno")
WEB, EVERY = "tests/web", "tests/web/test_every_page.py"
REPORT = "tests/pictures/test_report_browser.py"
# Each target, what it says, and the tests that show it.
SELECTIONS: dict[str, tuple[str, list[str]]] = {
    "T9": ("axe finds nothing on any screen in any look", [WEB, REPORT, "-k", "axe or accessible"]),
    "T10": ("Tab reaches all, and one key the first edit", [WEB, REPORT, "-k", "tab_reaches or one_key or walks"]),
    "T11": ("every edit, absence and cell in words", ["tests/web/test_equivalents.py"]),
    "T12": ("contrast and distance of inks", ["tests/web/test_colours.py"]),
    "T14": ("no request to another host", [WEB, REPORT, "-k", "another_host or any_network or accessible_and_quiet"]),
    "T17": ("the wheel is built, pages and script of it work", ["tests/test_wheel.py", EVERY, "-k", "not axe"]),
    "T19": ("every command: JSON alone, and no escapes", ["tests/cli/test_every_command.py"]),
    "T20": ("twins of the published shape, addresses restore", [WEB, "-k", "published_shape or json_is or restores"]),
}


def shown(name: str) -> Iterator[Line]:
    """What the tests of a target say."""
    said, selection = SELECTIONS[name]
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *selection],
            cwd=ROOT, env=without_node(Path(folder)), capture_output=True, text=True, check=False,
        )  # fmt: skip
    last = (told.stdout.strip().splitlines() or [told.stderr.strip()])[-1]
    yield Line(f"{name} {said}", said=last.strip("= "), fails=told.returncode != 0)


def without_node(folder: Path) -> dict[str, str]:
    """The environment with a path on which all programs stand but those of node."""
    for place in reversed(os.environ["PATH"].split(os.pathsep)):
        for program in sorted(Path(place).glob("*")) if Path(place).is_dir() else ():
            link = folder / program.name
            if not program.name.startswith(NODE):
                link.unlink(missing_ok=True)
                link.symlink_to(program)
    known = {"RETOLD_CHROMIUM": str(find()), "RETOLD_BROWSER": "required"} if find() else {}
    return {**os.environ, **known, "PATH": str(folder)}


SHOWS: dict[str, Measure] = {name: partial(shown, name) for name in SELECTIONS}
