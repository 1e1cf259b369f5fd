"""One text against many: the answer is the batch's, were it the last of all."""

from __future__ import annotations

import random

import pytest

from retold.copies.candidates import candidates
from retold.copies.engine import engine
from retold.copies.index import Index
from retold.copies.passages import Shared
from retold.copies.prints import prints
from retold.kernels.choosing import CHOICES

STORIES = [
    "Dredging of the harbour at Port Velm begins in September after a court threw out the last complaint. The work "
    "will cost nine million crowns and take two winters, the port authority announced on Friday.",
    "Organisers of the Tessaly spring fair said they would open the gates a week early this year. Ticket prices stay "
    "as they were, and children under twelve still pay nothing at all, a spokeswoman added.",
    "Forty people lost their work when the paper mill at Orrin Bridge burned down. Firefighters from three counties "
    "fought the flames for six hours without saving more than the chimney.",
]


def versions(chance: random.Random, count: int) -> list[str]:
    """Articles cut out of the stories, with words left out."""
    made = []
    for _ in range(count):
        words = " ".join(chance.sample(STORIES, chance.randint(1, 3))).split()
        start = chance.randrange(len(words) // 2)
        made.append(" ".join(word for word in words[start:] if chance.random() > 0.04))
    return made


def told_of(shared: Shared, right: int, *, stories: bool = True) -> list[object]:
    """What the text on the right shares with each other."""
    told: list[object] = []
    for pair in range(len(shared)):
        if shared.pairs["right"][pair] == right:
            steps = [
                tuple(step if stories else step[:5] for step in shared.steps_of(passage))
                for passage in shared.passages_of(pair)
            ]
            told.append((int(shared.pairs["left"][pair]), int(shared.pairs["weight"][pair]), steps))
    return sorted(told, key=repr)


@pytest.fixture(params=CHOICES)
def choice(request: pytest.FixtureRequest) -> str:
    """Both twins, where numba is there."""
    if request.param == "compiled":
        pytest.importorskip("numba")
    return request.param


@pytest.mark.parametrize("seed", range(4))
def test_a_question_is_answered_as_the_batch_would(choice, seed):
    chance = random.Random(seed)
    texts = versions(chance, 14)
    index = Index(texts, choice=choice)
    before = stories_of(texts)
    for new in versions(chance, 4):
        alike = stories_of([*texts, new])[:-1] == before  # else the new one parts those that were in one story
        answer, batch = index.query(new), engine([*texts, new], choice=choice)
        assert told_of(answer, 14, stories=alike) == told_of(batch, 14, stories=alike)


def stories_of(texts: list[str]) -> list[int]:
    """Which text speaks for each one's story."""
    held = candidates(prints(texts, choice="plain"), choice="plain")
    return held.matches.groups.tolist()


@pytest.mark.parametrize("count", [140, 160])
def test_a_story_of_many_copies_is_seen_through_its_first_ones(choice, count):
    texts = [f"{STORIES[0]} Edition {number}." for number in range(count)]
    new = f"{STORIES[0]} {STORIES[1]}"
    answer = Index(texts, choice=choice).query(new)
    assert told_of(answer, count) == told_of(engine([*texts, new], choice=choice), count)
    assert len(answer) < count


def test_questions_leave_no_trace(choice):
    index = Index(STORIES, choice=choice)
    first = told_of(index.query(STORIES[1]), 3)
    index.query(" ".join(STORIES) * 300)  # longer than the room that was made
    index.query("Nothing.")
    assert told_of(index.query(STORIES[1]), 3) == first
    assert len(first) == 1


def test_an_empty_index_knows_nothing(choice):
    assert len(Index([], choice=choice).query(STORIES[0])) == 0


def test_ids_order_an_index_and_places_name_its_texts(choice):
    index = Index(STORIES, ids=["c", "b", "a"], choice=choice)
    assert index.query(STORIES[2]).pairs["left"].tolist() == [2]
