"""The house stands: imports run down, the door is light, and no licence binds a newsroom."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import retold

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LAYERS = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
HEAVY = {
    "anyascii", "fastwarc", "feedparser", "httpx2", "jinja2", "lxml", "msgspec", "numba", "numpy", "nupunkt",
    "onnxruntime", "pandas", "py3langid", "pyarrow", "rapidfuzz", "sqlite3", "starlette", "tokenizers", "trafilatura",
    "uvicorn",
}  # fmt: skip
MODEL = {"onnxruntime", "tokenizers"}
NEVER = {"torch", "transformers", "huggingface_hub", "httpx2"}  # what a model of ours is trained with, or fetched by
PAIR = "[{'text': 'The ferry sank.', 'language': 'en'}, {'text': '\"It sank,\" Ada Holm said.', 'language': 'en'}]"

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    """Check the import contract of a house: a folder with pyproject.toml and src."""
    paths = f"import sys; sys.path.insert(0, {str(house / 'src')!r})"
    asked = [sys.executable, "-c", f"{paths}; {LINT}"]
    return subprocess.run(asked, cwd=house, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the house, to break."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_imports_run_down():
    checked = lint(ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("model/records.py", "import retold.text"),
        ("reading/__init__.py", "import retold.alignment"),
        ("answers.py", "import retold.cli.app"),
        ("web/pages.py", "import retold.cli.app"),
        ("web/app.py", "import httpx2"),
    ],
)
def test_a_planted_import_that_runs_up_or_sideways_is_named(copy, room, line):
    place = copy / "src" / "retold" / room
    place.write_text(place.read_text() + f"\n{line}\n")
    checked = lint(copy)
    assert checked.returncode == 1
    assert line.removeprefix("import ") in checked.stdout


def test_every_room_has_a_floor():
    floors = {room.strip() for layer in LAYERS for room in layer.split("|")}
    rooms = {place.stem for place in (ROOT / "src" / "retold").iterdir() if place.suffix == ".py" or is_room(place)}
    assert rooms - {"__init__"} == floors


def is_room(place: Path) -> bool:
    """Whether a folder holds code."""
    return place.is_dir() and any(place.glob("*.py"))


def loaded_by(program: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after a program."""
    told = f"{program}\nimport sys, json; print(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return set(json.loads(ran.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "program",
    [
        "import retold",
        "import retold; dir(retold), retold.__version__, retold.SourceError",
        "from retold.cli.app import main; main(['--version'])",
        "from retold.cli.app import main; main(['--help'])",
        "from retold.cli.app import main; main(['help', 'exit-codes'])",
        "from retold.cli.app import main; main(['compare', '--help'])",
        "from retold.cli.app import main; main(['add', '--help'])",
        "from retold.cli.app import main; main(['export', '--help'])",
        "from retold.cli.app import main; main(['statements', '--help'])",
        "from retold.cli.app import main; main(['check', '--help'])",
        "from retold.cli.app import main; main(['completion', 'bash'])",
        "from retold.cli.app import main; main(['serve', '--help'])",
    ],
)
def test_the_door_is_light(program):
    assert not loaded_by(program) & HEAVY


@pytest.mark.parametrize(
    ("program", "model"),
    [
        (f"import retold; retold.compare({PAIR})", MODEL),
        (f"import retold; retold.compare({PAIR}, statements=False)", set()),
        (f"import retold; retold.statements_of({PAIR})", MODEL),
    ],
)
def test_the_model_is_loaded_where_statements_are_read_and_what_trained_it_never(program, model):
    loaded = loaded_by(program)
    assert loaded & MODEL == model
    assert not loaded & NEVER


def test_the_public_names_are_sorted_and_lead_somewhere():
    assert retold.__all__ == sorted(retold.__all__)
    assert dir(retold) == retold.__all__
    assert all(getattr(retold, name) is not None for name in retold.__all__)


def test_a_name_that_does_not_exist_is_refused_in_the_usual_words():
    with pytest.raises(AttributeError, match="module 'retold' has no attribute 'compere'"):
        retold.compere  # noqa: B018


def test_the_version_is_told_once():
    assert distribution("retold").version == retold.__version__
    assert f"## {retold.__version__}" in (ROOT / "CHANGELOG.md").read_text()


COPYLEFT = re.compile(r"\b[AL]?GPL\b|General Public License", re.IGNORECASE)
FREE = re.compile(r"\b(MIT|BSD|Apache|ISC|PSF|MPL|Mozilla|Unlicense)", re.IGNORECASE)


def needed(names: list[str]) -> set[str]:
    """The names of all packages that these need, and theirs, without extras."""
    seen: set[str] = set()
    waiting = [Requirement(name) for name in names]
    while waiting:
        want = waiting.pop()
        if want.name.lower() in seen or (want.marker and not want.marker.evaluate({"extra": ""})):
            continue
        seen.add(want.name.lower())
        waiting += map(Requirement, distribution(want.name).requires or [])
    return seen


def licences(name: str) -> list[str]:
    """The licences that a package names, each one a choice of its own where it says OR."""
    told = distribution(name).metadata
    said = [told["License-Expression"] or "", *(line for line in told.get_all("Classifier", []) if "License" in line)]
    short = told["License"] or ""
    return [choice for line in [*said, short.partition("\n")[0]] for choice in re.split(r"\bOR\b", line) if choice]


def test_no_dependency_is_only_under_a_gpl():
    """A package may offer the GPL as one of several; it must then offer a licence that lets a newsroom keep its own."""
    bound = {name for name in needed(PROJECT["project"]["dependencies"]) if not is_free(licences(name))}
    assert bound == set()


def is_free(choices: list[str]) -> bool:
    """Whether one of the choices is a permissive licence or the MPL."""
    return any(FREE.search(choice) and not COPYLEFT.search(choice) for choice in choices)


@pytest.mark.parametrize(
    ("choices", "free"),
    [
        (["MIT"], True),
        (["MPL-1.1 ", " GPL-2.0-only "], True),
        (["GPL-2.0-only"], False),
        (["License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)"], False),
        ([], False),
    ],
)
def test_a_licence_is_judged(choices, free):
    assert is_free(choices) is free


def test_every_pin_is_exact_and_names_no_machine():
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert lines
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)


def test_every_dependency_is_pinned():
    pinned = {re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower() for line in pins()}
    # The peers that bench/peers.py measures beside us are no part of Retold, and want other versions of what we pin.
    groups = [group for name, group in PROJECT["project"]["optional-dependencies"].items() if name != "peers"]
    extras = [want for group in groups for want in group if Requirement(want).name != "retold"]
    wanted = needed([*PROJECT["project"]["dependencies"], *extras])
    assert {re.sub(r"[-_.]+", "-", name) for name in wanted} - pinned == set()


def pins() -> list[str]:
    """The lines of the constraints."""
    return [line for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line]
