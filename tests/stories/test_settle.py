"""Articles gathered into stories, whatever the order and however often."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.stories import settle, states
from retold.stories.settle import fold, step
from retold.stories.states import UNDATED, State, Telling, begin, block_of, blocks, everything, needs, unpack
from tests.stories.news import BRIDGE, FERRY, MINT, paper, reworded, telling


def groups(placed) -> list[list[str]]:
    """The articles by story."""
    found: dict[str, list[str]] = {}
    for article, place in placed.items():
        found.setdefault(place.story, []).append(article)
    return sorted(map(sorted, found.values()))


def subjects(told: list[Telling]) -> list[list[str]]:
    """The groups that the invented articles were made as."""
    found: dict[str, list[str]] = {}
    for each in told:
        found.setdefault(each.article_id.split("-")[0], []).append(each.article_id)
    return sorted(map(sorted, found.values()))


@pytest.mark.parametrize("days", [None, 0.1, 3.0, 5.0])
def test_articles_of_one_subject_are_one_story(days):
    told = paper(days=days)
    assert groups(fold(told)) == subjects(told)


def test_a_story_is_named_after_its_earliest_article():
    told = paper(days=3.0)
    assert {place.story for place in fold(told).values()} == {"0-0", "1-0", "2-0"}


def test_the_same_words_a_month_later_are_another_story():
    early, late = paper(copies=2), paper(copies=2, first=130.0)
    late = [Telling(f"late{each.article_id}", each.moment, each.features) for each in late]
    assert len(groups(fold(early + late))) == 6


def test_a_story_that_goes_on_over_the_borders_of_blocks_stays_one():
    told = [telling(f"{day}", reworded(FERRY, day), reworded(FERRY, day + 99), day=100.9 + day) for day in range(6)]
    assert len({block_of(each.moment) for each in told}) >= 3
    assert len(groups(fold(told))) == 1


def test_an_undated_article_finds_its_story_however_old():
    told = paper(copies=4, days=2.0) + [telling(f"now{day}", MINT, MINT, day=150.0 + day) for day in (0, 1)]
    undated = telling("undated", reworded(FERRY, 90), reworded(FERRY, 91))
    placed = fold([*told, undated])
    assert placed["undated"].story == "0-0"


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([None, 4.0, 30.0]))
def test_the_order_of_arrival_changes_nothing(chance, days):
    told = paper(days=days)
    wanted = fold(told)
    chance.shuffle(told)
    assert fold(told) == wanted


@settings(max_examples=15, deadline=None)
@given(st.sampled_from([2.0, 9.0, 25.0]), st.integers(1, 6))
def test_settling_again_from_a_checkpoint_gives_what_settling_all_gives(days, copies):
    told = sorted(paper(days=days, copies=copies), key=Telling.order)
    known = {each.article_id: each.features for each in told}
    start = begin(told)
    kept = {}
    state, placed = start, {}
    for block, articles in blocks(told):
        packed = state.pack()
        assert set(needs(packed)) <= known.keys()
        again = step(unpack(packed, known.__getitem__), block, articles)
        done = step(state, block, articles)
        assert again == done
        assert again.state.digest() == done.state.digest()
        state = done.state
        kept[block] = state.digest()
        placed.update(done.placed)
    assert placed.keys() == known.keys()
    assert len(kept) == len(blocks(told))


def test_a_late_article_stops_mattering_once_time_has_passed(monkeypatch):
    for room in (settle, states):
        monkeypatch.setattr(room, "BACKGROUND", 6)
    told = [telling(f"{day:02}", reworded(MINT, day), reworded(MINT, day), day=day * 1.5) for day in range(40)]
    late = telling("late", FERRY, FERRY, day=20.0)

    def digests(articles: list[Telling]) -> dict[int, bytes]:
        ordered = sorted(articles, key=Telling.order)
        state, found = begin(ordered), {}
        for block, items in blocks(ordered):
            state = step(state, block, items).state
            found[block] = state.digest()
        return found

    without, including = digests(told), digests([*told, late])
    differ = [block for block, digest in without.items() if including[block] != digest]
    assert min(differ) == block_of(20.0)
    assert max(differ) <= block_of(20.0 + states.REACH + states.BLOCK)


def test_stories_that_become_one_later_are_told_as_merged():
    first = [telling("a", "Ferry Anselma aground", day=100.5), telling("b", "Fog at Port Quill", day=100.6)]
    both = "Ferry Anselma aground in fog at Port Quill"
    bridges = [telling(f"c{number}", both, day=102.5 + number / 10) for number in range(3)]
    done = step(begin([*first, *bridges]), 50, first)
    assert {place.story for place in done.placed.values()} == {"a", "b"}
    later = step(done.state, 51, bridges)
    assert later.merged in ({"b": "a"}, {})
    assert {place.story for place in fold([*first, *bridges]).values()} <= {"a", "b"}


def test_reprints_do_not_outvote_those_who_wrote_their_own():
    told = [telling(f"reprint{number:03}", FERRY, FERRY) for number in range(60)]
    own = [telling(f"own{number}", reworded(FERRY, number), reworded(FERRY, number)) for number in range(4)]
    assert len(groups(fold([*told, *own]))) == 1


def test_two_sister_events_of_many_articles_stay_two():
    def sister(name: str, place: str, who: str, cause: str) -> list[Telling]:
        text = f"Earthquake shakes {place}: {who} says {cause} buildings fell and rescue teams search for survivors"
        return [
            telling(f"{name}{number}", reworded(text, number, 0.15), reworded(text, number + 9, 0.15))
            for number in range(5)
        ]

    told = sister("one", "Dorland Marrow Coast", "mayor Ilse Varga", "harbour warehouse")
    told += sister("two", "Hessel Upper Valley", "governor Bram Oduya", "mountain monastery")
    placed = groups(fold(told))
    assert all(len({name[:3] for name in group}) == 1 for group in placed)


@pytest.mark.parametrize("day", [None, 100.0])
def test_articles_without_a_word_are_stories_of_their_own(day):
    told = [telling("a", day=day), telling("b", day=day), telling("c", FERRY, day=day)]
    assert groups(fold(told)) == [["a"], ["b"], ["c"]]
    assert all(place.score == 1 for place in fold(told).values())


def test_nothing_gives_nothing():
    assert fold([]) == {}
    assert step(State(), 3, []).placed == {}


def test_scores_say_how_surely_an_article_belongs():
    told = paper(days=None)
    stranger = telling("0-9", "Ferry Anselma", reworded(FERRY, 3, 0.75))
    placed = fold([*told, stranger])
    assert all(0 <= place.score <= 1 for place in placed.values())
    if placed["0-9"].story == "0-0":
        assert placed["0-9"].score < max(placed[f"0-{place}"].score for place in range(6))


def test_blocks_follow_the_calendar_and_the_undated_come_last():
    told = [telling("late"), telling("b", day=3.0), telling("a", day=-0.5), telling("c", day=2.0)]
    found = [(block, [each.article_id for each in articles]) for block, articles in blocks(told)]
    assert found == [(-1, ["a"]), (1, ["c", "b"]), (UNDATED, ["late"])]


def test_other_languages_do_not_make_one_story_of_their_grammar():
    texts = {
        "it": (
            "Il traghetto Anselma si è incagliato vicino a Porto Quill nella nebbia",
            "La banca di Dorland ha alzato il tasso di interesse per frenare i prezzi",
            "Il ponte di Hessel è stato chiuso dopo la scoperta di crepe nei piloni",
        ),
        "zh": ("渡轮在奎尔港附近的浓雾中搁浅", "多兰中央银行提高贷款利率以抑制物价", "赫塞尔大桥因桥墩裂缝关闭"),
    }
    told = [
        telling(f"{code}{number}{place}", text, text, language=code)
        for code, written in texts.items()
        for number, text in enumerate(written)
        for place in range(2)
    ]
    english = [telling(f"en{number}", reworded(BRIDGE, number), reworded(BRIDGE, number)) for number in range(30)]
    placed = groups(fold([*told, *english]))
    assert sorted(map(len, placed)) == [2, 2, 2, 2, 2, 2, 30]


def test_everything_keeps_the_latest_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr(states, "LIMIT", 2)
    told = random.Random(1).sample(paper(copies=2), 6)
    found = everything(State(), told, {each.article_id: each.article_id for each in told})
    assert [each.article_id for each in found.tellings] == ["1-1", "2-1"]
