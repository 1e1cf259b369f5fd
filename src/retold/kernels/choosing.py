"""Which twin of the copies kernels does the work: the plain one, or the one that numba compiles."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Literal

Choice = Literal["plain", "compiled"]

# Bytes of text from which the start of numba pays: it takes a second, in which the plain twin aligns some hundred
# articles. See bench/copies.py.
WORTH = 400_000
ALIGNED = 8  # bytes of two texts take as long to align as one byte takes in all where few texts are alike
CHOICES: dict[str, Choice] = {"plain": "plain", "compiled": "compiled"}


@dataclass(frozen=True, slots=True)
class Kernels:
    """The steps from texts to shared passages, and the question about one text, all of one twin."""

    fingerprinting: ModuleType
    matching: ModuleType
    aligning: ModuleType
    asking: ModuleType
    carrying: ModuleType
    parting: ModuleType


def choose(size: int) -> Choice:
    """Return which twin to take for so many bytes: what RETOLD_KERNELS says, else the one that is sooner done."""
    asked = CHOICES.get(os.environ.get("RETOLD_KERNELS", ""))
    if asked:
        return asked
    return "compiled" if size >= WORTH and find_spec("numba") else "plain"


@cache
def kernels(choice: Choice) -> Kernels:
    """Return the kernels of a twin; numba is imported here, and only for its own."""
    tail = {"plain": "", "compiled": "_compiled"}[choice]
    names = ("fingerprinting", "matching", "aligning", "asking", "carrying", "parting")
    return Kernels(*(import_module(f"retold.kernels.{name}{tail}") for name in names))
