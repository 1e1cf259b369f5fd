"""Labels that only a pair, its outlets or its company can tell."""

from __future__ import annotations

from typing import Any

from retold.copies.engine import engine
from retold.copies.judged import Judged
from retold.copies.judging import judge
from retold.reading.read import read_all

REPORT = (
    "The swimming pool at Great Hollin will stay empty for a second summer because the council spent the money for its "
    "pump on a statue of a swimmer. The statue was ordered from a sculptor in Dorle who has never been in the water."
)
OWN = (
    "Children in the village have taken to the river again, where the current is strong and the lifeguard is a dog. "
    "Their parents take turns on the bank with a rope, and the school has moved its sports day to the fire pond."
)
OTHER = (
    "Nothing moves in the council chamber of Great Hollin. A vote on the budget was put off when the clerk had lost "
    "the bell, and the mayor said that he would not be hurried by people who wear bathing caps."
)
MORE = (
    "It is not the first time that the village waits. The bus shelter took nine years and faces the wrong way, and the "
    "church clock has been at the watchmaker's since the old priest died. People set their watches by the dairy lorry, "
    "which comes at six, and by the smell of the bakery, which does not open on Thursdays."
)
LAST = (
    "Asked about it in the bakery, a retired plumber offered to mend the pump for the price of a hat. He was told to "
    "put his offer in writing, in triplicate, and to wait for the autumn sitting, for which no date has been set. He "
    "bought a loaf, paid for it in small coins and went home by the river to look at the children."
)


def judged(*articles: dict[str, Any]) -> Judged:
    """What is said of articles, in their order."""
    versions, _ = read_all([{"id": str(number)} | article for number, article in enumerate(articles)])
    texts = [version.text for version in versions]
    return judge(versions, engine(texts, ids=[str(number) for number in range(len(texts))]))


def labels(found: Judged) -> list[str]:
    return [copy.label for copy in found.copies]


def test_an_excerpt_from_a_named_outlet_is_its_text_though_it_stands_in_marks():
    first = {"outlet": "Hollin Gazette", "text": f"{REPORT}\n\n{OWN}\n\n{LAST}"}
    second = {"outlet": "Dorle Mail", "text": f'{OTHER}\n\nAs the Hollin Gazette reported on Monday:\n\n"{REPORT}"'}
    assert labels(judged(first, second)) == ["partial"]


def test_the_same_words_quoted_from_nobody_in_the_set_are_a_quotation():
    first = {"outlet": "Lake Mirror", "text": f'{OWN}\n\nA leaflet says: "{REPORT}"'}
    second = {"outlet": "Dorle Mail", "text": f'{OTHER}\n\nA leaflet was handed out:\n\n"{REPORT}"'}
    assert labels(judged(first, second)) == ["quotation"]


def test_what_an_outlet_repeats_from_its_own_story_is_background():
    first = {"outlet": "Dorle Mail", "text": f"{OTHER}\n\n{LAST}\n\n{REPORT}"}
    second = {"outlet": "Dorle Mail", "text": f"{OWN}\n\n{MORE}\n\n{REPORT}"}
    assert labels(judged(first, second)) == ["background"]
    assert labels(judged(first, second | {"outlet": "Lake Mirror"})) == ["partial"]


def test_an_article_that_shares_nothing_is_an_origin_of_its_own():
    found = judged({"text": REPORT}, {"text": OWN})
    assert found.copies == ()
    assert [origin.main for origin in found.origins] == [(0,), (1,)]
    assert [origin.members[0].share for origin in found.origins] == [1.0, 1.0]


def test_every_passage_points_at_the_same_words_on_both_sides():
    articles = [{"text": f"{REPORT}\n\n{OWN}"}, {"text": f"{OTHER}\n\n{REPORT}"}]
    versions, _ = read_all([{"id": str(number)} | article for number, article in enumerate(articles)])
    (copy,) = judged(*articles).copies
    for passage in copy.passages:
        left = versions[copy.left].text[passage.left_start : passage.left_end]
        assert left == versions[copy.right].text[passage.right_start : passage.right_end]
        assert left in REPORT
