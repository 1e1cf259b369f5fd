"""The application: a table of pages, their twins as JSON and CSV, and the forms that write."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Hashable, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from retold.model.errors import RetoldError, UnknownError, UsageError
from retold.pictures.words import CLEAN
from retold.web import correcting, forms, pages, reports
from retold.web.addresses import Query
from retold.web.answering import Server, answered
from retold.web.asides import Asides
from retold.web.clerks import Clerks
from retold.web.guards import HEADERS, LARGEST, TOO_LARGE, Guard, RefusedError, Rules
from retold.web.jobs import Jobs
from retold.web.pages import Page, Shelf, Site
from retold.web.views import PAGES

if TYPE_CHECKING:
    from retold.archive.archive import Archive

TYPES = {"": "text/html", ".json": "application/json", ".csv": "text/csv"}
AT_ONCE = 500  # answers that are made or waited for; 50 readers ask for some 50
BUSY = "Too much is asked at once. Try again in a few seconds."
ENDED = "The process that was to make it was ended by the system, probably for want of memory. Ask again."
FOREVER = "public, max-age=31536000, immutable"
USUAL = frozenset(["Not Found", "Method Not Allowed", "Content Too Large"])  # what Starlette says by itself
PHRASES = {
    400: "This cannot be answered",
    401: "A password is wanted",
    403: "Not allowed",
    404: "Not found",
    405: "Not allowed here",
    408: "Too slow",
    413: "Too much at once",
    421: "Not the right address",
    429: "Too often",
    500: "Something went wrong",
    503: "Not now",
}


def application(archive: str, site: Site, rules: Rules, *, ready: bool = False) -> Starlette:
    """The application that shows an archive; ``ready``: what is slow to start is started at once."""
    site = replace(site, nav=tuple((page.nav, page.address) for page in PAGES if page.nav))

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        server = Server(site, rules, Clerks(archive), Asides(), Jobs(archive))
        app.state.server = server
        if ready:
            server.aside.start()
        preparing = asyncio.create_task(server.clerks.prepare()) if ready else None
        try:
            yield
        finally:
            if preparing is not None:
                preparing.cancel()
            await server.jobs.close()
            await asyncio.to_thread(server.aside.close)
            server.clerks.close()

    return Starlette(
        routes=[*_routes(), *reports.ROUTES, *forms.ROUTES, *correcting.ROUTES],
        middleware=[
            Middleware(Guard, rules=rules, refusal=partial(_refused, site)),
            Middleware(RequestBodyLimitMiddleware, max_body_size=LARGEST),
        ],
        exception_handlers={
            HTTPException: partial(_no_such_page, site),
            RetoldError: partial(_not_answered, site),
            RefusedError: partial(_refused, site),
            ClientDisconnect: _gone,
            Exception: partial(_broken, site),
        },
        lifespan=living,
    )


def _routes() -> list[Route]:
    """Each page at its address, and its twins beside it; a twin comes first, or its ending were part of a name."""
    found = [Route("/static/{name}", _static)]
    for page in PAGES:
        root = "/index" if page.address == "/" else page.address
        for ending in (".json", *((".csv",) if page.table else ()), *page.also):
            found.append(Route(root + ending, _shown(page, ending)))
        found.append(Route(page.address, _shown(page, "")))
    return found


def _shown(page: Page, ending: str) -> Callable[[Request], Any]:
    """What answers requests for a page in one of its forms."""

    async def show(request: Request) -> Response:
        server: Server = request.app.state.server
        query, generation = query_of(request, page, ending), server.clerks.generation()
        more = forms.of(request, page)
        work = partial(_made, page, ending, query, server, generation, more)
        token = "" if ending else more.get("token", "")  # who has another one is shown a page of his own
        made = await _remembered(server, (generation, query, ending, token), work)
        kind = page.also[ending].kind if ending in page.also else TYPES[ending]
        return answered(request, made.data, kind, **({"Link": f'<{made.onward}>; rel="next"'} if made.onward else {}))

    return show


def query_of(request: Request, page: Page, ending: str) -> Query:
    """The question of a request."""
    path = request.url.path.removesuffix(ending) if ending else request.url.path
    root = "/" if page.address == "/" else path
    return Query(
        root, dict(request.path_params), {name: value for name, value in request.query_params.items() if value}
    )


class Body(NamedTuple):
    """A page in one of its forms, whether it may be shown again, when and of what it was made (the archive's
    generation, and the page's seal), and the address of the next one of a list; ``later`` is what it will be when a
    process aside has made it."""

    data: bytes
    whole: bool = True
    generation: int = 0
    seal: bytes = b""
    onward: str = ""
    later: Future[bytes] | None = None


async def _remembered(server: Server, asked: tuple[int, Query, str, str], work: Callable[..., Body]) -> Body:
    """An answer, asked for anew where the archive has changed since it was made last; for many at once, once.

    Raises RefusedError where so much is asked for at once that nobody would wait for it.
    """
    generation, query, ending, token = asked
    name = query.address(ending), token
    before: Body | None = server.clerks.pages.get(name)
    if before is not None and before.generation == generation:
        return before
    key = generation, name
    if key not in server.making:
        if len(server.making) >= AT_ONCE:  # who goes away leaves the work behind
            raise RefusedError(429, BUSY, {"Retry-After": "5"})
        server.making[key] = asyncio.create_task(_asked(server, partial(work, before=before), generation))
        server.making[key].add_done_callback(lambda made: _done(server, key, made))
    made: Body = await asyncio.shield(server.making[key])  # one who goes away does not take it from the others
    if made.whole:
        server.clerks.pages.put(name, made, len(made.data) + len(name[0]))
    return made


def _done(server: Server, key: Hashable, made: asyncio.Task[Any]) -> None:
    """Forget a task; its error was told to who waited for it, and the terminal need not hear of it too."""
    server.making.pop(key, None)
    if not made.cancelled():
        made.exception()


async def _asked(server: Server, work: Callable[[Archive], Body], generation: int) -> Body:
    """What a clerk makes; what is made aside is waited for without him."""
    made = await server.clerks.ask(work)
    if made.later is None:
        return made
    try:
        document = await asyncio.wrap_future(made.later)
    except BrokenProcessPool:
        raise HTTPException(503, ENDED) from None
    return Body(await asyncio.to_thread(pages.as_shown, document), generation=generation)


def _made(
    page: Page,
    ending: str,
    query: Query,
    server: Server,
    generation: int,
    more: Mapping[str, Any],
    archive: Archive,
    before: Body | None = None,
) -> Body:
    """A page in one of its forms; made by a clerk. The one from ``before``, where it would be made of the same again:
    most of what is added to an archive is not about this page, and drawing takes longer than asking."""
    shelf = Shelf(archive, server.aside, server.clerks.pages, generation)
    if ending in page.also:
        found = pages.answer(page, shelf, query).to_dict()
        return Body(page.also[ending].draw(found).encode("utf-8", "replace"), generation=generation)
    if ending == ".json" and page.compares:
        return Body(b"", later=server.aside.comparing(*pages.answer(page, shelf, query).compares()))
    if ending:
        draw, found = {".json": pages.as_json, ".csv": pages.as_csv}[ending], pages.answer(page, shelf, query)
        onward = _next(pages.goes_on(page, found.to_dict(), query), query, ending)
        return Body(draw(found).encode("utf-8", "replace"), generation=generation, onward=onward)
    made = pages.html(page, shelf, query, server.site, seal=before.seal if before else b"", **more)
    if made is None:
        assert before is not None
        return before._replace(generation=generation)
    onward = _next(made.onward, query, "")
    return Body(made.text.encode("utf-8", "replace"), made.whole, generation, made.seal, onward)


def _next(changes: Mapping[str, Any] | None, query: Query, ending: str) -> str:
    """The address of the next page of a list, in the same form; empty where there is none."""
    return query.address(ending, **changes) if changes else ""


async def _static(request: Request) -> Response:
    try:
        body, kind = pages.static(request.path_params["name"])
    except KeyError:
        raise HTTPException(404) from None
    return answered(request, body, kind, cache=FOREVER)


def _no_such_page(site: Site, request: Request, error: Exception) -> Response:
    """What is said of an address that leads nowhere, or a method that it does not know."""
    assert isinstance(error, HTTPException)
    said = {
        404: "There is no such page. The address may be misspelt.",
        405: "This address does not take what was sent to it.",
        413: TOO_LARGE,
    }
    usual = error.detail in USUAL
    reason = said.get(error.status_code, error.detail) if usual else error.detail
    return problem(request, site, error.status_code, reason, error.headers)


def _not_answered(site: Site, request: Request, error: Exception) -> Response:
    """What is said of a question that cannot be answered: no such story, a time that is none, no archive."""
    if not isinstance(error, UsageError):
        return problem(request, site, 503, str(error))
    return problem(request, site, 404 if isinstance(error, UnknownError) else 400, str(error))


def _refused(site: Site, request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    if error.status == 401 and _wants_page(request):
        return forms.to_login(request)
    headers = error.headers | ({"WWW-Authenticate": 'Basic realm="Retold"'} if error.status == 401 else {})
    return problem(request, site, error.status, error.reason, headers)


def _gone(request: Request, error: Exception) -> Response:
    """What is said to somebody who went away before all was sent, and does not hear it."""
    return Response(status_code=400)


def _broken(site: Site, request: Request, error: Exception) -> Response:
    """What is said of our own mistakes; the error itself goes to the server's terminal."""
    told = "".join(traceback.format_exception(error)).splitlines()
    print(
        *(line.translate(CLEAN) for line in told), sep="\n", file=sys.stderr
    )  # what was asked stands in it, and must not steer a terminal
    reason = "Retold has made a mistake. What it was stands in the server's terminal."
    return problem(request, site, 500, reason, HEADERS)  # made outside of the guard, which adds them to all others


def problem(
    request: Request, site: Site, status: int, reason: str, headers: Mapping[str, str] | None = None
) -> Response:
    """An error as a page, or for programs as RFC 9457 has it."""
    title = PHRASES.get(status, "Error")
    told = {**(headers or {}), "Cache-Control": "no-store"}
    if _wants_page(request):
        page = pages.drawn("problem", site, query=Query("/"), title=title, reason=reason, status=status)
        return Response(page.encode("utf-8", "replace"), status, told, "text/html")
    document = {"type": "about:blank", "title": title, "status": status, "detail": reason, "instance": request.url.path}
    return Response(msgspec.json.encode(document), status, told, "application/problem+json")


def _wants_page(request: Request) -> bool:
    """Whether a person asks; who asks for data, by the address or in words, gets data."""
    if request.url.path.endswith((".json", ".csv")):
        return False
    return "json" not in request.headers.get("accept", "text/html")
