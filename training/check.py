"""Check the annotated articles and show their variety: ``python -m training.check [FILE|FOLDER ...]``.

Ends with 1 where a file breaks the guide; else prints the table, a row a line.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from training.annotated import FOLDER, AnnotationError, Article, Statement, read
from training.quoting import left_open, quoted
from training.variety import table

SHORTEST = 120  # words of an article
RUN = 12  # words in a row that no two articles may share
WORD = re.compile(r"\w+")


def problems_of(article: Article) -> list[str]:
    """What is wrong with one article that reads well, a line for each thing."""
    found = [f"statement {one.number}: {reason}" for one in article.statements for reason in _wrong(article, one)]
    words = len(WORD.findall(article.text))
    if words < SHORTEST:
        found.append(f"{words} words; an article has {SHORTEST} or more")
    if article.identity != article.path.stem:
        found.append(f"the id is {article.identity!r}, and the file is named {article.path.name!r}")
    found += [f"a quotation is left open: {article.text[at : at + 40]!r}" for at in left_open(article.text)]
    return [f"{article.path}: {reason}" for reason in found]


def _wrong(article: Article, one: Statement) -> Iterable[str]:
    named = " ".join((one.speaker or "").casefold().split())
    if named not in " ".join(article.text.casefold().split()) and len(one.sources) < 2:
        yield f"the article never says {one.speaker!r}"
    spans = quoted(article.text)
    for start, end in one.contents:
        opens = re.match("[“„«\"‘']\\w", article.text[start:end])
        if opens and not any(left == start + 1 or left <= start < right for left, right in spans):
            yield f"begins with a quotation mark that quotes nothing: {article.text[start : start + 40]!r}"


def shared_runs(articles: Sequence[Article]) -> list[str]:
    """Each pair of articles that shares a run of RUN words, with the run: one of them is a variation of the other."""
    seen: dict[tuple[str, ...], Article] = {}
    found: dict[tuple[Path, Path], str] = {}
    for article in articles:
        words = WORD.findall(article.text.casefold())
        for start in range(len(words) - RUN + 1):
            run = tuple(words[start : start + RUN])
            other = seen.setdefault(run, article)
            if other is not article:
                found.setdefault((other.path, article.path), " ".join(run))
    return [f"{right}: shares a run with {left.name}: {run!r}" for (left, right), run in found.items()]


def same_ids(articles: Sequence[Article]) -> list[str]:
    """Each article whose id another has before it."""
    seen: dict[str, Path] = {}
    first = [(article, seen.setdefault(article.identity, article.path)) for article in articles]
    return [f"{one.path}: the id {one.identity!r} is that of {path}" for one, path in first if path != one.path]


def check(paths: Sequence[Path]) -> tuple[list[Article], list[str]]:
    """The articles that read well, and every problem of all."""
    articles: list[Article] = []
    problems: list[str] = []
    for path in paths:
        try:
            articles.append(read(path))
        except (AnnotationError, UnicodeDecodeError, OSError) as error:
            told = str(error)
            problems.append(told if isinstance(error, AnnotationError) else f"{path}: {told}")
    problems += [line for article in articles for line in problems_of(article)]
    return articles, problems + same_ids(articles) + shared_runs(articles)


def files(given: Sequence[str]) -> list[Path]:
    """The files that were asked for; those of the training folder where none was."""
    places = [Path(one) for one in given] or [FOLDER]
    return [file for place in places for file in (sorted(place.glob("*.txt")) if place.is_dir() else [place])]


def main(given: Sequence[str]) -> int:
    """Print the problems, else the table of variety; return 1 where there are problems."""
    asked = files(given)
    articles, problems = check(asked)
    for line in problems or ([] if asked else ["no file to check"]):
        print(line, file=sys.stderr)
    if articles:
        print(table(articles))
    return 1 if problems or not asked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
