"""An article: what was read of its page, block by block, its credits, its revisions, and who has the same text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from retold.model.records import COMPARED, Version
from retold.pictures.edits import CLASSES, quoted
from retold.pictures.rows import reads, tag
from retold.pictures.words import many, plain
from retold.web.addresses import Call, Query
from retold.web.pages import Page, Shelf

SHARING = 12  # articles that share text with it are listed
KINDS = {
    "title": "title",
    "standfirst": "standfirst",
    "heading": "heading",
    "paragraph": "",
    "caption": "caption",
    "credit": "credit",
    "furniture": "page furniture",
}
LABELS = {
    "copy": "the same text",
    "partial": "part of the text",
    "quotation": "the same quotations",
    "template": "the same template",
    "background": "the same background",
    "furniture": "only page furniture",
}


def call(query: Query) -> Call:
    """The history of the article of an address."""
    return Call("revisions", (query.named["article"],))


def newest(shelf: Shelf, found: Any, query: Query) -> Version:
    """The newest version, with what it was read as."""
    return shelf.archive.versions(found.article_id, found.article_id)[0]  # one name alone would stand for its story


def story(shelf: Shelf, found: Any, query: Query) -> dict[str, Any]:
    """The story that it tells."""
    return shelf.asked(Call("story", (found.article_id,)))


def copies(shelf: Shelf, found: Any, query: Query) -> dict[str, Any]:
    """Who shares text with it."""
    return shelf.asked(Call("copies", (found.article_id,), {"limit": SHARING}))


def view(found: Mapping[str, Any], query: Query, beside: Mapping[str, Any]) -> dict[str, Any]:
    """The article as its page shows it."""
    version: Version = beside["newest"]
    told = beside["story"]
    parts = blocks(version)
    return {
        "title": plain(version.title or "") or "Article",
        "article": found,
        "newest": version,
        "story": told and {"id": told["id"], "title": told["title"], "articles": told["articles"]},
        "read": _read(told, found["article_id"]),
        "parts": parts,
        "counts": counts(parts),
        "language": tag({"language": version.language}),
        "direction": reads({"language": version.language}),
        "credits": [(str(credit.kind), plain(credit.name), credit.person) for credit in version.credits],
        "versions": [
            {**one, "number": number, "newest": number == len(found["versions"])}
            for number, one in enumerate(found["versions"], 1)
        ],
        "steps": [step(one, number) for number, one in enumerate(found["steps"], 1)],
        "sharing": sharing(beside["copies"], told, found["article_id"]),
        "is_learned": beside["copies"] is not None,
    }


def blocks(version: Version) -> list[dict[str, Any]]:
    """The whole text in order, each part with its kind in words; what stands between blocks is page furniture."""
    found: list[dict[str, Any]] = []
    place = 0
    for block in sorted(version.blocks, key=lambda block: block.start):
        found.append(_part(version.text[place : block.start], "furniture", "between the blocks that were read"))
        found.append(_part(version.text[block.start : block.end], str(block.kind), block.reason))
        place = max(place, block.end)
    found.append(_part(version.text[place:], "furniture", "between the blocks that were read"))
    return [part for part in found if part["text"].strip()]


def _part(text: str, kind: str, reason: str) -> dict[str, Any]:
    return {
        "text": text,
        "kind": kind,
        "name": KINDS[kind],
        "reason": plain(reason),
        "aside": kind not in COMPARED and kind not in ("title", "heading"),
    }


def counts(parts: Sequence[Mapping[str, Any]]) -> list[str]:
    """How many parts of each kind there are: "9 paragraphs", "2 captions"."""
    found = {kind: sum(part["kind"] == kind for part in parts) for kind in KINDS}
    names = {kind: name or kind for kind, name in KINDS.items()} | {"furniture": "block of page furniture"}
    plural = {"furniture": "blocks of page furniture"}
    return [many(count, names[kind], plural.get(kind, "")) for kind, count in found.items() if count]


def step(one: Mapping[str, Any], number: int) -> dict[str, Any]:
    """What one version changed in the one before: whole passages, and edits by weight; those of style come last."""
    weight = {kind: at for at, kind in enumerate(CLASSES)}
    edits = sorted(one["edits"], key=lambda edit: weight[edit["kind"]])
    return {
        "number": number,
        "cut": [plain(text) for text in one["cut"]],
        "added": [plain(text) for text in one["added"]],
        "edits": [{**edit, "cut": _quoted(edit["cut"]), "added": _quoted(edit["added"])} for edit in edits],
        "is_empty": not (one["cut"] or one["added"] or one["edits"]),
    }


def _quoted(text: str) -> str:
    """Words between quotation marks, "" for none."""
    return quoted(text) if text else ""


def _read(told: Mapping[str, Any] | None, article: str) -> str | None:
    """The address where it is read beside the others of its story; None where there are none."""
    if told is None or told["articles"] < 2:
        return None
    return Query(f"/stories/{told['id']}/read", {}, {"base": article}).address()


def sharing(found: Mapping[str, Any] | None, told: Mapping[str, Any] | None, article: str) -> list[dict[str, Any]]:
    """The articles that share text with it, each with what is shared, and where they tell one story the address that
    puts both side by side."""
    if found is None:
        return []
    beside = {telling["article_id"] for telling in told["tellings"]} if told else set()
    return [
        {
            **copy,
            "label": LABELS.get(copy["label"], copy["label"]),
            "read": _pair(told["id"], article, copy["article_id"]) if told and copy["article_id"] in beside else None,
        }
        for copy in found["copies"]
    ]


def _pair(story_id: str, one: str, other: str) -> str:
    return Query(f"/stories/{story_id}/read", {}, {"base": one, "with": other}).address()


PAGE = Page(
    "/articles/{article}",
    "article",
    call,
    view,
    {"newest": newest, "story": story, "copies": copies},
)
