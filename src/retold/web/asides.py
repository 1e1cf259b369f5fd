"""Work aside: in processes of their own, so that no page waits for another; what came of it is kept by its content."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as Waited
from concurrent.futures.process import BrokenProcessPool
from hashlib import sha256
from multiprocessing import get_context
from threading import Lock
from typing import Any

import msgspec

from retold.archive.attributions import Evidence
from retold.model.records import Version
from retold.web.clerks import Memory

Arrow = tuple[int, int]

KEPT = 96 * 2**20  # bytes, as JSON, that are remembered
PROCESSES = 2
PATIENCE = 0.5  # seconds that a page waits before it is shown without


class NotYetError(Exception):
    """Work is under way that a page would not wait for; asked again later, it is there."""


class Said(msgspec.Struct, frozen=True):
    """How many statements a story has, and how many of them versions tell differently."""

    total: int
    changed: int


class Asides:
    """Work that takes long, done once, however many ask for it at the same time. Answers are plain dicts.

    Raises NotYetError where ``patience`` seconds are over; the work goes on, and is there for who asks next.
    """

    def __init__(self) -> None:
        self._memory: Memory[bytes] = Memory(KEPT, any_size=True)
        self._waiting: dict[str, Future[bytes]] = {}
        self._lock = Lock()
        self._processes: ProcessPoolExecutor | None = None

    def start(self) -> None:
        """Start a process now, so that the first page need not wait for it."""
        self._asked("", ready, ())

    def compared(
        self, versions: Sequence[Version], revised: Sequence[Arrow] = (), *, patience: float | None = PATIENCE
    ) -> dict[str, Any]:
        """The comparison of some versions, of which some are ``revised``: an earlier and a later one of one article."""
        found: dict[str, Any] = self._found(_named(versions, revised), patience, compare, list(versions), list(revised))
        return found

    def steps(self, versions: Sequence[Version], *, patience: float | None = PATIENCE) -> list[dict[str, Any]]:
        """What each version of an article changed in the one before."""
        found: list[dict[str, Any]] = self._found(f"steps {_named(versions)}", patience, compare_steps, list(versions))
        return found

    def comparing(self, versions: Sequence[Version], revised: Sequence[Arrow] = ()) -> Future[bytes]:
        """The same as the bytes of a JSON document, when they are there; for who waits without holding up others."""
        key = _named(versions, revised)
        made = self._memory.get(key)
        if made is None:
            return self._asked(key, compare, (list(versions), list(revised)))
        done: Future[bytes] = Future()
        done.set_result(made)
        return done

    def origins(self, archive: str, found: Mapping[str, Any], *, patience: float | None = PATIENCE) -> dict[str, Any]:
        """The origins of a story with the passages of their texts; ``found`` is the same without them."""
        key = sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
        restored: dict[str, Any] = self._found(key, patience, restore, archive, found["story_id"])
        return restored

    def habits(
        self, archive: str, outlet: str, generation: int, *, patience: float | None = PATIENCE
    ) -> dict[str, Any]:
        """The house style of an outlet, as it is until somebody writes in the archive."""
        found: dict[str, Any] = self._found(f"habits {generation} {outlet}", patience, learn_habits, archive, outlet)
        return found

    def report(self, archive: str, story: str, generation: int, *, patience: float | None = PATIENCE) -> dict[str, Any]:
        """The report about a story as a ``page``, as it is until somebody writes in the archive."""
        found: dict[str, Any] = self._found(f"report {generation} {story}", patience, write_report, archive, story)
        return found

    def evidence(self, archive: str, story: str, state: str, *, patience: float | None = PATIENCE) -> Evidence:
        """The statements of a story with their sentences, as long as what they follow from has one ``state``."""
        return msgspec.json.decode(self._made(state, patience, read_evidence, archive, story), type=Evidence)

    def said(self, state: str) -> Said | None:
        """How many statements a story has, where that is known already."""
        made = self._memory.get(state)
        return None if made is None else msgspec.json.decode(made, type=Said)

    def _found(self, key: str, patience: float | None, work: Callable[..., bytes], *given: Any) -> Any:
        return msgspec.json.decode(self._made(key, patience, work, *given))

    def _made(self, key: str, patience: float | None, work: Callable[..., bytes], *given: Any) -> bytes:
        made = self._memory.get(key)
        if made is None:
            try:
                made = self._asked(key, work, given).result(patience)
            except Waited:
                raise NotYetError from None
            except BrokenProcessPool:  # the system has ended a process, for want of memory: the next one may do better
                self._forget()
                raise NotYetError from None
        return made

    def _asked(self, key: str, work: Callable[..., bytes], given: Sequence[Any]) -> Future[bytes]:
        """The work under a key, which is begun where nobody did yet."""
        with self._lock:
            if key in self._waiting:
                return self._waiting[key]
            if self._processes is None:
                # Spawned, not forked: this process has threads, and a child would inherit their locks.
                self._processes = ProcessPoolExecutor(PROCESSES, get_context("spawn"))
            try:
                asked = self._processes.submit(work, *given)
            except BrokenProcessPool:
                self._processes = ProcessPoolExecutor(PROCESSES, get_context("spawn"))
                asked = self._processes.submit(work, *given)
            self._waiting[key] = asked
        asked.add_done_callback(lambda made: self._keep(key, made))
        return asked

    def _keep(self, key: str, made: Future[bytes]) -> None:
        if not made.cancelled() and made.exception() is None:
            self._memory.put(key, made.result(), len(made.result()))
        with self._lock:
            self._waiting.pop(key, None)

    def _forget(self) -> None:
        """Give up processes that work no longer; new ones are started when they are needed."""
        with self._lock:
            broken, self._processes = self._processes, None
        if broken is not None:
            broken.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End the processes; what they are at is given up."""
        if self._processes is None:
            return
        # Nothing public ends one that is at work before Python 3.14, and a server that ends is not to wait a minute.
        working = list(self._processes._processes.values())
        self._processes.shutdown(wait=False, cancel_futures=True)
        for process in working:
            process.terminate()
        for process in working:
            process.join()


def _named(versions: Sequence[Version], revised: Sequence[Arrow] = ()) -> str:
    """What names a comparison: its versions with their blocks, in order, and which of them are revised."""
    told = [[msgspec.to_builtins(version) for version in versions], revised]
    return sha256(msgspec.json.encode(told)).hexdigest()


def ready() -> bytes:
    """Nothing, once all that a comparison needs is loaded; runs in another process."""
    import retold.archive.comparisons  # noqa: F401

    return b""


def compare(versions: list[Version], revised: list[Arrow]) -> bytes:
    """The comparison of some versions as a JSON document; runs in another process."""
    from retold.archive.comparisons import compared

    return msgspec.json.encode(compared(versions, revised))


def compare_steps(versions: list[Version]) -> bytes:
    """What each version changed in the one before, as JSON; runs in another process."""
    from retold.archive.asking import steps_of

    return msgspec.json.encode([step.to_dict() for step in steps_of(versions)])


def restore(archive: str, story: str) -> bytes:
    """The origins of a story, with their texts put together, as a JSON document; runs in another process."""
    from retold.archive.archive import Archive

    with Archive(archive) as opened:
        return msgspec.json.encode(opened.origins(story, limit=None, text=True))


def learn_habits(archive: str, outlet: str) -> bytes:
    """The house style of an outlet, as a JSON document; runs in another process."""
    from retold.archive.archive import Archive

    with Archive(archive) as opened:
        return msgspec.json.encode(opened.habits(outlet))


def read_evidence(archive: str, story: str) -> bytes:
    """The statements of a story with their sentences, as a JSON document; runs in another process."""
    from retold.archive.archive import Archive

    with Archive(archive) as opened:
        return msgspec.json.encode(opened.evidence(story))


def write_report(archive: str, story: str) -> bytes:
    """The report about a story, in a JSON document; runs in another process."""
    from retold.archive.archive import Archive

    with Archive(archive) as opened:
        page = opened.report(story, processes=1).to_html()
    return msgspec.json.encode({"page": page.encode("utf-8", "replace").decode()})
