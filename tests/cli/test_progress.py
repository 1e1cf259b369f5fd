"""Progress: nothing for a short wait, one line for a long one, and no trace after it."""

from __future__ import annotations

import io

import pytest

from retold.cli.progress import Line, follow, told


class Clock:
    """A clock that a test sets."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_short_wait_draws_nothing(clock):
    stream = Terminal()
    line = Line(stream, clock=clock)
    clock.now += 0.9
    line("reading", 1, 2)
    line.close()
    assert stream.getvalue() == ""


def test_a_long_wait_draws_one_line_and_clears_it(clock):
    stream = Terminal()
    line = Line(stream, clock=clock)
    line("reading", 0, 4)
    clock.now += 2
    line("reading", 1, 4)
    line.close()
    told = "reading 1 of 4, 0.5 a second, 6 s left"
    assert stream.getvalue() == f"\r{told}\r{' ' * len(told)}\r"


def test_a_shorter_line_leaves_nothing_of_a_longer_one(clock):
    stream = Terminal()
    line = Line(stream, clock=clock)
    clock.now += 2
    line("reading the first", 0, 4)
    clock.now += 2
    line("sorting", 0, 4)
    assert stream.getvalue().split("\r") == ["", "reading the first 0 of 4", "sorting 0 of 4          "]


def test_a_fast_loop_does_not_flicker(clock):
    stream = Terminal()
    line = Line(stream, clock=clock)
    clock.now += 2
    for done in range(1000):
        clock.now += 0.001
        line("reading", done, 1000)
    assert 8 <= stream.getvalue().count("reading") <= 11


def test_each_step_has_a_rate_of_its_own(clock):
    stream = Terminal()
    line = Line(stream, clock=clock)
    line("reading", 0, 2)
    clock.now += 10
    line("aligning", 0, 100)
    clock.now += 1
    line("aligning", 50, 100)
    assert stream.getvalue().endswith("aligning 50 of 100, 50.0 a second, 1 s left")


@pytest.mark.parametrize(
    ("done", "seconds", "words"),
    [
        (0, 3.0, "reading 0 of 8"),
        (2, 0.0, "reading 2 of 8"),
        (2, 1.0, "reading 2 of 8, 2.0 a second, 3 s left"),
        (8, 4.0, "reading 8 of 8, 2.0 a second, 0 s left"),
    ],
)
def test_a_rate_is_told_once_it_can_be_known(done, seconds, words):
    assert told("reading", done, 8, seconds) == words


def test_a_pipe_is_shown_nothing():
    with follow("auto", io.StringIO()) as step:
        assert step is None


def test_the_line_is_cleared_when_the_work_fails(clock, monkeypatch):
    monkeypatch.setattr("retold.cli.progress.PATIENCE", 0)
    stream = Terminal()
    with pytest.raises(ValueError, match="broken"), follow("auto", stream) as step:
        step("reading", 1, 2)
        raise ValueError("broken")
    assert stream.getvalue().endswith(" \r")
