"""``retold serve``: to whom it opens an archive, what it says, and how it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from retold.cli.app import main
from retold.model.errors import RetoldError, UsageError
from retold.web.serving import PORT, bound, check, greeting
from tests.conftest import ROOT

OPEN_TO_ALL = ["0.0.0.0", "192.168.7.7", "::", "archive.example"]


@pytest.mark.parametrize("host", OPEN_TO_ALL)
def test_an_address_that_others_can_reach_wants_a_password(host: str):
    with pytest.raises(UsageError, match="A password is wanted: --password, or the variable RETOLD_PASSWORD"):
        check(host, None)
    check(host, "a long and quiet harbour")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_alone_wants_none(host: str):
    check(host, None)


def test_a_short_password_is_refused():
    with pytest.raises(UsageError, match="10 letters or more"):
        check("0.0.0.0", "harbour")


def test_who_opens_it_to_others_is_told_that_nothing_is_encrypted():
    told = " ".join(greeting("news.retold", "http://192.168.7.7:8710", is_open=True))
    assert "unencrypted" in told
    assert "http://192.168.7.7:8710/" in told
    assert "ssh -L 8710:127.0.0.1:8710" in told
    assert "unencrypted" not in " ".join(greeting("news.retold", "http://127.0.0.1:8710", is_open=False))


def test_a_port_that_is_taken_is_named_with_the_next_step():
    named = r"cannot be listened on .* Name another with --port"
    with bound("127.0.0.1", 0) as first, pytest.raises(RetoldError, match=named):
        bound("127.0.0.1", first.getsockname()[1])


def test_each_answer_is_sent_at_once():
    """Head and body are two writes; without this the second waits until the reader has acknowledged the first."""

    async def accepted() -> int:
        with bound("127.0.0.1", 0) as listening:
            found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

            def seen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                sock = writer.get_extra_info("socket")
                found.set_result(sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
                writer.close()

            async with await asyncio.start_server(seen, sock=listening):
                _, writer = await asyncio.open_connection(*listening.getsockname())
                told = await found
                writer.close()
                return told

    with ThreadPoolExecutor(1) as aside:  # a browser of other tests may keep a loop in this thread
        assert aside.submit(asyncio.run, accepted()).result()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--archive", "none.retold"], 3, "Make one: retold add SOURCE... --archive none.retold"),
        (["--host", "0.0.0.0"], 2, "A password is wanted"),
        (["--host", "0.0.0.0", "--password", "short"], 2, "too short"),
        (["--port", "99999"], 2, "is not in the range"),
    ],
)
def test_what_cannot_be_served_says_why(
    empty: str, arguments: list[str], code: int, told: str, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
):  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RETOLD_ARCHIVE", empty)
    monkeypatch.delenv("RETOLD_PASSWORD", raising=False)
    assert main(["serve", *arguments]) == code
    assert told in capfd.readouterr().err


def test_the_command_and_the_server_agree_on_the_port():
    from retold.cli import serve

    assert serve.PORT == PORT


def test_a_terminal_that_is_closed_leaves_nothing_behind(demo: str, tmp_path: Path):
    ours = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    started = subprocess.Popen(
        [sys.executable, "-m", "retold", "serve", "--archive", demo, "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": ours, "TMPDIR": str(tmp_path)},
        # A nohup over the tests would be inherited; to reset a signal is safe beside threads.
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),  # noqa: PLW1509
    )
    try:
        assert started.stderr is not None
        address = started.stderr.readline().strip().rpartition(" ")[2]
        _read(address)
        assert list(tmp_path.glob("retold-*"))
        started.send_signal(signal.SIGHUP)
        started.communicate(timeout=30)
    finally:
        started.kill()
    assert not list(tmp_path.glob("retold-*"))


def test_it_answers_until_ctrl_c_which_is_no_error(demo: str):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    started = subprocess.Popen(
        [sys.executable, "-m", "retold", "serve", "--archive", demo, "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": ours},
    )
    try:
        assert started.stderr is not None
        assert started.stderr.readline() == f"retold: {demo} is shown at http://127.0.0.1:{port}/\n"
        assert started.stderr.readline() == "retold: Ctrl-C ends it.\n"  # communicate sees nothing of a line read ahead
        assert "Finance minister" in _read(f"http://127.0.0.1:{port}/stories")
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=30)
    finally:
        started.kill()
    assert (started.returncode, out, err) == (0, "", "")


def _read(address: str) -> str:
    """A page of a server that has said where it is: from then on it may be asked."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())
