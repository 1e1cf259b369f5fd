"""A way to run the command in this process, and an answer to show without comparing anything."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from retold.answers import Comparison
from retold.cli.app import main


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The JSON document on stdout."""
        return json.loads(self.out)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    """Runs ``retold`` with these arguments, and this on stdin."""

    def run(*arguments: object, stdin: bytes | None = None) -> Ran:
        with pytest.MonkeyPatch.context() as patch:
            if stdin is not None:
                patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            code = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return run


def _answered(sources: list[str], *, same_story: bool = True, rejects: tuple[tuple[str, str], ...] = ()) -> Comparison:
    keys = [chr(ord("A") + at) for at in range(len(sources))]
    told = {
        "retold_version": "0.1.0",
        "articles": [_article(key, source) for key, source in zip(keys, sources, strict=True)],
        "same_story": same_story,
        "same_text": False,
        "story": {"same": same_story, "certainty": "high", "evidence": [], "groups": [keys]},
        "origins": {"count": len(keys), "certainty": "low", "groups": []},
        "direction": {"verdict": "undetermined", "from": None, "to": None, "unlikely": [], "signs": []},
        "words": dict.fromkeys([*keys, "identical"], 0),
        **{many: [] for many in ("passages", "edits", "quotations", "names", "watch")},
        "rejects": [{"source": source, "place": "", "reason": reason} for source, reason in rejects],
    }
    return msgspec.convert(told, Comparison)


def _article(key: str, source: str) -> dict[str, Any]:
    """An article with no words in it."""
    nothing = dict.fromkeys(["outlet", "title", "published", "seen", "url"])
    return nothing | {
        "key": key,
        "source": source,
        "id": key,
        "language": "und",
        "words": 0,
        "text": "«Zażółć»",
        "credits": [],
        "blocks": [],
    }


@pytest.fixture
def answered() -> Callable[..., Comparison]:
    """Makes a small answer that is whole, for tests of what the command does with any answer."""
    return _answered


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[tuple[str, ...]]]:
    """Let the comparison answer so, or raise so; the list that comes back fills with what was asked."""

    def answer(given: Comparison | BaseException, *, steps: tuple[tuple[str, int, int], ...] = ()):
        asked: list[tuple[str, ...]] = []

        def compare(sources, *, statements=True, progress=None):
            asked.append(tuple(sources))
            for step in steps if progress else ():
                progress(*step)
            if isinstance(given, BaseException):
                raise given
            return given

        monkeypatch.setattr("retold.api.compare", compare)
        return asked

    return answer
