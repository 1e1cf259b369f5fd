"""What an address asks for, and the same question as a call, a command, a line of Python and a request."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from retold.model.errors import UsageError

if TYPE_CHECKING:
    from retold.archive.archive import Archive

SAFE = "/~:@"  # what stands in a path as it is
DIGITS = 12  # of a number: more would not fit where it goes, and Python refuses to read thousands of them


@dataclass(frozen=True, slots=True)
class Query:
    """An address: its path without ending, what is ``named`` in it, and what is ``given`` behind the question mark."""

    path: str
    named: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """What is given under a name; None where nothing is, or blanks."""
        return self.given.get(name, "").strip() or None

    def number(self, name: str, usual: int, *, least: int = 0, most: int = 10**9) -> int:
        """The number given under a name; raises UsageError where it is none, or too large or small."""
        stated = self.text(name)
        if stated is None:
            return usual
        is_number = stated.isascii() and stated.isdigit() and len(stated) <= DIGITS
        if not (is_number and least <= int(stated) <= most):
            raise UsageError(f"{name}={stated[:40]!r} is no number from {least:,} to {most:,}.")
        return int(stated)

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """What is given under a name, else the first choice; raises UsageError where it is none of them."""
        stated = self.text(name) or choices[0]
        if stated not in choices:
            raise UsageError(f"{name}={stated[:40]!r} is none of {', '.join(choices)}.")
        return stated

    def address(self, ending: str = "", /, **changes: str | int | None) -> str:
        """The same view at its own address, with some of what is given changed; None takes it away."""
        given = {**self.given, **{name: "" if value is None else str(value) for name, value in changes.items()}}
        told = urlencode({name: value for name, value in sorted(given.items()) if value.strip()})
        return quote(self.path, safe=SAFE) + ending + (f"?{told}" if told else "")


@dataclass(frozen=True, slots=True)
class Call:
    """A question to an archive: the name of its method and of its command, and what both take.

    ``only`` are options of the method that the command has no name for; ``spoken`` are the names as the command wants
    them, where that is another way than the method's.
    """

    question: str
    names: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    only: Mapping[str, Any] = field(default_factory=dict)
    spoken: tuple[str, ...] = ()

    def of(self, archive: Archive) -> Any:
        """The archive's answer."""
        return getattr(archive, self.question)(*self.names, **self._given, **self.only)

    def glimpse(self, archive: Archive) -> Any:
        """What a page asks at once: the answer, unless that is made aside."""
        return self.of(archive)

    @property
    def _given(self) -> dict[str, Any]:
        return {name: value for name, value in self.options.items() if value is not None}

    def command(self, archive: str) -> str:
        """The call as a command of a shell.

        >>> Call("stories", options={"outlet": "Coast Tribune"}).command("news.retold")
        "retold stories --outlet 'Coast Tribune' --archive news.retold"
        """
        told = [
            part
            for name, value in self._given.items()
            for part in ([f"--{name}"] if value is True else [f"--{name}", str(value)])
        ]
        names = self.spoken or self.names
        if any(name.startswith("-") for name in names):
            names = ("--", *names)
        return shlex.join(["retold", self.question, *told, "--archive", archive, *names])

    def python(self, archive: str) -> str:
        """The call as a line of Python.

        >>> Call("story", ("5d1f",)).python("news.retold")
        "retold.open('news.retold').story('5d1f')"
        """
        told = [repr(name) for name in self.names] + [f"{name}={value!r}" for name, value in self._given.items()]
        return f"retold.open({archive!r}).{self.question}({', '.join(told)})"


def curl(address: str) -> str:
    """A request for an address, for a shell."""
    return shlex.join(["curl", address])
