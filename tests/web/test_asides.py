"""What is worked out aside is done once, is not waited for for ever, and is remembered within bounds."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.testclient import TestClient

import retold
from retold.web.asides import Asides, NotYetError
from retold.web.clerks import Memory
from tests.web.conftest import FERRY, asking


class Slow:
    """Processes that do a thing when they are told to, in this process."""

    def __init__(self) -> None:
        self.asked: list[tuple[Future[bytes], Any, tuple[Any, ...]]] = []

    def submit(self, work: Any, *given: Any) -> Future[bytes]:
        self.asked.append((Future(), work, given))
        return self.asked[-1][0]

    def work(self) -> None:
        for future, work, arguments in self.asked:
            future.set_result(work(*arguments))

    def shutdown(self, **_: Any) -> None:
        """Nothing runs."""


@pytest.fixture
def aside() -> Any:
    made = Asides()
    made._processes = Slow()  # type: ignore[assignment]
    return made


def versions(*texts: str) -> list[Any]:
    return [retold.read({"id": str(at), "text": text})[0] for at, text in enumerate(texts)]


PAIR = ("The ferry to Aldry sank on Monday in thick fog.", "The ferry to Aldry sank on Tuesday in thick fog.")


def test_a_page_does_not_wait_for_ever_and_finds_it_later(aside: Any):
    with pytest.raises(NotYetError):
        aside.compared(versions(*PAIR), patience=0)
    with pytest.raises(NotYetError):
        aside.compared(versions(*PAIR), patience=0)
    assert len(aside._processes.asked) == 1, "the same is worked out once"
    aside._processes.work()
    assert aside.compared(versions(*PAIR), patience=0)["same_story"]


def test_another_text_is_another_comparison(aside: Any):
    for texts in (PAIR, PAIR[::-1], PAIR):
        with pytest.raises(NotYetError):
            aside.compared(versions(*texts), patience=0)
    assert len(aside._processes.asked) == 2


def test_a_process_that_the_system_has_ended_is_replaced():
    real = Asides()
    try:
        assert isinstance(real._asked("", end, ()).exception(60), BrokenProcessPool)
        assert real.compared(versions(*PAIR), patience=60)["same_story"]
    finally:
        real.close()


def test_what_is_at_work_does_not_hold_back_the_end():
    real = Asides()
    waiting = real._asked("", nap, ())
    while not waiting.running():
        time.sleep(0.01)
    real.close()
    assert isinstance(waiting.exception(60), BrokenProcessPool)


def nap() -> bytes:
    """Work on, for longer than anybody waits for a test."""
    time.sleep(3600)
    return b""


def end() -> bytes:
    """End the process that runs this, as the system does for want of memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def test_what_failed_is_tried_again(aside: Any):
    with pytest.raises(NotYetError):
        aside.compared(versions(*PAIR), patience=0)
    aside._processes.asked[0][0].set_exception(MemoryError())
    with pytest.raises(NotYetError):
        aside.compared(versions(*PAIR), patience=0)
    assert len(aside._processes.asked) == 2


def test_a_document_that_takes_long_holds_no_clerk(demo: str, monkeypatch: pytest.MonkeyPatch):
    """All clerks are asked for long comparisons, and another page is there before the first of them."""
    waiting: list[Future[bytes]] = []

    def slow(*_: Any) -> Future[bytes]:
        waiting.append(Future())
        return waiting[-1]

    monkeypatch.setattr("retold.web.asides.Asides.comparing", slow)
    with asking(demo) as client:
        ids = [each["article_id"] for each in client.get(f"/stories/{FERRY}.json").json()["tellings"]]
        addresses = [f"/stories/{FERRY}/read.json?base={ids[0]}&with={','.join(ids[1:n])}" for n in range(2, 7)]
        addresses += [f"/stories/{FERRY}/read.json", f"/stories/{FERRY}/read.json?base={ids[1]}&with={ids[0]}"]
        with ThreadPoolExecutor(len(addresses)) as readers:
            asked = [readers.submit(client.get, address) for address in addresses]
            while len(waiting) < len(addresses):
                time.sleep(0.01)
            assert client.get("/stories").status_code == 200
            assert not any(one.done() for one in asked)
            waiting[0].set_exception(BrokenProcessPool())
            for one in waiting[1:]:
                one.set_result(b"{}")
        answers = [one.result() for one in asked]
    assert sorted(answer.status_code for answer in answers) == [200] * (len(addresses) - 1) + [503]


def test_a_page_is_shown_without_what_takes_long_and_whole_when_it_is_there(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
):
    aside = client.app.state.server.aside  # type: ignore[attr-defined]
    monkeypatch.setattr("retold.web.asides.Asides.compared", lambda *_: (_ for _ in ()).throw(NotYetError()))
    address = f"/stories/{FERRY}?all=1"
    first = client.get(address).text
    assert "look again" in first
    assert "data-later" in first
    monkeypatch.undo()
    while "data-later" in (page := client.get(address).text):
        time.sleep(0.05)
    assert "Which passage stands where" in page
    assert aside is client.app.state.server.aside  # type: ignore[attr-defined]


@given(some.lists(some.tuples(some.integers(0, 9), some.integers(0, 60)), max_size=60))
def test_a_memory_stays_within_its_bounds_and_forgets_the_oldest(puts: list[tuple[int, int]]):
    memory: Memory[int] = Memory(100)
    last: dict[int, int] = {}
    for key, size in puts:
        memory.put(key, size, size)
        last[key] = size
        assert memory.size <= 100
        assert memory.get(key) == (size if size <= 25 else None)
    for key, size in last.items():
        assert memory.get(key) in (None, size)


@given(some.lists(some.integers(0, 300), min_size=1, max_size=30))
def test_a_memory_for_any_size_always_has_what_was_put_last(sizes: list[int]):
    memory: Memory[int] = Memory(100, any_size=True)
    for key, size in enumerate(sizes):
        memory.put(key, size, size)
        assert memory.get(key) == size
        assert memory.size <= max(100, size)


def test_a_comparison_of_any_size_is_there_when_it_is_asked_for_again(aside: Any):
    long = versions(*(text * 400 for text in PAIR))
    aside._memory = type(aside._memory)(1000, any_size=aside._memory._any_size)
    with pytest.raises(NotYetError):
        aside.compared(long, patience=0)
    aside._processes.work()
    assert len(str(aside.compared(long, patience=0))) > 1000


def test_threads_may_share_a_memory():
    memory: Memory[int] = Memory(1000)

    def work() -> None:
        for number in range(500):
            memory.put(number % 37, number, number % 50)
            memory.get(number % 41)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 <= memory.size <= 1000
