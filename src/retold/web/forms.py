"""The forms that write: compare, add, give the password; and the jobs that they start."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from retold.model.errors import UsageError
from retold.web import pages, reports
from retold.web.addresses import Query
from retold.web.answering import Server, answered
from retold.web.guards import COOKIE, CREDENTIALS, LOGIN, READS, WEEK, RefusedError, Rules, session_of
from retold.web.views import comparison
from retold.web.views import job as job_view

if TYPE_CHECKING:
    from retold.web.jobs import Inputs, Job
    from retold.web.pages import Page

FILES = 200  # that one form may bring along
FIELDS = 250
TEXT = 16 * 2**20  # bytes of one pasted text
SOON = 2.5  # seconds in which most comparisons are over: then nobody has to look at a job
ADDRESS = re.compile(r"https?://[!-~\u00a1-\ud7ff\uf900-\U0010ffff]+")  # no controls and no halves of characters
ADDRESSES = 200  # that one form may name
FULL = "Too many jobs are waiting. Try again when some of them are over."
SHORT = Middleware(RequestBodyLimitMiddleware, max_body_size=CREDENTIALS)  # also where no length is stated
SLOWEST = 20.0  # seconds in which the password must have come: anybody may begin to send one
NOTHING = "Nothing was given. Paste texts, or choose files."


def of(request: Request, page: Page) -> dict[str, Any]:
    """What the forms of a page need: the token that lets them write."""
    if not page.forms:
        return {}
    rules = request.app.state.server.rules
    return {"token": rules.token(session_of(request, rules))}


async def compare(request: Request) -> Response:
    """Compare what was given; soon over, the answer is the comparison itself, else the job."""
    server: Server = request.app.state.server
    job = server.jobs.compare(*await _sources(request))
    await server.jobs.wait(job, SOON)
    return _started(request, job)


async def add(request: Request) -> Response:
    """Add what was given to the archive."""
    server: Server = request.app.state.server
    return _started(request, server.jobs.add(*await _sources(request)))


async def _sources(request: Request) -> tuple[Inputs, list[str]]:
    """The files and texts of a form, in a folder, and its addresses; raises UsageError where there is nothing."""
    server: Server = request.app.state.server
    if server.jobs.is_full:
        raise RefusedError(429, FULL, {"Retry-After": "30"})
    async with request.form(max_files=FILES, max_fields=FIELDS, max_part_size=TEXT) as form:
        check(request, form)
        addresses = _addresses(form, allowed=server.site.can_fetch)
        given = await _given(server, form)
    if not given.names and not addresses:
        given.forget()
        raise UsageError(NOTHING)
    return given, addresses


def check(request: Request, form: FormData) -> None:
    """Raise RefusedError unless the form is one of ours."""
    rules: Rules = request.app.state.server.rules
    given = form.get("token")
    rules.check_token(given if isinstance(given, str) else "", session_of(request, rules))


async def _given(server: Server, form: FormData) -> Inputs:
    """The files and texts of a form, in a folder."""
    given = server.jobs.inputs()
    try:
        await _put(given, form)
    except BaseException:  # the disk is full, or the server ends
        given.forget()
        raise
    return given


async def _put(given: Inputs, form: FormData) -> None:
    """Put the files and texts of a form into a folder."""
    texts = 0
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            data = await value.read()
            if data:
                given.put(value.filename or "file", data)
        elif name == "text" and value.strip():
            texts += 1
            given.put(f"pasted {texts}.txt", value.replace("\r\n", "\n").encode("utf-8", "replace"))


def _addresses(form: FormData, *, allowed: bool) -> list[str]:
    """The addresses of a form; raises UsageError for what is none, and where nothing may be fetched."""
    told = [line for value in form.getlist("addresses") if isinstance(value, str) for line in value.split()]
    if told and not allowed:
        raise UsageError('Nothing is fetched here. Install what fetches, pip install "retold[fetch]", and start anew.')
    if len(told) > ADDRESSES:
        raise UsageError(f"{len(told):,} addresses are given, and at most {ADDRESSES} are wanted at once.")
    for one in told:
        if not ADDRESS.fullmatch(one):
            raise UsageError(f"{one[:100]!r} is no address. One a line is wanted, such as https://example.org/feed.xml")
    return told


def _started(request: Request, job: Job) -> Response:
    """To the job, or to what came of it."""
    return RedirectResponse(job.location or f"/jobs/{job.id}", 303)


def _job(request: Request) -> Job:
    server: Server = request.app.state.server
    found = server.jobs.get(request.path_params["job"])
    if found is None:
        raise HTTPException(404)
    return found


async def show_job(request: Request) -> Response:
    """How far a job is, as a page; to be loaded again where scripts are off."""
    server: Server = request.app.state.server
    job = _job(request)
    query = Query(request.url.path)
    page = pages.drawn("job", server.site, query=query, script="job.js", **job_view.view(job.told()))
    return Response(page, media_type="text/html", headers={"Cache-Control": "no-store"})


async def job_as_json(request: Request) -> Response:
    """How far a job is, for a program."""
    told = _job(request).told()
    return Response(msgspec.json.encode(told), media_type="application/json", headers={"Cache-Control": "no-store"})


async def job_events(request: Request) -> Response:
    """How far a job is, as it goes on."""
    server: Server = request.app.state.server
    headers = {"Cache-Control": "no-store"}
    return StreamingResponse(server.jobs.events(_job(request)), media_type="text/event-stream", headers=headers)


async def show_comparison(request: Request) -> Response:
    """A comparison of given texts: as a page, as JSON, or as a report in one file."""
    return await asyncio.to_thread(_comparison, request)  # a long one takes seconds to draw


def _comparison(request: Request) -> Response:
    server: Server = request.app.state.server
    name, _, ending = request.path_params["name"].partition(".")
    found = server.jobs.comparison(name)
    if found is None or ending not in ("", "json", "html"):
        raise HTTPException(404, comparison.GONE)
    if ending == "json":
        return answered(request, found, "application/json")
    if ending == "html":
        from retold.pictures.report import report

        return reports.kept(request, report(msgspec.json.decode(found)), f"retold-{name}.html")
    return answered(request, _compared(server, name, found), "text/html")


def _compared(server: Server, name: str, found: bytes) -> bytes:
    """The page of a comparison; drawn once, for its name is that of its content."""
    memory = server.clerks.pages
    drawn: bytes | None = memory.get(("comparison", name))
    if drawn is None:
        told = comparison.view(msgspec.json.decode(found))
        query = Query(f"/comparisons/{name}")
        page = pages.drawn("compared", server.site, query=query, twins=[".json"], script="reader.js", **told)
        drawn = page.encode("utf-8", "replace")
        memory.put(("comparison", name), drawn, len(drawn))
    return drawn


async def login(request: Request) -> Response:
    """Ask for the password, and let in who gives it."""
    server: Server = request.app.state.server
    onward = _onward(request.query_params.get("next", "/"))
    password = server.rules.password
    if password is None:
        return RedirectResponse(onward, 303)
    if request.method != "POST":
        return _ask_password(server, onward, 200)
    from anyio.to_thread import run_sync

    try:
        async with asyncio.timeout(SLOWEST), request.form(max_files=0, max_fields=5) as form:
            given = str(form.get("password", ""))
    except TimeoutError:
        raise RefusedError(408, "The password took too long to come.", {"Connection": "close"}) from None
    try:
        fits = await run_sync(password.fits, given)
    except RefusedError as refused:
        return _ask_password(server, onward, refused.status, refused.reason, refused.headers)
    if not fits:
        return _ask_password(server, onward, 403, "That is not the password.")
    found = RedirectResponse(onward, 303)
    cookie = f"{COOKIE}{server.rules.port}"
    found.set_cookie(cookie, password.session(), max_age=WEEK, httponly=True, samesite="strict")
    return found


def _ask_password(
    server: Server, onward: str, status: int, reason: str = "", headers: dict[str, str] | None = None
) -> Response:
    page = pages.drawn("login", server.site, query=Query("/login"), title="Password", reason=reason, onward=onward)
    return Response(page, status, {**(headers or {}), "Cache-Control": "no-store"}, "text/html")


def _onward(wish: str) -> str:
    """Where to go after the password: to a page of ours, never to another host."""
    here = wish.startswith("/") and not wish.startswith(("//", "/\\"))
    return wish if here and wish.isprintable() else "/"


def to_login(request: Request) -> Response:
    """To the page that asks for the password, and back after it."""
    wish = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    onward = wish if request.method in READS else "/"  # what was sent is lost, and its address shows nothing
    return RedirectResponse(f"/login?next={quote(onward, safe='')}", 303)


ROUTES = [
    Route("/compare", compare, methods=["POST"]),
    Route("/add", add, methods=["POST"]),
    Route("/jobs/{job}.json", job_as_json),
    Route("/jobs/{job}/events", job_events),
    Route("/jobs/{job}", show_job),
    Route("/comparisons/{name}", show_comparison),
    Route(LOGIN, login, methods=["GET", "POST"], middleware=[SHORT]),
]
