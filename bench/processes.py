"""Measurements that each run in a process of their own, so that none pays for, or rests on, what another one holds."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

# The C library gives large arrays back as soon as they are free, and a virtual machine takes up to a third of all time
# to hand the next ones out. A process that works on keeps them; Linux with glibc only, elsewhere it changes nothing.
KEEPING = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "17179869184"}


def apart(measure: str, *arguments: object, **settings: str) -> Any:
    """Return what a function, ``module:name``, returns of these arguments, as text, in a process of its own.

    Raise RuntimeError with what the process complained about where it failed.
    """
    code = "import sys; from bench.processes import report; report(*sys.argv[1:])"
    command = [sys.executable, "-c", code, measure, *map(str, arguments)]
    done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip() or f"exit {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def report(measure: str, *arguments: str) -> None:
    """Print what a function returns."""
    module, name = measure.split(":")
    print(json.dumps(getattr(import_module(module), name)(*arguments)))


def spent() -> float:
    """CPU seconds of this process, all its threads and children."""
    return sum(cpu())


def cpu() -> tuple[float, float]:
    """The same: its own, and those that the system worked for it."""
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime for one in used), sum(one.ru_stime for one in used)


def peak() -> float:
    """The most memory that this process held, in GB. Linux hands ru_maxrss down from the parent: ask /proc there."""
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text())):
        return int(found[1]) / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)


class Watch:
    """CPU seconds of each stage."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self.last = spent()

    def __call__(self, stage: str) -> None:
        now = spent()
        self.stages[stage] = self.stages.get(stage, 0.0) + now - self.last
        self.last = now


def told(stages: dict[str, float]) -> str:
    """Stages in one line."""
    return ", ".join(f"{name} {seconds:.3f}" for name, seconds in stages.items())
