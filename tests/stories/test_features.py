"""What an article is about, as numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.stories.features import LEAD_TOKENS, NAMED, NUMBERED, Features, features, told
from tests.stories.news import version


def shared(one: Features, other: Features) -> int:
    """How many terms two articles have in common."""
    mine, yours = ({each.keys[at : at + 8] for at in range(0, len(each.keys), 8)} for each in (one, other))
    return len(mine & yours)


@pytest.mark.parametrize(
    ("language", "one", "other", "least"),
    [
        ("en", "Lifeboats reached the stranded ferry", "A lifeboat reaches stranded ferries", 3),
        ("de", "Die Fähre lief vor Port Quill auf Grund", "Fähre vor Port Quill gestrandet", 3),
        ("ru", "Паром сел на мель у порта Квилл", "У порта Квилл паром сел на мель", 4),
        ("ar", "جنحت العبارة قرب ميناء كويل", "العبارة جنحت قبالة ميناء كويل", 4),
        ("zh", "渡轮在奎尔港附近搁浅", "奎尔港渡轮搁浅", 3),
        ("ja", "奎爾港でフェリーが座礁した", "フェリー座礁、奎爾港", 5),
        ("th", "เรือข้ามฟากเกยตื้น", "เรือข้ามฟากเกยตื้นใกล้ท่า", 8),
        ("it", "Il traghetto Anselma si è incagliato", "Incagliato il traghetto Anselma", 3),
        ("und", "Ferry aground off Port Quill", "Port Quill ferry runs aground", 4),
    ],
)
def test_two_tellings_share_terms_in_any_language(language, one, other, least):
    found = shared(features(version(one, language=language)), features(version(other, language=language)))
    assert found >= least


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "It was what they have been"), ("de", "Wie es ist und war"), ("it", "Il di la un a"), ("en", "… — !")],
)
def test_words_of_grammar_and_marks_are_no_terms(language, title):
    assert len(features(version(title, language=language))) == 0


def test_a_headline_of_unknown_language_is_read_as_a_text_of_its_language_is():
    title = "Bridge closed after cracks were found in pillars"
    assert features(version(title, language="und")).keys == features(version(title)).keys


def test_only_the_lead_counts():
    lead = " ".join(f"word{number}" for number in range(LEAD_TOKENS))
    assert features(version("", lead + " tail end")) == features(version("", lead))


def test_the_title_counts_more_than_the_text():
    made = features(version("Ferry", "ferry bridge"))
    words = told(version("Ferry", "ferry bridge"))
    assert sorted(words.values()) == ["Ferry", "bridge"]
    assert made.weights[:4] != made.weights[4:]


def test_an_article_without_a_word_has_no_term():
    assert len(features(version())) == 0


def test_the_terms_of_a_title_are_kept_in_order_with_their_kinds():
    kinds = [kind for _, kind in features(version("Storm hits Port Quill for 3 days")).titled()]
    assert kinds == [0, 0, NAMED, NAMED, NUMBERED, 0]


@given(st.text(max_size=60), st.text(max_size=300), st.sampled_from(["en", "de", "zh", "und", "xx"]))
def test_packed_features_come_back_whole(title, text, language):
    made = features(version(title, text, language=language))
    assert Features.unpack(made.pack()) == made
