"""Take the pictures of the docs: ``python scripts/pictures.py [NAME ...]``

All pages of ``retold serve``, with the invented week of ``examples/``, and the report of ``make demo``, as PNG in
``docs/images/``. It wants a Chromium (``apt-get install chromium``, or one named in RETOLD_CHROMIUM).
``tests/web/test_pictures.py`` asks that no page is without one.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import retold  # noqa: E402
from tests import browser  # noqa: E402

IMAGES = ROOT / "docs" / "images"
FAMILY = ROOT / "tests" / "golden" / "agency_five_outlets"
ARTICLES = ("week.jsonl", "later.jsonl")
PATIENCE = 60_000  # milliseconds that a page may take to be whole
LATER = "[data-later]"  # what a page shows in the place of what is still worked out


def _paste(page: Any) -> None:
    for number, file in enumerate(sorted(FAMILY.glob("[a-z]_*"))[:2], 1):
        page.fill(f"#text-{number}", file.read_text("utf-8"))


def _compare(page: Any) -> None:
    """Paste two texts and press Compare."""
    _paste(page)
    page.click("button:has-text('Compare')")
    page.wait_for_url("**/comparisons/*", timeout=PATIENCE)


def _add(page: Any) -> None:
    """Add two texts, and see it through."""
    _paste(page)
    page.click("main button[type=submit]")
    page.wait_for_url("**/jobs/*", timeout=PATIENCE)
    page.wait_for_selector("text=/new article/", timeout=PATIENCE)


def _open(page: Any) -> None:
    """Open the first statement that versions tell differently."""
    page.locator("li.statement.changed summary").first.click()


def _correct(page: Any) -> None:
    """Open the form that says what was read wrongly."""
    page.locator("summary", has_text="Something wrong").click()
    page.locator("summary", has_text="Something wrong").scroll_into_view_if_needed()
    page.mouse.wheel(0, 500)


def _nothing(page: Any) -> None:
    """Leave the page as it is."""


class Picture(NamedTuple):
    """One picture: the ``address`` of the page, its size in pixels, its colours, and what is ``done`` on it first."""

    address: str
    height: int = 800
    width: int = 1200
    scheme: str = "light"
    done: Callable[[Any], None] = _nothing


PICTURES = {
    "start": Picture("/"),
    "comparison": Picture("/", 1200, done=_compare),
    "stories": Picture("/stories"),
    "search": Picture("/search?words=dam+valley", 560),
    "story": Picture("/stories/sv-0811", 1500),
    "reader": Picture("/stories/sv-0811/read?base=sd-7740&with=qc-2198", 1300),
    "panes": Picture("/stories/sv-0811/read?base=sd-7740&view=panes&with=qc-2198", 1300, scheme="dark"),
    "apparatus": Picture("/stories/sv-0811/read?view=apparatus"),
    "lineage": Picture("/stories/sv-0811/lineage", 900),
    "statements": Picture("/stories/sv-0811/statements?changed=yes", 1300, done=_open),
    "article": Picture("/articles/qc-2204", 900),
    "correction": Picture("/articles/qc-2204", 900, done=_correct),
    "versions": Picture("/articles/qc-2204/versions", 1100),
    "outlets": Picture("/outlets"),
    "outlet": Picture("/outlets/Quillport Chronicle", 900),
    "narrow": Picture("/stories/sv-0811", 800, 360, "dark"),
    "add": Picture("/add"),
    "job": Picture("/add", 480, done=_add),  # the last, for it writes in the archive
}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A server for the week, in a process of its own; yields its address."""
    archive = folder / "news.retold"
    with retold.open(archive, create=True) as opened:
        opened.add([ROOT / "examples" / name for name in ARTICLES], learn=True)
    command = [sys.executable, "-m", "retold", "serve", "--archive", archive.name, "--port", "0"]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        greeting = process.stderr.readline()
        process.stderr.readline()
        yield next(word for word in greeting.split() if word.startswith("http://")).rstrip("/.")
    finally:
        process.terminate()
        process.wait()


def report(chromium: Any, folder: Path, images: Path) -> None:
    """The picture of the report of the demo."""
    file = folder / "report.html"
    file.write_text(retold.compare(sorted(FAMILY.glob("[a-z]_*"))).to_html(), "utf-8")
    with browser.opened(chromium, file) as seen:
        seen.page.screenshot(path=images / "report.png")


def take(chromium: Any, home: str, picture: Picture, file: Path) -> None:
    """One picture of a page, once all of it is there."""
    with browser.visited(chromium, home + picture.address, width=picture.width, scheme=picture.scheme) as seen:
        seen.page.set_viewport_size({"width": picture.width, "height": picture.height})
        seen.page.wait_for_selector(LATER, state="detached", timeout=PATIENCE)
        picture.done(seen.page)
        seen.page.wait_for_load_state("networkidle")
        seen.page.screenshot(path=file)


def main(*names: str, images: Path = IMAGES) -> None:
    """Take the pictures of some names, or all."""
    with tempfile.TemporaryDirectory() as made, browser.started(browser.needed()) as chromium:
        if not names or "report" in names:
            report(chromium, Path(made), images)
        with served(Path(made)) as home:
            for name, picture in PICTURES.items():
                if not names or name in names:
                    take(chromium, home, picture, images / f"{name}.png")
                    print(f"{name}.png", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
