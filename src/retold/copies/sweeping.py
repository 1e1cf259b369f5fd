"""Work that makes many small things and no rings of them, without Python's search for rings meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def unswept(work: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Run a function without the collector of cyclic garbage; a fifth of the time of a large family goes there."""

    @wraps(work)
    def run(*given: Arguments.args, **named: Arguments.kwargs) -> Answer:
        was = gc.isenabled()
        gc.disable()
        try:
            return work(*given, **named)
        finally:
            if was:
                gc.enable()

    return run
