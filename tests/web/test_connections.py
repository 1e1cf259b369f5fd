"""Who connects and then says nothing takes nobody's place for long."""

from __future__ import annotations

import socket
from contextlib import ExitStack, closing

import pytest

from retold.web import connections, forms
from tests.web.conftest import PASSWORD, serving

HALF = b"GET /stories HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
ASKED = "GET /stories.json HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
LOGIN = (
    "POST /login HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 100\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\npassword="
)


@pytest.mark.parametrize("begun", [b"", HALF])
def test_a_request_that_does_not_come_is_not_waited_for(demo: str, monkeypatch: pytest.MonkeyPatch, begun: bytes):
    monkeypatch.setattr(connections, "PATIENCE", 0.2)
    with serving(demo) as address, closing(connected(address)) as line:
        line.sendall(begun)
        assert line.recv(1000) == b""


def test_who_asks_again_is_answered_on_the_same_connection(demo: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connections, "PATIENCE", 1.0)
    with serving(demo) as address, closing(connected(address)) as line:
        for _ in range(2):
            line.sendall(ASKED.format(port=line.getpeername()[1]).encode())
            assert line.recv(100).startswith(b"HTTP/1.1 200 OK")
            while b"}\n" not in line.recv(65536)[-2:]:
                pass
        line.sendall(HALF)
        assert line.recv(1000) == b""


def test_a_password_that_does_not_come_is_not_waited_for(demo: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forms, "SLOWEST", 0.2)
    with serving(demo, password=PASSWORD) as address, closing(connected(address)) as line:
        line.sendall(LOGIN.format(port=line.getpeername()[1]).encode())
        assert line.recv(100).startswith(b"HTTP/1.1 408")


def test_who_says_nothing_makes_room_for_who_asks(demo: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connections, "MOST", 3)
    with serving(demo) as address, ExitStack() as lines:
        silent = [lines.enter_context(closing(connected(address))) for _ in range(3)]
        asking = lines.enter_context(closing(connected(address)))
        asking.sendall(ASKED.format(port=asking.getpeername()[1]).encode())
        assert asking.recv(100).startswith(b"HTTP/1.1 200 OK")
        for line in silent:
            assert line.recv(100) == b""


def test_who_leaves_while_sending_leaves_no_noise(demo: str, capfd: pytest.CaptureFixture[str]):
    with serving(demo, password=PASSWORD) as address:
        with closing(connected(address)) as line:
            line.sendall(LOGIN.format(port=line.getpeername()[1]).encode())
        with closing(connected(address)) as line:
            line.sendall(ASKED.format(port=line.getpeername()[1]).encode())
            assert line.recv(100).startswith(b"HTTP/1.1 401")
    assert capfd.readouterr().err == ""


def connected(address: str) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=30)
