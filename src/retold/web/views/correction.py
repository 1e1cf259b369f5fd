"""The form that says what was read wrongly of an article: its fields, and each part of its text with what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from retold.model.errors import UsageError
from retold.pictures.words import plain

NAMES = {  # of the kinds of blocks
    "title": "title",
    "standfirst": "standfirst",
    "heading": "heading",
    "paragraph": "text",
    "caption": "caption",
    "credit": "credit",
    "furniture": "page furniture",
}
LEFT_OUT = "left out"
MOST = 1000  # parts of a text that the form has; of more, the command has all
EXCERPT = 160  # characters of a part; all of it stands in the text above
FIELDS = {  # what each is called on the page, and what it wants
    "title": ("Title", ""),
    "outlet": ("Outlet", ""),
    "author": ("By", "names, with commas between them"),
    "published": ("Published", "a day or a moment, such as 2026-05-03T18:30+02:00"),
    "language": ("Language", "a code or a name, such as en or German"),
}
STATES = {  # by whether something is corrected, and whether the archive is so already
    (True, True): "Corrected by a reader.",
    (True, False): "Corrected by a reader; honoured at the next retold learn.",
    (False, False): "The correction was taken back: it is as it was read again at the next retold learn.",
}
PART = re.compile(r"part-(\d{1,8})-(\d{1,8})-([a-z-]+)")


def view(found: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of a reading, as the dict of its JSON."""
    parts = found["parts"]
    return {
        "version": found["version_id"],
        "is_corrected": found["corrected"],
        "stands": found["corrected"] and found["honoured"],
        "state": STATES.get((found["corrected"], found["honoured"]), ""),
        "fields": [_field(field) for field in found["fields"]],
        "parts": [_part(part) for part in parts[:MOST]],
        "more": max(0, len(parts) - MOST),
        "kinds": list(NAMES.items()),
        "lost": [_lost(each) for each in found["corrections"] if each["not_in"]],
    }


def _field(field: Mapping[str, Any]) -> dict[str, Any]:
    name, hint = FIELDS[field["name"]]
    changed = field["as_read"] != field["as_corrected"]
    return {
        "key": field["name"],
        "name": name,
        "hint": hint,
        "value": plain(field["as_corrected"] or ""),
        "as_read": (plain(field["as_read"] or "") or "nothing") if changed else "",
    }


def _part(part: Mapping[str, Any]) -> dict[str, Any]:
    words = " ".join(plain(part["text"]).split())
    kind, read = part["as_corrected"], part["as_read"]
    return {
        "key": f"part-{part['start']}-{part['end']}-{kind.replace(' ', '-')}",
        "words": words if len(words) <= EXCERPT else words[:EXCERPT].rstrip() + " …",
        "kind": kind,
        "is_left_out": kind == LEFT_OUT,
        "as_read": ", ".join(NAMES.get(each, each) for each in read.split(", ")) if read != kind else "",
    }


def _lost(each: Mapping[str, Any]) -> dict[str, Any]:
    """Something that was corrected and does not hold for other versions."""
    words = " ".join(plain(each["text"]).split())[:EXCERPT]
    name = "" if each["part"] == "block" else FIELDS[each["part"]][0]
    return {"name": name, "words": words, "versions": each["not_in"]}


def asked(given: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """What a sent form corrects, as the archive takes it: only what is another than the page showed. Raises UsageError
    for what is no form of ours."""
    told = {name: value for name, value in given if isinstance(value, str)}
    fields = {name: told[name] for name in FIELDS if name in told and told[name].strip() != told.get(f"was-{name}")}
    blocks = []
    for name, kind in told.items():
        match = PART.fullmatch(name)
        if match and kind.replace(" ", "-") != match[3]:
            blocks.append((int(match[1]), int(match[2]), kind))
    if "version" not in told:
        raise UsageError("The form does not say which version was corrected. Load the page anew.")
    return {**fields, "blocks": blocks, "version": told["version"]}
