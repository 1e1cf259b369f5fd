"""Who took from whom: signs, abstention, texts that nobody has seen."""

from __future__ import annotations

import random

import pytest

from retold.copies.lineage import Lineage, lineage
from retold.model.records import Version
from retold.reading.read import read_all

PARAGRAPHS = [
    "The lighthouse at Skerrow went dark on Friday night for the first time in ninety years, the pilots' guild said.",
    "A keeper who lives below it noticed the silence of the motor and lit two storm lanterns in the upper window.",
    "Three trawlers turned round at the outer buoy and waited for the morning in the lee of the isle of Great Hollin.",
    "The ministry of harbours had planned to replace the lamp in spring but the money went into a bridge at Corrow.",
    "Nobody was hurt, and the fog that had been forecast for the small hours did not come up the sound after all.",
]


def versions(*articles: dict[str, object]) -> list[Version]:
    """Articles as they are read."""
    return read_all([{"text": "\n\n".join(PARAGRAPHS)} | article for article in articles])[0]


def arrows(found: Lineage, least: float = 0.5) -> list[tuple[int, int]]:
    """The edges that are likely."""
    return sorted((edge.source, edge.target) for edge in found.edges if edge.probability >= least)


def told(number: int, **more: object) -> dict[str, object]:
    return {"outlet": f"Outlet {number}", "published": f"2026-05-03T{8 + number:02}:00:00+00:00"} | more


def test_two_prints_of_one_text_come_from_one_that_was_not_given():
    found = lineage(versions(told(0), told(1)), [0, 1], 0)
    assert arrows(found) == [(-1, 0), (-1, 1)]
    assert found.unseen == 1


def test_one_version_alone_has_no_lineage():
    assert lineage(versions(told(0)), [0], 0) == Lineage((), 0)


def test_who_credits_an_outlet_with_its_text_has_it_from_there():
    text = "\n\n".join([*PARAGRAPHS, "This article was first published by the Hollin Gazette."])
    given = versions(told(0, outlet="Hollin Gazette"), told(1, text=text))
    found = lineage(given, [0, 1], 0)
    assert (0, 1) in arrows(found)
    edge = next(edge for edge in found.edges if (edge.source, edge.target) == (0, 1))
    assert "named" in [sign.kind for sign in edge.signs]


def test_a_rare_slip_is_inherited():
    slip = [
        paragraph.replace("pilots' guild", "pilots guilt").replace("storm lanterns", "stern lanterns")
        for paragraph in PARAGRAPHS
    ]
    given = versions(told(0), told(1), told(2, text="\n\n".join(slip)), told(3, text="\n\n".join(slip[:3])), told(4))
    found = lineage(given, range(5), 0)
    assert (2, 3) in arrows(found)
    sign = next(
        sign
        for edge in found.edges
        if (edge.source, edge.target) == (2, 3)
        for sign in edge.signs
        if sign.kind == "reading"
    )
    assert given[3].text[sign.start : sign.end] in ("guilt", "stern", "pilots guilt")


def test_nobody_has_it_from_one_that_came_later():
    found = lineage(versions(told(3), told(1), told(0)), [0, 1, 2], 0)
    hours = {0: 3, 1: 1, 2: 0}
    assert all(edge.source < 0 or hours[edge.source] < hours[edge.target] for edge in found.edges)


def test_what_credits_an_agency_that_is_not_given_comes_from_there():
    given = versions(
        *(
            told(number, text=f"SKERROW, May 3 (Norlandia Press) - {PARAGRAPHS[0]}\n\n" + "\n\n".join(PARAGRAPHS[1:]))
            for number in range(3)
        )
    )
    found = lineage(given, range(3), 0)
    assert arrows(found) == [(-1, 0), (-1, 1), (-1, 2)]
    assert found.edges[0].signs[0].note == "it credits Norlandia Press, which is none of the given"


@pytest.mark.parametrize("seed", range(3))
def test_no_version_is_its_own_ancestor(seed):
    chance = random.Random(seed)
    articles = []
    for number in range(14):
        text = [paragraph.replace("the", chance.choice(["the", "this", "that"])) for paragraph in PARAGRAPHS]
        articles.append(told(number % 5, text="\n\n".join(text[: chance.randint(2, 5)])))
    found = lineage(versions(*articles), range(14), 0)
    best: dict[int, int] = {}
    for edge in found.edges:
        best.setdefault(edge.target, edge.source)
    for target in range(14):
        seen, place = set(), target
        while place >= 0:
            assert place not in seen
            seen.add(place)
            place = best.get(place, -1)


@pytest.mark.parametrize("base", [0, 1])
def test_what_was_left_out_behind_an_ellipsis_stood_in_the_source_whichever_the_base_is(base: int):
    quoted = (
        '"We owe it to the pilots, and to the three crews who waited, to light it again," the harbourmaster Elin said.'
    )
    short = quoted.replace("the pilots, and to the three crews who waited,", "the pilots ...")
    fuller, shorter = ("\n\n".join([*PARAGRAPHS, each]) for each in (quoted, short))
    given = versions({"text": fuller}, {"text": shorter + "\n\nThe guild meets on Monday in Corrow."})
    found = lineage(given, [0, 1], base)
    assert (0, 1) in arrows(found, 0.15)
    assert (1, 0) not in arrows(found, 0.15)
    edge = next(edge for edge in found.edges if (edge.source, edge.target) == (0, 1))
    sign = next(sign for sign in edge.signs if sign.kind == "ellipsis")
    assert given[1].text[sign.start : sign.end] == "..."
