"""How far the work is: for a person after a second, for a program line by line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

Progress = Callable[[str, int, int], None]
"""Takes the name of a step, how much of it is done, and how much there is."""

PATIENCE = 1.0  # seconds before a person wants to know; most comparisons are over by then
PAUSE = 0.1  # seconds between two pictures: more often is only flicker


class Line:
    """One line on a terminal, drawn over and over, and cleared at the end; without escapes, for NO_COLOR wants none."""

    def __init__(self, stream: TextIO, *, clock: Callable[[], float] = monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._start = self._step_start = clock()
        self._drawn = 0.0
        self._step = ""
        self._width = 0

    def __call__(self, step: str, done: int, total: int) -> None:
        """Draw how far the step is, if it is time to."""
        now = self._clock()
        if step != self._step:
            self._step, self._step_start = step, now
        if now - self._start >= PATIENCE and now - self._drawn >= PAUSE:
            self._drawn = now
            self._write(told(step, done, total, now - self._step_start))

    def close(self) -> None:
        """Clear the line, if one was drawn."""
        if self._drawn:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()

    def _write(self, words: str) -> None:
        """Write over what stands there."""
        self._stream.write("\r" + words.ljust(self._width))
        self._stream.flush()
        self._width = len(words)


class Lines:
    """One JSON line a step, for a program."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __call__(self, step: str, done: int, total: int) -> None:
        """Write where the step is."""
        self._stream.write(json.dumps({"step": step, "done": done, "total": total}) + "\n")
        self._stream.flush()

    def close(self) -> None:
        """Nothing stays open."""


def told(step: str, done: int, total: int, seconds: float) -> str:
    """A step in words, with its rate and the time that it still takes once they can be known.

    >>> told("reading", 50, 200, 10.0)
    'reading 50 of 200, 5.0 a second, 30 s left'

    Where nobody knows how much there is, ``total`` is 0.
    """
    line = f"{step} {done:,} of {total:,}" if total else f"{step} {done:,}"
    if not done or seconds <= 0:
        return line
    rate = done / seconds
    return f"{line}, {rate:,.1f} a second" + (f", {_left(max(0, total - done) / rate)} left" if total else "")


def _left(seconds: float) -> str:
    """How long something still takes, as precisely as anybody can say."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def _automatic(stream: TextIO) -> Line | None:
    return Line(stream) if stream.isatty() else None


KINDS: dict[str, Callable[[TextIO], Line | Lines | None]] = {
    "auto": _automatic,
    "json": Lines,
    "off": lambda stream: None,
}


@contextmanager
def follow(kind: str, stream: TextIO) -> Iterator[Progress | None]:
    """Give what shows the progress on a stream, or None; clear it away at the end, whatever the end."""
    picture = KINDS[kind](stream)
    try:
        yield picture
    finally:
        if picture is not None:
            picture.close()
