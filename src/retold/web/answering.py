"""What all requests share, and how an answer is sent."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

if TYPE_CHECKING:
    from retold.web.asides import Asides
    from retold.web.clerks import Clerks
    from retold.web.guards import Rules
    from retold.web.jobs import Jobs
    from retold.web.pages import Site

AGAIN = "private, no-cache"  # keep it, but ask each time whether it is still so


@dataclass
class Server:
    """What all requests share."""

    site: Site
    rules: Rules
    clerks: Clerks
    aside: Asides
    jobs: Jobs
    making: dict[Any, asyncio.Task[Any]] = field(default_factory=dict)


def answered(request: Request, body: bytes, kind: str, *, cache: str = AGAIN, **headers: str) -> Response:
    """A response that is sent only to who does not have it yet; its content names it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    told = {"ETag": tag, "Cache-Control": cache, "Vary": "Cookie", **headers}
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers=told)
    return Response(body, media_type=kind, headers=told)
