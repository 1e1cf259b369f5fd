"""A job: how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retold.pictures.words import many

TITLES = {
    ("compare", "waiting"): "Waiting to compare",
    ("compare", "running"): "Comparing",
    ("compare", "done"): "Compared",
    ("compare", "failed"): "Nothing could be compared",
    ("add", "waiting"): "Waiting: another job adds",
    ("add", "running"): "Adding",
    ("add", "done"): "Added",
    ("add", "failed"): "Nothing was added",
}


def view(job: Mapping[str, Any]) -> dict[str, Any]:
    """A job in words."""
    return {
        "title": TITLES[job["kind"], "failed" if is_in_vain(job["answer"]) else job["state"]],
        "job": job,
        "is_over": job["state"] in ("done", "failed"),
        "step": step(job),
        "added": added(job["answer"]) if job["answer"] else [],
    }


def is_in_vain(answer: Mapping[str, Any] | None) -> bool:
    """Whether an addition found nothing that it could read."""
    return answer is not None and not (answer["articles"] or answer["versions"] or answer["known"])


def step(job: Mapping[str, Any]) -> str:
    """How far a job is: "reading, 5 of 20".

    >>> step({"step": "reading", "done": 5, "total": 20}), step({"step": "", "done": 0, "total": 0})
    ('reading, 5 of 20', 'starting')
    """
    if not job["step"]:
        return "starting"
    done = f"{job['done']:,} of {job['total']:,}" if job["total"] else f"{job['done']:,}" if job["done"] else ""
    return f"{job['step']}, {done}" if done else str(job["step"])


def added(answer: Mapping[str, Any]) -> list[str]:
    """What an addition brought, in sentences."""
    told = [
        f"{many(answer['articles'], 'new article')}, {many(answer['versions'], 'new version')} of known ones, "
        f"{answer['known']:,} known already."
    ]
    if answer["rejects"]:
        told.append(f"{many(answer['rejects'], 'input')} could not be read.")
    if answer["learned"]:
        stories = many(answer["learned"]["stories"], "story", "stories")
        told.append(
            f"The archive now tells {stories}, which go back to {many(answer['learned']['origins'], 'origin')}."
        )
    return told
