"""A comparison of texts that somebody gave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retold.pictures.report import parts

GONE = (
    "This comparison is not kept, or no longer: what was given to be compared is forgotten when retold serve ends. "
    "Give the texts again, or add them to the archive to keep them."
)


def view(document: Mapping[str, Any]) -> dict[str, Any]:
    """The comparison, as the report of `retold compare` shows it."""
    found = parts(document)
    return {**found, "title": found["claim"]}
