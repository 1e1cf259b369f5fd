"""Write a trained tagger as the files the package ships: an ONNX graph with eight-bit weights, and its tokenizer.

Only the weights are rounded (a scale for each row of a matrix, as Jacob et al., "Quantization and Training", 2018, have
it); the sums are done in 32-bit floats. Rounding the activations too would double the speed, but the kernels for that
differ between processors, and with them single spans: see the card.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from torch import Tensor, nn

from retold.statements.windows import SIZE
from training.articles import MODEL
from training.model import Tagger, folder

OPSET = 17
INPUTS = ("pieces", "case", "quote")
SMALL = 4096  # values; a smaller table stays as it is


class Reader(nn.Module):
    """The tagger's last part as a network of its own: one paragraph's vectors, read for each of its anchors."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, hidden: Tensor, anchors: Tensor) -> Tensor:
        """The roles' scores (anchor, piece, role)."""
        again: Tensor = self.tagger.roles(hidden.expand(anchors.shape[0], -1, -1), anchors)
        return again


def export(tagger: Tagger, out: Path | None = None) -> None:
    """Write model.onnx, roles.onnx and tokenizer.json to a folder (the package's own by default)."""
    place = out or MODEL
    place.mkdir(parents=True, exist_ok=True)
    tagger = tagger.eval()
    whole = torch.ones((1, SIZE), dtype=torch.int64)
    lengths = {name: {1: "length"} for name in INPUTS}
    write(tagger, (whole, whole, whole), place / "model.onnx", INPUTS, ("hidden", "anchors"), lengths)
    shown = (tagger(whole, whole, whole)[0][:, :50].detach(), torch.tensor([1, 7]))
    axes = {"hidden": {1: "length"}, "anchors": {0: "count"}}
    write(Reader(tagger), shown, place / "roles.onnx", ("hidden", "anchors"), ("roles",), axes)
    told = plain((folder() / "tokenizer.json").read_text(encoding="utf-8"))
    (place / "tokenizer.json").write_text(told, encoding="utf-8")


def write(
    network: nn.Module,
    shown: tuple[Tensor, ...],
    place: Path,
    given: Sequence[str],
    told: Sequence[str],
    axes: Mapping[str, Mapping[int, str]],
) -> None:
    """Write a network to a file, its weights rounded."""
    raw = place.with_suffix(".raw")
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's, of sizes that are the same for every text
        torch.onnx.export(
            network,
            shown,
            str(raw),
            input_names=list(given),
            output_names=list(told),
            dynamic_axes={name: dict(axis) for name, axis in axes.items()},
            opset_version=OPSET,
            dynamo=False,
        )
    graph = onnx.load(raw)
    raw.unlink()
    onnx.save(rounded(graph), place)


def plain(told: str) -> str:
    """A tokenizer's file without padding, truncation and special tokens."""
    given = json.loads(told)
    given |= {"padding": None, "truncation": None, "added_tokens": [], "post_processor": None, "decoder": None}
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"))


def rounded(graph: Any) -> Any:
    """The same graph with its large weights in eight bits, and the nodes that turn them back.

    Cast and multiply, for a runtime folds these two into plain weights when it loads them; a table that is looked up is
    turned back row by row, after the look-up.
    """
    uses = {name: node for node in graph.graph.node for name in node.input}
    kept: list[Any] = []
    before: list[Any] = []
    for weight in graph.graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.ndim != 2 or values.size < SMALL:
            kept.append(weight)
            continue
        node = uses[weight.name]
        small, scale = eight_bits(values, axis=1 if node.op_type == "Gather" else 0)
        kept += [numpy_helper.from_array(small, f"{weight.name}.small")]
        kept += [numpy_helper.from_array(scale, f"{weight.name}.scale")]
        if node.op_type == "Gather":
            _look_up(graph.graph, node, weight.name)
        else:
            before += _turned_back(weight.name, weight.name)
    nodes = [*before, *graph.graph.node]
    del graph.graph.initializer[:], graph.graph.node[:]
    graph.graph.initializer.extend(kept)
    graph.graph.node.extend(nodes)
    onnx.checker.check_model(graph)
    return graph


def eight_bits(values: NDArray[np.float32], *, axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers from -127 to 127, and the scale (one along ``axis``) that turns them back."""
    scale = np.abs(values).max(axis=axis, keepdims=True) / 127
    scale = np.where(scale == 0, 1, scale).astype(np.float32)
    return np.rint(values / scale).astype(np.int8), scale


def _turned_back(name: str, out: str) -> list[Any]:
    cast = helper.make_node("Cast", [f"{name}.small"], [f"{name}.float"], to=onnx.TensorProto.FLOAT)
    return [cast, helper.make_node("Mul", [f"{name}.float", f"{name}.scale"], [out])]


def _look_up(graph: Any, node: Any, name: str) -> None:
    """Put in a look-up's place one of the small numbers, one of the scales, and their product."""
    index, out = node.input[1], node.output[0]
    at = list(graph.node).index(node)
    graph.node.remove(node)
    made = [
        helper.make_node("Gather", [f"{name}.small", index], [f"{name}.row"]),
        helper.make_node("Gather", [f"{name}.scale", index], [f"{name}.row.scale"]),
        helper.make_node("Cast", [f"{name}.row"], [f"{name}.row.float"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", [f"{name}.row.float", f"{name}.row.scale"], [out]),
    ]
    for place, one in enumerate(made):
        graph.node.insert(at + place, one)
