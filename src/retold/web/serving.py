"""The server: which address it listens on, and to whom it opens the archive."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

from retold.archive.archive import Archive
from retold.model.errors import RetoldError, UsageError
from retold.web.guards import LEAST_PASSWORD, Password, Rules, is_loopback
from retold.web.pages import Site

if TYPE_CHECKING:
    from starlette.applications import Starlette

PORT = 8710
BACKLOG = 100  # connections that are taken at once, before any of them may be closed again
FAREWELL = 2  # seconds that answers under way may still take at the end
OPEN = (
    "{host} can be reached from other machines, and whoever reaches it reads the archive. A password is wanted: "
    "--password, or the variable RETOLD_PASSWORD. To look at it on this machine only, leave out --host."
)
UNENCRYPTED = (
    "Others can reach it with the password. Pages and password travel unencrypted: use it in a network that you "
    "trust. Elsewhere leave out --host, and come through a tunnel: ssh -L {port}:127.0.0.1:{port} THIS-MACHINE"
)
SHORT = "The password is too short: {least} letters or more are wanted, which nobody guesses."


def serve(
    archive: str,
    *,
    host: str = "127.0.0.1",
    port: int = PORT,
    password: str | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> None:
    """Show an archive in the browser until Ctrl-C; ``say`` is told the address, and what to beware of.

    Raises ArchiveError where there is no archive, UsageError for an address that is open to others without a password,
    RetoldError where the port is taken.
    """
    Archive(archive).close()
    check(host, password)
    with bound(host, port) as listening:
        number = listening.getsockname()[1]
        address = f"http://{_written(host)}:{number}"
        for line in greeting(archive, address, is_open=not is_loopback(host)):
            say(line)
        rules = Rules(port=number, host=host, password=Password(password) if password else None)
        site = Site(archive, address, can_fetch=find_spec("httpx2") is not None and find_spec("protego") is not None)
        run(_application(archive, site, rules), listening)


def check(host: str, password: str | None) -> None:
    """Raise UsageError where others could read the archive without a password, or with one that is soon guessed."""
    if password is None and not is_loopback(host):
        raise UsageError(OPEN.format(host=host))
    if password is not None and len(password) < LEAST_PASSWORD:
        raise UsageError(SHORT.format(least=LEAST_PASSWORD))


def greeting(archive: str, address: str, *, is_open: bool) -> list[str]:
    """What a person is told when the server starts; ``is_open``: other machines can reach it."""
    told = [f"{archive} is shown at {address}/", "Ctrl-C ends it."]
    if is_open:
        told.insert(1, UNENCRYPTED.format(port=address.rpartition(":")[2]))
    return told


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens; raises RetoldError where the port is taken, or the address is not of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Its protocol is named: only then does asyncio send each answer at once, and not 40 ms later (Nagle's algorithm).
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host.strip("[]"), port))
        listening.listen()  # who reads the greeting may ask at once; what is asked now is answered when all is loaded
    except OSError as error:
        listening.close()
        next_step = "Name another with --port, or 0 for any that is free" if port else "Name another with --host"
        raise RetoldError(f"{_written(host)}:{port} cannot be listened on ({error.strerror}). {next_step}.") from None
    return listening


def _written(host: str) -> str:
    return f"[{host.strip('[]')}]" if ":" in host else host


@contextmanager
def _closed_with_its_terminal() -> Iterator[None]:
    """End in order when the terminal is closed: else jobs went on alone, and what was given lay there for good."""
    hung_up = getattr(signal, "SIGHUP", None)  # None where there is none (Windows)
    if hung_up is None or signal.getsignal(hung_up) == signal.SIG_IGN:  # nohup
        yield
        return
    before = signal.signal(hung_up, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(hung_up, before)


def _application(archive: str, site: Site, rules: Rules) -> Starlette:
    from retold.web.app import application

    return application(archive, site, rules, ready=True)


def run(application: Starlette, listening: socket.socket) -> None:
    """Answer requests until Ctrl-C, which is the usual end and no error."""
    import uvicorn

    from retold.web.connections import Connection

    settings = uvicorn.Config(
        application,
        http=Connection,
        backlog=BACKLOG,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=FAREWELL,
    )
    with suppress(KeyboardInterrupt), _closed_with_its_terminal():
        uvicorn.Server(settings).run(sockets=[listening])
