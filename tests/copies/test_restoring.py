"""The text that versions share, put together again."""

from __future__ import annotations

from retold.copies.restoring import restored
from retold.reading.read import read_all

ONE, TWO, THREE, FOUR = (
    "The harbour of Oshkovar was closed to all ships on Thursday after a crane fell across its narrow entrance.",
    "Nobody was hurt, as the crew had gone to watch a cat being brought down from the roof of the customs house.",
    "The crane, which was built in 1931, had been repaired twice this year and was to be sold at the end of the month.",
    "Fishermen carried their catch over the mole in baskets and sold it from the steps of the church of Saint Ursula.",
)


def told(*texts: tuple[str, ...]) -> list[tuple[str, list[int]]]:
    """The shared text of some articles, with who has each passage."""
    versions, _ = read_all([{"id": str(number), "text": "\n\n".join(text)} for number, text in enumerate(texts)])
    base = max(range(len(texts)), key=lambda place: len(versions[place].text))
    found = restored(versions, range(len(texts)), base)
    return [(versions[each.place].text[each.start : each.end], list(each.support)) for each in found]


def test_each_passage_has_its_support():
    assert told((ONE, TWO, THREE), (ONE, THREE), (ONE, TWO)) == [(ONE, [0, 1, 2]), (TWO, [0, 2]), (THREE, [0, 1])]


def test_what_the_base_lacks_and_two_have_stands_where_they_have_it():
    assert told((ONE, TWO, THREE + " " + TWO), (ONE, FOUR, TWO), (ONE, FOUR, TWO))[1] == (FOUR, [1, 2])


def test_what_one_has_alone_beside_the_base_is_its_own():
    assert FOUR not in [text for text, _ in told((ONE, TWO, THREE), (ONE, TWO, FOUR))]


def test_one_version_is_its_own_text():
    assert told((ONE, TWO)) == [(ONE, [0]), (TWO, [0])]
