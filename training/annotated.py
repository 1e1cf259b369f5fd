"""Read an annotated article: its head, its text without marks, its statements with their offsets.

``training/README.md`` tells how the files are written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from training.articles import CLASSES, FIELDS, REASONS, AnnotationError, Article, Statement, is_test
from training.quoting import Span, quoted, share_inside

OPENING = re.compile(r"\{([sct])(\d+(?:,\d+)*)(?::([a-z]+))?(?:=([^|{}\n]+))?\|")
FOLDER = Path(__file__).resolve().parent / "statements"

__all__ = [
    "CLASSES",
    "FOLDER",
    "REASONS",
    "AnnotationError",
    "Article",
    "Statement",
    "is_test",
    "parse",
    "read",
    "read_all",
]


@dataclass
class _Draft:
    line: int
    depth: int | None = None
    places: list[int] = field(
        default_factory=list
    )  # in the order of opening: of the marks that are this number's alone
    spans: dict[str, list[Span]] = field(default_factory=lambda: {"s": [], "c": [], "t": []})
    names: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Open:
    letter: str
    numbers: tuple[int, ...]
    start: int
    raw: int


def read(path: Path) -> Article:
    """Return the annotated article in a file.

    Raises AnnotationError, with file and line, where the file breaks the guide.
    """
    raw = path.read_text(encoding="utf-8")
    return parse(raw, path)


def read_all(folder: Path = FOLDER) -> list[Article]:
    """Every article of a folder, in the order of the file names. Raises AnnotationError at the first that is broken."""
    return [read(path) for path in sorted(folder.glob("*.txt"))]


def parse(raw: str, path: Path) -> Article:
    """Return the article in a file's text; ``path`` is for the errors. Raises AnnotationError."""
    return _Reading(path, raw).article()


class _Reading:
    def __init__(self, path: Path, raw: str) -> None:
        self.path, self.raw = path, raw
        self.breaks = [found.start() for found in re.finditer("\n", raw)]
        self.drafts: dict[int, _Draft] = {}
        self.pieces: list[str] = []
        self.length = 0
        self.stack: list[_Open] = []
        self.opened = 0

    def fail(self, raw: int, reason: str) -> AnnotationError:
        return AnnotationError(self.path, bisect_right(self.breaks, raw - 1) + 1, reason)

    def article(self) -> Article:
        head, start, end = self.head()
        self.marks(start, end)
        text = "".join(self.pieces)
        self.in_order()
        unsourced = self.unsourced(head)
        spans = quoted(text)
        found = [self.statement(number, text, spans, unsourced.get(number)) for number in sorted(self.drafts)]
        return Article(self.path, head, text, tuple(found))

    def head(self) -> tuple[dict[str, str], int, int]:
        top, found, rest = self.raw.partition("\n---\n")
        if not found:
            raise self.fail(0, "no line '---' after the head")
        head: dict[str, str] = {}
        for place, line in enumerate(top.split("\n"), 1):
            name, colon, value = line.partition(":")
            if not colon or not value.strip():
                raise AnnotationError(self.path, place, f"a line of the head is 'name: value', not {line!r}")
            head[name.strip()] = value.strip()
        if missing := [name for name in FIELDS if name not in head]:
            raise self.fail(0, f"the head lacks {', '.join(missing)}")
        start = len(top) + len(found) + len(rest) - len(rest.lstrip("\n"))
        return head, start, len(self.raw.rstrip())

    def marks(self, start: int, end: int) -> None:
        place = start
        for bracket in re.finditer(r"[{}]", self.raw[:end]):
            at = bracket.start()
            if at < place:
                continue
            self.plain(self.raw[place:at])
            place = self.opening(at) if bracket.group() == "{" else self.closing(at)
        self.plain(self.raw[place:end])
        if self.stack:
            raise self.fail(self.stack[-1].raw, "a mark is opened and never closed")

    def plain(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def opening(self, at: int) -> int:
        found = OPENING.match(self.raw, at)
        if not found:
            shown = self.raw[at : at + 24].split("\n")[0]
            raise self.fail(
                at, f"no mark: {shown!r}; a mark is {{s1|...}}, {{s1=Name|...}}, {{c1:class|...}} or {{t1|...}}"
            )
        letter, written, kind, name = found.groups()
        numbers = tuple(int(number) for number in written.split(","))
        self.sensible(at, letter, numbers, kind, name)
        inside = {number for mark in self.stack if mark.letter == "t" for number in mark.numbers}
        for number in numbers:
            self.note(number, at, letter, kind, name, inside - {number}, alone=len(numbers) == 1)
        self.stack.append(_Open(letter, numbers, self.length, at))
        self.opened += 1
        return found.end()

    def sensible(self, at: int, letter: str, numbers: tuple[int, ...], kind: str | None, name: str | None) -> None:
        if list(numbers) != sorted(set(numbers)) or 0 in numbers:
            raise self.fail(at, f"the numbers of a mark rise from 1, not {numbers}")
        if (letter == "c") != (kind is not None):
            raise self.fail(at, "a cue has its class, {c1:say|...}, and no other mark has one")
        if kind is not None and kind not in CLASSES:
            raise self.fail(at, f"no class {kind!r}; there are {', '.join(CLASSES)}")
        if name is not None and letter != "s":
            raise self.fail(at, "only a source has a name, {s1=Name|...}")
        if any(mark.letter == letter and set(mark.numbers) & set(numbers) for mark in self.stack):
            raise self.fail(at, "a mark stands inside another of its own kind and number")

    def note(
        self, number: int, at: int, letter: str, kind: str | None, name: str | None, inside: set[int], *, alone: bool
    ) -> None:
        draft = self.drafts.setdefault(number, _Draft(self.fail(at, "").line))
        if alone:
            draft.places.append(self.opened)
        if letter == "t" and draft.depth is None:
            draft.depth = len(inside)
        draft.classes += [kind] if kind else []
        draft.names += [name.strip()] if name else []

    def closing(self, at: int) -> int:
        if not self.stack:
            raise self.fail(at, "a bracket closes no mark")
        mark = self.stack.pop()
        text = "".join(self.pieces)[mark.start :]
        if not text.strip():
            raise self.fail(mark.raw, "an empty mark is never written: give its number to the mark it shares")
        if text != text.strip() or "\n\n" in text:
            reason = "a mark of its own for each paragraph" if "\n\n" in text else "a mark begins and ends with a word"
            raise self.fail(mark.raw, f"{reason}: {text[:40]!r}")
        for number in mark.numbers:
            self.drafts[number].spans[mark.letter].append((mark.start, self.length))
        return at + 1

    def in_order(self) -> None:
        for wanted, number in enumerate(sorted(self.drafts), 1):
            if number != wanted:
                raise AnnotationError(self.path, self.drafts[number].line, f"statement {number} follows {wanted - 1}")
        own = [(draft.places[0], number) for number, draft in sorted(self.drafts.items()) if draft.places]
        for before, after in pairwise(own):
            if after[0] < before[0]:
                reason = f"statement {after[1]} begins before statement {before[1]}: number in the order of the text"
                raise AnnotationError(self.path, self.drafts[after[1]].line, reason)

    def unsourced(self, head: dict[str, str]) -> dict[int, str]:
        found: dict[int, str] = {}
        for entry in filter(None, (part.strip() for part in head.get("unsourced", "").split(","))):
            number, _, reason = entry.partition(" ")
            if not number.isdigit() or int(number) not in self.drafts or reason not in REASONS:
                raise self.fail(0, f"unsourced: 'number reason', reasons {', '.join(REASONS)}, not {entry!r}")
            found[int(number)] = reason
        return found

    def statement(self, number: int, text: str, spans: Iterable[Span], unsourced: str | None) -> Statement:
        draft = self.drafts[number]
        self.complete(number, draft, unsourced)
        contents = draft.spans["t"]
        words, inside = share_inside(text, contents, list(spans))
        if not words:
            raise AnnotationError(self.path, draft.line, f"the content of statement {number} has no word")
        return Statement(
            number=number,
            sources=tuple(draft.spans["s"]),
            cues=tuple(draft.spans["c"]),
            contents=tuple(contents),
            cue_class=draft.classes[0] if draft.classes else "say",
            speaker=_speaker(text, draft),
            type="direct" if inside == words else "mixed" if inside else "indirect",
            depth=draft.depth or 0,
            unsourced=unsourced,
            line=draft.line,
        )

    def complete(self, number: int, draft: _Draft, unsourced: str | None) -> None:
        reason = None
        if not draft.spans["t"]:
            reason = "has no content"
        elif len(set(draft.classes)) > 1 or len(set(draft.names)) > 1:
            reason = f"has two classes or two names: {', '.join([*draft.classes, *draft.names])}"
        elif not draft.spans["s"] and unsourced is None:
            reason = f"has no source: mark it, or say why in the head, 'unsourced: {number} passive'"
        elif draft.spans["s"] and unsourced is not None:
            reason = "has a source, and the head calls it unsourced"
        elif _overlap(draft.spans["s"] + draft.spans["c"], draft.spans["t"]):
            reason = "has its source or its cue inside its own content"
        if reason:
            raise AnnotationError(self.path, draft.line, f"statement {number} {reason}")


def _overlap(ones: list[Span], others: list[Span]) -> bool:
    return any(start < right and left < end for start, end in ones for left, right in others)


def _speaker(text: str, draft: _Draft) -> str | None:
    if draft.names:
        return None if draft.names[0] == "?" else draft.names[0]
    return " ".join(text[start:end] for start, end in draft.spans["s"]) or None
