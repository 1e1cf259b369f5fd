"""Sizes of memory as people write them."""

from __future__ import annotations

import re

import click

WRITTEN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?\s*", re.IGNORECASE)
POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}
LEAST = 64_000_000  # bytes: with less nothing can be held at all


def size(ctx: click.Context, param: click.Parameter, written: str | None) -> int | None:
    """Return the bytes of a size such as 2GB, 500MB or 1.5GiB; raises UsageError where it is none, or too small."""
    if written is None:
        return None
    found = WRITTEN.fullmatch(written)
    asked = int(float(found[1]) * (1024 if found[3] else 1000) ** POWERS[found[2].lower()]) if found else 0
    if asked < LEAST:
        raise click.BadParameter(f"{written!r} is no size, or too small. Wanted is such as 2GB or 500MB, from 64MB on.")
    return asked
