"""The wheel: built without node, with all that the pages need in it, and no script but our own."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from retold.web.pages import STATIC
from tests.conftest import ROOT

MOST, LINES = 150_000, 1500  # bytes of all that pages load, and lines of script


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built where no program but Python is on the path."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    alone = {"PATH": str(Path(sys.executable).parent), "HOME": os.environ.get("HOME", "/")}
    subprocess.run(command, cwd=ROOT, env=alone, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def in_package(path: Path) -> str:
    """Where a file of the package stands in the wheel."""
    return path.relative_to(ROOT / "src").as_posix()


def test_all_that_pages_need_is_in_the_wheel(wheel: zipfile.ZipFile):
    packed = set(wheel.namelist())
    templates = {in_package(path) for path in (ROOT / "src" / "retold").rglob("*.j2")}
    assert templates
    assert {in_package(path) for path in STATIC.values()} | templates <= packed


def test_there_is_no_script_but_our_own_and_not_too_much_of_it(wheel: zipfile.ZipFile):
    scripts = [name for name in wheel.namelist() if name.endswith((".js", ".mjs", ".wasm"))]
    assert set(scripts) == {in_package(path) for name, path in STATIC.items() if name.endswith(".js")}
    assert sum(wheel.read(name).count(b"\n") for name in scripts) <= LINES
    assert sum(path.stat().st_size for path in STATIC.values()) <= MOST
