"""What the engine must see in the families: each pair that took running text over, nothing where nothing is shared.

The labels of the other pairs (quotation, furniture, template, background) are not the engine's to give.
"""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from retold.copies.engine import engine

FAMILIES = sorted((Path(__file__).parent / "families").glob("*.toml"))
LABELS = {"copy", "partial", "quotation", "furniture", "template", "background", "none"}


@pytest.fixture(params=FAMILIES, ids=lambda path: path.stem)
def family(request) -> dict[str, Any]:
    """A family: its articles, and what an editor says of them."""
    return tomllib.loads(request.param.read_text(encoding="utf-8"))


def labels(family: dict[str, Any]) -> dict[tuple[str, str], str]:
    """The label of every pair of articles."""
    told = family["expected"].get("pairs", {})
    ids = [article["id"] for article in family["articles"]]
    return {(one, other): told.get(f"{one}|{other}", "none") for one, other in combinations(ids, 2)}


def shares(family: dict[str, Any]) -> dict[tuple[str, str], float]:
    """What part of the shorter article's words stands in the other one, of the pairs that the engine tells."""
    articles = family["articles"]
    found = engine([article["text"] for article in articles], ids=[article["id"] for article in articles])
    columns = (found.pairs[name].tolist() for name in ("left", "right", "left_share", "right_share"))
    return {
        (articles[min(left, right)]["id"], articles[max(left, right)]["id"]): max(mine, yours)
        for left, right, mine, yours in zip(*columns, strict=True)
    }


def test_a_family_says_what_it_means(family):
    ids = [article["id"] for article in family["articles"]]
    expected = family["expected"]
    named = {one for group in expected["origins"] for one in group}
    assert len(ids) == len(set(ids))
    assert named == set(ids)
    assert set(expected.get("pairs", {}).values()) <= LABELS
    assert {one for pair in expected.get("pairs", {}) for one in pair.split("|")} <= set(ids)
    assert expected["count"][0] <= len(expected["origins"]) <= expected["count"][1]


def test_the_engine_sees_every_pair_that_took_text_over(family):
    found = shares(family)
    taken = {pair: label for pair, label in labels(family).items() if label in ("copy", "partial")}
    assert taken.keys() <= found.keys()
    assert {pair: "copy" if found[pair] >= 0.5 else "partial" for pair in taken} == taken


def test_the_engine_sees_nothing_where_nothing_is_shared(family):
    found = shares(family)
    assert [pair for pair, label in labels(family).items() if label == "none" and pair in found] == []
