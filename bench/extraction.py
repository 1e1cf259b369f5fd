"""Articles read from pages, on real pages that Retold does not ship, beside trafilatura in the same run.

Unpack the sets somewhere and name the folder that holds them in RETOLD_DATA. An article's body is its paragraphs and
headings; the makers of fundus count its summary as well, which a version tells as its standfirst.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

from retold.model.errors import SourceError
from retold.model.records import Kind
from retold.reading.read import read_html

HOMES = {
    "article_extraction_benchmark": "ground-truth.json, html/ of scrapinghub/article-extraction-benchmark at 4a3bc97",
    "fundus_parser_fixtures": "tests/resources/parser/test_data of flairNLP/fundus at 18da6e5",
}
BODY = frozenset({Kind.HEADING, Kind.PARAGRAPH})
WITH_SUMMARY = BODY | {Kind.STANDFIRST}
WIDTH = 4  # words of a shingle, as in the benchmark's own scorer
DATED = re.compile(r"_\d{4}_\d\d_\d\d$")
MIDNIGHT = "00:00:00"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader found on a page, or what is true of it."""

    body: str = ""
    title: str = ""
    authors: frozenset[str] = frozenset()
    published: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what is true of it."""

    name: str
    data: bytes
    truth: Answer


Reader = Callable[[bytes], Answer]


def data(name: str) -> Path | None:
    """Return a set's folder, or None with a line that says where to get it."""
    root = os.environ.get("RETOLD_DATA")
    folder = Path(root, name) if root else None
    if folder is not None and folder.is_dir():
        return folder
    print(f"  {name}: missing. Set RETOLD_DATA to the folder that holds {name}/; the set is {HOMES[name]}.")
    return None


def retold(page: bytes, *, kinds: frozenset[Kind] = BODY) -> Answer:
    """What Retold reads on a page, blocks of these kinds as its body; nothing where it refuses the page."""
    try:
        version = read_html(page, source="page")
    except SourceError:
        return Answer()
    return Answer(
        body="\n".join(version.text[block.start : block.end] for block in version.blocks if block.kind in kinds),
        title=version.title or "",
        authors=_names((version.author or "").split(", ")),
        published=version.published or "",
    )


def trafilatura(page: bytes) -> Answer:
    """What trafilatura reads on a page, metadata included."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page, fast=True, include_comments=False, with_metadata=True)
    if found is None:
        return Answer()
    return Answer(found.text or "", found.title or "", _names((found.author or "").split("; ")), found.date or "")


def trafilatura_body(page: bytes) -> Answer:
    """The body that trafilatura reads on a page, without the time that its metadata take."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page, fast=True, include_comments=False)
    return Answer((found.text if found else "") or "")


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in (" ".join(each.split()).casefold() for each in names) if name)


def benchmark(folder: Path) -> list[Page]:
    """The pages of the extraction benchmark."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        Page(key, gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()), Answer(each["articleBody"]))
        for key, each in sorted(truth.items())
    ]


def fixtures(folder: Path) -> list[Page]:
    """The pages of fundus; a publisher's pages by date are the versions of its parser in order."""
    return [
        Page(path.stem, gzip.decompress(path.read_bytes()), _truth(told))
        for answers in sorted(folder.rglob("*.json"))
        for path, told in zip(_pages(answers), _versions(answers), strict=True)
    ]


def _pages(answers: Path) -> list[Path]:
    every = answers.parent.glob(f"{answers.stem}_*.html.gz")
    return sorted(path for path in every if DATED.sub("", path.name.removesuffix(".html.gz")) == answers.stem)


def _versions(answers: Path) -> list[dict[str, Any]]:
    return [told for _, told in sorted(json.loads(answers.read_text(encoding="utf-8")).items())]


def _truth(told: dict[str, Any]) -> Answer:
    body = [*told["body"]["summary"]]
    for section in told["body"]["sections"]:
        body += [*section["headline"], *section["paragraphs"]]
    return Answer(
        "\n".join(body), told["title"] or "", _names(told.get("authors") or ()), told["publishing_date"] or ""
    )


def measure(pages: Sequence[Page], reader: Reader) -> tuple[list[Answer], float]:
    """What a reader finds on each page, and how many pages it reads in a second of one core."""
    reader(pages[0].data)  # loads what is loaded once
    started = time.process_time()
    answers = [reader(page.data) for page in pages]
    return answers, len(pages) / (time.process_time() - started)


def body_scores(pages: Sequence[Page], answers: Sequence[Answer]) -> tuple[float, float, float]:
    """F1, precision and recall as the benchmark's authors count them: an empty answer has no precision to average."""
    precisions, recalls = [], []
    for page, answer in zip(pages, answers, strict=True):
        true, said = shingles(page.truth.body), shingles(answer.body)
        both = (true & said).total()
        if said:
            precisions.append(both / said.total())
        if true:
            recalls.append(both / true.total())
    precision, recall = mean(precisions), mean(recalls)
    return 2 * precision * recall / (precision + recall), precision, recall


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words with their counts; a shorter text is one run."""
    words = re.findall(r"\w+", text)
    runs = (tuple(words[at : at + WIDTH]) for at in range(max(1, len(words) - WIDTH + 1)))
    return Counter(run for run in runs if run)


def same_title(truth: Answer, answer: Answer) -> bool:
    """Whether a title is the true one to the letter, white space aside."""
    return truth.title.split() == answer.title.split()


def same_authors(truth: Answer, answer: Answer) -> bool:
    """Whether all authors are named and no one else; capitals and order do not count."""
    return truth.authors == answer.authors


def same_day(truth: Answer, answer: Answer) -> bool:
    """Whether the day is right, as the zone of either has it."""
    return bool(_days(truth.published) & _days(answer.published))


def same_minute(truth: Answer, answer: Answer) -> bool:
    """Whether the moment is right to the minute; without a zone, the clock."""
    true, said = _moment(truth.published), _moment(answer.published)
    if true is None or said is None or len(answer.published) <= len("2024-05-03"):
        return False
    if true.tzinfo and said.tzinfo:
        return abs((true - said).total_seconds()) < 60
    return true.replace(tzinfo=None, second=0, microsecond=0) == said.replace(tzinfo=None, second=0, microsecond=0)


def _moment(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return None


def _days(said: str) -> set[str]:
    when = _moment(said)
    if when is None:
        return set()
    return {when.date().isoformat(), (when.astimezone(UTC) if when.tzinfo else when).date().isoformat()}


Check = Callable[[Answer, Answer], bool]


def rate(pages: Sequence[Page], answers: Sequence[Answer], check: Check, asked: Callable[[Answer], object]) -> str:
    """How many of the pages that have the thing asked for are answered rightly."""
    checked = [check(page.truth, answer) for page, answer in zip(pages, answers, strict=True) if asked(page.truth)]
    return f"{sum(checked) / len(checked):.3f} of {len(checked)}"


def _timed(truth: Answer) -> bool:
    return MIDNIGHT not in truth.published


RATES: tuple[tuple[str, Check, Callable[[Answer], object]], ...] = (
    ("title", same_title, lambda truth: truth.title),
    ("authors", same_authors, lambda truth: truth.authors),
    ("day", same_day, lambda truth: truth.published),
    ("minute", same_minute, _timed),
)


def _report(pages: Sequence[Page], readers: dict[str, Reader]) -> Iterator[tuple[str, list[Answer]]]:
    for name, reader in readers.items():
        answers, speed = measure(pages, reader)
        f1, precision, recall = body_scores(pages, answers)
        empty = sum(not answer.body for answer in answers)
        print(
            f"  {name:18} body F1 {f1:.4f}, precision {precision:.4f}, recall {recall:.4f}, "
            f"{empty} empty, {speed:.0f} pages/s per core"
        )
        yield name, answers


def main() -> None:
    """Print both sets' measurements."""
    print("extraction: article_extraction_benchmark, its authors' scorer")
    folder = data("article_extraction_benchmark")
    if folder is not None:
        for _ in _report(benchmark(folder), {"retold": retold, "trafilatura fast": trafilatura_body}):
            pass
    print("extraction: fundus parser fixtures, body by the same scorer (this set was developed on), and metadata")
    folder = data("fundus_parser_fixtures")
    if folder is not None:
        pages = fixtures(folder)
        with_summary = partial(retold, kinds=WITH_SUMMARY)
        for _, answers in _report(pages, {"retold": with_summary, "trafilatura fast": trafilatura}):
            told = [f"{name} {rate(pages, answers, check, asked)}" for name, check, asked in RATES]
            print(f"  {'':18} {', '.join(told)}")


if __name__ == "__main__":
    main()
