"""Connections that are given up where nobody asks anything over them: each takes a place of a thousand or so."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

MOST = 2000  # connections; 50 readers have some 300
PATIENCE = 10.0  # seconds in which a request must be there, up to its body; browsers keep a spare line about so long


def places() -> int:
    """How many connections there may be: the rest of the files that a process may have open is for archive and jobs.

    Without an end the system would refuse the next one, and asyncio complain of it thousands of times.
    """
    try:
        import resource
    except ImportError:  # Windows, where sockets are no files
        return MOST
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return MOST if allowed == resource.RLIM_INFINITY else min(MOST, allowed * 3 // 4)


class Connection(H11Protocol):
    """A connection that is closed where no whole head of a request comes in time: uvicorn itself waits for ever."""

    heard: RequestResponseCycle | None = None
    """The last request when we last looked."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to look now and then."""
        super().connection_made(transport)
        self.make_room()
        self.looking = self.loop.call_later(PATIENCE, self.look)

    def make_room(self) -> None:
        """Where all places are taken, close those who have not asked yet; where all others have, this one."""
        if len(self.connections) > places():
            others = [one for one in self.connections if isinstance(one, Connection) and one is not self]
            for transport in [one.transport for one in others if one.cycle is None] or [self.transport]:
                transport.abort()

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
