"""Quality on real data that Retold does not ship: unpack it somewhere and name the folder in RETOLD_DATA.

Each measurement says plainly when its set is missing and where it can be had.
"""

from __future__ import annotations

import csv
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from retold import compare
from retold.model.errors import RetoldError
from retold.model.records import Version
from retold.reading.read import read_record
from retold.stories.same import SAME, stories

HOMES = {
    "stories": "ECB+ (cltl/ecbPlus) and FNC-1 (FakeNewsChallenge/fnc-1 on GitHub), as id, title, body, story a line",
    "mrpc": "the Microsoft Research Paraphrase Corpus (microsoft.com/download, id 52398)",
    "short_answer_reuse": "Clough and Stevenson's corpus of plagiarised short answers (ir.shef.ac.uk/cloughie)",
}
PAIRS = 2000


def data(name: str) -> Path | None:
    """Return a set's folder, or None with a line that says where to get it."""
    root = os.environ.get("RETOLD_DATA")
    folder = Path(root, name) if root else None
    if folder is not None and folder.is_dir():
        return folder
    print(f"  {name}: missing. Set RETOLD_DATA to the folder that holds {name}/; the set is {HOMES[name]}.")
    return None


def same_story() -> None:
    """Random pairs of one story and of two stories. The constants were chosen on these sets, so this is no proof."""
    print("same_story: share of pairs judged one story (title and first 150 words, no corpus)")
    folder = data("stories")
    for name in ("fnc1test", "ecbplus") if folder else ():
        versions = _stories(Path(str(folder), f"{name}.jsonl"))
        same, other = _judged(versions, one=True), _judged(versions, one=False)
        print(f"  {name:9} one story {same:.3f}, two stories {other:.4f}   (cut {SAME}, {PAIRS} pairs each)")


def _stories(path: Path) -> dict[str, list[Version]]:
    """The versions by story."""
    found: dict[str, list[Version]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        try:
            version = read_record({"title": record["title"] or None, "text": record["body"]}, source=record["id"])
        except RetoldError:
            continue
        found.setdefault(record["story"], []).append(version)
    return found


def _judged(versions: dict[str, list[Version]], *, one: bool) -> float:
    """The share of random pairs (of one story, or of two) that are judged to tell one."""
    chance = random.Random(7)
    several = [name for name in versions if len(versions[name]) > 1]
    hits = 0
    for _ in range(PAIRS):
        if one:
            pair = chance.sample(versions[chance.choice(several)], 2)
        else:
            pair = [chance.choice(versions[name]) for name in chance.sample(list(versions), 2)]
        hits += len(stories(pair, {}).groups) == 1
    return hits / PAIRS


def rewording() -> None:
    """Sentence pairs of MRPC: is a pair that means the same aligned, and one that does not left apart?"""
    print("rewording: MRPC sentence pairs aligned as one passage")
    folder = data("mrpc")
    for split in ("train", "test") if folder else ():
        rows = list(_pairs(next(Path(str(folder)).rglob(f"msr_paraphrase_{split}.txt"))))
        aligned = [(label, _aligned(one, other)) for label, one, other in rows]
        hits = sum(label and found for label, found in aligned)
        precision = hits / sum(found for _, found in aligned)
        recall = hits / sum(label for label, _ in aligned)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"  {split:5} precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}   ({len(rows)} pairs)")


def _pairs(path: Path) -> Iterator[tuple[bool, str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["Quality"] == "1", row["#1 String"], row["#2 String"]


def _aligned(one: str, other: str) -> bool:
    try:
        found = compare([{"text": one}, {"text": other}], statements=False)
    except RetoldError:
        return False
    return any(len(passage.spans) > 1 for passage in found.passages)


def reuse() -> None:
    """Answers copied, lightly and heavily revised, or written from memory, against their source."""
    print("reuse: short answers against their source, by how they were made")
    folder = data("short_answer_reuse")
    if folder is None:
        return
    told: dict[str, list[Any]] = {}
    texts = {path.name: path.read_text(encoding="latin-1") for path in folder.rglob("*.txt")}
    for row in _answers(next(folder.rglob("file_information.csv"))):
        source = texts[f"orig_task{row['Task']}.txt"]
        found = compare([{"text": texts[row["File"]]}, {"text": source}], statements=False)
        told.setdefault(row["Category"], []).append(found)
    for kind, answers in sorted(told.items()):
        one = sum(found.origins.count == 1 for found in answers) / len(answers)
        text = sum(found.same_text for found in answers) / len(answers)
        print(f"  {kind:6} one origin {one:.2f}, shares text {text:.2f}   ({len(answers)} answers)")


def _answers(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="latin-1", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["Category"] != "orig"]


MEASURES: dict[str, Callable[[], None]] = {"same_story": same_story, "rewording": rewording, "reuse": reuse}


def main() -> None:
    """Print every measurement."""
    for measure in MEASURES.values():
        measure()


if __name__ == "__main__":
    main()
