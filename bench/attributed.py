"""Gold statements: our own annotated articles, PolNeAR's dev articles, GUM's news.

PolNeAR and GUM also annotate what is believed, wished and seen; ``said`` tells the gold that is said. They are measured
with only, and are no part of Retold.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from retold.model.records import Block, Kind, Version
from retold.statements.records import Span
from retold.text.languages import language
from training.annotated import Article, is_test, read_all

WORD = re.compile(r"\w+(?:['’]\w+)?")

HOMES = {
    "polnear": "the dev articles of https://github.com/networkdynamics/PolNeAR (measured with only: it has no licence)",
    "gum_ccby": "the CC BY documents of https://github.com/amir-zeldes/gum",
}

# What is no saying among the verbs that our data lists: beliefs, wishes, perceptions.
ATTITUDES = frozenset(
    """
    believe believes believed believing think thinks thought hope hopes hoped hoping expect expects expected expecting
    worry worries worried worrying suspect suspects suspected suspecting hear heard remember remembers remembered
    remembering foresee foresees foresaw guess guesses guessed suppose supposes supposed determine determines
    determined determining order orders ordered ordering allow allows allowed allowing
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Gold:
    """A gold statement; ``named``: the gold tells who the speaker is; ``said``: it is said, and not only believed."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    type: str = ""
    cue_class: str | None = None
    speaker: str | None = None
    named: bool = False
    said: bool = True


def version(identity: str, text: str, paragraphs: Sequence[Span] = ()) -> Version:
    """A version of plain paragraphs, as the gold has them."""
    blocks = tuple(Block(start, end, Kind.PARAGRAPH) for start, end in paragraphs or lines(text))
    return Version(identity, identity, text, blocks, language="en")


def lines(text: str) -> list[Span]:
    """The lines of a text that are not empty."""
    return [found.span() for found in re.finditer(r"[^\n]*\S[^\n]*", text)]


def own(*, test: bool) -> Iterator[tuple[Version, list[Gold]]]:
    """Our own annotated articles: those set aside for test, or the others."""
    for article in read_all():
        if is_test(article.identity) == test:
            yield version(article.identity, article.text), gold_of(article)


def gold_of(article: Article) -> list[Gold]:
    """The gold statements of one of our own articles."""
    return [
        Gold(one.sources, one.cues, one.contents, one.type, one.cue_class, one.speaker, named=True)
        for one in article.statements
    ]


def polnear(folder: Path) -> Iterator[tuple[Version, list[Gold]]]:
    """PolNeAR's dev articles."""
    for path in sorted(folder.glob("data/dev/attributions/*.ann")):
        text = (path.parent.parent / "text" / f"{path.stem.rpartition('_')[0]}.txt").read_text(encoding="utf-8")
        yield version(path.stem, text), _brat(path.read_text(encoding="utf-8"), text)


def _brat(written: str, text: str) -> list[Gold]:
    spans: dict[str, tuple[Span, ...]] = {}
    found = []
    for line in written.splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            places = rest.partition("\t")[0].partition(" ")[2]
            spans[name] = tuple((int(a), int(b)) for a, b in (one.split() for one in places.split(";")))
    for line in written.splitlines():
        if line.startswith("E"):
            roles = [role.split(":") for role in line.partition("\t")[2].split()]
            of = {kind: [s for role, at in roles if role.rstrip("0123456789") == kind for s in spans[at]]
                  for kind in ("Source", "Cue", "Content")}  # fmt: skip
            if of["Content"]:
                cue = tuple(sorted(of["Cue"]))
                source, content = tuple(sorted(of["Source"])), tuple(sorted(of["Content"]))
                found.append(Gold(source, cue, content, said=bool(source) and is_said(text, cue)))
    return found


def is_said(text: str, cue: Sequence[Span]) -> bool:
    """Whether a cue shows that something is said, and is not only believed or seen."""
    words = {word.casefold() for start, end in cue for word in WORD.findall(text[start:end])}
    return bool(words & (language("en").say - ATTITUDES)) or "according" in words


def gum(folder: Path) -> Iterator[tuple[Version, list[Gold]]]:
    """GUM's news: attributions among the discourse relations; the content is what hangs on the unit that is told."""
    for path in sorted(folder.glob("GUM_news_*.conllu")):
        yield _document(path)


@dataclass
class _Unit:
    relation: str
    head: str
    sentence: int
    spans: list[Span] = field(default_factory=list)


def _document(path: Path) -> tuple[Version, list[Gold]]:
    text, number, current = "", 0, ""
    words: list[Span] = []
    units: dict[str, _Unit] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and "_block" not in line and text:
            text += "\n"
        number += line.startswith("# sent_id")
        cells = line.split("\t")
        if len(cells) < 10 or not cells[0].isdigit():
            continue
        if found := re.search(r"Discourse=([^:|]+):(\d+)(?:->(\d+))?:([^|;]*)", cells[9]):
            current = found[2]
            units[current] = _Unit(found[1], found[3] or "", number)
            marks = found[4] if found[1].startswith("attribution") else ""
            units[current].relation += " " + marks
        words.append((len(text), len(text) + len(cells[1])))
        units[current].spans.append(words[-1])
        text += cells[1] + ("" if "SpaceAfter=No" in cells[9] else " ")
    gold = [one for place in units if (one := _attributed(units, place, words, text))]
    return version(path.stem, text), gold


def _attributed(units: dict[str, _Unit], place: str, words: Sequence[Span], text: str) -> Gold | None:
    unit = units[place]
    if not unit.relation.startswith("attribution"):
        return None
    source, cue = _signalled(unit.relation, "sem-atsrc", words), _signalled(unit.relation, "lex-ind..", words)
    told = [one for name, one in units.items() if one.sentence == units[unit.head].sentence and name != place
            and _hangs(units, name, unit.head, place)]  # fmt: skip
    content = tuple(sorted((one.spans[0][0], one.spans[-1][1]) for one in told if one.spans))
    if not content or not source:
        return None
    return Gold(source, cue, content, said=is_said(text, cue))


def _signalled(relation: str, kind: str, words: Sequence[Span]) -> tuple[Span, ...]:
    """The words that signal a relation: numbers and ranges behind a signal's name, counted from 1."""
    numbers: set[int] = set()
    for listed in re.findall(rf"{kind}-([\d,-]+)", relation):
        for part in filter(None, listed.strip("-").split(",")):
            first, _, last = part.strip("-").partition("-")
            numbers |= set(range(int(first), int(last or first) + 1))
    return tuple(words[number - 1] for number in sorted(numbers) if number <= len(words))


def _hangs(units: dict[str, _Unit], name: str, head: str, without: str) -> bool:
    seen = 0
    while name and name != head and seen < len(units):
        if name == without:
            return False
        name, seen = units[name].head, seen + 1
    return name == head


def found(name: str) -> Path | None:
    """A set's folder under RETOLD_DATA, or None with a line that says where to get it."""
    root = os.environ.get("RETOLD_DATA")
    if root and (folder := Path(root, name)).is_dir():
        return folder
    print(f"  {name}: missing. Set RETOLD_DATA to the folder that holds {name}/; the set is {HOMES[name]}.")
    return None
