"""Connections that are given up where nobody asks anything over them: each takes a place of a thousand or so."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

PATIENCE = (
    10.0  # seconds in which a request must be there, up to its body; browsers keep spare connections about so long
)


class Connection(H11Protocol):
    """A connection that is closed where no whole head of a request comes in time: uvicorn itself waits for ever."""

    heard: RequestResponseCycle | None = None
    """The last request when we last looked."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to look now and then."""
        super().connection_made(transport)
        self.looking = self.loop.call_later(PATIENCE, self.look)

    def look(self) -> None:
        """Close the connection where no request is being answered, and none has come since we last looked."""
        latest: RequestResponseCycle | None = self.cycle
        if latest is self.heard and (latest is None or latest.response_complete):
            self.transport.close()
            return
        self.heard = latest
        self.looking = self.loop.call_later(PATIENCE, self.look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no longer."""
        self.looking.cancel()
        super().connection_lost(exc)
