"""Whatever is compared: the edits lead from any article to any other, to the letter; claims point at words."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.families import GLUE, edited, family, sentence, vocabulary
from retold import compare
from retold.answers import Comparison
from retold.model.errors import RetoldError, UsageError
from retold.replaying import compared_text, replay

MARKS = ["", " ", "\n\n", "\n", "\r\n\r\n", "...", "…", "“", "”", '"', "'", "’", "«", "»", "-", "—", ",", ".", "?"]
ODD = [*MARKS, "U.S.", "1,200", "12:30", "über", "Кіев", "北京市", "مصر", "e\u0301", "\u200b", "\u00a0", "\u202f", "🙂"]
PAGE = ["READ MORE: x", "Photo: A / B", "(AP)"]


def check(found: Comparison) -> None:
    """Everything that holds of any comparison."""
    texts = {article.key: article.text for article in found.articles}
    for one in texts:
        for other in texts:
            if one != other:
                assert replay(found, one, other) == compared_text(found, other)
    for thing in (*found.edits, *found.quotations):
        assert all(texts[key][side.start : side.end] == side.text for key, side in thing.sides.items())
    for article in found.articles:
        spans = sorted(span for p in found.passages for span in p.spans.get(article.key, []))
        assert all(before[1] <= after[0] for before, after in pairwise(spans)), "passages overlap"
        compared = [b for b in article.blocks if b.kind in ("paragraph", "standfirst")]
        told = "".join(texts[article.key][start:end] for start, end in spans)
        assert "".join(told.split()) == "".join("".join(article.text[b.start : b.end] for b in compared).split())
    ids = [passage.id for passage in found.passages]
    assert len(ids) == len(set(ids))
    assert {edit.passage for edit in found.edits} <= set(ids)


SOME = "the Orin river rose over 200 homes said Mayor Pelka on Monday and was lost"
words = st.lists(st.sampled_from([*SOME.split(), *ODD, *PAGE]), max_size=60)
texts = st.one_of(st.text(max_size=400), words.map(" ".join))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(texts, min_size=2, max_size=4))
def test_any_texts_compare_and_replay(given_texts):
    try:
        found = compare([{"text": text} for text in given_texts], statements=False)
    except RetoldError:
        return  # nothing to compare in at least all but one of them: said in words
    check(found)


@settings(max_examples=200, deadline=None)
@given(texts.filter(str.strip), st.randoms(use_true_random=False))
def test_a_text_and_its_mangled_copy_replay(text, chance):
    pieces = text.split(" ")
    mangled = [piece for piece in pieces if chance.random() > 0.1]
    chance.shuffle(mangled) if chance.random() < 0.2 else None
    try:
        found = compare([{"text": text}, {"text": " ".join(mangled)}], statements=False)
    except RetoldError:
        return
    check(found)


@settings(max_examples=60, deadline=None)
@given(texts.filter(str.strip), texts.filter(str.strip))
def test_the_order_of_two_articles_only_swaps_their_keys(one, other):
    try:
        found, turned = compare([{"text": one}, {"text": other}]), compare([{"text": other}, {"text": one}])
    except RetoldError:
        return
    swap = {"A": "B", "B": "A"}
    assert [{swap[key]: span for key, span in p.spans.items()} for p in turned.passages if len(p.spans) == 2] == [
        p.spans for p in found.passages if len(p.spans) == 2
    ] or sorted(str(sorted((swap[k], v) for k, v in p.spans.items())) for p in turned.passages) == sorted(
        str(sorted(p.spans.items())) for p in found.passages
    )
    assert found.to_json() == compare([{"text": one}, {"text": other}]).to_json()


def generated(chance: random.Random, vocabulary_: list[str]) -> tuple[str, str]:
    """Two invented versions: sentences edited, cut, joined, split, moved, marks changed."""
    told = [[sentence(chance, vocabulary_) for _ in range(chance.randint(1, 2))] for _ in range(chance.randint(1, 4))]
    other = [
        [edited(chance, each, vocabulary_, 0.15) for each in paragraph] for paragraph in told if chance.random() > 0.1
    ]
    if chance.random() < 0.2:
        chance.shuffle(other)
    joint = chance.choice((" ", "\n\n", f" {chance.choice(GLUE)} "))
    made = "\n\n".join(joint.join(paragraph) for paragraph in other) or told[0][0]
    if chance.random() < 0.2:
        made = made.replace('"', "“").replace(",", "")
    return "\n\n".join(" ".join(paragraph) for paragraph in told), made


@pytest.mark.parametrize("part", range(10))
def test_ten_thousand_generated_pairs_replay(part):
    chance = random.Random(f"replay {part}")
    own = vocabulary(chance, 300)
    for _ in range(1000):
        one, other = generated(chance, own)
        try:
            found = compare([{"text": one}, {"text": other}], statements=False)
        except UsageError:
            continue
        assert replay(found, "A", "B") == compared_text(found, "B"), (one, other)
        assert replay(found, "B", "A") == compared_text(found, "A"), (one, other)


@pytest.mark.parametrize(("versions", "passages", "rate"), [(6, 20, 0.3), (12, 30, 0.3), (25, 60, 0.15)])
def test_large_families_replay_between_any_two(versions, passages, rate):
    found = compare(family(versions, passages, seed=3, rate=rate), statements=False)
    chance = random.Random(versions)
    keys = [article.key for article in found.articles]
    for _ in range(60):
        one, other = chance.sample(keys, 2)
        assert replay(found, one, other) == compared_text(found, other)
