"""Long work: comparing what somebody gave, and adding it. Each job is a ``retold`` of its own, which can be watched.

A process, not a thread: pages are served meanwhile as quickly as ever, what cannot be read harms nobody else, and a job
that is stopped leaves the archive as a command does that is stopped with Ctrl-C.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import msgspec

State = Literal["waiting", "running", "done", "failed"]

JOBS = 200  # that are remembered
COMPARISONS = 100  # of given texts that are kept, the last ones
AT_ONCE = 2  # comparisons; adding is done by one after the other in any case
PAUSE = 0.2  # seconds between two looks at a job
PATIENCE = 5.0  # seconds that a job has to end when the server does
WAITING = 20  # jobs that are not over yet: each keeps what was given for it on disk
FETCHED = ".given.retold"  # the archive of what is fetched only to be compared; no file that is given is named so
LINES = 20  # of complaints that are kept
SECRET = "RETOLD_PASSWORD"  # of no use to a job
SAYS = "retold: "  # how each of them begins
COUNTED = "retold export rejects"  # the complaint that only counts them, and names what asks which they are
NAME = re.compile(r"[^\w.,()+ -]+")
LONGEST = 80  # characters of a file's name; where they are long ones, as many as a file system takes:
BYTES = 200
ENDED = frozenset(["done", "failed"])
KILLED = "The system has ended the work (signal {}), often for want of memory. Give less at once."
PROGRAM = (sys.executable, "-P", "-m", "retold")  # -P: a file that somebody gives must never be imported as a module


@dataclass(slots=True)
class Job:
    """Work that is waited for: how far it is, and at the end what came of it."""

    id: str
    kind: Literal["compare", "add"]
    inputs: int
    state: State = "waiting"
    step: str = ""
    done: int = 0
    total: int = 0
    complaints: list[str] = field(default_factory=list)
    answer: dict[str, Any] | None = None
    location: str | None = None
    crash: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it has ended, well or not."""
        return self.state in ENDED

    def told(self) -> dict[str, Any]:
        """The job as JSON tells it."""
        return {
            "schema_version": "1",
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "step": self.step,
            "done": self.done,
            "total": self.total,
            "complaints": self.complaints,
            "answer": self.answer if self.kind == "add" else None,
            "location": self.location,
        }


class Inputs:
    """What somebody gave, in a folder of its own, under names that lead nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=folder))
        self.names: list[str] = []

    def put(self, name: str, data: bytes) -> None:
        """Keep a file or a text under a name like its own."""
        kept = safe_name(name, self.names)
        (self.folder / kept).write_bytes(data)
        self.names.append(kept)

    def forget(self) -> None:
        """Take all away."""
        shutil.rmtree(self.folder, ignore_errors=True)


def safe_name(name: str, taken: Sequence[str] = ()) -> str:
    """A name for a file in a folder of ours: like the given one, but never a path, an option, or one that is taken.

    >>> safe_name("../../etc/passwd"), safe_name("--help"), safe_name("a.txt", ["a.txt"])
    ('passwd', 'help', 'a (2).txt')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = NAME.sub(" ", last).strip(" .-").rpartition(".")
    stem, ending = (stem, dot + ending[:10]) if dot else (ending, "")
    stem = _fitting(stem.strip()[:LONGEST]) or "text"
    kept, number = stem + ending, 1
    while kept in taken:
        number += 1
        kept = f"{stem} ({number}){ending}"
    return kept


def _fitting(name: str) -> str:
    """As much of a name as a file system takes."""
    return name.encode()[:BYTES].decode("utf-8", "ignore").strip()


class Jobs:
    """All jobs of a server, and the comparisons of given texts that came of them."""

    def __init__(self, archive: str) -> None:
        self.archive = os.path.abspath(archive)
        self.folder = Path(tempfile.mkdtemp(prefix="retold-"))  # readable by nobody else
        self._jobs: dict[str, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._comparing = asyncio.Semaphore(AT_ONCE)
        self._adding = asyncio.Lock()
        (self.folder / "comparisons").mkdir()

    def get(self, name: str) -> Job | None:
        """A job by its id, or None."""
        return self._jobs.get(name)

    @property
    def is_full(self) -> bool:
        """Whether so many jobs are not over yet that no other is taken."""
        return sum(not job.is_over for job in self._jobs.values()) >= WAITING

    def comparison(self, name: str) -> bytes | None:
        """A comparison of given texts by its id, as JSON; None where it is not, or no longer, kept."""
        path = self.folder / "comparisons" / f"{name}.json"
        return path.read_bytes() if re.fullmatch(r"[0-9a-f]{16}", name) and path.is_file() else None

    def inputs(self) -> Inputs:
        """An empty folder for what somebody gives."""
        return Inputs(self.folder)

    def compare(self, given: Inputs, addresses: Sequence[str] = ()) -> Job:
        """Start to compare what was given, and the pages at some addresses."""
        return self._start(Job(secrets.token_hex(8), "compare", len(given.names) + len(addresses)), given, addresses)

    def add(self, given: Inputs, addresses: Sequence[str] = ()) -> Job:
        """Start to add what was given, and the pages at some addresses, to the archive, and to learn from it."""
        return self._start(Job(secrets.token_hex(8), "add", len(given.names) + len(addresses)), given, addresses)

    def _start(self, job: Job, given: Inputs, addresses: Sequence[str]) -> Job:
        self._jobs[job.id] = job
        for old in [key for key, one in self._jobs.items() if one.is_over][: max(0, len(self._jobs) - JOBS)]:
            del self._jobs[old]
        task = asyncio.create_task(self._run(job, given, addresses))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return job

    async def _run(self, job: Job, given: Inputs, addresses: Sequence[str]) -> None:
        """Do a job, and forget what was given for it."""
        try:
            async with self._comparing if job.kind == "compare" else self._adding:
                job.state = "running"
                answer, rejects = b"", []
                for arguments in self._commands(job, given, addresses):
                    answer = await self._retold(job, arguments, given.folder)
                    if arguments[0] == "add":
                        rejects = await self._rejects(job, answer, given.folder)
                self._end(job, answer, rejects)
        except OSError as error:
            job.complaints.append(f"retold could not be started: {error}")
        except Exception as error:  # whatever it was, who waits for the job must hear of it
            job.complaints.append(f"Retold has made a mistake: {error!r}")
        finally:
            job.state = "done" if job.state == "done" else "failed"
            given.forget()

    def _commands(self, job: Job, given: Inputs, addresses: Sequence[str]) -> list[list[str]]:
        """What is done, command by command: what is fetched to be compared goes into an archive of its own before."""
        told = ["--json", "--progress=json"]
        fetch = ["--fetch"] if addresses else []
        if job.kind == "add":
            return [["add", "--learn", *told, *fetch, "--archive", self.archive, "--", *given.names, *addresses]]
        if not addresses:
            return [["compare", *told, "--", *given.names]]
        add = ["add", *told, *fetch, "--archive", FETCHED, "--", *given.names, *addresses]
        return [add, ["compare", *told, "--archive", FETCHED]]

    async def _rejects(self, job: Job, added: bytes, folder: Path) -> list[dict[str, Any]]:
        """What an addition could not read, each with its reason, which takes the place of the complaint that counts."""
        found = json.loads(added or b"{}")
        if not found.get("rejects"):
            return []
        archive = self.archive if job.kind == "add" else FETCHED
        lines = await self._retold(job, ["export", "rejects", "--format=jsonl", "--archive", archive], folder)
        rows = [row for row in map(json.loads, lines.splitlines()) if row["run"] == found["run"]]
        named = [f"{_place(row)}: {row['reason']}" for row in rows[:LINES]]
        job.complaints = [told for told in job.complaints if COUNTED not in told] + named
        return [{name: row[name] for name in ("source", "place", "reason")} for row in rows]

    async def _retold(self, job: Job, arguments: Sequence[str], folder: Path) -> bytes:
        """What ``retold`` answers; its progress and its complaints go into the job."""
        process = await asyncio.create_subprocess_exec(
            *PROGRAM,
            *arguments,
            cwd=folder,
            env=_surroundings(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=2**20,
            start_new_session=True,  # Ctrl-C in the server's terminal is for the server, which stops its jobs itself
        )
        assert process.stdout is not None and process.stderr is not None
        try:
            answer, _ = await asyncio.gather(process.stdout.read(), _follow(job, process.stderr))
            code = await process.wait()
        except BaseException:
            await _stop(process)
            raise
        if code < 0 and not answer and not job.complaints:
            job.complaints.append(KILLED.format(-code))
        return answer

    def _end(self, job: Job, answer: bytes, rejects: Sequence[dict[str, Any]]) -> None:
        """Note what came of a job: an answer where there is one, else it has failed."""
        if not answer:
            job.complaints += [f"Retold has made a mistake: {job.crash}"] if job.crash else []
            job.state = "failed"
            return
        if job.kind == "compare":
            job.location = f"/comparisons/{self._keep(_beside(answer, rejects))}"
        else:
            job.answer = json.loads(answer)
        job.state = "done"

    def _keep(self, answer: bytes) -> str:
        """Keep a comparison under the name that its content gives it, and let the oldest go."""
        name = sha256(answer).hexdigest()[:16]
        folder = self.folder / "comparisons"
        (folder / f"{name}.json").write_bytes(answer)
        for old in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)[:-COMPARISONS]:
            old.unlink(missing_ok=True)
        return name

    async def events(self, job: Job) -> AsyncIterator[str]:
        """The job as server-sent events: one at each change, the last when it is over."""
        told = ""
        while True:
            now = json.dumps(job.told())
            if now != told:
                told = now
                yield f"event: {'end' if job.is_over else 'progress'}\ndata: {now}\n\n"
            if job.is_over:
                return
            await asyncio.sleep(PAUSE)

    async def wait(self, job: Job, seconds: float) -> None:
        """Wait for a job that is soon over."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not job.is_over:
                    await asyncio.sleep(PAUSE / 4)

    async def close(self) -> None:
        """Stop all jobs, and forget all that was given."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def _place(row: Mapping[str, Any]) -> str:
    """Where something could not be read."""
    return f"{row['source']}, {row['place']}" if row["place"] else str(row["source"])


def _beside(answer: bytes, rejects: Sequence[dict[str, Any]]) -> bytes:
    """A comparison with what was left out of it before, as ``--json`` writes it."""
    if not rejects:
        return answer
    document = json.loads(answer)
    document["rejects"] = [*rejects, *document["rejects"]]
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


async def _follow(job: Job, lines: asyncio.StreamReader) -> None:
    """Put the progress and the complaints of a ``retold`` into its job, line by line."""
    last = ""
    async for line in lines:
        told = line.decode("utf-8", "replace").rstrip()
        try:
            step = json.loads(told)
            job.step, job.done, job.total = str(step["step"]), int(step["done"]), int(step["total"])
        except (ValueError, KeyError, TypeError):
            if told.startswith(SAYS) and len(job.complaints) < LINES:
                job.complaints.append(told.removeprefix(SAYS))
            last = told or last
    if not job.complaints and not last.startswith(("{", "retold")):
        job.crash = last


def _surroundings() -> dict[str, str]:
    """The environment of a job, which runs in the folder of what was given: it must find the Retold that serves, and
    nothing by a path that begins where it runs."""
    here = str(Path(__file__).resolve().parents[2])
    others = [os.path.abspath(path) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    ours = {name: value for name, value in os.environ.items() if name != SECRET}
    return {**ours, "PYTHONPATH": os.pathsep.join([here, *others])}


async def _stop(process: asyncio.subprocess.Process) -> None:
    """End a process and those that it started as Ctrl-C would; kill them where that takes too long."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
        try:
            await asyncio.wait_for(process.wait(), PATIENCE)
        except TimeoutError:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
