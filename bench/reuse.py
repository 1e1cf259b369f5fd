"""Graded reuse: was an answer copied, lightly or heavily revised, or written without its source?

Clough and Stevenson's corpus of plagiarised short answers (2011): 95 answers to five questions beside their five
sources. What the engine says of an answer and its source, and what ``retold compare`` says of them, become a few
measures; Gaussian naive Bayes, the classifier of the paper, tells the four classes apart. The task that is judged is
never learnt from. The published measures (shared n-grams and the longest common subsequence) are computed here, too,
and judged in the same way, because the paper judged its own in folds that share their tasks.

The four measures of the first row were chosen by looking at all five tasks, so that row is flattered; in the second row
the measures, too, are chosen without the task that is judged.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.quality import data
from retold import compare
from retold.copies.readings import among
from retold.reading.read import read_all

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]
    Chooser = Callable[[Floats, Labels, Labels], Sequence[int]]

CLASSES = ("non", "heavy", "light", "cut")
WORD = re.compile(r"\w+")
LEAST_SPREAD = 0.1  # of a measure's whole spread: a class of whose answers all agree is not taken for certain
LONG = 24  # words; a run that nobody writes twice
FOLDS, REPEATS = 10, 20
MOST = 4  # measures chosen together

OURS = ("alike", "matched", "longest", "edits")
MEASURES = {
    "told": "share of its words in passages that the source tells, too (compare)",
    "alike": "how alike such passages are, weighted by their words (compare)",
    "matched": "such passages per 100 words (compare)",
    "reworded": "share of its words in reworded passages (compare)",
    "changes": "edits per 100 words (compare)",
    "shared": "share of its words that the engine finds in the source",
    "longest": "longest run word for word, as a share of its words (engine)",
    "long": f"share of its words in runs of {LONG} words or more (engine)",
    "edits": "edits per 100 words of shared passages (engine)",
}
PUBLISHED = ("1-gram", "2-gram", "3-gram", "4-gram", "5-gram", "lcs")
CITED = """published (P. Clough and M. Stevenson, Language Resources and Evaluation 45, 2011; from memory of the paper,
  its text was not at hand): naive Bayes, ten folds that share tasks: accuracy of four classes 0.80, of two 0.947"""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer beside its source, in figures."""

    task: str
    kind: int
    measures: Mapping[str, float]


def answers(folder: Path) -> Iterator[Answer]:
    """Yield the answers of the corpus, measured."""
    texts = {path.name: path.read_text(encoding="latin-1") for path in sorted(folder.rglob("*.txt"))}
    with next(folder.rglob("file_information.csv")).open(encoding="latin-1", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["Category"] in CLASSES]
    for row in rows:
        answer, source = texts[row["File"]], texts[f"orig_task{row['Task']}.txt"]
        measures = {**engine_measures(answer, source), **compare_measures(answer, source), **published(answer, source)}
        yield Answer(row["Task"], CLASSES.index(row["Category"]), measures)


def engine_measures(answer: str, source: str) -> dict[str, float]:
    """Return what the copies engine says of an answer and its source."""
    versions, _ = read_all([{"id": "answer", "text": answer}, {"id": "source", "text": source}])
    text, shared = versions[0].text, among(versions, [(0, 1)])
    runs, inside, edits = [0], 0, 0
    for passage in shared.passages_of(0) if len(shared) else ():
        inside += count(text[shared.passages["left_start"][passage] : shared.passages["left_end"][passage]])
        for step in shared.steps_of(passage):
            if step.kind == "equal":
                runs.append(count(text[step.left_start : step.left_end]))
            else:
                edits += 1
    words = count(text)
    return {
        "shared": sum(runs) / words,
        "longest": max(runs) / words,
        "long": sum(run for run in runs if run >= LONG) / words,
        "edits": 100 * edits / max(1, inside),
    }


def compare_measures(answer: str, source: str) -> dict[str, float]:
    """Return what ``retold compare`` says of an answer and its source."""
    found = compare([{"text": answer}, {"text": source}], statements=False)
    text = found.articles[0].text
    told = [passage for passage in found.passages if len(passage.spans) > 1]
    sizes = [sum(count(text[start:end]) for start, end in passage.spans["A"]) for passage in told]
    words, inside = count(text), max(1, sum(sizes))
    return {
        "told": sum(sizes) / words,
        "alike": sum(passage.score * size for passage, size in zip(told, sizes, strict=True)) / inside,
        "matched": 100 * len(told) / words,
        "reworded": sum(size for passage, size in zip(told, sizes, strict=True) if passage.relation == "reworded")
        / words,
        "changes": 100 * len(found.edits) / words,
    }


def published(answer: str, source: str) -> dict[str, float]:
    """Return the paper's measures: shares of n-grams that the source has, and the longest common subsequence."""
    from rapidfuzz.distance import LCSseq

    one, other = (WORD.findall(text.lower()) for text in (answer, source))
    found = {"lcs": LCSseq.similarity(one, other) / len(one)}
    for size in range(1, 6):
        mine, theirs = ({tuple(row[at : at + size]) for at in range(len(row) - size + 1)} for row in (one, other))
        found[f"{size}-gram"] = len(mine & theirs) / max(1, len(mine))
    return found


def count(text: str) -> int:
    """How many words a text has."""
    return len(WORD.findall(text))


def bayes(learnt: Floats, kinds: Labels, asked: Floats) -> Labels:
    """Return the likeliest class of each row asked, by Gaussian naive Bayes."""
    import numpy as np

    least = LEAST_SPREAD * learnt.std(0) + 1e-9
    likely = []
    for kind in range(len(CLASSES)):
        rows = learnt[kinds == kind]
        spread = np.maximum(rows.std(0), least)
        off = (asked - rows.mean(0)) / spread
        likely.append(np.log(len(rows) / len(learnt)) - (np.log(spread) + off**2 / 2).sum(1))
    found: Labels = np.argmax(likely, axis=0)
    return found


def held_out(table: Floats, kinds: Labels, folds: Labels, choose: Chooser | None = None) -> Labels:
    """Return the class told of each answer by what the other folds teach; ``choose`` picks columns from these."""
    import numpy as np

    told = np.zeros_like(kinds)
    for fold in np.unique(folds):
        out = folds == fold
        columns = list(choose(table[~out], kinds[~out], folds[~out]) if choose else range(table.shape[1]))
        told[out] = bayes(table[~out][:, columns], kinds[~out], table[out][:, columns])
    return told


def best_columns(table: Floats, kinds: Labels, folds: Labels) -> Sequence[int]:
    """Return the few measures that tell the classes apart best, each fold judged by the others."""
    able = (columns for size in range(1, MOST + 1) for columns in combinations(range(table.shape[1]), size))
    return max(able, key=lambda columns: macro_f1(kinds, held_out(table[:, list(columns)], kinds, folds)))


def macro_f1(kinds: Labels, told: Labels) -> float:
    """Return the mean of the classes' F1."""
    pairs = [(kinds == kind, told == kind) for kind in range(len(CLASSES))]
    return sum(2 * int((one & other).sum()) / max(1, int(one.sum() + other.sum())) for one, other in pairs) / len(pairs)


def scores(kinds: Labels, told: Labels) -> tuple[float, float, float]:
    """Return macro-F1 and accuracy of four classes, and accuracy of two: written without the source, or not."""
    return macro_f1(kinds, told), float((kinds == told).mean()), float(((kinds > 0) == (told > 0)).mean())


def ten_folds(table: Floats, kinds: Labels) -> tuple[float, float, float]:
    """Return the scores in ten folds drawn evenly from the classes, the mean of many draws."""
    import numpy as np

    rows = []
    for seed in range(REPEATS):
        chance = np.random.default_rng(seed)
        folds = np.empty_like(kinds)
        for kind in range(len(CLASSES)):
            where = np.flatnonzero(kinds == kind)
            folds[chance.permutation(where)] = (np.arange(len(where)) + chance.integers(FOLDS)) % FOLDS
        rows.append(scores(kinds, held_out(table, kinds, folds)))
    one, two, three = np.mean(rows, axis=0)
    return float(one), float(two), float(three)


def show(name: str, figures: Sequence[float]) -> None:
    """Print a row."""
    print(f"  {name:58}" + "".join(f"{figure:9.3f}" for figure in figures))


def main() -> None:
    """Print how well graded reuse is told, beside the published figures."""
    print("reuse: 95 short answers, by how they were made of their source")
    folder = data("short_answer_reuse")
    if folder is not None:
        report(list(answers(folder)))


def report(found: Sequence[Answer]) -> None:
    """Print the table of a corpus."""
    import numpy as np

    kinds = np.array([answer.kind for answer in found])
    tasks = np.array([ord(answer.task) for answer in found])
    alone = np.arange(len(found))

    def table(names: Sequence[str]) -> Any:
        return np.array([[answer.measures[name] for name in names] for answer in found])

    ours, all_of_them, theirs = table(OURS), table(tuple(MEASURES)), table(PUBLISHED)
    told = held_out(ours, kinds, tasks)
    print(f"  {'':58} macro-F1 accuracy two classes")
    show("ours, each task judged by the other four", scores(kinds, told))
    chosen = held_out(all_of_them, kinds, tasks, best_columns)
    show(f"the same, up to {MOST} of {len(MEASURES)} measures chosen by the other four", scores(kinds, chosen))
    show("ours, each answer judged by all others", scores(kinds, held_out(ours, kinds, alone)))
    show(f"ours, {FOLDS} folds, mean of {REPEATS} draws", ten_folds(ours, kinds))
    show("published measures, each task judged by the other four", scores(kinds, held_out(theirs, kinds, tasks)))
    show(f"published measures, {FOLDS} folds, mean of {REPEATS} draws", ten_folds(theirs, kinds))
    print(f"  {CITED}")
    _what_matters(table, kinds, tasks)
    _confused(kinds, told)


def _what_matters(table: Callable[[Sequence[str]], Any], kinds: Labels, tasks: Labels) -> None:
    """Print what each measure says alone, and what is lost without it."""
    print("  measures: alone, each task judged by the other four; and ours without it")
    for name, what in MEASURES.items():
        alone = scores(kinds, held_out(table([name]), kinds, tasks))
        rest = [other for other in OURS if other != name]
        without = scores(kinds, held_out(table(rest), kinds, tasks))[0] if name in OURS else None
        lost = f"   without it {without:.3f}" if without is not None else ""
        print(f"    {name:9} {alone[0]:.3f} {alone[1]:.3f} {alone[2]:.3f}{lost:21} {what}")


def _confused(kinds: Labels, told: Labels) -> None:
    """Print what each class was told to be."""
    print("  told to be   " + "".join(f"{name:>7}" for name in CLASSES))
    for number, name in enumerate(CLASSES):
        row = [int(((kinds == number) & (told == other)).sum()) for other in range(len(CLASSES))]
        print(f"    {name:11}" + "".join(f"{each:7}" for each in row))


if __name__ == "__main__":
    main()
