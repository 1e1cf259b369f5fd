"""The docs tell the truth: examples run, generated pages are fresh, links lead somewhere."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = runpy.run_path(str(ROOT / "scripts" / "docs.py"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)")


@pytest.mark.parametrize("name", DOCS["PAGES"])
def test_a_page_made_from_the_code_is_fresh(name):
    page = (ROOT / name).read_text(encoding="utf-8")
    assert DOCS["PAGES"][name](page) == page, "run: make docs"


@pytest.mark.parametrize(
    "page", [page for page in PAGES if PYTHON.search(page.read_text())], ids=lambda page: page.name
)
def test_the_python_of_a_page_runs(page, examples):
    """All blocks of a page are one program, as a reader would type them."""
    exec(compile("\n".join(PYTHON.findall(page.read_text())), page.name, "exec"), {"__name__": "docs"})


def test_the_archive_lines_of_the_readme_run():
    block = next(block for block in SHELL.findall((ROOT / "README.md").read_text()) if "retold add" in block)
    lines = [line.partition("#")[0].strip() for line in block.splitlines()]
    assert len(lines) == 6
    assert DOCS["_shell"]("set -e\n" + "\n".join([*lines, "echo all of them ran"])).endswith("all of them ran\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_to_a_file_that_is_there(page):
    links = [link for link in LINK.findall(page.read_text()) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_can_be_reached_from_the_first():
    index = (ROOT / "docs" / "index.md").read_text()
    assert [page.name for page in PAGES if page.parent.name == "docs" and page.name not in index + "index.md"] == []


@pytest.mark.parametrize("name", ["schema", "archive_schema"])
def test_a_published_schema_is_one(name):
    schema = DOCS[name]()
    jsonschema.Draft202012Validator.check_schema(DOCS["json"].loads(schema))


@pytest.mark.parametrize(
    ("block", "played"),
    [
        ("$ echo one\nold words\n$ printf 'two\\n'\n", "$ echo one\none\n$ printf 'two\\n'\ntwo\n"),
        ("$ false\n$ echo $?\n0\n", "$ false\n$ echo $?\n1\n"),
        ("$ retold --version\n", "$ retold --version\nretold 0.1.0\n"),
    ],
)
def test_a_console_block_shows_what_its_commands_print(block, played):
    assert DOCS["refreshed"](f"Words.\n```console\n{block}```\n") == f"Words.\n```console\n{played}```\n"
