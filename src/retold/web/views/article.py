"""An article: what was read of its page, block by block, its credits, its revisions, and who has the same text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from retold.model.records import COMPARED, Version
from retold.pictures.edits import CLASSES, quoted
from retold.pictures.rows import reads, tag
from retold.pictures.words import many, plain
from retold.web.addresses import Call, Query
from retold.web.pages import Page, Shelf
from retold.web.views import correction

if TYPE_CHECKING:
    from retold.archive.archive import Archive

AT_ONCE = 60_000  # characters of all versions, about ten of them, which take a twentieth of a second
SHARING = 12  # articles that share text with it are listed
KINDS = {**correction.NAMES, "paragraph": ""}  # text needs no name
LABELS = {
    "copy": "the same text",
    "partial": "part of the text",
    "quotation": "the same quotations",
    "template": "the same template",
    "background": "the same background",
    "furniture": "only page furniture",
}


@dataclass(frozen=True, slots=True)
class History(Call):
    """The history of an article, of which the page has the changes worked out aside, and the twin at once."""

    def of(self, archive: Archive) -> Past:
        """The versions of the article."""
        return Past(archive, self.names[0])


@dataclass(frozen=True)
class Past:
    """An article of an archive with its versions."""

    archive: Archive
    name: str

    @cached_property
    def versions(self) -> dict[str, Any]:
        """Which versions there are; raises UsageError where there is no such article."""
        return self.archive.revisions(self.name, steps=False).to_dict()

    @property
    def article_id(self) -> str:
        """The id of the article."""
        found: str = self.versions["article_id"]
        return found

    def to_dict(self) -> dict[str, Any]:
        """The versions, without what each changed."""
        return self.versions

    def to_json(self) -> str:
        """The whole history as a JSON document."""
        return self.archive.revisions(self.name).to_json()


def call(query: Query) -> History:
    """The history of the article of an address."""
    return History("revisions", (query.named["article"],))


def steps(shelf: Shelf, found: Past, query: Query) -> list[dict[str, Any]]:
    """What each version changed in the one before."""
    versions = shelf.archive.history(found.article_id)
    if sum(len(version.text) for version in versions) > AT_ONCE and len(versions) > 1:
        return shelf.aside.steps(versions)
    told: list[dict[str, Any]] = shelf.asked(Call("revisions", (found.article_id,)))["steps"]
    return told


def newest(shelf: Shelf, found: Any, query: Query) -> Version:
    """The newest version, with what it was read as."""
    return shelf.archive.versions(found.article_id, found.article_id)[0]  # one name alone would stand for its story


def story(shelf: Shelf, found: Any, query: Query) -> dict[str, Any]:
    """The story that it tells."""
    return shelf.asked(Call("story", (found.article_id,)))


def copies(shelf: Shelf, found: Any, query: Query) -> dict[str, Any]:
    """Who shares text with it."""
    return shelf.asked(Call("copies", (found.article_id,), {"limit": SHARING}))


def reading(shelf: Shelf, found: Any, query: Query) -> dict[str, Any]:
    """How it was read, and what was corrected of that."""
    return shelf.asked(Call("reading", (found.article_id,)))


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
        "steps": [step(one, number) for number, one in enumerate(beside["steps"] or [], 1)],
        "sharing": sharing(beside["copies"], told, found["article_id"]),
        "is_learned": beside["copies"] is not None,
        "reading": correction.view(beside["reading"]),
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
        "name": KINDS[kind] or (correction.NAMES[kind] if reason else ""),
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
    {"newest": newest, "steps": steps, "story": story, "copies": copies, "reading": reading},
    forms=True,
)
