"""The tagger on invented sentences: what it reads, that it reads the same each time, and what it does not choke on.

The golden spans have a tolerance: a span is right where it shares nine tenths of its characters with the one wanted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.statements.tagging import Model, Tagged, best_paths, shipped, tagged
from retold.statements.windows import Span

SHARE = 0.9
READ = [
    ("The harbour office said on Monday that the ferry line would stay shut until June.",
     "The harbour office", "said", "the ferry line would stay shut until June"),
    ('"We never saw the sand," said Ada Holm, the captain.',
     "Ada Holm, the captain", "said", '"We never saw the sand,"'),
    ("According to the Norlandia Press, two boats were lost off the cape.",
     "the Norlandia Press", "According to", "two boats were lost off the cape"),
    ("The minister, Per Vind, denied having known of the letter.",
     "The minister, Per Vind", "denied", "having known of the letter"),
    ("Union leaders accused the company of breaking its promises.",
     "Union leaders", "accused", "the company of breaking its promises"),
    ("Police told reporters that nobody had been hurt.", "Police", "told", "nobody had been hurt"),
]  # fmt: skip


def alone(text: str) -> list[Tagged]:
    """The statements of a text that is one paragraph."""
    return tagged(text, [(0, len(text))], "en")


def share(spans: tuple[Span, ...], wanted: Span) -> float:
    """Intersection over union of the characters of spans and of the span wanted."""
    told = {at for start, end in spans for at in range(start, end)}
    gold = set(range(*wanted))
    return len(told & gold) / len(told | gold)


@pytest.mark.parametrize(("text", "source", "cue", "content"), READ)
def test_a_plain_statement_is_read(text: str, source: str, cue: str, content: str) -> None:
    (one,) = alone(text)
    for spans, wanted in ((one.source, source), (one.cue, cue), (one.content, content)):
        start = text.index(wanted)
        assert share(spans, (start, start + len(wanted))) >= SHARE


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left the harbour at noon and came back empty in the evening.",
        "Voters believe in the new bridge, and the council hopes to open it in spring.",
    ],
)
def test_nothing_is_read_where_nothing_is_said(text: str) -> None:
    assert alone(text) == []


def test_two_verbs_share_their_subject() -> None:
    text = "Ada Holm denied the charge and accused the pilots of neglect."
    first, second = alone(text)
    assert first.source == second.source == ((0, 8),)
    assert (first.cue_class, second.cue_class) == ("deny", "accuse")


def test_a_statement_inside_a_statement_is_one_deeper() -> None:
    text = "The lawyer said the witness had admitted that she lied to the court."
    assert [one.depth for one in alone(text)] == [0, 1]


def test_other_languages_are_left_to_the_rules() -> None:
    text = "Der Minister sagte, die Brücke bleibe geschlossen."
    assert tagged(text, [(0, len(text))], "de") == []


def test_the_same_text_reads_the_same_wherever_it_stands() -> None:
    text = READ[0][0]
    (one,), (other,) = alone(text), tagged("x" * 7 + text, [(7, 7 + len(text))], "en")
    assert [(start + 7, end + 7) for start, end in one.content] == list(other.content)
    assert alone(text) == alone(text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(codec=None), max_size=120), max_size=4))
def test_spans_lie_in_their_paragraph_whatever_the_text(lines: list[str]) -> None:
    lines = [READ[1][0], *lines]
    text = "\n\n".join(lines)
    starts = [sum(len(line) + 2 for line in lines[:at]) for at in range(len(lines))]
    paragraphs = [(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    for one in tagged(text, paragraphs, "en"):
        assert one.content
        assert 0 <= one.confidence <= 1
        for start, end in (*one.source, *one.cue, *one.content):
            assert any(left <= start < end <= right for left, right in paragraphs)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a" * 20_000,
        '"' * 5_000,
        "“ " * 2_500,
        'said "' * 1_000,
        "\x00\x01\x02 said \ud800\udfff\u200b that \x7f it rained",
        "[CLS] [SEP] [MASK] said [UNK]",
        "said " * 4_000,
        "他说今天会下雨。" * 200,
    ],
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    for one in alone(text):
        assert all(0 <= start < end <= len(text) for start, end in (*one.source, *one.cue, *one.content))


class Elsewhere(Model):
    """The shipped model as another processor might reckon it."""

    def __init__(self, run: Callable[[Any, Any], list[Any]]) -> None:
        super().__init__(shipped().home)
        self.run = run

    def _session(self, name: str) -> Any:
        """A network without the runtime's own kernels for several operations at once."""
        import onnxruntime

        plain = onnxruntime.SessionOptions()
        plain.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        network = onnxruntime.InferenceSession((self.home / name).read_bytes(), plain, ["CPUExecutionProvider"])
        return SimpleNamespace(run=lambda _, given: self.run(network, given))


def exactly(network: Any, given: Any) -> list[Any]:
    """What the network says."""
    return list(network.run(None, given))


def roughly(network: Any, given: Any) -> list[Any]:
    """What the network says, off by up to a thousandth: the sums of processors differ a hundred times less."""
    chance = np.random.default_rng(7)
    return [told + chance.uniform(-1e-3, 1e-3, told.shape).astype(np.float32) for told in network.run(None, given)]


@pytest.mark.parametrize("run", [exactly, roughly])
def test_other_kernels_read_the_same_spans(run: Callable[[Any, Any], list[Any]]) -> None:
    text = "\n\n".join(text for text, *_ in READ)
    paragraphs = [found.span() for found in re.finditer(r"[^\n]+", text)]
    wanted = tagged(text, paragraphs, "en")
    found = tagged(text, paragraphs, "en", model=Elsewhere(run))
    assert [(one.source, one.cue, one.content) for one in found] == [
        (one.source, one.cue, one.content) for one in wanted
    ]
    assert [one.confidence for one in found] == pytest.approx([one.confidence for one in wanted], abs=0.005)


def test_the_files_fit_in_the_wheel() -> None:
    files = {path.name: path for path in shipped().home.iterdir() if path.is_file()}
    assert set(files) == {"card.md", "model.onnx", "roles.onnx", "tokenizer.json"}
    assert sum(len(path.read_bytes()) for path in files.values()) <= 25_000_000


def test_the_best_path_leaves_a_role_only_for_good_reason() -> None:
    likely = np.log(
        np.array([[[0.1, 0.1, 0.1, 0.7], [0.4, 0.1, 0.1, 0.4], [0.5, 0.0, 0.1, 0.4], [0.1, 0.1, 0.1, 0.7]]]) + 1e-6
    )
    assert best_paths(likely.astype(np.float32)) == [[3, 3, 3, 3]]
