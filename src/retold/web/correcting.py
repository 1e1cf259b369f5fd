"""The form on an article's page that corrects how it was read; a clerk writes it into the archive."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from retold.archive.archive import Archive
from retold.model.errors import BusyError, UsageError
from retold.web import forms
from retold.web.answering import Server
from retold.web.guards import RefusedError
from retold.web.views import correction

FIELDS = correction.MOST + 50
FIELD = 64 * 1024  # bytes
TRIES, PAUSE = 8, 0.25  # so often, so many seconds apart: what others write in passing is over then
BACK = "What you entered is still there: go back to it."
BUSY = "The archive is being written by another command, and only one can write at a time. Try again in a moment. "


async def correct(request: Request) -> Response:
    """Keep what a form corrects of an article, or take back what was; then the article again."""
    server: Server = request.app.state.server
    article = request.path_params["article"]
    async with request.form(max_files=0, max_fields=FIELDS, max_part_size=FIELD) as form:
        forms.check(request, form)
        given = form.multi_items()
    try:
        if any(name == "undo" for name, _ in given):
            await _written(server, partial(_take_back, article))
        else:
            await _written(server, partial(_correct, article, correction.asked(given)))
    except UsageError as error:
        raise RefusedError(400, f"{error} {BACK}") from None
    return RedirectResponse(f"/articles/{quote(article, safe='')}#reading", 303)


def _correct(article: str, given: dict[str, Any], archive: Archive) -> None:
    archive.correct(article, **given)


def _take_back(article: str, archive: Archive) -> None:
    archive.take_back(article)


async def _written(server: Server, work: Callable[[Archive], None]) -> None:
    """Let a clerk write; raises RefusedError where others do so for longer than a person would wait."""
    for left in reversed(range(TRIES)):
        try:
            return await server.clerks.ask(work)
        except BusyError:
            if not left:
                raise RefusedError(503, BUSY + BACK, {"Retry-After": "10"}) from None
        await asyncio.sleep(PAUSE)


ROUTES = [Route("/articles/{article}/correction", correct, methods=["POST"])]
