"""The tagger at work: from the text of an article to the statements that the shipped model reads in it.

The model (``model/card.md`` tells how it was made) sees a window of word pieces and scores which words are *anchors*: a
cue's main word, or the first word of a content that has no cue. For each anchor its last layers then read the paragraph
again and score which words are its source, its cue and its content. So a shared subject stands in two statements, and a
nested statement inside the content of another, with no further rule.

onnxruntime and tokenizers are imported here and nowhere else, and only when a text is tagged.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import groupby
from threading import Thread
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from retold.statements.windows import ANCHORS, ROLES, Span, Window, windows

if TYPE_CHECKING:
    import onnxruntime

Table = NDArray[np.float32]
SOURCE, CUE, CONTENT = (ROLES.index(role) for role in ("source", "cue", "content"))

STARTS, STOPS = ",.;:!?)", ",.;:"  # no span begins or ends with these, except that a turn of talk keeps its full stop

LANGUAGES = frozenset({"en"})  # what the model was trained on; other languages are read by rules alone
CROWD = 24  # anchors of a window; where there are more (16 is the most that we marked) it is no prose, and not read
# Chosen on training articles that a model had not seen:
LIKELY = 0.5  # an anchor is a word that is one with this probability, by the scores
SWITCH = 0.5  # what it costs (in nats) to leave a role and to enter another: spans come out whole
EAGER = 1.0  # what it costs a word to have no role
LEANING = 4.0  # what a source gains where a statement would have none: few have none


@dataclass(frozen=True, slots=True)
class Tagged:
    """A statement as the tagger reads it, before assembly: [start, end) in characters of the text, in its order."""

    source: tuple[Span, ...]  # empty where the tagger saw none
    cue: tuple[Span, ...]  # empty where the content has no cue
    content: tuple[Span, ...]
    cue_class: str  # one of the nine; "say" where there is no cue
    depth: int  # in how many other contents this one lies
    confidence: float  # 0 to 1


class Model:
    """A model's files, each loaded when it is first asked for."""

    def __init__(self, home: Traversable) -> None:
        self.home = home

    @cached_property
    def tokenizer(self) -> Any:
        """What cuts words into the encoder's pieces."""
        from tokenizers import Tokenizer

        return Tokenizer.from_str((self.home / "tokenizer.json").read_text(encoding="utf-8"))

    @cached_property
    def encoder(self) -> onnxruntime.InferenceSession:
        """The network that reads a window and scores its anchors."""
        return self._session("model.onnx")

    @cached_property
    def reader(self) -> onnxruntime.InferenceSession:
        """The network that reads a paragraph again for each of its anchors."""
        return self._session("roles.onnx")

    def _session(self, name: str) -> onnxruntime.InferenceSession:
        """A network ready to run, with one thread, so that a process a core makes use of every core."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession((self.home / name).read_bytes(), options, ["CPUExecutionProvider"])


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model in the package."""
    return Model(resources.files("retold.statements") / "model")


@lru_cache(maxsize=1)
def preparing() -> Thread:
    """The thread that loads the model in the package: asked for early, it does so while articles are being read."""
    thread = Thread(target=_load)  # no daemon: one that still loads when the program ends crashes it (SIGABRT)
    thread.start()
    return thread


def _load() -> None:
    with suppress(Exception):  # whatever fails is raised again where the model is asked for
        model = shipped()
        _ = model.encoder, model.reader, model.tokenizer


def tagged(
    text: str, paragraphs: Sequence[Span], language: str, *, likely: float = LIKELY, model: Model | None = None
) -> list[Tagged]:
    """The statements of a text's paragraphs, in the order of their contents; none where no model reads the language."""
    if language not in LANGUAGES:
        return []
    if model is None:
        preparing().join()
    using = model or shipped()
    read = windows(text, paragraphs, using.tokenizer)
    found = [one for window in read for one in _read(text, window, using, likely)]
    return _with_depth(found)


def _read(text: str, window: Window, model: Model, least: float) -> Iterator[Tagged]:
    """The statements of one window; not of many at once, for a batch pads, and padding costs what it saves."""
    given = {name: np.asarray([values], dtype=np.int64) for name, values in window.inputs()}
    hidden, scores = model.encoder.run(None, given)
    sure = _softmax(scores[0][window.first])
    anchors = [word for word in np.flatnonzero(1 - sure[:, 0] >= least).tolist() if window.owns(word)]
    if len(anchors) > CROWD:
        return
    for _, words in groupby(anchors, key=window.paragraph.__getitem__):
        yield from _of_paragraph(text, window, hidden, sure, list(words), model)


def _of_paragraph(
    text: str, window: Window, hidden: Table, sure: Table, anchors: Sequence[int], model: Model
) -> Iterator[Tagged]:
    """The statements of a paragraph's anchors, the surest first; an anchor inside the cue of a surer one tells none."""
    start, end = window.around(anchors[0])
    begin, after = bisect_left(window.first, start), bisect_left(window.first, end)
    columns = np.asarray(window.first[begin:after]) - start
    places = np.asarray([window.first[word] - start for word in anchors], dtype=np.int64)
    (roles,) = model.reader.run(None, {"hidden": hidden[:, start:end], "anchors": places})
    likely = _logs(roles[:, columns])
    likely[:, :, 0] -= EAGER
    paths = _sourced(likely, best_paths(likely))
    taken: set[int] = set()
    for row in sorted(range(len(anchors)), key=lambda row: (float(sure[anchors[row], 0]), row)):
        if anchors[row] in taken:
            continue
        one = _statement(text, window.words[begin:after], sure[anchors[row]], paths[row], likely[row])
        if one is not None:
            taken |= {begin + place for place, role in enumerate(paths[row]) if role == CUE}
            yield one


def _sourced(likely: Table, paths: list[list[int]]) -> list[list[int]]:
    """The paths, each one that has no source read again with a leaning to one: few statements have none."""
    lacking = [row for row, path in enumerate(paths) if SOURCE not in path]
    if lacking:
        leaning = likely[lacking]
        leaning[:, :, SOURCE] += LEANING
        for row, path in zip(lacking, best_paths(leaning), strict=True):
            paths[row] = path
    return paths


def best_paths(likely: Table) -> list[list[int]]:
    """For each anchor the likeliest role of each word, where a change costs SWITCH (Viterbi, 1967)."""
    rows, words, kinds = likely.shape
    cost = SWITCH * (1 - np.eye(kinds, dtype=np.float32))
    best = likely[:, 0]
    back = np.zeros((words, rows, kinds), dtype=np.intp)
    for word in range(1, words):
        ways = best[:, :, None] - cost
        back[word] = ways.argmax(axis=1)
        best = ways.max(axis=1) + likely[:, word]
    path = np.zeros((words, rows), dtype=np.intp)
    path[-1] = best.argmax(axis=1)
    for word in range(words - 1, 0, -1):
        path[word - 1] = back[word][np.arange(rows), path[word]]
    told: list[list[int]] = path.T.tolist()
    return told


def _statement(text: str, words: Sequence[Span], anchor: Table, path: Sequence[int], likely: Table) -> Tagged | None:
    """What a path over a paragraph's words tells; None where it tells no content."""
    kind = ANCHORS[1 + int(anchor[1:].argmax())]
    cued = kind != "uncued"
    source = _spans(text, words, path, SOURCE, STOPS)
    content = _spans(text, words, path, CONTENT, STOPS if cued else "")
    if not content:
        return None
    told = [float(likely[word, role]) for word, role in enumerate(path) if role]
    return Tagged(
        source=source,
        cue=_spans(text, words, path, CUE, STOPS) if cued else (),
        content=content,
        cue_class=kind if cued else "say",
        depth=0,
        confidence=round(float(1 - anchor[0]) * float(np.exp(np.mean(told))), 3),
    )


def _spans(text: str, words: Sequence[Span], path: Sequence[int], role: int, stops: str) -> tuple[Span, ...]:
    """The stretches of words that have a role, without what stops the sentence around them."""
    runs = groupby(range(len(path)), key=path.__getitem__)
    found = (_bare(text, [words[place] for place in run], stops) for kind, run in runs if kind == role)
    return tuple(span for span in found if span is not None)


def _bare(text: str, words: Sequence[Span], stops: str) -> Span | None:
    """The span of words, less the commas and full stops at its ends; None where nothing else is left."""
    begin, end = 0, len(words)
    while begin < end and text[slice(*words[begin])] in STARTS:
        begin += 1
    while begin < end and text[slice(*words[end - 1])] in stops:
        end -= 1
    return (words[begin][0], words[end - 1][1]) if begin < end else None


def _with_depth(found: Sequence[Tagged]) -> list[Tagged]:
    """The same statements, each with the number of contents around it; they come in the order of their contents."""
    told: list[Tagged] = []
    open_ones: list[Tagged] = []
    for one in sorted(found, key=lambda one: (one.content[0][0], -one.content[-1][1])):
        open_ones = [other for other in open_ones if other.content[-1][1] > one.content[0][0]]
        told.append(replace(one, depth=sum(_around(other, one) for other in open_ones)))
        open_ones.append(one)
    return sorted(told, key=lambda one: (one.content, one.cue, one.source))


def _around(outer: Tagged, inner: Tagged) -> bool:
    """Whether a piece of one content holds the whole of the other and its cue."""
    inside = (*inner.content, *inner.cue)
    return any(all(left <= start and end <= right for start, end in inside) for left, right in outer.content)


def _logs(given: Table) -> Table:
    lowered = given - given.max(axis=-1, keepdims=True)
    told: Table = lowered - np.log(np.exp(lowered).sum(axis=-1, keepdims=True))
    return told


def _softmax(given: Table) -> Table:
    told: Table = np.exp(_logs(given))
    return told
