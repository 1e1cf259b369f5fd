"""The documents of bench.copies: 27,000 made from reuters21578, with exact truth (RETOLD_DATA names its folder).

Originals of 100 words and more, and versions of them: tails cut, words and sentences edited, furniture put in, articles
merged, paragraphs shuffled, and one passage of 60 words put into another article. Each word carries where it comes
from, so that the truth of every pair, and of every word, is known and not judged. Beyond 27,000 come the same again
with the letters exchanged, so that nothing is shared.
"""

from __future__ import annotations

import json
import os
import random
import re
import string
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import combinations
from pathlib import Path

NUMBER = 27_000
SHORTEST = 100  # words of an original
PASSAGE = 60
HOME = "https://archive.ics.uci.edu/dataset/137/reuters+21578+text+categorization+collection"
SEED = 2026

Origin = tuple[int, int]  # the original and its word; (-1, ...) for words put in


@dataclass
class Piece:
    """A document of the workload: paragraphs of words, and where each word comes from."""

    kind: str
    paragraphs: list[list[tuple[str, Origin]]]
    sources: tuple[int, ...]
    text: str = ""
    spans: list[tuple[int, int, Origin]] = field(default_factory=list)

    def finish(self) -> Piece:
        """Write the text, and where each word stands in it."""
        place, parts = 0, []
        for paragraph in self.paragraphs:
            for step, (word, origin) in enumerate(paragraph):
                mark = "" if place == 0 else " " if step else "\n\n"
                parts += [mark, word]
                place += len(mark)
                self.spans.append((place, place + len(word), origin))
                place += len(word)
        self.text = "".join(parts)
        return self

    def origins(self) -> set[Origin]:
        """The words of originals that it holds."""
        return {origin for _, _, origin in self.spans if origin[0] >= 0}


def originals(folder: Path) -> list[Piece]:
    """The articles of the collection with so many words."""
    made: list[Piece] = []
    for path in sorted(folder.rglob("reut2-*.sgm")):
        for body in re.findall(r"<BODY>(.*?)</BODY>", path.read_text("latin-1"), re.DOTALL):
            plain = re.sub(r"\s*REUTER\s*\S?\s*$", "", unescape(body), flags=re.IGNORECASE)
            plain = "".join(mark for mark in plain if mark.isprintable() or mark == "\n")
            parts = [[w for w in p.split() if any(map(str.isalnum, w))] for p in re.split(r"\n    ", plain)]
            if sum(map(len, parts)) >= SHORTEST:
                number, count = len(made), iter(range(1 << 30))
                paragraphs = [[(word, (number, next(count))) for word in part] for part in parts if part]
                made.append(Piece("original", paragraphs, (number,)).finish())
    return made


def foreign(words: list[str]) -> list[tuple[str, Origin]]:
    """Words that come from no article."""
    return [(word, (-1, 0)) for word in words]


def flat(piece: Piece) -> list[tuple[str, Origin]]:
    """All words of a piece."""
    return [word for paragraph in piece.paragraphs for word in paragraph]


def tail(one: Piece, other: Piece, chance: random.Random) -> list[list[tuple[str, Origin]]]:
    """The article cut anywhere after a third."""
    left = int(len(flat(one)) * chance.uniform(0.35, 0.9))
    made = []
    for paragraph in one.paragraphs:
        if left > 0:
            made.append(paragraph[:left])
        left -= len(paragraph)
    return made


def words(one: Piece, other: Piece, chance: random.Random) -> list[list[tuple[str, Origin]]]:
    """Single words replaced, cut or put in: one in fifty to one in eight."""
    rate = chance.choice((0.02, 0.05, 0.12))
    stock = [word for word, _ in flat(other)]
    made: list[list[tuple[str, Origin]]] = []
    for paragraph in one.paragraphs:
        made.append([])
        for word in paragraph:
            turn = chance.random() / rate
            if turn >= 1:
                made[-1].append(word)
            elif turn < 0.6:
                made[-1] += foreign([chance.choice(stock)])
            elif turn < 0.8:
                made[-1] += [word, *foreign([chance.choice(stock)])]
    return [paragraph for paragraph in made if paragraph]


def sentences(one: Piece, other: Piece, chance: random.Random) -> list[list[tuple[str, Origin]]]:
    """Whole sentences replaced, cut or put in: about one in five."""
    stock = [[word for word, _ in sentence] for paragraph in other.paragraphs for sentence in cut(paragraph)]
    made: list[list[tuple[str, Origin]]] = []
    for paragraph in one.paragraphs:
        made.append([])
        for sentence in cut(paragraph):
            turn = chance.random() / 0.2
            if turn >= 1 or turn > 0.66:
                made[-1] += sentence
            if turn < 0.33 or 0.66 < turn < 1:
                made[-1] += foreign(mangled(chance.choice(stock), chance))
    return [paragraph for paragraph in made if paragraph]


def mangled(sentence: list[str], chance: random.Random) -> list[str]:
    """A sentence's words in any order: it is nobody's text."""
    return chance.sample(sentence, len(sentence))


def cut(paragraph: list[tuple[str, Origin]]) -> Iterator[list[tuple[str, Origin]]]:
    """The sentences of a paragraph."""
    begin = 0
    for place, (word, _) in enumerate(paragraph):
        if word.rstrip("\"'").endswith((".", "?", "!")) or place + 1 == len(paragraph):
            yield paragraph[begin : place + 1]
            begin = place + 1


def furniture(one: Piece, other: Piece, chance: random.Random) -> list[list[tuple[str, Origin]]]:
    """Lines of the page between the paragraphs: one of forty sites, each with its own."""
    site = random.Random(chance.randrange(40))
    stock = ["sign", "newsletter", "read", "more", "about", "terms", "follow", "share", "story", "comments", "menu"]
    lines = [[f"{word}{site.randrange(900)}" for word in site.choices(stock, k=site.randint(8, 40))] for _ in range(3)]
    made = list(one.paragraphs)
    for line in lines:
        made.insert(chance.randint(0, len(made)), foreign(line))
    return made


def merged(one: Piece, other: Piece, chance: random.Random) -> list[list[tuple[str, Origin]]]:
    """Two articles in one."""
    return [*one.paragraphs, *other.paragraphs]


def shuffled(one: Piece, other: Piece, chance: random.Random) -> list[list[tuple[str, Origin]]]:
    """The paragraphs in any order; where there is one only, its sentences."""
    parts = one.paragraphs if len(one.paragraphs) > 2 else [s for p in one.paragraphs for s in cut(p)]
    return chance.sample(parts, len(parts))


def passage(one: Piece, other: Piece, chance: random.Random) -> list[list[tuple[str, Origin]]]:
    """Sixty words of another article in a paragraph of their own."""
    stock = flat(other)
    start = chance.randint(0, len(stock) - PASSAGE)
    made = list(one.paragraphs)
    made.insert(chance.randint(0, len(made)), stock[start : start + PASSAGE])
    return made


Maker = Callable[[Piece, Piece, random.Random], list[list[tuple[str, Origin]]]]
# How many of a hundred, and whether the second article stands in the result.
MAKERS: dict[str, tuple[Maker, int, bool]] = {
    "tail": (tail, 17, False),
    "words": (words, 22, False),
    "sentences": (sentences, 18, False),
    "furniture": (furniture, 13, False),
    "merged": (merged, 8, True),
    "shuffle": (shuffled, 12, False),
    "passage": (passage, 10, True),
}


def workload(folder: Path, number: int = NUMBER) -> list[Piece]:
    """The originals and their versions, in any order."""
    chance = random.Random(SEED)
    made = originals(folder)[:number]
    stock = list(made)
    shares = [share for _, share, _ in MAKERS.values()]
    while len(made) < number:
        kind = chance.choices(list(MAKERS), shares)[0]
        maker, _, both = MAKERS[kind]
        one, other = chance.sample(stock, 2)
        sources = one.sources + other.sources if both else one.sources
        made.append(Piece(kind, maker(one, other, chance), sources).finish())
    chance.shuffle(made)
    return made


@dataclass
class Truth:
    """Pairs that share words of an original: near-duplicates, one shared passage, and all."""

    near: set[tuple[int, int]]
    passage: set[tuple[int, int]]
    every: dict[tuple[int, int], int]


def truth(pieces: list[Piece]) -> Truth:
    """Every pair that shares words, by the words' own origins."""
    of_source = defaultdict(list)
    held = [piece.origins() for piece in pieces]
    for number, piece in enumerate(pieces):
        for source in piece.sources:
            of_source[source].append(number)
    pairs = {pair for numbers in of_source.values() for pair in combinations(numbers, 2)}
    every = {(a, b): len(held[a] & held[b]) for a, b in pairs}
    every = {pair: count for pair, count in every.items() if count}
    near = {(a, b) for (a, b), count in every.items() if 2 * count >= min(len(pieces[a].spans), len(pieces[b].spans))}
    lent = {
        (a, b)
        for a, b in every
        if every[a, b] == PASSAGE and {pieces[a].kind, pieces[b].kind} == {"original", "passage"} and (a, b) not in near
    }
    return Truth(near, lent, every)


def write(pieces: list[Piece], path: Path, number: int) -> None:
    """Write JSON lines: the pieces, then the same with other letters until there are enough."""
    with path.open("w") as out:
        for place in range(number):
            again, piece = divmod(place, len(pieces))
            text = pieces[piece].text.translate(exchange(again)) if again else pieces[piece].text
            out.write(json.dumps({"id": f"{place:08}", "text": text}) + "\n")


def exchange(turn: int) -> dict[int, str]:
    """Another alphabet, for each turn its own."""
    letters = list(string.ascii_lowercase)
    random.Random(turn).shuffle(letters)
    return {ord(old): new for old, new in zip(string.ascii_lowercase, letters, strict=True)}


def source() -> Path | None:
    """The folder of the collection; None, and a word about it, where it is missing."""
    root = os.environ.get("RETOLD_DATA")
    folder = Path(root or ".") / "reuters21578"
    if root and folder.is_dir():
        return folder
    print(f"  reuters21578: missing. Set RETOLD_DATA to the folder that holds reuters21578/; the set is {HOME}.")
    return None
