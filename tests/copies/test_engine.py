"""Shared passages: what is promised is found, it stands where it says, and no order or machine changes it."""

from __future__ import annotations

import random
import subprocess
import sys

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.copies.engine import engine
from retold.copies.passages import Shared
from retold.model.errors import UsageError

MILL = (
    "The old paper mill at Orrin Bridge burned down on Monday night, and forty people lost their work before morning. "
    "Firefighters from three counties fought the flames for six hours without saving more than the chimney."
)
FAIR = (
    "Organisers of the Tessaly spring fair said they would open the gates a week early this year because of the mild "
    "weather. Ticket prices stay as they were, and children under twelve still pay nothing at all."
)
HARBOUR = (
    "Dredging of the harbour at Port Velm begins in September after a court threw out the last complaint of the oyster "
    "growers. The work will cost nine million crowns and take two winters, the port authority announced."
)
FILLER = [
    f"{one}{other}" for one in ("bar", "tol", "min", "sed", "ruk", "vel") for other in ("an", "ep", "ig", "os", "uth")
]


def filler(seed: int, count: int = 60) -> str:
    """Words that make no text anybody else has."""
    chance = random.Random(seed)
    return " ".join(f"{chance.choice(FILLER)}{seed}" for _ in range(count))


def between(shared: Shared) -> dict[tuple[int, int], int]:
    """The words that each pair shares."""
    columns = (shared.pairs[name].tolist() for name in ("left", "right", "words"))
    return {(left, right): words for left, right, words in zip(*columns, strict=True)}


def replayed(texts: list[str], shared: Shared, passage: int) -> str:
    """The right side of a passage, from the left one and its steps: what is equal from the left, the rest as told."""
    pair = shared.passages["pair"][passage]
    left, right = (texts[shared.pairs[side][pair]] for side in ("left", "right"))
    told = []
    for step in shared.steps_of(passage):
        side, start, end = (
            (left, step.left_start, step.left_end)
            if step.kind == "equal"
            else (right, step.right_start, step.right_end)
        )
        told.append(plain(side[start:end]))
    return " ".join(filter(None, told))


def plain(text: str) -> str:
    """The words of a text and nothing else."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())


def test_two_tellings_share_one_passage_with_its_edits():
    edited = MILL.replace("forty", "fifty").replace("before morning", "by dawn").replace("without", "and ended without")
    shared = engine([f"{filler(1)}. {MILL}", f"{edited} {filler(2)}."])
    assert len(shared) == 1
    steps = [step for step in shared.steps_of(0) if step.kind != "equal"]
    right = f"{edited} {filler(2)}."
    assert [(step.kind, right[step.right_start : step.right_end]) for step in steps] == [
        ("replace", "fifty"),
        ("replace", "by dawn"),
        ("insert", "and ended"),
    ]


def test_eight_common_words_are_found_and_where_they_stand():
    phrase = "because the ferry to Sallow Point never came back"
    texts = [f"{filler(1)}: {phrase}, {filler(2)}", f"{filler(3)} — {phrase}! {filler(4)}"]
    shared = engine(texts)
    assert between(shared) == {(0, 1): 9}
    left, right = (texts[0], texts[1])
    assert left[shared.passages["left_start"][0] : shared.passages["left_end"][0]] == phrase
    assert right[shared.passages["right_start"][0] : shared.passages["right_end"][0]] == phrase


@given(st.integers(0, 60), st.integers(0, 60), st.integers(8, 30), st.integers(0, 10**6))
@settings(deadline=None)
def test_any_eight_common_words_are_found_wherever_they_stand(before, behind, count, seed):
    chance = random.Random(seed)
    common = " ".join(chance.choice(FILLER) for _ in range(count))
    shared = engine([f"{filler(seed, before)} {common} {filler(seed + 1, 9)}", f"{common} {filler(seed + 2, behind)}"])
    assert between(shared)[0, 1] >= 8


def test_seven_common_words_alone_are_chance():
    common = "because the ferry to Sallow Point never"
    assert len(engine([f"{filler(1)} {common} {filler(2)}", f"{filler(3)} {common} {filler(4)}"])) == 0


def test_moved_paragraphs_are_passages_of_their_own():
    shared = engine(["\n".join([MILL, FAIR, HARBOUR]), "\n".join([HARBOUR, MILL, FAIR])])
    assert shared.passages["moved"].tolist() == [0, 1]
    assert shared.pairs["left_share"].tolist() == [1.0]
    assert shared.passages["words"].sum() == len(plain("\n".join([MILL, FAIR, HARBOUR])).split())


def test_a_paragraph_that_moved_out_of_a_passage_is_no_cut():
    shared = engine(["\n".join([MILL, HARBOUR, FAIR]), "\n".join([MILL, FAIR, HARBOUR])])
    kinds = {step.kind for passage in shared.passages_of(0) for step in shared.steps_of(passage)}
    assert len(shared.passages_of(0)) >= 2
    assert kinds <= {"equal", "move"}


def test_a_stitched_article_shares_with_both_of_its_sources():
    shared = engine([MILL, FAIR, f"{MILL} {FAIR}"])
    assert set(between(shared)) == {(0, 2), (1, 2)}
    assert shared.pairs["left_share"].tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("left", "right", "common"),
    [
        (
            "北部の町オリン橋で月曜の夜に古い製紙工場が全焼し、四十人が職を失った。",
            "速報です。北部の町オリン橋で月曜の夜に古い製紙工場が全焼し、町長が会見した。",
            "北部の町オリン橋で月曜の夜に古い製紙工場が全焼し",
        ),
        (
            "奥林桥的旧造纸厂星期一晚上被烧毁,四十人失去了工作。",
            "本报讯:奥林桥的旧造纸厂星期一晚上被烧毁。",
            "奥林桥的旧造纸厂星期一晚上被烧毁",
        ),
        (
            "โรงงานกระดาษเก่าที่สะพานโอรินไฟไหม้เมื่อคืนวันจันทร์ คนงานสี่สิบคนตกงาน",
            "ด่วน โรงงานกระดาษเก่าที่สะพานโอรินไฟไหม้เมื่อคืนวันจันทร์ นายกเทศมนตรีแถลง",
            "โรงงานกระดาษเก่าที่สะพานโอรินไฟไหม้เมื่อคืนวันจันทร์",
        ),
        (
            "Сгорела старая бумажная фабрика у Оринского моста, сорок человек потеряли работу.",
            "СРОЧНО: сгорела старая бумажная фабрика у Оринского моста, сорок человек остались без дела.",
            "старая бумажная фабрика у Оринского моста, сорок человек",
        ),
    ],
)
def test_any_script_is_found_and_offsets_are_characters(left, right, common):
    shared = engine([left, right])
    assert len(shared) == 1
    start, end = (int(shared.passages[f"right_{edge}"][0]) for edge in ("start", "end"))
    assert common in right[start:end] + right[end : end + 1]
    assert right[start:end].casefold().replace("。", "") in (left + right).casefold()


def test_words_are_counted_in_stories_and_not_in_articles():
    saying = "what the river takes in spring the river brings back before the harvest is in"
    stories = [f"{story} {saying}" for story in (MILL, FAIR, HARBOUR)]
    shared = engine([*stories, *[f"{stories[0]} Edition {number}." for number in range(5)]])
    told = {}
    for pair, (left, right) in enumerate(between(shared)):
        told[left, right] = [step.stories for passage in shared.passages_of(pair) for step in shared.steps_of(passage)]
    assert told[0, 1] == told[1, 2] == [3]  # the saying: three stories, eight articles
    assert told[0, 3] == [1]  # most of it is one story's text


def test_astral_and_combining_characters_do_not_shift_offsets():
    texts = ["😀😀 " + MILL, unicodedata_marks() + MILL]
    shared = engine(texts)
    spans = [
        texts[side][shared.passages[f"{name}_start"][0] : shared.passages[f"{name}_end"][0]]
        for side, name in enumerate(("left", "right"))
    ]
    assert spans == [MILL.rstrip("."), MILL.rstrip(".")]


def unicodedata_marks() -> str:
    """Letters with marks put on them, and a soft hyphen."""
    return "Ve\u0301lm, co\u00adop 𠮷 "


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=20)
def test_steps_lead_from_one_side_to_the_other(chance):
    words = f"{MILL} {FAIR} {HARBOUR}".split()
    edited = [word if chance.random() > 0.15 else chance.choice(["", "new", f"{word} also"]) for word in words]
    texts = [" ".join(words), " ".join(edited)]
    shared = engine(texts)
    for passage in range(len(shared.passages["pair"])):
        start, end = (int(shared.passages[f"right_{edge}"][passage]) for edge in ("start", "end"))
        assert replayed(texts, shared, passage) == plain(texts[1][start:end])


def newsroom(chance: random.Random) -> list[str]:
    """Versions of three stories, cut, mixed and edited."""
    made = []
    for _ in range(12):
        parts = chance.sample([MILL, FAIR, HARBOUR], chance.randint(1, 3))
        words = " ".join(parts).split()
        made.append(" ".join(word for word in words if chance.random() > 0.05)[: chance.randint(150, 600)])
    return made


def exported(shared: Shared, names: list[str]) -> list[object]:
    """All that is told, by the names of the texts."""
    told: list[object] = []
    for pair in range(len(shared)):
        ends = [names[shared.pairs[side][pair]] for side in ("left", "right")]
        for passage in shared.passages_of(pair):
            row = [shared.passages[name][passage] for name in ("left_start", "left_end", "words", "moved")]
            told.append((*ends, *map(int, row), tuple(shared.steps_of(passage))))
    return told


@pytest.mark.parametrize(("seed", "threads"), [(1, 1), (2, 2), (3, 3), (4, 1)])
def test_the_order_of_the_texts_and_the_threads_change_nothing(seed, threads):
    chance = random.Random(seed)
    texts = newsroom(chance)
    names = [f"n{place:02}" for place in range(len(texts))]
    order = list(range(len(texts)))
    chance.shuffle(order)
    mixed = [names[place] for place in order]
    expected = exported(engine(texts, ids=names), names)
    assert exported(engine([texts[place] for place in order], ids=mixed, threads=threads), mixed) == expected
    assert expected


def test_arrow_arrays_are_read_as_they_are():
    texts = ["", MILL, None, f"{filler(1)} {MILL}"]
    array = pa.array(["left out", *texts])[1:]
    expected = {(1, 3): len(plain(MILL).split())}
    assert between(engine(array)) == expected
    assert between(engine(pa.chunked_array([texts[:2], texts[2:]]))) == expected
    assert engine(array).tables()["pairs"].num_rows == 1


def test_half_surrogates_are_no_letters():
    assert between(engine([f"\ud800 {MILL}", MILL])) == {(0, 1): len(plain(MILL).split())}


@pytest.mark.parametrize("texts", [[], [""], ["one word"], ["", "", ""], ["a b c d"] * 3])
def test_nothing_is_shared_by_nothing(texts):
    shared = engine(texts)
    assert len(shared) == 0
    assert shared.tables()["steps"].num_rows == 0


def test_ids_have_to_be_one_for_each_text():
    with pytest.raises(UsageError, match="2 texts and 1 ids"):
        engine([MILL, FAIR], ids=["a"])
    with pytest.raises(UsageError, match="'a' is there twice"):
        engine([MILL, FAIR], ids=["a", "a"])


def test_few_texts_start_without_numba():
    program = (
        "import sys; from retold.copies.engine import engine; engine(['a b c', 'd e f']); print('numba' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
