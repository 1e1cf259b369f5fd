"""Reports in one file, to keep or to send: the same as ``retold report`` and ``retold compare`` write."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from retold.web.answering import Server, answered
from retold.web.asides import NotYetError

TRY_AGAIN = "The report could not be made now. Ask for it again in a moment, or make it in a shell: retold report STORY"


def kept(request: Request, page: str, name: str) -> Response:
    """A report as a file of a name; its own policy lets its style and scripts in, and nothing else."""
    from retold.pictures.onefile import policy

    headers = {
        "Content-Security-Policy": policy(page) + "; frame-ancestors 'none'",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return answered(request, page.encode("utf-8", "replace"), "text/html", **headers)


async def story(request: Request) -> Response:
    """All that the archive knows of a story, in one file; it is made aside, and who asks for it waits."""
    server: Server = request.app.state.server
    name = request.path_params["story"]
    found = await server.clerks.ask(lambda archive: archive.story(name).id)
    try:
        made = await asyncio.to_thread(
            server.aside.report, server.clerks.path, found, server.clerks.generation(), patience=None
        )
    except NotYetError:
        raise HTTPException(503, TRY_AGAIN) from None
    return kept(request, made["page"], f"retold-{found}.html")


ROUTES = [Route("/stories/{story}/report.html", story)]
