"""What an annotated article is: its head, its text without marks, its statements with their offsets."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from training.quoting import Span

CLASSES = ("say", "deny", "accuse", "demand", "warn", "promise", "claim", "admit", "show")
REASONS = ("passive", "hearsay", "context")
MODEL = Path(__file__).resolve().parent.parent / "src" / "retold" / "statements" / "model"  # of the package
FIELDS = ("id", "kind", "voice", "outlet", "title")


class AnnotationError(ValueError):
    """A file that breaks the guide: which, in what line, and how."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


@dataclass(frozen=True)
class Statement:
    """One statement; spans are [start, end) in characters of the article's text."""

    number: int
    sources: tuple[Span, ...]
    cues: tuple[Span, ...]
    contents: tuple[Span, ...]
    cue_class: str  # one of CLASSES; "say" where no cue stands
    speaker: str | None  # the fullest form the article has; None where the article does not say
    type: str  # direct | mixed | indirect: all, some or none of the content's words between quotation marks
    depth: int  # in how many other contents this one lies
    unsourced: str | None  # one of REASONS where no source is marked
    line: int  # of the file, where the first mark opens


@dataclass(frozen=True)
class Article:
    """One annotated article; ``text`` is what stands after the head, without marks."""

    path: Path
    head: dict[str, str]
    text: str
    statements: tuple[Statement, ...]

    @property
    def identity(self) -> str:
        """The article's id."""
        return self.head["id"]


def is_test(identity: str) -> bool:
    """Whether an article is set aside for the test set: the fixed rule, a hash of its id."""
    return int.from_bytes(blake2b(identity.encode()).digest(), "big") % 5 == 0
