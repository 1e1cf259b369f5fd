"""Hostile text: whatever stands in an article, it is read to its end, in time and memory that grow as it does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retold.model.records import Block, Kind, Version
from retold.statements.extracting import Layers, statements
from retold.statements.speakers import speakers


def hostile(times: int) -> Iterator[tuple[str, str]]:
    """Texts that no newsroom wrote, each as long as asked for."""
    yield "no sentence end", " ".join(["Holm said that he told Ada and"] * times)
    yield "quotation marks in one paragraph", ' "word' * times
    yield "single marks", "‘word’s " * times
    yield "only marks", "\"“”‘’„«»'" * times
    yield "control characters", "\x00\x07\u202e\ufeff\u200b said\x1b" * times
    yield "half characters", "\ud800 said \udfff" * times
    yield "colons", "A: " * times
    yield "quotations and cues", '"Yes," he said, ' * times
    yield "nested quotations", "“He said ‘" * times
    yield "one word", "said" * times
    yield "one long word between marks", '"' + "said" * times + '," he said.'
    yield "commas", "Holm, " * times + "said it."
    yield "shared subjects", "Holm said it was, adding " + "adding " * times
    yield "brackets", "(" * times + "he said" + ")" * times


def article(text: str, *, language: str = "en") -> Version:
    """A version of one paragraph."""
    return Version("a", "a", text, (Block(0, len(text), Kind.PARAGRAPH),), language=language)


def names(times: int) -> list[str]:
    return [name for name, _ in hostile(times)]


@pytest.mark.parametrize("name", names(1))
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ru", "und"])
def test_the_rules_read_hostile_text_to_its_end(name, language):
    version = article(dict(hostile(1_000))[name], language=language)
    found = statements(version, extractor=Layers(tagger=False))
    assert len(speakers(version, found)) == len(found)


@pytest.mark.parametrize("name", names(1))
def test_all_layers_read_hostile_text_to_its_end(name):
    version = article(dict(hostile(100))[name])
    for one in statements(version):
        assert all(version.text[start:end].strip() for start, end in (*one.source, *one.cue, *one.content))
