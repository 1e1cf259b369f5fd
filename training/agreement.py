"""How far two annotators agree on the test articles: ``python -m training.agreement [--differences] [FIRST SECOND]``.

The first folder is the training text, the second ``training/second``, marked without sight of the first. The figures
are those an extractor is measured by, so that the human line can stand beside each of its own.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from training.annotated import FOLDER, AnnotationError, Article, Statement, is_test, read
from training.quoting import Span

SECOND = FOLDER.parent / "second"
LEAST = 0.5  # of the characters of two contents together, how many both must hold
TYPES = ("direct", "mixed", "indirect")
Match = tuple[Statement, Statement]


@dataclass(frozen=True)
class Pair:
    """One article as two people marked it; ``text`` is the same in both."""

    first: Article
    second: Article
    matches: tuple[Match, ...]

    @property
    def identity(self) -> str:
        """The article's id."""
        return self.first.identity


def pair(first: Article, second: Article) -> Pair:
    """Two annotations of one article, their statements matched. Raises AnnotationError where the texts differ."""
    if first.identity != second.identity or first.text != second.text:
        at = next((at for at, (a, b) in enumerate(zip(first.text, second.text, strict=False)) if a != b), None)
        where = "its length" if at is None else repr(second.text[at : at + 30])
        raise AnnotationError(second.path, 1, f"the id or the text without marks differs from {first.path}: {where}")
    return Pair(first, second, match(first.statements, second.statements))


def match(first: Sequence[Statement], second: Sequence[Statement]) -> tuple[Match, ...]:
    """The statements that both have, one to one, the closest contents first, in the order of the first."""
    close = [
        (-share, one.number, other.number, one, other)
        for one in first
        for other in second
        if (share := overlap(one.contents, other.contents)) >= LEAST and same_source(one, other)
    ]
    taken: dict[int, Match] = {}
    others: set[int] = set()
    for _, number, against, one, other in sorted(close, key=lambda found: found[:3]):
        if number not in taken and against not in others:
            taken[number] = (one, other)
            others.add(against)
    return tuple(taken[number] for number in sorted(taken))


def overlap(ones: Iterable[Span], others: Iterable[Span]) -> float:
    """Of the characters that either holds, the part that both hold; 0 where neither holds any."""
    left, right = _characters(ones), _characters(others)
    return len(left & right) / len(left | right) if left or right else 0.0


def same_source(one: Statement, other: Statement) -> bool:
    """Whether two sources share a character, or neither statement has one."""
    if not one.sources or not other.sources:
        return not one.sources and not other.sources
    return overlap(one.sources, other.sources) > 0


def same_speaker(one: Statement, other: Statement) -> bool:
    """Whether both name the speaker by the same words."""
    return _words(one.speaker) == _words(other.speaker)


def close_speaker(one: Statement, other: Statement) -> bool:
    """Whether one name holds all words of the other: "Ada Holm" and "the captain, Ada Holm"."""
    left, right = set(_words(one.speaker)), set(_words(other.speaker))
    return bool(left) == bool(right) and (left <= right or right <= left)


def statement_f1(pairs: Sequence[Pair]) -> float:
    """The share of statements that both have; 1 where neither has any."""
    both = sum(len(one.matches) for one in pairs)
    return _f1(both, sum(len(one.first.statements) + len(one.second.statements) for one in pairs))


def exact_f1(pairs: Sequence[Pair], part: Callable[[Statement], Iterable[Span]]) -> float:
    """The share of marks of one kind that both have, both ends the same, whatever their numbers."""
    marks = [(_spans(one.first, part), _spans(one.second, part)) for one in pairs]
    return _f1(sum(len(a & b) for a, b in marks), sum(len(a) + len(b) for a, b in marks))


def agreed(pairs: Sequence[Pair], same: Callable[[Statement, Statement], bool]) -> float:
    """Of the statements that both have, the share on which they agree; 1 where there are none."""
    matches = [found for one in pairs for found in one.matches]
    return sum(same(*found) for found in matches) / len(matches) if matches else 1.0


def recall(pairs: Sequence[Pair], kind: str) -> float:
    """Of the first annotator's statements of one type, the share that the second has too; 1 where there are none."""
    marked = sum(one.type == kind for both in pairs for one in both.first.statements)
    found = sum(one.type == kind for both in pairs for one, _ in both.matches)
    return found / marked if marked else 1.0


MEASURES: dict[str, Callable[[Sequence[Pair]], float]] = {
    "statement F1": statement_f1,
    "source F1": lambda pairs: exact_f1(pairs, lambda one: one.sources),
    "cue F1": lambda pairs: exact_f1(pairs, lambda one: one.cues),
    "content F1": lambda pairs: exact_f1(pairs, lambda one: one.contents),
    "type": lambda pairs: agreed(pairs, lambda one, other: one.type == other.type),
    "class": lambda pairs: agreed(pairs, lambda one, other: one.cue_class == other.cue_class),
    "speaker": lambda pairs: agreed(pairs, same_speaker),
    "speaker, one name in the other": lambda pairs: agreed(pairs, close_speaker),
    "direct found": lambda pairs: recall(pairs, TYPES[0]),
    "mixed found": lambda pairs: recall(pairs, TYPES[1]),
    "indirect found": lambda pairs: recall(pairs, TYPES[2]),
}


def report(pairs: Sequence[Pair]) -> str:
    """The table of agreement: a measure a row; a column for all articles and one for each prefix of their ids."""
    columns = {"all": list(pairs)}
    for prefix, some in groupby(sorted(pairs, key=lambda one: one.identity), key=lambda one: one.identity[:2]):
        columns[prefix] = list(some)
    counts: dict[str, Callable[[list[Pair]], int]] = {
        "articles": len,
        "statements, first": lambda some: sum(len(one.first.statements) for one in some),
        "statements, second": lambda some: sum(len(one.second.statements) for one in some),
        "statements, both": lambda some: sum(len(one.matches) for one in some),
    }
    rows = [("", list(columns))]
    rows += [(name, [str(count(some)) for some in columns.values()]) for name, count in counts.items()]
    rows += [(name, [f"{measure(some):.3f}" for some in columns.values()]) for name, measure in MEASURES.items()]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:{width}}" + "".join(f"{cell:>8}" for cell in cells) for name, cells in rows)


def differences(both: Pair) -> Iterator[str]:
    """Every disagreement on one article, a line for each."""
    matched = [{one.number for one, _ in both.matches}, {other.number for _, other in both.matches}]
    for name, article, known in zip(("first", "second"), (both.first, both.second), matched, strict=True):
        for one in article.statements:
            if one.number not in known:
                yield f"{both.identity}: only {name}: {told(article.text, one)}"
    for one, other in both.matches:
        for name, shown in _FIELDS.items():
            left, right = shown(both.first.text, one), shown(both.first.text, other)
            if left != right:
                yield f"{both.identity}: {name}: {left!r} | {right!r}"


def told(text: str, one: Statement) -> str:
    """A statement in a line: class, source, cue, content."""
    return f"[{one.cue_class}] " + " / ".join(_cut(text, spans) for spans in (one.sources, one.cues, one.contents))


def read_pairs(first: Path, second: Path) -> list[Pair]:
    """The test articles of two folders, matched.

    Raises AnnotationError where one breaks the guide, has not been marked by both, or differs in its text.
    """
    names = [{path.name for path in folder.glob("*.txt") if is_test(path.stem)} for folder in (first, second)]
    for name in sorted(names[0] ^ names[1]):
        raise AnnotationError(second / name, 1, f"a test article that only one of {first} and {second} has")
    return [pair(read(first / name), read(second / name)) for name in sorted(names[0])]


def main(given: Sequence[str]) -> int:
    """Print the table, and every difference where asked; return 1 where the folders cannot be compared."""
    folders = [Path(one) for one in given if one != "--differences"] or [FOLDER, SECOND]
    if len(folders) != 2:
        print("give two folders, the first annotation and the second, or none", file=sys.stderr)
        return 1
    try:
        pairs = read_pairs(*folders)
    except (AnnotationError, UnicodeDecodeError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(report(pairs))
    if "--differences" in given:
        lines = [line for one in pairs for line in differences(one)]
        kinds = Counter(line.split(": ")[1] for line in lines)
        print("\n" + ", ".join(f"{name} {count}" for name, count in kinds.most_common()), *lines, sep="\n")
    return 0


def _characters(spans: Iterable[Span]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _spans(article: Article, part: Callable[[Statement], Iterable[Span]]) -> set[Span]:
    return {span for one in article.statements for span in part(one)}


def _words(name: str | None) -> list[str]:
    return (name or "").replace(",", " ").casefold().split()


def _f1(both: int, total: int) -> float:
    return 2 * both / total if total else 1.0


def _cut(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


_FIELDS: dict[str, Callable[[str, Statement], str]] = {
    "source": lambda text, one: _cut(text, one.sources),
    "cue": lambda text, one: _cut(text, one.cues),
    "content": lambda text, one: _cut(text, one.contents),
    "type": lambda _, one: one.type,
    "class": lambda _, one: one.cue_class,
    "speaker": lambda _, one: one.speaker or "",
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
