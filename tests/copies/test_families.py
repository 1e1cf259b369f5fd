"""The families of articles that set the traps of real wire copy: labels, origins, counts, agencies, main sources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from retold.copies.counting import Question, count
from retold.copies.engine import engine
from retold.copies.judged import Judged, Origin
from retold.copies.judging import judge
from retold.model.records import Version
from retold.reading.read import read_all

FAMILIES = sorted((Path(__file__).parent / "families").glob("*.toml"))
LABELS = {"copy", "partial", "quotation", "furniture", "template", "background", "none"}


@dataclass
class Family:
    """A family: its articles by id, what is said of them, and what an editor says."""

    ids: list[str]
    versions: list[Version]
    judged: Judged
    expected: dict[str, Any]

    def named(self, origin: Origin) -> list[str]:
        """The articles of an origin."""
        return sorted(self.ids[member.place] for member in origin.members)

    def home(self, article: str) -> Origin:
        """The main origin of an article."""
        place = self.ids.index(article)
        return next(origin for origin in self.judged.origins if place in origin.main)


def judged(articles: list[dict[str, Any]]) -> tuple[list[str], list[Version], Judged]:
    """What is said of articles, in the order of their ids."""
    told = sorted(articles, key=lambda article: article["id"])
    versions, rejects = read_all(told)
    assert rejects == []
    ids = [article["id"] for article in told]
    return ids, versions, judge(versions, engine([version.text for version in versions], ids=ids))


@pytest.fixture(scope="module", params=FAMILIES, ids=lambda path: path.stem)
def family(request) -> Family:
    told = tomllib.loads(request.param.read_text(encoding="utf-8"))
    return Family(*judged(told["articles"]), told["expected"])


def test_a_family_says_what_it_means(family):
    expected = family.expected
    assert len(family.ids) == len(set(family.ids))
    assert {one for group in expected["origins"] for one in group} == set(family.ids)
    assert set(expected.get("pairs", {}).values()) <= LABELS
    assert {one for pair in expected.get("pairs", {}) for one in pair.split("|")} <= set(family.ids)
    assert expected["count"][0] <= len(expected["origins"]) <= expected["count"][1]


def test_every_pair_has_its_label(family):
    told = {frozenset(pair.split("|")): label for pair, label in family.expected.get("pairs", {}).items()}
    found = {frozenset((family.ids[copy.left], family.ids[copy.right])): copy.label for copy in family.judged.copies}
    pairs = [frozenset(pair) for pair in combinations(family.ids, 2)]
    assert {pair: found.get(pair, "none") for pair in pairs} == {pair: told.get(pair, "none") for pair in pairs}


def test_the_articles_go_back_to_their_origins(family):
    found = sorted(family.named(origin) for origin in family.judged.origins)
    assert found == sorted(map(sorted, family.expected["origins"]))


def test_the_count_is_one_that_an_editor_would_defend(family):
    homes = {place: str(number) for number, origin in enumerate(family.judged.origins) for place in origin.main}
    questions = [Question(doubt.kind, doubt.one, doubt.other, doubt.note) for doubt in family.judged.doubts]
    found = count(homes, questions)
    low, high = family.expected["count"]
    assert low <= found.low <= found.likely <= found.high <= high


def test_the_agency_is_that_of_the_text(family):
    for group, agency in zip(family.expected["origins"], family.expected.get("agency", []), strict=False):
        origin = next(origin for origin in family.judged.origins if family.named(origin) == sorted(group))
        assert (origin.agency or "") == agency


def test_a_stitched_article_has_its_main_source(family):
    for article, source in family.expected.get("main", {}).items():
        assert family.home(article) == family.home(source)


def test_the_answer_does_not_depend_on_the_order_or_the_company(family):
    """The families together are judged as each by itself: one has nothing to do with another."""
    again = judge(family.versions, engine([version.text for version in family.versions], ids=family.ids))
    assert again == family.judged


def test_all_families_at_once_are_judged_as_each_alone():
    told = [tomllib.loads(path.read_text(encoding="utf-8"))["articles"] for path in FAMILIES]
    ids, _, found = judged([article for articles in told for article in articles])
    together = sorted(sorted(ids[member.place] for member in origin.members) for origin in found.origins)
    apart = []
    for articles in told:
        own, _, alone = judged(articles)
        apart += [sorted(own[member.place] for member in origin.members) for origin in alone.origins]
    assert together == sorted(apart)
