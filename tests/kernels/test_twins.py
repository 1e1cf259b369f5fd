"""The compiled kernels say what the plain ones say, for any text; and the plain ones say what the method promises."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.copies.fingerprints import texts_of
from retold.kernels import choosing
from retold.kernels.arrays import Alignments
from retold.kernels.carrying import in_rows
from retold.kernels.choosing import choose, kernels
from retold.kernels.compiling import compiled as compiled_
from retold.kernels.fingerprinting import grams, hash_of, winnowed, words
from retold.kernels.measures import EQUAL, GRAM, WINDOW

PLAIN = kernels("plain")
FEW = [f"w{number}" for number in range(12)]  # so few words that runs repeat, overlap and cross
MANY = [f"w{number}" for number in range(400)]
MARKS = " ,.’\u00ad\u0301\u200b-_\n"
LETTERS = st.characters(codec="utf-8") | st.sampled_from("aZßéÉſİ平和とสวักカ\u3099が½ﬁ𠮷😀\u0301\u05b0" + MARKS)


@pytest.fixture(scope="module")
def compiled():
    """The compiled twin, where numba is there."""
    pytest.importorskip("numba")
    return kernels("compiled")


def articles(vocabulary: list[str], most: int) -> st.SearchStrategy[list[str]]:
    """Texts that take stretches from each other."""
    some = st.lists(st.sampled_from(vocabulary), min_size=8, max_size=60)
    order = st.lists(st.integers(0, 9), min_size=1, max_size=6)
    return st.tuples(st.lists(some, min_size=2, max_size=4), st.lists(order, min_size=2, max_size=most)).map(stitched)


def stitched(drawn: tuple[list[list[str]], list[list[int]]]) -> list[str]:
    """One text for each order of stretches."""
    stock, orders = drawn
    return [". ".join(" ".join(stock[one % len(stock)]) for one in order) for order in orders]


def same(one: object, other: object) -> None:
    """Both hold the same arrays, or are the same."""
    if not is_dataclass(one):
        np.testing.assert_array_equal(one, other)
        return
    for field in fields(one):  # type: ignore[arg-type]
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name), err_msg=field.name)


def cut(twin: choosing.Kernels, texts: list[str], threads: int = 1):
    """The words of texts one behind the other, and the sorted fingerprints."""
    given_ = texts_of(texts, None)
    made, keys = twin.fingerprinting.fingerprints(given_.data, given_.bounds, given_.numbers, threads=threads)
    keys.sort()
    return made, keys


def told(made, document: int) -> list[tuple[int, ...]]:
    """The words and kept fingerprints of a document."""
    low, high = made.firsts[document], made.ends[document]
    columns = made.hashes[low:high], made.starts[low:high], made.lengths[low:high]
    kept = slice(made.key_firsts[document], made.key_ends[document])
    return [*zip(*map(list, columns), strict=True), *zip(made.keys[kept], made.places[kept], strict=True)]


@given(st.lists(st.text(LETTERS, max_size=40), min_size=1, max_size=4), st.integers(1, 3))
@settings(deadline=None)
def test_both_twins_cut_any_text_into_the_same_words(compiled, texts, threads):
    one, keys = cut(PLAIN, texts)
    other, same_keys = cut(compiled, texts, threads)
    np.testing.assert_array_equal(keys, same_keys)
    for document in range(len(texts)):
        assert told(one, document) == told(other, document)


@given(articles(FEW, 12) | articles(MANY, 12))
@settings(deadline=None, max_examples=150)
def test_both_twins_align_any_articles_alike(compiled, texts):
    answers = []
    for twin in (PLAIN, compiled):
        made, keys = cut(twin, texts)
        found = twin.matching.matches(keys, len(texts))
        pairs = twin.matching.pairs(found)
        aligned = twin.aligning.alignments(made, pairs, threads=len(texts) % 2 + 1)
        every = np.arange(len(texts))
        carried = twin.carrying.carried(found, every, made.keys, made.key_firsts, made.key_ends)
        stories = twin.carrying.medians(carried, pairs.lows, aligned)
        answers.append((found, pairs, aligned, carried, stories))
    for one, other in zip(*answers, strict=True):
        same(one, other)


COUNTS = st.lists(st.sampled_from([0, 1, 1, 1, 2, 3, 127, 128, 129, 70_000, 2**24 - 1]), min_size=1, max_size=40)


@given(st.lists(COUNTS, min_size=1, max_size=3), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_both_twins_count_the_stories_of_any_step_alike(compiled, documents, chance):
    firsts = np.cumsum([0, *map(len, documents)])
    steps, passages = [], []
    for pair, counts in enumerate(documents):
        passages.append((pair, 0, 9, 0, 9, 9, 0, len(steps)))
        for _ in range(4):
            first = chance.randrange(len(counts))
            steps.append((EQUAL, 0, 9, 0, 9, first, chance.randint(0, len(counts) - first)))
    made = Alignments(np.array(passages, np.int32), np.array(steps, np.int32))
    held = in_rows(np.array([one for counts in documents for one in counts], np.int32), firsts)
    told = [twin.carrying.medians(held, np.arange(len(documents)), made).tolist() for twin in (PLAIN, compiled)]
    assert told[0] == told[1]


def test_both_twins_see_a_crowd_of_copies_through_its_first_ones(compiled):
    story = " ".join(f"the {word} stood by the mill" for word in MANY[:30])
    other = "Nobody at the mill knew why. " + story
    texts = [f"{story} number {place}" for place in range(150)] + [other]
    made = [twin.matching.pairs(twin.matching.matches(cut(twin, texts)[1], len(texts))) for twin in (PLAIN, compiled)]
    same(*made)
    assert len(made[0].lows) < 5_000  # of 11,325 pairs
    assert set(made[0].highs.tolist()) | {0} == set(range(151))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orin's U.S.-led 12.5%", ["Orin", "s", "U", "S", "led", "12", "5"]),
        ("co\u00adoperate", ["co\u00adoperate"]),
        ("snake_case", ["snake", "case"]),
        ("東京で会う", ["東", "京", "で", "会", "う"]),
        ("iPhone発売", ["iPhone", "発", "売"]),
        ("สวัสดี", list("สวัสดี")),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("𠮷野家 😀", ["𠮷", "野", "家"]),
        ("", []),
        (" \n—", []),
    ],
)
def test_words_stand_where_they_say(text, expected):
    assert [text[word.start : word.start + word.length] for word in words(text)] == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ÉCOLE", "e\u0301cole"),
        ("Straße", "STRASSE"),
        ("ofﬁce", "office"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
        ("co\u00adop", "coop"),
    ],
)
def test_spellings_of_a_word_are_one(one, other):
    assert [word.hash for word in words(one)] == [word.hash for word in words(other)]


def test_words_that_differ_by_an_accent_are_two():
    assert hash_of("peche") != hash_of("pêche")


@given(st.text(LETTERS, max_size=40))
def test_composed_and_decomposed_texts_have_the_same_words(text):
    spaced = "".join(letter for letter in text if len(words(letter)) != 1 or letter.isascii() or letter.isalpha())
    latin = "".join(letter for letter in spaced if ord(letter) < 0x500 or letter == "\u0301")
    forms = [unicodedata.normalize(form, latin) for form in ("NFC", "NFD")]
    assert [word.hash for word in words(forms[0])] == [word.hash for word in words(forms[1])]


@given(st.lists(st.sampled_from(FEW), max_size=30), *[st.lists(st.sampled_from(MANY), max_size=20)] * 4)
def test_eight_words_in_common_always_keep_a_fingerprint_in_common(shared, before, behind, other_before, other_behind):
    shared = (shared + FEW)[: max(GRAM + WINDOW - 1, len(shared))]
    kept = []
    for one in (before + shared + behind, other_before + shared + other_behind):
        found = grams([hash_of(word) for word in one])
        kept.append({found[place] for place in winnowed(found)})
    assert kept[0] & kept[1]


@given(st.lists(st.integers(0, 5), min_size=WINDOW, max_size=40))
def test_every_window_keeps_one_of_its_least(found):
    kept = set(winnowed(found))
    for start in range(len(found) - WINDOW + 1):
        window = range(start, start + WINDOW)
        least = min(found[place] for place in window)
        assert any(place in kept and found[place] == least for place in window)


@given(articles(FEW, 3))
def test_words_said_to_be_equal_are_and_none_is_said_twice(texts):
    made, keys = cut(PLAIN, texts)
    pairs = PLAIN.matching.pairs(PLAIN.matching.matches(keys, len(texts)))
    answer = PLAIN.aligning.alignments(made, pairs)
    ends = [*answer.passages[1:, 7].tolist(), len(answer.steps)]
    for pair, (low, high) in enumerate(zip(pairs.lows.tolist(), pairs.highs.tolist(), strict=True)):
        spans = [(row[7], end) for row, end in zip(answer.passages.tolist(), ends, strict=True) if row[0] == pair]
        equal = [step for start, end in spans for step in answer.steps[start:end].tolist() if step[0] == EQUAL]
        for _, start, end, other_start, other_end, *_ in equal:
            assert hashes(texts[low][start:end]) == hashes(texts[high][other_start:other_end])
        for low_at, high_at in ((1, 2), (3, 4)):
            ranges = sorted((step[low_at], step[high_at]) for step in equal)
            assert all(one[1] <= other[0] for one, other in pairwise(ranges))


def hashes(text: str) -> list[int]:
    """The words of a text."""
    return [word.hash for word in words(text)]


@pytest.mark.parametrize(("asked", "size", "expected"), [("plain", 10**9, "plain"), ("compiled", 1, "compiled")])
def test_the_environment_chooses_the_twin(monkeypatch, asked, size, expected):
    monkeypatch.setenv("RETOLD_KERNELS", asked)
    assert choose(size) == expected


def test_few_texts_do_without_numba(monkeypatch):
    monkeypatch.delenv("RETOLD_KERNELS", raising=False)
    assert choose(1000) == "plain"


def test_without_numba_the_plain_kernels_serve(monkeypatch):
    monkeypatch.delenv("RETOLD_KERNELS", raising=False)
    monkeypatch.setattr(choosing, "find_spec", lambda name: None)
    assert choose(10**9) == "plain"


@given(articles(FEW, 12) | articles(MANY, 12))
@settings(deadline=None)
def test_both_twins_answer_a_question_alike(compiled, texts):
    answers = []
    for twin in (PLAIN, compiled):
        _, keys = cut(twin, texts[:-1])
        new, _ = cut(twin, texts[-1:])
        desk = twin.asking.Desk(twin.asking.stock(keys, twin.matching.matches(keys, len(texts) - 1)))
        kept = new.keys[new.key_firsts[0] : new.key_ends[0]]
        said = [desk.ask(kept), desk.ask(kept)]
        every, _ = cut(twin, texts)
        answers.append(
            (said, [desk.stories(one, kept, every, twin.aligning.alignments(every, one.pairs)) for one in said])
        )
    for (said, counts), (other_said, other_counts) in [answers, (answers[0], [one[::-1] for one in answers[1]])]:
        for one, other in zip(said, other_said, strict=True):
            same(one.pairs, other.pairs)
            assert (one.story, one.merged.tolist()) == (other.story, other.merged.tolist())
        np.testing.assert_array_equal(counts, other_counts)


def test_where_no_cache_can_be_written_a_kernel_is_compiled_all_the_same(monkeypatch):
    numba = pytest.importorskip("numba")
    asked = []

    def njit(**options):
        asked.append(options)
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(numba, "njit", njit)
    assert compiled_(abs) is abs
    assert asked == [{"cache": True, "nogil": True}, {"nogil": True}]
