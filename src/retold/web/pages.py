"""What a page is, and how it is drawn: a question, a view of its answer, and a template in the frame of all pages."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from retold.model.errors import UsageError
from retold.model.version import __version__
from retold.web.addresses import Call, Query, curl

if TYPE_CHECKING:
    from jinja2 import Environment

    from retold.archive.archive import Archive
    from retold.archive.documents import Document, Table
    from retold.model.records import Version
    from retold.web.asides import Asides
    from retold.web.clerks import Memory

HERE = Path(__file__).parent
PICTURES = HERE.parent / "pictures"
STATIC = {  # what a browser loads: our own files, by name
    name: folder / "static" / name
    for folder, names in (
        (PICTURES, ("report.css", "story.css", "reader.js", "theme.js", "matrix.js", "lineage.js")),
        (
            HERE,
            ("retold.css", "retold.js", "job.js", "reading.js", "reading.css", "said.css", "icon.svg"),
        ),
    )
    for name in names
}
JOINED = {"pages.css": ("report.css", "story.css", "retold.css")}  # in one request, since the first paint waits for it
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a page may look into while it is made: the archive, what is worked out aside, and what is remembered."""

    archive: Archive
    aside: Asides
    memory: Memory[Any]
    generation: int = 0
    known: dict[str, Any] = field(default_factory=dict)

    def asked(self, call: Call) -> dict[str, Any]:
        """The answer to a further question, as the dict of its JSON; for one page the same is asked once."""
        name = repr(call)
        if name not in self.known:
            self.known[name] = call.of(self.archive).to_dict()
        found: dict[str, Any] = self.known[name]
        return found

    def remembered(self, call: Call) -> dict[str, Any]:
        """The same for what many pages ask: remembered until somebody writes in the archive."""
        kept: tuple[int, dict[str, Any]] | None = self.memory.get(("answer", repr(call)))
        if kept is not None and kept[0] == self.generation:
            return kept[1]
        found = self.asked(call)
        self.memory.put(("answer", repr(call)), (self.generation, found), ANSWER)
        return found


ANSWER = 20_000  # bytes: what a remembered answer counts for; those are short lists
LATER = object()  # what a further answer is that is still worked out
View = Callable[[Mapping[str, Any], Query, Mapping[str, Any]], dict[str, Any]]
Beside = Callable[[Shelf, Any, Query], Any]
Compares = tuple["Sequence[Version]", "Sequence[tuple[int, int]]"]  # versions, and which are revised
Onward = Callable[[Mapping[str, Any], Query], Mapping[str, Any]]


class Twin(NamedTuple):
    """A page in another form: its media type, and what makes it of the answer's dict."""

    kind: str
    draw: Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address, the question that it asks, and what its template is given.

    ``call`` makes the question of an address, None where it asks nothing yet; the JSON of its answer is the page's
    twin, and with ``table`` the rows of it are another, as CSV; ``also`` are more twins, by their endings. ``beside``
    are further answers that only the page shows; what cannot be answered is None; ``aside`` makes the twins' answer
    where the archive would take too long, to the byte the same. ``view`` makes of the answer (as the
    dict of its JSON), the address and the further answers what the template shows; it must give a ``title``. ``nav`` is
    its name in the navigation of all pages, ``forms`` whether it has forms that write, ``script`` a file of its own;
    ``onward`` says of a list that goes on what in the address leads there. ``compares``: the answer says what its
    ``compares()`` puts side by side, and the JSON of that is the twin; it is made aside.
    """

    address: str
    template: str
    call: Callable[[Query], Call | None]
    view: View
    beside: Mapping[str, Beside] = field(default_factory=dict)
    nav: str = ""
    table: bool = False
    forms: bool = False
    script: str | None = None
    also: Mapping[str, Twin] = field(default_factory=dict)
    aside: Callable[[Shelf, Call, Query], Any] | None = None
    onward: Onward | None = None
    compares: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """What every page knows: the archive's name, the server's address and navigation, and whether it may fetch."""

    archive: str
    address: str
    nav: tuple[tuple[str, str], ...] = ()
    can_fetch: bool = False


class Made(NamedTuple):
    """A page that was made, whether it is ``whole`` (something may still be worked out aside), its ``seal`` (what names
    all that it was made of), and of a list that goes on what in the address leads ``onward``."""

    text: str
    whole: bool = True
    seal: bytes = b""
    onward: Mapping[str, Any] | None = None


def goes_on(page: Page, found: Mapping[str, Any], query: Query) -> Mapping[str, Any] | None:
    """What in the address of a list leads to the next page of it; None where there is none."""
    return (page.onward(found, query) or None) if page.onward else None


def html(page: Page, shelf: Shelf, query: Query, site: Site, *, seal: bytes = b"", **more: Any) -> Made | None:
    """A page, None where it would be made of what the ``seal`` names; raises UsageError where the question cannot be
    answered."""
    call = page.call(query)
    if call is None:
        return Made(drawn(page.template, site, query=query, script=page.script, **page.view({}, query, {}), **more))
    found = call.glimpse(shelf.archive)
    beside = {name: _beside(work, shelf, found, query) for name, work in page.beside.items()}
    later = [name for name, one in beside.items() if one is LATER]
    beside |= dict.fromkeys(later)
    told = found.to_dict()
    made_of = sealed(told, beside, later)
    if made_of == seal:
        return None
    text = drawn(
        page.template,
        site,
        query=query,
        twins=[".json", *([".csv"] if page.table else [])],
        script=page.script,
        ways=ways(call, query, site),
        later=later,
        **page.view(told, query, beside),
        **more,
    )
    return Made(text, whole=not later, seal=made_of, onward=goes_on(page, told, query))


def sealed(*parts: Any) -> bytes:
    """What names all that a page is made of; the order of keys counts, since it is that of what is shown."""
    return hashlib.sha256(msgspec.json.encode(parts)).digest()


def answer(page: Page, shelf: Shelf, query: Query) -> Any:
    """The answer to a page's question; raises UsageError where it cannot be answered, or nothing is asked."""
    call = page.call(query)
    if call is None:
        raise UsageError("Nothing is asked. Words are wanted, such as ?words=ferry+harbour")
    return call.of(shelf.archive) if page.aside is None else page.aside(shelf, call, query)


def _beside(work: Beside, shelf: Shelf, found: Any, query: Query) -> Any:
    from retold.web.asides import NotYetError

    try:
        return work(shelf, found, query)
    except UsageError:
        return None
    except NotYetError:
        return LATER


def ways(call: Call, query: Query, site: Site) -> list[tuple[str, str]]:
    """The same view for other hands, as (what it is, what to copy)."""
    return [
        ("link", site.address + query.address()),
        ("command", call.command(site.archive)),
        ("Python", call.python(site.archive)),
        ("curl", curl(site.address + twin(query, ".json"))),
    ]


def as_json(document: Document) -> str:
    """A document as ``--json`` writes it to a terminal: the same bytes."""
    return document.to_json().rstrip("\n") + "\n"


def as_shown(document: bytes) -> bytes:
    """A document that was made aside as ``--json`` writes it to a terminal."""
    return msgspec.json.format(document, indent=2) + b"\n"


def as_csv(table: Table) -> str:
    """The rows of a document as CSV; lists and parts are JSON in their cell."""
    rows = table.rows()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_columns(table))
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _columns(table: Table) -> Sequence[str]:
    """The names of the columns, which stand there even without rows."""
    from typing import get_args, get_type_hints

    (row,) = get_args(get_type_hints(type(table))[table.ROWS])
    return tuple(row.__struct_encode_fields__)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def drawn(template: str, site: Site, *, query: Query, **told: Any) -> str:
    """A template in the frame of all pages."""
    usual: dict[str, Any] = {"twins": [], "ways": [], "script": None, "status": "", "later": []}
    return environment().get_template(f"{template}.html.j2").render(site=site, query=query, **{**usual, **told})


@cache
def environment() -> Environment:
    """Our templates and those of the pictures, which escape all they are given."""
    from retold.pictures import report
    from retold.web import marks

    made = report.templates(HERE / "templates")
    made.globals.update(
        asset=asset,
        twin=twin,
        version=__version__,
        numbers_of=marks.numbers,
    )
    made.filters.update(marked=marks.marked, language=marks.language)
    return made


def twin(query: Query, ending: str) -> str:
    """The address of a page's twin."""
    return Query("/index" if query.path == "/" else query.path, query.named, query.given).address(ending)


def asset(name: str) -> str:
    """The address of one of our files, which changes with its content."""
    return f"/static/{name}?v={_static(name)[1]}"


@cache
def _static(name: str) -> tuple[bytes, str]:
    data = b"\n".join(STATIC[part].read_bytes() for part in JOINED.get(name, (name,)))
    return data, hashlib.sha256(data).hexdigest()[:12]


def static(name: str) -> tuple[bytes, str]:
    """One of our files and its media type; raises KeyError where it is none of ours."""
    return _static(name)[0], KINDS[Path(name).suffix]
